// Permission bits: what a file lets whom the program believes to be do.
//
// They confer nothing: what may really be done, the capability decides. A program that has given up being uid 0 is held to the
// bits as Linux would hold it (path_resolution(7)).

import type { Identity } from '../process/identity.ts';
import { has, PRIVILEGE, privilegeBit, realEffective } from '../process/privileges.ts';
import { type FileStatus, isDirectory } from './file-status.ts';

export const ACCESS = { EXECUTE: 1, WRITE: 2, READ: 4 } as const;

const STICKY = 0o1000;
const OVERRIDE = privilegeBit(PRIVILEGE.DAC_OVERRIDE);
const READ_SEARCH = privilegeBit(PRIVILEGE.DAC_READ_SEARCH);
const FILE_OWNER = privilegeBit(PRIVILEGE.FOWNER);

/** The identity that counts: the real one for access(2), that of files else; and its privileges. */
export interface Credentials {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  readonly privileges: bigint;
}

/** Whose identity a call acts with. */
export function effective({ fsuid, fsgid, groups, privileges }: Identity): Credentials {
  return { uid: fsuid, gid: fsgid, groups, privileges: privileges.effective };
}

/** Whose access(2) acts with. */
export function real(identity: Identity): Credentials {
  const { uid, gid, groups } = identity;
  return { uid, gid, groups, privileges: realEffective(identity) };
}

/** Whether no bits hold it: then none need be asked for. */
export function isUnrestricted({ privileges }: Credentials): boolean {
  return (privileges & (OVERRIDE | FILE_OWNER)) === (OVERRIDE | FILE_OWNER);
}

export function permits({ uid, gid, groups, privileges }: Credentials, status: FileStatus, wanted: number): boolean {
  const shift = status.uid === uid ? 6 : status.gid === gid || groups.includes(status.gid) ? 3 : 0;
  if (((status.mode >> shift) & wanted) === wanted) return true;
  const searches = isDirectory(status);
  if ((privileges & OVERRIDE) !== 0n) return (wanted & ACCESS.EXECUTE) === 0 || searches || (status.mode & 0o111) !== 0;
  return (privileges & READ_SEARCH) !== 0n && (searches ? (wanted & ACCESS.WRITE) === 0 : wanted === ACCESS.READ);
}

/** Whether whoever acts may change what only the owner of a file may. */
export function owns(identity: Identity, status: FileStatus): boolean {
  return identity.fsuid === status.uid || has(identity, PRIVILEGE.FOWNER);
}

/** Whether a name may be taken out of a directory: in a sticky one only by the owner of either. */
export function mayRemove(credentials: Credentials, directory: FileStatus, file: FileStatus): 'yes' | 'no' | 'sticky' {
  if (!permits(credentials, directory, ACCESS.WRITE | ACCESS.EXECUTE)) return 'no';
  const { uid, privileges } = credentials;
  if ((directory.mode & STICKY) === 0 || uid === directory.uid || uid === file.uid) return 'yes';
  return (privileges & FILE_OWNER) !== 0n ? 'yes' : 'sticky';
}
