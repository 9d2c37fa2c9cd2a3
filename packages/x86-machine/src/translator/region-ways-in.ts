// Entrances in the middle of loops get a way in of their own, up to a loop's head.
//
//   head ─▶ E ─▶ T ─▶ head     entered at E        head ─▶ E ─▶ T ─▶ head ◀─ T' ◀─ E'     entered at E'
//
// A loop that is entered elsewhere than at its head goes round by the dispatch node, which wants every register in its place, and
// nothing of it can be vouched for (loop-versions.ts). Control comes in rarely, and what it goes through then is short.

import { analyseFlow, DISPATCH, type FlowGraph } from './flow-graph.ts';
import type { WrittenRounds } from './loop-rounds.ts';

/** Instructions of a way in, at most, and of all of a region. */
const LONGEST_WAY = 32;
const MOST_INSTRUCTIONS = 64;
/** Entrances of a region that is looked at: for each of them the graph may be analysed once more. */
const MOST_ENTRANCES = 12;

/**
 * @param written to which ways in are added
 * @param enterable blocks at which the region is entered; the first one is where it starts
 * @param limit instructions in all
 * @returns blocks at which it is entered then
 */
export function writeWaysIn(
  { blocks, original, targets, unexpected }: WrittenRounds,
  enterable: readonly number[],
  limit: number,
): readonly number[] {
  const sizeOf = (some: Iterable<number>): number => {
    let size = 0;
    for (const block of some) size += blocks[block]!.instructions.length;
    return size;
  };
  if (enterable.length > MOST_ENTRANCES) return enterable;
  const within = targets.map((all) => all.filter((target) => typeof target === 'number'));
  const fixed = [enterable[0]!];
  let ways = new Map<number, ReadonlySet<number>>();
  // What only calls that leave the region return to has no way, nor what is in no loop.
  for (let stays: number | undefined = 0; stays !== undefined; ) {
    const flow = analyseFlow(within, fixed);
    const moved = enterable.filter((one) => !fixed.includes(one));
    ways = new Map(moved.map((one) => [one, wayIn(flow, one, (way) => sizeOf(way) <= LONGEST_WAY)]));
    stays = moved.find((one) => ways.get(one)!.size === 0);
    if (stays !== undefined) fixed.push(stays);
  }
  let room = Math.min(limit - sizeOf(blocks.keys()), MOST_INSTRUCTIONS);
  return enterable.map((entrance) => {
    const way = ways.get(entrance) ?? [];
    room -= sizeOf(way);
    if (room < 0) return entrance;
    const copies = new Map<number, number>();
    for (const block of way) copies.set(block, blocks.length + copies.size);
    for (const [block, copy] of copies) {
      const rare = unexpected.get(block);
      if (rare) unexpected.set(copy, rare);
      blocks.push(blocks[block]!);
      original.push(original[block]!);
      targets.push(targets[block]!.map((target) => copies.get(target as number) ?? target));
    }
    return copies.get(entrance) ?? entrance;
  });
}

/**
 * What leads from a block in the middle of a loop to the head of the outermost one to which that is short enough: a function that calls
 * itself is a loop, too.
 */
function wayIn(
  { nodes, goesThroughDispatch }: FlowGraph,
  block: number,
  isShort: (way: ReadonlySet<number>) => boolean,
): ReadonlySet<number> {
  let way = new Set<number>();
  for (let head = nodes[block + 1]!.immediateDominator; head > DISPATCH; head = nodes[head]!.immediateDominator) {
    const { order } = nodes[head]!;
    const onwards = new Set([block + 1]);
    for (const node of onwards) {
      for (const next of nodes[node]!.successors) {
        if (nodes[next]!.order > order && !goesThroughDispatch(next, head)) onwards.add(next);
      }
    }
    const back = new Set<number>();
    for (let size = -1; size < back.size; ) {
      size = back.size;
      for (const node of onwards) {
        if (nodes[node]!.successors.some((next) => next === head || back.has(next - 1))) back.add(node - 1);
      }
    }
    if (back.size > 0 && isShort(back)) way = back;
  }
  return way;
}
