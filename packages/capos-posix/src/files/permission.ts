// Permission bits: what a file lets whom the program believes to be do.
//
// They confer nothing: what may really be done, the capability decides. A program that has given up being uid 0 is held to the
// bits as Linux would hold it (path_resolution(7)).

import { type FileStatus, isDirectory } from './file-status.ts';

export const ACCESS = { EXECUTE: 1, WRITE: 2, READ: 4 } as const;

const STICKY = 0o1000;

/** The identity that counts: the real one for access(2), the effective one else. */
export interface Credentials {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
}

/** Whose identity a call acts with. */
export function effective(identity: {
  readonly euid: number;
  readonly egid: number;
  readonly groups: readonly number[];
}): Credentials {
  return { uid: identity.euid, gid: identity.egid, groups: identity.groups };
}

export function permits({ uid, gid, groups }: Credentials, status: FileStatus, wanted: number): boolean {
  if (uid === 0) return (wanted & ACCESS.EXECUTE) === 0 || isDirectory(status) || (status.mode & 0o111) !== 0;
  const shift = status.uid === uid ? 6 : status.gid === gid || groups.includes(status.gid) ? 3 : 0;
  return ((status.mode >> shift) & wanted) === wanted;
}

/** Whether whoever acts may change what only the owner of a file may. */
export function owns(identity: { readonly euid: number }, status: FileStatus): boolean {
  return identity.euid === 0 || identity.euid === status.uid;
}

/** Whether a name may be taken out of a directory: in a sticky one only by the owner of either. */
export function mayRemove(credentials: Credentials, directory: FileStatus, file: FileStatus): 'yes' | 'no' | 'sticky' {
  if (!permits(credentials, directory, ACCESS.WRITE | ACCESS.EXECUTE)) return 'no';
  const { uid } = credentials;
  if (uid === 0 || (directory.mode & STICKY) === 0 || uid === directory.uid || uid === file.uid) return 'yes';
  return 'sticky';
}
