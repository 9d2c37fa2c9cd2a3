// How garbage is measured: the heap's growth over a round of calls without a collection in it, for which the young generation
// has to hold a whole round. What is left over when a call leaves nothing is the measuring, and code that V8 compiles.

export const CALLS = 200_000;
export const WARM_ROUNDS = 4;
export const ROUNDS = 4;

/** What a child is started with, so that no collection comes between. */
export const FLAGS: readonly string[] = [
  '--expose-gc',
  '--min-semi-space-size=128',
  '--max-semi-space-size=128',
  '--no-warnings',
];

/** Bytes on this thread's heap, after a collection or as they are. */
export function heapBytes(collected: boolean): number {
  if (collected) (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed;
}

/** Runs rounds of {@link CALLS} calls: bytes a call, one number a counted round. */
export async function garbageOf(round: () => void | Promise<void>): Promise<number[]> {
  for (let warm = 0; warm < WARM_ROUNDS; warm += 1) await round();
  const samples: number[] = [];
  for (let index = 0; index < ROUNDS; index += 1) {
    const before = heapBytes(true);
    await round();
    samples.push((heapBytes(false) - before) / CALLS);
  }
  return samples;
}
