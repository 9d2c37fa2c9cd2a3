// The client's sending half: writes entries in place, publishes them in batches, and never sends past its credit.
//
//   claim ─▶ the slot at the private tail is written (the server cannot see it yet)
//   publish ─▶ sqTail = private tail; a sleeping server is notified
//
// Every counted submission holds one completion slot from claim until its completion is consumed. QUIET submissions
// hold none, but need one to be free: if they fail, their completion goes there.
import {
  HEADER_FLAG_NEED_WAKEUP,
  HEADER_SERVER_FLAGS_WORD,
  HEADER_SQ_HEAD_WORD,
  HEADER_SQ_TAIL_WORD,
  OP_CALL,
  OP_FINISH,
  OP_NOP,
  OP_PARK,
  OP_POST,
  OP_RECV,
  OP_RELEASE,
  OP_RETURN,
  OP_RETURN_RECV,
  OP_SIGNAL,
  OP_UNPARK,
  OP_WAIT,
  SQE_AUX_WORD,
  SQE_DEADLINE_NS_HIGH_WORD,
  SQE_DEADLINE_NS_LOW_WORD,
  SQE_DEPENDENCY_CAP_WORD,
  SQE_DEPENDENCY_WORD,
  SQE_FLAG_KEEP_CAPS,
  SQE_FLAG_PIPELINED,
  SQE_FLAG_QUIET,
  SQE_FLAG_WANT_GONE,
  SQE_OP_WORD,
  SQE_PARAMS_ADDRESS_HIGH_WORD,
  SQE_PARAMS_ADDRESS_LOW_WORD,
} from './generated/layout-constants.ts';
import { writeShortSubmission, writeSubmission } from './generated/slot-access.ts';
import type { RingMemory } from './ring-shape.ts';

/** What a push answers: PUSHED, or why the entry was not accepted. Nothing was written in the latter cases. */
export type PushOutcome = typeof PUSHED | typeof QUEUE_FULL | typeof NO_CREDIT;
/** The entry is written; `publish` (or the client's `submit`) makes it visible. */
export const PUSHED = 0;
/** Every submission slot is taken: let the server drain, then push again. */
export const QUEUE_FULL = 1;
/** Completions outstanding equal the completion queue's capacity: consume some, then push again. */
export const NO_CREDIT = 2;

// Not exported, so that V8 folds them (see ring-server.ts).
const DONE = PUSHED;
const writeShort = writeShortSubmission;
const writeLong = writeSubmission;
const NOP = OP_NOP;
const SQ_TAIL = HEADER_SQ_TAIL_WORD;
const SQ_HEAD = HEADER_SQ_HEAD_WORD;

const LATEST_DEADLINE_NS = 2 ** 63;

/** Addresses, lengths and user data are Numbers below 2^53; the buffers stay the server's until the completion. */
export class SubmissionQueue {
  declare private readonly words: Int32Array;
  // Numbers start as numbers (see ring-server.ts).
  private readonly shared: boolean = false;
  private readonly mask: number = 0;
  private readonly entries: number = 0;
  private readonly credits: number = 0;
  private readonly base: number = 0;
  private tail = 0;
  private publishedTail = 0;
  private knownHead = 0;
  private outstandingCount = 0;
  /** Entries that may be pushed before anything needs to be looked at: at most what there is of credit and of slots. */
  private room = 0;

  constructor(memory: RingMemory) {
    this.words = memory.words;
    this.shared = memory.shared;
    this.entries = memory.sqEntries;
    this.mask = memory.sqEntries - 1;
    this.credits = memory.cqEntries;
    this.base = memory.sqWord;
    this.tail = memory.words[SQ_TAIL]!;
    this.publishedTail = this.tail;
    this.knownHead = memory.words[SQ_HEAD]!;
  }

  /** Counted submissions whose completion has not been consumed. */
  get outstanding(): number {
    return this.outstandingCount;
  }

  /** Counted submissions that may still be pushed before completions must be consumed. */
  get credit(): number {
    return this.credits - this.outstandingCount;
  }

  /** Entries pushed and not yet published. */
  get unpublished(): number {
    return (this.tail - this.publishedTail) | 0;
  }

  /** Free submission slots, as far as known without looking at shared memory when there are some. */
  get space(): number {
    const space = this.entries - ((this.tail - this.knownHead) | 0);
    return space > 0 ? space : this.refreshSpace();
  }

  /** Whether the server has taken every entry pushed, so that what QUIET ones named is free again. */
  get drained(): boolean {
    this.refreshSpace();
    return this.knownHead === this.tail;
  }

  nop(userData: number): PushOutcome {
    return this.pushShort(NOP, 0, userData);
  }

  /** Follow with `pipelined`, `transfers` or `deadline` before publishing where needed. */
  call(
    capId: number,
    methodId: number,
    userData: number,
    paramsAddress: number,
    paramsLength: number,
    resultAddress: number,
    resultLength: number,
    answerId: number,
  ): PushOutcome {
    return this.push(
      OP_CALL | (methodId << 16),
      capId,
      userData,
      paramsAddress,
      paramsLength,
      resultAddress,
      resultLength,
      answerId,
      0,
    );
  }

