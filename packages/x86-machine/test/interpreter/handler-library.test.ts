// Handlers are made when they are needed, once for all machines.
import { expect, test } from 'vitest';
import { HandlerLibrary, handlerLibrary } from '../../src/interpreter/handler-library.ts';
import { formsOf } from '../../src/interpreter/handler-table.ts';
import { FIRST_REGION_ENTRY, LAST_VARIANT_ENTRY } from '../../src/interpreter/table-layout.ts';
import { INSTRUCTION_SET } from '../../src/isa/instruction-set.ts';
import { codeMachine, SYSCALL } from '../support/code-machine.ts';

test('every form of every row becomes a valid handler, and all fit the table below the regions', () => {
  const library = new HandlerLibrary(INSTRUCTION_SET, 0x100_0000);
  library.add(INSTRUCTION_SET, 'plain');
  library.add(INSTRUCTION_SET, 'segment');
  const made = library.handlerIndex.filter((entry) => entry >= 0);
  expect(made.length).toBe(INSTRUCTION_SET.reduce((sum, row) => sum + formsOf(row).length + 1, 0));
  expect(new Set(made).size).toBe(made.length);
  expect(Math.max(...made)).toBeLessThan(FIRST_REGION_ENTRY - LAST_VARIANT_ENTRY);
});

test('a block makes only the handlers it needs, and a second machine finds them made', () => {
  const code = [0x0f, 0xc8, 0x48, 0x0f, 0xc9, ...SYSCALL]; // bswap eax; bswap rcx; syscall
  const first = codeMachine(code);
  first.machine.run(10);
  const { moduleBytes } = first.machine.cpu.counters;
  expect(moduleBytes).toBeLessThan(40_000);
  const second = codeMachine(code);
  second.machine.cpu.registers[0] = 0x11223344n;
  second.machine.run(10);
  expect(second.machine.cpu.registers[0]).toBe(0x44332211n);
  expect(second.machine.cpu.counters.moduleBytes).toBe(moduleBytes);
  expect(handlerLibrary(INSTRUCTION_SET, first.machine.memory.ramOffset)).toBe(
    handlerLibrary(INSTRUCTION_SET, second.machine.memory.ramOffset),
  );
});
