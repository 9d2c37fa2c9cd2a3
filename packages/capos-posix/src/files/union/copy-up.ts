// Copy up: what is to be changed is first brought into the upper layer, with all directories above it.
//
//   regular file   written under a hidden name, synced, attributes set, renamed into place: there wholly or not at all
//   directory      made, attributes set; its entries stay below
//   symbolic link  made anew
//
// All of it runs while nothing else changes the union (`exclusive`). Hard links between files of a lower layer are broken by it,
// as in overlayfs without an index. The times of the directory around it stay what they were.

import type { ByteString } from '../../guest-memory.ts';
import { ERRNO } from '../../linux/errno.ts';
import { MODE } from '../../linux/file-flags.ts';
import { type Blocking, settle } from '../../waiting.ts';
import { type DirectoryBackend, type FileBackend, OPEN_FILE } from '../backend.ts';
import { type AttributeChange, type FileStatus, isDirectory, isSymlink } from '../file-status.ts';
import type { OpenLayer } from './union-file-system.ts';
import { find, type UnionNode } from './union-node.ts';
import { hiddenName } from './whiteout.ts';

/** What is copied at once, and the least that a layer with small messages is asked to take. */
const CHUNK = 262_144;
const SMALLEST_CHUNK = 1024;

/** The directory in the upper layer, made there if need be. */
export function* upperOf(node: UnionNode): Blocking<DirectoryBackend | number> {
  if (!node.union.writable) return -ERRNO.EROFS;
  if (node.removed) return -ERRNO.ENOENT;
  return yield* node.with(function* (layers) {
    const top = layers[0]!;
    if (top.index === 0) return top.directory;
    return yield* copyUpDirectory(node, top);
  });
}

function* copyUpDirectory(node: UnionNode, below: OpenLayer): Blocking<DirectoryBackend | number> {
  const { parent, union, name } = node;
  if (parent === undefined) return -ERRNO.EROFS;
  const above = yield* upperOf(parent);
  if (typeof above === 'number') return above;
  const status = yield* settle(below.directory.status());
  if (typeof status === 'number') return status;
  return yield* keepingTimes(above, function* () {
    const made = yield* settle(above.makeDirectory(name, status.mode & 0o7777));
    // There already if a copy up was cut short.
    if (made < 0 && made !== -ERRNO.EEXIST) return made;
    const directory = yield* settle(above.openDirectory(name));
    if (typeof directory === 'number') return directory;
    const set = yield* setAttributes(above, name, attributesOf(status));
    const copied = set < 0 ? set : yield* settle(directory.status());
    if (typeof copied === 'number') {
      directory.release();
      return copied;
    }
    if (directory.capability !== undefined) directory.capability.acting.sharedCapabilities.add(directory.capability);
    union.rememberOrigin(copied, union.statusOf(below.index, status));
    node.addUpper(directory);
    return directory;
  });
}

/** Brings what `name` leads to into the upper layer, if it is below; `empty` leaves a file's bytes out. Answers 0 or an errno. */
export function* copyUpFile(
  node: UnionNode,
  layers: readonly OpenLayer[],
  name: ByteString,
  empty: boolean = false,
): Blocking<number> {
  const found = yield* find(layers, name);
  if (typeof found === 'number') return found;
  const { layer, status } = found;
  if (layer.index === 0) return 0;
  const { union } = node;
  const told = union.statusOf(layer.index, status);
  if (isDirectory(status)) {
    const child = yield* upperOf(node.child(name));
    return typeof child === 'number' ? child : 0;
  }
  const upper = yield* upperOf(node);
  if (typeof upper === 'number') return upper;
  const failed = yield* keepingTimes(upper, function* () {
    if (isSymlink(status)) return yield* copyLink(layer.directory, upper, name, status);
    if ((status.mode & MODE.TYPE) !== MODE.REGULAR) return -ERRNO.EPERM;
    return yield* copyBytes(layer.directory, upper, name, status, empty, union.hiddenNumber());
  });
  if (failed < 0) return failed;
  const copy = yield* settle(upper.lookup(name));
  if (typeof copy === 'number') return copy;
  union.rememberOrigin(copy, told);
  return yield* redirectOpenFiles(node, upper, name);
}

