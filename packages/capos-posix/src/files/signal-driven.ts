// Signal-driven input and output (fcntl(2), "Managing signals"): a description with O_ASYNC signals its owner when it becomes ready.
//
//   OpenFile.changed ─▶ readable, or newly writable or ended ─▶ SIGIO, or F_SETSIG's signal with descriptor and band ─▶ owner
//
// Sockets, pipes and terminals do it; of other files O_ASYNC is never set. Leases and F_NOTIFY signal the same owner (POLL_MSG).

import { POLL } from '../linux/file-flags.ts';
import { SI, SIGNAL } from '../linux/signal-numbers.ts';
import type { SignalInfo } from '../signals/signal-info.ts';
import type { WaitQueue } from '../waiting.ts';

/** Kinds of owner, as struct f_owner_ex counts them. */
export const OWNER = { THREAD: 0, PROCESS: 1, GROUP: 2 } as const;

/** What Linux tells poll() of each band (include/uapi: POLL_IN, POLL_OUT, POLL_HUP of siginfo). */
const BANDS: readonly (readonly [bits: number, code: number, band: number])[] = [
  [POLL.HUP, 6, POLL.HUP | POLL.ERR],
  [POLL.IN, 1, POLL.IN | POLL.RDNORM],
  [POLL.OUT, 2, POLL.OUT | POLL.WRNORM | POLL.WRBAND],
];

/** POLL_MSG of siginfo, and its band: what leases and F_NOTIFY say. */
const MESSAGE = { code: 3, band: POLL.IN | POLL.RDNORM | POLL.MSG } as const;

/** What becomes ready. */
interface Readied {
  readonly changed: WaitQueue;
  /** POLL bits that hold now. */
  readiness(): number;
}

/** Knows whom owners' numbers mean. */
export interface OwnerSignals {
  /** `kind` is one of {@link OWNER}. */
  signalOwner(kind: number, number: number, info: SignalInfo): void;
}

export class SignalDriven {
  kind: number = OWNER.PROCESS;
  /** 0: nobody. */
  number = 0;
  /** 0: SIGIO, and no more said. */
  signal = 0;
  #cancel: (() => void) | undefined;
  #before = 0;

  /** Starts signalling; `descriptor` is what siginfo will name. */
  start(file: Readied, descriptor: number, domain: OwnerSignals): void {
    this.#cancel?.();
    this.#before = file.readiness();
    this.#cancel = file.changed.subscribe(() => this.#changed(file, descriptor, domain));
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #changed(file: Readied, descriptor: number, domain: OwnerSignals): void {
    const now = file.readiness();
    // What can be read is said at every change: more may have come. That it can be written, or has ended, is said once.
    const said = (now & ~this.#before) | (now & POLL.IN);
    this.#before = now;
    const found = BANDS.find(([bits]) => (said & bits) !== 0);
    if (found !== undefined) this.#send(found[1], found[2], descriptor, domain);
  }

  /** Something has happened to what the description stands for. */
  sendMessage(descriptor: number, domain: OwnerSignals): void {
    this.#send(MESSAGE.code, MESSAGE.band, descriptor, domain);
  }

  #send(code: number, band: number, descriptor: number, domain: OwnerSignals): void {
    if (this.number === 0) return;
    domain.signalOwner(
      this.kind,
      this.number,
      this.signal === 0
        ? { signal: SIGNAL.IO, code: SI.KERNEL }
        : { signal: this.signal, code, band, status: descriptor },
    );
  }
}
