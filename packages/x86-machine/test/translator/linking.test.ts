// Regions among themselves: calls and returns from one to the next, how they come about, and what is counted of them.
import { describe, expect, test } from 'vitest';
import { STOP } from '../../src/machine.ts';
import { CODE, CODE_FRAME, codeMachine, SYSCALL } from '../support/code-machine.ts';
import { PTE } from '../support/page-tables.ts';

const NEVER = Number.POSITIVE_INFINITY;
const [RAX, RDX, RSP] = [0, 2, 4];
/** Time stands still: what is counted is the same in every run. */
const statistics = { now: () => 0 };
const little = (value: number): number[] => [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, value >>> 24];

describe('a function that calls itself', () => {
  const DEPTH = 20_000;
  // mov ecx, DEPTH · call f · syscall · f: add eax, 1 · dec ecx · jz +5 · call f · ret
  const code = [
    ...[0xb9, ...little(DEPTH)],
    ...[0xe8, 2, 0, 0, 0, ...SYSCALL],
    ...[0x83, 0xc0, 0x01, 0xff, 0xc9, 0x74, 0x05, 0xe8, ...little(-12), 0xc3],
  ];

  test('goes as deep as its own stack does: the host keeps no frames of regions', () => {
    for (const translateAfter of [1, 2, 50]) {
      const one = codeMachine(code, { translateAfter, statistics });
      one.tables.mapFresh(0x60_0000n, DEPTH * 8 + 4096, PTE.user | PTE.write);
      one.machine.cpu.registers[RSP] = 0x60_0000n + BigInt(DEPTH * 8 + 4096);
      expect(one.machine.run()).toBe(STOP.stopped);
      expect(one.exceptions).toEqual([]);
      expect(one.machine.cpu.registers[RAX]).toBe(BigInt(DEPTH));
      expect(one.machine.cpu.registers[RSP]).toBe(0x60_0000n + BigInt(DEPTH * 8 + 4096));
      expect(one.machine.statistics.inRegions).toBeGreaterThan(one.machine.cpu.instructions * 0.9);
    }
  });
});

describe('a callee', () => {
  // mov ecx, 200 · again: call g · dec ecx · jnz again · syscall        g, in the next page: add eax, 1 · ret
  const caller = [0xb9, ...little(200), 0xe8, ...little(0x1000 - 10), 0xff, 0xc9, 0x75, 0xf7, ...SYSCALL];
  const callee = (constant: number): Uint8Array => Uint8Array.of(0x83, 0xc0, constant, 0xc3);

  test.each([2, 5, 60])(
    'that is written anew is what linked callers call from then on, translated after %i',
    (after) => {
      const one = codeMachine(caller, { translateAfter: after });
      const { cpu, memory } = one.machine;
      for (const constant of [1, 7, 3]) {
        memory.write(CODE_FRAME + 4096, callee(constant));
        cpu.rip = CODE;
        cpu.registers[RAX] = 0n;
        expect(one.machine.run()).toBe(STOP.stopped);
        expect(cpu.registers[RAX]).toBe(BigInt(200 * constant));
      }
      expect(cpu.counters.regions).toBeGreaterThan(2);
    },
  );

  test('that is mapped elsewhere is not called where it was', () => {
    const one = codeMachine(caller, { translateAfter: 2 });
    const { cpu, memory } = one.machine;
    memory.write(CODE_FRAME + 4096, callee(1));
    memory.write(0xa_0000, callee(9));
    one.machine.run();
    expect(cpu.registers[RAX]).toBe(200n);
    one.tables.map(CODE + 4096n, 0xa_0000, PTE.user);
    cpu.invalidatePage(CODE + 4096n);
    cpu.rip = CODE;
    cpu.registers[RAX] = 0n;
    expect(one.machine.run()).toBe(STOP.stopped);
    expect(cpu.registers[RAX]).toBe(1800n);
  });
});

