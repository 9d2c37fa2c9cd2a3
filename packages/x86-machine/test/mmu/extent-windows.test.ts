// Windows of several address spaces: a place in translated code keeps its slot when it goes on in another of them.
import { expect, test } from 'vitest';
import { STOP } from '../../src/machine.ts';
import { CODE, CODE_FRAME, codeMachine, DATA, DATA_FRAME, SYSCALL } from '../support/code-machine.ts';
import { PageTables, PTE } from '../support/page-tables.ts';

const [RCX, RSI, RDI] = [1, 6, 7];
const SEEN = PTE.user | PTE.accessed | PTE.noExecute;
const PAGE_FAULT = 14;
/** Present, written to, by ring 3. */
const WRITE_REFUSED = 7;
/** Enough that every site has been given its window. */
const WARM_ROUNDS = 300_000;

/** again: mov rax, [rsi] · mov [rdi], rax · dec ecx · jnz again · syscall */
const COPY = [0x48, 0x8b, 0x06, 0x48, 0x89, 0x07, 0xff, 0xc9, 0x75, 0xf6, ...SYSCALL];

test.for([1, 100, 1000])(
  'a store whose window is writable in one address space writes through no other of the next (translated after %i)',
  { timeout: 120_000 },
  (translateAfter) => {
    const { machine, tables, exceptions } = codeMachine(COPY, { translateAfter });
    const { cpu, memory } = machine;
    // The same page, which the first may write and the second, as after a fork, may not.
    const shared = DATA + 4096n;
    tables.map(shared, DATA_FRAME + 4096, SEEN | PTE.write | PTE.dirty);
    const other = new PageTables(memory, 0x4_0000);
    other.map(CODE, CODE_FRAME, PTE.user);
    other.map(DATA, DATA_FRAME + 8192, SEEN | PTE.write | PTE.dirty);
    other.map(shared, DATA_FRAME + 4096, SEEN | PTE.dirty);
    const copy = (root: number, tag: number, from: bigint, to: bigint): unknown => {
      cpu.setAddressSpace(root, tag);
      cpu.rip = CODE;
      cpu.registers[RCX] = BigInt(WARM_ROUNDS);
      cpu.registers[RSI] = from;
      cpu.registers[RDI] = to;
      return machine.run();
    };
    memory.writeUint64(DATA_FRAME + 4096, 1n);
    expect(copy(other.root, 2, shared, DATA)).toBe(STOP.stopped);
    expect(copy(tables.root, 1, shared, shared)).toBe(STOP.stopped);
    expect(exceptions).toEqual([]);
    memory.writeUint64(DATA_FRAME + 8192, 2n);
    copy(other.root, 2, shared, shared);
    copy(other.root, 2, DATA, shared);
    expect(exceptions.map(({ vector, errorCode }) => [vector, errorCode])).toEqual([
      [PAGE_FAULT, WRITE_REFUSED],
      [PAGE_FAULT, WRITE_REFUSED],
    ]);
    expect(memory.readUint64(DATA_FRAME + 4096)).toBe(1n);
  },
);
