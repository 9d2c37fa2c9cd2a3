// A directory backend as the object interface that @capos/store's conformance cases want: everything answers at once.

import type {
  FileKind,
  FileStat,
  ListResult,
  OpenDirectory,
  OpenDirectoryResult,
  OpenFile,
  OpenFileResult,
  ResolveResult,
} from '@capos/store';
import type { DirectoryBackend, FileBackend } from '../../src/files/backend.ts';
import type { AttributeChange, FileStatus } from '../../src/files/file-status.ts';
import { byteString, bytesOf } from '../../src/guest-memory.ts';
import { ENTRY_TYPE, MODE } from '../../src/linux/file-flags.ts';
import { type MaybeBlocking, settle } from '../../src/waiting.ts';

/** The answer of something that does not wait. */
export function now<T>(value: MaybeBlocking<T>): T {
  const step = settle(value).next('ready');
  if (step.done !== true) throw new Error('it waits');
  return step.value;
}

const KINDS: ReadonlyMap<number, FileKind> = new Map([
  [MODE.REGULAR, 'file'],
  [MODE.DIRECTORY, 'directory'],
  [MODE.SYMLINK, 'symlink'],
  [MODE.CHARACTER, 'characterDevice'],
]);
const ENTRY_KINDS: ReadonlyMap<number, FileKind> = new Map([
  [ENTRY_TYPE.REGULAR, 'file'],
  [ENTRY_TYPE.DIRECTORY, 'directory'],
  [ENTRY_TYPE.SYMLINK, 'symlink'],
]);

function statOf(status: FileStatus): FileStat {
  const { size, blocks, mode } = status;
  return {
    ...status,
    kind: KINDS.get(mode & MODE.TYPE) ?? 'socket',
    mode: mode & 0o7777,
    size: BigInt(size),
    blocks: BigInt(blocks),
  };
}

const NO_STAT = statOf({
  mode: MODE.REGULAR,
  size: 0,
  links: 0,
  inode: 0n,
  device: 0n,
  rdev: 0n,
  uid: 0,
  gid: 0,
  blockSize: 0,
  blocks: 0,
  accessedNs: 0n,
  modifiedNs: 0n,
  changedNs: 0n,
});

function changeOf(attributes: Parameters<OpenFile['setAttributes']>[0]): AttributeChange {
  const { mask, mode, uid, gid, accessedNs, modifiedNs } = attributes;
  return {
    ...((mask & 1) === 0 ? {} : { mode }),
    ...((mask & 2) === 0 ? {} : { owner: { uid, gid } }),
    ...((mask & 4) === 0 ? {} : { accessedNs }),
    ...((mask & 8) === 0 ? {} : { modifiedNs }),
  };
}

const errno = (answer: MaybeBlocking<number>): { errno: number } => ({ errno: Math.abs(now(answer)) });

function statAnswer(answer: MaybeBlocking<FileStatus | number>): { errno: number; stat: FileStat } {
  const status = now(answer);
  return typeof status === 'number' ? { errno: -status, stat: NO_STAT } : { errno: 0, stat: statOf(status) };
}

export class SynchronousDirectory implements OpenDirectory {
  readonly #backend: DirectoryBackend;

  constructor(backend: DirectoryBackend) {
    this.#backend = backend;
  }

