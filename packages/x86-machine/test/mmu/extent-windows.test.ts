// Windows of several address spaces: a place in translated code keeps its slot when it goes on in another of them.
import { expect, test } from 'vitest';
import { STOP } from '../../src/machine.ts';
import { ExtentWindows, WindowSet } from '../../src/mmu/extent-windows.ts';
import { MISS_ADDRESS, MISS_SITE, MISSES_BASE, memoryMap } from '../../src/state/cpu-state.ts';
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

test('a heap that lies elsewhere in the next address space keeps its slot, whoever comes to it first', () => {
  const { machine, tables } = codeMachine(COPY);
  const { cpu, memory } = machine;
  const [STACK, HEAP, OTHER_HEAP] = [0x7fff_fff0_0000n, 0x1234_5600_0000n, 0x2345_6700_0000n];
  const PIECE = HEAP + 0x1000_0000n;
  const [STACK_FRAMES, HEAP_FRAMES, PIECE_FRAMES, PAGES] = [0xa_0000, 0xb_0000, 0xc_0000, 4];
  const mapPages = (to: PageTables, address: bigint, frames: number): void => {
    for (let page = 0; page < PAGES; page++) {
      to.map(address + BigInt(page * 4096), frames + page * 4096, SEEN | PTE.write | PTE.dirty);
    }
  };
  const other = new PageTables(memory, 0x4_0000);
  for (const to of [tables, other]) mapPages(to, STACK, STACK_FRAMES);
  mapPages(tables, HEAP, HEAP_FRAMES);
  mapPages(tables, PIECE, PIECE_FRAMES);
  mapPages(other, OTHER_HEAP, HEAP_FRAMES);
  const { buffer, byteOffset: ramOffset, byteLength: ramBytes } = memory.bytes;
  const windows = new ExtentWindows(buffer, { ...memoryMap(ramBytes, 0), ramOffset });
  const view = new DataView(buffer);
  const [onStack, onHeap, onHeapToo, onPiece, onBoth] = [1, 2, 3, 4, 5].map(() => {
    const site = windows.allocateSite();
    windows.noteWrites(site);
    return site;
  }) as [number, number, number, number, number];
  const miss = (site: number, address: bigint): number | undefined => {
    // The tables on the way there are marked as accessed.
    cpu.readVirtual(address, new Uint8Array(1));
    view.setUint32(MISSES_BASE + MISS_SITE, site, true);
    view.setBigInt64(MISSES_BASE + MISS_ADDRESS, address, true);
    windows.serve();
    return windows.windowOf(site);
  };
  cpu.setAddressSpace(tables.root, 1);
  windows.activate(new WindowSet());
  const stack = miss(onStack, STACK);
  const piece = miss(onPiece, PIECE);
  const heap = miss(onHeap, HEAP);
  expect(miss(onHeapToo, HEAP)).toBe(heap);
  expect(miss(onBoth, STACK)).toBe(stack);
  expect(new Set([undefined, stack, heap, piece]).size).toBe(4);
  cpu.setAddressSpace(other.root, 2);
  windows.activate(new WindowSet());
  expect(miss(onBoth, OTHER_HEAP)).toBe(heap);
  expect(miss(onPiece, OTHER_HEAP)).toBe(heap);
  expect(miss(onStack, STACK)).toBe(stack);
});
