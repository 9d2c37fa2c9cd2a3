// Hard and symbolic links.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { CHANGE, fileSubject } from '../files/change-watches.ts';
import type { DirectoryNode } from '../files/directory-node.ts';
import { isDirectory, isSymlink } from '../files/file-status.ts';
import { PathHandle } from '../files/path-handle.ts';
import { bytesOf } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { AT } from '../linux/file-flags.ts';
import { type Blocking, settle } from '../waiting.ts';
import { freshName, tellMade } from './directory-entry-calls.ts';
import { ownMade } from './new-file-owner.ts';

const { EFAULT, EINVAL, ENOENT, EXDEV, EPERM } = ERRNO;

function* linkBetween(
  call: Call,
  from: readonly [number | undefined, number],
  to: readonly [number | undefined, number],
  flags: number,
): Blocking<number> {
  if ((flags & ~(AT.SYMLINK_FOLLOW | AT.EMPTY_PATH)) !== 0) return -EINVAL;
  const source = yield* call.existing(from[0], from[1], (flags & AT.SYMLINK_FOLLOW) !== 0);
  if (typeof source === 'number') return source;
  const target = yield* freshName(call, to[0], to[1], false);
  if (typeof target === 'number') return target;
  if (isDirectory(source.status)) return -EPERM;
  if (source.parent.mount !== target.parent.mount) return -EXDEV;
  const linked = yield* settle(source.parent.backend.link(source.name, target.parent.backend, target.name));
  if (linked === 0) {
    call.process.domain.watches.happenedTo(fileSubject(source.parent, source.name, source.status), CHANGE.ATTRIB);
    tellMade(call, target, false);
  }
  return linked;
}

function link(call: Call): Blocking<number> {
  return linkBetween(call, [undefined, 0], [undefined, 1], 0);
}

function linkat(call: Call): Blocking<number> {
  return linkBetween(call, [0, 1], [2, 3], call.integer(4));
}

function* symlinkTo(call: Call, directoryIndex: number | undefined, pathIndex: number): Blocking<number> {
  const path = call.path(0);
  if (typeof path === 'number') return path;
  if (path === '') return -ENOENT;
  const resolved = yield* freshName(call, directoryIndex, pathIndex, false);
  if (typeof resolved === 'number') return resolved;
  const made = yield* settle(resolved.parent.backend.symlink(resolved.name, path));
  if (made < 0) return made;
  tellMade(call, resolved, false);
  return yield* ownMade(call, resolved.parent, resolved.name);
}

function symlink(call: Call): Blocking<number> {
  return symlinkTo(call, undefined, 1);
}

function symlinkat(call: Call): Blocking<number> {
  return symlinkTo(call, 1, 2);
}

function* readlinkFrom(call: Call, directoryIndex: number | undefined, pathIndex: number): Blocking<number> {
  const size = call.integer(pathIndex + 2);
  if (size <= 0) return -EINVAL;
  const path = call.path(pathIndex);
  if (typeof path === 'number') return path;
  let place: { parent: DirectoryNode; name: string } | undefined;
  if (path === '' && directoryIndex !== undefined) {
    const file = call.anyFile(directoryIndex);
    if (!(file instanceof PathHandle)) return typeof file === 'number' ? file : -ENOENT;
    place = file.place;
  } else {
    const resolved = yield* call.resolvePath(directoryIndex, path, false);
    if (typeof resolved === 'number') return resolved;
    if (resolved.status === undefined || !isSymlink(resolved.status)) return -EINVAL;
    place = resolved;
  }
  const target = yield* settle(place.parent.backend.readLink(place.name));
  if (typeof target === 'number') return target;
  const bytes = bytesOf(target).subarray(0, size);
  return call.memory.write(call.word(pathIndex + 1), bytes) ? bytes.length : -EFAULT;
}

function readlink(call: Call): Blocking<number> {
  return readlinkFrom(call, undefined, 0);
}

function readlinkat(call: Call): Blocking<number> {
  return readlinkFrom(call, 0, 1);
}

export const linkCalls = {
  link: { support: 'full', arguments: ['path', 'path'], handler: link },
  linkat: {
    support: 'partial',
    note: 'Not from a descriptor with AT_EMPTY_PATH.',
    arguments: ['directory', 'path', 'directory', 'path', 'at-flags'],
    handler: linkat,
  },
  symlink: { support: 'full', arguments: ['path', 'path'], handler: symlink },
  symlinkat: { support: 'full', arguments: ['path', 'directory', 'path'], handler: symlinkat },
  readlink: { support: 'full', arguments: ['path', 'text-out', 'size'], handler: readlink },
  readlinkat: { support: 'full', arguments: ['directory', 'path', 'text-out', 'size'], handler: readlinkat },
} as const satisfies Record<string, CallRow>;
