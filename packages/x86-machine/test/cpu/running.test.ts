// How the machine starts, counts, stops, and is interrupted.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMachine, type MachineOptions, STOP } from '../../src/machine.ts';
import { MachineError } from '../../src/machine-error.ts';
import { FRAME_BYTES, RFLAGS } from '../../src/state/frame-layout.ts';
import { testClock, testEntropy } from '../support/bare-loader.ts';
import { CODE, CODE_FRAME, codeMachine, DATA, DATA_FRAME, SYSCALL } from '../support/code-machine.ts';
import { PageTables, PTE } from '../support/page-tables.ts';

/** A linear congruential generator stepped 200 times, with a branch and memory: eleven instructions and a system call. */
const LOOP = [
  0xb9,
  0xc8,
  0x00,
  0x00,
  0x00, // mov ecx, 200
  0xbb,
  0x00,
  0x00,
  0x50,
  0x00, // mov ebx, DATA
  0x69,
  0xc0,
  0x6d,
  0x4e,
  0xc6,
  0x41, // CODE + 10: imul eax, eax, 1103515245
  0x05,
  0x39,
  0x30,
  0x00,
  0x00, // add eax, 12345
  0xa8,
  0x10, // test al, 16
  0x74,
  0x02, // jz +2
  0x01,
  0x03, // add [rbx], eax
  0xff,
  0xc9, // dec ecx
  0x75,
  0xeb, // jnz CODE + 10
  ...SYSCALL,
];

