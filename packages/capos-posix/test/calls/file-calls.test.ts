import { describe, expect, it } from 'vitest';
import { ERRNO } from '../../src/linux/errno.ts';
import { AT, OPEN, SEEK } from '../../src/linux/file-flags.ts';
import { serveTree, tree } from '../support/memory-tree.ts';
import { TestProcess } from '../support/test-process.ts';

function world() {
  const work = tree({
    'hello.txt': 'hello, file\n',
    sub: { deep: { 'leaf.txt': 'leaf' } },
    link: { link: 'sub/deep' },
    up: { link: '../../..' },
    absolute: { link: '/work/hello.txt' },
    loop: { link: 'loop' },
  });
  const scratch = tree({});
  const process = new TestProcess({
    caps: { work: serveTree(work), scratch: serveTree(scratch) },
    mounts: [
      { path: '/work', cap: 'work', readOnly: true },
      { path: '/tmp', cap: 'scratch' },
      { path: '/nothing', cap: 'not-granted' },
    ],
  });
  const open = (path: string, flags: number = OPEN.RDONLY, mode = 0o644) =>
    process.call('openat', AT.FDCWD, process.put(path), flags, mode) as number;
  const read = (descriptor: number, length = 100): string | number => {
    const at = process.room(length);
    const got = process.call('read', descriptor, at, length) as number;
    return got < 0 ? got : process.text(at, got);
  };
  return { process, work, scratch, open, read };
}

describe('device nodes', () => {
  it('open as the device of their number that a process has anyway, and lead nowhere by any other', () => {
    const { process, open, read } = world();
    const CHARACTER = 0o20000;
    const make = (name: string, mode: number, device: number) => process.call('mknod', process.put(name), mode, device);
    expect(make('/tmp/null', CHARACTER | 0o666, 0x103)).toBe(0);
    expect(make('/tmp/null', CHARACTER | 0o666, 0x103)).toBe(-ERRNO.EEXIST);
    expect(make('/tmp/disk', 0o60000 | 0o660, 0x800)).toBe(0);
    expect(make('/tmp/memory', CHARACTER | 0o600, 0x101)).toBe(0);
    expect(make('/tmp/directory', 0o40000, 0)).toBe(-ERRNO.EPERM);
    expect(make('/work/null', CHARACTER, 0x103)).toBe(-ERRNO.EROFS);
    const at = process.room(144);
    expect(process.call('stat', process.put('/tmp/disk'), at)).toBe(0);
    expect(process.memory.readUint32(BigInt(at) + 24n)).toBe(0o60640);
    expect(process.memory.readUint64(BigInt(at) + 40n)).toBe(0x800n);
    const descriptor = open('/tmp/null', OPEN.RDWR);
    expect(read(descriptor)).toBe('');
    expect(process.call('write', descriptor, process.put('gone'), 4)).toBe(4);
    expect(open('/tmp/disk', OPEN.RDWR)).toBe(-ERRNO.ENXIO);
    expect(open('/tmp/memory', OPEN.RDWR)).toBe(-ERRNO.ENXIO);
    expect(process.call('unlink', process.put('/tmp/null'))).toBe(0);
    expect(open('/tmp/null')).toBe(-ERRNO.ENOENT);
  });

  it('are made by uid 0 alone', () => {
    const { process } = world();
    process.call('chmod', process.put('/tmp'), 0o777);
    expect(process.call('setuid', 1000)).toBe(0);
    expect(process.call('mknod', process.put('/tmp/null'), 0o20666, 0x103)).toBe(-ERRNO.EPERM);
  });
});

