// The ring's protocol as two threads of atomic steps: what submission-queue.ts, completion-queue.ts, ring-server.ts and
// ring-waiter.ts do to shared memory, in their order, and nothing else. Reads as the specification of that order.
//
//   client  push* · store sqTail · load serverFlags · notify?     server  load sqTail · load cqHead · (copy · write CQE)*
//           load cqTail · (read CQE)* · store cqHead · …                  store sqHead · store cqTail · load clientFlags · …
//           set flag · wait(cqTail)                                       set flag · wait(sqTail)  or  wait(cqHead)
//
// Ghost state (never read by the protocol) remembers what each slot is for, so that a slot written too early, read too
// early or lost is a violation where it happens.
import type { Step } from './explorer.ts';

export interface Ring {
  sqTail: number;
  sqHead: number;
  cqTail: number;
  cqHead: number;
  clientSleeps: boolean;
  serverSleeps: boolean;
  serverWantsCredit: boolean;
  sq: (number | null)[];
  cq: (number | null)[];
}

type ClientAt =
  | 'push'
  | 'publish'
  | 'look at server flags'
  | 'notify'
  | 'look at cqTail'
  | 'consume'
  | 'store cqHead'
  | 'look for credit flag'
  | 'notify credit'
  | 'set flag'
  | 'wait'
  | 'asleep'
  | 'clear flag'
  | 'done';
type ServerAt =
  | 'load sqTail'
  | 'load cqHead'
  | 'take'
  | 'reload cqHead'
  | 'store sqHead'
  | 'store cqTail'
  | 'look at client flags'
  | 'notify'
  | 'set flag'
  | 'wait'
  | 'asleep'
  | 'clear flag';

export interface State {
  readonly ring: Ring;
  readonly client: { at: ClientAt; pushed: number; tail: number; head: number; seen: number; consumed: number[] };
  readonly server: {
    at: ServerAt;
    head: number;
    tail: number;
    seen: number;
    cqHead: number;
    deferred: number[];
    credit: boolean;
    starved: boolean;
  };
}

/** Each is a bug that the exploration must find; the real protocol is the empty set. */
export type Mutant =
  | 'tail before entry'
  | 'flag before tail'
  | 'sleep without looking again'
  | 'no credit check'
  | 'head before copy'
  | 'no credit wake-up';

export interface Model {
  readonly sqEntries: number;
  readonly cqEntries: number;
  /** Operations the client submits in all. */
  readonly operations: number;
  /** Every second operation completes a drain later than it was taken. */
  readonly defers?: boolean;
  /** The client submits past its credit, as a hostile one may. */
  readonly ignoresCredit?: boolean;
  readonly mutant?: Mutant;
}

export function initialState(model: Model): State {
  return {
    ring: {
      sqTail: 0,
      sqHead: 0,
      cqTail: 0,
      cqHead: 0,
      clientSleeps: false,
      serverSleeps: false,
      serverWantsCredit: false,
      sq: new Array(model.sqEntries).fill(null),
      cq: new Array(model.cqEntries).fill(null),
    },
    client: { at: 'push', pushed: 0, tail: 0, head: 0, seen: 0, consumed: [] },
    server: {
      at: 'load sqTail',
      head: 0,
      tail: 0,
      seen: 0,
      cqHead: 0,
      deferred: [],
      credit: false,
      starved: false,
    },
  };
}

export function isEnd(model: Model): (state: State) => boolean {
  return ({ client }) => client.at === 'done' && client.consumed.length === model.operations;
}

