// The one place that pushes submissions and takes completions of a program's ring.
//
//   start ─▶ pushed ─(doorbell)─▶ completion ─▶ operation.complete
//     └ no credit, queue full or arena full ─▶ waiting (FIFO) ─▶ start again after the next completions
//
// Nothing recurses: what a completion's callback starts is pushed at once and submitted, all of it with one doorbell, when
// the callback has returned. So a chain of synchronous answers runs in a loop however long it is, and a server that
// answers in its callback answers within its caller's own `enter`; where the kernel lets it, without entries (call-turn.ts).
import {
  type ArrivedCall,
  CALL_OUTCOME,
  type CallOutcomeCode,
  type HostedPort,
  type ProcedureAnswer,
} from '@capos/abi';
import {
  type CompletionEntry,
  type CompletionHandler,
  PUSHED,
  RingClient,
  type SubmissionQueue,
} from '@capos/ipc-ring';
import { ArenaAllocator } from './arena-allocator.ts';
import { CallTurn } from './call-turn.ts';
import { canBlock } from './worker-port.ts';

/** Something submitted, found again by its slot: the submission's user data. */
export interface Operation {
  /** Slot in the driver's table while submitted. */
  slot: number;
  complete(entry: CompletionEntry): void;
}

/** A RECV: it can be handed a call in its caller's turn, too. */
export interface ReceiveOperation extends Operation, Startable {
  arrived(call: ArrivedCall): void;
}

/** An operation pushed quietly. */
export interface QuietOperation extends Operation {
  /** It was taken, and its failure, if any, was told before. */
  settled(): void;
}

/** Something that waits its turn. */
export interface Startable {
  /** Next in the driver's waiting list. */
  nextWaiting: Startable | null;
  /** Submits itself: false when it has to go on waiting. */
  start(): boolean;
  /** It could not start at once and begins to wait. */
  waits?(): void;
}

// Kept free of calls and receives: a quiet RETURN, FINISH or RELEASE needs a completion slot in case it fails.
const RESERVED_CREDITS = 2;
const MAX_IDLE_RELEASES = 1 << 20;

export class RingDriver implements CompletionHandler {
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  readonly allocator: ArenaAllocator;
  readonly submissions: SubmissionQueue;
  /** The kernel takes submissions while the doorbell rings; otherwise (a Worker's ring) some time later. */
  readonly synchronous: boolean;
  readonly turn: CallTurn<ReceiveOperation> = new CallTurn();
  private readonly port: HostedPort;
  private readonly ring: RingClient;
  private readonly operations: (Operation | undefined)[] = [];
  private readonly freeSlots: number[] = [];
  private freeCount = 0;
  private firstWaiting: Startable | null = null;
  private lastWaiting: Startable | null = null;
  private waitingCount = 0;
  private readonly quiet: QuietOperation[] = [];
  private readonly quietBlocks: number[] = [];
  // The arrays keep their length: emptying one throws its storage away, which was most of a call's garbage.
  private quietCount = 0;
  private readonly releases: number[] = [];
  private pumping = false;
  private holding = 0;

  constructor(port: HostedPort, synchronous: boolean) {
    this.port = port;
    this.synchronous = synchronous;
    this.bytes = new Uint8Array(port.arena);
    this.words = new Int32Array(port.arena, 0, port.arena.byteLength >> 2);
    this.allocator = new ArenaAllocator(port.heapOffset, port.arena.byteLength);
    this.ring = new RingClient(port.arena, port.ringOffset);
    this.submissions = this.ring.submissions;
    port.onCompletion(() => this.pump());
    port.onCall?.((call, answer) => this.serve(call, answer));
  }

  /** Operations waiting for credit or memory. */
  get waiting(): number {
    return this.waitingCount;
  }

  /** Operations submitted and not completed. */
  get inFlight(): number {
    return this.operations.length - this.freeCount;
  }

  /** Room for one more counted submission, making some in the queue if it takes a doorbell. */
  hasRoom(): boolean {
    return this.submissions.credit > RESERVED_CREDITS && this.hasSpace();
  }

  /** Gives an operation its slot; it is the user data of the submission pushed next. */
  enlist(operation: Operation): number {
    let slot = this.operations.length;
    if (this.freeCount > 0) {
      this.freeCount -= 1;
      slot = this.freeSlots[this.freeCount]!;
    }
    this.operations[slot] = operation;
    operation.slot = slot;
    return slot;
  }

  /** Takes the slot back. */
  retire(operation: Operation): void {
    this.operations[operation.slot] = undefined;
    this.freeSlots[this.freeCount] = operation.slot;
    this.freeCount += 1;
  }

  /** Starts now if nothing is ahead in the queue and there is room, else when there is. */
  startOrWait(startable: Startable): void {
    if (this.firstWaiting === null && startable.start()) {
      this.flush();
      return;
    }
    startable.waits?.();
    startable.nextWaiting = null;
    if (this.lastWaiting === null) this.firstWaiting = startable;
    else this.lastWaiting.nextWaiting = startable;
    this.lastWaiting = startable;
    this.waitingCount += 1;
    // With nothing in flight no completion will come to start it.
    this.flush();
  }