describe('running', () => {
  test('in pieces of any exact size ends in the same state after the same number of instructions', () => {
    const whole = codeMachine(LOOP);
    whole.machine.run();
    const frame = whole.machine.cpu.frame.slice();
    const total = whole.machine.cpu.instructions;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 150 }), { minLength: 1, maxLength: 12 }), (pieces) => {
        const { machine } = codeMachine(LOOP);
        let run = 0;
        for (let i = 0; ; i++) {
          const piece = pieces[i % pieces.length]!;
          const reason = machine.runExactly(piece);
          if (reason === STOP.stopped) break;
          run += piece;
          expect(machine.cpu.instructions).toBe(run);
        }
        expect(machine.cpu.instructions).toBe(total);
        expect(machine.cpu.frame).toEqual(frame);
      }),
      { numRuns: 20 },
    );
  });

  test('a budget is kept, give or take a block', () => {
    const { machine } = codeMachine([0xeb, 0xfe]); // jmp to itself
    expect(machine.run(10_000)).toBe(STOP.budget);
    expect(machine.cpu.instructions).toBe(10_000);
    const before = machine.cpu.instructions;
    machine.runExactly(777);
    expect(machine.cpu.instructions - before).toBe(777);
  });

  test('the trap flag stops after each instruction with #DB', () => {
    const { machine, exceptions } = codeMachine([0x90, 0x90, 0x90, ...SYSCALL]);
    machine.cpu.rflags |= RFLAGS.tf;
    machine.run(100);
    machine.run(100);
    expect(exceptions).toEqual([
      { vector: 1, errorCode: 0, rip: CODE + 1n },
      { vector: 1, errorCode: 0, rip: CODE + 2n },
    ]);
  });

  test('INT1 and INT3 arrive as traps, and INT n as a fault of its gate, whatever came before', () => {
    // cpuid leaves operands behind that the traps must not take for their own
    const { machine, exceptions } = codeMachine([0x0f, 0xa2, 0xf1, 0x0f, 0x31, 0xcc, 0xcd, 0x80]);
    machine.run(100);
    machine.run(100);
    machine.run(100);
    expect(exceptions).toEqual([
      { vector: 1, errorCode: 0, rip: CODE + 3n },
      { vector: 3, errorCode: 0, rip: CODE + 6n },
      { vector: 13, errorCode: 0x80 * 8 + 2, rip: CODE + 6n },
    ]);
  });

  test('a repeated string instruction gives way to the budget, and goes on where it was', () => {
    // rep stosb over one page, again and again in pieces too small for it: DF makes it go element by element
    const { machine } = codeMachine([0xfd, 0xf3, 0xaa, 0xfc, ...SYSCALL]);
    const { cpu, memory } = machine;
    cpu.registers[0] = 0x5an;
    cpu.registers[1] = 4096n;
    cpu.registers[7] = DATA + 4095n;
    let runs = 1;
    while (machine.run(100) === STOP.budget) {
      runs++;
      const left = Number(cpu.registers[1]);
      if (cpu.rip !== CODE + 1n) continue;
      expect(cpu.registers[7]).toBe(DATA - 1n + BigInt(left));
      expect(memory.bytes[DATA_FRAME + left]).toBe(0x5a);
      if (left > 0) expect(memory.bytes[DATA_FRAME + left - 1]).toBe(0);
    }
    expect(runs).toBeGreaterThan(30);
    expect(memory.bytes.subarray(DATA_FRAME, DATA_FRAME + 4096).every((byte) => byte === 0x5a)).toBe(true);
  });

  test('an event fires although the guest never stops, not before its time', () => {
    const { machine } = codeMachine([0xeb, 0xfe]);
    let firedAt = 0;
    const due = testClock.nowNs() + 2_000_000;
    machine.events.at(due, () => {
      firedAt = testClock.nowNs();
      machine.stop(9);
    });
    expect(machine.run()).toBe(STOP.stopped);
    expect(machine.stopCode).toBe(9);
    expect(firedAt).toBeGreaterThanOrEqual(due);
  });

  test('events fire in order of time, and a cancelled one never', () => {
    let now = 0;
    const { machine } = codeMachine([0xeb, 0xfe], { clock: { nowNs: () => (now += 1000) } });
    const fired: string[] = [];
    machine.events.at(30_000, () => machine.stop(0));
    machine.events.at(20_000, () => fired.push('second'));
    machine.events.at(10_000, () => fired.push('first'));
    machine.events.cancel(machine.events.at(15_000, () => fired.push('never')));
    machine.run();
    expect(fired).toEqual(['first', 'second']);
  });

  test('a frame saved and loaded brings a thread back, flags and all', () => {
    const { machine } = codeMachine([0x83, 0xf8, 0x05, ...SYSCALL, 0x0f, 0x9c, 0xc3, ...SYSCALL]); // cmp eax, 5 … setl bl
    const saved = new Uint8Array(FRAME_BYTES + 16);
    machine.run(10);
    machine.cpu.saveFrame(saved, 16);
    machine.cpu.rflags = 2;
    machine.cpu.registers.fill(0n);
    machine.cpu.loadFrame(saved, 16);
    machine.run(10);
    expect(machine.cpu.registers[3]).toBe(1n);
  });

  test('running from within a run is refused', () => {
    const { machine } = codeMachine([0xeb, 0xfe]);
    let refusal: unknown;
    machine.events.at(0, () => {
      try {
        machine.run(1);
      } catch (error) {
        refusal = error;
      }
      machine.stop(0);
    });
    machine.run();
    expect(refusal).toBeInstanceOf(MachineError);
  });

  test.each([0, 4095, 5000, 4 * 2 ** 30])('%d bytes of RAM are refused', (ramBytes) => {
    expect(() => createMachine({ ramBytes, clock: testClock, entropy: testEntropy })).toThrow(MachineError);
  });
});

