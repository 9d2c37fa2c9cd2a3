// Every interleaving of the real server and a hostile writer, for a small ring.
//
// The writer may store anything anywhere in the ring between any two accesses of the server. All that the server can notice of it
// is what its reads answer: so instead of a second thread there is a memory whose every read answers, one after the other, every
// value that could make a difference. What the server stored before is never what it reads back.
//
//   state ── drain, with one sequence of answers ──▶ state' ── complete what was deferred │ reserve │ unread ──▶ …
//
// States are told apart by what the server knows (its own counters), and each is left in every way there is. Checked at each access:
//
//   read    sqTail, cqHead, and words of an entry being taken: no other word, and no word of an entry twice
//   store   sqHead, cqTail, overflow, the constants, and completion slots: no word of the client's, nothing outside of the ring
//   slot    never one whose completion the client has not consumed, as far as the server was told
//   sqHead  goes on by what was taken; a corrupt drain takes nothing (of what a nested one asked for: nothing more)
//   once    each entry taken is completed once, under the user data that was read with it
import {
  CQE_WORDS,
  DEFERRED,
  HEADER_CQ_HEAD_WORD,
  HEADER_CQ_TAIL_WORD,
  HEADER_OVERFLOW_WORD,
  HEADER_SQ_HEAD_WORD,
  HEADER_SQ_TAIL_WORD,
  HEADER_WORDS,
  initializeRing,
  OP_CALL,
  OP_NOP,
  type RingPosition,
  RingServer,
  type RingSize,
  ringBytes,
  SQE_FLAG_QUIET,
  SQE_WORDS,
  type SubmissionEntry,
} from '../../src/index.ts';

const CONSTANTS = 6;
const QUIET = SQE_FLAG_QUIET << 8;
/** First words of an entry: completes at once, later, silently, refused for being QUIET, refused by the handler. */
const FIRST_WORDS = [OP_NOP, OP_CALL, OP_NOP | QUIET, OP_CALL | QUIET, 0xff];
const REFUSED = -1;

export interface HostileModel extends RingSize {
  /** Submissions to explore, and as many completions beside theirs: states beyond have no successors. */
  readonly submissions: number;
  /** Where the counters start; near 2^31 they wrap. */
  readonly start?: RingPosition;
  /** Handlers of deferred entries drain the ring they came from. */
  readonly nests?: boolean;
  /** A server with a defect, to show that the exploration finds it. */
  readonly defect?: (server: RingServer) => void;
}

export interface HostileExploration {
  readonly states: number;
  readonly transitions: number;
  readonly outcomes: Readonly<Record<string, number>>;
}

/** Answers of reads, in order: those of `script`, then always the first choice. Remembers what there was to choose from. */
class Script {
  readonly taken: number[] = [];
  readonly choices: number[] = [];
  readonly #script: readonly number[];

  constructor(script: readonly number[]) {
    this.#script = script;
  }

  choose(choices: number): number {
    const choice = this.#script[this.taken.length] ?? 0;
    this.taken.push(choice);
    this.choices.push(choices);
    return choice;
  }

  /** The script after this one, or undefined when all have been played. */
  next(): number[] | undefined {
    const script = [...this.taken];
    for (let at = script.length - 1; at >= 0; at -= 1) {
      if (script[at]! + 1 < this.choices[at]!) return [...script.slice(0, at), script[at]! + 1];
    }
    return undefined;
  }
}

/** What is known of one server, and the memory it works on. */
class World {
  readonly model: HostileModel;
  readonly server: RingServer;
  readonly deferred: [number, number][];
  script = new Script([]);
  /** Completions written so far, and the client's counter that the server last accepted. */
  written: number;
  #reads = new Set<number>();
  #expected: string[] = [];
  #depth = 0;

