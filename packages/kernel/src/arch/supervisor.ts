// Supervisor: where the processor enters ring 0. The machine calls it in the middle of guest code; it leaves the state of
// whichever thread goes on.
//
//   syscall    native: system-calls/system-call-table.ts        foreign: the process's personality
//   exception  page fault: back the page and retry              else: the personality, or the end of the process
//   interrupt  of a device: to whoever listens         of the timer: the next context's turn
//
// Whatever happened, `scheduler.settle` has the last word: it puts a runnable thread in, or stops the machine.

import { SYSTEM_CALL, UNKNOWN_SYSTEM_CALL_RESULT } from '@capos/abi';
import type { Cpu, Supervisor } from '@capos/x86-machine';
import { ACCESS, type Access } from '../memory/user-memory.ts';
import type { Nucleus } from '../nucleus.ts';
import type { Thread } from '../processes/thread.ts';
import type { Scheduler } from '../scheduling/scheduler.ts';
import { SYSTEM_CALLS } from '../system-calls/system-call-table.ts';
import type { Interrupts } from './interrupts.ts';
import { FRAME_WORD } from './trap-frame.ts';

const PAGE_FAULT = 14;
/** Faults in a row without an instruction in between. An honest one needs a handful: code, data and stack across pages. */
const MAX_FAULTS_IN_PLACE = 1000;
/** What a process is reported killed by when the kernel itself failed on its behalf: SIGSYS. */
const DEFECT_SIGNAL = 31;
/** Bits of a page fault's error code (SDM 3A §4.7). */
const FAULT = { WRITE: 2, FETCH: 16 } as const;

export class KernelSupervisor implements Supervisor {
  readonly #nucleus: Nucleus;
  readonly #scheduler: Scheduler;
  readonly #interrupts: Interrupts | undefined;
  /** Interrupts so far, of any kind. */
  interruptsTaken = 0;
  #faultsInPlace = 0;
  #instructionsAtFault = -1;

  constructor(nucleus: Nucleus, scheduler: Scheduler, interrupts: Interrupts | undefined) {
    this.#interrupts = interrupts;
    this.#nucleus = nucleus;
    this.#scheduler = scheduler;
  }

  syscall(cpu: Cpu): void {
    const { notifier } = this.#nucleus;
    const thread = this.#scheduler.current!;
    notifier.begin();
    try {
      const { guest } = thread;
      if (guest === undefined) this.#native(cpu, thread);
      else guest.syscall();
    } catch (error) {
      this.#contain(thread, error);
    }
    this.#scheduler.settle();
    notifier.end();
  }

  exception(cpu: Cpu, vector: number, errorCode: number): void {
    const thread = this.#scheduler.current!;
    const { notifier } = this.#nucleus;
    const address = vector === PAGE_FAULT ? cpu.cr2 : 0n;
    notifier.begin();
    try {
      if (this.#raised(cpu, thread, vector, errorCode, address)) {
        notifier.end();
        return;
      }
    } catch (error) {
      this.#contain(thread, error);
    }
    notifier.flush();
    this.#scheduler.settle();
    notifier.end();
  }

  /** Whether the faulting instruction is simply tried again. */
  #raised(cpu: Cpu, thread: Thread, vector: number, errorCode: number, address: bigint): boolean {
    if (this.#isStuck(cpu)) {
      this.#endFaulted(thread, vector, errorCode, address, cpu.rip);
      return false;
    }
    if (vector === PAGE_FAULT && thread.space.fault(Number(address), accessOf(errorCode)) === 'resolved') return true;
    if (thread.process.debugger?.faulted(thread, vector) === true) return false;
    if (thread.guest?.fault(vector, errorCode, address) !== true) {
      // Without effect on a process that its personality has just ended.
      this.#endFaulted(thread, vector, errorCode, address, cpu.rip);
    }
    return false;
  }

  #endFaulted(thread: Thread, vector: number, errorCode: number, address: bigint, instruction: bigint): void {
    if (thread.process.isDying) return;
    const addressClass = vector === PAGE_FAULT ? thread.space.classOf(Number(address), accessOf(errorCode)) : 'none';
    thread.process.end({ which: 'faulted', faulted: { vector, errorCode, address, instruction, addressClass } });
  }

  /** Whether faults come without an instruction between them: they would use up no budget, and a step would never end. */
  #isStuck({ instructions }: Cpu): boolean {
    this.#faultsInPlace = instructions === this.#instructionsAtFault ? this.#faultsInPlace + 1 : 0;
    this.#instructionsAtFault = instructions;
    return this.#faultsInPlace > MAX_FAULTS_IN_PLACE;
  }

  /** A defect of the kernel, met on behalf of one process, ends that process and no other. */
  #contain({ process }: Thread, error: unknown): void {
    const story = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#nucleus.log(`a defect of the kernel, met by ${process.name} (process ${process.id}): ${story}`);
    try {
      process.end({ which: 'killed', killed: DEFECT_SIGNAL });
    } catch (second) {
      this.#nucleus.log(`and its end met another: ${second}`);
    }
  }

  interrupt(_cpu: Cpu, vector: number): void {
    const { notifier } = this.#nucleus;
    const scheduler = this.#scheduler;
    this.interruptsTaken++;
    notifier.begin();
    const isTurnOver = this.#interrupts === undefined || this.#interrupts.taken(vector);
    notifier.flush();
    if (scheduler.isRunning) {
      if (isTurnOver) scheduler.preempt();
      scheduler.settle();
    } else {
      // Taken while no thread is in: what it woke runs in the step that looked.
      scheduler.processor.stop();
    }
    notifier.end();
  }

  #native(cpu: Cpu, thread: Thread): void {
    const { registers32 } = cpu;
    const number = registers32[FRAME_WORD.RAX]!;
    const result =
      (number === SYSTEM_CALL.CAP_ENTER || number === SYSTEM_CALL.EXIT) &&
      registers32[FRAME_WORD.RAX + 1]! <= SYSTEM_CALLS[number].lastForm
        ? SYSTEM_CALLS[number].perform(thread, registers32)
        : UNKNOWN_SYSTEM_CALL_RESULT;
    // A thread that blocked gets its result when it is woken; one that ended gets none.
    if (result === undefined) return;
    registers32[FRAME_WORD.RAX] = result;
    registers32[FRAME_WORD.RAX + 1] = result < 0 ? 0xffff_ffff : 0;
  }
}

function accessOf(errorCode: number): Access {
  if ((errorCode & FAULT.FETCH) !== 0) return ACCESS.EXECUTE;
  return (errorCode & FAULT.WRITE) !== 0 ? ACCESS.WRITE : ACCESS.READ;
}
