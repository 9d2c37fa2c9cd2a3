// The page cache against the file itself: whatever is read, written, mapped, cut off or changed by others.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHUNK } from '../../src/files/cache-chunk.ts';
import type { CachedFile } from '../../src/files/cached-file.ts';
import { ServerFile, world } from '../support/page-cache-world.ts';
import { now } from '../support/synchronous-directory.ts';

function read(cached: CachedFile, file: ServerFile, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const got = now(cached.read(file, offset, length, { bytes }));
  expect(got).toBeGreaterThanOrEqual(0);
  return bytes.subarray(0, got);
}

function write(cached: CachedFile, file: ServerFile, offset: number, data: Uint8Array): void {
  const wrote = file.write(offset, data, false);
  cached.wrote(wrote.offset - wrote.count, data);
}

const offset = fc.oneof(fc.nat(3 * CHUNK), fc.constantFrom(0, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK));
const length = fc.oneof(fc.nat(5000), fc.constantFrom(CHUNK, 2 * CHUNK + 5, 4096));
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('read' as const), offset, length }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('write' as const), offset, length, fill: fc.nat(255) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('truncate' as const), size: offset }) },
  // Somebody else changes the file, and it is opened again.
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('others' as const), offset, length, fill: fc.nat(255) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('appended' as const), length, fill: fc.nat(255) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('map' as const), offset, length }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'drop' as const }) },
);

describe('the page cache', () => {
  it('answers as the file does, however it came to be what it is', () => {
    fc.assert(
      fc.property(fc.constantFrom(1 << 20, 20_000), fc.array(step, { maxLength: 30 }), (message, steps) => {
        const { cache, memory, open } = world();
        const file = new ServerFile(message);
        const cached = open(file);
        const mapped: { at: number; capId: number; from: number; length: number }[] = [];
        for (const each of steps) {
          if (each.kind === 'read') {
            const expected = file.bytes.slice(each.offset, each.offset + each.length);
            let got = read(cached, file, each.offset, each.length);
            // A read ends early where the file ended before others made it longer, and never elsewhere.
            while (got.length > 0 && got.length < expected.length) {
              const more = read(cached, file, each.offset + got.length, each.length - got.length);
              if (more.length === 0) break;
              got = Uint8Array.of(...got, ...more);
            }
            expect(Buffer.compare(got, expected)).toBe(0);
          } else if (each.kind === 'write') {
            write(cached, file, each.offset, new Uint8Array(each.length).fill(each.fill));
          } else if (each.kind === 'truncate') {
            file.truncate(each.size);
            cached.truncated(each.size);
          } else if (each.kind === 'others') {
            file.write(each.offset, new Uint8Array(each.length).fill(each.fill), false);
            open(file);
          } else if (each.kind === 'appended') {
            file.write(0, new Uint8Array(each.length).fill(each.fill), true);
          } else if (each.kind === 'map') {
            const from = each.offset - (each.offset % 4096);
            const end = Math.min(from + each.length, file.bytes.length);
            if (end <= from) continue;
            const parts = now(cached.mapped(file, from, end - from, false));
            if (typeof parts === 'number') throw new Error(`mapped: ${parts}`);
            for (const { at, length: part, piece, offset: inPiece } of parts)
              mapped.push({ at: from + at, capId: piece.capability.reference!.capId, from: inPiece, length: part });
          } else cache.dropAll();
          open(file);
          // What is mapped shows the file, as far as it goes.
          for (const { at, capId, from, length: part } of mapped) {
            const shown = memory.objects.get(capId)!.subarray(from, from + Math.min(part, file.bytes.length - at));
            if (file.bytes.length > at)
              expect(Buffer.compare(shown, file.bytes.subarray(at, at + shown.length))).toBe(0);
          }
        }
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  it('asks the server once for what is read twice, and again when others changed the file before it was opened', () => {
    const { open } = world();
    const file = new ServerFile();
    file.write(0, new Uint8Array(100_000).fill(1), false);
    const cached = open(file);
    read(cached, file, 0, 100_000);
    const before = file.reads;
    expect(read(cached, file, 1000, 50_000)).toEqual(new Uint8Array(50_000).fill(1));
    expect(file.reads).toBe(before);
    file.write(5, Uint8Array.of(9), false);
    expect(read(cached, file, 5, 1)).toEqual(Uint8Array.of(1));
    open(file);
    expect(read(cached, file, 5, 1)).toEqual(Uint8Array.of(9));
  });

  it('sees at once what others add at the end', () => {
    const { open } = world();
    const file = new ServerFile();
    file.write(0, Uint8Array.of(1, 2, 3), false);
    const cached = open(file);
    expect(read(cached, file, 0, 100)).toEqual(Uint8Array.of(1, 2, 3));
    expect(read(cached, file, 3, 100)).toEqual(new Uint8Array());
    file.write(0, Uint8Array.of(4), true);
    expect(read(cached, file, 3, 100)).toEqual(Uint8Array.of(4));
  });

  it('keeps a bounded number of chunks, and gives memory back when the program needs it', () => {
    const { cache, memory, open } = world();
    const file = new ServerFile();
    file.resize(700 * CHUNK);
    const cached = open(file);
    let objects = 0;
    const { onShared } = memory;
    memory.onShared = (bytes) => {
      objects++;
      return onShared(bytes);
    };
    for (let index = 0; index < 700; index++) read(cached, file, index * CHUNK, 10);
    expect(objects).toBe(700);
    const reads = file.reads;
    read(cached, file, 699 * CHUNK, 10);
    expect(file.reads).toBe(reads);
    read(cached, file, 0, 10);
    expect(file.reads).toBe(reads + 1);
    expect(cache.dropAll()).toBe(true);
    expect(cache.dropAll()).toBe(false);
  });

  it('does without memory: what is read goes to the program as it comes', () => {
    const { memory, open, maker } = world();
    memory.createShared = () => 'noMemory';
    const file = new ServerFile();
    file.write(0, new Uint8Array(10_000).fill(3), false);
    memory.map(0x10000n, 0x10000n, 3, true);
    const got = now(open(file).read(file, 10, 5000, { address: 0x10000, maker }));
    expect(got).toBe(5000);
    expect(now(open(file).read(file, 10, 5000, { address: 0x900000, maker }))).toBe(-14);
  });
});
