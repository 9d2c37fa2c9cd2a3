// A file system of granted directories, for any JavaScript: no kernel, no machine, no ambient path.
//
//   createFileSystem({ mounts: [{ path: '/', directory }] })
//        fs.readFileSync(path)            at once; EAGAIN from a directory that can only answer later
//        await fs.promises.readFile(path) any directory
//
// Names and behaviour are those of Node's `fs`, as far as it goes; what differs from it is a bug, or stands here: paths are absolute,
// numbers of descriptors are the file system's own, and text is UTF-8.

import { fromUtf8, toUtf8 } from '@capos/abi';
import type { DirectoryBackend } from '../files/backend.ts';
import { DirectDirectory, type DirectoryObject } from '../files/direct-directory.ts';
import type { AttributeChange } from '../files/file-status.ts';
import { MountTable } from '../files/mount-table.ts';
import type { RegularFile } from '../files/regular-file.ts';
import { unionDirectory } from '../files/union/union-directory.ts';
import { byteStringOfText } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { OPEN } from '../linux/file-flags.ts';
import type { Blocking } from '../waiting.ts';
import { FileHandle } from './file-handle.ts';
import type { DirectoryEntry, FileStats } from './file-stats.ts';
import { FileSystemError } from './file-system-error.ts';
import { Operations } from './operations.ts';
import { runLater, runNow } from './run.ts';

/** A directory as @capos/store makes them, or any backend. */
export type MountedDirectory = DirectoryObject | DirectoryBackend;

export type FileSystemMount = {
  /** Absolute path at which it is seen. */
  readonly path: string;
  readonly readOnly?: boolean;
} & (
  | { readonly directory: MountedDirectory }
  /** Directories laid over each other, the topmost first; only `upper` is written to. */
  | { readonly union: { readonly lower: readonly MountedDirectory[]; readonly upper?: MountedDirectory } }
);

export interface FileSystemOptions {
  /** All there is. A mount inside another covers what that has there. */
  readonly mounts: readonly FileSystemMount[];
  /** Bits that new files and directories do not get. Default 0o022. */
  readonly umask?: number;
}

/** How a file is read or written: with an encoding it is text. */
export type Encoding = 'utf8' | 'utf-8';
type ReadOptions = Encoding | { readonly encoding?: Encoding | null; readonly flag?: string } | null;
interface WriteOptions {
  readonly mode?: number;
  readonly flag?: string;
}

/** What open(2)'s flags are called in Node. */
const FLAGS: Readonly<Record<string, number>> = {
  r: OPEN.RDONLY,
  'r+': OPEN.RDWR,
  w: OPEN.WRONLY | OPEN.CREAT | OPEN.TRUNC,
  wx: OPEN.WRONLY | OPEN.CREAT | OPEN.TRUNC | OPEN.EXCL,
  'w+': OPEN.RDWR | OPEN.CREAT | OPEN.TRUNC,
  'wx+': OPEN.RDWR | OPEN.CREAT | OPEN.TRUNC | OPEN.EXCL,
  a: OPEN.WRONLY | OPEN.CREAT | OPEN.APPEND,
  ax: OPEN.WRONLY | OPEN.CREAT | OPEN.APPEND | OPEN.EXCL,
  'a+': OPEN.RDWR | OPEN.CREAT | OPEN.APPEND,
  'ax+': OPEN.RDWR | OPEN.CREAT | OPEN.APPEND | OPEN.EXCL,
};

function flagsOf(flags: string | number): number {
  const bits = typeof flags === 'number' ? flags : FLAGS[flags];
  if (bits === undefined) throw new FileSystemError(-ERRNO.EINVAL, `open with flags ${flags}`);
  return bits;
}

function backendOf(directory: MountedDirectory): DirectoryBackend {
  return 'release' in directory ? directory : new DirectDirectory(directory);
}

function rootOf(mount: FileSystemMount): DirectoryBackend {
  if ('directory' in mount) return backendOf(mount.directory);
  const { lower, upper } = mount.union;
  return unionDirectory({ lower: lower.map(backendOf), upper: upper && backendOf(upper) });
}

/** Nanoseconds of a time as Node takes it: seconds, or a date. */
function nanoseconds(time: number | Date): bigint {
  return typeof time === 'number' ? BigInt(Math.round(time * 1e6)) * 1000n : BigInt(time.getTime()) * 1_000_000n;
}

type Path = string;

