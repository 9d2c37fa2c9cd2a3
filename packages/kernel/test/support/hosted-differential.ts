// What is there for speed against what is not: hosted programs that submit at random, run twice, compared after every step. Once with
// the fast path of rings and once without; once with a protected procedure and once with the callback that it stands for.
//
//   0, 1    servers: each owns an endpoint; one of them answers by itself, from its onCompletion, as services do
//   2 … 4   clients: facets of both endpoints
//
// What each does is data: raw entries, most of which make sense. Both systems get the same entries in the same order; the arenas with
// rings and buffers, what the programs saw, ledgers, statuses and the log must be the same all along. Only the ring of the program with
// the procedure may differ: that is what a procedure saves.
import {
  type ArrivedCall,
  CALL_OUTCOME,
  type CallOutcomeCode,
  Endpoint,
  type HostedPort,
  makeCapId,
  type ProcedureAnswer,
} from '@capos/abi';
import {
  type CompletionEntry,
  CQE_FLAG_CALL_ARRIVED,
  OP_CALL,
  OP_FINISH,
  OP_RECV,
  OP_RELEASE,
  OP_RETURN,
  OP_RETURN_RECV,
  PUSHED,
  RETURN_AUX_EXCEPTION,
  RingClient,
  SQE_FLAG_KEEP_CAPS,
  SQE_FLAG_PIPELINED,
  SQE_FLAG_WANT_GONE,
} from '@capos/ipc-ring';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { createKernel, FastPath } from '../../src/index.ts';
import { type EntryFields, meetingGrants } from './meeting-parties.ts';
import { isEmpty } from './test-kernel.ts';

const ARENA_BYTES = 0x1_0000;
const RING_BYTES = 4096;
/** Buffers of 128 bytes: the first half any payload, then two transfer descriptors. */
const BUFFERS = 0x4000;
const BUFFER_BYTES = 128;
const BUFFER_COUNT = 8;
const PROGRAMS = 5;
const SERVERS = 2;

const cap = (slot: number, generation = 1): number => makeCapId(slot, generation);
const buffer = (index: number): number => BUFFERS + index * BUFFER_BYTES;

/** An entry, by fields; the token of a RETURN is that of a call received, counted from the last. */
interface Entry extends EntryFields {
  readonly dependency?: number;
  readonly dependencyCap?: number;
  readonly deadline?: number;
}

/** User data: that of a RECV says whether a RETURN_RECV posts the same one again. */
const tagOf = (entry: Entry): number =>
  entry.capId === cap(0) && entry.result === buffer(0) && entry.resultLength === BUFFER_BYTES && !entry.deadline
    ? (entry.flags ?? 0)
    : -7;

const wordsOf = (entry: Entry, answerId: number): Int32Array =>
  Int32Array.of(
    entry.op | ((entry.flags ?? 0) << 8) | ((entry.methodId ?? 0) << 16),
    entry.capId ?? 0,
    tagOf(entry),
    0x9000_0000 | 0,
    entry.params ?? 0,
    (entry.params ?? 0) / 2 ** 32,
    entry.paramsLength ?? 0,
    entry.resultLength ?? 0,
    entry.result ?? 0,
    (entry.result ?? 0) / 2 ** 32,
    answerId,
    entry.dependency ?? 0,
    (entry.dependencyCap ?? 0) | ((entry.transferCount ?? 0) << 16),
    entry.aux ?? 0,
    entry.deadline ?? 0,
    0,
  );

const isReturn = ({ op }: Entry): boolean => op === OP_RETURN || op === OP_RETURN_RECV;

/** A program that does as it is told, and remembers what it saw. */
class Player {
  readonly seen: string[] = [];
  readonly #port: HostedPort;
  readonly #ring: RingClient;
  readonly #tokens: number[] = [];
  readonly #answers: readonly Entry[];
  #answered = 0;
  /** Calls answered in their callers' turn. */
  turns = 0;

