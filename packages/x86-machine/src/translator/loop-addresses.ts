// Which addresses of an inner loop move evenly, so that one look ahead of the loop vouches for many rounds.
//
//   address = Σ factor × register, as the loop's head finds them in the first round
//           + what the round adds                       from … to
//           + round × what a round adds to the sum      −down … up, or registers that stay the same
//
// Found by writing the loop's instructions once, into nothing, and keeping account of what their bodies do to registers: nothing is
// said here about any instruction. A register that is not the same sum in every way through the round is nobody's.

import type { CodeWriter } from '../wasm/code-writer.ts';
import type { Local, Value } from '../wasm/expression.ts';
import type { GuestMemory, Location } from './access-groups.ts';
import { addSums, atomSum, constantSum, RIP_ATOM, type Sum, sumOf, type Term } from './address-sums.ts';
import type { RegionBlock } from './region-block.ts';

/** Accesses through one sum of registers. */
export interface MovingRange {
  /** Of registers, by number, and RIP_ATOM. */
  readonly terms: readonly Term[];
  /** Bytes that a round accesses, relative to that sum at the start of the round. */
  readonly from: number;
  readonly to: number;
  /** How far the sum goes in a round, at most, in either direction, … */
  readonly up: number;
  readonly down: number;
  /** … or by this sum of registers, which are the same in every round, and `up` − `down`. */
  readonly by: readonly Term[];
  readonly writes: boolean;
}

export interface LoopAddresses {
  readonly ranges: readonly MovingRange[];
  /** How many instructions of some blocks have their accesses in one of them. */
  placesIn(blocks: readonly number[]): number;
  /** The index of the range that all accesses of an instruction are in. */
  rangeOf(block: number, instruction: number): number | undefined;
}

const REGISTERS = 16;
/** Bytes between the first and the last access that share a look, whatever they are, … */
const CLOSE = 1024;
/** … and where all of them write, or none does: what a program keeps together lies in one window mostly. */
const WIDEST_RANGE = 0x4000;
const FARTHEST_STEP = 0x1_0000;
const MOST_RANGES = 8;

/** A sum whose constant is known to lie between two. */
interface Span {
  readonly terms: readonly Term[];
  readonly low: bigint;
  readonly high: bigint;
}

interface Access {
  readonly block: number;
  readonly instruction: number;
  readonly sum: Sum | undefined;
  readonly bytes: number;
  readonly writes: boolean;
}

/** Keeps account of registers, and of accesses, where no code is wanted. */
class Account implements GuestMemory {
  readonly #location: Location;
  readonly accesses: Access[] = [];
  registers: Sum[] = [];
  block = 0;
  instruction = 0;
  #atoms = REGISTERS;
  readonly #spans = new Map<number, Span>();

  constructor(location: Local<'i32'>) {
    this.#location = { base: location, offset: 0 };
  }

  register(number: number): Sum {
    return this.registers[number]!;
  }