export function clientStep(model: Model): Step<State> {
  return (before) => {
    const next = (change: (state: State) => void): State => changed(before, change);
    const { client, ring } = before;
    switch (client.at) {
      case 'push': {
        const outstanding = client.pushed - client.consumed.length;
        const credit = model.ignoresCredit || outstanding < model.cqEntries;
        const space = client.tail - ring.sqHead < model.sqEntries;
        const on = client.tail === ring.sqTail ? 'look at cqTail' : 'publish';
        const stop = next((s) => {
          s.client.at = on;
        });
        if (client.pushed === model.operations || !credit || !space) return [stop];
        const push = next((s) => {
          if (model.mutant === 'tail before entry') s.ring.sqTail = client.tail + 1;
          else writeEntry(s, model, client.tail, client.pushed);
          s.client.tail += 1;
          s.client.pushed += 1;
        });
        if (model.mutant === 'tail before entry') {
          // Published empty; the entry is written by the next step.
          push.client.at = 'publish';
          return [push];
        }
        // A batch may end after any push.
        return client.tail === ring.sqTail ? [push] : [push, stop];
      }
      case 'publish':
        return [
          next((s) => {
            if (model.mutant === 'tail before entry') writeEntry(s, model, client.tail - 1, client.pushed - 1);
            if (model.mutant === 'flag before tail') {
              // The flag was looked at before the tail is stored: the answer is carried in `seen`.
              s.client.at = 'look at server flags';
              s.client.seen = ring.serverSleeps ? 1 : 0;
              return;
            }
            s.ring.sqTail = client.tail;
            s.client.at = 'look at server flags';
          }),
        ];
      case 'look at server flags':
        return [
          next((s) => {
            if (model.mutant === 'flag before tail') s.ring.sqTail = client.tail;
            const sleeps = model.mutant === 'flag before tail' ? client.seen === 1 : ring.serverSleeps;
            s.client.seen = 0;
            s.client.at = sleeps ? 'notify' : 'look at cqTail';
          }),
        ];
      case 'notify':
        return [
          next((s) => {
            if (s.server.at === 'asleep' && !s.server.credit) s.server.at = 'clear flag';
            s.client.at = 'look at cqTail';
          }),
        ];
      case 'look at cqTail':
        return [
          next((s) => {
            s.client.seen = ring.cqTail;
            const nothing = ring.cqTail === client.head;
            const canPush =
              client.pushed < model.operations &&
              (model.ignoresCredit || client.pushed - client.consumed.length < model.cqEntries) &&
              client.tail - ring.sqHead < model.sqEntries;
            s.client.at = !nothing ? 'consume' : canPush ? 'push' : 'set flag';
          }),
        ];
      case 'consume':
        return [
          next((s) => {
            const slot = client.head % model.cqEntries;
            const completed = ring.cq[slot];
            if (completed === null || completed === undefined) throw new Error('read a completion that is not there');
            if (client.consumed.includes(completed)) throw new Error(`operation ${completed} completed twice`);
            s.ring.cq[slot] = null;
            s.client.consumed = [...client.consumed, completed].sort();
            s.client.head += 1;
            if (s.client.head === client.seen) s.client.at = 'store cqHead';
          }),
        ];
      case 'store cqHead':
        return [
          next((s) => {
            s.ring.cqHead = client.head;
            s.client.at = 'look for credit flag';
          }),
        ];
      case 'look for credit flag':
        return [
          next((s) => {
            const wanted = ring.serverWantsCredit && model.mutant !== 'no credit wake-up';
            s.client.at = wanted ? 'notify credit' : afterConsuming(s, model);
          }),
        ];
      case 'notify credit':
        return [
          next((s) => {
            if (s.server.at === 'asleep' && s.server.credit) s.server.at = 'clear flag';
            s.client.at = afterConsuming(s, model);
          }),
        ];
      case 'set flag':
        return [
          next((s) => {
            s.ring.clientSleeps = true;
            s.client.at = 'wait';
          }),
        ];
      case 'wait':
        return [
          next((s) => {
            // Atomics.wait compares and sleeps in one step.
            const changedMeanwhile = ring.cqTail !== client.head && model.mutant !== 'sleep without looking again';
            s.client.at = changedMeanwhile ? 'clear flag' : 'asleep';
          }),
        ];
      case 'clear flag':
        return [
          next((s) => {
            s.ring.clientSleeps = false;
            s.client.at = 'look at cqTail';
          }),
        ];
      case 'asleep':
      case 'done':
        return [];
    }
  };
}

function afterConsuming(state: State, model: Model): ClientAt {
  return state.client.consumed.length === model.operations ? 'done' : 'push';
}

function writeEntry(state: State, model: Model, position: number, operation: number): void {
  const slot = position % model.sqEntries;
  if (state.ring.sq[slot] !== null) throw new Error('wrote over a submission that was not taken');
  state.ring.sq[slot] = operation;
}

