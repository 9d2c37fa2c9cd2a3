// One call as its server sees it: who called, what came with it, and the one answer it gets.
//
//   open ──reply, fail, the handler's value──▶ answered ──(only where the service reuses contexts)──▶ open, as the next call
//    └──the caller gives up──▶ canceled, answered to nobody
import type { CapExceptionKind, InterfaceDescriptor, MethodDescriptor } from '@capos/abi';
import type { AnswerSender } from './answer-sender.ts';
import type { BadgeCache } from './badge-cache.ts';
import type { Cap, Transfer } from './cap.ts';
import { NO_CAPS, type ReceivedCaps } from './received-caps.ts';
import { RuntimeError } from './runtime-error.ts';

/** What a handler returns that will answer later. */
export type Later = typeof LATER;
export const LATER: unique symbol = Symbol('the call is answered later');

/** What a context tells its server. */
export interface CallServer {
  readonly sender: AnswerSender;
  readonly badges: BadgeCache;
  answered(context: CallContext<never>): void;
}

/** Passed to each handler that takes it. */
export class CallContext<Results> {
  private readonly server: CallServer;
  private method: MethodDescriptor | undefined = undefined;
  private callToken = 0;
  private received: ReceivedCaps = NO_CAPS;
  private badgeLow = 0;
  private badgeHigh = 0;
  private transfers: Transfer[] | undefined = undefined;
  private isAnswered = true;
  private isCanceled = false;
  private cancelListeners: (() => void)[] | undefined = undefined;

  constructor(server: CallServer) {
    this.server = server;
  }

  /** Called by the server: from here on it stands for this call. */
  begin(method: MethodDescriptor, token: number, badgeLow: number, badgeHigh: number, caps: ReceivedCaps): this {
    this.method = method;
    this.callToken = token;
    this.badgeLow = badgeLow;
    this.badgeHigh = badgeHigh;
    this.received = caps;
    this.transfers = undefined;
    this.isAnswered = false;
    this.isCanceled = false;
    this.cancelListeners = undefined;
    return this;
  }

  /** The call's name with the kernel: for `onBehalfOf`. */
  get token(): number {
    return this.callToken;
  }

  /** Capabilities that came with the params. What is not adopted by the time of the answer is released. */
  get caps(): ReceivedCaps {
    return this.received;
  }

  /** Badge of the facet that the caller used: which client this is. */
  get badge(): bigint {
    return this.server.badges.get(this.badgeLow, this.badgeHigh);
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
    return this.received.adopt(ordinal, descriptor);
  }

  /**
   * Sends a capability with the answer; the result is its ordinal, for the field of the results that names it.
   * @throws RuntimeError ALREADY_ANSWERED
   */
  give(cap: Cap, mode: 'copy' | 'move' = 'copy'): number {
    if (this.isAnswered) throw this.alreadyAnswered('giving a capability with the answer of');
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
    this.server.sender.results(this.callToken, this.method!, results, this.transfers);
    this.server.answered(this);
  }

  /**
   * Fails the call. A CapError reaches the caller as it is; of anything else the caller only learns that the server
   * failed, and the server's `onError` gets it. @throws RuntimeError ALREADY_ANSWERED
   */
  fail(error: unknown): void {
    this.beginAnswer();
    this.server.sender.thrown(this.callToken, this.method, error);
    this.server.answered(this);
  }

  /** Fails the call with this exception. @throws RuntimeError ALREADY_ANSWERED */
  failAs(kind: CapExceptionKind, reason: string): void {
    this.beginAnswer();
    this.server.sender.exception(this.callToken, kind, reason);
    this.server.answered(this);
  }

  /** Called by the server. */
  markCanceled(): void {
    if (this.isAnswered || this.isCanceled) return;
    this.isCanceled = true;
    for (const listener of this.cancelListeners ?? []) listener();
  }

  private beginAnswer(): void {
    if (this.isAnswered) throw this.alreadyAnswered('answering');
    this.isAnswered = true;
  }

  /** Called by the server too. */
  alreadyAnswered(attempted: string): RuntimeError {
    return new RuntimeError(
      'ALREADY_ANSWERED',
      `${attempted} ${this.method?.name ?? 'a call'} after its answer: a handler returns its answer, or calls reply or fail once`,
    );
  }
}
