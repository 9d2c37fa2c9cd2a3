// Regions: what may happen in the middle of one, to its code, and to the cache it lives in.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STOP } from '../../src/machine.ts';
import { CODE, CODE_FRAME, type CodeMachine, codeMachine, DATA, DATA_FRAME, SYSCALL } from '../support/code-machine.ts';
import { PageTables, PTE } from '../support/page-tables.ts';

const NEVER = Number.POSITIVE_INFINITY;
const [RAX, RCX, RDX, RBX, , , RSI] = [0, 1, 2, 3, 4, 5, 6];

/** mov ecx, rounds · mov ebx, DATA · … body … · dec ecx · jnz body · syscall */
function loop(rounds: number, body: readonly number[]): number[] {
  return [
    ...[0xb9, rounds & 0xff, (rounds >> 8) & 0xff, 0, 0],
    ...[0xbb, 0x00, 0x00, 0x50, 0x00],
    ...body,
    ...[0xff, 0xc9, 0x75, -(body.length + 4) & 0xff],
    ...SYSCALL,
  ];
}
const BODY = CODE + 10n;

const frameOf = ({ machine }: CodeMachine): string => Buffer.from(machine.cpu.frame).toString('hex');

describe('a page fault in a region', () => {
  // mov [rbx], eax · lea rbx, [rbx + 1024] · add eax, 0x12345679 · shl eax, 1: the third page of data is not there
  const walk = loop(
    100,
    [0x89, 0x03, 0x48, 0x8d, 0x9b, 0x00, 0x04, 0x00, 0x00, 0x05, 0x79, 0x56, 0x34, 0x12, 0xd1, 0xe0],
  );

  test('leaves registers, flags, RIP and the count as the interpreter leaves them', () => {
    const translated = codeMachine(walk, { translateAfter: 2 });
    const interpreted = codeMachine(walk, { translateAfter: NEVER });
    for (const { machine } of [translated, interpreted]) expect(machine.run(10_000)).toBe(STOP.stopped);
    expect(translated.machine.cpu.counters.regions).toBeGreaterThan(0);
    expect(translated.exceptions).toEqual([{ vector: 14, errorCode: 6, rip: BODY }]);
    expect(translated.exceptions).toEqual(interpreted.exceptions);
    expect(translated.machine.cpu.cr2).toBe(DATA + 8192n);
    expect(frameOf(translated)).toBe(frameOf(interpreted));
    expect(translated.machine.cpu.instructions).toBe(interpreted.machine.cpu.instructions);
  });

  test('is resumed where it was once the page is there', () => {
    const one = codeMachine(walk, { translateAfter: 2 });
    one.machine.run(10_000);
    one.tables.mapFresh(DATA + 8192n, 100 * 1024, PTE.user | PTE.write);
    expect(one.machine.run(10_000)).toBe(STOP.stopped);
    expect(one.exceptions.length).toBe(1);
    expect(one.machine.cpu.registers[RBX]).toBe(DATA + 100n * 1024n);
  });
});

describe('self-modifying code in regions', () => {
  test('a region that writes into itself runs what it wrote, from the next instruction on', () => {
    // mov esi, CODE + 19 · inc byte [rsi] · add eax, 0: the constant at CODE + 19
    const body = [0xbe, 0x13, 0x00, 0x40, 0x00, 0xfe, 0x06, 0x83, 0xc0, 0x00];
    const { machine } = codeMachine(loop(20, body), { translateAfter: 1 });
    expect(machine.run(10_000)).toBe(STOP.stopped);
    expect(machine.cpu.registers[RAX]).toBe(BigInt((20 * 21) / 2));
    expect(machine.cpu.counters.regions).toBeGreaterThan(0);
  });

  test('a region that writes into another one makes it run as written', () => {
    // The callee at CODE + 0x100: add eax, 0 · ret. The loop raises its constant, then calls it.
    const body = [
      ...[0xbe, 0x02, 0x01, 0x40, 0x00], // mov esi, CODE + 0x102
      ...[0xfe, 0x06], // inc byte [rsi]
      ...[0xe8, 0x100 - (10 + 12), 0x00, 0x00, 0x00], // call CODE + 0x100
    ];
    const { machine } = codeMachine(loop(30, body), { translateAfter: 1 });
    machine.memory.write(CODE_FRAME + 0x100, Uint8Array.of(0x83, 0xc0, 0x00, 0xc3));
    expect(machine.run(10_000)).toBe(STOP.stopped);
    expect(machine.cpu.registers[RAX]).toBe(BigInt((30 * 31) / 2));
  });

  test('an instruction that ends in the next page changes with that page', () => {
    // mov eax, imm32 over the page boundary, in a loop that adds it to edx and raises its last byte.
    const one = codeMachine([], { translateAfter: 1 });
    one.machine.memory.write(
      CODE_FRAME + 4092,
      Uint8Array.of(
        ...[0xb8, 1, 0, 0, 0], // CODE + 4092: mov eax, 1, its last byte in the next page
        ...[0x48, 0x01, 0xc2], // add rdx, rax
        ...[0xfe, 0x06], // inc byte [rsi]
        ...[0xff, 0xc9, 0x75, 0xf2], // dec ecx · jnz CODE + 4092
        ...SYSCALL,
      ),
    );
    one.machine.cpu.rip = CODE + 4092n;
    one.machine.cpu.registers[RCX] = 50n;
    one.machine.cpu.registers[RSI] = CODE + 4096n;
    expect(one.machine.run(10_000)).toBe(STOP.stopped);
    const sum = Array.from({ length: 50 }, (_, i) => 1 + i * 2 ** 24).reduce((a, b) => a + b, 0);
    expect(one.machine.cpu.registers[RDX]).toBe(BigInt(sum));
  });

  test('what the host writes over a region is what runs next', () => {
    const { machine } = codeMachine(loop(10, [0x83, 0xc0, 0x01]), { translateAfter: 1 });
    for (const constant of [1, 5, 7]) {
      machine.memory.write(CODE_FRAME + 12, Uint8Array.of(constant));
      machine.cpu.rip = CODE;
      machine.cpu.registers[RAX] = 0n;
      expect(machine.run(1000)).toBe(STOP.stopped);
      expect(machine.cpu.registers[RAX]).toBe(BigInt(10 * constant));
    }
  });
});

