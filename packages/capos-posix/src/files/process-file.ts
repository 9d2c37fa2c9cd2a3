// Process file: pidfd_open(2). It names one process for good: its number may be another's by now.
//
//   readable once the process has ended; hung up once its parent has waited for it

import { POLL } from '../linux/file-flags.ts';
import type { PosixProcess } from '../posix-process.ts';
import type { WaitQueue } from '../waiting.ts';
import { type FileStatus, syntheticStatus } from './file-status.ts';
import { OpenFile } from './open-file.ts';

export class ProcessFile extends OpenFile {
  override readonly description = 'anon_inode:[pidfd]';
  readonly process: PosixProcess;
  override readonly changed: WaitQueue;

  constructor(process: PosixProcess, statusFlags: number) {
    super(statusFlags);
    this.process = process;
    this.changed = process.childChanged;
  }

  override readiness(): number {
    if (!this.process.ended) return 0;
    const ready = POLL.IN | POLL.RDNORM;
    return this.process.isZombie ? ready : ready | POLL.HUP;
  }

  override status(): FileStatus {
    return syntheticStatus(0o600, 0x4003n);
  }
}
