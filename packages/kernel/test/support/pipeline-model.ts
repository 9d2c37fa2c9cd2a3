// Promise pipelining against a model that says what answers are (ipc/answer.ts, rules 1 to 5).
//
//   A call waits (on an answer) ─▶ queues (at the one endpoint) ─▶ flies (with the server) ─▶ is done.
//   An answer is pending, then resolved with capabilities (badge, epoch) or broken by a cause; finished, it is forgotten.
//   Resolving sends what waits on, in order; breaking breaks what waits alike. Nothing else moves.
//
// Every capability is a facet of one endpoint, so that its queue shows the order in which calls were sent on.
import { capException, Endpoint, exceptionMessage } from '@capos/abi';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { Submitted, TestClient } from './test-client.ts';
import { isEmpty, testKernel } from './test-kernel.ts';

const INTERFACE = 5n;
const BADGES = 3;
const CANCELED = -6;
const TIMED_OUT = -7;

const operation = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('call' as const), keep: fc.boolean(), due: fc.nat({ max: 9 }) }),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      kind: fc.constant('pipelined' as const),
      pick: fc.nat(),
      ordinal: fc.nat({ max: 2 }),
      keep: fc.boolean(),
      due: fc.nat({ max: 40 }),
    }),
  },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('receive' as const) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('return' as const),
      pick: fc.nat(),
      badges: fc.array(fc.nat({ max: BADGES - 1 }), { minLength: 1, maxLength: 3 }),
      exception: fc.nat({ max: 12 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('finish' as const), pick: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('revoke' as const), badge: fc.nat({ max: BADGES - 1 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('time' as const) }) },
);

/** How something ended: bytes or a negated transport error, and an exception's reason. */
interface Outcome {
  readonly result?: number;
  readonly reason?: string;
}

interface ModelCall {
  readonly id: number;
  readonly submitted: Submitted;
  readonly dueNs: number;
  readonly keeps: boolean;
  badge: number;
  where: 'waits' | 'queued' | 'flying' | 'done';
}

interface ModelAnswer {
  readonly call: ModelCall;
  state: 'pending' | 'resolved' | 'broken';
  caps: { badge: number; epoch: number }[];
  cause: Outcome;
  waiting: { answer: ModelAnswer; ordinal: number }[];
}

/** One run: a random history of one client, one server, and whatever chains the client makes. */
export function pipelineProperty(length: number): fc.IPropertyWithHooks<[unknown[]]> {
  return fc.property(fc.array(operation, { minLength: 10, maxLength: length, size: 'max' }), (operations) => {
    const run = new Run();
    for (const action of operations) {
      if (action.kind === 'call') run.call(action.keep, action.due);
      else if (action.kind === 'pipelined') run.pipelined(action.pick, action.ordinal, action.keep, action.due);
      else if (action.kind === 'receive') run.receive();
      else if (action.kind === 'return') run.return(action.pick, action.badges, action.exception);
      else if (action.kind === 'finish') run.finish(action.pick);
      else if (action.kind === 'revoke') run.revoke(action.badge);
      else run.time();
      run.check();
    }
    run.end();
  }) as unknown as fc.IPropertyWithHooks<[unknown[]]>;
}

class Run {
  readonly test = testKernel();
  readonly server: ReturnType<typeof this.test.client>;
  readonly client: ReturnType<typeof this.test.client>;
  readonly answers: Map<number, ModelAnswer> = new Map();
  readonly epochs: number[] = Array.from({ length: BADGES }, () => 0);
  queue: ModelAnswer[] = [];
  flying: { answer: ModelAnswer; token: number }[] = [];
  all: ModelAnswer[] = [];
  ids = 0;

  constructor() {
    const endpoint = this.test.kernel.createEndpoint(1000);
    this.server = this.test.client('server', { endpoint: endpoint.owner });
    this.client = this.test.client('client', { service: endpoint.facet(100n, INTERFACE) });
  }

  call(keep: boolean, due: number): void {
    const answer = this.submit(keep, due, undefined);
    if (answer !== undefined) this.enqueue(answer, 100);
  }

