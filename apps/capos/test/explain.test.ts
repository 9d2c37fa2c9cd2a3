// `--explain` as somebody meets it who runs a program without thinking of what it needs: which flag would have helped.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { capos } from './support/capos.ts';

const BUSYBOX = '/bin/busybox';
const folder = mkdtempSync(join(tmpdir(), 'capos-explain-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, 'there'), 'content');

const explained = async (flags: readonly string[], ...program: readonly string[]): Promise<readonly string[]> => {
  const { stderr } = await capos(['run', '--explain', ...flags, '--', BUSYBOX, ...program]);
  return stderr.split('\n').filter((line) => line.startsWith('capos:'));
};

describe.skipIf(!existsSync(BUSYBOX))('--explain (skipped without a static busybox)', () => {
  test.for<[what: string, flags: readonly string[], program: readonly string[], advice: string]>([
    [
      'a file that the host has',
      [],
      ['cat', join(folder, 'there')],
      `--mount ${folder}=${folder}:ro would show what the host has`,
    ],
    [
      'a directory that the host has',
      [],
      ['ls', folder],
      `--mount ${folder}=${folder}:ro would show what the host has`,
    ],
    [
      'a file that nobody has',
      [],
      ['cat', '/no/such'],
      '--mount /no=HOSTDIR:ro would show a directory of the host at /no',
    ],
    [
      'a new file',
      [],
      ['touch', '/new/file'],
      '--tmpfs /new would grant an empty directory there, --mount /new=HOSTDIR',
    ],
    ['a new directory at the root', [], ['mkdir', '/new'], '--tmpfs /new would grant an empty directory there'],
    ['a file that is to be read only', ['--mount', `/d=${folder}:ro`], ['touch', '/d/new'], 'Leave out the :ro'],
    ['the clock', ['--without', 'timer'], ['date'], 'capos run grants one unless --without takes it away'],
    ['sleep', ['--without', 'timer'], ['sleep', '1'], 'the program holds no Timer'],
    ['the network', [], ['nc', '127.0.0.1', '9'], '--net connect:HOST:PORT a way out'],
    [
      'an address that is not granted',
      ['--net', 'loopback'],
      ['nc', '10.0.0.1', '80'],
      '--net connect:10.0.0.1:80 would grant it',
    ],
    ['packets', [], ['ping', '-c1', '127.0.0.1'], 'No flag grants that'],
  ])('%s', async ([, flags, program, advice]) => {
    expect(await explained(flags, ...program)).toEqual(expect.arrayContaining([expect.stringContaining(advice)]));
  });

  test('tells each need once, whichever calls had it', async () => {
    const lines = await explained([], 'sh', '-c', 'cat /no/such; ls /no/such; test -e /no/such');
    expect(lines.filter((line) => line.includes('/no/such'))).toHaveLength(1);
  });

  test('says nothing of what was granted and is not there', async () => {
    expect(await explained(['--mount', `/d=${folder}:ro`], 'cat', '/d/missing')).toEqual([]);
  });
});
