// Extent windows: what translated code may reach through them, and that it ends where the page tables say so.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STOP } from '../../src/machine.ts';
import {
  CPU_STATE,
  MISS_BYTES,
  MISS_SITE,
  MISSES_BASE,
  MOST_MISSES,
  WINDOW_BASE,
  WINDOW_LIMIT,
  WINDOW_SLOT_BYTES,
  WINDOW_SLOTS,
  WINDOW_SPAN,
  WINDOW_START,
} from '../../src/state/cpu-state.ts';
import { CODE, type CodeMachine, codeMachine, DATA, DATA_FRAME, SYSCALL } from '../support/code-machine.ts';
import { PTE } from '../support/page-tables.ts';
import { runAlike } from '../support/run-alike.ts';

const PAGES = 8;
const NEVER = Number.POSITIVE_INFINITY;
const TOUCHED = PTE.user | PTE.write | PTE.noExecute | PTE.accessed | PTE.dirty;
/** Long enough for the code to be translated and its sites to be served. */
const LONG = 400_000;
const [RAX, RCX, RSI] = [0, 1, 6];

const imm32 = (value: number): number[] => [0, 8, 16, 24].map((shift) => (value >> shift) & 0xff);

/** For ever over the data pages, 64 bytes a step: rax += [rsi], [rsi + 8] += rax. */
const WALK = [
  ...[0xbe, ...imm32(Number(DATA))], // mov esi, DATA
  ...[0xb9, ...imm32(PAGES * 64)], // mov ecx, steps
  ...[0x48, 0x03, 0x06], // add rax, [rsi]
  ...[0x48, 0x01, 0x46, 0x08], // add [rsi + 8], rax
  ...[0x48, 0x83, 0xc6, 0x40], // add rsi, 64
  ...[0xff, 0xc9], // dec ecx
  ...[0x75, 0xf1], // jnz
  ...[0xeb, 0xe5], // jmp
];
const ADD = CODE + 10n;
const STORE = CODE + 13n;

const page = (index: number): bigint => DATA + BigInt(index * 4096);
const frame = (index: number): number => DATA_FRAME + index * 4096;

function remap({ machine, tables }: CodeMachine, index: number, physical: number, flags: bigint): void {
  tables.map(page(index), physical, flags);
  machine.cpu.invalidatePage(page(index));
}

function unmap({ machine, tables }: CodeMachine, index: number): void {
  machine.memory.writeUint64(tables.entryAddress(page(index)), 0n);
  machine.cpu.invalidatePage(page(index));
}

/** The walker over pages side by side. */
function walker(translateAfter: number, flags = TOUCHED): CodeMachine {
  const one = codeMachine(WALK, { translateAfter });
  for (let index = 0; index < PAGES; index++) one.tables.map(page(index), frame(index), flags);
  one.machine.cpu.registers[RAX] = 1n;
  return one;
}

function warm(flags = TOUCHED): CodeMachine {
  const one = walker(20, flags);
  expect(one.machine.run(LONG)).toBe(STOP.budget);
  return one;
}

/** First byte and length of every window, the margin at its end included. */
function windowsOf({ machine }: CodeMachine): [bigint, number][] {
  const { state } = machine.cpu;
  const slots = Array.from({ length: WINDOW_SLOTS }, (_, slot) => WINDOW_BASE + slot * WINDOW_SLOT_BYTES);
  return slots
    .filter((at) => state.getUint32(at + WINDOW_LIMIT, true) !== 0)
    .map((at) => [
      state.getBigInt64(at + WINDOW_START, true),
      state.getUint32(at + WINDOW_LIMIT, true) + WINDOW_SPAN - 1,
    ]);
}

