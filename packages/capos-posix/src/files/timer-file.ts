// Timer file: timerfd_create(2). A read takes how often the timer has expired since the last one.

import { ERRNO, RESTART } from '../linux/errno.ts';
import { POLL } from '../linux/file-flags.ts';
import { RepeatingTimer, type TimeKeeper } from '../time/interval-timers.ts';
import { type Blocking, waitForChange } from '../waiting.ts';
import { type FileStatus, syntheticStatus } from './file-status.ts';
import { OpenFile } from './open-file.ts';

export class TimerFile extends OpenFile {
  override readonly description = 'anon_inode:[timerfd]';
  readonly clock: number;
  readonly timer: RepeatingTimer;
  #expirations = 0;

  constructor(keeper: TimeKeeper, clock: number, statusFlags: number) {
    super(statusFlags);
    this.clock = clock;
    this.timer = new RepeatingTimer(keeper, (times) => {
      this.#expirations += times;
      this.changed.notify();
    });
  }

  set(deadlineNs: number, intervalNs: number): void {
    this.#expirations = 0;
    this.timer.set(deadlineNs, intervalNs);
  }

  override *read(length: number): Blocking<Uint8Array | number> {
    if (length < 8) return -ERRNO.EINVAL;
    while (this.#expirations === 0) {
      if (this.nonBlocking) return -ERRNO.EAGAIN;
      if ((yield waitForChange([this.changed])) === 'interrupted') return RESTART.UNLESS_HANDLED_WITHOUT_RESTART;
    }
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(this.#expirations), true);
    this.#expirations = 0;
    return bytes;
  }

  override readiness(): number {
    return this.#expirations > 0 ? POLL.IN : 0;
  }

  override status(): FileStatus {
    return syntheticStatus(0o600, 0x4002n);
  }

  protected override close(): void {
    this.timer.stop();
  }
}
