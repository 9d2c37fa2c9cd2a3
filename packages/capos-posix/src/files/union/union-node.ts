// Union node: one directory of a union, with the layers that have it.
//
//   /etc of the union ─┬ upper: etc          what is found first from the top counts; a directory goes on downwards until a
//                      ├ lower 1: etc        layer has something else of that name, a whiteout for it, or says that it is
//                      └ lower 3: etc        opaque
//
// There is one node for a directory however many hold it, so all see it copied up at once. Its layers are opened when needed
// and closed again when long unused; nodes that nobody holds are forgotten (weakly held by the one above).

import type { ByteString } from '../../guest-memory.ts';
import { ERRNO } from '../../linux/errno.ts';
import { type Blocking, type MaybeBlocking, settle } from '../../waiting.ts';
import type { DirectoryBackend, FileBackend } from '../backend.ts';
import { type FileStatus, isDirectory } from '../file-status.ts';
import type { LayeredDirectory, OpenLayer, UnionFileSystem } from './union-file-system.ts';
import { isReserved, isWhiteoutDevice, OPAQUE_MARKER, whiteoutFor } from './whiteout.ts';

/** What a name leads to, and in which layer. */
export interface Found {
  readonly layer: OpenLayer;
  /** As the layer tells it. */
  readonly status: FileStatus;
}

/** A file open in a layer below. */
export interface OpenBelow {
  /** The file has been copied up: `backend` is the copy, open. */
  goOnWith(backend: FileBackend): void;
}

export class UnionNode implements LayeredDirectory {
  readonly union: UnionFileSystem;
  parent: UnionNode | undefined;
  name: ByteString;
  /** It has no name any more. */
  removed = false;
  /** Files open in a layer below, by name: they go on with the copy when the file is copied up. */
  readonly openBelow = new Map<ByteString, Set<OpenBelow>>();
  #layers: readonly OpenLayer[] | undefined;
  #users = 0;
  readonly #children = new Map<ByteString, WeakRef<UnionNode>>();

  constructor(
    union: UnionFileSystem,
    parent: UnionNode | undefined,
    name: ByteString,
    layers: readonly OpenLayer[] | undefined,
  ) {
    this.union = union;
    this.parent = parent;
    this.name = name;
    this.#layers = layers;
  }

  get root(): UnionNode {
    return this.parent?.root ?? this;
  }

  /** Does `work` with the layers of this directory, the topmost first; they stay open meanwhile. */
  *with<T>(work: (layers: readonly OpenLayer[]) => MaybeBlocking<T | number>): Blocking<T | number> {
    this.#users++;
    try {
      const layers = yield* this.layers();
      return typeof layers === 'number' ? layers : yield* settle(work(layers));
    } finally {
      this.#users--;
    }
  }

  /** The layers, opened if they are not; for who is inside `with`. */
  *layers(): Blocking<readonly OpenLayer[] | number> {
    const { parent } = this;
    if (this.#layers !== undefined) {
      if (parent !== undefined) this.union.wasOpened(this);
      if (this.#layers.every(({ directory }) => isAlive(directory))) return this.#layers;
      this.#close();
    }
    if (parent === undefined) return -ERRNO.EIO;
    if (this.removed) return -ERRNO.ENOENT;
    const opened = yield* parent.with((above) => openLayers(above, this.name));
    if (typeof opened === 'number') return opened;
    // Another call may have opened them meanwhile.
    if (this.#layers === undefined) this.#layers = opened;
    else for (const { directory } of opened) directory.release();
    this.union.wasOpened(this);
    return this.#layers;
  }

  /** It has been made in the upper layer. */
  addUpper(directory: DirectoryBackend): void {
    this.#layers = [{ index: 0, directory }, ...(this.#layers ?? [])];
  }

  closeIfIdle(): boolean {
    if (this.#users > 0 || this.parent === undefined) return false;
    this.#close();
    return true;
  }

  #close(): void {
    for (const { directory } of this.#layers ?? []) directory.release();
    this.#layers = undefined;
  }

  /** The node of a directory below; made if nobody holds one. */
  child(name: ByteString): UnionNode {
    const known = this.#children.get(name)?.deref();
    if (known !== undefined) return known;
    const made = new UnionNode(this.union, this, name, undefined);
    if (this.#children.size >= 64) this.#sweep();
    this.#children.set(name, new WeakRef(made));
    return made;
  }

  #sweep(): void {
    for (const [name, held] of this.#children) if (held.deref() === undefined) this.#children.delete(name);
  }

  /** The directory of that name is gone; whoever holds it finds nothing in it. */
  childRemoved(name: ByteString): void {
    const child = this.#children.get(name)?.deref();
    this.#children.delete(name);
    if (child === undefined) return;
    child.removed = true;
    if (child.closeIfIdle()) this.union.wasClosed(child);
  }

  /** A directory has got another name. */
  childMoved(name: ByteString, target: UnionNode, targetName: ByteString): void {
    const child = this.#children.get(name)?.deref();
    this.#children.delete(name);
    if (child === undefined) return;
    child.parent = target;
    child.name = targetName;
    target.#children.set(targetName, new WeakRef(child));
  }
}

function isAlive({ capability }: DirectoryBackend): boolean {
  return capability === undefined || capability.reference !== undefined;
}

/** What `name` leads to in the topmost layer that has it, or −ENOENT. */
export function* find(layers: readonly OpenLayer[], name: ByteString): Blocking<Found | number> {
  if (isReserved(name)) return -ERRNO.ENOENT;
  for (const [position, layer] of layers.entries()) {
    const status = yield* settle(layer.directory.lookup(name));
    if (typeof status !== 'number') return isWhiteoutDevice(status) ? -ERRNO.ENOENT : { layer, status };
    if (status !== -ERRNO.ENOENT) return status;
    if (position < layers.length - 1 && (yield* has(layer.directory, whiteoutFor(name)))) return -ERRNO.ENOENT;
  }
  return -ERRNO.ENOENT;
}

/** Whether a directory of a layer has an entry of that name. */
export function* has(directory: DirectoryBackend, name: ByteString): Blocking<boolean> {
  return typeof (yield* settle(directory.lookup(name))) !== 'number';
}

/** The directory `name` in every layer that shows in the union. */
function* openLayers(above: readonly OpenLayer[], name: ByteString): Blocking<readonly OpenLayer[] | number> {
  const opened: OpenLayer[] = [];
  const failed = (errno: number): number => {
    for (const { directory } of opened) directory.release();
    return errno;
  };
  for (const [position, { index, directory }] of above.entries()) {
    const last = position === above.length - 1;
    const status = yield* settle(directory.lookup(name));
    if (status === -ERRNO.ENOENT) {
      if (!last && (yield* has(directory, whiteoutFor(name)))) break;
      continue;
    }
    if (typeof status === 'number') return failed(status);
    if (!isDirectory(status)) {
      if (opened.length === 0) return isWhiteoutDevice(status) ? -ERRNO.ENOENT : -ERRNO.ENOTDIR;
      break;
    }
    const below = yield* settle(directory.openDirectory(name));
    if (typeof below === 'number') return failed(below);
    // It outlives the process that opened it: another of the domain takes the capability over.
    if (below.capability !== undefined) below.capability.acting.sharedCapabilities.add(below.capability);
    opened.push({ index, directory: below });
    if (!last && (yield* has(below, OPAQUE_MARKER))) break;
  }
  return opened.length === 0 ? -ERRNO.ENOENT : opened;
}
