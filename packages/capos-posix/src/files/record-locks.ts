// Record locks: fcntl(F_SETLK) by process, F_OFD_SETLK and flock by open file description.
//
//   file (device:inode) ─▶ disjoint ranges per owner.  Two owners conflict where ranges overlap and one of them writes.
//
// They order the processes of one domain; a file's other users, outside the domain, are not told.

import { LOCK } from '../linux/file-flags.ts';
import { WaitQueue } from '../waiting.ts';

/** One past the last byte of any file. */
export const LOCK_TO_END: number = Number.MAX_SAFE_INTEGER;

export interface LockRange {
  readonly owner: object;
  /** What F_GETLK tells: the process, or −1 for a description's lock. */
  readonly pid: number;
  readonly type: number;
  readonly start: number;
  readonly end: number;
}

export class RecordLocks {
  readonly #files = new Map<string, LockRange[]>();
  /** Notified whenever a lock goes. */
  readonly released = new WaitQueue();

  /** A lock of somebody else that stands in the way. */
  conflict(file: string, wanted: LockRange): LockRange | undefined {
    return this.#files
      .get(file)
      ?.find(
        (held) =>
          held.owner !== wanted.owner &&
          held.start < wanted.end &&
          wanted.start < held.end &&
          (held.type === LOCK.WRITE || wanted.type === LOCK.WRITE),
      );
  }

  /** Gives the owner this range, in place of what it had there. The caller has looked for conflicts. */
  set(file: string, wanted: LockRange): void {
    const kept: LockRange[] = [];
    let freed = false;
    for (const held of this.#files.get(file) ?? []) {
      if (held.owner !== wanted.owner || held.end <= wanted.start || wanted.end <= held.start) {
        kept.push(held);
        continue;
      }
      freed = true;
      if (held.start < wanted.start) kept.push({ ...held, end: wanted.start });
      if (held.end > wanted.end) kept.push({ ...held, start: wanted.end });
    }
    if (wanted.type !== LOCK.UNLOCK) kept.push(wanted);
    if (kept.length > 0) this.#files.set(file, kept);
    else this.#files.delete(file);
    if (freed) this.released.notify();
  }

  /** POSIX: closing any descriptor of a file drops all locks the process has on it. */
  releaseFile(file: string, owner: object): void {
    if (this.#files.get(file)?.some((held) => held.owner === owner))
      this.set(file, { owner, pid: 0, type: LOCK.UNLOCK, start: 0, end: LOCK_TO_END });
  }

  releaseOwner(owner: object): void {
    for (const file of [...this.#files.keys()]) this.releaseFile(file, owner);
  }

  /** Whether anybody holds a lock of `owner` on any file: lets close skip asking for the file's identity. */
  holdsAny(owner: object): boolean {
    for (const held of this.#files.values()) if (held.some((range) => range.owner === owner)) return true;
    return false;
  }

  /** Files on which `owner` holds locks. */
  filesOf(owner: object): string[] {
    return [...this.#files].filter(([, held]) => held.some((range) => range.owner === owner)).map(([file]) => file);
  }
}
