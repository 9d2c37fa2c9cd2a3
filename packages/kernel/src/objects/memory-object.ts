// MemoryObject: pages that can be handed from process to process, mapped by several at once, and snapshotted.

import { CapError, MemoryObject } from '@capos/abi';
import { TRANSPORT_BUFFER_TOO_SMALL } from '@capos/ipc-ring';
import type { Ledger } from '../accounting/ledger.ts';
import { TransportFailure } from '../ipc/object-call.ts';
import type { FramePool } from '../memory/frame-pool.ts';
import type { MemoryPages } from '../memory/memory-pages.ts';
import { FRAME_SIZE } from '../memory/physical-memory.ts';
import { ACCESS, type UserMemory } from '../memory/user-memory.ts';
import { type ServedInterface, ServedObject, serve } from './serve.ts';

/** Words of a Data result beside its bytes: root pointer, list pointer, padding. */
const DATA_OVERHEAD = 24;

export class MemoryObjectObject extends ServedObject {
  readonly pages: MemoryPages;
  /** Bytes, a multiple of 4096. */
  readonly size: number;
  readonly pool: FramePool;

  /** Takes over one holder's share of `pages`. */
  constructor(pool: FramePool, pages: MemoryPages) {
    super();
    this.pool = pool;
    this.pages = pages;
    this.size = pages.pages * FRAME_SIZE;
  }

  protected get served(): ServedInterface {
    return memoryObjectInterface;
  }

  /** Copies out of the pages; pages never written read as zero and stay without a frame. */
  read(offset: number, into: Uint8Array): void {
    const { bytes } = this.pool.memory;
    for (let done = 0; done < into.length; ) {
      const inPage = (offset + done) % FRAME_SIZE;
      const piece = Math.min(into.length - done, FRAME_SIZE - inPage);
      const frame = this.pages.present(Math.floor((offset + done) / FRAME_SIZE));
      if (frame >= 0) {
        const at = frame * FRAME_SIZE + inPage;
        into.set(bytes.subarray(at, at + piece), done);
      }
      done += piece;
    }
  }

  /** Copies into user memory, as far as that is writable; answers how many bytes. (bench posix read-64k) */
  copyTo(memory: UserMemory, offset: number, address: number, length: number): number {
    const { bytes } = this.pool.memory;
    let done = 0;
    while (done < length) {
      const page = Math.floor((offset + done) / FRAME_SIZE);
      const inPage = (offset + done) % FRAME_SIZE;
      const frame = this.pages.present(page);
      // Pages are backed in runs, so most copies are one move.
      let source = Math.min(length - done, FRAME_SIZE - inPage);
      for (let next = 1; frame >= 0 && done + source < length; next++) {
        if (this.pages.present(page + next) !== frame + next) break;
        source = Math.min(length - done, source + FRAME_SIZE);
      }
      const target = memory.locatePage(address + done, ACCESS.WRITE);
      if (target < 0) break;
      // So are those that it is copied to.
      let piece = Math.min(source, memory.pieceLength(address + done));
      while (piece < source && memory.locatePage(address + done + piece, ACCESS.WRITE) === target + piece) {
        piece = Math.min(source, piece + FRAME_SIZE);
      }
      const from = frame * FRAME_SIZE + inPage;
      if (frame < 0) memory.bytes.fill(0, target, target + piece);
      else if (memory.bytes === bytes) bytes.copyWithin(target, from, from + piece);
      else memory.bytes.set(bytes.subarray(from, from + piece), target);
      memory.written(target, piece);
      done += piece;
    }
    return done;
  }

  /** Copies into the pages; false when the machine has no frame left. */
  write(offset: number, from: Uint8Array): boolean {
    const { bytes } = this.pool.memory;
    for (let done = 0; done < from.length; ) {
      const inPage = (offset + done) % FRAME_SIZE;
      const piece = Math.min(from.length - done, FRAME_SIZE - inPage);
      const frame = this.pages.frame(Math.floor((offset + done) / FRAME_SIZE), true);
      if (frame < 0) return false;
      bytes.set(from.subarray(done, done + piece), frame * FRAME_SIZE + inPage);
      this.pool.written(frame);
      done += piece;
    }
    return true;
  }

  override rechargeTo(ledger: Ledger): boolean {
    const before = this.chargedTo;
    if (!super.rechargeTo(ledger)) return false;
    if (this.pages.chargeTo(ledger)) return true;
    if (before !== undefined) super.rechargeTo(before);
    return false;
  }

  /** Who had it made takes the memory back, whoever maps it: revoking the capabilities alone would leave it paying. */
  override revoke(): void {
    super.revoke();
    this.pages.reclaim();
  }

  protected override unreferenced(): void {
    this.pages.release();
  }
}

/** Checks a byte range of an object. @throws CapError */
export function rangeOf(
  object: MemoryObjectObject,
  offset: bigint,
  length: bigint,
): { offset: number; length: number } {
  if (object.pages.isReclaimed) throw new CapError('disconnected', 'the memory was taken back');
  if (offset + length > BigInt(object.size)) {
    throw new CapError('invalidArgument', `the range leaves the object of ${object.size} bytes`);
  }
  return { offset: Number(offset), length: Number(length) };
}

const memoryObjectInterface: ServedInterface = serve<MemoryObjectObject, typeof MemoryObject>(MemoryObject, {
  getSize: ({ size }) => ({ size: BigInt(size) }),
  read: (object, params, call) => {
    const { offset, length } = rangeOf(object, params.offset, BigInt(params.length));
    if (length > call.room() - DATA_OVERHEAD) throw new TransportFailure(TRANSPORT_BUFFER_TOO_SMALL);
    const data = new Uint8Array(length);
    object.read(offset, data);
    return { data };
  },
  write: (object, params) => {
    const { offset } = rangeOf(object, params.offset, BigInt(params.data.length));
    if (!object.write(offset, params.data)) throw new CapError('overloaded', 'no frame left');
    return {};
  },
  createChild: (object, params, call) => {
    const { offset, length } = rangeOf(object, params.offset, params.length);
    if (offset % FRAME_SIZE !== 0 || length % FRAME_SIZE !== 0 || length === 0) {
      throw new CapError('invalidArgument', 'offset and length of a child are multiples of 4096, and length is not 0');
    }
    const { ledger } = call.process;
    const pages = object.pages.createChild(offset / FRAME_SIZE, length / FRAME_SIZE, ledger);
    if (pages === undefined) throw new CapError('overloaded', 'no frame left in the ledger');
    const child = new MemoryObjectObject(object.pool, pages);
    if (!child.chargeTo(ledger)) {
      pages.release();
      throw new CapError('overloaded', 'no kernel object left in the ledger');
    }
    child.makerId = call.process.id;
    return { child: call.addCapability(child) };
  },
});