describe('address spaces', () => {
  test('switch without forgetting, and each sees its own memory', () => {
    const { machine, tables } = codeMachine([0x8b, 0x03, ...SYSCALL]); // mov eax, [rbx]
    const { cpu, memory } = machine;
    // Other page tables: the same code, other data.
    const others = new PageTables(memory, 0x4_0000);
    others.map(CODE, CODE_FRAME, PTE.user);
    const frame = others.mapFresh(DATA, 4096, PTE.user | PTE.write);
    const other = others.root;
    memory.view.setUint32(0x9_0000, 111, true);
    memory.view.setUint32(frame, 222, true);
    for (let i = 0; i < 6; i++) {
      const second = i % 2 === 1;
      cpu.setAddressSpace(second ? other : tables.root, second ? 2 : 1);
      cpu.rip = CODE;
      cpu.registers[3] = DATA;
      machine.run(10);
      expect(cpu.registers[0]).toBe(second ? 222n : 111n);
    }
    // The same tag with another root is another address space.
    cpu.setAddressSpace(other, 1);
    cpu.rip = CODE;
    machine.run(10);
    expect(cpu.registers[0]).toBe(222n);
  });

  test('an unmapped page faults once it is invalidated, for data and for code', () => {
    const { machine, tables, exceptions } = codeMachine([0x8b, 0x03, ...SYSCALL]);
    const { cpu, memory } = machine;
    cpu.registers[3] = DATA;
    machine.run(10);
    memory.writeUint64(tables.entryAddress(DATA), 0n);
    cpu.invalidatePage(DATA);
    cpu.rip = CODE;
    machine.run(10);
    memory.writeUint64(tables.entryAddress(CODE), 0n);
    cpu.invalidatePage(CODE);
    cpu.rip = CODE;
    machine.run(10);
    expect(exceptions).toEqual([
      { vector: 14, errorCode: 4, rip: CODE },
      { vector: 14, errorCode: 0x14, rip: CODE },
    ]);
    expect(cpu.cr2).toBe(CODE);
  });

  test('thousands of tags come and go', () => {
    const { machine, tables } = codeMachine([0x8b, 0x03, ...SYSCALL]);
    machine.cpu.registers[3] = DATA;
    for (let tag = 1; tag < 5000; tag++) {
      machine.cpu.setAddressSpace(tables.root, tag);
      machine.cpu.rip = CODE;
      expect(machine.run(10)).toBe(STOP.stopped);
      machine.cpu.releaseAddressSpace(tag - 1);
    }
  });

  test('copies to and from guest memory stop where the guest could not go on', () => {
    const { machine, tables } = codeMachine([]);
    const { cpu } = machine;
    const bytes = Uint8Array.from({ length: 6000 }, (_, i) => i);
    expect(cpu.writeVirtual(DATA + 1000n, bytes)).toBe(6000);
    const back = new Uint8Array(6000);
    expect(cpu.readVirtual(DATA + 1000n, back)).toBe(6000);
    expect(back).toEqual(bytes);
    expect(cpu.writeVirtual(DATA + 8000n, bytes)).toBe(192);
    tables.map(DATA + 4096n, 0x9_1000, PTE.user);
    cpu.invalidatePage(DATA + 4096n);
    expect(cpu.writeVirtual(DATA + 4000n, bytes)).toBe(96);
    expect(cpu.translate(DATA + 4096n, 'write', true)).toBe(-1);
    expect(cpu.translate(DATA + 4097n, 'read', true)).toBe(0x9_1001);
    expect(cpu.translate(DATA, 'execute', true)).toBe(-1);
    expect(cpu.readVirtual(0x8000_0000_0000_0000n, back)).toBe(0);
  });
});

test('a machine without clock or entropy, and a run for no number of instructions, are refused by name', () => {
  const without =
    (options: object): (() => unknown) =>
    () =>
      createMachine(options as MachineOptions);
  expect(without({})).toThrow(MachineError);
  expect(without({ clock: testClock })).toThrow('entropy undefined');
  expect(without({ entropy: testEntropy, clock: Date.now })).toThrow('clock is function');
  const machine = createMachine({ ramBytes: 2 ** 20, clock: testClock, entropy: testEntropy });
  expect(() => machine.run(Number.NaN)).toThrow(MachineError);
  expect(machine.run(0)).toBe(STOP.budget);
});
