// System V shared memory: a segment of pages that processes attach; it goes once it is removed and nobody has it attached
// (shmop(2)).

import type { Acting } from '../capabilities/shared-capability.ts';
import { SharedMemory } from '../memory/shared-memory.ts';
import { IpcObject, type IpcTable, type IpcUser, secondsNow, type TimedDomain } from './ipc-object.ts';

/** In a segment's mode: it goes with the last who detaches it. */
const SHM_DEST = 0o1000;

/** A process that attaches segments. */
export interface SegmentUser extends IpcUser {
  readonly domain: TimedDomain & Acting & { readonly ipc: { readonly segments: IpcTable<SharedSegment> } };
}

export class SharedSegment extends IpcObject {
  readonly size: number;
  readonly memory: SharedMemory;
  readonly creator: number;
  attached = 0;
  attachedAt = 0;
  detachedAt = 0;
  lastOperator = 0;

  constructor(key: number, mode: number, process: SegmentUser, size: number) {
    super(key, mode, process);
    this.size = size;
    this.memory = new SharedMemory(process.domain);
    this.creator = process.pid;
  }

  attach(process: SegmentUser): void {
    this.attached++;
    this.attachedAt = secondsNow(process.domain);
    this.lastOperator = process.pid;
  }

  detach(process: SegmentUser): void {
    this.attached--;
    this.detachedAt = secondsNow(process.domain);
    this.lastOperator = process.pid;
    if (this.removed && this.attached === 0) this.#release(process);
  }

  /** Removed: no key leads to it, its id goes on until the last has detached it. */
  condemn(process: SegmentUser): void {
    this.removed = true;
    this.mode |= SHM_DEST;
    this.changedAt = secondsNow(process.domain);
    if (this.attached === 0) this.#release(process);
  }

  #release(process: SegmentUser): void {
    process.domain.ipc.segments.remove(this);
    this.memory.release();
  }

  override gone(): void {
    // Nobody waits for memory.
  }
}

/** What a process has attached, by address. */
export class AttachedSegments {
  readonly #process: SegmentUser;
  readonly #at = new Map<number, SharedSegment>();

  constructor(process: SegmentUser) {
    this.#process = process;
  }

  add(address: number, segment: SharedSegment): void {
    // One mapped over another takes its place.
    this.remove(address);
    segment.attach(this.#process);
    this.#at.set(address, segment);
  }

  /** The segment that was attached there. */
  remove(address: number): SharedSegment | undefined {
    const segment = this.#at.get(address);
    if (segment === undefined) return undefined;
    this.#at.delete(address);
    segment.detach(this.#process);
    return segment;
  }

  /** A forked child has what its parent has. */
  copyFrom(parent: AttachedSegments): void {
    for (const [address, segment] of parent.#at) this.add(address, segment);
  }

  releaseAll(): void {
    for (const address of [...this.#at.keys()]) this.remove(address);
  }
}
