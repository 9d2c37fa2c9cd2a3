// `--cpus N`: the emulated processor runs for a share of the time. After each step the loop rests as long as the share asks for.
//
//   share 0.25:  step 4 ms │ rest 12 ms │ step …          rests shorter than a timer's grain are saved up
import { performance } from 'node:perf_hooks';
import { EventLoop } from '@capos/kernel';

const SHORTEST_REST_MS = 4;

/** A loop for Node that steps its kernel for `share` (0 to 1) of the time. */
export function sharedEventLoop(share: number): EventLoop {
  let owedMs = 0;
  return new EventLoop({
    soon(callback) {
      const step = (): void => {
        const began = performance.now();
        callback();
        owedMs += (performance.now() - began) * (1 / share - 1);
      };
      if (owedMs < SHORTEST_REST_MS) {
        setImmediate(step);
        return;
      }
      const rest = owedMs;
      const asleep = performance.now();
      setTimeout(() => {
        // What the timer overslept is rest too.
        owedMs = Math.max(0, owedMs - Math.max(rest, performance.now() - asleep));
        step();
      }, rest);
    },
    later: (callback, milliseconds) => {
      const timer = setTimeout(callback, milliseconds);
      return () => clearTimeout(timer);
    },
  });
}
