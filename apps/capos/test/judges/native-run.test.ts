// The Linux side of a judge: a program in a root, a process number and a session of its own, which ends as it would anywhere.
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { ProgramRun } from '../../judges/judge.ts';
import { runNatively } from '../../judges/native-run.ts';

const mayConfine = spawnSync('setpriv', ['--bounding-set=-sys_time', 'unshare', '--pid', '--fork', '--mount', 'true']);

const shell = (script: string): ProgramRun => ({
  program: '/bin/sh',
  path: '/bin/sh',
  arguments: ['-c', script],
  environment: ['PATH=/usr/bin:/bin'],
  workingDirectory: '/',
  mounts: [{ guest: '/', host: '/', readOnly: true }],
  timeoutSeconds: 120,
  memoryMiB: 64,
});

test.skipIf(mayConfine.status !== 0).each([
  ['exit 0', { how: 'exited', code: 0 }],
  ['exit 7', { how: 'exited', code: 7 }],
  // Nothing is caught here: the first process of a name space would not be ended by these.
  ['kill -TERM $$; exit 0', { how: 'killed', signal: 15 }],
  ['sh -c "kill -ALRM \\$PPID"; exit 0', { how: 'killed', signal: 14 }],
  ['kill -SEGV $$; exit 0', { how: 'killed', signal: 11 }],
] as const)('"%s" ends as it says', async (script, ending) => {
  const outcome = await runNatively(shell(script));
  expect(outcome.ending).toEqual(ending);
});

test.skipIf(mayConfine.status !== 0)('what a program sends to its group stays among its own', async () => {
  const outcome = await runNatively(shell('trap "echo told; exit 3" TERM; kill -TERM 0; exit 0'));
  expect(outcome.stdout.toString()).toBe('told\n');
  expect(outcome.ending).toEqual({ how: 'exited', code: 3 });
});
