// Epoll: an interest list, and those of it that may be ready (epoll(7)).
//
//   file.changed ─▶ interest joins `candidates` ─▶ epoll.changed wakes epoll_wait
//   collect: level-triggered interests stay candidates while ready, edge-triggered ones leave once reported,
//            one-shot ones are disarmed
//
// An interest is keyed by descriptor number and description; it goes when the last descriptor of the description goes, whichever
// process has that (epoll(7), "Questions and answers", 6): a child that closes what it inherited takes nothing from its parent.

import { ERRNO } from '../linux/errno.ts';
import { EPOLL, POLL } from '../linux/file-flags.ts';
import { type FileStatus, syntheticStatus } from './file-status.ts';
import { OpenFile } from './open-file.ts';

interface Interest {
  readonly descriptor: number;
  readonly file: OpenFile;
  events: number;
  data: bigint;
  disarmed: boolean;
  readonly unsubscribe: () => void;
}

/** What `epoll_wait` tells of one interest. */
export interface EpollEvent {
  readonly events: number;
  readonly data: bigint;
}

/** How deep epolls may watch epolls (epoll_ctl(2), ELOOP). */
const MAX_NESTING = 5;

export class EpollFile extends OpenFile {
  override readonly description = 'anon_inode:[eventpoll]';
  readonly #interests = new Map<string, Interest>();
  readonly #candidates = new Set<Interest>();

  readonly #identities = new WeakMap<OpenFile, number>();
  #nextIdentity = 1;

  #key(descriptor: number, file: OpenFile): string {
    let identity = this.#identities.get(file);
    if (identity === undefined) {
      identity = this.#nextIdentity++;
      this.#identities.set(file, identity);
    }
    return `${descriptor}:${identity}`;
  }

  add(descriptor: number, file: OpenFile, events: number, data: bigint): number {
    if (file === this) return -ERRNO.EINVAL;
    if (!file.pollable) return -ERRNO.EPERM;
    if (file instanceof EpollFile && (file.#watches(this) || file.#depth() >= MAX_NESTING)) return -ERRNO.ELOOP;
    const key = this.#key(descriptor, file);
    if (this.#interests.has(key)) return -ERRNO.EEXIST;
    const unsubscribe = file.changed.subscribe(() => this.#mayBeReady(interest));
    const callOff = file.beforeClose(() => this.remove(descriptor, file));
    const interest: Interest = {
      descriptor,
      file,
      events,
      data,
      disarmed: false,
      unsubscribe: () => {
        unsubscribe();
        callOff();
      },
    };
    this.#interests.set(key, interest);
    file.prepareToWait();
    this.#mayBeReady(interest);
    return 0;
  }

  modify(descriptor: number, file: OpenFile, events: number, data: bigint): number {
    const interest = this.#interests.get(this.#key(descriptor, file));
    if (interest === undefined) return -ERRNO.ENOENT;
    interest.events = events;
    interest.data = data;
    interest.disarmed = false;
    file.prepareToWait();
    this.#mayBeReady(interest);
    return 0;
  }

  remove(descriptor: number, file: OpenFile): number {
    const key = this.#key(descriptor, file);
    const interest = this.#interests.get(key);
    if (interest === undefined) return -ERRNO.ENOENT;
    interest.unsubscribe();
    this.#interests.delete(key);
    this.#candidates.delete(interest);
    return 0;
  }

  #mayBeReady(interest: Interest): void {
    if (interest.disarmed || this.#ready(interest) === 0) return;
    this.#candidates.add(interest);
    this.changed.notify();
  }

  #ready(interest: Interest): number {
    return interest.file.readiness() & (interest.events | POLL.ERR | POLL.HUP);
  }

  /** At most `limit` events that hold now. */
  collect(limit: number): EpollEvent[] {
    const events: EpollEvent[] = [];
    for (const interest of [...this.#candidates]) {
      if (events.length === limit) break;
      this.#candidates.delete(interest);
      const ready = interest.disarmed ? 0 : this.#ready(interest);
      if (ready === 0) continue;
      events.push({ events: ready, data: interest.data });
      if ((interest.events & EPOLL.ONESHOT) !== 0) interest.disarmed = true;
      // Level-triggered: to the back of the queue, so that nobody starves.
      else if ((interest.events & EPOLL.EDGE) === 0) this.#candidates.add(interest);
    }
    return events;
  }

  override prepareToWait(): void {
    for (const interest of this.#interests.values()) if (!interest.disarmed) interest.file.prepareToWait();
  }

  override readiness(): number {
    for (const interest of this.#candidates)
      if (!interest.disarmed && this.#ready(interest) !== 0) return POLL.IN | POLL.RDNORM;
    return 0;
  }

  #watches(other: EpollFile): boolean {
    for (const { file } of this.#interests.values())
      if (file === other || (file instanceof EpollFile && file.#watches(other))) return true;
    return false;
  }

  #depth(): number {
    let deepest = 0;
    for (const { file } of this.#interests.values())
      if (file instanceof EpollFile) deepest = Math.max(deepest, file.#depth());
    return deepest + 1;
  }

  override status(): FileStatus {
    return syntheticStatus(0o600, 0x4001n);
  }

  protected override close(): void {
    for (const interest of this.#interests.values()) interest.unsubscribe();
    this.#interests.clear();
    this.#candidates.clear();
  }
}