describe('a window', () => {
  test('is good for the last frames of a stack that ends with it', () => {
    // for ever: push rax · add rax, [rsp] · pop rbx, 80 bytes below the end of the last page
    const one = codeMachine([0x50, 0x48, 0x03, 0x04, 0x24, 0x5b, 0xeb, 0xf8], { translateAfter: 20 });
    const { cpu, state } = { cpu: one.machine.cpu, state: one.machine.cpu.state };
    for (let index = 0; index < PAGES; index++) one.tables.map(page(index), frame(index), TOUCHED);
    cpu.registers[RAX] = 1n;
    cpu.registers[4] = page(PAGES) - 80n;
    one.machine.run(LONG);
    expect(windowsOf(one)).toEqual([[DATA, PAGES * 4096]]);
    const isNothingMissed = (): boolean =>
      Array.from({ length: MOST_MISSES }, (_, miss) => MISSES_BASE + miss * MISS_BYTES + MISS_SITE).every(
        (at) => state.getUint32(at, true) === 0,
      );
    expect(isNothingMissed()).toBe(true);
    // Only what has room for all that the check covers is taken to be in it.
    cpu.registers[4] = page(PAGES) - 24n;
    one.machine.run(1000);
    expect(isNothingMissed()).toBe(false);
    expect(one.exceptions).toEqual([]);
  });

  test('spans the pages that are neighbours in both address spaces', () => {
    expect(windowsOf(warm())).toEqual([[DATA, PAGES * 4096]]);
  });

  test('takes in no page that has not been accessed, nor one for writing that is not dirty', () => {
    const one = warm();
    remap(one, 2, frame(2), TOUCHED & ~PTE.accessed & ~PTE.dirty);
    remap(one, 5, frame(5), TOUCHED & ~PTE.dirty);
    const bits = (index: number): bigint =>
      one.machine.memory.readUint64(one.tables.entryAddress(page(index))) & (PTE.accessed | PTE.dirty);
    expect([bits(2), bits(5)]).toEqual([0n, PTE.accessed]);
    for (const [start, bytes] of windowsOf(one)) {
      for (const index of [2, 5]) expect(page(index) >= start && page(index) < start + BigInt(bytes)).toBe(false);
    }
    one.machine.run(LONG);
    expect([bits(2), bits(5)]).toEqual([PTE.accessed | PTE.dirty, PTE.accessed | PTE.dirty]);
    expect(windowsOf(one)).toContainEqual([DATA, PAGES * 4096]);
  });

  test('ends where a page is unmapped: the access faults, and finds the new frame later', () => {
    const one = warm();
    unmap(one, 3);
    expect(one.machine.run(LONG)).toBe(STOP.stopped);
    expect(one.exceptions).toEqual([{ vector: 14, errorCode: 4, rip: ADD }]);
    expect(one.machine.cpu.cr2).toBe(page(3));
    one.machine.memory.fill(frame(20), 4096, 0);
    remap(one, 3, frame(20), TOUCHED);
    const before = one.machine.memory.readUint64(frame(3) + 8);
    expect(one.machine.run(LONG)).toBe(STOP.budget);
    expect(one.machine.memory.readUint64(frame(3) + 8)).toBe(before);
    expect(one.machine.memory.readUint64(frame(20) + 8)).not.toBe(0n);
  });

  test('is not written through once a page is read-only, as copy-on-write makes it', () => {
    const one = warm();
    remap(one, 4, frame(4), TOUCHED & ~PTE.write);
    expect(one.machine.run(LONG)).toBe(STOP.stopped);
    expect(one.exceptions).toEqual([{ vector: 14, errorCode: 7, rip: STORE }]);
    // The copy: what was written before the fault is there, and nothing goes to the shared frame any more.
    one.machine.memory.write(frame(20), one.machine.memory.bytes.slice(frame(4), frame(5)));
    const shared = one.machine.memory.bytes.slice(frame(4), frame(5));
    remap(one, 4, frame(20), TOUCHED);
    expect(one.machine.run(LONG)).toBe(STOP.budget);
    expect(Buffer.compare(one.machine.memory.bytes.slice(frame(4), frame(5)), shared)).toBe(0);
    expect(Buffer.compare(one.machine.memory.bytes.slice(frame(20), frame(21)), shared)).not.toBe(0);
  });

  test('loses a range of pages that is invalidated, and nothing else: what is mapped there then is found, links stay', () => {
    const one = warm();
    const { cpu, memory } = one.machine;
    const codeTag = (): number => cpu.state.getUint32(CPU_STATE.codeTag, true);
    const before = codeTag();
    for (const index of [5, 6]) {
      one.tables.map(page(index), frame(15 + index), TOUCHED);
      memory.fill(frame(15 + index), 4096, 0);
    }
    cpu.invalidatePages(page(5), 2, 1);
    expect(windowsOf(one)).toEqual([[DATA, 5 * 4096]]);
    expect(codeTag()).toBe(before);
    const kept = memory.bytes.slice(frame(5), frame(7));
    expect(one.machine.run(LONG)).toBe(STOP.budget);
    expect(Buffer.compare(memory.bytes.slice(frame(5), frame(7)), kept)).toBe(0);
    expect(memory.readUint64(frame(20) + 8)).not.toBe(0n);
    expect(memory.readUint64(frame(21) + 8)).not.toBe(0n);
    // Beginning before a window, ending within it.
    cpu.invalidatePages(DATA - 0x4000n, 6, 1);
    for (const [start] of windowsOf(one)) expect(start).toBeGreaterThanOrEqual(page(2));
    cpu.invalidatePages(CODE - (CODE % 4096n), 1, 1);
    expect(codeTag()).not.toBe(before);
    expect(one.exceptions).toEqual([]);
  });

  test('belongs to its address space and privilege', () => {
    const one = warm();
    one.machine.cpu.setAddressSpace(one.tables.root, 2);
    expect(windowsOf(one)).toEqual([]);
    one.machine.cpu.setAddressSpace(one.tables.root, 1);
    expect(windowsOf(one)).toEqual([[DATA, PAGES * 4096]]);
    one.machine.cpu.setPrivilege(0);
    expect(windowsOf(one)).toEqual([]);
    one.machine.cpu.setPrivilege(3);
    one.machine.cpu.invalidateAddressSpace(1);
    expect(windowsOf(one)).toEqual([]);
  });

  test('ends at a page that code is decoded from under another address: the code runs as it was written', () => {
    const one = warm();
    const alias = 0x70_0000n;
    // At the very bytes that the walker changes: [page 6 + 8], a quadword. mov eax, imm32 · syscall · nop
    const changed = frame(6) + 8;
    one.tables.map(alias, frame(6), PTE.user | PTE.accessed);
    one.machine.memory.write(changed, Uint8Array.of(0xb8, 1, 0, 0, 0, 0x0f, 0x05, 0x90));
    const callAlias = (): bigint => {
      const { cpu } = one.machine;
      const [rip, rax] = [cpu.rip, cpu.registers[RAX]!];
      cpu.rip = alias + 8n;
      expect(one.machine.run(100)).toBe(STOP.stopped);
      const result = cpu.registers[RAX]!;
      cpu.rip = rip;
      cpu.registers[RAX] = rax;
      return result;
    };
    expect(callAlias()).toBe(1n);
    // [page 6 + 8] += rax, once: the constant becomes 2.
    one.machine.cpu.registers[RAX] = 0x100n;
    one.machine.cpu.registers[RSI] = page(6);
    one.machine.memory.fill(frame(6), 8, 0);
    one.machine.cpu.rip = ADD;
    expect(one.machine.runExactly(2)).toBe(STOP.budget);
    expect(callAlias()).toBe(2n);
    // And by the region itself, all the way through.
    one.machine.cpu.registers[1] = 2n;
    one.machine.cpu.registers[RSI] = page(6);
    one.machine.cpu.registers[RAX] = 0x100n;
    one.machine.cpu.rip = ADD;
    one.machine.run(3);
    expect(callAlias()).toBe(3n);
  });
});

