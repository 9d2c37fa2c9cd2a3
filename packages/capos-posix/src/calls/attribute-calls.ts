// Modes and owners of files.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { CHANGE, directorySubject, fileSubject } from '../files/change-watches.ts';
import { DirectoryFile } from '../files/directory-file.ts';
import type { AttributeChange, FileStatus } from '../files/file-status.ts';
import type { OpenFile } from '../files/open-file.ts';
import { owns } from '../files/permission.ts';
import { RegularFile } from '../files/regular-file.ts';
import { ERRNO } from '../linux/errno.ts';
import { AT, MODE, OPEN } from '../linux/file-flags.ts';
import type { Identity } from '../process/identity.ts';
import { has, PRIVILEGE } from '../process/privileges.ts';
import { type Blocking, settle } from '../waiting.ts';

const { EINVAL, ENOENT, EROFS, EBADF, EPERM } = ERRNO;

/** What to change of a file, once it is known; or the errno that says why not. */
export type Decision = (status: FileStatus) => AttributeChange | number;

export function* changeAt(
  call: Call,
  directoryIndex: number | undefined,
  pathIndex: number,
  flags: number,
  decide: Decision,
): Blocking<number> {
  if ((flags & ~(AT.SYMLINK_NOFOLLOW | AT.EMPTY_PATH)) !== 0) return -EINVAL;
  const path = call.path(pathIndex);
  if (typeof path === 'number') return path;
  if (path === '' && (flags & AT.EMPTY_PATH) !== 0 && directoryIndex !== undefined)
    return yield* changeOpened(call, call.anyFile(directoryIndex), decide);
  const resolved = yield* call.resolvePath(directoryIndex, path, (flags & AT.SYMLINK_NOFOLLOW) === 0);
  if (typeof resolved === 'number') return resolved;
  const { magic, node, parent, name, status } = resolved;
  if (status === undefined) return -ENOENT;
  const { mount } = node ?? parent;
  if (magic === undefined && mount.readOnly && (node === undefined || mount.source !== undefined))
    return mount.source === undefined ? -EPERM : -EROFS;
  const shown = magic === undefined ? status : yield* settle(magic.status());
  const change = typeof shown === 'number' ? shown : decide(shown);
  if (typeof change === 'number') return change;
  const changed = yield* settle((magic ?? node)?.setAttributes(change) ?? parent.backend.setAttributes(name, change));
  const { watches } = call.process.domain;
  if (changed === 0 && magic !== undefined) magic.watched?.happened(kindOf(change));
  else if (changed === 0 && !watches.empty)
    watches.happened(node === undefined ? fileSubject(parent, name, status) : directorySubject(node), kindOf(change));
  return changed;
}

/** As what a change of attributes is told: setting one of the times is what reading or writing does (fsnotify_change). */
function kindOf({ mode, owner, accessedNs, modifiedNs }: AttributeChange): number {
  const isTimesOnly = mode === undefined && owner === undefined;
  if (!isTimesOnly || (accessedNs === undefined) === (modifiedNs === undefined)) return CHANGE.ATTRIB;
  return accessedNs === undefined ? CHANGE.MODIFY : CHANGE.ACCESS;
}

export function changeFile(call: Call, index: number, decide: Decision): Blocking<number> {
  return changeOpened(call, call.file(index), decide);
}

function* changeOpened(call: Call, file: OpenFile | number, decide: Decision): Blocking<number> {
  if (typeof file === 'number') return file;
  if ((file.statusFlags & OPEN.PATH) !== 0 && !(file instanceof DirectoryFile)) return -EBADF;
  if (isReadOnly(file)) return -EROFS;
  const status = yield* settle(call.hold(file).status());
  const change = typeof status === 'number' ? status : decide(status);
  if (typeof change === 'number') return change;
  const changed = yield* settle(file.setAttributes(change));
  if (changed === 0) file.watched?.happened(kindOf(change));
  return changed;
}

/** Whether it was opened in a mount that nothing may be changed in. */
function isReadOnly(file: OpenFile): boolean {
  const mount =
    file instanceof RegularFile ? file.openedIn : file instanceof DirectoryFile ? file.node.mount : undefined;
  return mount?.readOnly === true && mount.source !== undefined;
}

const SET_USER_ID = 0o4000;
const SET_GROUP_ID = 0o2000;
const GROUP_EXECUTE = 0o010;

