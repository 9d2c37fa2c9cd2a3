// The stack in translated code: one look for a frame, which is wherever RSP is, and every fault where it happens.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STOP } from '../../src/machine.ts';
import { MISS_BYTES, MISS_SITE, MISSES_BASE, MOST_MISSES } from '../../src/state/cpu-state.ts';
import { CODE, type CodeMachine, codeMachine, DATA, DATA_FRAME, SYSCALL } from '../support/code-machine.ts';
import { PTE } from '../support/page-tables.ts';
import { runAlike } from '../support/run-alike.ts';

const NEVER = Number.POSITIVE_INFINITY;
const TOUCHED = PTE.user | PTE.write | PTE.noExecute | PTE.accessed | PTE.dirty;
const PAGES = 4;
const [RSP, RSI, RDI, R9] = [4, 6, 7, 9];
const statistics = { now: () => 0 };

const page = (index: number): bigint => DATA + BigInt(index * 4096);
const frame = (index: number): number => DATA_FRAME + index * 4096;
const imm32 = (value: number): number[] => [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, value >>> 24];

/** A loop that becomes a region of its own: of those that are made at once every other one looks at its frame. */
const FIRST = [0xb9, ...imm32(1000), 0xff, 0xc9, 0x75, 0xfc]; // mov ecx, 1000 · dec ecx · jnz −2

/** A function that calls another one, 56 bytes further down in the stack each time. */
const NESTED = [
  ...[0x41, 0x83, 0xc0, 0x38, 0x41, 0x81, 0xe0, ...imm32(0x1ff8)], // again: add r8d, 56 · and r8d, 0x1ff8
  ...[0x4c, 0x89, 0xcc, 0x4c, 0x29, 0xc4], // mov rsp, r9 · sub rsp, r8
  ...[0xe8, 2, 0, 0, 0, 0xeb, 0xe8], // call function · jmp again
  ...[0x53, 0x48, 0x83, 0xec, 0x28], // function: push rbx · sub rsp, 40
  ...[0x48, 0x89, 0x54, 0x24, 0x08, 0xe8, 0x15, 0, 0, 0], // mov [rsp + 8], rdx · call other
  ...[0x48, 0x8b, 0x54, 0x24, 0x08, 0x48, 0x01, 0xd0, 0xff, 0xc2], // mov rdx, [rsp + 8] · add rax, rdx · inc edx
  ...[0x48, 0x01, 0x44, 0x24, 0x10, 0x48, 0x83, 0xc4, 0x28, 0x5b, 0xc3], // add [rsp + 16], rax · add rsp, 40 · pop rbx · ret
  ...[0x52, 0x48, 0x01, 0x04, 0x24, 0x59, 0xc3], // other: push rdx · add [rsp], rax · pop rcx · ret
];

function withStack(code: readonly number[], translateAfter: number, flags = TOUCHED): CodeMachine {
  const one = codeMachine(code, { translateAfter, statistics });
  for (let index = 0; index < PAGES; index++) one.tables.map(page(index), frame(index), flags);
  one.machine.cpu.registers[RSP] = page(PAGES) - 128n;
  one.machine.cpu.registers[R9] = page(PAGES) - 128n;
  return one;
}

function change({ machine, tables }: CodeMachine, index: number, physical: number, flags: bigint): void {
  if (flags === 0n) machine.memory.writeUint64(tables.entryAddress(page(index)), 0n);
  else tables.map(page(index), physical, flags);
  machine.cpu.invalidatePage(page(index));
}

/** Sites that have missed their windows since those were last looked after. */
const missed = ({ machine }: CodeMachine): number =>
  Array.from({ length: MOST_MISSES }, (_, miss) => MISSES_BASE + miss * MISS_BYTES + MISS_SITE).filter(
    (at) => machine.cpu.state.getUint32(at, true) !== 0,
  ).length;

