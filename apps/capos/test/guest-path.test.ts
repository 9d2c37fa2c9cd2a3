import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { guestPath } from '../src/guest-path.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'capos-guest-path-')));
mkdirSync(join(folder, 'tools/bin'), { recursive: true });
const program = join(folder, 'tools/bin/program');
writeFileSync(program, '');
symlinkSync('tools', join(folder, 'linked'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const mount = (guest: string, host: string) => ({ guest, host: join(folder, host), readOnly: true });

test('a program is seen below the mount that shows it', () => {
  expect(guestPath(program, [mount('/t', 'tools')])).toBe('/t/bin/program');
  expect(guestPath(program, [mount('/', '.')])).toBe('/tools/bin/program');
});

test('the innermost of several mounts counts', () => {
  expect(guestPath(program, [mount('/all', '.'), mount('/b', 'tools/bin'), mount('/t', 'tools')])).toBe('/b/program');
});

test('links on the way to it are followed, as a mount follows them', () => {
  expect(guestPath(join(folder, 'linked/bin/program'), [mount('/t', 'linked')])).toBe('/t/bin/program');
});

test('outside every mount it stands alone at the root', () => {
  mkdirSync(join(folder, 'other'), { recursive: true });
  mkdirSync(join(folder, 'tool'), { recursive: true });
  expect(guestPath(program, [mount('/o', 'other'), mount('/p', 'tool')])).toBe('/program');
  expect(guestPath(program, [])).toBe('/program');
});
