// The tree of inodes that lives in memory: the temporary file system, and the working set of the one over a store.
//
//   Tree ── root ── Inode(directory) ── entries: name → Inode        a name is an edge; an inode lives while it has
//                        │                                           names or open handles, then its memory is free
//                        └── Inode(file) ── ChunkedContent
import { ChunkedContent, type ContentBudget } from './chunked-content.ts';
import { DirectoryEntries } from './directory-entries.ts';
import { ERRNO } from './errno.ts';
import {
  ATTRIBUTE_ACCESSED,
  ATTRIBUTE_MODE,
  ATTRIBUTE_MODIFIED,
  ATTRIBUTE_OWNER,
  type Attributes,
  type FileStat,
} from './file-system.ts';

export const BLOCK_BYTES = 4096;

export interface Inode {
  readonly number: number;
  readonly kind: 'file' | 'directory' | 'symlink';
  mode: number;
  uid: number;
  gid: number;
  links: number;
  accessedNs: bigint;
  modifiedNs: bigint;
  changedNs: bigint;
  /** Open handles. */
  holders: number;
  readonly content: ChunkedContent | undefined;
  readonly entries: DirectoryEntries<Inode> | undefined;
  readonly target: Uint8Array | undefined;
  /** Of a directory: where `..` is; undefined once it was removed. */
  parent: Inode | undefined;
}

export interface TreeOptions {
  /** Nanoseconds since 1970, for the times of inodes. */
  readonly wallClock: () => bigint;
  /** Memory that contents may take, in bytes. Default 256 MiB. */
  readonly maxBytes?: number;
  /** Files, directories and links there may be. Default 65,536. */
  readonly maxInodes?: number;
  /** Largest file, in bytes; a hole counts. Default 1 TiB. */
  readonly maxFileBytes?: number;
  /** Permission bits of the root. Default 0o755. */
  readonly rootMode?: number;
}

/** What a backend over a store adds to the tree. */
export interface TreeBacking {
  /** An inode's attributes, entries or content changed. */
  touched(inode: Inode): void;
  /** An inode is gone for good. */
  gone(inode: Inode): void;
  /** See {@link OpenFile.prepare}. */
  prepare(inode: Inode, offset: number, length: number): Promise<void> | undefined;
  /** Makes room for `bytes` by dropping what can be loaded again; false when it can't. */
  reclaim(bytes: number): boolean;
  sync(): Promise<{ readonly errno: number }>;
}

export class Tree implements ContentBudget {
  readonly wallClock: () => bigint;
  readonly maxBytes: number;
  readonly maxInodes: number;
  readonly maxFileBytes: number;
  /** Set once, by who makes the tree, before it is used. */
  backing: TreeBacking | undefined;
  readonly root: Inode;
  usedBytes = 0;
  inodes = 0;
  nextInode = 2;

  constructor(options: TreeOptions) {
    this.wallClock = options.wallClock;
    this.maxBytes = options.maxBytes ?? 256 * 1024 * 1024;
    this.maxInodes = options.maxInodes ?? 65536;
    this.maxFileBytes = options.maxFileBytes ?? 1024 ** 4;
    this.root = this.inode('directory', 1, options.rootMode ?? 0o755, undefined);
    this.root.links = 2;
    this.root.parent = this.root;
  }

  take(bytes: number): boolean {
    if (this.usedBytes + bytes > this.maxBytes && !this.backing?.reclaim(bytes)) return false;
    this.usedBytes += bytes;
    return true;
  }

  give(bytes: number): void {
    this.usedBytes -= bytes;
  }

  /** A new inode without a name; the caller looks at `maxInodes` first. */
  inode(kind: Inode['kind'], number: number, mode: number, target: Uint8Array | undefined): Inode {
    const now = this.wallClock();
    this.inodes++;
    return {
      number,
      kind,
      mode: mode & 0o7777,
      uid: 0,
      gid: 0,
      links: 0,
      accessedNs: now,
      modifiedNs: now,
      changedNs: now,
      holders: 0,
      content: kind === 'file' ? new ChunkedContent(this) : undefined,
      entries: kind === 'directory' ? new DirectoryEntries() : undefined,
      target,
      parent: undefined,
    };
  }

  /** Names a node in a directory, where the name is free. */
  attach(directory: Inode, key: string, node: Inode): void {
    directory.entries!.add(key, node);
    if (node.kind === 'directory') {
      node.parent = directory;
      node.links = Math.max(node.links, 2);
      directory.links++;
    } else {
      node.links++;
    }
    this.modified(directory);
    this.changed(node);
  }

  /** Takes a name away. The node stays while another name or a handle holds it. */
  detach(directory: Inode, key: string): void {
    const node = directory.entries!.get(key)!;
    directory.entries!.delete(key);
    if (node.kind === 'directory') {
      node.parent = undefined;
      directory.links--;
      node.links = 0;
    } else {
      node.links--;
    }
    this.modified(directory);
    this.changed(node);
    this.reap(node);
  }

  hold(node: Inode): void {
    node.holders++;
  }

  drop(node: Inode): void {
    node.holders--;
    this.reap(node);
  }

  reap(node: Inode): void {
    if (node.links > 0 || node.holders > 0) return;
    node.content?.release();
    this.inodes--;
    this.backing?.gone(node);
  }

  /** Its content changed. */
  modified(node: Inode): void {
    node.modifiedNs = this.wallClock();
    node.changedNs = node.modifiedNs;
    this.backing?.touched(node);
  }

  /** Its attributes changed. */
  changed(node: Inode): void {
    node.changedNs = this.wallClock();
    this.backing?.touched(node);
  }

  setAttributes(node: Inode, attributes: Attributes): number {
    const { mask } = attributes;
    if (mask & ATTRIBUTE_MODE) {
      if (node.kind === 'symlink') return ERRNO.EOPNOTSUPP;
      node.mode = attributes.mode & 0o7777;
    }
    if (mask & ATTRIBUTE_OWNER) {
      // −1 leaves an owner as it is (chown(2)).
      if (attributes.uid !== 0xffffffff) node.uid = attributes.uid;
      if (attributes.gid !== 0xffffffff) node.gid = attributes.gid;
    }
    if (mask & ATTRIBUTE_ACCESSED) node.accessedNs = attributes.accessedNs;
    if (mask & ATTRIBUTE_MODIFIED) node.modifiedNs = attributes.modifiedNs;
    if (mask !== 0) this.changed(node);
    return 0;
  }

  stat(node: Inode): FileStat {
    const size = node.content?.size ?? node.target?.length ?? BLOCK_BYTES;
    return {
      kind: node.kind,
      mode: node.mode,
      size: BigInt(size),
      links: node.links,
      inode: BigInt(node.number),
      modifiedNs: node.modifiedNs,
      accessedNs: node.accessedNs,
      changedNs: node.changedNs,
      uid: node.uid,
      gid: node.gid,
      blockSize: BLOCK_BYTES,
      blocks: BigInt(Math.ceil(Math.min(size, node.content?.allocated ?? size) / 512)),
      device: 0n,
      rdev: 0n,
    };
  }
}
