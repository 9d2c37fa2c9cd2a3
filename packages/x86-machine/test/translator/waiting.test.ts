// Regions that wait for what they call: returns that lead where they should, and all that do not.
import { describe, expect, test } from 'vitest';
import { STOP } from '../../src/machine.ts';
import { CPU_STATE } from '../../src/state/cpu-state.ts';
import { type LoadedProgram, loadProgram } from '../support/bare-loader.ts';
import { CODE, CODE_FRAME, codeMachine, SYSCALL } from '../support/code-machine.ts';
import { compileProgram, hasCompiler, runNatively } from '../support/compile.ts';
import { PTE } from '../support/page-tables.ts';

const RAM_BYTES = 8 * 2 ** 20;
const NEVER = Number.POSITIVE_INFINITY;
const RAX = 0;
const little = (value: number): number[] => [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, value >>> 24];

const stateOf = ({ machine }: LoadedProgram): string => Buffer.from(machine.cpu.frame).toString('latin1');
/** What regions that waited when the host was last asked had of its stack. */
const waitingBytes = ({ machine }: Pick<LoadedProgram, 'machine'>): number =>
  machine.cpu.state.getUint32(CPU_STATE.waitingBytes, true);

describe.skipIf(!hasCompiler())('a program that leaves its calls in every way', () => {
  const compile = (depth: number, optimise: string): ReturnType<typeof compileProgram> =>
    compileProgram('calls-and-returns', [optimise, `-DDEPTH=${depth}`, '-fno-tree-vectorize']);
  const programs = hasCompiler() ? ['-O2', '-O0'].map((optimise) => compile(60, optimise)) : [];
  const recursive = hasCompiler() ? compile(9000, '-O2') : undefined;

  test.each([
    { translateAfter: 1, budget: 1 },
    { translateAfter: 1, budget: 2 },
    { translateAfter: 1, budget: 3 },
    { translateAfter: 1, budget: 61 },
    { translateAfter: 4, budget: 7 },
    { translateAfter: 3, budget: 4999 },
  ])('is in the interpreter’s state wherever a slice ends: $translateAfter, $budget', ({ translateAfter, budget }) => {
    for (const { elf } of programs) {
      const translated = loadProgram(elf, { translateAfter, ramBytes: RAM_BYTES, floatExceptions: 'always' });
      const interpreted = loadProgram(elf, { translateAfter: NEVER, ramBytes: RAM_BYTES, floatExceptions: 'always' });
      const [one, other] = [translated.machine, interpreted.machine];
      let waited = 0;
      for (let reason: number = STOP.budget; reason === STOP.budget; ) {
        reason = one.run(budget);
        other.runExactly(one.cpu.instructions - other.cpu.instructions);
        if (stateOf(translated) !== stateOf(interpreted)) {
          throw new Error(`apart after ${one.cpu.instructions} instructions, at 0x${one.cpu.rip.toString(16)}`);
        }
        if (waitingBytes(translated) > 0) waited++;
      }
      // Slices of a few instructions have none left for what would be called.
      if (budget > 60) expect(waited).toBeGreaterThan(0);
      expect(one.cpu.instructions).toBe(other.cpu.instructions);
      expect(Buffer.compare(one.memory.bytes, other.memory.bytes)).toBe(0);
      expect(translated.output()).toBe(interpreted.output());
    }
  });

  test('prints what it prints on the host, and recursion takes no more of the stack than regions may have', () => {
    for (const program of [...programs, recursive!]) {
      for (const translateAfter of [1, 5, 200]) {
        const loaded = loadProgram(program.elf, { translateAfter, ramBytes: RAM_BYTES });
        let most = 0;
        for (let slice = 1500; loaded.machine.run(slice) === STOP.budget; slice = (slice * 7) % 20_011) {
          most = Math.max(most, waitingBytes(loaded));
        }
        expect({ output: loaded.output(), status: loaded.machine.stopCode }).toEqual(runNatively(program));
        expect(most).toBeLessThanOrEqual(192 * 1024);
        if (program === recursive && translateAfter < 200) expect(most).toBeGreaterThan(16 * 1024);
      }
    }
  });
});

describe('a region that waits', () => {
  const FAR = 0x4_0000;
  // mov ecx, 300 · again: call g · add eax, 1 · dec ecx · jnz again · syscall
  const caller = [0xb9, ...little(300), 0xe8, ...little(FAR - 10), 0x83, 0xc0, 1, 0xff, 0xc9, 0x75, 0xf4, ...SYSCALL];
  const CONSTANT = Number(CODE) + 12;

  function run(callee: readonly number[], translateAfter: number): ReturnType<typeof codeMachine> {
    const one = codeMachine(caller, { translateAfter });
    one.tables.map(CODE + BigInt(FAR), 0xa_0000, PTE.user);
    one.machine.memory.write(0xa_0000, Uint8Array.from(callee));
    expect(one.machine.run()).toBe(STOP.stopped);
    expect(one.exceptions).toEqual([]);
    return one;
  }

  test.each([1, 2, 50])('is not returned to where its callee has written over it, translated after %i', (after) => {
    // test cl, 15 · jnz +8 · inc byte [CONSTANT] · nop · ret
    const writes = [0xf6, 0xc1, 15, 0x75, 8, 0xfe, 0x04, 0x25, ...little(CONSTANT), 0x90, 0xc3];
    const one = run(writes, after);
    let expected = 0;
    for (let count = 300, constant = 1; count > 0; count--) {
      if (count % 16 === 0) constant++;
      expected += constant;
    }
    expect(one.machine.cpu.registers[RAX]).toBe(BigInt(expected));
    expect(one.machine.memory.bytes[CODE_FRAME + 12]).toBe(1 + Math.floor(300 / 16));
  });

  test.each([1, 2, 50])('is over where its callee returns elsewhere, translated after %i', (after) => {
    // test cl, 7 · jnz +5 · add qword [rsp], 3 · ret: over the addition
    const skips = [0xf6, 0xc1, 7, 0x75, 5, 0x48, 0x83, 0x04, 0x24, 3, 0xc3];
    expect(run(skips, after).machine.cpu.registers[RAX]).toBe(BigInt(300 - Math.floor(300 / 8)));
  });

  test.each([1, 2, 50])('faults where its callee returns to what is no address, translated after %i', (after) => {
    // cmp ecx, 150 · jne +8 · mov byte [rsp + 7], 0x12 · nop 3 · ret
    const callee = [0x81, 0xf9, ...little(150), 0x75, 8, 0xc6, 0x44, 0x24, 7, 0x12, 0x0f, 0x1f, 0x00, 0xc3];
    const one = codeMachine(caller, { translateAfter: after });
    one.tables.map(CODE + BigInt(FAR), 0xa_0000, PTE.user);
    one.machine.memory.write(0xa_0000, Uint8Array.from(callee));
    expect(one.machine.run()).toBe(STOP.stopped);
    expect(one.exceptions).toEqual([{ vector: 13, errorCode: 0, rip: CODE + BigInt(FAR + callee.length - 1) }]);
    expect(one.machine.cpu.registers[RAX]).toBe(150n);
  });
});
