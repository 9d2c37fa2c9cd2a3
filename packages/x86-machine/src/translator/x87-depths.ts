// Where the top of the x87 stack is in each block of a region, relative to the others: found from what instructions push and pop.
//
// Blocks that jumps connect agree on it, whichever way they are walked. Blocks that nothing in the region connects (what a call
// returns to) need not: a region's entry says anew where the top is. Where two ways to a block disagree, as in a loop that fills
// the stack, there is no such number, and the region leaves the x87 to the interpreter.

import type { Instruction } from '../decode/decoder.ts';
import { DISPATCH_SUCCESSOR } from './flow-graph.ts';
import type { RegionBlock } from './region-block.ts';
import type { X87Plan } from './x87-locals.ts';

/** How far an instruction moves the top: −1 for a push, 1 for a pop. */
export type StackEffect = (instruction: Instruction) => number;

/**
 * @param successors of each block; those beyond the last block are ignored
 * @param entries the blocks the region can be entered at
 * @returns undefined for a region without x87 instructions, or with ones that disagree
 */
export function planX87(
  blocks: readonly RegionBlock[],
  successors: readonly (readonly number[])[],
  entries: readonly number[],
  effect: StackEffect,
): X87Plan | undefined {
  if (!blocks.some(({ instructions }) => instructions.some(({ row }) => row.onX87Stack))) return undefined;
  const moved = blocks.map(({ instructions, ending }) =>
    // What a block leaves to the interpreter goes on outside.
    ending === 'leave'
      ? 0
      : instructions.reduce((sum, instruction) => sum + (instruction.row.onX87Stack ? effect(instruction) : 0), 0),
  );
  const edges = successors.flatMap((targets, from) =>
    targets
      .flatMap((to) => (to === DISPATCH_SUCCESSOR ? entries : to))
      .filter((to) => to < blocks.length && from < blocks.length)
      .map((to) => ({ from, to })),
  );
  const touching = new Map<number, { readonly other: number; readonly distance: number }[]>();
  const note = (block: number, other: number, distance: number): void => {
    const known = touching.get(block);
    if (known) known.push({ other, distance });
    else touching.set(block, [{ other, distance }]);
  };
  for (const { from, to } of edges) {
    note(from, to, moved[from]!);
    note(to, from, -moved[from]!);
  }
  const depths: (number | undefined)[] = blocks.map(() => undefined);
  for (const [start] of blocks.entries()) {
    if (depths[start] !== undefined) continue;
    depths[start] = 0;
    const pending = [start];
    for (let block = pending.pop(); block !== undefined; block = pending.pop()) {
      for (const { other, distance } of touching.get(block) ?? []) {
        const depth = depths[block]! + distance;
        if (depths[other] === undefined) {
          depths[other] = depth;
          pending.push(other);
        } else if ((depths[other] - depth) & 7) return undefined;
      }
    }
  }
  return {
    depths: depths as number[],
    entryDepths: entries.map((block) => depths[block]!),
    loadsControl: blocks.some(({ instructions }) => instructions.some(({ row }) => row.mnemonic === 'FLDCW')),
  };
}
