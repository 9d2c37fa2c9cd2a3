import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodecError, interfaces } from '../../src/index.ts';
import { holder, lists, newLists, numbers, pointers, tree } from '../generated/codecs/index.ts';
import { encodeDirty, type Specimen, specimens } from './specimen-values.ts';

/** A message of 64-bit words. */
function words(...values: readonly bigint[]): Uint8Array {
  return new Uint8Array(BigUint64Array.from(values).buffer);
}
const structPointer = (offset: number, data: number, count: number): bigint =>
  BigInt.asUintN(64, (BigInt(count) << 48n) | (BigInt(data) << 32n) | BigInt.asUintN(32, BigInt(offset) << 2n));
const listPointer = (offset: number, element: number, count: number): bigint =>
  BigInt.asUintN(
    64,
    (BigInt(count) << 35n) | (BigInt(element) << 32n) | BigInt.asUintN(32, (BigInt(offset) << 2n) | 1n),
  );

function codeOf(decode: () => unknown): string {
  try {
    decode();
  } catch (error) {
    if (error instanceof CodecError) return error.code;
    throw error;
  }
  return 'accepted';
}

/** A fast generator of repeatable noise; fast-check would spend minutes on this many bytes. */
function noise(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

function survives(specimen: Specimen, bytes: Uint8Array): boolean {
  return codeOf(() => specimen.codec.decode(bytes)) === 'accepted';
}

describe('hostile bytes give a value or a CodecError', () => {
  it('random words, 150,000 messages', () => {
    const next = noise(20261122);
    const buffer = new Uint8Array(256);
    const view = new Uint32Array(buffer.buffer);
    let accepted = 0;
    for (let round = 0; round < 150_000; round++) {
      const length = 8 * (1 + (next() % 32));
      for (let index = 0; index < length / 4; index++) view[index] = next();
      // Make the root pointer plausible in most rounds, and inner pointers small.
      if (round % 8 !== 0) view[0] = 0;
      if (round % 8 !== 0) view[1] = (next() % 6) | ((next() % 8) << 16);
      for (let index = 2; index < length / 4; index += 2) {
        if (next() % 3 === 0) {
          view[index] = ((next() % 16) << 2) | (next() % 4);
          view[index + 1] = next() % 2 === 0 ? next() % 64 : ((next() % 20) << 3) | (next() % 8);
        }
      }
      const specimen = specimens[round % specimens.length]!;
      if (survives(specimen, buffer.subarray(0, length))) accepted++;
    }
    expect(accepted).toBeGreaterThan(1000);
    expect(accepted).toBeLessThan(149_000);
  });

  it('valid messages with bytes changed, 150,000 messages', () => {
    const next = noise(7);
    const originals = specimens.map((specimen) => ({
      specimen,
      messages: fc.sample(specimen.values, { numRuns: 40, seed: 3 }).map((value) => encodeDirty(specimen.codec, value)),
    }));
    let refused = 0;
    for (let round = 0; round < 150_000; round++) {
      const { specimen, messages } = originals[round % originals.length]!;
      const bytes = messages[next() % messages.length]!.slice();
      for (let changes = 1 + (next() % 3); changes > 0; changes--) {
        const at = next() % bytes.length;
        bytes[at] = next() % 4 === 0 ? next() : bytes[at]! ^ (1 << (next() % 8));
      }
      const length = next() % 5 === 0 ? next() % (bytes.length + 1) : bytes.length;
      if (!survives(specimen, bytes.subarray(0, length))) refused++;
    }
    expect(refused).toBeGreaterThan(10_000);
  });

  it('every method of the contract, on random words', () => {
    const next = noise(99);
    const buffer = new Uint8Array(128);
    const view = new Uint32Array(buffer.buffer);
    for (const { methods } of interfaces.values()) {
      for (const { params, results } of Object.values(methods)) {
        for (let round = 0; round < 400; round++) {
          for (let index = 0; index < view.length; index++) view[index] = next() % 2 === 0 ? next() % 256 : next();
          codeOf(() => params.decode(buffer));
          codeOf(() => results.decode(buffer));
        }
      }
    }
  });

  it.each([1, 4, 7, 9, 63])('a length of %i bytes is no whole number of words', (length) => {
    expect(codeOf(() => numbers.decode(new Uint8Array(64), 0, length))).toBe('badRange');
  });

  it.each([
    [-8, 8],
    [0, 72],
    [60, 8],
    [0.5, 8],
    [Number.NaN, 8],
    [0, Number.POSITIVE_INFINITY],
  ])('a range of bytes that is not in the buffer (%d, %d)', (offset, length) => {
    expect(codeOf(() => numbers.decode(new Uint8Array(64), offset, length))).toBe('badRange');
    expect(codeOf(() => numbers.encode(numbers.decode(new Uint8Array(0)), new Uint8Array(64), offset, length))).toBe(
      'badRange',
    );
  });
});

describe('the classic attacks', () => {
  it('a list of a billion structs without size in a few words', () => {
    const bomb = words(structPointer(0, 0, 2), 0n, listPointer(0, 7, 0), structPointer(0x1fff_ffff, 0, 0));
    expect(codeOf(() => holder.decode(bomb))).toBe('tooCostly');
  });

  it('eight bytes that claim a list of half a billion elements', () => {
    expect(codeOf(() => lists.decode(words(listPointer(-1, 0, 0x1fff_ffff))))).toBe('wrongPointer');
    const voids = lists.decode(words(structPointer(0, 0, 1), listPointer(0, 0, 0x1fff_ffff)));
    expect(voids.voids).toBe(0x1fff_ffff); // costs nothing: a list of Void is its length
    // The same list read as structs would be half a billion objects.
    expect(codeOf(() => newLists.decode(words(structPointer(0, 0, 1), listPointer(0, 0, 0x1fff_ffff))))).toBe(
      'tooCostly',
    );
  });

  it('a struct that contains itself', () => {
    expect(codeOf(() => tree.decode(words(structPointer(0, 1, 3), 1n, structPointer(-2, 1, 3), 0n, 0n)))).toBe(
      'tooDeep',
    );
  });

  it('a struct that contains itself twice, which would be visited 2^64 times', () => {
    const self = words(structPointer(0, 1, 3), 1n, structPointer(-2, 1, 3), structPointer(-3, 1, 3), 0n);
    expect(['tooDeep', 'tooCostly']).toContain(codeOf(() => tree.decode(self)));
  });

  it('a list whose elements are that list', () => {
    const self = words(
      structPointer(0, 1, 3),
      0n,
      0n,
      0n,
      listPointer(0, 7, 4),
      structPointer(1, 1, 3),
      0n,
      0n,
      0n,
      listPointer(-5, 7, 4),
    );
    expect(['tooDeep', 'tooCostly']).toContain(codeOf(() => tree.decode(self)));
  });

  it('a thousand pointers to one large text', () => {
    const count = 1000;
    const bytes = new BigUint64Array(2 + count + 500);
    bytes[0] = structPointer(0, 0, 14);
    bytes[14] = listPointer(0, 6, count);
    for (let index = 0; index < count; index++) bytes[15 + index] = listPointer(count - index - 1, 2, 3000);
    expect(codeOf(() => lists.decode(new Uint8Array(bytes.buffer)))).toBe('tooCostly');
  });

  it('a chain of 64 structs is read, one of 65 is not', () => {
    const chain = (length: number): Uint8Array => {
      const message = [structPointer(0, 1, 3)];
      for (let index = 1; index <= length; index++) {
        message.push(BigInt(index), index === length ? 0n : structPointer(2, 1, 3), 0n, 0n);
      }
      return words(...message);
    };
    expect(codeOf(() => tree.decode(chain(64)))).toBe('accepted');
    expect(codeOf(() => tree.decode(chain(65)))).toBe('tooDeep');
  });

  it('far pointers', () => {
    expect(codeOf(() => numbers.decode(words(2n)))).toBe('farPointer');
    expect(codeOf(() => numbers.decode(words(0x0000_0000_0000_0006n)))).toBe('farPointer');
    expect(codeOf(() => pointers.decode(words(structPointer(0, 0, 1), 2n)))).toBe('farPointer');
  });

  it('pointers before and behind the message', () => {
    expect(codeOf(() => numbers.decode(words(structPointer(-2, 1, 0))))).toBe('outOfBounds');
    expect(codeOf(() => numbers.decode(words(structPointer(0, 2, 0), 0n)))).toBe('outOfBounds');
    expect(codeOf(() => pointers.decode(words(structPointer(0, 0, 1), listPointer(0, 2, 9), 0n)))).toBe('outOfBounds');
    // A neighbour's bytes behind the message's end are out of reach though the buffer has them.
    const neighbour = words(structPointer(0, 0, 1), listPointer(0, 2, 6), 0x0061_6263_6465n);
    expect(codeOf(() => pointers.decode(neighbour, 0, 16))).toBe('outOfBounds');
    expect(pointers.decode(neighbour).text).toBe('edcba');
  });

  it('text without NUL, and text of no bytes', () => {
    expect(codeOf(() => pointers.decode(words(structPointer(0, 0, 1), listPointer(0, 2, 4), 0x6162_6364n)))).toBe(
      'notTerminated',
    );
    expect(codeOf(() => pointers.decode(words(structPointer(0, 0, 1), listPointer(0, 2, 0))))).toBe('notTerminated');
  });

  it('capabilities where something else belongs, and the other way round', () => {
    const capability = (7n << 32n) | 3n;
    expect(codeOf(() => pointers.decode(words(structPointer(0, 0, 1), capability)))).toBe('wrongPointer');
    expect(codeOf(() => pointers.decode(words(structPointer(0, 0, 4), 0n, 0n, 0n, listPointer(0, 2, 0))))).toBe(
      'wrongPointer',
    );
    expect(pointers.decode(words(structPointer(0, 0, 4), 0n, 0n, 0n, capability)).capability).toBe(7);
    expect(codeOf(() => pointers.decode(words(structPointer(0, 0, 4), 0n, 0n, 0n, capability | 4n)))).toBe(
      'wrongPointer',
    );
  });

  it('a list of structs whose tag claims more than the list has', () => {
    const list = (count: number): Uint8Array =>
      words(
        structPointer(0, 0, 16),
        ...new Array(15).fill(0n),
        listPointer(0, 7, 2),
        structPointer(count, 1, 0),
        1n,
        2n,
      );
    expect(codeOf(() => lists.decode(list(2)))).toBe('accepted');
    expect(codeOf(() => lists.decode(list(3)))).toBe('outOfBounds');
    expect(codeOf(() => lists.decode(list(0x3fff_ffff)))).toBe('outOfBounds');
  });

  it('costs time in proportion to its length at most', () => {
    const next = noise(5);
    const bytes = new Uint8Array(1 << 20);
    const view = new Uint32Array(bytes.buffer);
    // Every word a pointer to somewhere in the middle: as much sharing as a megabyte can hold.
    for (let index = 0; index < view.length; index += 2) {
      view[index] = ((next() % 4096) << 2) | (next() % 2);
      view[index + 1] = ((next() % 2000) << 3) | (next() % 8);
    }
    view[0] = 0;
    view[1] = 1 | (21 << 16);
    const begin = performance.now();
    for (const { codec } of specimens) codeOf(() => codec.decode(bytes));
    expect(performance.now() - begin).toBeLessThan(5000);
  });
});
