import { expect, test } from 'vitest';
import { createMachine, GPR, STOP } from '../../src/index.ts';
import { testClock, testEntropy } from '../support/bare-loader.ts';
import { PageTables, PTE } from '../support/page-tables.ts';

const CODE = 0x40_0000n;

function machineWith(code: readonly number[]) {
  const machine = createMachine({
    ramBytes: 2 ** 20,
    clock: testClock,
    entropy: testEntropy,
    supervisor: { syscall: () => machine.stop(0), exception: () => machine.stop(1), interrupt: () => {} },
  });
  const tables = new PageTables(machine.memory, 4096);
  tables.mapFresh(CODE, 4096, PTE.user);
  machine.cpu.setAddressSpace(tables.root, 1);
  machine.cpu.rip = CODE;
  const physical = machine.cpu.translate(CODE, 'read', true);
  machine.memory.write(physical, Uint8Array.from(code));
  return machine;
}

test('a machine runs instructions that another one, made later, was the first to meet', () => {
  // mov eax, 7 · bswap eax · lahf · syscall
  const rare = [0xb8, 7, 0, 0, 0, 0x0f, 0xc8, 0x9f, 0x0f, 0x05];
  const first = machineWith(rare);
  const second = machineWith(rare);
  expect(second.run(100)).toBe(STOP.stopped);
  expect(first.run(100)).toBe(STOP.stopped);
  expect(first.stopCode).toBe(0);
  expect(first.cpu.registers[GPR.rax]).toBe(second.cpu.registers[GPR.rax]);
});
