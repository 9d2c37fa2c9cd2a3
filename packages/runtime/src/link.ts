// Link: one typed service between two threads, over a ring of their own and without a kernel.
//
//   createLink ─▶ LinkStart (post it to both) ─┬─ openLink   the client: an Environment whose CapSet has `service`
//                                              └─ serveLink  the server: takes calls from the ring, writes answers back
//
//   arena:  0 ring │ closed word │ CapSet of one name │ the client's heap, where params and results lie
//
// The server reads params where the client wrote them and writes results where the client wants them: two copies less than
// through a kernel. So the two must trust one another's liveness, not their bytes: a codec reads hostile bytes safely. There
// are no capabilities to pass on here; programs that need them are processes of a kernel.
import {
  CapError,
  type CapExceptionKind,
  CodecError,
  capException,
  capSetSize,
  exceptionMessage,
  type InterfaceDescriptor,
  type MethodDescriptor,
  type WorkerStart,
  writeCapSet,
} from '@capos/abi';
import {
  CQE_FLAG_EXCEPTION,
  DEFERRED,
  HEADER_SQ_TAIL_WORD,
  initializeRing,
  OP_CALL,
  OP_FINISH,
  OP_NOP,
  OP_RELEASE,
  RingServer,
  RingWaiter,
  ringBytes,
  type SubmissionEntry,
  TRANSPORT_BAD_ADDRESS,
  TRANSPORT_BAD_CAP,
  TRANSPORT_BAD_OPERATION,
  TRANSPORT_BUFFER_TOO_SMALL,
} from '@capos/ipc-ring';
import type { ParamsOf, ResultsOf } from './client.ts';
import { type Environment, openEnvironment } from './environment.ts';
import { workerPort } from './worker-port.ts';

/** What both ends are given; can be cloned by `postMessage`. */
export type LinkStart = Omit<WorkerStart, 'arguments' | 'environment'>;

/** How large a link is. */
export interface LinkOptions {
  /** Bytes of the arena: ring, and the client's heap. Default 1 MiB. */
  readonly arenaBytes?: number;
}

/** CPUs there are: with one, waiting never spins. */
export interface LinkWaiting {
  readonly cpus: number;
}

/** A handler for every method: the results, or a promise of them. What it throws becomes a CapException. */
export type LinkHandlers<D extends InterfaceDescriptor> = {
  readonly [M in keyof D['methods']]: (
    params: ParamsOf<D['methods'][M]>,
  ) => ResultsOf<D['methods'][M]> | Promise<ResultsOf<D['methods'][M]>>;
};

const SIZE = { sqEntries: 64, cqEntries: 128 } as const;
const RING_BYTES = ringBytes(SIZE);
const CLOSED_WORD = RING_BYTES >> 2;
const CAP_SET_OFFSET = (RING_BYTES + 64 + 63) & ~63;
const SERVICE = 'service';
const SERVICE_CAP = 1;
const MAX_REASON = 200;
/** A close that comes between a look and a sleep is seen after this long. */
const CLOSE_POLL_MS = 1000;

/** Makes the memory of a link to a service with this interface. */
export function createLink(descriptor: InterfaceDescriptor, { arenaBytes = 0x10_0000 }: LinkOptions = {}): LinkStart {
  const arena = new SharedArrayBuffer(arenaBytes);
  initializeRing(arena, 0, SIZE);
  const entries = [{ name: SERVICE, capId: SERVICE_CAP, interfaceId: descriptor.id }];
  writeCapSet(entries, new Uint8Array(arena), CAP_SET_OFFSET);
  return {
    arena,
    ringOffset: 0,
    capSetOffset: CAP_SET_OFFSET,
    heapOffset: (CAP_SET_OFFSET + capSetSize(1) + 63) & ~63,
    processId: 0n,
  };
}

/** The client's end: `capSet.get('service', Descriptor)`. Its `exit` closes the link. Once per link. */
export function openLink(start: LinkStart, { cpus }: LinkWaiting): Environment {
  const words = new Int32Array(start.arena);
  const exit = (): void => {
    Atomics.store(words, CLOSED_WORD, 1);
    Atomics.notify(words, HEADER_SQ_TAIL_WORD);
  };
  return openEnvironment(workerPort(start, { cpus, exit }));
}

/** The server's end of one link. */
export class LinkServer {
  readonly #server: RingServer;
  readonly #waiter: RingWaiter;
  readonly #words: Int32Array;
  readonly #bytes: Uint8Array;
  readonly #methods: (MethodDescriptor | undefined)[] = [];
  readonly #handlers: Readonly<Record<string, (params: unknown) => unknown>>;
  readonly #name: string;
  /** By method: filled by each decoding in turn. */
  readonly #params: unknown[] = [];
  /** Of the answer being written: bytes or a negated transport error, and completion flags. */
  #length = 0;
  #flags = 0;

  constructor(
    start: LinkStart,
    descriptor: InterfaceDescriptor,
    handlers: Readonly<Record<string, (params: never) => unknown>>,
    { cpus }: LinkWaiting,
  ) {
    this.#server = new RingServer(start.arena, start.ringOffset, SIZE);
    this.#waiter = new RingWaiter(start.arena, start.ringOffset, 'server', { cpus });
    this.#words = new Int32Array(start.arena);
    this.#bytes = new Uint8Array(start.arena);
    this.#handlers = handlers as Readonly<Record<string, (params: unknown) => unknown>>;
    this.#name = descriptor.name;
    for (const method of Object.values(descriptor.methods)) this.#methods[method.ordinal] = method;
  }

