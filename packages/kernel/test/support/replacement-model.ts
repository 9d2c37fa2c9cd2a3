// The specification of replacing servers: two endpoints, facets that lead to one of them, and who waits where.
//
//   send ─▶ the place its facet leads to ─▶ waiting ─(not quiesced, a receive is posted)─▶ flying ─▶ answered
//                                              ▲                                            │
//                                              └──────────── handed back, before all others ┘
//   quiesce   is answered when nothing is flying there, or refused by a resume
//   replace   another process is the server; receives of the one before are gone, and what it had in flight is disconnected
//   retarget  a facet leads elsewhere under another badge; its calls that wait go there, behind those that do
//
// Held against it after every step: which calls, receives and quiesces have completed, with what, and what the ledgers hold.
import { Endpoint, type MethodDescriptor } from '@capos/abi';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { Submitted, TestClient } from './test-client.ts';
import { isEmpty, testKernel } from './test-kernel.ts';

type Program = ReturnType<ReturnType<typeof testKernel>['client']>;

const INTERFACE = 0xabcdn;
const PLACES = 2;
const FACETS = 3;

const place = fc.nat({ max: PLACES - 1 });
const facet = fc.nat({ max: FACETS - 1 });
const operation = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('send' as const), facet }) },
  { weight: 7, arbitrary: fc.record({ kind: fc.constant('receive' as const), place }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('answer' as const), place, pick: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('hand back' as const), place, pick: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('quiesce' as const), place }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('resume' as const), place }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('replace' as const), place }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('retarget' as const), facet, place }) },
);

interface Call {
  readonly facet: number;
  readonly text: string;
  readonly submitted: Submitted<string>;
  /** Under which the server is told of it. */
  badge: bigint;
}

interface Place {
  readonly endpoint: string;
  server: Program;
  waiting: Call[];
  /** Receives of the server. */
  posted: Submitted[];
  flying: { readonly call: Call; readonly received: Submitted }[];
  isQuiesced: boolean;
  quiescing: Submitted[];
}

/** One run: a random history of clients, servers and whoever replaces them. */
export function replacementProperty(length: number): fc.IPropertyWithHooks<[unknown[]]> {
  return fc.property(fc.array(operation, { minLength: 10, maxLength: length, size: 'max' }), (operations) => {
    const history = new History();
    for (const action of operations) {
      history.take(action);
      history.check();
    }
    history.end();
  }) as unknown as fc.IPropertyWithHooks<[unknown[]]>;
}

type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

class History {
  readonly #test = testKernel();
  readonly #keeper: Program;
  readonly #clients: readonly Program[];
  readonly #places: readonly Place[];
  readonly #owners: readonly ReturnType<ReturnType<typeof testKernel>['kernel']['createEndpoint']>[];
  /** By facet: where it leads, and as whom. */
  readonly #leads: { place: number; badge: bigint }[];
  #calls = 0;
  #badges = BigInt(FACETS);
  #servers = 0;
  /** Calls and quiesces that the model has ended, and how. */
  readonly #ended: { readonly submitted: Submitted; readonly how: string }[] = [];

