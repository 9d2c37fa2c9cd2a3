// Two ways to run a computation that may wait: at once, and as a promise.

import { ERRNO } from '../linux/errno.ts';
import type { Blocking } from '../waiting.ts';
import { FileSystemError } from './file-system-error.ts';

/** The answer of a computation that need not wait. @throws FileSystemError EAGAIN when it has to */
export function runNow<T>(work: Blocking<T>): T {
  const step = work.next('ready');
  if (step.done === true) return step.value;
  // Gives back what it holds.
  work.return(undefined as T);
  throw new FileSystemError(-ERRNO.EAGAIN, 'a synchronous call');
}

/** The answer once it is there. */
export function runLater<T>(start: () => Blocking<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const work = start();
    const go = (): void => {
      try {
        for (;;) {
          const step = work.next('ready');
          if (step.done === true) {
            resolve(step.value);
            return;
          }
          // What is there at once needs no turn of the loop; what comes later goes on from there, once.
          let state: 'beginning' | 'ready' | 'waiting' = 'beginning';
          const stop = step.value.begin(() => {
            if (state === 'waiting') {
              state = 'ready';
              stop?.();
              go();
            } else state = 'ready';
          });
          if ((state as string) !== 'ready') {
            state = 'waiting';
            return;
          }
          stop?.();
        }
      } catch (error) {
        reject(error);
      }
    };
    go();
  });
}