describe('a return from far away', () => {
  // mov ecx, 400 · again: call rdx · nop · add eax, constant · dec ecx · jnz again · syscall        g: push rbx · pop rbx · ret
  const FAR = 0x4_0000;
  const call = [0xff, 0xd2, 0x0f, 0x1f, 0x00];
  const caller = [0xb9, ...little(400), ...call, 0x83, 0xc0, 1, 0xff, 0xc9, 0x75, 0xf4, ...SYSCALL];

  test.each([2, 5, 60])('goes on with what is written behind the call by then, translated after %i', (after) => {
    const one = codeMachine(caller, { translateAfter: after, statistics });
    const { machine } = one;
    machine.cpu.registers[RDX] = CODE + BigInt(FAR);
    one.tables.map(CODE + BigInt(FAR), 0xa_0000, PTE.user);
    machine.memory.write(0xa_0000, Uint8Array.of(0x53, 0x5b, 0xc3));
    let additions = 0;
    let constant = 1;
    let reason: number = STOP.budget;
    // Stops in either function, and writes over it only in some of the slices, so that what was noted is used, too.
    for (let slice = 0; reason === STOP.budget && slice < 400; slice++) {
      const before = machine.cpu.registers[RAX]!;
      reason = machine.run(17);
      const added = Number(machine.cpu.registers[RAX]! - before);
      expect(added % constant).toBe(0);
      additions += added / constant;
      if (slice % 7 !== 3) continue;
      constant = 1 + ((constant * 5) % 100);
      machine.memory.write(CODE_FRAME + 12, Uint8Array.of(constant));
    }
    expect(reason).toBe(STOP.stopped);
    expect(additions).toBe(400);
    expect(machine.statistics.exits.indirect).toBeGreaterThan(100);
  });

  test.each([2, 60])('is no return to where the caller was mapped before, translated after %i', (after) => {
    const one = codeMachine(caller, { translateAfter: after });
    const { cpu, memory } = one.machine;
    cpu.registers[RDX] = CODE + BigInt(FAR);
    one.tables.map(CODE + BigInt(FAR), 0xa_0000, PTE.user);
    memory.write(0xa_0000, Uint8Array.of(0x53, 0x5b, 0xc3));
    one.machine.run();
    expect(cpu.registers[RAX]).toBe(400n);
    const other = [...caller];
    other[12] = 9;
    memory.write(0xb_0000, Uint8Array.from(other));
    cpu.rip = CODE;
    cpu.registers[RAX] = 0n;
    // In the middle of it, with a call noted, or behind the return.
    one.machine.runExactly(501);
    const before = cpu.registers[RAX]!;
    one.tables.map(CODE, 0xb_0000, PTE.user);
    cpu.invalidatePage(CODE);
    const left = 400n - before;
    expect(one.machine.run()).toBe(STOP.stopped);
    expect(cpu.registers[RAX]).toBe(before + 9n * left);
  });
});

describe('a block that is entered often', () => {
  // mov ecx, 400 · again: test cl, 1 · jz +3 · add eax, 1 · dec ecx · jnz again · syscall
  const code = [0xb9, ...little(400), 0xf6, 0xc1, 1, 0x74, 3, 0x83, 0xc0, 1, 0xff, 0xc9, 0x75, 0xf4, ...SYSCALL];

  test('is split before it is translated, and runs what is written over it then', () => {
    // Stops at every stage of a block's life to change the constant that is added, at CODE + 12.
    const one = codeMachine(code, { translateAfter: 100 });
    const { machine } = one;
    let expected = 0;
    let constant = 1;
    let reason: number = STOP.budget;
    for (let rounds = 0; reason === STOP.budget && rounds < 60; rounds++) {
      const before = machine.cpu.registers[RAX]!;
      reason = machine.run(37);
      const added = Number(machine.cpu.registers[RAX]! - before);
      expect(added % constant).toBe(0);
      expected += added;
      constant = 1 + ((constant * 5) % 100);
      machine.memory.write(CODE_FRAME + 12, Uint8Array.of(constant));
    }
    expect(Number(machine.cpu.registers[RAX])).toBe(expected);
    expect(reason).toBe(STOP.stopped);
    expect(expected).toBeGreaterThan(200);
    expect(one.exceptions).toEqual([]);
  });
});

