// A guest with a directory of the host reaches what is in it, and nothing else.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ERRNO } from '../../src/directory/errno.ts';
import type { OpenDirectory } from '../../src/directory/file-system.ts';
import { createHostDirectory } from '../../src/host-node/index.ts';

const root = mkdtempSync(join(tmpdir(), 'store-host-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const name = (text: string): Uint8Array => new TextEncoder().encode(text);
let count = 0;

/** A directory `inside` for the guest beside a file `secret` that is not for it. */
function scene(): { outside: string; inside: string } {
  const outside = join(root, String(count++));
  const inside = join(outside, 'inside');
  mkdirSync(inside, { recursive: true });
  writeFileSync(join(outside, 'secret'), 'secret');
  return { outside, inside };
}

const ways: [string, { readonly portable?: boolean }][] = [
  ['by descriptors', {}],
  ['by paths', { portable: true }],
];

describe.each(ways)('%s', (_way, options) => {
  test('names looked up at once end at a link, and at a directory that is not the one that is open', () => {
    const { outside, inside } = scene();
    mkdirSync(join(inside, 'a/b'), { recursive: true });
    writeFileSync(join(inside, 'a/b/secret'), 'none');
    const directory = createHostDirectory({ path: inside, ...options });
    const path = ['a', 'b', 'secret'].map(name);
    const kinds = (): unknown[] => directory.resolve(path).stats.map(({ kind }) => kind);
    expect(kinds(), 'nobody has opened it').toEqual(['directory']);
    const a = directory.openDirectory(name('a')).directory!;
    const b = a.openDirectory(name('b')).directory!;
    expect(kinds()).toEqual(['directory', 'directory', 'file']);
    renameSync(join(inside, 'a/b'), join(inside, 'a/old'));
    expect(directory.resolve(path)).toMatchObject({ errno: ERRNO.ENOENT, stats: [{ kind: 'directory' }] });
    symlinkSync(outside, join(inside, 'a/b'));
    expect(kinds(), 'a link out of the tree is there now').toEqual(['directory', 'symlink']);
    rmSync(join(inside, 'a/b'));
    mkdirSync(join(inside, 'a/b'));
    writeFileSync(join(inside, 'a/b/secret'), 'new');
    expect(kinds(), 'another directory is there now').toEqual(['directory', 'directory']);
    for (const one of [b, a, directory]) one.close();
  });

  test('links out of the tree are seen as links and lead nowhere', () => {
    const { outside, inside } = scene();
    symlinkSync('../secret', join(inside, 'file'));
    symlinkSync('..', join(inside, 'up'));
    symlinkSync(outside, join(inside, 'absolute'));
    const directory = createHostDirectory({ path: inside, ...options });
    expect(directory.lookup(name('file')).stat.kind).toBe('symlink');
    for (const flags of [1, 2, 3, 7, 15, 18]) expect(directory.openFile(name('file'), flags, 0o644).errno).not.toBe(0);
    for (const link of ['up', 'absolute']) expect(directory.openDirectory(name(link)).errno).toBe(ERRNO.ENOTDIR);
    expect(
      directory.setAttributes(name('file'), { mask: 1, mode: 0o777, uid: 0, gid: 0, accessedNs: 0n, modifiedNs: 0n })
        .errno,
    ).not.toBe(0);
    expect(directory.makeDirectory(name('up'), 0o755).errno).toBe(ERRNO.EEXIST);
    expect(readFileSync(join(outside, 'secret'), 'utf8')).toBe('secret');
    expect(readdirSync(outside).sort()).toEqual(['inside', 'secret']);
    directory.close();
  });

  test('a link that a guest makes is refused like any other', () => {
    const { inside } = scene();
    const directory = createHostDirectory({ path: inside, ...options });
    expect(directory.symlink(name('l'), name('../secret')).errno).toBe(0);
    expect(directory.openFile(name('l'), 1, 0).errno).toBe(ERRNO.ELOOP);
    expect(directory.link(name('l'), directory, name('hard')).errno).toBe(0);
    expect(lstatSync(join(inside, 'hard')).isSymbolicLink()).toBe(true);
    directory.close();
  });

  test('a directory that the host swaps for a link while it is held stays what it was, or is stale', () => {
    const { outside, inside } = scene();
    mkdirSync(join(inside, 'd'));
    const directory = createHostDirectory({ path: inside, ...options });
    const held = directory.openDirectory(name('d')).directory!;
    renameSync(join(inside, 'd'), join(inside, 'was'));
    symlinkSync(outside, join(inside, 'd'));
    const opened = held.openFile(name('secret'), 1, 0);
    expect([ERRNO.ENOENT, ERRNO.ESTALE]).toContain(opened.errno);
    const created = held.openFile(name('new'), 7, 0o644);
    created.file?.close();
    expect(existsSync(join(outside, 'new'))).toBe(false);
    held.close();
    directory.close();
  });

  test('a FIFO, a socket or a device is seen but neither opened nor waited for', () => {
    const { inside } = scene();
    execFileSync('mkfifo', [join(inside, 'fifo')]);
    const directory = createHostDirectory({ path: inside, ...options });
    expect(directory.lookup(name('fifo')).stat.kind).toBe('fifo');
    for (const flags of [1, 2, 3, 7]) expect(directory.openFile(name('fifo'), flags, 0o644).errno).toBe(ERRNO.ENXIO);
    directory.close();
    const devices = createHostDirectory({ path: '/dev', ...options });
    expect(devices.openFile(name('null'), 1, 0).errno).toBe(ERRNO.EACCES);
    devices.close();
  });

  test('what a guest makes has the mode it asked for, whatever the umask of the program', () => {
    const { inside } = scene();
    const directory = createHostDirectory({ path: inside, ...options });
    // Tests run in a worker, whose umask cannot be set: it is that of who started them, and takes something of 0o777.
    expect(process.umask()).not.toBe(0);
    const { file, stat } = directory.openFile(name('f'), 7, 0o777);
    expect(stat.mode).toBe(0o777);
    expect(lstatSync(join(inside, 'f')).mode & 0o7777).toBe(0o777);
    expect(directory.makeDirectory(name('d'), 0o777).errno).toBe(0);
    expect(lstatSync(join(inside, 'd')).mode & 0o7777).toBe(0o777);
    file!.close();
    directory.close();
  });

  test('files that a guest creates never carry set-id bits', () => {
    const { inside } = scene();
    const directory = createHostDirectory({ path: inside, ...options });
    const { file } = directory.openFile(name('f'), 7, 0o6777);
    const set = { mask: 1, mode: 0o6755, uid: 0, gid: 0, accessedNs: 0n, modifiedNs: 0n };
    expect(file!.setAttributes(set).errno).toBe(0);
    expect(lstatSync(join(inside, 'f')).mode & 0o7777).toBe(0o755);
    expect(directory.setAttributes(name('f'), set).errno).toBe(0);
    expect(lstatSync(join(inside, 'f')).mode & 0o7777).toBe(0o755);
    file!.close();
    directory.close();
  });

  test('times near the epoch are set to the nanosecond', () => {
    const { inside } = scene();
    const directory = createHostDirectory({ path: inside, ...options });
    const { file } = directory.openFile(name('f'), 7, 0o644);
    for (const at of [1_002_003_000n, 4_005_006_000n, 0n, 999_999_999n, 1_000_000_001n]) {
      const times = { mask: 4 | 8, mode: 0, uid: 0, gid: 0, accessedNs: at, modifiedNs: at + 1_000_000_000n };
      expect(file!.setAttributes(times).errno).toBe(0);
      expect(file!.stat().stat).toMatchObject({ accessedNs: at, modifiedNs: at + 1_000_000_000n });
    }
    file!.close();
    directory.close();
  });

  test('set-id bits that a guest gave are told to it, and to nobody for another file with the same number', () => {
    const { inside } = scene();
    const directory = createHostDirectory({ path: inside, ...options });
    const modeOf = (of: string): number => directory.lookup(name(of)).stat.mode;
    const change = (mode: number) => ({ mask: 1, mode, uid: 0, gid: 0, accessedNs: 0n, modifiedNs: 0n });
    const { file, stat } = directory.openFile(name('f'), 7, 0o4711);
    expect(stat.mode).toBe(0o4711);
    expect(file!.stat().stat.mode).toBe(0o4711);
    expect(directory.link(name('f'), directory, name('g')).errno).toBe(0);
    expect(modeOf('g')).toBe(0o4711);
    expect(file!.setAttributes(change(0o2755)).errno).toBe(0);
    expect(directory.rename(name('f'), directory, name('h'), 0).errno).toBe(0);
    expect([modeOf('g'), modeOf('h')]).toEqual([0o2755, 0o2755]);
    expect(directory.makeDirectory(name('d'), 0o3775).errno).toBe(0);
    expect(directory.openDirectory(name('d')).directory!.stat().stat.mode).toBe(0o3775);
    expect(directory.setAttributes(name('d'), change(0o755)).errno).toBe(0);
    expect(modeOf('d')).toBe(0o755);
    file!.close();
    for (const gone of ['g', 'h']) directory.remove(name(gone), false);
    for (let made = 0; made < 8; made++) {
      directory.openFile(name('new'), 7, 0o755).file!.close();
      expect(modeOf('new')).toBe(0o755);
      directory.remove(name('new'), false);
    }
    directory.close();
  });
});

test('a read-only root changes nothing whatever is called', async () => {
  const { inside } = scene();
  mkdirSync(join(inside, 'd'));
  writeFileSync(join(inside, 'd/f'), 'text');
  symlinkSync('f', join(inside, 'd/l'));
  const before = lstatSync(join(inside, 'd/f'), { bigint: true });
  const top = createHostDirectory({ path: inside, readOnly: true });
  const directory = top.openDirectory(name('d')).directory!;
  const set = { mask: 15, mode: 0o777, uid: 1, gid: 1, accessedNs: 1n, modifiedNs: 1n };
  const every = (at: OpenDirectory): number[] => [
    at.openFile(name('new'), 7, 0o644).errno,
    at.openFile(name('f'), 2, 0).errno,
    at.openFile(name('f'), 19, 0).errno,
    at.makeDirectory(name('new'), 0o755).errno,
    at.remove(name('f'), false).errno,
    at.rename(name('f'), at, name('g'), 0).errno,
    at.link(name('f'), at, name('g')).errno,
    at.symlink(name('new'), name('f')).errno,
    at.setAttributes(name('f'), set).errno,
    at.setAttributes(new Uint8Array(), set).errno,
  ];
  expect(every(directory)).toEqual(Array.from({ length: 10 }, () => ERRNO.EROFS));
  expect(directory.statFileSystem().readOnly).toBe(true);
  const { file } = directory.openFile(name('f'), 5, 0o644);
  expect(new TextDecoder().decode(file!.read(0, 100).data)).toBe('text');
  expect([file!.write(0, name('x'), false).errno, file!.truncate(0).errno, file!.setAttributes(set).errno]).toEqual([
    ERRNO.EBADF,
    ERRNO.EINVAL,
    ERRNO.EROFS,
  ]);
  expect(await file!.sync(false)).toEqual({ errno: 0 });
  file!.close();
  expect(readdirSync(join(inside, 'd')).sort()).toEqual(['f', 'l']);
  const after = lstatSync(join(inside, 'd/f'), { bigint: true });
  expect([after.mode, after.mtimeNs, after.ctimeNs, after.size]).toEqual([
    before.mode,
    before.mtimeNs,
    before.ctimeNs,
    before.size,
  ]);
  directory.close();
  top.close();
});

test('hundreds of held directories take no more descriptors than allowed, and all still work', () => {
  const { inside } = scene();
  const directory = createHostDirectory({ path: inside, maxDescriptors: 8 });
  const before = readdirSync('/proc/self/fd').length;
  const held: OpenDirectory[] = [directory];
  for (let i = 0; i < 300; i++) {
    const parent = held[i % 7]!;
    parent.makeDirectory(name(`d${i}`), 0o755);
    held.push(parent.openDirectory(name(`d${i}`)).directory!);
  }
  expect(readdirSync('/proc/self/fd').length - before).toBeLessThan(20);
  for (const each of held) expect(each.openFile(name('f'), 7, 0o644).file?.close()).toBeUndefined();
  for (const each of held) expect(each.lookup(name('f')).errno).toBe(0);
  for (const each of held) each.close();
  expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(before);
});
