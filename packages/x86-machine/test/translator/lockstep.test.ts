// Translated and interpreted runs of one program are in the same state wherever one looks.
import { describe, expect, test } from 'vitest';
import { STOP } from '../../src/machine.ts';
import { type LoadedProgram, loadProgram } from '../support/bare-loader.ts';
import { compileProgram, hasCompiler, runNatively } from '../support/compile.ts';

const RAM_BYTES = 8 * 2 ** 20;
const NEVER = Number.POSITIVE_INFINITY;

const stateOf = ({ machine }: LoadedProgram): string => Buffer.from(machine.cpu.frame).toString('hex');

/** Runs both, looking every `budget` instructions or so; gives how often it looked. */
function runInLockstep(translated: LoadedProgram, interpreted: LoadedProgram, budget: number): number {
  const [one, other] = [translated.machine, interpreted.machine];
  for (let looks = 1; ; looks++) {
    const reason = one.run(budget);
    const behind = one.cpu.instructions - other.cpu.instructions;
    if (behind > 0) other.runExactly(behind);
    if (stateOf(translated) !== stateOf(interpreted) || one.cpu.instructions !== other.cpu.instructions) {
      throw new Error(
        `apart after ${one.cpu.instructions} and ${other.cpu.instructions} instructions, at 0x${one.cpu.rip.toString(16)} and 0x${other.cpu.rip.toString(16)}`,
      );
    }
    if (reason !== STOP.budget) return looks;
  }
}

describe.skipIf(!hasCompiler())('a translated program', () => {
  const flags = ['-fno-tree-vectorize'];
  const program = hasCompiler() ? compileProgram('workload', flags) : undefined;
  const unoptimised = hasCompiler() ? compileProgram('workload', ['-O0']) : undefined;

  test.each([
    { translateAfter: 1, budget: 311 },
    { translateAfter: 1, budget: 20_000 },
    { translateAfter: 20, budget: 997 },
  ])('is in the interpreter’s state at every look: $translateAfter, $budget', ({ translateAfter, budget }) => {
    for (const { elf } of [program!, unoptimised!]) {
      const translated = loadProgram(elf, { translateAfter, ramBytes: RAM_BYTES, floatExceptions: 'always' });
      const interpreted = loadProgram(elf, { translateAfter: NEVER, ramBytes: RAM_BYTES });
      expect(runInLockstep(translated, interpreted, budget)).toBeGreaterThan(30);
      expect(translated.machine.cpu.counters.regions).toBeGreaterThan(4);
      expect(interpreted.machine.cpu.counters.regions).toBe(0);
      expect(Buffer.compare(translated.machine.memory.bytes, interpreted.machine.memory.bytes)).toBe(0);
      expect(translated.output()).toBe(interpreted.output());
    }
  });

  test('prints what it prints on the host', () => {
    for (const one of [program!, unoptimised!]) {
      const loaded = loadProgram(one.elf, { translateAfter: 5, ramBytes: RAM_BYTES });
      expect(loaded.machine.run(20_000_000)).toBe(STOP.stopped);
      expect({ output: loaded.output(), status: loaded.machine.stopCode }).toEqual(runNatively(one));
    }
  });
});
