// How much one message of a service may carry: what the program's arena allows, in powers of two as its allocator deals.
const SMALLEST = 8 * 1024;
const LARGEST = 2 * 1024 * 1024;

/** The largest power of two that is at most a `share`-th of the arena, 8 KiB to 2 MiB. */
export function messageBytes(arenaBytes: number, share: number): number {
  const most = Math.max(1, Math.floor(arenaBytes / share));
  return Math.min(LARGEST, Math.max(SMALLEST, 2 ** Math.floor(Math.log2(most))));
}

/** What a message needs besides its data. */
export const MESSAGE_OVERHEAD_BYTES = 1024;
