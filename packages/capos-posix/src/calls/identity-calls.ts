// Who a program believes to be: users, groups and supplementary groups. None of it confers anything.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { ERRNO } from '../linux/errno.ts';
import type { PosixProcess } from '../posix-process.ts';
import { fileUserChanged, has, PRIVILEGE, usersChanged } from '../process/privileges.ts';

const { EFAULT, EINVAL, EPERM } = ERRNO;

type IdentityKey = 'uid' | 'euid' | 'gid' | 'egid';

function identityOf(key: IdentityKey) {
  return (call: Call): number => call.process.identity[key];
}

/** Whether the program may take this number: what it is already, or any with the privilege. −1 takes none. */
function mayBecome(call: Call, wanted: number, own: readonly number[], privilege: number): boolean {
  return wanted === -1 || own.includes(wanted >>> 0) || has(call.process.identity, privilege);
}

const { SETUID, SETGID } = PRIVILEGE;

interface Users {
  readonly uid: number;
  readonly euid: number;
  readonly suid: number;
}

/** Real, effective and saved user are these from now on; the one for files is the effective one. */
function becomeUser({ process }: Call, wanted: Users): number {
  const { identity } = process;
  const { uid, euid, suid, fsuid } = identity;
  Object.assign(identity, wanted, { fsuid: wanted.euid });
  usersChanged(identity, { uid, euid, suid });
  if (euid !== identity.euid || fsuid !== identity.fsuid) hide(process);
  return 0;
}

interface Groups {
  readonly gid: number;
  readonly egid: number;
  readonly sgid: number;
}

function becomeGroup({ process }: Call, wanted: Groups): number {
  const { identity } = process;
  const { egid, fsgid } = identity;
  Object.assign(identity, wanted, { fsgid: wanted.egid });
  if (egid !== identity.egid || fsgid !== identity.fsgid) hide(process);
  return 0;
}

/** Whoever acts as somebody else is looked into by nobody, and not told of its parent's end (prctl(2)). */
function hide(process: PosixProcess): void {
  process.attributes.dumpable = 0;
  process.parentDeathSignal = 0;
}

function setuid(call: Call): number {
  const { identity } = call.process;
  const uid = call.integer(0);
  if (uid === -1) return -EINVAL;
  if (!mayBecome(call, uid, [identity.uid, identity.suid], SETUID)) return -EPERM;
  const euid = uid >>> 0;
  return becomeUser(call, has(identity, SETUID) ? { uid: euid, euid, suid: euid } : { ...usersOf(identity), euid });
}

function usersOf({ uid, euid, suid }: Users): Users {
  return { uid, euid, suid };
}

function setgid(call: Call): number {
  const { identity } = call.process;
  const gid = call.integer(0);
  if (gid === -1) return -EINVAL;
  if (!mayBecome(call, gid, [identity.gid, identity.sgid], SETGID)) return -EPERM;
  const egid = gid >>> 0;
  return becomeGroup(call, has(identity, SETGID) ? { gid: egid, egid, sgid: egid } : { ...groupsOf(identity), egid });
}

function groupsOf({ gid, egid, sgid }: Groups): Groups {
  return { gid, egid, sgid };
}

const orOld = (wanted: number, old: number): number => (wanted === -1 ? old : wanted >>> 0);

function setresuid(call: Call): number {
  const { uid, euid, suid } = call.process.identity;
  const wanted = [call.integer(0), call.integer(1), call.integer(2)] as const;
  if (!wanted.every((one) => mayBecome(call, one, [uid, euid, suid], SETUID))) return -EPERM;
  return becomeUser(call, { uid: orOld(wanted[0], uid), euid: orOld(wanted[1], euid), suid: orOld(wanted[2], suid) });
}

function setresgid(call: Call): number {
  const { gid, egid, sgid } = call.process.identity;
  const wanted = [call.integer(0), call.integer(1), call.integer(2)] as const;
  if (!wanted.every((one) => mayBecome(call, one, [gid, egid, sgid], SETGID))) return -EPERM;
  return becomeGroup(call, { gid: orOld(wanted[0], gid), egid: orOld(wanted[1], egid), sgid: orOld(wanted[2], sgid) });
}

/** The saved number follows the effective one when the real one is set, or the effective one to another than the real one. */
function setreuid(call: Call): number {
  const { uid, euid, suid } = call.process.identity;
  const [real, effective] = [call.integer(0), call.integer(1)];
  if (!mayBecome(call, real, [uid, euid], SETUID)) return -EPERM;
  if (!mayBecome(call, effective, [uid, euid, suid], SETUID)) return -EPERM;
  const follows = real !== -1 || (effective !== -1 && effective >>> 0 !== uid);
  const now = orOld(effective, euid);
  return becomeUser(call, { uid: orOld(real, uid), euid: now, suid: follows ? now : suid });
}

function setregid(call: Call): number {
  const { gid, egid, sgid } = call.process.identity;
  const [real, effective] = [call.integer(0), call.integer(1)];
  if (!mayBecome(call, real, [gid, egid], SETGID)) return -EPERM;
  if (!mayBecome(call, effective, [gid, egid, sgid], SETGID)) return -EPERM;
  const follows = real !== -1 || (effective !== -1 && effective >>> 0 !== gid);
  const now = orOld(effective, egid);
  return becomeGroup(call, { gid: orOld(real, gid), egid: now, sgid: follows ? now : sgid });
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

/** Answers what was, whether or not it has been changed. */
function setfsuid(call: Call): number {
  const { identity } = call.process;
  const { uid, euid, suid, fsuid } = identity;
  const wanted = call.integer(0);
  if (wanted === -1 || !mayBecome(call, wanted, [uid, euid, suid, fsuid], SETUID)) return fsuid;
  identity.fsuid = wanted >>> 0;
  fileUserChanged(identity, fsuid);
  if (fsuid !== identity.fsuid) hide(call.process);
  return fsuid;
}

function setfsgid(call: Call): number {
  const { identity } = call.process;
  const { gid, egid, sgid, fsgid } = identity;
  const wanted = call.integer(0);
  if (wanted === -1 || !mayBecome(call, wanted, [gid, egid, sgid, fsgid], SETGID)) return fsgid;
  identity.fsgid = wanted >>> 0;
  if (fsgid !== identity.fsgid) hide(call.process);
  return fsgid;
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
  if (!has(call.process.identity, SETGID)) return -EPERM;
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
  setfsuid: { support: 'full', arguments: ['integer'], handler: setfsuid },
  setfsgid: { support: 'full', arguments: ['integer'], handler: setfsgid },
  getgroups: { support: 'full', arguments: ['integer', 'address'], handler: getgroups },
  setgroups: { support: 'full', arguments: ['integer', 'address'], handler: setgroups },
} as const satisfies Record<string, CallRow>;
