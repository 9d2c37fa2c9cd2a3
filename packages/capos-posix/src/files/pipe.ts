// Pipe: a bounded queue of bytes with a read end and a write end (pipe(7)).
//
//   writers ──▶ [chunks, 64 KiB] ──▶ readers     no writer left: end of file.  No reader left: EPIPE and SIGPIPE.
//
// A write of at most PIPE_BUF bytes goes in whole or waits; a longer one goes in as room appears.

import { ERRNO, RESTART } from '../linux/errno.ts';
import { IOCTL, MODE, OPEN, POLL } from '../linux/file-flags.ts';
import { type Blocking, type MaybeBlocking, WaitQueue, waitForChange } from '../waiting.ts';
import { type FileStatus, syntheticStatus } from './file-status.ts';
import { type IoctlRequest, OpenFile } from './open-file.ts';

const PIPE_BUF = 4096;
const DEFAULT_CAPACITY = 65_536;
/** Largest capacity that F_SETPIPE_SZ gives (/proc/sys/fs/pipe-max-size). */
export const MAX_PIPE_CAPACITY = 1_048_576;

/**
 * The queue both ends share: a ring of bytes, made at the first write.
 *
 *   #bytes:  ········[start …… length ……]········      may wrap around the end
 */
export class Pipe {
  readonly inode: bigint;
  /** Notified of everything; and of what concerns readers, or writers, alone: a read is no news to readers (epoll(7), EPOLLET). */
  readonly changed: WaitQueue = new WaitQueue();
  readonly filled: WaitQueue = new WaitQueue();
  readonly drained: WaitQueue = new WaitQueue();
  length = 0;
  readers = 0;
  writers = 0;
  /** How often a named pipe was opened: who waits for the other end has met one that has gone again. */
  readonly opened = { readers: 0, writers: 0 };
  #capacity = DEFAULT_CAPACITY;
  #bytes = new Uint8Array(0);
  #start = 0;

  constructor(inode: bigint) {
    this.inode = inode;
  }

  get capacity(): number {
    return this.#capacity;
  }

  set capacity(capacity: number) {
    const held = this.take(this.length).slice();
    this.#capacity = capacity;
    this.#bytes = new Uint8Array(0);
    this.#start = 0;
    this.put(held);
  }

