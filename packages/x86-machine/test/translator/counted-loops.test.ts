// Loops of a few rounds are written out: that must never be seen, however many rounds they take later.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CODE, type CodeMachine, codeMachine, DATA, DATA_FRAME, SYSCALL } from '../support/code-machine.ts';
import { PTE } from '../support/page-tables.ts';

const NEVER = Number.POSITIVE_INFINITY;
const [RCX, RDX, RSI, RDI, R8] = [1, 2, 6, 7, 8];
const TOUCHED = PTE.user | PTE.write | PTE.noExecute | PTE.accessed | PTE.dirty;
const PAGES = 4;
const BYTES = PAGES * 4096;

/**
 * outer: xor eax, eax
 * inner: add rdx, [rsi + rax * 8] · mov [rdi + rax * 8], rdx · inc rax · cmp rax, r8 · jcc inner
 *        add rsi, 16 · dec ecx · jnz outer · syscall
 */
const program = (jcc: number): number[] => [
  ...[0x31, 0xc0, 0x48, 0x03, 0x14, 0xc6, 0x48, 0x89, 0x14, 0xc7, 0x48, 0xff, 0xc0, 0x4c, 0x39, 0xc0, jcc, 0xf0],
  ...[0x48, 0x83, 0xc6, 0x10, 0xff, 0xc9, 0x75, 0xe6, ...SYSCALL],
];
const [JB, JNE, JL] = [0x72, 0x75, 0x7c];

interface Run {
  readonly from: number;
  readonly to: number;
  readonly rounds: number;
  readonly outer: number;
}

function prepared(jcc: number, translateAfter: number): CodeMachine {
  const one = codeMachine(program(jcc), { translateAfter, statistics: { now: () => 0 } });
  for (let index = 0; index < PAGES; index++) {
    one.tables.map(DATA + BigInt(index * 4096), DATA_FRAME + index * 4096, TOUCHED);
  }
  const { memory } = one.machine;
  for (let at = 0; at < BYTES; at++) memory.bytes[DATA_FRAME + at] = (at * 7 + (at >> 6)) & 0xff;
  return one;
}

function run(one: CodeMachine, { from, to, rounds, outer }: Run): unknown {
  const { cpu } = one.machine;
  cpu.rip = CODE;
  cpu.registers[RCX] = BigInt(outer);
  cpu.registers[RDX] = 1n;
  cpu.registers[RSI] = DATA + BigInt(from);
  cpu.registers[RDI] = DATA + BigInt(to);
  cpu.registers[R8] = BigInt(rounds);
  one.machine.run();
  const { rip, cr2, rflags, instructions } = cpu;
  return { registers: [...cpu.registers], rip, cr2, rflags, instructions, exceptions: [...one.exceptions] };
}

const data = ({ machine }: CodeMachine): string =>
  Buffer.from(machine.memory.bytes.subarray(DATA_FRAME, DATA_FRAME + BYTES)).toString('base64');

describe('a loop of a few rounds', () => {
  const anyRun = fc.record({
    from: fc.integer({ min: -24, max: BYTES }),
    to: fc.integer({ min: -24, max: BYTES }),
    rounds: fc.integer({ min: 1, max: 12 }),
    outer: fc.integer({ min: 1, max: 200 }),
  });

  test('does what the interpreter does when it takes other numbers of rounds, and where memory ends', {
    timeout: 240_000,
  }, () => {
    const any = fc.record({
      jcc: fc.constantFrom(JB, JNE, JL),
      first: fc.integer({ min: 1, max: 9 }),
      runs: fc.array(anyRun, { minLength: 4, maxLength: 10 }),
    });
    fc.assert(
      fc.property(any, ({ jcc, first, runs }) => {
        const seen = [prepared(jcc, 5), prepared(jcc, NEVER)].map((one) => {
          // Until its windows are known, in the middle of memory.
          for (let i = 0; i < 12; i++) run(one, { from: BYTES / 2, to: BYTES / 4, rounds: first, outer: 300 });
          return [...runs.map((each) => run(one, each)), data(one)];
        });
        expect(seen[0]).toEqual(seen[1]);
      }),
      { numRuns: 12 },
    );
  });

  test('is not left for the interpreter, nor is one that turns out to take more', () => {
    const one = prepared(JNE, 20);
    const waysOut = (rounds: number, times: number): number => {
      const before = one.machine.statistics.exits.direct;
      for (let i = 0; i < times; i++) run(one, { from: 0, to: BYTES / 2, rounds, outer: 100 });
      return one.machine.statistics.exits.direct - before;
    };
    waysOut(3, 20);
    expect(waysOut(3, 20)).toBeLessThan(40);
    // Now and then it asks whether that was a mistake, and then it is made anew.
    const { regions } = one.machine.statistics;
    waysOut(7, 20);
    expect(one.machine.statistics.regions).toBeGreaterThan(regions);
    expect(waysOut(7, 20)).toBeLessThan(40);
    expect(waysOut(2, 20)).toBeLessThan(40);
  });
});