export function serverStep(model: Model): Step<State> {
  return (before) => {
    const next = (change: (state: State) => void): State => changed(before, change);
    const { server, ring } = before;
    const unread = server.tail - server.cqHead;
    const hasCredit = unread + server.deferred.length < model.cqEntries || model.mutant === 'no credit check';
    switch (server.at) {
      case 'load sqTail':
        return [
          next((s) => {
            s.server.seen = ring.sqTail;
            s.server.starved = false;
            s.server.at = 'load cqHead';
          }),
        ];
      case 'load cqHead':
      case 'reload cqHead':
        return [
          next((s) => {
            if (ring.cqHead < server.cqHead || ring.cqHead > ring.cqTail) throw new Error('cqHead left its window');
            s.server.cqHead = ring.cqHead;
            const credit = server.tail - ring.cqHead + server.deferred.length < model.cqEntries;
            s.server.starved = server.at === 'reload cqHead' && !credit;
            // What an earlier drain deferred completes now.
            if (server.at === 'load cqHead')
              for (const operation of server.deferred) writeCompletion(s, model, operation);
            if (server.at === 'load cqHead') s.server.deferred = [];
            s.server.at = s.server.starved ? 'store sqHead' : 'take';
          }),
        ];
      case 'take':
        return [
          next((s) => {
            if (server.head === server.seen) {
              s.server.at = 'store sqHead';
              return;
            }
            if (!hasCredit) {
              s.server.at = 'reload cqHead';
              return;
            }
            if (model.mutant === 'head before copy' && ring.sqHead === server.head) {
              s.ring.sqHead = server.head + 1;
              return;
            }
            const slot = server.head % model.sqEntries;
            const operation = ring.sq[slot];
            if (operation === null || operation === undefined) throw new Error('took a submission that is not there');
            if (operation !== server.head) throw new Error('took a submission out of order');
            s.ring.sq[slot] = null;
            s.server.head += 1;
            if (model.defers && operation % 2 === 1) s.server.deferred = [...server.deferred, operation];
            else writeCompletion(s, model, operation);
          }),
        ];
      case 'store sqHead':
        return [
          next((s) => {
            s.ring.sqHead = Math.max(server.head, ring.sqHead);
            s.server.at = 'store cqTail';
          }),
        ];
      case 'store cqTail':
        return [
          next((s) => {
            const published = ring.cqTail !== server.tail;
            s.ring.cqTail = server.tail;
            s.server.at = published ? 'look at client flags' : idle(s);
          }),
        ];
      case 'look at client flags':
        return [
          next((s) => {
            s.server.at = ring.clientSleeps ? 'notify' : idle(s);
          }),
        ];
      case 'notify':
        return [
          next((s) => {
            if (s.client.at === 'asleep') s.client.at = 'clear flag';
            s.server.at = idle(s);
          }),
        ];
      case 'set flag':
        return [
          next((s) => {
            s.server.credit = server.starved;
            if (server.starved) s.ring.serverWantsCredit = true;
            else s.ring.serverSleeps = true;
            s.server.at = 'wait';
          }),
        ];
      case 'wait':
        return [
          next((s) => {
            const now = server.credit ? ring.cqHead !== server.cqHead : ring.sqTail !== server.head;
            s.server.at = now && model.mutant !== 'sleep without looking again' ? 'clear flag' : 'asleep';
          }),
        ];
      case 'clear flag':
        return [
          next((s) => {
            s.ring.serverSleeps = false;
            s.ring.serverWantsCredit = false;
            s.server.credit = false;
            s.server.at = 'load sqTail';
          }),
        ];
      case 'asleep':
        return [];
    }
  };
}

// With deferred work in hand the server goes round again; otherwise it sleeps.
function idle(state: State): ServerAt {
  return state.server.deferred.length > 0 ? 'load sqTail' : 'set flag';
}

function writeCompletion(state: State, model: Model, operation: number): void {
  const slot = state.server.tail % model.cqEntries;
  if (state.ring.cq[slot] !== null) throw new Error('wrote over a completion that was not consumed');
  state.ring.cq[slot] = operation;
  state.server.tail += 1;
}

function changed(before: State, change: (state: State) => void): State {
  const after: State = {
    ring: { ...before.ring, sq: [...before.ring.sq], cq: [...before.ring.cq] },
    client: { ...before.client },
    server: { ...before.server },
  };
  change(after);
  return after;
}
