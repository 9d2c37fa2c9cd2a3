// Program files: the bytes that execve loads, one array for as long as the file is the same.
//
//   resolve ─▶ kept, and the file is as it was? ─▶ that very array, without a message
//             └▶ open ─▶ read all of it ─▶ kept, the file used longest ago goes
//
// Whoever loads an image may tell by the array that it is the one it loaded before: nobody writes to it.

import { type FileBackend, OPEN_FILE } from '../files/backend.ts';
import type { CachedFile } from '../files/cached-file.ts';
import type { FileStatus } from '../files/file-status.ts';
import type { PageCache } from '../files/page-cache.ts';
import type { Resolved } from '../files/path-walk.ts';
import { RegularFile } from '../files/regular-file.ts';
import { ERRNO } from '../linux/errno.ts';
import { MODE } from '../linux/file-flags.ts';
import { type Blocking, settle } from '../waiting.ts';

/** Largest program file. */
const LARGEST_IMAGE = 512 * 1024 * 1024;
/** Bytes of files that are kept for the next execve. */
const MOST_KEPT = 64 * 1024 * 1024;
/** Bytes asked for at once, and most that are set aside before any has come. */
const READ_CHUNK = 262_144;
const FIRST_ROOM = 16 * 1024 * 1024;

interface KeptFile {
  readonly bytes: Uint8Array;
  /** Of the file, when they were read. */
  readonly version: number;
}

/** Files of a domain that were executed lately, by the page cache's name for them. */
export class ProgramFiles {
  readonly #kept = new Map<string, KeptFile>();
  #total = 0;

  /** The bytes of a file that is now as `status` says, if they are here. */
  find(file: CachedFile, status: FileStatus): Uint8Array | undefined {
    const kept = this.#kept.get(file.key);
    if (kept === undefined) return undefined;
    this.#drop(file.key, kept);
    if (kept.version !== file.version || !file.isAsIn(status)) return undefined;
    this.#kept.set(file.key, kept);
    this.#total += kept.bytes.length;
    return kept.bytes;
  }

  keep(file: CachedFile, version: number, bytes: Uint8Array): void {
    // What a mapping writes is told to nobody.
    if (version !== file.version || file.isMappedWritable || bytes.length > MOST_KEPT) return;
    const before = this.#kept.get(file.key);
    if (before !== undefined) this.#drop(file.key, before);
    this.#kept.set(file.key, { bytes, version });
    this.#total += bytes.length;
    for (const [key, oldest] of this.#kept) {
      if (this.#total <= MOST_KEPT) return;
      this.#drop(key, oldest);
    }
  }

  #drop(key: string, { bytes }: KeptFile): void {
    this.#kept.delete(key);
    this.#total -= bytes.length;
  }
}

/** All bytes of what was resolved, if it may be executed; or minus an error number. */
export function* readProgram(
  domain: { readonly pageCache: PageCache; readonly programs: ProgramFiles },
  resolved: Resolved,
): Blocking<Uint8Array | number> {
  const { status, parent, name, magic } = resolved;
  if (magic instanceof RegularFile) return magic.backend.content ?? (yield* readAll(magic.backend, 0));
  if (status === undefined) return -ERRNO.ENOENT;
  if ((status.mode & MODE.TYPE) !== MODE.REGULAR || (status.mode & 0o111) === 0) return -ERRNO.EACCES;
  const { source } = parent.mount;
  const { pageCache, programs } = domain;
  const known = source === undefined ? undefined : pageCache.known(source, status);
  const kept = known && programs.find(known, status);
  if (kept !== undefined) return kept;
  const opened = yield* settle(parent.backend.openFile(name, OPEN_FILE.READ, 0));
  if (typeof opened === 'number') return opened;
  if (opened.kind !== 'file') return -ERRNO.EACCES;
  const { file } = opened;
  try {
    if (source === undefined || file.capability === undefined) return yield* readAll(file, opened.status.size);
    const cached = pageCache.file(source, opened.status);
    yield* cached.opened(opened.status, file);
    const { version } = cached;
    const bytes = yield* readAll(file, opened.status.size);
    if (typeof bytes !== 'number') programs.keep(cached, version, bytes);
    return bytes;
  } finally {
    file.release();
  }
}

/** `expected`: how long it is said to be. */
function* readAll(file: FileBackend, expected: number): Blocking<Uint8Array | number> {
  let all = new Uint8Array(Math.min(expected, FIRST_ROOM));
  let total = 0;
  for (;;) {
    const part = yield* settle(file.read(total, READ_CHUNK));
    if (typeof part === 'number') return part;
    if (part.length === 0) break;
    const end = total + part.length;
    if (end > LARGEST_IMAGE) return -ERRNO.ENOMEM;
    if (end > all.length) {
      const larger = new Uint8Array(Math.max(end, Math.min(expected, all.length * 2)));
      larger.set(all.subarray(0, total));
      all = larger;
    }
    all.set(part, total);
    total = end;
  }
  return total === all.length ? all : all.slice(0, total);
}
