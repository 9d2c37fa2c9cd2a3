// The server's side of a ring, and the only side that must survive the other one.
//
// What it trusts: its own copies (heads, tails, masks, sizes, reservations). What it reads from shared memory: sqTail
// and cqHead, once each per drain, checked before use; and each SQE, copied whole before anybody looks at it.
//
//   reserved  submissions accepted whose completion is not written yet
//   unread    completions written that the client has not consumed (by the last cqHead that made sense)
//   reserved + unread ≤ cqEntries, always: an entry is only taken from the queue when it leaves that true, so writing a
//   completion can never overwrite one, and needs no check.

import {
  CQE_FLAG_CALL_ARRIVED,
  CQE_FLAG_DETAILED,
  CQE_FLAG_UNSOLICITED,
  HEADER_CLIENT_FLAGS_WORD,
  HEADER_CQ_HEAD_WORD,
  HEADER_CQ_TAIL_WORD,
  HEADER_FLAG_NEED_WAKEUP,
  HEADER_OVERFLOW_WORD,
  HEADER_SQ_HEAD_WORD,
  HEADER_SQ_TAIL_WORD,
  IMMEDIATE_OPERATIONS,
  SHORT_OPERATIONS,
  SQE_FLAG_QUIET,
  SQE_OP_WORD,
  SQE_USER_DATA_HIGH_WORD,
  SQE_USER_DATA_LOW_WORD,
  TRANSPORT_BAD_OPERATION,
  TRANSPORT_MALFORMED,
  TRANSPORT_NO_CREDIT,
} from './generated/layout-constants.ts';
import {
  copySubmissionRest,
  copySubmissionStart,
  writeCompletion,
  writeDetailedCompletion,
} from './generated/slot-access.ts';
import { SubmissionEntry } from './generated/submission-entry.ts';
import { RingError } from './ring-error.ts';
import { type RingBuffer, type RingMemory, type RingSize, ringMemory, writeConstants } from './ring-shape.ts';

/** A submission's handler answers this when it has completed the entry itself, or will later. */
export const DEFERRED = -0x80000000;

/** Acts on submissions one by one. */
export interface SubmissionHandler {
  /**
   * `entry` is reused: read it before returning. Answers the completion's result (≥ 0, or a negated transport error),
   * or DEFERRED when `complete…` is or will be called for it. Must not throw.
   */
  submit(entry: SubmissionEntry): number;
}

// Copies that are not exported: V8 folds those, but loads an imported or exported binding anew at every use (measured:
// 5 ns of a batched NOP, which the bench `nop-batched` guards).
const DEFER = DEFERRED;
const SHORT = SHORT_OPERATIONS;
const IMMEDIATE = IMMEDIATE_OPERATIONS;
const OP = SQE_OP_WORD;
const copyStart = copySubmissionStart;
const copyRest = copySubmissionRest;
const writePlain = writeCompletion;
const writeDetailed = writeDetailedCompletion;
const USER_DATA_LOW = SQE_USER_DATA_LOW_WORD;
const USER_DATA_HIGH = SQE_USER_DATA_HIGH_WORD;
const SQ_TAIL = HEADER_SQ_TAIL_WORD;
const SQ_HEAD = HEADER_SQ_HEAD_WORD;
const CQ_HEAD = HEADER_CQ_HEAD_WORD;
const CQ_TAIL = HEADER_CQ_TAIL_WORD;

/** How a drain ended. */
export type DrainOutcome =
  /** Every published submission was taken. */
  | 'empty'
  /** The limit was reached; there is more. */
  | 'limit'
  /** No completion slot is free; the client must consume some. */
  | 'no-credit'
  /** sqTail or cqHead is impossible. Nothing was taken from then on; the words the server owns were written afresh. */
  | 'corrupt'
  /** A handler drained its own ring: the outer drain goes on with what it added. */
  | 'nested';

/** Free-running u32 counters of a ring at rest. */
export interface RingPosition {
  readonly submissions: number;
  readonly completions: number;
}

export class RingServer implements RingSize {
  // Numbers start as numbers: a field that was ever undefined is checked at each use.
  readonly sqEntries: number = 0;
  readonly cqEntries: number = 0;
  declare private words: Int32Array;
  private shared: boolean = false;
  private readonly sqWord: number = 0;
  private readonly cqWord: number = 0;
  private readonly sqMask: number = 0;
  private readonly cqMask: number = 0;
  private readonly entry = new SubmissionEntry();
  private sqHead = 0;
  private cqTail = 0;
  private publishedCqTail = 0;
  private cqHead = 0;
  /** Completion slots neither reserved nor unread. */
  private free = 0;
  private overflowCount = 0;
  private draining = false;
  private again = false;
  /** The entry holds more than the first 16 bytes of an earlier submission. */
  private long = false;
  private takenCount = 0;

