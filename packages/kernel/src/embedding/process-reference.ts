// A process as its embedder sees it: its end, and how to bring it about.

import type { ExitStatus, Process } from '../processes/process.ts';

/** A process, for its embedder. */
export interface ProcessReference {
  readonly processId: bigint;
  readonly name: string;
  /** undefined while it runs. */
  readonly status: ExitStatus | undefined;
  /** Runs when the process has ended and given everything back; at once if it has. */
  onExit(callback: (status: ExitStatus) => void): void;
  /** Ends it from outside. */
  kill(signal: number): void;
}

/** What an embedder is given of `process`. */
export function processReference(process: Process): ProcessReference {
  const { nucleus } = process;
  return {
    processId: BigInt(process.id),
    name: process.name,
    get status() {
      return process.isBuried ? process.status : undefined;
    },
    onExit(callback) {
      if (process.isBuried) callback(process.status!);
      else process.ended.push(callback);
    },
    kill(signal) {
      nucleus.notifier.begin();
      process.end({ which: 'killed', killed: signal });
      nucleus.notifier.flush();
      nucleus.notifier.end();
    },
  };
}
