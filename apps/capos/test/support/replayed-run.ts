// `capos run` as a child, with somebody who types, or sends, when its output shows what they wait for.
import { spawn } from 'node:child_process';
import { CAPOS, type Outcome } from './capos.ts';

/** What is waited for in the output since the last time, and what is typed then; null: the end of the input. */
export type Typing = readonly [seen: RegExp, typed: string | null];

/** Runs `capos run ARGS…` in a folder; without anything to type its input is over at once. */
export function replayedRun(folder: string, args: readonly string[], typing: readonly Typing[] = []): Promise<Outcome> {
  const child = spawn(process.execPath, [CAPOS, 'run', ...args], { cwd: folder });
  const stdout: Buffer[] = [];
  let unseen = '';
  let stderr = '';
  const left = [...typing];
  const look = (): void => {
    for (let next = left[0]; next !== undefined; next = left[0]) {
      const [seen, typed] = next;
      const found = seen.exec(unseen);
      if (found === null) return;
      unseen = unseen.slice(found.index + found[0].length);
      left.shift();
      if (typed === null) child.stdin.end();
      else child.stdin.write(typed);
    }
  };
  child.stdin.on('error', () => {});
  child.stdout.on('data', (bytes: Buffer) => {
    stdout.push(bytes);
    unseen += bytes.toString('latin1');
    look();
  });
  child.stderr.on('data', (bytes) => {
    stderr += bytes;
  });
  if (left.length === 0) child.stdin.end();
  return new Promise((resolve) =>
    child.on('close', (status) => resolve({ status, stdout: Buffer.concat(stdout), stderr })),
  );
}
