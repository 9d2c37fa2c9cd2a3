// Extended attributes (xattr(7)): by path, by path without following a last link, by descriptor.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { DirectoryFile } from '../files/directory-file.ts';
import { attributeKey } from '../files/extended-attributes.ts';
import { type FileStatus, isDirectory } from '../files/file-status.ts';
import { ACCESS, effective, owns, permits } from '../files/permission.ts';
import { RegularFile } from '../files/regular-file.ts';
import { type ByteString, bytesOf } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { MODE } from '../linux/file-flags.ts';
import { has, PRIVILEGE } from '../process/privileges.ts';
import { type Blocking, settle } from '../waiting.ts';

const { E2BIG, EACCES, EEXIST, EFAULT, EINVAL, ENODATA, EOPNOTSUPP, EPERM, ERANGE, EROFS } = ERRNO;

const XATTR = { CREATE: 1, REPLACE: 2 } as const;
const LONGEST_NAME = 255;
const LARGEST_VALUE = 65_536;
const STICKY = 0o1000;

/** How a call names its file, which is its first argument. */
type By = 'path' | 'link' | 'descriptor';

interface Subject {
  readonly key: string | undefined;
  readonly status: FileStatus;
  readonly readOnly: boolean;
}

function* subjectOf(call: Call, by: By): Blocking<Subject | number> {
  if (by === 'descriptor') {
    const file = call.file(0);
    if (typeof file === 'number') return file;
    const status = yield* settle(call.hold(file).status());
    if (typeof status === 'number') return status;
    const mount =
      file instanceof RegularFile ? file.openedIn : file instanceof DirectoryFile ? file.node.mount : undefined;
    return { key: attributeKey(mount?.source, status), status, readOnly: mount?.readOnly === true };
  }
  const resolved = yield* call.existing(undefined, 0, by === 'path');
  if (typeof resolved === 'number') return resolved;
  const { mount } = resolved.node ?? resolved.parent;
  const { status } = resolved;
  return { key: attributeKey(mount.source, status), status, readOnly: mount.readOnly };
}

function nameAt(call: Call, index: number): ByteString | number {
  const name = call.path(index);
  if (typeof name === 'number') return name === -ERRNO.ENAMETOOLONG ? -ERANGE : name;
  return name === '' || name.length > LONGEST_NAME ? -ERANGE : name;
}

/** Whether the caller may use a name of the file (xattr(7), "Extended attribute namespaces"): 0, or the errno. */
function mayUse(call: Call, name: ByteString, { key, status }: Subject, writes: boolean): number {
  const { identity } = call.process;
  const [space, ...rest] = name.split('.');
  const refused = writes ? -EPERM : -ENODATA;
  const known = space === 'user' || space === 'trusted' || space === 'security';
  if (!known || key === undefined) return -EOPNOTSUPP;
  if (rest.join('.') === '') return -EINVAL;
  if (space === 'trusted') return has(identity, PRIVILEGE.SYS_ADMIN) ? 0 : refused;
  if (space === 'security') return has(identity, PRIVILEGE.SYS_ADMIN) || !writes ? 0 : -EPERM;
  const isFile = (status.mode & MODE.TYPE) === MODE.REGULAR;
  if (!isFile && !isDirectory(status)) return refused;
  if (writes && !isFile && (status.mode & STICKY) !== 0 && !owns(identity, status)) return -EPERM;
  return permits(effective(identity), status, writes ? ACCESS.WRITE : ACCESS.READ) ? 0 : -EACCES;
}

function set(by: By) {
  return function* (call: Call): Blocking<number> {
    const flags = call.unsigned(4);
    if ((flags & ~(XATTR.CREATE | XATTR.REPLACE)) !== 0) return -EINVAL;
    const name = nameAt(call, 1);
    if (typeof name === 'number') return name;
    const size = call.word(3);
    if (size > LARGEST_VALUE) return -E2BIG;
    const value = call.memory.bytes(call.word(2), size);
    if (value === undefined) return -EFAULT;
    const subject = yield* subjectOf(call, by);
    if (typeof subject === 'number') return subject;
    if (subject.readOnly && subject.key !== undefined) return -EROFS;
    const refused = mayUse(call, name, subject, true);
    if (refused < 0) return refused;
    const { attributes } = call.process.domain;
    const present = attributes.get(subject.key!, name);
    if ((flags & XATTR.CREATE) !== 0 && present !== undefined) return -EEXIST;
    if ((flags & XATTR.REPLACE) !== 0 && present === undefined) return -ENODATA;
    return attributes.set(subject.key!, name, value.slice());
  };
}

