// Code that changes runs as changed, whoever changes it.
import { describe, expect, test } from 'vitest';
import { STOP } from '../../src/machine.ts';
import { CODE, CODE_FRAME, codeMachine, DATA_FRAME, SYSCALL } from '../support/code-machine.ts';
import { PTE } from '../support/page-tables.ts';

describe('self-modifying code', () => {
  test('an instruction changes the one right behind it in the same block', () => {
    const { machine } = codeMachine([
      0xbb,
      0x0c,
      0x00,
      0x40,
      0x00, // mov ebx, CODE + 12
      0xc6,
      0x03,
      0xb1, // mov byte [rbx], 0xB1: "mov al" becomes "mov cl"
      0x90,
      0x90,
      0x90,
      0x90,
      0xb0,
      0x07, // CODE + 12: mov al, 7
      ...SYSCALL,
    ]);
    expect(machine.run(100)).toBe(STOP.stopped);
    expect(machine.cpu.registers[0]).toBe(0n);
    expect(machine.cpu.registers32[2]! & 0xff).toBe(0x10); // SYSCALL put RIP there: its low byte
    expect(machine.cpu.rip).toBe(CODE + 16n);
  });

  test('a loop that patches its own constant sees every patch', () => {
    const { machine } = codeMachine([
      0xbb,
      0x0a,
      0x00,
      0x40,
      0x00, // mov ebx, CODE + 10
      0xb9,
      0x0a,
      0x00,
      0x00,
      0x00, // mov ecx, 10 (never run again)
      ...[0x05, 0x01, 0x00, 0x00, 0x00], // CODE + 10: add eax, imm32
      0xff,
      0x43,
      0x01, // inc dword [rbx + 1]
      0xff,
      0xc9, // dec ecx
      0x75,
      0xf4, // jnz CODE + 10
      ...SYSCALL,
    ]);
    expect(machine.run(1000)).toBe(STOP.stopped);
    expect(machine.cpu.registers[0]).toBe(55n);
  });

  test('what the host writes over executed code is what runs next', () => {
    const { machine } = codeMachine([0xb8, 1, 0, 0, 0, ...SYSCALL]);
    machine.run(10);
    expect(machine.cpu.registers[0]).toBe(1n);
    machine.memory.write(CODE_FRAME + 1, Uint8Array.of(2));
    machine.cpu.rip = CODE;
    machine.run(10);
    expect(machine.cpu.registers[0]).toBe(2n);
    machine.memory.bytes[CODE_FRAME + 1] = 3;
    machine.cpu.invalidateCode(CODE_FRAME + 1, 1);
    machine.cpu.rip = CODE;
    machine.run(10);
    expect(machine.cpu.registers[0]).toBe(3n);
    machine.cpu.writeVirtual(CODE + 1n, Uint8Array.of(4));
    machine.cpu.rip = CODE;
    machine.run(10);
    expect(machine.cpu.registers[0]).toBe(4n);
  });

  test('links into a block that changed lead to its successor', () => {
    // A loop over a call: the callee is replaced by the host between runs.
    const { machine } = codeMachine([
      0xb9,
      0x03,
      0x00,
      0x00,
      0x00, // mov ecx, 3
      0xe8,
      0x08,
      0x00,
      0x00,
      0x00, // CODE + 5: call CODE + 18
      0xff,
      0xc9,
      0x75,
      0xf7, // dec ecx; jnz CODE + 5
      ...SYSCALL,
      0x90,
      0x90,
      0x83,
      0xc0,
      0x01,
      0xc3, // CODE + 18: add eax, 1; ret
    ]);
    machine.run(100);
    for (const constant of [5, 7, 9]) {
      machine.memory.write(CODE_FRAME + 20, Uint8Array.of(constant));
      machine.cpu.rip = CODE;
      machine.cpu.registers[0] = 0n;
      expect(machine.run(100)).toBe(STOP.stopped);
      expect(machine.cpu.registers[0]).toBe(BigInt(3 * constant));
    }
  });

  test('an instruction over a page boundary follows a new mapping of the second page', () => {
    const { machine, tables } = codeMachine([]);
    machine.memory.write(CODE_FRAME + 4094, Uint8Array.of(0xb8, 1, 0, 0, 0, ...SYSCALL));
    machine.memory.write(DATA_FRAME, Uint8Array.of(2, 0, 0, ...SYSCALL)); // imm32 becomes 0x00000201
    machine.cpu.rip = CODE + 4094n;
    machine.run(10);
    expect(machine.cpu.registers[0]).toBe(1n);
    tables.map(CODE + 4096n, DATA_FRAME, PTE.user);
    machine.cpu.invalidatePage(CODE + 4096n);
    machine.cpu.rip = CODE + 4094n;
    machine.run(10);
    expect(machine.cpu.registers[0]).toBe(0x201n);
  });

  test('data beside code is written thousands of times without decoding anew', () => {
    const { machine } = codeMachine([
      0xb9,
      0x10,
      0x27,
      0x00,
      0x00, // mov ecx, 10000
      0xbb,
      0x00,
      0x08,
      0x40,
      0x00, // mov ebx, CODE + 2048
      0x89,
      0x0b, // CODE + 10: mov [rbx], ecx
      0xff,
      0xc9,
      0x75,
      0xfa, // dec ecx; jnz CODE + 10
      ...SYSCALL,
    ]);
    expect(machine.run(100_000)).toBe(STOP.stopped);
    expect(machine.memory.view.getUint32(CODE_FRAME + 2048, true)).toBe(1);
    expect(machine.cpu.counters.decodedBlocks).toBeLessThan(10);
  });

  test('what is written over again and again is interpreted in the end, even where everything is translated at once', () => {
    const { machine } = codeMachine([0xb8, 0, 0, 0, 0, ...SYSCALL], { translateAfter: 1 });
    const runWith = (constant: number): void => {
      machine.memory.write(CODE_FRAME + 1, Uint8Array.of(constant));
      machine.cpu.rip = CODE;
      expect(machine.run(10)).toBe(STOP.stopped);
      expect(machine.cpu.registers[0]).toBe(BigInt(constant));
    };
    for (let constant = 0; constant < 200; constant++) runWith(constant);
    const { regions } = machine.cpu.counters;
    expect(regions).toBeGreaterThan(20);
    for (let constant = 0; constant < 200; constant++) runWith(constant);
    expect(machine.cpu.counters.regions).toBe(regions);
    machine.cpu.forgetCode();
    runWith(7);
    expect(machine.cpu.counters.regions).toBeGreaterThan(regions);
  });
});
