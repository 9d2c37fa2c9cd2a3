// Which instructions a region is made of: what direct jumps, conditional branches, calls and returned calls reach from one address, as
// far as whoever asks wants it: what hardly ever runs costs compile time and registers for nothing, and what another region begins
// with is better linked to than made again.
//
//   block    instructions up to a branch, a jump, a call, the end of its page, or an address that something else jumps to
//   offset   distance from the first byte of the region's lowest page; the region starts in the page in the middle
//   edge     to a block of the region, or outside: an offset at which no block of it starts
//
//   first what the function itself reaches ─▶ then functions it calls ─▶ then, if it jumps through registers, what is hot nearby

import { DECODED, type Decoder, Instruction } from '../decode/decoder.ts';
import { DISPATCH_SUCCESSOR } from './flow-graph.ts';
import type { RegionBlock } from './region-block.ts';
import { whereToBegin } from './region-start.ts';

const PAGE = 4096;
/** Pages that a region may lie in; records hold offsets in 16 bits. */
export const REGION_PAGES = 15;
/** The page that a region starts in. */
export const MIDDLE_PAGE = 7;
const MOST_BLOCKS = 96;
/** Instructions of a region, copies of loops included, at most: also the most that it runs without a look at the budget. */
export const REGION_LIMIT = 600;
/** A region is made anew with what has become hot since while it has fewer instructions: larger ones might leave out each other's. */
const MOST_REPLACED = 300;
/** Called functions are taken in until the region has so many instructions. */
const LIMIT_WITH_CALLEES = 400;
/** Loops around the start are looked for among so many instructions. */
const LARGEST_AROUND = 250;
/** Records number their instruction within the block in a byte. */
const LONGEST_BLOCK = 64;

/** A return is compared with so many places in turn; where there are more, a table is asked. */
const MOST_COMPARED = 3;

export interface RegionGraph {
  /** The first one is where the region starts. */
  readonly blocks: readonly RegionBlock[];
  /** Number of the block at an offset, or −1. */
  blockAt(offset: number): number;
  /** Where a region is entered, as an offset, whose place this one takes. */
  readonly replaces: number | undefined;
  /** Blocks at which the region can be entered beside the first: what calls return to, what is jumped to through registers. */
  readonly entrances: readonly number[];
  /** Those of them that indirect jumps and calls may lead to. */
  readonly indirectTargets: readonly number[];
}

/** Whether an instruction, at an offset, can be executed inside a region at all. */
export type Translatable = (instruction: Instruction, offset: number) => boolean;

interface Decoded {
  readonly instruction: Instruction;
  readonly end: number;
  readonly ending: RegionBlock['ending'];
  readonly target: number;
}

/** Says what a region may be made of. */
export interface Extent {
  /** The bytes of one of the REGION_PAGES pages; undefined where nothing can be fetched. */
  page(index: number): Uint8Array | undefined;
  /** Whether an offset that control may go to, from a block that starts at `leader`, belongs to the region. */
  includes(offset: number, leader: number): boolean;
  /** Whether an offset that control may go to has been run so often that it belongs to the region if it is in a loop around its start. */
  includesAround(offset: number, leader: number): boolean;
  /** Whether a function that is called belongs to the region. */
  includesCallee(offset: number): boolean;
  /** Whether another region starts at an offset that this one takes the place of. */
  supersedes(offset: number): boolean;
  /** Whether a region that is there is entered at an offset, and leaves out where this one starts. */
  isReplaceable(offset: number): boolean;
  /** Offsets of hot blocks that an indirect jump may lead to, the most likely first. */
  indirectTargets(): Iterable<number>;
}

