// Console: the embedder's terminal as a capability. Line editing, echo and Ctrl-C are the backend's; the kernel only queues.
//
//   backend.onInput ─▶ input buffered ─▶ reads, first come first served ─▶ empty data once input has ended

import { CapError, Console } from '@capos/abi';
import { type ObjectCall, objectCallOf, PENDING } from '../ipc/object-call.ts';
import { OperationQueue } from '../ipc/operation-queue.ts';
import type { OperationHolder, PendingOperation } from '../ipc/pending-operation.ts';
import { type ServedInterface, ServedObject, serve } from './serve.ts';

/** A terminal, as the embedder provides it. */
export interface ConsoleBackend {
  /** Takes bytes that are its own from then on; answers how many it took: none, when nobody will ever read them. */
  write(bytes: Uint8Array): number;
  /** Sets who hears input; null is its end. Called once. */
  onInput(callback: (bytes: Uint8Array | null) => void): void;
  size(): { readonly columns: number; readonly rows: number; readonly isTerminal: boolean };
  /** Raw: bytes as typed, no echo. Else lines with echo, and Ctrl-C as an interrupt. */
  setRaw(raw: boolean): void;
  /** Sets who hears Ctrl-C. Called once. */
  onInterrupt(callback: () => void): void;
  /** Sets who hears that the size has changed. Called once; a backend without it keeps its size. */
  onResize?(callback: () => void): void;
  /** Asks for no more input for now, because nobody reads it; a backend without it is buffered without limit. */
  pause?(): void;
  resume?(): void;
}

/** The `ordinal` of `Console.read` results beside the data: pointer, list pointer, padding. */
const READ_OVERHEAD = 24;
const MAX_READ = 65_536;
/** Unread bytes at which input is asked to pause. */
const PAUSE_AT = 65_536;

export class ConsoleObject extends ServedObject {
  readonly backend: ConsoleBackend;
  readonly #reads: OperationQueue = new OperationQueue();
  readonly #interrupts: OperationQueue = new OperationQueue();
  readonly #resizes: OperationQueue = new OperationQueue();
  #input: Uint8Array[] = [];
  #buffered = 0;
  #ended = false;
  #paused = false;
  readonly #entered: (run: () => void) => void;

  /** `entered` brackets events that come from outside the kernel. */
  constructor(backend: ConsoleBackend, entered: (run: () => void) => void) {
    super();
    this.backend = backend;
    this.#entered = entered;
    backend.onInput((bytes) => this.#entered(() => this.#received(bytes)));
    backend.onInterrupt(() => this.#entered(() => this.#happened(this.#interrupts)));
    backend.onResize?.(() => this.#entered(() => this.#happened(this.#resizes)));
  }

  protected get served(): ServedInterface {
    return consoleInterface;
  }

  read(maxLength: number, call: ObjectCall): { data: Uint8Array } | typeof PENDING {
    const length = Math.min(maxLength, MAX_READ, call.room() - READ_OVERHEAD);
    if (length <= 0) throw new CapError('invalidArgument', 'a read needs room for a byte');
    if (this.#buffered > 0 || this.#ended) return { data: this.#take(length) };
    const { operation } = call;
    operation.wordLow = length;
    operation.holder = this.#readHolder;
    this.#reads.push(operation);
    return PENDING;
  }

  waitInterrupt(call: ObjectCall): typeof PENDING {
    call.operation.holder = this.#interruptHolder;
    this.#interrupts.push(call.operation);
    return PENDING;
  }

  waitResize(call: ObjectCall): typeof PENDING {
    call.operation.holder = this.#resizeHolder;
    this.#resizes.push(call.operation);
    return PENDING;
  }

  #received(bytes: Uint8Array | null): void {
    if (bytes === null) this.#ended = true;
    else if (bytes.length > 0) {
      this.#input.push(bytes.slice());
      this.#buffered += bytes.length;
    }
    for (
      let read = this.#reads.first;
      read !== undefined && (this.#buffered > 0 || this.#ended);
      read = this.#reads.first
    ) {
      this.#answer(this.#reads, read, { data: this.#take(read.wordLow) });
    }
    if (this.#buffered >= PAUSE_AT && !this.#paused) {
      this.#paused = true;
      this.backend.pause?.();
    }
  }

  /** Answers those who waited for it; who asks again while being answered waits for the next time. */
  #happened(queue: OperationQueue): void {
    const waiting: PendingOperation[] = [];
    for (let wait = queue.first; wait !== undefined; wait = queue.first) {
      queue.remove(wait);
      wait.holder = undefined;
      waiting.push(wait);
    }
    for (const wait of waiting) objectCallOf(wait).reply({});
  }

  #answer(queue: OperationQueue, operation: PendingOperation, results: unknown): void {
    queue.remove(operation);
    operation.holder = undefined;
    objectCallOf(operation).reply(results);
  }

  #take(length: number): Uint8Array {
    const data = new Uint8Array(Math.min(length, this.#buffered));
    let at = 0;
    while (at < data.length) {
      const piece = this.#input[0]!;
      const count = Math.min(piece.length, data.length - at);
      data.set(piece.subarray(0, count), at);
      if (count === piece.length) this.#input.shift();
      else this.#input[0] = piece.subarray(count);
      at += count;
    }
    this.#buffered -= data.length;
    if (this.#paused && this.#buffered < PAUSE_AT / 2) {
      this.#paused = false;
      this.backend.resume?.();
    }
    return data;
  }

  readonly #readHolder: OperationHolder = { withdraw: (operation) => this.#reads.remove(operation) };
  readonly #resizeHolder: OperationHolder = { withdraw: (operation) => this.#resizes.remove(operation) };
  readonly #interruptHolder: OperationHolder = { withdraw: (operation) => this.#interrupts.remove(operation) };
}

const consoleInterface: ServedInterface = serve<ConsoleObject, typeof Console>(Console, {
  // The data lies in the caller's memory and the backend may keep what it gets: it gets a copy.
  write: ({ backend }, { data }) => ({ written: backend.write(data.slice()) }),
  read: (object, { maxLength }, call) => object.read(maxLength, call),
  getSize: ({ backend }) => backend.size(),
  setMode: ({ backend }, { raw }) => {
    backend.setRaw(raw);
    return {};
  },
  waitInterrupt: (object, _params, call) => object.waitInterrupt(call),
  waitResize: (object, _params, call) => object.waitResize(call),
});
