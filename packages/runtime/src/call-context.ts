// One call as its server sees it: who called, what came with it, and the one answer it gets.
import {
  CapError,
  type CapExceptionKind,
  type Codec,
  capException,
  type InterfaceDescriptor,
  type MethodDescriptor,
} from '@capos/abi';
import {
  type CompletionEntry,
  PUSHED,
  RETURN_AUX_EXCEPTION,
  TRANSFER_MODE_COPY,
  TRANSFER_MODE_MOVE,
  TRANSFER_SIZE,
} from '@capos/ipc-ring';
import type { Cap, Transfer } from './cap.ts';
import type { Environment } from './environment.ts';
import type { ReceivedCaps } from './received-caps.ts';
import type { Operation, Startable } from './ring-driver.ts';
import { RuntimeError } from './runtime-error.ts';
import { TransportError } from './transport-error.ts';

/** What a handler returns that will answer later. */
export type Later = typeof LATER;
export const LATER: unique symbol = Symbol('the call is answered later');

/** A call that awaits its answer. */
export interface ServedCall {
  readonly token: number;
}

/** What a context tells its server. */
export interface CallServer {
  answered(call: ServedCall): void;
  reportError(error: unknown): void;
}

/** Passed to each handler. */
export class CallContext<Results> implements ServedCall {
  readonly token: number;
  /** Capabilities that came with the params. What is not adopted by the time of the answer is released. */
  readonly caps: ReceivedCaps;
  private readonly environment: Environment;
  private readonly server: CallServer;
  private readonly method: MethodDescriptor | undefined;
  private readonly badgeLow: number;
  private readonly badgeHigh: number;
  private transfers: Transfer[] | undefined = undefined;
  private isAnswered = false;
  private isCanceled = false;
  private cancelListeners: (() => void)[] | undefined = undefined;

  constructor(
    environment: Environment,
    server: CallServer,
    method: MethodDescriptor | undefined,
    token: number,
    badgeLow: number,
    badgeHigh: number,
    caps: ReceivedCaps,
  ) {
    this.environment = environment;
    this.server = server;
    this.method = method;
    this.token = token;
    this.badgeLow = badgeLow;
    this.badgeHigh = badgeHigh;
    this.caps = caps;
  }

  /** Badge of the facet that the caller used: which client this is. */
  get badge(): bigint {
    return this.badgeHigh === 0 ? BigInt(this.badgeLow) : (BigInt(this.badgeHigh) << 32n) | BigInt(this.badgeLow);
  }

  /** The caller gave up; the answer will reach nobody. */
  get canceled(): boolean {
    return this.isCanceled;
  }

  get answered(): boolean {
    return this.isAnswered;
  }

  /** Runs `listener` when the caller gives up before the answer. */
  onCancel(listener: () => void): void {
    this.cancelListeners ??= [];
    this.cancelListeners.push(listener);
  }

  /** Takes over capability `ordinal` of the params. @throws CapError invalidArgument */
  adopt(ordinal: number, descriptor?: InterfaceDescriptor): Cap {
    return this.caps.adopt(ordinal, descriptor);
  }

  /** Sends a capability with the answer; the result is its ordinal, for the field of the results that names it. */
  give(cap: Cap, mode: 'copy' | 'move' = 'copy'): number {
    this.transfers ??= [];
    return this.transfers.push({ cap, mode }) - 1;
  }

  /** Return this from the handler to answer with `reply` or `fail` some time later. */
  later(): Later {
    return LATER;
  }

  /** Answers the call. Results that do not fit their type fail it instead. @throws RuntimeError ALREADY_ANSWERED */
  reply(results: Results): void {
    this.beginAnswer();
    try {
      this.send(this.method!.results, results, this.transfers, 0);
    } catch (error) {
      this.server.reportError(error);
      this.sendException('failed', 'the server could not put its answer into a message');
    }
    this.endAnswer();
  }

  /**
   * Fails the call. A CapError reaches the caller as it is; of anything else the caller only learns that the server
   * failed, and the server's `onError` gets it. @throws RuntimeError ALREADY_ANSWERED
   */
  fail(error: unknown): void {
    if (error instanceof CapError) {
      this.failAs(error.kind, error.reason);
      return;
    }
    this.server.reportError(error);
    this.failAs('failed', `the server failed in ${this.method?.name ?? 'a method'}`);
  }

  /** Fails the call with this exception. @throws RuntimeError ALREADY_ANSWERED */
  failAs(kind: CapExceptionKind, reason: string): void {
    this.beginAnswer();
    this.sendException(kind, reason);
    this.endAnswer();
  }

  /** Called by the server. */
  markCanceled(): void {
    if (this.isAnswered || this.isCanceled) return;
    this.isCanceled = true;
    for (const listener of this.cancelListeners ?? []) listener();
  }

