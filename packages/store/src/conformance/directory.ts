// What every directory promises, as cases that any test framework can run.
import { ERRNO } from '../directory/errno.ts';
import {
  ATTRIBUTE_ACCESSED,
  ATTRIBUTE_MODE,
  ATTRIBUTE_MODIFIED,
  ATTRIBUTE_OWNER,
  type Attributes,
  type FileStat,
  OPEN_CREATE,
  OPEN_EXCLUSIVE,
  OPEN_READ,
  OPEN_TRUNCATE,
  OPEN_WRITE,
  type OpenDirectory,
  type OpenFile,
  RENAME_NO_REPLACE,
} from '../directory/file-system.ts';
import { type ConformanceCase, check, equal } from './assertion.ts';

export interface DirectoryHarness {
  /** A new, empty, writable directory. */
  create(): Promise<OpenDirectory>;
  /** Whether set-id bits and owners can be set as in a tree of one's own. Default true. */
  readonly ownsEverything?: boolean;
}

const fileName = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const text = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
const NEW = OPEN_READ | OPEN_WRITE | OPEN_CREATE;
const pattern = (length: number, salt: number = 0): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i * 7 + (i >> 8) + salt) & 0xff);
const attributes = (mask: number, given: Partial<Attributes>): Attributes => ({
  mask,
  mode: 0,
  uid: 0,
  gid: 0,
  accessedNs: 0n,
  modifiedNs: 0n,
  ...given,
});

function open(directory: OpenDirectory, name: string, flags: number = NEW, mode: number = 0o644): OpenFile {
  const opened = directory.openFile(fileName(name), flags, mode);
  equal(opened.errno, 0, `opening ${name}`);
  return opened.file!;
}

function enter(directory: OpenDirectory, name: string): OpenDirectory {
  const opened = directory.openDirectory(fileName(name));
  equal(opened.errno, 0, `entering ${name}`);
  return opened.directory!;
}

function make(directory: OpenDirectory, name: string): OpenDirectory {
  equal(directory.makeDirectory(fileName(name), 0o755).errno, 0, `making ${name}`);
  return enter(directory, name);
}

async function ready(file: OpenFile, offset: number, length: number): Promise<void> {
  for (let waiting = file.prepare?.(offset, length); waiting !== undefined; waiting = file.prepare?.(offset, length))
    await waiting;
}

async function put(file: OpenFile, offset: number, data: Uint8Array, append: boolean = false): Promise<void> {
  await ready(file, append ? -1 : offset, data.length);
  const written = file.write(offset, data, append);
  equal([written.errno, written.count], [0, data.length], 'writing');
}

async function get(file: OpenFile, offset: number, length: number): Promise<Uint8Array> {
  await ready(file, offset, length);
  const found = file.read(offset, length);
  equal(found.errno, 0, 'reading');
  return found.data;
}

function listing(directory: OpenDirectory, limit: number = 100): string[] {
  const names: string[] = [];
  for (let cookie = 0, end = false; !end; ) {
    const page = directory.list(cookie, limit);
    equal(page.errno, 0, 'listing');
    check(page.entries.length <= limit, 'a page is no longer than asked for');
    names.push(...page.entries.map((entry) => text(entry.name)));
    ({ next: cookie, end } = page);
  }
  return names.sort();
}

const size = (file: OpenFile): number => Number(file.stat().stat.size);

type Promised = (root: OpenDirectory, harness: DirectoryHarness) => void | Promise<void>;

