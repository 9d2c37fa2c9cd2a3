// Directory node: one directory of the program's name space, known by the way it was reached.
//
//   root ──"work"──▶ node ──"src"──▶ node          child.parent is where `..` leads
//    │  mount A       │  mount B       │  mount B
//
// A node's parent is fixed when it is reached, so `..` never asks a backend for anything above what was granted: at a
// mount's root it leads to the directory that holds the mount point, at the name space's root to itself. Nodes are
// reference counted (working directories, open directories, children, the call that resolves); those that nobody holds
// stay cached under their parent, the least recently used ones are released.

import type { ByteString } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import type { MaybeBlocking } from '../waiting.ts';
import type { DirectoryBackend } from './backend.ts';
import type { AttributeChange, FileStatus } from './file-status.ts';

/** What all directories of one mount share. */
export interface Mount {
  /** Where it is mounted. */
  readonly path: ByteString;
  readonly readOnly: boolean;
  /** Name of the capability behind it, for messages; undefined for what the process itself provides. */
  readonly source: string | undefined;
  /** Name of the file system, where a program mounted it. */
  readonly type?: string;
  /** Files laid over it, by their absolute path: each in a directory that holds nothing else (MountTable). */
  readonly files?: ReadonlyMap<ByteString, DirectoryNode>;
}

/** How many unreferenced nodes stay open. */
const CACHED_NODES = 128;

/** Keeps the least recently used unreferenced nodes from piling up. */
export class NodeCache {
  readonly #idle = new Set<DirectoryNode>();

  becameIdle(node: DirectoryNode): void {
    this.#idle.delete(node);
    this.#idle.add(node);
    for (const oldest of this.#idle) {
      if (this.#idle.size <= CACHED_NODES) return;
      this.#idle.delete(oldest);
      oldest.dispose();
    }
  }

  becameUsed(node: DirectoryNode): void {
    this.#idle.delete(node);
  }
}

export class DirectoryNode {
  readonly mount: Mount;
  readonly parent: DirectoryNode | undefined;
  name: ByteString;
  #backend: DirectoryBackend | (() => DirectoryBackend);
  /** Device and inode when it was opened: a name that leads elsewhere by now gets another node. */
  readonly identity: string;
  /** The same as numbers, for what is found under a name: comparing them makes no text. */
  #device: bigint | undefined;
  #inode: bigint | undefined;
  readonly #cache: NodeCache;
  readonly #children = new Map<ByteString, DirectoryNode>();
  /** What is mounted on a name, the latest last. */
  readonly #mountPoints = new Map<ByteString, readonly DirectoryNode[]>();
  /** The node whose backend this one shows too. */
  readonly #lender: DirectoryNode | undefined;
  #references = 0;

  constructor(
    mount: Mount,
    parent: DirectoryNode | undefined,
    name: ByteString,
    backend: DirectoryBackend | (() => DirectoryBackend),
    identity: string,
    cache: NodeCache,
    lender?: DirectoryNode,
  ) {
    this.#lender = lender?.retain();
    this.mount = mount;
    this.parent = parent;
    this.name = name;
    this.#backend = backend;
    this.identity = identity;
    this.#cache = cache;
  }

