// struct timespec and struct timeval in the program's memory.

import type { GuestMemory } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';

const SECOND = 1_000_000_000n;

/** Nanoseconds of the timespec at `address`, −EFAULT, or −EINVAL when it is negative or has too many nanoseconds. */
export function readTimespec(memory: GuestMemory, address: number): bigint | number {
  const view = memory.view(address, 16);
  if (view === undefined) return -ERRNO.EFAULT;
  const seconds = view.getBigInt64(0, true);
  const nanoseconds = view.getBigInt64(8, true);
  if (seconds < 0n || nanoseconds < 0n || nanoseconds >= SECOND) return -ERRNO.EINVAL;
  return seconds * SECOND + nanoseconds;
}

export function writeTimespec(memory: GuestMemory, address: number, ns: bigint): boolean {
  return memory.write(address, encodePair(ns / SECOND, ns % SECOND));
}

/** Nanoseconds of the timeval at `address`, or an errno. */
export function readTimeval(memory: GuestMemory, address: number): bigint | number {
  const view = memory.view(address, 16);
  if (view === undefined) return -ERRNO.EFAULT;
  const seconds = view.getBigInt64(0, true);
  const microseconds = view.getBigInt64(8, true);
  if (seconds < 0n || microseconds < 0n || microseconds >= 1_000_000n) return -ERRNO.EINVAL;
  return seconds * SECOND + microseconds * 1000n;
}

export function writeTimeval(memory: GuestMemory, address: number, ns: bigint): boolean {
  return memory.write(address, encodePair(ns / SECOND, (ns % SECOND) / 1000n));
}

function encodePair(first: bigint, second: bigint): Uint8Array {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setBigInt64(0, first, true);
  view.setBigInt64(8, second, true);
  return bytes;
}