test('an access over the boundary of pages that are apart reads and writes both', () => {
  // mov rsi, DATA + 4092 · mov rax, [rsi] · inc rax · mov [rsi], rax · jmp: pages 0 and 1 in frames that are no neighbours
  const code = [
    ...[0xbe, ...imm32(Number(DATA) + 4092)],
    ...[0x48, 0x8b, 0x06, 0x48, 0xff, 0xc0, 0x48, 0x89, 0x06, 0xeb, 0xf0],
  ];
  const one = codeMachine(code, { translateAfter: 2 });
  one.tables.map(page(0), frame(4), TOUCHED);
  one.tables.map(page(1), frame(9), TOUCHED);
  one.machine.memory.fill(frame(4), 6 * 4096, 0);
  expect(one.machine.run(50_000)).toBe(STOP.budget);
  const value = one.machine.memory.bytes.slice(frame(4) + 4092, frame(5));
  const rounds = new DataView(value.buffer).getUint32(0, true);
  expect(rounds).toBeGreaterThan(9_000);
  one.machine.memory.writeUint64(frame(4) + 4088, 0xffff_ffff_0000_0000n);
  one.machine.cpu.rip = CODE;
  one.machine.runExactly(5);
  expect(one.machine.memory.readUint64(frame(9)) & 0xffff_ffffn).toBe(1n);
});

