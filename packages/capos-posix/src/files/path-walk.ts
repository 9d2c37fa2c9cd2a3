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
// Components that are plain names are looked up ahead in one request; what was found of each is gone through one by one all the same, as
// long as it leads to directories that are open.
//
// A component is looked up in the directory capability reached so far, or ahead from there, and nowhere else, so no rename of another party
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

/** How many names are looked up at once, at most. */
const NAMES_AHEAD = 16;

/** −EACCES when the permission bits of a directory do not let its names be looked up (path_resolution(7)). */
export function* searching(
  searcher: Credentials,
  directory: DirectoryNode,
  known?: FileStatus | undefined,
): Blocking<number> {
  const status = known ?? (yield* settle(directory.backend.status()));
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
  if (options.limits?.beneath === true && path.startsWith('/')) return -ERRNO.EXDEV;
  return yield* new Walk(root, start, path, options).run();
}

class Walk {
  readonly #root: DirectoryNode;
  readonly #start: DirectoryNode;
  readonly #options: WalkOptions;
  #current: DirectoryNode;
  /** What the current directory was just found to be, where it was looked up. */
  #status: FileStatus | undefined;
  /** What the components that remain were found to be, the last one first, while each leads to the directory that was looked up. */
  #ahead: (FileStatus | number)[] = [];
  /** Components, the last one first: taking the next one is a pop. */
  readonly #remaining: ByteString[];
  #linksLeft = SYMLINKS_MAX;
  #trailingSlash: boolean;
  /** How the current directory was named last: what `rmdir(".")` and `rename("..")` must refuse by. */
  #lastName: ByteString = '.';

  constructor(root: DirectoryNode, start: DirectoryNode, path: ByteString, options: WalkOptions) {
    this.#root = root;
    this.#start = start;
    this.#options = options;
    this.#current = path.startsWith('/') ? root : start;
    options.pin(this.#current);
    this.#remaining = path.split('/').reverse();
    this.#trailingSlash = path.endsWith('/');
  }

  *run(): Blocking<Resolved | number> {
    const { limits, searcher, follow, mayBeMissing } = this.#options;
    for (;;) {
      const component = this.#remaining.pop();
      if (component === undefined) return yield* this.#arrived();
      if (component === '') continue;
      if (searcher !== undefined) {
        const refused = yield* searching(searcher, this.#current, this.#status);
        if (refused < 0) return refused;
      }
      if (component === '.') {
        this.#lastName = '.';
        continue;
      }
      if (component === '..') {
        const refused = this.#goUp();
        if (refused < 0) return refused;
        continue;
      }
      if (component.length > NAME_MAX) return -ERRNO.ENAMETOOLONG;
      const mounted = this.#current.mountPoint(component);
      if (mounted !== undefined) {
        if (limits?.noOtherMounts === true) return -ERRNO.EXDEV;
        this.#enter(mounted, component);
        continue;
      }
      const over = this.#current.fileOver(component);
      if (over !== undefined) this.#go(over);
      const isLast = this.#remaining.every((rest) => rest === '');
      const status = yield* this.#lookUp(component);
      if (typeof status === 'number') {
        const isMissing = status === -ERRNO.ENOENT && isLast && mayBeMissing === true;
        return isMissing ? this.#found(component, undefined) : status;
      }
      if (isSymlink(status)) {
        if (isLast && !follow && !this.#trailingSlash) return this.#found(component, status);
        const answer = yield* this.#followLink(component, status, isLast);
        if (answer !== undefined) return answer;
        continue;
      }
      if (!isDirectory(status)) {
        return !isLast || this.#trailingSlash ? -ERRNO.ENOTDIR : this.#found(component, status);
      }
      const cached = this.#current.cachedChild(component, status);
      if (cached !== undefined) {
        const ahead = this.#ahead;
        this.#enter(cached, component);
        this.#status = status;
        this.#ahead = ahead;
        continue;
      }
      const node = yield* this.#openDirectory(component, status);
      if (typeof node === 'number') {
        // A directory that may be seen and not entered still has a status (stat of a directory without permission).
        return isLast && node === -ERRNO.EACCES ? this.#found(component, status) : node;
      }
      this.#enter(node, component);
    }
  }

  /** What `component` is, which comes from a look ahead wherever one was possible. */
  *#lookUp(component: ByteString): Blocking<FileStatus | number> {
    const known = this.#ahead.pop();
    if (known !== undefined) return known;
    const { backend } = this.#current;
    if (backend.resolve !== undefined) {
      const names = this.#namesAhead(component);
      const found = names.length < 2 ? [] : yield* settle(backend.resolve(names));
      const [first, ...rest] = found;
      if (first !== undefined) {
        this.#ahead = rest.reverse();
        return first;
      }
    }
    return yield* settle(backend.lookup(component));
  }

  /** `component` and those behind it, up to one that is more than a name, or has a mount on it. */
  #namesAhead(component: ByteString): ByteString[] {
    const names = [component];
    let node = this.#current.child(component);
    for (let index = this.#remaining.length - 1; index >= 0 && names.length < NAMES_AHEAD; index--) {
      const name = this.#remaining[index]!;
      if (name === '') continue;
      if (name === '.' || name === '..' || name.length > NAME_MAX || node?.mountPoint(name) !== undefined) break;
      names.push(name);
      node = node?.child(name);
    }
    return names;
  }

  /** Elsewhere: what was looked up ahead says nothing of what is here. */
  #go(node: DirectoryNode): void {
    this.#ahead = [];
    this.#status = undefined;
    this.#current = node;
    this.#options.pin(node);
  }

