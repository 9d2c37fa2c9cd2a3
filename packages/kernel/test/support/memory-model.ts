// The specification of memory, byte by byte: spaces, shared objects, and snapshots of both, nested as deep as you like.
//
//   object    an array of bytes, zero at first. A child is a copy of a range at the moment it is made, and nothing afterwards.
//   space     page ─▶ protection, and either bytes of its own (zero at first) or a page of an object, shared with all who map it.
//             A fork is a copy of own bytes at that moment; pages of objects stay shared.
//   frames    the ledgers and the pool count nothing when everything is gone, however it went
//
// Beside the bytes: a processor that remembers translations (its TLB) and code it has decoded. After every step no translation
// may remain that page tables no longer give, and no decoded code that memory no longer holds.
import { PROTECTION } from '@capos/abi';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { Ledger } from '../../src/accounting/ledger.ts';
import { AddressSpace } from '../../src/memory/address-space.ts';
import { FramePool } from '../../src/memory/frame-pool.ts';
import { MemoryPages } from '../../src/memory/memory-pages.ts';
import { plainMemory } from '../../src/memory/physical-memory.ts';
import { ACCESS, type Access } from '../../src/memory/user-memory.ts';

const PAGE = 4096;
const BASE = 0x2000_0000;
const PAGES = 8;
const SPACES = 2;
const OBJECTS = 4;
const READ_WRITE = PROTECTION.READ | PROTECTION.WRITE;
const READ_EXECUTE = PROTECTION.READ | PROTECTION.EXECUTE;
const BOTH = READ_WRITE | PROTECTION.EXECUTE;

/** What the model keeps of a page of a space. `bytes` is shared by reference exactly where memory is shared. */
interface ModelPage {
  protection: number;
  object: ModelObject | undefined;
  bytes: Map<number, number>;
}

/** An object: one sparse page of bytes after the other. */
interface ModelObject {
  pages: Map<number, number>[];
}

interface Translation {
  readonly space: AddressSpace;
  readonly vpn: number;
  readonly physical: number;
  readonly access: Access;
}

const space = fc.nat({ max: SPACES - 1 });
const object = fc.nat({ max: OBJECTS - 1 });
const page = fc.nat({ max: PAGES - 1 });
const length = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 3 }) }, fc.constant(6));
const protection = fc.constantFrom(
  PROTECTION.NONE,
  PROTECTION.READ,
  READ_WRITE,
  READ_WRITE,
  READ_EXECUTE,
  READ_EXECUTE,
  BOTH,
);
const byte = fc.record({ offset: fc.constantFrom(0, 7, 4095), value: fc.integer({ min: 1, max: 255 }) });
const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('map' as const), space, page, length, protection }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('mapObject' as const),
      space,
      page,
      length,
      protection,
      object,
      from: fc.oneof({ weight: 9, arbitrary: fc.nat({ max: 2 }) }, fc.constant(5)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unmap' as const), space, page, length }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('protect' as const), space, page, length, protection }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('decommit' as const), space, page, length }) },
  { weight: 16, arbitrary: fc.record({ kind: fc.constant('write' as const), space, page, byte }) },
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('read' as const), space, page }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('run' as const), space, page }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('make' as const), object, length }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('snapshot' as const),
      object,
      from: fc.oneof({ weight: 9, arbitrary: fc.nat({ max: 2 }) }, fc.constant(5)),
      length,
      into: object,
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('poke' as const),
      object,
      page: fc.oneof({ weight: 9, arbitrary: fc.nat({ max: 2 }) }, fc.constant(5)),
      byte,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('drop' as const), object }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fork' as const), space, into: space }) },
);

