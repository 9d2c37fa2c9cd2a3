// Inner loops look ahead: that must never be seen, where memory ends, code changes, or a register holds what it should not.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STOP } from '../../src/machine.ts';
import { CODE_FRAME, type CodeMachine, codeMachine, DATA, DATA_FRAME, SYSCALL } from '../support/code-machine.ts';
import { PTE } from '../support/page-tables.ts';

const NEVER = Number.POSITIVE_INFINITY;
const [RAX, RCX, RSI, RDI] = [0, 1, 6, 7];
const little = (value: number): number[] => [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, value >>> 24];
const TOUCHED = PTE.user | PTE.write | PTE.noExecute | PTE.accessed | PTE.dirty;
/** Warm enough that pages are seen through windows. */
const WARM_ROUNDS = 200_000;

const WARM_INSTRUCTIONS = 100_000;

/** again: add rax, [rsi] · add [rsi + 8], rax · add rsi, stride · dec ecx · jnz again · syscall */
const walk = (stride: number): number[] => [
  ...[0x48, 0x03, 0x06, 0x48, 0x01, 0x46, 0x08],
  ...[0x48, 0x81, 0xc6, ...little(stride), 0xff, 0xc9, 0x75, 0xee],
  ...SYSCALL,
];

/** Two data pages and nothing behind them. */
function walker(stride: number, translateAfter: number): CodeMachine {
  const one = codeMachine(walk(stride), { translateAfter });
  for (const index of [0, 1]) one.tables.map(DATA + BigInt(index * 4096), DATA_FRAME + index * 4096, TOUCHED);
  return one;
}

function start({ machine }: CodeMachine, rsi: bigint, rounds: number): void {
  machine.cpu.rip = 0x40_0000n;
  machine.cpu.registers[RAX] = 1n;
  machine.cpu.registers[RCX] = BigInt(rounds);
  machine.cpu.registers[RSI] = rsi;
}

/** Makes the loop hot in place, and then runs it over memory. */
function state(one: CodeMachine, stride: number, from: number, rounds: number): unknown {
  const { machine } = one;
  machine.memory.write(CODE_FRAME, Uint8Array.from(walk(0)));
  start(one, DATA, WARM_ROUNDS);
  expect(machine.run()).toBe(STOP.stopped);
  machine.memory.fill(DATA_FRAME, 8192, 7);
  machine.memory.write(CODE_FRAME, Uint8Array.from(walk(stride)));
  for (let round = 0; round < 3; round++) {
    start(one, DATA + BigInt(from), rounds);
    machine.run();
  }
  const { registers, rip, cr2, rflags } = machine.cpu;
  const data = Buffer.from(machine.memory.bytes.subarray(DATA_FRAME, DATA_FRAME + 8192)).toString('base64');
  const { instructions } = machine.cpu;
  return { registers: [...registers], rip, cr2, rflags, instructions, exceptions: one.exceptions, data };
}

describe('a loop over memory', () => {
  test('faults at the access that the interpreter faults at, wherever memory ends', { timeout: 240_000 }, () => {
    const any = fc.record({
      stride: fc.constantFrom(1, 2, 4, 8, 16, 24, 64, 300, 768, -1, -2, -4, -8, -40),
      from: fc.integer({ min: 0, max: 8191 }),
      rounds: fc.integer({ min: 1, max: 300 }),
    });
    fc.assert(
      fc.property(any, ({ stride, from, rounds }) => {
        const [translated, interpreted] = [walker(stride, 5), walker(stride, NEVER)];
        expect(state(translated, stride, from, rounds)).toEqual(state(interpreted, stride, from, rounds));
      }),
      { numRuns: 25 },
    );
  });
});

/** again: mov rbx, [rsi] · test bl, 1 · jz on · mov [rdi], rbx · add rdi, step · on: add rax, [rsi + 16] · add rsi, stride · dec ecx · jnz again */
function filter(stride: number, step: number): number[] {
  const body = [
    ...[0x48, 0x8b, 0x1e, 0xf6, 0xc3, 0x01, 0x74, 0x0a, 0x48, 0x89, 0x1f, 0x48, 0x81, 0xc7, ...little(step)],
    ...[0x48, 0x03, 0x46, 0x10, 0x48, 0x81, 0xc6, ...little(stride), 0xff, 0xc9, 0x75],
  ];
  return [...body, 0x100 - body.length - 1, ...SYSCALL];
}

/** again: mov rbx, [rsi] · mov [rsi + rdx * 8], rbx · add rsi, rdx · dec ecx · jnz again */
const STEP_IN_REGISTER = [
  ...[0x48, 0x8b, 0x1e, 0x48, 0x89, 0x1c, 0xd6, 0x48, 0x01, 0xd6, 0xff, 0xc9, 0x75, 0xf2],
  ...SYSCALL,
];