  constructor() {
    const { kernel } = this.#test;
    this.#owners = Array.from({ length: PLACES }, () => kernel.createEndpoint(64));
    this.#keeper = this.#test.client(
      'keeper',
      Object.fromEntries(this.#owners.map(({ owner }, index) => [`endpoint ${index}`, owner])),
    );
    this.#leads = Array.from({ length: FACETS }, (_, index) => ({ place: 0, badge: BigInt(index) }));
    this.#clients = this.#leads.map(({ badge }, index) =>
      this.#test.client(`client ${index}`, { service: this.#owners[0]!.facet(badge, INTERFACE) }),
    );
    this.#places = this.#owners.map((_, index) => ({
      endpoint: `endpoint ${index}`,
      server: this.#newServer(index),
      waiting: [],
      posted: [],
      flying: [],
      isQuiesced: false,
      quiescing: [],
    }));
  }

  #newServer(index: number): Program {
    return this.#test.client(`server ${this.#servers++}`, { endpoint: this.#owners[index]!.owner });
  }

  take(action: Operation): void {
    if (action.kind === 'send') this.#send(action.facet);
    else if (action.kind === 'retarget') this.#retarget(action.facet, action.place);
    else if (action.kind === 'replace') this.#replace(action.place);
    else {
      const there = this.#places[action.place]!;
      if (action.kind === 'receive') this.#receive(there);
      else if (action.kind === 'answer') this.#answer(there, action.pick);
      else if (action.kind === 'hand back') this.#handBack(there, action.pick);
      else if (action.kind === 'quiesce') this.#quiesce(there);
      else this.#resume(there);
    }
  }

  #send(number: number): void {
    const client = this.#clients[number]!;
    if (client.ring.submissions.credit < 4) return;
    const text = `call ${this.#calls++}`;
    const bytes = new TextEncoder().encode(text);
    const message = client.allocate();
    client.bytes.set(bytes, message);
    const submitted = client.callRaw(client.cap('service'), 3, message, bytes.length, {}, (payload) =>
      new TextDecoder().decode(payload),
    );
    freeWhenDone(client, submitted, message);
    const { place: index, badge } = this.#leads[number]!;
    const there = this.#places[index]!;
    there.waiting.push({ facet: number, text, submitted, badge });
    match(there);
  }

  #receive(there: Place): void {
    const { server } = there;
    if (server.ring.submissions.credit < 8) return;
    there.posted.push(server.receive(server.cap('endpoint')));
    match(there);
  }

  #answer(there: Place, pick: number): void {
    if (there.flying.length === 0 || there.server.ring.submissions.credit < 8) return;
    const [flight] = there.flying.splice(pick % there.flying.length, 1);
    const { call, received } = flight!;
    const returned = there.server.return(received.token, new TextEncoder().encode(`${call.text}!`));
    expect(returned.result).toBe(0);
    this.#ended.push({ submitted: call.submitted, how: `${call.text}!` });
    this.#cameHome(there);
  }

  #handBack(there: Place, pick: number): void {
    if (there.flying.length === 0 || there.server.ring.submissions.credit < 8) return;
    const [flight] = there.flying.splice(pick % there.flying.length, 1);
    const { call, received } = flight!;
    const { server } = there;
    const back = server.call(server.cap('endpoint'), Endpoint.methods.requeue, { token: received.token });
    expect(back.value).toEqual({});
    there.waiting.unshift(call);
    this.#cameHome(there);
    match(there);
  }

  #quiesce(there: Place): void {
    if (this.#keeper.ring.submissions.credit < 4) return;
    const quiet = submit(this.#keeper, there.endpoint, Endpoint.methods.quiesce, {});
    there.isQuiesced = true;
    there.quiescing.push(quiet);
    this.#cameHome(there);
  }

  #resume(there: Place): void {
    if (this.#keeper.ring.submissions.credit < 4) return;
    expect(submit(this.#keeper, there.endpoint, Endpoint.methods.resume, {}).value).toEqual({});
    there.isQuiesced = false;
    for (const submitted of there.quiescing.splice(0)) this.#ended.push({ submitted, how: 'failed' });
    match(there);
  }

  #replace(index: number): void {
    const there = this.#places[index]!;
    const before = there.server;
    there.server = this.#newServer(index);
    before.process.kill(9);
    there.posted = [];
    for (const { call } of there.flying.splice(0)) this.#ended.push({ submitted: call.submitted, how: 'disconnected' });
    this.#cameHome(there);
  }

  #retarget(number: number, index: number): void {
    if (this.#keeper.ring.submissions.credit < 4) return;
    const lead = this.#leads[number]!;
    const before = this.#places[lead.place]!;
    const after = this.#places[index]!;
    const newBadge = this.#badges++;
    const target = this.#keeper.cap(after.endpoint);
    const moved = this.#keeper.call(
      this.#keeper.cap(before.endpoint),
      Endpoint.methods.retarget,
      { badge: lead.badge, target: 0, newBadge },
      { transfers: [{ capId: target, mode: 'copy' }] },
    );
    expect(moved.value).toEqual({ facets: 1 });
    this.#leads[number] = { place: index, badge: newBadge };
    const own = before.waiting.filter((call) => call.facet === number);
    for (const call of own) call.badge = newBadge;
    if (after === before) return;
    before.waiting = before.waiting.filter((call) => !own.includes(call));
    after.waiting.push(...own);
    match(after);
  }

  #cameHome({ flying, quiescing }: Place): void {
    if (flying.length > 0) return;
    for (const submitted of quiescing.splice(0)) this.#ended.push({ submitted, how: 'quiet' });
  }

  check(): void {
    for (const { submitted, how } of this.#ended.splice(0)) expect(outcome(submitted)).toBe(how);
    let pending = 0;
    for (const { waiting, posted, flying, quiescing } of this.#places) {
      for (const { submitted } of waiting) expect(submitted.done).toBe(false);
      for (const { call, received } of flying) {
        expect(call.submitted.done).toBe(false);
        expect(new TextDecoder().decode(received.payload)).toBe(call.text);
        expect(received.badge).toBe(call.badge);
      }
      for (const submitted of [...posted, ...quiescing]) expect(submitted.done).toBe(false);
      pending += waiting.length + posted.length + flying.length + quiescing.length;
    }
    expect(this.#test.kernel.ledgers().total.pendingOperations).toBe(pending);
  }

  /** Whatever waits is served in the end, by whoever is the server then. */
  end(): void {
    for (const there of this.#places) {
      this.#resume(there);
      while (there.waiting.length + there.flying.length > 0) {
        if (there.flying.length === 0) this.#receive(there);
        else this.#answer(there, 0);
        this.check();
      }
    }
    const { kernel } = this.#test;
    for (const { process } of [this.#keeper, ...this.#clients, ...this.#places.map(({ server }) => server)])
      process.kill(9);
    kernel.runUntilIdle();
    expect(isEmpty(kernel)).toBe(true);
  }
}

/** First come, first served, as long as a call and a receive wait. */
function match(there: Place): void {
  while (!there.isQuiesced && there.waiting.length > 0 && there.posted.length > 0) {
    there.flying.push({ call: there.waiting.shift()!, received: there.posted.shift()! });
  }
}

function outcome(submitted: Submitted): string {
  if (!submitted.done) return 'open';
  if (submitted.exception !== undefined) return String(submitted.exception.kind);
  const { value } = submitted;
  return typeof value === 'string' ? value : 'quiet';
}

function submit<P, R>(client: TestClient, cap: string, method: MethodDescriptor<P, R>, params: P): Submitted<R> {
  const message = client.allocate();
  const length = method.params.encode(params, client.bytes, message, 2048);
  const submitted = client.callRaw(client.cap(cap), method.ordinal, message, length, {}, (payload) =>
    method.results.decode(payload, 0, payload.length),
  );
  freeWhenDone(client, submitted, message);
  return submitted;
}

/** The kernel reads a message where it lies, until the call is delivered. */
function freeWhenDone(client: TestClient, submitted: Submitted, message: number): void {
  if (submitted.done) client.free(message);
  else submitted.onDone = () => client.free(message);
}
