// Special files: named pipes and device nodes that programs of the domain have made (mkfifo(3), mknod(2)).
//
//   /run/queue ─ walk ─▶ mount, device:inode ─▶ SpecialFile ─▶ a pipe of the domain's, or a device that the process has anyway
//
// Directories as capabilities make files: such a node is an empty file that this table knows to be one, so it is special to
// this domain, as long as it lives, and to nobody else. A device node gives no authority: it is opened as what the process finds in
// /dev under that number, and any other number leads to nothing (ENXIO).

import { MODE } from '../linux/file-flags.ts';
import type { FileStatus } from './file-status.ts';
import type { InodeNumbers } from './inode-numbers.ts';
import { Pipe, PipeEnd } from './pipe.ts';

export interface SpecialFile {
  /** MODE.FIFO, MODE.CHARACTER, MODE.BLOCK, or MODE.SOCKET of one that nobody listens at. */
  readonly type: number;
  /** Of a device: `st_rdev`. */
  readonly rdev: bigint;
  /** Of a named pipe. */
  readonly pipe: Pipe;
}

export class SpecialFiles {
  readonly #files = new Map<string, SpecialFile>();
  readonly #inodes = new Set<bigint>();
  readonly #numbers: InodeNumbers;

  constructor(numbers: InodeNumbers) {
    this.#numbers = numbers;
  }

  /** The empty file `status` of the mount `source` is special from now on. */
  made(source: string, status: FileStatus, type: number, rdev: bigint): void {
    this.#files.set(keyOf(source, status), { type, rdev, pipe: new Pipe(this.#numbers.take('pipe')) });
    this.#inodes.add(status.inode);
  }

  at(source: string | undefined, status: FileStatus): SpecialFile | undefined {
    return source === undefined || this.#files.size === 0 ? undefined : this.#files.get(keyOf(source, status));
  }

  /** The status of a file as programs see it. */
  shown(source: string | undefined, status: FileStatus): FileStatus {
    const special = this.at(source, status);
    if (special === undefined) return status;
    return { ...status, mode: special.type | (status.mode & 0o7777), rdev: special.rdev, size: 0, blocks: 0 };
  }

  /** Whether a listed entry may be one: its kind is not told then, so that programs ask. */
  mayBe(inode: bigint): boolean {
    return this.#inodes.has(inode);
  }

  /** The last name has gone: a new file with the same inode is an ordinary one. */
  forget(source: string | undefined, status: FileStatus): void {
    if (source !== undefined) this.#files.delete(keyOf(source, status));
  }
}

function keyOf(source: string, { device, inode }: FileStatus): string {
  return `${source}|${device}:${inode}`;
}

/** An end, or both ends, of a named pipe. */
export class NamedPipeEnd extends PipeEnd {
  override readonly description: string;
  readonly #status: FileStatus;

  constructor(pipe: Pipe, statusFlags: number, path: string, status: FileStatus) {
    super(pipe, statusFlags);
    this.description = path;
    this.#status = status;
  }

  override status(): FileStatus {
    return this.#status;
  }

  protected override close(): void {
    super.close();
    // What nobody has open holds nothing (fifo(7)).
    if (this.pipe.readers === 0 && this.pipe.writers === 0) this.pipe.take(this.pipe.length);
  }
}

/** Whether a mode says that the file is one of these. */
export function isSpecialType(type: number): boolean {
  return type === MODE.FIFO || type === MODE.CHARACTER || type === MODE.BLOCK || type === MODE.SOCKET;
}