  /** Takes up to `length` bytes. What is answered is valid until the next `put`, which is after the reader has its copy. */
  take(length: number): Uint8Array {
    const wanted = Math.min(length, this.length);
    const start = this.#start;
    const end = start + wanted;
    const size = this.#bytes.length;
    this.length -= wanted;
    if (end <= size) {
      this.#start = end === size || this.length === 0 ? 0 : end;
      return this.#bytes.subarray(start, end);
    }
    const taken = new Uint8Array(wanted);
    taken.set(this.#bytes.subarray(start));
    taken.set(this.#bytes.subarray(0, end - size), size - start);
    this.#start = this.length === 0 ? 0 : end - size;
    return taken;
  }

  /** What `take` would take, left where it is; valid until the next `put`. */
  peek(length: number): Uint8Array {
    const [start, held] = [this.#start, this.length];
    const taken = this.take(length);
    this.#start = start;
    this.length = held;
    return taken;
  }

  /** The caller has seen that there is room. */
  put(data: Uint8Array): void {
    if (this.#bytes.length === 0 && data.length > 0) this.#bytes = new Uint8Array(this.#capacity);
    const size = this.#bytes.length;
    const at = (this.#start + this.length) % (size || 1);
    const first = Math.min(data.length, size - at);
    this.#bytes.set(first === data.length ? data : data.subarray(0, first), at);
    if (first < data.length) this.#bytes.set(data.subarray(first), 0);
    this.length += data.length;
  }

  wasFilled(): void {
    this.changed.notify();
    this.filled.notify();
  }

  wasDrained(): void {
    this.changed.notify();
    this.drained.notify();
  }

  /** Nobody waits for room. */
  get isUnwatched(): boolean {
    return this.changed.empty && this.drained.empty;
  }

  /** Both ends. */
  open(flags: number): { readonly reader: PipeEnd; readonly writer: PipeEnd } {
    return { reader: new PipeEnd(this, OPEN.RDONLY | flags), writer: new PipeEnd(this, OPEN.WRONLY | flags) };
  }
}

/** One end of a pipe. */
export class PipeEnd extends OpenFile {
  readonly pipe: Pipe;
  override readonly description: string;
  override readonly changed: WaitQueue;

  constructor(pipe: Pipe, statusFlags: number) {
    super(statusFlags);
    this.pipe = pipe;
    this.description = `pipe:[${pipe.inode}]`;
    this.changed = this.readable ? (this.writable ? pipe.changed : pipe.filled) : pipe.drained;
    if (this.readable) pipe.readers++;
    if (this.writable) pipe.writers++;
  }

  override get signals(): boolean {
    return true;
  }

  override read(length: number): MaybeBlocking<Uint8Array | number> {
    const { pipe } = this;
    if (length === 0) return new Uint8Array(0);
    if (pipe.length === 0) {
      if (pipe.writers === 0) return new Uint8Array(0);
      return this.nonBlocking ? -ERRNO.EAGAIN : this.#readLater(length);
    }
    return this.#take(length);
  }

  /** Takes bytes and says so. Whoever is told may write at once, over what was only lent. */
  #take(length: number): Uint8Array {
    const { pipe } = this;
    const taken = pipe.take(length);
    if (taken.length === 0 || pipe.isUnwatched) return taken;
    const copy = taken.slice();
    pipe.wasDrained();
    return copy;
  }

  *#readLater(length: number): Blocking<Uint8Array | number> {
    const { pipe } = this;
    while (pipe.length === 0 && pipe.writers > 0) {
      const reason = yield waitForChange([pipe.changed]);
      if (reason === 'interrupted' && pipe.length === 0) return RESTART.UNLESS_HANDLED_WITHOUT_RESTART;
    }
    return this.#take(length);
  }

  /** Waits until there is something to take, or the end. 0, or an errno. `nonBlocking`: SPLICE_F_NONBLOCK. */
  *untilFilled(nonBlocking: boolean): Blocking<number> {
    const { pipe } = this;
    while (pipe.length === 0 && pipe.writers > 0) {
      if (nonBlocking) return -ERRNO.EAGAIN;
      const reason = yield waitForChange([pipe.changed]);
      if (reason === 'interrupted' && pipe.length === 0) return RESTART.UNLESS_HANDLED_WITHOUT_RESTART;
    }
    return 0;
  }

  /** Waits until there is room. 0, or an errno: −EPIPE when nobody reads. */
  *untilRoom(nonBlocking: boolean): Blocking<number> {
    const { pipe } = this;
    for (;;) {
      if (pipe.readers === 0) return -ERRNO.EPIPE;
      if (pipe.length < pipe.capacity) return 0;
      if (nonBlocking) return -ERRNO.EAGAIN;
      const reason = yield waitForChange([pipe.changed]);
      if (reason === 'interrupted' && pipe.length >= pipe.capacity) return RESTART.UNLESS_HANDLED_WITHOUT_RESTART;
    }
  }

  /** Takes what has been peeked at, as far as it went on. */
  drop(length: number): void {
    if (length === 0) return;
    this.pipe.take(length);
    this.pipe.wasDrained();
  }

  /** Whether a write of so many bytes is over before it returns: then the bytes need not outlive it. */
  takesAtOnce(length: number): boolean {
    return this.pipe.readers > 0 && length <= this.pipe.capacity - this.pipe.length;
  }

  override write(data: Uint8Array): MaybeBlocking<number> {
    const { pipe } = this;
    if (pipe.readers === 0) return -ERRNO.EPIPE;
    if (data.length <= pipe.capacity - pipe.length) {
      if (data.length > 0) {
        pipe.put(data);
        pipe.wasFilled();
      }
      return data.length;
    }
    if (!this.nonBlocking) return this.#writeLater(data);
    const room = pipe.capacity - pipe.length;
    if (room === 0 || data.length <= PIPE_BUF) return -ERRNO.EAGAIN;
    pipe.put(data.subarray(0, room));
    pipe.wasFilled();
    return room;
  }

  *#writeLater(data: Uint8Array): Blocking<number> {
    const { pipe } = this;
    let done = 0;
    while (done < data.length) {
      if (pipe.readers === 0) return done > 0 ? done : -ERRNO.EPIPE;
      const room = pipe.capacity - pipe.length;
      if (room > 0 && (data.length > PIPE_BUF || room >= data.length)) {
        const part = data.subarray(done, done + room);
        pipe.put(part);
        done += part.length;
        pipe.wasFilled();
        continue;
      }
      const reason = yield waitForChange([pipe.changed]);
      if (reason === 'interrupted') return done > 0 ? done : RESTART.UNLESS_HANDLED_WITHOUT_RESTART;
    }
    return done;
  }

  override status(): FileStatus {
    return { ...syntheticStatus(MODE.FIFO | 0o600, this.pipe.inode), device: 13n };
  }

  override readiness(): number {
    const { pipe } = this;
    let ready = 0;
    if (this.readable) {
      if (pipe.length > 0) ready |= POLL.IN | POLL.RDNORM;
      if (pipe.writers === 0) ready |= POLL.HUP;
    }
    if (this.writable) {
      if (pipe.readers === 0) ready |= POLL.ERR | POLL.OUT | POLL.WRNORM;
      else if (pipe.capacity - pipe.length >= PIPE_BUF) ready |= POLL.OUT | POLL.WRNORM;
    }
    return ready;
  }

  override ioctl({ request, argument, memory }: IoctlRequest): number {
    if (request !== IOCTL.FIONREAD) return -ERRNO.ENOTTY;
    return memory.putUint32(argument, this.pipe.length) ? 0 : -ERRNO.EFAULT;
  }

  /** F_SETPIPE_SZ: a power of two from a page up. Answers what it became. */
  resize(bytes: number): number {
    // The argument is unsigned, and there is no power of two from 2³¹ on.
    if (bytes < 0) return -ERRNO.EINVAL;
    if (bytes > MAX_PIPE_CAPACITY) return -ERRNO.EPERM;
    let capacity = PIPE_BUF;
    while (capacity < bytes) capacity *= 2;
    if (capacity < this.pipe.length) return -ERRNO.EBUSY;
    this.pipe.capacity = capacity;
    this.pipe.wasDrained();
    return capacity;
  }

  protected override close(): void {
    if (this.readable) this.pipe.readers--;
    if (this.writable) this.pipe.writers--;
    this.pipe.wasFilled();
    this.pipe.drained.notify();
  }
}
