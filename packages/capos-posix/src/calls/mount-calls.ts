// Calls about mounts: a program that believes to be uid 0 may lay over the names it has memory of its own, its /proc, or a directory
// that it has elsewhere (mount(2), umount(2), unshare(2)). Of what was granted nothing is changed, and nothing more can be reached.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { DirectoryFile } from '../files/directory-file.ts';
import type { DirectoryNode } from '../files/directory-node.ts';
import { isDirectory } from '../files/file-status.ts';
import type { NamespaceMount } from '../files/mount-namespace.ts';
import { RegularFile } from '../files/regular-file.ts';
import type { ByteString } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { CLONE } from '../linux/thread-flags.ts';
import type { PosixProcess } from '../posix-process.ts';
import { has, PRIVILEGE } from '../process/privileges.ts';
import type { Blocking } from '../waiting.ts';

const { EAGAIN, EBUSY, EINVAL, ENODEV, ENOENT, ENOTDIR, EPERM } = ERRNO;

const MS = {
  RDONLY: 1,
  REMOUNT: 32,
  BIND: 4096,
  MOVE: 8192,
  /** Unbindable, private, slave, shared: mounts never come from one name space to another here, as if all were private. */
  PROPAGATION: 0xf << 17,
  MAGIC: 0xc0ed_0000,
  MAGIC_MASK: 0xffff_0000,
} as const;
const MNT = { FORCE: 1, DETACH: 2, EXPIRE: 4, NOFOLLOW: 8 } as const;

/** The text at an argument, or minus an error number. */
function textAt(call: Call, index: number): ByteString | number {
  return call.word(index) === 0 ? '' : call.path(index);
}

/** What a program has mounted at a directory, if it is the root of such a mount. */
function mountedAt({ namespace }: PosixProcess, node: DirectoryNode): NamespaceMount | undefined {
  return isMountRoot(node) ? namespace.mounts.find((mount) => mount === node.mount) : undefined;
}

function isMountRoot({ mount, parent }: DirectoryNode): boolean {
  return parent === undefined || parent.mount !== mount;
}

function* directoryAt(call: Call, index: number, follow = true): Blocking<DirectoryNode | number> {
  const resolved = yield* call.resolve(undefined, index, follow);
  if (typeof resolved === 'number') return resolved;
  if (resolved.status === undefined) return -ENOENT;
  if (!isDirectory(resolved.status) || resolved.node === undefined) return -ENOTDIR;
  return resolved.node;
}

function* mount(call: Call): Blocking<number> {
  const { process } = call;
  const given = call.unsigned(3);
  const flags = (given & MS.MAGIC_MASK) >>> 0 === MS.MAGIC ? given & ~MS.MAGIC_MASK : given;
  const source = textAt(call, 0);
  if (typeof source === 'number') return source;
  const type = textAt(call, 2);
  if (typeof type === 'number') return type;
  const options = textAt(call, 4);
  if (typeof options === 'number') return options;
  const node = yield* directoryAt(call, 1);
  if (typeof node === 'number') return node;
  if (!has(process.identity, PRIVILEGE.SYS_ADMIN)) return -EPERM;
  const readOnly = (flags & MS.RDONLY) !== 0;
  if ((flags & MS.REMOUNT) !== 0) return remount(process, node, readOnly);
  if ((flags & MS.PROPAGATION) !== 0) return isMountRoot(node) ? 0 : -EINVAL;
  if ((flags & MS.MOVE) !== 0) return yield* move(call, node);
  if (node.parent === undefined) return -EBUSY;
  if (process.namespace.isFull) return -ERRNO.ENOSPC;
  const path = node.path();
  if ((flags & MS.BIND) !== 0) {
    const bound = yield* directoryAt(call, 0);
    if (typeof bound === 'number') return bound;
    // A bound directory is as it is where it comes from; MS_REMOUNT makes it read-only afterwards.
    const { mount: from } = bound;
    const root = { boundTo: bound.path() };
    const { source = 'none', type = 'capos', readOnly } = from;
    process.namespace.add({ path, source, type, readOnly, root });
    return 0;
  }
  if (type === '') return -EINVAL;
  const root = fileSystem(process, type, options);
  if (root === undefined) return -ENODEV;
  process.namespace.add({ path, source: source || 'none', type, readOnly, root });
  return 0;
}

/** An empty or synthetic file system, by its name; undefined for one that there is not. */
function fileSystem(process: PosixProcess, type: ByteString, options: ByteString): NamespaceMount['root'] | undefined {
  if (type === 'proc') return 'proc';
  if (type !== 'tmpfs' && type !== 'ramfs') return undefined;
  const mode = /(?:^|,)mode=([0-7]{1,4})(?:,|$)/.exec(options)?.[1];
  return process.domain.makeTemporaryDirectory(mode === undefined ? 0o1777 : Number.parseInt(mode, 8));
}

/** Whether it may be written to; of what was granted that is not for a program to say. */
function remount(process: PosixProcess, node: DirectoryNode, readOnly: boolean): number {
  const mounted = mountedAt(process, node);
  if (mounted === undefined) return isMountRoot(node) ? -EPERM : -EINVAL;
  if (mounted.readOnly === readOnly) return 0;
  const isGranted = typeof mounted.root === 'object' && 'boundTo' in mounted.root;
  // A directory bound from a read-only mount is not made writable by being somewhere else.
  if (isGranted && !readOnly) return -EPERM;
  if (readOnly && isWrittenTo(process, mounted)) return -EBUSY;
  mounted.readOnly = readOnly;
  return 0;
}

