// Path walk: from a path to what it names, component by component, in the mount table (path_resolution(7)).
//
//   "a/../link/b"  ──▶  current directory node, remaining components
//        .   stays            name with a mount on it → that mount's root
//        ..  node.parent,     directory → its node (cached while device and inode agree)
//            at the root stays
//        link → its target's components are put in front; an absolute one starts over at the root
//
// The root is the table's, or what chroot(2) made of it, or where openat2's RESOLVE_IN_ROOT begins.
//
// A component is looked up in the directory capability reached so far and nowhere else, so no rename of another party
// between two steps can lead outside what the mounts grant.

import type { ByteString } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { NAME_MAX, PATH_MAX, SYMLINKS_MAX } from '../linux/file-flags.ts';
import { type Blocking, settle } from '../waiting.ts';
import type { DirectoryNode } from './directory-node.ts';
import { type FileStatus, isDirectory, isSymlink } from './file-status.ts';
import type { OpenFile } from './open-file.ts';
import { ACCESS, type Credentials, permits } from './permission.ts';

/** Where a path led. */
export interface Resolved {
  /** The directory that holds the last component. */
  readonly parent: DirectoryNode;
  /** The last component; `.` when the path ends in a directory that has no name of its own there (`/`, `.`, `..`). */
  readonly name: ByteString;
  /** What is there; undefined when nothing is. */
  readonly status: FileStatus | undefined;
  /** Its node, when it is a directory. */
  readonly node: DirectoryNode | undefined;
  /** Whether the path demanded a directory by a trailing slash. */
  readonly trailingSlash: boolean;
  /** The open file that a magic link led to. */
  readonly magic?: OpenFile;
}

/** Where a path may not lead (openat2(2), `resolve`). */
export interface WalkLimits {
  /** RESOLVE_NO_XDEV: over the edge of a mount. */
  readonly noOtherMounts: boolean;
  /** RESOLVE_NO_MAGICLINKS, RESOLVE_NO_SYMLINKS: through links such as /proc/self/fd/0; through any. */
  readonly noMagicLinks: boolean;
  readonly noSymlinks: boolean;
  /** RESOLVE_BENEATH: out of where it starts. */
  readonly beneath: boolean;
  /** RESOLVE_IN_ROOT: where it starts is its root, so that there is no way out. */
  readonly inRoot: boolean;
}

export interface WalkOptions {
  readonly limits?: WalkLimits;
  /** Whether a symbolic link as the last component is followed. */
  readonly follow: boolean;
  /** The answer for a name that is not there is ENOENT, unless this is set. */
  readonly mayBeMissing?: boolean;
  /** Whose permission to search directories counts; undefined: that of uid 0, who may search all. */
  readonly searcher?: Credentials | undefined;
  /** Called for each node on the way, to keep it open while the call runs. */
  readonly pin: (node: DirectoryNode) => void;
}

/** −EACCES when the permission bits of a directory do not let its names be looked up (path_resolution(7)). */
export function* searching(searcher: Credentials, directory: DirectoryNode): Blocking<number> {
  const status = yield* settle(directory.backend.status());
  if (typeof status === 'number') return status;
  return permits(searcher, status, ACCESS.EXECUTE) ? 0 : -ERRNO.EACCES;
}

