// Answer: what a call has come to, under the name its caller gave it. Calls can be sent to its result capabilities before
// there are any (promise pipelining; capnp rpc.capnp, PromisedAnswer). This file is the specification; the model in
// test/support/pipeline-model.ts says the same.
//
//   CALL answerId = n          results               queued calls sent on
//   ──────────▶ PENDING ─────────────────▶ LANDING ──────────────────────▶ RESOLVED ──┐
//                  │ exception, error,        │ queued calls failed alike              ├─ FINISH n, or n named again ─▶ gone
//                  └ deadline, FINISH ─────▶ LANDING ────────────────────▶ BROKEN ───┘
//
//   1 A call PIPELINED on an answer is sent to result capability k of it: at once when RESOLVED; queued while PENDING or
//     LANDING, in the order submitted. So calls to one result never overtake one another.
//   2 What ends the answer ends those that depend on it in the same way: the same exception, the same transport error. FINISH of
//     a call under way is CANCELED for it and for them; FINISH of a landed answer leaves calls that were sent on alone.
//   3 The answer holds its result capabilities itself, as they were at the return (object and epoch). Whether the caller
//     releases or moves its own copies, or took any (KEEP_CAPS), is nothing to it; a revocation meanwhile is: `disconnected`.
//     Of a capability that may only be moved there are no copies: the answer follows the caller's edge, and leads nowhere without it.
//   4 A pipelined call without a deadline, or with a later one, has the deadline of the call it waits for.
//   5 An answer counts as a pending operation of its process until it is gone, each capability it holds as a capability slot.
//   6 Landing is a queue, not recursion: a chain of any length is sent on in a loop.
//
// Nothing here asks where the results come from: a connection to another system can make an Answer, `resolve` it with objects of
// its own, or `break` it, when the peer's Return message arrives.

import { type CapExceptionKind, type CapId, NULL_CAP_ID, type ServerEnding } from '@capos/abi';
import { TRANSPORT_CANCELED } from '@capos/ipc-ring';
import { type Ledger, RESOURCE } from '../accounting/ledger.ts';
import type { CapTable } from '../capabilities/cap-table.ts';
import { type KernelObject, TRANSFER_MODE } from '../capabilities/kernel-object.ts';
import type { CapabilityHolder } from '../capabilities/transfer.ts';
import { OperationQueue } from './operation-queue.ts';
import type { OperationHolder, PendingOperation } from './pending-operation.ts';

/** What an answer can be. */
export const ANSWER = { PENDING: 0, LANDING: 1, RESOLVED: 2, BROKEN: 3, GONE: 4 } as const;
/** A value of {@link ANSWER}. */
export type AnswerState = (typeof ANSWER)[keyof typeof ANSWER];

/** The result of one named call. */
export class Answer implements OperationHolder, CapabilityHolder {
  state: AnswerState = ANSWER.PENDING;
  /** The call under way. */
  call: PendingOperation | undefined;
  /** Of the call, 0 for none: what calls that depend on it inherit. */
  deadlineNs = 0;
  readonly #ledger: Ledger;
  readonly #landings: Landings;
  readonly #queue: OperationQueue = new OperationQueue();
  /** Keep their length: an answer is used again under its name (Answers.open), and emptied arrays would be made anew. */
  readonly #objects: (KernelObject | undefined)[] = [];
  readonly #epochs: number[] = [];
  #held = 0;
  /** The caller's edge that stands for a capability, or a null id for one that the answer holds itself. */
  readonly #edges: CapId[] = [];
  #callerTable: CapTable | undefined;
  /** Why it is broken: a transport error, or 0 and an exception. */
  #code = 0;
  #kind: CapExceptionKind | undefined;
  #reason = '';
  #ending: ServerEnding | undefined;
  /** FINISHed while it was LANDING. */
  #isForgotten = false;

  constructor(ledger: Ledger, landings: Landings, call: PendingOperation | undefined) {
    this.#ledger = ledger;
    this.#landings = landings;
    this.call = call;
  }

  get isOpen(): boolean {
    return this.state === ANSWER.PENDING || this.state === ANSWER.LANDING;
  }

  /** Calls that wait for it. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** A call, decoded, to result capability `ordinal` (rule 1). */
  pipeline(call: PendingOperation, ordinal: number): void {
    if (!this.isOpen) {
      this.#send(call, ordinal);
      return;
    }
    call.dependencyCap = ordinal;
    call.holder = this;
    this.#queue.push(call);
  }

