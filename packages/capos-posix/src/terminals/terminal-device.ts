// A terminal: a line discipline, the session it controls, the process group in its foreground, a window size.
//
//   ConsoleTerminal ─┐                       ┌─ foreground group: reads, writes, gets INT, QUIT, TSTP, WINCH
//   PseudoTerminal ──┴▶ TerminalDevice ──────┤
//                       line discipline      └─ background groups: TTIN, and TTOU with TOSTOP (POSIX XBD 11.1.4)
//
// What it is connected to, a console or the master of a pseudo terminal, is the subclass's.

import { ERRNO, RESTART } from '../linux/errno.ts';
import { POLL } from '../linux/file-flags.ts';
import { SI, SIG_IGN, SIGNAL } from '../linux/signal-numbers.ts';
import type { SignalActions } from '../signals/signal-actions.ts';
import type { SignalInfo } from '../signals/signal-info.ts';
import { bit, type SignalSet } from '../signals/signal-set.ts';
import type { Clocks } from '../time/clocks.ts';
import { type Blocking, type MaybeBlocking, settle, WaitQueue, waitForChange } from '../waiting.ts';
import { LineDiscipline } from './line-discipline.ts';
import { CONTROL, LOCAL, type Termios } from './termios.ts';

/** Rows and columns of characters (struct winsize, whose pixels stay 0). */
export interface WindowSize {
  readonly rows: number;
  readonly columns: number;
}

/** A process, as far as terminals know one. */
export interface TerminalUser {
  readonly pid: number;
  readonly group: number;
  readonly session: number;
  readonly domain: TerminalDomain;
  readonly clocks: Clocks;
  readonly actions: SignalActions;
  /** The thread that acts now. */
  readonly current: { readonly blocked: SignalSet } | undefined;
  send(info: SignalInfo): void;
}

/** The processes that terminals control, and the terminals they have. */
export interface TerminalDomain {
  readonly terminals: Set<TerminalDevice>;
  readonly processes: ReadonlyMap<number, TerminalUser>;
  /** Whoever acts now. */
  readonly currentProcess: TerminalUser | undefined;
  inGroup(group: number): readonly TerminalUser[];
  signalGroup(group: number, info: SignalInfo): void;
  /** Whether nobody outside the group could continue it. */
  orphaned(group: number): boolean;
  controllingTerminal(session: number): TerminalDevice | undefined;
}

const DECISECOND_NS = 100_000_000;

export abstract class TerminalDevice {
  readonly domain: TerminalDomain;
  /** Notified when readiness, flow or the connection changes. */
  readonly changed = new WaitQueue();
  readonly line: LineDiscipline;
  /** The session it controls; 0 none. */
  session = 0;
  foregroundGroup = 0;
  /** Nobody is at the other end any more. */
  hungUp = false;
  /** The other end sends nothing any more, but still takes output. */
  protected ended = false;
  #window: WindowSize = { rows: 0, columns: 0 };

  constructor(domain: TerminalDomain) {
    this.domain = domain;
    this.line = new LineDiscipline({
      echo: (bytes) => this.echo(bytes),
      signal: (signal) => this.signalForeground(signal),
      discardOutput: () => {
        this.inputDiscarded();
        this.discardOutput();
      },
      flow: (stopped) => {
        this.flowChanged(stopped);
        this.changed.notify();
      },
    });
  }

  abstract readonly name: string;
  /** Its device number. */
  abstract readonly rdev: bigint;
  /** The other end takes no more for now. */
  abstract readonly full: boolean;
  /** Processed output of a program: how many bytes the other end took. */
  protected abstract transmit(bytes: Uint8Array): MaybeBlocking<number>;
  /** Echo: taken or lost, nobody waits for it. */
  protected abstract echo(bytes: Uint8Array): void;
  /** Input was thrown away; output was stopped or goes on: a master in packet mode is told. */
  inputDiscarded(): void {}
  flowChanged(_stopped: boolean): void {}
  /** Forgets output that is on its way. */
  discardOutput(): void {}
  /** There is room in the queue again, or somebody wants to read. */
  wantInput(): void {}

  get window(): WindowSize {
    return this.#window;
  }

  /** The size, asked of the other end where that knows it. */
  currentWindow(): MaybeBlocking<WindowSize> {
    return this.#window;
  }

