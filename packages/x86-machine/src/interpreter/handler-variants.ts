// Which instructions of a block need not produce their flags, and which run the branch behind them.
//
// Going backwards, a flag is dead while a later instruction writes it before any reads it and before anything that may
// leave the block: at a fault or a taken branch every flag must be there. Only instructions that cannot leave are looked
// through, so what a fault handler sees is exact.

import type { Row } from '../isa/row.ts';
import { branchKey, flaglessKey } from './handler-library.ts';
import type { Interpreter } from './interpreter.ts';

export interface BlockEntry {
  readonly record: number;
  readonly row: Row;
  /** Row number × 4 + address form. */
  readonly index: number;
  readonly number: number;
  /** It writes its flags whatever the registers hold, although the handler could not know. */
  readonly settlesAlways: boolean;
}

export interface Variant {
  readonly record: number;
  readonly key: number;
  /** The plain handler's. */
  readonly index: number;
}

const isConditionalBranch = ({ row }: BlockEntry): boolean =>
  row.endsBlock !== true &&
  row.operands[0]?.field === 'relative' &&
  row.mnemonic.startsWith('J') &&
  row.mnemonic !== 'JRCXZ';

export function chooseVariants(block: readonly BlockEntry[], interpreter: Interpreter): Variant[] {
  const variants: Variant[] = [];
  let dead = 0;
  for (let i = block.length - 1; i >= 0; i--) {
    const entry = block[i]!;
    const { leaves, stores, flagsRead, flagsWritten, flagsSettled, known } = interpreter.effects(entry.index);
    const next = block[i + 1];
    if (!leaves && flagsWritten !== 0 && (flagsWritten & ~dead) === 0) {
      variants.push({ record: entry.record, key: flaglessKey(entry.index), index: entry.index });
    } else if (known && !stores && flagsRead === 0 && next && isConditionalBranch(next)) {
      variants.push({ record: entry.record, key: branchKey(entry.index, next.number), index: entry.index });
    }
    dead = leaves ? 0 : (dead | (entry.settlesAlways ? flagsWritten : flagsSettled)) & ~flagsRead;
  }
  return variants;
}
