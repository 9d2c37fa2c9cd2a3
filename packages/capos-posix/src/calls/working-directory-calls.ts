// The working directory, and the root.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { isDirectory } from '../files/backend.ts';
import { bytesOf } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
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
  call.process.enterDirectory(resolved.node);
  return 0;
}

function fchdir(call: Call): number {
  const file = call.file(0);
  if (typeof file === 'number') return file;
  const node = call.process.directoryOf(file);
  if (node === undefined) return -ENOTDIR;
  call.process.enterDirectory(node);
  return 0;
}

/**
 * Another root for the process's own paths. It narrows what they reach and leaves open directories as they are; who says
 * that it is uid 0 may, as on Linux.
 */
function* chroot(call: Call): Blocking<number> {
  const resolved = yield* call.existing(undefined, 0, true);
  if (typeof resolved === 'number') return resolved;
  if (resolved.node === undefined) return isDirectory(resolved.status) ? -EACCES : -ENOTDIR;
  if (call.process.identity.euid !== 0) return -ERRNO.EPERM;
  call.process.enterRoot(resolved.node);
  return 0;
}

export const workingDirectoryCalls = {
  chroot: { support: 'full', arguments: ['path'], handler: chroot },
  getcwd: { support: 'full', arguments: ['text-out', 'size'], handler: getcwd },
  chdir: { support: 'full', arguments: ['path'], handler: chdir },
  fchdir: { support: 'full', arguments: ['descriptor'], handler: fchdir },
} as const satisfies Record<string, CallRow>;
