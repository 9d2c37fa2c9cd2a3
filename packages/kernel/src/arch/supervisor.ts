// Supervisor: where the processor enters ring 0. The machine calls it in the middle of guest code; it leaves the state of
// whichever thread goes on.
//
//   syscall    native: system-calls/system-call-table.ts        foreign: the process's personality
//   exception  page fault: back the page and retry              else: the personality, or the end of the process
//   interrupt  the next thread's turn
//
// Whatever happened, `scheduler.settle` has the last word: it puts a runnable thread in, or stops the machine.

import { SYSTEM_CALL, UNKNOWN_SYSTEM_CALL_RESULT } from '@capos/abi';
import type { Cpu, Supervisor } from '@capos/x86-machine';
import { ACCESS, type Access } from '../memory/user-memory.ts';
import type { Nucleus } from '../nucleus.ts';
import type { Scheduler } from '../processes/scheduler.ts';
import type { Thread } from '../processes/thread.ts';
import { SYSTEM_CALLS } from '../system-calls/system-call-table.ts';
import { FRAME_WORD } from './trap-frame.ts';

const PAGE_FAULT = 14;
/** Bits of a page fault's error code (SDM 3A §4.7). */
const FAULT = { WRITE: 2, FETCH: 16 } as const;

export class KernelSupervisor implements Supervisor {
  readonly #nucleus: Nucleus;
  readonly #scheduler: Scheduler;

  constructor(nucleus: Nucleus, scheduler: Scheduler) {
    this.#nucleus = nucleus;
    this.#scheduler = scheduler;
  }

  syscall(cpu: Cpu): void {
    const { notifier } = this.#nucleus;
    const thread = this.#scheduler.current!;
    notifier.begin();
    const { guest } = thread;
    if (guest === undefined) this.#native(cpu, thread);
    else guest.syscall();
    this.#scheduler.settle();
    notifier.end();
  }

  exception(cpu: Cpu, vector: number, errorCode: number): void {
    const thread = this.#scheduler.current!;
    const { process } = thread;
    const { notifier } = this.#nucleus;
    const address = vector === PAGE_FAULT ? cpu.cr2 : 0n;
    notifier.begin();
    if (vector === PAGE_FAULT && thread.space.fault(Number(address), accessOf(errorCode)) === 'resolved') {
      notifier.end();
      return;
    }
    if (thread.guest?.fault(vector, errorCode, address) !== true && !process.isDying) {
      process.end({ which: 'faulted', faulted: { vector, errorCode, address, instruction: cpu.rip } });
    }
    notifier.flush();
    this.#scheduler.settle();
    notifier.end();
  }

  interrupt(): void {
    const { notifier } = this.#nucleus;
    notifier.begin();
    this.#scheduler.preempt();
    this.#scheduler.settle();
    notifier.end();
  }

  #native(cpu: Cpu, thread: Thread): void {
    const { registers32 } = cpu;
    const number = registers32[FRAME_WORD.RAX + 1] === 0 ? registers32[FRAME_WORD.RAX]! : -1;
    const result =
      number === SYSTEM_CALL.CAP_ENTER || number === SYSTEM_CALL.EXIT
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
