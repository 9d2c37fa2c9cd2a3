// The instruction set: every row, one list.

import { AES } from './aes.ts';
import { ARITHMETIC } from './arithmetic.ts';
import { ATOMIC } from './atomic.ts';
import { AVX_MOVES } from './avx.ts';
import { AVX_FROM_SSE, vexFormsOf } from './avx-from-sse.ts';
import { AVX_MASKED } from './avx-masked.ts';
import { BIT_BYTE } from './bit-byte.ts';
import { BIT_MANIPULATION } from './bmi.ts';
import { CARRYLESS_MULTIPLY } from './carryless-multiply.ts';
import { CONTROL_TRANSFER } from './control-transfer.ts';
import { DATA_TRANSFER } from './data-transfer.ts';
import { EXTENDED_STATE } from './extended-state.ts';
import { HALF_PRECISION } from './f16c.ts';
import { FLAG_CONTROL } from './flag-control.ts';
import { FUSED_MULTIPLY_ADD } from './fma.ts';
import { LOGICAL } from './logical.ts';
import { MISCELLANEOUS } from './miscellaneous.ts';
import { MMX_DATA_TRANSFER } from './mmx-data-transfer.ts';
import { MULTI_PRECISION } from './multi-precision.ts';
import { MULTIPLY_DIVIDE } from './multiply-divide.ts';
import { RANDOM } from './random.ts';
import type { Row } from './row.ts';
import { SEGMENT_BASES } from './segment-bases.ts';
import { SHA } from './sha.ts';
import { SHIFT_ROTATE } from './shift-rotate.ts';
import { SSE_ARITHMETIC } from './sse-arithmetic.ts';
import { SSE_COMPARE } from './sse-compare.ts';
import { SSE_CONTROL } from './sse-control.ts';
import { SSE_CONVERT } from './sse-convert.ts';
import { SSE_DATA_TRANSFER } from './sse-data-transfer.ts';
import { SSE_INTEGER } from './sse-integer.ts';
import { SSE_SHUFFLE } from './sse-shuffle.ts';
import { SSE_STRING } from './sse-string.ts';
import { SSE4 } from './sse4.ts';
import { STRING } from './string.ts';
import { SYSTEM } from './system.ts';
import { X87_ARITHMETIC } from './x87-arithmetic.ts';
import { X87_CONTROL } from './x87-control.ts';
import { X87_DATA_TRANSFER } from './x87-data-transfer.ts';
import { X87_TRANSCENDENTAL } from './x87-transcendental.ts';

/** Families in the order of the SDM's summary (Vol. 1 chapter 5). */
export const FAMILIES: Readonly<Record<string, readonly Row[]>> = {
  'Data transfer': DATA_TRANSFER,
  'Binary arithmetic': ARITHMETIC,
  'Multiplication and division': MULTIPLY_DIVIDE,
  Logical: LOGICAL,
  'Shift and rotate': SHIFT_ROTATE,
  'Bit and byte': BIT_BYTE,
  'Bit manipulation': BIT_MANIPULATION,
  'Control transfer': CONTROL_TRANSFER,
  String: STRING,
  'Flag control': FLAG_CONTROL,
  'Atomic read-modify-write': ATOMIC,
  Miscellaneous: MISCELLANEOUS,
  'x87 data transfer': X87_DATA_TRANSFER,
  'x87 arithmetic': X87_ARITHMETIC,
  'x87 transcendental': X87_TRANSCENDENTAL,
  'x87 control': X87_CONTROL,
  'MMX data transfer': MMX_DATA_TRANSFER,
  'SSE data transfer': SSE_DATA_TRANSFER,
  'Vector integer': SSE_INTEGER,
  'Vector shuffle': SSE_SHUFFLE,
  'SSE arithmetic': SSE_ARITHMETIC,
  'SSE comparison': SSE_COMPARE,
  'SSE conversion': SSE_CONVERT,
  'SSE control': SSE_CONTROL,
  'SSE4 extension and sums': SSE4,
  'SSE string comparison': SSE_STRING,
  'AVX and AVX2 forms of SSE': AVX_FROM_SSE,
  'AVX moves and permutations': AVX_MOVES,
  'AVX masked moves and gathers': AVX_MASKED,
  'Fused multiply and add': FUSED_MULTIPLY_ADD,
  'Half-precision conversion': HALF_PRECISION,
  Cryptography: [...AES, ...CARRYLESS_MULTIPLY, ...vexFormsOf([...AES, ...CARRYLESS_MULTIPLY]), ...SHA],
  'Multi-precision addition': MULTI_PRECISION,
  'Random numbers': RANDOM,
  'Segment bases': SEGMENT_BASES,
  'Extended state': EXTENDED_STATE,
  System: SYSTEM,
};

export const INSTRUCTION_SET: readonly Row[] = Object.values(FAMILIES).flat();

/** The microarchitecture levels of the x86-64 psABI that a machine can be. */
export type FeatureLevel = 'x86-64-v2' | 'x86-64-v3';

/** Extensions of x86-64-v3, and those that every processor of that level has as well. */
const BEYOND_V2 = new Set(
  ['avx', 'avx2', 'bmi1', 'bmi2', 'f16c', 'fma', 'lzcnt', 'movbe', 'xsave', 'xsaveopt', 'xsavec'].concat([
    'aes',
    'pclmulqdq',
    'vaes',
    'vpclmulqdq',
    'sha',
    'adx',
    'rdrand',
    'rdseed',
    'fsgsbase',
  ]),
);

const V2_INSTRUCTION_SET: readonly Row[] = INSTRUCTION_SET.filter(({ feature }) => !BEYOND_V2.has(feature ?? ''));

/** The rows that a machine of a level has: what its CPUID does not offer, it does not execute either. */
export const INSTRUCTION_SETS: Readonly<Record<FeatureLevel, readonly Row[]>> = {
  'x86-64-v2': withStandIns(V2_INSTRUCTION_SET),
  'x86-64-v3': withStandIns(INSTRUCTION_SET),
};

/** And what some of them are in special places, which no encoding tells. */
function withStandIns(rows: readonly Row[]): readonly Row[] {
  return [...rows, ...rows.flatMap(({ forRounding }) => forRounding ?? [])];
}
