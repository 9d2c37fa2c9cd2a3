// Pending operation: everything the kernel keeps of one submission (or one internal call) until its completion is posted.
//
//                    ┌ completes while drained ───────────────────────────────┐
//   acquire ─▶ OPEN ─┤                                                        ├─▶ one completion ─▶ recycled
//                    └ waits at a holder (endpoint queue, server, timer, …) ──┘
//
// The holder knows how to let go of it (`withdraw`), so deadline, FINISH and death need not know where it waits. Messages
// stay in the caller's memory until they are delivered; only addresses are kept. Operations are pooled: nothing is
// allocated per call in steady state (bench `ipc`, row `hosted-call`).

import { type CallOutcome, type CapExceptionKind, capException, exceptionMessage, type ServerEnding } from '@capos/abi';
import {
  CAP_RECORD_SIZE,
  CQE_FLAG_EXCEPTION,
  type SubmissionEntry,
  TRANSPORT_BAD_ADDRESS,
  TRANSPORT_BUFFER_TOO_SMALL,
  TRANSPORT_CANCELED,
  TRANSPORT_DISCONNECTED,
  TRANSPORT_TIMED_OUT,
} from '@capos/ipc-ring';
import { RESOURCE } from '../accounting/ledger.ts';
import type { CapTable } from '../capabilities/cap-table.ts';
import type { Origin } from '../capabilities/kernel-object.ts';
import { type EdgeListener, Transfer } from '../capabilities/transfer.ts';
import { assertInvariant } from '../kernel-error.ts';
import { copyOut, type UserMemory } from '../memory/user-memory.ts';
import type { Process } from '../processes/process.ts';
import type { Thread } from '../processes/thread.ts';
import type { TimerNode, TimerQueue } from '../time/timer-queue.ts';
import { type Answer, Landings } from './answer.ts';
import { readOutcome } from './call-outcome.ts';
import type { ProcessRing } from './process-ring.ts';
import type { Admission } from './received-calls.ts';
import { registerEntry } from './register-entry.ts';

/** Where an operation waits. */
export interface OperationHolder {
  /** Forget this operation: it is about to complete otherwise. Must not complete it. */
  withdraw(operation: PendingOperation): void;
}

/** Where calls are in flight. */
export interface CallFlight {
  /** Takes an answered call out of flight. */
  landed(call: PendingOperation): void;
}

/** What a call came through, as far as its server is told. */
export interface BadgedFacet {
  readonly badgeLow: number;
  readonly badgeHigh: number;
}

/** Hears how a call ended that did not come from a ring. */
export type CallCallback = (outcome: CallOutcome) => void;

/** The longest reason an exception carries; what is longer is cut. */
const MAX_REASON = 240;

/** One operation under way. Fields are written by the decoder of its ring operation. */
export class PendingOperation implements TimerNode {
  // Who asked, and where the answer goes.
  process: Process | undefined;
  ring: ProcessRing | undefined;
  callback: CallCallback | undefined;
  /** The caller's memory: params are read from it, results written to it. */
  memory: UserMemory | undefined;
  userDataLow = 0;
  userDataHigh = 0;
  /** The completion goes into the registers of the ring's thread, which waits for it (ipc/register-entry.ts). */
  inRegisters = false;
  /** The answer that the call was named as. */
  answer: Answer | undefined;
  /** Result capabilities stay with the answer (KEEP_CAPS). */
  keepsCaps = false;
  /** While it waits for an answer: which of its capabilities is called. */
  dependencyCap = 0;
  methodId = 0;
  // Addresses in two words, which the fast paths read and write: as one number an address beyond 2^31 would be an object, wherever
  // it is passed on, and one such address would change how V8 keeps the field for everybody.
  paramsLow = 0;
  paramsHigh = 0;
  paramsLength = 0;
  resultLow = 0;
  resultHigh = 0;
  resultLength = 0;
  /** What a PARK expects, a WAIT's mask, a RECV's flags and capability: two words whose meaning is the holder's. */
  wordLow = 0;
  wordHigh = 0;
  /** Free for the holder: what it needs to find the operation again. */
  detail: unknown;
  /** The typed view that kernel objects work with: objectCallOf makes it, and it is used again with the operation. */
  view: object | undefined;
  /** The holder's queue. */
  queueNext: PendingOperation | undefined;
  queuePrevious: PendingOperation | undefined;
  /** Every operation of a process, for its death. */
  processNext: PendingOperation | undefined;
  processPrevious: PendingOperation | undefined;
  holder: OperationHolder | undefined;
  /** Who received the call and under which token. */
  server: Process | undefined;
  serverRing: ProcessRing | undefined;
  token = 0;
  // Donation (scheduling/donation.ts): the thread that calls, of a native process or of a foreign one, the one that serves, and the calls which that took before and after.
  caller: Thread | undefined;
  serverThread: Thread | undefined;
  servedBefore: PendingOperation | undefined;
  servedAfter: PendingOperation | undefined;
  /** The endpoint at which the call is in flight; `detail` stays the facet it came through. */
  endpoint: CallFlight | undefined;
  /** Whose calls this one counts among, from when it is let in until it is over. */
  admission: Admission | undefined;
  /** Capabilities that went to the server with the call: with any, it can't be handed back. */
  deliveredCaps = 0;
  /** Bytes of kernel memory that the operation keeps, charged to its process. */
  inFlightBytes = 0;
  // Deadline.
  deadlineNs = 0;
  heapIndex = -1;
  sequence = 0;
  // Capabilities that travel with the params; made at first use.
  #transfer: Transfer | undefined;
  transferCount = 0;
  readonly #pool: OperationPool;
  /** Guards against completing twice: odd while in use. */
  generation = 0;

