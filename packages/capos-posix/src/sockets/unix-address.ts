// AF_UNIX names with a path: making the file that stands for a socket, and finding the socket a path leads to.

import type { Call } from '../call.ts';
import { ownNew } from '../calls/new-file-owner.ts';
import { OPEN_FILE } from '../files/backend.ts';
import { ACCESS, permits } from '../files/permission.ts';
import { ERRNO } from '../linux/errno.ts';
import { type Blocking, settle } from '../waiting.ts';
import type { UnixName } from './socket-name.ts';
import type { NamedSocket } from './unix-names.ts';

/** Names a socket. 0 or minus an error number. */
export function* nameSocket(call: Call, { path }: UnixName, socket: NamedSocket): Blocking<number> {
  const { unixSockets } = call.process.domain;
  if (path.startsWith('\0')) return unixSockets.bindAbstract(path, socket) ? 0 : -ERRNO.EADDRINUSE;
  const resolved = yield* call.resolvePath(undefined, path, true, true);
  if (typeof resolved === 'number') return resolved;
  if (resolved.status !== undefined) return -ERRNO.EADDRINUSE;
  if (resolved.trailingSlash) return -ERRNO.EINVAL;
  const { parent, name } = resolved;
  if (parent.mount.readOnly) return -ERRNO.EROFS;
  const above = call.searcher && (yield* settle(parent.backend.status()));
  if (typeof above === 'number') return above;
  if (above !== undefined && !permits(call.searcher!, above, ACCESS.WRITE | ACCESS.EXECUTE)) return -ERRNO.EACCES;
  const mode = 0o777 & ~call.process.umask;
  const flags = OPEN_FILE.WRITE | OPEN_FILE.CREATE | OPEN_FILE.EXCLUSIVE;
  const opened = yield* settle(parent.backend.openFile(name, flags, mode));
  if (typeof opened === 'number') return opened === -ERRNO.EEXIST ? -ERRNO.EADDRINUSE : opened;
  if (opened.kind !== 'file') return -ERRNO.EADDRINUSE;
  opened.file.release();
  unixSockets.bindFile(yield* ownNew(call, parent, opened.status, name), socket);
  return 0;
}

/** The socket that a name leads to, or minus an error number. */
export function* findSocket(call: Call, { path }: UnixName): Blocking<NamedSocket | number> {
  const { unixSockets } = call.process.domain;
  if (path === '') return -ERRNO.EINVAL;
  if (path.startsWith('\0')) return unixSockets.atAbstract(path) ?? -ERRNO.ECONNREFUSED;
  const resolved = yield* call.resolvePath(undefined, path, true);
  if (typeof resolved === 'number') return resolved;
  if (resolved.node !== undefined || resolved.status === undefined) return -ERRNO.ECONNREFUSED;
  // Connecting is writing (unix(7)).
  if (call.searcher !== undefined && !permits(call.searcher, resolved.status, ACCESS.WRITE)) return -ERRNO.EACCES;
  const found = unixSockets.atFile(resolved.status);
  return found === undefined || found === 'closed' ? -ERRNO.ECONNREFUSED : found;
}
