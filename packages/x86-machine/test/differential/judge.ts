// Judges rows: generates cases, runs them on the processor and on the machine, and reports what differs.
import type { Row } from '../../src/isa/row.ts';
import { type GeneratedCase, generateCase, isComparable } from './case-generator.ts';
import { describeCase, differences } from './compare.ts';
import { MachineRunner } from './machine-runner.ts';
import type { NativeOracle } from './native-oracle.ts';
import { Random } from './random.ts';

const BATCH = 10_000;

export interface Verdict {
  readonly cases: number;
  /** One text for each row that differs somewhere. */
  readonly failures: readonly string[];
}

/** Runs `casesPerRow` random cases of every comparable row. */
export function judgeRows(rows: readonly Row[], oracle: NativeOracle, casesPerRow: number, seed: number): Verdict {
  const random = new Random(seed);
  const runner = new MachineRunner();
  const failures = new Map<Row, string>();
  const judged = rows.filter(isComparable);
  let batch: GeneratedCase[] = [];
  const flush = (): void => {
    const native = oracle.run(batch);
    for (const [i, one] of batch.entries()) {
      if (failures.has(one.row)) continue;
      const found = differences(one, native[i]!, runner.run(one));
      if (found.length > 0) failures.set(one.row, describeCase(one, found));
    }
    batch = [];
  };
  for (const row of judged) {
    for (let i = 0; i < casesPerRow; i++) batch.push(generateCase(row, random));
    if (batch.length >= BATCH) flush();
  }
  flush();
  return { cases: judged.length * casesPerRow, failures: [...failures.values()] };
}
