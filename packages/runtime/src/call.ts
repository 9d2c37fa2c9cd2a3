// One call from its start to its callback. Objects are pooled: a call without text, data or lists leaves no garbage but
// its decoded results, and not even those when the caller gives an object to fill.
//
//   one arena block:  params · pad to 8 · transfer descriptors · result buffer
import {
  CapError,
  type CapId,
  type Codec,
  CodecError,
  capErrorOf,
  capException,
  type MethodDescriptor,
} from '@capos/abi';
import {
  type CompletionEntry,
  CQE_FLAG_EXCEPTION,
  PUSHED,
  TRANSFER_MODE_COPY,
  TRANSFER_MODE_MOVE,
  TRANSFER_SIZE,
  TRANSPORT_CANCELED,
} from '@capos/ipc-ring';
import type { AbortSignalLike } from './abort-signal.ts';
import type { CallAnswer } from './call-answer.ts';
import { type Cap, type CapHolder, type CapPromise, keepAll, letGoAll, NOTHING_KEPT, type Transfer } from './cap.ts';
import { readCapRecords } from './cap-records.ts';
import { NO_CAPS, type ReceivedCaps } from './received-caps.ts';
import { NO_OPERATION, type Operation, type RingDriver, type Startable } from './ring-driver.ts';
import { RuntimeError } from './runtime-error.ts';
import { TransportError } from './transport-error.ts';

/** What a call may be given besides its params. */
export interface CallOptions {
  /** Capabilities sent with the params, which name them by their ordinal here. A bare Cap is copied. */
  readonly transfers?: readonly (Cap | Transfer)[];
  /** Aborting it cancels the call (FINISH); the call then ends with the signal's reason. */
  readonly signal?: AbortSignalLike;
  /** Absolute monotonic nanoseconds (`Timer.now`), after which the call ends TIMED_OUT; at once when they have passed. */
  readonly deadlineNs?: number;
  /** The call that a server makes this one for (its context): its deadline holds here too. */
  readonly onBehalfOf?: { readonly token: number };
  /** Bytes kept for the results and capability records. Too few: the call ends BUFFER_TOO_SMALL. */
  readonly resultCapacity?: number;
}

/** Told how a call ended: an error, or results and the capabilities that came with them. */
export type CallCallback<Results> = (error: Error | null, results: Results | undefined, caps: ReceivedCaps) => void;

/** Bytes kept for results with text, data or lists, unless the call says otherwise. */
export const DEFAULT_RESULT_CAPACITY = 16_384;
// Enough for a CapException with a sentence in it, and for 8 capability records.
const FIXED_RESULT_CAPACITY = 512;

export class PendingCall implements Operation, Startable {
  slot = 0;
  nextWaiting: Startable | null = null;
  nextIdle: PendingCall | null = null;
  private readonly driver: RingDriver;
  private readonly holder: CapHolder;
  private readonly pool: CallPool;
  private target: Cap | null = null;
  private method: MethodDescriptor | null = null;
  private params: unknown = undefined;
  private callback: CallCallback<never> | null = null;
  private options: CallOptions | undefined = undefined;
  private into: unknown = undefined;
  private answerId = 0;
  private block = -1;
  private resultOffset = 0;
  private onAbort: (() => void) | undefined = undefined;
  private answer: CallAnswer | undefined = undefined;
  /** While it waits its turn: what it names, which may be released meanwhile. */
  private kept: readonly Cap[] = NOTHING_KEPT;

  constructor(driver: RingDriver, holder: CapHolder, pool: CallPool) {
    this.driver = driver;
    this.holder = holder;
    this.pool = pool;
  }

  run(
    target: Cap,
    method: MethodDescriptor,
    params: unknown,
    callback: CallCallback<never>,
    options: CallOptions | undefined,
    into: unknown,
    answer?: CallAnswer,
  ): void {
    this.answer = answer;
    this.target = target;
    this.method = method;
    this.params = params;
    this.callback = callback;
    this.options = options;
    this.into = into;
    const signal = options?.signal;
    if (signal !== undefined) {
      if (signal.aborted) {
        answer?.settle(abortReason(signal), NO_CAPS);
        this.end(abortReason(signal), undefined, NO_CAPS);
        return;
      }
      this.onAbort = () => this.abort();
      signal.addEventListener('abort', this.onAbort);
    }
    if (signal !== undefined || answer !== undefined) this.answerId = this.pool.nextAnswerId();
    if (answer !== undefined) answer.id = this.answerId;
    this.driver.startOrWait(this);
  }

