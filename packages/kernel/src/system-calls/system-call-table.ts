// The system calls: two rows. Everything else is a ring operation or a method of a capability.

import { SYSTEM_CALL } from '@capos/abi';
import type { Thread } from '../processes/thread.ts';
import { capEnter } from './cap-enter.ts';
import { exit } from './exit.ts';

/** One system call. */
export interface SystemCall {
  readonly name: string;
  readonly summary: string;
  /**
   * Acts for the running thread. `registers32` are the live registers as low and high halves. Answers what RAX becomes;
   * undefined when the thread blocked (its waker sets RAX) or ended.
   */
  readonly perform: (thread: Thread, registers32: Uint32Array) => number | undefined;
}

export const SYSTEM_CALLS: Readonly<Record<(typeof SYSTEM_CALL)[keyof typeof SYSTEM_CALL], SystemCall>> = {
  [SYSTEM_CALL.EXIT]: {
    name: 'exit',
    summary: 'ends the process with `code & 255`; does not return',
    perform: exit,
  },
  [SYSTEM_CALL.CAP_ENTER]: {
    name: 'cap_enter',
    summary: 'drains the calling thread’s ring and waits for completions',
    perform: capEnter,
  },
};
