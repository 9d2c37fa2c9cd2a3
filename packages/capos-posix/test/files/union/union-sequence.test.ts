// Random calls on a union of random layers answer as on one directory that had all of it; the layers below stay as they are, and a
// union made anew of the same layers shows the same. Where Linux lets us, the same calls go to its own overlayfs.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryDirectory } from '@capos/store';
import { createHostDirectory } from '@capos/store/host-node';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DirectoryBackend } from '../../../src/files/backend.ts';
import { DirectDirectory } from '../../../src/files/direct-directory.ts';
import { unionDirectory } from '../../../src/files/union/union-directory.ts';
import { ERRNO } from '../../../src/linux/errno.ts';
import { now } from '../../support/synchronous-directory.ts';
import { contentOf, fillFrom, read, type Tree } from './tree.ts';

const name = fc.constantFrom('a', 'b', 'c');
const { tree } = fc.letrec<{ tree: Tree; entry: string | Tree }>((tie) => ({
  entry: fc.oneof({ maxDepth: 3 }, fc.constantFrom('one', 'two', '→ a'), tie('tree')),
  tree: fc.dictionary(name, tie('entry'), { maxKeys: 3 }),
}));

const place = fc.array(name, { maxLength: 2 });
const step = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), at: place, name, flags: fc.constantFrom(2, 6, 7, 14, 22, 18) }),
  fc.record({ kind: fc.constant('makeDirectory' as const), at: place, name }),
  fc.record({ kind: fc.constant('symlink' as const), at: place, name }),
  fc.record({ kind: fc.constant('remove' as const), at: place, name, directory: fc.boolean() }),
  fc.record({ kind: fc.constant('rename' as const), at: place, name, to: place, toName: name, flags: fc.nat(1) }),
  fc.record({ kind: fc.constant('link' as const), at: place, name, to: place, toName: name }),
  fc.record({ kind: fc.constant('setMode' as const), at: place, name, mode: fc.constantFrom(0o600, 0o755) }),
  fc.record({ kind: fc.constant('status' as const), at: place, name }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const wallClock = (): bigint => BigInt(Date.now()) * 1_000_000n;
const layer = (content: Tree): DirectDirectory => {
  const directory = new DirectDirectory(createMemoryDirectory({ wallClock }));
  fillFrom(directory, content);
  return directory;
};

/** The directory at a path, or undefined when the path leads to none. */
function enter(root: DirectoryBackend, path: readonly string[]): DirectoryBackend | undefined {
  let at = root;
  for (const component of path) {
    const next = now(at.openDirectory(component));
    if (typeof next === 'number') return undefined;
    at = next;
  }
  return at;
}

function run(root: DirectoryBackend, each: Step): unknown {
  const at = enter(root, each.at);
  if (at === undefined) return 'nowhere';
  switch (each.kind) {
    case 'write': {
      const opened = now(at.openFile(each.name, each.flags, 0o644));
      if (typeof opened === 'number' || opened.kind !== 'file') return opened;
      const wrote = now(opened.file.write(1, Uint8Array.of(64 + each.flags), false));
      opened.file.release();
      return typeof wrote === 'number' ? wrote : wrote.count;
    }
    case 'makeDirectory':
      return now(at.makeDirectory(each.name, 0o755));
    case 'symlink':
      return now(at.symlink(each.name, 'b'));
    case 'remove':
      return now(at.remove(each.name, each.directory));
    case 'setMode':
      return now(at.setAttributes(each.name, { mode: each.mode }));
    case 'status': {
      const status = now(at.lookup(each.name));
      if (typeof status === 'number') return status;
      return (status.mode & 0o170000) === 0o100000 ? [status.mode, status.size] : status.mode & 0o170000;
    }
  }
  const to = enter(root, each.to);
  if (to === undefined) return 'nowhere';
  return each.kind === 'link'
    ? now(at.link(each.name, to, each.toName))
    : now(at.rename(each.name, to, each.toName, each.flags));
}

/** Layers laid over each other, as one tree: a directory is merged with those below it, down to what is none. */
function flattened(layers: readonly Tree[]): Tree {
  const names = new Set(layers.flatMap((each) => Object.keys(each)));
  return Object.fromEntries(
    [...names].map((key) => {
      const found = layers.map((each) => each[key]).filter((value) => value !== undefined);
      const end = found.findIndex((value) => typeof value === 'string');
      const directories = found.slice(0, end < 0 ? found.length : end) as Tree[];
      return [key, end === 0 ? found[0]! : flattened(directories)];
    }),
  );
}

const sequences = fc.tuple(
  fc.array(tree, { minLength: 1, maxLength: 3 }),
  fc.array(step, { minLength: 1, maxLength: 40 }),
);

describe('a union under random calls', () => {
  it('answers as one directory would, spares the layers below, and is the same when it is made anew', () => {
    fc.assert(
      fc.property(sequences, tree, ([lowers, steps], top) => {
        const lower = lowers.map(layer);
        const upper = layer(top);
        const union = unionDirectory({ lower, upper });
        const model = layer(flattened([top, ...lowers]));
        expect(contentOf(union)).toEqual(contentOf(model));
        for (const each of steps) {
          const answer = run(union, each);
          // A directory of which a layer below has a part is not moved.
          if (each.kind === 'rename' && answer === -ERRNO.EXDEV) continue;
          expect([each, answer]).toEqual([each, run(model, each)]);
        }
        expect(contentOf(union)).toEqual(contentOf(model));
        expect(contentOf(unionDirectory({ lower, upper }))).toEqual(contentOf(model));
        expect(lower.map(contentOf)).toEqual(lowers.map((each) => contentOf(layer(each))));
      }),
      { numRuns: 400 },
    );
  }, 60_000);
});

const mountable = (): boolean => {
  const base = mkdtempSync(join(tmpdir(), 'capos-overlay-'));
  try {
    mountOverlay(base, []).release();
    unmount(base);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
};

/** Handles may still be open below it: it goes when they do. */
function unmount(base: string): void {
  execFileSync('umount', ['-l', join(base, 'merged')], { stdio: 'ignore' });
}

/** Linux's own overlayfs over real directories with the same content. */
function mountOverlay(base: string, lowers: readonly Tree[]): DirectoryBackend {
  for (const part of ['upper', 'work', 'merged', 'none']) mkdirSync(join(base, part));
  const paths = lowers.map((content, index) => {
    const path = join(base, `lower${index}`);
    mkdirSync(path);
    fillFrom(new DirectDirectory(createHostDirectory({ path })), content);
    return path;
  });
  const options = `lowerdir=${[...paths, join(base, 'none')].join(':')},upperdir=${join(base, 'upper')},workdir=${join(base, 'work')},redirect_dir=off,index=off`;
  execFileSync('mount', ['-t', 'overlay', 'overlay', '-o', options, join(base, 'merged')], { stdio: 'pipe' });
  return new DirectDirectory(createHostDirectory({ path: join(base, 'merged') }));
}

describe.skipIf(!mountable())("a union beside Linux's overlayfs (skipped where it can't be mounted)", () => {
  it('gives the same answers, error numbers included', () => {
    fc.assert(
      fc.property(sequences, ([lowers, steps]) => {
        const base = mkdtempSync(join(tmpdir(), 'capos-overlay-'));
        const linux = mountOverlay(base, lowers);
        try {
          const union = unionDirectory({ lower: lowers.map(layer), upper: layer({}) });
          for (const each of steps) expect([each, run(union, each)]).toEqual([each, run(linux, each)]);
          expect(contentOf(union)).toEqual(contentOf(linux));
        } finally {
          linux.release();
          unmount(base);
          rmSync(base, { recursive: true, force: true });
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});

describe('hard links in a layer below', () => {
  it('are broken when one of the names is copied up, as in overlayfs without an index', () => {
    const lower = layer({ a: 'same' });
    now(lower.link('a', lower, 'b'));
    const union = unionDirectory({ lower: [lower], upper: layer({}) });
    expect(run(union, { kind: 'write', at: [], name: 'a', flags: 18 })).toBe(1);
    expect(read(union, 'b')).toBe('same');
  });
});
