// The file-system core: the cases that Node on Linux passes, and what is its own.

import { createMemoryDirectory } from '@capos/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFileSystem, DirectDirectory, FileSystemError } from '../../src/fs/index.ts';
import { type Blocking, settle } from '../../src/waiting.ts';
import { CASES } from './conformance-cases.ts';
import { NODE, OURS, runCase } from './subjects.ts';

const memory = () => createMemoryDirectory({ wallClock: () => BigInt(Date.now()) * 1_000_000n });

// What the cases expect of new files.
let umask = 0;
beforeAll(() => {
  umask = process.umask(0o022);
});
afterAll(() => void process.umask(umask));

for (const subject of [NODE, ...OURS])
  describe(subject.name, () => {
    it.each(Object.keys(CASES))('%s', async (name) => {
      expect(await runCase(subject, name)).toBeUndefined();
    });
  });

describe('the file-system core', () => {
  it('answers at once where the directory does', () => {
    const fs = createFileSystem({ mounts: [{ path: '/', directory: memory() }] });
    fs.mkdirSync('/a/b', { recursive: true });
    fs.writeFileSync('/a/b/f', 'text');
    fs.appendFileSync('/a/b/f', '!');
    expect(fs.readFileSync('/a/b/f', 'utf8')).toBe('text!');
    expect(fs.readdirSync('/a')).toEqual(['b']);
    expect(fs.statSync('/a/b/f').size).toBe(5);
    expect([fs.existsSync('/a/b/f'), fs.existsSync('/x')]).toEqual([true, false]);
    const descriptor = fs.openSync('/a/b/f', 'r+');
    expect(fs.writeSync(descriptor, Uint8Array.of(84), 0, 1, 0)).toBe(1);
    const into = new Uint8Array(10);
    expect(fs.readSync(descriptor, into)).toBe(5);
    expect(into[0]).toBe(84);
    fs.ftruncateSync(descriptor, 2);
    fs.fsyncSync(descriptor);
    expect(fs.fstatSync(descriptor).size).toBe(2);
    fs.closeSync(descriptor);
    expect(() => fs.fstatSync(descriptor)).toThrow(/EBADF/);
  });

  it('says what failed, of which path, and what that means', () => {
    const fs = createFileSystem({ mounts: [{ path: '/only', directory: memory() }] });
    try {
      fs.readFileSync('/etc/passwd');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(FileSystemError);
      expect(error).toMatchObject({ code: 'ENOENT', errno: -2, syscall: 'open', path: '/etc/passwd' });
      expect(String(error)).toBe("FileSystemError: ENOENT: there is nothing of that name, open '/etc/passwd'");
    }
  });

  it('reaches nothing beyond its mounts, whatever the links in them say', () => {
    const directory = memory();
    const all = createFileSystem({ mounts: [{ path: '/', directory }] });
    all.mkdirSync('/jail');
    all.writeFileSync('/secret', 'secret');
    all.symlinkSync('../secret', '/jail/up');
    all.symlinkSync('/secret', '/jail/root');
    const jail = createFileSystem({
      mounts: [
        { path: '/', directory: directory.openDirectory(Uint8Array.from('jail', (c) => c.charCodeAt(0))).directory! },
      ],
    });
    expect(jail.readdirSync('/').sort()).toEqual(['root', 'up']);
    for (const path of ['/up', '/root', '/../secret']) expect(() => jail.readFileSync(path)).toThrow(/ENOENT/);
  });

  it('refuses changes of a mount that is read only, and moves between mounts', () => {
    const directory = memory();
    createFileSystem({ mounts: [{ path: '/', directory }] }).writeFileSync('/f', '1');
    const fs = createFileSystem({
      mounts: [
        { path: '/', directory: memory() },
        { path: '/ro', directory, readOnly: true },
      ],
    });
    for (const change of [
      () => fs.writeFileSync('/ro/f', '2'),
      () => fs.unlinkSync('/ro/f'),
      () => fs.mkdirSync('/ro/d'),
      () => fs.renameSync('/ro/f', '/ro/g'),
      () => fs.chmodSync('/ro/f', 0),
      () => fs.symlinkSync('f', '/ro/l'),
      () => fs.truncateSync('/ro/f', 0),
    ])
      expect(change).toThrow(/EROFS/);
    expect(() => fs.renameSync('/ro/f', '/f')).toThrow(/EXDEV/);
    expect(() => fs.rmdirSync('/ro')).toThrow(/EBUSY/);
  });

  it('has promises for a directory that answers later, and EAGAIN for who can not wait', async () => {
    const backend = new DirectDirectory(memory());
    const { lookup } = backend;
    backend.lookup = ((name: string): Blocking<unknown> => later(() => lookup.call(backend, name))) as never;
    const fs = createFileSystem({ mounts: [{ path: '/', directory: backend }] });
    await fs.promises.writeFile('/f', 'later');
    expect(await fs.promises.readFile('/f', 'utf8')).toBe('later');
    expect(() => fs.readFileSync('/f')).toThrow(/EAGAIN/);
  });
});

function* later<T>(answer: () => T): Blocking<T> {
  yield { interruptible: false, begin: (wake) => void setTimeout(wake, 1) };
  return yield* settle(answer()) as Blocking<T>;
}
