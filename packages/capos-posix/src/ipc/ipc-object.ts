// System V IPC objects: found by key within a domain, named by an id from then on (svipc(7)).
//
//   key ─get─▶ id ─▶ object { owner, mode, times }        id 0, 1, 2 …: never used again, so that a stale one is EINVAL
//   IPC_PRIVATE ─get─▶ a new one that no key leads to
//
// Linux names them across its whole IPC namespace; here the namespace is the domain, which is one tree of processes.

import { ERRNO } from '../linux/errno.ts';
import type { Identity } from '../process/identity.ts';
import { has, PRIVILEGE } from '../process/privileges.ts';

/** Flags of the get calls, and commands of the control calls (bits/ipc.h). */
export const IPC = {
  PRIVATE: 0,
  CREAT: 0o1000,
  EXCL: 0o2000,
  NOWAIT: 0o4000,
  RMID: 0,
  SET: 1,
  STAT: 2,
  INFO: 3,
} as const;

/** Bytes of struct ipc64_perm. */
export const IPC_PERM_BYTES = 48;
/** Objects of one kind in a domain. */
export const MOST_OBJECTS = 128;
/** Read, and write or alter, in a mode. */
export const IPC_READ = 4;
export const IPC_WRITE = 2;

/** A process that uses an object. */
export interface IpcUser {
  readonly pid: number;
  readonly identity: Identity;
  readonly domain: TimedDomain;
}

/** Tells the time for what changes just now, in nanoseconds since 1970. */
export interface TimedDomain {
  readonly nowNs: bigint;
}

export abstract class IpcObject {
  readonly key: number;
  uid: number;
  gid: number;
  readonly creatorUid: number;
  readonly creatorGid: number;
  mode: number;
  /** Seconds since 1970 of the last change by a control call. */
  changedAt: number;
  removed = false;

  constructor(key: number, mode: number, process: IpcUser) {
    const { euid, egid } = process.identity;
    this.key = key;
    this.uid = this.creatorUid = euid;
    this.gid = this.creatorGid = egid;
    this.mode = mode & 0o777;
    this.changedAt = secondsNow(process.domain);
  }

  /** Whether the process may do what `wanted` says (ipcs permissions, svipc(7)). */
  permits({ identity }: IpcUser, wanted: number): boolean {
    const { euid, egid, groups } = identity;
    if (has(identity, PRIVILEGE.IPC_OWNER)) return true;
    const inGroup = (gid: number): boolean => egid === gid || groups.includes(gid);
    const isOwner = euid === this.uid || euid === this.creatorUid;
    const shift = isOwner ? 6 : inGroup(this.gid) || inGroup(this.creatorGid) ? 3 : 0;
    return ((this.mode >> shift) & wanted) === wanted;
  }

  isOwnedBy({ identity: { euid } }: IpcUser): boolean {
    return euid === this.uid || euid === this.creatorUid;
  }

  /** Whether the process may change and remove it. */
  belongsTo({ identity }: IpcUser): boolean {
    const { euid } = identity;
    return has(identity, PRIVILEGE.SYS_ADMIN) || euid === this.uid || euid === this.creatorUid;
  }

  /** Writes struct ipc64_perm: key 0, uid 4, gid 8, cuid 12, cgid 16, mode 20. */
  putPermission(view: DataView): void {
    const words = [this.key, this.uid, this.gid, this.creatorUid, this.creatorGid, this.mode];
    for (const [index, word] of words.entries()) view.setUint32(index * 4, word >>> 0, true);
  }

  /** Takes owner and mode from a struct ipc64_perm. */
  takePermission(view: DataView, domain: TimedDomain): void {
    this.uid = view.getUint32(4, true);
    this.gid = view.getUint32(8, true);
    this.mode = (this.mode & ~0o777) | (view.getUint32(20, true) & 0o777);
    this.changedAt = secondsNow(domain);
  }

  /** It has been removed: whoever waits for it is told. */
  abstract gone(): void;
}

export function secondsNow(domain: TimedDomain): number {
  return Number(domain.nowNs / 1_000_000_000n);
}

export class IpcTable<Kind extends IpcObject> {
  readonly #objects = new Map<number, Kind>();
  #next = 0;
  /** The id that the next object gets if nobody has it, as /proc/sys/kernel/msg_next_id and its like say; −1: the next in turn. */
  wantedId = -1;

  /**
   * The id for a key, or minus an error number. `make` makes a new object, or answers an error; `fits` says what is wrong with one
   * that is there.
   */
  get(process: IpcUser, key: number, flags: number, make: () => Kind | number, fits: (found: Kind) => number): number {
    if (key !== IPC.PRIVATE) {
      for (const [id, object] of this.#objects) {
        if (object.key !== key || object.removed) continue;
        if ((flags & IPC.CREAT) !== 0 && (flags & IPC.EXCL) !== 0) return -ERRNO.EEXIST;
        const unfit = fits(object);
        if (unfit < 0) return unfit;
        const wanted = ((flags >> 6) | (flags >> 3) | flags) & 6;
        return object.permits(process, wanted) ? id : -ERRNO.EACCES;
      }
      if ((flags & IPC.CREAT) === 0) return -ERRNO.ENOENT;
    }
    if (this.#objects.size >= MOST_OBJECTS) return -ERRNO.ENOSPC;
    const made = make();
    if (typeof made === 'number') return made;
    const wanted = this.wantedId;
    this.wantedId = -1;
    const id = wanted >= 0 && !this.#objects.has(wanted) ? wanted : this.#unused();
    this.#objects.set(id, made);
    return id;
  }

  #unused(): number {
    while (this.#objects.has(this.#next)) this.#next++;
    return this.#next++;
  }

  get size(): number {
    return this.#objects.size;
  }

  /** Ids are counted on, so the place of an object in the table is its id: the last one that is taken, or 0. */
  get lastPlace(): number {
    return Math.max(0, ...this.#objects.keys());
  }

  entries(): Iterable<readonly [id: number, object: Kind]> {
    return this.#objects.entries();
  }

  at(id: number): Kind | undefined {
    return this.#objects.get(id);
  }

  all(): Iterable<Kind> {
    return this.#objects.values();
  }

  /** Takes the object away; those who hold it otherwise go on. */
  remove(object: Kind): void {
    for (const [id, other] of this.#objects) if (other === object) this.#objects.delete(id);
    if (object.removed) return;
    object.removed = true;
    object.gone();
  }
}
