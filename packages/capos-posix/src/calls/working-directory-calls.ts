// The working directory, and the root.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import type { DirectoryNode } from '../files/directory-node.ts';
import { isDirectory } from '../files/file-status.ts';
import { searching } from '../files/path-walk.ts';
import { bytesOf } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { has, PRIVILEGE } from '../process/privileges.ts';
import type { Blocking } from '../waiting.ts';

const { EFAULT, ENOTDIR, EACCES } = ERRNO;

function getcwd(call: Call): number {
  const path = bytesOf(`${call.process.pathOf(call.process.workingDirectory)}\0`);
  const size = call.word(1);
  if (size < path.length) return -ERRNO.ERANGE;
  return call.memory.write(call.word(0), path) ? path.length : -EFAULT;
}

function* chdir(call: Call): Blocking<number> {
  const resolved = yield* call.existing(undefined, 0, true);
  if (typeof resolved === 'number') return resolved;
  if (resolved.node === undefined) return isDirectory(resolved.status) ? -EACCES : -ENOTDIR;
  return yield* enter(call, resolved.node);
}

/** Makes a directory that may be searched the working directory. */
function* enter(call: Call, node: DirectoryNode): Blocking<number> {
  const { searcher } = call;
  const refused = searcher === undefined ? 0 : yield* searching(searcher, node);
  if (refused < 0) return refused;
  call.process.enterDirectory(node);
  return 0;
}

function* fchdir(call: Call): Blocking<number> {
  const file = call.anyFile(0);
  if (typeof file === 'number') return file;
  const node = call.process.directoryOf(file);
  if (node === undefined) return -ENOTDIR;
  return yield* enter(call, node);
}

/**
 * Another root for the process's own paths. It narrows what they reach and leaves open directories as they are; who says
 * that it is uid 0 may, as on Linux.
 */
function* chroot(call: Call): Blocking<number> {
  const resolved = yield* call.existing(undefined, 0, true);
  if (typeof resolved === 'number') return resolved;
  if (resolved.node === undefined) return isDirectory(resolved.status) ? -EACCES : -ENOTDIR;
  const { searcher } = call;
  const refused = searcher === undefined ? 0 : yield* searching(searcher, resolved.node);
  if (refused < 0) return refused;
  if (!has(call.process.identity, PRIVILEGE.SYS_CHROOT)) return -ERRNO.EPERM;
  call.process.enterRoot(resolved.node);
  return 0;
}

export const workingDirectoryCalls = {
  chroot: { support: 'full', arguments: ['path'], handler: chroot },
  getcwd: { support: 'full', arguments: ['text-out', 'size'], handler: getcwd },
  chdir: { support: 'full', arguments: ['path'], handler: chdir },
  fchdir: { support: 'full', arguments: ['descriptor'], handler: fchdir },
} as const satisfies Record<string, CallRow>;
