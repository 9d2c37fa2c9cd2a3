// One call as its server sees it: who called, what came with it, and the one answer it gets.
import {
  CapError,
  type CapExceptionKind,
  type Codec,
  capException,
  exceptionMessage,
  type InterfaceDescriptor,
  type MethodDescriptor,
} from '@capos/abi';
import { RETURN_AUX_EXCEPTION, TRANSFER_SIZE } from '@capos/ipc-ring';
import type { Cap, Transfer } from './cap.ts';
import type { Environment } from './environment.ts';
import { type ReturnOwner, writeTransfers } from './pending-return.ts';
import type { ReceivedCaps } from './received-caps.ts';
import { RuntimeError } from './runtime-error.ts';

/** What a handler returns that will answer later. */
export type Later = typeof LATER;
export const LATER: unique symbol = Symbol('the call is answered later');

/** A call that awaits its answer. */
export interface ServedCall {
  readonly token: number;
}

/** What a context tells its server. */
export interface CallServer extends ReturnOwner {
  answered(call: ServedCall): void;
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
    this.send(capException, exceptionMessage(kind, reason.slice(0, MAX_REASON)), undefined, RETURN_AUX_EXCEPTION);
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
    this.environment.returns.take().send(this.server, this.token, block, length, transfers, aux);
  }
}

// A reason is for people; this leaves room for it in the smallest result buffer.
const MAX_REASON = 200;
