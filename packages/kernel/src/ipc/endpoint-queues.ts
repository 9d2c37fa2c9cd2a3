// Endpoint queues: where clients' calls and a server's receives meet.
//
//   CALL ──▶ receives waiting? ── yes ─▶ deliver: copy params, move capabilities, token ─▶ in flight ──▶ RETURN ─▶ completion
//               │ no                       ▲
//               ▼                          │
//            calls waiting ───────────── RECV
//
// All three are bounded: calls waiting and in flight by `maxCalls` for each facet (then `overloaded`), so that no client can take
// another's place; receives by the credits of the server's ring. A call waits in its caller's memory and on its caller's account:
// a waiting call costs the server nothing.
// Deliver checks and reserves everything on both sides before it changes anything.
//
// Quiesced, the endpoint delivers nothing: calls wait, those in flight come home. Then another process may take the server's
// place, and after `resume` it finds them all, in order: nobody outside sees more than a pause.

import type { CapId, ServerEnding } from '@capos/abi';
import {
  CAP_RECORD_SIZE,
  CQE_FLAG_CALL_ARRIVED,
  CQE_FLAG_CALL_CANCELED,
  CQE_FLAG_UNSOLICITED,
  TRANSPORT_BAD_ADDRESS,
  TRANSPORT_BUFFER_TOO_SMALL,
  TRANSPORT_DISCONNECTED,
  TRANSPORT_NO_MEMORY,
} from '@capos/ipc-ring';
import { type KernelObject, ORIGIN } from '../capabilities/kernel-object.ts';
import type { EdgeListener } from '../capabilities/transfer.ts';
import { ACCESS, copyAcross, INACCESSIBLE, isAccessible, type UserMemory } from '../memory/user-memory.ts';
import type { Process } from '../processes/process.ts';
import type { Thread } from '../processes/thread.ts';
import { called, landed, taken } from '../scheduling/donation.ts';
import { writeCapRecord } from './cap-records.ts';
import { objectCallOf, PENDING } from './object-call.ts';
import { OperationQueue } from './operation-queue.ts';
import type { CallFlight, OperationHolder, PendingOperation } from './pending-operation.ts';
import { type Admission, ORPHANED } from './received-calls.ts';

const DELIVERED = 0;
const CALL_FAILED = 1;
const RECEIVE_FAILED = 2;

/** The queues of one endpoint. */
export class EndpointQueues implements CallFlight {
  readonly maxCalls: number;
  readonly #calls: OperationQueue = new OperationQueue();
  readonly #receives: OperationQueue = new OperationQueue();
  #inFlight = 0;
  /** The thread that received last: a call that waits lends it its context. */
  #receiver: Thread | undefined;
  #closed = false;
  #quiesced = false;
  /** Those who wait for the last call in flight. */
  readonly #quiescing: OperationQueue = new OperationQueue();

