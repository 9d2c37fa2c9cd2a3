// Signal set: 64 bits, signal n at bit n − 1, as sigset_t has it.

import { SIGNAL } from '../linux/signal-numbers.ts';

export type SignalSet = bigint;

const FULL_SET: SignalSet = 0xffff_ffff_ffff_ffffn;
/** What no mask holds back. */
const UNMASKABLE: SignalSet = bit(SIGNAL.KILL) | bit(SIGNAL.STOP);

export function bit(signal: number): SignalSet {
  return 1n << BigInt(signal - 1);
}

/** A mask as a program may set it. */
export function maskable(set: SignalSet): SignalSet {
  return set & FULL_SET & ~UNMASKABLE;
}

/** The lowest signal of a set, 0 for none. Synchronous faults go first (signal(7), "Execution of signal handlers"). */
export function lowest(set: SignalSet): number {
  if (set === 0n) return 0;
  for (let signal = 1; signal <= 64; signal++) if ((set & bit(signal)) !== 0n) return signal;
  return 0;
}