  constructor(pool: OperationPool) {
    this.#pool = pool;
  }

  get transfer(): Transfer {
    this.#transfer ??= new Transfer();
    return this.#transfer;
  }

  get paramsAddress(): number {
    return this.paramsHigh * 2 ** 32 + (this.paramsLow >>> 0);
  }

  set paramsAddress(address: number) {
    this.paramsLow = address | 0;
    this.paramsHigh = Math.floor(address / 2 ** 32);
  }

  get resultAddress(): number {
    return this.resultHigh * 2 ** 32 + (this.resultLow >>> 0);
  }

  set resultAddress(address: number) {
    this.resultLow = address | 0;
    this.resultHigh = Math.floor(address / 2 ** 32);
  }

  /** The table results go to. */
  get table(): CapTable {
    return this.process!.table;
  }

  /** Its completion goes where the entry came from. */
  answers(ring: ProcessRing, entry: SubmissionEntry): void {
    this.ring = ring;
    this.userDataLow = entry.userDataLow;
    this.userDataHigh = entry.userDataHigh;
    this.inRegisters = entry === registerEntry;
  }

  /** A CALL through `facet` as a ring's entry says it, whose addresses are below 4 GiB; word n is the SQE's bytes 4n to 4n + 3. */
  takeCall(ring: ProcessRing, words: Int32Array, facet: BadgedFacet): void {
    this.ring = ring;
    this.userDataLow = words[2]!;
    this.userDataHigh = words[3]!;
    this.methodId = words[0]! >>> 16;
    // The endpoint's owner may hand the call back, and it is delivered again from where it lies.
    this.paramsLow = words[4]!;
    this.paramsHigh = 0;
    this.paramsLength = words[6]! >>> 0;
    this.resultLow = words[8]!;
    this.resultHigh = 0;
    this.resultLength = words[7]! >>> 0;
    this.wordLow = facet.badgeLow;
    this.wordHigh = facet.badgeHigh;
    this.detail = facet;
  }

  /** A RECV likewise. */
  takeReceive(ring: ProcessRing, words: Int32Array): void {
    this.ring = ring;
    this.userDataLow = words[2]!;
    this.userDataHigh = words[3]!;
    this.resultLow = words[8]!;
    this.resultHigh = 0;
    this.resultLength = words[7]! >>> 0;
    this.wordLow = (words[0]! & 0xff00) >>> 8;
    this.wordHigh = words[1]!;
  }

  /**
   * A RECV whose call is being answered in its caller's turn: it counts no more, and keeps what it was posted with. {@link resume} or
   * {@link dismiss} follows.
   */
  suspend(): void {
    const process = this.process!;
    process.forgetOperation(this);
    process.ledger.release(RESOURCE.PENDING_OPERATIONS, 1);
  }

  /** It counts again; false when its process's ledger has none left. */
  resume(): boolean {
    const process = this.process!;
    if (!process.ledger.reserve(RESOURCE.PENDING_OPERATIONS, 1)) return false;
    process.rememberOperation(this);
    return true;
  }

  /** Ends a suspended RECV, whose completion is somebody else's. */
  dismiss(): void {
    this.#recycle();
  }

  /** Ends the operation when monotonic time reaches `deadlineNs`. */
  setDeadline(deadlineNs: number): void {
    this.#pool.timers.add(this, deadlineNs);
  }

  expired(): void {
    this.completeError(TRANSPORT_TIMED_OUT);
  }