test.for([
  // again: mov rax, [rsi] · test ecx, ecx · jz on · [mov rdx, [rsi + 40]] · on: dec edi · jnz again · syscall
  { name: 'any', register: RSI, first: [0x48, 0x8b, 0x06], second: [0x48, 0x8b, 0x56, 0x28], errorCode: 4 },
  // The same with rsp, and a store: what is on the stack is taken to be writable.
  {
    name: 'the stack',
    register: 4,
    first: [0x48, 0x8b, 0x04, 0x24],
    second: [0x48, 0x89, 0x54, 0x24, 0x28],
    errorCode: 6,
  },
])(
  'a check that is widened for a block that does not run refuses nothing, and one that does faults where it is: $name',
  ({ register, first, second, errorCode }) => {
    const loop = [...first, 0x85, 0xc9, 0x74, second.length, ...second, 0xff, 0xcf];
    const one = codeMachine([...loop, 0x75, 0x100 - loop.length - 2, ...SYSCALL], { translateAfter: 20 });
    const { cpu, memory } = one.machine;
    const [RCX, RDI] = [1, 7];
    const run = (at: bigint, runsSecond: boolean, rounds: number): unknown => {
      cpu.rip = CODE;
      cpu.registers[register] = at;
      cpu.registers[RCX] = runsSecond ? 1n : 0n;
      cpu.registers[RDI] = BigInt(rounds);
      return one.machine.run(LONG);
    };
    memory.writeUint64(DATA_FRAME + 8192 - 16, 7n);
    expect(run(DATA, true, 20_000)).toBe(STOP.stopped);
    expect(run(DATA, false, 20_000)).toBe(STOP.stopped);
    // The second access would lie in the page behind, where nothing is.
    expect(run(DATA + 8192n - 16n, false, 3)).toBe(STOP.stopped);
    expect([cpu.registers[RAX], cpu.registers[RDI], one.exceptions]).toEqual([7n, 0n, []]);
    expect(run(DATA + 8192n - 16n, true, 3)).toBe(STOP.stopped);
    const rip = CODE + BigInt(first.length + 4);
    expect(one.exceptions).toEqual([{ vector: 14, errorCode, rip }]);
    expect([cpu.registers[RDI], cpu.cr2]).toEqual([3n, DATA + 8192n + 24n]);
  },
);

test('whatever happens to the page tables, translated code does what interpreted code does', () => {
  const step = fc.record({
    index: fc.nat(PAGES - 1),
    frame: fc.nat(11),
    flags: fc.constantFrom(TOUCHED, TOUCHED & ~PTE.write, TOUCHED & ~PTE.dirty, PTE.user | PTE.write, 0n),
    budget: fc.constantFrom(500, 5_000, 90_000),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
      const [one, other] = [walker(20), walker(NEVER)];
      const change = (machine: CodeMachine, index: number, physical: number, flags: bigint): void => {
        if (flags === 0n) unmap(machine, index);
        else remap(machine, index, physical, flags);
      };
      runAlike(one, other, 90_000);
      for (const { index, frame: number, flags, budget } of steps) {
        for (const machine of [one, other]) change(machine, index, frame(number), flags);
        runAlike(one, other, budget);
        // A fault is mended, and the walk goes on.
        while (one.exceptions.length > 0) {
          for (const machine of [one, other]) {
            machine.exceptions.length = 0;
            const faulted = Number((machine.machine.cpu.cr2 - DATA) >> 12n);
            change(machine, faulted, frame(number), TOUCHED);
          }
          runAlike(one, other, budget);
        }
      }
    }),
    { numRuns: 25 },
  );
}, 120_000);