  /** `answers`: what it answers calls with as they come, over and over. */
  constructor(port: HostedPort, answers: readonly Entry[], descriptors: readonly Descriptor[], hasProcedure: boolean) {
    this.#port = port;
    this.#ring = new RingClient(port.arena, port.ringOffset);
    this.#answers = answers;
    const words = new Int32Array(port.arena);
    for (let index = 0; index < BUFFER_COUNT * 2; index++) {
      const { slot, mode } = descriptors[index % descriptors.length]!;
      const at = (buffer(index >> 1) + 64 + 16 * (index & 1)) >> 2;
      words[at] = cap(slot);
      words[at + 1] = mode;
    }
    port.onCompletion(() => this.drain());
    if (hasProcedure) port.onCall!((call, answer) => this.serve(call, answer));
  }

  /** The procedure: what `complete` and `drain` would do. */
  serve(call: ArrivedCall, answer: ProcedureAnswer): CallOutcomeCode {
    const next = this.#answers.length === 0 ? undefined : this.#answers[this.#answered % this.#answers.length]!;
    // Now and then it leaves one.
    if (call.token % 7 === 3) return CALL_OUTCOME.LEFT;
    this.turns++;
    const isSame = next?.op === OP_RETURN_RECV && (next.answerId ?? 0) === 0 && tagOf(next) === call.userDataLow;
    if (!isSame || (next.aux ?? 0) > RETURN_AUX_EXCEPTION) {
      this.#ring.submissions.restoreCredit();
      this.complete(call as CompletionEntry);
      if (this.#ring.submissions.unpublished > 0) {
        this.enter();
        this.drain();
      }
      return CALL_OUTCOME.TAKEN;
    }
    this.#answered++;
    this.seen.push((call as CompletionEntry).words.join(' '));
    answer.set(next.params ?? 0, next.paramsLength ?? 0, next.transferCount ?? 0, next.aux === RETURN_AUX_EXCEPTION);
    return CALL_OUTCOME.ANSWERED;
  }

