// Directories that are objects at hand rather than capabilities: no kernel, no messages.
//
//   DirectoryObject (what @capos/store's directories are: memory, host, store, OPFS) ──▶ DirectoryBackend
//
// For unions, walks and the file-system core outside of a machine. The interface is written down here, so that anything of
// that shape will do; methods mirror file.capnp.

import type { Attributes, FileStat } from '@capos/abi';
import { type ByteString, byteString, bytesOf } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import type { Blocking, MaybeBlocking, Wait } from '../waiting.ts';
import type { DirectoryBackend, FileBackend, Opened } from './backend.ts';
import type { AttributeChange, FileStatus, FileSystemStatus, Listing } from './file-status.ts';
import { attributesOf, entryTypeOf, statusOf } from './stat-message.ts';

/** A result's error number: 0, or Linux's. */
interface Answer {
  readonly errno: number;
}
interface StatAnswer extends Answer {
  readonly stat: FileStat;
}

/** A file held open by an object. */
export interface FileObject {
  /** Before an access to this range: undefined when it can go ahead, else a promise after which to ask again. */
  prepare?(offset: number, length: number): Promise<void> | undefined;
  read(offset: number, length: number): Answer & { readonly data: Uint8Array };
  write(
    offset: number,
    data: Uint8Array,
    append: boolean,
  ): Answer & { readonly count: number; readonly offset: number };
  stat(): StatAnswer;
  truncate(size: number): Answer;
  sync(dataOnly: boolean): Answer | Promise<Answer>;
  setAttributes(attributes: Attributes): Answer;
  close(): void;
}

/** A directory that is an object. Names are single components as bytes. */
export interface DirectoryObject {
  lookup(name: Uint8Array): StatAnswer;
  resolve(names: readonly Uint8Array[]): Answer & { readonly stats: readonly FileStat[] };
  openFile(name: Uint8Array, flags: number, mode: number): StatAnswer & { readonly file?: FileObject };
  openDirectory(name: Uint8Array): StatAnswer & { readonly directory?: DirectoryObject };
  list(
    cookie: number,
    limit: number,
  ): Answer & {
    readonly entries: readonly { readonly name: Uint8Array; readonly kind: FileStat['kind']; readonly inode: bigint }[];
    readonly next: number;
    readonly end: boolean;
  };
  makeDirectory(name: Uint8Array, mode: number): Answer;
  remove(name: Uint8Array, directory: boolean): Answer;
  // Another directory of the same kind; objects know their own and answer EXDEV to others.
  rename(name: Uint8Array, target: this, targetName: Uint8Array, flags: number): Answer;
  link(name: Uint8Array, target: this, targetName: Uint8Array): Answer;
  symlink(name: Uint8Array, path: Uint8Array): Answer;
  readLink(name: Uint8Array): Answer & { readonly path: Uint8Array };
  stat(): StatAnswer;
  setAttributes(name: Uint8Array, attributes: Attributes): Answer;
  statFileSystem(): Answer & {
    readonly blockSize: number;
    readonly blocks: bigint;
    readonly free: bigint;
    readonly files: bigint;
    readonly readOnly: boolean;
  };
  sync(): Answer | Promise<Answer>;
  close(): void;
}

/** EXT4_SUPER_MAGIC, as for directories behind capabilities. */
const FILE_SYSTEM_TYPE = 0xef53;

export class DirectDirectory implements DirectoryBackend {
  readonly #object: DirectoryObject;

  constructor(object: DirectoryObject) {
    this.#object = object;
  }

  lookup(name: ByteString): FileStatus | number {
    const { errno, stat } = this.#object.lookup(bytesOf(name));
    return errno === 0 ? statusOf(stat) : -errno;
  }

  resolve(names: readonly ByteString[]): (FileStatus | number)[] {
    const { errno, stats } = this.#object.resolve(names.map(bytesOf));
    const found: (FileStatus | number)[] = stats.map(statusOf);
    return errno === 0 ? found : [...found, -errno];
  }

  openFile(name: ByteString, flags: number, mode: number): Opened | number {
    const { errno, file, stat } = this.#object.openFile(bytesOf(name), flags, mode);
    if (errno !== 0 || file === undefined) return -errno;
    return { kind: 'file', file: new DirectFile(file), status: statusOf(stat) };
  }

  openDirectory(name: ByteString): DirectoryBackend | number {
    const { errno, directory } = this.#object.openDirectory(bytesOf(name));
    return errno !== 0 || directory === undefined ? -errno : new DirectDirectory(directory);
  }

  list(cookie: bigint, limit: number): Listing | number {
    const { errno, entries, next, end } = this.#object.list(Number(cookie), limit);
    if (errno !== 0) return -errno;
    const shown = entries.map(({ name, kind, inode }) => ({ name: byteString(name), type: entryTypeOf(kind), inode }));
    return { entries: shown, next: BigInt(next), end };
  }

