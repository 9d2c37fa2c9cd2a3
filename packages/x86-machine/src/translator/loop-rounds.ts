// Counted loops (counted-loops.ts) written out in a region's graph: their rounds as blocks of their own, one behind the other.

import type { RegionBlock } from './region-block.ts';
import type { RegionGraph, Target } from './region-graph.ts';

/** The way of a branch that is not expected to be gone: the region is left there. */
export interface UnexpectedWay {
  /** Whether that is where the branch jumps, or what follows it. */
  readonly whenTaken: boolean;
  /** Where it leads, as an offset. */
  readonly outside: number;
  /** Where the counted loop starts, as an offset. */
  readonly loop: number;
}

export interface WrittenRounds {
  /** Those of the graph, of which a counted loop is the first round, then the other rounds. */
  readonly blocks: RegionBlock[];
  /** The number of the graph's block that each is. */
  readonly original: number[];
  /** Where each goes on. */
  readonly targets: (readonly Target[])[];
  /** By the number of a round's block. */
  readonly unexpected: Map<number, UnexpectedWay>;
}

/**
 * @param targets where the graph's blocks go on
 * @param limit instructions in all
 */
export function writeRounds(
  graph: Pick<RegionGraph, 'blocks' | 'counted'>,
  targets: readonly Target[][],
  limit: number,
): WrittenRounds {
  const blocks = [...graph.blocks];
  const original = [...blocks.keys()];
  const all: (readonly Target[])[] = [...targets];
  const unexpected = new Map<number, UnexpectedWay>();
  let room = limit - blocks.reduce((sum, { instructions }) => sum + instructions.length, 0);
  for (const [number, rounds] of graph.counted) {
    const block = graph.blocks[number]!;
    const [, exit] = targets[number]!;
    const more = (rounds - 1) * block.instructions.length;
    if (more > room || exit === undefined) continue;
    room -= more;
    let last = number;
    for (let round = 1; round < rounds; round++) {
      const next = blocks.push(block) - 1;
      original.push(number);
      all[last] = [next];
      unexpected.set(last, { whenTaken: false, outside: block.end, loop: block.start });
      last = next;
    }
    all[last] = [exit];
    unexpected.set(last, { whenTaken: true, outside: block.start, loop: block.start });
  }
  return { blocks, original, targets: all, unexpected };
}