describe('a loop whose addresses have been vouched for', () => {
  const PAGES = 8;
  const BYTES = PAGES * 4096;
  const RDX = 2;
  interface Run {
    readonly from: number;
    readonly to: number;
    readonly step: number;
    readonly rounds: number;
  }
  function prepared(code: readonly number[], translateAfter: number): CodeMachine {
    const one = codeMachine(code, { translateAfter });
    for (let index = 0; index < PAGES; index++) {
      one.tables.map(DATA + BigInt(index * 4096), DATA_FRAME + index * 4096, TOUCHED);
    }
    const { memory } = one.machine;
    for (let at = 0; at < BYTES; at++) memory.bytes[DATA_FRAME + at] = (at * 7 + (at >> 6)) & 0xff;
    return one;
  }
  function run(one: CodeMachine, { from, to, step, rounds }: Run): unknown {
    start(one, DATA + BigInt(from), rounds);
    const { registers } = one.machine.cpu;
    registers[RDI] = DATA + BigInt(to);
    registers[RDX] = BigInt.asUintN(64, BigInt(step));
    one.machine.run();
    const { rip, cr2, rflags, instructions } = one.machine.cpu;
    return { registers: [...registers], rip, cr2, rflags, instructions, exceptions: [...one.exceptions] };
  }
  const data = (one: CodeMachine): string =>
    Buffer.from(one.machine.memory.bytes.subarray(DATA_FRAME, DATA_FRAME + BYTES)).toString('base64');
  const compare = (code: readonly number[], runs: readonly Run[], middle: Run): void => {
    const machines = [prepared(code, 5), prepared(code, NEVER)];
    const seen = machines.map((one) => {
      // Until its windows are known, in the middle of memory.
      while (one.machine.cpu.instructions < WARM_INSTRUCTIONS) run(one, middle);
      return [...runs.map((each) => run(one, each)), data(one)];
    });
    expect(seen[0]).toEqual(seen[1]);
  };

  const anyRun = fc.record({
    from: fc.integer({ min: -40, max: BYTES }),
    to: fc.integer({ min: -40, max: BYTES }),
    step: fc.constantFrom(0, 8, 16, 72, 4096, -8, -24, 0x7fff_ffff),
    rounds: fc.integer({ min: 1, max: 900 }),
  });

  test('ends, faults and has written as the interpreter does, wherever its pointers go', { timeout: 240_000 }, () => {
    const any = fc.record({
      stride: fc.constantFrom(1, 8, 24, 64, 768, -8, -40),
      step: fc.constantFrom(0, 4, 8, 40, -8, -64),
      runs: fc.array(anyRun, { minLength: 4, maxLength: 8 }),
    });
    fc.assert(
      fc.property(any, ({ stride, step, runs }) => {
        const rounds = Math.min(300, Math.floor(8000 / Math.max(Math.abs(stride), Math.abs(step))));
        compare(filter(stride, step), runs, { from: BYTES / 2, to: BYTES / 2, step: 8, rounds });
      }),
      { numRuns: 8 },
    );
  });

  test('does so with steps that a register holds', { timeout: 240_000 }, () => {
    fc.assert(
      fc.property(fc.array(anyRun, { minLength: 4, maxLength: 8 }), (runs) => {
        compare(STEP_IN_REGISTER, runs, { from: BYTES / 4, to: 0, step: 8, rounds: 300 });
      }),
      { numRuns: 8 },
    );
  });
});

describe('a loop of scalar loads', () => {
  // again: movsd xmm0, [rsi] · addsd xmm1, xmm0 · movapd xmm2, xmm0 · dec ecx · jnz again · syscall
  const code = [
    ...[0xf2, 0x0f, 0x10, 0x06, 0xf2, 0x0f, 0x58, 0xc8, 0x66, 0x0f, 0x28, 0xd0],
    ...[0xff, 0xc9, 0x75, 0xf0, ...SYSCALL],
  ];

  test('clears the rest of its registers and keeps what it must, whatever they hold when it is entered', () => {
    const machines = [codeMachine(code, { translateAfter: 5 }), codeMachine(code, { translateAfter: NEVER })];
    const results = machines.map((one) => {
      const { cpu, memory } = one.machine;
      memory.write(DATA_FRAME, new Uint8Array(new Float64Array([1.5]).buffer));
      return [0, 1, 2, 3, 0, 2, 1].map((filled) => {
        cpu.xmm.fill(0);
        for (let register = 0; register < 3; register++) {
          if ((filled >> register) & 1) cpu.xmm.fill(0x41 + register, register * 32 + 8, register * 32 + 16);
        }
        const seen: string[] = [];
        for (const rounds of [400, 1, 7]) {
          start(one, DATA, rounds);
          expect(one.machine.run()).toBe(STOP.stopped);
          seen.push(Buffer.from(cpu.xmm.subarray(0, 96)).toString('hex'));
        }
        return seen;
      });
    });
    expect(results[0]).toEqual(results[1]);
    expect(machines[0]!.machine.cpu.counters.regions).toBeGreaterThan(0);
  });
});

/** head: test al, 1 · jz even · middle: add rax, 1 · dec ecx · jnz head · syscall · even: add rax, 3 · jmp head */
const MIDDLE = 4n;
const middling = [
  ...[0xa8, 0x01, 0x74, 0x0a, 0x48, 0x83, 0xc0, 0x01, 0xff, 0xc9, 0x75, 0xf4],
  ...[...SYSCALL, 0x48, 0x83, 0xc0, 0x03, 0xeb, 0xec],
];

test('a loop that is entered in the middle is made anew once, to be entered there', () => {
  const one = codeMachine(middling, { translateAfter: 50 });
  const { machine } = one;
  start(one, DATA, 1000);
  expect(machine.run()).toBe(STOP.stopped);
  const before = machine.statistics.regions;
  expect(before).toBeGreaterThan(0);
  for (let round = 0; round < 4000; round++) {
    start(one, DATA, 3);
    machine.cpu.rip += MIDDLE;
    expect(machine.run()).toBe(STOP.stopped);
    // In the middle 1 is added to 1, 5 and 9; 3 are added to what is even in between.
    expect(machine.cpu.registers[RAX]).toBe(10n);
  }
  expect(machine.statistics.regions).toBeLessThanOrEqual(before + 4);
});