describe('a frame', () => {
  test('is looked at once, wherever its function is returned to', () => {
    // again: call f · jmp again · f: push rbx · call g · add [rsp], rax · call g · add [rsp], rbx · call g · xor [rsp], rax · pop rbx · ret
    // g: inc eax · ret
    const code = [
      ...[0xe8, 2, 0, 0, 0, 0xeb, 0xf9, 0x53, 0xe8, 0x18, 0, 0, 0, 0x48, 0x01, 0x04, 0x24, 0xe8, 0x0f, 0, 0, 0],
      ...[0x48, 0x01, 0x1c, 0x24, 0xe8, 6, 0, 0, 0, 0x48, 0x31, 0x04, 0x24, 0x5b, 0xc3, 0xff, 0xc0, 0xc3],
    ];
    const missedWith = (first: readonly number[]): number => {
      const one = withStack([...first, ...code], 20);
      one.machine.run(20_000);
      expect(one.machine.statistics.inRegions).toBeGreaterThan(10_000);
      return missed(one);
    };
    // Two regions look once each; the blocks that begin a way for themselves, none of them in the middle of the loop, are three.
    expect([missedWith([]), missedWith(FIRST)]).toEqual([2, 3]);
  });

  test('is another one each time, whatever happens to the pages of the stack', () => {
    const step = fc.record({
      index: fc.nat(PAGES - 1),
      frame: fc.nat(7),
      flags: fc.constantFrom(TOUCHED, TOUCHED & ~PTE.write, TOUCHED & ~PTE.dirty, PTE.user | PTE.write, 0n),
      budget: fc.constantFrom(300, 5_000, 90_000),
    });
    fc.assert(
      fc.property(fc.boolean(), fc.array(step, { minLength: 1, maxLength: 8 }), (isSecond, steps) => {
        const [one, other] = [20, NEVER].map((after) => withStack([...(isSecond ? FIRST : []), ...NESTED], after)) as [
          CodeMachine,
          CodeMachine,
        ];
        runAlike(one, other, 90_000);
        for (const { index, frame: number, flags, budget } of steps) {
          for (const machine of [one, other]) change(machine, index, frame(number), flags);
          runAlike(one, other, budget);
          // A fault is mended, and the function goes on: with the frame as it was, for what it returns to is there.
          while (one.exceptions.length > 0) {
            for (const machine of [one, other]) {
              machine.exceptions.length = 0;
              const faulted = Number((machine.machine.cpu.cr2 - DATA) >> 12n);
              change(machine, faulted, frame(faulted === index ? number : faulted), TOUCHED);
            }
            runAlike(one, other, budget);
            if (one.machine.cpu.cr2 < DATA || one.machine.cpu.cr2 >= page(PAGES)) return;
          }
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  test('that reaches into a page where nothing is, on a way that is not taken, is done without', () => {
    // again: push rbx · test esi, esi · jz on · sub rsp, 512 · mov [rsp + 384], rdx · add rsp, 512 · on: pop rbx · cpuid · dec edi · jnz again
    const code = [
      ...[
        ...FIRST,
        0x53,
        0x85,
        0xf6,
        0x74,
        0x16,
        0x48,
        0x81,
        0xec,
        ...imm32(512),
        0x48,
        0x89,
        0x94,
        0x24,
        ...imm32(384),
      ],
      ...[0x48, 0x81, 0xc4, ...imm32(512), 0x5b, 0x0f, 0xa2, 0xff, 0xcf, 0x75, 0xde, ...SYSCALL],
    ];
    const one = withStack(code, 20);
    const { cpu } = one.machine;
    /** Regions made in the meantime. */
    const run = (rounds: number, isDeep: boolean): number => {
      const before = one.machine.statistics.regions;
      cpu.rip = CODE;
      cpu.registers[RSP] = page(1) + 64n;
      cpu.registers[RSI] = isDeep ? 1n : 0n;
      cpu.registers[RDI] = BigInt(rounds);
      expect(one.machine.run()).toBe(STOP.stopped);
      return one.machine.statistics.regions - before;
    };
    run(15, true);
    change(one, 0, frame(0), 0n);
    run(5_000, false);
    // Once.
    expect([run(10_000, false), run(15_000, false)]).toEqual([1, 0]);
    expect(one.exceptions).toEqual([]);
    run(1, true);
    expect(one.exceptions).toMatchObject([{ vector: 14, errorCode: 6 }]);
    expect(cpu.cr2).toBe(page(1) + 64n - 8n - 512n + 384n);
  });
});
