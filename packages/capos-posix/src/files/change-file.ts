// Change file: inotify_init(2). Reads give what has happened to the files and directories that it watches.
//
//   struct inotify_event: wd 0, mask 4, cookie 8, len 12, name 16, filled up with zeros to a multiple of 16

import type { ByteString } from '../guest-memory.ts';
import { ERRNO, RESTART } from '../linux/errno.ts';
import { IOCTL, POLL } from '../linux/file-flags.ts';
import { type Blocking, waitForChange } from '../waiting.ts';
import { CHANGE, type ChangeWatch, type ChangeWatches } from './change-watches.ts';
import { type FileStatus, syntheticStatus } from './file-status.ts';
import { type IoctlRequest, OpenFile } from './open-file.ts';

const HEADER = 16;
/** Events that wait at most (/proc/sys/fs/inotify/max_queued_events); then one says that some were lost. */
export const MOST_EVENTS = 16_384;
/** What is told whether it was asked for or not. */
const ALWAYS = CHANGE.OVERFLOW | CHANGE.IGNORED;
/** These never say that they are about a directory (inotify_handle_inode_event). */
const OF_SELF = CHANGE.DELETE_SELF | CHANGE.MOVE_SELF;

/** How a watch was asked for, beside what is watched for. */
export const ONESHOT = 0x8000_0000;
export const EXCL_UNLINK = 0x0400_0000;

interface ChangeEvent {
  readonly watch: number;
  readonly mask: number;
  readonly cookie: number;
  readonly name: ByteString;
}

/** How a watch was asked for. */
export interface WatchRequest {
  readonly mask: number;
  /** IN_MASK_ADD: beside what is watched for already. */
  readonly adds: boolean;
  /** IN_ONESHOT. */
  readonly once: boolean;
  readonly namedOnly: boolean;
}

interface Watch extends ChangeWatch {
  readonly number: number;
  mask: number;
  once: boolean;
  namedOnly: boolean;
}

export class ChangeFile extends OpenFile {
  override readonly description = 'anon_inode:inotify';
  readonly #watches: ChangeWatches;
  readonly #byNumber = new Map<number, Watch>();
  readonly #byKey = new Map<string, Watch>();
  #events: ChangeEvent[] = [];
  #nextNumber = 1;

  constructor(watches: ChangeWatches, statusFlags: number) {
    super(statusFlags);
    this.#watches = watches;
  }

  /** Whether the file or directory of this key is watched. */
  watches(key: string): boolean {
    return this.#byKey.has(key);
  }

  /** Answers the watch's number: that of the same file or directory stays the same. */
  watch(key: string, { mask, adds, once, namedOnly }: WatchRequest): number {
    const present = this.#byKey.get(key);
    if (present !== undefined) {
      present.mask = adds ? present.mask | mask : mask;
      present.once = once || (adds && present.once);
      present.namedOnly = namedOnly || (adds && present.namedOnly);
      return present.number;
    }
    const number = this.#nextNumber++;
    const watch: Watch = {
      key,
      number,
      mask,
      once,
      namedOnly,
      tell: (changed, cookie, name) => this.#told(watch, changed, cookie, name),
      ended: () => void this.forget(number),
    };
    this.#byNumber.set(number, watch);
    this.#byKey.set(key, watch);
    this.#watches.add(watch);
    return number;
  }

  /** What it watches, the latest first, as /proc/PID/fdinfo has it (proc_pid_fdinfo(5)). */
  get info(): ByteString {
    return [...this.#byNumber.values()]
      .reverse()
      .map(({ number, key, mask, once, namedOnly }) => {
        // The root of a mount is known by another name than a number.
        const [, device = '0', inode = '0'] = /^(\d+):(\d+)$/.exec(key) ?? [];
        const place = `ino:${BigInt(inode).toString(16)} sdev:${BigInt(device).toString(16)}`;
        const asked = (mask | (once ? ONESHOT : 0) | (namedOnly ? EXCL_UNLINK : 0)) >>> 0;
        return `inotify wd:${number} ${place} mask:${asked.toString(16)} ignored_mask:0\n`;
      })
      .join('');
  }

  /** inotify_rm_watch; also when there is nothing to watch any more. */
  forget(number: number): number {
    const watch = this.#byNumber.get(number);
    if (watch === undefined) return -ERRNO.EINVAL;
    this.#byNumber.delete(number);
    this.#byKey.delete(watch.key);
    this.#watches.remove(watch);
    this.#add({ watch: number, mask: CHANGE.IGNORED, cookie: 0, name: '' });
    return 0;
  }

  #told(watch: Watch, changed: number, cookie: number, name: ByteString): void {
    if ((changed & watch.mask & CHANGE.ALL) === 0) return;
    const mask = (changed & OF_SELF) !== 0 ? changed & ~CHANGE.IS_DIRECTORY : changed;
    this.#add({ watch: watch.number, mask, cookie, name });
    if (watch.once) this.forget(watch.number);
  }

  #add(event: ChangeEvent): void {
    const last = this.#events.at(-1);
    // What was told last is not told twice (inotify(7)).
    if (
      last?.watch === event.watch &&
      last.mask === event.mask &&
      last.name === event.name &&
      (event.mask & ALWAYS) === 0
    )
      return;
    if (this.#events.length > MOST_EVENTS) return;
    const isFull = this.#events.length === MOST_EVENTS;
    this.#events.push(isFull ? { watch: -1, mask: CHANGE.OVERFLOW, cookie: 0, name: '' } : event);
    this.changed.notify();
  }

  override *read(length: number): Blocking<Uint8Array | number> {
    while (this.#events.length === 0) {
      if (this.nonBlocking) return -ERRNO.EAGAIN;
      const reason = yield waitForChange([this.changed]);
      if (reason === 'interrupted' && this.#events.length === 0) return RESTART.UNLESS_HANDLED_WITHOUT_RESTART;
    }
    let count = 0;
    let size = 0;
    while (count < this.#events.length && size + sizeOf(this.#events[count]!) <= length)
      size += sizeOf(this.#events[count++]!);
    if (count === 0) return -ERRNO.EINVAL;
    const bytes = new Uint8Array(size);
    let at = 0;
    for (const event of this.#events.splice(0, count)) {
      encode(event, new DataView(bytes.buffer, at));
      at += sizeOf(event);
    }
    return bytes;
  }

  override readiness(): number {
    return this.#events.length > 0 ? POLL.IN | POLL.RDNORM : 0;
  }

  override ioctl({ request, argument, memory }: IoctlRequest): number {
    if (request !== IOCTL.FIONREAD) return -ERRNO.ENOTTY;
    const size = this.#events.reduce((sum, event) => sum + sizeOf(event), 0);
    return memory.putUint32(argument, size) ? 0 : -ERRNO.EFAULT;
  }

  override status(): FileStatus {
    return syntheticStatus(0o600, 0x4004n);
  }

  protected override close(): void {
    for (const watch of this.#byNumber.values()) this.#watches.remove(watch);
  }
}

function sizeOf({ name }: ChangeEvent): number {
  return name === '' ? HEADER : HEADER + Math.ceil((name.length + 1) / HEADER) * HEADER;
}

function encode(event: ChangeEvent, view: DataView): void {
  view.setInt32(0, event.watch, true);
  view.setUint32(4, event.mask >>> 0, true);
  view.setUint32(8, event.cookie, true);
  view.setUint32(12, sizeOf(event) - HEADER, true);
  for (let index = 0; index < event.name.length; index++) view.setUint8(HEADER + index, event.name.charCodeAt(index));
}