/** Follows `path` from `start` (or from `root` when absolute). Answers minus an error number when it leads nowhere. */
export function* walk(
  root: DirectoryNode,
  start: DirectoryNode,
  path: ByteString,
  options: WalkOptions,
): Blocking<Resolved | number> {
  if (path === '') return -ERRNO.ENOENT;
  if (path.length >= PATH_MAX) return -ERRNO.ENAMETOOLONG;
  const { limits } = options;
  if (limits?.beneath === true && path.startsWith('/')) return -ERRNO.EXDEV;
  let current = path.startsWith('/') ? root : start;
  options.pin(current);
  // Last component first, so that taking the next one is a pop.
  const remaining = path.split('/').reverse();
  let linksLeft = SYMLINKS_MAX;
  let trailingSlash = path.endsWith('/');
  // How the current directory was named last: what `rmdir(".")` and `rename("..")` must refuse by.
  let lastName: ByteString = '.';
  for (;;) {
    const component = remaining.pop();
    if (component === undefined) break;
    if (component === '') continue;
    if (options.searcher !== undefined) {
      const refused = yield* searching(options.searcher, current);
      if (refused < 0) return refused;
    }
    if (component === '.') {
      lastName = '.';
      continue;
    }
    if (component === '..') {
      if (limits?.beneath === true && current === start) return -ERRNO.EXDEV;
      const above: DirectoryNode = current === root ? root : (current.parent ?? current);
      if (limits?.noOtherMounts === true && above.mount !== current.mount) return -ERRNO.EXDEV;
      current = above;
      options.pin(current);
      lastName = '..';
      continue;
    }
    if (component.length > NAME_MAX) return -ERRNO.ENAMETOOLONG;
    const last = remaining.every((rest) => rest === '');
    const mounted = current.mountPoint(component);
    if (mounted !== undefined) {
      if (limits?.noOtherMounts === true) return -ERRNO.EXDEV;
      current = mounted;
      options.pin(current);
      lastName = component;
      continue;
    }
    const over = current.fileOver(component);
    if (over !== undefined) {
      current = over;
      options.pin(current);
    }
    const status = yield* settle(current.backend.lookup(component));
    if (typeof status === 'number') {
      if (status === -ERRNO.ENOENT && last && options.mayBeMissing === true)
        return { parent: current, name: component, status: undefined, node: undefined, trailingSlash };
      return status;
    }
    if (isSymlink(status)) {
      if (last && !options.follow && !trailingSlash)
        return { parent: current, name: component, status, node: undefined, trailingSlash };
      if (linksLeft-- === 0 || limits?.noSymlinks === true) return -ERRNO.ELOOP;
      const magic = last && !trailingSlash ? current.backend.magicLink?.(component) : undefined;
      if (magic !== undefined && limits?.noMagicLinks === true) return -ERRNO.ELOOP;
      if (magic !== undefined && (limits?.beneath === true || limits?.inRoot === true)) return -ERRNO.EXDEV;
      if (magic !== undefined)
        return { parent: current, name: component, status, node: undefined, trailingSlash, magic };
      const target = yield* settle(current.backend.readLink(component));
      if (typeof target === 'number') return target;
      if (target === '') return -ERRNO.ENOENT;
      if (target.length >= PATH_MAX) return -ERRNO.ENAMETOOLONG;
      if (last && target.endsWith('/')) trailingSlash = true;
      if (target.startsWith('/')) {
        if (limits?.beneath === true) return -ERRNO.EXDEV;
        if (limits?.noOtherMounts === true && root.mount !== current.mount) return -ERRNO.EXDEV;
        current = root;
        options.pin(current);
      }
      for (const part of target.split('/').reverse()) remaining.push(part);
      continue;
    }
    if (!isDirectory(status)) {
      if (!last || trailingSlash) return -ERRNO.ENOTDIR;
      return { parent: current, name: component, status, node: undefined, trailingSlash };
    }
    let node = current.cachedChild(component, status);
    if (node === undefined) {
      const opened = yield* settle(current.backend.openDirectory(component));
      if (typeof opened === 'number') {
        // A directory that may be seen and not entered still has a status (stat of a directory without permission).
        if (last && opened === -ERRNO.EACCES)
          return { parent: current, name: component, status, node: undefined, trailingSlash };
        return opened;
      }
      // Another thread may have opened it meanwhile; the newer one replaces it in the cache.
      node = current.adoptChild(component, status, opened);
    }
    current = node;
    options.pin(current);
    lastName = component;
  }
  const status = yield* settle(current.backend.status());
  if (typeof status === 'number') return status;
  const named = lastName !== '.' && lastName !== '..' && current.parent !== undefined;
  return { parent: named ? current.parent! : current, name: lastName, status, node: current, trailingSlash };
}
