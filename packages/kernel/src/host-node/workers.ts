// Node's worker_threads for worker processes.
//
// The thread gets no environment variables, arguments or standard input of the host's. It is isolated in memory; what its
// module imports it can use: give untrusted modules a Node of their own (`--permission`).
import { Worker } from 'node:worker_threads';
import type { WorkerExit } from '@capos/abi';
import type { WorkerHost } from '../processes/worker-host.ts';

/** Threads of this Node process. */
export const nodeWorkers: WorkerHost = {
  start(module, start, events) {
    const worker = new Worker(typeof module === 'string' ? module : new URL(module.href), {
      workerData: start,
      env: {},
      argv: [],
      stdin: false,
    });
    worker.on('message', (message: unknown) => {
      const code = (message as Partial<WorkerExit> | null)?.exited;
      if (typeof code === 'number') events.exited(code);
    });
    worker.on('error', (error) => events.failed(error));
    worker.on('messageerror', (error) => events.failed(error));
    worker.on('exit', () => events.ended());
    return { terminate: () => void worker.terminate() };
  },
};