/** Explores from `start`, an offset. Null when not even the first instruction can be translated. */
export function exploreRegion(
  start: number,
  decoder: Decoder,
  isTranslatable: Translatable,
  extent: Extent,
): RegionGraph | null {
  const decoded = new Map<number, Decoded>();
  const decode = (at: number): Decoded | null => decodeOne(extent, at, decoder, isTranslatable);
  const around = blocksAround(start, decode, extent);
  const leaders = new Set([start]);
  const entrances = new Set<number>();
  const callees = new Set<number>();
  const pending = [start];
  const add = (offset: number): void => {
    if (leaders.has(offset)) return;
    leaders.add(offset);
    pending.push(offset);
  };
  const isWithin = (offset: number): boolean => offset >= 0 && offset < REGION_PAGES * PAGE;
  const reach = (offset: number, leader: number): boolean => {
    if (!isWithin(offset)) return false;
    if (leaders.has(offset)) return true;
    if (leaders.size >= MOST_BLOCKS || !(around.has(offset) || extent.includes(offset, leader))) return false;
    add(offset);
    return true;
  };
  let hasIndirect = false;

  const explore = (limit: number): void => {
    for (let offset = pending.pop(); offset !== undefined; offset = pending.pop()) {
      let at = offset;
      let length = 0;
      while (!decoded.has(at) && decoded.size < limit) {
        const one = decode(at);
        if (one === null) break;
        decoded.set(at, one);
        const { ending, target, end } = one;
        if (ending === 'jump' || ending === 'branch') reach(target, offset);
        if (ending === 'branch') reach(end, offset);
        if (ending === 'call') callees.add(target);
        if (isCall(one.instruction) && reach(end, offset)) entrances.add(end);
        if (ending === 'indirect') hasIndirect = true;
        if (ending !== 'next') break;
        at = end;
        if (at % PAGE === 0) {
          reach(at, offset);
          break;
        }
        if (++length % LONGEST_BLOCK === 0) leaders.add(at);
      }
    }
  };

  explore(REGION_LIMIT);
  if (decoded.get(start) === undefined) return null;
  for (const leader of leaders) if (leader !== start && extent.supersedes(leader)) entrances.add(leader);
  const isFull = (): boolean => decoded.size >= LIMIT_WITH_CALLEES || leaders.size >= MOST_BLOCKS;
  const takeCallees = (): void => {
    for (const callee of callees) {
      if (isFull()) return;
      if (leaders.has(callee) || !isWithin(callee) || !extent.includesCallee(callee)) continue;
      add(callee);
      explore(LIMIT_WITH_CALLEES);
    }
  };
  takeCallees();
  const indirectTargets: number[] = [];
  if (hasIndirect) {
    for (const target of extent.indirectTargets()) {
      if (isFull()) break;
      if (decoded.has(target)) continue;
      indirectTargets.push(target);
      entrances.add(target);
      add(target);
      explore(LIMIT_WITH_CALLEES);
    }
    takeCallees();
  }

  const blocks: RegionBlock[] = [];
  const numbers = new Map<number, number>();
  for (const leader of leaders) {
    const block = blockFrom(leader, decoded, leaders);
    if (block === null) continue;
    numbers.set(leader, blocks.length);
    blocks.push(block);
  }
  const blockAt = (offset: number): number | undefined => numbers.get(offset);
  const isReplaceable = (block: number): boolean =>
    decoded.size < MOST_REPLACED && extent.isReplaceable(blocks[block]!.start);
  const { head, replaced } = whereToBegin(blocks, blockAt, isReplaceable);
  const replaces = replaced === undefined ? undefined : blocks[replaced]!.start;
  if (head !== 0) {
    blocks.unshift(...blocks.splice(head, 1));
    for (const [number, { start: leader }] of blocks.entries()) numbers.set(leader, number);
  }
  const numbersOf = (offsets: Iterable<number>): number[] =>
    [...offsets].flatMap((offset) => numbers.get(offset) ?? []);
  return {
    blocks,
    blockAt: (offset) => numbers.get(offset) ?? -1,
    replaces,
    entrances: numbersOf(entrances).filter((block) => block !== 0),
    indirectTargets: numbersOf(indirectTargets),
  };
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
      else if (offset >= 0 && offset < REGION_PAGES * PAGE && extent.includesAround(offset, leader)) {
        before.set(offset, [leader]);
      }
    };
    for (let at = leader, one = decode(at); one !== null; one = decode(at)) {
      if (++instructions > LARGEST_AROUND) return new Set();
      const { ending, target, end } = one;
      if (ending === 'jump' || ending === 'branch') go(target);
      if (ending === 'branch') go(end);
      if (ending !== 'next') break;
      at = end;
      if (before.has(at) || at % PAGE === 0) {
        go(at);
        break;
      }
    }
  }
  const around = new Set([start]);
  for (const block of around) for (const one of before.get(block) ?? []) around.add(one);
  return around;
}

