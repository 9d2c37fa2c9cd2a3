// System V semaphores: a set is changed by a list of operations that happen all at once or not at all (semop(2)).
//
//   apply ─▶ 'done'                                every operation could be done
//         └▶ the operation that has to wait ─▶ semop waits for a change, and tries the whole list again
//
// What a process has undone at its end is kept with it: SEM_UNDO adds the opposite of each operation.

import { ERRNO } from '../linux/errno.ts';
import { WaitQueue } from '../waiting.ts';
import { IpcObject, type IpcUser, secondsNow } from './ipc-object.ts';

/** Limits of Linux (semctl(2)). */
export const SEMAPHORE = { MOST_IN_SET: 32_000, MOST_OPERATIONS: 500, LARGEST: 32_767 } as const;
export const SEM_UNDO = 0x1000;

export interface SemaphoreOperation {
  readonly index: number;
  readonly change: number;
  readonly noWait: boolean;
  readonly undo: boolean;
}

export class SemaphoreSet extends IpcObject {
  readonly values: Uint16Array;
  /** Who operated on each last. */
  readonly lastPids: Int32Array;
  readonly changed = new WaitQueue();
  /** Operations that wait now. */
  readonly waiting = new Set<SemaphoreOperation>();
  operatedAt = 0;
  readonly #undo = new Map<IpcUser, Int32Array>();

  constructor(key: number, mode: number, process: IpcUser, count: number) {
    super(key, mode, process);
    this.values = new Uint16Array(count);
    this.lastPids = new Int32Array(count);
  }

  /** Does all of them; or answers the one that has to wait, or minus an error number, with nothing done. */
  apply(operations: readonly SemaphoreOperation[], process: IpcUser): 'done' | SemaphoreOperation | number {
    const values = this.values.slice();
    const undo = this.#undo.get(process)?.slice() ?? new Int32Array(values.length);
    for (const operation of operations) {
      const { index, change } = operation;
      const value = values[index]!;
      if (change === 0 ? value !== 0 : value + change < 0) return operation.noWait ? -ERRNO.EAGAIN : operation;
      if (value + change > SEMAPHORE.LARGEST) return -ERRNO.ERANGE;
      values[index] = value + change;
      if (!operation.undo) continue;
      undo[index]! -= change;
      if (Math.abs(undo[index]!) > SEMAPHORE.LARGEST) return -ERRNO.ERANGE;
    }
    for (const { index } of operations) this.lastPids[index] = process.pid;
    if (operations.some((operation) => operation.undo)) this.#undo.set(process, undo);
    this.values.set(values);
    this.operatedAt = secondsNow(process.domain);
    this.changed.notify();
    return 'done';
  }

  /** Sets values without waiting; what processes would undo is forgotten (semctl(2), SETVAL). */
  set(index: number, value: number, process: IpcUser): void {
    this.values[index] = value;
    this.lastPids[index] = process.pid;
    for (const undo of this.#undo.values()) undo[index] = 0;
    this.changedAt = secondsNow(process.domain);
    this.changed.notify();
  }

  /** The process has ended: undoes what it asked to have undone, as far as values go. */
  undoFor(process: IpcUser): void {
    const undo = this.#undo.get(process);
    if (undo === undefined) return;
    this.#undo.delete(process);
    for (const [index, change] of undo.entries()) {
      if (change === 0) continue;
      this.values[index] = Math.max(0, Math.min(SEMAPHORE.LARGEST, this.values[index]! + change));
      this.lastPids[index] = process.pid;
    }
    this.changed.notify();
  }

  /** How many operations wait for a semaphore to grow, or to become 0. */
  waitingFor(index: number, zero: boolean): number {
    return [...this.waiting].filter((operation) => operation.index === index && (operation.change === 0) === zero)
      .length;
  }

  override gone(): void {
    this.changed.notify();
  }
}