  complete(entry: CompletionEntry): void {
    this.seen.push(entry.words.join(' '));
    if ((entry.flags & CQE_FLAG_CALL_ARRIVED) === 0) return;
    this.#tokens.push(entry.token);
    if (this.#answers.length > 0) this.submit(this.#answers[this.#answered++ % this.#answers.length]!);
  }

  /** Consumes; what it answers itself is taken before it returns. */
  drain(): void {
    while (this.#ring.completions.drain(this) > 0 && this.#ring.submissions.unpublished > 0) this.enter();
  }

  submit(entry: Entry): void {
    const token = isReturn(entry) ? this.#tokens.at(-1 - (entry.answerId ?? 0)) : undefined;
    if (isReturn(entry) && token !== undefined) this.#tokens.splice(this.#tokens.lastIndexOf(token), 1);
    const outcome = this.#ring.submissions.raw(wordsOf(entry, token ?? entry.answerId ?? 0));
    if (outcome !== PUSHED) this.seen.push(`not pushed: ${outcome}`);
  }

  enter(): void {
    this.#ring.submit();
    this.#port.enter();
  }
}

interface Descriptor {
  readonly slot: number;
  readonly mode: number;
}

interface Variant {
  readonly fastPath: boolean;
  /** Whether the first server has a protected procedure. */
  readonly procedure: boolean;
}

function system(answers: readonly Entry[], descriptors: readonly Descriptor[], variant: Variant) {
  const log: string[] = [];
  const clock = { ns: 1000, nowNs: () => clock.ns };
  const fastPath = new FastPath();
  fastPath.isOn = variant.fastPath;
  const kernel = createKernel({
    clock,
    entropy: { fill: (bytes) => bytes.fill(1) },
    fastPath,
    log: (line) => log.push(line),
  });
  const grantsOf = meetingGrants(kernel);
  const players: Player[] = [];
  const arenas: Uint8Array[] = [];
  const processes = Array.from({ length: PROGRAMS }, (_, index) => {
    const program = (port: HostedPort): void => {
      arenas.push(new Uint8Array(port.arena));
      players.push(new Player(port, index === 0 ? answers : [], descriptors, index === 0 && variant.procedure));
    };
    kernel.registerProgram(`player-${index}`, program, { arenaBytes: ARENA_BYTES });
    const process = kernel.spawn({
      name: `player-${index}`,
      program: `player-${index}`,
      grants: grantsOf(index),
      limits: { pendingOperations: 12, capSlots: 12 },
    });
    kernel.step();
    return process;
  });
  const state = () => ({
    seen: players.map(({ seen }) => seen),
    statuses: processes.map(({ status }) => status),
    infos: kernel.processes(),
    ledgers: kernel.ledgers(),
    log,
  });
  return { kernel, clock, fastPath, processes, players, arenas, state };
}

const receive: Entry = { op: OP_RECV, capId: cap(0), result: buffer(0), resultLength: BUFFER_BYTES };
const answer: Entry = { ...receive, op: OP_RETURN_RECV, params: buffer(1), paramsLength: 64 };
const call: Entry = {
  op: OP_CALL,
  methodId: 5,
  capId: cap(0),
  params: buffer(2),
  paramsLength: 64,
  result: buffer(3),
  resultLength: BUFFER_BYTES,
};

const length = fc.constantFrom(0, 4, 8, 64, 64, 64, 3, 62, 68, 128, 0x0500_0000);
const address = fc.oneof(
  { weight: 8, arbitrary: fc.nat({ max: BUFFER_COUNT - 1 }).map(buffer) },
  fc.constantFrom(buffer(0) + 2, ARENA_BYTES - 32, 0x3ff0, 2 ** 31, 2 ** 32, 2 ** 40),
);
const slot = fc.oneof({ weight: 6, arbitrary: fc.nat({ max: 2 }) }, fc.nat({ max: 12 }));
const capId = fc.tuple(slot, fc.constantFrom(1, 1, 1, 2, 3)).map(([index, generation]) => cap(index, generation));
const name = fc.constantFrom(1, 2, 3, 4, 70, 0xffff_fff0);

const calls: fc.Arbitrary<Entry> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(call, { ...call, capId: cap(1) }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom({ ...call, transferCount: 1 }, { ...call, transferCount: 1, capId: cap(1) }),
  },
  {
    weight: 6,
    arbitrary: fc
      .record({
        answerId: name,
        flags: fc.constantFrom(0, SQE_FLAG_KEEP_CAPS, SQE_FLAG_KEEP_CAPS, SQE_FLAG_KEEP_CAPS | SQE_FLAG_PIPELINED),
        dependency: name,
        dependencyCap: fc.constantFrom(0, 0, 0, 1),
        capId,
      })
      .map((more) => ({ ...call, ...more })),
  },
  fc
    .record({ params: address, paramsLength: length, result: address, resultLength: length, capId })
    .map((more) => ({ ...call, ...more })),
  fc
    .record({
      transferCount: fc.nat(2),
      aux: fc.constantFrom(0, 0, 0x1_0000, 7),
      deadline: fc.constantFrom(0, 0, 1, 1040),
      flags: fc.nat(15),
      answerId: fc.oneof(fc.constant(0), name),
      dependency: name,
    })
    .map((more) => ({ ...call, ...more })),
  fc.record({ op: fc.constantFrom(OP_FINISH, OP_RELEASE), answerId: name, capId }),
);
const answers: fc.Arbitrary<Entry> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(answer) },
  { weight: 4, arbitrary: fc.constant({ ...answer, transferCount: 1 }) },
  {
    weight: 3,
    arbitrary: fc
      .record({
        params: address,
        paramsLength: length,
        transferCount: fc.constantFrom(0, 0, 1, 2),
        aux: fc.constantFrom(0, RETURN_AUX_EXCEPTION),
      })
      .map((more) => ({ ...answer, ...more })),
  },
  fc
    .record({
      answerId: fc.nat(2),
      transferCount: fc.nat(2),
      flags: fc.constantFrom(0, SQE_FLAG_WANT_GONE, 2),
      aux: fc.constantFrom(0, 0, 1, 2),
      deadline: fc.constantFrom(0, 0, 1, 1040),
    })
    .map((more) => ({ ...answer, ...more })),
  fc
    .record({ params: address, paramsLength: length, result: address, resultLength: length, transferCount: fc.nat(1) })
    .map((more) => ({ ...answer, ...more })),
  fc.constantFrom({ ...answer, op: OP_RETURN }, receive, { ...receive, flags: SQE_FLAG_WANT_GONE }),
);
/** What a server does besides: receives, revokes its facets, hands endpoints and facets on as they come. */
const serverEntry: fc.Arbitrary<Entry> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(receive) },
  { weight: 4, arbitrary: answers },
  { weight: 2, arbitrary: calls },
  fc
    .record({ methodId: fc.nat(Object.keys(Endpoint.methods).length) })
    .map((more) => ({ ...call, ...more, params: buffer(7) })),
);

