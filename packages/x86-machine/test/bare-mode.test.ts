// Guest code owns every ring: paging, descriptor tables, exceptions, interrupts and system calls without a supervisor.
import { describe, expect, test } from 'vitest';
import type { Device } from '../src/devices/device.ts';
import { createIsaDebugExit } from '../src/devices/isa-debug-exit.ts';
import { createLocalApic } from '../src/devices/local-apic.ts';
import { createMachine, type Machine, STOP } from '../src/machine.ts';
import { assembleFlat, LOAD_ADDRESS } from './support/assemble.ts';
import { testClock, testEntropy } from './support/bare-loader.ts';
import { hasCompiler } from './support/compile.ts';
import { translateAfter } from './support/tier.ts';

/** Port 0xE9: every byte written is a character. */
function createLetterPort(letters: string[]): Device {
  return {
    name: 'letters',
    attach: (board) =>
      board.ports.register(0xe9, 1, {
        read: () => 0xe9,
        write: (_port, _size, value) => void letters.push(String.fromCharCode(value)),
      }),
  };
}

function bareMachine(code: Uint8Array, letters: string[]): Machine {
  const machine = createMachine({ ramBytes: 16 * 2 ** 20, translateAfter, clock: testClock, entropy: testEntropy });
  machine.attach(createLocalApic());
  machine.attach(createIsaDebugExit());
  machine.attach(createLetterPort(letters));
  machine.memory.write(LOAD_ADDRESS, code);
  machine.cpu.rip = BigInt(LOAD_ADDRESS);
  machine.cpu.rflags = 2;
  return machine;
}

/** Runs to a stop, waiting out halts on the clock. */
function finish(machine: Machine): number {
  for (let i = 0; i < 1000; i++) {
    const reason = machine.run(1_000_000);
    if (reason === STOP.halted && machine.nextEventNs() !== Number.POSITIVE_INFINITY) {
      while (testClock.nowNs() < machine.nextEventNs());
      continue;
    }
    return reason;
  }
  return -1;
}

describe('bare mode', () => {
  test.skipIf(!hasCompiler())('a ring-0 program pages, faults, is interrupted, and serves ring 3', () => {
    const letters: string[] = [];
    const machine = bareMachine(assembleFlat('ring0'), letters);
    const reason = finish(machine);
    expect(letters.join('')).toBe('PBTUSIFGXDX');
    expect({ reason, code: machine.stopCode }).toEqual({ reason: STOP.stopped, code: 1 });
  });

  test('a fault with nowhere to go shuts the machine down', () => {
    const machine = bareMachine(Uint8Array.of(0x0f, 0x0b), []);
    expect(machine.run(1000)).toBe(STOP.shutdown);
  });

  test('a handler that faults before its first instruction does not outlast a budget', () => {
    // lidt [0x2000]; ud2, with a gate for #UD that leads to another UD2, and so on for ever.
    const machine = bareMachine(
      Uint8Array.of(
        0x0f,
        0x01,
        0x1c,
        0x25,
        0x00,
        0x20,
        0x00,
        0x00,
        0x0f,
        0x01,
        0x14,
        0x25,
        0x10,
        0x20,
        0x00,
        0x00,
        0x0f,
        0x0b,
      ),
      [],
    );
    const { memory } = machine;
    memory.view.setUint16(0x2000, 0xfff, true);
    memory.view.setBigUint64(0x2002, 0x3000n, true);
    memory.view.setUint16(0x2010, 0xf, true);
    memory.view.setBigUint64(0x2012, 0x2020n, true);
    memory.writeUint64(0x2028, 0x00af_9a00_0000_ffffn);
    memory.writeUint64(0x3060, 0x0010_8e00_0008_0010n | (BigInt(LOAD_ADDRESS + 16) & 0xffffn));
    machine.cpu.registers[4] = 0xf0_0000n;
    expect(machine.run(10_000)).toBe(STOP.budget);
    expect(machine.cpu.instructions).toBe(2);
  });

  test('LAR and LSL describe what may be seen, and change nothing otherwise', () => {
    const machine = bareMachine(
      // lgdt [0x2010]; lar eax, bx; lsl ecx, bx; setz dl; mov bx, 0x70; lar esi, bx; setz dh; hlt
      Uint8Array.of(
        ...[0x0f, 0x01, 0x14, 0x25, 0x10, 0x20, 0x00, 0x00, 0x0f, 0x02, 0xc3, 0x0f, 0x03, 0xcb, 0x0f, 0x94, 0xc2],
        ...[0x66, 0xbb, 0x70, 0x00, 0x0f, 0x02, 0xf3, 0x0f, 0x94, 0xc6, 0xf4],
      ),
      [],
    );
    machine.memory.view.setUint16(0x2010, 0x17, true);
    machine.memory.view.setBigUint64(0x2012, 0x3000n, true);
    machine.memory.writeUint64(0x3008, 0x00cf_9200_0000_ffffn);
    machine.cpu.registers[3] = 8n;
    machine.cpu.registers[6] = 77n;
    expect(machine.run(100)).toBe(STOP.halted);
    expect(machine.cpu.registers[0]).toBe(0xc0_9200n);
    expect(machine.cpu.registers[1]).toBe(0xffff_ffffn);
    expect(machine.cpu.registers[6]).toBe(77n);
    expect(machine.cpu.registers[2]! & 0xffffn).toBe(1n);
  });

  test('HLT with interrupts disabled and nothing scheduled halts for good', () => {
    const machine = bareMachine(Uint8Array.of(0xfa, 0xf4), []);
    expect(machine.run(1000)).toBe(STOP.halted);
    expect(machine.nextEventNs()).toBe(Number.POSITIVE_INFINITY);
  });

  test('an I/O port answers with its size, and all ones where nobody is', () => {
    // in al, 0xE9; mov bl, al; mov dx, 0x1234; in eax, dx; hlt
    const machine = bareMachine(Uint8Array.of(0xe4, 0xe9, 0x88, 0xc3, 0x66, 0xba, 0x34, 0x12, 0xed, 0xf4), []);
    machine.run(1000);
    expect(machine.cpu.registers[3]).toBe(0xe9n);
    expect(machine.cpu.registers[0]).toBe(0xffff_ffffn);
  });
});
