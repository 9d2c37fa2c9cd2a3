// Event counter: eventfd(2). Writes add, a read takes all (or one, as a semaphore).

import { ERRNO, RESTART } from '../linux/errno.ts';
import { POLL } from '../linux/file-flags.ts';
import { type Blocking, waitForChange } from '../waiting.ts';
import { type FileStatus, syntheticStatus } from './file-status.ts';
import { OpenFile } from './open-file.ts';

const MAXIMUM = 0xffff_ffff_ffff_fffen;

export class EventCounter extends OpenFile {
  override readonly description = 'anon_inode:[eventfd]';
  #count: bigint;
  readonly #semaphore: boolean;

  constructor(initial: number, semaphore: boolean, statusFlags: number) {
    super(statusFlags);
    this.#count = BigInt(initial);
    this.#semaphore = semaphore;
  }

  override *read(length: number): Blocking<Uint8Array | number> {
    if (length < 8) return -ERRNO.EINVAL;
    while (this.#count === 0n) {
      if (this.nonBlocking) return -ERRNO.EAGAIN;
      if ((yield waitForChange([this.changed])) === 'interrupted') return RESTART.UNLESS_HANDLED_WITHOUT_RESTART;
    }
    const taken = this.#semaphore ? 1n : this.#count;
    this.#count -= taken;
    this.changed.notify();
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, taken, true);
    return bytes;
  }

  override *write(data: Uint8Array): Blocking<number> {
    if (data.length < 8) return -ERRNO.EINVAL;
    const added = new DataView(data.buffer, data.byteOffset, 8).getBigUint64(0, true);
    if (added > MAXIMUM) return -ERRNO.EINVAL;
    while (added > MAXIMUM - this.#count) {
      if (this.nonBlocking) return -ERRNO.EAGAIN;
      if ((yield waitForChange([this.changed])) === 'interrupted') return RESTART.UNLESS_HANDLED_WITHOUT_RESTART;
    }
    this.#count += added;
    this.changed.notify();
    return 8;
  }

  override readiness(): number {
    return (this.#count > 0n ? POLL.IN : 0) | (this.#count < MAXIMUM ? POLL.OUT : 0);
  }

  override status(): FileStatus {
    return syntheticStatus(0o600, 0x4000n);
  }
}
