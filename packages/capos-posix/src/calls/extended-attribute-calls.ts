// Extended attributes, which no file here has.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { ERRNO } from '../linux/errno.ts';
import type { Blocking } from '../waiting.ts';

/** Extended attributes: no file system here has any, but the file must be there for that to be the answer. */
function noAttributes(directoryIndex: number | undefined, pathIndex: number, follow: boolean, answer: number) {
  return function* (call: Call): Blocking<number> {
    const resolved = yield* call.existing(directoryIndex, pathIndex, follow);
    return typeof resolved === 'number' ? resolved : answer;
  };
}

function noFileAttributes(answer: number) {
  return (call: Call): number => {
    const file = call.file(0);
    return typeof file === 'number' ? file : answer;
  };
}

const NO_XATTR = 'No file system here keeps extended attributes: none is found, none can be set.';

export const extendedAttributeCalls = {
  getxattr: {
    support: 'partial',
    note: NO_XATTR,
    arguments: ['path', 'path', 'address', 'size'],
    handler: noAttributes(undefined, 0, true, -ERRNO.ENODATA),
  },
  lgetxattr: {
    support: 'partial',
    note: NO_XATTR,
    arguments: ['path', 'path', 'address', 'size'],
    handler: noAttributes(undefined, 0, false, -ERRNO.ENODATA),
  },
  fgetxattr: {
    support: 'partial',
    note: NO_XATTR,
    arguments: ['descriptor', 'path', 'address', 'size'],
    handler: noFileAttributes(-ERRNO.ENODATA),
  },
  listxattr: {
    support: 'partial',
    note: NO_XATTR,
    arguments: ['path', 'address', 'size'],
    handler: noAttributes(undefined, 0, true, 0),
  },
  llistxattr: {
    support: 'partial',
    note: NO_XATTR,
    arguments: ['path', 'address', 'size'],
    handler: noAttributes(undefined, 0, false, 0),
  },
  flistxattr: {
    support: 'partial',
    note: NO_XATTR,
    arguments: ['descriptor', 'address', 'size'],
    handler: noFileAttributes(0),
  },
  setxattr: {
    support: 'partial',
    note: NO_XATTR,
    arguments: ['path', 'path', 'address', 'size', 'hex'],
    handler: noAttributes(undefined, 0, true, -ERRNO.EOPNOTSUPP),
  },
  lsetxattr: {
    support: 'partial',
    note: NO_XATTR,
    arguments: ['path', 'path', 'address', 'size', 'hex'],
    handler: noAttributes(undefined, 0, false, -ERRNO.EOPNOTSUPP),
  },
  fsetxattr: {
    support: 'partial',
    note: NO_XATTR,
    arguments: ['descriptor', 'path', 'address', 'size', 'hex'],
    handler: noFileAttributes(-ERRNO.EOPNOTSUPP),
  },
  removexattr: {
    support: 'partial',
    note: NO_XATTR,
    arguments: ['path', 'path'],
    handler: noAttributes(undefined, 0, true, -ERRNO.ENODATA),
  },
  lremovexattr: {
    support: 'partial',
    note: NO_XATTR,
    arguments: ['path', 'path'],
    handler: noAttributes(undefined, 0, false, -ERRNO.ENODATA),
  },
  fremovexattr: {
    support: 'partial',
    note: NO_XATTR,
    arguments: ['descriptor', 'path'],
    handler: noFileAttributes(-ERRNO.ENODATA),
  },
} as const satisfies Record<string, CallRow>;
