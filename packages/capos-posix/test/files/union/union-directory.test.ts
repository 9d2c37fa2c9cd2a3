// A union answers as one directory that had all of it would; its lower layers are never touched.

import { createMemoryDirectory, type OpenDirectory } from '@capos/store';
import { directoryConformance } from '@capos/store/conformance';
import { describe, expect, it } from 'vitest';
import type { DirectoryBackend } from '../../../src/files/backend.ts';
import { DirectDirectory } from '../../../src/files/direct-directory.ts';
import { unionDirectory } from '../../../src/files/union/union-directory.ts';
import { ERRNO } from '../../../src/linux/errno.ts';
import { type Blocking, settle } from '../../../src/waiting.ts';
import { now, SynchronousDirectory } from '../../support/synchronous-directory.ts';
import { contentOf, fillFrom, read, type Tree, write } from './tree.ts';

const wallClock = (): bigint => BigInt(Date.now()) * 1_000_000n;
const layer = (tree: Tree = {}): DirectDirectory => {
  const directory = new DirectDirectory(createMemoryDirectory({ wallClock }));
  fillFrom(directory, tree);
  return directory;
};

describe('a union keeps the promises of every directory', () => {
  for (const [name, lowers] of [
    ['over an empty layer', [{}]],
    ['of three layers', [{}, {}]],
  ] as const) {
    const create = async (): Promise<OpenDirectory> =>
      new SynchronousDirectory(unionDirectory({ lower: lowers.map((tree) => layer(tree)), upper: layer() }));
    describe(name, () => {
      for (const each of directoryConformance({ create })) it(each.name, () => each.run());
    });
  }
});

