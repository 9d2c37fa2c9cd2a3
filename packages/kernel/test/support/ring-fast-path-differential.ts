// The fast path of rings against the general one: hosted programs that submit at random, run twice, compared after every entry.
//
//   0, 1    servers: each owns an endpoint; one of them answers by itself, from its onCompletion, as services do
//   2 … 4   clients: facets of both endpoints
//
// What each does is data: raw entries, most of which make sense. Both systems get the same entries in the same order; the arenas with
// rings and buffers, what the programs saw, ledgers, statuses and the log must be the same all along.
import { Endpoint, type HostedPort, makeCapId } from '@capos/abi';
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

const wordsOf = (entry: Entry, answerId: number): Int32Array =>
  Int32Array.of(
    entry.op | ((entry.flags ?? 0) << 8) | ((entry.methodId ?? 0) << 16),
    entry.capId ?? 0,
    -7,
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

  /** `answers`: what it answers calls with as they come, over and over. */
  constructor(port: HostedPort, answers: readonly Entry[], descriptors: readonly Descriptor[]) {
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

function system(answers: readonly Entry[], descriptors: readonly Descriptor[], isOn: boolean) {
  const log: string[] = [];
  const clock = { ns: 1000, nowNs: () => clock.ns };
  const fastPath = new FastPath();
  fastPath.isOn = isOn;
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
      players.push(new Player(port, index === 0 ? answers : [], descriptors));
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

/** Throws at the first difference; answers how many calls and answers took the fast path. */
export function compareRingFastPath(numRuns: number): { calls: number; returns: number } {
  const taken = { calls: 0, returns: 0 };
  const descriptors = fc.array(fc.record({ slot, mode: fc.constantFrom(0, 0, 0, 1, 2) }), {
    minLength: 1,
    maxLength: BUFFER_COUNT * 2,
  });
  fc.assert(
    fc.property(fc.array(answers, { maxLength: 5 }), descriptors, steps, (automatic, given, script) => {
      const systems = [system(automatic, given, true), system(automatic, given, false)];
      const perform = ({ kernel, clock, players, processes }: (typeof systems)[number], step: Step): void => {
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
      };
      const first: Step[] = [0, 1].map((program) => ({ program, entries: [receive, receive] }));
      for (const step of [...first, ...script]) {
        for (const each of systems) perform(each, step);
        expect(systems[0]!.state()).toEqual(systems[1]!.state());
        for (const [index, arena] of systems[0]!.arenas.entries()) {
          expect(Buffer.compare(arena, systems[1]!.arenas[index]!), `the arena of program ${index}`).toBe(0);
        }
      }
      expect(systems[1]!.fastPath).toMatchObject({ calls: 0, returns: 0 });
      taken.calls += systems[0]!.fastPath.calls;
      taken.returns += systems[0]!.fastPath.returns;
      for (const { kernel, processes } of systems) {
        for (const process of processes) process.kill(9);
        kernel.step();
        expect(isEmpty(kernel)).toBe(true);
      }
    }),
    { numRuns },
  );
  return taken;
}
