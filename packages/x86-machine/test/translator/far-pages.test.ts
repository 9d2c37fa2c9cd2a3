// Regions that lie in pages far from one another: calls into them, what they fault on, and what becomes of them when one page changes.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STOP } from '../../src/machine.ts';
import { hashFor } from '../../src/translator/region-dispatch.ts';
import { CODE, CODE_FRAME, type CodeMachine, codeMachine, DATA, SYSCALL } from '../support/code-machine.ts';
import { PageTables, PTE } from '../support/page-tables.ts';

const [RAX, RCX, RSI] = [0, 1, 6];
const little = (value: number): number[] => [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, value >>> 24];

/** Where functions lie, as distances from the caller, and in physical memory. */
const ABOVE = { distance: 0x3000_0ff8, frame: 0xa_0000 };
const BELOW = { distance: -0x30_0000 + 0x123, frame: 0xb_0000 };

/** xor ecx, ecx · again: call above · call below · inc ecx · cmp ecx, rounds · jne again · syscall */
const caller = (rounds: number): number[] => [
  ...[0x31, 0xc9],
  ...[0xe8, ...little(ABOVE.distance - 7)],
  ...[0xe8, ...little(BELOW.distance - 12)],
  ...[0xff, 0xc1, 0x81, 0xf9, ...little(rounds), 0x75, 0xec],
  ...SYSCALL,
];
/** Up to the page's end: add rax, rcx · xor rax, constant · nop; then: push rbx · pop rbx · ret */
const above = (constant: number): number[] => [0x48, 0x01, 0xc8, 0x48, 0x83, 0xf0, constant, 0x90, 0x53, 0x5b, 0xc3];
/** add eax, [rsi + 4 rcx] · rol rax, 3 · ret */
const below = [0x03, 0x04, 0x8e, 0x48, 0xc1, 0xc0, 0x03, 0xc3];

/** @param origin where the caller is */
function mapFunctions(tables: PageTables, origin: bigint): void {
  const page = (distance: number): bigint => (origin + BigInt(distance)) & ~0xfffn;
  tables.map(page(ABOVE.distance), ABOVE.frame, PTE.user);
  tables.map(page(ABOVE.distance) + 4096n, ABOVE.frame + 4096, PTE.user);
  tables.map(page(BELOW.distance), BELOW.frame, PTE.user);
}

function farMachine(rounds: number, options: Parameters<typeof codeMachine>[1]): CodeMachine {
  const one = codeMachine(caller(rounds), options);
  const { memory, cpu } = one.machine;
  mapFunctions(one.tables, CODE);
  memory.write(ABOVE.frame + 0xff8, Uint8Array.from(above(0x55)));
  memory.write(BELOW.frame + 0x123, Uint8Array.from(below));
  cpu.registers[RSI] = DATA;
  return one;
}

const stateOf = ({ machine: { cpu }, exceptions }: CodeMachine): unknown => [
  [...cpu.registers],
  cpu.rip,
  cpu.rflags,
  cpu.instructions,
  exceptions,
];

const statistics = { now: () => 0 };

