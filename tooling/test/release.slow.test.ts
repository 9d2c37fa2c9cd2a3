// A release, rehearsed: every published package is built, packed, checked and used from an empty npm project.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { transform } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readmeExample } from '../src/readme-example.ts';

const ROOT = join(import.meta.dirname, '../..');
const BIN = join(ROOT, 'node_modules/.bin');

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly exports?: unknown;
}

const published = ['packages', 'apps']
  .flatMap((group) => readdirSync(join(ROOT, group)).map((name) => join(ROOT, group, name)))
  .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest }))
  .filter(({ manifest }) => manifest.private !== true);

const run = (command: string, args: readonly string[], cwd: string): string =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 });
const pnpm = (args: readonly string[], cwd: string): string => run('npx', ['-y', 'pnpm@12', ...args], cwd);

/** A Node of the oldest version that packages say they run on, if the machine has one beside the repository's own. */
const oldNode = (process.env.PATH ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules'))
  .map((folder) => join(folder, 'node'))
  .find((node) => existsSync(node) && run(node, ['--version'], ROOT).startsWith('v20.'));

const scratch = mkdtempSync(join(tmpdir(), 'capos-release-'));
const project = join(scratch, 'project');
const tarballs = new Map<string, string>();

beforeAll(() => {
  pnpm(['exec', 'turbo', 'run', 'build', '--output-logs=errors-only'], ROOT);
  for (const { folder, manifest } of published) {
    const out = join(scratch, manifest.name.replaceAll(/[@/]/g, '_'));
    mkdirSync(out);
    pnpm(['pack', '--pack-destination', out], folder);
    tarballs.set(manifest.name, join(out, readdirSync(out)[0]!));
  }
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'empty', private: true, type: 'module' }));
  run('npm', ['install', '--no-audit', '--no-fund', ...tarballs.values()], project);
}, 1_200_000);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe.each(published)('$manifest.name', ({ folder, manifest }) => {
  test('publint finds nothing to mend', () => {
    expect(run(join(BIN, 'publint'), ['run', tarballs.get(manifest.name)!, '--strict'], folder)).toContain('All good');
  });

  // A package that is a command alone has nothing to import.
  test.skipIf(manifest.exports === undefined)('its types resolve for every way of importing it (attw)', () => {
    // attw ends with a status other than 0 when it finds a problem, and `run` throws what it printed.
    run(join(BIN, 'attw'), [tarballs.get(manifest.name)!, '--profile', 'esm-only'], folder);
  });

  const example = async (node: string): Promise<void> => {
    const text = readmeExample(folder);
    if (text === null) throw new Error(`${manifest.name}: README.md has no \`\`\`ts example`);
    const { code } = await transform(text, { loader: 'ts', format: 'esm' });
    const file = join(project, `${manifest.name.replaceAll(/[@/]/g, '_')}.mjs`);
    writeFileSync(file, code);
    run(node, [file], project);
  };

  test('the example of its README runs from the packed tarball', () => example(process.execPath));

  test.skipIf(oldNode === undefined)('and on Node 20 (skipped where none is installed)', () => example(oldNode!));
});

test('the installed command answers --version', () => {
  expect(run(join(project, 'node_modules/.bin/capos'), ['--version'], project)).toMatch(/\d+\.\d+\.\d+/);
});

test('versions and changelogs follow from the changesets', () => {
  const copy = join(scratch, 'copy');
  run('git', ['clone', '-q', ROOT, copy], scratch);
  cpSync(join(ROOT, '.changeset'), join(copy, '.changeset'), { recursive: true });
  run(join(BIN, 'changeset'), ['version'], copy);
  for (const { folder, manifest } of published) {
    const after = JSON.parse(readFileSync(join(copy, folder.slice(ROOT.length), 'package.json'), 'utf8')) as Manifest;
    expect(after.version, manifest.name).not.toBe(manifest.version);
  }
});

test('a publish would go through', () => {
  for (const { folder } of published) pnpm(['publish', '--dry-run', '--no-git-checks'], folder);
});