function* copyLink(
  from: DirectoryBackend,
  to: DirectoryBackend,
  name: ByteString,
  status: FileStatus,
): Blocking<number> {
  const target = yield* settle(from.readLink(name));
  if (typeof target === 'number') return target;
  const made = yield* settle(to.symlink(name, target));
  if (made < 0) return made;
  // A file system may keep no owner or times of a link: the link is what matters.
  yield* settle(
    to.setAttributes(name, { owner: status, accessedNs: status.accessedNs, modifiedNs: status.modifiedNs }),
  );
  return 0;
}

function* copyBytes(
  from: DirectoryBackend,
  to: DirectoryBackend,
  name: ByteString,
  status: FileStatus,
  empty: boolean,
  number: number,
): Blocking<number> {
  const hidden = hiddenName('copy', number);
  // What an earlier union, cut short, may have left there.
  yield* settle(to.remove(hidden, false));
  const made = yield* settle(to.openFile(hidden, OPEN_FILE.WRITE | OPEN_FILE.CREATE | OPEN_FILE.EXCLUSIVE, 0o600));
  if (typeof made === 'number') return made;
  if (made.kind !== 'file') return -ERRNO.EIO;
  let failed = empty ? 0 : yield* fill(from, name, made.file);
  made.file.release();
  if (failed >= 0) failed = yield* setAttributes(to, hidden, attributesOf(status));
  if (failed >= 0) failed = yield* settle(to.rename(hidden, to, name, 0));
  if (failed < 0) yield* settle(to.remove(hidden, false));
  return failed;
}

function* fill(from: DirectoryBackend, name: ByteString, target: FileBackend): Blocking<number> {
  const opened = yield* settle(from.openFile(name, OPEN_FILE.READ, 0));
  if (typeof opened === 'number') return opened;
  if (opened.kind !== 'file') return -ERRNO.EIO;
  const { file } = opened;
  try {
    let chunk = CHUNK;
    for (let offset = 0; ; ) {
      const data = yield* settle(file.read(offset, chunk));
      if (typeof data === 'number') return data;
      if (data.length === 0) break;
      const wrote = yield* settle(target.write(offset, data, false));
      if (wrote === -ERRNO.EMSGSIZE && chunk > SMALLEST_CHUNK) {
        chunk >>= 1;
        continue;
      }
      if (typeof wrote === 'number') return wrote;
      if (wrote.count === 0) return -ERRNO.EIO;
      offset += wrote.count;
    }
    // Its name must not come to be before its bytes do, whatever the machine dies of.
    return yield* settle(target.sync(true));
  } finally {
    file.release();
  }
}

/** Files that were opened below go on with the copy. */
function* redirectOpenFiles(node: UnionNode, upper: DirectoryBackend, name: ByteString): Blocking<number> {
  const open = [...(node.openBelow.get(name) ?? [])];
  node.openBelow.delete(name);
  for (const file of open) {
    const opened = yield* settle(upper.openFile(name, OPEN_FILE.READ, 0));
    if (typeof opened === 'number') return opened;
    if (opened.kind === 'file') file.goOnWith(opened.file);
  }
  return 0;
}

function attributesOf(status: FileStatus): AttributeChange {
  const { uid, gid, mode, accessedNs, modifiedNs } = status;
  return { mode: mode & 0o7777, owner: { uid, gid }, accessedNs, modifiedNs };
}

/** Sets attributes; an owner that the layer may not give (a host directory, to who is not root) is left out. */
function* setAttributes(directory: DirectoryBackend, name: ByteString, change: AttributeChange): Blocking<number> {
  const set = yield* settle(directory.setAttributes(name, change));
  if (set !== -ERRNO.EPERM) return set;
  const { owner: _owner, ...rest } = change;
  return yield* settle(directory.setAttributes(name, rest));
}

/** Changes entries of a directory without that being seen in its times. */
function* keepingTimes<T>(directory: DirectoryBackend, work: () => Blocking<T | number>): Blocking<T | number> {
  const before = yield* settle(directory.status());
  const done = yield* work();
  if (typeof before !== 'number') {
    const { accessedNs, modifiedNs } = before;
    yield* settle(directory.setAttributes('', { accessedNs, modifiedNs }));
  }
  return done;
}
