// Memory file: what memfd_create and /dev/shm are made of. Its bytes are shared memory, so every mapping of it, in every
// process of the domain, is the same memory. It lives while a name, a description or a mapping holds it.

import type { Acting } from '../capabilities/shared-capability.ts';
import { ERRNO } from '../linux/errno.ts';
import { MODE } from '../linux/file-flags.ts';
import { SharedMemory, type SharedMemoryMaker } from '../memory/shared-memory.ts';
import type { Blocking } from '../waiting.ts';
import type { FileBackend } from './backend.ts';
import { type AttributeChange, type FileStatus, syntheticStatus } from './file-status.ts';
import type { InodeNumbers } from './inode-numbers.ts';

/** Largest size. */
const LARGEST = 1024 * 1024 * 1024;
/** What memory files that are in no directory tell of, and those of /dev/shm. */
export const MEMORY_DEVICE = 20n;
const ZEROES = new Uint8Array(4096);

/** What memory files ask of the domain they are in. */
export interface MemoryFileDomain extends Acting {
  readonly inodes: InodeNumbers;
  /** Who owns a file made just now. */
  readonly owner: { readonly uid: number; readonly gid: number };
  /** The time for a file made or changed just now. */
  readonly nowNs: bigint;
  /** The process that pays for shared memory made just now. */
  readonly currentMaker: SharedMemoryMaker | undefined;
}

/** What may not be done to the file any more (fcntl(2), "File Sealing"). */
export const SEAL = { SEAL: 1, SHRINK: 2, GROW: 4, WRITE: 8, FUTURE_WRITE: 0x10, EXEC: 0x20 } as const;
const ANY_EXECUTE = 0o111;

export class MemoryFile implements FileBackend {
  readonly shared: SharedMemory;
  links = 0;
  /** Bits of SEAL; nothing takes one away. */
  seals: number;
  #opens = 0;
  #size = 0;
  #status: FileStatus;
  readonly #domain: MemoryFileDomain;

  constructor(domain: MemoryFileDomain, mode: number, seals: number = SEAL.SEAL, device: bigint = MEMORY_DEVICE) {
    this.seals = seals;
    this.#domain = domain;
    this.shared = new SharedMemory(domain);
    const now = domain.nowNs;
    this.#status = {
      ...syntheticStatus(MODE.REGULAR | mode, domain.inodes.take('memory')),
      ...domain.owner,
      device,
      accessedNs: now,
      modifiedNs: now,
      changedNs: now,
    };
  }

  get size(): number {
    return this.#size;
  }

  open(): this {
    this.#opens++;
    return this;
  }

  *read(offset: number, length: number): Blocking<Uint8Array | number> {
    const available = Math.max(0, Math.min(length, this.#size - offset));
    return available === 0 ? new Uint8Array(0) : yield* this.shared.read(offset, available);
  }

  *write(
    offset: number,
    data: Uint8Array,
    append: boolean,
  ): Blocking<{ readonly count: number; readonly offset: number } | number> {
    const at = append ? this.#size : offset;
    if (!this.writable) return -ERRNO.EPERM;
    // What is in pages that are there already goes in.
    const most = this.#sealed(SEAL.GROW) ? pagesBelow(this.#size) - at : data.length;
    const fits = at + data.length <= this.#size || most >= data.length ? data : data.subarray(0, Math.max(0, most));
    if (fits.length === 0 && data.length > 0) return -ERRNO.EPERM;
    const end = at + fits.length;
    const room = this.#reserve(end);
    if (room < 0) return room;
    const wrote = yield* this.shared.write(at, fits);
    if (wrote < 0) return wrote;
    this.#size = Math.max(this.#size, end);
    this.#status = { ...this.#status, modifiedNs: this.#domain.nowNs };
    return { count: fits.length, offset: end };
  }

  #sealed(seal: number): boolean {
    return (this.seals & seal) !== 0;
  }

  /** Whether any bytes may be changed. */
  get writable(): boolean {
    return !this.#sealed(SEAL.WRITE | SEAL.FUTURE_WRITE);
  }

  #reserve(size: number): number {
    const maker: SharedMemoryMaker | undefined = this.#domain.currentMaker;
    if (size > LARGEST || maker === undefined) return -ERRNO.ENOSPC;
    return this.shared.reserve(size, maker);
  }

  status(): FileStatus {
    return { ...this.#status, size: this.#size, links: this.links, blocks: Math.ceil(this.#size / 4096) * 8 };
  }

  *truncate(size: number): Blocking<number> {
    if (size < this.#size ? this.#sealed(SEAL.SHRINK) : size > this.#size && this.#sealed(SEAL.GROW))
      return -ERRNO.EPERM;
    const room = this.#reserve(size);
    if (room < 0) return room;
    // What is cut off must read zero should the file grow again.
    for (let at = size; at < this.#size; at += ZEROES.length) {
      const cleared = yield* this.shared.write(at, ZEROES.subarray(0, Math.min(ZEROES.length, this.#size - at)));
      if (cleared < 0) return cleared;
    }
    this.#size = size;
    return 0;
  }

  sync(): number {
    return 0;
  }

  setAttributes(change: AttributeChange): number {
    const { mode, owner, accessedNs, modifiedNs } = change;
    if (mode !== undefined && this.#sealed(SEAL.EXEC) && ((mode ^ this.#status.mode) & ANY_EXECUTE) !== 0)
      return -ERRNO.EPERM;
    this.#status = {
      ...this.#status,
      ...(mode === undefined ? {} : { mode: MODE.REGULAR | mode }),
      ...owner,
      ...(accessedNs === undefined ? {} : { accessedNs }),
      ...(modifiedNs === undefined ? {} : { modifiedNs }),
      changedNs: this.#domain.nowNs,
    };
    return 0;
  }

  /** A description has been closed. */
  release(): void {
    this.#opens--;
    this.releaseIfUnused();
  }

  /** Mappings keep the pages by themselves; the file's own hold on them goes with the last name and description. */
  releaseIfUnused(): void {
    if (this.#opens <= 0 && this.links === 0) this.shared.release();
  }
}

function pagesBelow(size: number): number {
  return size - (size % ZEROES.length);
}
