// POSIX thread: one kernel thread with what Linux adds to it — mask, pending signals, alternate stack, the call in progress.
//
//            ┌───────────── running ◀────────────────┐
//   syscall ─┤ handler answered: RAX set             │ unpark
//            └ handler yields a Wait ──▶ parked ─────┘   ready, deadline or a signal: the handler goes on first
//
// Signals are delivered when the thread is about to run again: at the end of a call, after a wait, or at any instruction
// (`interrupted`). Whether an interrupted call answers EINTR or starts over is settled there, with the action at hand.

import { type ForeignThread, REGISTER } from '@capos/abi';
import { Call, type CallAnswer } from './call.ts';
import type { ByteString } from './guest-memory.ts';
import { CALL_NUMBER, callName } from './linux/call-numbers.ts';
import { ERRNO, isError, RESTART } from './linux/errno.ts';
import { OPEN } from './linux/file-flags.ts';
import { defaultAction, SA, SI, SIG_DFL, SIG_IGN, SIGNAL, SS } from './linux/signal-numbers.ts';
import type { PosixProcess } from './posix-process.ts';
import type { Seccomp } from './seccomp/seccomp.ts';
import { PendingSignals } from './signals/pending-signals.ts';
import { type AlternateStack, popSignalFrame, pushSignalFrame } from './signals/signal-frame.ts';
import { encodeSignalInfo, type SignalInfo } from './signals/signal-info.ts';
import { bit, maskable, type SignalSet } from './signals/signal-set.ts';
import { ORDINARY, type Scheduling } from './threads/scheduling.ts';
import { type Blocking, isBlocking, type MaybeBlocking, type WakeReason } from './waiting.ts';

/** Calls after which there would be a name that there was not. */
const MAKING: ReadonlySet<number> = new Set([
  CALL_NUMBER.creat,
  CALL_NUMBER.mkdir,
  CALL_NUMBER.mkdirat,
  CALL_NUMBER.mknod,
  CALL_NUMBER.mknodat,
  CALL_NUMBER.symlink,
  CALL_NUMBER.symlinkat,
]);

function makesName(call: Call): boolean {
  if (call.number === CALL_NUMBER.open) return (call.integer(1) & OPEN.CREAT) !== 0;
  if (call.number === CALL_NUMBER.openat) return (call.integer(2) & OPEN.CREAT) !== 0;
  return MAKING.has(call.number);
}

const NO_STACK: AlternateStack = { base: 0, size: 0, flags: SS.DISABLE };
/** Length of the `syscall` instruction: how far back a restarted call goes. */
const SYSCALL_LENGTH = 2n;

/** Bytes of the longest x86-64 instruction (SDM 2 §2.3.11). */
const LONGEST_INSTRUCTION = 15;

interface PresentWait {
  readonly interruptible: boolean;
  readonly cancel: (() => void) | undefined;
}

export class PosixThread {
  readonly tid: number;
  readonly host: ForeignThread;
  readonly process: PosixProcess;
  readonly call: Call;
  /** PR_SET_NAME; at most 15 bytes. */
  name: string;
  pending: PendingSignals = new PendingSignals();
  alternateStack: AlternateStack = NO_STACK;
  /** set_tid_address: zeroed and woken when the thread ends. */
  clearChildTid = -0;
  robustList = 0;
  /** What was blocked before sigtimedwait waits for it: the signal is not ignored then. */
  blockedBefore: SignalSet = 0n;
  scheduling: Scheduling = ORDINARY;
  /** What calls it has forbidden itself. */
  seccomp: Seccomp | undefined;
  /** The thread has ended: nothing may touch its registers any more. */
  ended = false;
  #blocked: SignalSet = 0n;
  /** The mask to return to when a call that replaced it for its own time ends without a handler (sigsuspend, ppoll). */
  #savedMask: SignalSet | undefined;
  #generator: Blocking<CallAnswer> | undefined;
  /** What is told that a page is there, while one is loaded. */
  #afterPage: ((status: number) => void) | undefined;
  #wait: PresentWait | undefined;
  #waitNumber = 0;
  /** Off the processor because the process is stopped. */
  #halted = false;
  #restart: number | undefined;
  #fault = { trapNumber: 0, errorCode: 0, address: 0n };

  constructor(process: PosixProcess, tid: number, host: ForeignThread, name: string) {
    this.process = process;
    this.tid = tid;
    this.host = host;
    this.name = name;
    this.call = new Call(this);
  }

