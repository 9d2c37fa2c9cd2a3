import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packImage } from '@capos/image';
import { shellSystem } from '@capos/shell/system';
import { afterAll, describe, expect, test } from 'vitest';
import { defaultBlobs } from '../src/parts.ts';
import { sha256 } from '../src/sha256.ts';
import { capos, ROOT } from './support/capos.ts';

const PREBUILT = join(ROOT, 'packages/libcapos/prebuilt');
const program = (name: string): string => join(PREBUILT, `${name}.elf`);

const scratch = mkdtempSync(join(tmpdir(), 'capos-command-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('capos run', () => {
  test('runs a native program with its arguments and exits with its status', async () => {
    expect(await capos(['run', '--', program('exit-code'), '42'])).toMatchObject({ status: 42, stderr: '' });
    const { stdout } = await capos(['run', '--', program('given'), 'a', '--mount']);
    expect(stdout.toString()).toContain('argument 2: --mount');
  });

  test('gives a program its streams, a clock, entropy, what acts on itself, and nothing else', async () => {
    const { stdout } = await capos(['run', '--', program('given')]);
    const held = [...stdout.toString().matchAll(/^capability: (\S+),/gm)].map((match) => match[1]);
    expect(held.sort()).toEqual(
      ['console', 'entropy', 'memory', 'park', 'stderr', 'stdin', 'stdout', 'threads', 'timer'].sort(),
    );
  });

  test('the environment is what --env says', async () => {
    const { stdout } = await capos(['run', '--env', 'A=1', '--env', 'B=x=y', '--', program('given')]);
    expect(stdout.toString().match(/environment: .*/g)).toEqual(['environment: A=1', 'environment: B=x=y']);
  });

  test('a processor fault is an exit status and a sentence', async () => {
    const { status, stderr } = await capos(['run', '--', program('fault'), 'page-fault']);
    expect(status).toBe(139);
    expect(stderr).toMatch(/ended by processor exception 14/);
  });

  test('a program that does everything wrong harms only itself', async () => {
    const { status } = await capos(['run', '--timeout', '20', '--', program('misbehave')]);
    expect(status).not.toBe(125);
    expect(status).not.toBe(124);
  });

  test('--timeout ends an endless program with status 124', async () => {
    const { status, stderr } = await capos(['run', '--timeout', '0.5', '--', program('spinner')]);
    expect(status).toBe(124);
    expect(stderr).toContain('ran for 0.5 s');
  });

  test('what can’t be run is a plain error with its own status', async () => {
    expect(await capos(['run', '--', '/nowhere'])).toMatchObject({ status: 127 });
    expect(await capos(['run', '--', join(ROOT, 'README.md')])).toMatchObject({ status: 126 });
    const cut = join(scratch, 'cut.elf');
    writeFileSync(cut, readFileSync(program('hello')).subarray(0, 3000));
    const { status, stderr } = await capos(['run', '--', cut]);
    expect(status).toBe(126);
    expect(stderr).not.toContain('    at ');
  });
});

describe('capos boot', () => {
  test('runs a script on standard input and exits with the last status', async () => {
    const { status, stdout } = await capos(['boot'], 'run hello\nexit 5\n');
    expect(stdout.toString()).toContain('Hello');
    expect(status).toBe(5);
  });

  test('boots a packed image', async () => {
    const image = join(scratch, 'shell.capos');
    writeFileSync(image, packImage({ manifest: shellSystem.manifest, blobs: defaultBlobs() }, sha256));
    const { status, stdout } = await capos(['boot', image], 'echo from an image\n');
    expect(status).toBe(0);
    expect(stdout.toString()).toContain('from an image');
  });

  test('--store keeps what the system stores from one boot to the next', async () => {
    const store = join(scratch, 'store');
    const first = await capos(['boot', '--store', store], 'write /home/letter still here\n');
    expect(first).toMatchObject({ status: 0, stderr: '' });
    const second = await capos(['boot', '--store', store], 'cat /home/letter\n');
    expect(second.stdout.toString()).toBe('still here\n');
    expect((await capos(['boot'], 'ls /home\n')).stdout.toString()).toBe('');
  });

  test('refuses a damaged image in plain words', async () => {
    const bytes = packImage({ manifest: shellSystem.manifest, blobs: defaultBlobs() }, sha256);
    bytes[bytes.length - 1]! ^= 1;
    const image = join(scratch, 'damaged.capos');
    writeFileSync(image, bytes);
    const { status, stderr } = await capos(['boot', image]);
    expect(status).toBe(126);
    expect(stderr).toMatch(/^capos: .*damaged\.capos: /);
  });
});

describe('capos inspect', () => {
  test('tells a native program from a Linux one', async () => {
    const { stdout } = await capos(['inspect', '--json', program('hello')]);
    expect(JSON.parse(stdout.toString())).toMatchObject({ kind: 'elf', program: 'native', linkage: 'static' });
    const other = await capos(['inspect', '--json', process.execPath]);
    expect(JSON.parse(other.stdout.toString())).toMatchObject({ kind: 'elf', program: 'foreign' });
  });

  test('shows who holds what in an image', async () => {
    const image = join(scratch, 'inspected.capos');
    writeFileSync(image, packImage({ manifest: shellSystem.manifest, blobs: defaultBlobs() }, sha256));
    const { stdout, status } = await capos(['inspect', image]);
    expect(status).toBe(0);
    expect(stdout.toString()).toContain('holds console: Console from kernel.console');
  });
});

describe('the command line', () => {
  test('has a version and help everywhere', async () => {
    expect((await capos(['--version'])).stdout.toString()).toMatch(/^\d+\.\d+\.\d+\n$/);
    for (const args of [['--help'], ['run', '--help']]) {
      const { status, stdout } = await capos(args);
      expect(status).toBe(0);
      expect(stdout.toString()).toContain('Usage: capos');
    }
  });

  test.each([[['frob']], [['run']], [['run', '--mount', 'x', '--', 'y']], [['run', '--timeout', 'soon', '--', 'y']]])(
    'misuse %j is status 125 and says how it is written',
    async (args) => {
      const { status, stderr } = await capos(args);
      expect(status).toBe(125);
      expect(stderr).toMatch(/error: /);
    },
  );
});