  #enter(node: DirectoryNode, name: ByteString): void {
    this.#go(node);
    this.#lastName = name;
  }

  /** `..`: 0, or minus an error number. */
  #goUp(): number {
    const { limits } = this.#options;
    const current = this.#current;
    if (limits?.beneath === true && current === this.#start) return -ERRNO.EXDEV;
    const above: DirectoryNode = current === this.#root ? current : (current.parent ?? current);
    if (limits?.noOtherMounts === true && above.mount !== current.mount) return -ERRNO.EXDEV;
    this.#enter(above, '..');
    return 0;
  }

  /** Puts the link's target in front of what remains; an answer where the walk ends here. */
  *#followLink(component: ByteString, status: FileStatus, isLast: boolean): Blocking<Resolved | number | undefined> {
    const { limits } = this.#options;
    const current = this.#current;
    // Nobody looks behind a link; a server that says it did is not believed.
    this.#ahead = [];
    if (this.#linksLeft-- === 0 || limits?.noSymlinks === true) return -ERRNO.ELOOP;
    const magic = isLast && !this.#trailingSlash ? current.backend.magicLink?.(component) : undefined;
    if (magic !== undefined) {
      if (limits?.noMagicLinks === true) return -ERRNO.ELOOP;
      if (limits?.beneath === true || limits?.inRoot === true) return -ERRNO.EXDEV;
      return { ...this.#found(component, status), magic };
    }
    const target = yield* settle(current.backend.readLink(component));
    if (typeof target === 'number') return target;
    if (target === '') return -ERRNO.ENOENT;
    if (target.length >= PATH_MAX) return -ERRNO.ENAMETOOLONG;
    if (isLast && target.endsWith('/')) this.#trailingSlash = true;
    if (target.startsWith('/')) {
      if (limits?.beneath === true) return -ERRNO.EXDEV;
      if (limits?.noOtherMounts === true && this.#root.mount !== current.mount) return -ERRNO.EXDEV;
      this.#go(this.#root);
    }
    for (const part of target.split('/').reverse()) this.#remaining.push(part);
    return undefined;
  }

  *#openDirectory(component: ByteString, status: FileStatus): Blocking<DirectoryNode | number> {
    const current = this.#current;
    const opened = yield* settle(current.backend.openDirectory(component));
    // Another thread may have opened it meanwhile; the newer one replaces it in the cache.
    return typeof opened === 'number' ? opened : current.adoptChild(component, status, opened);
  }

  /** Something in the current directory that is not entered. */
  #found(name: ByteString, status: FileStatus | undefined): Resolved {
    return { parent: this.#current, name, status, node: undefined, trailingSlash: this.#trailingSlash };
  }

  /** At a directory that the path ends in. */
  *#arrived(): Blocking<Resolved | number> {
    const node = this.#current;
    const status = this.#status ?? (yield* settle(node.backend.status()));
    if (typeof status === 'number') return status;
    const isNamed = this.#lastName !== '.' && this.#lastName !== '..';
    const named = isNamed ? node.parent : undefined;
    return { parent: named ?? node, name: this.#lastName, status, node, trailingSlash: this.#trailingSlash };
  }
}
