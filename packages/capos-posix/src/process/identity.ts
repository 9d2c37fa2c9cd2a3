// Identity: the numbers by which a program believes to be somebody (credentials(7)). They confer nothing.

import { firstPrivileges, type Privileges } from './privileges.ts';

/** Who the program believes to be. */
export interface Identity {
  uid: number;
  euid: number;
  suid: number;
  /** By which files are asked for: the effective one, but for setfsuid(2). */
  fsuid: number;
  gid: number;
  egid: number;
  sgid: number;
  fsgid: number;
  groups: number[];
  readonly privileges: Privileges;
}

/** Of a domain's first process. */
export function firstIdentity(uid: number, gid: number): Identity {
  return {
    ...{ uid, euid: uid, suid: uid, fsuid: uid },
    ...{ gid, egid: gid, sgid: gid, fsgid: gid },
    groups: [gid],
    privileges: firstPrivileges(uid),
  };
}

export function copyOfIdentity(identity: Identity): Identity {
  return { ...identity, groups: [...identity.groups], privileges: { ...identity.privileges } };
}
