// Stream pair: what socketpair(AF_UNIX) gives — two pipes, crosswise, behind one description on each side.

import { ERRNO } from '../linux/errno.ts';
import { MODE, POLL } from '../linux/file-flags.ts';
import type { MaybeBlocking } from '../waiting.ts';
import { type FileStatus, syntheticStatus } from './backend.ts';
import { type IoctlRequest, OpenFile } from './open-file.ts';
import { Pipe, type PipeEnd } from './pipe.ts';

const NONBLOCK_ONLY = 0o4000;

/** One side of the pair. */
export class StreamSide extends OpenFile {
  readonly #incoming: PipeEnd;
  readonly #outgoing: PipeEnd;
  #sending = true;
  #receiving = true;

  constructor(incoming: PipeEnd, outgoing: PipeEnd, statusFlags: number) {
    super(statusFlags);
    this.#incoming = incoming.retain();
    this.#outgoing = outgoing.retain();
    incoming.changed.subscribe(() => this.changed.notify());
    outgoing.changed.subscribe(() => this.changed.notify());
  }

  override get description(): string {
    return `socket:[${this.#incoming.pipe.inode}]`;
  }

  #passOn(): void {
    for (const end of [this.#incoming, this.#outgoing])
      end.statusFlags = (end.statusFlags & ~NONBLOCK_ONLY) | (this.statusFlags & NONBLOCK_ONLY);
  }

  override read(length: number): MaybeBlocking<Uint8Array | number> {
    if (!this.#receiving) return new Uint8Array(0);
    this.#passOn();
    return this.#incoming.read(length);
  }

  override write(data: Uint8Array): MaybeBlocking<number> {
    if (!this.#sending) return -ERRNO.EPIPE;
    this.#passOn();
    return this.#outgoing.write(data);
  }

  override status(): FileStatus {
    return { ...syntheticStatus(MODE.SOCKET | 0o777, this.#incoming.pipe.inode), device: 8n };
  }

  override readiness(): number {
    const incoming = this.#receiving ? this.#incoming.readiness() : POLL.HUP;
    const outgoing = this.#sending ? this.#outgoing.readiness() : POLL.OUT;
    const ended = (incoming & POLL.HUP) !== 0;
    // The end of the other side's stream is readable (read answers 0) and RDHUP; HUP only when both directions are shut.
    return (
      (incoming & ~POLL.HUP) |
      (outgoing & ~POLL.ERR) |
      (ended ? POLL.IN | POLL.RDNORM | POLL.RDHUP : 0) |
      (ended && ((outgoing & POLL.ERR) !== 0 || !this.#sending) ? POLL.HUP : 0)
    );
  }

  /** `how`: 0 receiving, 1 sending, 2 both. */
  shutdown(how: number): number {
    if (how < 0 || how > 2) return -ERRNO.EINVAL;
    if (how !== 1 && this.#receiving) {
      this.#receiving = false;
      this.#incoming.release();
    }
    if (how !== 0 && this.#sending) {
      this.#sending = false;
      this.#outgoing.release();
    }
    this.changed.notify();
    return 0;
  }

  override ioctl(request: IoctlRequest): number {
    return this.#incoming.ioctl(request);
  }

  protected override close(): void {
    this.shutdown(2);
  }
}

/** Two connected sides. */
export function streamPair(statusFlags: number): readonly [StreamSide, StreamSide] {
  const there = new Pipe().open(0);
  const back = new Pipe().open(0);
  return [
    new StreamSide(back.reader, there.writer, statusFlags),
    new StreamSide(there.reader, back.writer, statusFlags),
  ];
}
