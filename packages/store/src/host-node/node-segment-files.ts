// Segments as files of one directory on Node: positioned reads and writes, fdatasync, and a lock that dies with its owner.
import {
  closeSync,
  fdatasync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { SegmentFile, SegmentFiles } from '../segment/segment-files.ts';
import { lockDirectory } from './directory-lock.ts';

class NodeSegmentFile implements SegmentFile {
  readonly #descriptor: number;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  size(): number {
    return fstatSync(this.#descriptor).size;
  }

  read(target: Uint8Array, position: number): number {
    let done = 0;
    while (done < target.length) {
      const count = readSync(this.#descriptor, target, done, target.length - done, position + done);
      if (count === 0) break;
      done += count;
    }
    return done;
  }

  write(bytes: Uint8Array, position: number): number {
    return writeSync(this.#descriptor, bytes, 0, bytes.length, position);
  }

  truncate(size: number): void {
    ftruncateSync(this.#descriptor, size);
  }

  sync(): Promise<void> {
    return new Promise((resolve, reject) => {
      fdatasync(this.#descriptor, (error) => (error === null ? resolve() : reject(error)));
    });
  }

  syncNow(): void {
    fdatasyncSync(this.#descriptor);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

/** Makes the names in a directory durable: POSIX leaves that to an fsync of the directory itself. */
function syncDirectory(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * The segment files in the directory `path`, which is created if need be, locked against every other process.
 * @throws {StoreError} `locked` when another live process holds it; what `node:fs` throws otherwise.
 */
export function nodeSegmentFiles(path: string): SegmentFiles {
  const created = mkdirSync(path, { recursive: true, mode: 0o700 });
  if (created !== undefined) syncDirectory(dirname(created));
  const lock = lockDirectory(path);
  syncDirectory(path); // names that a crashed process created
  return {
    list: () => readdirSync(path),
    open: (name) => new NodeSegmentFile(openSync(join(path, name), 'r+')),
    create(name) {
      const descriptor = openSync(join(path, name), 'wx+', 0o600);
      syncDirectory(path);
      return new NodeSegmentFile(descriptor);
    },
    close: () => lock.release(),
  };
}
