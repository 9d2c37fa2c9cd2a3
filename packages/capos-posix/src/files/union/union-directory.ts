// Union directory: several directories shown as one, of which at most the uppermost is written to (overlayfs's semantics).
//
//   read     the topmost layer that has the name; directories of one name are merged
//   change   the file is copied up first (copy-up.ts), then changed there
//   remove   what a layer below has is covered by a whiteout
//   rename   a file is copied up, renamed, and its old name whited out; a directory of which a layer below has a part answers
//            EXDEV, as overlayfs without redirect_dir: mv(1) then copies
//
// The order of the steps is such that one that is the last to be done leaves either the old or the new state to be seen:
// whiteouts are made before what covers them goes, and go after what covers them has come.

import type { ByteString } from '../../guest-memory.ts';
import { ERRNO } from '../../linux/errno.ts';
import { type Blocking, settle } from '../../waiting.ts';
import { type DirectoryBackend, OPEN_FILE, type Opened } from '../backend.ts';
import {
  type AttributeChange,
  type FileStatus,
  type FileSystemStatus,
  isDirectory,
  type Listing,
} from '../file-status.ts';
import { copyUpFile, upperOf } from './copy-up.ts';
import { mergedEntries } from './merged-listing.ts';
import { UnionFile } from './union-file.ts';
import { type OpenLayer, UnionFileSystem, type UnionLayers } from './union-file-system.ts';
import { type Found, find, has, UnionNode } from './union-node.ts';
import { hiddenName, isReserved, OPAQUE_MARKER, whiteoutFor } from './whiteout.ts';

const { ENOENT, EEXIST, EPERM, EROFS, ENOTEMPTY, EXDEV, ENOTDIR, EISDIR } = ERRNO;
/** Bit of `rename`: the target name must not exist (file.capnp). */
const RENAME_NO_REPLACE = 1;
/** What statfs(2) tells of an overlayfs. */
const OVERLAYFS_SUPER_MAGIC = 0x794c_7630;

/** The root of a union of `layers`. The layers belong to it from now on, as far as it opens directories below them. */
export function unionDirectory(layers: UnionLayers): DirectoryBackend {
  const union = new UnionFileSystem(layers);
  return new UnionDirectory(new UnionNode(union, undefined, '', union.layers));
}

class UnionDirectory implements DirectoryBackend {
  readonly #node: UnionNode;

  constructor(node: UnionNode) {
    this.#node = node;
  }

