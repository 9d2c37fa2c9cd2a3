// The stack in translated code: one look for a frame, which is wherever RSP is, and every fault where it happens.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STOP } from '../../src/machine.ts';
import { MISS_BYTES, MISS_SITE, MISSES_BASE, MOST_MISSES } from '../../src/state/cpu-state.ts';
import { type CodeMachine, codeMachine, DATA, DATA_FRAME, SYSCALL } from '../support/code-machine.ts';
import { PTE } from '../support/page-tables.ts';

const NEVER = Number.POSITIVE_INFINITY;
const TOUCHED = PTE.user | PTE.write | PTE.noExecute | PTE.accessed | PTE.dirty;
const PAGES = 4;
const [RCX, RSP, RDI] = [1, 4, 7];
const statistics = { now: () => 0 };

const page = (index: number): bigint => DATA + BigInt(index * 4096);
const frame = (index: number): number => DATA_FRAME + index * 4096;
const imm32 = (value: number): number[] => [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, value >>> 24];

/** A function that calls itself `depth` times, 56 bytes of stack each, for ever. */
const recursion = (depth: number): number[] => [
  ...[0xba, ...imm32(depth)], // again: mov edx, depth
  ...[0xe8, 2, 0, 0, 0], // call function
  ...[0xeb, 0xf4], // jmp again
  ...[0x53], // function: push rbx
  ...[0x48, 0x83, 0xec, 0x28], // sub rsp, 40
  ...[0x48, 0x89, 0x54, 0x24, 0x08], // mov [rsp + 8], rdx
  ...[0x85, 0xd2, 0x74, 0x0f], // test edx, edx · jz out
  ...[0xff, 0xca], // dec edx
  ...[0xe8, 0xeb, 0xff, 0xff, 0xff], // call function
  ...[0x48, 0x8b, 0x54, 0x24, 0x08], // mov rdx, [rsp + 8]
  ...[0x48, 0x01, 0xd0], // add rax, rdx
  ...[0x48, 0x01, 0x44, 0x24, 0x10], // out: add [rsp + 16], rax
  ...[0x48, 0x83, 0xc4, 0x28], // add rsp, 40
  ...[0x5b, 0xc3], // pop rbx · ret
];

function withStack(code: readonly number[], translateAfter: number, flags = TOUCHED): CodeMachine {
  const one = codeMachine(code, { translateAfter, statistics });
  for (let index = 0; index < PAGES; index++) one.tables.map(page(index), frame(index), flags);
  one.machine.cpu.registers[RSP] = page(PAGES) - 128n;
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
    const one = withStack(code, 20);
    one.machine.run(20_000);
    expect(one.machine.statistics.inRegions).toBeGreaterThan(10_000);
    expect(missed(one)).toBe(one.machine.statistics.regions);
  });

  test('of a function that calls itself is another one each time, whatever happens to the pages of the stack', () => {
    const step = fc.record({
      index: fc.nat(PAGES - 1),
      frame: fc.nat(7),
      flags: fc.constantFrom(TOUCHED, TOUCHED & ~PTE.write, TOUCHED & ~PTE.dirty, PTE.user | PTE.write, 0n),
      budget: fc.constantFrom(300, 5_000, 90_000),
    });
    fc.assert(
      fc.property(fc.nat(200), fc.array(step, { minLength: 1, maxLength: 8 }), (depth, steps) => {
        const [one, other] = [20, NEVER].map((after) => withStack(recursion(depth), after)) as [
          CodeMachine,
          CodeMachine,
        ];
        const run = (budget: number): void => {
          one.machine.run(budget);
          const behind = one.machine.cpu.instructions - other.machine.cpu.instructions;
          if (behind > 0) other.machine.runExactly(behind);
          if (one.exceptions.length > other.exceptions.length) other.machine.runExactly(1);
          expect(other.exceptions).toEqual(one.exceptions);
          expect(Buffer.compare(one.machine.cpu.frame, other.machine.cpu.frame)).toBe(0);
          expect(Buffer.compare(one.machine.memory.bytes, other.machine.memory.bytes)).toBe(0);
        };
        run(90_000);
        for (const { index, frame: number, flags, budget } of steps) {
          for (const machine of [one, other]) change(machine, index, frame(number), flags);
          run(budget);
          // A fault is mended, and the function goes on: with the frame as it was, for what it returns to is there.
          while (one.exceptions.length > 0) {
            for (const machine of [one, other]) {
              machine.exceptions.length = 0;
              const faulted = Number((machine.machine.cpu.cr2 - DATA) >> 12n);
              change(machine, faulted, frame(faulted === index ? number : faulted), TOUCHED);
            }
            run(budget);
            if (one.machine.cpu.cr2 < DATA || one.machine.cpu.cr2 >= page(PAGES)) return;
          }
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  test('that reaches into a page where nothing is, on a way that is not taken, is done without', () => {
    // again: push rbx · test ecx, ecx · jz on · sub rsp, 512 · mov [rsp], rdx · add rsp, 512 · on: pop rbx · cpuid · mov ecx, 0 · dec edi · jnz again
    const code = [
      ...[0x53, 0x85, 0xc9, 0x74, 0x12, 0x48, 0x81, 0xec, ...imm32(512), 0x48, 0x89, 0x14, 0x24],
      ...[0x48, 0x81, 0xc4, ...imm32(512), 0x5b, 0x0f, 0xa2, 0xb9, ...imm32(0), 0xff, 0xcf, 0x75, 0xdd, ...SYSCALL],
    ];
    const one = withStack(code, 20);
    const { cpu } = one.machine;
    change(one, 0, frame(0), 0n);
    const run = (rounds: number, isDeep: boolean): number => {
      const before = one.machine.statistics.inRegions;
      cpu.rip = one.machine.cpu.rip - BigInt(cpu.instructions === 0 ? 0 : code.length);
      cpu.registers[RSP] = page(1) + 64n;
      cpu.registers[RCX] = isDeep ? 1n : 0n;
      cpu.registers[RDI] = BigInt(rounds);
      expect(one.machine.run()).toBe(STOP.stopped);
      return one.machine.statistics.inRegions - before;
    };
    run(20_000, false);
    expect(one.exceptions).toEqual([]);
    // Not the interpreter any more.
    expect(run(10_000, false)).toBeGreaterThan(40_000);
    run(1, true);
    expect(one.exceptions).toMatchObject([{ vector: 14, errorCode: 6 }]);
    expect(cpu.cr2).toBe(page(1) + 64n - 8n - 512n);
  });
});
