// Against a model of pages: what is mapped, with which protection, holding which byte.
import { PROTECTION } from '@capos/abi';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ledger } from '../../src/accounting/ledger.ts';
import { AddressSpace } from '../../src/memory/address-space.ts';
import { FramePool } from '../../src/memory/frame-pool.ts';
import { MemoryPages } from '../../src/memory/memory-pages.ts';
import { plainMemory } from '../../src/memory/physical-memory.ts';
import { ACCESS, copyIn, copyOut, INACCESSIBLE } from '../../src/memory/user-memory.ts';

const PAGE = 4096;
const BASE = 0x1000_0000;
const PAGES = 24;
const READ_WRITE = PROTECTION.READ | PROTECTION.WRITE;
const MIB = 2 ** 20;

function makeSpace(memoryBytes = 8 * MIB, allowWriteExecute = false) {
  const pool = new FramePool(plainMemory(memoryBytes));
  const ledger = new Ledger();
  const flushed: number[] = [];
  const space = AddressSpace.create({
    pool,
    ledger,
    tag: 1,
    allowWriteExecute,
    holder: {
      invalidatePage: (_space, vpn) => {
        flushed.push(vpn);
      },
      invalidatePages: () => {
        flushed.push(-1);
      },
      invalidateAll: () => {
        flushed.push(-1);
      },
    },
  })!;
  return { pool, ledger, space, flushed };
}

interface ModelPage {
  protection: number;
  value: number;
}

const page = fc.integer({ min: 0, max: PAGES - 1 });
const length = fc.integer({ min: 1, max: 8 });
const protection = fc.constantFrom(PROTECTION.NONE, PROTECTION.READ, READ_WRITE, PROTECTION.READ | PROTECTION.EXECUTE);
const operation = fc.oneof(
  fc.record({ kind: fc.constant('map' as const), page, length, protection }),
  fc.record({ kind: fc.constant('unmap' as const), page, length }),
  fc.record({ kind: fc.constant('protect' as const), page, length, protection }),
  fc.record({ kind: fc.constant('discard' as const), page, length }),
  fc.record({ kind: fc.constant('write' as const), page, value: fc.integer({ min: 1, max: 255 }) }),
  fc.record({ kind: fc.constant('remap' as const), page, length, newLength: length }),
);

