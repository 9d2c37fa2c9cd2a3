// A narrower directory: the same tree, and no way to change it. Attenuation is another object, never a flag in the first.
import { ERRNO } from './errno.ts';
import {
  type Attributes,
  type FileSystemStat,
  type ListResult,
  NO_STAT,
  OPEN_CREATE,
  OPEN_EXCLUSIVE,
  OPEN_READ,
  OPEN_TRUNCATE,
  OPEN_WRITE,
  type OpenDirectory,
  type OpenDirectoryResult,
  type OpenFile,
  type OpenFileResult,
  type ReadLinkResult,
  type ReadResult,
  type ResolveResult,
  type StatResult,
  type Status,
  type WriteResult,
} from './file-system.ts';

const REFUSED: Status = { errno: ERRNO.EROFS };

/** `directory` with everything that would change the tree refused with EROFS. Closing it closes `directory`. */
export function readOnlyDirectory(directory: OpenDirectory): OpenDirectory {
  return new ReadOnlyDirectory(directory);
}

class ReadOnlyDirectory implements OpenDirectory {
  readonly #inner: OpenDirectory;

  constructor(inner: OpenDirectory) {
    this.#inner = inner;
  }

  lookup(name: Uint8Array): StatResult {
    return this.#inner.lookup(name);
  }

  resolve(names: readonly Uint8Array[]): ResolveResult {
    return this.#inner.resolve(names);
  }

  openFile(name: Uint8Array, flags: number, mode: number): OpenFileResult {
    // Nothing is wrong with merely reading, whatever is there.
    if (flags & (OPEN_CREATE | OPEN_WRITE | OPEN_TRUNCATE)) {
      const found = this.#inner.lookup(name);
      if (found.errno === ERRNO.ENOENT && flags & OPEN_CREATE && name.length > 0) return { ...REFUSED, stat: NO_STAT };
      if (found.errno === 0 && found.stat.kind === 'file' && !(flags & OPEN_CREATE && flags & OPEN_EXCLUSIVE)) {
        if (flags & (OPEN_WRITE | OPEN_TRUNCATE)) return { ...REFUSED, stat: NO_STAT };
      }
    }
    const opened = this.#inner.openFile(name, flags & (OPEN_READ | OPEN_EXCLUSIVE), mode);
    const exclusive = opened.errno === 0 && flags & OPEN_CREATE && flags & OPEN_EXCLUSIVE;
    if (exclusive) {
      opened.file?.close();
      return { errno: ERRNO.EEXIST, stat: NO_STAT };
    }
    return opened.file === undefined ? opened : { ...opened, file: new ReadOnlyFile(opened.file) };
  }

  openDirectory(name: Uint8Array): OpenDirectoryResult {
    const opened = this.#inner.openDirectory(name);
    return opened.directory === undefined ? opened : { ...opened, directory: new ReadOnlyDirectory(opened.directory) };
  }

  list(cookie: number, limit: number): ListResult {
    return this.#inner.list(cookie, limit);
  }

  makeDirectory(name: Uint8Array, _mode: number): Status {
    return this.#refuseNew(name);
  }

  remove(_name: Uint8Array, _directory: boolean): Status {
    return REFUSED;
  }

  rename(_name: Uint8Array, _target: OpenDirectory, _targetName: Uint8Array, _flags: number): Status {
    return REFUSED;
  }

  link(_name: Uint8Array, target: OpenDirectory, targetName: Uint8Array): Status {
    return target instanceof ReadOnlyDirectory ? target.#refuseNew(targetName) : { errno: ERRNO.EXDEV };
  }

  symlink(name: Uint8Array, _path: Uint8Array): Status {
    return this.#refuseNew(name);
  }

  readLink(name: Uint8Array): ReadLinkResult {
    return this.#inner.readLink(name);
  }

  stat(): StatResult {
    return this.#inner.stat();
  }

  setAttributes(_name: Uint8Array, _attributes: Attributes): Status {
    return REFUSED;
  }

  statFileSystem(): FileSystemStat {
    return { ...this.#inner.statFileSystem(), readOnly: true };
  }

  sync(): Status | Promise<Status> {
    return this.#inner.sync();
  }

  close(): void {
    this.#inner.close();
  }

  /** Linux says EEXIST before EROFS (filename_create). */
  #refuseNew(name: Uint8Array): Status {
    const { errno } = this.#inner.lookup(name);
    if (errno === 0) return { errno: ERRNO.EEXIST };
    return errno === ERRNO.ENOENT && name.length > 0 ? REFUSED : { errno };
  }
}

class ReadOnlyFile implements OpenFile {
  readonly #inner: OpenFile;

  constructor(inner: OpenFile) {
    this.#inner = inner;
  }

  prepare(offset: number, length: number): Promise<void> | undefined {
    return this.#inner.prepare?.(offset, length);
  }

  read(offset: number, length: number): ReadResult {
    return this.#inner.read(offset, length);
  }

  write(offset: number, _data: Uint8Array, _append: boolean): WriteResult {
    return { errno: ERRNO.EBADF, count: 0, offset };
  }

  stat(): StatResult {
    return this.#inner.stat();
  }

  truncate(_size: number): Status {
    return { errno: ERRNO.EINVAL };
  }

  sync(dataOnly: boolean): Status | Promise<Status> {
    return this.#inner.sync(dataOnly);
  }

  setAttributes(_attributes: Attributes): Status {
    return REFUSED;
  }

  close(): void {
    this.#inner.close();
  }
}
