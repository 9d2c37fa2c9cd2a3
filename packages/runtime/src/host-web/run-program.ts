// The last line of a Worker program's module: runs it with the port that the kernel sends (dedicated Workers).
import type { HostedProgram, WorkerExit, WorkerStart } from '@capos/abi';
import { workerPort } from '../worker-port.ts';

/** Runs `program` as the process this Worker was started for. It lives until it exits; what it throws ends it as a fault. */
export function runProgram(program: HostedProgram): void {
  addEventListener(
    'message',
    ({ data }: MessageEvent<WorkerStart>) => {
      const port = workerPort(data, {
        cpus: navigator.hardwareConcurrency,
        // The kernel's thread terminates this one when it hears of it.
        exit: (code) => postMessage({ exited: code } satisfies WorkerExit),
      });
      program(port, data.arguments, data.environment);
    },
    { once: true },
  );
}
