// Pages of program files: once in memory for all that show them, never changed by any, free when somebody needs them.
import { PROTECTION } from '@capos/abi';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ledger, RESOURCE } from '../../src/accounting/ledger.ts';
import { AddressSpace } from '../../src/memory/address-space.ts';
import { FramePool } from '../../src/memory/frame-pool.ts';
import { ImageCache } from '../../src/memory/image-cache.ts';
import { plainMemory } from '../../src/memory/physical-memory.ts';
import { copyIn, copyOut } from '../../src/memory/user-memory.ts';
import { parseElf } from '../../src/processes/elf-file.ts';
import { placeImage } from '../../src/processes/image-loader.ts';
import { buildElf, READ, WRITE } from '../support/elf-builder.ts';

const PAGE = 4096;
const MIB = 2 ** 20;
const TEXT = 0x40_0000;
const DATA = 0x60_0000;

const bytesOf = (length: number, seed: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => (at * 7 + seed * 31 + (at >> 8)) & 0xff);

/** Code of some pages, and data of some with as many zeros behind them. */
function image(seed: number, textBytes = 3 * PAGE, dataBytes = 2 * PAGE + 100): Uint8Array {
  return buildElf({
    segments: [
      { address: TEXT, bytes: bytesOf(textBytes, seed) },
      { address: DATA, flags: READ | WRITE, bytes: bytesOf(dataBytes, seed + 1), memorySize: dataBytes * 2 },
    ],
  });
}

function system(memoryBytes = 8 * MIB) {
  const pool = new FramePool(plainMemory(memoryBytes));
  const images = new ImageCache(pool);
  let tag = 0;
  const invalidated: number[] = [];
  const space = (ledger = new Ledger()) => {
    const holder = {
      invalidatePage: (_: AddressSpace, vpn: number) => void invalidated.push(vpn),
      invalidatePages() {},
      invalidateAll() {},
    };
    return AddressSpace.create({ pool, ledger, tag: ++tag, allowWriteExecute: true, holder })!;
  };
  const place = (into: AddressSpace, bytes: Uint8Array) => placeImage(into, parseElf(bytes), bytes, 0, true, images);
  return { pool, images, space, place, invalidated };
}

function read(space: AddressSpace, address: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  expect(copyIn(space, address, bytes, 0, length)).toBe(true);
  return bytes;
}

const write = (space: AddressSpace, address: number, ...bytes: number[]): boolean =>
  copyOut(space, address, Uint8Array.from(bytes), 0, bytes.length);

