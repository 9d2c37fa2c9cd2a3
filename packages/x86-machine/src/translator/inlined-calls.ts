// Which functions are written anew for each place in a loop of a region that calls them: small ones that call nobody.
//
//   L: … call F        R: … jnz L             L: … F's blocks ─▶ R: … jnz L
//
// A function that several places call returns to any of them, by way of the dispatch node; and what a call returns to is an entrance, so that
// no loop around it has a head that dominates it. With blocks of its own the call is as good as a jump: the return is compared with the one
// place that it should lead to. That is no entrance any more, but the head of the loop around it is: where the region is left within the
// function, the interpreter goes on up to there.

import type { RegionBlock } from './region-block.ts';
import type { RegionGraph, Target } from './region-graph.ts';

/** Instructions of a function that is written anew, and of all that are, in a region. */
const LARGEST = 24;
const MOST_INSTRUCTIONS = 120;
/** A call through a register is compared with so many functions in turn; where there are more, a table is asked. */
export const MOST_COMPARED = 2;

/** A function's blocks, the first one first. */
type Leaf = readonly number[];

export interface Callees {
  /** By the block that calls. */
  readonly direct: ReadonlyMap<number, number>;
  /** Blocks that call through registers, and what they are seen to call. */
  readonly indirectCalls: readonly number[];
  readonly indirect: readonly number[];
}

/**
 * By block that calls: functions, by their first blocks.
 * @param within where each block goes on within its function
 * @param isEntrance whether a block is entered from outside otherwise than by being called
 */
export function inlinedCalls(
  blocks: readonly RegionBlock[],
  within: readonly (readonly number[])[],
  { direct, indirectCalls, indirect }: Callees,
  isEntrance: (block: number) => boolean,
): ReadonlyMap<number, readonly number[]> {
  const sizeOf = (leaf: Leaf): number => leaf.reduce((sum, block) => sum + blocks[block]!.instructions.length, 0);
  const leafAt = (start: number): Leaf | undefined => {
    const leaf = leafFrom(start, blocks, within, isEntrance);
    return leaf && sizeOf(leaf) <= LARGEST ? leaf : undefined;
  };
  const found = new Map<number, readonly number[]>();
  let room = MOST_INSTRUCTIONS;
  const take = (caller: number, leaves: readonly Leaf[]): void => {
    const size = leaves.reduce((sum, leaf) => sum + sizeOf(leaf), 0);
    if (leaves.length === 0 || size > room) return;
    room -= size;
    found.set(
      caller,
      leaves.map((leaf) => leaf[0]!),
    );
  };
  for (const [caller, callee] of direct) {
    const leaf = leafAt(callee);
    take(caller, leaf ? [leaf] : []);
  }
  const leaves = indirect.flatMap((callee) => {
    const leaf = leafAt(callee);
    return leaf ? [leaf] : [];
  });
  for (const caller of indirectCalls) take(caller, leaves);
  return found;
}

function leafFrom(
  start: number,
  blocks: readonly RegionBlock[],
  within: readonly (readonly number[])[],
  isEntrance: (block: number) => boolean,
): Leaf | undefined {
  const seen = new Set([start]);
  let returns = false;
  for (const block of seen) {
    const { ending } = blocks[block]!;
    if (isEntrance(block) || ending === 'call' || ending === 'indirect' || ending === 'leave') return undefined;
    returns ||= ending === 'return';
    for (const next of within[block]!) seen.add(next);
  }
  return returns ? [...seen] : undefined;
}

/** The head of the innermost loop around a block, as far as addresses tell: what is jumped back to from behind the block. */
export function headAround(
  block: number,
  blocks: readonly RegionBlock[],
  within: readonly (readonly number[])[],
): number | undefined {
  const { start } = blocks[block]!;
  let head: number | undefined;
  let nearest = -1;
  // Counted, not iterated: this looks at all that every call may be in.
  for (let from = 0; from < blocks.length; from++) {
    if (blocks[from]!.start < start) continue;
    const targets = within[from]!;
    for (let i = 0; i < targets.length; i++) {
      const target = targets[i]!;
      const at = blocks[target]!.start;
      if (at > start || at <= nearest) continue;
      head = target;
      nearest = at;
    }
  }
  return head;
}

export interface WrittenCalls {
  /** Those of the graph, then those of functions once more. */
  readonly blocks: readonly RegionBlock[];
  /** The number of the graph's block that each is. */
  readonly original: readonly number[];
  /** Where each goes on. */
  readonly targets: readonly Target[][];
}

/** @param targets where the graph's blocks go on */
export function writeCalls({ blocks, blockAt, inlined }: RegionGraph, targets: readonly Target[][]): WrittenCalls {
  const all = [...blocks];
  const original = [...all.keys()];
  const result = targets.map((own) => [...own]);
  for (const [caller, callees] of inlined) {
    const returnPoint = blockAt(blocks[caller]!.end);
    const entries = callees.map((callee) => {
      const copies = new Map<number, number>();
      const copyOf = (block: number): number => {
        const known = copies.get(block);
        if (known !== undefined) return known;
        const copy = all.push(blocks[block]!) - 1;
        copies.set(block, copy);
        original.push(block);
        result.push([]);
        result[copy] =
          blocks[block]!.ending === 'return'
            ? [returnPoint]
            : targets[block]!.map((target) => (typeof target === 'number' ? copyOf(target) : target));
        return copy;
      };
      return copyOf(callee);
    });
    const others = blocks[caller]!.ending === 'call' ? [] : targets[caller]!;
    result[caller] = [...entries, ...others];
  }
  return { blocks: all, original, targets: result };
}
