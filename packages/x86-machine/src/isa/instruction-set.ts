// The instruction set: every row, one list.

import { ARITHMETIC } from './arithmetic.ts';
import { ATOMIC } from './atomic.ts';
import { BIT_BYTE } from './bit-byte.ts';
import { CONTROL_TRANSFER } from './control-transfer.ts';
import { DATA_TRANSFER } from './data-transfer.ts';
import { FLAG_CONTROL } from './flag-control.ts';
import { LOGICAL } from './logical.ts';
import { MISCELLANEOUS } from './miscellaneous.ts';
import { MULTIPLY_DIVIDE } from './multiply-divide.ts';
import type { Row } from './row.ts';
import { SHIFT_ROTATE } from './shift-rotate.ts';
import { STRING } from './string.ts';
import { SYSTEM } from './system.ts';

/** Families in the order of the SDM's summary (Vol. 1 chapter 5). */
export const FAMILIES: Readonly<Record<string, readonly Row[]>> = {
  'Data transfer': DATA_TRANSFER,
  'Binary arithmetic': ARITHMETIC,
  'Multiplication and division': MULTIPLY_DIVIDE,
  Logical: LOGICAL,
  'Shift and rotate': SHIFT_ROTATE,
  'Bit and byte': BIT_BYTE,
  'Control transfer': CONTROL_TRANSFER,
  String: STRING,
  'Flag control': FLAG_CONTROL,
  'Atomic read-modify-write': ATOMIC,
  Miscellaneous: MISCELLANEOUS,
  System: SYSTEM,
};

export const INSTRUCTION_SET: readonly Row[] = Object.values(FAMILIES).flat();