function inGroup({ fsgid, groups }: Identity, group: number): boolean {
  return fsgid === group || groups.includes(group);
}

/** chmod(2): the owner's to do; S_ISGID is not to be had for a group that one is not in. */
function modeChange({ process }: Call, mode: number): Decision {
  const { identity } = process;
  return (status) => {
    if (!owns(identity, status)) return -EPERM;
    const keeps = has(identity, PRIVILEGE.FSETID) || inGroup(identity, status.gid);
    return { mode: mode & 0o7777 & (keeps ? ~0 : ~SET_GROUP_ID) };
  };
}

function chmod(call: Call): Blocking<number> {
  return changeAt(call, undefined, 0, 0, modeChange(call, call.unsigned(1)));
}

function fchmod(call: Call): Blocking<number> {
  return changeFile(call, 0, modeChange(call, call.unsigned(1)));
}

function fchmodat(call: Call): Blocking<number> {
  return changeAt(call, 0, 1, 0, modeChange(call, call.unsigned(2)));
}

function fchmodat2(call: Call): Blocking<number> {
  return changeAt(call, 0, 1, call.integer(3), modeChange(call, call.unsigned(2)));
}

/**
 * chown(2): CAP_CHOWN's to do; an owner may choose among the groups it is in. −1 leaves a number as it is. What is no directory
 * loses S_ISUID, and S_ISGID where it means execution.
 */
function ownerChange({ process }: Call, uid: number, gid: number): Decision {
  const { identity } = process;
  return (status) => {
    const owner = { uid: uid === -1 ? status.uid : uid >>> 0, gid: gid === -1 ? status.gid : gid >>> 0 };
    if (!has(identity, PRIVILEGE.CHOWN)) {
      if (uid !== -1 && (identity.fsuid !== status.uid || owner.uid !== status.uid)) return -EPERM;
      if (gid !== -1 && (identity.fsuid !== status.uid || (owner.gid !== status.gid && !inGroup(identity, owner.gid))))
        return -EPERM;
    }
    const lost = SET_USER_ID | ((status.mode & GROUP_EXECUTE) !== 0 ? SET_GROUP_ID : 0);
    const type = status.mode & MODE.TYPE;
    if (type === MODE.DIRECTORY || type === MODE.SYMLINK || (status.mode & lost) === 0) return { owner };
    return { owner, mode: status.mode & 0o7777 & ~lost };
  };
}

function chownAt(call: Call, directoryIndex: number | undefined, pathIndex: number, flags: number): Blocking<number> {
  const decide = ownerChange(call, call.integer(pathIndex + 1), call.integer(pathIndex + 2));
  return changeAt(call, directoryIndex, pathIndex, flags, decide);
}

function chown(call: Call): Blocking<number> {
  return chownAt(call, undefined, 0, 0);
}

function lchown(call: Call): Blocking<number> {
  return chownAt(call, undefined, 0, AT.SYMLINK_NOFOLLOW);
}

function fchownat(call: Call): Blocking<number> {
  return chownAt(call, 0, 1, call.integer(4));
}

function fchown(call: Call): Blocking<number> {
  return changeFile(call, 0, ownerChange(call, call.integer(1), call.integer(2)));
}

function umask(call: Call): number {
  const old = call.process.umask;
  call.process.umask = call.integer(0) & 0o777;
  return old;
}

export const attributeCalls = {
  chmod: { support: 'full', arguments: ['path', 'octal'], handler: chmod },
  fchmod: { support: 'full', arguments: ['descriptor', 'octal'], handler: fchmod },
  fchmodat: { support: 'full', arguments: ['directory', 'path', 'octal'], handler: fchmodat },
  fchmodat2: { support: 'full', arguments: ['directory', 'path', 'octal', 'at-flags'], handler: fchmodat2 },
  chown: { support: 'full', arguments: ['path', 'integer', 'integer'], handler: chown },
  lchown: { support: 'full', arguments: ['path', 'integer', 'integer'], handler: lchown },
  fchown: { support: 'full', arguments: ['descriptor', 'integer', 'integer'], handler: fchown },
  fchownat: {
    support: 'full',
    arguments: ['directory', 'path', 'integer', 'integer', 'at-flags'],
    handler: fchownat,
  },
  umask: { support: 'full', arguments: ['octal'], result: 'octal', handler: umask },
} as const satisfies Record<string, CallRow>;
