// The last line of a Worker program's module: runs it with the port that the kernel sent (worker_threads).
import { availableParallelism } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { HostedProgram, WorkerExit, WorkerStart } from '@capos/abi';
import { RuntimeError } from '../runtime-error.ts';
import { workerPort } from '../worker-port.ts';

/**
 * Runs `program` as the process this Worker was started for. It lives until it exits; what it throws ends it as a fault.
 * @throws RuntimeError UNSUPPORTED in a thread that no kernel started
 */
export function runProgram(program: HostedProgram): void {
  const port = parentPort;
  const start = workerData as WorkerStart | null;
  if (port === null || !(start?.arena instanceof SharedArrayBuffer)) {
    throw new RuntimeError(
      'UNSUPPORTED',
      'running a program here: this thread was not started by a kernel (nodeWorkers)',
    );
  }
  // Node does not count a pending Atomics.waitAsync as work: the listener keeps the event loop alive until the exit.
  port.on('message', () => {});
  program(
    workerPort(start, {
      cpus: availableParallelism(),
      exit(code) {
        port.postMessage({ exited: code } satisfies WorkerExit);
        port.close();
      },
    }),
    start.arguments,
    start.environment,
  );
}