  get isClosed(): boolean {
    return Atomics.load(this.#words, CLOSED_WORD) !== 0;
  }

  /** Serves until the client closes the link, blocking this thread: for Workers that do nothing else. */
  run(): void {
    const server = this.#server;
    for (;;) {
      const outcome = server.drain(this);
      if (this.isClosed) return;
      if (outcome === 'no-credit') this.#waiter.waitForCredit(server.completionHead, CLOSE_POLL_MS);
      else if (outcome === 'corrupt') this.#waiter.wait(server.submissionTail, CLOSE_POLL_MS);
      else if (!server.pending) this.#waiter.wait(server.submissionHead, CLOSE_POLL_MS);
    }
  }

  /** Serves until the client closes the link, going back to the event loop in between. */
  async listen(): Promise<void> {
    const server = this.#server;
    for (;;) {
      const outcome = server.drain(this);
      if (this.isClosed) return;
      if (outcome === 'no-credit') await this.#waiter.waitForCreditAsync(server.completionHead, CLOSE_POLL_MS);
      else if (outcome === 'corrupt') await this.#waiter.waitAsync(server.submissionTail, CLOSE_POLL_MS);
      else await this.#waiter.waitAsync(server.submissionHead, CLOSE_POLL_MS);
    }
  }

  /** Acts on one submission; called by the ring. */
  submit(entry: SubmissionEntry): number {
    const { op } = entry;
    if (op === OP_CALL) return this.#call(entry);
    return op === OP_NOP || op === OP_FINISH || op === OP_RELEASE ? 0 : -TRANSPORT_BAD_OPERATION;
  }

  #call(entry: SubmissionEntry): number {
    if (entry.flags !== 0 || entry.transferCount !== 0) return -TRANSPORT_BAD_OPERATION;
    if (entry.capId !== SERVICE_CAP) return -TRANSPORT_BAD_CAP;
    const { methodId, paramsAddress, paramsLength, resultAddress, resultLength } = entry;
    const size = this.#bytes.length;
    if (paramsAddress + paramsLength > size || resultAddress + resultLength > size) return -TRANSPORT_BAD_ADDRESS;
    const { userDataLow, userDataHigh } = entry;
    const method = this.#methods[methodId];
    if (method === undefined) {
      this.#failed('unimplemented', `${this.#name} has no method ${methodId}`, resultAddress, resultLength);
    } else {
      try {
        const params = method.params.decode(this.#bytes, paramsAddress, paramsLength, this.#params[methodId]);
        this.#params[methodId] = params;
        const results = this.#handlers[method.name]!(params);
        if (results instanceof Promise) {
          // It may look at its params until it settles.
          this.#params[methodId] = undefined;
          this.#later(results, method, userDataLow, userDataHigh, resultAddress, resultLength);
          return DEFERRED;
        }
        this.#length = method.results.encode(results, this.#bytes, resultAddress, resultLength);
        this.#flags = 0;
      } catch (error) {
        this.#threw(error, method.name, resultAddress, resultLength);
      }
    }
    if (this.#length < 0) return this.#length;
    this.#server.complete(userDataLow, userDataHigh, this.#length, this.#flags, 0);
    return DEFERRED;
  }

  #later(
    results: Promise<unknown>,
    method: MethodDescriptor,
    userDataLow: number,
    userDataHigh: number,
    address: number,
    capacity: number,
  ): void {
    // Answer and completion in one turn: what is encoded is kept in fields that the next promise uses.
    const complete = (): void => {
      this.#server.complete(userDataLow, userDataHigh, this.#length, this.#flags, 0);
      this.#server.publish();
    };
    results.then(
      (value) => {
        try {
          this.#length = method.results.encode(value, this.#bytes, address, capacity);
          this.#flags = 0;
        } catch (error) {
          this.#threw(error, method.name, address, capacity);
        }
        complete();
      },
      (error: unknown) => {
        this.#threw(error, method.name, address, capacity);
        complete();
      },
    );
  }

  #threw(error: unknown, method: string, address: number, capacity: number): void {
    if (error instanceof CapError) this.#failed(error.kind, error.reason, address, capacity);
    else if (error instanceof CodecError && error.code === 'noRoom') this.#length = -TRANSPORT_BUFFER_TOO_SMALL;
    else if (error instanceof CodecError)
      this.#failed('invalidArgument', `${method}: ${error.message}`, address, capacity);
    else this.#failed('failed', `the server failed in ${method}`, address, capacity);
  }

  #failed(kind: CapExceptionKind, reason: string, address: number, capacity: number): void {
    const value = exceptionMessage(kind, reason.slice(0, MAX_REASON));
    this.#flags = CQE_FLAG_EXCEPTION;
    this.#length =
      capException.measure(value) <= capacity
        ? capException.encode(value, this.#bytes, address, capacity)
        : -TRANSPORT_BUFFER_TOO_SMALL;
  }
}

/**
 * Serves `descriptor` at the link's other end: `run` it in a Worker that does nothing else, or `listen`. The params that a
 * handler gets are reused: what it wants to keep beyond its return, and beyond its promise, it copies.
 */
export function serveLink<D extends InterfaceDescriptor>(
  start: LinkStart,
  descriptor: D,
  handlers: LinkHandlers<D>,
  waiting: LinkWaiting,
): LinkServer {
  return new LinkServer(start, descriptor, handlers, waiting);
}