type Step =
  | { readonly program: number; readonly entries: readonly Entry[] }
  | { readonly kill: number }
  | { readonly wait: number };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc.nat(PROGRAMS - 1).chain((program) =>
        fc.record({
          program: fc.constant(program),
          entries: fc.array(program < SERVERS ? serverEntry : calls, { minLength: 1, maxLength: 6 }),
        }),
      ),
    },
    { weight: 1, arbitrary: fc.record({ wait: fc.constantFrom(1, 50) }) },
    { weight: 1, arbitrary: fc.record({ kill: fc.nat(PROGRAMS * 4) }) },
  ),
  { minLength: 4, maxLength: 24 },
);

type System = ReturnType<typeof system>;

function perform({ kernel, clock, players, processes }: System, step: Step): void {
  if ('kill' in step) processes[step.kill]?.kill(9);
  else if ('wait' in step) {
    clock.ns += step.wait;
    kernel.step();
  } else {
    const player = players[step.program]!;
    for (const entry of step.entries) player.submit(entry);
    player.enter();
    player.drain();
  }
}

/** Throws at the first difference between systems of two variants, which `ended` sees after each run. */
function compare(
  numRuns: number,
  variants: readonly [Variant, Variant],
  ended: (first: System, second: System) => void,
): void {
  const descriptors = fc.array(fc.record({ slot, mode: fc.constantFrom(0, 0, 0, 1, 2) }), {
    minLength: 1,
    maxLength: BUFFER_COUNT * 2,
  });
  const hasProcedure = variants.some(({ procedure }) => procedure);
  fc.assert(
    fc.property(fc.array(answers, { maxLength: 5 }), descriptors, steps, (automatic, given, script) => {
      const [first, second] = variants.map((variant) => system(automatic, given, variant)) as [System, System];
      const posted: Step[] = [0, 1].map((program) => ({ program, entries: [receive, receive] }));
      for (const step of [...posted, ...script]) {
        perform(first, step);
        perform(second, step);
        expect(first.state()).toEqual(second.state());
        for (const [index, arena] of first.arenas.entries()) {
          const start = hasProcedure && index === 0 ? RING_BYTES : 0;
          const same = Buffer.compare(arena.subarray(start), second.arenas[index]!.subarray(start)) === 0;
          expect(same, `the arena of program ${index}`).toBe(true);
        }
      }
      ended(first, second);
      for (const { kernel, processes } of [first, second]) {
        for (const process of processes) process.kill(9);
        kernel.step();
        expect(isEmpty(kernel)).toBe(true);
      }
    }),
    { numRuns },
  );
}

/** Throws at the first difference; answers how many calls and answers took the fast path. */
export function compareRingFastPath(numRuns: number): { calls: number; returns: number } {
  const taken = { calls: 0, returns: 0 };
  const variants = [true, false].map((fastPath) => ({ fastPath, procedure: false })) as [Variant, Variant];
  compare(numRuns, variants, ({ fastPath }, general) => {
    expect(general.fastPath).toMatchObject({ calls: 0, returns: 0 });
    taken.calls += fastPath.calls;
    taken.returns += fastPath.returns;
  });
  return taken;
}

/** Throws at the first difference; answers how many calls a procedure took. */
export function compareProcedure(numRuns: number, fastPath: boolean): number {
  let turns = 0;
  const variants = [true, false].map((procedure) => ({ fastPath, procedure })) as [Variant, Variant];
  compare(numRuns, variants, ({ players }) => {
    turns += players[0]!.turns;
  });
  return turns;
}
