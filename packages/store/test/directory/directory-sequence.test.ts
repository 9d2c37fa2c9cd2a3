// Random sequences of calls leave the tree in memory and a directory of the real file system alike, call by call.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpenDirectory, OpenFile } from '../../src/directory/file-system.ts';
import { createMemoryDirectory } from '../../src/directory/memory-directory.ts';
import { readOnlyDirectory } from '../../src/directory/read-only-directory.ts';
import { createHostDirectory } from '../../src/host-node/index.ts';

const root = mkdtempSync(join(tmpdir(), 'store-differential-'));
const umask = process.umask();
beforeAll(() => void process.umask(0o022));
afterAll(() => {
  process.umask(umask);
  rmSync(root, { recursive: true, force: true });
});

// Handles are numbered in the order in which they came to be; directory 0 is the root.
const name = fc.constantFrom('a', 'b', 'c', 'd', '', '.', '..', 'x/y', 'n'.repeat(256));
const usual = fc.constantFrom('a', 'b', 'c', 'd');
const anyName = fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: name });
const handle = fc.nat(5);
const offset = fc.constantFrom(0, 1, 5, 4095, 65535, 65536, 70000);
const data = fc.record({ length: fc.constantFrom(0, 1, 3, 100, 70000), fill: fc.nat(255) });

type Step = { readonly kind: string } & Record<string, unknown>;
const of = (kind: string, shape: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Step> =>
  fc.record({ kind: fc.constant(kind), ...shape }) as fc.Arbitrary<Step>;

const step = fc.oneof(
  of('lookup', { dir: handle, name: anyName }),
  of('openFile', { dir: handle, name: anyName, flags: fc.nat(31), mode: fc.constantFrom(0o600, 0o644) }),
  of('openFile', { dir: handle, name: anyName, flags: fc.constant(7), mode: fc.constant(0o644) }),
  of('openDirectory', { dir: handle, name: anyName }),
  of('openDirectory', { dir: handle, name: anyName }),
  of('makeDirectory', { dir: handle, name: anyName, mode: fc.constantFrom(0o700, 0o755) }),
  of('makeDirectory', { dir: handle, name: anyName, mode: fc.constantFrom(0o700, 0o755) }),
  of('remove', { dir: handle, name: anyName, directory: fc.boolean() }),
  of('rename', { dir: handle, name: anyName, target: handle, targetName: anyName, flags: fc.constantFrom(0, 0, 1, 2) }),
  of('link', { dir: handle, name: anyName, target: handle, targetName: anyName }),
  of('symlink', { dir: handle, name: anyName, path: fc.constantFrom('a', '..', '', '/etc') }),
  of('readLink', { dir: handle, name: anyName }),
  of('list', { dir: handle }),
  of('setMode', { dir: handle, name: anyName, mode: fc.constantFrom(0o600, 0o755) }),
  of('read', { file: handle, offset, length: fc.constantFrom(0, 10, 100000) }),
  of('write', { file: handle, offset, data, append: fc.boolean() }),
  of('truncate', { file: handle, size: offset }),
  of('stat', { file: handle }),
  of('close', { file: handle }),
);

const bytes = (text: unknown): Uint8Array => Uint8Array.from(text as string, (letter) => letter.charCodeAt(0));

class Runner {
  readonly directories: OpenDirectory[];
  readonly files: OpenFile[] = [];
  readonly closed = new Set<OpenFile>();

  constructor(directory: OpenDirectory) {
    this.directories = [directory];
  }

  /** What a step answers, without what may differ between file systems: inode numbers, times, blocks, sizes of directories. */
  run(step: Step): unknown {
    const directory = this.directories[(step.dir as number) % this.directories.length]!;
    const target = this.directories[(step.target as number) % this.directories.length]!;
    const file = this.files[(step.file as number) % this.files.length];
    const name = bytes(step.name ?? '');
    const stat = ({ kind, mode, size, links }: ReturnType<OpenDirectory['stat']>['stat']) =>
      kind === 'directory' ? [kind, mode] : [kind, mode, size, links];
    switch (step.kind) {
      case 'lookup': {
        const found = directory.lookup(name);
        return [found.errno, found.errno === 0 && stat(found.stat)];
      }
      case 'openFile': {
        const opened = directory.openFile(name, step.flags as number, step.mode as number);
        if (opened.file !== undefined) this.files.push(opened.file);
        return [opened.errno, opened.errno === 0 && stat(opened.stat)];
      }
      case 'openDirectory': {
        const opened = directory.openDirectory(name);
        if (opened.directory !== undefined) this.directories.push(opened.directory);
        return opened.errno;
      }
      case 'makeDirectory':
        return directory.makeDirectory(name, step.mode as number);
      case 'remove':
        return directory.remove(name, step.directory as boolean);
      case 'rename':
        return directory.rename(name, target, bytes(step.targetName), step.flags as number);
      case 'link':
        return directory.link(name, target, bytes(step.targetName));
      case 'symlink':
        return directory.symlink(name, bytes(step.path));
      case 'readLink': {
        const { errno, path } = directory.readLink(name);
        return [errno, [...path]];
      }
      case 'list': {
        const page = directory.list(0, 100);
        return [page.end, page.entries.map((entry) => [String.fromCharCode(...entry.name), entry.kind]).sort()];
      }
      case 'setMode': {
        const zero = { uid: 0, gid: 0, accessedNs: 0n, modifiedNs: 0n };
        return directory.setAttributes(name, { mask: 1, mode: step.mode as number, ...zero });
      }
    }
    if (file === undefined || this.closed.has(file)) return 'no file';
    switch (step.kind) {
      case 'read': {
        const { errno, data } = file.read(step.offset as number, step.length as number);
        return [errno, data.length, data.reduce((sum, byte, i) => (sum * 31 + byte + i) | 0, 0)];
      }
      case 'write': {
        const { length, fill } = step.data as { length: number; fill: number };
        const { errno, count } = file.write(
          step.offset as number,
          new Uint8Array(length).fill(fill),
          step.append as boolean,
        );
        return [errno, count];
      }
      case 'truncate':
        return file.truncate(step.size as number);
      case 'stat':
        return stat(file.stat().stat);
      default:
        file.close();
        this.closed.add(file);
        return 'closed';
    }
  }

  finish(): void {
    for (const file of this.files) file.close();
    for (const directory of this.directories) directory.close();
  }
}

const plain = (value: unknown): string =>
  JSON.stringify(value, (_key, each) => (typeof each === 'bigint' ? String(each) : each));
const wallClock = (): bigint => BigInt(Date.now()) * 1_000_000n;
let count = 0;

test.each([
  ['writable', false],
  ['read-only', true],
])('a %s tree in memory answers as the real file system does', (_name, readOnly) => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
      const path = join(root, String(count++));
      rmSync(path, { recursive: true, force: true });
      const real = createHostDirectory({ path: mkdtempSync(path), maxDescriptors: 3 });
      const memory = createMemoryDirectory({ wallClock });
      const runners = [new Runner(real), new Runner(memory)];
      // A read-only tree needs something in it: the first half of the steps fills it.
      const half = readOnly ? steps.length >> 1 : steps.length;
      for (const [i, each] of steps.entries()) {
        if (i === half)
          for (const runner of runners)
            runner.directories.forEach((directory, at) => {
              runner.directories[at] = readOnlyDirectory(directory);
            });
        const [expected, found] = runners.map((runner) => plain(runner.run(each)));
        expect(`${i} ${each.kind} ${found}`).toBe(`${i} ${each.kind} ${expected}`);
      }
      for (const runner of runners) runner.finish();
    }),
    { numRuns: 150 },
  );
});
