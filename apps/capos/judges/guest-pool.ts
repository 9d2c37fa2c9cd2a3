// Guests in worker processes: one that breaks or hangs takes only its own run along.
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { IDLE_FACTOR, type ProgramRun, type RunOutcome } from './judge.ts';

/** A worker is replaced after so many runs: what machines of ended runs still hold goes with it. */
const RUNS_PER_WORKER = 25;
/** Seconds a worker has beyond the run's own limit before it is taken for stuck. */
const GRACE_SECONDS = 15;

interface Worker {
  readonly child: ChildProcess;
  runs: number;
}

const NOTHING = new Uint8Array();

export class GuestPool {
  readonly #idle: Worker[] = [];

  async run(run: ProgramRun): Promise<RunOutcome> {
    const worker = this.#idle.pop() ?? this.#start();
    const { outcome, usable } = await this.#runOn(worker, run);
    worker.runs++;
    if (usable && worker.runs < RUNS_PER_WORKER) this.#idle.push(worker);
    else worker.child.kill('SIGKILL');
    return outcome;
  }

  close(): void {
    for (const worker of this.#idle.splice(0)) worker.child.kill('SIGKILL');
  }

  #start(): Worker {
    const child = fork(join(import.meta.dirname, 'guest-worker.ts'), {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    return { child, runs: 0 };
  }

  #runOn(worker: Worker, run: ProgramRun): Promise<{ outcome: RunOutcome; usable: boolean }> {
    const { child } = worker;
    return new Promise((resolve) => {
      const finish = (outcome: RunOutcome, usable: boolean): void => {
        clearTimeout(limit);
        child.off('message', onMessage);
        child.off('exit', onExit);
        resolve({ outcome, usable });
      };
      const onMessage = (outcome: RunOutcome): void => finish(outcome, outcome.ending.how === 'exited');
      const onExit = (code: number | null, signal: string | null): void =>
        finish(broken(`its worker ended (${signal ?? code})`), false);
      const limit = setTimeout(
        () => finish({ ending: { how: 'timed out' }, stdout: NOTHING, stderr: NOTHING }, false),
        (IDLE_FACTOR * run.timeoutSeconds + GRACE_SECONDS) * 1000,
      );
      child.on('message', onMessage);
      child.on('exit', onExit);
      child.send(run);
    });
  }
}

function broken(message: string): RunOutcome {
  return { ending: { how: 'broke', message }, stdout: NOTHING, stderr: NOTHING };
}