  /** Whoever is in the foreground is told of a new size (tty_ioctl(4), TIOCSWINSZ). */
  resize(window: WindowSize): void {
    if (window.rows === this.#window.rows && window.columns === this.#window.columns) return;
    this.#window = window;
    this.signalForeground(SIGNAL.WINCH);
  }

  signalForeground(signal: number): void {
    if (this.foregroundGroup !== 0) this.domain.signalGroup(this.foregroundGroup, { signal, code: SI.KERNEL });
  }

  /** Bytes have come from the other end. */
  receive(bytes: Uint8Array): void {
    this.line.receive(bytes);
    this.changed.notify();
  }

  /** The other end is gone: the session's leader hears of it, and reads see the end (POSIX XBD 11.1.11). */
  hangUp(): void {
    if (this.hungUp) return;
    this.hungUp = true;
    const leader = this.domain.processes.get(this.session);
    if (leader !== undefined) {
      leader.send({ signal: SIGNAL.HUP, code: SI.KERNEL });
      leader.send({ signal: SIGNAL.CONT, code: SI.KERNEL });
    }
    this.signalForeground(SIGNAL.HUP);
    this.changed.notify();
  }

  /** TCIFLUSH. */
  discardInput(): void {
    this.line.discardInput();
    this.inputDiscarded();
  }

  /** TCSETS. */
  setTermios(termios: Termios): void {
    this.line.termios = termios;
    this.changed.notify();
  }

  // ── sessions ───────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Becomes the controlling terminal of a session without one. */
  control(leader: TerminalUser): void {
    this.session = leader.session;
    this.foregroundGroup = leader.group;
  }

  /** The session's leader gave it up or has ended: its foreground hears of it (POSIX exit, TIOCNOTTY). */
  release(): void {
    const group = this.foregroundGroup;
    this.session = 0;
    this.foregroundGroup = 0;
    if (group === 0) return;
    this.domain.signalGroup(group, { signal: SIGNAL.HUP, code: SI.KERNEL });
    this.domain.signalGroup(group, { signal: SIGNAL.CONT, code: SI.KERNEL });
  }

  /**
   * 0 when the process acting may go on; else what its call answers: its group has been sent the signal, or it may not
   * be stopped at all and gets EIO.
   */
  admit(process: TerminalUser, signal: number): number {
    if (this.session !== process.session || process.group === this.foregroundGroup || this.foregroundGroup === 0)
      return 0;
    const blocked = ((process.current?.blocked ?? 0n) & bit(signal)) !== 0n;
    if (blocked || process.actions.get(signal).handler === SIG_IGN) return signal === SIGNAL.TTIN ? -ERRNO.EIO : 0;
    if (this.domain.orphaned(process.group)) return -ERRNO.EIO;
    this.domain.signalGroup(process.group, { signal, code: SI.KERNEL });
    return RESTART.UNLESS_HANDLED_WITHOUT_RESTART;
  }

  // ── reading and writing ────────────────────────────────────────────────────────────────────────────────────────────

  *read(length: number, nonBlocking: boolean): Blocking<Uint8Array | number> {
    const { domain } = this;
    let deadlineNs: number | undefined;
    for (;;) {
      const process = domain.currentProcess;
      if (process !== undefined) {
        const refused = this.admit(process, SIGNAL.TTIN);
        if (refused !== 0) return refused;
      }
      this.wantInput();
      const data = this.#readable(length, deadlineNs !== undefined) ? this.line.read(length) : undefined;
      if (data !== undefined) {
        this.wantInput();
        return data;
      }
      if (this.hungUp || this.ended) return new Uint8Array(0);
      const { local, characters } = this.line.termios;
      const raw = (local & LOCAL.ICANON) === 0;
      const least = characters[CONTROL.VMIN]!;
      const time = characters[CONTROL.VTIME]!;
      if (raw && least === 0 && time === 0) return new Uint8Array(0);
      if (nonBlocking) return -ERRNO.EAGAIN;
      // TIME runs from the read with MIN 0, and from each byte otherwise (termios(3), noncanonical mode).
      const now = process?.clocks.monotonicOrZero() ?? 0;
      if (raw && time > 0 && (least === 0 ? deadlineNs === undefined : this.line.available > 0))
        deadlineNs = now + time * DECISECOND_NS;
      const reason = yield waitForChange([this.changed], deadlineNs);
      if (reason === 'interrupted' && !this.#readable(length, false)) return RESTART.UNLESS_HANDLED_WITHOUT_RESTART;
      if (reason === 'deadline') return this.line.read(length) ?? new Uint8Array(0);
    }
  }

  /** Whether a read may take what there is: in raw mode MIN bytes, or as many as were asked for. */
  #readable(length: number, timed: boolean): boolean {
    const { local, characters } = this.line.termios;
    if ((local & LOCAL.ICANON) !== 0) return this.line.readable;
    const least = Math.min(length, characters[CONTROL.VMIN]!);
    if (characters[CONTROL.VMIN] === 0) return this.line.available > 0;
    return this.line.available >= Math.max(1, least) || (timed && this.line.available >= least);
  }

  *write(data: Uint8Array, nonBlocking: boolean): Blocking<number> {
    const process = this.domain.currentProcess;
    if (process !== undefined && (this.line.termios.local & LOCAL.TOSTOP) !== 0) {
      const refused = this.admit(process, SIGNAL.TTOU);
      if (refused !== 0) return refused;
    }
    let done = 0;
    while (done < data.length) {
      if (this.hungUp) return done > 0 ? done : -ERRNO.EIO;
      if (this.line.stopped || this.full) {
        if (nonBlocking) return done > 0 ? done : -ERRNO.EAGAIN;
        const reason = yield waitForChange([this.changed]);
        if (reason === 'interrupted' && (this.line.stopped || this.full))
          return done > 0 ? done : RESTART.UNLESS_HANDLED_WITHOUT_RESTART;
        continue;
      }
      const part = data.subarray(done, done + WRITE_CHUNK);
      const sent = this.line.output(part);
      const taken = yield* settle(this.transmit(sent));
      if (taken < 0) return done > 0 ? done : taken;
      if (taken === 0) break;
      done += part.length;
    }
    return done;
  }

  readiness(): number {
    let ready = 0;
    if (this.line.readable) ready |= POLL.IN | POLL.RDNORM;
    if (this.ended) ready |= POLL.IN | POLL.RDNORM;
    if (this.hungUp) ready |= POLL.HUP | POLL.IN | POLL.RDNORM;
    if (!this.line.stopped && !this.full) ready |= POLL.OUT | POLL.WRNORM;
    return ready;
  }
}

/** Bytes of one step of a write: a signal is looked at between two. */
const WRITE_CHUNK = 8192;