describe('an address space', () => {
  it('is what was mapped, protected, written, discarded and moved', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 80, size: 'max' }), (operations) => {
        const { pool, ledger, space } = makeSpace();
        const model = new Map<number, ModelPage>();
        const covered = (first: number, count: number) =>
          Array.from({ length: count }, (_, index) => first + index).every((at) => model.has(at));
        for (const action of operations) {
          const first = BASE / PAGE + action.page;
          const address = first * PAGE;
          if (action.kind === 'map') {
            expect(space.map(address, action.length * PAGE, action.protection, true)).toBe(address);
            for (let at = first; at < first + action.length; at++) {
              model.set(at, { protection: action.protection, value: 0 });
            }
          } else if (action.kind === 'unmap') {
            expect(space.unmap(address, action.length * PAGE)).toBeUndefined();
            for (let at = first; at < first + action.length; at++) model.delete(at);
          } else if (action.kind === 'protect') {
            const fine = covered(first, action.length);
            expect(space.protect(address, action.length * PAGE, action.protection)).toBe(
              fine ? undefined : 'notMapped',
            );
            if (fine) {
              for (let at = first; at < first + action.length; at++) model.get(at)!.protection = action.protection;
            }
          } else if (action.kind === 'discard') {
            const fine = covered(first, action.length);
            expect(space.discard(address, action.length * PAGE)).toBe(fine ? undefined : 'notMapped');
            if (fine) for (let at = first; at < first + action.length; at++) model.get(at)!.value = 0;
          } else if (action.kind === 'write') {
            const target = model.get(first);
            const fine = target !== undefined && (target.protection & PROTECTION.WRITE) !== 0;
            expect(copyOut(space, address + 7, Uint8Array.of(action.value), 0, 1)).toBe(fine);
            if (fine) target.value = action.value;
          } else {
            const outcome = space.remap(address, action.length * PAGE, action.newLength * PAGE, true);
            if (typeof outcome !== 'number') continue;
            const moved = Array.from({ length: action.length }, (_, index) => model.get(first + index)!);
            for (let at = first; at < first + action.length; at++) model.delete(at);
            for (let index = 0; index < action.newLength; index++) {
              model.set(outcome / PAGE + index, {
                ...(moved[index] ?? { protection: moved[0]!.protection, value: 0 }),
              });
            }
          }
        }
        const byte = new Uint8Array(1);
        for (const [at, { protection: rights, value }] of model) {
          const readable = rights !== PROTECTION.NONE;
          expect(copyIn(space, at * PAGE + 7, byte, 0, 1)).toBe(readable);
          if (readable) expect(byte[0]).toBe(value);
        }
        expect(space.ranges().reduce((total, range) => total + range.length / PAGE, 0)).toBe(model.size);
        expect(ledger.counts().reservedPages).toBe(model.size);
        expect(ledger.counts().areas).toBe(space.ranges().length);
        expect(ledger.counts().frames).toBe(pool.total - pool.free);
        space.destroy();
        expect(ledger.isEmpty).toBe(true);
        expect(pool.free).toBe(pool.total);
      }),
      { numRuns: 120 },
    );
  });

  it('keeps a heap and a stack that grow in turn in few physical pieces', () => {
    const { space } = makeSpace(128 * MIB);
    const size = 24 * MIB;
    // Neighbours of one kind are one area: the kernel places downwards, so the stack lies below the heap.
    const heap = space.map(0, size, READ_WRITE, false) as number;
    const stack = space.map(0, size, READ_WRITE, false) as number;
    expect(stack + size).toBe(heap);
    for (let at = 0; at < size; at += PAGE) {
      expect(space.fault(heap + size - PAGE - at, ACCESS.WRITE)).toBe('resolved');
      expect(space.fault(stack + at, ACCESS.WRITE)).toBe('resolved');
    }
    const extents = space.extents(heap);
    expect(extents.reduce((total, extent) => total + extent.length, 0)).toBe(2 * size);
    expect(extents.length).toBeLessThanOrEqual(32);
  });

  it('keeps an area in one piece while small ones are mapped and filled beside it, until memory runs short', () => {
    const { pool, space } = makeSpace(64 * MIB);
    const heap = 0x2000_0000;
    space.map(heap, 16 * MIB, READ_WRITE, true);
    const word = new Uint8Array(4).fill(7);
    for (let at = 0; at < 16 * MIB; at += 64 * 1024) {
      expect(copyOut(space, heap + at, word, 0, 4)).toBe(true);
      const small = 0x4000_0000 + at * 4;
      space.map(small, 4 * PAGE, READ_WRITE, true);
      expect(copyOut(space, small, word, 0, 4)).toBe(true);
    }
    expect(space.extents(heap)).toHaveLength(1);
    // Nothing that is left to somebody is withheld from others.
    const rest = pool.free - 64;
    space.map(0x8000_0000, rest * PAGE, READ_WRITE, true);
    for (let page = 0; page < rest; page++) expect(copyOut(space, 0x8000_0000 + page * PAGE, word, 0, 4)).toBe(true);
    space.destroy();
    expect(pool.free).toBe(pool.total);
    expect(pool.allocate(pool.total / 2)).toBeGreaterThan(0);
  });

  it('keeps an area that is filled alone in one physical piece, upwards and downwards', () => {
    for (const downwards of [false, true]) {
      const { space } = makeSpace(64 * MIB);
      const size = 24 * MIB;
      const area = space.map(0, size, READ_WRITE, false) as number;
      for (let at = 0; at < size; at += PAGE) {
        expect(space.fault(downwards ? area + size - PAGE - at : area + at, ACCESS.WRITE)).toBe('resolved');
      }
      expect(space.extents(area).length).toBeLessThanOrEqual(3);
    }
  });

  it('moves a heap, with what it holds, to where it can grow on in one piece', () => {
    const { pool, ledger, space, flushed } = makeSpace(64 * MIB);
    const heap = 0x2000_0000;
    const piece = MIB / 4;
    let obstacles = 0;
    const grow = (to: number): void => {
      for (let at = to - piece; at < to; at += PAGE) {
        expect(space.fault(heap + at, ACCESS.WRITE)).toBe('resolved');
        expect(copyOut(space, heap + at + 8, Uint8Array.of(1 + ((at / PAGE) % 255)), 0, 1)).toBe(true);
      }
    };
    // A heap that is mapped as it grows, as Go's is; whenever it has doubled, somebody takes the frame behind it.
    for (let size = piece; size <= 8 * MIB; size += piece) {
      space.map(heap + size - piece, piece, READ_WRITE, true);
      grow(size);
      if (Math.log2(size / piece) % 1 !== 0) continue;
      const last = space.extents(heap).at(-1)!;
      expect(pool.claim((last.physical + last.length) / PAGE, 1)).toBe(true);
      obstacles++;
    }
    expect(space.extents(heap)).toHaveLength(1);
    expect(flushed).toContain(-1);
    expect(ledger.counts().frames).toBe(pool.total - pool.free - obstacles);
    const byte = new Uint8Array(1);
    for (let at = 0; at < 8 * MIB; at += PAGE) {
      expect(copyIn(space, heap + at + 8, byte, 0, 1)).toBe(true);
      expect(byte[0]).toBe(1 + ((at / PAGE) % 255));
    }
  });

  it('gives zeroed frames, whatever lay in them before', () => {
    const { space } = makeSpace();
    const first = space.map(0, 64 * PAGE, READ_WRITE, false) as number;
    expect(copyOut(space, first, new Uint8Array(64 * PAGE).fill(0xee), 0, 64 * PAGE)).toBe(true);
    space.unmap(first, 64 * PAGE);
    const second = space.map(0, 64 * PAGE, READ_WRITE, false) as number;
    const bytes = new Uint8Array(64 * PAGE).fill(1);
    expect(copyIn(space, second, bytes, 0, bytes.length)).toBe(true);
    expect(bytes.every((value) => value === 0)).toBe(true);
  });

  it('refuses write and execute together, unless it is a foreign one', () => {
    const both = READ_WRITE | PROTECTION.EXECUTE;
    const native = makeSpace().space;
    expect(native.map(0, PAGE, both, false)).toBe('notPermitted');
    const mapped = native.map(0, PAGE, READ_WRITE, false) as number;
    expect(native.protect(mapped, PAGE, both)).toBe('notPermitted');
    expect(typeof makeSpace(8 * MIB, true).space.map(0, PAGE, both, false)).toBe('number');
  });

  it('tells the processor of every entry it takes away or restricts', () => {
    const { space, flushed } = makeSpace();
    const mapped = space.map(0, PAGE, READ_WRITE, false) as number;
    space.fault(mapped, ACCESS.WRITE);
    flushed.length = 0;
    space.protect(mapped, PAGE, PROTECTION.READ);
    expect(flushed).toEqual([mapped / PAGE]);
    flushed.length = 0;
    space.unmap(mapped, PAGE);
    expect(flushed).toContain(mapped / PAGE);
  });

  it('finds an address in two words where it finds it in one, and none that is no user address', () => {
    const { space } = makeSpace();
    const starts = [0x1_0000_0000 - 2 * PAGE, 0x8000_0000 - 2 * PAGE, 0x7000_0000_0000, 0x7fff_0000_0000];
    // The same lower halves, elsewhere: nothing that is known of one says anything of another.
    for (const start of starts) space.map(start, 4 * PAGE, READ_WRITE, true);
    space.protect(starts[0]! + 3 * PAGE, PAGE, PROTECTION.READ);
    const word = fc.integer({ min: -(2 ** 31), max: 2 ** 32 - 1 });
    const near = fc
      .tuple(fc.constantFrom(...starts), fc.integer({ min: -2 * PAGE, max: 6 * PAGE }))
      .map(([start, offset]) => [(start + offset) >>> 0, Math.floor((start + offset) / 2 ** 32)] as const);
    const high = fc.constantFrom(0, 1, 0x7000, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff);
    const address = fc.oneof(
      near,
      fc.tuple(word, high),
      fc.tuple(near, high).map(([[low], other]) => [low, other] as const),
    );
    fc.assert(
      fc.property(
        address,
        fc.integer({ min: 1, max: 5 * PAGE }),
        fc.constantFrom(ACCESS.READ, ACCESS.WRITE),
        ([low, upper], bytes, access) => {
          const whole = (upper >>> 0) * 2 ** 32 + (low >>> 0);
          const found = space.locateAt(low | 0, upper | 0, bytes, access);
          expect(found).toBe(space.locate(whole, bytes, access));
          const inside = starts.some((start) => {
            const end = start + (access === ACCESS.WRITE && start === starts[0] ? 3 : 4) * PAGE;
            return whole >= start && whole + bytes <= end;
          });
          // Of a number that large only some are: the words say which, a number can't.
          if (whole < 2 ** 53) expect(found !== INACCESSIBLE).toBe(inside);
        },
      ),
      { numRuns: 2000 },
    );
    space.destroy();
  });

  it('lets nobody touch what the kernel gave', () => {
    const { space } = makeSpace();
    const given = space.map(0x7000_0000, PAGE, PROTECTION.READ, true, true) as number;
    expect(space.unmap(given, PAGE)).toBe('notPermitted');
    expect(space.protect(given, PAGE, READ_WRITE)).toBe('notPermitted');
    expect(space.map(given, PAGE, READ_WRITE, true)).toBe('notPermitted');
    expect(space.discard(given, PAGE)).toBe('notPermitted');
  });

  it('shares an object between spaces, and splits a snapshot off at the first write', () => {
    const pool = new FramePool(plainMemory(8 * MIB));
    const ledger = new Ledger();
    const holder = { invalidatePage() {}, invalidatePages() {}, invalidateAll() {} };
    const make = (tag: number) => AddressSpace.create({ pool, ledger, tag, allowWriteExecute: false, holder })!;
    const [left, right] = [make(1), make(2)];
    const object = MemoryPages.create(pool, ledger, 4, false)!;
    const a = left.mapObject(object, 0, 0, 4 * PAGE, READ_WRITE, false) as number;
    const b = right.mapObject(object, PAGE, 0, 3 * PAGE, PROTECTION.READ, false) as number;
    const byte = new Uint8Array(1);
    copyOut(left, a + PAGE, Uint8Array.of(5), 0, 1);
    expect(copyIn(right, b, byte, 0, 1) && byte[0]).toBe(5);
    expect(copyOut(right, b, byte, 0, 1)).toBe(false);
    const child = object.createChild(0, 4, ledger)!;
    const grandchild = child.createChild(1, 2, ledger)!;
    const c = right.mapObject(child, 0, 0, 4 * PAGE, READ_WRITE, false) as number;
    const g = right.mapObject(grandchild, 0, 0, 2 * PAGE, READ_WRITE, false) as number;
    copyOut(left, a + PAGE, Uint8Array.of(6), 0, 1);
    expect(copyIn(right, b, byte, 0, 1) && byte[0]).toBe(6);
    expect(copyIn(right, c + PAGE, byte, 0, 1) && byte[0]).toBe(5);
    copyOut(right, c + PAGE, Uint8Array.of(7), 0, 1);
    expect(copyIn(right, g, byte, 0, 1) && byte[0]).toBe(5);
    copyOut(right, g, Uint8Array.of(8), 0, 1);
    expect([a + PAGE].map((at) => copyIn(left, at, byte, 0, 1) && byte[0])).toEqual([6]);
    expect([b, c + PAGE, g].map((at) => copyIn(right, at, byte, 0, 1) && byte[0])).toEqual([6, 7, 8]);
    for (const pages of [object, child, grandchild]) pages.release();
    left.destroy();
    right.destroy();
    expect(ledger.isEmpty).toBe(true);
    expect(pool.free).toBe(pool.total);
  });

  it('runs out of frames as a value, and gives everything back all the same', () => {
    const { pool, ledger, space } = makeSpace(1 * MIB);
    const mapped = space.map(0, 8 * MIB, READ_WRITE, false) as number;
    let resolved = 0;
    while (space.fault(mapped + resolved * PAGE, ACCESS.WRITE) === 'resolved') resolved++;
    expect(resolved).toBeGreaterThan(200);
    expect(space.fault(mapped + resolved * PAGE, ACCESS.WRITE)).toBe('noMemory');
    space.destroy();
    expect(ledger.isEmpty).toBe(true);
    expect(pool.free).toBe(pool.total);
  });
});