  /**
   * Result capability `ordinal` (the low 16 bits count) if a call to it could be sent at once and had no deadline of this one's;
   * undefined else, whatever the reason.
   */
  resultWithoutDeadline(ordinal: number): KernelObject | undefined {
    const index = ordinal & 0xffff;
    if (this.state !== ANSWER.RESOLVED || this.deadlineNs !== 0 || index >= this.#held) return undefined;
    const object = this.#objects[index]!;
    return this.#isBroken() || this.#hasMovedOn(index) || object.epoch !== this.#epochs[index] ? undefined : object;
  }

  /** Makes sure that `count` capabilities can be held; false when the ledger can't bear them. Undone by {@link unreserve}. */
  reserve(count: number): boolean {
    return this.#ledger.reserve(RESOURCE.CAP_SLOTS, count);
  }

  unreserve(count: number): void {
    this.#ledger.release(RESOURCE.CAP_SLOTS, count);
  }

  /** Holds the next result capability, reserved before. The caller passes on a reference of `object` that it holds. */
  hold(object: KernelObject, epoch: number): void {
    const index = this.#held++;
    this.#objects[index] = object;
    this.#epochs[index] = epoch;
    this.#edges[index] = NULL_CAP_ID;
  }

  /** Holds a copy of the next result capability, which the caller got as `capId`; or follows that edge, if it may only be moved. */
  holdToo(table: CapTable, capId: CapId, object: KernelObject, epoch: number): void {
    if (table.transferModeAt(table.slotOf(capId)) === TRANSFER_MODE.COPY) {
      object.retain();
      this.hold(object, epoch);
      return;
    }
    this.#callerTable = table;
    const index = this.#held++;
    this.#objects[index] = object;
    this.#epochs[index] = epoch;
    this.#edges[index] = capId;
  }

  /** The results are with the caller, their capabilities held. */
  resolve(): void {
    // With nobody waiting, landing is done as soon as it has begun.
    if (this.state === ANSWER.PENDING && this.#queue.length === 0) {
      this.state = ANSWER.RESOLVED;
      this.call = undefined;
    } else this.#land();
  }

  /** The call ended in an exception. */
  breakWith(kind: CapExceptionKind, reason: string, ending?: ServerEnding): void {
    this.#kind = kind;
    this.#reason = reason;
    this.#ending = ending;
    this.#land();
  }

  /** The call ended in a transport error. */
  breakWithError(code: number): void {
    this.#code = code;
    this.#land();
  }

  /** The caller needs the answer no more. The call has been canceled before, if it was under way. */
  finish(): void {
    if (this.state === ANSWER.LANDING) this.#isForgotten = true;
    else this.drop();
  }

  /** Gives back what it holds. Calls that still wait are their process's to abandon. */
  drop(): void {
    if (this.state === ANSWER.GONE) return;
    this.#letGo();
    this.#ledger.release(RESOURCE.PENDING_OPERATIONS, 1);
  }

  #letGo(): void {
    this.state = ANSWER.GONE;
    this.call = undefined;
    const count = this.#held;
    if (count === 0) return;
    this.#held = 0;
    this.#ledger.release(RESOURCE.CAP_SLOTS, count);
    for (let index = 0; index < count; index++) {
      const object = this.#objects[index]!;
      this.#objects[index] = undefined;
      if (this.#edges[index] === NULL_CAP_ID) object.release();
    }
  }

  /** Starts over for another call of the same name, and stays counted. It is not open. */
  reopen(call: PendingOperation | undefined): void {
    this.#letGo();
    this.state = ANSWER.PENDING;
    this.call = call;
    this.deadlineNs = 0;
    this.#callerTable = undefined;
    this.#code = 0;
    this.#kind = undefined;
    this.#reason = '';
    this.#ending = undefined;
    this.#isForgotten = false;
  }

  /** OperationHolder: a call that waits ends otherwise. */
  withdraw(call: PendingOperation): void {
    this.#queue.remove(call);
  }

  /** Sends the queue on; called by {@link Landings}. */
  settle(): void {
    for (let call = this.#queue.first; call !== undefined; call = this.#queue.first) {
      // Dropped meanwhile, with its ring: the rest is abandoned there.
      if (this.state !== ANSWER.LANDING) return;
      this.#queue.remove(call);
      call.holder = undefined;
      this.#send(call, call.dependencyCap);
    }
    if (this.state !== ANSWER.LANDING) return;
    this.state = this.#isBroken() ? ANSWER.BROKEN : ANSWER.RESOLVED;
    if (this.#isForgotten) this.drop();
  }

  #isBroken(): boolean {
    return this.#code !== 0 || this.#kind !== undefined;
  }

  #land(): void {
    if (this.state !== ANSWER.PENDING) return;
    this.state = ANSWER.LANDING;
    this.call = undefined;
    this.#landings.push(this);
  }

