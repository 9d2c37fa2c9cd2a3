// What a region's function is made of: its nodes, where each goes on, and in which order they are written.
//
//   node 0 … blocks.length − 1   a block: of the graph, a copy of one in a loop, or a loop's guard (loop-versions.ts)
//   the others                   a place outside at which a block goes on

import { CodeWriter } from '../wasm/code-writer.ts';
import { FlagLocals } from './flag-locals.ts';
import { analyseFlow, DISPATCH_SUCCESSOR, type FlowGraph } from './flow-graph.ts';
import { MOST_COMPARED, writeCalls } from './inlined-calls.ts';
import { findLoopAddresses, type LoopAddresses } from './loop-addresses.ts';
import { type UnexpectedWay, writeRounds } from './loop-rounds.ts';
import { type LoopPlan, planLoops } from './loop-versions.ts';
import type { RegionBlock } from './region-block.ts';
import { emitInstruction } from './region-emitter.ts';
import { REGION_LIMIT, type RegionGraph, returnTargets, type Target, targetsOf } from './region-graph.ts';
import { writeWaysIn } from './region-ways-in.ts';
import { RegisterLocals } from './register-locals.ts';

export interface RegionPlan {
  /** The number of the graph's block that each is, or is a copy of. */
  readonly original: readonly number[];
  /** Of blocks that end with a branch one way of which nobody is expected to go: that way. */
  unexpected(block: number): UnexpectedWay | undefined;
  /** Whether a block jumps through a table to successors of its own. */
  isTable(block: number): boolean;
  /** The block that surely runs after this one, and only after it: both are checked as one. */
  continuation(block: number): number | undefined;
  readonly loops: LoopPlan;
  /** Offsets of the places outside. */
  readonly outside: readonly number[];
  /** By block; DISPATCH_SUCCESSOR among them. */
  readonly successors: readonly (readonly number[])[];
  /** By node. */
  readonly predecessors: ReadonlyMap<number, readonly number[]>;
  /** Blocks at which the region is entered: where it starts, then its entrances. */
  readonly entries: readonly number[];
  readonly flow: FlowGraph;
}

/** What edges from the dispatch node come from. */
const DISPATCH_NODE = -1;

export function planRegion(graph: RegionGraph): RegionPlan {
  const returns = returnTargets(graph);
  const calls = writeCalls(
    graph,
    graph.blocks.map((block, number) => targetsOf(graph, returns, block, number)),
  );
  const { counted } = graph;
  const rounds = writeRounds({ blocks: calls.blocks, counted }, calls.targets, REGION_LIMIT);
  const enterable = writeWaysIn(rounds, [0, ...graph.entrances], REGION_LIMIT);
  const { targets } = rounds;
  const within = targets.map((all) => all.filter((target) => typeof target === 'number'));
  const loops = planLoops(rounds.blocks, within, enterable, REGION_LIMIT, ({ body }) =>
    addressesOf(rounds.blocks, within, body),
  );
  const { successors, outside } = edgesOf(loops, targets);
  const entries = enterable.map((block) => loops.route(DISPATCH_NODE, block));
  const original = loops.original.map((block) => calls.original[rounds.original[block]!]!);
  const isTable = (block: number): boolean =>
    graph.tableTargets.has(original[block]!) || (graph.inlined.get(original[block]!)?.length ?? 0) > MOST_COMPARED;
  const jumps = [...successors.keys()].filter(isTable);
  const labelled = jumps.flatMap((block) => successors[block]!.filter((next) => next !== DISPATCH_SUCCESSOR));
  const flow = analyseFlow([...successors, ...outside.map(() => [])], entries, labelled);
  const predecessors = reversed(successors, (node) => flow.nodes[node + 1]!.order >= 0);
  const unexpected = (block: number): UnexpectedWay | undefined => rounds.unexpected.get(loops.original[block]!);
  const continuation = (block: number): number | undefined => {
    const [next, ...others] = successors[block]!;
    if (next === undefined || next < 0 || next >= loops.blocks.length || others.length > 0) return undefined;
    const isSure = SURE.has(loops.blocks[block]!.ending) || unexpected(block) !== undefined;
    const isAlone = predecessors.get(next)!.length === 1 && !flow.enterable.includes(next + 1);
    return isSure && isAlone && !loops.guards.has(next) ? next : undefined;
  };
  return {
    original,
    isTable,
    unexpected,
    continuation,
    loops,
    outside,
    successors,
    predecessors,
    entries,
    flow,
  };
}

/** Endings behind which the only successor is sure to run. */
const SURE = new Set<RegionBlock['ending']>(['next', 'jump', 'call']);

function edgesOf(loops: LoopPlan, targets: readonly (readonly Target[])[]): Pick<RegionPlan, 'successors' | 'outside'> {
  const { blocks, original, guards } = loops;
  const outside: number[] = [];
  const shared = new Map<number, number>();
  /** Calls have each a place of their own: who leaves by one waits for it. */
  const nodeOutside = (offset: number, isCall: boolean): number => {
    const known = isCall ? undefined : shared.get(offset);
    if (known !== undefined) return known;
    const node = blocks.length + outside.push(offset) - 1;
    if (!isCall) shared.set(offset, node);
    return node;
  };
  const successorsOf = (block: number): number[] => {
    const version = guards.get(block);
    if (version) return [version.fastHead, version.loop.head];
    const own = targets[original[block]!]!;
    const all = own.map((target) =>
      typeof target === 'number'
        ? loops.route(block, target)
        : nodeOutside(target.outside, blocks[block]!.ending === 'call'),
    );
    const guard = loops.guardBehind(block, own);
    return guard === undefined ? all : [...all, guard];
  };
  return { successors: [...blocks.keys()].map(successorsOf), outside };
}

/** @param isReached whether anything leads to a node at all */
function reversed(
  successors: readonly (readonly number[])[],
  isReached: (node: number) => boolean,
): Map<number, number[]> {
  const predecessors = new Map<number, number[]>();
  for (const [node, targets] of successors.entries()) {
    if (!isReached(node)) continue;
    for (const target of targets) {
      const known = predecessors.get(target);
      if (known) known.push(node);
      else predecessors.set(target, [node]);
    }
  }
  return predecessors;
}

/** What of a loop's addresses its guard can vouch for: its instructions are written into nothing. */
function addressesOf(
  blocks: readonly RegionBlock[],
  successors: readonly (readonly number[])[],
  body: readonly number[],
): LoopAddresses | undefined {
  const code = new CodeWriter({ functionIndex: () => 0, typeIndex: () => 0 }, 1);
  const context = {
    registers: new RegisterLocals(code),
    flags: new FlagLocals(code),
    ripBase: code.local('i64'),
    leaveHere: () => code.unreachable(),
    charge: () => {},
    isRenewed: () => false,
    products: undefined,
    floats: { inexactRecorded: true, unobserved: true, isUsed: false },
    x87: undefined,
  };
  return findLoopAddresses(code, blocks, successors, body, (memory, block, index, offset) => {
    const instruction = blocks[block]!.instructions[index]!;
    if (instruction.row.onX87Stack) return false;
    emitInstruction(code, { ...context, memory }, instruction, offset);
    return true;
  });
}