function decodeOne(extent: Extent, at: number, decoder: Decoder, isTranslatable: Translatable): Decoded | null {
  const page = extent.page(Math.floor(at / PAGE));
  if (page === undefined) return null;
  const instruction = new Instruction();
  if (decoder.decode(page, at % PAGE, PAGE, instruction) !== DECODED.ok) return null;
  const end = at + instruction.length;
  const { row } = instruction;
  if (!isTranslatable(instruction, at)) return { instruction, end, ending: 'leave', target: -1 };
  const isRelative = row.operands.some(({ field }) => field === 'relative');
  const target = isRelative ? end + instruction.immediateLow : -1;
  return { instruction, end, ending: endingOf(instruction, isRelative), target };
}

function endingOf(instruction: Instruction, isRelative: boolean): RegionBlock['ending'] {
  const { row } = instruction;
  if (isRelative && isCall(instruction)) return 'call';
  if (isRelative) return row.endsBlock ? 'jump' : 'branch';
  if (!row.endsBlock) return 'next';
  return row.mnemonic === 'RET' ? 'return' : 'indirect';
}

const isCall = ({ row }: Instruction): boolean => row.mnemonic === 'CALL';

function blockFrom(
  leader: number,
  decoded: ReadonlyMap<number, Decoded>,
  leaders: ReadonlySet<number>,
): RegionBlock | null {
  const instructions: Instruction[] = [];
  let at = leader;
  let last: Decoded | undefined;
  for (let one = decoded.get(at); one !== undefined; one = decoded.get(at)) {
    instructions.push(one.instruction);
    last = one;
    at = one.end;
    if (one.ending !== 'next' || leaders.has(at) || at % PAGE === 0) break;
  }
  if (last === undefined) return null;
  return { start: leader, instructions, end: at, ending: last.ending, target: last.target };
}

/** For each block that returns, the blocks that its function's calls within the region return to. */
export function returnTargets(graph: RegionGraph): ReadonlyMap<number, readonly number[]> {
  const { blocks, blockAt, indirectTargets } = graph;
  const targets = new Map<number, Set<number>>();
  const returns = new Map<number, readonly number[]>();
  for (const { ending, target, end, instructions } of blocks) {
    const returnPoint = blockAt(end);
    if (returnPoint < 0 || !isCall(instructions[instructions.length - 1]!)) continue;
    const callees = ending === 'call' ? [blockAt(target)] : ending === 'indirect' ? indirectTargets : [];
    for (const callee of callees) {
      if (callee < 0) continue;
      let found = returns.get(callee);
      if (!found) {
        found = returnsOf(callee, blocks, blockAt);
        returns.set(callee, found);
      }
      for (const block of found) {
        const known = targets.get(block);
        if (known) known.add(returnPoint);
        else targets.set(block, new Set([returnPoint]));
      }
    }
  }
  return new Map([...targets].map(([block, points]) => [block, [...points]]));
}

/** The blocks of a function that return from it. */
function returnsOf(callee: number, blocks: readonly RegionBlock[], blockAt: RegionGraph['blockAt']): readonly number[] {
  const seen = new Set([callee]);
  const found: number[] = [];
  for (const number of seen) {
    const { ending, target, end } = blocks[number]!;
    if (ending === 'return') found.push(number);
    const next = { next: [end], branch: [end, target], jump: [target], call: [end], indirect: [end] }[ending as 'next'];
    for (const offset of next ?? []) if (blockAt(offset) >= 0) seen.add(blockAt(offset));
  }
  return found;
}

/** Where a block goes on: at another of the graph, by its number, at the dispatch node, or at an offset outside. */
export type Target = number | { readonly outside: number };

/** @param returns what `returnTargets` gave */
export function targetsOf(
  graph: Pick<RegionGraph, 'blockAt' | 'indirectTargets'>,
  returns: ReturnType<typeof returnTargets>,
  { ending, target, end }: RegionBlock,
  number: number,
): Target[] {
  const at = (offset: number): Target => {
    const inside = graph.blockAt(offset);
    return inside >= 0 ? inside : { outside: offset };
  };
  switch (ending) {
    case 'leave':
      return [];
    case 'jump':
    case 'call':
      return [at(target)];
    case 'branch':
      return [at(target), at(end)];
    case 'next':
      return [at(end)];
    case 'indirect':
      return graph.indirectTargets.length > 0 ? [DISPATCH_SUCCESSOR] : [];
    case 'return': {
      const back = returns.get(number) ?? [];
      return back.length > MOST_COMPARED ? [DISPATCH_SUCCESSOR] : [...back];
    }
  }
}
