// An open regular file of the host: positioned calls on its descriptor.
import {
  type BigIntStats,
  closeSync,
  fchmodSync,
  fchownSync,
  fdatasync,
  fstatSync,
  fsync,
  ftruncateSync,
  futimesSync,
  readSync,
  writeSync,
} from 'node:fs';
import { ERRNO } from '../directory/errno.ts';
import {
  ATTRIBUTE_ACCESSED,
  ATTRIBUTE_MODE,
  ATTRIBUTE_MODIFIED,
  ATTRIBUTE_OWNER,
  type Attributes,
  type FileKind,
  type FileStat,
  NO_STAT,
  OK,
  OPEN_READ,
  OPEN_WRITE,
  type OpenFile,
  type ReadResult,
  type StatResult,
  type Status,
  type WriteResult,
} from '../directory/file-system.ts';
import { errnoOf } from './host-errno.ts';
import type { SetIdBits } from './set-id-bits.ts';

/** By the four bits of st_mode that tell the type (inode(7)). */
const KINDS: Readonly<Record<number, FileKind>> = {
  1: 'fifo',
  2: 'characterDevice',
  4: 'directory',
  6: 'blockDevice',
  8: 'file',
  10: 'symlink',
  12: 'socket',
};

/** Permission bits that a guest may give a file of the host: without set-id (set-id-bits.ts). */
export const HOST_MODE_MASK = 0o1777;

export function kindOf(stats: BigIntStats): FileKind {
  return KINDS[Number(stats.mode) >> 12] ?? 'file';
}

export function fileStat(stats: BigIntStats, setId: SetIdBits): FileStat {
  return {
    kind: kindOf(stats),
    mode: setId.modeOf(stats),
    size: stats.size,
    links: Number(stats.nlink),
    inode: stats.ino,
    modifiedNs: stats.mtimeNs,
    accessedNs: stats.atimeNs,
    changedNs: stats.ctimeNs,
    uid: Number(stats.uid),
    gid: Number(stats.gid),
    blockSize: Number(stats.blksize),
    blocks: stats.blocks,
    device: stats.dev,
    rdev: stats.rdev,
  };
}

/** Access and modification time in seconds, as Node takes them (to the microsecond); what is not set stays. */
export function timesToSet(attributes: Attributes, present: FileStat): [number, number] {
  const { mask } = attributes;
  const accessed = mask & ATTRIBUTE_ACCESSED ? attributes.accessedNs : present.accessedNs;
  const modified = mask & ATTRIBUTE_MODIFIED ? attributes.modifiedNs : present.modifiedNs;
  // What Node makes nanoseconds of again is cut off: half of one keeps it from being one less.
  return [(Number(accessed) + 0.5) / 1e9, (Number(modified) + 0.5) / 1e9];
}

export const keepOr = (id: number): number => (id === 0xffffffff ? -1 : id);

export class HostFile implements OpenFile {
  readonly #descriptor: number;
  readonly #flags: number;
  readonly #setId: SetIdBits;
  #closed = false;

  constructor(descriptor: number, flags: number, setId: SetIdBits) {
    this.#descriptor = descriptor;
    this.#setId = setId;
    this.#flags = flags;
  }

  read(offset: number, length: number): ReadResult {
    const nothing = new Uint8Array();
    if ((this.#flags & OPEN_READ) === 0) return { errno: ERRNO.EBADF, data: nothing };
    try {
      // Not cleared first: only what the host filled in is handed on.
      const buffer = Buffer.allocUnsafeSlow(length);
      let done = 0;
      while (done < length) {
        const count = readSync(this.#descriptor, buffer, done, length - done, offset + done);
        if (count === 0) break;
        done += count;
      }
      return { errno: 0, data: new Uint8Array(buffer.buffer, 0, done) };
    } catch (error) {
      return { errno: errnoOf(error), data: nothing };
    }
  }

  write(offset: number, data: Uint8Array, append: boolean): WriteResult {
    let start = offset;
    let done = 0;
    try {
      if ((this.#flags & OPEN_WRITE) === 0) return { errno: ERRNO.EBADF, count: 0, offset };
      if (append) start = fstatSync(this.#descriptor).size;
      while (done < data.length) done += writeSync(this.#descriptor, data, done, data.length - done, start + done);
    } catch (error) {
      if (done === 0) return { errno: errnoOf(error), count: 0, offset: start };
    }
    return { errno: 0, count: done, offset: start };
  }

  stat(): StatResult {
    try {
      return { errno: 0, stat: fileStat(fstatSync(this.#descriptor, { bigint: true }), this.#setId) };
    } catch (error) {
      return { errno: errnoOf(error), stat: NO_STAT };
    }
  }

  truncate(size: number): Status {
    if ((this.#flags & OPEN_WRITE) === 0) return { errno: ERRNO.EINVAL };
    try {
      ftruncateSync(this.#descriptor, size);
      return OK;
    } catch (error) {
      return { errno: errnoOf(error) };
    }
  }

  sync(dataOnly: boolean): Promise<Status> {
    return new Promise((resolve) => {
      (dataOnly ? fdatasync : fsync)(this.#descriptor, (error) =>
        resolve(error === null ? OK : { errno: errnoOf(error) }),
      );
    });
  }

  setAttributes(attributes: Attributes): Status {
    const { mask } = attributes;
    try {
      if (mask & ATTRIBUTE_OWNER) fchownSync(this.#descriptor, keepOr(attributes.uid), keepOr(attributes.gid));
      if (mask & ATTRIBUTE_MODE) {
        fchmodSync(this.#descriptor, attributes.mode & HOST_MODE_MASK);
        this.#setId.changed(fstatSync(this.#descriptor, { bigint: true }), attributes.mode);
      }
      if (mask & (ATTRIBUTE_ACCESSED | ATTRIBUTE_MODIFIED))
        futimesSync(this.#descriptor, ...timesToSet(attributes, this.stat().stat));
      return OK;
    } catch (error) {
      return { errno: errnoOf(error) };
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.#descriptor);
  }
}
