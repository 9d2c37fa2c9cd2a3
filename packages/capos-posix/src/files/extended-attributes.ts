// Extended attributes: names and values that programs of the domain have given to files (xattr(7)).
//
//   mount, device:inode ─▶ name ─▶ bytes
//
// Directories as capabilities have no place for them: like special files they are known to this domain, as long as it and the file
// live, and to nobody else.

import type { ByteString } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import type { FileStatus } from './file-status.ts';

/** Bytes of names and values that a domain keeps at most. */
const MOST_BYTES = 16 * 1024 * 1024;

/** What a file is known by; undefined where nothing is kept. */
export function attributeKey(
  source: string | undefined,
  { device, inode }: Pick<FileStatus, 'device' | 'inode'>,
): string | undefined {
  return source === undefined ? undefined : `${source}|${device}:${inode}`;
}

export class ExtendedAttributes {
  readonly #files = new Map<string, Map<ByteString, Uint8Array>>();
  #bytes = 0;

  get(key: string, name: ByteString): Uint8Array | undefined {
    return this.#files.get(key)?.get(name);
  }

  names(key: string): readonly ByteString[] {
    return [...(this.#files.get(key)?.keys() ?? [])];
  }

  /** 0, or −ENOSPC. */
  set(key: string, name: ByteString, value: Uint8Array): number {
    const before = this.get(key, name);
    const more = value.length + (before === undefined ? name.length : -before.length);
    if (this.#bytes + more > MOST_BYTES) return -ERRNO.ENOSPC;
    this.#bytes += more;
    const attributes = this.#files.get(key) ?? new Map<ByteString, Uint8Array>();
    this.#files.set(key, attributes.set(name, value));
    return 0;
  }

  /** 0, or −ENODATA. */
  remove(key: string, name: ByteString): number {
    const attributes = this.#files.get(key);
    const value = attributes?.get(name);
    if (attributes === undefined || value === undefined) return -ERRNO.ENODATA;
    this.#bytes -= name.length + value.length;
    attributes.delete(name);
    if (attributes.size === 0) this.#files.delete(key);
    return 0;
  }

  /** The last name of the file has gone. */
  forget(key: string | undefined): void {
    if (key !== undefined) for (const name of this.names(key)) this.remove(key, name);
  }
}
