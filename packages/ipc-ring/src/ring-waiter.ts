// Waiting for the other side, in the mode that costs least here.
//
//   same thread   nobody else will publish: `drain` runs the other side, no wake-up at all
//   spin          as long as it has been worth it (spin-budget.ts); never with one CPU
//   block         NEED_WAKEUP set, word looked at once more, Atomics.wait; waitAsync where a thread must not block
//
// No wake-up is lost: the sleeper sets its flag and then looks at the word, the publisher stores the word and then looks
// at the flag, all of it sequentially consistent, and Atomics.wait compares the word again under its own lock.
import {
  HEADER_CLIENT_FLAGS_WORD,
  HEADER_CQ_HEAD_WORD,
  HEADER_CQ_TAIL_WORD,
  HEADER_FLAG_NEED_CREDIT,
  HEADER_FLAG_NEED_WAKEUP,
  HEADER_FLAG_SPIN_TRIAL,
  HEADER_FLAG_SPINNING,
  HEADER_SERVER_FLAGS_WORD,
  HEADER_SQ_TAIL_WORD,
  HEADER_WORDS,
} from './generated/layout-constants.ts';
import { RingError } from './ring-error.ts';
import { isShared, type RingBuffer } from './ring-shape.ts';
import { FollowingSpinBudget, SpinBudget, type SpinMode } from './spin-budget.ts';

/** Why a wait ended. `changed` may be spurious: look, and wait again. */
export type WaitOutcome = 'changed' | 'timed-out';

/** What a waiter must know of its surroundings. */
export interface WaiterOptions {
  /** CPUs that the two sides may run on (`os.availableParallelism()`, `navigator.hardwareConcurrency`). */
  readonly cpus: number;
  /** Runs the other side, when it lives in this thread; nothing else is tried then. */
  readonly drain?: () => void;
  /** Looks at the word before blocking, about 8 ns each. Default 20,000: several times what a wake-up takes. */
  readonly maxSpins?: number;
}

type SleepFlag = typeof HEADER_FLAG_NEED_WAKEUP | typeof HEADER_FLAG_NEED_CREDIT;

const DEFAULT_MAX_SPINS = 20_000;
const LOOKS_PER_PAUSE = 16;

// ES2025's hint to the other hyperthread of this core; V8 has it since 13.2.
const pause: () => void = (Atomics as { pause?: () => void }).pause ?? (() => {});

// ES2024, which the platforms have and `lib: es2023` does not name.
type WaitAsync = (
  words: Int32Array,
  index: number,
  value: number,
  timeout?: number,
) => { readonly async: false; readonly value: string } | { readonly async: true; readonly value: Promise<string> };
const waitAsync: WaitAsync | undefined = (Atomics as { waitAsync?: WaitAsync }).waitAsync;

/** One side's waiter on one ring. Used by one thread. */
export class RingWaiter {
  private readonly words: Int32Array;
  private readonly shared: boolean;
  private readonly tailWord: number;
  private readonly flagsWord: number;
  private readonly leads: boolean;
  private readonly budget: SpinBudget;
  private readonly following: FollowingSpinBudget;
  private announced: SpinMode = 'block';
  /** Pending `waitAsync`s, by the flag that they need. */
  private readonly asleep = { [HEADER_FLAG_NEED_WAKEUP]: 0, [HEADER_FLAG_NEED_CREDIT]: 0 };
  private readonly drain: (() => void) | undefined;
  /** Waits that ended by spinning, by blocking, and by draining in the same thread: for benches and curious readers. */
  spun = 0;
  blocked = 0;
  drained = 0;

  /**
   * A waiter for `side` of the ring at `offset`: a client waits for completions, a server for submissions.
   * @throws RingError UNSUPPORTED when memory is not shared and there is no `drain` to run
   */
  constructor(buffer: RingBuffer, offset: number, side: 'client' | 'server', options: WaiterOptions) {
    this.words = new Int32Array(buffer, offset, HEADER_WORDS);
    this.shared = isShared(buffer);
    this.tailWord = side === 'client' ? HEADER_CQ_TAIL_WORD : HEADER_SQ_TAIL_WORD;
    this.flagsWord = side === 'client' ? HEADER_CLIENT_FLAGS_WORD : HEADER_SERVER_FLAGS_WORD;
    this.drain = options.drain;
    const spins = options.cpus > 1 ? (options.maxSpins ?? DEFAULT_MAX_SPINS) : 0;
    this.leads = side === 'client';
    this.budget = new SpinBudget(spins);
    this.following = new FollowingSpinBudget(spins);
    if (!this.shared && this.drain === undefined) {
      throw new RingError('UNSUPPORTED', 'waiting on memory no other thread sees: share it, or give a drain to run');
    }
  }

  /**
   * Waits until the tail of this side is not `seen` (`completions.consumed`, `server.submissionHead`), at most
   * `timeoutMs`. Blocks the thread: browsers allow that in Workers only.
   */
  wait(seen: number, timeoutMs: number = Number.POSITIVE_INFINITY): WaitOutcome {
    return this.waitFor(this.tailWord, HEADER_FLAG_NEED_WAKEUP, seen, timeoutMs);
  }