  private beginAnswer(): void {
    if (this.isAnswered) {
      throw new RuntimeError(
        'ALREADY_ANSWERED',
        `answering ${this.method?.name ?? 'a call'} again: a handler returns its answer, or calls reply or fail once`,
      );
    }
    this.isAnswered = true;
  }

  private endAnswer(): void {
    if (this.caps.length > 0) this.caps.releaseRest();
    this.server.answered(this);
  }

  private sendException(kind: CapExceptionKind, reason: string): void {
    this.send(capException, { kind, reason: reason.slice(0, MAX_REASON) }, undefined, RETURN_AUX_EXCEPTION);
  }

  private send<T>(codec: Codec<T>, value: T, transfers: readonly Transfer[] | undefined, aux: number): void {
    const { driver } = this.environment;
    const payload = codec.measure(value);
    const bytes = ((payload + 7) & ~7) + (transfers === undefined ? 0 : transfers.length * TRANSFER_SIZE);
    const block = driver.allocator.allocate(bytes);
    if (block < 0) {
      throw new RuntimeError(
        'ARENA_EXHAUSTED',
        `answering takes ${bytes} bytes of arena and ${driver.allocator.freeBytes} are free: answer with less at once`,
      );
    }
    let length: number;
    try {
      length = codec.encode(value, driver.bytes, block, payload);
      if (transfers !== undefined) writeTransfers(driver.words, (block + ((length + 7) & ~7)) >> 2, transfers);
    } catch (error) {
      driver.allocator.free(block);
      throw error;
    }
    driver.startOrWait(new Return(this.environment, this.server, this.token, block, length, transfers, aux));
  }
}

// A reason is for people; this leaves room for it in the smallest result buffer.
const MAX_REASON = 200;

/** An answer on its way to the kernel. */
class Return implements Operation, Startable {
  slot = 0;
  nextWaiting: Startable | null = null;
  private readonly environment: Environment;
  private readonly server: CallServer;
  private readonly token: number;
  private readonly block: number;
  private readonly length: number;
  private readonly transfers: readonly Transfer[] | undefined;
  private readonly aux: number;

  constructor(
    environment: Environment,
    server: CallServer,
    token: number,
    block: number,
    length: number,
    transfers: readonly Transfer[] | undefined,
    aux: number,
  ) {
    this.environment = environment;
    this.server = server;
    this.token = token;
    this.block = block;
    this.length = length;
    this.transfers = transfers;
    this.aux = aux;
  }

  start(): boolean {
    const { driver } = this.environment;
    if (!driver.hasSpace()) return false;
    const { submissions, synchronous } = driver;
    const slot = driver.enlist(this);
    // Moved capabilities are marked when the answer is known to have been delivered, so those answers are counted.
    const counted = !synchronous || this.transfers !== undefined;
    const outcome = counted
      ? submissions.return(this.token, slot, this.block, this.length, this.aux)
      : submissions.returnQuietly(this.token, slot, this.block, this.length, this.aux);
    if (outcome !== PUSHED) {
      driver.retire(this);
      return false;
    }
    if (this.transfers !== undefined) submissions.transfers(this.transfers.length);
    if (!counted) driver.settleWhenTaken(this, this.block);
    return true;
  }

  complete(entry: CompletionEntry): void {
    const { driver } = this.environment;
    const counted = !driver.synchronous || this.transfers !== undefined;
    if (entry.result >= 0 && this.transfers !== undefined) {
      for (const { cap, mode } of this.transfers) if (mode === 'move') cap.markMoved();
    }
    if (counted) {
      driver.retire(this);
      driver.allocator.free(this.block);
    }
    if (entry.result < 0) this.refused(-entry.result);
  }

  // The caller is told something rather than left waiting; if the call has ended meanwhile, this is refused too.
  private refused(error: number): void {
    if (this.aux === RETURN_AUX_EXCEPTION) return;
    const { driver } = this.environment;
    this.server.reportError(new TransportError(error, 'returning the results of a call'));
    const value = { kind: 'failed', reason: 'the answer of the server could not be delivered' } as const;
    const block = driver.allocator.allocate(capException.measure(value));
    if (block < 0) return;
    const length = capException.encode(value, driver.bytes, block);
    driver.startOrWait(
      new Return(this.environment, this.server, this.token, block, length, undefined, RETURN_AUX_EXCEPTION),
    );
  }
}

function writeTransfers(words: Int32Array, word: number, transfers: readonly Transfer[]): void {
  let at = word;
  for (const { cap, mode } of transfers) {
    words[at] = cap.id;
    words[at + 1] = mode === 'move' ? TRANSFER_MODE_MOVE : TRANSFER_MODE_COPY;
    words[at + 2] = 0;
    words[at + 3] = 0;
    at += 4;
  }
}