  /** FINISH, or the internal caller, gave up. */
  cancel(): void {
    this.completeError(TRANSPORT_CANCELED);
  }

  /** Bytes of payload that fit beside `capCount` records. */
  payloadRoom(capCount: number): number {
    if (capCount === 0 || this.keepsCaps) return this.resultLength;
    const end = this.resultAddress + this.resultLength - capCount * CAP_RECORD_SIZE;
    return Math.max(-1, end - (end % 8) - this.resultAddress);
  }

  /** Makes room for `count` result capabilities wherever they go; false, and nothing happened, when there is none. */
  reserveResults(results: Transfer, count: number): boolean {
    if (this.answer !== undefined && !this.answer.reserve(count)) return false;
    if (this.keepsCaps || results.reserve(this.table)) return true;
    this.answer?.unreserve(count);
    return false;
  }

  /** Undoes {@link reserveResults}. */
  cancelResults(results: Transfer, count: number): void {
    this.answer?.unreserve(count);
    if (!this.keepsCaps) results.cancelReservation(this.table);
  }

  /** Results are in the caller's buffer. */
  completeResult(bytes: number, flags: number, capCount: number): void {
    const { ring, callback, answer } = this;
    if (ring !== undefined) {
      const records = this.keepsCaps ? 0 : capCount;
      this.#post(ring, bytes, flags, 0, 0, 0, records << 16);
      if (answer !== undefined) {
        // An exception has been noted before.
        answer.resolve();
        this.#pool.landings.settle();
      }
      return;
    }
    this.#settle();
    const memory = this.memory!;
    const outcome = readOutcome(memory, this.resultAddress, bytes, flags, capCount);
    this.#recycle();
    if (callback !== undefined) callback(outcome);
    this.#pool.releaseBuffer(memory);
  }

  /** A completion with every field; for RECV, PARK, WAIT. */
  completeWith(
    result: number,
    flags: number,
    badgeLow: number,
    badgeHigh: number,
    token: number,
    methodAndCaps: number,
  ): void {
    this.#post(this.ring!, result, flags, badgeLow, badgeHigh, token, methodAndCaps);
  }

  /** The operation did not reach an object, or came to nothing. `code` is a positive transport error. */
  completeError(code: number): void {
    this.holder?.withdraw(this);
    this.#rollbackTransfer();
    const { ring, callback, answer } = this;
    if (ring !== undefined) {
      if (this.inRegisters) {
        this.#post(ring, -code, 0, 0, 0, 0, 0);
      } else {
        this.#settle();
        ring.server.complete(this.userDataLow, this.userDataHigh, -code, 0, 0);
        this.#recycle();
        ring.posted();
      }
      if (answer !== undefined) {
        answer.breakWithError(code);
        this.#pool.landings.settle();
      }
      return;
    }
    this.#settle();
    const memory = this.memory!;
    this.#recycle();
    callback?.({ kind: 'transport', code });
    this.#pool.releaseBuffer(memory);
  }

  /** The call ended in an exception. Without room for it, `disconnected` is still told by a transport error. */
  completeException(kind: CapExceptionKind, reason: string, ending?: ServerEnding): void {
    this.holder?.withdraw(this);
    this.holder = undefined;
    this.#rollbackTransfer();
    const { ring, callback } = this;
    if (ring === undefined) {
      this.#settle();
      const memory = this.memory!;
      this.#recycle();
      callback?.({ kind: 'exception', exception: { kind, reason } });
      this.#pool.releaseBuffer(memory);
      return;
    }
    this.answer?.breakWith(kind, reason, ending);
    const value = exceptionMessage(kind, reason.length > MAX_REASON ? reason.slice(0, MAX_REASON) : reason, ending);
    const length = capException.measure(value);
    if (length > this.resultLength) {
      this.completeError(kind === 'disconnected' ? TRANSPORT_DISCONNECTED : TRANSPORT_BUFFER_TOO_SMALL);
      return;
    }
    const bounce = this.#pool.bounce(length);
    capException.encode(value, bounce, 0, length);
    if (copyOut(this.memory!, this.resultAddress, bounce, 0, length)) {
      this.completeResult(length, CQE_FLAG_EXCEPTION, 0);
    } else {
      this.completeError(TRANSPORT_BAD_ADDRESS);
    }
  }

  /** The process is dying: forget everything, tell nobody but the holder, and whoever acted in the process's place. */
  abandon(): void {
    const { callback } = this;
    const notifier = this.process?.nucleus.notifier;
    // Not before the process is gone: it may be another's thread that hears of it.
    if (callback !== undefined) notifier?.push({ notified: () => callback({ kind: 'abandoned' }) });
    this.holder?.withdraw(this);
    this.#rollbackTransfer();
    this.#settle();
    if (!this.inRegisters) this.ring?.server.unreserve();
    const memory = this.ring === undefined ? this.memory : undefined;
    this.#recycle();
    if (memory !== undefined) this.#pool.releaseBuffer(memory);
  }

