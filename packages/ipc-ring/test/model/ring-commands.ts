// What a ring is, without memory: plain arrays and a credit count. And the operations of both sides, each done to such a
// model and to a real ring, compared after every step.
import fc from 'fast-check';
import { expect } from 'vitest';
import {
  CQE_FLAG_UNSOLICITED,
  DEFERRED,
  initializeRing,
  NO_CREDIT,
  OP_RELEASE,
  PUSHED,
  QUEUE_FULL,
  type RingBuffer,
  RingClient,
  RingServer,
  ringBytes,
} from '../../src/index.ts';

/** The model. */
class PlainRing {
  pushed: { id: number; quiet: boolean }[] = [];
  published: { id: number; quiet: boolean }[] = [];
  deferred: number[] = [];
  written: number[] = [];
  completions: number[] = [];
  outstanding = 0;
}

interface Real {
  readonly client: RingClient;
  readonly server: RingServer;
  readonly sqEntries: number;
  readonly cqEntries: number;
  nextId: number;
  readonly counter: { steps: number };
}

// Ids tell the handler what to do: 0 complete, 1 defer, 2 fail.
const KINDS = 3;
const fails = (id: number): boolean => id % KINDS === 2;
const defers = (id: number, quiet: boolean): boolean => id % KINDS === 1 && !quiet;
const FAILURE = -2;

class Push implements fc.Command<PlainRing, Real> {
  readonly quiet: boolean;
  readonly kind: number;
  constructor(quiet: boolean, kind: number) {
    this.quiet = quiet;
    this.kind = kind;
  }
  check = (): boolean => true;
  run(plain: PlainRing, real: Real): void {
    real.counter.steps += 1;
    const id = real.nextId * KINDS + this.kind;
    const { submissions } = real.client;
    const outcome = this.quiet ? submissions.releaseQuietly(5, id) : submissions.nop(id);
    // The server frees slots as it takes entries, whether the client has looked or not.
    const taken = plain.pushed.length + plain.published.length;
    const expected = plain.outstanding >= real.cqEntries ? NO_CREDIT : taken >= real.sqEntries ? QUEUE_FULL : PUSHED;
    expect(outcome).toBe(expected);
    if (outcome !== PUSHED) return;
    real.nextId += 1;
    plain.pushed.push({ id, quiet: this.quiet });
    if (!this.quiet) plain.outstanding += 1;
  }
  toString = (): string => `push(${this.quiet ? 'quiet' : 'counted'}, ${this.kind})`;
}

class Submit implements fc.Command<PlainRing, Real> {
  check = (): boolean => true;
  run(plain: PlainRing, real: Real): void {
    real.counter.steps += 1;
    real.client.submit();
    plain.published.push(...plain.pushed.splice(0));
  }
  toString = (): string => 'submit';
}

class Serve implements fc.Command<PlainRing, Real> {
  readonly limit: number;
  constructor(limit: number) {
    this.limit = limit;
  }
  check = (): boolean => true;
  run(plain: PlainRing, real: Real): void {
    real.counter.steps += 1;
    const seen: number[] = [];
    const outcome = real.server.drain(
      {
        submit: (entry) => {
          const id = entry.userDataLow;
          seen.push(id);
          const quiet = entry.op === OP_RELEASE;
          return defers(id, quiet) ? DEFERRED : fails(id) ? FAILURE : 0;
        },
      },
      this.limit,
    );
    const expected: number[] = [];
    let end: string = 'empty';
    const limit = Math.min(this.limit, real.sqEntries);
    while (plain.published.length > 0) {
      if (expected.length >= limit) {
        end = 'limit';
        break;
      }
      if (plain.deferred.length + plain.written.length + plain.completions.length >= real.cqEntries) {
        end = 'no-credit';
        break;
      }
      const { id, quiet } = plain.published.shift()!;
      expected.push(id);
      if (defers(id, quiet)) plain.deferred.push(id);
      else if (!quiet || fails(id)) plain.written.push(id);
    }
    expect(seen).toEqual(expected);
    expect(outcome).toBe(end);
    plain.completions.push(...plain.written.splice(0));
  }
  toString = (): string => `serve(${this.limit})`;
}

class CompleteDeferred implements fc.Command<PlainRing, Real> {
  readonly pick: number;
  constructor(pick: number) {
    this.pick = pick;
  }
  check = (plain: PlainRing): boolean => plain.deferred.length > 0;
  run(plain: PlainRing, real: Real): void {
    real.counter.steps += 1;
    const [id] = plain.deferred.splice(this.pick % plain.deferred.length, 1);
    real.server.complete(id!, 0, 0, 0, 0);
    real.server.publish();
    plain.completions.push(...plain.written.splice(0), id!);
  }
  toString = (): string => `complete(${this.pick})`;
}

class Consume implements fc.Command<PlainRing, Real> {
  readonly limit: number;
  constructor(limit: number) {
    this.limit = limit;
  }
  check = (): boolean => true;
  run(plain: PlainRing, real: Real): void {
    real.counter.steps += 1;
    const seen: number[] = [];
    const count = real.client.completions.drain(
      {
        complete: ({ userData, result, flags }) => {
          seen.push(userData);
          expect(result).toBe(fails(userData) ? FAILURE : 0);
          if ((flags & CQE_FLAG_UNSOLICITED) === 0) plain.outstanding -= 1;
        },
      },
      this.limit,
    );
    const expected = plain.completions.splice(0, this.limit);
    expect(seen).toEqual(expected);
    expect(count).toBe(expected.length);
  }
  toString = (): string => `consume(${this.limit})`;
}

/** Any operation of either side. */
const commands = [
  fc.tuple(fc.boolean(), fc.nat(KINDS - 1)).map(([quiet, kind]) => new Push(quiet, kind)),
  fc.constant(new Submit()),
  fc.integer({ min: 1, max: 9 }).map((limit) => new Serve(limit)),
  fc.nat(100).map((pick) => new CompleteDeferred(pick)),
  fc.integer({ min: 1, max: 20 }).map((limit) => new Consume(limit)),
];

/** Runs `numRuns` random sequences of up to `maxCommands` operations on rings of all small sizes; answers how many ran. */
export function checkAgainstModel(
  allocate: (bytes: number) => RingBuffer,
  numRuns: number,
  maxCommands: number,
): number {
  const counter = { steps: 0 };
  fc.assert(
    fc.property(
      fc.commands(commands, { maxCommands, size: 'max' }),
      fc.nat(3),
      fc.nat(2),
      (sequence, sqOrder, extraOrder) => {
        const size = { sqEntries: 1 << sqOrder, cqEntries: 1 << (sqOrder + extraOrder) };
        const buffer = allocate(ringBytes(size) + 8);
        initializeRing(buffer, 8, size);
        const setup = () => ({
          model: new PlainRing(),
          real: {
            client: new RingClient(buffer, 8),
            server: new RingServer(buffer, 8, size),
            ...size,
            nextId: 1,
            counter,
          },
        });
        fc.modelRun(setup, sequence);
      },
    ),
    { numRuns },
  );
  return counter.steps;
}