  get #union(): UnionFileSystem {
    return this.#node.union;
  }

  *lookup(name: ByteString): Blocking<FileStatus | number> {
    const node = this.#node;
    return yield* node.with(function* (layers) {
      const found = yield* find(layers, name);
      if (typeof found === 'number') return found;
      return yield* statusOfFound(node, found, name);
    });
  }

  *openFile(name: ByteString, flags: number, mode: number): Blocking<Opened | number> {
    const changing = OPEN_FILE.WRITE | OPEN_FILE.CREATE | OPEN_FILE.TRUNCATE;
    const node = this.#node;
    const open = (layers: readonly OpenLayer[]): Blocking<Opened | number> => openIn(node, layers, name, flags, mode);
    return (flags & changing) === 0 ? yield* node.with(open) : yield* this.#union.exclusive(() => node.with(open));
  }

  *openDirectory(name: ByteString): Blocking<DirectoryBackend | number> {
    if (isReserved(name)) return -ENOENT;
    const child = this.#node.child(name);
    const opened = yield* child.with(() => 0);
    return typeof opened === 'number' && opened < 0 ? opened : new UnionDirectory(child);
  }

  *list(cookie: bigint, limit: number): Blocking<Listing | number> {
    const union = this.#union;
    if (this.#node.removed) return { entries: [], next: cookie, end: true };
    const { entries: kept, index } = union.listingAt(cookie);
    let entries = kept;
    let start = cookie & ~0xffff_ffffn;
    if (entries === undefined) {
      const merged = yield* this.#node.with((layers) => mergedEntries(union, layers));
      if (typeof merged === 'number') return merged;
      entries = merged;
      start = union.keepListing(entries);
    }
    const part = entries.slice(index, index + Math.max(1, limit));
    const next = index + part.length;
    return { entries: part, next: start | BigInt(next), end: next >= entries.length };
  }

  *makeDirectory(name: ByteString, mode: number): Blocking<number> {
    return yield* this.#making(name, function* (upper, covered, number) {
      if (!covered) return yield* settle(upper.makeDirectory(name, mode));
      // Something below was removed before: it must not show through the new directory.
      const hidden = hiddenName('new', number);
      const made = yield* settle(upper.makeDirectory(hidden, mode));
      if (made < 0) return made;
      const marked = yield* markOpaque(upper, hidden);
      return marked < 0 ? marked : yield* settle(upper.rename(hidden, upper, name, 0));
    });
  }

  *symlink(name: ByteString, path: ByteString): Blocking<number> {
    return yield* this.#making(name, (upper) => settle(upper.symlink(name, path)));
  }

  /** Makes something new in the upper layer; `covered` tells whether a whiteout stood there, which is taken away after. */
  *#making(
    name: ByteString,
    make: (upper: DirectoryBackend, covered: boolean, number: number) => Blocking<number>,
  ): Blocking<number> {
    if (isReserved(name)) return -EPERM;
    const node = this.#node;
    const union = this.#union;
    return yield* union.exclusive(() =>
      node.with(function* (layers) {
        const existing = yield* find(layers, name);
        if (existing !== -ENOENT) return typeof existing === 'number' ? existing : -EEXIST;
        const upper = yield* upperOf(node);
        if (typeof upper === 'number') return upper;
        const covered = yield* has(upper, whiteoutFor(name));
        const made = yield* make(upper, covered, union.hiddenNumber());
        if (made < 0 || !covered) return made;
        return yield* settle(upper.remove(whiteoutFor(name), false));
      }),
    );
  }

  *remove(name: ByteString, directory: boolean): Blocking<number> {
    const node = this.#node;
    const union = this.#union;
    return yield* union.exclusive(() =>
      node.with(function* (layers) {
        const found = yield* find(layers, name);
        if (typeof found === 'number') return found;
        const isDir = isDirectory(found.status);
        if (directory !== isDir) return directory ? -ENOTDIR : -EISDIR;
        if (isDir) {
          const empty = yield* isEmpty(node.child(name));
          if (empty !== 0) return empty;
        }
        const upper = yield* upperOf(node);
        if (typeof upper === 'number') return upper;
        if (yield* showsBelow(layers, name)) {
          const covered = yield* makeWhiteout(upper, name);
          if (covered < 0) return covered;
        }
        node.openBelow.delete(name);
        if (isDir) node.childRemoved(name);
        if (found.layer.index !== 0) return 0;
        if (isDir) return yield* throwAway(upper, name, union.hiddenNumber());
        const removed = yield* settle(upper.remove(name, false));
        if (removed === 0 && found.status.links <= 1) union.forgetOrigin(found.status);
        return removed;
      }),
    );
  }

  *rename(name: ByteString, target: DirectoryBackend, targetName: ByteString, flags: number): Blocking<number> {
    if (!(target instanceof UnionDirectory) || target.#union !== this.#union) return -EXDEV;
    if (isReserved(targetName)) return -EPERM;
    if ((flags & ~RENAME_NO_REPLACE) !== 0) return -ERRNO.EINVAL;
    const from = this.#node;
    const to = target.#node;
    return yield* this.#union.exclusive(() =>
      from.with((layers) =>
        to.with((targetLayers) =>
          renameBetween({ node: from, layers, name }, { node: to, layers: targetLayers, name: targetName }, flags),
        ),
      ),
    );
  }

  *link(name: ByteString, target: DirectoryBackend, targetName: ByteString): Blocking<number> {
    if (!(target instanceof UnionDirectory) || target.#union !== this.#union) return -EXDEV;
    if (isReserved(targetName)) return -EPERM;
    const from = this.#node;
    const to = target.#node;
    return yield* this.#union.exclusive(() =>
      from.with((layers) =>
        to.with(function* (targetLayers) {
          const source = yield* find(layers, name);
          if (typeof source === 'number') return source;
          const existing = yield* find(targetLayers, targetName);
          if (existing !== -ENOENT) return typeof existing === 'number' ? existing : -EEXIST;
          if (isDirectory(source.status)) return -EPERM;
          const copied = yield* copyUpFile(from, layers, name);
          if (copied < 0) return copied;
          const [upper, targetUpper] = [yield* upperOf(from), yield* upperOf(to)];
          if (typeof upper === 'number') return upper;
          if (typeof targetUpper === 'number') return targetUpper;
          const linked = yield* settle(upper.link(name, targetUpper, targetName));
          return linked < 0 ? linked : yield* removeWhiteout(targetUpper, targetName);
        }),
      ),
    );
  }

  *readLink(name: ByteString): Blocking<ByteString | number> {
    return yield* this.#node.with(function* (layers) {
      const found = yield* find(layers, name);
      return typeof found === 'number' ? found : yield* settle(found.layer.directory.readLink(name));
    });
  }

  *status(): Blocking<FileStatus | number> {
    const node = this.#node;
    return yield* node.with(function* ([top, ...below]) {
      const status = yield* settle(top!.directory.status());
      if (typeof status === 'number') return status;
      return withLinks(node.union.statusOf(top!.index, status), below.length > 0);
    });
  }

  *setAttributes(name: ByteString, change: AttributeChange): Blocking<number> {
    const node = this.#node;
    return yield* this.#union.exclusive(() =>
      node.with(function* (layers) {
        if (name !== '') {
          const copied = yield* copyUpFile(node, layers, name);
          if (copied < 0) return copied;
        }
        const upper = yield* upperOf(node);
        return typeof upper === 'number' ? upper : yield* settle(upper.setAttributes(name, change));
      }),
    );
  }

  *fileSystemStatus(): Blocking<FileSystemStatus | number> {
    const { writable } = this.#union;
    return yield* this.#node.root.with(function* (layers) {
      const status = yield* settle(layers[0]!.directory.fileSystemStatus());
      if (typeof status === 'number') return status;
      return { ...status, type: OVERLAYFS_SUPER_MAGIC, readOnly: !writable || status.readOnly };
    });
  }

  *sync(): Blocking<number> {
    return yield* this.#node.with(([top]) => settle(top!.index === 0 ? top!.directory.sync() : 0));
  }

  /** Nodes close what they have open by themselves. */
  release(): void {}
}

