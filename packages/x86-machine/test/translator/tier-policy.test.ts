import { describe, expect, test } from 'vitest';
import { STOP } from '../../src/machine.ts';
import { TranslationBudget } from '../../src/translator/tier-policy.ts';
import { CODE, CODE_FRAME, codeMachine } from '../support/code-machine.ts';
import { PTE } from '../support/page-tables.ts';

const RAX = 0;
const SYSCALL = [0x0f, 0x05];
const little = (value: number): number[] => [0, 8, 16, 24].map((shift) => (value >> shift) & 0xff);
const statistics = { now: () => performance.now() };

// mov ecx, COUNT · again: add eax, 1 · dec ecx · jnz again · syscall
const loop = (count: number): number[] => [0xb9, ...little(count), 0x83, 0xc0, 1, 0xff, 0xc9, 0x75, 0xf9, ...SYSCALL];
/** Where the constant that is added lies. */
const ADDEND = CODE_FRAME + 7;

describe('a translation budget', () => {
  test('does not let a program be counted before it has run for a while', () => {
    const budget = new TranslationBudget(20_000);
    budget.executed(10_000_000);
    expect(budget.isCounting).toBe(false);
    budget.executed(6_000_000);
    expect(budget.isCounting).toBe(true);
  });

  test('is open until something is translated, and again when that is paid for', () => {
    const budget = new TranslationBudget(20_000);
    budget.executed(16_000_000);
    expect(budget.isOpen).toBe(true);
    budget.translated(100);
    expect(budget.isOpen).toBe(false);
    budget.executed(2_399_999);
    expect(budget.isOpen).toBe(false);
    budget.executed(1);
    expect(budget.isOpen).toBe(true);
  });

  test('has the regions of a large program load registers where they use them, and where nobody waits every other one', () => {
    const patient = new TranslationBudget(20_000);
    expect([0, 1, 2, 3].map((region) => patient.isLazy(region))).toEqual([false, false, false, false]);
    patient.translated(5000);
    expect([0, 1, 2, 3].map((region) => patient.isLazy(region))).toEqual([true, true, true, true]);
    const impatient = new TranslationBudget(1);
    expect([0, 1, 2, 3].map((region) => impatient.isLazy(region))).toEqual([false, true, false, true]);
  });

  test('takes a program for large once much of it is translated', () => {
    const budget = new TranslationBudget(20_000);
    budget.translated(4999);
    expect(budget.isLarge).toBe(false);
    budget.translated(1);
    expect(budget.isLarge).toBe(true);
  });

  test('neither waits nor asks to be paid at a threshold for tests, and never counts without one', () => {
    const impatient = new TranslationBudget(1);
    impatient.translated(1000);
    impatient.translated(10_000);
    expect([impatient.isCounting, impatient.isOpen, impatient.isLarge]).toEqual([true, true, false]);
    const never = new TranslationBudget(Number.POSITIVE_INFINITY);
    never.executed(2 ** 50);
    expect(never.isCounting).toBe(false);
  });
});

describe('a program', () => {
  test('that ends soon is not translated, however hot it was', () => {
    const { machine } = codeMachine(loop(1_000_000), { translateAfter: 300, statistics });
    expect(machine.run()).toBe(STOP.stopped);
    expect(machine.statistics.regions).toBe(0);
    expect(machine.cpu.registers[RAX]).toBe(1_000_000n);
  });

  test('that goes on is translated from then on, and its blocks are found where they were', () => {
    const { machine } = codeMachine(loop(8_000_000), { translateAfter: 300, statistics });
    expect(machine.run()).toBe(STOP.stopped);
    const { regions, inRegions, instructions } = machine.statistics;
    expect(regions).toBe(1);
    expect(inRegions).toBeGreaterThan(instructions / 4);
    expect(machine.cpu.registers[RAX]).toBe(8_000_000n);
  });

  test('runs what is written over its code while it is not counted, when it begins to be, and when it is translated', () => {
    const { machine } = codeMachine(loop(8_000_000), { translateAfter: 300, statistics });
    let expected = 0n;
    let constant = 1n;
    let reason: number = STOP.budget;
    while (reason === STOP.budget) {
      const before = machine.cpu.registers[RAX]!;
      reason = machine.run(1_234_567);
      const added = machine.cpu.registers[RAX]! - before;
      expect(added % constant).toBe(0n);
      expected += added;
      constant = 1n + ((constant * 5n) % 100n);
      machine.memory.write(ADDEND, Uint8Array.of(Number(constant)));
    }
    expect(reason).toBe(STOP.stopped);
    expect(machine.cpu.registers[RAX]).toBe(expected);
    expect(machine.cpu.instructions).toBe(24_000_002);
    expect(machine.statistics.regions).toBeGreaterThan(0);
  });

  test('is translated at the same instructions in every run', () => {
    const runs = [1, 2].map(() => {
      const { machine } = codeMachine(loop(8_000_000), { translateAfter: 300, statistics });
      machine.run();
      const { inRegions, entries } = machine.statistics;
      return { inRegions, entries };
    });
    expect(runs[0]).toEqual(runs[1]);
  });

  test('of much code runs on while it is found to be large', () => {
    // mov ecx, ROUNDS · again: 60 × (call f) · dec ecx · jnz again · syscall · 60 functions, each of 100 times add eax, 1 and a ret
    const functions = 60;
    const size = 100 * 3 + 1;
    const rounds = 25_000;
    const body = [...Array.from({ length: 100 }, () => [0x83, 0xc0, 1]).flat(), 0xc3];
    const loopEnd = 5 + 5 * functions + 2 + 6;
    const calls = Array.from({ length: functions }, (_, index) => {
      const after = 5 + 5 * (index + 1);
      return [0xe8, ...little(loopEnd + SYSCALL.length + index * size - after)];
    }).flat();
    const code = [
      ...[0xb9, ...little(rounds), ...calls, 0xff, 0xc9, 0x0f, 0x85, ...little(5 - loopEnd), ...SYSCALL],
      ...Array.from({ length: functions }, () => body).flat(),
    ];
    const { machine, tables } = codeMachine(code, { translateAfter: 300, statistics });
    for (let page = 2; page * 4096 < code.length; page++) {
      tables.map(CODE + BigInt(page * 4096), CODE_FRAME + page * 4096, PTE.user);
    }
    expect(machine.run()).toBe(STOP.stopped);
    expect(machine.cpu.registers[RAX]).toBe(BigInt(rounds * functions * 100));
    expect(machine.statistics.translatedInstructions).toBeGreaterThan(5000);
  });
});