test('code that is in place before its data is mapped finds it', () => {
  const one = walker(20, 0n);
  for (let index = 0; index < PAGES; index++) unmap(one, index);
  expect(one.machine.run(1_000)).toBe(STOP.stopped);
  for (let index = 0; index < PAGES; index++) remap(one, index, frame(index), TOUCHED);
  expect(one.machine.run(LONG)).toBe(STOP.budget);
  expect(one.machine.memory.readUint64(frame(7) + 8 + 64 * 63)).not.toBe(0n);
});

/** mov rsi, [rsi] · add rax, [rsi + 16] · mov [rsi + 8], rax · dec ecx · jnz · syscall: addresses that nobody can vouch for. */
const CHASE = [
  ...[0x48, 0x8b, 0x36, 0x48, 0x03, 0x46, 0x10, 0x48, 0x89, 0x46, 0x08],
  ...[0xff, 0xc9, 0x75, 0xf1, ...SYSCALL],
];
const NODES = PAGES * 16;

interface Chase {
  /** Where each node leads. */
  readonly next: readonly number[];
  /** Where each leads later. */
  readonly later: readonly number[];
  /** What becomes of one of the pages then. */
  readonly fate: 'readOnly' | 'unmapped' | 'elsewhere' | 'same';
  readonly index: number;
}

/** Runs long enough for the region to be made anew with the windows that it was seen to use, and then elsewhere. */
function chased({ next, later, fate, index }: Chase, translateAfter: number): unknown {
  const one = codeMachine(CHASE, { translateAfter });
  const { cpu, memory } = one.machine;
  const link = (to: readonly number[]): void => {
    for (const [node, target] of to.entries()) memory.writeUint64(DATA_FRAME + node * 256, DATA + BigInt(target * 256));
  };
  const run = (rounds: number): void => {
    cpu.rip = CODE;
    cpu.registers[RAX] = 1n;
    cpu.registers[RCX] = BigInt(rounds);
    cpu.registers[RSI] = DATA;
    expect(one.machine.run()).toBe(STOP.stopped);
  };
  for (let number = 0; number < PAGES; number++) one.tables.map(page(number), frame(number), TOUCHED);
  link(next);
  for (let round = 0; round < 4; round++) run(LONG / 8);
  if (translateAfter !== NEVER) expect(one.machine.statistics.regions).toBeGreaterThan(1);
  link(later);
  if (fate === 'readOnly') remap(one, index, frame(index), TOUCHED & ~PTE.write);
  if (fate === 'elsewhere') remap(one, index, frame(30), TOUCHED);
  if (fate === 'unmapped') unmap(one, index);
  for (let round = 0; round < 3; round++) run(500);
  const data = Buffer.from(memory.bytes.subarray(DATA_FRAME, frame(31))).toString('base64');
  return { registers: [...cpu.registers], rip: cpu.rip, cr2: cpu.cr2, exceptions: one.exceptions, data };
}

test('a region that was made anew for the windows it was seen to use does what the interpreter does elsewhere', {
  timeout: 240_000,
}, () => {
  const links = (most: number): fc.Arbitrary<number[]> =>
    fc.array(fc.nat({ max: most - 1 }), { minLength: NODES, maxLength: NODES });
  const any = fc.record({
    next: fc.oneof(links(16), links(NODES)),
    later: links(NODES),
    fate: fc.constantFrom('readOnly' as const, 'unmapped' as const, 'elsewhere' as const, 'same' as const),
    index: fc.nat({ max: PAGES - 1 }),
  });
  fc.assert(
    fc.property(any, (chase) => {
      expect(chased(chase, 5)).toEqual(chased(chase, NEVER));
    }),
    { numRuns: 12 },
  );
});

test('a region that has seen no windows is not made anew for them', () => {
  const again = [0xff, 0xc1, 0x29, 0xc8, 0x0f, 0xc8, 0xeb, 0xf8]; // again: inc ecx · sub eax, ecx · bswap eax · jmp again
  const { machine } = codeMachine(again, { translateAfter: 5 });
  for (let round = 0; round < 8; round++) machine.run(LONG);
  expect(machine.statistics.regions).toBe(1);
});
