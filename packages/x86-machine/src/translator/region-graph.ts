// Which instructions a region is made of: what direct jumps, conditional branches and returned calls reach from one address,
// within its page, as far as whoever asks wants it: what hardly ever runs costs compile time and registers for nothing, and
// what another region begins with is better linked to than made again.
//
//   block   instructions up to a branch, a jump, a call, or an address that something else jumps to
//   edge    to a block of the region, or `outside`: an offset from the page's first byte that is not in it
//
// Regions end at the page because pages are what is mapped: the same code is then good in every address space.

import { DECODED, type Decoder, Instruction } from '../decode/decoder.ts';

const PAGE = 4096;
const MOST_BLOCKS = 64;
/** Instructions of a region, at most: also the most that it runs without a look at the budget. */
export const REGION_LIMIT = 600;
/** Records number their instruction within the block in a byte. */
const LONGEST_BLOCK = 64;

export interface RegionBlock {
  /** Offset of the first instruction in the page. */
  readonly start: number;
  readonly instructions: readonly Instruction[];
  /** Offset behind the last instruction. */
  readonly end: number;
  /**
   * What the last instruction is to the region. `transfer` is executed and leads out of it: a call, a return, an indirect
   * jump. `leave` is not executed by the region.
   */
  readonly ending: 'next' | 'branch' | 'jump' | 'transfer' | 'leave';
  /** Where `branch`, `jump` and relative calls go, as an offset; it may lie outside the page. */
  readonly target: number;
}

export interface RegionGraph {
  /** The first one is where the region starts. */
  readonly blocks: readonly RegionBlock[];
  /** Number of the block at an offset, or −1. */
  blockAt(offset: number): number;
  /** Blocks that calls return to. */
  readonly returnPoints: readonly number[];
}

/** Whether an instruction, at an offset of the page, can be executed inside a region at all. */
export type Translatable = (instruction: Instruction, offset: number) => boolean;

interface Decoded {
  readonly instruction: Instruction;
  readonly end: number;
  readonly ending: RegionBlock['ending'];
  readonly target: number;
}

/** Says where a region goes on. */
export interface Extent {
  /** Whether an offset that control may go to, from a block that starts at `leader`, belongs to the region. */
  includes(offset: number, leader: number): boolean;
}

/** Explores from `start`, an offset into `page`. Null when not even the first instruction can be translated. */
export function exploreRegion(
  page: Uint8Array,
  start: number,
  decoder: Decoder,
  isTranslatable: Translatable,
  extent: Extent,
): RegionGraph | null {
  const decoded = new Map<number, Decoded>();
  const leaders = new Set([start]);
  const returnPoints = new Set<number>();
  const pending = [start];
  const reach = (offset: number, leader: number): boolean => {
    if (offset < 0 || offset >= PAGE) return false;
    if (leaders.has(offset)) return true;
    if (leaders.size >= MOST_BLOCKS || !extent.includes(offset, leader)) return false;
    leaders.add(offset);
    pending.push(offset);
    return true;
  };

  for (let offset = pending.pop(); offset !== undefined; offset = pending.pop()) {
    let at = offset;
    let length = 0;
    while (!decoded.has(at) && decoded.size < REGION_LIMIT) {
      const one = decodeOne(page, at, decoder, isTranslatable);
      if (one === null) break;
      decoded.set(at, one);
      if (one.ending === 'jump' || one.ending === 'branch') reach(one.target, offset);
      if (one.ending === 'branch') reach(one.end, offset);
      if (isCall(one.instruction) && reach(one.end, offset)) returnPoints.add(one.end);
      if (one.ending !== 'next') break;
      at = one.end;
      if (++length % LONGEST_BLOCK === 0) leaders.add(at);
    }
  }
  if (decoded.get(start) === undefined) return null;

  const blocks: RegionBlock[] = [];
  const numbers = new Map<number, number>();
  for (const leader of leaders) {
    const block = blockFrom(leader, decoded, leaders);
    if (block === null) continue;
    numbers.set(leader, blocks.length);
    blocks.push(block);
  }
  return {
    blocks,
    blockAt: (offset) => numbers.get(offset) ?? -1,
    returnPoints: [...returnPoints].flatMap((offset) => numbers.get(offset) ?? []),
  };
}

function decodeOne(page: Uint8Array, at: number, decoder: Decoder, isTranslatable: Translatable): Decoded | null {
  if (at >= PAGE) return null;
  const instruction = new Instruction();
  if (decoder.decode(page, at, PAGE, instruction) !== DECODED.ok) return null;
  const end = at + instruction.length;
  const { row } = instruction;
  const isRelative = row.operands.some(({ field }) => field === 'relative');
  const target = isRelative ? end + instruction.immediateLow : -1;
  if (!isTranslatable(instruction, at)) return { instruction, end, ending: 'leave', target: -1 };
  if (isRelative && !isCall(instruction)) {
    return { instruction, end, ending: row.endsBlock ? 'jump' : 'branch', target };
  }
  return { instruction, end, ending: row.endsBlock ? 'transfer' : 'next', target };
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
    if (one.ending !== 'next' || leaders.has(at)) break;
  }
  if (last === undefined) return null;
  return { start: leader, instructions, end: at, ending: last.ending, target: last.target };
}