describe('a union', () => {
  it('shows each name once, from the topmost layer that has it, and merges directories', () => {
    const union = unionDirectory({
      lower: [layer({ b: 'middle', d: { m: '1' } }), layer({ b: 'bottom', c: 'bottom', d: { n: '2' }, x: { y: '3' } })],
      upper: layer({ a: 'top', x: 'a file above a directory' }),
    });
    expect(contentOf(union)).toEqual({
      a: 'top',
      b: 'middle',
      c: 'bottom',
      d: { m: '1', n: '2' },
      x: 'a file above a directory',
    });
  });

  it('copies a file up when it is opened to write, and what was open to read goes on with the copy', () => {
    const lower = layer({ d: { f: 'below' } });
    const upper = layer();
    const union = unionDirectory({ lower: [lower], upper });
    const d = now(union.openDirectory('d')) as DirectoryBackend;
    const inode = (now(d.lookup('f')) as { inode: bigint }).inode;
    const reader = now(d.openFile('f', 1, 0));
    if (typeof reader === 'number' || reader.kind !== 'file') throw new Error('not opened');
    write(d, 'f', 'above and longer');
    expect(String.fromCharCode(...(now(reader.file.read(0, 100)) as Uint8Array))).toBe('above and longer');
    expect((now(d.lookup('f')) as { inode: bigint }).inode).toBe(inode);
    expect((now(reader.file.status()) as { inode: bigint }).inode).toBe(inode);
    reader.file.release();
    expect(contentOf(lower)).toEqual({ d: { f: 'below' } });
    expect(contentOf(upper)).toEqual({ d: { f: 'above and longer' } });
  });

  it('copies mode, owner and times up with the bytes, and leaves the times of the directory alone', () => {
    const lower = layer({ d: { f: 'x' } });
    const below = now(lower.openDirectory('d')) as DirectoryBackend;
    const change = { mode: 0o751, owner: { uid: 7, gid: 8 }, accessedNs: 11_000n, modifiedNs: 12_000n };
    now(below.setAttributes('f', change));
    now(lower.setAttributes('d', { mode: 0o701, modifiedNs: 13_000n, accessedNs: 14_000n }));
    const union = unionDirectory({ lower: [lower], upper: layer() });
    const d = now(union.openDirectory('d')) as DirectoryBackend;
    expect(now(d.setAttributes('f', { mode: 0o640 }))).toBe(0);
    expect(now(d.lookup('f'))).toMatchObject({
      mode: 0o100640,
      uid: 7,
      gid: 8,
      accessedNs: 11_000n,
      modifiedNs: 12_000n,
    });
    expect(now(union.lookup('d'))).toMatchObject({ mode: 0o40701, modifiedNs: 13_000n, accessedNs: 14_000n });
  });

  it('remembers what is gone by whiteouts in its upper layer alone', () => {
    const lower = layer({ f: '1', d: { g: '2', h: '3' } });
    const upper = layer();
    const union = unionDirectory({ lower: [lower], upper });
    const d = now(union.openDirectory('d')) as DirectoryBackend;
    expect(now(union.remove('d', true))).toBe(-ERRNO.ENOTEMPTY);
    expect([now(union.remove('f', false)), now(d.remove('g', false)), now(d.remove('h', false))]).toEqual([0, 0, 0]);
    expect(now(union.remove('d', true))).toBe(0);
    expect(contentOf(union)).toEqual({});
    expect(now(d.openFile('new', 7, 0o644))).toBe(-ERRNO.ENOENT);
    expect(Object.keys(contentOf(upper)).sort()).toEqual(['.wh.d', '.wh.f']);
    // Another union of the same layers sees the same, and a new directory of the old name is empty.
    const again = unionDirectory({ lower: [lower], upper });
    expect(contentOf(again)).toEqual({});
    expect(now(again.makeDirectory('d', 0o755))).toBe(0);
    expect(contentOf(unionDirectory({ lower: [lower], upper }))).toEqual({ d: {} });
    expect(contentOf(lower)).toEqual({ f: '1', d: { g: '2', h: '3' } });
  });

  it("reads the layers of a container image: its whiteouts, opaque markers and overlayfs's devices", () => {
    const middle = layer({ '.wh.f': '', d: { '.wh..wh..opq': '', new: 'n' }, '.wh..wh.plnk': '' });
    const bottom = layer({ f: 'gone', d: { old: 'o' }, kept: 'k' });
    expect(contentOf(unionDirectory({ lower: [middle, bottom] }))).toEqual({ d: { new: 'n' }, kept: 'k' });
    const device = layer({ f: '' });
    const { lookup } = device;
    device.lookup = (name) => {
      const status = lookup.call(device, name);
      return name === 'f' && typeof status !== 'number' ? { ...status, mode: 0o20000 } : status;
    };
    expect(now(unionDirectory({ lower: [device, bottom] }).lookup('f'))).toBe(-ERRNO.ENOENT);
  });

  it('does not let reserved names be seen or made', () => {
    const union = unionDirectory({ lower: [layer({ f: '1' })], upper: layer() });
    expect(now(union.remove('f', false))).toBe(0);
    expect(now(union.lookup('.wh.f'))).toBe(-ERRNO.ENOENT);
    expect(now(union.openFile('.wh.f', 7, 0o644))).toBe(-ERRNO.EPERM);
    expect(now(union.makeDirectory('.wh.x', 0o755))).toBe(-ERRNO.EPERM);
    expect(now(union.symlink('.wh.x', 'y'))).toBe(-ERRNO.EPERM);
    expect(contentOf(union)).toEqual({});
  });

  it('renames files of any layer, and directories that are wholly in the upper one', () => {
    const lower = layer({ f: '1', d: { g: '2' } });
    const upper = layer();
    const union = unionDirectory({ lower: [lower], upper });
    expect(now(union.rename('f', union, 'h', 0))).toBe(0);
    expect(now(union.rename('d', union, 'e', 0))).toBe(-ERRNO.EXDEV);
    expect(now(union.makeDirectory('new', 0o755))).toBe(0);
    const fresh = now(union.openDirectory('new')) as DirectoryBackend;
    write(fresh, 'x', '3');
    const d = now(union.openDirectory('d')) as DirectoryBackend;
    expect(now(d.remove('g', false))).toBe(0);
    // Over a directory that is empty but for its whiteouts; what was below does not come back.
    expect(now(union.rename('new', union, 'd', 0))).toBe(0);
    expect(contentOf(union)).toEqual({ h: '1', d: { x: '3' } });
    expect(read(fresh, 'x')).toBe('3');
    expect(contentOf(unionDirectory({ lower: [lower], upper }))).toEqual({ h: '1', d: { x: '3' } });
  });

  it('without an upper layer answers EROFS to every change', () => {
    const union = unionDirectory({ lower: [layer({ f: '1' }), layer({ d: {} })] });
    expect(now(union.openFile('f', 2, 0))).toBe(-ERRNO.EROFS);
    expect(now(union.openFile('n', 7, 0o644))).toBe(-ERRNO.EROFS);
    expect(now(union.makeDirectory('n', 0o755))).toBe(-ERRNO.EROFS);
    expect(now(union.remove('f', false))).toBe(-ERRNO.EROFS);
    expect(now(union.remove('d', true))).toBe(-ERRNO.EROFS);
    expect(now(union.rename('f', union, 'n', 0))).toBe(-ERRNO.EROFS);
    expect(now(union.link('f', union, 'n'))).toBe(-ERRNO.EROFS);
    expect(now(union.symlink('n', 'f'))).toBe(-ERRNO.EROFS);
    expect(now(union.setAttributes('f', { mode: 0 }))).toBe(-ERRNO.EROFS);
    expect(now(union.fileSystemStatus())).toMatchObject({ type: 0x794c7630, readOnly: true });
  });

  it('keeps the cookies of a listing good while files are copied up and removed', () => {
    const names = Array.from({ length: 100 }, (_, index) => `n${index}`);
    const union = unionDirectory({
      lower: [layer(Object.fromEntries(names.map((name) => [name, name])))],
      upper: layer(),
    });
    const seen: string[] = [];
    for (let cookie = 0n; ; ) {
      const page = now(union.list(cookie, 7));
      if (typeof page === 'number') throw new Error(`list: ${page}`);
      seen.push(...page.entries.map((entry) => entry.name));
      for (const { name } of page.entries.slice(0, 3)) write(union, name, 'changed');
      for (const { name } of page.entries.slice(5)) expect(now(union.remove(name, false))).toBe(0);
      if (page.end) break;
      cookie = page.next;
    }
    expect(seen.sort()).toEqual([...names].sort());
  });

  it('copies a file up once when two openers wait for the same layer', () => {
    const lower = layer({ f: 'x'.repeat(1000) });
    const upper = layer();
    // Every read of the lower file waits until it is let go on.
    const waiting: (() => void)[] = [];
    const { openFile } = lower;
    lower.openFile = (name, flags, mode) => {
      const opened = openFile.call(lower, name, flags, mode);
      if (typeof opened === 'number' || opened.kind !== 'file') return opened;
      const { file } = opened;
      const slow = {
        ...file,
        *read(offset: number, length: number): Blocking<Uint8Array | number> {
          yield { interruptible: false, begin: (wake) => void waiting.push(wake) };
          return yield* settle(file.read(offset, length));
        },
        status: () => file.status(),
        release: () => file.release(),
      };
      return { ...opened, file: slow as unknown as typeof file };
    };
    const union = unionDirectory({ lower: [lower], upper });
    const steps = [union.openFile('f', 2, 0), union.openFile('f', 2, 0)].map((value) => settle(value));
    const done = [false, false];
    const step = (index: number): void => {
      const { done: over, value } = steps[index]!.next('ready');
      if (over === true) {
        expect(typeof value).toBe('object');
        done[index] = true;
      } else {
        const stop = value.begin(() => {
          stop?.();
          step(index);
        });
      }
    };
    step(0);
    step(1);
    while (waiting.length > 0) waiting.shift()!();
    expect(done).toEqual([true, true]);
    expect(contentOf(upper)).toEqual({ f: 'x'.repeat(1000) });
  });
});
