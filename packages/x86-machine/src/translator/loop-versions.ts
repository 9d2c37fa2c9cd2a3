// Inner loops in two versions, and short ones written out several times.
//
//            ┌───────▶ guard ──────▶ fast ─▶ fast ─▶ …      without checks of addresses that move evenly (loop-addresses.ts)
//   before ──┘           │             └──────┴─ until the guard's word is used up: back to it
//                        └───────────▶ checked                as any other code; goes round by itself
//
// A short loop without such addresses is written out several times: flags that the next round overwrites are never made, and the budget
// is looked at once.

import { analyseFlow, DISPATCH_SUCCESSOR } from './flow-graph.ts';
import type { LoopAddresses } from './loop-addresses.ts';
import type { RegionBlock } from './region-block.ts';

/** Rounds of a loop of one block, by how many instructions it has at most. */
const ROUNDS = [
  { longest: 12, rounds: 4 },
  { longest: 24, rounds: 2 },
] as const;
/** Instructions of a loop that is worth a second version, at most. */
const LONGEST_LOOP = 120;

const roundsOf = ({ instructions }: RegionBlock): number =>
  ROUNDS.find(({ longest }) => instructions.length <= longest)?.rounds ?? 1;

/** Whether a block is a loop of its own that may be unrolled. */
const isShortLoop = (block: RegionBlock): boolean =>
  block.ending === 'branch' && block.target === block.start && roundsOf(block) > 1;

/** A loop that holds no other. */
export interface InnerLoop {
  readonly head: number;
  /** Its blocks, each behind those that lead to it within a round. */
  readonly body: readonly number[];
  /** Instructions on the shortest way round. */
  readonly shortest: number;
}

/** A loop that is there twice. */
export interface LoopVersion {
  readonly loop: InnerLoop;
  readonly addresses: LoopAddresses;
  /** The block, without instructions, that every edge from outside to the loop's head leads to. */
  readonly guard: number;
  readonly fastHead: number;
  /** How many times the fast version's body is written. */
  readonly rounds: number;
}

/** A block that is a copy of a loop's, in one of the rounds that are written. */
interface Copy {
  readonly loop: InnerLoop;
  readonly round: number;
  /** By number of the graph's block: its copies, by round. */
  readonly copies: ReadonlyMap<number, readonly number[]>;
  readonly rounds: number;
  /** Undefined for copies of an unrolled loop, whose first round is the loop itself. */
  readonly guard: number | undefined;
}

export interface LoopPlan {
  /** Those of the graph, then copies and guards. */
  readonly blocks: readonly RegionBlock[];
  /** The number of the graph's block that each is, or is a copy of. */
  readonly original: readonly number[];
  readonly versions: readonly LoopVersion[];
  /** By guard. */
  readonly guards: ReadonlyMap<number, LoopVersion>;
  /** The version that a block without checks belongs to. */
  fastVersionOf(block: number): LoopVersion | undefined;
  /** Where an edge from a block to one of the graph's blocks leads; −1 stands for the dispatch node as a source. */
  route(from: number, target: number): number;
  /** The guard that a block goes back to when its word is used up. */
  guardBehind(block: number, targets: readonly unknown[]): number | undefined;
}

/**
 * @param successors of each block, within the region
 * @param entries blocks at which the region is entered
 * @param limit instructions in all, copies included
 * @param addressesOf what a loop accesses; undefined where nothing of it can be vouched for
 */
export function planLoops(
  graphBlocks: readonly RegionBlock[],
  successors: readonly (readonly number[])[],
  entries: readonly number[],
  limit: number,
  addressesOf: (loop: InnerLoop) => LoopAddresses | undefined,
): LoopPlan {
  const blocks = [...graphBlocks];
  const original = [...blocks.keys()];
  const copies = new Map<number, Copy>();
  const guards = new Map<number, LoopVersion>();
  const guardOfHead = new Map<number, LoopVersion>();
  let room = limit - blocks.reduce((sum, { instructions }) => sum + instructions.length, 0);
  const write = (loop: InnerLoop, rounds: number, written: number, guard: number | undefined): readonly number[] => {
    const byBlock = new Map<number, number[]>(loop.body.map((block) => [block, written > 0 ? [block] : []]));
    for (let round = written; round < rounds; round++) {
      for (const block of loop.body) {
        byBlock.get(block)!.push(blocks.length);
        blocks.push(graphBlocks[block]!);
        original.push(block);
      }
    }
    for (const numbers of byBlock.values()) {
      for (const [round, number] of numbers.entries())
        copies.set(number, { loop, round, copies: byBlock, rounds, guard });
    }
    return byBlock.get(loop.head)!;
  };
  const sizeOf = ({ body }: InnerLoop): number =>
    body.reduce((sum, block) => sum + graphBlocks[block]!.instructions.length, 0);
  const fits = (loop: InnerLoop): boolean => sizeOf(loop) <= Math.min(LONGEST_LOOP, room);
  for (const candidates of innerLoops(graphBlocks, successors, entries)) {
    const { loop, addresses } = chooseLoop(candidates, fits, addressesOf);
    const size = sizeOf(loop);
    const first = graphBlocks[loop.head]!;
    const wanted = loop.body.length === 1 ? roundsOf(first) : 1;
    if (addresses) {
      const rounds = wanted * size <= room ? wanted : 1;
      room -= rounds * size;
      const guard = blocks.length;
      blocks.push({ start: first.start, instructions: [], end: first.start, ending: 'next', target: -1 });
      original.push(loop.head);
      const [fastHead] = write(loop, rounds, 0, guard);
      const version = { loop, addresses, guard, fastHead: fastHead!, rounds };
      guards.set(guard, version);
      guardOfHead.set(loop.head, version);
    } else if (wanted > 1 && isShortLoop(first) && (wanted - 1) * size <= room) {
      room -= (wanted - 1) * size;
      write(loop, wanted, 1, undefined);
    }
  }
  const route = (from: number, target: number): number => {
    const copy = copies.get(from);
    const numbers = copy?.copies.get(target);
    if (copy && numbers) return numbers[target === copy.loop.head ? (copy.round + 1) % copy.rounds : copy.round]!;
    const version = guardOfHead.get(target);
    return version && !version.loop.body.includes(from) ? version.guard : target;
  };
  return {
    blocks,
    original,
    versions: [...guards.values()],
    guards,
    fastVersionOf: (block) => {
      const guard = copies.get(block)?.guard;
      return guard === undefined ? undefined : guards.get(guard);
    },
    route,
    guardBehind: (block, targets) => {
      const copy = copies.get(block);
      if (copy?.guard === undefined || copy.round + 1 < copy.rounds) return undefined;
      return targets.includes(copy.loop.head) ? copy.guard : undefined;
    },
  };
}

