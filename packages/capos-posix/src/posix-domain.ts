// POSIX domain: what a tree of processes shares — process numbers, who is whose child, record locks.
//
// It names nothing outside the tree: two domains can neither see nor signal one another.

import { RecordLocks } from './files/record-locks.ts';
import type { PosixProcess } from './posix-process.ts';

/** The number a domain's first process has; its parent is number 1, which nobody can reach. */
const FIRST_PID = 2;
/** Numbers start over here (/proc/sys/kernel/pid_max). */
const LAST_PID = 32_768;

export class PosixDomain {
  readonly processes = new Map<number, PosixProcess>();
  readonly locks = new RecordLocks();
  #next = FIRST_PID;
  readonly #threads = new Set<number>();

  /** An unused process or thread number. */
  allocateNumber(): number {
    for (;;) {
      const number = this.#next;
      this.#next = number + 1 >= LAST_PID ? FIRST_PID : number + 1;
      if (this.processes.has(number) || this.#threads.has(number)) continue;
      this.#threads.add(number);
      return number;
    }
  }

  freeNumber(number: number): void {
    this.#threads.delete(number);
  }

  /** Processes of a group. */
  inGroup(group: number): PosixProcess[] {
    return [...this.processes.values()].filter((process) => process.group === group);
  }
}
