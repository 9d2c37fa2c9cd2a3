// A region's blocks, and where each of them goes on.
//
//   block    instructions up to a branch, a jump, a call, the end of its page, or an address that something else jumps to
//   offset   distance from the first byte of the page that the region is explored from (region-pages.ts)
//   edge     to a block of the region, or outside: an offset at which no block of it starts

import { DISPATCH_SUCCESSOR } from './flow-graph.ts';
import type { RegionBlock } from './region-block.ts';
import { isCall } from './region-code.ts';
import { pageOf, type RegionPages } from './region-pages.ts';

/** Instructions of a region, copies of loops included, at most: also the most that it runs without a look at the budget. */
export const REGION_LIMIT = 600;
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
  /** Blocks that a jump through a table leads to, and back from: by the block that jumps. They are no entrances. */
  readonly tableTargets: ReadonlyMap<number, readonly number[]>;
  /** Blocks that call, and the functions that are written anew for them, by their first blocks. */
  readonly inlined: ReadonlyMap<number, readonly number[]>;
  /** Blocks that are loops by themselves, and the number of rounds after which they are expected to be over, always. */
  readonly counted: ReadonlyMap<number, number>;
}

/** For each block that returns, the blocks that its function's calls within the region return to. */
export function returnTargets(graph: RegionGraph): ReadonlyMap<number, readonly number[]> {
  const { blocks, blockAt, indirectTargets, inlined } = graph;
  const targets = new Map<number, Set<number>>();
  const returns = new Map<number, readonly number[]>();
  for (const [number, { ending, target, end, instructions }] of blocks.entries()) {
    const returnPoint = blockAt(end);
    if (returnPoint < 0 || !isCall(instructions[instructions.length - 1]!)) continue;
    const callees = ending === 'call' ? [blockAt(target)] : ending === 'indirect' ? indirectTargets : [];
    for (const callee of callees) {
      if (callee < 0 || inlined.get(number)?.includes(callee)) continue;
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
  graph: Pick<RegionGraph, 'blockAt' | 'indirectTargets' | 'tableTargets'>,
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
      return [
        ...(graph.tableTargets.get(number) ?? []),
        ...(graph.indirectTargets.length > 0 ? [DISPATCH_SUCCESSOR] : []),
      ];
    case 'return': {
      const back = returns.get(number) ?? [];
      return back.length > MOST_COMPARED ? [DISPATCH_SUCCESSOR] : [...back];
    }
  }
}

/** Instructions of all its blocks. */
export const instructionsOf = ({ blocks }: RegionGraph): number =>
  blocks.reduce((sum, { instructions }) => sum + instructions.length, 0);

/** Entering and leaving costs more than a handful of instructions in between saves. */
export const isTrivial = ({ blocks }: RegionGraph): boolean =>
  blocks.length === 1 && blocks[0]!.instructions.length < 4 && blocks[0]!.ending === 'leave';

/** Those of some pages that blocks start in. */
export function usedPages({ blocks }: RegionGraph, pages: RegionPages): RegionPages {
  const used = new Set(blocks.map(({ start }) => pageOf(start)));
  return new Map([...pages].filter(([page]) => used.has(page)));
}