describe('files by path', () => {
  it('reads a file from a mount and stops at its end', () => {
    const { open, read } = world();
    const descriptor = open('/work/hello.txt');
    expect(descriptor).toBe(3);
    expect(read(descriptor, 5)).toBe('hello');
    expect(read(descriptor)).toBe(', file\n');
    expect(read(descriptor)).toBe('');
  });

  it('finds nothing outside the mounts, and nothing at a mount whose capability was not granted', () => {
    const { open } = world();
    expect(open('/etc/passwd')).toBe(-ERRNO.ENOENT);
    expect(open('/nothing/x')).toBe(-ERRNO.ENOENT);
  });

  it('keeps `..` and symbolic links inside what is mounted', () => {
    const { open, read } = world();
    expect(read(open('/work/link/leaf.txt'))).toBe('leaf');
    expect(read(open('/work/link/../../hello.txt'))).toBe('hello, file\n');
    expect(read(open('/work/up/work/hello.txt'))).toBe('hello, file\n');
    expect(read(open('/work/absolute'))).toBe('hello, file\n');
    expect(open('/../../../../etc')).toBe(-ERRNO.ENOENT);
    expect(open('/work/loop')).toBe(-ERRNO.ELOOP);
  });

  it('refuses to change a read-only mount and changes a writable one', () => {
    const { process, open, scratch } = world();
    expect(open('/work/hello.txt', OPEN.WRONLY)).toBe(-ERRNO.EROFS);
    expect(open('/work/new', OPEN.WRONLY | OPEN.CREAT)).toBe(-ERRNO.EROFS);
    expect(process.call('mkdir', process.put('/work/d'), 0o755)).toBe(-ERRNO.EROFS);
    const descriptor = open('/tmp/new', OPEN.RDWR | OPEN.CREAT);
    expect(process.call('write', descriptor, process.put('abc'), 3)).toBe(3);
    expect(process.call('lseek', descriptor, 0, SEEK.CUR)).toBe(3);
    expect(scratch.entries.get('new')).toMatchObject({ kind: 'file', bytes: new Uint8Array([97, 98, 99]) });
    expect(process.call('mkdir', process.put('/tmp/d/'), 0o755)).toBe(0);
    expect(process.call('rename', process.put('/tmp/new'), process.put('/tmp/d/moved'))).toBe(0);
    expect(open('/tmp/d/moved')).toBe(descriptor + 1);
    expect(process.call('rename', process.put('/tmp/d'), process.put('/tmp/d/inside'))).toBe(-ERRNO.EINVAL);
    expect(process.call('rmdir', process.put('/tmp/d'))).toBe(-ERRNO.ENOTEMPTY);
    expect(process.call('unlink', process.put('/tmp/d/moved'))).toBe(0);
    expect(process.call('rmdir', process.put('/tmp/d'))).toBe(0);
    expect(process.call('rename', process.put('/tmp'), process.put('/work'))).toBe(-ERRNO.EBUSY);
  });

  it('shares one offset between duplicates, appends at the end, and closes with the last descriptor', () => {
    const { process, open, read, scratch } = world();
    const first = open('/tmp/log', OPEN.RDWR | OPEN.CREAT | OPEN.APPEND);
    const second = process.call('dup', first) as number;
    process.call('write', first, process.put('one'), 3);
    process.call('lseek', second, 0, SEEK.SET);
    process.call('write', second, process.put('two'), 3);
    process.call('lseek', first, 1, SEEK.SET);
    expect(read(second, 10)).toBe('netwo');
    expect(process.call('close', first)).toBe(0);
    expect(process.call('close', first)).toBe(-ERRNO.EBADF);
    expect(process.call('lseek', second, 0, SEEK.END)).toBe(6);
    expect(scratch.entries.get('log')).toMatchObject({ kind: 'file' });
  });

  it('lists a directory in pieces that fit the buffer', () => {
    const { process, open } = world();
    const descriptor = open('/work', OPEN.RDONLY | OPEN.DIRECTORY);
    const names: string[] = [];
    const at = process.room(64);
    for (;;) {
      const got = process.call('getdents64', descriptor, at, 64) as number;
      expect(got).toBeGreaterThanOrEqual(0);
      if (got === 0) break;
      const view = process.view(at, got);
      for (let entry = 0; entry < got; entry += view.getUint16(entry + 16, true))
        names.push(process.text(at + entry + 19, 20).replace(/\0.*/s, ''));
    }
    expect(names).toEqual(['.', '..', 'hello.txt', 'sub', 'link', 'up', 'absolute', 'loop']);
  });

  it('lists the mount points of a directory that no mount provides', () => {
    const { process, open } = world();
    const descriptor = open('/');
    const at = process.room(1000);
    const got = process.call('getdents64', descriptor, at, 1000) as number;
    const text = process.text(at, got);
    for (const name of ['work', 'tmp', 'dev', 'proc']) expect(text).toContain(name);
  });

  it('changes directory, says where it is, and resolves relative to descriptors', () => {
    const { process, open } = world();
    expect(process.call('chdir', process.put('/work/link'))).toBe(0);
    const at = process.room(100);
    const length = process.call('getcwd', at, 100) as number;
    expect(process.text(at, length - 1)).toBe('/work/sub/deep');
    expect(process.call('getcwd', at, 3)).toBe(-ERRNO.ERANGE);
    expect(open('leaf.txt')).toBeGreaterThan(2);
    const directory = open('/work/sub', OPEN.PATH | OPEN.DIRECTORY);
    expect(process.call('openat', directory, process.put('deep/leaf.txt'), 0)).toBeGreaterThan(2);
    expect(process.call('openat', 0, process.put('deep/leaf.txt'), 0)).toBe(-ERRNO.ENOTDIR);
  });

  it('tells the status of files by path and by descriptor', () => {
    const { process, open } = world();
    const at = process.room(144);
    expect(process.call('stat', process.put('/work/link'), at)).toBe(0);
    expect(process.view(at, 144).getUint32(24, true)).toBe(0o040755);
    expect(process.call('lstat', process.put('/work/link'), at)).toBe(0);
    expect(process.view(at, 144).getUint32(24, true)).toBe(0o120777);
    expect(process.call('fstat', open('/work/hello.txt'), at)).toBe(0);
    expect(process.view(at, 144).getBigInt64(48, true)).toBe(12n);
    expect(process.call('stat', process.put('/work/hello.txt/'), at)).toBe(-ERRNO.ENOTDIR);
    expect(process.call('stat', 0x10, at)).toBe(-ERRNO.EFAULT);
    expect(process.call('access', process.put('/work/hello.txt'), 2)).toBe(-ERRNO.EROFS);
    expect(process.call('access', process.put('/work/hello.txt'), 1)).toBe(-ERRNO.EACCES);
    const target = process.room(32);
    expect(process.call('readlink', process.put('/work/absolute'), target, 32)).toBe(15);
    expect(process.text(target, 15)).toBe('/work/hello.txt');
  });

  it('names too long, empty paths and paths through files are refused', () => {
    const { open } = world();
    expect(open('/work/'.padEnd(300, 'x'))).toBe(-ERRNO.ENAMETOOLONG);
    expect(open('/work/'.padEnd(5000, 'x/'))).toBe(-ERRNO.ENAMETOOLONG);
    expect(open('')).toBe(-ERRNO.ENOENT);
    expect(open('/work/hello.txt/x')).toBe(-ERRNO.ENOTDIR);
  });
});

