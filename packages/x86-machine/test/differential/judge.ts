// Judges forms of rows: generates cases, runs them on this host's processor and on the machine, and reports what differs.
import type { Row } from '../../src/isa/row.ts';
import { type Form, formsOf, type GeneratedCase, generateCase, isCompared } from './case-generator.ts';
import { describeCase, differences, isApproximate, undefinedFlags } from './comparison.ts';
import { MachineRunner } from './machine-runner.ts';
import type { NativeOracle } from './native-oracle.ts';
import { comparesTwoInMemory, ofTheSameOperand } from './operand-order.ts';
import { RandomSource } from './random-source.ts';

const BATCH = 10_000;
const BREAKPOINT = 3;

export interface Verdict {
  readonly cases: number;
  readonly mismatches: number;
  /** One text for each form that differs somewhere. */
  readonly failures: readonly string[];
  /** Forms that ran to their end at least once natively. */
  readonly completed: ReadonlySet<string>;
}

/** Forms that can be compared, of rows that this processor has. */
export const comparedForms = (rows: readonly Row[], oracle: NativeOracle): Form[] =>
  rows.filter((row) => isCompared(row) && oracle.has(row.feature)).flatMap(formsOf);

/** Runs `casesPerForm` random cases of every form that can be compared. */
export function judgeForms(
  forms: readonly Form[],
  oracle: NativeOracle,
  casesPerForm: number,
  seed: number,
  runner: MachineRunner = new MachineRunner(),
): Verdict {
  const random = new RandomSource(seed);
  const failures = new Map<string, string>();
  const completed = new Set<string>();
  let mismatches = 0;
  let batch: GeneratedCase[] = [];
  const flush = (): void => {
    const native = oracle.run(batch);
    batch.forEach((one, index) => {
      const { row, name } = one.form;
      if (native[index]!.trap === BREAKPOINT) completed.add(name);
      const ours = runner.run(one);
      const theirs = comparesTwoInMemory(row) ? ofTheSameOperand(native[index]!, ours, oracle) : native[index]!;
      const found = differences(theirs, ours, undefinedFlags([row]), isApproximate(row));
      if (found.length === 0) return;
      mismatches++;
      if (!failures.has(name)) failures.set(name, `${name}\n  ${found.join('\n  ')}\n  ${describeCase(one, one.code)}`);
    });
    batch = [];
  };
  for (const form of forms) {
    for (let count = 0; count < casesPerForm; count++) batch.push(generateCase(form, random));
    if (batch.length >= BATCH) flush();
  }
  flush();
  return { cases: forms.length * casesPerForm, mismatches, failures: [...failures.values()], completed };
}
