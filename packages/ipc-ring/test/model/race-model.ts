// Whether the ring's protocol is free of data races (ECMA-262 §29.7): the two sides of ring-model.ts, each with what it can know of
// the other. Interleavings of whole steps are all there is to explore exactly if it is, because a program without data races has
// only sequentially consistent executions (§29.11); entries are read and written with plain accesses, which order nothing.
//
//   plain access to a slot ── counted by its thread ──▶ n
//   Atomics.store of a position ──── carries n ────▶ Atomics.load of it: the other side knows the first n accesses are behind it
//   a slot written by one and read by the other, or the other way round, without knowing: a race
//
// Only the four positions carry anything here; the flags, and waking up, order more than is needed. The client keeps sqHead from
// one look to the next, so a push counts on no more than the oldest sqHead that would have let it push.
import type { Step } from './explorer.ts';
import { clientStep, initialState, isEnd, type Model, type State, serverStep } from './ring-model.ts';

type Side = 'client' | 'server';
type Position = 'sqTail' | 'cqTail' | 'cqHead';

export interface RaceModel extends Model {
  /** A position stored, or loaded, with a plain access: a bug that the exploration must find. */
  readonly plain?: Position | 'sqHead';
}

/** The state of the protocol, and who knows what of whom. */
export interface Knowing {
  readonly state: State;
  /** Plain accesses of each side so far. */
  readonly count: Readonly<Record<Side, number>>;
  /** How many of the other's each side knows to be behind it. */
  readonly knows: Readonly<Record<Side, number>>;
  /** What the last store of each position carries. */
  readonly carried: Readonly<Record<Position, number>>;
  /** What the first store of sqHead that passed each position carries. */
  readonly passed: readonly number[];
  /** The last access of each side to each slot, by queue; 0 none. */
  readonly sq: Readonly<Record<Side, readonly number[]>>;
  readonly cq: Readonly<Record<Side, readonly number[]>>;
}

export function initialKnowing(model: RaceModel): Knowing {
  const none = (length: number) => ({ client: new Array(length).fill(0), server: new Array(length).fill(0) });
  return {
    state: initialState(model),
    count: { client: 0, server: 0 },
    knows: { client: 0, server: 0 },
    carried: { sqTail: 0, cqTail: 0, cqHead: 0 },
    passed: [],
    sq: none(model.sqEntries),
    cq: none(model.cqEntries),
  };
}

export const isKnowingEnd =
  (model: RaceModel) =>
  ({ state }: Knowing): boolean =>
    isEnd(model)(state);

const OTHER = { client: 'server', server: 'client' } as const;

class Knower {
  readonly count: Record<Side, number>;
  readonly knows: Record<Side, number>;
  readonly carried: Record<Position, number>;
  readonly passed: number[];
  readonly sq: Record<Side, number[]>;
  readonly cq: Record<Side, number[]>;
  private readonly side: Side;

  constructor(before: Knowing, side: Side) {
    this.side = side;
    this.count = { ...before.count };
    this.knows = { ...before.knows };
    this.carried = { ...before.carried };
    this.passed = [...before.passed];
    this.sq = { client: [...before.sq.client], server: [...before.sq.server] };
    this.cq = { client: [...before.cq.client], server: [...before.cq.server] };
  }

  /** A plain access to a slot, which the other side reads if this one writes, and writes if this one reads. */
  access(queue: 'sq' | 'cq', position: number): void {
    const slots = this[queue];
    const slot = position % slots.client.length;
    const others = slots[OTHER[this.side]][slot]!;
    if (others > this.knows[this.side]) {
      throw new Error(`the ${this.side} races with the ${OTHER[this.side]} for ${queue} slot ${slot}`);
    }
    this.count[this.side] += 1;
    slots[this.side][slot] = this.count[this.side];
  }

  store(position: Position): void {
    this.carried[position] = this.count[this.side];
  }

  load(position: Position): void {
    this.learn(this.carried[position]);
  }

  learn(carried: number): void {
    this.knows[this.side] = Math.max(this.knows[this.side], carried);
  }

  with(state: State): Knowing {
    const { count, knows, carried, passed, sq, cq } = this;
    return { state, count, knows, carried, passed, sq, cq };
  }
}

export function knowingClient(model: RaceModel): Step<Knowing> {
  const step = clientStep(model);
  return (before) =>
    step(before.state).map((after) => {
      const knower = new Knower(before, 'client');
      const { client } = before.state;
      if (after.client.pushed > client.pushed) {
        const needed = client.tail - model.sqEntries;
        if (needed >= 0 && model.plain !== 'sqHead') knower.learn(before.passed[needed]!);
        knower.access('sq', client.tail);
      }
      if (client.at === 'publish' && model.plain !== 'sqTail') knower.store('sqTail');
      if (client.at === 'look at cqTail' && model.plain !== 'cqTail') knower.load('cqTail');
      if (client.at === 'consume') knower.access('cq', client.head);
      if (client.at === 'store cqHead' && model.plain !== 'cqHead') knower.store('cqHead');
      return knower.with(after);
    });
}

export function knowingServer(model: RaceModel): Step<Knowing> {
  const step = serverStep(model);
  return (before) =>
    step(before.state).map((after) => {
      const knower = new Knower(before, 'server');
      const { server, ring } = before.state;
      if (server.at === 'load sqTail' && model.plain !== 'sqTail') knower.load('sqTail');
      if ((server.at === 'load cqHead' || server.at === 'reload cqHead') && model.plain !== 'cqHead')
        knower.load('cqHead');
      if (after.server.head > server.head) knower.access('sq', server.head);
      for (let tail = server.tail; tail < after.server.tail; tail += 1) knower.access('cq', tail);
      for (let head = ring.sqHead; head < after.ring.sqHead; head += 1) knower.passed[head] = knower.count.server;
      if (server.at === 'store cqTail' && model.plain !== 'cqTail') knower.store('cqTail');
      return knower.with(after);
    });
}
