// What a program is told whose output nobody reads any more: what a pipe, a terminal and a full disk would say.
import { spawn } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CAPOS, ROOT } from './support/capos.ts';

const BUSYBOX = '/bin/busybox';

/** Runs `capos ARGS…` and closes its output once something has come out of it. */
function unread(args: readonly string[]): Promise<{ status: number | null; stderr: string }> {
  const child = spawn(process.execPath, [CAPOS, ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stdout.once('data', () => child.stdout.destroy());
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, stderr })));
}

describe.skipIf(!existsSync(BUSYBOX))('output that nobody reads (needs busybox-static)', { timeout: 120_000 }, () => {
  test('ends a program by SIGPIPE, as yes | head does', async () => {
    expect(await unread(['run', '--', BUSYBOX, 'yes'])).toEqual({ status: 128 + 13, stderr: '' });
  });

  test('is an error of the terminal where the program has one', async () => {
    expect(await unread(['run', '--tty', '--', BUSYBOX, 'yes'])).toMatchObject({ status: 1 });
  });

  test('is an error in plain words where the disk is full', async () => {
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [CAPOS, 'run', '--', BUSYBOX, 'echo', 'x'], {
      stdio: ['ignore', full, 'pipe'],
    });
    let stderr = '';
    child.stderr!.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect({ status, stderr }).toEqual({ status: 1, stderr: 'echo: write error: Input/output error\n' });
  });
});
