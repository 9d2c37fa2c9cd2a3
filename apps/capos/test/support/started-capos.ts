// The command while it runs: for servers, which answer until they are told to stop.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './capos.ts';

const BIN = join(ROOT, 'apps/capos/src/bin.ts');

export interface StartedCapos {
  readonly child: ChildProcess;
  /** What it has printed so far, both streams. */
  readonly output: () => string;
  /** The first match of `pattern` in what it prints. @throws Error with the output when it ends before */
  waitFor(pattern: RegExp): Promise<RegExpExecArray>;
  stop(): Promise<void>;
}

/** Starts `capos ARGS…`. Its standard input stays open until `stop`. */
export function startCapos(args: readonly string[]): StartedCapos {
  const child = spawn(process.execPath, [BIN, ...args], { cwd: ROOT, stdio: 'pipe' });
  let output = '';
  let ended = false;
  const listeners = new Set<() => void>();
  const add = (chunk: Buffer): void => {
    output += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', add);
  child.stderr.on('data', add);
  child.stdin.on('error', () => {});
  const closed = new Promise<void>((resolve) =>
    child.on('close', () => {
      ended = true;
      for (const listener of listeners) listener();
      resolve();
    }),
  );
  return {
    child,
    output: () => output,
    waitFor: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(output);
          if (match === null && !ended) return;
          listeners.delete(look);
          if (match !== null) resolve(match);
          else reject(new Error(`ended before ${pattern} was printed:\n${output}`));
        };
        listeners.add(look);
        look();
      }),
    async stop() {
      child.stdin.end();
      child.kill();
      await closed;
    },
  };
}