describe('what the process shows itself', () => {
  it('devices read and swallow as Linux has them', () => {
    const { process, open, read } = world();
    expect(read(open('/dev/null', OPEN.RDWR))).toBe('');
    expect(read(open('/dev/zero'), 4)).toBe('\0\0\0\0');
    expect((read(open('/dev/urandom'), 16) as string).length).toBe(16);
    const full = open('/dev/full', OPEN.WRONLY);
    expect(process.call('write', full, process.put('x'), 1)).toBe(-ERRNO.ENOSPC);
    expect(open('/dev/tty', OPEN.RDWR)).toBe(-ERRNO.ENXIO);
  });

  it('/proc/self has its program, its descriptors and its memory', () => {
    const { process, open, read } = world();
    const target = process.room(64);
    expect(process.call('readlink', process.put('/proc/self/exe'), target, 64)).toBe(9);
    expect(process.text(target, 9)).toBe('/bin/test');
    expect(read(open('/proc/self/exe'), 4)).toBe('\x7fELF');
    const descriptor = open('/work/hello.txt');
    const length = process.call('readlink', process.put(`/proc/self/fd/${descriptor}`), target, 64) as number;
    expect(process.text(target, length)).toBe('/work/hello.txt');
    expect(read(open('/proc/self/maps'), 4000)).toContain('[stack]');
    expect(open('/proc/1')).toBe(-ERRNO.ENOENT);
    expect(open('/proc/self/status', OPEN.WRONLY)).toBe(-ERRNO.EACCES);
  });
});
