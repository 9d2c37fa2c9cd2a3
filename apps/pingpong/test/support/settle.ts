// A kernel and promises, taken along together.
import type { Kernel } from '@capos/kernel';

/** Steps the kernel and lets promises run, unhandled ones be noticed too, until `done` settles. */
export async function settle<T>(kernel: Kernel, done: Promise<T>): Promise<T> {
  let settled = false;
  void done
    .catch(() => {})
    .finally(() => {
      settled = true;
    });
  for (let round = 0; round < 100 && !settled; round += 1) {
    kernel.step();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return await done;
}
