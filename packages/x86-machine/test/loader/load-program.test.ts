// A program is loaded by what it is, or refused in words with nothing written.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadProgram } from '../../src/loader/load-program.ts';
import { createMachine, STOP } from '../../src/machine.ts';
import { MachineError } from '../../src/machine-error.ts';
import { testClock, testEntropy } from '../support/bare-loader.ts';

const machineOf = (ramBytes = 2 ** 20) =>
  createMachine({ ramBytes, decodedBytes: 65_536, clock: testClock, entropy: testEntropy });

/** One segment: mov eax, 42; push rax; hlt; with 4,096 bytes of zeros behind it. */
function elf(type: 2 | 3, address: number, change: (view: DataView) => void = () => {}): Uint8Array {
  const code = [0xb8, 42, 0, 0, 0, 0x50, 0xf4];
  const bytes = new Uint8Array(120 + code.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  view.setUint16(16, type, true);
  view.setUint16(18, 62, true);
  view.setBigUint64(24, BigInt(address), true);
  view.setBigUint64(32, 64n, true);
  view.setUint16(54, 56, true);
  view.setUint16(56, 1, true);
  view.setUint32(64, 1, true);
  view.setBigUint64(72, 120n, true);
  view.setBigUint64(80, BigInt(address), true);
  view.setBigUint64(88, BigInt(address), true);
  view.setBigUint64(96, BigInt(code.length), true);
  view.setBigUint64(104, BigInt(code.length + 4096), true);
  bytes.set(code, 120);
  change(view);
  return bytes;
}

describe('loading', () => {
  test.each([
    ['an ELF file goes where it is linked', elf(2, 0x2_0000), 0x2_0000],
    ['a relocatable one goes where it is told', elf(3, 0), 0x4_0000],
    ['a flat one goes where it is told', elf(2, 0).subarray(120), 0x4_0000],
  ])('%s, and runs', (_, image, entry) => {
    const machine = machineOf();
    machine.memory.fill(entry, 8192, 0xff);
    const loaded = loadProgram(machine, image, { address: 0x4_0000 });
    expect([loaded.entry, loaded.start]).toEqual([entry, entry]);
    if (image[0] === 0x7f) expect(machine.memory.bytes[entry + 4000]).toBe(0);
    expect(machine.run(100)).toBe(STOP.halted);
    expect(machine.cpu.registers[0]).toBe(42n);
    expect(machine.memory.readUint64(2 ** 20 - 8)).toBe(42n);
  });

  test.each([
    ['an empty file', new Uint8Array()],
    ['another machine’s', elf(2, 0x2_0000, (view) => view.setUint16(18, 183, true))],
    ['an object file', elf(2, 0x2_0000, (view) => view.setUint16(16, 1, true))],
    ['a dynamic program', elf(2, 0x2_0000, (view) => view.setUint32(64, 3, true))],
    ['one without room', elf(2, 2 ** 20 - 16)],
    ['one whose bytes are not in it', elf(2, 0x2_0000, (view) => view.setBigUint64(72, 2n ** 40n, true))],
    ['one without segments', elf(2, 0x2_0000, (view) => view.setUint32(64, 0, true))],
  ])('%s is refused', (_, image) => {
    const machine = machineOf();
    expect(() => loadProgram(machine, image)).toThrow(MachineError);
    expect(machine.memory.bytes.every((byte) => byte === 0)).toBe(true);
  });

  test('whatever is in a file, it is loaded or refused', () => {
    const machine = machineOf();
    const image = elf(2, 0x2_0000);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(image.length - 1), fc.nat(255)), { maxLength: 6 }),
        fc.nat(image.length),
        (changes, end) => {
          const bytes = image.slice(0, end);
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          try {
            loadProgram(machine, bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(MachineError);
          }
        },
      ),
    );
  });
});