  constructor(model: HostileModel, before?: World) {
    this.model = model;
    const memory = new ArrayBuffer(ringBytes(model));
    initializeRing(memory, 0, model);
    this.server = new RingServer(memory, 0, model, model.start);
    if (before !== undefined) {
      // A copy of the server: its counters and flags are all it remembers.
      const counters = Object.entries(before.server).filter(([, value]) => typeof value !== 'object');
      Object.assign(this.server, Object.fromEntries(counters));
    }
    model.defect?.(this.server);
    this.deferred = before === undefined ? [] : [...before.deferred];
    this.written = before?.written ?? (model.start?.completions ?? 0) | 0;
    const words = new Proxy(new Int32Array(memory), {
      get: (target, key) => (/^\d+$/.test(String(key)) ? this.#read(Number(key)) : Reflect.get(target, key, target)),
      set: (_target, key, value) => {
        this.#store(Number(key), value as number);
        return true;
      },
    });
    Object.assign(this.server, { words });
  }

  /** What the server knows. Two worlds of the same key behave alike. */
  get key(): string {
    const { server, written, deferred } = this;
    return [server.submissionHead, server.completionHead, written, server.reserved, deferred.length].join(' ');
  }

  get unread(): number {
    return (this.written - this.server.completionHead) | 0;
  }

  /** One drain; what it may not do throws. */
  drain(): string {
    const { server, model } = this;
    const before = server.submissionHead;
    this.#expected = [];
    this.#completions = [];
    const outcome = server.drain({ submit: (entry) => this.#submit(entry) });
    const taken = (server.submissionHead - before) | 0;
    check(taken === server.taken, 'sqHead goes on by what was taken');
    check(taken <= model.sqEntries, 'a drain takes at most a queue full');
    check(outcome !== 'corrupt' || taken === 0 || model.nests === true, 'a corrupt drain takes nothing');
    check(this.#completions.join() === this.#expected.join(), 'what completes is what was taken, in order and once');
    check(server.reserved === this.deferred.length, 'who has not completed has a slot');
    this.#credits();
    return outcome;
  }

  /** The oldest deferred entry completes. */
  complete(): void {
    const [low, high] = this.deferred.shift()!;
    this.#completions = [];
    this.server.complete(low, high, 0, 0, 0);
    this.server.publish();
    check(this.#completions.join() === String([low, high]), 'a deferred entry completes under its own name');
    this.#credits();
  }

  /** An event without a submission takes a slot if there is one, and uses it. */
  notify(): void {
    this.#completions = [];
    if (!this.server.reserve()) return;
    this.server.complete(-1, -1, 0, 0, 0);
    this.server.publish();
    this.#credits();
  }

  look(): void {
    const unread = this.server.unread();
    check(unread >= 0 && unread <= this.model.cqEntries, 'there is never more to read than slots');
  }

  /** From here on the client behaves: the ring works again, whatever was in its header. */
  recovers(): void {
    this.script = new Script([]);
    this.#behaves = true;
    const { server } = this;
    check(server.drain({ submit: () => REFUSED }) === 'empty', 'a header put right drains');
    check(this.#submitted === 0 || server.taken === 1, 'and what is submitted then is taken');
  }

  #completions: number[][] = [];
  #behaves = false;

  get #submitted(): number {
    return this.deferred.length < this.model.cqEntries ? 1 : 0;
  }

  #submit(entry: SubmissionEntry): number {
    // The copy is the handler's: nothing that the writer does reaches it.
    const seen = entry.words.slice(0, 4).join();
    const { op, flags, userDataLow, userDataHigh } = entry;
    check(seen === this.#entry.slice(0, 4).join(), 'the handler sees what was read');
    const quiet = (flags & SQE_FLAG_QUIET) !== 0;
    check(!(quiet && op === OP_CALL), 'what may not be QUIET is not handed on');
    if (op === OP_CALL) {
      this.deferred.push([userDataLow, userDataHigh]);
      if (this.model.nests === true && this.#depth === 0) {
        this.#depth += 1;
        check(this.server.drain({ submit: () => REFUSED }) === 'nested', 'a drain inside a drain only asks for more');
        this.#depth -= 1;
      }
      return DEFERRED;
    }
    return op === OP_NOP ? 0 : REFUSED;
  }

  #read(word: number): number {
    const { server, model } = this;
    if (word === HEADER_SQ_TAIL_WORD) return (server.submissionHead + this.#chooseTail()) | 0;
    if (word === HEADER_CQ_HEAD_WORD) {
      if (this.#behaves) return this.written;
      return (server.completionHead + this.script.choose(this.unread + 3) - 1) | 0;
    }
    const next = HEADER_WORDS + (server.submissionHead & (model.sqEntries - 1)) * SQE_WORDS;
    if (word === next && !this.#reads.has(word)) {
      this.#reads.clear();
      this.#reads.add(word);
      this.#entrySlot = next;
      const first = this.#behaves ? OP_NOP : FIRST_WORDS[this.script.choose(FIRST_WORDS.length)]!;
      this.#entry = [first];
      this.#position = server.submissionHead;
      return first;
    }
    const at = word - this.#entrySlot;
    check(at > 0 && at < SQE_WORDS, `word ${word} is none that a server reads`);
    check(!this.#reads.has(word), 'a word of an entry is read once');
    this.#reads.add(word);
    // Different at each place and for each submission, so that a word taken from elsewhere is noticed.
    const value = (Math.imul(this.#position, 64) + at) | 0;
    this.#entry[at] = value;
    if (at === 3) this.#took();
    return value;
  }

  /** The entry being taken: where it lies, which one it is, and what was read of it. */
  #entrySlot = Number.POSITIVE_INFINITY;
  #position = 0;
  #entry: number[] = [];

  /** The first 16 bytes have been read: from here the server owes what the entry asks for. */
  #took(): void {
    const [first, , low, high] = this.#entry;
    const op = first! & 0xff;
    const quiet = (first! & QUIET) !== 0;
    if (op === OP_CALL ? quiet : op === 0xff || !quiet) this.#expected.push(String([low, high]));
  }

  #chooseTail(): number {
    const { sqEntries } = this.model;
    if (this.#behaves) return this.#submitted;
    const choices = [0, ...Array.from({ length: sqEntries }, (_, n) => n + 1), -1, sqEntries + 1, -0x8000_0000];
    return choices[this.script.choose(choices.length)]!;
  }

  #store(word: number, value: number): void {
    const { server, model } = this;
    if (word < CONSTANTS) return;
    if (word === HEADER_SQ_HEAD_WORD) {
      check(value === server.submissionHead, 'sqHead says what was taken');
      return;
    }
    if (word === HEADER_CQ_TAIL_WORD) {
      check(((this.written - value) | 0) >= 0, 'cqTail publishes what is written');
      return;
    }
    if (word === HEADER_OVERFLOW_WORD) return;
    const next = HEADER_WORDS + model.sqEntries * SQE_WORDS + (this.written & (model.cqEntries - 1)) * CQE_WORDS;
    if (word === next) {
      check(this.unread < model.cqEntries, 'a completion that nobody consumed is not written over');
      this.#slot = next;
      this.#completions.push([]);
      this.written = (this.written + 1) | 0;
    }
    const at = word - this.#slot;
    check(at >= 0 && at < CQE_WORDS, `word ${word} is not the server's to write`);
    if (at < 2) this.#completions.at(-1)![at] = value;
  }

  /** Where the completion that is being written lies; its first word is written first. */
  #slot = Number.POSITIVE_INFINITY;

  #credits(): void {
    const { server, model } = this;
    check(server.reserved + this.unread <= model.cqEntries, 'slots that are owed and slots in use fit into the queue');
  }
}

function check(holds: boolean, sentence: string): void {
  if (!holds) throw new Error(sentence);
}

/** Walks every state. @throws Error with the sentence that does not hold */
export function exploreHostileWriter(model: HostileModel): HostileExploration {
  const first = new World(model);
  const seen = new Map<string, World>([[first.key, first]]);
  const frontier = [first];
  const outcomes: Record<string, number> = {};
  let transitions = 0;
  const arrive = (world: World): void => {
    transitions += 1;
    new World(model, world).recovers();
    if (seen.has(world.key)) return;
    seen.set(world.key, world);
    const submitted = (world.server.submissionHead - first.server.submissionHead) | 0;
    const completed = (world.written - first.written) | 0;
    if (submitted < model.submissions && completed < 2 * model.submissions) frontier.push(world);
  };
  const every = (act: (world: World) => void, from: World): void => {
    for (let script: number[] | undefined = []; script !== undefined; ) {
      const world = new World(model, from);
      world.script = new Script(script);
      act(world);
      arrive(world);
      script = world.script.next();
    }
  };
  for (let from = frontier.pop(); from !== undefined; from = frontier.pop()) {
    every((world) => {
      const outcome = world.drain();
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }, from);
    every((world) => world.look(), from);
    every((world) => world.notify(), from);
    if (from.deferred.length > 0) every((world) => world.complete(), from);
  }
  return { states: seen.size, transitions, outcomes };
}
