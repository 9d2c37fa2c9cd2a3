// The loop of a run that can be repeated: kernel steps in a row, each at its number, with what arrives from outside between them.
//
//   record   busy ─▶ step        a timer ─▶ wait for it, or skip the wait ─▶ step        something arrives ─▶ log ─▶ hand on ─▶ step
//   replay   busy ─▶ step        a timer ─▶ skip the wait ─▶ step                       its step has come ─▶ hand on ─▶ step
//
// Time goes by instructions while anything runs. While nothing does it goes by the host's clock, and the log tells how far; or, with
// virtual time, it jumps to the next timer.
import { performance } from 'node:perf_hooks';
import type { EventLoop, Kernel, ProcessReference } from '@capos/kernel';
import type { Recorder, Replay } from '@capos/x86-machine/replay';

type ExitStatus = NonNullable<ProcessReference['status']>;
const NANOSECONDS_PER_MILLISECOND = 1e6;
const LONGEST_DELAY_MS = 0x7fff_ffff;

export class JournaledLoop implements Pick<EventLoop, 'run'> {
  /** Give this to `createKernel`. */
  readonly onWork: () => void;
  readonly #journal: Recorder | Replay;
  readonly #skipsWaits: boolean;
  readonly #receivers = new Map<string, (payload: Uint8Array) => void>();
  /** What arrived before the run began. */
  readonly #early: { readonly name: string; readonly payload: Uint8Array }[] = [];
  #kernel: Kernel | undefined;
  #isOver = false;
  #failure: unknown;
  #failed: (error: unknown) => void = () => {};
  #steps = 0;
  #isScheduled = false;
  #timer: NodeJS.Timeout | undefined;
  /** When the wait in progress began, on the host's clock and on the run's; and what it is for. */
  #wait: { readonly began: number; readonly timeNs: number; readonly untilNs: number } | undefined;

  constructor(journal: Recorder | Replay, skipsWaits: boolean) {
    this.#journal = journal;
    this.#skipsWaits = skipsWaits || journal.mode === 'replay';
    journal.position = () => this.#steps;
    this.onWork = () => this.#schedule();
  }

  get isReplay(): boolean {
    return this.#journal.mode === 'replay';
  }

  /** What the outside says to a question; when the log says otherwise, the run is over. */
  ask(question: string, real: () => Uint8Array): Uint8Array {
    try {
      return this.#journal.ask(question, real);
    } catch (error) {
      this.#failure ??= error;
      this.#failed(error);
      throw error;
    }
  }

  /** Says who takes what arrives under a name; answers where it arrives while recording. */
  receive(name: string, receiver: (payload: Uint8Array) => void): (payload?: Uint8Array) => void {
    this.#receivers.set(name, receiver);
    return (payload = new Uint8Array()) => {
      const journal = this.#journal;
      if (journal.mode === 'replay' || this.#isOver || this.#receivers.get(name) !== receiver) return;
      if (this.#kernel === undefined) {
        this.#early.push({ name, payload });
        return;
      }
      this.#endWait();
      journal.arrived(name, payload);
      receiver(payload);
      // A step follows whatever arrives, so that the replay knows where to have it.
      this.#schedule();
    };
  }

  /** Nothing more is taken under a name: what still arrives is dropped. */
  forget(name: string): void {
    this.#receivers.delete(name);
  }

  run(kernel: Kernel, process: ProcessReference): Promise<ExitStatus> {
    return new Promise((resolve, reject) => {
      this.#failed = (error) => {
        this.#stop();
        reject(error);
      };
      process.onExit((status) => {
        this.#stop();
        resolve(status);
      });
      if (this.#failure !== undefined) throw this.#failure;
      this.#kernel = kernel;
      if (this.#journal.mode === 'record')
        for (const { name, payload } of this.#early) {
          const receiver = this.#receivers.get(name);
          if (receiver === undefined) continue;
          this.#journal.arrived(name, payload);
          receiver(payload);
        }
      this.#schedule();
    });
  }

  #stop(): void {
    this.#isOver = true;
    this.#kernel = undefined;
    clearTimeout(this.#timer);
  }

  #schedule(): void {
    if (this.#isScheduled || this.#kernel === undefined) return;
    this.#isScheduled = true;
    clearTimeout(this.#timer);
    // After the promises of the last step, and before anything of the host's that is not done yet.
    setImmediate(() => {
      this.#isScheduled = false;
      try {
        this.#turn();
      } catch (error) {
        this.#failed(error);
      }
    });
  }

  #turn(): void {
    const kernel = this.#kernel;
    const { clock } = this.#journal;
    if (kernel === undefined) return;
    if (this.#handOn()) {
      this.#schedule();
      return;
    }
    const { state, nextWakeNs } = kernel.step();
    this.#steps++;
    if (this.#kernel === undefined || this.#isScheduled) return;
    if (state === 'busy') this.#schedule();
    else if (this.#journal.mode === 'replay') this.#idleInReplay(this.#journal, nextWakeNs);
    else if (nextWakeNs === Number.POSITIVE_INFINITY) {
      if (!this.#skipsWaits) this.#beginWait(nextWakeNs);
    } else {
      if (this.#skipsWaits) {
        clock.advanceTo(nextWakeNs);
        this.#schedule();
        return;
      }
      const timeNs = this.#beginWait(nextWakeNs);
      const delay = Math.ceil((nextWakeNs - timeNs) / NANOSECONDS_PER_MILLISECOND);
      this.#timer = setTimeout(
        () => {
          this.#wait = undefined;
          clock.advanceTo(nextWakeNs);
          this.#schedule();
        },
        Math.min(Math.max(delay, 0), LONGEST_DELAY_MS),
      );
    }
  }

  #beginWait(untilNs: number): number {
    const timeNs = this.#journal.clock.nowNs();
    this.#wait = { began: performance.now(), timeNs, untilNs };
    return timeNs;
  }

  /** Time has passed while the run waited, but not as much as it waits for. */
  #endWait(): void {
    const wait = this.#wait;
    this.#wait = undefined;
    if (wait === undefined) return;
    const passedNs = Math.floor((performance.now() - wait.began) * NANOSECONDS_PER_MILLISECOND);
    this.#journal.clock.advanceTo(Math.min(wait.timeNs + passedNs, wait.untilNs - 1));
  }

  #idleInReplay(replay: Replay, nextWakeNs: number): void {
    if (replay.nextArrival()?.at !== this.#steps) {
      if (nextWakeNs === Number.POSITIVE_INFINITY)
        throw replay.diverged(`at step ${this.#steps} nothing is left to do`);
      replay.clock.advanceTo(nextWakeNs);
    }
    this.#schedule();
  }

  /** In a replay: whether something arrived now, one at a time. */
  #handOn(): boolean {
    const journal = this.#journal;
    if (journal.mode !== 'replay') return false;
    const entry = journal.nextArrival();
    if (entry === undefined || entry.at > this.#steps) return false;
    const receiver = this.#receivers.get(entry.name);
    if (entry.at < this.#steps || receiver === undefined) throw journal.diverged(`at step ${this.#steps}`);
    journal.clock.advanceTo(entry.timeNs);
    journal.arrivalTaken();
    receiver(entry.payload);
    return true;
  }
}
