// Judges random blocks, and makes a failing one as short as it goes.
import { INSTRUCTION_SET } from '../../src/isa/instruction-set.ts';
import type { Row } from '../../src/isa/row.ts';
import { assembleBlock, type BlockPlan, blockForms, flagsIgnored, planBlock } from './block-generator.ts';
import { describeCase, differences } from './comparison.ts';
import type { MachineRunner } from './machine-runner.ts';
import type { NativeOracle } from './native-oracle.ts';
import type { RandomSource } from './random-source.ts';

export const MAXIMUM_LENGTH = 40;

export interface BlockFailure {
  readonly plan: BlockPlan;
  readonly text: string;
}

/** Runs `count` blocks of 1 to MAXIMUM_LENGTH instructions; gives the failures, shrunk. */
export function judgeBlocks(
  count: number,
  random: RandomSource,
  oracle: NativeOracle,
  runner: MachineRunner,
  rows: readonly Row[] = INSTRUCTION_SET,
): BlockFailure[] {
  const forms = blockForms(rows.filter((row) => oracle.has(row.feature)));
  const plans = Array.from({ length: count }, () => planBlock(forms, 1 + random.below(MAXIMUM_LENGTH), random));
  const cases = plans.map(assembleBlock);
  const native = oracle.run(cases);
  return plans.flatMap((plan, index) => {
    const one = cases[index]!;
    if (differences(native[index]!, runner.run(one), flagsIgnored(one, native[index]!)).length === 0) return [];
    return [shrink(plan, oracle, runner)];
  });
}

function failing(plan: BlockPlan, oracle: NativeOracle, runner: MachineRunner): string[] {
  const one = assembleBlock(plan);
  const native = oracle.run([one])[0]!;
  return differences(native, runner.run(one), flagsIgnored(one, native));
}

/** Drops instructions, then data, as long as something still differs. */
function shrink(plan: BlockPlan, oracle: NativeOracle, runner: MachineRunner): BlockFailure {
  let best = plan;
  for (let index = best.steps.length - 1; index >= 0; index--) {
    const shorter = { ...best, steps: best.steps.filter((_, at) => at !== index) };
    if (shorter.steps.length > 0 && failing(shorter, oracle, runner).length > 0) best = shorter;
  }
  for (let index = best.data.length - 1; index >= 0; index--) {
    const less = { ...best, data: best.data.filter((_, at) => at !== index) };
    if (failing(less, oracle, runner).length > 0) best = less;
  }
  for (const rounds of [1, 2, 3]) {
    const fewer = { ...best, rounds };
    if (rounds < best.rounds && failing(fewer, oracle, runner).length > 0) best = fewer;
  }
  const one = assembleBlock(best);
  const times = best.rounds > 1 ? `${best.rounds} times: ` : '';
  const names = best.steps.map(({ form }) => form.name.trim()).join('; ');
  const code = best.steps.flatMap((step) => [...step.code]);
  const found = failing(best, oracle, runner);
  return {
    plan: best,
    text: `${times}${names}\n  ${found.join('\n  ')}\n  ${describeCase(one, Uint8Array.from(code))}`,
  };
}