/** A merged directory has one link, which tells find(1) nothing about how many directories are in it. */
function withLinks(status: FileStatus, merged: boolean): FileStatus {
  return merged ? { ...status, links: 1 } : status;
}

function* statusOfFound(node: UnionNode, { layer, status }: Found, name: ByteString): Blocking<FileStatus | number> {
  const told = node.union.statusOf(layer.index, status);
  if (!isDirectory(status)) return told;
  return yield* node.child(name).with((layers) => withLinks(told, layers.length > 1));
}

function* openIn(
  node: UnionNode,
  layers: readonly OpenLayer[],
  name: ByteString,
  flags: number,
  mode: number,
): Blocking<Opened | number> {
  const { union } = node;
  const found = yield* find(layers, name);
  if (typeof found === 'number') {
    if (found !== -ENOENT || (flags & OPEN_FILE.CREATE) === 0) return found;
    if (isReserved(name)) return -EPERM;
  } else {
    if ((flags & OPEN_FILE.CREATE) !== 0 && (flags & OPEN_FILE.EXCLUSIVE) !== 0) return -EEXIST;
    if (isDirectory(found.status)) return -EISDIR;
    if ((flags & (OPEN_FILE.WRITE | OPEN_FILE.TRUNCATE)) === 0 || !union.writable)
      return (flags & (OPEN_FILE.WRITE | OPEN_FILE.TRUNCATE)) === 0
        ? yield* openLayerFile(node, found.layer, name, flags & OPEN_FILE.READ)
        : -EROFS;
    const copied = yield* copyUpFile(node, layers, name, (flags & OPEN_FILE.TRUNCATE) !== 0);
    if (copied < 0) return copied;
  }
  const directory = yield* upperOf(node);
  if (typeof directory === 'number') return directory;
  const opened = yield* openLayerFile(node, { index: 0, directory }, name, flags, mode);
  if (typeof opened === 'number' || typeof found !== 'number') return opened;
  const uncovered = yield* removeWhiteout(directory, name);
  if (uncovered < 0 && opened.kind === 'file') opened.file.release();
  return uncovered < 0 ? uncovered : opened;
}

