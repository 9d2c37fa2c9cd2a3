// A program in a Worker: the same ring over a SharedArrayBuffer that the kernel's thread sees too.
//
//   doorbell      none: publishing submissions notifies a kernel that sleeps on them (ipc-ring)
//   completions   Atomics.waitAsync on the ring once the program returns to its event loop with something submitted; or
//                 `wait`, which blocks the Worker. A program that only blocks never has itself woken the other way
//
// Node does not count a pending waitAsync as work: a Worker that has nothing else must keep its event loop alive (a
// listener on `parentPort`) until it exits.
import type { HostedPort, WorkerStart } from '@capos/abi';
import { HEADER_CQ_TAIL_WORD, RingWaiter } from '@capos/ipc-ring';

/** What a Worker gives its port. */
export interface WorkerHooks {
  /** Tells the kernel's thread that the program ended, and ends the Worker. */
  exit(code: number): void;
  /** CPUs there are (`navigator.hardwareConcurrency`, `os.availableParallelism()`): with one, waiting never spins. */
  readonly cpus: number;
}

/** A port whose thread may block until completions come. */
export interface BlockingPort extends HostedPort {
  /** Blocks until a completion was posted that `consumed` does not count, at most `timeoutMs`; false when none came. */
  wait(consumed: number, timeoutMs: number): boolean;
}

/** Whether the thread behind a port may block. */
export function canBlock(port: HostedPort): port is BlockingPort {
  return 'wait' in port;
}

/** The port of a program in a Worker, for `openEnvironment`. */
export function workerPort(start: Omit<WorkerStart, 'arguments' | 'environment'>, hooks: WorkerHooks): BlockingPort {
  const waiter = new RingWaiter(start.arena, start.ringOffset, 'client', { cpus: hooks.cpus });
  const words = new Int32Array(start.arena, start.ringOffset);
  let callback: (() => void) | undefined;
  let listening = false;
  let ended = false;

  async function listen(): Promise<void> {
    while (!ended) {
      const seen = Atomics.load(words, HEADER_CQ_TAIL_WORD);
      callback?.();
      await waiter.waitAsync(seen);
    }
  }

  return {
    arena: start.arena,
    ringOffset: start.ringOffset,
    capSetOffset: start.capSetOffset,
    heapOffset: start.heapOffset,
    processId: start.processId,
    enter() {
      if (listening || callback === undefined) return;
      listening = true;
      void Promise.resolve().then(listen);
    },
    onCompletion(listener) {
      callback = listener;
    },
    exit(code) {
      ended = true;
      hooks.exit(code & 255);
    },
    wait: (consumed, timeoutMs) => waiter.wait(consumed, timeoutMs) === 'changed',
  };
}
