// Directories and files behind Directory and File capabilities (file.capnp).
//
// Each method is one call; the errno in its results is passed on, and a call that fails as such is EIO, EAGAIN or the like
// (capability-call.ts). The capabilities belong to these objects: `release` gives them back.

import {
  type CapTableView,
  Directory,
  type DirectoryResolveResults,
  File as FileInterface,
  type MethodDescriptor,
  type ReceivedCap,
} from '@capos/abi';
import { type CallAnswer, type CallOptions, callMethod } from '../capabilities/capability-call.ts';
import { SharedCapability } from '../capabilities/shared-capability.ts';
import { type ByteString, byteString, bytesOf } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { type Blocking, isBlocking, type MaybeBlocking } from '../waiting.ts';
import type { DirectoryBackend, FileBackend, Opened } from './backend.ts';
import type { AttributeChange, FileStatus, FileSystemStatus, Listing } from './file-status.ts';
import { attributesOf, entryTypeOf, statusOf } from './stat-message.ts';

/** What every file system here says it is: the magic of ext4, which programs know how to treat. */
const EXT4_SUPER_MAGIC = 0xef53;
/** Room in a result message beside the data asked for. */
const MESSAGE_ROOM = 256;

type WithErrno = { readonly errno: number };

/** Makes a call and turns its answer into what `use` makes of it; errno in the results becomes minus an error number. */
function request<Params, Results extends WithErrno, T>(
  capability: SharedCapability,
  method: MethodDescriptor<Params, Results>,
  params: Params,
  use: (answer: CallAnswer<Results>, caps: CapTableView) => T | number,
  options?: CallOptions,
): MaybeBlocking<T | number> {
  const { reference } = capability;
  // Whoever held it has ended.
  if (reference === undefined) return -ERRNO.EIO;
  const { caps, capId } = reference;
  const answer = callMethod(caps, capId, method, params, options);
  if (isBlocking(answer)) return later(caps, answer, use);
  return outcomeOf(caps, answer, use);
}

function* later<Results extends WithErrno, T>(
  caps: CapTableView,
  answer: Blocking<CallAnswer<Results> | number>,
  use: (answer: CallAnswer<Results>, caps: CapTableView) => T | number,
): Blocking<T | number> {
  return outcomeOf(caps, yield* answer, use);
}

function outcomeOf<Results extends WithErrno, T>(
  caps: CapTableView,
  answer: CallAnswer<Results> | number,
  use: (answer: CallAnswer<Results>, caps: CapTableView) => T | number,
): T | number {
  if (typeof answer === 'number') return answer;
  const { errno } = answer.results;
  if (errno === 0) return use(answer, caps);
  for (const cap of answer.caps) caps.release(cap.capId);
  // An errno no program knows would be read as a pointer or a length by it.
  return errno < 4096 ? -errno : -ERRNO.EIO;
}

const done = (): number => 0;

/** What is known of whoever serves a directory and what is below it. */
interface Server {
  /** Whether it looks up several names at once. */
  resolves: boolean;
}

export class CapabilityDirectory implements DirectoryBackend {
  readonly capability: SharedCapability;
  readonly #server: Server;

  constructor(capability: SharedCapability, server: Server = { resolves: true }) {
    this.capability = capability;
    this.#server = server;
  }

  lookup(name: ByteString): MaybeBlocking<FileStatus | number> {
    return request(this.capability, Directory.methods.lookup, { name: bytesOf(name) }, ({ results }) =>
      statusOf(results.stat),
    );
  }

  resolve(names: readonly ByteString[]): MaybeBlocking<readonly (FileStatus | number)[]> {
    const { reference } = this.capability;
    if (!this.#server.resolves || reference === undefined) return [];
    const answer = callMethod(reference.caps, reference.capId, Directory.methods.resolve, {
      path: bytesOf(names.join('/')),
    });
    if (isBlocking(answer)) return this.#resolvedLater(names.length, reference.caps, answer);
    return this.#resolved(names.length, reference.caps, answer);
  }

  *#resolvedLater(
    names: number,
    caps: CapTableView,
    answer: Blocking<CallAnswer<DirectoryResolveResults> | number>,
  ): Blocking<readonly (FileStatus | number)[]> {
    return this.#resolved(names, caps, yield* answer);
  }

