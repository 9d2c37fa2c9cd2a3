// Where an indirect jump goes on within its region: a table of the offsets that it may lead to.
//
//   near one another   RIP − the lowest ─▶ a byte: number, or 0 for elsewhere
//   else               RIP − where offsets begin ──multiply, highest bits──▶ slot: offset, number ──the same offset──▶ number, else elsewhere

import { RECORD_BYTES } from '../interpreter/record.ts';
import { add, eq, ltU, mul, shl, shrU, sub, toI32 } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { i32, i64, load, type Value } from '../wasm/expression.ts';
import { MOST_COMPARED } from './inlined-calls.ts';
import type { RegionGraph } from './region-graph.ts';

const SLOT = { offset: 0, number: 4 } as const;
const SLOT_BYTES = 8;
/** Bytes of a table that has one for each offset in between. */
const LONGEST = 4096;
/** At no offset of a region. */
const NOWHERE = 2 ** 31 - 1;
/** Slots for each offset, at least: with so many a multiplier that keeps them apart is found soon. */
const SLOTS_FOR_EACH = 8;
const MOST_TRIES = 256;
/** 2³² divided by the golden ratio: its odd multiples are tried. */
const GOLDEN = 0x9e37_79b1;

/** How offsets are spread over slots. */
export interface OffsetHash {
  readonly multiplier: number;
  /** The number of slots is two to the power of that. */
  readonly bits: number;
}

const slotOf = (offset: number, { multiplier, bits }: OffsetHash): number =>
  Math.imul(offset, multiplier) >>> (32 - bits);

const bitsFor = (offsets: number): number => Math.max(1, Math.ceil(Math.log2(offsets * SLOTS_FOR_EACH)));

/** A hash that gives as many of the offsets as possible a slot of their own: all of them, most likely. */
export function hashFor(offsets: readonly number[]): OffsetHash {
  const bits = bitsFor(offsets.length);
  let best: OffsetHash = { multiplier: GOLDEN, bits };
  let most = 0;
  for (let i = 0; i < MOST_TRIES && most < offsets.length; i++) {
    const hash = { multiplier: Math.imul(GOLDEN, 2 * i + 1) >>> 0, bits };
    const { size } = new Set(offsets.map((offset) => slotOf(offset, hash)));
    if (size <= most) continue;
    most = size;
    best = hash;
  }
  return best;
}

/** Bytes that the tables of a region may take. */
export function dispatchTableBytes({ entrances, tableTargets, inlined }: RegionGraph): number {
  const callees = [...inlined.values()].filter(({ length }) => length > MOST_COMPARED);
  const lengths = [1 + entrances.length, ...[...tableTargets.values(), ...callees].map(({ length }) => length)];
  return lengths.reduce((sum, length) => sum + Math.max(LONGEST, SLOT_BYTES * 2 ** bitsFor(length)) + RECORD_BYTES, 0);
}

/** A table in linear memory. */
export interface WrittenTable {
  readonly address: number;
  /** Undefined where it has a byte for each offset in [from, to). */
  readonly hash: OffsetHash | undefined;
  readonly from: number;
  readonly to: number;
}

/**
 * Writes 1 + its index for each of `offsets`, fewer than 256. One that has no slot of its own is left out: who jumps there leaves the region, and comes back.
 * @param reserve gives the address of so many bytes
 */
export function writeDispatchTable(
  offsets: readonly number[],
  view: DataView,
  reserve: (bytes: number) => number,
): WrittenTable {
  const from = Math.min(...offsets);
  const to = Math.max(...offsets) + 1;
  if (to - from <= LONGEST) {
    const address = reserve(to - from);
    for (const [index, offset] of offsets.entries()) view.setUint8(address + offset - from, index + 1);
    return { address, hash: undefined, from, to };
  }
  const hash = hashFor(offsets);
  const slots = 2 ** hash.bits;
  const address = reserve(slots * SLOT_BYTES);
  for (let slot = 0; slot < slots; slot++) view.setInt32(address + slot * SLOT_BYTES + SLOT.offset, NOWHERE, true);
  for (const [index, offset] of offsets.entries()) {
    const slot = address + slotOf(offset, hash) * SLOT_BYTES;
    view.setInt32(slot + SLOT.offset, offset, true);
    view.setInt32(slot + SLOT.number, index + 1, true);
  }
  return { address, hash, from, to };
}

export class DispatchTable {
  readonly #make: () => WrittenTable;
  /** Made with the first use. */
  #written: WrittenTable | undefined;

  /** @param make writes the table into linear memory */
  constructor(make: () => WrittenTable) {
    this.#make = make;
  }

  /** Writes a look-up of a RIP: 0 for one that the table does not know, else its number. */
  number(code: CodeWriter, ripBase: Value<'i64'>, rip: Value<'i64'>): Value<'i32'> {
    const number = code.let(i32(0));
    this.#find(code, ripBase, rip, (found) => code.set(number, found));
    return number;
  }

  /** Writes a look-up of a RIP; `found` writes what happens with an index. */
  lookUp(code: CodeWriter, ripBase: Value<'i64'>, rip: Value<'i64'>, found: (index: Value<'i32'>) => void): void {
    this.#find(code, ripBase, rip, (one) => {
      const number = code.let(one);
      code.if(number, () => found(sub(number, i32(1))));
    });
  }

  /** @param found is given a number, or 0 */
  #find(code: CodeWriter, ripBase: Value<'i64'>, rip: Value<'i64'>, found: (number: Value<'i32'>) => void): void {
    this.#written ??= this.#make();
    const { address, hash, from, to } = this.#written;
    if (hash === undefined) {
      const index = code.let(sub(rip, add(ripBase, i64(from))));
      code.if(ltU(index, i64(to - from)), () => found(load('i32.load8_u', toI32(index), address)));
      return;
    }
    const offset = code.let(sub(rip, ripBase));
    const slot = shrU(mul(toI32(offset), i32(hash.multiplier | 0)), i32(32 - hash.bits));
    const place = code.let(shl(slot, i32(Math.log2(SLOT_BYTES))));
    code.if(eq(load('i64.load32_s', place, address + SLOT.offset), offset), () =>
      found(load('i32.load', place, address + SLOT.number)),
    );
  }
}