  start(): boolean {
    const { driver } = this;
    if (!driver.hasRoom()) return false;
    try {
      const target = this.target!;
      const kept = this.kept.includes(target);
      const promise = kept ? target.keptPromise : target.promise;
      if (!this.submit(promise === undefined ? this.idOf(target) : 0, promise)) return false;
      this.letGo();
      return true;
    } catch (error) {
      // The params do not fit their type or the arena, or a capability is gone: the call never started.
      this.freeBlock();
      this.letGo();
      this.answer?.settle(error as Error, NO_CAPS);
      this.end(error as Error, undefined, NO_CAPS);
      return true;
    }
  }

  waits(): void {
    const { target, options } = this;
    this.kept = keepAll([target!, ...(options?.transfers ?? []).map(capOf)]);
  }

  complete(entry: CompletionEntry): void {
    const { result, flags, capCount } = entry;
    const { driver } = this;
    driver.retire(this);
    let error: Error | null = null;
    let results: unknown;
    let caps = NO_CAPS;
    if (result < 0) {
      const signal = this.options?.signal;
      if (result === -TRANSPORT_CANCELED && signal?.aborted) error = abortReason(signal);
      else error = new TransportError(-result, `calling ${this.method!.name}`);
    } else {
      this.markMoved();
      try {
        if (capCount > 0) {
          caps = readCapRecords(this.holder, driver.words, this.resultOffset + result, capCount);
        }
        if ((flags & CQE_FLAG_EXCEPTION) !== 0) {
          error = capErrorOf(capException.decode(driver.bytes, this.resultOffset, result));
        } else {
          results = this.method!.results.decode(driver.bytes, this.resultOffset, result, this.into);
        }
      } catch (decoding) {
        error = new CapError(
          'failed',
          `the answer to ${this.method!.name} is no ${resultsName(this.method!)}: ${messageOf(decoding)}`,
        );
      }
      if (error !== null) caps.releaseRest();
    }
    this.freeBlock();
    // What is called from here on goes to the capabilities themselves, so the kernel need not keep the answer.
    this.answer?.settle(error, error === null ? caps : NO_CAPS);
    if (this.answerId !== 0 && result !== -TRANSPORT_CANCELED) this.pool.forget(this.answerId);
    this.end(error, results, error === null ? caps : NO_CAPS);
  }

  private submit(capId: CapId, promise: CapPromise | undefined): boolean {
    const { driver, options } = this;
    const method = this.method!;
    const transfers = options?.transfers;
    const transferCount = transfers === undefined ? 0 : transfers.length;
    const paramsBytes = method.params.measure(this.params);
    const resultOffset = ((paramsBytes + 7) & ~7) + transferCount * TRANSFER_SIZE;
    const capacity = options?.resultCapacity ?? resultCapacity(method.results);
    const block = driver.allocator.allocate(resultOffset + capacity);
    if (block < 0) {
      if (driver.inFlight > 0 && resultOffset + capacity <= driver.allocator.totalBytes) return false;
      throw new RuntimeError(
        'ARENA_EXHAUSTED',
        `calling ${method.name} takes ${resultOffset + capacity} bytes of arena and ${driver.allocator.freeBytes} of ` +
          `${driver.allocator.totalBytes} are free: send less at once, give a smaller resultCapacity, or a larger arena`,
      );
    }
    this.block = block;
    const length = method.params.encode(this.params, driver.bytes, block, paramsBytes);
    if (transfers !== undefined) this.writeTransfers(transfers, (block + ((length + 7) & ~7)) >> 2);
    this.resultOffset = block + resultOffset;
    const slot = driver.enlist(this);
    const outcome = driver.submissions.call(
      capId,
      method.ordinal,
      slot,
      block,
      length,
      this.resultOffset,
      capacity,
      this.answerId,
    );
    if (outcome !== PUSHED) {
      driver.retire(this);
      this.freeBlock();
      return false;
    }
    if (promise !== undefined) driver.submissions.pipelined(promise.answerId, promise.ordinal);
    if (transferCount > 0) driver.submissions.transfers(transferCount);
    if (options?.deadlineNs !== undefined) driver.submissions.deadline(options.deadlineNs);
    if (options?.onBehalfOf !== undefined) driver.submissions.onBehalfOf(options.onBehalfOf.token);
    return true;
  }

