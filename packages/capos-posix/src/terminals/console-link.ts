// Console link: one Console capability, as the terminals and streams over it use it.
//
//   call    a method, made through the table of the process that is acting
//   read    in the background: what it brings goes to whoever listens, and it is asked anew when its process has ended
//   send    in the background and in order: echo, which belongs to no thread
//   watch   waitInterrupt and waitResize, asked again whenever they answer

import {
  type CapTableView,
  Console,
  type ConsoleReadResults,
  type MethodDescriptor,
  type PendingCall,
} from '@capos/abi';
import { type CallAnswer, callMethod } from '../capabilities/capability-call.ts';
import type { SharedCapability } from '../capabilities/shared-capability.ts';
import { ERRNO } from '../linux/errno.ts';
import { type Blocking, isBlocking, type MaybeBlocking, settle } from '../waiting.ts';
import type { WindowSize } from './terminal-device.ts';

/** What a Console says it is. */
export interface ConsoleKind extends WindowSize {
  readonly isTerminal: boolean;
}

/** Bytes of one Console.write. */
const WRITE_CHUNK = 32_768;
const NO_PARAMS = new Uint8Array(16);

type Watched = typeof Console.methods.waitInterrupt | typeof Console.methods.waitResize;

interface Watch {
  readonly method: Watched;
  readonly happened: () => void;
  readonly caps: CapTableView;
}

/** Drives a computation that belongs to no thread: it goes on when what it waits for wakes it. Answers how to stop it. */
function drive<T>(computation: MaybeBlocking<T>, done: (answer: T) => void): () => void {
  if (!isBlocking(computation)) {
    done(computation);
    return () => {};
  }
  let over = false;
  const advance = (): void => {
    if (over) return;
    const step = computation.next('ready');
    if (step.done !== true) {
      step.value.begin(advance);
      return;
    }
    over = true;
    done(step.value);
  };
  advance();
  return () => {
    if (over) return;
    over = true;
    computation.return(undefined as T);
  };
}

export class ConsoleLink {
  readonly capability: SharedCapability;
  /** What a descriptor on it is called. */
  readonly name: string;
  #kind: ConsoleKind | undefined;
  #stopReading: (() => void) | undefined;
  /** The table through which the read under way goes, and who hears of what it brings. */
  #readingThrough: CapTableView | undefined;
  #listener: ((answer: Uint8Array | number) => void) | undefined;
  #outgoing: Uint8Array[] = [];
  #sending = false;
  /** What is asked again whenever it answers: the call under way, and through whose table. */
  readonly #watches = new Map<Watch, PendingCall>();
  #detached = false;
  readonly #atEnd: (() => void)[] = [];

  constructor(capability: SharedCapability, name: string) {
    this.capability = capability;
    this.name = name;
    capability.onHolderLost = (caps) => this.#holderLost(caps);
  }

  /** Makes a call on the console; EIO when nobody holds it. */
  call<Params, Results>(
    method: MethodDescriptor<Params, Results>,
    params: Params,
  ): MaybeBlocking<CallAnswer<Results> | number> {
    const { reference } = this.capability;
    return reference === undefined ? -ERRNO.EIO : callMethod(reference.caps, reference.capId, method, params);
  }

  /** What it is, and how large now. A console that does not say is a stream. */
  *size(): Blocking<ConsoleKind | number> {
    const answer = yield* settle(this.call(Console.methods.getSize, {}));
    return typeof answer === 'number' ? answer : answer.results;
  }

