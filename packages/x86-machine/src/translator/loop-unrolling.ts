// Short loops of one block, written out several times: what is looked at once serves several rounds.
//
//   head ─▶ copy ─▶ copy ─▶ copy ─▶ head      any of them may leave the loop
//
// The copies go on with the head's checks of addresses, and widen them: a pointer that moves on is checked once for all rounds
// (access-groups.ts). Flags that the next round overwrites are never made, and the budget is looked at once. A check may fail for the
// sake of a round that would not have run; then the interpreter runs this one, and the region is entered again at the head.

import type { RegionBlock } from './region-block.ts';

/** Rounds of a loop, by how many instructions it has at most. */
const ROUNDS = [
  { longest: 12, rounds: 4 },
  { longest: 24, rounds: 2 },
] as const;

const roundsOf = (block: RegionBlock): number =>
  isShortLoop(block) ? (ROUNDS.find(({ longest }) => block.instructions.length <= longest)?.rounds ?? 1) : 1;

/** Whether a block is a loop of its own that may be unrolled. */
export const isShortLoop = ({ ending, target, start, instructions }: RegionBlock): boolean =>
  ending === 'branch' && target === start && instructions.length <= ROUNDS[ROUNDS.length - 1]!.longest;

export interface Unrolled {
  /** Those of the graph, then copies. */
  readonly blocks: readonly RegionBlock[];
  /** The number of the graph's block that each is, or is a copy of. */
  readonly original: readonly number[];
  /** Of the rounds of unrolled loops: what comes when the loop goes on. */
  readonly nextRound: ReadonlyMap<number, number>;
}

/** @param limit instructions in all, copies included */
export function unrollLoops(blocks: readonly RegionBlock[], limit: number): Unrolled {
  const all = [...blocks];
  const original = [...blocks.keys()];
  const nextRound = new Map<number, number>();
  let room = limit - blocks.reduce((sum, { instructions }) => sum + instructions.length, 0);
  for (const [head, block] of blocks.entries()) {
    const copies = roundsOf(block) - 1;
    if (copies === 0 || copies * block.instructions.length > room) continue;
    room -= copies * block.instructions.length;
    let last = head;
    for (let copy = 0; copy < copies; copy++) {
      nextRound.set(last, all.length);
      last = all.length;
      all.push(block);
      original.push(head);
    }
    nextRound.set(last, head);
  }
  return { blocks: all, original, nextRound };
}