/** One run. */
export function memoryProperty(steps: number): fc.IPropertyWithHooks<[unknown[]]> {
  return fc.property(fc.array(step, { maxLength: steps, size: 'max' }), (actions) => {
    const physical = plainMemory(2 ** 21);
    const decoded = new Map<number, Uint8Array>();
    const memory = Object.assign(physical, {
      invalidateCode(at: number, count: number) {
        for (let frame = Math.floor(at / PAGE); frame * PAGE < at + count; frame++) decoded.delete(frame);
      },
    });
    const pool = new FramePool(memory);
    const root = new Ledger();
    const ledger = new Ledger({}, root);
    const tlb = new Map<string, Translation>();
    const holder = {
      invalidatePage(owner: AddressSpace, vpn: number) {
        for (const [key, entry] of tlb) if (entry.space === owner && entry.vpn === vpn) tlb.delete(key);
      },
      invalidatePages(owner: AddressSpace, first: number, pages: number) {
        for (const [key, { space, vpn }] of tlb)
          if (space === owner && vpn >= first && vpn < first + pages) tlb.delete(key);
      },
      invalidateAll(owner: AddressSpace) {
        for (const [key, entry] of tlb) if (entry.space === owner) tlb.delete(key);
      },
    };
    let tag = 0;
    const options = () => ({ pool, ledger, tag: ++tag, allowWriteExecute: false, holder });
    const spaces = Array.from({ length: SPACES }, () => AddressSpace.create(options())!);
    const model: Map<number, ModelPage>[] = spaces.map(() => new Map());
    const objects: (MemoryPages | undefined)[] = Array.from({ length: OBJECTS }, () => undefined);
    const modelObjects: (ModelObject | undefined)[] = objects.map(() => undefined);

    const put = (index: number, pages: MemoryPages, content: ModelObject): void => {
      objects[index]?.release();
      objects[index] = pages;
      modelObjects[index] = content;
    };
    /** An access as the processor makes it: by its TLB, else by the page walk and perhaps a fault. */
    const translate = (owner: AddressSpace, vpn: number, access: Access): number => {
      const key = `${owner.tag}/${vpn}/${access}`;
      const known = tlb.get(key);
      if (known !== undefined) return known.physical;
      if (owner.fault(vpn * PAGE, access) !== 'resolved') return -1;
      const at = owner.locatePage(vpn * PAGE, access === ACCESS.WRITE ? ACCESS.WRITE : ACCESS.READ);
      tlb.set(key, { space: owner, vpn, physical: at, access });
      return at;
    };

    for (let index = 0; index < OBJECTS; index++) {
      put(index, MemoryPages.create(pool, ledger, 4, false)!, { pages: Array.from({ length: 4 }, () => new Map()) });
    }

    for (const action of actions) {
      const first = BASE / PAGE + ('page' in action ? action.page : 0);
      const address = first * PAGE;
      if (action.kind === 'map') {
        const outcome = spaces[action.space]!.map(address, action.length * PAGE, action.protection, true);
        expect(outcome).toBe(action.protection === BOTH ? 'notPermitted' : address);
        if (typeof outcome !== 'number') continue;
        for (let at = first; at < first + action.length; at++) {
          model[action.space]!.set(at, { protection: action.protection, object: undefined, bytes: new Map() });
        }
      } else if (action.kind === 'mapObject') {
        const [pages, content] = [objects[action.object], modelObjects[action.object]];
        if (pages === undefined || content === undefined) continue;
        const outcome = spaces[action.space]!.mapObject(
          pages,
          action.from * PAGE,
          address,
          action.length * PAGE,
          action.protection,
          true,
        );
        const fits = action.from + action.length <= content.pages.length;
        expect(outcome).toBe(!fits ? 'badRange' : action.protection === BOTH ? 'notPermitted' : address);
        if (typeof outcome !== 'number') continue;
        for (let index = 0; index < action.length; index++) {
          model[action.space]!.set(first + index, {
            protection: action.protection,
            object: content,
            bytes: content.pages[action.from + index]!,
          });
        }
      } else if (action.kind === 'unmap') {
        expect(spaces[action.space]!.unmap(address, action.length * PAGE)).toBeUndefined();
        for (let at = first; at < first + action.length; at++) model[action.space]!.delete(at);
      } else if (action.kind === 'protect' || action.kind === 'decommit') {
        const pages = Array.from({ length: action.length }, (_, index) => model[action.space]!.get(first + index));
        const covered = pages.every((each) => each !== undefined);
        const target = spaces[action.space]!;
        if (action.kind === 'protect') {
          const outcome = target.protect(address, action.length * PAGE, action.protection);
          expect(outcome).toBe(action.protection === BOTH ? 'notPermitted' : covered ? undefined : 'notMapped');
          if (outcome === undefined) for (const each of pages) each!.protection = action.protection;
        } else {
          const outcome = target.discard(address, action.length * PAGE);
          expect(outcome).toBe(covered ? undefined : 'notMapped');
          if (!covered) continue;
          expect(target.protect(address, action.length * PAGE, PROTECTION.NONE)).toBeUndefined();
          for (const each of pages) {
            each!.protection = PROTECTION.NONE;
            // What an object holds is not the space's to give up.
            if (each!.object === undefined) each!.bytes = new Map();
          }
        }
      } else if (action.kind === 'write') {
        const target = model[action.space]!.get(first);
        const at = translate(spaces[action.space]!, first, ACCESS.WRITE);
        expect(at >= 0).toBe(target !== undefined && (target.protection & PROTECTION.WRITE) !== 0);
        if (at < 0) continue;
        // A guest's own store: the machine forgets what it decoded there itself, the kernel need not tell it.
        physical.bytes[at + action.byte.offset] = action.byte.value;
        decoded.delete(at / PAGE);
        target!.bytes.set(action.byte.offset, action.byte.value);
      } else if (action.kind === 'read') {
        const target = model[action.space]!.get(first);
        const at = translate(spaces[action.space]!, first, ACCESS.READ);
        expect(at >= 0).toBe(target !== undefined && target.protection !== PROTECTION.NONE);
        if (at >= 0) expectPage(physical.bytes, at, target!.bytes);
      } else if (action.kind === 'run') {
        const target = model[action.space]!.get(first);
        const at = translate(spaces[action.space]!, first, ACCESS.EXECUTE);
        expect(at >= 0).toBe(target !== undefined && (target.protection & PROTECTION.EXECUTE) !== 0);
        if (at >= 0) decoded.set(at / PAGE, physical.bytes.slice(at, at + PAGE));
      } else if (action.kind === 'make') {
        const made = MemoryPages.create(pool, ledger, action.length, false);
        put(action.object, made!, { pages: Array.from({ length: action.length }, () => new Map()) });
      } else if (action.kind === 'snapshot') {
        const [pages, content] = [objects[action.object], modelObjects[action.object]];
        if (pages === undefined || content === undefined) continue;
        if (action.from + action.length > content.pages.length) continue;
        const child = pages.createChild(action.from, action.length, ledger)!;
        const copy = content.pages.slice(action.from, action.from + action.length).map((each) => new Map(each));
        put(action.into, child, { pages: copy });
      } else if (action.kind === 'poke') {
        const [pages, content] = [objects[action.object], modelObjects[action.object]];
        if (pages === undefined || content === undefined || action.page >= content.pages.length) continue;
        // MemoryObject.write: by the kernel, which must tell of it.
        const frame = pages.frame(action.page, true);
        physical.bytes[frame * PAGE + action.byte.offset] = action.byte.value;
        pool.written(frame);
        content.pages[action.page]!.set(action.byte.offset, action.byte.value);
      } else if (action.kind === 'drop') {
        objects[action.object]?.release();
        objects[action.object] = undefined;
        modelObjects[action.object] = undefined;
      } else {
        if (action.space === action.into) continue;
        const copy = spaces[action.space]!.snapshot(options())!;
        spaces[action.into]!.destroy();
        for (const [key, entry] of tlb) if (entry.space === spaces[action.into]) tlb.delete(key);
        spaces[action.into] = copy;
        model[action.into] = new Map(
          [...model[action.space]!].map(([at, each]) => [
            at,
            each.object === undefined ? { ...each, bytes: new Map(each.bytes) } : { ...each },
          ]),
        );
      }
      for (const entry of tlb.values()) {
        // No translation outlives its page-table entry: the walk still gives the same frame for the same access.
        const { physical: at, access, vpn } = entry;
        const held = model[spaces.indexOf(entry.space)]?.get(vpn);
        expect(held === undefined ? 0 : rightFor(access) & held.protection).not.toBe(0);
        expect(entry.space.locatePage(vpn * PAGE, access === ACCESS.WRITE ? ACCESS.WRITE : ACCESS.READ)).toBe(at);
      }
      for (const [frame, code] of decoded) {
        expect(Buffer.compare(code, physical.bytes.subarray(frame * PAGE, (frame + 1) * PAGE))).toBe(0);
      }
    }

    for (const [index, pages] of model.entries()) {
      for (const [vpn, { protection: rights, bytes }] of pages) {
        const at = spaces[index]!.locatePage(vpn * PAGE, ACCESS.READ);
        expect(at >= 0).toBe(rights !== PROTECTION.NONE);
        if (at >= 0) expectPage(physical.bytes, at, bytes);
      }
    }
    for (const [index, content] of modelObjects.entries()) {
      for (const [number, bytes] of (content?.pages ?? []).entries()) {
        const frame = objects[index]!.present(number);
        if (frame < 0) expect(bytes.size).toBe(0);
        else expectPage(physical.bytes, frame * PAGE, bytes);
      }
    }
    for (const each of spaces) each.destroy();
    for (const each of objects) each?.release();
    expect(ledger.isEmpty && root.isEmpty).toBe(true);
    expect(pool.free).toBe(pool.total);
  }) as unknown as fc.IPropertyWithHooks<[unknown[]]>;
}

const rightFor = (access: Access): number =>
  access === ACCESS.WRITE ? PROTECTION.WRITE : access === ACCESS.EXECUTE ? PROTECTION.EXECUTE : PROTECTION.READ;

function expectPage(memory: Uint8Array, at: number, bytes: ReadonlyMap<number, number>): void {
  const expected = new Uint8Array(PAGE);
  for (const [offset, value] of bytes) expected[offset] = value;
  expect(Buffer.compare(expected, memory.subarray(at, at + PAGE))).toBe(0);
}
