// A call that the kernel hands over in its caller's turn (ProtectedProcedure in abi/src/hosted-program.ts), while its handler runs.
//
//   begin ─▶ the server posts its RECV again ─▶ kept here     ┐
//            the server answers ──────────────▶ kept here     ├─▶ both, and nothing else to submit ─▶ ANSWERED
//            anything else goes to the ring, as ever          ┘   else what was kept goes to the ring, too ─▶ TAKEN
//
// So servers need not know which way a call came.
import type { ProcedureAnswer } from '@capos/abi';
import { RETURN_AUX_EXCEPTION } from '@capos/ipc-ring';
import type { Transfer } from './cap.ts';

/** Stands for the block of an answer without a message. */
export const NO_BLOCK = -1;

/** Told of answers that could not be delivered. */
export interface ReturnOwner {
  reportError(error: unknown): void;
}

/** Sends answers by entries of the ring. */
export interface AnswerReturns {
  /** Answers call `token` with the `length` bytes at `block`, which is freed afterwards, or with nothing ({@link NO_BLOCK}). */
  send(
    owner: ReturnOwner,
    token: number,
    block: number,
    length: number,
    transfers: readonly Transfer[] | undefined,
    aux: number,
  ): void;
  /**
   * The kernel refused results. Their caller is told something rather than left waiting; if the call has ended meanwhile,
   * that is refused too.
   */
  refused(owner: ReturnOwner, token: number, error: number): void;
}

/** One per program: no handler runs inside another's. */
export class CallTurn<Receive extends object> {
  /** The RECV that the call met; null when no call is in its turn. */
  private receive: Receive | null = null;
  private token = 0;
  private willReceive = false;
  private willAnswer = false;
  // The answer.
  private returns: AnswerReturns | undefined = undefined;
  private owner: ReturnOwner | undefined = undefined;
  private block: number = NO_BLOCK;
  private length = 0;
  private transfers: readonly Transfer[] | undefined = undefined;
  private aux = 0;

  begin(receive: Receive, token: number): void {
    this.receive = receive;
    this.token = token;
    this.willReceive = false;
    this.willAnswer = false;
  }

  /** Whether this is the RECV of the call in its turn: it is posted at the end. */
  keepsReceive(receive: object): boolean {
    if (receive !== this.receive) return false;
    this.willReceive = true;
    return true;
  }

  /**
   * Whether this is the answer of the call in its turn: it is sent at the end. Not one that moves capabilities, whose sender is told of
   * that by completion.
   */
  keepsAnswer(
    returns: AnswerReturns,
    owner: ReturnOwner,
    token: number,
    block: number,
    length: number,
    transfers: readonly Transfer[] | undefined,
    aux: number,
  ): boolean {
    if (this.receive === null || token !== this.token || this.willAnswer) return false;
    if (transfers?.some(({ mode }) => mode === 'move') === true) return false;
    this.willAnswer = true;
    this.returns = returns;
    this.owner = owner;
    this.block = block;
    this.length = length;
    this.transfers = transfers;
    this.aux = aux;
    return true;
  }

  /** Ends the turn with all that was kept. False, and nothing has happened, when that is not what RETURN_RECV does. */
  answer(answer: ProcedureAnswer): boolean {
    if (!this.willAnswer || !this.willReceive) return false;
    this.receive = null;
    const { block } = this;
    const address = block === NO_BLOCK ? 0 : block;
    answer.set(address, this.length, this.transfers?.length ?? 0, this.aux === RETURN_AUX_EXCEPTION);
    this.transfers = undefined;
    return true;
  }

  /** The block that the answer lies in, or none: nobody writes to it before the kernel has read it, so it is free when the turn ends. */
  get answerBlock(): number {
    return this.block;
  }

  /** Ends the turn, and sends what was kept by entries of the ring, the RECV first. */
  submit(driver: { startOrWait(receive: Receive): void }): void {
    const receive = this.receive!;
    this.receive = null;
    if (this.willReceive) driver.startOrWait(receive);
    if (!this.willAnswer) return;
    const { transfers } = this;
    this.transfers = undefined;
    this.returns!.send(this.owner!, this.token, this.block, this.length, transfers, this.aux);
  }

  /** The kernel refused the answer of the last turn. */
  refused(error: number): void {
    if (this.aux !== RETURN_AUX_EXCEPTION) this.returns!.refused(this.owner!, this.token, error);
  }
}
