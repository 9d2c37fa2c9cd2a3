// A part of what the whole command does: the smallest package checked and bundled on both sides.
import { expect, test } from 'vitest';
import { bundle, packageNames, typeCheck } from '../src/jobs.ts';
import { differences, type Result, sideBySide } from '../src/side-by-side.ts';
import { BUNDLER, findTool, TYPE_CHECKER } from '../src/tools.ts';

const LIMIT = 240_000;
const [compiler, bundler] = [findTool(TYPE_CHECKER), findTool(BUNDLER)];

test.skipIf(compiler === undefined)(
  "TypeScript's native compiler checks a package inside, and reads the same files in the same order",
  async () => {
    const { inside, differences } = await sideBySide(typeCheck(compiler!, 'ipc-ring'));
    expect(inside.stderr).toBe('');
    expect(inside.stdout.toString()).toContain('packages/ipc-ring/src/index.ts\n');
    expect({ status: inside.status, differences }).toEqual({ status: 0, differences: [] });
  },
  LIMIT,
);

test.skipIf(bundler === undefined)(
  'esbuild bundles a package inside, byte for byte as on the host',
  async () => {
    const { inside, differences } = await sideBySide(bundle(bundler!, 'packages/ipc-ring/src/index.ts', 'ring'));
    expect(inside.files.get('ring.js')?.toString()).toContain('ringBytes');
    expect({ status: inside.status, differences }).toEqual({ status: 0, differences: [] });
  },
  LIMIT,
);

test('what differs is told by name', () => {
  const result = (stdout: string, files: Record<string, string>, status = 0): Result => ({
    status,
    stdout: Buffer.from(stdout),
    stderr: '',
    files: new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])),
    seconds: 0,
  });
  const host = result('out', { a: '1', b: '2', c: '3' });
  expect(differences(host, host)).toEqual([]);
  expect(differences(host, result('other', { a: '1', b: '!', d: '4' }, 1))).toEqual([
    'status 1 inside, 0 on the host',
    'standard output',
    'b',
    'c is only on the host',
    'd is only inside',
  ]);
});

test('every package of the repository is among those checked', () => {
  expect(packageNames()).toEqual(expect.arrayContaining(['abi', 'capos-posix', 'kernel', 'x86-machine']));
});
