// Leases (fcntl(2), F_SETLEASE): who is told before somebody else opens or cuts off a file, and has time to let go of it first.
//
//   description ─F_SETLEASE─▶ lease { READ | WRITE } ── an opening that does not go with it ─▶ breaking to READ or nothing, signal
//        ▲                                                                                          │
//        └── F_SETLEASE to what it breaks to, or close, or lease-break-time has passed ◀────────────┘ the opener goes on
//
// What does not go with a lease: whoever will write, with any; whoever will read, with one for writing. They order the processes
// of one domain.

import { LOCK } from '../linux/file-flags.ts';
import { WaitQueue } from '../waiting.ts';
import type { OpenFile } from './open-file.ts';
import type { OwnerSignals } from './signal-driven.ts';

/** What there is of a time limit, in seconds, until a program sets another (/proc/sys/fs/lease-break-time). */
const BREAK_SECONDS = 45;

interface Lease {
  readonly key: string;
  readonly file: OpenFile;
  /** LOCK.READ or LOCK.WRITE. */
  type: number;
  /** What its holder has been told to make of it. */
  breaksTo: number | undefined;
  /** When that is done for it. */
  endsNs: number;
  /** What its signal names. */
  descriptor: number;
}

export class Leases {
  readonly #leases = new Map<OpenFile, Lease>();
  readonly #followed = new WeakSet<OpenFile>();
  readonly #owners: OwnerSignals;
  /** Notified whenever a lease goes, or becomes less. */
  readonly released = new WaitQueue();
  breakSeconds = BREAK_SECONDS;

  constructor(owners: OwnerSignals) {
    this.#owners = owners;
  }

  /** Whether nobody has a lease: then an opening need not ask. */
  get empty(): boolean {
    return this.#leases.size === 0;
  }

  /** Whether a description has been told to give its lease up. */
  goes(file: OpenFile): boolean {
    return this.#leases.get(file)?.breaksTo === LOCK.UNLOCK;
  }

  has(file: OpenFile): boolean {
    return this.#leases.has(file);
  }

  /** What a description has, or has been told to have: LOCK.UNLOCK is none. */
  held(file: OpenFile): number {
    const lease = this.#leases.get(file);
    return lease === undefined ? LOCK.UNLOCK : (lease.breaksTo ?? lease.type);
  }

  /** Whether other descriptions have leases that one of this type would not go with. */
  conflicts(key: string, file: OpenFile, type: number): boolean {
    for (const lease of this.#leases.values())
      if (lease.key === key && lease.file !== file && (type === LOCK.WRITE || lease.breaksTo === LOCK.UNLOCK))
        return true;
    return false;
  }

  /** Gives the description this lease in place of what it had. The caller has looked for conflicts. */
  set(key: string, file: OpenFile, type: number, descriptor: number): void {
    if (type === LOCK.UNLOCK) {
      this.#remove(file);
      return;
    }
    if (!this.#followed.has(file)) {
      this.#followed.add(file);
      file.beforeClose(() => this.#remove(file));
    }
    this.#leases.set(file, { key, file, type, breaksTo: undefined, endsNs: Number.POSITIVE_INFINITY, descriptor });
    this.released.notify();
  }

  /**
   * Somebody is about to open the file, for reading or (also) for writing. Answers whether leases stand in the way, whose
   * holders have been told, and until when at most.
   */
  inTheWay(key: string, writes: boolean, nowNs: number): { readonly untilNs: number } | undefined {
    let untilNs = 0;
    for (const lease of [...this.#leases.values()]) {
      if (lease.key !== key || (!writes && lease.type === LOCK.READ)) continue;
      const target = writes ? LOCK.UNLOCK : LOCK.READ;
      if (lease.breaksTo === undefined || (lease.breaksTo === LOCK.READ && writes)) {
        lease.endsNs = Math.min(lease.endsNs, nowNs + this.breakSeconds * 1e9);
        lease.breaksTo = target;
        lease.file.signalDriven?.sendMessage(lease.descriptor, this.#owners);
      }
      if (nowNs >= lease.endsNs) {
        if (lease.breaksTo === LOCK.UNLOCK) this.#leases.delete(lease.file);
        else Object.assign(lease, { type: lease.breaksTo, breaksTo: undefined, endsNs: Number.POSITIVE_INFINITY });
      } else untilNs = Math.max(untilNs, lease.endsNs);
    }
    return untilNs === 0 ? undefined : { untilNs };
  }

  #remove(file: OpenFile): void {
    if (this.#leases.delete(file)) this.released.notify();
  }
}