  pipelined(pick: number, ordinal: number, keep: boolean, due: number): void {
    // Mostly answers that can still be of use: what has failed fails the rest at once.
    const useful: number[] = [];
    this.answers.forEach(({ state }, id) => {
      if (state !== 'broken') useful.push(id);
    });
    const ids = useful.length > 0 && pick % 8 !== 7 ? useful : [...this.answers.keys()];
    if (ids.length === 0) return;
    const id = ids[pick % ids.length]!;
    const dependency = this.answers.get(id)!;
    const answer = this.submit(keep, due, { answerId: id, ordinal });
    if (answer === undefined) return;
    if (dependency.state === 'pending') dependency.waiting.push({ answer, ordinal });
    else this.send(dependency, answer, ordinal);
  }

  receive(): void {
    const next = this.queue[0];
    if (next === undefined || this.server.ring.submissions.credit < 8) return;
    const received = this.server.receive(this.server.cap('endpoint'));
    this.queue.shift();
    expect(received.done).toBe(true);
    expect(new TextDecoder().decode(received.payload)).toBe(`call ${next.call.id}`);
    expect(received.badge).toBe(BigInt(next.call.badge));
    next.call.where = 'flying';
    this.flying.push({ answer: next, token: received.token });
  }

  return(pick: number, badges: readonly number[], exception: number): void {
    if (this.flying.length === 0 || this.server.ring.submissions.credit < 8) return;
    const [{ answer, token }] = this.flying.splice(pick % this.flying.length, 1) as [
      { answer: ModelAnswer; token: number },
    ];
    const gone = answer.call.where === 'done';
    if (exception === 0) {
      const bytes = new Uint8Array(128);
      const reason = `no ${answer.call.id}`;
      const end = capException.encode(exceptionMessage('unimplemented', reason), bytes, 0, 128);
      const returned = this.server.return(token, bytes.subarray(0, end), { exception: true });
      expect(returned.result).toBe(gone ? 1 : 0);
      if (!gone) this.breakAnswer(answer, { reason });
      return;
    }
    const caps = badges.map((badge) => {
      const minted = this.server.call(this.server.cap('endpoint'), Endpoint.methods.mint, {
        badge: BigInt(badge),
        interfaceId: INTERFACE,
      });
      return minted.caps[minted.value.client]!.capId;
    });
    const transfers = caps.map((capId) => ({ capId, mode: 'move' as const }));
    const returned = this.server.return(token, new Uint8Array(8), { transfers });
    expect(returned.result).toBe(gone ? 1 : 0);
    if (gone) {
      for (const capId of caps) this.release(this.server, capId);
      return;
    }
    expect(answer.call.submitted.caps.length).toBe(answer.call.keeps ? 0 : badges.length);
    // Rule 3: what the client does with its own is nothing to the answer.
    for (const { capId } of answer.call.submitted.caps) this.release(this.client, capId);
    answer.state = 'resolved';
    answer.call.where = 'done';
    expect(answer.call.submitted.result).toBe(8);
    answer.caps = badges.map((badge) => ({ badge, epoch: this.epochs[badge]! }));
    for (const waiting of answer.waiting.splice(0)) this.send(answer, waiting.answer, waiting.ordinal);
  }

  finish(pick: number): void {
    const ids = [...this.answers.keys()];
    if (ids.length === 0) return;
    const id = ids[pick % ids.length]!;
    const answer = this.answers.get(id)!;
    this.answers.delete(id);
    const finished = this.client.operation((submissions, userData) => submissions.finish(id, userData));
    expect(finished.result).toBe(answer.state === 'pending' ? 1 : 0);
    if (answer.state === 'pending') this.breakAnswer(answer, { result: CANCELED });
  }

  revoke(badge: number): void {
    this.epochs[badge]! += 1;
    this.server.call(this.server.cap('endpoint'), Endpoint.methods.revoke, { badge: BigInt(badge) });
    for (const answer of [...this.queue]) {
      if (answer.call.badge === badge && answer.call.where === 'queued') this.breakAnswer(answer, { reason: REVOKED });
    }
  }

  time(): void {
    this.test.clock.ns += 100;
    this.test.kernel.step();
    const due = this.all.filter(({ call, state }) => state === 'pending' && call.dueNs <= this.test.clock.ns);
    // The earlier first; a call that another one's end has ended is done by then.
    for (const answer of due.sort((one, other) => one.call.dueNs - other.call.dueNs)) {
      if (answer.state === 'pending') this.breakAnswer(answer, { result: TIMED_OUT });
    }
  }

