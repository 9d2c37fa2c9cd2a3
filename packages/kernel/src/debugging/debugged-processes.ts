// Debugged processes: between the CPU's traps, which know addresses, and the sessions, which know processes.
//
// The CPU asks in the middle of a run, at whatever armed address it comes to. The thread in the processor says whose it is.

import type { DebugEvent, DebugHooks, DebugTraps, TracedAccess } from '../arch/debugging.ts';
import { KernelError } from '../kernel-error.ts';
import type { Nucleus } from '../nucleus.ts';
import { ElfBody } from '../processes/elf-process.ts';
import type { ExitStatus, Process } from '../processes/process.ts';
import type { Scheduler } from '../scheduling/scheduler.ts';
import { type DebugOptions, DebugSession, type SessionKeeper } from './debug-session.ts';
import { STEPPING } from './process-debugger.ts';

export class DebuggedProcesses implements DebugHooks, SessionKeeper {
  readonly traps: DebugTraps;
  readonly #nucleus: Nucleus;
  readonly #scheduler: Scheduler;
  readonly #sessions = new Map<Process, DebugSession>();
  #events: { readonly session: DebugSession; readonly event: DebugEvent }[] = [];

  constructor(nucleus: Nucleus, scheduler: Scheduler) {
    this.#nucleus = nucleus;
    this.#scheduler = scheduler;
    this.traps = scheduler.processor.cpu.debugTraps;
  }

  /** Puts a process under a debugger, with its threads frozen. @throws KernelError */
  open(processId: bigint, options: DebugOptions): DebugSession {
    const process = this.#nucleus.processes.get(Number(processId));
    const body = process?.body;
    if (process === undefined || process.isDying || !(body instanceof ElfBody)) {
      throw new KernelError('cannotDebug', `debugging process ${processId}: no ELF process of that number is running`);
    }
    if (this.#sessions.has(process)) {
      throw new KernelError('cannotDebug', `debugging ${process.name}: it has a debugger, which must detach first`);
    }
    if (this.#sessions.size === 0) this.traps.attach(this);
    const session = new DebugSession(process, body, this.#scheduler, this, options);
    this.#sessions.set(process, session);
    return session;
  }

  release(process: Process): void {
    this.#sessions.delete(process);
    if (this.#sessions.size === 0) this.traps.attach(undefined);
  }

  end(process: Process, status: ExitStatus): void {
    const { notifier } = this.#nucleus;
    notifier.begin();
    process.end(status);
    notifier.flush();
    notifier.end();
    this.#nucleus.workArrived();
  }

  tell(session: DebugSession, event: DebugEvent): void {
    this.#events.push({ session, event });
    this.#nucleus.workArrived();
  }

  /** Tells what has happened. Between two runs of the processor. */
  deliver(): void {
    while (this.#events.length > 0) {
      const events = this.#events;
      this.#events = [];
      for (const { session, event } of events) session.onEvent(event);
    }
  }

  // ---- from the CPU

  breakpoint(rip: bigint): boolean {
    const thread = this.#scheduler.current;
    const session = thread && this.#sessions.get(thread.process);
    if (thread === undefined || session?.breakpoint(thread, rip) !== true) return false;
    this.#settle();
    return true;
  }

  accessed(accesses: readonly TracedAccess[]): void {
    const thread = this.#scheduler.current;
    const session = thread && this.#sessions.get(thread.process);
    if (thread === undefined || session === undefined) return;
    session.accessed(thread, accesses);
    this.#settle();
  }

  /** The thread that was in the processor before the instruction may have left it since. */
  stepped(): void {
    const thread = this.#scheduler.stepper;
    this.#scheduler.stepper = undefined;
    if (thread === undefined || thread.isDead || thread.stepping !== STEPPING.WANTED) return;
    thread.stepping = STEPPING.DONE;
    if (thread === this.#scheduler.current) this.#settle();
  }

  #settle(): void {
    const { notifier } = this.#nucleus;
    notifier.begin();
    notifier.flush();
    this.#scheduler.settle();
    notifier.end();
  }
}