  constructor(maxCalls: number) {
    this.maxCalls = maxCalls;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  get isQuiesced(): boolean {
    return this.#quiesced;
  }

  /** A client's call, decoded and with its capabilities held; `call.wordLow/High` is the badge. */
  call(call: PendingOperation): void {
    if (this.#closed) {
      call.completeException('disconnected', 'the endpoint has no server any more');
      return;
    }
    const admission = call.detail as Admission;
    if (admission.openCalls >= this.maxCalls) {
      call.completeException('overloaded', `there are ${this.maxCalls} calls of this capability already`);
      return;
    }
    admission.openCalls++;
    call.admission = admission;
    const caller = call.ring?.thread ?? call.caller;
    if (caller !== undefined) called(call, caller);
    for (;;) {
      const receive = this.#quiesced ? undefined : this.#receives.first;
      if (receive === undefined) {
        call.serverThread = this.#receiver;
        call.holder = this.#waitingCall;
        this.#calls.push(call);
        // A personality may call for a thread that waits already.
        caller?.reconsider();
        return;
      }
      const outcome = this.#deliver(call, receive, true);
      if (outcome !== RECEIVE_FAILED) return;
    }
  }

  /** A server's RECV, decoded. */
  receive(receive: PendingOperation): void {
    if (this.#closed) {
      receive.completeError(TRANSPORT_DISCONNECTED);
      return;
    }
    this.#receiver = receive.ring?.thread;
    this.#receives.push(receive);
    receive.holder = this.#waitingReceive;
    if (!this.#quiesced) this.#match();
  }

  /** Delivers as long as a call and a receive wait. */
  #match(): void {
    for (;;) {
      const call = this.#calls.first;
      const receive = this.#receives.first;
      if (call === undefined || receive === undefined) return;
      this.#calls.remove(call);
      call.holder = undefined;
      if (this.#deliver(call, receive, false) === RECEIVE_FAILED) {
        // The receive has completed with its error; the call keeps its place.
        call.holder = this.#waitingCall;
        this.#calls.pushFirst(call);
      }
    }
  }

  /** Calls wait from now on; `operation` is answered when none is in flight. */
  quiesce(operation: PendingOperation): typeof PENDING | Record<string, never> {
    this.#quiesced = true;
    if (this.#inFlight === 0) return {};
    operation.holder = this.#waitingQuiesce;
    this.#quiescing.push(operation);
    return PENDING;
  }

  resume(): void {
    this.#quiesced = false;
    for (let waiter = this.#quiescing.first; waiter !== undefined; waiter = this.#quiescing.first) {
      waiter.completeException('failed', 'the endpoint was resumed');
    }
    this.#match();
  }

  /** A server hands a call back: it waits again, before all others. False when it can't be. */
  requeue(server: Process, token: number): boolean {
    const call = server.received.find(token);
    if (call === undefined || call === ORPHANED || call.endpoint !== this || call.deliveredCaps > 0) return false;
    server.received.remove(token);
    landed(call);
    call.token = 0;
    call.server = undefined;
    call.serverRing = undefined;
    call.serverThread = this.#receiver;
    call.endpoint = undefined;
    call.holder = this.#waitingCall;
    this.#calls.pushFirst(call);
    this.#inFlight--;
    this.#cameHome();
    if (!this.#quiesced) this.#match();
    return true;
  }

  /** Gives the waiting calls that the predicate picks to another endpoint, in order; to this one: they keep their places. */
  passOn(isAffected: (call: PendingOperation) => boolean, target: EndpointQueues): void {
    for (let call = this.#calls.first; call !== undefined; ) {
      const next: PendingOperation | undefined = call.queueNext;
      if (isAffected(call) && target !== this) {
        this.#calls.remove(call);
        target.#takeOver(call);
      }
      call = next;
    }
    if (!target.#quiesced) target.#match();
  }

  /** A call that was let in elsewhere is let in here, whatever the limit says. */
  #takeOver(call: PendingOperation): void {
    if (this.#closed) {
      call.holder = undefined;
      call.completeException('disconnected', 'the endpoint has no server any more');
      return;
    }
    call.serverThread = this.#receiver;
    call.holder = this.#waitingCall;
    this.#calls.push(call);
  }

  landed(call: PendingOperation): void {
    call.server!.received.remove(call.token);
    call.holder = undefined;
    landed(call);
    this.#inFlight--;
    this.#cameHome();
  }

  #cameHome(): void {
    if (this.#inFlight > 0) return;
    for (let waiter = this.#quiescing.first; waiter !== undefined; waiter = this.#quiescing.first) {
      this.#quiescing.remove(waiter);
      waiter.holder = undefined;
      objectCallOf(waiter).reply({});
    }
  }

  /** The owner is gone: everything that waits is disconnected. Calls in flight end with their server. */
  close(ending?: ServerEnding): void {
    if (this.#closed) return;
    this.#closed = true;
    for (let call = this.#calls.first; call !== undefined; call = this.#calls.first) {
      call.completeException('disconnected', 'the endpoint has no server any more', ending);
    }
    for (let waiter = this.#quiescing.first; waiter !== undefined; waiter = this.#quiescing.first) {
      waiter.completeException('disconnected', 'the endpoint is gone');
    }
    for (let receive = this.#receives.first; receive !== undefined; receive = this.#receives.first) {
      receive.completeError(TRANSPORT_DISCONNECTED);
    }
  }

  /** Fails the waiting calls that the predicate picks; for a revoked badge. */
  disconnectWaiting(isAffected: (call: PendingOperation) => boolean): void {
    for (let call = this.#calls.first; call !== undefined; ) {
      const next: PendingOperation | undefined = call.queueNext;
      if (isAffected(call)) call.completeException('disconnected', 'the capability was revoked');
      call = next;
    }
  }

  /** Answers a receive without a call: for notices to the server that is ready for one. False when none waits. */
  notify(accepts: (receive: PendingOperation) => boolean, flags: number, badgeLow: number, badgeHigh: number): boolean {
    if (this.#quiesced) return false;
    for (let receive = this.#receives.first; receive !== undefined; receive = receive.queueNext) {
      if (!accepts(receive)) continue;
      this.#receives.remove(receive);
      receive.holder = undefined;
      receive.completeWith(0, flags, badgeLow, badgeHigh, 0, 0);
      return true;
    }
    return false;
  }

  /** `inTurn`: the call has just been made, and nothing is left to do for it but this. */
  #deliver(call: PendingOperation, receive: PendingOperation, inTurn: boolean): number {
    const length = call.paramsLength;
    const count = call.transferCount;
    const target = receive.memory!;
    if (length > receive.payloadRoom(count)) {
      call.completeError(TRANSPORT_BUFFER_TOO_SMALL);
      return CALL_FAILED;
    }
    const server = receive.process!;
    if (count > 0) {
      if (!isAccessible(target, receive.resultAddress, receive.resultLength, ACCESS.WRITE)) {
        return this.#failReceive(receive);
      }
      if (!call.transfer.reserve(server.table)) {
        call.completeError(TRANSPORT_NO_MEMORY);
        return CALL_FAILED;
      }
    }
    const token = server.received.add(call);
    if (token === 0 || !copyAcross(call.memory!, call.paramsAddress, target, receive.resultAddress, length)) {
      if (token !== 0) server.received.remove(token);
      if (count > 0) call.transfer.cancelReservation(server.table);
      if (token === 0) {
        call.completeException('overloaded', 'the server holds as many calls as it can');
        return CALL_FAILED;
      }
      if (isUnreadable(call)) {
        call.completeError(TRANSPORT_BAD_ADDRESS);
        return CALL_FAILED;
      }
      return this.#failReceive(receive);
    }
    if (count > 0) {
      const records = alignUp(receive.resultAddress + length);
      call.commitTransfer(server.table, ORIGIN.TRANSFER, paramRecords.begin(target, records));
      paramRecords.end();
    }
    this.#fly(call, receive, token, count);
    this.#completeReceive(call, receive, length, token, count, inTurn && call.ring !== undefined);
    return DELIVERED;
  }

  /** The receive that a call of this client would be delivered to at once; undefined when it would wait, or be refused. */
  readyFor(admission: Admission): PendingOperation | undefined {
    return this.#closed || this.#quiesced || admission.openCalls >= this.maxCalls ? undefined : this.#receives.first;
  }

  /**
   * As `call`, to a receive that is `readyFor` it; the params have been copied, and `count` capabilities are in the server's table
   * (fast-path.ts, ring-fast-path.ts).
   */
  handOver(
    call: PendingOperation,
    receive: PendingOperation,
    admission: Admission,
    length: number,
    count: number,
  ): void {
    admission.openCalls++;
    call.admission = admission;
    const caller = call.ring!.thread;
    if (caller !== undefined) called(call, caller);
    const token = receive.process!.received.add(call);
    this.#fly(call, receive, token, count);
    this.#completeReceive(call, receive, length, token, count, true);
  }

  /** The call is the server's to answer. */
  #fly(call: PendingOperation, receive: PendingOperation, token: number, count: number): void {
    call.server = receive.process!;
    call.serverRing = receive.ring;
    call.token = token;
    const serverThread = receive.ring?.thread;
    if (serverThread !== undefined) taken(call, serverThread);
    call.holder = this.#flyingCall;
    call.endpoint = this;
    call.deliveredCaps = count;
    this.#inFlight++;
  }

  #completeReceive(
    call: PendingOperation,
    receive: PendingOperation,
    length: number,
    token: number,
    count: number,
    inTurn: boolean,
  ): void {
    this.#receives.remove(receive);
    receive.holder = undefined;
    const methodAndCaps = call.methodId | (count << 16);
    const { turns } = receive.ring!;
    if (inTurn && turns?.isReadyFor(receive)) {
      turns.serve(call, receive, length, token, methodAndCaps);
      return;
    }
    receive.completeWith(length, CQE_FLAG_CALL_ARRIVED, call.wordLow, call.wordHigh, token, methodAndCaps);
  }

  #failReceive(receive: PendingOperation): number {
    receive.completeError(TRANSPORT_BAD_ADDRESS);
    return RECEIVE_FAILED;
  }

  readonly #waitingCall: OperationHolder = {
    withdraw: (call) => this.#calls.remove(call),
  };

