// Judges random programs of flow-generator.ts: the state a program ends in, natively and here.
import { INSTRUCTION_SET } from '../../src/isa/instruction-set.ts';
import { differences, undefinedFlags } from './comparison.ts';
import { flowForms, generateFlow } from './flow-generator.ts';
import type { MachineRunner } from './machine-runner.ts';
import type { NativeOracle } from './native-oracle.ts';
import { TRAP_TIMEOUT } from './processor-state.ts';
import { RandomSource } from './random-source.ts';

/** A program has no end natively within what the oracle's clock allows, or here within this many instructions: undecided. */
export const FLOW_INSTRUCTIONS = 3_000_000;
/** Nothing in a program reads AF, which logic leaves undefined; the others are defined wherever it ends. */
const IGNORED = undefinedFlags([{ undefined: 'a' } as Parameters<typeof undefinedFlags>[0][number]]);

export interface FlowVerdict {
  readonly failures: readonly string[];
  /** Programs that ended on both sides. */
  readonly decided: number;
  readonly instructions: number;
}

/** Runs the programs of `count` seeds from `first` on. */
export function judgeFlows(first: number, count: number, oracle: NativeOracle, runner: MachineRunner): FlowVerdict {
  const forms = flowForms(INSTRUCTION_SET.filter((row) => oracle.has(row.feature)));
  const programs = Array.from({ length: count }, (_, index) => generateFlow(forms, new RandomSource(first + index)));
  const native = oracle.run(programs);
  const failures: string[] = [];
  let decided = 0;
  const before = runner.machine.cpu.instructions;
  programs.forEach((program, index) => {
    const expected = native[index]!;
    const ours = runner.run(program);
    if (expected.trap === TRAP_TIMEOUT || ours.trap === TRAP_TIMEOUT) return;
    decided++;
    const found = differences(expected, ours, IGNORED);
    if (found.length > 0) failures.push(`flow ${first + index}: ${found.join(', ')}`);
  });
  return { failures, decided, instructions: runner.machine.cpu.instructions - before };
}