  #hasMovedOn(ordinal: number): boolean {
    const edge = this.#edges[ordinal]!;
    return edge !== NULL_CAP_ID && this.#callerTable!.slotOf(edge) < 0;
  }

  #send(call: PendingOperation, ordinal: number): void {
    if (this.#code !== 0) {
      call.completeError(this.#code);
      return;
    }
    if (this.#kind !== undefined) {
      call.completeException(this.#kind, this.#reason, this.#ending);
      return;
    }
    const object = ordinal < this.#held ? this.#objects[ordinal] : undefined;
    if (object === undefined) {
      const count = this.#held;
      call.completeException('failed', `the answer has no capability ${ordinal}: it came with ${count}`);
    } else if (this.#hasMovedOn(ordinal)) {
      call.completeException('disconnected', 'the capability may only be moved, and its caller has it no more');
    } else if (object.epoch !== this.#epochs[ordinal]) {
      call.completeException('disconnected', 'the capability was revoked');
    } else {
      object.call(call);
    }
  }
}

/** Answers that have just landed, settled one after the other (rule 6). One per kernel. */
export class Landings {
  /** Keeps its length: emptying an array throws its storage away, which every call would make anew. */
  readonly #answers: (Answer | undefined)[] = [];
  #end = 0;
  #isSettling = false;

  get isSettling(): boolean {
    return this.#isSettling;
  }

  push(answer: Answer): void {
    this.#answers[this.#end++] = answer;
  }

  /** To be called when a call has been completed; at once without effect when a settling is under way. */
  settle(): void {
    if (this.#isSettling || this.#end === 0) return;
    this.#isSettling = true;
    let index = 0;
    try {
      while (index < this.#end) this.#answers[index++]!.settle();
    } finally {
      while (index > 0) this.#answers[--index] = undefined;
      this.#end = 0;
      this.#isSettling = false;
    }
  }
}

/** Names below this are looked up by index. */
const LOW_NAMES = 64;

/** The answers of one ring, by the ids its program chose. */
export class Answers {
  /** Programs count from 1: the first names are looked up by index, the rest by hash. */
  readonly #low: (Answer | undefined)[] = [];
  readonly #byId: Map<number, Answer> = new Map();
  readonly #ledger: Ledger;
  readonly #landings: Landings;

  constructor(ledger: Ledger, landings: Landings) {
    this.#ledger = ledger;
    this.#landings = landings;
  }

  get size(): number {
    return this.#byId.size + this.#low.filter((answer) => answer !== undefined).length;
  }

  get(id: number): Answer | undefined {
    return id < LOW_NAMES ? this.#low[id] : this.#byId.get(id);
  }

  /** Whether a call may be given this name: a landed answer makes way for it. */
  isFree(id: number): boolean {
    return this.get(id)?.isOpen !== true;
  }

  /** Names a call; undefined when the ledger can't bear another answer. The id is free. */
  open(id: number, call: PendingOperation | undefined): Answer | undefined {
    // A name that is used over and over has one record.
    const landed = this.get(id);
    if (landed !== undefined) {
      landed.reopen(call);
      return landed;
    }
    if (!this.#ledger.reserve(RESOURCE.PENDING_OPERATIONS, 1)) return undefined;
    const answer = new Answer(this.#ledger, this.#landings, call);
    this.#set(id, answer);
    return answer;
  }

  /** FINISH: whether a call was still open, and has been canceled. */
  finish(id: number): boolean {
    const answer = this.get(id);
    if (answer === undefined) return false;
    this.#set(id, undefined);
    const { call } = answer;
    if (call !== undefined) call.completeError(TRANSPORT_CANCELED);
    answer.finish();
    return call !== undefined;
  }

  /** The ring is closed. Its operations are abandoned apart. */
  close(): void {
    for (const answer of this.#low) answer?.drop();
    for (const answer of this.#byId.values()) answer.drop();
    this.#low.length = 0;
    this.#byId.clear();
  }

  #set(id: number, answer: Answer | undefined): void {
    if (id < LOW_NAMES) {
      while (this.#low.length <= id) this.#low.push(undefined);
      this.#low[id] = answer;
    } else if (answer === undefined) this.#byId.delete(id);
    else this.#byId.set(id, answer);
  }
}