/** The first is the whole of what goes back to one head: unless more of a smaller one's accesses can be vouched for by itself, that is meant. */
function chooseLoop(
  candidates: readonly InnerLoop[],
  fits: (loop: InnerLoop) => boolean,
  addressesOf: (loop: InnerLoop) => LoopAddresses | undefined,
): { readonly loop: InnerLoop; readonly addresses: LoopAddresses | undefined } {
  const known = candidates.map((loop) => ({ loop, addresses: fits(loop) ? addressesOf(loop) : undefined }));
  const whole = known[0]!;
  const isBetter = ({ loop: { body }, addresses }: (typeof known)[number]): boolean =>
    addresses !== undefined && addresses.placesIn(body) > (whole.addresses?.placesIn(body) ?? 0);
  return known.slice(1).find(isBetter) ?? whole;
}

/** Loops that hold no other loop and make no calls, and are entered at their head alone; several of one head, by size, where any may be meant. */
function innerLoops(
  blocks: readonly RegionBlock[],
  successors: readonly (readonly number[])[],
  entries: readonly number[],
): InnerLoop[][] {
  const goesBack = (targets: readonly number[], block: number): boolean =>
    targets.some((target) => target !== DISPATCH_SUCCESSOR && blocks[target]!.start <= blocks[block]!.start);
  if (!successors.some(goesBack)) return [];
  const { nodes, goesThroughDispatch, enterable } = analyseFlow(successors, entries);
  const predecessors: number[][] = nodes.map(() => []);
  for (const [node, { order, successors: targets }] of nodes.entries()) {
    if (order >= 0) for (const target of targets) predecessors[target]!.push(node);
  }
  const sizeOf = ({ body }: InnerLoop): number =>
    body.reduce((sum, block) => sum + blocks[block]!.instructions.length, 0);
  const found: InnerLoop[][] = [];
  for (const [head, { order }] of nodes.entries()) {
    if (head === 0 || order < 0) continue;
    const ends = predecessors[head]!.filter((end) => nodes[end]!.order >= order && !goesThroughDispatch(end, head));
    const loopBack = (from: readonly number[]): InnerLoop | undefined => {
      const inside = new Set([head, ...from]);
      for (const node of inside) if (node !== head) for (const before of predecessors[node]!) inside.add(before);
      const isPlain = [...inside].every((node) => {
        if (node === 0 || (node !== head && enterable.includes(node))) return false;
        const { ending } = blocks[node - 1]!;
        return (
          (ending === 'next' || ending === 'branch' || ending === 'jump') &&
          nodes[node]!.successors.every(
            (target) => target === head || !inside.has(target) || nodes[target]!.order > nodes[node]!.order,
          )
        );
      });
      if (!isPlain) return undefined;
      const body = [...inside].sort((one, other) => nodes[one]!.order - nodes[other]!.order);
      const successorsOf = (node: number): readonly number[] => nodes[node]!.successors;
      const shortest = shortestWay(body, successorsOf, (node) => blocks[node - 1]!.instructions.length);
      return { head: head - 1, body: body.map((node) => node - 1), shortest };
    };
    // A loop and one around it may share their head, where a region starts in the middle: then the outer one is no loop here.
    const ways = [ends, ...(ends.length > 1 ? ends.map((end) => [end]) : [])];
    const loops = ways.flatMap((way) => (way.length > 0 ? (loopBack(way) ?? []) : []));
    const [all, ...others] = loops;
    if (!all) continue;
    const parts = others.filter(({ body }) => body.length < all.body.length);
    found.push([all, ...parts.sort((one, other) => sizeOf(one) - sizeOf(other))]);
  }
  return found;
}

/** Instructions from the first of `body`, which are in order, back to it. */
function shortestWay(
  body: readonly number[],
  successorsOf: (node: number) => readonly number[],
  lengthOf: (node: number) => number,
): number {
  const before = new Map([[body[0]!, 0]]);
  let shortest = Number.POSITIVE_INFINITY;
  for (const node of body) {
    const length = before.get(node)! + lengthOf(node);
    for (const target of successorsOf(node)) {
      if (target === body[0]) shortest = Math.min(shortest, length);
      else if (body.includes(target))
        before.set(target, Math.min(before.get(target) ?? Number.POSITIVE_INFINITY, length));
    }
  }
  return shortest;
}
