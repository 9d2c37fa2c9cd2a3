// Memory file: memfd_create(2). Bytes that live as long as somebody holds the description.

import { ERRNO } from '../linux/errno.ts';
import { MODE } from '../linux/file-flags.ts';
import { type FileBackend, type FileStatus, syntheticStatus } from './backend.ts';

/** Largest size: what one process may hold outside its ledger. */
const LARGEST = 64 * 1024 * 1024;
let nextInode = 0x5000_0000n;

export class MemoryFile implements FileBackend {
  #bytes = new Uint8Array(0);
  #size = 0;
  readonly #inode = nextInode++;

  read(offset: number, length: number): Uint8Array {
    return this.#bytes.slice(offset, Math.min(this.#size, offset + length));
  }

  write(
    offset: number,
    data: Uint8Array,
    append: boolean,
  ): { readonly count: number; readonly offset: number } | number {
    const at = append ? this.#size : offset;
    const end = at + data.length;
    if (end > LARGEST) return -ERRNO.ENOSPC;
    this.#reserve(end);
    this.#bytes.set(data, at);
    this.#size = Math.max(this.#size, end);
    return { count: data.length, offset: end };
  }

  #reserve(size: number): void {
    if (size <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.min(LARGEST, Math.max(size, this.#bytes.length * 2)));
    larger.set(this.#bytes.subarray(0, this.#size));
    this.#bytes = larger;
  }

  status(): FileStatus {
    const blocks = Math.ceil(this.#size / 4096) * 8;
    return { ...syntheticStatus(MODE.REGULAR | 0o777, this.#inode, 0n, this.#size), blocks };
  }

  truncate(size: number): number {
    if (size > LARGEST) return -ERRNO.ENOSPC;
    if (size < this.#size) this.#bytes.fill(0, size, this.#size);
    else this.#reserve(size);
    this.#size = size;
    return 0;
  }

  sync(): number {
    return 0;
  }

  setAttributes(): number {
    return 0;
  }

  release(): void {
    this.#bytes = new Uint8Array(0);
    this.#size = 0;
  }
}
