// Who may reach into another process of the domain: the same user, or whoever has CAP_SYS_PTRACE (ptrace(2), "Ptrace access
// mode checking"). A domain reaches only its own tree.

import type { PosixProcess } from '../posix-process.ts';
import { has, PRIVILEGE } from './privileges.ts';

export function mayReachInto(who: PosixProcess, target: PosixProcess): boolean {
  const { identity } = who;
  const owner = target.identity;
  const same = [owner.uid, owner.euid, owner.suid].every((uid) => uid === identity.uid);
  return target === who || has(identity, PRIVILEGE.SYS_PTRACE) || same;
}