  #resolved(
    names: number,
    caps: CapTableView,
    answer: CallAnswer<DirectoryResolveResults> | number,
  ): readonly (FileStatus | number)[] {
    // Whoever does not know the method is not asked again. One by one then, and so the same failure comes again if it is another one.
    if (typeof answer === 'number') {
      if (answer === -ERRNO.EOPNOTSUPP) this.#server.resolves = false;
      return [];
    }
    for (const cap of answer.caps) caps.release(cap.capId);
    const { errno, stats } = answer.results;
    const found: (FileStatus | number)[] = stats.slice(0, names).map(statusOf);
    if (errno !== 0 && found.length < names) found.push(errno < 4096 ? -errno : -ERRNO.EIO);
    return found;
  }

  openFile(name: ByteString, flags: number, mode: number): MaybeBlocking<Opened | number> {
    const params = { name: bytesOf(name), flags, mode };
    return request<typeof params, import('@capos/abi').DirectoryOpenFileResults, Opened>(
      this.capability,
      Directory.methods.openFile,
      params,
      (answer, caps) => {
        const capability = this.#adopt(caps, answer.caps, answer.results.file, FileInterface.id);
        if (capability === undefined) return -ERRNO.EIO;
        return { kind: 'file', file: new CapabilityFile(capability), status: statusOf(answer.results.stat) };
      },
    );
  }

  openDirectory(name: ByteString): MaybeBlocking<DirectoryBackend | number> {
    return request<{ name: Uint8Array }, import('@capos/abi').DirectoryOpenDirectoryResults, DirectoryBackend>(
      this.capability,
      Directory.methods.openDirectory,
      { name: bytesOf(name) },
      (answer, caps) => {
        const capability = this.#adopt(caps, answer.caps, answer.results.directory, Directory.id);
        return capability === undefined ? -ERRNO.EIO : new CapabilityDirectory(capability, this.#server);
      },
    );
  }

  /** The result capability with ordinal `ordinal`, if it has the interface it must have; all others are released. */
  #adopt(
    caps: CapTableView,
    received: readonly ReceivedCap[],
    ordinal: number,
    interfaceId: bigint,
  ): SharedCapability | undefined {
    let adopted: SharedCapability | undefined;
    for (const [index, cap] of received.entries()) {
      if (index === ordinal && cap.interfaceId === interfaceId)
        adopted = new SharedCapability(this.capability.acting, caps, cap.capId, true);
      else caps.release(cap.capId);
    }
    return adopted;
  }

  list(cookie: bigint, limit: number): MaybeBlocking<Listing | number> {
    return request(this.capability, Directory.methods.list, { cookie, limit }, ({ results }) => ({
      entries: results.entries
        .map((entry) => ({
          name: byteString(entry.name),
          type: entryTypeOf(entry.kind),
          inode: entry.inode,
        }))
        // What is no single component can't be a name; a directory that claims so is not believed.
        .filter(({ name }) => name !== '' && name !== '.' && name !== '..' && !/[/\0]/.test(name)),
      next: results.next,
      end: results.end,
    }));
  }

  makeDirectory(name: ByteString, mode: number): MaybeBlocking<number> {
    return request(this.capability, Directory.methods.makeDirectory, { name: bytesOf(name), mode }, done);
  }

  remove(name: ByteString, directory: boolean): MaybeBlocking<number> {
    return request(this.capability, Directory.methods.remove, { name: bytesOf(name), directory }, done);
  }

  rename(name: ByteString, target: DirectoryBackend, targetName: ByteString, flags: number): MaybeBlocking<number> {
    if (!(target instanceof CapabilityDirectory)) return -ERRNO.EXDEV;
    const beside = this.#beside(target);
    if (beside === undefined) return -ERRNO.EXDEV;
    const params = { name: bytesOf(name), target: 0, targetName: bytesOf(targetName), flags };
    return request(this.capability, Directory.methods.rename, params, done, beside);
  }

  link(name: ByteString, target: DirectoryBackend, targetName: ByteString): MaybeBlocking<number> {
    if (!(target instanceof CapabilityDirectory)) return -ERRNO.EXDEV;
    const beside = this.#beside(target);
    if (beside === undefined) return -ERRNO.EXDEV;
    const params = { name: bytesOf(name), target: 0, targetName: bytesOf(targetName) };
    return request(this.capability, Directory.methods.link, params, done, beside);
  }

  /** The other directory as the one capability that travels with a call: by its id in the table the call goes through. */
  #beside(target: CapabilityDirectory): CallOptions | undefined {
    const { reference } = this.capability;
    const capId = reference && target.capability.idIn(reference.caps);
    return capId === undefined ? undefined : { transfers: [{ capId, mode: 'copy' }] };
  }

  symlink(name: ByteString, path: ByteString): MaybeBlocking<number> {
    const params = { name: bytesOf(name), path: bytesOf(path) };
    return request(this.capability, Directory.methods.symlink, params, done);
  }

  readLink(name: ByteString): MaybeBlocking<ByteString | number> {
    return request(this.capability, Directory.methods.readLink, { name: bytesOf(name) }, ({ results }) =>
      byteString(results.path),
    );
  }

  status(): MaybeBlocking<FileStatus | number> {
    return request(this.capability, Directory.methods.stat, {}, ({ results }) => statusOf(results.stat));
  }

  setAttributes(name: ByteString, change: AttributeChange): MaybeBlocking<number> {
    const params = { name: bytesOf(name), attributes: attributesOf(change) };
    return request(this.capability, Directory.methods.setAttributes, params, done);
  }

  fileSystemStatus(): MaybeBlocking<FileSystemStatus | number> {
    return request(this.capability, Directory.methods.statFileSystem, {}, ({ results }) => ({
      type: EXT4_SUPER_MAGIC,
      blockSize: results.blockSize,
      blocks: results.blocks,
      free: results.free,
      files: results.files,
      readOnly: results.readOnly,
    }));
  }

  sync(): MaybeBlocking<number> {
    return request(this.capability, Directory.methods.sync, {}, done);
  }

  release(): void {
    this.capability.release();
  }
}

