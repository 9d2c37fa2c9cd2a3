// Whatever a guest executes, `run` returns, throws nothing, and leaves a machine that runs the next one.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMachine, type Machine, STOP } from '../../src/machine.ts';
import { CPU_STATE } from '../../src/state/cpu-state.ts';
import { initialFrame } from '../../src/state/frame-layout.ts';
import { testClock, testEntropy } from '../support/bare-loader.ts';
import { CODE, CODE_FRAME, codeMachine, DATA, SYSCALL } from '../support/code-machine.ts';

const RAM = 2 ** 20;
const BUDGET = 3000;

/** Prefixes and opcodes that lead far, among bytes that lead anywhere. */
const hostileByte = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 255 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      0x0f,
      0x48,
      0x66,
      0xf3,
      0xf2,
      0x01,
      0x22,
      0x30,
      0xcf,
      0xcd,
      0xf4,
      0x8e,
      0xea,
      0xff,
      0xa4,
      0xab,
      0x6e,
    ),
  },
);
const program = fc
  .uint8Array({ minLength: 4, maxLength: 60 })
  .chain((plain) =>
    fc.array(hostileByte, { minLength: 4, maxLength: 60 }).map((bytes) => Uint8Array.from([...bytes, ...plain])),
  );
const registers = fc.array(fc.oneof(fc.bigInt(0n, 2n ** 64n - 1n), fc.bigInt(0n, BigInt(RAM))), {
  minLength: 16,
  maxLength: 16,
});

function bareMachine(): Machine {
  return createMachine({ ramBytes: RAM, decodedBytes: 65_536, clock: testClock, entropy: testEntropy });
}

describe('a hostile guest', () => {
  test('in ring 0 with nothing set up ends in a stop of some kind', () => {
    fc.assert(
      fc.property(program, registers, (code, values) => {
        const machine = bareMachine();
        machine.memory.write(0x1000, code);
        machine.cpu.registers.set(values);
        machine.cpu.rip = 0x1000n;
        expect(Object.values(STOP)).toContain(machine.run(BUDGET));
      }),
      { numRuns: 120 },
    );
  });

  test('with descriptor tables, page tables and TSS full of noise harms only itself', () => {
    const noise = fc.uint8Array({ minLength: 4096, maxLength: 4096 });
    fc.assert(
      fc.property(program, registers, noise, fc.boolean(), (code, values, bytes, paged) => {
        const machine = bareMachine();
        const { cpu, memory } = machine;
        for (let page = 2; page < 16; page++) memory.write(page * 4096, bytes);
        // Entries that are present and point into RAM, so that walks go deep.
        for (let i = 0; i < 512; i++)
          memory.writeUint64(0x8000 + i * 8, BigInt((bytes[i]! % 16) * 4096) | BigInt(bytes[i + 512]!) | 1n);
        memory.write(0x1000, code);
        cpu.registers.set(values);
        cpu.rip = 0x1000n;
        cpu.state.setBigUint64(CPU_STATE.gdtrBase, 0x3000n, true);
        cpu.state.setUint16(CPU_STATE.gdtrLimit, 0xfff, true);
        cpu.state.setBigUint64(CPU_STATE.idtrBase, 0x4000n, true);
        cpu.state.setUint16(CPU_STATE.idtrLimit, 0xfff, true);
        cpu.state.setBigUint64(CPU_STATE.trBase, 0x5000n, true);
        cpu.state.setUint32(CPU_STATE.trLimit, 0xfff, true);
        if (paged) cpu.setAddressSpace(0x8000, 1);
        expect(Object.values(STOP)).toContain(machine.run(BUDGET));
      }),
      { numRuns: 100 },
    );
  });

  test('in ring 3 reaches the supervisor or uses up its budget, and the next program runs as if it had not been', () => {
    const { machine, exceptions } = codeMachine([]);
    const { cpu, memory } = machine;
    const frame = initialFrame();
    fc.assert(
      fc.property(program, registers, (code, values) => {
        memory.fill(CODE_FRAME, 8192, 0x90);
        memory.write(CODE_FRAME, code);
        cpu.loadFrame(frame);
        cpu.registers.set(values);
        cpu.registers[4] = DATA + 4096n;
        cpu.rip = CODE;
        exceptions.length = 0;
        expect([STOP.budget, STOP.stopped]).toContain(machine.run(BUDGET));
        expect(cpu.cpl).toBe(3);

        memory.write(CODE_FRAME, Uint8Array.of(0xb8, 0x07, 0, 0, 0, ...SYSCALL));
        cpu.loadFrame(frame);
        cpu.rip = CODE;
        expect(machine.run(10)).toBe(STOP.stopped);
        expect(cpu.registers[0]).toBe(7n);
      }),
      { numRuns: 120 },
    );
  });
});
