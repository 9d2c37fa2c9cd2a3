// Calls, returns and jumps through registers that stay within a region, over pages that processes need not share.
import { describe, expect, test } from 'vitest';
import { STOP } from '../../src/machine.ts';
import { CODE, CODE_FRAME, codeMachine, DATA, SYSCALL } from '../support/code-machine.ts';
import { PageTables, PTE } from '../support/page-tables.ts';

const NEVER = Number.POSITIVE_INFINITY;
const [RAX, RSP] = [0, 4];
const ROUNDS = 20_000;
/** Time stands still: what is counted is the same in every run. */
const statistics = { now: () => 0 };
const little = (value: number): number[] => [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, value >>> 24];

// mov ecx, ROUNDS · again: call g · dec ecx · jnz again · syscall        g, in the next page: add eax, constant · ret
const caller = [0xb9, ...little(ROUNDS), 0xe8, ...little(0x1000 - 10), 0xff, 0xc9, 0x75, 0xf7, ...SYSCALL];
const callee = (constant: number): Uint8Array => Uint8Array.of(0x83, 0xc0, constant, 0xc3);

describe('a loop that calls a function of the next page', () => {
  test('is one region, and leaves it to look at the budget alone', () => {
    const one = codeMachine(caller, { translateAfter: 100, statistics });
    one.machine.memory.write(CODE_FRAME + 4096, callee(3));
    expect(one.machine.run()).toBe(STOP.stopped);
    expect(one.machine.cpu.registers[RAX]).toBe(BigInt(3 * ROUNDS));
    const { inRegions, instructions, entries } = one.machine.statistics;
    expect(inRegions).toBeGreaterThan(instructions * 0.9);
    expect(entries).toBeLessThan(50);
  });

  test('calls what each process has there, whichever it was translated for', () => {
    const one = codeMachine(caller, { translateAfter: 50 });
    const { cpu, memory } = one.machine;
    memory.write(CODE_FRAME + 4096, callee(1));
    memory.write(0xa_0000, callee(9));
    const other = new PageTables(memory, 0x4_0000);
    other.map(CODE, CODE_FRAME, PTE.user);
    other.map(CODE + 4096n, 0xa_0000, PTE.user);
    other.mapFresh(DATA, 4096, PTE.user | PTE.write);
    const stack = cpu.registers[RSP]!;
    for (let turn = 0; turn < 12; turn++) {
      const isOther = turn % 3 === 2;
      cpu.setAddressSpace(isOther ? other.root : one.tables.root, isOther ? 2 : 1);
      cpu.rip = CODE;
      cpu.registers[RAX] = 0n;
      cpu.registers[RSP] = isOther ? DATA + 4096n : stack;
      expect(one.machine.run()).toBe(STOP.stopped);
      expect(cpu.registers[RAX]).toBe(BigInt(ROUNDS * (isOther ? 9 : 1)));
    }
    expect(one.exceptions).toEqual([]);
  });

  test('faults where the page is taken away in the middle, and goes on when it is back', () => {
    const one = codeMachine(caller, { translateAfter: 50 });
    const { cpu, memory } = one.machine;
    memory.write(CODE_FRAME + 4096, callee(1));
    expect(one.machine.run(10_000)).toBe(STOP.budget);
    memory.writeUint64(one.tables.entryAddress(CODE + 4096n), 0n);
    cpu.invalidatePage(CODE + 4096n);
    one.machine.run(10_000);
    expect(one.exceptions[0]).toMatchObject({ vector: 14 });
    expect(cpu.rip & ~0xfffn).toBe(CODE + 4096n);
    one.tables.map(CODE + 4096n, CODE_FRAME + 4096, PTE.user);
    cpu.invalidatePage(CODE + 4096n);
    expect(one.machine.run()).toBe(STOP.stopped);
    expect(one.exceptions).toHaveLength(1);
    expect(cpu.registers[RAX]).toBe(BigInt(ROUNDS));
  });
});

