// Which instructions a region is made of: what direct jumps, conditional branches, calls and returned calls reach from one address, as
// far as whoever asks wants it: what hardly ever runs costs compile time and registers for nothing, and what another region begins
// with is better linked to than made again.
//
//   first what the function itself reaches ─▶ then functions it calls ─▶ then, if it jumps through registers, what is hot nearby

import type { Decoder, Instruction } from '../decode/decoder.ts';
import { headAround, inlinedCalls } from './inlined-calls.ts';
import type { RegionBlock } from './region-block.ts';
import { type Decoded, decodeOne, isCall, isPageStart, isWithinReach, type Translatable } from './region-code.ts';
import { REGION_LIMIT, type RegionGraph } from './region-graph.ts';
import { pageOf } from './region-pages.ts';
import { whereToBegin } from './region-start.ts';

const MOST_BLOCKS = 96;
/** A region is made anew with what has become hot since while it has fewer instructions: larger ones might leave out each other's. */
const MOST_REPLACED = 300;
/** Called functions are taken in until the region has so many instructions. */
const LIMIT_WITH_CALLEES = 400;
/** Loops around the start are looked for among so many instructions. */
const LARGEST_AROUND = 250;
/** Cases of one switch. */
const MOST_TABLE_TARGETS = 64;
/** Records number their instruction within the block in a byte. */
const LONGEST_BLOCK = 64;

/** Says what a region may be made of. */
export interface Extent {
  /** The bytes of a page, by its number; undefined where nothing can be fetched, or in one page more than a region may lie in. */
  page(number: number): Uint8Array | undefined;
  /** Whether an offset that control may go to, from a block that starts at `leader`, belongs to the region. */
  includes(offset: number, leader: number): boolean;
  /** Whether an offset that control may go to has been run so often that it belongs to the region if it is in a loop around its start. */
  includesAround(offset: number, leader: number): boolean;
  /** Whether a function that is called belongs to the region. */
  includesCallee(offset: number): boolean;
  /** Whether another region starts at an offset that this one takes the place of. */
  supersedes(offset: number): boolean;
  /** Whether control is known to come to an offset from elsewhere often. */
  isEntered(offset: number): boolean;
  /** Whether a region that is there is entered at an offset, and leaves out where this one starts. */
  isReplaceable(offset: number): boolean;
  /** Offsets of hot blocks that an indirect jump may lead to, the most likely first. */
  indirectTargets(): Iterable<number>;
}

/** What is expected of a program that goes on as it has, and found out to be wrong by those who try. */
export interface Expectations {
  /** Whether what a block calls may be expected to return to it without leaving the region. */
  returns(caller: RegionBlock): boolean;
  /** Whether a block may be a loop that is over after a few rounds. */
  isCandidate(block: RegionBlock): boolean;
  /** Those that are, and after how many rounds, where none but `entries` is entered from outside. */
  count(
    blocks: readonly RegionBlock[],
    successors: readonly (readonly number[])[],
    entries: ReadonlySet<number>,
  ): ReadonlyMap<number, number>;
}

/**
 * Explores from `start`, an offset. Null when not even the first instruction can be translated.
 * @param known what has been decoded before, by offset: added to
 */
export function exploreRegion(
  start: number,
  decoder: Decoder,
  isTranslatable: Translatable,
  extent: Extent,
  expected: Expectations,
  known: Map<number, Decoded | null>,
): RegionGraph | null {
  const decode = (at: number): Decoded | null => {
    const page = extent.page(pageOf(at));
    if (page === undefined) return null;
    let one = known.get(at);
    if (one === undefined) {
      one = decodeOne(page, at, decoder, isTranslatable);
      known.set(at, one);
    }
    return one;
  };
  const exploration = new Exploration(start, decode, extent);
  if (!exploration.takeFunction()) return null;
  exploration.takeCallees();
  exploration.takeIndirectTargets();
  return exploration.graph(expected);
}