/** Gives what fits the caller's buffer, or its size to one that has none. */
function give(call: Call, bytes: Uint8Array, address: number, size: number): number {
  if (size === 0) return bytes.length;
  if (size < bytes.length) return -ERANGE;
  return call.memory.write(address, bytes) ? bytes.length : -EFAULT;
}

function get(by: By) {
  return function* (call: Call): Blocking<number> {
    const name = nameAt(call, 1);
    if (typeof name === 'number') return name;
    const subject = yield* subjectOf(call, by);
    if (typeof subject === 'number') return subject;
    const refused = mayUse(call, name, subject, false);
    if (refused < 0) return refused;
    const value = call.process.domain.attributes.get(subject.key!, name);
    return value === undefined ? -ENODATA : give(call, value, call.word(2), call.word(3));
  };
}

function list(by: By) {
  return function* (call: Call): Blocking<number> {
    const subject = yield* subjectOf(call, by);
    if (typeof subject === 'number') return subject;
    const { domain, identity } = call.process;
    const names = subject.key === undefined ? [] : domain.attributes.names(subject.key);
    const shown = names.filter((name) => has(identity, PRIVILEGE.SYS_ADMIN) || !name.startsWith('trusted.'));
    return give(call, bytesOf(shown.map((name) => `${name}\0`).join('')), call.word(1), call.word(2));
  };
}

function remove(by: By) {
  return function* (call: Call): Blocking<number> {
    const name = nameAt(call, 1);
    if (typeof name === 'number') return name;
    const subject = yield* subjectOf(call, by);
    if (typeof subject === 'number') return subject;
    if (subject.readOnly && subject.key !== undefined) return -EROFS;
    const refused = mayUse(call, name, subject, true);
    return refused < 0 ? refused : call.process.domain.attributes.remove(subject.key!, name);
  };
}

const KEPT =
  'user, trusted and security; kept by the domain as long as it and the file live, not by what holds the file.';
const support = 'partial';

export const extendedAttributeCalls = {
  getxattr: { support, note: KEPT, arguments: ['path', 'path', 'address', 'size'], handler: get('path') },
  lgetxattr: { support, note: KEPT, arguments: ['path', 'path', 'address', 'size'], handler: get('link') },
  fgetxattr: { support, note: KEPT, arguments: ['descriptor', 'path', 'address', 'size'], handler: get('descriptor') },
  listxattr: { support, note: KEPT, arguments: ['path', 'address', 'size'], handler: list('path') },
  llistxattr: { support, note: KEPT, arguments: ['path', 'address', 'size'], handler: list('link') },
  flistxattr: { support, note: KEPT, arguments: ['descriptor', 'address', 'size'], handler: list('descriptor') },
  setxattr: { support, note: KEPT, arguments: ['path', 'path', 'address', 'size', 'hex'], handler: set('path') },
  lsetxattr: { support, note: KEPT, arguments: ['path', 'path', 'address', 'size', 'hex'], handler: set('link') },
  fsetxattr: {
    support,
    note: KEPT,
    arguments: ['descriptor', 'path', 'address', 'size', 'hex'],
    handler: set('descriptor'),
  },
  removexattr: { support, note: KEPT, arguments: ['path', 'path'], handler: remove('path') },
  lremovexattr: { support, note: KEPT, arguments: ['path', 'path'], handler: remove('link') },
  fremovexattr: { support, note: KEPT, arguments: ['descriptor', 'path'], handler: remove('descriptor') },
} as const satisfies Record<string, CallRow>;