const promises: Record<string, Promised> = {
  async 'what was written is read back, at any offset and over chunk borders'(root) {
    const file = open(root, 'a');
    const data = pattern(200_000);
    await put(file, 0, data);
    equal(size(file), 200_000, 'size');
    equal(await get(file, 0, 300_000), data, 'all of it');
    equal(await get(file, 65_530, 20), data.slice(65_530, 65_550), 'over a border');
    equal(await get(file, 200_000, 10), new Uint8Array(), 'at the end');
    equal(await get(file, 1e9, 10), new Uint8Array(), 'far behind the end');
    await put(file, 65_535, pattern(2, 99));
    equal(
      await get(file, 65_534, 4),
      Uint8Array.of(data[65_534]!, ...pattern(2, 99), data[65_537]!),
      'overwritten in the middle',
    );
  },
  'names looked up at once are what they are one by one, as far as it goes'(root) {
    const a = make(root, 'a');
    const b = make(a, 'b');
    const c = make(b, 'c');
    open(c, 'file').close();
    equal(b.symlink(fileName('link'), fileName('c')).errno, 0, 'linking');
    const oneByOne = (names: readonly string[]): { errno: number; stats: FileStat[] } => {
      const stats: FileStat[] = [];
      const opened: OpenDirectory[] = [];
      let directory = root;
      let errno = 0;
      for (const name of names) {
        const found = directory.lookup(fileName(name));
        ({ errno } = found);
        if (errno !== 0) break;
        stats.push(found.stat);
        if (found.stat.kind !== 'directory') break;
        directory = enter(directory, name);
        opened.push(directory);
      }
      for (const one of opened) one.close();
      return { errno, stats };
    };
    const paths = ['a', 'a/b/c/file', 'a/b/c/none/x', 'none/a', 'a/b/link/file', 'a/b/c/file/x', 'a/b/../b', 'a/./b'];
    for (const path of [...paths, 'a//b', `a/${'n'.repeat(256)}/b`, 'a/b/c']) {
      const names = path.split('/');
      const expected = oneByOne(names);
      const found = root.resolve(names.map(fileName));
      equal(found.stats, expected.stats.slice(0, found.stats.length), `what is found on the way to ${path}`);
      if (found.errno !== 0) equal(found, expected, `how ${path} ends`);
      else if (expected.errno !== 0 || found.stats.length < expected.stats.length)
        equal(found.stats.at(-1)?.kind ?? 'directory', 'directory', `where ${path} is left`);
    }
    for (const directory of [a, b, c]) directory.close();
  },
  async 'a hole reads as zero and costs no blocks'(root) {
    const file = open(root, 'a');
    await put(file, 10_000_000, Uint8Array.of(1));
    equal(size(file), 10_000_001, 'size');
    check(
      (await get(file, 5_000_000, 100_000)).every((byte) => byte === 0),
      'the hole is zero',
    );
    check(Number(file.stat().stat.blocks) < 1000, 'a hole has no blocks');
  },
  async 'truncating cuts, extending again shows zeros and never the old bytes'(root) {
    const file = open(root, 'a');
    await put(file, 0, pattern(70_000, 1));
    await ready(file, 100, 1);
    equal(file.truncate(100).errno, 0, 'cut');
    equal(file.truncate(70_000).errno, 0, 'extend');
    equal(await get(file, 0, 100), pattern(70_000, 1).slice(0, 100), 'what stayed');
    check(
      (await get(file, 100, 69_900)).every((byte) => byte === 0),
      'the rest is zero',
    );
    equal(file.truncate(0).errno, 0, 'empty');
    equal(size(file), 0, 'size');
  },
  async 'appending writes at the end, wherever another handle put it'(root) {
    const [first, second] = [open(root, 'a'), open(root, 'a')];
    await put(first, 0, fileName('one'));
    await put(second, 0, fileName('two'), true);
    await ready(first, -1, 3);
    equal(first.write(1, fileName('!'), true).offset, 6, 'where it was put');
    equal(text(await get(first, 0, 100)), 'onetwo!', 'content');
  },
  async 'a handle does only what it was opened for'(root) {
    const file = open(root, 'a', NEW);
    await put(file, 0, fileName('x'));
    const reader = open(root, 'a', OPEN_READ);
    const writer = open(root, 'a', OPEN_WRITE);
    equal(reader.write(0, fileName('y'), false).errno, ERRNO.EBADF, 'writing to a reader');
    equal(reader.truncate(0).errno, ERRNO.EINVAL, 'truncating a reader');
    equal(writer.read(0, 1).errno, ERRNO.EBADF, 'reading from a writer');
    equal(text(await get(reader, 0, 9)), 'x', 'content');
  },
  async 'opening creates, refuses and truncates as asked'(root) {
    const at = fileName('a');
    equal(root.openFile(at, OPEN_READ, 0).errno, ERRNO.ENOENT, 'without create');
    const file = open(root, 'a', NEW | OPEN_EXCLUSIVE, 0o600);
    equal(file.stat().stat.mode, 0o600, 'mode');
    equal(root.openFile(at, NEW | OPEN_EXCLUSIVE, 0o600).errno, ERRNO.EEXIST, 'exclusive');
    await put(file, 0, fileName('text'));
    equal(size(open(root, 'a', NEW, 0o777)), 4, 'size after opening again');
    equal(file.stat().stat.mode, 0o600, 'mode after opening again');
    open(root, 'a', OPEN_WRITE | OPEN_TRUNCATE);
    equal(size(file), 0, 'size after truncating');
  },
  async 'a file lives on in its handle after its last name is gone'(root) {
    const file = open(root, 'a');
    await put(file, 0, fileName('still here'));
    equal(root.remove(fileName('a'), false).errno, 0, 'remove');
    equal(root.lookup(fileName('a')).errno, ERRNO.ENOENT, 'the name');
    await put(file, 6, fileName('HERE'));
    equal(text(await get(file, 0, 100)), 'still HERE', 'content');
    equal(file.stat().stat.links, 0, 'links');
    equal(size(open(root, 'a')), 0, 'a new file of that name is another');
  },
  'directories nest, and a lookup tells kinds, modes, links and inodes'(root) {
    const inner = make(make(root, 'd'), 'e');
    open(inner, 'f', NEW, 0o640);
    const stat = inner.lookup(fileName('f')).stat;
    equal([stat.kind, stat.mode, stat.links, stat.size], ['file', 0o640, 1, 0n], 'file');
    const directory = root.lookup(fileName('d')).stat;
    equal([directory.kind, directory.mode], ['directory', 0o755], 'directory');
    equal(enter(root, 'd').stat().stat.inode, directory.inode, 'inode by name and by handle');
    check(stat.inode !== directory.inode, 'inodes differ');
  },
  'names that could mean another place are refused'(root) {
    make(root, 'd');
    for (const [name, errno] of [
      ['', ERRNO.ENOENT],
      ['.', ERRNO.EINVAL],
      ['..', ERRNO.EINVAL],
      ['a/b', ERRNO.EINVAL],
      ['/', ERRNO.EINVAL],
      ['a\0b', ERRNO.EINVAL],
      ['x'.repeat(256), ERRNO.ENAMETOOLONG],
    ] as const) {
      const bytes = fileName(name);
      const d = fileName('d');
      equal(
        [
          root.lookup(bytes),
          root.openFile(bytes, NEW, 0o644),
          root.openDirectory(bytes),
          root.makeDirectory(bytes, 0o755),
          root.remove(bytes, false),
          root.remove(bytes, true),
          root.rename(bytes, root, d, 0),
          root.rename(d, root, bytes, 0),
          root.link(bytes, root, fileName('z')),
          root.symlink(bytes, fileName('t')),
          root.readLink(bytes),
        ].map((each) => each.errno),
        Array.from({ length: 11 }, () => errno),
        `every method, given ${JSON.stringify(name.slice(0, 9))}`,
      );
    }
    equal(listing(root), ['d'], 'names');
  },
  'names are bytes: any but slash and NUL, up to 255 of them'(root) {
    const odd = Uint8Array.of(0x80, 0xff, 0x0a, 0x5c, 0xc3);
    equal(root.makeDirectory(odd, 0o755).errno, 0, 'not UTF-8');
    equal(root.list(0, 10).entries[0]!.name, odd, 'listed');
    equal(root.lookup(odd).errno, 0, 'found');
    open(root, 'x'.repeat(255));
    open(root, '...');
    equal(listing(root).length, 3, 'names');
  },
  'a listing pages through every name once, while others come and go'(root) {
    const names = Array.from({ length: 500 }, (_, i) => `n${i}`);
    for (const name of names) open(root, name).close();
    equal(listing(root, 7), [...names].sort(), 'undisturbed');
    const seen: string[] = [];
    let removed = 0;
    for (let cookie = 0, end = false; !end; ) {
      const page = root.list(cookie, 20);
      seen.push(...page.entries.map((entry) => text(entry.name)));
      ({ next: cookie, end } = page);
      // What was listed goes, and something new comes.
      for (const entry of page.entries)
        if (text(entry.name).startsWith('n')) removed += root.remove(entry.name, false).errno === 0 ? 1 : 0;
      if (seen.length < 400) open(root, `later${seen.length}`).close();
    }
    const old = seen.filter((name) => name.startsWith('n'));
    equal([...old].sort(), [...names].sort(), 'the old names, each once');
    equal(removed, 500, 'removed');
  },
  'removing tells files from directories, and empty ones from others'(root) {
    const directory = make(root, 'd');
    open(directory, 'f');
    equal(root.remove(fileName('x'), false).errno, ERRNO.ENOENT, 'no such file');
    equal(root.remove(fileName('x'), true).errno, ERRNO.ENOENT, 'no such directory');
    equal(root.remove(fileName('d'), false).errno, ERRNO.EISDIR, 'unlink of a directory');
    equal(directory.remove(fileName('f'), true).errno, ERRNO.ENOTDIR, 'rmdir of a file');
    equal(root.remove(fileName('d'), true).errno, ERRNO.ENOTEMPTY, 'rmdir of a full one');
    equal(directory.remove(fileName('f'), false).errno, 0, 'unlink');
    equal(root.remove(fileName('d'), true).errno, 0, 'rmdir');
    equal(directory.openFile(fileName('f'), NEW, 0o644).errno, ERRNO.ENOENT, 'a new file in a removed directory');
    equal(directory.makeDirectory(fileName('f'), 0o755).errno, ERRNO.ENOENT, 'a new directory in a removed directory');
    equal(listing(root), [], 'names');
  },
  'opening the wrong kind says which kind it is'(root) {
    make(root, 'd');
    open(root, 'f');
    root.symlink(fileName('l'), fileName('f'));
    equal(root.openFile(fileName('d'), OPEN_READ, 0).errno, ERRNO.EISDIR, 'a directory as a file');
    equal(root.openFile(fileName('l'), OPEN_READ, 0).errno, ERRNO.ELOOP, 'a link as a file');
    equal(root.openDirectory(fileName('f')).errno, ERRNO.ENOTDIR, 'a file as a directory');
    equal(root.openDirectory(fileName('l')).errno, ERRNO.ENOTDIR, 'a link as a directory');
    equal(root.openDirectory(fileName('x')).errno, ERRNO.ENOENT, 'nothing as a directory');
    equal(root.openFile(fileName('d'), NEW, 0o644).errno, ERRNO.EISDIR, 'creating over a directory');
    equal(root.openFile(fileName('l'), NEW | OPEN_EXCLUSIVE, 0o644).errno, ERRNO.EEXIST, 'creating over a link');
  },
  'making what is there says so'(root) {
    make(root, 'd');
    open(root, 'f');
    for (const name of ['d', 'f']) {
      equal(root.makeDirectory(fileName(name), 0o755).errno, ERRNO.EEXIST, `makeDirectory ${name}`);
      equal(root.symlink(fileName(name), fileName('t')).errno, ERRNO.EEXIST, `symlink ${name}`);
      equal(root.link(fileName('f'), root, fileName(name)).errno, ERRNO.EEXIST, `link to ${name}`);
    }
  },
  'a symbolic link holds any bytes and is never followed'(root) {
    const target = fileName('../../etc/passwd');
    equal(root.symlink(fileName('l'), target).errno, 0, 'symlink');
    equal(root.readLink(fileName('l')), { errno: 0, path: target }, 'readLink');
    const stat = root.lookup(fileName('l')).stat;
    equal([stat.kind, stat.size], ['symlink', BigInt(target.length)], 'stat');
    open(root, 'f');
    equal(root.readLink(fileName('f')).errno, ERRNO.EINVAL, 'readLink of a file');
    equal(root.readLink(fileName('x')).errno, ERRNO.ENOENT, 'readLink of nothing');
    equal(root.symlink(fileName('m'), new Uint8Array()).errno, ERRNO.ENOENT, 'an empty target');
    equal(root.remove(fileName('l'), false).errno, 0, 'remove');
  },
  async 'a hard link is another name of the same file'(root) {
    const directory = make(root, 'd');
    const file = open(root, 'a');
    equal(root.link(fileName('a'), directory, fileName('b')).errno, 0, 'link');
    await put(open(directory, 'b', OPEN_WRITE), 0, fileName('shared'));
    equal(text(await get(file, 0, 10)), 'shared', 'content');
    equal(file.stat().stat.links, 2, 'links');
    equal(root.lookup(fileName('a')).stat.inode, directory.lookup(fileName('b')).stat.inode, 'inode');
    equal(root.link(fileName('d'), root, fileName('e')).errno, ERRNO.EPERM, 'of a directory');
    equal(root.remove(fileName('a'), false).errno, 0, 'remove one name');
    equal(file.stat().stat.links, 1, 'links after');
  },
  async 'renaming moves and replaces'(root) {
    const directory = make(root, 'd');
    await put(open(root, 'a'), 0, fileName('A'));
    await put(open(directory, 'b'), 0, fileName('B'));
    const replaced = open(directory, 'b');
    equal(root.rename(fileName('a'), directory, fileName('b'), 0).errno, 0, 'rename over a file');
    equal(text(await get(open(directory, 'b', OPEN_READ), 0, 9)), 'A', 'what has the name now');
    equal(text(await get(replaced, 0, 9)), 'B', 'what a handle still holds');
    equal(listing(root), ['d'], 'names');
    equal(root.rename(fileName('x'), root, fileName('y'), 0).errno, ERRNO.ENOENT, 'nothing');
  },
  'renaming keeps the tree a tree'(root) {
    const d = make(root, 'd');
    const e = make(d, 'e');
    open(e, 'f');
    make(root, 'g');
    open(root, 'h');
    const name = fileName;
    equal(root.rename(name('d'), e, name('x'), 0).errno, ERRNO.EINVAL, 'into itself');
    equal(root.rename(name('d'), d, name('x'), 0).errno, ERRNO.EINVAL, 'into itself at once');
    equal(e.rename(name('f'), root, name('d'), 0).errno, ERRNO.ENOTEMPTY, 'over an ancestor');
    equal(root.rename(name('d'), root, name('h'), 0).errno, ERRNO.ENOTDIR, 'a directory over a file');
    equal(root.rename(name('h'), root, name('d'), 0).errno, ERRNO.EISDIR, 'a file over a directory');
    equal(root.rename(name('g'), root, name('d'), 0).errno, ERRNO.ENOTEMPTY, 'over a full directory');
    equal(root.rename(name('d'), root, name('g'), 0).errno, 0, 'over an empty directory');
    equal(listing(enter(enter(root, 'g'), 'e')), ['f'], 'what came along');
    equal(root.rename(name('g'), root, name('g'), 0).errno, 0, 'onto itself');
    equal(listing(root), ['g', 'h'], 'names');
  },
  'a rename can be told not to replace'(root) {
    open(root, 'a');
    open(root, 'b');
    make(root, 'd');
    equal(root.rename(fileName('a'), root, fileName('b'), RENAME_NO_REPLACE).errno, ERRNO.EEXIST, 'a file');
    equal(root.rename(fileName('d'), root, fileName('b'), RENAME_NO_REPLACE).errno, ERRNO.EEXIST, 'a directory');
    equal(root.rename(fileName('a'), root, fileName('c'), RENAME_NO_REPLACE).errno, 0, 'a free name');
    equal(root.rename(fileName('d'), root, fileName('e'), RENAME_NO_REPLACE).errno, 0, 'a free name for a directory');
    equal(root.rename(fileName('c'), root, fileName('x'), 6).errno, ERRNO.EINVAL, 'flags there are not');
    equal(listing(root), ['b', 'c', 'e'], 'names');
  },
  async 'two trees stay apart'(root, harness) {
    const other = await harness.create();
    open(root, 'a');
    equal(root.rename(fileName('a'), other, fileName('a'), 0).errno, ERRNO.EXDEV, 'rename');
    equal(root.link(fileName('a'), other, fileName('a')).errno, ERRNO.EXDEV, 'link');
    equal(listing(other), [], 'names there');
    other.close();
  },
  async 'a handle of a directory stays with it when it moves'(root) {
    const directory = make(root, 'd');
    make(root, 'e');
    equal(root.rename(fileName('d'), enter(root, 'e'), fileName('moved'), 0).errno, 0, 'rename');
    await put(open(directory, 'f'), 0, fileName('x'));
    equal(listing(enter(enter(root, 'e'), 'moved')), ['f'], 'names');
  },
  'attributes are set one by one'(root, harness) {
    const file = open(root, 'a', NEW, 0o644);
    const inner = make(root, 'd');
    const set = attributes(ATTRIBUTE_MODE | ATTRIBUTE_MODIFIED, {
      mode: 0o751,
      modifiedNs: 1_500_000_000_123_456_000n,
    });
    const accessedNs = file.stat().stat.accessedNs;
    equal(file.setAttributes(set).errno, 0, 'by handle');
    const stat = root.lookup(fileName('a')).stat;
    equal([stat.mode, stat.modifiedNs / 1_000_000n], [0o751, 1_500_000_000_123n], 'what was set');
    check(stat.accessedNs / 1_000_000n === accessedNs / 1_000_000n, 'the access time stayed');
    equal(root.setAttributes(fileName('d'), attributes(ATTRIBUTE_MODE, { mode: 0o700 })).errno, 0, 'by name');
    equal(inner.stat().stat.mode, 0o700, 'mode of the directory');
    equal(
      inner.setAttributes(new Uint8Array(), attributes(ATTRIBUTE_ACCESSED, { accessedNs: 5_000_000_000n })).errno,
      0,
      'itself',
    );
    equal(inner.stat().stat.accessedNs, 5_000_000_000n, 'access time of the directory');
    equal(root.setAttributes(fileName('x'), set).errno, ERRNO.ENOENT, 'of nothing');
    if (harness.ownsEverything === false) return;
    equal(file.setAttributes(attributes(ATTRIBUTE_OWNER, { uid: 12, gid: 0xffffffff })).errno, 0, 'owner');
    equal([file.stat().stat.uid, file.stat().stat.gid], [12, 0], 'user set, group kept');
  },
  "a link's own attributes are set, never those of what it points at"(root) {
    open(root, 'f', NEW, 0o640);
    root.symlink(fileName('l'), fileName('f'));
    const before = root.lookup(fileName('f')).stat;
    equal(
      root.setAttributes(fileName('l'), attributes(ATTRIBUTE_MODE, { mode: 0o777 })).errno,
      ERRNO.EOPNOTSUPP,
      'mode',
    );
    equal(
      root.setAttributes(fileName('l'), attributes(ATTRIBUTE_MODIFIED, { modifiedNs: 7_000_000_000n })).errno,
      0,
      'time',
    );
    equal(root.lookup(fileName('l')).stat.modifiedNs, 7_000_000_000n, 'time of the link');
    const after = root.lookup(fileName('f')).stat;
    equal([after.mode, after.modifiedNs], [before.mode, before.modifiedNs], 'the file');
  },
  'times move with what happens'(root) {
    const file = open(root, 'a');
    const past = attributes(ATTRIBUTE_MODIFIED, { modifiedNs: 1_000_000_000n });
    file.setAttributes(past);
    root.setAttributes(new Uint8Array(), past);
    file.write(0, fileName('x'), false);
    check(file.stat().stat.modifiedNs > 1_000_000_000n, 'writing sets the modification time');
    equal(root.stat().stat.modifiedNs, 1_000_000_000n, 'writing leaves that of the directory');
    open(root, 'b');
    check(root.stat().stat.modifiedNs > 1_000_000_000n, 'a new name sets that of the directory');
  },
  'the file system tells its size'(root) {
    const { errno, blockSize, blocks, free, readOnly } = root.statFileSystem();
    equal([errno, readOnly], [0, false], 'writable');
    check(blockSize >= 512 && blocks > 0n && free <= blocks, 'blocks');
  },
  async 'syncing a file and a directory succeeds'(root) {
    const file = open(root, 'a');
    await put(file, 0, pattern(100_000));
    equal(await file.sync(true), { errno: 0 }, 'data');
    equal(await file.sync(false), { errno: 0 }, 'file');
    equal(await root.sync(), { errno: 0 }, 'directory');
    equal(await get(file, 0, 200_000), pattern(100_000), 'content after');
  },
};

/** The promises of {@link OpenDirectory} and {@link OpenFile}. Each case begins with a directory of its own and closes it. */
export function directoryConformance(harness: DirectoryHarness): ConformanceCase[] {
  return Object.entries(promises).map(([name, promise]) => ({
    name,
    async run() {
      const root = await harness.create();
      try {
        await promise(root, harness);
      } finally {
        root.close();
      }
    },
  }));
}