  write(number: number, sum: Sum | undefined): void {
    this.registers[number] = sum ?? atomSum(this.#atoms++);
  }

  locate(_: Value<'i64'>, _displacement: number, sum: Sum | undefined, bytes: number, writes: boolean): Location {
    this.accesses.push({ block: this.block, instruction: this.instruction, sum, bytes, writes });
    return this.#location;
  }

  locateBytes(): Value<'i32'> {
    return this.#location.base;
  }

  /** What a register is where several ways come together. */
  join(sums: readonly Sum[]): Sum {
    const [first, ...others] = sums as [Sum, ...Sum[]];
    if (others.every(({ key, constant }) => key === first.key && constant === first.constant)) return first;
    const atom = this.#atoms++;
    const spans = sums.map((sum) => this.spanOf(sum));
    const [one] = spans;
    if (one && spans.every((span) => span && sumOf(span.terms, 0n).key === sumOf(one.terms, 0n).key)) {
      const low = spans.reduce((least, span) => ascending(least, span!.low)[0], one.low);
      const high = spans.reduce((most, span) => ascending(most, span!.high)[1], one.high);
      this.#spans.set(atom, { terms: one.terms, low, high });
    }
    return atomSum(atom);
  }

  /** A sum as one of the registers at the loop's head; undefined for any other. */
  spanOf({ terms, constant }: Sum): Span | undefined {
    let sum = constantSum(0n);
    let [low, high] = [constant, constant];
    for (const [atom, factor] of terms) {
      if (atom === RIP_ATOM || (atom >= 0 && atom < REGISTERS)) {
        sum = addSums(sum, sumOf([[atom, factor]], 0n));
        continue;
      }
      const span = this.#spans.get(atom);
      if (!span) return undefined;
      sum = addSums(sum, sumOf(span.terms, 0n), factor);
      const [least, most] = ascending(span.low * factor, span.high * factor);
      low += least;
      high += most;
    }
    return { terms: sum.terms, low, high };
  }
}

/**
 * @param body numbers of the loop's blocks, the head first, each behind those that lead to it within a round
 * @param write writes an instruction of a block, at an offset, with an account of guest memory; false when it cannot be vouched for
 */
export function findLoopAddresses(
  code: CodeWriter,
  blocks: readonly RegionBlock[],
  successors: readonly (readonly number[])[],
  body: readonly number[],
  write: (memory: GuestMemory, block: number, instruction: number, offset: number) => boolean,
): LoopAddresses | undefined {
  const head = body[0]!;
  const account = new Account(code.local('i32'));
  const ends = new Map<number, readonly Sum[]>();
  const comingFrom = (block: number): (readonly Sum[])[] =>
    body.flatMap((before) => (successors[before]!.includes(block) ? [ends.get(before)!] : []));
  const joined = (ways: readonly (readonly Sum[])[]): Sum[] =>
    Array.from({ length: REGISTERS }, (_, number) => account.join(ways.map((way) => way[number]!)));
  for (const block of body) {
    account.block = block;
    account.registers =
      block === head ? Array.from({ length: REGISTERS }, (_, number) => atomSum(number)) : joined(comingFrom(block));
    let offset = blocks[block]!.start;
    for (const [index, { length }] of blocks[block]!.instructions.entries()) {
      account.instruction = index;
      if (!write(account, block, index, offset)) return undefined;
      offset += length;
    }
    ends.set(block, account.registers);
  }
  const steps = joined(comingFrom(head)).map((sum, number) => stepOf(account.spanOf(sum), number));
  return rangesOf(
    account,
    steps.map((step) => (step && isSteady(step, steps) ? step : undefined)),
  );
}

/** What is added to a register from round to round; undefined where that is no sum. */
function stepOf(span: Span | undefined, number: number): Span | undefined {
  const own = span?.terms.find(([atom]) => atom === number);
  if (!span || own?.[1] !== 1n) return undefined;
  return { ...span, terms: span.terms.filter((term) => term !== own) };
}

/** Whether a step is the same in each round, but for its constant. */
const isSteady = ({ terms, low, high }: Span, steps: readonly (Span | undefined)[]): boolean =>
  (terms.length === 0 || low === high) && terms.every(([atom]) => atom === RIP_ATOM || isUnchanged(steps[atom]));

const isUnchanged = (step: Span | undefined): boolean =>
  step !== undefined && step.terms.length === 0 && step.low === 0n && step.high === 0n;

function rangesOf(account: Account, steps: readonly (Span | undefined)[]): LoopAddresses | undefined {
  const byInstruction = new Map<string, Access[]>();
  for (const access of account.accesses) {
    const key = `${access.block}:${access.instruction}`;
    byInstruction.set(key, [...(byInstruction.get(key) ?? []), access]);
  }
  const found: { readonly place: string; readonly range: MovingRange }[] = [];
  for (const [place, accesses] of byInstruction) {
    const range = rangeOfAll(account, steps, accesses);
    if (range) found.push({ place, range });
  }
  // Reads and writes share a look where they are close, and then whatever is read alone, or written, too, where it is not too far.
  const close = merged(
    found.map(({ range }) => range),
    (one, other) => spanOfBoth(one, other) <= CLOSE,
  );
  const all = merged(close, (one, other) => one.writes === other.writes && spanOfBoth(one, other) <= WIDEST_RANGE);
  const ranges = all.slice(0, MOST_RANGES);
  const known = new Map<string, number>();
  for (const { place, range } of found) {
    const index = ranges.findIndex((one) => isOfSameSum(one, range) && one.from <= range.from && one.to >= range.to);
    if (index >= 0 && (ranges[index]!.writes || !range.writes)) known.set(place, index);
  }
  if (known.size === 0) return undefined;
  return {
    ranges,
    placesIn: (blocks) => [...known.keys()].filter((place) => blocks.includes(Number.parseInt(place, 10))).length,
    rangeOf: (block, instruction) => known.get(`${block}:${instruction}`),
  };
}

/** Ranges of one sum put together where they may be. */
function merged(
  ranges: readonly MovingRange[],
  mayBe: (one: MovingRange, other: MovingRange) => boolean,
): readonly MovingRange[] {
  const result: MovingRange[] = [];
  for (const range of ranges) {
    const index = result.findIndex((one) => isOfSameSum(one, range) && mayBe(one, range));
    if (index < 0) result.push(range);
    else result[index] = both(result[index]!, range);
  }
  return result;
}

const both = (one: MovingRange, other: MovingRange): MovingRange => ({
  ...one,
  from: Math.min(one.from, other.from),
  to: Math.max(one.to, other.to),
  writes: one.writes || other.writes,
});

const spanOfBoth = (one: MovingRange, other: MovingRange): number =>
  Math.max(one.to, other.to) - Math.min(one.from, other.from);

/** The range of one instruction's accesses, when they go through one sum. */
function rangeOfAll(
  account: Account,
  steps: readonly (Span | undefined)[],
  accesses: readonly Access[],
): MovingRange | undefined {
  let found: MovingRange | undefined;
  for (const { sum, bytes, writes } of accesses) {
    const span = sum && account.spanOf(sum);
    if (!span || !isSmall(span.low) || !isSmall(span.high)) return undefined;
    let [down, up] = [0n, 0n];
    let by = constantSum(0n);
    for (const [atom, factor] of span.terms) {
      if (atom === RIP_ATOM) continue;
      const step = steps[atom];
      if (!step) return undefined;
      const [least, most] = ascending(step.low * factor, step.high * factor);
      down += least;
      up += most;
      by = addSums(by, sumOf(step.terms, 0n), factor);
    }
    if (by.terms.length > 0 && down !== up) return undefined;
    if (-down > FARTHEST_STEP || up > FARTHEST_STEP) return undefined;
    const range = {
      terms: span.terms,
      from: Number(span.low),
      to: Number(span.high) + bytes,
      up: up > 0n ? Number(up) : 0,
      down: down < 0n ? Number(-down) : 0,
      by: by.terms,
      writes,
    };
    if (found && (!isOfSameSum(found, range) || spanOfBoth(found, range) > CLOSE)) return undefined;
    found = found ? both(found, range) : range;
  }
  return found;
}

const ascending = (a: bigint, b: bigint): readonly [bigint, bigint] => (a <= b ? [a, b] : [b, a]);

const isSmall = (value: bigint): boolean => value >= -0x8000_0000n && value < 0x8000_0000n;

const isOfSameSum = (one: MovingRange, other: MovingRange): boolean =>
  sumOf(one.terms, 0n).key === sumOf(other.terms, 0n).key;
