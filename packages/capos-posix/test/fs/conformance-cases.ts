// What POSIX and Linux promise of a file system, as cases for anything with the shape of Node's `fs.promises`.
//
// The judge of the cases is Node's own `fs` on Linux, which must pass every one (file-system.test.ts). Cases about permissions are
// left out: they hold for who is not uid 0.

import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { constants, type promises } from 'node:fs';

/** What a case needs: `fs.promises` of Node, or something of that shape. */
export type Subject = Pick<
  typeof promises,
  | 'access'
  | 'appendFile'
  | 'chmod'
  | 'copyFile'
  | 'link'
  | 'lstat'
  | 'lutimes'
  | 'mkdir'
  | 'open'
  | 'readdir'
  | 'readFile'
  | 'readlink'
  | 'realpath'
  | 'rename'
  | 'rm'
  | 'rmdir'
  | 'stat'
  | 'symlink'
  | 'truncate'
  | 'unlink'
  | 'utimes'
  | 'writeFile'
>;

/** How an operation that must fail did: its code, or `none`. */
async function code(operation: Promise<unknown>): Promise<string> {
  try {
    await operation;
    return 'none';
  } catch (error) {
    return (error as { readonly code?: string }).code ?? String(error);
  }
}

/** Handlers are there before one can fail. */
async function allFail(expected: string, operations: readonly Promise<unknown>[]): Promise<void> {
  const codes = await Promise.all(operations.map(code));
  deepEqual(
    codes,
    codes.map(() => expected),
  );
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const plain = (data: Uint8Array): number[] => [...data];
const { O_CREAT, O_EXCL, O_WRONLY, O_RDWR, O_NOFOLLOW, O_DIRECTORY, O_TRUNC, O_RDONLY } = constants;

/** `at` gives paths in an empty directory of the case's own. */
type Case = (fs: Subject, at: (name: string) => string) => Promise<void>;

export const CASES: Readonly<Record<string, Case>> = {
  async 'a file is read as it was written'(fs, at) {
    await fs.writeFile(at('f'), bytes(0, 255, 10));
    deepEqual(plain(await fs.readFile(at('f'))), [0, 255, 10]);
  },
  async 'writing again replaces what was longer'(fs, at) {
    await fs.writeFile(at('f'), 'long content');
    await fs.writeFile(at('f'), 'ü');
    equal(await fs.readFile(at('f'), 'utf8'), 'ü');
  },
  async 'appending makes the file if need be'(fs, at) {
    await fs.appendFile(at('f'), 'a');
    await fs.appendFile(at('f'), 'b');
    equal(await fs.readFile(at('f'), 'utf8'), 'ab');
  },
  async 'what is not there is ENOENT'(fs, at) {
    await allFail('ENOENT', [
      fs.readFile(at('x')),
      fs.stat(at('x')),
      fs.unlink(at('x')),
      fs.rmdir(at('x')),
      fs.readdir(at('x')),
      fs.readlink(at('x')),
      fs.truncate(at('x'), 0),
      fs.rename(at('x'), at('y')),
      fs.link(at('x'), at('y')),
      fs.chmod(at('x'), 0o600),
      fs.mkdir(at('x/y')),
      fs.writeFile(at('x/y'), ''),
      fs.symlink('t', at('x/y')),
    ]);
  },
  async 'a file on the way is ENOTDIR'(fs, at) {
    await fs.writeFile(at('f'), '');
    await allFail('ENOTDIR', [
      fs.stat(at('f/x')),
      fs.mkdir(at('f/x')),
      fs.writeFile(at('f/x'), ''),
      fs.readdir(at('f')),
      fs.rmdir(at('f')),
      fs.stat(at('f/')),
      fs.stat(at('f/.')),
      fs.stat(at('f/..')),
    ]);
  },
  async 'a directory is no file: EISDIR'(fs, at) {
    await fs.mkdir(at('d'));
    await allFail('EISDIR', [
      fs.writeFile(at('d'), ''),
      fs.readFile(at('d')),
      fs.unlink(at('d')),
      fs.truncate(at('d'), 0),
    ]);
  },
  async 'making what is there is EEXIST'(fs, at) {
    await fs.mkdir(at('d'));
    await fs.writeFile(at('f'), '');
    for (const name of ['d', 'f']) {
      equal(await code(fs.mkdir(at(name))), 'EEXIST');
      equal(await code(fs.symlink('t', at(name))), 'EEXIST');
      equal(await code(fs.link(at('f'), at(name))), 'EEXIST');
      equal(await code(fs.writeFile(at(name), '', { flag: 'wx' })), 'EEXIST');
    }
  },
  async 'mkdir makes all directories on the way when told to, and does not mind those that are there'(fs, at) {
    await fs.mkdir(at('a/b/c'), { recursive: true });
    await fs.mkdir(at('a/b/c'), { recursive: true });
    ok((await fs.stat(at('a/b/c'))).isDirectory());
    await fs.writeFile(at('a/f'), '');
    equal(await code(fs.mkdir(at('a/f'), { recursive: true })), 'EEXIST');
    equal(await code(fs.mkdir(at('a/f/g'), { recursive: true })), 'ENOTDIR');
  },
  async 'rmdir takes empty directories only'(fs, at) {
    await fs.mkdir(at('d'));
    await fs.writeFile(at('d/f'), '');
    equal(await code(fs.rmdir(at('d'))), 'ENOTEMPTY');
    await fs.unlink(at('d/f'));
    await fs.rmdir(at('d'));
    equal(await code(fs.stat(at('d'))), 'ENOENT');
  },
  async 'rmdir of . is EINVAL, of .. ENOTEMPTY'(fs, at) {
    await fs.mkdir(at('d/e'), { recursive: true });
    equal(await code(fs.rmdir(at('d/e/.'))), 'EINVAL');
    equal(await code(fs.rmdir(at('d/e/..'))), 'ENOTEMPTY');
  },
  async 'rm takes a whole tree, and does not follow its links'(fs, at) {
    await fs.mkdir(at('a/b'), { recursive: true });
    await fs.mkdir(at('kept'));
    await fs.writeFile(at('kept/f'), '');
    await fs.symlink('../kept', at('a/link'));
    await fs.writeFile(at('a/b/f'), '');
    await fs.rm(at('a'), { recursive: true });
    deepEqual(await fs.readdir(at('.')), ['kept']);
    deepEqual(await fs.readdir(at('kept')), ['f']);
    await fs.rm(at('nothing'), { force: true });
    equal(await code(fs.rm(at('nothing'))), 'ENOENT');
  },
  async 'rename moves a file and replaces another'(fs, at) {
    await fs.writeFile(at('a'), '1');
    await fs.writeFile(at('b'), '2');
    const { ino } = await fs.stat(at('a'));
    await fs.rename(at('a'), at('b'));
    equal(await fs.readFile(at('b'), 'utf8'), '1');
    equal((await fs.stat(at('b'))).ino, ino);
    equal(await code(fs.stat(at('a'))), 'ENOENT');
  },
  async 'rename moves a directory with all that is in it'(fs, at) {
    await fs.mkdir(at('a/b'), { recursive: true });
    await fs.writeFile(at('a/b/f'), '1');
    await fs.rename(at('a'), at('c'));
    equal(await fs.readFile(at('c/b/f'), 'utf8'), '1');
  },
  async 'rename replaces an empty directory, and no other'(fs, at) {
    await fs.mkdir(at('a'));
    await fs.mkdir(at('empty'));
    await fs.mkdir(at('full/x'), { recursive: true });
    equal(await code(fs.rename(at('a'), at('full'))), 'ENOTEMPTY');
    await fs.rename(at('a'), at('empty'));
    deepEqual((await fs.readdir(at('.'))).sort(), ['empty', 'full']);
  },
  async 'rename tells a file from a directory'(fs, at) {
    await fs.mkdir(at('d'));
    await fs.writeFile(at('f'), '');
    equal(await code(fs.rename(at('f'), at('d'))), 'EISDIR');
    equal(await code(fs.rename(at('d'), at('f'))), 'ENOTDIR');
    equal(await code(fs.rename(at('f'), at('g/'))), 'ENOTDIR');
  },
  async 'a directory is not renamed into itself'(fs, at) {
    await fs.mkdir(at('d/e'), { recursive: true });
    equal(await code(fs.rename(at('d'), at('d/e/x'))), 'EINVAL');
    equal(await code(fs.rename(at('d/e'), at('d'))), 'ENOTEMPTY');
  },
  async 'rename onto itself changes nothing'(fs, at) {
    await fs.writeFile(at('f'), '1');
    await fs.rename(at('f'), at('f'));
    equal(await fs.readFile(at('f'), 'utf8'), '1');
  },
  async 'rename between two names of one file leaves both'(fs, at) {
    await fs.writeFile(at('a'), '1');
    await fs.link(at('a'), at('b'));
    await fs.rename(at('a'), at('b'));
    deepEqual((await fs.readdir(at('.'))).sort(), ['a', 'b']);
  },
  async 'rename moves a link, not what it leads to'(fs, at) {
    await fs.writeFile(at('f'), '1');
    await fs.symlink('f', at('l'));
    await fs.rename(at('l'), at('m'));
    equal(await fs.readlink(at('m')), 'f');
    equal(await fs.readFile(at('f'), 'utf8'), '1');
  },
  async 'a hard link is the same file'(fs, at) {
    await fs.writeFile(at('a'), '1');
    await fs.link(at('a'), at('b'));
    await fs.writeFile(at('b'), '2');
    equal(await fs.readFile(at('a'), 'utf8'), '2');
    const [a, b] = [await fs.stat(at('a')), await fs.stat(at('b'))];
    deepEqual([a.ino, a.nlink, b.nlink], [b.ino, 2, 2]);
    await fs.unlink(at('a'));
    equal((await fs.stat(at('b'))).nlink, 1);
    equal(await fs.readFile(at('b'), 'utf8'), '2');
  },
  async 'a directory has no hard links but its own'(fs, at) {
    await fs.mkdir(at('d'));
    equal(await code(fs.link(at('d'), at('e'))), 'EPERM');
    equal((await fs.stat(at('d'))).nlink, 2);
    await fs.mkdir(at('d/e'));
    equal((await fs.stat(at('d'))).nlink, 3);
  },
  async 'a hard link to a symbolic link is another symbolic link'(fs, at) {
    await fs.writeFile(at('f'), '');
    await fs.symlink('f', at('l'));
    await fs.link(at('l'), at('m'));
    ok((await fs.lstat(at('m'))).isSymbolicLink());
  },
  async 'a symbolic link is followed, and told of itself by lstat'(fs, at) {
    await fs.writeFile(at('f'), 'four');
    await fs.symlink('f', at('l'));
    equal(await fs.readFile(at('l'), 'utf8'), 'four');
    ok((await fs.stat(at('l'))).isFile());
    const link = await fs.lstat(at('l'));
    deepEqual([link.isSymbolicLink(), link.size], [true, 1]);
    equal(await fs.readlink(at('l')), 'f');
    equal(await code(fs.readlink(at('f'))), 'EINVAL');
  },
  async 'a relative link starts from its own directory, and .. from where it leads'(fs, at) {
    await fs.mkdir(at('a/b'), { recursive: true });
    await fs.mkdir(at('c'));
    await fs.writeFile(at('a/f'), 'in a');
    await fs.symlink('../a/b', at('c/l'));
    equal(await fs.readFile(at('c/l/../f'), 'utf8'), 'in a');
    equal(await code(fs.readFile(at('c/l/f'))), 'ENOENT');
  },
  async 'an absolute link starts from the root'(fs, at) {
    await fs.writeFile(at('f'), '1');
    await fs.symlink(at('f'), at('l'));
    equal(await fs.readFile(at('l'), 'utf8'), '1');
  },
  async 'links that lead in a circle are ELOOP'(fs, at) {
    await fs.symlink('b', at('a'));
    await fs.symlink('a', at('b'));
    equal(await code(fs.stat(at('a'))), 'ELOOP');
    equal(await code(fs.readFile(at('a/x'))), 'ELOOP');
    ok((await fs.lstat(at('a'))).isSymbolicLink());
  },
  async 'forty links are followed'(fs, at) {
    await fs.writeFile(at('l0'), 'end');
    for (let count = 1; count <= 41; count++) await fs.symlink(`l${count - 1}`, at(`l${count}`));
    equal(await fs.readFile(at('l40'), 'utf8'), 'end');
    equal(await code(fs.readFile(at('l41'))), 'ELOOP');
  },
  async 'writing through a link that leads nowhere makes what it leads to'(fs, at) {
    await fs.symlink('target', at('l'));
    equal(await code(fs.stat(at('l'))), 'ENOENT');
    await fs.writeFile(at('l'), '1');
    equal(await fs.readFile(at('target'), 'utf8'), '1');
    ok((await fs.lstat(at('l'))).isSymbolicLink());
  },
  async 'exclusive creation does not follow a link'(fs, at) {
    await fs.symlink('target', at('l'));
    equal(await code(fs.open(at('l'), O_CREAT | O_EXCL | O_WRONLY)), 'EEXIST');
    equal(await code(fs.mkdir(at('l'))), 'EEXIST');
  },
  async 'O_NOFOLLOW refuses a link, O_DIRECTORY a file'(fs, at) {
    await fs.writeFile(at('f'), '');
    await fs.symlink('f', at('l'));
    equal(await code(fs.open(at('l'), O_RDONLY | O_NOFOLLOW)), 'ELOOP');
    equal(await code(fs.open(at('f'), O_RDONLY | O_DIRECTORY)), 'ENOTDIR');
  },
  async 'a link with a slash behind it is its directory'(fs, at) {
    await fs.mkdir(at('d'));
    await fs.symlink('d', at('l'));
    ok((await fs.lstat(at('l/'))).isDirectory());
    await fs.unlink(at('l'));
    ok((await fs.stat(at('d'))).isDirectory());
  },
  async 'unlink takes the link, not what it leads to'(fs, at) {
    await fs.writeFile(at('f'), '1');
    await fs.symlink('f', at('l'));
    await fs.unlink(at('l'));
    equal(await fs.readFile(at('f'), 'utf8'), '1');
  },
  async 'an empty link is ENOENT'(fs, at) {
    equal(await code(fs.symlink('', at('l'))), 'ENOENT');
  },
  async 'realpath has no links, dots and doubled slashes'(fs, at) {
    await fs.mkdir(at('d/e'), { recursive: true });
    await fs.symlink('d', at('l'));
    equal(await fs.realpath(at('l//e/../e/.')), await fs.realpath(at('d/e')));
    equal(await code(fs.realpath(at('l/x'))), 'ENOENT');
  },
  async 'names are up to 255 bytes, of any letters'(fs, at) {
    const name = `ü ${'x'.repeat(252)}`;
    await fs.writeFile(at(name), '1');
    deepEqual(await fs.readdir(at('.')), [name]);
    equal(await code(fs.writeFile(at(`${name}x`), '1')), 'ENAMETOOLONG');
    equal(await code(fs.mkdir(at('y'.repeat(256)))), 'ENAMETOOLONG');
  },
  async 'a path of 4096 bytes is ENAMETOOLONG'(fs, at) {
    equal(await code(fs.stat(at(`./${'a/'.repeat(2100)}`))), 'ENAMETOOLONG');
  },
  async 'a listing has every name once, and kinds when asked'(fs, at) {
    const names = Array.from({ length: 300 }, (_, index) => `n${index}`).sort();
    for (const name of names) await fs.writeFile(at(name), '');
    deepEqual((await fs.readdir(at('.'))).sort(), names);
    await fs.mkdir(at('d'));
    await fs.symlink('d', at('l'));
    const kinds = (await fs.readdir(at('.'), { withFileTypes: true })).filter(({ name }) => name.length < 2);
    deepEqual(kinds.map((entry) => [entry.name, entry.isDirectory(), entry.isSymbolicLink()]).sort(), [
      ['d', true, false],
      ['l', false, true],
    ]);
  },
  async 'an open file outlives its name'(fs, at) {
    await fs.writeFile(at('f'), 'here');
    const file = await fs.open(at('f'), 'r+');
    await fs.unlink(at('f'));
    await fs.writeFile(at('f'), 'another');
    await file.write('HE', 0);
    equal(await file.readFile('utf8'), 'HEre');
    equal((await file.stat()).nlink, 0);
    await file.close();
    equal(await fs.readFile(at('f'), 'utf8'), 'another');
  },
  async 'an open file stays itself when it is renamed'(fs, at) {
    await fs.writeFile(at('a'), '1');
    const file = await fs.open(at('a'), 'r+');
    await fs.rename(at('a'), at('b'));
    await file.write('2', 0);
    await file.close();
    equal(await fs.readFile(at('b'), 'utf8'), '2');
  },
  async 'a read at a position leaves the offset alone'(fs, at) {
    await fs.writeFile(at('f'), 'abcdef');
    const file = await fs.open(at('f'), 'r');
    const into = new Uint8Array(2);
    await file.read(into, 0, 2, 4);
    deepEqual(plain(into), [101, 102]);
    await file.read(into, 0, 2, null);
    deepEqual(plain(into), [97, 98]);
    equal((await file.read(into, 0, 2, 100)).bytesRead, 0);
    await file.close();
  },
  async 'what is written behind the end leaves a hole of zeros'(fs, at) {
    const file = await fs.open(at('f'), 'w+');
    await file.write(bytes(7), 0, 1, 5000);
    await file.close();
    const data = await fs.readFile(at('f'));
    deepEqual([data.length, data[4999], data[5000]], [5001, 0, 7]);
  },
  async 'truncating cuts, and makes longer with zeros'(fs, at) {
    await fs.writeFile(at('f'), 'abcdef');
    await fs.truncate(at('f'), 2);
    await fs.truncate(at('f'), 4);
    deepEqual(plain(await fs.readFile(at('f'))), [97, 98, 0, 0]);
  },
  async 'a truncated open file keeps its offset'(fs, at) {
    const file = await fs.open(at('f'), 'w+');
    await file.write('abcd');
    await file.truncate(1);
    await file.write('e');
    await file.close();
    deepEqual(plain(await fs.readFile(at('f'))), [97, 0, 0, 0, 101]);
  },
  async 'appending goes to the end whatever position is given'(fs, at) {
    await fs.writeFile(at('f'), 'ab');
    const file = await fs.open(at('f'), 'a');
    await file.write(bytes(99), 0, 1, 0);
    await file.close();
    equal(await fs.readFile(at('f'), 'utf8'), 'abc');
  },
  async 'two appenders do not write over one another'(fs, at) {
    const [first, second] = [await fs.open(at('f'), 'a'), await fs.open(at('f'), 'a')];
    await first.write('1');
    await second.write('2');
    await first.write('3');
    await first.close();
    await second.close();
    equal(await fs.readFile(at('f'), 'utf8'), '123');
  },
  async 'a descriptor does what it was opened for'(fs, at) {
    await fs.writeFile(at('f'), 'x');
    const reader = await fs.open(at('f'), 'r');
    const writer = await fs.open(at('f'), O_WRONLY);
    equal(await code(reader.write('y')), 'EBADF');
    equal(await code(reader.truncate(0)), 'EINVAL');
    equal(await code(writer.read(new Uint8Array(1), 0, 1, 0)), 'EBADF');
    await reader.close();
    await writer.close();
  },
  async 'O_TRUNC empties a file that others have open'(fs, at) {
    await fs.writeFile(at('f'), 'content');
    const reader = await fs.open(at('f'), 'r');
    await (await fs.open(at('f'), O_RDWR | O_TRUNC)).close();
    equal((await reader.stat()).size, 0);
    await reader.close();
  },
  async 'a new file has its mode less the umask, an old one keeps its own'(fs, at) {
    await fs.writeFile(at('f'), '', { mode: 0o666 });
    equal((await fs.stat(at('f'))).mode & 0o7777, 0o644);
    await fs.chmod(at('f'), 0o4711);
    await fs.writeFile(at('f'), '', { mode: 0o600 });
    equal((await fs.stat(at('f'))).mode & 0o777, 0o711);
    await fs.mkdir(at('d'), { mode: 0o777 });
    equal((await fs.stat(at('d'))).mode & 0o7777, 0o755);
  },
  async 'chmod follows a link'(fs, at) {
    await fs.writeFile(at('f'), '');
    await fs.symlink('f', at('l'));
    await fs.chmod(at('l'), 0o600);
    equal((await fs.stat(at('f'))).mode & 0o777, 0o600);
    equal((await fs.lstat(at('l'))).mode & 0o777, 0o777);
  },
  async 'times are set as told, of a link too'(fs, at) {
    await fs.writeFile(at('f'), '');
    await fs.symlink('f', at('l'));
    await fs.utimes(at('l'), 1000, 2000.5);
    const file = await fs.stat(at('f'));
    deepEqual([file.atimeMs, file.mtimeMs], [1_000_000, 2_000_500]);
    await fs.lutimes(at('l'), 3000, 4000);
    equal((await fs.lstat(at('l'))).mtimeMs, 4_000_000);
    equal((await fs.stat(at('f'))).mtimeMs, 2_000_500);
  },
  async 'writing moves the time of the file, a new name that of its directory'(fs, at) {
    await fs.mkdir(at('d'));
    await fs.writeFile(at('d/f'), '');
    for (const name of ['d', 'd/f']) await fs.utimes(at(name), 1000, 1000);
    await fs.appendFile(at('d/f'), 'x');
    ok((await fs.stat(at('d/f'))).mtimeMs > 1_000_000);
    equal((await fs.stat(at('d'))).mtimeMs, 1_000_000);
    await fs.rename(at('d/f'), at('d/g'));
    ok((await fs.stat(at('d'))).mtimeMs > 1_000_000);
  },
  async 'chmod, link and unlink move the change time, not the modification time'(fs, at) {
    await fs.writeFile(at('f'), '');
    const operations = [() => fs.chmod(at('f'), 0o600), () => fs.link(at('f'), at('g')), () => fs.unlink(at('g'))];
    for (const operation of operations) {
      await fs.utimes(at('f'), 1000, 1000);
      const before = (await fs.stat(at('f'))).ctimeMs;
      await new Promise((resolve) => setTimeout(resolve, 10));
      await operation();
      const after = await fs.stat(at('f'));
      notEqual(after.ctimeMs, before);
      equal(after.mtimeMs, 1_000_000);
    }
  },
  async 'numbers of files tell them apart'(fs, at) {
    await fs.writeFile(at('a'), '');
    await fs.writeFile(at('b'), '');
    await fs.mkdir(at('d'));
    const numbers = new Set([at('a'), at('b'), at('d')].map((path) => fs.stat(path)));
    equal(new Set((await Promise.all(numbers)).map(({ ino }) => ino)).size, 3);
  },
  async 'a copy is a file of its own, with the mode of the first'(fs, at) {
    await fs.writeFile(at('a'), 'content');
    await fs.chmod(at('a'), 0o755);
    await fs.copyFile(at('a'), at('b'));
    await fs.appendFile(at('a'), '!');
    equal(await fs.readFile(at('b'), 'utf8'), 'content');
    equal((await fs.stat(at('b'))).mode & 0o777, 0o755);
  },
  async '.. of the root is the root'(fs, at) {
    await fs.writeFile(at('f'), '1');
    equal(await fs.readFile(`/../..${at('f')}`, 'utf8'), '1');
  },
  async 'a removed directory takes nothing new'(fs, at) {
    await fs.mkdir(at('d/e'), { recursive: true });
    await fs.rmdir(at('d/e'));
    equal(await code(fs.writeFile(at('d/e/f'), '')), 'ENOENT');
    equal(await code(fs.access(at('d/e'))), 'ENOENT');
  },
  async 'a name with a NUL is refused'(fs, at) {
    notEqual(await code(fs.writeFile(at('a\0b'), '')), 'none');
  },
};