function* move(call: Call, target: DirectoryNode): Blocking<number> {
  const { process } = call;
  const from = yield* directoryAt(call, 0);
  if (typeof from === 'number') return from;
  const mounted = mountedAt(process, from);
  if (mounted === undefined) return -EINVAL;
  if (target.isWithin(from)) return -ERRNO.ELOOP;
  process.namespace.remove(mounted);
  process.namespace.add({ ...mounted, path: target.path() });
  return 0;
}

/** The processes that see what is mounted there. */
function sharers({ domain, namespace }: PosixProcess): PosixProcess[] {
  return [...domain.processes.values()].filter((process) => process.namespace === namespace);
}

function isWithin(node: DirectoryNode, mounted: NamespaceMount): boolean {
  for (let at: DirectoryNode | undefined = node; at !== undefined; at = at.parent)
    if (at.mount === mounted) return true;
  return false;
}

/** Whether somebody works in it, has something of it open, or has mounted something in it. */
function isBusy(process: PosixProcess, mounted: NamespaceMount): boolean {
  const below = `${mounted.path}/`;
  if (process.namespace.mounts.some(({ path }) => path.startsWith(below))) return true;
  return sharers(process).some(({ workingDirectory, root, descriptors }) => {
    if (isWithin(workingDirectory, mounted) || isWithin(root, mounted)) return true;
    return [...descriptors.numbers()].some((descriptor) => {
      const file = descriptors.get(descriptor);
      if (file instanceof DirectoryFile) return isWithin(file.node, mounted);
      return file instanceof RegularFile && file.openedIn === mounted;
    });
  });
}

function isWrittenTo(process: PosixProcess, mounted: NamespaceMount): boolean {
  return sharers(process).some(({ descriptors }) =>
    [...descriptors.numbers()].some((descriptor) => {
      const file = descriptors.get(descriptor);
      return file instanceof RegularFile && file.writable && file.openedIn === mounted;
    }),
  );
}

function* umount2(call: Call): Blocking<number> {
  const { process } = call;
  const flags = call.unsigned(1);
  const known = MNT.FORCE | MNT.DETACH | MNT.EXPIRE | MNT.NOFOLLOW;
  if ((flags & ~known) !== 0) return -EINVAL;
  const expires = (flags & MNT.EXPIRE) !== 0;
  if (expires && (flags & (MNT.FORCE | MNT.DETACH)) !== 0) return -EINVAL;
  const resolved = yield* call.resolve(undefined, 0, (flags & MNT.NOFOLLOW) === 0);
  if (typeof resolved === 'number') return resolved;
  if (!has(process.identity, PRIVILEGE.SYS_ADMIN)) return -EPERM;
  const { node } = resolved;
  if (node === undefined || !isMountRoot(node)) return -EINVAL;
  const mounted = mountedAt(process, node);
  if (mounted === undefined) return -EPERM;
  if ((flags & MNT.DETACH) === 0 && isBusy(process, mounted)) return -EBUSY;
  if (expires && mounted.isExpiring !== true) {
    mounted.isExpiring = true;
    return -EAGAIN;
  }
  process.namespace.remove(mounted);
  process.domain.leftNamespace(process.namespace, [mounted]);
  return 0;
}

/** What one thread by itself, or a process of one thread, has for itself anyway. */
const OWN_ALREADY = CLONE.FS | CLONE.FILES | CLONE.SYSVSEM;
const OF_ONE_THREAD = CLONE.THREAD | CLONE.SIGHAND | CLONE.VM;
const NAMESPACES = CLONE.NEWCGROUP | CLONE.NEWUTS | CLONE.NEWIPC | CLONE.NEWUSER | CLONE.NEWPID | CLONE.NEWNET;

function unshare(call: Call): number {
  const { process } = call;
  const flags = call.unsigned(0);
  const known = OWN_ALREADY | OF_ONE_THREAD | NAMESPACES | CLONE.NEWNS | CLONE.NEWTIME;
  if ((flags & ~known) !== 0) return -EINVAL;
  const isAlone = process.threads.size === 1;
  if (!isAlone && (flags & (OF_ONE_THREAD | CLONE.NEWUSER)) !== 0) return -EINVAL;
  if ((flags & (NAMESPACES | CLONE.NEWTIME)) !== 0) return -EPERM;
  if ((flags & CLONE.NEWNS) === 0) return 0;
  if (!has(process.identity, PRIVILEGE.SYS_ADMIN)) return -EPERM;
  process.namespace = process.namespace.copy();
  return 0;
}

export const mountCalls = {
  mount: {
    support: 'partial',
    note: 'For uid 0: tmpfs, ramfs and proc, MS_BIND of directories, MS_MOVE, MS_REMOUNT, MS_RDONLY. Granted mounts stay as they are.',
    arguments: ['path', 'path', 'path', 'hex', 'address'],
    handler: mount,
  },
  umount2: {
    support: 'partial',
    note: 'What mount made.',
    arguments: ['path', 'hex'],
    handler: umount2,
  },
  unshare: {
    support: 'partial',
    note: 'The name space of mounts; no other one.',
    arguments: ['clone-flags'],
    handler: unshare,
  },
} as const satisfies Record<string, CallRow>;