  /** `wantGone`: it may also complete FACET_GONE. */
  receive(
    endpoint: number,
    userData: number,
    bufferAddress: number,
    bufferLength: number,
    wantGone: boolean = false,
  ): PushOutcome {
    return this.push(
      wantGone ? OP_RECV | WANT_GONE : OP_RECV,
      endpoint,
      userData,
      0,
      0,
      bufferAddress,
      bufferLength,
      0,
      0,
    );
  }

  /** `aux` is 0 or RETURN_AUX_EXCEPTION. */
  return(token: number, userData: number, address: number, length: number, aux: number): PushOutcome {
    return this.push(OP_RETURN, 0, userData, address, length, 0, 0, token, aux);
  }

  /** `return` without a completion unless it fails. */
  returnQuietly(token: number, userData: number, address: number, length: number, aux: number): PushOutcome {
    return this.push(OP_RETURN | QUIET, 0, userData, address, length, 0, 0, token, aux);
  }

  /** Answers the call `token` and receives the next one at `endpoint`: a `return` and a `receive` in one entry. */
  returnReceive(
    endpoint: number,
    token: number,
    userData: number,
    address: number,
    length: number,
    aux: number,
    bufferAddress: number,
    bufferLength: number,
  ): PushOutcome {
    return this.push(OP_RETURN_RECV, endpoint, userData, address, length, bufferAddress, bufferLength, token, aux);
  }

  release(capId: number, userData: number): PushOutcome {
    return this.pushShort(OP_RELEASE, capId, userData);
  }

  releaseQuietly(capId: number, userData: number): PushOutcome {
    return this.pushShort(OP_RELEASE | QUIET, capId, userData);
  }

  finish(answerId: number, userData: number): PushOutcome {
    return this.push(OP_FINISH, 0, userData, 0, 0, 0, 0, answerId, 0);
  }

  finishQuietly(answerId: number, userData: number): PushOutcome {
    return this.push(OP_FINISH | QUIET, 0, userData, 0, 0, 0, 0, answerId, 0);
  }

  park(parkSpace: number, userData: number, address: number, expected: number): PushOutcome {
    return this.push(OP_PARK, parkSpace, userData, address, 0, 0, 0, 0, expected);
  }

  unpark(parkSpace: number, userData: number, address: number, count: number): PushOutcome {
    return this.push(OP_UNPARK, parkSpace, userData, address, 0, 0, 0, 0, count);
  }

  signal(notification: number, userData: number, bitsLow: number, bitsHigh: number): PushOutcome {
    return this.pushBits(OP_SIGNAL, notification, userData, bitsLow, bitsHigh);
  }

  wait(notification: number, userData: number, maskLow: number, maskHigh: number): PushOutcome {
    return this.pushBits(OP_WAIT, notification, userData, maskLow, maskHigh);
  }

  /** Completes with `result` (i32) and the 64-bit `value` as badge. */
  post(userData: number, result: number, valueLow: number, valueHigh: number): PushOutcome {
    const outcome = this.pushBits(OP_POST, 0, userData, valueLow, valueHigh);
    if (outcome === PUSHED) this.words[this.slot + SQE_AUX_WORD] = result;
    return outcome;
  }

  /** An entry given word for word, for tests of a server and for tools that replay. Counted unless QUIET is set. */
  raw(words: Int32Array): PushOutcome {
    const outcome = this.push(words[SQE_OP_WORD]!, 0, 0, 0, 0, 0, 0, 0, 0);
    if (outcome === PUSHED) this.words.set(words, this.slot);
    return outcome;
  }

  /** The entry pushed last calls result capability `ordinal` of an earlier answer instead of its capId. */
  pipelined(answerId: number, ordinal: number): void {
    const words = this.words;
    words[this.slot + SQE_OP_WORD]! |= SQE_FLAG_PIPELINED << 8;
    words[this.slot + SQE_DEPENDENCY_WORD] = answerId;
    words[this.slot + SQE_DEPENDENCY_CAP_WORD] = (words[this.slot + SQE_DEPENDENCY_CAP_WORD]! & ~0xffff) | ordinal;
  }

  /** The entry pushed last is a call whose result capabilities stay with its answer. */
  keepCaps(): void {
    this.words[this.slot + SQE_OP_WORD]! |= SQE_FLAG_KEEP_CAPS << 8;
  }

  /** The entry pushed last is a call made for the received call `token`: it ends when that one's deadline comes. */
  onBehalfOf(token: number): void {
    this.words[this.slot + SQE_AUX_WORD] = token;
  }

  /** The entry pushed last carries this many transfer descriptors after its payload. */
  transfers(count: number): void {
    const index = this.slot + SQE_DEPENDENCY_CAP_WORD;
    this.words[index] = (this.words[index]! & 0xffff) | (count << 16);
  }

