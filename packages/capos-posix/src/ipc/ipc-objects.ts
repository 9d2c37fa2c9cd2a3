// The System V IPC objects of a domain.

import { IpcTable, type IpcUser } from './ipc-object.ts';
import type { MessageChannel } from './message-channel.ts';
import type { SemaphoreSet } from './semaphore-set.ts';
import type { SharedSegment } from './shared-segment.ts';

export class IpcObjects {
  readonly semaphores: IpcTable<SemaphoreSet> = new IpcTable();
  readonly channels: IpcTable<MessageChannel> = new IpcTable();
  readonly segments: IpcTable<SharedSegment> = new IpcTable();

  /** A process has ended. */
  forget(process: IpcUser): void {
    for (const set of this.semaphores.all()) set.undoFor(process);
  }
}
