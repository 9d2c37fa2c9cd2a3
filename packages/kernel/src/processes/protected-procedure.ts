// Protected procedure: a call to a hosted program answered in its caller's turn.
//
//                        by the ring                                   in the caller's turn
//   CALL meets RECV ─▶ completion ─▶ callback ─▶ RETURN_RECV ─▶ …     procedure ─┬─ ANSWERED ─▶ results to the caller, RECV waits again
//                                                                               ├─ TAKEN ────▶ the RECV is used up, RETURN will follow
//                                                                               └─ LEFT ─────▶ completion, as by the ring
//
// What the procedure answers is performed as the RETURN_RECV that it stands for; what it saves is two entries, a completion, a drain, and an
// operation given back and taken again: half of what a call costs. Nobody can tell the two apart but by time: it is run only where
// the callback would have run next, and test/ipc/protected-procedure.test.ts plays random systems both ways.
//
// seL4's Microkit has the name, and the rule that such a call runs on its caller's account. Measured in
// docs/decisions/0034-a-call-is-answered-in-its-callers-turn.md.

import {
  type ArrivedCall,
  CALL_OUTCOME,
  type CallOutcomeCode,
  type ProcedureAnswer,
  type ProtectedProcedure,
} from '@capos/abi';
import {
  CompletionEntry,
  CQE_FLAG_CALL_ARRIVED,
  CQE_FLAG_DETAILED,
  DEFERRED,
  OP_RETURN_RECV,
  RETURN_AUX_EXCEPTION,
  SubmissionEntry,
  TRANSPORT_NO_MEMORY,
} from '@capos/ipc-ring';
import { namedReturn } from '../ipc/named-fast-path.ts';
import type { PendingOperation } from '../ipc/pending-operation.ts';
import type { ProcessRing, TurnServer } from '../ipc/process-ring.ts';
import { plainReturn } from '../ipc/ring-fast-path.ts';
import { EndpointObject } from '../objects/endpoint.ts';
import { returnReceive } from '../operations/return-receive.ts';

const ARRIVED = CQE_FLAG_CALL_ARRIVED | CQE_FLAG_DETAILED;

/** The program whose procedure it is. */
export interface TurnTaker {
  /** Nothing of it runs, and none of its callbacks is due. */
  readonly isIdle: boolean;
  /** Runs a part of the program: what it throws ends it. False when it has ended. */
  takeTurn(run: () => void): boolean;
}

/** Serves one program's calls. Not reentrant: a program that runs is not idle. */
export class ProcedureTurns implements TurnServer, ProcedureAnswer {
  readonly #ring: ProcessRing;
  readonly #program: TurnTaker;
  readonly #arrived: CompletionEntry = new CompletionEntry();
  readonly #entry: SubmissionEntry = new SubmissionEntry();
  readonly #run: () => void;
  #outcome: CallOutcomeCode = CALL_OUTCOME.LEFT;

  constructor(ring: ProcessRing, program: TurnTaker, procedure: ProtectedProcedure) {
    this.#ring = ring;
    this.#program = program;
    const arrived: ArrivedCall = this.#arrived;
    this.#run = () => {
      this.#outcome = procedure(arrived, this);
    };
  }

  isReadyFor(receive: PendingOperation): boolean {
    const { process, server } = this.#ring;
    return (
      this.#program.isIdle &&
      // Completions that it has not seen come first.
      server.unread() === 0 &&
      receive.heapIndex < 0 &&
      !process.nucleus.operations.landings.isSettling &&
      process.nucleus.notifier.takesTurn()
    );
  }

  /** ProcedureAnswer. Word n of an entry is its bytes 4n to 4n + 3 (ipc-ring/src/layout.ts). */
  set(address: number, length: number, capCount: number, isException: boolean): void {
    const { words } = this.#entry;
    words[4] = address;
    words[5] = address / 2 ** 32;
    words[6] = length;
    words[12] = capCount << 16;
    words[13] = isException ? RETURN_AUX_EXCEPTION : 0;
  }

  serve(call: PendingOperation, receive: PendingOperation, length: number, token: number, methodAndCaps: number): void {
    const { words } = this.#arrived;
    words[0] = receive.userDataLow;
    words[1] = receive.userDataHigh;
    words[2] = length;
    words[3] = ARRIVED;
    words[4] = call.wordLow;
    words[5] = call.wordHigh;
    words[6] = token;
    words[7] = methodAndCaps;
    receive.suspend();
    this.set(0, 0, 0, false);
    this.#outcome = CALL_OUTCOME.LEFT;
    if (!this.#program.takeTurn(this.#run)) {
      receive.dismiss();
      return;
    }
    // The turn may have set it, which the type does not show.
    const outcome = this.#outcome as CallOutcomeCode;
    if (outcome === CALL_OUTCOME.ANSWERED) this.#answer(call, receive, token);
    else if (outcome === CALL_OUTCOME.TAKEN) {
      this.#ring.server.unreserve();
      receive.dismiss();
    } else this.#arrive(receive);
  }

  /** By completion, as without a procedure. */
  #arrive(receive: PendingOperation): void {
    const { result, badgeLow, badgeHigh, token, methodId, capCount } = this.#arrived;
    const { server } = this.#ring;
    const { userDataLow, userDataHigh } = receive;
    receive.dismiss();
    server.completeReceive(userDataLow, userDataHigh, result, badgeLow, badgeHigh, token, methodId, capCount);
    this.#ring.posted();
  }

  /** As RETURN_RECV: in one go where the fast path would be taken, else entry and all. */
  #answer(call: PendingOperation, receive: PendingOperation, token: number): void {
    const ring = this.#ring;
    const { received, table } = ring.process;
    const slot = table.slotOf(receive.wordHigh);
    const endpoint = slot < 0 ? undefined : table.objectAt(slot);
    if (!(endpoint instanceof EndpointObject) || received.find(token) !== call || !this.#returns(call)) {
      this.#answerByEntry(receive, token);
    } else if (receive.resume()) endpoint.receive(receive);
    else {
      ring.server.complete(receive.userDataLow, receive.userDataHigh, -TRANSPORT_NO_MEMORY, 0, 0);
      receive.dismiss();
      ring.posted();
    }
  }

  #returns(call: PendingOperation): boolean {
    const ring = this.#ring;
    const { words } = this.#entry;
    // An address below 4 GiB, no exception.
    if ((words[5]! | words[13]!) !== 0 || !ring.process.nucleus.fastPath.isOn) return false;
    const isPlain = call.answer === undefined && words[12]! >>> 16 === 0;
    return isPlain ? plainReturn(ring, words, call) : namedReturn(ring, words, call);
  }

  #answerByEntry(receive: PendingOperation, token: number): void {
    const ring = this.#ring;
    const { server } = ring;
    const { words } = this.#entry;
    const { userDataLow, userDataHigh } = receive;
    words[0] = OP_RETURN_RECV | (receive.wordLow << 8);
    words[1] = receive.wordHigh;
    words[2] = userDataLow;
    words[3] = userDataHigh;
    words[7] = receive.resultLength;
    words[8] = receive.resultLow;
    words[9] = receive.resultHigh;
    words[10] = token;
    receive.dismiss();
    const result = returnReceive(ring, this.#entry);
    if (!ring.isOpen) return;
    if (result !== DEFERRED) server.complete(userDataLow, userDataHigh, result, 0, 0);
    server.publish();
    if (server.unread() > 0) ring.posted();
  }
}