describe('functions in pages far away', () => {
  test.each([1, 20, 60])('are of their caller’s region, translated after %i', (translateAfter) => {
    const one = farMachine(1500, { translateAfter, statistics });
    expect(one.machine.run()).toBe(STOP.stopped);
    const interpreted = farMachine(1500, { translateAfter: Number.POSITIVE_INFINITY });
    interpreted.machine.run();
    expect(stateOf(one)).toEqual(stateOf(interpreted));
    const { inRegions, entries } = one.machine.statistics;
    expect(inRegions).toBeGreaterThan(1200 * 14);
    expect(entries).toBeLessThan(100);
  });

  test('are left with the state of the interpreter at every instruction', () => {
    const [one, other] = [1, Number.POSITIVE_INFINITY].map((translateAfter) => farMachine(20, { translateAfter }));
    while (one!.machine.runExactly(1) === STOP.budget) {
      other!.machine.runExactly(1);
      expect(stateOf(one!)).toEqual(stateOf(other!));
    }
  });

  test.each([1, 2, 60])('fault where they do, translated after %i', (translateAfter) => {
    const one = farMachine(5000, { translateAfter });
    expect(one.machine.run()).toBe(STOP.stopped);
    // Behind the two pages of data.
    expect(one.machine.cpu.registers[RCX]).toBe(2048n);
    expect(one.exceptions).toEqual([{ vector: 14, errorCode: 4, rip: CODE + BigInt(BELOW.distance) }]);
    const interpreted = farMachine(5000, { translateAfter: Number.POSITIVE_INFINITY });
    interpreted.machine.run();
    expect(stateOf(one)).toEqual(stateOf(interpreted));
  });

  test.each([2, 60])('are called as they are written anew, translated after %i', (translateAfter) => {
    const machines = [translateAfter, Number.POSITIVE_INFINITY].map((after) =>
      farMachine(400, { translateAfter: after }),
    );
    for (const constant of [1, 7, 3]) {
      for (const { machine } of machines) {
        machine.memory.write(ABOVE.frame + 0xff8, Uint8Array.from(above(constant)));
        machine.cpu.rip = CODE;
        expect(machine.run()).toBe(STOP.stopped);
      }
      expect(stateOf(machines[0]!)).toEqual(stateOf(machines[1]!));
    }
  });

  test('that are mapped elsewhere are not called where they were', () => {
    const machines = [2, Number.POSITIVE_INFINITY].map((after) => farMachine(400, { translateAfter: after }));
    for (const { machine, tables } of machines) {
      machine.run();
      machine.memory.write(0xc_0123, Uint8Array.of(0x48, 0xff, 0xc0, 0xc3));
      const page = (CODE + BigInt(BELOW.distance)) & ~0xfffn;
      tables.map(page, 0xc_0000, PTE.user);
      machine.cpu.invalidatePage(page);
      machine.cpu.rip = CODE;
      expect(machine.run()).toBe(STOP.stopped);
    }
    expect(stateOf(machines[0]!)).toEqual(stateOf(machines[1]!));
  });

  test('are shared by who maps the same at the same distances, and by nobody else', () => {
    const { machine } = farMachine(400, { translateAfter: 60, statistics });
    const { cpu, memory } = machine;
    expect(machine.run()).toBe(STOP.stopped);
    const { regions } = machine.statistics;
    const expected = cpu.registers[RAX];
    const run = (tag: number, origin: bigint, change: (tables: PageTables) => void): bigint | undefined => {
      const tables = new PageTables(memory, 0x2_0000 + tag * 0x8000);
      tables.map(origin, CODE_FRAME, PTE.user);
      for (const page of [0, 4096]) tables.map(DATA + BigInt(page), 0x9_0000 + page, PTE.user | PTE.write);
      mapFunctions(tables, origin);
      change(tables);
      cpu.setAddressSpace(tables.root, tag);
      cpu.rip = origin;
      cpu.registers[RAX] = 0n;
      expect(machine.run()).toBe(STOP.stopped);
      return cpu.registers[RAX];
    };
    for (const tag of [2, 3, 4]) expect(run(tag, CODE + BigInt(tag) * 0x1_0000_0000n, () => {})).toBe(expected);
    expect(machine.statistics.regions).toBe(regions);
    // inc rax · ret
    memory.write(0xc_0123, Uint8Array.of(0x48, 0xff, 0xc0, 0xc3));
    const other = run(5, CODE, (tables) => tables.map((CODE + BigInt(BELOW.distance)) & ~0xfffn, 0xc_0000, PTE.user));
    expect(other).not.toBe(expected);
    expect(run(6, CODE, () => {})).toBe(expected);
  });

  test('may be more than a region has pages', () => {
    const pages = 40;
    // xor ecx, ecx · again: call each · inc ecx · cmp ecx, 300 · jne again · syscall
    const calls = Array.from({ length: pages }, (_, index) => {
      const at = 2 + index * 5;
      return [0xe8, ...little(0x10_0000 * (index + 1) - at - 5)];
    });
    const back = -(pages * 5 + 14);
    const code = [0x31, 0xc9, ...calls.flat(), 0xff, 0xc1, 0x81, 0xf9, ...little(300), 0x0f, 0x85, ...little(back)];
    const states = [1, 2, 60, Number.POSITIVE_INFINITY].map((translateAfter) => {
      const one = codeMachine([...code, ...SYSCALL], { translateAfter });
      for (let index = 0; index < pages; index++) {
        one.tables.map(CODE + BigInt(0x10_0000 * (index + 1)), 0xa_0000 + index * 4096, PTE.user);
        // imul rax, rax, index · add rax, rcx · ret
        const callee = [0x48, 0x6b, 0xc0, index, 0x48, 0x01, 0xc8, 0xc3];
        one.machine.memory.write(0xa_0000 + index * 4096, Uint8Array.from(callee));
      }
      expect(one.machine.run()).toBe(STOP.stopped);
      return stateOf(one);
    });
    for (const state of states) expect(state).toEqual(states[3]);
  });
});

test('offsets that are jumped to have slots of their own, wherever they lie', () => {
  const offset = fc.integer({ min: -(2 ** 30), max: 2 ** 30 });
  fc.assert(
    fc.property(fc.uniqueArray(offset, { minLength: 1, maxLength: 48 }), (offsets) => {
      const { multiplier, bits } = hashFor(offsets);
      const slots = offsets.map((one) => Math.imul(one, multiplier) >>> (32 - bits));
      expect(new Set(slots).size).toBe(offsets.length);
    }),
  );
});