  /** The entry pushed last ends TIMED_OUT at this monotonic time: what lies before the first nanosecond, or is no number, has passed. */
  deadline(ns: number): void {
    const at = ns >= 1 ? Math.min(ns, LATEST_DEADLINE_NS) : 1; // 0 would say that there is none
    this.words[this.slot + SQE_DEADLINE_NS_LOW_WORD] = at;
    this.words[this.slot + SQE_DEADLINE_NS_HIGH_WORD] = at / 0x1_0000_0000;
  }

  /** Makes every pushed entry visible to the server, and wakes it if it sleeps. */
  publish(): void {
    const tail = this.tail;
    if (tail === this.publishedTail) return;
    this.publishedTail = tail;
    if (!this.shared) {
      this.words[SQ_TAIL] = tail;
      return;
    }
    // Store the tail, then look at the flag: the server sets its flag, then looks at the tail. One of the two sees the
    // other (both are sequentially consistent), so a wake-up is never lost. test/interleaving.test.ts explores this.
    Atomics.store(this.words, SQ_TAIL, tail);
    if ((Atomics.load(this.words, HEADER_SERVER_FLAGS_WORD) & HEADER_FLAG_NEED_WAKEUP) !== 0) {
      Atomics.notify(this.words, SQ_TAIL);
    }
  }

  /** A counted completion was consumed. Called by the completion queue. */
  restoreCredit(): void {
    const count = this.outstandingCount;
    if (count > 0) this.outstandingCount = (count - 1) | 0;
  }

  // A queue that looks full looks at the server's head once; a head outside the window means a broken server, and
  // leaves the queue full.
  private refreshSpace(): number {
    const head = this.shared ? Atomics.load(this.words, SQ_HEAD) : this.words[SQ_HEAD]!;
    const taken = (this.tail - head) | 0;
    if (taken >= 0 && taken <= this.entries) this.knownHead = head;
    this.room = 0;
    return this.entries - ((this.tail - this.knownHead) | 0);
  }

  private pushBits(op: number, capId: number, userData: number, low: number, high: number): PushOutcome {
    const outcome = this.push(op, capId, userData, 0, 0, 0, 0, 0, 0);
    if (outcome === PUSHED) {
      this.words[this.slot + SQE_PARAMS_ADDRESS_LOW_WORD] = low;
      this.words[this.slot + SQE_PARAMS_ADDRESS_HIGH_WORD] = high;
    }
    return outcome;
  }

  // Answers the word index of the next slot, or −1 (no credit) or −2 (queue full). Words an operation reads are all
  // written: stores into an Int32Array keep the low 32 bits of any Number (ECMA-262 ToInt32), which is how 64-bit fields
  // are split without BigInt.
  private claim(opFlagsMethod: number): number {
    if (this.room <= 0) {
      const refusal = this.makeRoom();
      if (refusal !== DONE) return -refusal;
    }
    this.room = (this.room - 1) | 0;
    const tail = this.tail;
    this.tail = (tail + 1) | 0;
    if ((opFlagsMethod & QUIET) === 0) this.outstandingCount = (this.outstandingCount + 1) | 0;
    return (this.base + ((tail & this.mask) << 4)) | 0;
  }

  private makeRoom(): PushOutcome {
    const credit = this.credits - this.outstandingCount;
    if (credit <= 0) return NO_CREDIT;
    let space = this.entries - ((this.tail - this.knownHead) | 0);
    if (space <= 0) space = this.refreshSpace();
    if (space <= 0) return QUEUE_FULL;
    this.room = Math.min(credit, space);
    return DONE;
  }

  /** Word index of the entry written last. */
  private get slot(): number {
    return (this.base + (((this.tail - 1) & this.mask) << 4)) | 0;
  }

  private pushShort(opFlagsMethod: number, capId: number, userData: number): PushOutcome {
    const slot = this.claim(opFlagsMethod);
    if (slot < 0) return -slot as PushOutcome;
    writeShort(this.words, slot, opFlagsMethod, capId, userData, highHalf(userData));
    return DONE;
  }

  private push(
    opFlagsMethod: number,
    capId: number,
    userData: number,
    paramsAddress: number,
    paramsLength: number,
    resultAddress: number,
    resultLength: number,
    answerId: number,
    aux: number,
  ): PushOutcome {
    const slot = this.claim(opFlagsMethod);
    if (slot < 0) return -slot as PushOutcome;
    writeLong(
      this.words,
      slot,
      opFlagsMethod,
      capId,
      userData,
      highHalf(userData),
      paramsAddress,
      highHalf(paramsAddress),
      paramsLength,
      resultLength,
      resultAddress,
      highHalf(resultAddress),
      answerId,
      aux,
    );
    return DONE;
  }
}

const QUIET = SQE_FLAG_QUIET << 8;
const WANT_GONE = SQE_FLAG_WANT_GONE << 8;

// Small numbers (nearly all) stay integers; the division is only for addresses past 4 GiB.
function highHalf(value: number): number {
  return value <= 0xffffffff ? 0 : value / 0x1_0000_0000;
}