  lookup(name: Uint8Array) {
    return statAnswer(this.#backend.lookup(byteString(name)));
  }

  resolve(names: readonly Uint8Array[]): ResolveResult {
    const found = now(this.#backend.resolve?.(names.map(byteString)) ?? []);
    const stats = found.filter((status) => typeof status !== 'number').map(statOf);
    const failed = found.find((status) => typeof status === 'number');
    return { errno: failed === undefined ? 0 : -failed, stats };
  }

  openFile(name: Uint8Array, flags: number, mode: number): OpenFileResult {
    const opened = now(this.#backend.openFile(byteString(name), flags, mode));
    if (typeof opened === 'number') return { errno: -opened, stat: NO_STAT };
    if (opened.kind !== 'file') throw new Error('it is no file');
    return { errno: 0, file: new SynchronousFile(opened.file), stat: statOf(opened.status) };
  }

  openDirectory(name: Uint8Array): OpenDirectoryResult {
    const directory = now(this.#backend.openDirectory(byteString(name)));
    if (typeof directory === 'number') return { errno: -directory, stat: NO_STAT };
    return { errno: 0, directory: new SynchronousDirectory(directory), stat: NO_STAT };
  }

  list(cookie: number, limit: number): ListResult {
    const listing = now(this.#backend.list(BigInt(cookie), limit));
    if (typeof listing === 'number') return { errno: -listing, entries: [], next: 0, end: true };
    const entries = listing.entries.map(({ name, type, inode }) => ({
      name: bytesOf(name),
      kind: ENTRY_KINDS.get(type) ?? ('socket' as const),
      inode,
    }));
    return { errno: 0, entries, next: Number(listing.next), end: listing.end };
  }

  makeDirectory(name: Uint8Array, mode: number) {
    return errno(this.#backend.makeDirectory(byteString(name), mode));
  }

  remove(name: Uint8Array, directory: boolean) {
    return errno(this.#backend.remove(byteString(name), directory));
  }

  rename(name: Uint8Array, target: OpenDirectory, targetName: Uint8Array, flags: number) {
    const { backend } = target as SynchronousDirectory;
    return errno(this.#backend.rename(byteString(name), backend, byteString(targetName), flags));
  }

  link(name: Uint8Array, target: OpenDirectory, targetName: Uint8Array) {
    const { backend } = target as SynchronousDirectory;
    return errno(this.#backend.link(byteString(name), backend, byteString(targetName)));
  }

  get backend(): DirectoryBackend {
    return this.#backend;
  }

  symlink(name: Uint8Array, path: Uint8Array) {
    return errno(this.#backend.symlink(byteString(name), byteString(path)));
  }

  readLink(name: Uint8Array) {
    const path = now(this.#backend.readLink(byteString(name)));
    return typeof path === 'number' ? { errno: -path, path: new Uint8Array() } : { errno: 0, path: bytesOf(path) };
  }

  stat() {
    return statAnswer(this.#backend.status());
  }

  setAttributes(name: Uint8Array, attributes: Parameters<OpenDirectory['setAttributes']>[1]) {
    return errno(this.#backend.setAttributes(byteString(name), changeOf(attributes)));
  }

  statFileSystem() {
    const status = now(this.#backend.fileSystemStatus());
    if (typeof status === 'number') throw new Error(`statFileSystem: ${status}`);
    return { errno: 0, ...status };
  }

  sync() {
    return errno(this.#backend.sync());
  }

  close() {
    this.#backend.release();
  }
}

class SynchronousFile implements OpenFile {
  readonly #backend: FileBackend;

  constructor(backend: FileBackend) {
    this.#backend = backend;
  }

  read(offset: number, length: number) {
    const data = now(this.#backend.read(offset, length));
    return typeof data === 'number' ? { errno: -data, data: new Uint8Array() } : { errno: 0, data };
  }

  write(offset: number, data: Uint8Array, append: boolean) {
    const wrote = now(this.#backend.write(offset, data, append));
    if (typeof wrote === 'number') return { errno: -wrote, count: 0, offset };
    return { errno: 0, count: wrote.count, offset: wrote.offset - wrote.count };
  }

  stat() {
    return statAnswer(this.#backend.status());
  }

  truncate(size: number) {
    return errno(this.#backend.truncate(size));
  }

  sync(dataOnly: boolean) {
    return errno(this.#backend.sync(dataOnly));
  }

  setAttributes(attributes: Parameters<OpenFile['setAttributes']>[0]) {
    return errno(this.#backend.setAttributes(changeOf(attributes)));
  }

  close() {
    this.#backend.release();
  }
}