describe('a return to where no code can be', () => {
  // mov ecx, ROUNDS · again: call g · dec ecx · jnz again · syscall · g: cmp ecx, 7 · jne +4 · mov [rsp], rdx · …
  const until = [0xb9, ...little(ROUNDS), 0xe8, 6, 0, 0, 0, 0xff, 0xc9, 0x75, 0xf7, ...SYSCALL];
  const spoilt = [0x83, 0xf9, 0x07, 0x75, 0x04, 0x48, 0x89, 0x14, 0x24];
  const [RCX, RDX] = [1, 2];

  test.each([
    ['ret', [0xc3]],
    ['ret 0', [0xc2, 0, 0]],
    ['pop rbx · jmp rbx', [0x5b, 0xff, 0xe3]],
  ])('%s faults at the instruction, with the stack as it was', (_, back) => {
    const [translated, interpreted] = [20, NEVER].map((translateAfter) => {
      const one = codeMachine([...until, ...spoilt, ...back], { translateAfter });
      const { cpu } = one.machine;
      cpu.registers[RDX] = 0x8000_0000_0000n;
      expect(one.machine.run()).toBe(STOP.stopped);
      return { registers: [...cpu.registers], instructions: cpu.instructions, exceptions: one.exceptions };
    });
    expect(translated).toEqual(interpreted);
    expect(translated!.exceptions).toMatchObject([{ vector: 13, errorCode: 0 }]);
    expect(translated!.registers[RCX]).toBe(7n);
  });
});

describe('jumps through registers', () => {
  // again: mov eax, ecx · and eax, 3 · lea rdx, [table] · movsxd rax, [rdx + rax*4] · add rax, rdx · call or jmp rax …
  const arms = [
    [0x83, 0xc3, 0x01], // add ebx, 1
    [0x6b, 0xdb, 0x03], // imul ebx, ebx, 3
    [0x83, 0xf3, 0x55], // xor ebx, 55h
    [0xf7, 0xdb, 0x90], // neg ebx · nop
  ];
  const ARMS_AT = 0x100;
  const TABLE_AT = 0x200;
  const ARM_BYTES = 16;

  function program(isCall: boolean): number[] {
    const code = new Array<number>(0x220).fill(0x90);
    const put = (at: number, bytes: readonly number[]): void => void code.splice(at, bytes.length, ...bytes);
    put(0, [0xb9, ...little(ROUNDS)]);
    put(5, [0x89, 0xc8, 0x83, 0xe0, 0x03, 0x48, 0x8d, 0x15, ...little(TABLE_AT - 17)]);
    put(17, [0x48, 0x63, 0x04, 0x82, 0x48, 0x01, 0xd0, 0xff, isCall ? 0xd0 : 0xe0]);
    put(26, [0xff, 0xc9, 0x75, 5 - 30, ...SYSCALL]);
    for (const [i, arm] of arms.entries()) {
      const at = ARMS_AT + i * ARM_BYTES;
      put(at, [...arm, ...(isCall ? [0xc3] : [0xe9, ...little(26 - (at + 8))])]);
      put(TABLE_AT + i * 4, little(at - TABLE_AT));
    }
    return code;
  }

  test.each([
    ['calls', true],
    ['jumps', false],
  ])('%s stay within the region that their targets belong to', (_, isCall) => {
    const one = codeMachine(program(isCall), { translateAfter: 100, statistics });
    const interpreted = codeMachine(program(isCall), { translateAfter: NEVER });
    for (const { machine } of [one, interpreted]) expect(machine.run()).toBe(STOP.stopped);
    expect(one.exceptions).toEqual([]);
    expect([...one.machine.cpu.registers]).toEqual([...interpreted.machine.cpu.registers]);
    expect(one.machine.cpu.instructions).toBe(interpreted.machine.cpu.instructions);
    expect(one.machine.statistics.entries).toBeLessThan(100);
    expect(one.machine.statistics.inRegions).toBeGreaterThan(one.machine.cpu.instructions * 0.8);
  });
});
