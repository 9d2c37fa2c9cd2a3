// System calls, judged by Linux: small C programs, compiled here, say the same inside as on the host.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, test } from 'vitest';
import { expectSameAsOnLinux, hasCompiler } from './support/beside-linux.ts';
import { LINUX_ASYNCHRONOUS_CALLS } from './support/linux-asynchronous-calls.ts';
import { LINUX_CHANGE_CALLS } from './support/linux-change-calls.ts';
import { LINUX_DESCRIPTOR_CALLS } from './support/linux-descriptor-calls.ts';
import { LINUX_IPC_CALLS } from './support/linux-ipc-calls.ts';
import { LINUX_MAPPING_CALLS, WALKS_THROUGH_A_FILE } from './support/linux-mapping-calls.ts';
import { LINUX_MEMORY_CALLS } from './support/linux-memory-calls.ts';
import { LINUX_PROCESS_CALLS } from './support/linux-process-calls.ts';

const scratch = mkdtempSync(join(tmpdir(), 'capos-linux-calls-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe.skipIf(!hasCompiler())('C programs say the same as on Linux (skipped where there is no musl-gcc)', () => {
  test.for([
    ...LINUX_PROCESS_CALLS,
    ...LINUX_MEMORY_CALLS,
    ...LINUX_MAPPING_CALLS,
    ...LINUX_ASYNCHRONOUS_CALLS,
    ...LINUX_IPC_CALLS,
    ...LINUX_DESCRIPTOR_CALLS,
    ...LINUX_CHANGE_CALLS,
  ])('$name', async ({ name, source, mounts }) => {
    const program = join(scratch, name.replaceAll(/\W+/g, '-'));
    writeFileSync(`${program}.c`, `#define _GNU_SOURCE\n${source}`);
    await expectSameAsOnLinux(`${program}.c`, program, (files) => [
      ...['--timeout', '60'],
      ...(mounts === true ? ['--mount', `/files=${files}`, '--cwd', '/files'] : []),
    ]);
  });

  test('a program walks through a file that is larger than its memory', async () => {
    const program = join(scratch, 'walks');
    writeFileSync(`${program}.c`, WALKS_THROUGH_A_FILE);
    await expectSameAsOnLinux(`${program}.c`, program, (files) => [
      ...['--timeout', '120', '--memory', '64M'],
      ...['--mount', `/files=${files}`, '--cwd', '/files'],
    ]);
  });
});