class Exploration {
  readonly #start: number;
  readonly #decode: (at: number) => Decoded | null;
  readonly #extent: Extent;
  /** Where blocks begin in the loops around the start. */
  readonly #around: ReadonlySet<number>;
  readonly #decoded = new Map<number, Decoded>();
  /** Where blocks begin, in the order in which they are found. */
  readonly #leaders: Set<number>;
  /** Leaders that have yet to be followed. */
  readonly #pending: number[];
  readonly #entrances = new Set<number>();
  readonly #callees = new Set<number>();
  readonly #indirectTargets: number[] = [];
  #hasIndirect = false;
  /** Those that are reached without a jump through a register. */
  #leadersBefore: ReadonlySet<number> = new Set();

  constructor(start: number, decode: (at: number) => Decoded | null, extent: Extent) {
    this.#start = start;
    this.#decode = decode;
    this.#extent = extent;
    this.#around = blocksAround(start, decode, extent);
    this.#leaders = new Set([start]);
    this.#pending = [start];
  }

  /** What is reached without calls; false when there is nothing. */
  takeFunction(): boolean {
    this.#follow(REGION_LIMIT);
    if (!this.#decoded.has(this.#start)) return false;
    for (const leader of this.#leaders) {
      const isEntrance = leader !== this.#start && this.#extent.supersedes(leader);
      if (isEntrance || this.#extent.isEntered(leader)) this.#entrances.add(leader);
    }
    return true;
  }

  takeCallees(): void {
    for (const callee of this.#callees) {
      if (this.#isFull) return;
      if (this.#leaders.has(callee) || !isWithinReach(callee) || !this.#extent.includesCallee(callee)) continue;
      this.#add(callee);
      this.#follow(LIMIT_WITH_CALLEES);
    }
  }

  /** With what they call. */
  takeIndirectTargets(): void {
    if (!this.#hasIndirect) return;
    this.#leadersBefore = new Set(this.#leaders);
    for (const target of this.#extent.indirectTargets()) {
      if (this.#isFull) break;
      if (this.#decoded.has(target)) continue;
      this.#indirectTargets.push(target);
      this.#entrances.add(target);
      this.#add(target);
      this.#follow(LIMIT_WITH_CALLEES);
    }
    this.takeCallees();
  }

  get #isFull(): boolean {
    return this.#decoded.size >= LIMIT_WITH_CALLEES || this.#leaders.size >= MOST_BLOCKS;
  }

  #add(offset: number): void {
    if (this.#leaders.has(offset)) return;
    this.#leaders.add(offset);
    this.#pending.push(offset);
  }

  /** Control may go to an offset from the block at `leader`; whether that is in the region. */
  #reach(offset: number, leader: number): boolean {
    if (!isWithinReach(offset)) return false;
    if (this.#leaders.has(offset)) return true;
    if (this.#leaders.size >= MOST_BLOCKS) return false;
    if (!this.#around.has(offset) && !this.#extent.includes(offset, leader)) return false;
    this.#add(offset);
    return true;
  }

  #follow(limit: number): void {
    for (let leader = this.#pending.pop(); leader !== undefined; leader = this.#pending.pop()) {
      this.#followFrom(leader, limit);
    }
  }

  /** Straight on, from the start of a block, up to where control may go elsewhere. */
  #followFrom(leader: number, limit: number): void {
    const decoded = this.#decoded;
    let length = 0;
    for (let at = leader; !decoded.has(at) && decoded.size < limit; ) {
      const one = this.#decode(at);
      if (one === null) return;
      decoded.set(at, one);
      at = one.end;
      this.#noteTargets(one, leader);
      if (one.ending !== 'next') return;
      if (isPageStart(at)) {
        this.#reach(at, leader);
        return;
      }
      if (++length % LONGEST_BLOCK === 0) this.#leaders.add(at);
    }
  }

  #noteTargets({ instruction, ending, target, end }: Decoded, leader: number): void {
    if (ending === 'jump' || ending === 'branch') this.#reach(target, leader);
    if (ending === 'branch') this.#reach(end, leader);
    if (ending === 'call') this.#callees.add(target);
    if (isCall(instruction) && this.#reach(end, leader)) this.#entrances.add(end);
    if (ending === 'indirect') this.#hasIndirect = true;
  }

  graph(expected: Expectations): RegionGraph {
    const blocks: RegionBlock[] = [];
    const numbers = new Map<number, number>();
    for (const leader of this.#leaders) {
      const block = this.#blockFrom(leader);
      if (block === null) continue;
      numbers.set(leader, blocks.length);
      blocks.push(block);
    }
    const isReplaceable = (block: number): boolean =>
      this.#decoded.size < MOST_REPLACED && this.#extent.isReplaceable(blocks[block]!.start);
    const numbersOf = (offsets: Iterable<number>): number[] =>
      [...offsets].flatMap((offset) => numbers.get(offset) ?? []);
    const within = blocks.map(({ ending, target, end }) => numbersOf(WAYS_ON[ending](target, end)));
    const startOf = (block: number): number => blocks[block]!.start;
    const isCandidate = (block: number): boolean => expected.isCandidate(blocks[block]!);
    const beginning = whereToBegin(within, startOf, isCandidate, isReplaceable).head;
    const tableTargets = this.#tableTargets(blocks, within, numbers);
    const isTableTarget = new Set([...tableTargets.values()].flat());
    const called = numbersOf(this.#indirectTargets).filter((block) => !isTableTarget.has(block));
    const entered = numbersOf(this.#entrances).filter((block) => !isTableTarget.has(block));
    const inlined = this.#inlined(blocks, within, numbers, called, entered, expected);
    const throughRegisters = [...blocks.keys()].filter(
      (block) => blocks[block]!.ending === 'indirect' && !tableTargets.has(block),
    );
    const isWritten = (block: number): boolean =>
      throughRegisters.length > 0 && throughRegisters.every((caller) => inlined.get(caller)?.includes(block));
    const indirectTargets = called.filter((block) => !isWritten(block));
    const returnPoints = new Set(numbersOf([...inlined.keys()].map((caller) => blocks[caller]!.end)));
    const heads = [...inlined.keys()].flatMap((caller) => headAround(caller, blocks, within) ?? []);
    const stillEntered = entered.filter((block) =>
      called.includes(block) ? indirectTargets.includes(block) : !returnPoints.has(block),
    );
    const entrances = [...new Set([...stillEntered, ...heads])];
    const withCalls = within.map((ways, block) =>
      blocks[block]!.ending === 'call' ? numbersOf([blocks[block]!.target]) : ways,
    );
    const counted = expected.count(blocks, withCalls, new Set([beginning, ...entrances, ...isTableTarget]));
    const { head, replaced } = whereToBegin(within, startOf, (block) => counted.has(block), isReplaceable);
    const replaces = replaced === undefined ? undefined : blocks[replaced]!.start;
    if (head !== 0) {
      blocks.unshift(...blocks.splice(head, 1));
      for (const [number, { start }] of blocks.entries()) numbers.set(start, number);
    }
    // The others have moved on by one, up to where the head was.
    const moved = (block: number): number => (block === head ? 0 : block < head ? block + 1 : block);
    const countedNow = [...counted].map(([block, rounds]) => [moved(block), rounds] as const);
    return {
      blocks,
      blockAt: (offset) => numbers.get(offset) ?? -1,
      replaces,
      entrances: entrances.map(moved).filter((block) => block !== 0),
      indirectTargets: indirectTargets.map(moved),
      tableTargets: new Map([...tableTargets].map(([jump, targets]) => [moved(jump), targets.map(moved)])),
      inlined: new Map([...inlined].map(([caller, callees]) => [moved(caller), callees.map(moved)])),
      counted: new Map(countedNow.filter(([block]) => block !== 0)),
    };
  }

  /**
   * For a jump through a register, if the region has a single one, what it leads to if that goes on where the region was before: the cases of a
   * switch. Functions that are called through registers return.
   */
  #tableTargets(
    blocks: readonly RegionBlock[],
    within: readonly (readonly number[])[],
    numbers: ReadonlyMap<number, number>,
  ): ReadonlyMap<number, readonly number[]> {
    const jumps = [...blocks.keys()].filter((block) => isIndirectJump(blocks[block]!));
    const [jump, ...others] = jumps;
    if (jump === undefined || others.length > 0) return new Map();
    const indirect = this.#indirectTargets.flatMap((offset) => numbers.get(offset) ?? []);
    const before = new Set([...this.#leadersBefore].flatMap((offset) => numbers.get(offset) ?? []));
    const waysOn = (block: number): readonly number[] => {
      const { end, ending } = blocks[block]!;
      const behind = ending === 'call' || ending === 'indirect' ? numbers.get(end) : undefined;
      return behind === undefined ? within[block]! : [behind];
    };
    const goesBack = (target: number): boolean => {
      const seen = new Set([target]);
      for (const block of seen) for (const next of waysOn(block)) seen.add(next);
      return [...seen].some((block) => before.has(block));
    };
    const targets = indirect.filter(goesBack).slice(0, MOST_TABLE_TARGETS);
    return targets.length > 0 ? new Map([[jump, targets]]) : new Map();
  }

  #inlined(
    blocks: readonly RegionBlock[],
    within: readonly (readonly number[])[],
    numbers: ReadonlyMap<number, number>,
    called: readonly number[],
    entered: readonly number[],
    expected: Expectations,
  ): ReadonlyMap<number, readonly number[]> {
    // Elsewhere than in a loop all that would be gained is a look at where to return to.
    const callers = [...blocks.keys()].filter((block) => {
      const isReturnedTo = numbers.has(blocks[block]!.end) && expected.returns(blocks[block]!);
      return isReturnedTo && headAround(block, blocks, within) !== undefined;
    });
    const direct = new Map<number, number>();
    for (const caller of callers) {
      const callee = blocks[caller]!.ending === 'call' ? numbers.get(blocks[caller]!.target) : undefined;
      if (callee !== undefined) direct.set(caller, callee);
    }
    const indirectCalls = callers.filter((caller) => isIndirectCall(blocks[caller]!));
    const isEntrance = (block: number): boolean => block === 0 || (entered.includes(block) && !called.includes(block));
    return inlinedCalls(blocks, within, { direct, indirectCalls, indirect: called }, isEntrance);
  }

  #blockFrom(leader: number): RegionBlock | null {
    const instructions: Instruction[] = [];
    let at = leader;
    let last: Decoded | undefined;
    for (let one = this.#decoded.get(at); one !== undefined; one = this.#decoded.get(at)) {
      instructions.push(one.instruction);
      last = one;
      at = one.end;
      if (one.ending !== 'next' || this.#leaders.has(at) || isPageStart(at)) break;
    }
    if (last === undefined) return null;
    return { start: leader, instructions, end: at, ending: last.ending, target: last.target };
  }
}

/**
 * Where blocks begin in the loops around `start`: what leads back there. What is around a hot loop is run less often, but a region that
 * leaves it out is left for it each time, and what is around becomes hot one day and has a region made that holds the loop once more.
 * Not so where it calls: what it calls may be hot only later, and belongs into the region, too.
 */
function blocksAround(start: number, decode: (at: number) => Decoded | null, extent: Extent): ReadonlySet<number> {
  const before = new Map<number, number[]>([[start, []]]);
  let instructions = 0;
  for (const leader of before.keys()) {
    const go = (offset: number): void => {
      const known = before.get(offset);
      if (known) known.push(leader);
      else if (isWithinReach(offset) && extent.includesAround(offset, leader)) before.set(offset, [leader]);
    };
    for (let at = leader, one = decode(at); one !== null; one = decode(at)) {
      if (++instructions > LARGEST_AROUND) return new Set();
      const { ending, target, end } = one;
      if (ending === 'jump' || ending === 'branch') go(target);
      if (ending === 'branch') go(end);
      if (ending !== 'next') break;
      at = end;
      if (before.has(at) || isPageStart(at)) {
        go(at);
        break;
      }
    }
  }
  const around = new Set([start]);
  for (const block of around) for (const one of before.get(block) ?? []) around.add(one);
  return around;
}

/** Where blocks go on within their function, as offsets. */
const WAYS_ON: Readonly<Record<RegionBlock['ending'], (target: number, end: number) => readonly number[]>> = {
  next: (_, end) => [end],
  branch: (target, end) => [target, end],
  jump: (target) => [target],
  call: () => [],
  return: () => [],
  indirect: () => [],
  leave: () => [],
};

const isIndirectJump = ({ ending, instructions }: RegionBlock): boolean =>
  ending === 'indirect' && !isCall(instructions[instructions.length - 1]!);

const isIndirectCall = ({ ending, instructions }: RegionBlock): boolean =>
  ending === 'indirect' && isCall(instructions[instructions.length - 1]!);
