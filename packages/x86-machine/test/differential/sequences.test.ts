// Sequences of instructions end as they end on this host's processor: nothing is lost between one instruction and the next.
import { describe, expect, test } from 'vitest';
import { disassemble } from '../../src/disassembler/disassemble.ts';
import { FAMILIES, INSTRUCTION_SET } from '../../src/isa/instruction-set.ts';
import type { Row } from '../../src/isa/row.ts';
import { formsOf } from './case-generator.ts';
import { describeCase, differences, undefinedFlags } from './comparison.ts';
import { MachineRunner } from './machine-runner.ts';
import { nativeOracle } from './native-oracle.ts';
import { RandomSource } from './random-source.ts';
import { generateSequence, isSequenceable, type Sequence } from './sequence-generator.ts';

const BREAKPOINT = 3;
const oracle = nativeOracle();

function listing({ code }: Sequence): string {
  const lines: string[] = [];
  for (let at = 0; at < code.length; ) {
    const { text, length } = disassemble(code, at, BigInt(at));
    lines.push(text);
    at += length;
  }
  return lines.join('\n    ');
}

/** Runs `count` sequences, each `rounds` times over; one text for each of the first few that differ. */
function judgeSequences(
  rows: readonly Row[],
  count: number,
  seed: number,
  rounds = 1,
  runner = new MachineRunner(),
): string[] {
  if (!oracle.available) return [];
  const random = new RandomSource(seed);
  const forms = rows
    .filter((row) => oracle.has(row.feature))
    .flatMap(formsOf)
    .filter(isSequenceable);
  const sequences = Array.from({ length: count }, () => generateSequence(forms, random, 2 + random.below(30), rounds));
  const native = oracle.run(sequences);
  return sequences
    .flatMap((one, i) => {
      // A SIMD exception on the way leaves what was undefined there.
      const letters = native[i]!.trap === BREAKPOINT ? one.undefinedFlags : 'oszapc';
      const ignored = undefinedFlags([{ undefined: letters } as Row]);
      const found = differences(native[i]!, runner.run(one), ignored);
      return found.length > 0 ? [`${found.join('\n  ')}\n  ${describeCase(one, one.code)}\n    ${listing(one)}`] : [];
    })
    .slice(0, 3);
}

const INTEGER = [
  'Data transfer',
  'Binary arithmetic',
  'Multiplication and division',
  'Logical',
  'Shift and rotate',
  'Bit and byte',
  'Flag control',
  'Atomic read-modify-write',
];
const integerRows = INTEGER.flatMap((family) => FAMILIES[family]!);

describe.skipIf(!oracle.available)('sequences', () => {
  test('of integer instructions and branches', () => {
    expect(judgeSequences(integerRows, 3000, 1)).toEqual([]);
  });

  test('of integer and vector instructions', () => {
    expect(judgeSequences(INSTRUCTION_SET, 2000, 2)).toEqual([]);
  });

  test.each([1, 3])('in loops, translated at entry %d', (translateAfter) => {
    const runner = new MachineRunner(translateAfter);
    expect(judgeSequences(integerRows, 700, 3, 9, runner)).toEqual([]);
    expect(judgeSequences(INSTRUCTION_SET, 500, 4, 9, runner)).toEqual([]);
    expect(runner.machine.cpu.counters.regions).toBeGreaterThan(1000);
  });
});