  /**
   * Serves the ring of this size at `offset`, as `initializeRing` left it; or, when a ring is restored from a
   * checkpoint, from where its counters stood with every completion consumed.
   * @throws RingError BAD_SHAPE
   */
  constructor(buffer: RingBuffer, offset: number, size: RingSize, position?: RingPosition) {
    const memory: RingMemory = ringMemory(buffer, offset, size);
    this.sqEntries = memory.sqEntries;
    this.cqEntries = memory.cqEntries;
    this.words = memory.words;
    this.shared = memory.shared;
    this.free = memory.cqEntries;
    this.sqWord = memory.sqWord;
    this.cqWord = memory.cqWord;
    this.sqMask = memory.sqEntries - 1;
    this.cqMask = memory.cqEntries - 1;
    if (position === undefined) return;
    this.sqHead = position.submissions | 0;
    this.cqTail = position.completions | 0;
    this.publishedCqTail = this.cqTail;
    this.cqHead = this.cqTail;
  }

  /** A drain is under way: what is completed now it publishes when it ends. */
  get isDraining(): boolean {
    return this.draining;
  }

  /** Submissions taken by the last drain. */
  get taken(): number {
    return this.takenCount;
  }

  /** Accepted submissions without a completion, and reservations. */
  get reserved(): number {
    return this.cqEntries - this.free - ((this.cqTail - this.cqHead) | 0);
  }

  /** Drains that stopped for want of credit since the start (also in the header). */
  get overflow(): number {
    return this.overflowCount;
  }

  /** The client's published counter, for a waiter to sleep on. Unchecked. */
  get submissionTail(): number {
    return this.load(SQ_TAIL);
  }

  /** Submissions taken so far, as the counter in the header. */
  get submissionHead(): number {
    return this.sqHead;
  }

  /** The client's consumed counter as last read: what a waiter for credit is told was seen. */
  get completionHead(): number {
    return this.cqHead;
  }

  /** Completions the client could consume now: what `cap_enter` answers. */
  unread(): number {
    this.readCqHead();
    return (this.publishedCqTail - this.cqHead) | 0;
  }

  /**
   * Takes published submissions, at most `limit` and never more than a queue full, and publishes what they completed.
   * `taken` says how many there were.
   */
  drain(handler: SubmissionHandler, limit: number = this.sqEntries): DrainOutcome {
    if (this.draining) {
      this.again = true;
      return 'nested';
    }
    this.draining = true;
    const start = this.sqHead;
    try {
      return this.drainPublished(handler, (start + Math.max(0, Math.min(limit, this.sqEntries))) | 0);
    } finally {
      this.takenCount = (this.sqHead - start) | 0;
      this.draining = false;
      this.publish();
    }
  }

  /**
   * Takes one completion slot for something no submission asked for (a bound notification, a cancellation notice).
   * False when none is free: keep the event and try after the next drain.
   */
  reserve(): boolean {
    if (this.free <= 0) {
      this.readCqHead();
      if (this.free <= 0) return false;
    }
    this.free -= 1;
    return true;
  }

  /** Gives an unused reservation, or the slot of an entry that must not complete, back. */
  unreserve(): void {
    this.requireReservation();
    this.free += 1;
  }

  /** Writes a completion; `publish` makes it visible (a drain does at its end). @throws RingError UNBALANCED */
  complete(userDataLow: number, userDataHigh: number, result: number, flags: number, capCount: number): void {
    this.requireReservation();
    const slot = (this.cqWord + ((this.cqTail & this.cqMask) << 3)) | 0;
    writePlain(this.words, slot, userDataLow, userDataHigh, result, flags, capCount << 16);
    this.cqTail = (this.cqTail + 1) | 0;
  }

  /** Writes the completion of a RECV. @throws RingError UNBALANCED */
  completeReceive(
    userDataLow: number,
    userDataHigh: number,
    bytes: number,
    badgeLow: number,
    badgeHigh: number,
    token: number,
    methodId: number,
    capCount: number,
  ): void {
    const methodAndCaps = methodId | (capCount << 16);
    this.completeWith(
      userDataLow,
      userDataHigh,
      bytes,
      CQE_FLAG_CALL_ARRIVED,
      badgeLow,
      badgeHigh,
      token,
      methodAndCaps,
    );
  }

  /** Writes a DETAILED completion. `methodAndCaps`: method ordinal in the low half, capability records in the high half. */
  completeWith(
    userDataLow: number,
    userDataHigh: number,
    result: number,
    flags: number,
    badgeLow: number,
    badgeHigh: number,
    token: number,
    methodAndCaps: number,
  ): void {
    this.requireReservation();
    const slot = (this.cqWord + ((this.cqTail & this.cqMask) << 3)) | 0;
    writeDetailed(
      this.words,
      slot,
      userDataLow,
      userDataHigh,
      result,
      flags | CQE_FLAG_DETAILED,
      badgeLow,
      badgeHigh,
      token,
      methodAndCaps,
    );
    this.cqTail = (this.cqTail + 1) | 0;
  }

