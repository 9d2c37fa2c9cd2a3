// What a program may mount over its own world, beside Linux, where a name space of mounts is to be had by the test.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { expectSameAsOnLinux, hasCompiler } from './support/beside-linux.ts';
import { capos } from './support/capos.ts';

const PROGRAM = join(import.meta.dirname, 'programs/mounts.c');
const WORLD = ['--timeout', '90', '--tmpfs', '/files', '--cwd', '/files'];
const scratch = mkdtempSync(join(tmpdir(), 'capos-mounts-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const mayMount = hasCompiler() && spawnSync('unshare', ['--mount', 'true']).status === 0;

test.skipIf(!mayMount)(
  'a program mounts, binds and unmounts as on Linux (skipped where unshare is not allowed)',
  { timeout: 120_000 },
  () => expectSameAsOnLinux(PROGRAM, join(scratch, 'mounts'), () => WORLD),
);

test('what a shell mounts is there for the programs it starts; what was granted can neither be unmounted nor made writable', async () => {
  const busybox = ['/bin/busybox', '/usr/bin/busybox'].find((path) => spawnSync(path, ['true']).status === 0);
  if (busybox === undefined) return;
  const script = [
    'b=/bin/busybox',
    '$b mkdir /files/m; $b mount -t tmpfs none /files/m && echo text > /files/m/f; $b cat /files/m/f',
    '$b grep /files/m /proc/mounts',
    '$b umount /files/m; $b ls -a /files/m',
    '$b umount /bin || echo kept; $b mount -o remount,rw /bin || echo kept; $b mount -o bind /bin /files/m',
    '$b mount -o remount,rw,bind /files/m || echo kept; echo x > /files/m/x || echo refused',
  ].join('\n');
  const flags = ['--mount', `/bin=${join(busybox, '..')}:ro`, ...WORLD];
  const { stdout } = await capos(['run', ...flags, '--', '/bin/busybox', 'sh', '-c', script]);
  expect(stdout.toString()).toBe('text\nnone /files/m tmpfs rw 0 0\n.\n..\nkept\nkept\nkept\nrefused\n');
}, 120_000);