  check(): void {
    // A million times for each call: `expect` only speaks when there is something to say.
    const wrong = this.all.find(({ call }) => call.submitted.done !== (call.where === 'done'));
    if (wrong !== undefined)
      expect.fail(`call ${wrong.call.id} is ${wrong.call.where} in the model, and not in the kernel`);
    let held = 0;
    for (const { caps } of this.answers.values()) held += caps.length;
    const { pendingOperations, capSlots } = this.test.kernel.ledgers().total;
    const open = this.all.filter(({ call }) => call.where !== 'done').length;
    expect(pendingOperations).toBe(open + this.answers.size);
    expect(capSlots).toBe(2 + held);
    this.all = this.all.filter(({ call }) => call.where !== 'done');
  }

  end(): void {
    this.client.process.kill(9);
    this.server.process.kill(9);
    this.test.kernel.runUntilIdle();
    expect(this.test.log).toEqual([]);
    expect(isEmpty(this.test.kernel)).toBe(true);
  }

  private submit(
    keep: boolean,
    due: number,
    dependency: { answerId: number; ordinal: number } | undefined,
  ): ModelAnswer | undefined {
    const { client } = this;
    // One id in eight is used again, once its answer has landed.
    if (client.ring.submissions.credit < 6) return undefined;
    const landed = (this.ids & 7) === 7 ? this.landedBut(dependency?.answerId) : undefined;
    this.ids += 1;
    const id = landed ?? this.ids;
    this.answers.delete(id);
    const message = client.allocate();
    const bytes = new TextEncoder().encode(`call ${id}`);
    client.bytes.set(bytes, message);
    const own = due === 0 ? this.test.clock.ns + 250 : 0;
    const inherited = dependency === undefined ? 0 : this.answers.get(dependency.answerId)!.call.dueNs;
    const dueNs = Math.min(own || Number.POSITIVE_INFINITY, inherited || Number.POSITIVE_INFINITY);
    const late = dueNs <= this.test.clock.ns;
    const submitted = client.callRaw<unknown>(client.cap('service'), 0, message, bytes.length, {
      answerId: id,
      keepCaps: keep,
      ...(own === 0 ? {} : { deadlineNs: own }),
      ...(dependency === undefined ? {} : { dependency }),
    });
    const call: ModelCall = { id, submitted, dueNs, keeps: keep, badge: -1, where: 'waits' };
    const answer: ModelAnswer = { call, state: 'pending', caps: [], cause: {}, waiting: [] };
    this.answers.set(id, answer);
    this.all.push(answer);
    if (!late) return answer;
    this.breakAnswer(answer, { result: TIMED_OUT });
    return undefined;
  }

  private landedBut(inUse: number | undefined): number | undefined {
    for (const [id, { state }] of this.answers) if (state !== 'pending' && id !== inUse) return id;
    return undefined;
  }

  private send(dependency: ModelAnswer, answer: ModelAnswer, ordinal: number): void {
    if (answer.call.where !== 'waits') return;
    const cap = dependency.caps[ordinal];
    if (dependency.state === 'broken') this.breakAnswer(answer, dependency.cause);
    else if (cap === undefined) {
      this.breakAnswer(answer, {
        reason: `the answer has no capability ${ordinal}: it came with ${dependency.caps.length}`,
      });
    } else if (cap.epoch !== this.epochs[cap.badge]) this.breakAnswer(answer, { reason: REVOKED });
    else this.enqueue(answer, cap.badge);
  }

  private enqueue(answer: ModelAnswer, badge: number): void {
    answer.call.badge = badge;
    answer.call.where = 'queued';
    this.queue.push(answer);
  }

  private breakAnswer(answer: ModelAnswer, cause: Outcome): void {
    answer.state = 'broken';
    answer.cause = cause;
    this.queue = this.queue.filter((queued) => queued !== answer);
    answer.call.where = 'done';
    const { submitted } = answer.call;
    expect(submitted.done).toBe(true);
    if (cause.result !== undefined) expect(submitted.result).toBe(cause.result);
    else expect(submitted.exception?.reason).toBe(cause.reason);
    for (const waiting of answer.waiting.splice(0)) this.send(answer, waiting.answer, waiting.ordinal);
  }

  private release(program: TestClient, capId: number): void {
    expect(program.operation((submissions, userData) => submissions.release(capId, userData)).result).toBe(0);
  }
}

const REVOKED = 'the capability was revoked';