  /** Takes something off the waiting list: false when it is not there (any more). */
  stopWaiting(startable: Startable): boolean {
    let before: Startable | null = null;
    for (let at = this.firstWaiting; at !== null; before = at, at = at.nextWaiting) {
      if (at !== startable) continue;
      if (before === null) this.firstWaiting = at.nextWaiting;
      else before.nextWaiting = at.nextWaiting;
      if (this.lastWaiting === at) this.lastWaiting = before;
      at.nextWaiting = null;
      this.waitingCount -= 1;
      return true;
    }
    return false;
  }

  /**
   * An operation was pushed quietly: once the kernel has taken it, its slot is retired and `block` (−1 none) is freed.
   * Only for synchronous ports; elsewhere nothing tells when it was taken.
   */
  settleWhenTaken(operation: QuietOperation, block: number): void {
    this.quiet[this.quietCount] = operation;
    this.quietBlocks[this.quietCount] = block;
    this.quietCount += 1;
  }

  /** Gives up a capability by id, when the queue has room for it. */
  release(capId: number): void {
    if (this.releases.length < MAX_IDLE_RELEASES) this.releases.push(capId);
    this.flush();
  }

  /** Runs `body`; everything it starts goes to the kernel with one doorbell. */
  batch<T>(body: () => T): T {
    this.holding += 1;
    try {
      return body();
    } finally {
      this.holding -= 1;
      this.flush();
    }
  }

  /** Submits what was pushed, rings the doorbell and takes the completions there are. */
  flush(): void {
    if (this.pumping || this.holding > 0) return;
    this.pump();
  }

  /** Blocks until completions came and takes them: false when this thread may not block, or is inside a callback. */
  waitForCompletion(): boolean {
    if (this.pumping || this.holding > 0 || !canBlock(this.port)) return false;
    if (this.ring.completions.available === 0) {
      this.port.wait(this.ring.completions.consumed, Number.POSITIVE_INFINITY);
    }
    this.pump();
    return true;
  }

  /** Room in the submission queue; rings the doorbell to make some. */
  hasSpace(): boolean {
    if (this.submissions.space > 0) return true;
    this.ring.submit();
    this.port.enter();
    return this.submissions.space > 0;
  }

  complete(entry: CompletionEntry): void {
    const slot = entry.userDataLow;
    // Past the table: a release or FINISH, whose outcome nobody needs.
    if (slot < this.operations.length) this.operations[slot]?.complete(entry);
  }

  /** Whether there is something to submit. */
  private get hasWork(): boolean {
    return this.submissions.unpublished > 0 || this.firstWaiting !== null || this.releases.length > 0;
  }

  /** ProtectedProcedure of the program. */
  private serve(call: ArrivedCall, answer: ProcedureAnswer): CallOutcomeCode {
    if (this.pumping || this.holding > 0 || this.hasWork) return CALL_OUTCOME.LEFT;
    const { turn } = this;
    const receive = this.operations[call.userDataLow] as ReceiveOperation;
    this.pumping = true;
    try {
      turn.begin(receive, call.token);
      receive.arrived(call);
      if (!this.hasWork && turn.give(answer)) return CALL_OUTCOME.ANSWERED;
      this.submissions.restoreCredit();
      turn.submit(this);
    } finally {
      this.pumping = false;
    }
    this.pump();
    return CALL_OUTCOME.TAKEN;
  }

  private pump(): void {
    if (this.pumping) return;
    this.pumping = true;
    try {
      let progress: boolean;
      do {
        this.pushReleases();
        this.startWaiting();
        this.pushReleases(); // of what only waiting calls had kept
        if (this.submissions.unpublished > 0) {
          this.ring.submit();
          this.port.enter();
        }
        progress = this.ring.completions.drain(this) > 0;
        if (this.settleTaken()) progress = true;
      } while (
        this.submissions.unpublished > 0 ||
        this.ring.completions.available > 0 ||
        (progress && (this.firstWaiting !== null || this.releases.length > 0))
      );
    } finally {
      this.pumping = false;
    }
  }

  private startWaiting(): void {
    while (this.firstWaiting !== null) {
      const startable = this.firstWaiting;
      this.firstWaiting = startable.nextWaiting;
      if (this.firstWaiting === null) this.lastWaiting = null;
      this.waitingCount -= 1;
      startable.nextWaiting = null;
      if (startable.start()) continue;
      startable.nextWaiting = this.firstWaiting;
      this.firstWaiting = startable;
      if (this.lastWaiting === null) this.lastWaiting = startable;
      this.waitingCount += 1;
      return;
    }
  }

  private pushReleases(): void {
    while (this.releases.length > 0) {
      if (!this.hasSpace()) return;
      const capId = this.releases[this.releases.length - 1]!;
      const outcome = this.synchronous
        ? this.submissions.releaseQuietly(capId, NO_OPERATION)
        : this.submissions.release(capId, NO_OPERATION);
      if (outcome !== PUSHED) return;
      this.releases.pop();
    }
  }

  // Failures of quiet operations were drained before this runs, so their slots are still there to receive them.
  private settleTaken(): boolean {
    if (this.quietCount === 0 || !this.submissions.drained) return false;
    for (let index = 0; index < this.quietCount; index += 1) {
      const operation = this.quiet[index]!;
      this.retire(operation);
      operation.settled();
      const block = this.quietBlocks[index]!;
      if (block >= 0) this.allocator.free(block);
    }
    this.quietCount = 0;
    return true;
  }
}

/** User data of submissions whose outcome nobody needs. */
export const NO_OPERATION = 0xffffffff;
