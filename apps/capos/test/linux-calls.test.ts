// System calls, judged by Linux: small C programs, compiled here, say the same inside as on the host.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { capos, execute } from './support/capos.ts';
import { LINUX_CHANGE_CALLS } from './support/linux-change-calls.ts';
import { LINUX_DESCRIPTOR_CALLS } from './support/linux-descriptor-calls.ts';
import { LINUX_IPC_CALLS } from './support/linux-ipc-calls.ts';
import { LINUX_MEMORY_CALLS } from './support/linux-memory-calls.ts';
import { LINUX_PROCESS_CALLS } from './support/linux-process-calls.ts';

const scratch = mkdtempSync(join(tmpdir(), 'capos-linux-calls-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function hasCompiler(): boolean {
  try {
    execFileSync('musl-gcc', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!hasCompiler())('C programs say the same as on Linux (skipped where there is no musl-gcc)', () => {
  test.for([
    ...LINUX_PROCESS_CALLS,
    ...LINUX_MEMORY_CALLS,
    ...LINUX_IPC_CALLS,
    ...LINUX_DESCRIPTOR_CALLS,
    ...LINUX_CHANGE_CALLS,
  ])('$name', async ({ name, source, mounts }) => {
    const program = join(scratch, name.replaceAll(/\W+/g, '-'));
    writeFileSync(`${program}.c`, `#define _GNU_SOURCE\n${source}`);
    execFileSync('musl-gcc', ['-static', '-O1', '-w', `${program}.c`, '-o', program, '-lpthread']);
    const files = mkdtempSync(join(scratch, 'files-'));
    const outside = await execute(program, [], '', files);
    const world = mounts === true ? ['--mount', `/files=${files}`, '--cwd', '/files'] : [];
    const inside = await capos(['run', '--timeout', '60', ...world, '--', program]);
    expect({ said: inside.stdout.toString(), status: inside.status, errors: inside.stderr }).toEqual({
      said: outside.stdout.toString(),
      status: outside.status,
      errors: '',
    });
  });
});