export class CapabilityFile implements FileBackend {
  readonly capability: SharedCapability;

  constructor(capability: SharedCapability) {
    this.capability = capability;
  }

  read(offset: number, length: number): MaybeBlocking<Uint8Array | number> {
    return request(
      this.capability,
      FileInterface.methods.read,
      { offset: BigInt(offset), length },
      // More than was asked for would overrun the program's buffer.
      ({ results }) => (results.data.length > length ? results.data.subarray(0, length) : results.data),
      { maxResultBytes: length + MESSAGE_ROOM },
    );
  }

  write(
    offset: number,
    data: Uint8Array,
    append: boolean,
  ): MaybeBlocking<{ readonly count: number; readonly offset: number } | number> {
    const params = { offset: BigInt(offset), data, append };
    return request(this.capability, FileInterface.methods.write, params, ({ results }) => {
      const count = Math.min(results.count, data.length);
      return { count, offset: (append ? Number(results.offset) : offset) + count };
    });
  }

  status(): MaybeBlocking<FileStatus | number> {
    return request(this.capability, FileInterface.methods.stat, {}, ({ results }) => statusOf(results.stat));
  }

  truncate(size: number): MaybeBlocking<number> {
    return request(this.capability, FileInterface.methods.truncate, { size: BigInt(size) }, done);
  }

  sync(dataOnly: boolean): MaybeBlocking<number> {
    return request(this.capability, FileInterface.methods.sync, { dataOnly }, done);
  }

  setAttributes(change: AttributeChange): MaybeBlocking<number> {
    const params = { attributes: attributesOf(change) };
    return request(this.capability, FileInterface.methods.setAttributes, params, done);
  }

  release(): void {
    this.capability.release();
  }
}
