// A directory of a tree in memory. Errors come in the order in which Linux finds them (fs/namei.c).
import { ERRNO } from './errno.ts';
import { fileNameErrno, nameKey, nameOfKey } from './file-name.ts';
import {
  type Attributes,
  type FileStat,
  type FileSystemStat,
  type ListResult,
  MAX_SYMLINK_BYTES,
  NO_STAT,
  OK,
  OPEN_CREATE,
  OPEN_EXCLUSIVE,
  OPEN_TRUNCATE,
  OPEN_WRITE,
  type OpenDirectory,
  type OpenDirectoryResult,
  type OpenFileResult,
  RENAME_NO_REPLACE,
  type ReadLinkResult,
  type ResolveResult,
  type StatResult,
  type Status,
} from './file-system.ts';
import { BLOCK_BYTES, type Inode, type Tree } from './tree.ts';
import { TreeFile } from './tree-file.ts';

const failure = (errno: number): StatResult => ({ errno, stat: NO_STAT });

export class TreeDirectory implements OpenDirectory {
  readonly #tree: Tree;
  readonly #node: Inode;
  #closed = false;

  constructor(tree: Tree, node: Inode) {
    this.#tree = tree;
    this.#node = node;
    tree.hold(node);
  }

  lookup(name: Uint8Array): StatResult {
    const found = this.#find(name);
    return typeof found === 'number' ? failure(found) : { errno: 0, stat: this.#tree.stat(found) };
  }

  resolve(names: readonly Uint8Array[]): ResolveResult {
    const stats: FileStat[] = [];
    let directory = this.#node;
    for (const name of names) {
      const found = findIn(directory, name);
      if (typeof found === 'number') return { errno: found, stats };
      stats.push(this.#tree.stat(found));
      if (found.kind !== 'directory') break;
      directory = found;
    }
    return { errno: 0, stats };
  }

  openFile(name: Uint8Array, flags: number, mode: number): OpenFileResult {
    let node = this.#find(name);
    if (node === ERRNO.ENOENT && flags & OPEN_CREATE && name.length > 0) {
      const errno = this.#roomForName();
      if (errno !== 0) return failure(errno);
      node = this.#tree.inode('file', this.#tree.nextInode++, mode, undefined);
      this.#tree.attach(this.#node, nameKey(name), node);
    } else {
      if (typeof node === 'number') return failure(node);
      if (flags & OPEN_CREATE && flags & OPEN_EXCLUSIVE) return failure(ERRNO.EEXIST);
      if (node.kind === 'symlink') return failure(ERRNO.ELOOP);
      if (node.kind === 'directory') return failure(ERRNO.EISDIR);
      if (flags & OPEN_TRUNCATE && flags & OPEN_WRITE) {
        node.content!.truncate(0);
        this.#tree.modified(node);
      }
    }
    return { errno: 0, file: new TreeFile(this.#tree, node, flags), stat: this.#tree.stat(node) };
  }

  openDirectory(name: Uint8Array): OpenDirectoryResult {
    const node = this.#find(name);
    if (typeof node === 'number') return failure(node);
    if (node.kind !== 'directory') return failure(ERRNO.ENOTDIR);
    return { errno: 0, directory: new TreeDirectory(this.#tree, node), stat: this.#tree.stat(node) };
  }

  list(cookie: number, limit: number): ListResult {
    const { entries, end } = this.#node.entries!.after(cookie, Math.max(1, limit));
    return {
      errno: 0,
      entries: entries.map(({ key, node }) => ({ name: nameOfKey(key), kind: node.kind, inode: BigInt(node.number) })),
      next: entries.at(-1)?.cookie ?? cookie,
      end,
    };
  }

  makeDirectory(name: Uint8Array, mode: number): Status {
    return this.#make(name, () => this.#tree.inode('directory', this.#tree.nextInode++, mode, undefined));
  }

  remove(name: Uint8Array, directory: boolean): Status {
    const node = this.#find(name);
    if (typeof node === 'number') return { errno: node };
    if (directory && node.kind !== 'directory') return { errno: ERRNO.ENOTDIR };
    if (!directory && node.kind === 'directory') return { errno: ERRNO.EISDIR };
    if (directory && node.entries!.size > 0) return { errno: ERRNO.ENOTEMPTY };
    this.#tree.detach(this.#node, nameKey(name));
    return OK;
  }

  rename(name: Uint8Array, target: OpenDirectory, targetName: Uint8Array, flags: number): Status {
    if (flags & ~RENAME_NO_REPLACE) return { errno: ERRNO.EINVAL };
    if (!(target instanceof TreeDirectory) || target.#tree !== this.#tree) return { errno: ERRNO.EXDEV };
    const node = this.#find(name);
    if (typeof node === 'number') return { errno: node };
    const replaced = target.#find(targetName);
    if (typeof replaced === 'number' && replaced !== ERRNO.ENOENT) return { errno: replaced };
    if (targetName.length === 0) return { errno: ERRNO.ENOENT };
    const exists = typeof replaced !== 'number';
    if (exists && flags & RENAME_NO_REPLACE) return { errno: ERRNO.EEXIST };
    if (node.kind === 'directory' && isWithin(target.#node, node)) return { errno: ERRNO.EINVAL };
    if (exists) {
      if (isWithin(this.#node, replaced)) return { errno: ERRNO.ENOTEMPTY };
      if (replaced === node) return OK;
      if (node.kind === 'directory' && replaced.kind !== 'directory') return { errno: ERRNO.ENOTDIR };
      if (node.kind !== 'directory' && replaced.kind === 'directory') return { errno: ERRNO.EISDIR };
      if (replaced.kind === 'directory' && replaced.entries!.size > 0) return { errno: ERRNO.ENOTEMPTY };
    }
    if (target.#removed) return { errno: ERRNO.ENOENT };
    this.#tree.hold(node);
    if (exists) this.#tree.detach(target.#node, nameKey(targetName));
    this.#tree.detach(this.#node, nameKey(name));
    this.#tree.attach(target.#node, nameKey(targetName), node);
    this.#tree.drop(node);
    return OK;
  }

  link(name: Uint8Array, target: OpenDirectory, targetName: Uint8Array): Status {
    if (!(target instanceof TreeDirectory) || target.#tree !== this.#tree) return { errno: ERRNO.EXDEV };
    const node = this.#find(name);
    if (typeof node === 'number') return { errno: node };
    const existing = target.#find(targetName);
    if (typeof existing !== 'number') return { errno: ERRNO.EEXIST };
    if (existing !== ERRNO.ENOENT || targetName.length === 0) return { errno: existing };
    if (target.#removed) return { errno: ERRNO.ENOENT };
    if (node.kind === 'directory') return { errno: ERRNO.EPERM };
    this.#tree.attach(target.#node, nameKey(targetName), node);
    return OK;
  }

  symlink(name: Uint8Array, path: Uint8Array): Status {
    if (path.length === 0) return { errno: ERRNO.ENOENT };
    if (path.length > MAX_SYMLINK_BYTES) return { errno: ERRNO.ENAMETOOLONG };
    if (path.includes(0)) return { errno: ERRNO.EINVAL };
    return this.#make(name, () => this.#tree.inode('symlink', this.#tree.nextInode++, 0o777, path.slice()));
  }

  readLink(name: Uint8Array): ReadLinkResult {
    const node = this.#find(name);
    if (typeof node === 'number') return { errno: node, path: new Uint8Array() };
    if (node.kind !== 'symlink') return { errno: ERRNO.EINVAL, path: new Uint8Array() };
    return { errno: 0, path: node.target!.slice() };
  }

  stat(): StatResult {
    return { errno: 0, stat: this.#tree.stat(this.#node) };
  }

  setAttributes(name: Uint8Array, attributes: Attributes): Status {
    const node = name.length === 0 ? this.#node : this.#find(name);
    return { errno: typeof node === 'number' ? node : this.#tree.setAttributes(node, attributes) };
  }

  statFileSystem(): FileSystemStat {
    const { maxBytes, usedBytes, maxInodes } = this.#tree;
    return {
      errno: 0,
      blockSize: BLOCK_BYTES,
      blocks: BigInt(Math.floor(maxBytes / BLOCK_BYTES)),
      free: BigInt(Math.max(0, Math.floor((maxBytes - usedBytes) / BLOCK_BYTES))),
      files: BigInt(maxInodes),
      readOnly: false,
    };
  }

  sync(): Status | Promise<Status> {
    return this.#tree.backing?.sync() ?? OK;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#tree.drop(this.#node);
  }

  /** The node of a name, or the error number that looking for it ends in. */
  #find(name: Uint8Array): Inode | number {
    return findIn(this.#node, name);
  }

  #make(name: Uint8Array, create: () => Inode): Status {
    const existing = this.#find(name);
    if (typeof existing !== 'number') return { errno: ERRNO.EEXIST };
    const errno = existing !== ERRNO.ENOENT || name.length === 0 ? existing : this.#roomForName();
    if (errno !== 0) return { errno };
    this.#tree.attach(this.#node, nameKey(name), create());
    return OK;
  }

  #roomForName(): number {
    if (this.#removed) return ERRNO.ENOENT;
    return this.#tree.inodes >= this.#tree.maxInodes ? ERRNO.ENOSPC : 0;
  }

  /** A directory without a name takes no new ones. */
  get #removed(): boolean {
    return this.#node.links === 0;
  }
}

/** The node of a name in a directory, or the error number that looking for it ends in. */
function findIn(directory: Inode, name: Uint8Array): Inode | number {
  const errno = fileNameErrno(name);
  if (errno !== 0) return errno;
  return directory.entries!.get(nameKey(name)) ?? ERRNO.ENOENT;
}

/** Whether `node` is `ancestor` or below it. */
function isWithin(node: Inode, ancestor: Inode): boolean {
  for (let at: Inode | undefined = node; at !== undefined; at = at.parent) {
    if (at === ancestor) return true;
    if (at.parent === at) return false;
  }
  return false;
}