/** Every operation by its name in Node, as a computation that either of the two interfaces runs. */
function computations(operations: Operations) {
  const { stat, list } = { stat: operations.stat.bind(operations), list: operations.list.bind(operations) };

  function* using<T>(path: Path, flags: string, mode: number, work: (file: RegularFile) => Blocking<T>): Blocking<T> {
    const file = (yield* operations.open(path, flagsOf(flags), mode)).retain();
    try {
      return yield* work(file);
    } finally {
      file.release();
    }
  }

  function* writeFile(path: Path, data: string | Uint8Array, options: WriteOptions = {}): Blocking<void> {
    const { flag = 'w', mode = 0o666 } = options;
    const bytes = typeof data === 'string' ? toUtf8(data) : data;
    yield* using(path, flag, mode, function* (file) {
      for (let done = 0; done < bytes.length; ) {
        const wrote = yield* operations.write(file, bytes.subarray(done), undefined);
        if (wrote === 0) throw new FileSystemError(-ERRNO.ENOSPC, 'write', path);
        done += wrote;
      }
    });
  }

  function* readFile(path: Path, options: ReadOptions = null): Blocking<string | Uint8Array> {
    const { encoding, flag = 'r' } = typeof options === 'object' ? (options ?? {}) : { encoding: options };
    const bytes = yield* using(path, flag, 0o666, (file) => operations.readAll(file));
    return encoding === undefined || encoding === null ? bytes : fromUtf8(bytes);
  }

  function* readdir(
    path: Path,
    options: { readonly withFileTypes?: boolean } = {},
  ): Blocking<(string | DirectoryEntry)[]> {
    const entries = yield* list(path);
    return options.withFileTypes === true ? entries : entries.map(({ name }) => name);
  }

  const change = (name: string, path: Path, follow: boolean, attributes: AttributeChange): Blocking<void> =>
    operations.setAttributes(name, path, follow, attributes);

  return {
    stat: (path: Path) => stat(path, true),
    lstat: (path: Path) => stat(path, false),
    readFile,
    writeFile,
    appendFile: (path: Path, data: string | Uint8Array, options: WriteOptions = {}) =>
      writeFile(path, data, { flag: 'a', ...options }),
    *copyFile(from: Path, to: Path): Blocking<void> {
      const stats = yield* stat(from, true);
      const bytes = yield* using(from, 'r', 0, (file) => operations.readAll(file));
      yield* writeFile(to, bytes, { mode: stats.mode & 0o7777 });
    },
    *mkdir(path: Path, options: { readonly recursive?: boolean; readonly mode?: number } = {}): Blocking<void> {
      const { recursive = false, mode = 0o777 } = options;
      yield* recursive ? operations.makeDirectories(path, mode) : operations.makeDirectory(path, mode);
    },
    readdir,
    rmdir: (path: Path) => operations.remove(path, true),
    unlink: (path: Path) => operations.remove(path, false),
    *rm(path: Path, options: { readonly recursive?: boolean; readonly force?: boolean } = {}): Blocking<void> {
      const { recursive = false, force = false } = options;
      if (recursive) return yield* operations.removeAll(path, force);
      try {
        yield* operations.remove(path, false);
      } catch (error) {
        if (!force || !(error instanceof FileSystemError) || error.code !== 'ENOENT') throw error;
      }
    },
    rename: (from: Path, to: Path) => operations.rename(from, to),
    link: (existing: Path, path: Path) => operations.link(existing, path),
    symlink: (target: string, path: Path) => operations.symlink(target, path),
    readlink: (path: Path) => operations.readLink(path),
    realpath: (path: Path) => operations.realPath(path),
    truncate: (path: Path, size: number = 0) =>
      using(path, 'r+', 0, (file) =>
        operations.onFile('truncate', file, () => (size < 0 ? -ERRNO.EINVAL : file.truncate(size))),
      ),
    chmod: (path: Path, mode: number) => change('chmod', path, true, { mode: mode & 0o7777 }),
    chown: (path: Path, uid: number, gid: number) => change('chown', path, true, { owner: { uid, gid } }),
    lchown: (path: Path, uid: number, gid: number) => change('lchown', path, false, { owner: { uid, gid } }),
    utimes: (path: Path, accessed: number | Date, modified: number | Date) =>
      change('utime', path, true, { accessedNs: nanoseconds(accessed), modifiedNs: nanoseconds(modified) }),
    lutimes: (path: Path, accessed: number | Date, modified: number | Date) =>
      change('lutime', path, false, { accessedNs: nanoseconds(accessed), modifiedNs: nanoseconds(modified) }),
    *access(path: Path): Blocking<void> {
      yield* stat(path, true);
    },
  };
}

type Computations = ReturnType<typeof computations>;
type Result<F> = F extends (...args: never[]) => Blocking<infer T> ? T : never;