  makeDirectory(name: ByteString, mode: number): number {
    return minus(this.#object.makeDirectory(bytesOf(name), mode));
  }

  remove(name: ByteString, directory: boolean): number {
    return minus(this.#object.remove(bytesOf(name), directory));
  }

  rename(name: ByteString, target: DirectoryBackend, targetName: ByteString, flags: number): number {
    if (!(target instanceof DirectDirectory)) return -ERRNO.EXDEV;
    return minus(this.#object.rename(bytesOf(name), target.#object, bytesOf(targetName), flags));
  }

  link(name: ByteString, target: DirectoryBackend, targetName: ByteString): number {
    if (!(target instanceof DirectDirectory)) return -ERRNO.EXDEV;
    return minus(this.#object.link(bytesOf(name), target.#object, bytesOf(targetName)));
  }

  symlink(name: ByteString, path: ByteString): number {
    return minus(this.#object.symlink(bytesOf(name), bytesOf(path)));
  }

  readLink(name: ByteString): ByteString | number {
    const { errno, path } = this.#object.readLink(bytesOf(name));
    return errno === 0 ? byteString(path) : -errno;
  }

  status(): FileStatus | number {
    const { errno, stat } = this.#object.stat();
    return errno === 0 ? statusOf(stat) : -errno;
  }

  setAttributes(name: ByteString, change: AttributeChange): number {
    return minus(this.#object.setAttributes(bytesOf(name), attributesOf(change)));
  }

  fileSystemStatus(): FileSystemStatus | number {
    const { errno, ...status } = this.#object.statFileSystem();
    return errno === 0 ? { type: FILE_SYSTEM_TYPE, ...status } : -errno;
  }

  sync(): MaybeBlocking<number> {
    return errnoOf(this.#object.sync());
  }

  release(): void {
    this.#object.close();
  }
}

class DirectFile implements FileBackend {
  readonly #object: FileObject;

  constructor(object: FileObject) {
    this.#object = object;
  }

  read(offset: number, length: number): MaybeBlocking<Uint8Array | number> {
    return this.#prepared(offset, length, () => {
      const { errno, data } = this.#object.read(offset, length);
      return errno === 0 ? data : -errno;
    });
  }

  write(offset: number, data: Uint8Array, append: boolean): ReturnType<FileBackend['write']> {
    return this.#prepared(append ? -1 : offset, data.length, () => {
      const wrote = this.#object.write(offset, data, append);
      return wrote.errno === 0 ? { count: wrote.count, offset: wrote.offset + wrote.count } : -wrote.errno;
    });
  }

  truncate(size: number): MaybeBlocking<number> {
    return this.#prepared(size, 1, () => minus(this.#object.truncate(size)));
  }

  #prepared<T>(offset: number, length: number, access: () => T | number): MaybeBlocking<T | number> {
    const preparing = this.#object.prepare?.(offset, length);
    return preparing === undefined ? access() : this.#afterPreparing(preparing, offset, length, access);
  }

  *#afterPreparing<T>(
    preparing: Promise<void>,
    offset: number,
    length: number,
    access: () => T | number,
  ): Blocking<T | number> {
    let next: Promise<void> | undefined = preparing;
    while (next !== undefined) {
      if ((yield* promised(next)) instanceof Error) return -ERRNO.EIO;
      next = this.#object.prepare?.(offset, length);
    }
    return access();
  }

  status(): FileStatus | number {
    const { errno, stat } = this.#object.stat();
    return errno === 0 ? statusOf(stat) : -errno;
  }

  sync(dataOnly: boolean): MaybeBlocking<number> {
    return errnoOf(this.#object.sync(dataOnly));
  }

  setAttributes(change: AttributeChange): number {
    return minus(this.#object.setAttributes(attributesOf(change)));
  }

  release(): void {
    this.#object.close();
  }
}

/** 0, or minus the error number. */
function minus({ errno }: Answer): number {
  return errno === 0 ? 0 : -errno;
}

function errnoOf(answer: Answer | Promise<Answer>): MaybeBlocking<number> {
  return 'errno' in answer ? minus(answer) : errnoLater(answer);
}

function* errnoLater(answer: Promise<Answer>): Blocking<number> {
  const settled = yield* promised(answer);
  return settled instanceof Error ? -ERRNO.EIO : minus(settled);
}

/** Waits for a promise; its failure is an answer too. */
export function* promised<T>(promise: Promise<T>): Blocking<T | Error> {
  let outcome: { readonly value: T | Error } | undefined;
  const wait: Wait = {
    interruptible: false,
    begin(wake) {
      promise.then(
        (value) => {
          outcome = { value };
          wake();
        },
        (error: unknown) => {
          outcome = { value: error instanceof Error ? error : new Error(String(error)) };
          wake();
        },
      );
      return undefined;
    },
  };
  while (outcome === undefined) yield wait;
  return outcome.value;
}