  /** Ends without any completion: the decoder refused the submission after all. */
  discard(): void {
    this.#settle();
    this.#recycle();
  }

  /** Delivers the capabilities of the params to a receiver that has reserved room. */
  commitTransfer(receiver: CapTable, origin: Origin, listener: EdgeListener): void {
    this.transfer.commit(receiver, origin, listener);
    this.transferCount = 0;
  }

  /** A kernel object has used the capabilities of the params. */
  consumeTransfer(): void {
    if (this.transferCount === 0) return;
    this.transfer.consume();
    this.transferCount = 0;
  }

  #rollbackTransfer(): void {
    if (this.transferCount === 0) return;
    this.transfer.rollback();
    this.transferCount = 0;
  }

  #settle(): void {
    if ((this.generation & 1) === 0) assertInvariant(false, 'an operation completes once');
    this.holder = undefined;
    const process = this.process!;
    process.forgetOperation(this);
    process.ledger.release(RESOURCE.PENDING_OPERATIONS, 1);
    const { admission } = this;
    if (admission !== undefined) {
      admission.openCalls--;
      this.admission = undefined;
    }
    if (this.heapIndex >= 0 || this.inFlightBytes > 0) this.#settleMore(process);
  }

  /** What few have. */
  #settleMore(process: Process): void {
    if (this.heapIndex >= 0) this.#pool.timers.cancel(this);
    if (this.inFlightBytes > 0) {
      process.ledger.release(RESOURCE.IN_FLIGHT_BYTES, this.inFlightBytes);
      this.inFlightBytes = 0;
    }
  }

  /** The end of an operation that came from a ring or a thread's registers: its one completion. */
  #post(
    ring: ProcessRing,
    result: number,
    flags: number,
    badgeLow: number,
    badgeHigh: number,
    token: number,
    methodAndCaps: number,
  ): void {
    this.#settle();
    if (this.inRegisters) {
      this.#recycle();
      ring.thread!.completeInRegisters(result, flags, badgeLow, badgeHigh, token, methodAndCaps);
      return;
    }
    const { userDataLow, userDataHigh } = this;
    ring.server.completeWith(userDataLow, userDataHigh, result, flags, badgeLow, badgeHigh, token, methodAndCaps);
    this.#recycle();
    ring.posted();
  }

  #recycle(): void {
    this.process = undefined;
    this.ring = undefined;
    this.callback = undefined;
    this.memory = undefined;
    this.detail = undefined;
    this.server = undefined;
    this.serverRing = undefined;
    this.caller = undefined;
    this.serverThread = undefined;
    this.endpoint = undefined;
    this.answer = undefined;
    this.keepsCaps = false;
    this.inRegisters = false;
    this.token = 0;
    this.generation++;
    this.#pool.recycle(this);
  }
}

/** Operations, result buffers of internal calls, and one bounce buffer, all reused. */
export class OperationPool {
  readonly timers: TimerQueue;
  readonly releaseBuffer: (memory: UserMemory) => void;
  readonly landings: Landings = new Landings();
  /** Keeps its length: an array that is emptied throws its storage away, which every call would make anew. */
  readonly #free: PendingOperation[] = [];
  #freeCount = 0;
  #bounce: Uint8Array = new Uint8Array(4096);

  constructor(timers: TimerQueue, releaseBuffer: (memory: UserMemory) => void) {
    this.timers = timers;
    this.releaseBuffer = releaseBuffer;
  }

  /** An operation of `process`, or undefined when its ledger has none left. */
  acquire(process: Process, memory: UserMemory): PendingOperation | undefined {
    if (!process.ledger.reserve(RESOURCE.PENDING_OPERATIONS, 1)) return undefined;
    const operation = this.#freeCount > 0 ? this.#free[--this.#freeCount]! : new PendingOperation(this);
    operation.generation++;
    operation.process = process;
    operation.memory = memory;
    process.rememberOperation(operation);
    return operation;
  }

  recycle(operation: PendingOperation): void {
    this.#free[this.#freeCount++] = operation;
  }

  /** Scratch for one synchronous copy. */
  bounce(length: number): Uint8Array {
    if (this.#bounce.length < length) this.#bounce = new Uint8Array(Math.max(length, this.#bounce.length * 2));
    return this.#bounce;
  }
}
