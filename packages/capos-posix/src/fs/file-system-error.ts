// What the file-system core throws: an error number with the operation and path it came from, shaped as Node's own.

import { type ErrnoName, errnoName } from '../linux/errno.ts';

const MEANING: Partial<Record<ErrnoName, string>> = {
  EPERM: 'the operation is not permitted',
  ENOENT: 'there is nothing of that name',
  EBADF: 'the descriptor is closed, or was not opened for that',
  EACCES: 'permission is denied',
  EBUSY: 'a mount stands there',
  EEXIST: 'there is something of that name',
  EXDEV: 'the two are on different mounts, or in a layer that is not written to: copy instead',
  ENOTDIR: 'something on the way is no directory',
  EISDIR: 'it is a directory',
  EINVAL: 'an argument makes no sense for it',
  ENOSPC: 'there is no room left',
  EROFS: 'the mount is read only',
  ENAMETOOLONG: 'a name or the path is too long',
  ENOTEMPTY: 'the directory is not empty',
  ELOOP: 'too many symbolic links on the way',
  EAGAIN: 'the directory answers later: use the promises',
};

export class FileSystemError extends Error {
  override readonly name = 'FileSystemError';
  /** Such as `ENOENT`. */
  readonly code: string;
  /** Minus Linux's number, as Node has it. */
  readonly errno: number;
  /** The operation, such as `open`. */
  readonly syscall: string;
  readonly path: string | undefined;

  /** `errno` is minus an error number. */
  constructor(errno: number, syscall: string, path?: string) {
    const code = errnoName(-errno);
    super(`${code}: ${MEANING[code as ErrnoName] ?? 'it failed'}, ${syscall}${path === undefined ? '' : ` '${path}'`}`);
    this.code = code;
    this.errno = errno;
    this.syscall = syscall;
    this.path = path;
  }
}
