// A flow graph → structured WebAssembly: `block` for blocks that several edges lead to, `loop` for headers, `if` for the rest.
//
//   loop X            every header's own loop
//     block Y         a merge block that X dominates follows the end of a `block`; branching to Y leaves it
//       …X's code, with the blocks only X leads to written in place…
//     end
//     …Y…
//   end
//
// (Ramsey, "Beyond Relooper: recursive translation of unstructured control flow to structured control flow", ICFP 2022.)

import type { CodeWriter, Label } from '../wasm/code-writer.ts';
import { i32, type Local, type Value } from '../wasm/expression.ts';
import { DISPATCH, type FlowGraph } from './flow-graph.ts';

/** What the author of a block's code may end it with. Blocks are numbered as given to `analyseFlow`. */
export interface BlockExits {
  /** Continues at a successor. */
  goto(successor: number): void;
  /** Continues at one successor or the other. */
  branch(condition: Value<'i32'>, whenTrue: number, whenFalse: number): void;
  /** Continues at a successor on a condition; else what is written next runs. */
  branchIf(condition: Value<'i32'>, successor: number): void;
  /** Continues at the successor with an index, from 1 on; at 0 what is written next runs. They must be labelled in the graph. */
  table(index: Value<'i32'>, successors: readonly number[]): void;
  /** Continues at an enterable block, by its index in `graph.enterable`. `DISPATCH_SUCCESSOR` must be among the block's successors. */
  dispatch(index: Value<'i32'>): void;
}

export interface BlockEmitter {
  /** Writes the code of a block; the last thing it does is one of `exits`, or leave the function. */
  block(block: number, exits: BlockExits): void;
  /**
   * Called where an edge goes back to a loop header, before the branch: the place to poll.
   * @param goto continues at another of the block's successors instead
   */
  backEdge(from: number, to: number, goto: (successor: number) => void): void;
}

/**
 * Writes the whole region.
 * @param entry which enterable block to start at: an index into `graph.enterable`; changed by edges through the dispatch node
 */
export function emitStructured(code: CodeWriter, graph: FlowGraph, entry: Local<'i32'>, emitter: BlockEmitter): void {
  const labels = new Map<number, Label>();
  const loops = new Map<number, Label>();
  const entryIndex = new Map(graph.enterable.map((node, index) => [node, index]));

  /** Writes `node` and everything it dominates. */
  const tree = (node: number): void => {
    const merges = graph.nodes[node]!.dominated.filter((child) => graph.nodes[child]!.isMerge);
    if (!graph.nodes[node]!.isLoopHeader) {
      within(node, merges, merges.length - 1);
      return;
    }
    code.loop((again) => {
      loops.set(node, again);
      within(node, merges, merges.length - 1);
    });
    // What follows a loop is reached only by branching out of it.
    code.unreachable();
  };

  /** Writes `node` inside a `block` for each of merges[0..last]; the later in order, the further out. */
  const within = (node: number, merges: readonly number[], last: number): void => {
    if (last < 0) {
      body(node);
      return;
    }
    const merge = merges[last]!;
    code.block((leave) => {
      labels.set(merge, leave);
      within(node, merges, last - 1);
    });
    tree(merge);
  };

  const body = (node: number): void => {
    if (node === DISPATCH) {
      const targets = graph.enterable.map((target) => labels.get(target)!);
      if (targets.length === 1) code.branch(targets[0]!);
      else code.branchTable(entry, targets);
      return;
    }
    emitter.block(node - 1, {
      goto: (successor) => edge(node, successor + 1),
      branch: (condition, whenTrue, whenFalse) => {
        branchIf(node, condition, whenTrue + 1);
        edge(node, whenFalse + 1);
      },
      branchIf: (condition, successor) => branchIf(node, condition, successor + 1),
      table: (index, successors) => writeTable(node, index, successors),
      dispatch: (index) => {
        code.set(entry, index);
        code.branch(loops.get(DISPATCH)!);
      },
    });
  };

  /** A table of branches; to where an edge needs code of its own they lead by way of that. */
  const writeTable = (from: number, index: Value<'i32'>, successors: readonly number[]): void => {
    const found = new Map<number, Label>();
    const rest = [...new Set(successors)].filter((successor) => {
      const label = labelOf(from, successor + 1);
      if (label !== undefined) found.set(successor, label);
      return label === undefined;
    });
    code.block((otherwise) => {
      const within = (next: number): void => {
        const successor = rest[next];
        if (successor === undefined) {
          code.branchTable(index, [otherwise, ...successors.map((one) => found.get(one)!), otherwise]);
          return;
        }
        code.block((label) => {
          found.set(successor, label);
          within(next + 1);
        });
        edge(from, successor + 1);
      };
      within(0);
    });
  };

  const branchIf = (from: number, condition: Value<'i32'>, to: number): void => {
    const direct = labelOf(from, to);
    if (direct !== undefined) code.branchIf(direct, condition);
    else code.if(condition, () => edge(from, to));
  };

  /** The label of an edge that needs no code of its own. */
  const labelOf = (from: number, to: number): Label | undefined =>
    graph.nodes[to]!.order > graph.nodes[from]!.order && graph.nodes[to]!.isMerge ? labels.get(to) : undefined;

  const edge = (from: number, to: number): void => {
    if (graph.nodes[to]!.order > graph.nodes[from]!.order) {
      if (graph.nodes[to]!.isMerge) code.branch(labels.get(to)!);
      else tree(to);
      return;
    }
    emitter.backEdge(from - 1, to - 1, (successor) => edge(from, successor + 1));
    if (graph.goesThroughDispatch(from, to)) {
      code.set(entry, i32(entryIndex.get(to)!));
      code.branch(loops.get(DISPATCH)!);
    } else code.branch(loops.get(to)!);
  };

  tree(DISPATCH);
}
