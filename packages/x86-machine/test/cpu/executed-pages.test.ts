// What the CPU remembers of pages that it fetches from: links between them hold for one mapping, and the page tables know.
import { describe, expect, test } from 'vitest';
import { STOP } from '../../src/machine.ts';
import { CODE, CODE_FRAME, type CodeMachine, codeMachine, DATA, DATA_FRAME, SYSCALL } from '../support/code-machine.ts';
import { PageTables, PTE } from '../support/page-tables.ts';

const PAGE = 4096;
const [RAX, RCX, RBX] = [0, 1, 3];
const ALIAS = 0x60_0000n;
const TIERS = [1, 20, Number.POSITIVE_INFINITY];

const bytes32 = (value: number): number[] => [0, 8, 16, 24].map((shift) => (value >> shift) & 0xff);
/** again: call PAGE · add ebx, eax · dec ecx · jnz again · syscall */
const CALLER = [0xe8, ...bytes32(PAGE - 5), 0x01, 0xc3, 0xff, 0xc9, 0x75, 0xf5, ...SYSCALL];
/** mov eax, constant · ret */
const callee = (constant: number): Uint8Array => Uint8Array.of(0xb8, ...bytes32(constant), 0xc3);

function sum({ machine }: CodeMachine, from: bigint, rounds: number): number {
  machine.cpu.rip = from;
  machine.cpu.registers[RCX] = BigInt(rounds);
  machine.cpu.registers[RBX] = 0n;
  expect(machine.run()).toBe(STOP.stopped);
  return machine.cpu.registers32[RBX * 2]!;
}

describe.each(TIERS)('translated after %s', (translateAfter) => {
  test('code that is mapped twice calls what lies behind it where it runs', () => {
    const board = codeMachine(CALLER, { translateAfter });
    const { machine, tables, exceptions } = board;
    machine.memory.write(CODE_FRAME + PAGE, callee(1));
    machine.memory.write(DATA_FRAME, callee(2));
    tables.map(ALIAS, CODE_FRAME, PTE.user);
    tables.map(ALIAS + BigInt(PAGE), DATA_FRAME, PTE.user);
    for (const rounds of [3, 500, 500]) {
      expect(sum(board, CODE, rounds)).toBe(rounds);
      expect(sum(board, ALIAS, rounds)).toBe(2 * rounds);
    }
    // Where nothing lies behind it, it faults.
    tables.map(ALIAS + BigInt(PAGE), DATA_FRAME, PTE.user | PTE.noExecute);
    machine.cpu.invalidatePage(ALIAS + BigInt(PAGE));
    expect(sum(board, CODE, 500)).toBe(500);
    sum(board, ALIAS, 1);
    expect(exceptions).toEqual([{ vector: 14, errorCode: 0x15, rip: ALIAS + BigInt(PAGE) }]);
  });

  test('a jump whose last bytes lie in another page goes where a new mapping of that page says', () => {
    // jmp CODE + 4094, where a jmp rel32 begins that ends in the next page: to CODE + 16, or with other bytes there to CODE + 272
    const board = codeMachine([0xe9, ...bytes32(PAGE - 2 - 5)], { translateAfter });
    const { machine, tables } = board;
    const { cpu, memory } = machine;
    const target = bytes32(16 - (PAGE + 3));
    const other = bytes32(16 + 256 - (PAGE + 3));
    memory.write(CODE_FRAME + 16, Uint8Array.of(0xb8, ...bytes32(1), ...SYSCALL));
    memory.write(CODE_FRAME + 16 + 256, Uint8Array.of(0xb8, ...bytes32(2), ...SYSCALL));
    memory.write(CODE_FRAME + PAGE - 2, Uint8Array.of(0xe9, target[0]!, ...target.slice(1)));
    memory.write(DATA_FRAME, Uint8Array.of(...other.slice(1)));
    const jump = (): bigint => {
      cpu.rip = CODE;
      expect(machine.run(1000)).toBe(STOP.stopped);
      return cpu.registers[RAX]!;
    };
    for (let times = 0; times < 50; times++) expect(jump()).toBe(1n);
    tables.map(CODE + BigInt(PAGE), DATA_FRAME, PTE.user);
    cpu.invalidatePage(CODE + BigInt(PAGE));
    expect(jump()).toBe(2n);
  });

  test('whatever is executed has been accessed, by its page-table entry', () => {
    // again: jmp PAGE · back: add ebx, eax · dec ecx · jnz again · syscall, and PAGE: mov eax, 1 · jmp back
    const board = codeMachine([0xe9, ...CALLER.slice(1)], { translateAfter });
    const { machine } = board;
    const { cpu, memory } = machine;
    memory.write(CODE_FRAME + PAGE, Uint8Array.of(0xb8, ...bytes32(1), 0xe9, ...bytes32(5 - (PAGE + 10))));
    expect(sum(board, CODE, 500)).toBe(500);
    const other = new PageTables(memory, 0x4_0000);
    for (const page of [0, PAGE]) other.map(CODE + BigInt(page), CODE_FRAME + page, PTE.user);
    other.map(DATA + BigInt(PAGE), DATA_FRAME + PAGE, PTE.user | PTE.write);
    cpu.setAddressSpace(other.root, 2);
    expect(sum(board, CODE, 1)).toBe(1);
    for (const page of [0, PAGE]) {
      const entry = memory.readUint64(other.entryAddress(CODE + BigInt(page)));
      expect(entry & PTE.accessed).toBe(PTE.accessed);
    }
  });
});
