// An open file of a tree in memory.
import { ERRNO } from './errno.ts';
import {
  type Attributes,
  OK,
  OPEN_READ,
  OPEN_WRITE,
  type OpenFile,
  type ReadResult,
  type StatResult,
  type Status,
  type WriteResult,
} from './file-system.ts';
import type { Inode, Tree } from './tree.ts';

const NOTHING = new Uint8Array();

export class TreeFile implements OpenFile {
  readonly #tree: Tree;
  readonly #node: Inode;
  readonly #flags: number;
  #closed = false;

  constructor(tree: Tree, node: Inode, flags: number) {
    this.#tree = tree;
    this.#node = node;
    this.#flags = flags;
    tree.hold(node);
  }

  prepare(offset: number, length: number): Promise<void> | undefined {
    return this.#tree.backing?.prepare(this.#node, offset < 0 ? this.#node.content!.size : offset, length);
  }

  read(offset: number, length: number): ReadResult {
    if ((this.#flags & OPEN_READ) === 0) return { errno: ERRNO.EBADF, data: NOTHING };
    return { errno: 0, data: this.#node.content!.read(offset, length) };
  }

  write(offset: number, data: Uint8Array, append: boolean): WriteResult {
    const content = this.#node.content!;
    const start = append ? content.size : offset;
    const failure = (errno: number): WriteResult => ({ errno, count: 0, offset: start });
    if ((this.#flags & OPEN_WRITE) === 0) return failure(ERRNO.EBADF);
    const room = this.#tree.maxFileBytes - start;
    if (data.length === 0) return failure(0);
    if (room <= 0) return failure(ERRNO.EFBIG);
    const count = content.write(start, data.length > room ? data.subarray(0, room) : data);
    if (count === 0) return failure(ERRNO.ENOSPC);
    this.#tree.modified(this.#node);
    return { errno: 0, count, offset: start };
  }

  stat(): StatResult {
    return { errno: 0, stat: this.#tree.stat(this.#node) };
  }

  truncate(size: number): Status {
    if ((this.#flags & OPEN_WRITE) === 0) return { errno: ERRNO.EINVAL };
    if (size > this.#tree.maxFileBytes) return { errno: ERRNO.EFBIG };
    this.#node.content!.truncate(size);
    this.#tree.modified(this.#node);
    return OK;
  }

  sync(_dataOnly: boolean): Status | Promise<Status> {
    return this.#tree.backing?.sync() ?? OK;
  }

  setAttributes(attributes: Attributes): Status {
    return { errno: this.#tree.setAttributes(this.#node, attributes) };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#tree.drop(this.#node);
  }
}