  /** What it is: asked once. */
  *kind(): Blocking<ConsoleKind> {
    if (this.#kind !== undefined) return this.#kind;
    const kind = yield* this.size();
    this.#kind = typeof kind === 'number' ? { rows: 0, columns: 0, isTerminal: false } : kind;
    return this.#kind;
  }

  /** Makes a call for whose answer nobody waits. */
  request<Params, Results>(method: MethodDescriptor<Params, Results>, params: Params): void {
    drive<CallAnswer<Results> | number>(this.call(method, params), () => {});
  }

  /** Asks how large it is now. */
  whenSized(sized: (size: ConsoleKind) => void): void {
    drive(this.size(), (size) => {
      if (typeof size !== 'number') sized(size);
    });
  }

  /** Tells `known` what it is, now or when the console has said. */
  whenKnown(known: (kind: ConsoleKind) => void): void {
    drive(this.kind(), known);
  }

  *write(data: Uint8Array): Blocking<number> {
    let done = 0;
    while (done < data.length) {
      const part = data.subarray(done, done + WRITE_CHUNK);
      const answer = yield* settle(this.call(Console.methods.write, { data: part }));
      if (typeof answer === 'number') return done > 0 ? done : answer;
      done += Math.min(answer.results.written, part.length);
      if (answer.results.written === 0) break;
    }
    return done;
  }

  /** Writes in the background, behind what was sent before. */
  send(bytes: Uint8Array): void {
    this.#outgoing.push(bytes);
    if (!this.#sending) this.#sendNext();
  }

  #sendNext(): void {
    const next = this.#outgoing.shift();
    this.#sending = next !== undefined;
    if (next !== undefined) drive(this.write(next), () => this.#sendNext());
  }

  get reading(): boolean {
    return this.#listener !== undefined;
  }

  /** Reads once, in the background: `arrived` gets bytes, none at the end, or an errno. */
  read(maxLength: number, arrived: (answer: Uint8Array | number) => void): void {
    this.#listener = arrived;
    this.#readingThrough = this.capability.reference?.caps;
    let at = true;
    const stop = drive<number | CallAnswer<ConsoleReadResults>>(
      this.call(Console.methods.read, { maxLength }),
      (answer) => {
        at = false;
        this.#stopReading = undefined;
        this.#readingThrough = undefined;
        this.#listener = undefined;
        arrived(typeof answer === 'number' ? answer : answer.results.data);
      },
    );
    if (at) this.#stopReading = stop;
  }

  /** What went through the table of a process that has ended will not be answered: it is asked anew through another. */
  #holderLost(caps: CapTableView): void {
    const listener = this.#readingThrough === caps ? this.#listener : undefined;
    const lost = [...this.#watches.keys()].filter((watch) => watch.caps === caps);
    if (listener !== undefined) {
      this.#stopReading?.();
      this.#stopReading = undefined;
      this.#readingThrough = undefined;
      this.#listener = undefined;
    }
    for (const watch of lost) {
      this.#watches.get(watch)!.cancel();
      this.#watches.delete(watch);
    }
    if (this.#detached) return;
    // Not through the table of whoever is acting: that is the one that ends.
    const { acting } = this.capability;
    const { currentCaps } = acting;
    acting.currentCaps = undefined;
    if (this.capability.reference !== undefined) {
      if (listener !== undefined) this.read(READ_SIZE, listener);
      for (const { method, happened } of lost) this.watch(method, happened);
    }
    acting.currentCaps = currentCaps;
  }

  /** Calls `happened` whenever the method answers, until `detach`. */
  watch(method: Watched, happened: () => void): void {
    const { reference } = this.capability;
    if (reference === undefined || this.#detached) return;
    const length = method.params.encode({}, NO_PARAMS, 0, NO_PARAMS.length);
    const watch: Watch = { method, happened, caps: reference.caps };
    let answered = false;
    let returned = false;
    const { caps, capId } = reference;
    const pending = caps.call(capId, method.ordinal, NO_PARAMS.subarray(0, length), [], (outcome) => {
      answered = true;
      this.#watches.delete(watch);
      if (outcome.kind !== 'results') return;
      happened();
      // A console that answers before it was asked to wait is broken: asking again would not end.
      if (returned) this.watch(method, happened);
    });
    returned = true;
    if (!answered && pending !== undefined) this.#watches.set(watch, pending);
  }

  /** What is to be done when the last process ends. */
  atEnd(action: () => void): void {
    this.#atEnd.push(action);
  }

  /** The last process has ended: forgets the calls that are still going on. */
  detach(): void {
    if (this.#detached) return;
    for (const action of this.#atEnd) action();
    this.#detached = true;
    for (const pending of this.#watches.values()) pending.cancel();
    this.#watches.clear();
    this.#listener = undefined;
    this.#stopReading?.();
    this.#stopReading = undefined;
  }
}

/** Bytes asked for at a time. */
export const READ_SIZE = 4096;