  /** A server whose drain ended `no-credit` waits until the client consumed more than `seen` (`server.completionHead`). */
  waitForCredit(seen: number, timeoutMs: number = Number.POSITIVE_INFINITY): WaitOutcome {
    return this.waitFor(HEADER_CQ_HEAD_WORD, HEADER_FLAG_NEED_CREDIT, seen, timeoutMs);
  }

  /** `wait` for threads with an event loop to go back to. Never spins. @throws RingError UNSUPPORTED */
  waitAsync(seen: number, timeoutMs: number = Number.POSITIVE_INFINITY): Promise<WaitOutcome> {
    return this.waitAsyncFor(this.tailWord, HEADER_FLAG_NEED_WAKEUP, seen, timeoutMs);
  }

  /** `waitForCredit` for threads with an event loop to go back to. @throws RingError UNSUPPORTED */
  waitForCreditAsync(seen: number, timeoutMs: number = Number.POSITIVE_INFINITY): Promise<WaitOutcome> {
    return this.waitAsyncFor(HEADER_CQ_HEAD_WORD, HEADER_FLAG_NEED_CREDIT, seen, timeoutMs);
  }

  private async waitAsyncFor(word: number, flag: SleepFlag, seen: number, timeoutMs: number): Promise<WaitOutcome> {
    if (this.drain !== undefined) return this.drainOnce(word, seen);
    if (waitAsync === undefined) {
      throw new RingError('UNSUPPORTED', 'waiting without blocking takes Atomics.waitAsync: wait in a Worker instead');
    }
    this.asleep[flag] += 1;
    this.setFlag(flag);
    try {
      const waiting = waitAsync(this.words, word, seen, timeoutMs);
      const outcome = waiting.async ? await waiting.value : waiting.value;
      return outcome === 'timed-out' ? 'timed-out' : 'changed';
    } finally {
      this.asleep[flag] -= 1;
      if (this.asleep[flag] === 0) this.clearFlag(flag);
    }
  }

  private waitFor(word: number, flag: SleepFlag, seen: number, timeoutMs: number): WaitOutcome {
    if (this.drain !== undefined) return this.drainOnce(word, seen);
    if (this.spin(word, seen)) return 'changed';
    this.setFlag(flag);
    const outcome = Atomics.wait(this.words, word, seen, timeoutMs);
    // A waitAsync of this thread may still be waiting for the same flag.
    if (this.asleep[flag] === 0) this.clearFlag(flag);
    this.blocked += 1;
    return outcome === 'timed-out' ? 'timed-out' : 'changed';
  }

  private drainOnce(word: number, seen: number): WaitOutcome {
    this.drain?.();
    this.drained += 1;
    const now = this.shared ? Atomics.load(this.words, word) : this.words[word]!;
    return now === seen ? 'timed-out' : 'changed';
  }

  private spin(word: number, seen: number): boolean {
    const { words } = this;
    if (Atomics.load(words, word) !== seen) {
      this.spun += 1;
      return true;
    }
    const spins = this.leads ? this.budget.take() : this.following.take(this.clientMode());
    if (this.leads && this.budget.mode !== this.announced) this.announce();
    const looks = spins === 0 ? 0 : this.look(word, seen, spins);
    const hit = looks > 0;
    if (hit) this.spun += 1;
    if (spins === 0) return false;
    if (this.leads) {
      if (hit) this.budget.hit(looks);
      else this.budget.miss();
    } else if (hit) this.following.hit();
    else this.following.miss();
    return hit;
  }

  // The number of the look that saw the word change, 0 when none did.
  private look(word: number, seen: number, spins: number): number {
    const { words } = this;
    for (let count = 1; count <= spins; count += 1) {
      if (Atomics.load(words, word) !== seen) return count;
      if (count % LOOKS_PER_PAUSE === 0) pause();
    }
    return 0;
  }

  private clientMode(): SpinMode {
    const flags = Atomics.load(this.words, HEADER_CLIENT_FLAGS_WORD);
    if ((flags & HEADER_FLAG_SPIN_TRIAL) !== 0) return 'trial';
    return (flags & HEADER_FLAG_SPINNING) !== 0 ? 'spin' : 'block';
  }

  private announce(): void {
    this.announced = this.budget.mode;
    const flag =
      this.announced === 'trial' ? HEADER_FLAG_SPIN_TRIAL : this.announced === 'spin' ? HEADER_FLAG_SPINNING : 0;
    this.clearFlag(HEADER_FLAG_SPIN_TRIAL | HEADER_FLAG_SPINNING);
    this.setFlag(flag);
  }

  // This side alone writes its flags word.
  private setFlag(flag: number): void {
    Atomics.or(this.words, this.flagsWord, flag);
  }

  private clearFlag(flag: number): void {
    Atomics.and(this.words, this.flagsWord, ~flag);
  }
}