function* openLayerFile(
  node: UnionNode,
  { index, directory }: OpenLayer,
  name: ByteString,
  flags: number,
  mode: number = 0,
): Blocking<Opened | number> {
  const opened = yield* settle(directory.openFile(name, flags, mode));
  if (typeof opened === 'number' || opened.kind !== 'file') return opened;
  const status = node.union.statusOf(index, opened.status);
  return { kind: 'file', file: new UnionFile(opened.file, index, node, name), status };
}

/** Whether a layer below the upper one has something of that name, which a whiteout would have to cover. */
function* showsBelow(layers: readonly OpenLayer[], name: ByteString): Blocking<boolean> {
  const below = layers.filter(({ index }) => index !== 0);
  return typeof (yield* find(below, name)) !== 'number';
}

/** 0 when a directory of the union shows nothing. */
function* isEmpty(node: UnionNode): Blocking<number> {
  return yield* node.with(function* (layers) {
    const entries = yield* mergedEntries(node.union, layers, 1);
    if (typeof entries === 'number') return entries;
    return entries.length === 0 ? 0 : -ENOTEMPTY;
  });
}

function* makeWhiteout(upper: DirectoryBackend, name: ByteString): Blocking<number> {
  return yield* makeEmptyFile(upper, whiteoutFor(name));
}

function* removeWhiteout(upper: DirectoryBackend, name: ByteString): Blocking<number> {
  const removed = yield* settle(upper.remove(whiteoutFor(name), false));
  // A name too long to be marked as gone never was.
  return removed === -ENOENT || removed === -ERRNO.ENAMETOOLONG ? 0 : removed;
}

function* makeEmptyFile(upper: DirectoryBackend, name: ByteString): Blocking<number> {
  const made = yield* settle(upper.openFile(name, OPEN_FILE.WRITE | OPEN_FILE.CREATE, 0o600));
  if (typeof made === 'number') return made;
  if (made.kind === 'file') made.file.release();
  return 0;
}

/** Nothing of the layers below shows through the directory `name` any more. */
function* markOpaque(upper: DirectoryBackend, name: ByteString): Blocking<number> {
  const directory = yield* settle(upper.openDirectory(name));
  if (typeof directory === 'number') return directory;
  const marked = yield* makeEmptyFile(directory, OPAQUE_MARKER);
  directory.release();
  return marked;
}

/** Removes a directory of the upper layer in which nothing but whiteouts is left: first out of sight, then bit by bit. */
function* throwAway(upper: DirectoryBackend, name: ByteString, number: number): Blocking<number> {
  const hidden = hiddenName('gone', number);
  const moved = yield* settle(upper.rename(name, upper, hidden, 0));
  if (moved < 0) return moved;
  yield* sweep(upper, hidden);
  return 0;
}

/** Removes a hidden directory with all that is in it. What can't be removed stays out of sight. */
function* sweep(upper: DirectoryBackend, hidden: ByteString): Blocking<void> {
  const directory = yield* settle(upper.openDirectory(hidden));
  if (typeof directory === 'number') return;
  const names: ByteString[] = [];
  for (let cookie = 0n; ; ) {
    const listing = yield* settle(directory.list(cookie, 256));
    if (typeof listing === 'number') break;
    names.push(...listing.entries.map((entry) => entry.name));
    if (listing.end || listing.entries.length === 0) break;
    cookie = listing.next;
  }
  for (const name of names)
    if ((yield* settle(directory.remove(name, false))) === -EISDIR) yield* sweep(directory, name);
  directory.release();
  yield* settle(upper.remove(hidden, true));
}

/** One end of a rename. */
interface End {
  readonly node: UnionNode;
  readonly layers: readonly OpenLayer[];
  readonly name: ByteString;
}

