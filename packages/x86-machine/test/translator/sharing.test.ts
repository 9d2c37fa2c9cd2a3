import { expect, test } from 'vitest';
import { STOP } from '../../src/machine.ts';
import { CODE, CODE_FRAME, codeMachine, DATA, DATA_FRAME } from '../support/code-machine.ts';
import { PageTables, PTE } from '../support/page-tables.ts';

const RAX = 0;
const PROCESSES = 5;
const little = (value: number): number[] => [0, 8, 16, 24].map((shift) => (value >> shift) & 0xff);
// mov ecx, 1000 · again: add [rbx], ecx · add eax, 2 · dec ecx · jnz again · syscall
const code = [0xb9, ...little(1000), 0x01, 0x0b, 0x83, 0xc0, 2, 0xff, 0xc9, 0x75, 0xf7, 0x0f, 0x05];
const statistics = { now: () => performance.now() };

test('code that many processes share is translated once, and works on the data of each', () => {
  const { machine, tables } = codeMachine(code, { translateAfter: 50, statistics });
  const { cpu } = machine;
  const view = new DataView(machine.memory.bytes.buffer, machine.memory.bytes.byteOffset);
  // Each has page tables of its own: the same frame of code, at an address of its own, and a frame of data that nobody else has.
  const processes = Array.from({ length: PROCESSES }, (_, number) => {
    const own = number === 0 ? tables : new PageTables(machine.memory, 0x2_0000 + number * 0x8000);
    const address = CODE + BigInt(number) * 0x1000_0000n;
    const dataFrame = DATA_FRAME + 0x4000 + number * 4096;
    own.map(address, CODE_FRAME, PTE.user);
    own.map(DATA, dataFrame, PTE.user | PTE.write | PTE.noExecute);
    return { root: own.root, tag: number + 1, address, dataFrame };
  });
  const run = ({ root, tag, address }: (typeof processes)[number]): void => {
    cpu.setAddressSpace(root, tag);
    cpu.invalidateAddressSpace(tag);
    cpu.rip = address;
    cpu.registers[RAX] = 0n;
    cpu.registers[3] = DATA;
    expect(machine.run()).toBe(STOP.stopped);
    expect(cpu.registers[RAX]).toBe(2000n);
  };

  run(processes[0]!);
  const { regions, inRegions } = machine.statistics;
  expect(regions).toBeGreaterThan(0);
  for (const one of processes.slice(1)) run(one);
  expect(machine.statistics.regions).toBe(regions);
  // Whoever comes later is in translated code from the first entry on.
  expect(machine.statistics.inRegions - inRegions).toBeGreaterThan((PROCESSES - 1) * 4000 * 0.95);
  for (const { dataFrame } of processes) expect(view.getUint32(dataFrame, true)).toBe((1000 * 1001) / 2);
});