describe('what is counted', () => {
  // Twelve loops: mov ecx, 1000 · again: add eax, i · dec ecx · jnz again
  const loops = Array.from({ length: 12 }, (_, i) => [
    0xb9,
    ...little(1000),
    0x83,
    0xc0,
    i,
    0xff,
    0xc9,
    0x75,
    0xf9,
  ]).flat();
  const sum = 1000 * ((11 * 12) / 2);

  test('regions that become hot together come in fewer modules than they are', () => {
    // The twelve, six hundred times: mov edx, 600 · round: … · dec edx · jnz round
    const rounds = 600;
    const back = -(loops.length + 8);
    const code = [0xba, ...little(rounds), ...loops, 0xff, 0xca, 0x0f, 0x85, ...little(back), ...SYSCALL];
    const one = codeMachine(code, { translateAfter: 300, statistics });
    expect(one.machine.run()).toBe(STOP.stopped);
    const { regions, batches, moduleBytes, translatedInstructions } = one.machine.statistics;
    expect(regions).toBeGreaterThanOrEqual(8);
    expect(batches).toBeLessThan(regions / 2);
    expect(moduleBytes).toBeGreaterThan(500);
    expect(translatedInstructions).toBeGreaterThanOrEqual(regions * 3);
    expect(one.machine.cpu.registers[RAX]).toBe(BigInt(sum * rounds));
  });

  test('every entry is left once, and instructions are those of the whole', () => {
    const one = codeMachine([...loops, ...SYSCALL], { translateAfter: 2, statistics });
    expect(one.machine.run()).toBe(STOP.stopped);
    const { instructions, inRegions, entries, exits } = one.machine.statistics;
    expect(instructions).toBe(one.machine.cpu.instructions);
    expect(inRegions).toBeLessThanOrEqual(instructions);
    expect(inRegions).toBeGreaterThan(instructions * 0.9);
    expect(entries).toBeGreaterThan(0);
    expect(Object.values(exits).reduce((all, some) => all + some, 0)).toBe(entries);
  });

  test('is the same work with and without counting, and nothing of it without being asked', () => {
    const counted = codeMachine([...loops, ...SYSCALL], { translateAfter: 2, statistics });
    const plain = codeMachine([...loops, ...SYSCALL], { translateAfter: 2 });
    const interpreted = codeMachine([...loops, ...SYSCALL], { translateAfter: NEVER, statistics });
    for (const { machine } of [counted, plain, interpreted]) expect(machine.run()).toBe(STOP.stopped);
    expect(plain.machine.cpu.instructions).toBe(counted.machine.cpu.instructions);
    expect(plain.machine.statistics.entries).toBe(0);
    expect(plain.machine.statistics.regions).toBe(counted.machine.statistics.regions);
    expect(interpreted.machine.statistics).toMatchObject({ entries: 0, inRegions: 0, regions: 0, batches: 0 });
  });
});

describe('a function with a region of its own', () => {
  // mov ecx, 1000 · a: call g · dec ecx · jnz a · mov ecx, 20000 · b: call g · dec ecx · jnz b · syscall · g: 40 times add eax, 1 · ret
  const additions = Array.from({ length: 40 }, () => [0x83, 0xc0, 0x01]).flat();
  const again = (rounds: number, distance: number): number[] => [
    ...[0xb9, ...little(rounds), 0xe8, ...little(distance), 0xff, 0xc9, 0x75, 0xf7],
  ];
  const code = [...again(1000, 20), ...again(20_000, 6), ...SYSCALL, ...additions, 0xc3];

  test('is called across, and taken in once that has happened often', () => {
    for (const translateAfter of [20, 50]) {
      const one = codeMachine(code, { translateAfter, statistics });
      expect(one.machine.run()).toBe(STOP.stopped);
      expect(one.machine.cpu.registers[RAX]).toBe(BigInt(21_000 * 40));
      const { exits, inRegions, instructions } = one.machine.statistics;
      expect(exits.direct).toBeGreaterThan(500);
      expect(exits.direct).toBeLessThan(8000);
      expect(inRegions).toBeGreaterThan(instructions * 0.9);
    }
  });

  test('is, where it is written anew, what is called from then on', () => {
    const one = codeMachine(code, { translateAfter: 20 });
    const { cpu, memory } = one.machine;
    for (const constant of [1, 7, 3]) {
      memory.write(CODE_FRAME + code.indexOf(0x83), Uint8Array.of(0x83, 0xc0, constant));
      cpu.rip = CODE;
      cpu.registers[RAX] = 0n;
      expect(one.machine.run()).toBe(STOP.stopped);
      expect(cpu.registers[RAX]).toBe(BigInt(21_000 * (39 + constant)));
    }
  });
});
