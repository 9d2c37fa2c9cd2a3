// Runs the command itself, as a user does.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const ROOT: string = join(import.meta.dirname, '../../../..');
/** The command, for those who start it themselves. */
export const CAPOS: string = join(ROOT, 'apps/capos/src/bin.ts');

export interface Outcome {
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs `capos ARGS…` with `input` on its standard input. */
export function capos(args: readonly string[], input: string | Uint8Array = ''): Promise<Outcome> {
  return execute(process.execPath, [CAPOS, ...args], input);
}

/** Runs a program of the host, for comparison. */
export function execute(
  program: string,
  args: readonly string[],
  input: string | Uint8Array = '',
  cwd: string = ROOT,
): Promise<Outcome> {
  const child = spawn(program, args, { cwd, stdio: 'pipe' });
  const stdout: Buffer[] = [];
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, stdout: Buffer.concat(stdout), stderr }));
  });
}
