// Path handle: what open(O_PATH) gives for something that is not a directory. It names a place and reads nothing.

import type { ByteString } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import type { MaybeBlocking } from '../waiting.ts';
import type { DirectoryNode } from './directory-node.ts';
import type { AttributeChange, FileStatus } from './file-status.ts';
import { OpenFile } from './open-file.ts';

export class PathHandle extends OpenFile {
  readonly place: { readonly parent: DirectoryNode; readonly name: ByteString };
  override readonly description: string;

  constructor(parent: DirectoryNode, name: ByteString, description: string, statusFlags: number) {
    super(statusFlags);
    this.place = { parent: parent.retain(), name };
    this.description = description;
  }

  override get pollable(): boolean {
    return false;
  }

  override read(): number {
    return -ERRNO.EBADF;
  }

  override write(): number {
    return -ERRNO.EBADF;
  }

  override seek(): number {
    return -ERRNO.EBADF;
  }

  override status(): MaybeBlocking<FileStatus | number> {
    return this.place.parent.backend.lookup(this.place.name);
  }

  /** By its path in /proc/self/fd; what comes by the descriptor is refused before (chmod(2), EBADF). */
  override setAttributes(change: AttributeChange): MaybeBlocking<number> {
    const { parent, name } = this.place;
    if (parent.mount.readOnly) return -ERRNO.EROFS;
    return parent.backend.setAttributes(name, change);
  }

  override sync(): number {
    return -ERRNO.EBADF;
  }

  override ioctl(): number {
    return -ERRNO.EBADF;
  }

  protected override close(): void {
    this.place.parent.release();
  }
}
