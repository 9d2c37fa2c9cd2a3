// Signal file: signalfd(2). A read takes pending signals of the set instead of a handler.
//
//   signalfd_siginfo, 128 bytes: signo 0, errno 4, code 8, pid 12, uid 16, fd 20, tid 24, …, status 40, …, value 52

import { ERRNO, RESTART } from '../linux/errno.ts';
import { POLL } from '../linux/file-flags.ts';
import type { PosixProcess } from '../posix-process.ts';
import type { SignalInfo } from '../signals/signal-info.ts';
import type { SignalSet } from '../signals/signal-set.ts';
import { type Blocking, waitForChange } from '../waiting.ts';
import { type FileStatus, syntheticStatus } from './file-status.ts';
import { OpenFile } from './open-file.ts';

const RECORD = 128;

export class SignalFile extends OpenFile {
  override readonly description = 'anon_inode:[signalfd]';
  wanted: SignalSet;
  readonly #process: PosixProcess;
  readonly #unsubscribe: () => void;

  constructor(process: PosixProcess, wanted: SignalSet, statusFlags: number) {
    super(statusFlags);
    this.#process = process;
    this.wanted = wanted;
    this.#unsubscribe = process.signalArrived.subscribe(() => this.changed.notify());
  }

  override *read(length: number): Blocking<Uint8Array | number> {
    if (length < RECORD) return -ERRNO.EINVAL;
    const taken: SignalInfo[] = [];
    for (;;) {
      while (taken.length < Math.floor(length / RECORD)) {
        const info = this.#process.pending.take(this.wanted) ?? this.#process.current?.pending.take(this.wanted);
        if (info === undefined) break;
        taken.push(info);
      }
      if (taken.length > 0) break;
      if (this.nonBlocking) return -ERRNO.EAGAIN;
      if ((yield waitForChange([this.changed])) === 'interrupted') return RESTART.UNLESS_HANDLED_WITHOUT_RESTART;
    }
    const bytes = new Uint8Array(taken.length * RECORD);
    const view = new DataView(bytes.buffer);
    for (const [index, info] of taken.entries()) {
      const at = index * RECORD;
      view.setUint32(at, info.signal, true);
      view.setInt32(at + 8, info.code, true);
      view.setUint32(at + 12, info.pid ?? 0, true);
      view.setUint32(at + 16, info.uid ?? 0, true);
      view.setUint32(at + 24, info.timer ?? 0, true);
      view.setUint32(at + 32, info.overrun ?? 0, true);
      view.setInt32(at + 40, info.status ?? 0, true);
      view.setInt32(at + 44, Number(BigInt.asIntN(32, info.value ?? 0n)), true);
      view.setBigUint64(at + 48, BigInt.asUintN(64, info.value ?? 0n), true);
      view.setBigUint64(at + 72, info.address ?? 0n, true);
    }
    return bytes;
  }

  override readiness(): number {
    const pending = this.#process.pending.set | (this.#process.current?.pending.set ?? 0n);
    return (pending & this.wanted) !== 0n ? POLL.IN : 0;
  }

  override status(): FileStatus {
    return syntheticStatus(0o600, 0x4003n);
  }

  protected override close(): void {
    this.#unsubscribe();
  }
}