  readonly #waitingReceive: OperationHolder = {
    withdraw: (receive) => this.#receives.remove(receive),
  };

  readonly #waitingQuiesce: OperationHolder = {
    withdraw: (operation) => this.#quiescing.remove(operation),
  };

  /** A call whose caller gives up while the server works on it: the token is orphaned, and the server is told. */
  readonly #flyingCall: OperationHolder = {
    withdraw: (call) => {
      this.#inFlight--;
      landed(call);
      call.server!.received.orphan(call.token, call.admission);
      call.admission = undefined;
      this.#cameHome();
      const ring = call.serverRing;
      if (ring?.isOpen === true && !call.server!.isDying && ring.server.reserve()) {
        ring.server.completeWith(0, 0, 0, CQE_FLAG_CALL_CANCELED | CQE_FLAG_UNSOLICITED, 0, 0, call.token, 0);
        ring.posted();
      }
    },
  };
}

/** Writes the record of each capability that came with a call. One serves all: a commit is never interrupted. */
class ParamRecords implements EdgeListener {
  #memory: UserMemory | undefined;
  #address = 0;

  begin(memory: UserMemory, address: number): this {
    this.#memory = memory;
    this.#address = address;
    return this;
  }

  received(index: number, capId: CapId, object: KernelObject): void {
    writeCapRecord(this.#memory!, this.#address + index * CAP_RECORD_SIZE, capId, object);
  }

  /** Nothing of a process that ends stays reachable from here. */
  end(): void {
    this.#memory = undefined;
  }
}

const paramRecords: ParamRecords = new ParamRecords();

/** Whether the params of a call can't be read. */
function isUnreadable(call: PendingOperation): boolean {
  return call.memory!.locate(call.paramsAddress, call.paramsLength, ACCESS.READ) === INACCESSIBLE;
}

function alignUp(address: number): number {
  return address % 8 === 0 ? address : address + 8 - (address % 8);
}