/** The promises: Node's `fs.promises`. */
export type PromisedOperations = {
  readonly [Name in keyof Omit<Computations, 'readFile' | 'readdir'>]: (
    ...args: Parameters<Computations[Name]>
  ) => Promise<Result<Computations[Name]>>;
} & {
  readFile(path: string, options: Encoding | { readonly encoding: Encoding; readonly flag?: string }): Promise<string>;
  readFile(path: string, options?: { readonly encoding?: null; readonly flag?: string } | null): Promise<Uint8Array>;
  readdir(path: string, options: { readonly withFileTypes: true }): Promise<DirectoryEntry[]>;
  readdir(path: string, options?: { readonly withFileTypes?: false }): Promise<string[]>;
  open(path: string, flags?: string | number, mode?: number): Promise<FileHandle>;
};

/** The same at once, each with `Sync` behind its name. */
export type SynchronousOperations = {
  readonly [Name in keyof Omit<Computations, 'readFile' | 'readdir'> as `${Name}Sync`]: (
    ...args: Parameters<Computations[Name]>
  ) => Result<Computations[Name]>;
} & {
  readFileSync(path: string, options: Encoding | { readonly encoding: Encoding; readonly flag?: string }): string;
  readFileSync(path: string, options?: { readonly encoding?: null; readonly flag?: string } | null): Uint8Array;
  readdirSync(path: string, options: { readonly withFileTypes: true }): DirectoryEntry[];
  readdirSync(path: string, options?: { readonly withFileTypes?: false }): string[];
  existsSync(path: string): boolean;
  openSync(path: string, flags?: string | number, mode?: number): number;
  closeSync(descriptor: number): void;
  /** How many bytes came; at the descriptor's own position without one. */
  readSync(descriptor: number, into: Uint8Array, offset?: number, length?: number, position?: number | null): number;
  writeSync(descriptor: number, from: Uint8Array, offset?: number, length?: number, position?: number | null): number;
  fstatSync(descriptor: number): FileStats;
  ftruncateSync(descriptor: number, size?: number): void;
  fsyncSync(descriptor: number): void;
  fdatasyncSync(descriptor: number): void;
};

export type FileSystem = SynchronousOperations & { readonly promises: PromisedOperations };

/**
 * A file system of exactly these directories.
 * @throws RangeError when a mount's path is not absolute, or has `.` or `..`
 */
export function createFileSystem({ mounts, umask = 0o022 }: FileSystemOptions): FileSystem {
  const table = new MountTable(
    mounts.map((mount, index) => ({
      path: byteStringOfText(mount.path),
      root: rootOf(mount),
      readOnly: mount.readOnly ?? false,
      source: `mount${index}`,
    })),
  );
  const operations = new Operations(table, umask);
  const descriptors = new Map<number, FileHandle>();
  const handle = (descriptor: number, syscall: string): FileHandle => {
    const open = descriptors.get(descriptor);
    if (open === undefined) throw new FileSystemError(-ERRNO.EBADF, syscall);
    return open;
  };
  const synchronous: Record<string, unknown> = {
    existsSync(path: string): boolean {
      try {
        runNow(operations.stat(path, true));
        return true;
      } catch {
        return false;
      }
    },
    openSync(path: string, flags: string | number = 'r', mode: number = 0o666): number {
      const file = runNow(operations.open(path, flagsOf(flags), mode));
      let descriptor = 0;
      while (descriptors.has(descriptor)) descriptor++;
      descriptors.set(descriptor, new FileHandle(operations, file));
      return descriptor;
    },
    closeSync(descriptor: number): void {
      handle(descriptor, 'close').closeNow();
      descriptors.delete(descriptor);
    },
    readSync: (descriptor: number, into: Uint8Array, offset?: number, length?: number, position?: number | null) =>
      runNow(handle(descriptor, 'read').reading(into, offset, length, position)),
    writeSync: (descriptor: number, from: Uint8Array, offset?: number, length?: number, position?: number | null) =>
      runNow(handle(descriptor, 'write').writing(from, offset, length, position)),
    fstatSync: (descriptor: number) => runNow(operations.statusOf(handle(descriptor, 'fstat').file)),
    ftruncateSync: (descriptor: number, size: number = 0) => runNow(handle(descriptor, 'ftruncate').truncating(size)),
    fsyncSync: (descriptor: number) => runNow(handle(descriptor, 'fsync').syncing(false)),
    fdatasyncSync: (descriptor: number) => runNow(handle(descriptor, 'fdatasync').syncing(true)),
  };
  const promised: Record<string, unknown> = {
    open: async (path: string, flags: string | number = 'r', mode: number = 0o666) =>
      new FileHandle(operations, await runLater(() => operations.open(path, flagsOf(flags), mode))),
  };
  for (const [name, compute] of Object.entries(computations(operations)) as [
    string,
    (...args: unknown[]) => Blocking<unknown>,
  ][]) {
    synchronous[`${name}Sync`] = (...args: unknown[]) => runNow(compute(...args));
    promised[name] = (...args: unknown[]) => runLater(() => compute(...args));
  }
  return { ...synchronous, promises: promised } as unknown as FileSystem;
}