function* renameBetween(from: End, to: End, flags: number): Blocking<number> {
  const { union } = from.node;
  const source = yield* find(from.layers, from.name);
  if (typeof source === 'number') return source;
  const replaced = yield* find(to.layers, to.name);
  if (typeof replaced === 'number' && replaced !== -ENOENT) return replaced;
  if (typeof replaced !== 'number' && flags !== 0) return -EEXIST;
  const moving = isDirectory(source.status);
  if (moving && isWithin(to.node, from.node.child(from.name))) return -ERRNO.EINVAL;
  if (typeof replaced !== 'number') {
    if (isSame(source, replaced)) return 0;
    const replacesDirectory = isDirectory(replaced.status);
    if (replacesDirectory && isWithin(from.node, to.node.child(to.name))) return -ENOTEMPTY;
    if (moving !== replacesDirectory) return moving ? -ENOTDIR : -EISDIR;
  }
  if (!union.writable) return -EROFS;
  if (moving && !(yield* isOnlyUpper(from.node.child(from.name)))) return -EXDEV;
  if (typeof replaced !== 'number' && isDirectory(replaced.status)) {
    const empty = yield* isEmpty(to.node.child(to.name));
    if (empty !== 0) return empty;
  }
  if (!moving) {
    const copied = yield* copyUpFile(from.node, from.layers, from.name);
    if (copied < 0) return copied;
  }
  const upper = yield* upperOf(from.node);
  if (typeof upper === 'number') return upper;
  const targetUpper = yield* upperOf(to.node);
  if (typeof targetUpper === 'number') return targetUpper;
  const covered = yield* has(targetUpper, whiteoutFor(to.name));
  if (moving && (covered || (yield* showsBelow(to.layers, to.name)))) {
    const marked = yield* markOpaque(upper, from.name);
    if (marked < 0) return marked;
  }
  // The whiteout of the old name comes before its file goes, that of the new one goes after its file has come.
  if (yield* showsBelow(from.layers, from.name)) {
    const hidden = yield* makeWhiteout(upper, from.name);
    if (hidden < 0) return hidden;
  }
  const setAside = yield* setAsideTarget(to, replaced, targetUpper);
  if (typeof setAside === 'number') return setAside;
  const renamed = yield* settle(upper.rename(from.name, targetUpper, to.name, 0));
  if (renamed < 0) {
    if (setAside !== '') yield* settle(targetUpper.rename(setAside, targetUpper, to.name, 0));
    return renamed;
  }
  if (setAside !== '') yield* sweep(targetUpper, setAside);
  to.node.openBelow.delete(to.name);
  if (moving) {
    if (typeof replaced !== 'number') to.node.childRemoved(to.name);
    from.node.childMoved(from.name, to.node, to.name);
  }
  return covered ? yield* removeWhiteout(targetUpper, to.name) : 0;
}

/** A directory that is replaced may hold whiteouts, so the upper layer would not take it for empty: its hidden name, or ''. */
function* setAsideTarget(
  { node, name }: End,
  replaced: Found | number,
  upper: DirectoryBackend,
): Blocking<ByteString | number> {
  if (typeof replaced === 'number' || !isDirectory(replaced.status) || replaced.layer.index !== 0) return '';
  const hidden = hiddenName('gone', node.union.hiddenNumber());
  const moved = yield* settle(upper.rename(name, upper, hidden, 0));
  return moved < 0 ? moved : hidden;
}

function isSame(left: Found, right: Found): boolean {
  const { device, inode } = left.status;
  return left.layer.index === right.layer.index && device === right.status.device && inode === right.status.inode;
}

function isWithin(node: UnionNode, ancestor: UnionNode): boolean {
  for (let at: UnionNode | undefined = node; at !== undefined; at = at.parent) if (at === ancestor) return true;
  return false;
}

/** Whether no layer below has a part of the directory. */
function* isOnlyUpper(node: UnionNode): Blocking<boolean> {
  const only = yield* node.with((layers) => (layers.every(({ index }) => index === 0) ? 1 : 0));
  return only === 1;
}
