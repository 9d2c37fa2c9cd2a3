// An open file of the file-system core: what `promises.open` gives.

import { fromUtf8, toUtf8 } from '@capos/abi';
import type { RegularFile } from '../files/regular-file.ts';
import { ERRNO } from '../linux/errno.ts';
import type { Blocking } from '../waiting.ts';
import type { FileStats } from './file-stats.ts';
import { FileSystemError } from './file-system-error.ts';
import type { Operations } from './operations.ts';
import { runLater } from './run.ts';

export class FileHandle {
  readonly #operations: Operations;
  readonly #file: RegularFile;
  #closed = false;

  /** Takes the file over. */
  constructor(operations: Operations, file: RegularFile) {
    this.#operations = operations;
    this.#file = file.retain() as RegularFile;
  }

  get file(): RegularFile {
    if (this.#closed) throw new FileSystemError(-ERRNO.EBADF, 'use of a closed file', this.#file.description);
    return this.#file;
  }

  *reading(
    into: Uint8Array,
    offset: number = 0,
    length: number = into.length - offset,
    position?: number | null,
  ): Blocking<number> {
    const got = yield* this.#operations.read(this.file, Math.min(length, into.length - offset), position ?? undefined);
    into.set(got, offset);
    return got.length;
  }

  *writing(
    from: Uint8Array,
    offset: number = 0,
    length: number = from.length - offset,
    position?: number | null,
  ): Blocking<number> {
    return yield* this.#operations.write(this.file, from.subarray(offset, offset + length), position ?? undefined);
  }

  *truncating(size: number): Blocking<void> {
    const { file } = this;
    yield* this.#operations.onFile('ftruncate', file, () =>
      file.writable && size >= 0 ? file.truncate(size) : -ERRNO.EINVAL,
    );
  }

  *syncing(dataOnly: boolean): Blocking<void> {
    const { file } = this;
    yield* this.#operations.onFile(dataOnly ? 'fdatasync' : 'fsync', file, () => file.sync(dataOnly));
  }

  async read(
    into: Uint8Array,
    offset?: number,
    length?: number,
    position?: number | null,
  ): Promise<{ readonly bytesRead: number; readonly buffer: Uint8Array }> {
    return { bytesRead: await runLater(() => this.reading(into, offset, length, position)), buffer: into };
  }

  async write(
    from: Uint8Array | string,
    offset?: number | null,
    length?: number,
    position?: number | null,
  ): Promise<{ readonly bytesWritten: number; readonly buffer: Uint8Array | string }> {
    // With text the second argument is the position (fs.promises, filehandle.write).
    const bytesWritten = await runLater(() =>
      typeof from === 'string'
        ? this.writing(toUtf8(from), 0, undefined, offset)
        : this.writing(from, offset ?? undefined, length, position),
    );
    return { bytesWritten, buffer: from };
  }

  /** From the present position to the end. */
  async readFile(encoding?: 'utf8' | 'utf-8' | null): Promise<Uint8Array | string> {
    const bytes = await runLater(() => this.#operations.readAll(this.file));
    return encoding === undefined || encoding === null ? bytes : fromUtf8(bytes);
  }

  stat(): Promise<FileStats> {
    return runLater(() => this.#operations.statusOf(this.file));
  }

  truncate(size: number = 0): Promise<void> {
    return runLater(() => this.truncating(size));
  }

  chmod(mode: number): Promise<void> {
    return runLater(() =>
      this.#operations.onFile('fchmod', this.file, () => this.file.setAttributes({ mode: mode & 0o7777 })),
    );
  }

  /** Resolves when what was written survives a crash, as far as the directory can say that. */
  sync(): Promise<void> {
    return runLater(() => this.syncing(false));
  }

  datasync(): Promise<void> {
    return runLater(() => this.syncing(true));
  }

  closeNow(): void {
    this.file.release();
    this.#closed = true;
  }

  async close(): Promise<void> {
    this.closeNow();
  }
}
