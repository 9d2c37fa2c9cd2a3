// Where a region begins: at the block that became hot, or, where that is in the middle of a loop, at the loop's head.

/**
 * The block to begin with: the first, but where that is in the middle of a loop its head. That is where another region begins: one that left
 * out what has become hot since, and is made anew with it. Or it is what alone leads to the first: a loop with its condition at the end is
 * entered there, while what is jumped to, and so counted, is the body.
 * What runs in a few rounds (counted-loops.ts) is no loop here.
 * @param startOf where a block starts, as an offset
 * @param isCounted whether a block is such a loop
 */
export function whereToBegin(
  successors: readonly (readonly number[])[],
  startOf: (block: number) => number,
  isCounted: (block: number) => boolean,
  isReplaceable: (block: number) => boolean,
): { readonly head: number; readonly replaced: number | undefined } {
  const predecessors = successors.map((): number[] => []);
  for (const [number, targets] of successors.entries()) {
    for (const target of targets) if (target !== number || !isCounted(number)) predecessors[target]!.push(number);
  }
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
  if (predecessors[head]!.length > 1 && around.includes(head)) return { head, replaced };
  // Round and back: control came in at some time, in front most likely.
  const isRound = seen.has(head) && isCounted(first);
  return {
    head: isRound ? [...seen].reduce((one, other) => (startOf(other) < startOf(one) ? other : one)) : first,
    replaced,
  };
}

function reachedFrom(start: number, edges: readonly (readonly number[])[]): ReadonlySet<number> {
  const reached = new Set([start]);
  for (const block of reached) for (const target of edges[block]!) reached.add(target);
  return reached;
}
