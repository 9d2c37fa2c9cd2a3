// Where a region begins: at the block that became hot, or, where that is in the middle of a loop, at the loop's head.

import type { RegionBlock } from './region-block.ts';

/**
 * The block to begin with: the first, but where that is in the middle of a loop its head. That is where another region begins: one that left
 * out what has become hot since, and is made anew with it. Or it is what alone leads to the first: a loop with its condition at the end is
 * entered there, while what is jumped to, and so counted, is the body.
 */
export function whereToBegin(
  blocks: readonly RegionBlock[],
  blockAt: (offset: number) => number | undefined,
  isReplaceable: (block: number) => boolean,
): { readonly head: number; readonly replaced: number | undefined } {
  const successors = blocks.map(({ ending, target, end }) => {
    const offsets = { next: [end], branch: [target, end], jump: [target] }[ending as 'next'] ?? [];
    return offsets.flatMap((offset) => blockAt(offset) ?? []);
  });
  const predecessors = blocks.map((): number[] => []);
  for (const [number, targets] of successors.entries())
    for (const target of targets) predecessors[target]!.push(number);
  const reached = reachedFrom(0, successors);
  const around = [...reachedFrom(0, predecessors)].filter((block) => reached.has(block));
  const replaced = around.find((block) => block !== 0 && isReplaceable(block));
  const first = replaced ?? 0;
  const seen = new Set<number>();
  let head = first;
  while (predecessors[head]!.length === 1 && !seen.has(head)) {
    seen.add(head);
    head = predecessors[head]![0]!;
  }
  return { head: predecessors[head]!.length > 1 && around.includes(head) ? head : first, replaced };
}

function reachedFrom(start: number, edges: readonly (readonly number[])[]): ReadonlySet<number> {
  const reached = new Set([start]);
  for (const block of reached) for (const target of edges[block]!) reached.add(target);
  return reached;
}
