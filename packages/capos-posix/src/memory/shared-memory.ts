// Shared memory: bytes in memory objects, which files in /dev/shm, memfd and shared anonymous mappings are made of.
//
//   file  0 ──────── 8 KiB ──────────────── 64 KiB     size 50,000
//         [object 1      ][object 2               ]    growing adds an object, so that mappings stay what they are
//
// All mappings and all processes of the domain see the same pages; fork leaves them shared.

import { type CapId, type CapTableView, type ForeignMemory, MemoryObject } from '@capos/abi';
import { callMethod } from '../capabilities/capability-call.ts';
import { type Acting, SharedCapability } from '../capabilities/shared-capability.ts';
import { ERRNO } from '../linux/errno.ts';
import { pageCeil } from '../linux/memory-flags.ts';
import { type Blocking, settle } from '../waiting.ts';

/** Bytes one call moves. */
const CHUNK = 32_768;

/** A number that tells a memory object from every other of the domain: futexes in shared memory go by it. */
export function newPieceId(acting: Acting): number {
  acting.lastPieceId++;
  return acting.lastPieceId;
}

/** One memory object: so many bytes from `start` of the file on. */
export interface SharedPiece {
  readonly id: number;
  readonly start: number;
  readonly length: number;
  readonly capability: SharedCapability;
}

/** Who makes a memory object: the process that grows the file pays. */
export interface SharedMemoryMaker {
  readonly caps: CapTableView;
  readonly memory: ForeignMemory;
}

export class SharedMemory {
  pieces: readonly SharedPiece[] = [];
  readonly #acting: Acting;

  constructor(acting: Acting) {
    this.#acting = acting;
  }

  /** Bytes that are there, a multiple of 4096. */
  get capacity(): number {
    const last = this.pieces.at(-1);
    return last === undefined ? 0 : last.start + last.length;
  }

  /** Makes room for `size` bytes, on the account of `maker`; 0 or −ENOSPC. */
  reserve(size: number, maker: SharedMemoryMaker): number {
    const start = this.capacity;
    const length = pageCeil(size) - start;
    if (length <= 0) return 0;
    const capId = maker.memory.createShared(BigInt(length));
    if (typeof capId !== 'number') return -ERRNO.ENOSPC;
    const capability = new SharedCapability(this.#acting, maker.caps, capId, true);
    this.#acting.sharedCapabilities.add(capability);
    this.pieces = [...this.pieces, { id: newPieceId(this.#acting), start, length, capability }];
    return 0;
  }

  /** The pieces that hold `[offset, offset + length)`, with the part of each. */
  *within(offset: number, length: number): Generator<{ piece: SharedPiece; from: number; length: number; at: number }> {
    for (const piece of this.pieces) {
      const from = Math.max(offset, piece.start);
      const to = Math.min(offset + length, piece.start + piece.length);
      if (from < to) yield { piece, from: from - piece.start, length: to - from, at: from - offset };
    }
  }

  *read(offset: number, length: number): Blocking<Uint8Array | number> {
    const bytes = new Uint8Array(length);
    for (const { piece, from, length: part, at } of this.within(offset, length)) {
      for (let done = 0; done < part; done += CHUNK) {
        const { reference } = piece.capability;
        if (reference === undefined) return -ERRNO.EIO;
        const params = { offset: BigInt(from + done), length: Math.min(CHUNK, part - done) };
        const answer = yield* settle(callMethod(reference.caps, reference.capId, MemoryObject.methods.read, params));
        if (typeof answer === 'number') return answer;
        bytes.set(answer.results.data.subarray(0, params.length), at + done);
      }
    }
    return bytes;
  }

  *write(offset: number, data: Uint8Array): Blocking<number> {
    for (const { piece, from, length, at } of this.within(offset, data.length)) {
      for (let done = 0; done < length; done += CHUNK) {
        const { reference } = piece.capability;
        if (reference === undefined) return -ERRNO.EIO;
        const part = data.subarray(at + done, at + Math.min(length, done + CHUNK));
        const params = { offset: BigInt(from + done), data: part };
        const answer = yield* settle(callMethod(reference.caps, reference.capId, MemoryObject.methods.write, params));
        if (typeof answer === 'number') return answer;
      }
    }
    return data.length;
  }

  /** The id of a piece in a process's own table. */
  capIdOf(piece: SharedPiece, caps: CapTableView): CapId | undefined {
    return piece.capability.idIn(caps);
  }

  release(): void {
    for (const { capability } of this.pieces) capability.release();
    this.pieces = [];
  }
}
