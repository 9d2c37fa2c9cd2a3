// A call that the kernel hands over in its caller's turn (ProtectedProcedure in abi/src/hosted-program.ts), while its handler runs.
//
//   begin ─▶ the server posts its RECV again ─▶ kept here     ┐
//            the server answers ──────────────▶ kept here     ├─▶ both, and nothing else to submit ─▶ ANSWERED
//            anything else goes to the ring, as ever          ┘   else what was kept goes to the ring, too ─▶ TAKEN
//
// So servers need not know which way a call came.
import type { ProcedureAnswer } from '@capos/abi';

/** An answer that a turn can keep (pending-return.ts). */
export interface KeptAnswer {
  /** Fills in what the kernel is to do; false, and nothing has happened, when only an entry of the ring will do. */
  give(answer: ProcedureAnswer): boolean;
  /** Goes by an entry of the ring instead. */
  submit(): void;
  /** The kernel refused what was given. */
  refused(error: number): void;
  /** What was given has been delivered. */
  settled(): void;
}

/** One per program: no handler runs inside another's. */
export class CallTurn<Receive extends object> {
  /** The RECV that the call met; null when no call is in its turn. */
  private receive: Receive | null = null;
  private token = 0;
  private willReceive = false;
  /** The answer of this turn; after it, until the next begins, the one given, which may be refused yet. */
  private answer: KeptAnswer | null = null;

  begin(receive: Receive, token: number): void {
    this.answer?.settled();
    this.answer = null;
    this.receive = receive;
    this.token = token;
    this.willReceive = false;
  }

  /** Whether this is the RECV of the call in its turn: it is posted at the end. */
  keepsReceive(receive: object): boolean {
    if (receive !== this.receive) return false;
    this.willReceive = true;
    return true;
  }

  /** Whether this answers the call in its turn: it is sent at the end. */
  keepsAnswer(answer: KeptAnswer, token: number): boolean {
    if (this.receive === null || token !== this.token || this.answer !== null) return false;
    this.answer = answer;
    return true;
  }

  /** Ends the turn with all that was kept. False, and nothing has happened, when that is not what RETURN_RECV does. */
  give(answer: ProcedureAnswer): boolean {
    if (!this.willReceive || this.answer?.give(answer) !== true) return false;
    this.receive = null;
    return true;
  }

  /** Ends the turn, and sends what was kept by entries of the ring, the RECV first. */
  submit(driver: { startOrWait(receive: Receive): void }): void {
    const { answer } = this;
    const receive = this.receive!;
    this.receive = null;
    this.answer = null;
    if (this.willReceive) driver.startOrWait(receive);
    answer?.submit();
  }

  /** The kernel refused the answer of the last turn. */
  refused(error: number): void {
    const { answer } = this;
    this.answer = null;
    answer?.refused(error);
  }
}
