// Record locks: fcntl(F_SETLK) by process, F_OFD_SETLK and flock by open file description.
//
//   file (device:inode) ─▶ disjoint ranges per owner.  Two owners conflict where ranges overlap and one of them writes.
//
// Owners that wait for one another are found before they do (wouldDeadlock); descriptions, which any process may use, are not.
//
// They order the processes of one domain; a file's other users, outside the domain, are not told.

import { LOCK } from '../linux/file-flags.ts';
import { WaitQueue } from '../waiting.ts';
import type { FileStatus } from './file-status.ts';
import type { OpenFile } from './open-file.ts';

/** One past the last byte of any file. */
export const LOCK_TO_END: number = Number.MAX_SAFE_INTEGER;

/** By what a file's record locks are kept. */
export function lockKey({ device, inode }: Pick<FileStatus, 'device' | 'inode'>): string {
  return `${device}:${inode}`;
}

export interface LockRange {
  readonly owner: object;
  /** What F_GETLK tells: the process, or −1 for a description's lock. */
  readonly pid: number;
  readonly type: number;
  readonly start: number;
  readonly end: number;
}

/** What an owner waits for. */
interface LockWait {
  readonly file: string;
  readonly wanted: LockRange;
}

/** The range, together with those of its owner and type that end where it begins or begin where it ends: they go from `kept`. */
function joined(kept: LockRange[], wanted: LockRange): LockRange {
  let { start, end } = wanted;
  for (const held of [...kept]) {
    if (held.owner !== wanted.owner || held.type !== wanted.type || (held.end !== start && held.start !== end))
      continue;
    kept.splice(kept.indexOf(held), 1);
    start = Math.min(start, held.start);
    end = Math.max(end, held.end);
  }
  return { ...wanted, start, end };
}

export class RecordLocks {
  readonly #files = new Map<string, LockRange[]>();
  /** Processes that wait, each with one thread or several. */
  readonly #waits = new Set<LockWait>();
  /** Notified whenever a lock goes. */
  readonly released = new WaitQueue();

  /** A lock of somebody else that stands in the way. */
  conflict(file: string, wanted: LockRange): LockRange | undefined {
    const inTheWay =
      this.#files
        .get(file)
        ?.filter(
          (held) =>
            held.owner !== wanted.owner &&
            held.start < wanted.end &&
            wanted.start < held.end &&
            (held.type === LOCK.WRITE || wanted.type === LOCK.WRITE),
        ) ?? [];
    // Of one owner's the first in the file, as Linux keeps them.
    let first = inTheWay[0];
    for (const held of inTheWay) if (held.owner === first?.owner && held.start < first.start) first = held;
    return first;
  }

  /** Whether waiting for this range would never end, because whoever stands in the way waits for its owner (fcntl(2), EDEADLK). */
  wouldDeadlock(file: string, wanted: LockRange): boolean {
    const seen = new Set<object>();
    let blocker = this.conflict(file, wanted)?.owner;
    while (blocker !== undefined && !seen.has(blocker)) {
      if (blocker === wanted.owner) return true;
      seen.add(blocker);
      const owner: object = blocker;
      const wait: LockWait | undefined = [...this.#waits].find((waiting) => waiting.wanted.owner === owner);
      blocker = wait && this.conflict(wait.file, wait.wanted)?.owner;
    }
    return false;
  }

  /** Notes that the owner of a range waits for it. Answers what is to be called when it does not any more. */
  waiting(file: string, wanted: LockRange): () => void {
    const wait: LockWait = { file, wanted };
    this.#waits.add(wait);
    return () => void this.#waits.delete(wait);
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
    if (wanted.type !== LOCK.UNLOCK) kept.push(joined(kept, wanted));
    if (kept.length > 0) this.#files.set(file, kept);
    else this.#files.delete(file);
    if (freed) this.released.notify();
  }

  /** Whether the owner has this very lock. */
  holds(file: string, { owner, type, start, end }: LockRange): boolean {
    const isIt = (held: LockRange): boolean =>
      held.owner === owner && held.type === type && held.start === start && held.end === end;
    return this.#files.get(file)?.some(isIt) === true;
  }

  readonly #followed = new WeakSet<OpenFile>();

  /** A description's locks go when the last descriptor of it does, of whichever process. */
  follow(file: OpenFile): void {
    if (this.#followed.has(file)) return;
    this.#followed.add(file);
    file.beforeClose(() => this.releaseOwner(file));
  }

  /** POSIX: closing any descriptor of a file drops all locks the process has on it. */
  releaseFile(file: string, owner: object): void {
    if (this.#files.get(file)?.some((held) => held.owner === owner))
      this.set(file, { owner, pid: 0, type: LOCK.UNLOCK, start: 0, end: LOCK_TO_END });
  }

  releaseOwner(owner: object): void {
    for (const file of [...this.#files.keys()]) this.releaseFile(file, owner);
  }

  /** Whether nobody holds a lock on any file: then a file that closes need not be looked for. */
  get empty(): boolean {
    return this.#files.size === 0;
  }
}
