// Any graph, structured, walks as the graph does.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyseFlow } from '../../src/translator/flow-graph.ts';
import { emitStructured } from '../../src/translator/structure.ts';
import { add, and, eqz, mul, shl, shrU, sub } from '../../src/wasm/arithmetic.ts';
import { engine } from '../../src/wasm/engine.ts';
import { i32, load } from '../../src/wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../../src/wasm/function-definition.ts';
import { ModuleWriter } from '../../src/wasm/module-writer.ts';

const MULTIPLIER = 1664525;
const INCREMENT = 1013904223;
const LIMIT = 200;

interface Walk {
  readonly trace: number[];
  readonly backEdges: number;
}

/** What the graph itself does: block after block, choosing by the top bits of a linear congruential generator. */
function walk(successors: number[][], entry: number, seed: number): number[] {
  const trace: number[] = [];
  let state = seed;
  let block = entry;
  while (trace.length < LIMIT) {
    trace.push(block);
    const next = successors[block]!;
    if (next.length === 0) break;
    state = (Math.imul(state, MULTIPLIER) + INCREMENT) | 0;
    if (next.length <= 2) block = next.length === 1 ? next[0]! : next[state < 0 ? 0 : 1]!;
    else block = next[(state >>> 29) - 1] ?? next[0]!;
  }
  return trace;
}

function compile(successors: number[][], entries: number[]): (entryIndex: number, seed: number) => Walk {
  const labelled = successors.flatMap((next) => (next.length > 2 ? next : []));
  const graph = analyseFlow(successors, entries, labelled);
  const region = defineFunction('region', ['i32', 'i32'], [], (code, start, seed) => {
    const entry = code.let(start);
    const state = code.let(seed);
    const length = code.local('i32');
    const backEdges = code.local('i32');
    const leave = () => {
      code.store('i32.store', i32(0), length);
      code.store('i32.store', i32(4), backEdges);
      code.return();
    };
    emitStructured(code, graph, entry, {
      block: (block, exits) => {
        code.store('i32.store', shl(length, i32(2)), i32(block), 8);
        code.set(length, add(length, i32(1)));
        const next = successors[block]!;
        if (next.length === 0) return leave();
        code.if(eqz(sub(length, i32(LIMIT))), leave);
        code.set(state, add(mul(state, i32(MULTIPLIER)), i32(INCREMENT)));
        if (next.length === 1) exits.goto(next[0]!);
        else if (next.length > 2) {
          exits.table(shrU(state, i32(29)), next);
          exits.goto(next[0]!);
        } else exits.branch(and(shrU(state, i32(31)), i32(1)), next[0]!, next[1]!);
      },
      backEdge: () => code.set(backEdges, add(backEdges, i32(1))),
    });
  });
  const writer = new ModuleWriter([]);
  writer.export('region', region as unknown as FunctionDefinition);
  const memory = new engine.Memory({ initial: 1 });
  const instance = new engine.Instance(new engine.Module(writer.finish()), { host: { memory } });
  const words = new Int32Array(memory.buffer);
  return (entryIndex, seed) => {
    (instance.exports.region as (entry: number, seed: number) => void)(entryIndex, seed);
    return { trace: [...words.subarray(2, 2 + words[0]!)], backEdges: words[1]! };
  };
}

const graphs = fc.integer({ min: 1, max: 24 }).chain((size) =>
  fc.record({
    successors: fc.array(fc.array(fc.nat(size - 1), { maxLength: 5, size: 'max' }), {
      minLength: size,
      maxLength: size,
    }),
    entries: fc.uniqueArray(fc.nat(size - 1), { minLength: 1, maxLength: 4 }),
    seeds: fc.array(fc.integer(), { minLength: 1, maxLength: 6 }),
  }),
);

describe('structured control flow', () => {
  test('walks any graph, reducible or not, from every entry, as the graph itself does', () => {
    fc.assert(
      fc.property(graphs, ({ successors, entries, seeds }) => {
        const run = compile(successors, entries);
        for (const seed of seeds) {
          for (const [index, entry] of entries.entries()) {
            expect(run(index, seed).trace).toEqual(walk(successors, entry, seed));
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  test('every cycle passes a back edge, so a poll there sees every loop', () => {
    fc.assert(
      fc.property(graphs, ({ successors, entries, seeds }) => {
        const run = compile(successors, entries);
        const { trace, backEdges } = run(0, seeds[0]!);
        const repeats = trace.length - new Set(trace).size;
        if (repeats > 0) expect(backEdges).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });

  test('a two-headed loop is mended through the dispatch node', () => {
    const graph = analyseFlow([[1, 2], [2], [1, 3], []], [0]);
    expect(graph.enterable.length).toBe(2);
    expect(graph.nodes[0]!.isLoopHeader).toBe(true);
  });

  test('a simple loop has its own header and no dispatch', () => {
    const graph = analyseFlow([[1], [1, 2], []], [0]);
    expect(graph.enterable).toEqual([1]);
    expect(graph.nodes[2]!.isLoopHeader).toBe(true);
    expect(graph.nodes[0]!.isLoopHeader).toBe(false);
  });
});

// `load` is part of the vocabulary a region reads its state with; the structure itself must not care what blocks do.
test('blocks may read memory between edges', () => {
  const graph = analyseFlow([[0, 1], []], [0]);
  const region = defineFunction('region', [], ['i32'], (code) => {
    const entry = code.local('i32');
    emitStructured(code, graph, entry, {
      block: (block, exits) => {
        if (block === 1) return code.return(load('i32.load', i32(0)));
        code.store('i32.store', i32(0), add(load('i32.load', i32(0)), i32(1)));
        exits.branch(sub(load('i32.load', i32(0)), i32(10)), 0, 1);
      },
      backEdge: () => {},
    });
  });
  const writer = new ModuleWriter([]);
  writer.export('region', region as unknown as FunctionDefinition);
  const memory = new engine.Memory({ initial: 1 });
  const instance = new engine.Instance(new engine.Module(writer.finish()), { host: { memory } });
  expect((instance.exports.region as () => number)()).toBe(10);
});
