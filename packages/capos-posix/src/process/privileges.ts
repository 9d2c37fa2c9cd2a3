// Linux's privileges (capabilities(7)): what of being uid 0 a program has kept. They decide what Linux decides by them among the
// processes of a domain; like uid 0 itself, they confer nothing outside it.
//
//                       setuid and its like                    execve
//   permitted, effective ── leaving uid 0: gone ──▶ nothing       uid 0: all that is in `bounding`     anybody else: `ambient`
//                        ◀─ effective uid 0 again ── permitted
//
// They are a process's, where Linux has them for each thread.

/** Numbers of the privileges (uapi/linux/capability.h, CAP_…). */
export const PRIVILEGE = {
  CHOWN: 0,
  DAC_OVERRIDE: 1,
  DAC_READ_SEARCH: 2,
  FOWNER: 3,
  FSETID: 4,
  KILL: 5,
  SETGID: 6,
  SETUID: 7,
  SETPCAP: 8,
  LINUX_IMMUTABLE: 9,
  NET_BIND_SERVICE: 10,
  NET_ADMIN: 12,
  IPC_LOCK: 14,
  IPC_OWNER: 15,
  SYS_CHROOT: 18,
  SYS_PTRACE: 19,
  SYS_ADMIN: 21,
  SYS_NICE: 23,
  SYS_RESOURCE: 24,
  MKNOD: 27,
  LEASE: 28,
  MAC_OVERRIDE: 32,
} as const;

export const LAST_PRIVILEGE = 40;

export const privilegeBit = (privilege: number): bigint => 1n << BigInt(privilege);

/** All that have a number. */
const ALL = privilegeBit(LAST_PRIVILEGE + 1) - 1n;

/** Those that follow the file system uid (capabilities(7), "Effect of user ID changes on capabilities"). */
const OF_FILES: bigint = [
  PRIVILEGE.CHOWN,
  PRIVILEGE.DAC_OVERRIDE,
  PRIVILEGE.DAC_READ_SEARCH,
  PRIVILEGE.FOWNER,
  PRIVILEGE.FSETID,
  PRIVILEGE.LINUX_IMMUTABLE,
  PRIVILEGE.MKNOD,
  PRIVILEGE.MAC_OVERRIDE,
].reduce((set, privilege) => set | privilegeBit(privilege), 0n);

/** PR_SET_SECUREBITS: how uid 0 and privileges hang together. Each bit's lock is the one above it. */
export const SECURE = {
  NOROOT: 0x1,
  NO_SETUID_FIXUP: 0x4,
  KEEP_CAPS: 0x10,
  KEEP_CAPS_LOCKED: 0x20,
  NO_CAP_AMBIENT_RAISE: 0x40,
  ALL: 0xff,
  LOCKS: 0xaa,
} as const;

/** A process's sets. */
export interface Privileges {
  permitted: bigint;
  effective: bigint;
  inheritable: bigint;
  bounding: bigint;
  ambient: bigint;
  secureBits: number;
}

/** What a domain's first process has. */
export function firstPrivileges(uid: number): Privileges {
  const permitted = uid === 0 ? ALL : 0n;
  return { permitted, effective: permitted, inheritable: 0n, bounding: ALL, ambient: 0n, secureBits: 0 };
}

/** Whether a privilege is in the effective set. */
export function has({ privileges }: { readonly privileges: Privileges }, privilege: number): boolean {
  return (privileges.effective & privilegeBit(privilege)) !== 0n;
}

/** The user numbers that count for privileges. */
export interface PrivilegedUser {
  readonly uid: number;
  readonly euid: number;
  readonly suid: number;
  readonly fsuid: number;
  readonly privileges: Privileges;
}

/** setuid(2) and its like have changed the numbers from what they were `before`. */
export function usersChanged(
  { uid, euid, suid, privileges }: PrivilegedUser,
  before: Omit<PrivilegedUser, 'privileges' | 'fsuid'>,
): void {
  if ((privileges.secureBits & SECURE.NO_SETUID_FIXUP) !== 0) return;
  const wasRoot = before.uid === 0 || before.euid === 0 || before.suid === 0;
  if (wasRoot && uid !== 0 && euid !== 0 && suid !== 0) {
    if ((privileges.secureBits & SECURE.KEEP_CAPS) === 0) privileges.permitted = privileges.effective = 0n;
    privileges.ambient = 0n;
  }
  if (before.euid === 0 && euid !== 0) privileges.effective = 0n;
  if (before.euid !== 0 && euid === 0) privileges.effective = privileges.permitted;
}

/** setfsuid(2) has changed the number from what it was. */
export function fileUserChanged({ fsuid, privileges }: PrivilegedUser, before: number): void {
  if ((privileges.secureBits & SECURE.NO_SETUID_FIXUP) !== 0) return;
  if (before === 0 && fsuid !== 0) privileges.effective &= ~OF_FILES;
  if (before !== 0 && fsuid === 0) privileges.effective |= privileges.permitted & OF_FILES;
}

/** execve(2) of a program file, which changed the effective numbers (`changesIdentity`) or left them. */
export function programExecuted({ uid, euid, privileges }: PrivilegedUser, changesIdentity: boolean): void {
  if (changesIdentity) privileges.ambient = 0n;
  const isRoot = (privileges.secureBits & SECURE.NOROOT) === 0 && (uid === 0 || euid === 0);
  const { inheritable, bounding, ambient } = privileges;
  privileges.permitted = isRoot ? inheritable | bounding : ambient;
  privileges.effective = isRoot && euid === 0 ? privileges.permitted : ambient;
  privileges.secureBits &= ~SECURE.KEEP_CAPS;
}

/** What access(2) goes by, which asks for the real user. */
export function realEffective({ uid, privileges }: Pick<PrivilegedUser, 'uid' | 'privileges'>): bigint {
  if ((privileges.secureBits & SECURE.NO_SETUID_FIXUP) !== 0) return privileges.effective;
  return uid === 0 ? privileges.permitted : 0n;
}
