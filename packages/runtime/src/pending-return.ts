// An answer on its way to the kernel. Pooled: answering leaves no garbage.
//
//   quiet    (synchronous port, no capabilities) no completion; done when the kernel took it
//   counted  (a Worker's port, or capabilities to move) done, and moves known, with its completion
//   kept     (its call is in its turn, and moves nothing) given when the turn ends; done when the next one begins
import { capException, exceptionMessage, type ProcedureAnswer } from '@capos/abi';
import {
  type CompletionEntry,
  PUSHED,
  RETURN_AUX_EXCEPTION,
  TRANSFER_MODE_COPY,
  TRANSFER_MODE_MOVE,
} from '@capos/ipc-ring';
import type { KeptAnswer } from './call-turn.ts';
import { type Cap, keepAll, letGoAll, NOTHING_KEPT, type Transfer } from './cap.ts';
import type { QuietOperation, RingDriver, Startable } from './ring-driver.ts';
import { TransportError } from './transport-error.ts';

/** Stands for the block of an answer without a message. */
export const NO_BLOCK = -1;

/** Told of answers that could not be delivered. */
export interface ReturnOwner {
  reportError(error: unknown): void;
}

class PendingReturn implements QuietOperation, Startable, KeptAnswer {
  slot = 0;
  nextWaiting: Startable | null = null;
  nextIdle: PendingReturn | null = null;
  private readonly driver: RingDriver;
  private readonly pool: ReturnPool;
  private owner: ReturnOwner | null = null;
  private token = 0;
  private block: number = NO_BLOCK;
  private length = 0;
  private transfers: readonly Transfer[] | undefined = undefined;
  private aux = 0;
  /** While it waits or is kept: what it gives, which may be released meanwhile. */
  private kept: readonly Cap[] = NOTHING_KEPT;

  constructor(driver: RingDriver, pool: ReturnPool) {
    this.driver = driver;
    this.pool = pool;
  }

  /** Answers call `token` with the `length` bytes at `block`, which is freed afterwards, or with nothing ({@link NO_BLOCK}). */
  send(
    owner: ReturnOwner,
    token: number,
    block: number,
    length: number,
    transfers: readonly Transfer[] | undefined,
    aux: number,
  ): void {
    this.owner = owner;
    this.token = token;
    this.block = block;
    this.length = length;
    this.transfers = transfers;
    this.aux = aux;
    if (!this.moves && this.driver.turn.keepsAnswer(this, token)) this.waits();
    else this.submit();
  }

  submit(): void {
    this.driver.startOrWait(this);
  }

  waits(): void {
    if (this.transfers !== undefined && this.kept === NOTHING_KEPT) {
      this.kept = keepAll(this.transfers.map(({ cap }) => cap));
    }
  }

  give(answer: ProcedureAnswer): boolean {
    const { aux, block, driver, kept, length, transfers } = this;
    // What has been released meanwhile must be given up afterwards, which takes an entry.
    if (kept !== NOTHING_KEPT && kept.some((cap) => !cap.live)) return false;
    const address = block === NO_BLOCK ? 0 : block;
    answer.set(address, length, transfers?.length ?? 0, aux === RETURN_AUX_EXCEPTION);
    // Nobody writes to the block before the kernel has read it: the program does not run in between.
    if (block !== NO_BLOCK) driver.allocator.free(block);
    this.kept = NOTHING_KEPT;
    this.transfers = undefined;
    letGoAll(kept);
    return true;
  }

  refused(error: number): void {
    const { aux, owner, token } = this;
    this.settled();
    if (aux !== RETURN_AUX_EXCEPTION) this.pool.refused(owner!, token, error);
  }

  start(): boolean {
    const { driver, kept } = this;
    if (!driver.hasSpace()) return false;
    const { submissions } = driver;
    const slot = driver.enlist(this);
    const address = this.block === NO_BLOCK ? 0 : this.block;
    const outcome = this.counted
      ? submissions.return(this.token, slot, address, this.length, this.aux)
      : submissions.returnQuietly(this.token, slot, address, this.length, this.aux);
    if (outcome !== PUSHED) {
      driver.retire(this);
      return false;
    }
    if (this.transfers !== undefined) submissions.transfers(this.transfers.length);
    if (!this.counted) driver.settleWhenTaken(this, this.block);
    this.kept = NOTHING_KEPT;
    letGoAll(kept);
    return true;
  }

  complete(entry: CompletionEntry): void {
    const { driver, counted, owner, token, aux } = this;
    const failed = entry.result < 0;
    // A caller that has gone leaves what was to be moved where it is.
    if (entry.result === 0 && this.transfers !== undefined) {
      for (const { cap, mode } of this.transfers) if (mode === 'move') cap.markMoved();
    }
    if (counted) {
      driver.retire(this);
      if (this.block !== NO_BLOCK) driver.allocator.free(this.block);
      this.settled();
    }
    if (failed && aux !== RETURN_AUX_EXCEPTION) this.pool.refused(owner!, token, -entry.result);
  }

  settled(): void {
    this.owner = null;
    this.transfers = undefined;
    this.pool.giveBack(this);
  }

  private get moves(): boolean {
    return this.transfers?.some(({ mode }) => mode === 'move') === true;
  }

  private get counted(): boolean {
    return !this.driver.synchronous || this.transfers !== undefined;
  }
}

/** Answers not in use. */
export class ReturnPool {
  private readonly driver: RingDriver;
  private idle: PendingReturn | null = null;

  constructor(driver: RingDriver) {
    this.driver = driver;
  }

  take(): PendingReturn {
    const answer = this.idle;
    if (answer === null) return new PendingReturn(this.driver, this);
    this.idle = answer.nextIdle;
    answer.nextIdle = null;
    return answer;
  }

  giveBack(answer: PendingReturn): void {
    answer.nextIdle = this.idle;
    this.idle = answer;
  }

  /**
   * The kernel refused results. Their caller is told something rather than left waiting; if the call has ended meanwhile,
   * that is refused too.
   */
  refused(owner: ReturnOwner, token: number, error: number): void {
    owner.reportError(new TransportError(error, 'returning the results of a call'));
    const value = exceptionMessage('failed', 'the answer of the server could not be delivered');
    const block = this.driver.allocator.allocate(capException.measure(value));
    if (block < 0) return;
    const length = capException.encode(value, this.driver.bytes, block);
    this.take().send(owner, token, block, length, undefined, RETURN_AUX_EXCEPTION);
  }
}

/** Writes transfer descriptors from `word` of the arena on. @throws RuntimeError CAP_GONE */
export function writeTransfers(words: Int32Array, word: number, transfers: readonly Transfer[]): void {
  let at = word;
  for (const { cap, mode } of transfers) {
    words[at] = cap.id;
    words[at + 1] = mode === 'move' ? TRANSFER_MODE_MOVE : TRANSFER_MODE_COPY;
    words[at + 2] = 0;
    words[at + 3] = 0;
    at += 4;
  }
}
