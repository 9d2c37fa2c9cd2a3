// An open file of a union: a file of one layer, told of as the union tells it.
//
// One that is open in a layer below goes on with the copy when the file is copied up, as overlayfs has it since Linux 4.19: what
// is read is always what was last written, through whichever descriptor.

import type { SharedCapability } from '../../capabilities/shared-capability.ts';
import type { ByteString } from '../../guest-memory.ts';
import { ERRNO } from '../../linux/errno.ts';
import { type Blocking, type MaybeBlocking, settle } from '../../waiting.ts';
import type { FileBackend } from '../backend.ts';
import type { AttributeChange, FileStatus } from '../file-status.ts';
import { copyUpFile } from './copy-up.ts';
import type { OpenBelow, UnionNode } from './union-node.ts';

export class UnionFile implements FileBackend, OpenBelow {
  #backend: FileBackend;
  #layer: number;
  readonly #node: UnionNode;
  readonly #name: ByteString;

  constructor(backend: FileBackend, layer: number, node: UnionNode, name: ByteString) {
    this.#backend = backend;
    this.#layer = layer;
    this.#node = node;
    this.#name = name;
    if (layer === 0) return;
    const open = node.openBelow.get(name) ?? new Set();
    node.openBelow.set(name, open.add(this));
  }

  get capability(): SharedCapability | undefined {
    return this.#backend.capability;
  }

  goOnWith(backend: FileBackend): void {
    this.#backend.release();
    this.#backend = backend;
    this.#layer = 0;
  }

  read(offset: number, length: number): MaybeBlocking<Uint8Array | number> {
    return this.#backend.read(offset, length);
  }

  write(offset: number, data: Uint8Array, append: boolean): ReturnType<FileBackend['write']> {
    return this.#backend.write(offset, data, append);
  }

  *status(): Blocking<FileStatus | number> {
    const layer = this.#layer;
    const status = yield* settle(this.#backend.status());
    return typeof status === 'number' ? status : this.#node.union.statusOf(layer, status);
  }

  truncate(size: number): MaybeBlocking<number> {
    return this.#backend.truncate(size);
  }

  sync(dataOnly: boolean): MaybeBlocking<number> {
    // What is below never changes.
    return this.#layer === 0 ? this.#backend.sync(dataOnly) : 0;
  }

  *setAttributes(change: AttributeChange): Blocking<number> {
    const { union } = this.#node;
    if (this.#layer !== 0) {
      if (!union.writable) return -ERRNO.EROFS;
      // Removed meanwhile: there is no name to copy it up to.
      if (this.#node.openBelow.get(this.#name)?.has(this) !== true) return -ERRNO.EROFS;
      const failed = yield* union.exclusive(() =>
        this.#node.with((layers) => copyUpFile(this.#node, layers, this.#name)),
      );
      if (failed < 0) return failed;
    }
    return yield* settle(this.#backend.setAttributes(change));
  }

  release(): void {
    const open = this.#node.openBelow.get(this.#name);
    if (open?.delete(this) === true && open.size === 0) this.#node.openBelow.delete(this.#name);
    this.#backend.release();
  }
}