describe('address spaces', () => {
  test('share the region of a page that they share, at different addresses and with different data', () => {
    const code = loop(40, [0x03, 0x05, 0xf0, 0x0f, 0x00, 0x00]); // add eax, [rip + 0xFF0] = CODE + 0x1000
    const one = codeMachine(code, { translateAfter: 2 });
    const { machine } = one;
    const other = new PageTables(machine.memory, 0x4_0000);
    const elsewhere = 0x7f00_0040_0000n;
    other.map(elsewhere, CODE_FRAME, PTE.user);
    other.map(elsewhere + 4096n, DATA_FRAME, PTE.user);
    machine.memory.write(CODE_FRAME + 4096, Uint8Array.of(3));
    machine.memory.write(DATA_FRAME, Uint8Array.of(5));
    for (const sum of [120n, 240n]) {
      machine.cpu.rip = CODE;
      machine.run(10_000);
      expect(machine.cpu.registers[RAX]).toBe(sum);
    }
    const { regions } = machine.cpu.counters;
    expect(regions).toBeGreaterThan(0);
    machine.cpu.setAddressSpace(other.root, 2);
    machine.cpu.rip = elsewhere;
    machine.cpu.registers[RAX] = 0n;
    expect(machine.run(10_000)).toBe(STOP.stopped);
    expect(machine.cpu.registers[RAX]).toBe(200n);
    expect(machine.cpu.counters.regions).toBe(regions);
  });
});

describe('the budget', () => {
  test('is exact under translation, for pieces of any size', () => {
    // A loop with a forward branch: add eax, ecx · test al, 8 · jz +3 · add edx, 5 · lea rsi, [rsi + rdx]
    const code = loop(3000, [0x01, 0xc8, 0xa8, 0x08, 0x74, 0x03, 0x83, 0xc2, 0x05, 0x48, 0x8d, 0x34, 0x16]);
    const whole = codeMachine(code, { translateAfter: NEVER });
    whole.machine.run();
    const total = whole.machine.cpu.instructions;
    const pieces = fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(pieces, (sizes) => {
        const one = codeMachine(code, { translateAfter: 3 });
        let run = 0;
        for (let i = 0; ; i++) {
          const size = sizes[i % sizes.length]!;
          if (one.machine.runExactly(size) === STOP.stopped) break;
          run += size;
          expect(one.machine.cpu.instructions).toBe(run);
        }
        expect(one.machine.cpu.instructions).toBe(total);
        expect(frameOf(one)).toBe(frameOf(whole));
      }),
      { numRuns: 15 },
    );
  });

  test('of a loop that never ends is used up', () => {
    const { machine } = codeMachine([0xff, 0xc0, 0xeb, 0xfc], { translateAfter: 1 }); // inc eax · jmp
    expect(machine.run(100_000)).toBe(STOP.budget);
    expect(machine.cpu.instructions).toBeLessThan(100_000 + machine.cpu.longestRun);
  });
});

describe('the code cache', () => {
  test('forgets regions with everything else when it is full, and goes on', () => {
    // Two hundred small functions in a row, called one after the other: more than 64 KiB of records hold.
    const functions = Array.from({ length: 200 }, (_, i) => [
      ...[0xb9, 0x03, 0x00, 0x00, 0x00], // mov ecx, 3
      ...[0x83, 0xc0, i & 0x7f], // add eax, i
      ...[0x83, 0xf2, 0x01], // xor edx, 1
      ...[0x90, 0x90, 0x90, 0x90],
      ...[0xff, 0xc9, 0x75, 0xf2], // dec ecx · jnz add
    ]).flat();
    const one = codeMachine([], { translateAfter: 2, decodedBytes: 65_536 });
    one.machine.memory.write(CODE_FRAME, Uint8Array.of(...functions, ...SYSCALL));
    const sum = Array.from({ length: 200 }, (_, i) => 3 * (i & 0x7f)).reduce((a, b) => a + b, 0);
    for (let round = 0; round < 5; round++) {
      one.machine.cpu.rip = CODE;
      one.machine.cpu.registers[RAX] = 0n;
      expect(one.machine.run(100_000)).toBe(STOP.stopped);
      expect(one.machine.cpu.registers[RAX]).toBe(BigInt(sum));
    }
    expect(one.machine.cpu.counters.flushes).toBeGreaterThan(0);
    expect(one.machine.cpu.counters.regions).toBeGreaterThan(0);
  });
});

test('a machine that never translates says so, and a threshold below 1 is refused', () => {
  const { machine } = codeMachine(loop(1000, [0x01, 0xc8]), { translateAfter: NEVER });
  machine.run();
  expect(machine.cpu.counters.regions).toBe(0);
  expect(() => codeMachine([], { translateAfter: 0 })).toThrow('translateAfter is 0');
});