  private writeTransfers(transfers: readonly (Cap | Transfer)[], word: number): void {
    const { words } = this.driver;
    let at = word;
    for (const transfer of transfers) {
      const moves = 'mode' in transfer && transfer.mode === 'move';
      words[at] = this.idOf(capOf(transfer));
      words[at + 1] = moves ? TRANSFER_MODE_MOVE : TRANSFER_MODE_COPY;
      words[at + 2] = 0;
      words[at + 3] = 0;
      at += 4;
    }
  }

  private idOf(cap: Cap): CapId {
    return this.kept.includes(cap) ? cap.keptId : cap.id;
  }

  private letGo(): void {
    const { kept } = this;
    this.kept = NOTHING_KEPT;
    letGoAll(kept);
  }

  private markMoved(): void {
    const transfers = this.options?.transfers;
    if (transfers === undefined) return;
    for (const transfer of transfers) if ('mode' in transfer && transfer.mode === 'move') transfer.cap.markMoved();
  }

  private abort(): void {
    const { driver } = this;
    if (driver.stopWaiting(this)) {
      this.letGo();
      this.answer?.settle(abortReason(this.options!.signal!), NO_CAPS);
      this.end(abortReason(this.options!.signal!), undefined, NO_CAPS);
      return;
    }
    this.pool.forget(this.answerId);
  }

  private freeBlock(): void {
    if (this.block >= 0) this.driver.allocator.free(this.block);
    this.block = -1;
  }

  private end(error: Error | null, results: unknown, caps: ReceivedCaps): void {
    const callback = this.callback as CallCallback<unknown>;
    if (this.onAbort !== undefined) this.options!.signal!.removeEventListener('abort', this.onAbort);
    this.onAbort = undefined;
    this.target = null;
    this.params = undefined;
    this.callback = null;
    this.options = undefined;
    this.into = undefined;
    this.answerId = 0;
    this.answer = undefined;
    this.pool.giveBack(this);
    callback(error, results, caps);
  }
}

/** Calls not in use, and the names of answers. */
export class CallPool {
  private readonly driver: RingDriver;
  private readonly holder: CapHolder;
  private idle: PendingCall | null = null;
  private lastAnswerId = 0;

  constructor(driver: RingDriver, holder: CapHolder) {
    this.driver = driver;
    this.holder = holder;
  }

  take(): PendingCall {
    const call = this.idle;
    if (call === null) return new PendingCall(this.driver, this.holder, this);
    this.idle = call.nextIdle;
    call.nextIdle = null;
    return call;
  }

  giveBack(call: PendingCall): void {
    call.nextIdle = this.idle;
    this.idle = call;
  }

  /** FINISHes an answer: cancels the call if it is still open, and lets the kernel forget it. */
  forget(answerId: number): void {
    this.driver.startOrWait(new Finish(this.driver, answerId));
  }

  /** Never 0; unique while fewer than 2^32 − 1 answers were named since. */
  nextAnswerId(): number {
    this.lastAnswerId = (this.lastAnswerId + 1) >>> 0 || 1;
    return this.lastAnswerId;
  }
}

/** Forgets an answer, which cancels a call in flight. */
class Finish implements Startable {
  nextWaiting: Startable | null = null;
  private readonly driver: RingDriver;
  private readonly answerId: number;

  constructor(driver: RingDriver, answerId: number) {
    this.driver = driver;
    this.answerId = answerId;
  }

  start(): boolean {
    const { driver } = this;
    if (!driver.hasSpace()) return false;
    // Never fails, so nothing is lost by not being told.
    return driver.submissions.finishQuietly(this.answerId, NO_OPERATION) === PUSHED;
  }
}

function capOf(transfer: Cap | Transfer): Cap {
  return 'mode' in transfer ? transfer.cap : transfer;
}

function resultCapacity(results: Codec<unknown>): number {
  return results.pointers === 0 ? FIXED_RESULT_CAPACITY : DEFAULT_RESULT_CAPACITY;
}

function resultsName(method: MethodDescriptor): string {
  return method.results.name;
}

function abortReason(signal: AbortSignalLike): Error {
  return signal.reason instanceof Error
    ? signal.reason
    : new CapError('failed', `the call was aborted: ${String(signal.reason)}`);
}

function messageOf(error: unknown): string {
  return error instanceof CodecError ? error.message : String(error);
}