describe('the image cache', () => {
  it('shows two processes the same frames of one file, and other frames of a file that differs in one byte', () => {
    const { space, place } = system();
    const file = image(1);
    const other = file.slice();
    other[other.length - 1]! ^= 1;
    const [one, two, three] = [space(), space(), space()];
    place(one, file);
    place(two, file.slice());
    place(three, other);
    expect(two.extents(TEXT)).toEqual(one.extents(TEXT));
    expect(two.extents(DATA)).toEqual(one.extents(DATA));
    expect(three.extents(TEXT)).not.toEqual(one.extents(TEXT));
    for (const shown of [one, two]) expect(read(shown, TEXT, 3 * PAGE)).toEqual(bytesOf(3 * PAGE, 1));
  });

  it('knows a file wherever its bytes lie, and tells layouts apart whose bytes agree', () => {
    const { space, place } = system();
    const file = image(2);
    const moved = new Uint8Array(file.length + 3).subarray(3);
    moved.set(file);
    // The same bytes, but the data segment has fewer of them: what follows reads zero.
    const shorter = file.slice();
    new DataView(shorter.buffer).setBigUint64(64 + 56 + 32, 100n, true);
    const [one, two, three] = [space(), space(), space()];
    place(one, file);
    place(two, moved);
    place(three, shorter);
    expect(two.extents(TEXT)).toEqual(one.extents(TEXT));
    expect(read(three, DATA, 200)).toEqual(Uint8Array.from([...bytesOf(100, 3), ...new Uint8Array(100)]));
    expect(read(one, DATA, 200)).toEqual(bytesOf(200, 3));
  });

  it('knows an array that nobody writes to without looking at it, and reads it again when its pages were given up', () => {
    const { images, space, place } = system();
    const file = image(1);
    images.fix(file);
    const first = space();
    place(first, file);
    // Nobody ought to: this shows that it is not looked at.
    file.fill(0xee, file.length - 8);
    const again = space();
    place(again, file);
    expect(again.extents(TEXT)).toEqual(first.extents(TEXT));
    expect(read(again, DATA, 2 * PAGE + 100)).toEqual(read(first, DATA, 2 * PAGE + 100));
    first.destroy();
    again.destroy();
    images.clear();
    const anew = space();
    place(anew, file);
    expect(read(anew, DATA + 2 * PAGE + 92, 8)).toEqual(new Uint8Array(8).fill(0xee));
  });

  it('gives whoever writes a copy of its own, and its neighbours a copy beside it', () => {
    const { space, place, invalidated, pool } = system();
    const file = image(3, PAGE, 20 * PAGE);
    const [one, two] = [space(), space()];
    place(one, file);
    place(two, file);
    const before = two.extents(DATA);
    expect(write(one, DATA + 5, 1, 2, 3)).toBe(true);
    expect(write(one, DATA + 19 * PAGE, 4)).toBe(true);
    expect(read(one, DATA + 4, 5)).toEqual(Uint8Array.of(bytesOf(5, 4)[4]!, 1, 2, 3, bytesOf(9, 4)[8]!));
    expect(two.extents(DATA)).toEqual(before);
    expect(read(two, DATA, 20 * PAGE)).toEqual(bytesOf(20 * PAGE, 4));
    expect(one.extents(DATA)).toHaveLength(1);
    expect(new Set(invalidated)).toContain(DATA / PAGE);
    const free = pool.free;
    expect(write(one, DATA + 6, 9)).toBe(true);
    expect(pool.free).toBe(free);
    // Code is written to by a process that may, and changes for it alone.
    expect(one.protect(TEXT, PAGE, PROTECTION.READ | PROTECTION.WRITE | PROTECTION.EXECUTE)).toBeUndefined();
    expect(write(one, TEXT, 0xcc)).toBe(true);
    expect(read(two, TEXT, 1)).toEqual(bytesOf(1, 3));
  });

  it('charges each process for the pages that it shows, and nobody for those that are merely kept', () => {
    const { space, place, pool } = system();
    const root = new Ledger({ frames: pool.total });
    const ledgers = [new Ledger({}, root), new Ledger({}, root)];
    const spaces = ledgers.map((ledger) => space(ledger));
    for (const shown of spaces) place(shown, image(4));
    for (const ledger of ledgers) expect(ledger.used(RESOURCE.FRAMES)).toBeGreaterThanOrEqual(6);
    for (const shown of spaces) shown.destroy();
    expect(root.isEmpty).toBe(true);
    expect(pool.free).toBe(pool.total);
    const small = new Ledger({ frames: 8 });
    const refused = space(small);
    expect(() => place(refused, image(4))).toThrow('no memory');
    refused.destroy();
    expect(small.isEmpty).toBe(true);
    expect(pool.free).toBe(pool.total);
  });

  it('lets go of images that nobody shows when frames run short, and then only', () => {
    const { space, place, pool, images } = system(4 * MIB);
    const first = space();
    place(first, image(5));
    const extents = first.extents(TEXT);
    first.destroy();
    expect(images.frames).toBe(6);
    const again = space();
    place(again, image(5));
    expect(again.extents(TEXT)).toEqual(extents);
    again.destroy();
    const hungry = space();
    const length = (pool.total - 16) * PAGE;
    hungry.map(0x1000_0000, length, PROTECTION.READ | PROTECTION.WRITE, true);
    for (let at = 0; at < length; at += PAGE) expect(write(hungry, 0x1000_0000 + at, 1)).toBe(true);
    expect(images.frames).toBe(0);
    hungry.destroy();
    expect(pool.free).toBe(pool.total);
  });

  it('takes at most a quarter of the memory, and copies what is larger', () => {
    const { space, place, pool, images } = system(2 * MIB);
    for (let seed = 0; seed < 20; seed++) {
      const shown = space();
      place(shown, image(seed, 20 * PAGE));
      expect(read(shown, TEXT + 19 * PAGE, 16)).toEqual(bytesOf(20 * PAGE, seed).slice(19 * PAGE, 19 * PAGE + 16));
      shown.destroy();
      expect(images.frames).toBeLessThanOrEqual(pool.total / 4);
    }
    images.clear();
    const shown = space();
    place(shown, image(1, 200 * PAGE));
    expect(images.frames).toBe(0);
    expect(read(shown, TEXT + 199 * PAGE, PAGE)).toEqual(bytesOf(200 * PAGE, 1).slice(199 * PAGE));
    shown.destroy();
    expect(pool.free).toBe(pool.total);
  });

  it('is what a copy for each process would be, whatever they write, fork, unmap and give up', () => {
    const files = [image(6), image(7, 2 * PAGE, 40), image(8, 5000, 9 * PAGE)];
    const operation = fc.oneof(
      fc.record({ kind: fc.constant('start' as const), file: fc.nat(files.length - 1) }),
      fc.record({ kind: fc.constant('fork' as const), process: fc.nat(5) }),
      fc.record({ kind: fc.constant('end' as const), process: fc.nat(5) }),
      fc.record({ kind: fc.constant('write' as const), process: fc.nat(5), at: fc.nat(9 * PAGE), value: fc.nat(255) }),
      fc.record({ kind: fc.constant('clear' as const) }),
    );
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 40, size: 'max' }), (operations) => {
        const { space, place, pool, images } = system();
        const alive: { space: AddressSpace; data: Uint8Array; text: Uint8Array }[] = [];
        for (const action of operations) {
          const subject = 'process' in action ? alive[action.process % Math.max(1, alive.length)] : undefined;
          if (action.kind === 'start') {
            const file = files[action.file]!;
            const [text, data] = parseElf(file).segments;
            const shown = space();
            place(shown, file);
            const memory = new Uint8Array(data!.memorySize);
            memory.set(file.subarray(data!.fileOffset, data!.fileOffset + data!.fileSize));
            const code = file.slice(text!.fileOffset, text!.fileOffset + text!.fileSize);
            alive.push({ space: shown, data: memory, text: code });
          } else if (action.kind === 'clear') images.clear();
          else if (subject === undefined) continue;
          else if (action.kind === 'end') {
            subject.space.destroy();
            alive.splice(alive.indexOf(subject), 1);
          } else if (action.kind === 'fork') {
            const holder = { invalidatePage() {}, invalidatePages() {}, invalidateAll() {} };
            const options = { pool, ledger: new Ledger(), tag: 0, allowWriteExecute: true, holder };
            alive.push({ ...subject, space: subject.space.snapshot(options)!, data: subject.data.slice() });
          } else if (action.at < subject.data.length) {
            expect(write(subject.space, DATA + action.at, action.value)).toBe(true);
            subject.data[action.at] = action.value;
          }
        }
        for (const { space: shown, data, text } of alive) {
          expect(read(shown, DATA, data.length)).toEqual(data);
          expect(read(shown, TEXT, text.length)).toEqual(text);
          shown.destroy();
        }
        expect(pool.free).toBe(pool.total);
        images.clear();
        expect(pool.free).toBe(pool.total);
      }),
      { numRuns: 60 },
    );
  });
});
