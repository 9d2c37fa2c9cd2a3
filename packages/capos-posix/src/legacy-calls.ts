// The vsyscall page: three calls at fixed addresses of the kernel's half, from before there was a vDSO
// (arch/x86/entry/vsyscall). Nothing is mapped there: the fault of fetching an instruction makes it a system call.

import { type ForeignThread, REGISTER } from '@capos/abi';
import type { GuestMemory } from './guest-memory.ts';

const PAGE_FAULT = 14;
/** Bit of a page fault's error code: an instruction was fetched. */
const FETCH = 16;

/** Address to number: gettimeofday, time, getcpu. */
const NUMBERS: ReadonlyMap<bigint, bigint> = new Map([
  [0xffff_ffff_ff60_0000n, 96n],
  [0xffff_ffff_ff60_0400n, 201n],
  [0xffff_ffff_ff60_0800n, 309n],
]);

/** Turns such a fault into the state of a system call about to return to the caller; false for any other. */
export function enterLegacyCall(
  memory: GuestMemory,
  thread: ForeignThread,
  vector: number,
  errorCode: number,
): boolean {
  if (vector !== PAGE_FAULT || (errorCode & FETCH) === 0) return false;
  const number = NUMBERS.get(BigInt.asUintN(64, thread.rip));
  if (number === undefined) return false;
  const { registers } = thread;
  const stack = registers[REGISTER.RSP]!;
  const returnAddress = memory.view(Number(stack), 8);
  if (returnAddress === undefined) return false;
  thread.rip = returnAddress.getBigUint64(0, true);
  registers[REGISTER.RSP] = BigInt.asUintN(64, stack + 8n);
  registers[REGISTER.RAX] = number;
  return true;
}
