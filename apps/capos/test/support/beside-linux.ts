// C programs compiled here and run twice: on the host, and inside.
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { capos, execute } from './capos.ts';

export function hasCompiler(): boolean {
  try {
    execFileSync('musl-gcc', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Compiles a source to `program` and expects the same output and status of it inside as outside. Outside its working directory is empty;
 * `flags` of the run inside are made from that directory.
 */
export async function expectSameAsOnLinux(
  source: string,
  program: string,
  flags: (files: string) => readonly string[],
): Promise<void> {
  execFileSync('musl-gcc', ['-static', '-O1', '-w', source, '-o', program, '-lpthread']);
  const files = mkdtempSync(join(dirname(program), 'files-'));
  const outside = await execute(program, [], '', files);
  const inside = await capos(['run', ...flags(files), '--', program]);
  expect({ said: inside.stdout.toString(), status: inside.status, errors: inside.stderr }).toEqual({
    said: outside.stdout.toString(),
    status: outside.status,
    errors: '',
  });
}