  // ── calls and waits ────────────────────────────────────────────────────────────────────────────────────────────────

  /** Takes a handler's answer, or drives it until it has one. */
  accept(answer: MaybeBlocking<CallAnswer>): void {
    if (isBlocking(answer)) {
      this.#generator = answer;
      this.#advance('ready');
    } else {
      this.#finish(answer);
    }
  }

  /** Takes the thread off the processor until a page is there, then calls `done` with 0 or an errno. */
  awaitPage(loading: Blocking<number>, done: (status: number) => void): void {
    this.#afterPage = done;
    this.#generator = loading;
    this.#advance('ready');
  }

  get waiting(): boolean {
    return this.#wait !== undefined;
  }

  #advance(reason: WakeReason): void {
    const { domain } = this.process;
    const acting = domain.currentCaps;
    domain.currentCaps = this.process.caps;
    this.#goOn(reason);
    domain.currentCaps = acting;
  }

  #goOn(first: WakeReason): void {
    const generator = this.#generator!;
    let reason = first;
    for (;;) {
      const step = generator.next(reason);
      // The call may have ended this thread (or the process) from within.
      if (this.ended) return;
      if (step.done === true) {
        this.#generator = undefined;
        const afterPage = this.#afterPage;
        this.#afterPage = undefined;
        if (afterPage === undefined) this.#finish(step.value);
        else afterPage(step.value ?? 0);
        return;
      }
      const wait = step.value;
      if (wait.interruptible && this.hasDeliverable) {
        reason = 'interrupted';
        continue;
      }
      const number = ++this.#waitNumber;
      let woken = false;
      let begun = false;
      const cancel = wait.begin(() => {
        if (number !== this.#waitNumber) return;
        if (begun) this.#wake('ready');
        else woken = true;
      });
      if (woken) {
        this.#waitNumber++;
        cancel?.();
        reason = 'ready';
        continue;
      }
      begun = true;
      this.#wait = { interruptible: wait.interruptible, cancel };
      const { deadlineNs } = wait;
      if (deadlineNs === undefined || deadlineNs === Number.POSITIVE_INFINITY) this.host.park();
      else
        this.host.park(
          (why) => {
            if (why === 'deadline' && number === this.#waitNumber) this.#wake('deadline');
          },
          BigInt(Math.max(0, Math.ceil(deadlineNs))),
        );
      return;
    }
  }

  #wake(reason: WakeReason): void {
    const wait = this.#wait;
    this.#wait = undefined;
    this.#waitNumber++;
    wait?.cancel?.();
    this.#advance(reason);
    if (this.ended || this.#wait !== undefined) return;
    if (this.process.stoppedBy === 0) this.host.unpark();
    else this.#halted = true;
  }

  /** The process is stopped: takes the thread off the processor, now or before its next instruction. */
  halt(): void {
    // A wait goes on; its end then waits for SIGCONT.
    if (this.ended || this.#halted || this.#wait !== undefined) return;
    if (this.process.current !== this) {
      this.host.interruptAtNextInstruction();
      return;
    }
    this.#halted = true;
    this.host.park();
  }

  /** SIGCONT. */
  goOn(): void {
    if (!this.#halted) return;
    this.#halted = false;
    this.host.unpark();
  }

  #finish(answer: CallAnswer): void {
    const { call } = this;
    if (answer !== undefined && answer < 0 && call.subject !== undefined) this.#explain(answer, call.subject);
    call.end();
    if (this.process.tracer !== undefined) this.process.tracer.ended(call, answer);
    if (this.process.options.statistics !== undefined) this.#count(answer);
    if (this.ended) return;
    if (answer !== undefined) {
      if (
        answer === RESTART.UNLESS_HANDLED ||
        answer === RESTART.UNLESS_HANDLED_WITHOUT_RESTART ||
        answer === RESTART.ALWAYS
      )
        this.#restart = answer;
      else call.setResult(answer);
    }
    if (this.#restart !== undefined || this.#savedMask !== undefined || this.hasDeliverable) this.deliverSignals();
  }

  /** A path that no mount shows, or one that may not be written: tells what would have been needed. */
  #explain(answer: number, path: ByteString): void {
    const { process, call } = this;
    const name = callName(call.number);
    const isGranted = process.mounts.covers(path);
    if (answer === -ERRNO.EROFS) process.refuse(name, answer, { to: isGranted ? 'write' : 'make', path });
    if (answer === -ERRNO.ENOENT && !isGranted)
      process.refuse(name, answer, { to: makesName(call) ? 'make' : 'see', path });
  }

  #count(answer: CallAnswer): void {
    const { call, process } = this;
    const failed = answer !== undefined && isError(answer);
    process.options.statistics!.countCall(
      callName(call.number),
      failed,
      process.clocks.monotonicOrZero() - call.beganNs,
    );
  }

  /** Undoes a call in progress; its `finally` blocks run. */
  #abandonCall(): void {
    const wait = this.#wait;
    this.#wait = undefined;
    this.#waitNumber++;
    wait?.cancel?.();
    const generator = this.#generator;
    this.#generator = undefined;
    this.#afterPage = undefined;
    try {
      generator?.return(undefined);
    } catch {
      // A handler that is ending itself is running: it sees `ended` when it is done.
    }
    this.call.end();
  }

  /** The thread will not run again: lets go of all it holds in the shim. The kernel's thread is the caller's to end. */
  retire(): void {
    if (this.ended) return;
    this.ended = true;
    this.#abandonCall();
  }

  // ── signals ────────────────────────────────────────────────────────────────────────────────────────────────────────

  get blocked(): SignalSet {
    return this.#blocked;
  }

  set blocked(mask: SignalSet) {
    this.#blocked = maskable(mask);
  }

  /** Replaces the mask until the call ends; a handler's frame gets the old one. */
  maskForCall(mask: SignalSet): void {
    this.#savedMask ??= this.#blocked;
    this.blocked = mask;
  }

  get hasDeliverable(): boolean {
    const pending = this.pending.set | this.process.pending.set;
    return pending !== 0n && (pending & ~this.#blocked) !== 0n;
  }

  /** A signal has become pending: gets the thread to where it is delivered. */
  notice(): void {
    if (this.ended || !this.hasDeliverable) return;
    if (this.#wait !== undefined) {
      if (this.#wait.interruptible) this.#wake('interrupted');
    } else if (this.process.current !== this) {
      this.host.interruptAtNextInstruction();
    }
  }

  /**
   * Delivers what is pending and not blocked. Called only while the thread is not running.
   * @param told what a debugger knows of already
   */
  deliverSignals(told?: SignalInfo): void {
    let handled = false;
    while (!this.ended) {
      const wanted = ~this.#blocked;
      const info = this.pending.take(wanted) ?? this.process.pending.take(wanted);
      if (info === undefined) break;
      const action = this.process.actions.get(info.signal);
      if (action.handler === SIG_IGN) continue;
      if (info !== told && info.signal !== SIGNAL.KILL) {
        const verdict = this.host.signalled(info.signal);
        if (verdict === 'discarded') continue;
        if (verdict === 'held') {
          this.pending.putBack(info);
          return;
        }
      }
      if (action.handler === SIG_DFL) {
        const outcome = defaultAction(info.signal);
        if (outcome === 'terminate') {
          this.process.killedBy(info.signal);
          return;
        }
        if (outcome === 'stop') this.process.stopped(info.signal);
        continue;
      }
      this.#settleRestart((action.flags & SA.RESTART) !== 0);
      if (!this.#pushFrame(info)) {
        // The frame did not fit: Linux forces SIGSEGV, which can't have a handler then.
        this.process.killedBy(SIGNAL.SEGV);
        return;
      }
      handled = true;
    }
    if (this.ended) return;
    if (!handled) this.#settleRestart(undefined);
    if (this.#savedMask !== undefined) {
      this.#blocked = this.#savedMask;
      this.#savedMask = undefined;
      if (this.hasDeliverable) this.deliverSignals();
    }
  }

  /** `restartFlag`: whether the handler about to run was installed with SA_RESTART; undefined when none runs. */
  #settleRestart(restartFlag: boolean | undefined): void {
    const restart = this.#restart;
    if (restart === undefined) return;
    this.#restart = undefined;
    const again =
      restartFlag === undefined ||
      restart === RESTART.ALWAYS ||
      (restart === RESTART.UNLESS_HANDLED_WITHOUT_RESTART && restartFlag);
    if (again) {
      this.host.rip -= SYSCALL_LENGTH;
      this.call.setResult(this.call.number);
    } else {
      this.call.setResult(-ERRNO.EINTR);
    }
  }

  #pushFrame(info: SignalInfo): boolean {
    const { process, host } = this;
    const action = process.actions.get(info.signal);
    // x86-64 has no trampoline of the kernel's own: without a restorer there is no way back.
    if ((action.flags & SA.RESTORER) === 0) return false;
    const rsp = Number(BigInt.asUintN(64, host.registers[REGISTER.RSP]!));
    const { alternateStack } = this;
    const onStack = this.onAlternateStack(rsp);
    const useAlternate = (action.flags & SA.ONSTACK) !== 0 && !onStack && (alternateStack.flags & SS.DISABLE) === 0;
    const mask = this.#savedMask ?? this.#blocked;
    const fault = info.address === undefined ? { trapNumber: 0, errorCode: 0, address: 0n } : this.#fault;
    const pushed = pushSignalFrame(process.memory, host, {
      handler: action.handler,
      restorer: action.restorer,
      signal: info.signal,
      info: encodeSignalInfo(info),
      mask,
      alternate: { ...alternateStack, flags: this.alternateStackFlags(rsp) },
      stackTop: useAlternate ? alternateStack.base + alternateStack.size : undefined,
      trapNumber: fault.trapNumber,
      errorCode: fault.errorCode,
      faultAddress: fault.address,
    });
    if (!pushed) return false;
    this.#savedMask = undefined;
    let blocked = this.#blocked | action.mask;
    if ((action.flags & SA.NODEFER) === 0) blocked |= bit(info.signal);
    this.blocked = blocked;
    if ((action.flags & SA.RESETHAND) !== 0) process.actions.set(info.signal, { ...action, handler: SIG_DFL });
    if (useAlternate && (alternateStack.flags & SS.AUTODISARM) !== 0) this.alternateStack = NO_STACK;
    return true;
  }

  onAlternateStack(rsp: number): boolean {
    const { base, size, flags } = this.alternateStack;
    return (flags & (SS.DISABLE | SS.AUTODISARM)) === 0 && rsp > base && rsp <= base + size;
  }

  /** `ss_flags` as sigaltstack and a frame tell it. */
  alternateStackFlags(rsp: number): number {
    const { flags } = this.alternateStack;
    if ((flags & SS.DISABLE) !== 0) return SS.DISABLE;
    return (flags & SS.AUTODISARM) | (this.onAlternateStack(rsp) ? SS.ONSTACK : 0);
  }

  /** rt_sigreturn. False when the frame can't be read. */
  returnFromSignal(): boolean {
    const restored = popSignalFrame(this.process.memory, this.host);
    if (restored === undefined) return false;
    this.blocked = restored.mask;
    const { flags, base, size } = restored.alternate;
    if ((flags & SS.DISABLE) !== 0) this.alternateStack = NO_STACK;
    else if (size >= SS.MINIMUM) this.alternateStack = { base, size, flags: flags & SS.AUTODISARM };
    return true;
  }

  /**
   * A processor exception as a signal. It can't be put off: blocked or ignored it ends the process, as on Linux
   * (force_sig). Answers false when the process has ended.
   */
  raiseFault(info: SignalInfo, trapNumber: number, errorCode: number, address: bigint): boolean {
    if (!this.#handles(info.signal)) {
      this.#tellFatalFault(info.signal, trapNumber, address);
      this.process.killedBy(info.signal);
      return false;
    }
    this.#fault = { trapNumber, errorCode, address };
    this.pending.add(info);
    this.deliverSignals(info);
    return !this.ended;
  }

  /** A signal that can be neither blocked nor ignored: it has a handler, or ends the process. Called only while the thread is not running. */
  force(info: SignalInfo): void {
    if (!this.#handles(info.signal)) {
      this.process.killedBy(info.signal);
      return;
    }
    this.pending.add(info);
    this.deliverSignals();
  }

  #handles(signal: number): boolean {
    const { handler } = this.process.actions.get(signal);
    return (this.#blocked & bit(signal)) === 0n && handler !== SIG_IGN && handler !== SIG_DFL;
  }

  #tellFatalFault(signal: number, vector: number, address: bigint): void {
    const { rip } = this.host;
    const instruction = this.process.memory.readSome(Number(rip), LONGEST_INSTRUCTION);
    this.process.options.onFatalFault?.({ signal, vector, address, instructionAddress: rip, instruction });
  }

  /** Sends the thread itself a signal. False when as many are queued as may be. */
  send(info: SignalInfo): boolean {
    return this.process.send(info, this);
  }

  /** siginfo of a signal that this thread's process sends to itself or another. */
  senderInfo(signal: number, code: number = SI.USER): SignalInfo {
    return { signal, code, pid: this.process.pid, uid: this.process.identity.uid };
  }
}
