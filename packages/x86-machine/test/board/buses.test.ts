// Who answers where: ports, device memory, physical memory; and what a guest sees where nobody does.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Mmio } from '../../src/board/mmio-bus.ts';
import { Ports } from '../../src/board/port-bus.ts';
import { createMachine, type Machine, STOP } from '../../src/machine.ts';
import { MachineError } from '../../src/machine-error.ts';
import { testClock, testEntropy } from '../support/bare-loader.ts';

const RAM = 2 ** 20;
const DEVICE = 0x1000_0000;

/** A bare machine on physical addresses, with code at 0x1000. */
function bareMachine(code: readonly number[]): Machine {
  const machine = createMachine({ ramBytes: RAM, clock: testClock, entropy: testEntropy });
  machine.memory.write(0x1000, Uint8Array.from(code));
  machine.cpu.rip = 0x1000n;
  machine.cpu.rflags = 2;
  return machine;
}

/** Device memory that remembers bytes and the accesses that reached it. */
function rememberingDevice(): {
  bytes: Uint8Array;
  accesses: string[];
  handler: { read(offset: number, size: number): number; write(offset: number, size: number, value: number): void };
} {
  const bytes = new Uint8Array(4096);
  const accesses: string[] = [];
  return {
    bytes,
    accesses,
    handler: {
      read(offset, size) {
        accesses.push(`read ${offset} ${size}`);
        let value = 0;
        for (let i = size - 1; i >= 0; i--) value = value * 256 + bytes[offset + i]!;
        return value;
      },
      write(offset, size, value) {
        accesses.push(`write ${offset} ${size}`);
        for (let i = 0; i < size; i++) bytes[offset + i] = Math.floor(value / 256 ** i) & 0xff;
      },
    },
  };
}

describe('device memory', () => {
  test('gets what a guest stores, and gives what it loads, in aligned pieces', () => {
    const machine = bareMachine([
      0x48,
      0x89,
      0x03, // mov [rbx], rax
      0x66,
      0x89,
      0x43,
      0x11, // mov [rbx + 17], ax
      0x48,
      0x8b,
      0x4b,
      0x04, // mov rcx, [rbx + 4]
      0xff,
      0x43,
      0x20, // inc dword [rbx + 32]
      0xf4, // hlt
    ]);
    const device = rememberingDevice();
    machine.mmio.register(DEVICE, 4096, device.handler);
    machine.cpu.registers[0] = 0x8877_6655_4433_2211n;
    machine.cpu.registers[3] = BigInt(DEVICE);
    expect(machine.run(100)).toBe(STOP.halted);
    expect([...device.bytes.subarray(0, 8)]).toEqual([0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88]);
    expect([...device.bytes.subarray(17, 19)]).toEqual([0x11, 0x22]);
    expect(machine.cpu.registers[1]).toBe(0x8877_6655n);
    expect(device.bytes[32]).toBe(1);
    expect(device.accesses).toEqual([
      'write 0 4',
      'write 4 4',
      'write 17 1',
      'write 18 1',
      'read 4 4',
      'read 8 4',
      'read 32 4',
      'write 32 4',
    ]);
  });

  test('reads as ones and swallows writes where nobody answers, and no code runs there', () => {
    const machine = bareMachine([0x48, 0x89, 0x03, 0x48, 0x8b, 0x0b, 0xf4]); // mov [rbx], rax; mov rcx, [rbx]; hlt
    machine.cpu.registers[3] = 0x2000_0000n;
    expect(machine.run(100)).toBe(STOP.halted);
    expect(machine.cpu.registers[1]).toBe(0xffff_ffff_ffff_ffffn);
    const lost = bareMachine([0xff, 0xe3]); // jmp rbx
    lost.cpu.registers[3] = 0x2000_0000n;
    expect(lost.run(100)).toBe(STOP.shutdown); // #UD with no IDT
  });

  test('begins where RAM ends, even within one access', () => {
    const machine = bareMachine([0x48, 0x89, 0x03, 0x48, 0x8b, 0x0b, 0xf4]);
    const device = rememberingDevice();
    machine.mmio.register(RAM, 4096, device.handler);
    machine.cpu.registers[0] = 0x0807_0605_0403_0201n;
    machine.cpu.registers[3] = BigInt(RAM - 3);
    machine.run(100);
    expect([...machine.memory.bytes.subarray(RAM - 3)]).toEqual([1, 2, 3]);
    expect([...device.bytes.subarray(0, 5)]).toEqual([4, 5, 6, 7, 8]);
    expect(machine.cpu.registers[1]).toBe(0x0807_0605_0403_0201n);
  });

  test('refuses ranges that overlap, are not whole pages, or lie in RAM', () => {
    const mmio = new Mmio(RAM);
    const { handler } = rememberingDevice();
    mmio.register(DEVICE, 8192, handler);
    for (const [base, bytes] of [
      [DEVICE + 4096, 4096],
      [DEVICE - 4096, 8192],
      [DEVICE + 100, 4096],
      [DEVICE * 2, 100],
      [0, 4096],
      [DEVICE * 2, 0],
    ] as const) {
      expect(() => mmio.register(base, bytes, handler)).toThrow(MachineError);
    }
    mmio.register(DEVICE + 8192, 4096, handler);
  });
});

