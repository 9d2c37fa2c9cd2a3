import { describe, expect, it } from 'vitest';
import { VDSO_IMAGE, WALL_OFFSET_AT } from '../../src/loader/vdso-image.ts';

const view = new DataView(VDSO_IMAGE.buffer);
const word = (at: number): number => Number(view.getBigUint64(at, true));
const PT_DYNAMIC = 2;

/** Entries of the dynamic section, by tag. */
function dynamic(): Map<number, number> {
  const header = [0, 1].map((index) => 64 + index * 56).find((at) => view.getUint32(at, true) === PT_DYNAMIC)!;
  const entries = new Map<number, number>();
  for (let at = word(header + 8); word(at) !== 0; at += 16) entries.set(word(at), word(at + 8));
  return entries;
}

function text(at: number): string {
  return String.fromCharCode(...VDSO_IMAGE.subarray(at, VDSO_IMAGE.indexOf(0, at)));
}

/** Looks a symbol up as a dynamic linker does: bucket, chain, name. */
function symbol(name: string): { address: number; size: number; version: number } | undefined {
  const entries = dynamic();
  const [hash, symbols, strings, versions] = [4, 6, 5, 0x6fff_fff0].map((tag) => entries.get(tag)!);
  const buckets = view.getUint32(hash!, true);
  expect(buckets).toBe(1);
  for (let index = view.getUint32(hash! + 8, true); index !== 0; index = view.getUint32(hash! + 12 + index * 4, true)) {
    const at = symbols! + index * 24;
    if (text(strings! + view.getUint32(at, true)) === name)
      return { address: word(at + 8), size: word(at + 16), version: view.getUint16(versions! + index * 2, true) };
  }
  return undefined;
}

describe('the image of the vDSO', () => {
  it('leads from each name that libraries look for to a function of its own', () => {
    const ends: number[] = [];
    for (const name of ['clock_gettime', 'gettimeofday', 'time', 'getcpu']) {
      const { address, size, version } = symbol(`__vdso_${name}`)!;
      expect(address).toBeGreaterThanOrEqual(ends.at(-1) ?? 0);
      expect(address % 16).toBe(0);
      expect(VDSO_IMAGE[address + size - 1], 'ret').toBe(0xc3);
      expect(version).toBe(2);
      ends.push(address + size);
    }
    expect(ends.at(-1)).toBeLessThanOrEqual(VDSO_IMAGE.length);
    expect(VDSO_IMAGE.length).toBeLessThan(WALL_OFFSET_AT);
    expect(symbol('__vdso_clock_settime')).toBeUndefined();
  });

  it('defines the version that they ask for', () => {
    const entries = dynamic();
    const first = entries.get(0x6fff_fffc)!;
    const second = first + view.getUint32(first + 16, true);
    const name = (definition: number): string => text(entries.get(5)! + view.getUint32(definition + 20, true));
    expect([view.getUint16(first + 2, true), name(first)]).toEqual([1, 'linux-vdso.so.1']);
    // The hash of LINUX_2.6, as the C library has it written out.
    expect([view.getUint16(second + 4, true), name(second), view.getUint32(second + 8, true)]).toEqual([
      2,
      'LINUX_2.6',
      61_765_110,
    ]);
    expect(text(entries.get(5)! + entries.get(14)!)).toBe('linux-vdso.so.1');
  });
});
