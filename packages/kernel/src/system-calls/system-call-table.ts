// The system calls: two rows. Everything else is a ring operation or a method of a capability.

import { CAP_ENTER_FORM, SYSTEM_CALL } from '@capos/abi';
import type { Thread } from '../processes/thread.ts';
import { capEnter } from './cap-enter.ts';
import { exit } from './exit.ts';

/** One system call. */
export interface SystemCall {
  readonly name: string;
  /** With their types, in order. */
  readonly parameters: readonly string[];
  readonly summary: string;
  /** Largest value of RAX's upper half that it knows. */
  readonly lastForm: number;
  readonly answers: string;
  /**
   * Acts for the running thread. `registers32` are the live registers as low and high halves. Answers what RAX becomes;
   * undefined when the thread blocked (its waker sets RAX) or ended.
   */
  readonly perform: (thread: Thread, registers32: Uint32Array) => number | undefined;
}

export const SYSTEM_CALLS: Readonly<Record<(typeof SYSTEM_CALL)[keyof typeof SYSTEM_CALL], SystemCall>> = {
  [SYSTEM_CALL.EXIT]: {
    name: 'exit',
    parameters: ['code: u8'],
    answers: 'nothing',
    lastForm: 0,
    summary: 'ends the process with `code & 255`; does not return',
    perform: exit,
  },
  [SYSTEM_CALL.CAP_ENTER]: {
    name: 'cap_enter',
    parameters: ['min_complete: u32', 'timeout_ns: u64'],
    lastForm: CAP_ENTER_FORM.REGISTERS,
    summary:
      'drains the calling thread’s ring, then waits until `min_complete` completions can be read or the time is over (0: does not wait, 2^64 − 1: for ever)',
    answers: 'completions that can be read, or minus a transport error when there are none and the ring is at fault',
    perform: capEnter,
  },
};
