// Who a program believes to be: users, groups and supplementary groups. None of it confers anything.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { ERRNO } from '../linux/errno.ts';

const { EFAULT, EINVAL, EPERM } = ERRNO;

type IdentityKey = 'uid' | 'euid' | 'gid' | 'egid';

function identityOf(key: IdentityKey) {
  return (call: Call): number => call.process.identity[key];
}

/** Whether the program may take this number: what it is already, or anything while it believes to be root. */
function mayBecome(call: Call, wanted: number, own: readonly number[]): boolean {
  return wanted === -1 || call.process.identity.euid === 0 || own.includes(wanted >>> 0);
}

function setuid(call: Call): number {
  const { identity } = call.process;
  const uid = call.integer(0);
  if (uid === -1) return -EINVAL;
  if (!mayBecome(call, uid, [identity.uid, identity.suid])) return -EPERM;
  if (identity.euid === 0) identity.uid = identity.suid = uid >>> 0;
  identity.euid = uid >>> 0;
  return 0;
}

function setgid(call: Call): number {
  const { identity } = call.process;
  const gid = call.integer(0);
  if (gid === -1) return -EINVAL;
  if (!mayBecome(call, gid, [identity.gid, identity.sgid])) return -EPERM;
  if (identity.euid === 0) identity.gid = identity.sgid = gid >>> 0;
  identity.egid = gid >>> 0;
  return 0;
}

function setresuid(call: Call): number {
  const { identity } = call.process;
  const wanted = [call.integer(0), call.integer(1), call.integer(2)];
  const own = [identity.uid, identity.euid, identity.suid];
  if (!wanted.every((uid) => mayBecome(call, uid, own))) return -EPERM;
  if (wanted[0] !== -1) identity.uid = wanted[0]! >>> 0;
  if (wanted[1] !== -1) identity.euid = wanted[1]! >>> 0;
  if (wanted[2] !== -1) identity.suid = wanted[2]! >>> 0;
  return 0;
}

function setresgid(call: Call): number {
  const { identity } = call.process;
  const wanted = [call.integer(0), call.integer(1), call.integer(2)];
  const own = [identity.gid, identity.egid, identity.sgid];
  if (!wanted.every((gid) => mayBecome(call, gid, own))) return -EPERM;
  if (wanted[0] !== -1) identity.gid = wanted[0]! >>> 0;
  if (wanted[1] !== -1) identity.egid = wanted[1]! >>> 0;
  if (wanted[2] !== -1) identity.sgid = wanted[2]! >>> 0;
  return 0;
}

function setreuid(call: Call): number {
  const { identity } = call.process;
  const wanted = [call.integer(0), call.integer(1)];
  const own = [identity.uid, identity.euid, identity.suid];
  if (!wanted.every((uid) => mayBecome(call, uid, own))) return -EPERM;
  if (wanted[0] !== -1) identity.uid = wanted[0]! >>> 0;
  if (wanted[1] !== -1) identity.euid = wanted[1]! >>> 0;
  if (wanted[0] !== -1 || wanted[1] !== -1) identity.suid = identity.euid;
  return 0;
}

function setregid(call: Call): number {
  const { identity } = call.process;
  const wanted = [call.integer(0), call.integer(1)];
  const own = [identity.gid, identity.egid, identity.sgid];
  if (!wanted.every((gid) => mayBecome(call, gid, own))) return -EPERM;
  if (wanted[0] !== -1) identity.gid = wanted[0]! >>> 0;
  if (wanted[1] !== -1) identity.egid = wanted[1]! >>> 0;
  if (wanted[0] !== -1 || wanted[1] !== -1) identity.sgid = identity.egid;
  return 0;
}

function putThree(call: Call, values: readonly number[]): number {
  for (const [index, value] of values.entries()) if (!call.memory.putUint32(call.word(index), value)) return -EFAULT;
  return 0;
}

function getresuid(call: Call): number {
  const { uid, euid, suid } = call.process.identity;
  return putThree(call, [uid, euid, suid]);
}

function getresgid(call: Call): number {
  const { gid, egid, sgid } = call.process.identity;
  return putThree(call, [gid, egid, sgid]);
}

/** setfsuid and setfsgid answer what was; the file system identity is the effective one. */
function fileSystemIdentity(key: 'euid' | 'egid') {
  return (call: Call): number => call.process.identity[key];
}

function getgroups(call: Call): number {
  const { groups } = call.process.identity;
  const size = call.integer(0);
  if (size < 0) return -EINVAL;
  if (size === 0) return groups.length;
  if (size < groups.length) return -EINVAL;
  for (const [index, group] of groups.entries())
    if (!call.memory.putUint32(call.word(1) + index * 4, group)) return -EFAULT;
  return groups.length;
}

function setgroups(call: Call): number {
  const count = call.integer(0);
  if (call.process.identity.euid !== 0) return -EPERM;
  if (count < 0 || count > 65_536) return -EINVAL;
  const view = call.memory.view(call.word(1), count * 4);
  if (view === undefined) return -EFAULT;
  call.process.identity.groups = Array.from({ length: count }, (_, index) => view.getUint32(index * 4, true));
  return 0;
}

export const identityCalls = {
  getuid: { support: 'full', arguments: [], handler: identityOf('uid') },
  geteuid: { support: 'full', arguments: [], handler: identityOf('euid') },
  getgid: { support: 'full', arguments: [], handler: identityOf('gid') },
  getegid: { support: 'full', arguments: [], handler: identityOf('egid') },
  setuid: {
    support: 'full',
    note: 'What a program believes to be; it confers nothing.',
    arguments: ['integer'],
    handler: setuid,
  },
  setgid: { support: 'full', arguments: ['integer'], handler: setgid },
  setreuid: { support: 'full', arguments: ['integer', 'integer'], handler: setreuid },
  setregid: { support: 'full', arguments: ['integer', 'integer'], handler: setregid },
  setresuid: { support: 'full', arguments: ['integer', 'integer', 'integer'], handler: setresuid },
  setresgid: { support: 'full', arguments: ['integer', 'integer', 'integer'], handler: setresgid },
  getresuid: { support: 'full', arguments: ['address', 'address', 'address'], handler: getresuid },
  getresgid: { support: 'full', arguments: ['address', 'address', 'address'], handler: getresgid },
  setfsuid: {
    support: 'partial',
    note: 'Always the effective user.',
    arguments: ['integer'],
    handler: fileSystemIdentity('euid'),
  },
  setfsgid: {
    support: 'partial',
    note: 'Always the effective group.',
    arguments: ['integer'],
    handler: fileSystemIdentity('egid'),
  },
  getgroups: { support: 'full', arguments: ['integer', 'address'], handler: getgroups },
  setgroups: { support: 'full', arguments: ['integer', 'address'], handler: setgroups },
} as const satisfies Record<string, CallRow>;
