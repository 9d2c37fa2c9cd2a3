// A journal: the one place through which a run meets the outside. While recording it writes down what came in, while replaying it is
// what comes in. Both have the same face, so whatever asks the outside need not know.
//
//   record   ask(name, real) ─▶ real() ─▶ log        arrived(name, bytes) ─▶ log, and the embedder acts on it
//   replay   ask(name, real) ─▶ log                  nextArrival() ─▶ the embedder acts on it, at the recorded place
//
// A replay that asks for what the log does not have next has left the recorded way: MachineError `diverged`.

import type { Entropy } from '../machine.ts';
import { MachineError } from '../machine-error.ts';
import { InputLogReader, InputLogWriter, type LogEntry } from './input-log.ts';
import { seededEntropy } from './seeded-entropy.ts';
import { VirtualClock, type VirtualClockOptions } from './virtual-clock.ts';

export interface Journal {
  readonly mode: 'record' | 'replay';
  /** For the machine: instructions are its time. */
  readonly clock: VirtualClock;
  readonly entropy: Entropy;
  readonly seed: bigint;
  /** What `at` is in the log: instructions, or steps. Set by who runs the machine. */
  position: () => number;
  /** What the outside says to a question of this name; `real` asks it. */
  ask(name: string, real: () => Uint8Array): Uint8Array;
}

export interface RecorderOptions extends VirtualClockOptions {
  readonly seed: bigint;
  /** What is run: found in the log's header again. */
  readonly subject?: Uint8Array;
  /** Gets the log piece by piece. Without it, `finish` gives it whole. */
  readonly write?: (bytes: Uint8Array) => void;
}

export class Recorder implements Journal {
  readonly mode = 'record';
  readonly clock: VirtualClock;
  readonly entropy: Entropy;
  readonly seed: bigint;
  position: () => number = () => 0;
  readonly #log: InputLogWriter;
  readonly #pieces: Uint8Array[] = [];

  constructor({ seed, subject = new Uint8Array(), write, ...clock }: RecorderOptions) {
    this.seed = BigInt.asUintN(64, seed);
    this.clock = new VirtualClock(clock);
    this.entropy = seededEntropy(this.seed);
    const { nsPerInstruction } = this.clock;
    const header = { seed: this.seed, startNs: clock.startNs ?? 0, nsPerInstruction, subject };
    this.#log = new InputLogWriter(header, write ?? ((bytes) => void this.#pieces.push(bytes.slice())));
  }

  /** Writes down that something arrives now; the embedder hands it on. */
  arrived(name: string, payload: Uint8Array = new Uint8Array()): void {
    this.#add('input', name, payload);
  }

  ask(name: string, real: () => Uint8Array): Uint8Array {
    const answer = real();
    this.#add('answer', name, answer);
    return answer;
  }

  /** Ends the log. @param hash of the state (`stateHash`), for the replay to be compared with @returns the log, unless it was written away */
  finish(hash = ''): Uint8Array {
    this.#add(
      'end',
      '',
      Uint8Array.from(hash, (character) => character.charCodeAt(0)),
    );
    const log = new Uint8Array(this.#pieces.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const piece of this.#pieces) {
      log.set(piece, at);
      at += piece.length;
    }
    return log;
  }

  #add(kind: LogEntry['kind'], name: string, payload: Uint8Array): void {
    this.#log.add({ kind, at: this.position(), timeNs: this.clock.nowNs(), name, payload });
  }
}

/** Starts a recording. */
export const createRecorder = (options: RecorderOptions): Recorder => new Recorder(options);

export class Replay implements Journal {
  readonly mode = 'replay';
  readonly clock: VirtualClock;
  readonly entropy: Entropy;
  readonly seed: bigint;
  /** What was recorded as run. */
  readonly subject: Uint8Array;
  position: () => number = () => 0;
  readonly #log: InputLogReader;
  /** Looks ahead for what arrives. */
  readonly #ahead: InputLogReader;
  #arrival: LogEntry | undefined;

  /** @throws MachineError `badLog` */
  constructor(log: Uint8Array) {
    this.#log = new InputLogReader(log);
    this.#ahead = new InputLogReader(log);
    const { seed, startNs, nsPerInstruction, subject } = this.#log.header;
    this.seed = seed;
    this.subject = subject;
    this.clock = new VirtualClock({ startNs, nsPerInstruction });
    this.entropy = seededEntropy(seed);
  }

  /** @throws MachineError `diverged`, `badLog` */
  ask(name: string, _real: () => Uint8Array): Uint8Array {
    const entry = this.#log.peek();
    if (entry?.kind !== 'answer' || entry.name !== name || entry.at !== this.position()) {
      throw this.diverged(`the run asks for ${name} at ${this.position()}`);
    }
    this.#log.take();
    return entry.payload;
  }

  /**
   * What arrives next, and where; undefined when nothing does any more. The run may ask things before it comes there.
   * @throws MachineError `badLog`
   */
  nextArrival(): LogEntry | undefined {
    while (this.#arrival === undefined) {
      const entry = this.#ahead.take();
      if (entry === undefined) return undefined;
      if (entry.kind === 'input') this.#arrival = entry;
    }
    return this.#arrival;
  }

  /** It is being handed on. @throws MachineError `diverged` when the run should have asked something before */
  arrivalTaken(): void {
    const entry = this.#log.peek();
    if (entry?.kind !== 'input') throw this.diverged(`at ${this.position()} something arrives`);
    this.#log.take();
    this.#arrival = undefined;
  }

  /** Whether nothing is left but the end. */
  get isOver(): boolean {
    const entry = this.#log.peek();
    return entry === undefined || entry.kind === 'end';
  }

  /**
   * Compares the end of this run with the recorded one.
   * @param hash of the state, compared if one was recorded
   * @throws MachineError `diverged`
   */
  finish(hash = ''): void {
    const entry = this.#log.take();
    if (entry === undefined) return;
    const recorded = Array.from(entry.payload, (byte) => String.fromCharCode(byte)).join('');
    const isSame = entry.kind === 'end' && entry.at === this.position() && entry.timeNs === this.clock.nowNs();
    if (!isSame || (recorded !== '' && hash !== '' && recorded !== hash)) {
      throw new MachineError(
        'diverged',
        `the run ended at ${this.position()}, ${this.clock.nowNs()} ns, in state ${hash || '–'}; recorded is ${describe(entry)}, state ${recorded || '–'}`,
      );
    }
  }

  diverged(what: string): MachineError {
    const entry = this.#log.peek();
    return new MachineError(
      'diverged',
      `${what}, and recorded is ${describe(entry)}: replay what was recorded, with the same program and options`,
    );
  }
}

const describe = (entry: LogEntry | undefined): string =>
  entry === undefined ? 'nothing more' : `${entry.kind} ${entry.name} at ${entry.at}, ${entry.timeNs} ns`;

/** Opens a recording to be run again. @throws MachineError `badLog` */
export const createReplay = (log: Uint8Array): Replay => new Replay(log);