describe('ports', () => {
  test('are claimed once, in range', () => {
    const ports = new Ports();
    const handler = { read: () => 0, write: () => {} };
    ports.register(0x60, 8, handler);
    for (const [first, count] of [
      [0x67, 1],
      [0x5f, 2],
      [0xffff, 2],
      [-1, 1],
      [0, 0],
    ] as const) {
      expect(() => ports.register(first, count, handler)).toThrow(MachineError);
    }
    expect(ports.read(0x1234, 1)).toBe(0xff);
    expect(ports.read(0x1234, 4)).toBe(0xffff_ffff);
  });

  test('REP OUTSB and REP INSW move elements one by one, in order', () => {
    const machine = bareMachine([
      0x66,
      0xba,
      0x80,
      0x00, // mov dx, 0x80
      0xb9,
      0x05,
      0x00,
      0x00,
      0x00, // mov ecx, 5
      0xbe,
      0x00,
      0x20,
      0x00,
      0x00, // mov esi, 0x2000
      0xf3,
      0x6e, // rep outsb
      0xb1,
      0x03, // mov cl, 3
      0xbf,
      0x00,
      0x30,
      0x00,
      0x00, // mov edi, 0x3000
      0x66,
      0xf3,
      0x6d, // rep insw
      0xf4,
    ]);
    const written: number[] = [];
    let next = 0x100;
    machine.ports.register(0x80, 1, { read: () => next++, write: (_port, _size, value) => void written.push(value) });
    machine.memory.write(0x2000, Uint8Array.of(5, 4, 3, 2, 1));
    expect(machine.run(1000)).toBe(STOP.halted);
    expect(written).toEqual([5, 4, 3, 2, 1]);
    expect([0, 2, 4].map((offset) => machine.memory.view.getUint16(0x3000 + offset, true))).toEqual([
      0x100, 0x101, 0x102,
    ]);
    expect(machine.cpu.registers.slice(1, 2)[0]).toBe(0n);
    expect(machine.cpu.registers[7]).toBe(0x3006n);
  });
});

describe('physical memory', () => {
  test('refuses what is not wholly RAM, and only that', () => {
    const { memory } = createMachine({ ramBytes: 8192, clock: testClock, entropy: testEntropy });
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 8300 }), fc.integer({ min: 0, max: 300 }), (physical, length) => {
        const fits = physical >= 0 && physical + length <= 8192;
        expect(memory.isRam(physical, length)).toBe(fits);
        const write = (): void => memory.write(physical, new Uint8Array(length));
        if (fits) write();
        else expect(write).toThrow(MachineError);
      }),
    );
  });
});
