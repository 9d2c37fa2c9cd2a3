// How garbage is measured: the heap's growth over a round of calls without a collection in it, for which the young generation
// has to hold a whole round. Measuring leaves something too, and so do the steps of the kernel's embedder, so a sample is the
// difference between a round of many calls and one of few, with as many steps in it: what is left over then comes from calls.

const MANY = 200_000;
const FEW = 50_000;
const WARM_ROUNDS = 4;
const SAMPLES = 4;
/** Steps of the embedder in a round, whatever its length. */
export const STEPS = 50;

/** Calls of each round: those that do not count, then one of few and one of many for each sample. */
export const ROUNDS: readonly number[] = [
  ...Array.from({ length: WARM_ROUNDS }, () => MANY),
  ...Array.from({ length: SAMPLES }, () => [FEW, MANY]).flat(),
];

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

/** Bytes a call, one number a sample, from the bytes that each of {@link ROUNDS} left. */
export function bytesPerCall(left: readonly number[]): number[] {
  const counted = left.slice(WARM_ROUNDS);
  return Array.from({ length: SAMPLES }, (_, index) => (counted[2 * index + 1]! - counted[2 * index]!) / (MANY - FEW));
}

/** Runs the rounds: bytes a call, one number a sample. */
export async function garbageOf(round: (calls: number) => void | Promise<void>): Promise<number[]> {
  const left: number[] = [];
  for (const calls of ROUNDS) {
    const before = heapBytes(true);
    await round(calls);
    left.push(heapBytes(false) - before);
  }
  return bytesPerCall(left);
}