  /**
   * Makes written completions visible and wakes a sleeping client. Submissions taken so far become visible first: a
   * client in another thread that has consumed its last completion finds the slots of all it submitted free. Were they
   * freed later, a client with a full queue would find no room and no completion to wake up for.
   */
  publish(): void {
    const tail = this.cqTail;
    if (tail === this.publishedCqTail) return;
    this.publishedCqTail = tail;
    this.store(SQ_HEAD, this.sqHead);
    if (!this.shared) {
      this.words[CQ_TAIL] = tail;
      return;
    }
    Atomics.store(this.words, CQ_TAIL, tail);
    if ((Atomics.load(this.words, HEADER_CLIENT_FLAGS_WORD) & HEADER_FLAG_NEED_WAKEUP) !== 0) {
      Atomics.notify(this.words, CQ_TAIL);
    }
  }

  /** Whether there are published submissions not yet taken (or a header that a drain would call corrupt). */
  get pending(): boolean {
    return this.load(SQ_TAIL) !== this.sqHead;
  }

  private drainPublished(handler: SubmissionHandler, limit: number): DrainOutcome {
    let outcome: DrainOutcome = 'empty';
    do {
      this.again = false;
      const tail = this.load(SQ_TAIL);
      const published = (tail - this.sqHead) | 0;
      if (published < 0 || published > this.sqEntries || !this.readCqHead()) {
        this.repair();
        return 'corrupt';
      }
      outcome = this.take(handler, tail, limit);
      this.store(SQ_HEAD, this.sqHead);
    } while (this.again && outcome === 'empty');
    return outcome;
  }

  /** Takes what lies before `tail`, but nothing from `limit` on. */
  private take(handler: SubmissionHandler, tail: number, limit: number): DrainOutcome {
    const { entry, sqWord, sqMask } = this;
    const copy = entry.words;
    let head = this.sqHead;
    const end = ((tail - limit) | 0) > 0 ? limit : tail;
    while (head !== end) {
      if (this.free <= 0) {
        this.readCqHead();
        if (this.free <= 0) {
          this.overflowCount += 1;
          this.words[HEADER_OVERFLOW_WORD] = this.overflowCount;
          return 'no-credit';
        }
      }
      const slot = (sqWord + ((head & sqMask) << 4)) | 0;
      copyStart(this.words, slot, copy);
      head = (head + 1) | 0;
      this.sqHead = head;
      this.free -= 1;
      // The entry is the handler's to overwrite by nesting, so what is needed afterwards is kept here.
      const opAndFlags = copy[OP]!;
      const userDataLow = copy[USER_DATA_LOW]!;
      const userDataHigh = copy[USER_DATA_HIGH]!;
      const quiet = (opAndFlags & QUIET) !== 0;
      const op = opAndFlags & 0xff;
      if (op < 32 && ((SHORT >>> op) & 1) !== 0) {
        if (this.long === true) {
          // A loop of twelve stores: `fill` is a call into V8.
          for (let word = 4; word < copy.length; word++) copy[word] = 0;
          this.long = false;
        }
      } else {
        copyRest(this.words, slot, copy);
        this.long = true;
      }
      const result =
        quiet && (op > 31 || ((IMMEDIATE >>> op) & 1) === 0) ? -TRANSPORT_BAD_OPERATION : handler.submit(entry);
      if (result === DEFER) continue;
      if (quiet && result >= 0) this.unreserve();
      else this.complete(userDataLow, userDataHigh, result, quiet ? CQE_FLAG_UNSOLICITED : 0, 0);
    }
    return head === tail ? 'empty' : 'limit';
  }

  private requireReservation(): void {
    if (((this.free + ((this.cqTail - this.cqHead) | 0)) | 0) >= this.cqEntries) unbalanced();
  }

  // cqHead may only move forward, and not past what was published. Anything else is the client's own doing: the last
  // good value stays, so its credit does not come back.
  private readCqHead(): boolean {
    const head = this.load(CQ_HEAD);
    const moved = (head - this.cqHead) | 0;
    if (moved < 0 || moved > ((this.publishedCqTail - this.cqHead) | 0)) return false;
    this.cqHead = head;
    this.free = (this.free + moved) | 0;
    return true;
  }

  private repair(): void {
    writeConstants(this.words, this);
    this.store(SQ_HEAD, this.sqHead);
    this.store(CQ_TAIL, this.publishedCqTail);
    this.words[HEADER_OVERFLOW_WORD] = this.overflowCount;
  }

  private load(word: number): number {
    return this.shared ? Atomics.load(this.words, word) : this.words[word]!;
  }

  private store(word: number, value: number): void {
    if (this.shared) Atomics.store(this.words, word, value);
    else this.words[word] = value;
  }
}

const QUIET = SQE_FLAG_QUIET << 8;

/** What `cap_enter` answers for a drain that did not end well, 0 for one that did. */
export function drainError(outcome: DrainOutcome): number {
  if (outcome === 'corrupt') return -TRANSPORT_MALFORMED;
  if (outcome === 'no-credit') return -TRANSPORT_NO_CREDIT;
  return 0;
}

function unbalanced(): never {
  throw new RingError('UNBALANCED', 'completing on a ring where nothing is pending: complete each submission once');
}