  /** Made when it is first asked for, where it is not given. */
  get backend(): DirectoryBackend {
    if (typeof this.#backend === 'function') this.#backend = this.#backend();
    return this.#backend;
  }

  retain(): this {
    if (this.#references++ === 0) this.#cache.becameUsed(this);
    return this;
  }

  release(): void {
    if (--this.#references === 0) this.#cache.becameIdle(this);
  }

  /** The directory mounted on `name`, which wins over what the backend has there. */
  mountPoint(name: ByteString): DirectoryNode | undefined {
    return this.#mountPoints.get(name)?.at(-1);
  }

  /** The directory that holds the file laid over `name`, which wins over what the backend has there. */
  fileOver(name: ByteString): DirectoryNode | undefined {
    const { files } = this.mount;
    if (files === undefined || files.size === 0) return undefined;
    const path = this.path();
    return files.get(path === '/' ? `/${name}` : `${path}/${name}`);
  }

  mountPointNames(): Iterable<ByteString> {
    return this.#mountPoints.keys();
  }

  addMountPoint(name: ByteString, node: DirectoryNode): void {
    // Mount points live as long as the table.
    this.retain();
    node.retain();
    this.#mountPoints.set(name, [...(this.#mountPoints.get(name) ?? []), node]);
  }

  /** What was mounted on `name` last is not any more; what it covered is there again. */
  removeMountPoint(name: ByteString): void {
    const mounted = this.#mountPoints.get(name) ?? [];
    const node = mounted.at(-1);
    if (node === undefined) return;
    if (mounted.length === 1) this.#mountPoints.delete(name);
    else this.#mountPoints.set(name, mounted.slice(0, -1));
    node.release();
    this.release();
  }

  /** The child that is cached under that name, whatever it leads to by now. */
  child(name: ByteString): DirectoryNode | undefined {
    return this.#children.get(name);
  }

  /** The cached child, if `status` shows that the name still leads to the same directory. */
  cachedChild(name: ByteString, status: FileStatus): DirectoryNode | undefined {
    const child = this.#children.get(name);
    if (child === undefined || child.#inode !== status.inode || child.#device !== status.device) return undefined;
    // Opened through the table of a process that has ended since: it must be opened anew.
    const { capability } = child.backend;
    return capability === undefined || capability.reference !== undefined ? child : undefined;
  }

  adoptChild(name: ByteString, status: FileStatus, backend: DirectoryBackend): DirectoryNode {
    this.#forgetChild(name);
    const child = new DirectoryNode(this.mount, this, name, backend, identityOf(status), this.#cache);
    child.#device = status.device;
    child.#inode = status.inode;
    this.#children.set(name, child);
    this.retain();
    this.#cache.becameIdle(child);
    return child;
  }

  /** A directory was renamed: whoever works in it sees its new name. */
  childMoved(name: ByteString, target: DirectoryNode, targetName: ByteString): void {
    const child = this.#children.get(name);
    if (child === undefined) return;
    if (target === this) {
      this.#children.delete(name);
      this.#forgetChild(targetName);
      child.name = targetName;
      this.#children.set(targetName, child);
    } else {
      this.#forgetChild(name);
    }
  }

  /** The name no longer leads where it did. A child somebody works in lives on, unreachable by name. */
  #forgetChild(name: ByteString): void {
    const child = this.#children.get(name);
    if (child === undefined) return;
    this.#children.delete(name);
    if (child.#references === 0) {
      this.#cache.becameUsed(child);
      child.#close();
    }
  }

  childRemoved(name: ByteString): void {
    this.#forgetChild(name);
  }

  /** Called by the cache when the node has been idle longest. */
  dispose(): void {
    if (this.#references > 0) return;
    const { parent } = this;
    if (parent !== undefined && parent.#children.get(this.name) === this) parent.#children.delete(this.name);
    this.#close();
  }

  #close(): void {
    if (this.#lender !== undefined) this.#lender.release();
    else if (typeof this.#backend !== 'function') this.#backend.release();
    this.parent?.release();
  }

  /** The absolute path by which this directory was reached. */
  path(): ByteString {
    if (this.parent === undefined) return '/';
    const above = this.parent.path();
    return above === '/' ? `/${this.name}` : `${above}/${this.name}`;
  }

  /** Whether `ancestor` is this directory or one above it. */
  isWithin(ancestor: DirectoryNode): boolean {
    for (let node: DirectoryNode | undefined = this; node !== undefined; node = node.parent)
      if (node === ancestor) return true;
    return false;
  }

  setAttributes(change: AttributeChange): MaybeBlocking<number> {
    if (this.mount.readOnly) return -ERRNO.EROFS;
    // An empty name is the directory itself (file.capnp).
    return this.backend.setAttributes('', change);
  }
}

function identityOf(status: FileStatus): string {
  return `${status.device}:${status.inode}`;
}
