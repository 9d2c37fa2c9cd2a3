// The control-flow graph of a region: blocks, who follows whom, dominators, and an order in which loops nest.
//
//   node 0 is the dispatch node: it precedes every block at which the region can be entered
//
// WebAssembly has structured control flow only, so every loop needs one header that dominates it. A retreating edge to a
// block that does not dominate its source (an irreducible loop) is mended by making that block enterable: the edge then
// goes back through the dispatch node, which dominates everything. (Ramsey, "Beyond Relooper", ICFP 2022; dominators
// after Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm", 2001.)

export const DISPATCH = 0;
/** The dispatch node as a successor of a block. */
export const DISPATCH_SUCCESSOR = -1;

/** One node's place in the graph, once analysed. */
export interface FlowNode {
  readonly successors: readonly number[];
  /** Number in reverse postorder, 0 for the dispatch node; −1 when nothing reaches it. */
  readonly order: number;
  readonly immediateDominator: number;
  /** Nodes it immediately dominates, in reverse postorder. */
  readonly dominated: readonly number[];
  /** More than one forward edge leads here, or a table of branches does. */
  readonly isMerge: boolean;
  /** An edge leads back here. */
  readonly isLoopHeader: boolean;
}

export interface FlowGraph {
  readonly nodes: readonly FlowNode[];
  /** Blocks the dispatch node can jump to, in the order of its table. */
  readonly enterable: readonly number[];
  /** Whether the edge must go through the dispatch node (its target is enterable and does not dominate its source). */
  goesThroughDispatch(from: number, to: number): boolean;
}

/**
 * Analyses a region of `successors.length` blocks, numbered from 0 here and from 1 in the graph.
 * @param successors the blocks that each block may continue at, or DISPATCH_SUCCESSOR
 * @param entries the blocks at which the region is entered from outside
 * @param labelled blocks that are merges, however many edges lead there: a table of branches names them
 */
export function analyseFlow(
  successors: readonly (readonly number[])[],
  entries: readonly number[],
  labelled: readonly number[] = [],
): FlowGraph {
  const edges = successors.map((targets) => targets.map((target) => target + 1));
  const enterable = new Set(entries.map((entry) => entry + 1));
  for (;;) {
    const all = [[...enterable], ...edges];
    const order = reversePostorder(all);
    const dominator = immediateDominators(all, order);
    const stray = irreducibleTargets(all, order, dominator, enterable);
    if (stray.length > 0) {
      for (const target of stray) enterable.add(target);
      continue;
    }
    return finish(all, order, dominator, [...enterable], labelled);
  }
}

function reversePostorder(edges: readonly (readonly number[])[]): Int32Array {
  const order = new Int32Array(edges.length).fill(-1);
  const postorder: number[] = [];
  const visited = new Uint8Array(edges.length);
  const stack: [node: number, next: number][] = [[DISPATCH, 0]];
  visited[DISPATCH] = 1;
  while (stack.length > 0) {
    const top = stack[stack.length - 1]!;
    const target = edges[top[0]]![top[1]++];
    if (target === undefined) {
      postorder.push(top[0]);
      stack.pop();
    } else if (visited[target] === 0) {
      visited[target] = 1;
      stack.push([target, 0]);
    }
  }
  for (let i = 0; i < postorder.length; i++) order[postorder[i]!] = postorder.length - 1 - i;
  return order;
}

function immediateDominators(edges: readonly (readonly number[])[], order: Int32Array): Int32Array {
  const nodes = inOrder(order);
  const predecessors: number[][] = edges.map(() => []);
  for (const node of nodes) for (const target of edges[node]!) predecessors[target]!.push(node);
  const dominator = new Int32Array(edges.length).fill(-1);
  dominator[DISPATCH] = DISPATCH;
  const intersect = (first: number, second: number): number => {
    let a = first;
    let b = second;
    while (a !== b) {
      while (order[a]! > order[b]!) a = dominator[a]!;
      while (order[b]! > order[a]!) b = dominator[b]!;
    }
    return a;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const node of nodes) {
      if (node === DISPATCH) continue;
      let common = -1;
      for (const predecessor of predecessors[node]!) {
        if (dominator[predecessor] === -1) continue;
        common = common === -1 ? predecessor : intersect(predecessor, common);
      }
      if (dominator[node] !== common) {
        dominator[node] = common;
        changed = true;
      }
    }
  }
  return dominator;
}

const inOrder = (order: Int32Array): number[] => {
  const nodes: number[] = [];
  for (let node = 0; node < order.length; node++) if (order[node]! >= 0) nodes[order[node]!] = node;
  return nodes;
};

function dominates(dominator: Int32Array, order: Int32Array, upper: number, lower: number): boolean {
  let node = lower;
  while (order[node]! > order[upper]!) node = dominator[node]!;
  return node === upper;
}

/** Targets of retreating edges that do not dominate their source and are not yet enterable. */
function irreducibleTargets(
  edges: readonly (readonly number[])[],
  order: Int32Array,
  dominator: Int32Array,
  enterable: ReadonlySet<number>,
): number[] {
  const found: number[] = [];
  for (const node of inOrder(order)) {
    for (const target of edges[node]!) {
      const retreats = order[target]! <= order[node]!;
      if (retreats && !enterable.has(target) && !dominates(dominator, order, target, node)) found.push(target);
    }
  }
  return found;
}

function finish(
  edges: readonly (readonly number[])[],
  order: Int32Array,
  dominator: Int32Array,
  enterable: readonly number[],
  labelled: readonly number[],
): FlowGraph {
  const forward = new Int32Array(edges.length);
  const isLoopHeader = new Uint8Array(edges.length);
  const throughDispatch = (from: number, to: number): boolean =>
    order[to]! <= order[from]! && !dominates(dominator, order, to, from);
  for (const node of inOrder(order)) {
    for (const target of edges[node]!) {
      if (order[target]! > order[node]!) forward[target]!++;
      else isLoopHeader[throughDispatch(node, target) ? DISPATCH : target] = 1;
    }
  }
  for (const target of enterable) forward[target] = 2;
  for (const block of labelled) forward[block + 1]!++;
  const dominated: number[][] = edges.map(() => []);
  for (const node of inOrder(order)) if (node !== DISPATCH) dominated[dominator[node]!]!.push(node);
  const nodes = edges.map((successors, node) => ({
    successors,
    order: order[node]!,
    immediateDominator: dominator[node]!,
    dominated: dominated[node]!,
    isMerge: forward[node]! > 1,
    isLoopHeader: isLoopHeader[node] === 1,
  }));
  return { nodes, enterable, goesThroughDispatch: throughDispatch };
}
