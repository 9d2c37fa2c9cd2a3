// Foreign memory: the user memory of a foreign process, as its personality may touch it. Every address is checked against the
// process's own page tables, every mapping is paid from its own ledger.

import {
  CapError,
  type CapId,
  type ForeignMemory,
  joinBytes,
  type LoadedElf,
  type MemoryFailure,
  NULL_CAP_ID,
  PROTECTION,
  type UserAddress,
} from '@capos/abi';
import type { CapTable } from '../capabilities/cap-table.ts';
import { ORIGIN, TRANSFER_MODE } from '../capabilities/kernel-object.ts';
import type { AddressSpace } from '../memory/address-space.ts';
import type { ImageCache } from '../memory/image-cache.ts';
import { MemoryPages } from '../memory/memory-pages.ts';
import { FRAME_SIZE } from '../memory/physical-memory.ts';
import { ACCESS, copyIn, copyInPartly, copyOut, copyOutPartly } from '../memory/user-memory.ts';
import { MemoryObjectObject } from '../objects/memory-object.ts';
import { ElfError, parseElf } from './elf-file.ts';
import { placeImage } from './image-loader.ts';

const USER_END = 1n << 47n;
const USER_SIZE = 2 ** 47;
/** Addresses beyond the user half become this: no check lets it through. */
const NOWHERE = Number.MAX_SAFE_INTEGER;

function exact(value: UserAddress): number {
  if (typeof value === 'number') return value >= 0 && value <= USER_SIZE ? value : NOWHERE;
  return value >= 0n && value <= USER_END ? Number(value) : NOWHERE;
}

function address(outcome: number | MemoryFailure): bigint | MemoryFailure {
  return typeof outcome === 'number' ? BigInt(outcome) : outcome;
}

export class ForeignMemoryView implements ForeignMemory {
  #space: AddressSpace;
  readonly #table: CapTable;
  readonly #images: ImageCache;
  readonly #words: Uint8Array = new Uint8Array(16);
  readonly #wordView: DataView = new DataView(this.#words.buffer);

  constructor(space: AddressSpace, table: CapTable, images: ImageCache) {
    this.#space = space;
    this.#table = table;
    this.#images = images;
  }

  /** The process is in another space from now on. */
  enter(space: AddressSpace): void {
    this.#space = space;
  }

  read(from: UserAddress, into: Uint8Array): number {
    const { length } = into;
    const start = exact(from);
    return copyIn(this.#space, start, into, 0, length) ? length : copyInPartly(this.#space, start, into, 0, length);
  }

  write(to: UserAddress, from: Uint8Array): number {
    const { length } = from;
    const start = exact(to);
    return copyOut(this.#space, start, from, 0, length) ? length : copyOutPartly(this.#space, start, from, 0, length);
  }

  lend(at: UserAddress, length: number): Uint8Array | undefined {
    if (length === 0) return undefined;
    const offset = this.#space.locate(exact(at), length, ACCESS.READ);
    return offset < 0 ? undefined : this.#space.bytes.subarray(offset, offset + length);
  }

  fill(at: UserAddress, length: number): number {
    const space = this.#space;
    const start = exact(at);
    let done = 0;
    while (done < length) {
      const offset = space.locatePage(start + done, ACCESS.WRITE);
      if (offset < 0) break;
      const piece = Math.min(length - done, space.pieceLength(start + done));
      space.bytes.fill(0, offset, offset + piece);
      space.written(offset, piece);
      done += piece;
    }
    return done;
  }

  readUint32(at: UserAddress): number {
    const offset = this.#space.locate(exact(at), 4, ACCESS.READ);
    if (offset >= 0) return this.#space.view.getUint32(offset, true);
    return copyInPartly(this.#space, exact(at), this.#words, 0, 4) === 4 ? this.#wordView.getUint32(0, true) : -1;
  }

  readUint64(at: UserAddress): bigint {
    const offset = this.#space.locate(exact(at), 8, ACCESS.READ);
    if (offset >= 0) return this.#space.view.getBigUint64(offset, true);
    return copyInPartly(this.#space, exact(at), this.#words, 0, 8) === 8 ? this.#wordView.getBigUint64(0, true) : -1n;
  }

  writeUint32(at: UserAddress, value: number): boolean {
    this.#wordView.setUint32(0, value, true);
    return this.#writeWords(at, 4);
  }

  writeUint64(at: UserAddress, value: bigint): boolean {
    this.#wordView.setBigUint64(0, value, true);
    return this.#writeWords(at, 8);
  }

  writePair(at: UserAddress, low0: number, high0: number, low1: number, high1: number): boolean {
    const view = this.#wordView;
    view.setUint32(0, low0, true);
    view.setUint32(4, high0, true);
    view.setUint32(8, low1, true);
    view.setUint32(12, high1, true);
    return this.#writeWords(at, 16);
  }

  readCString(at: UserAddress, maxLength: number): Uint8Array | null {
    const space = this.#space;
    const start = exact(at);
    const pieces: Uint8Array[] = [];
    let length = 0;
    while (length < maxLength) {
      const offset = space.locatePage(start + length, ACCESS.READ);
      if (offset < 0) return null;
      const piece = Math.min(maxLength - length, space.pieceLength(start + length));
      const end = space.bytes.subarray(offset, offset + piece).indexOf(0);
      pieces.push(space.bytes.slice(offset, offset + (end < 0 ? piece : end)));
      length += end < 0 ? piece : end;
      if (end >= 0) return joinBytes(pieces);
    }
    return null;
  }

  map(at: bigint, length: bigint, protection: number, fixed: boolean): bigint | MemoryFailure {
    return address(this.#space.map(exact(at), exact(length), protection, fixed));
  }

  mapObject(
    capId: CapId,
    offset: bigint,
    at: bigint,
    length: bigint,
    protection: number,
    fixed: boolean,
  ): bigint | MemoryFailure {
    const object = this.#object(capId);
    if (object === undefined) return 'badCap';
    return address(this.#space.mapObject(object.pages, exact(offset), exact(at), exact(length), protection, fixed));
  }

  createShared(length: bigint): CapId | MemoryFailure {
    const bytes = exact(length);
    if (bytes === 0 || bytes % FRAME_SIZE !== 0 || bytes >= NOWHERE) return 'badRange';
    const { pool, ledger } = this.#space;
    const pages =
      bytes / FRAME_SIZE <= pool.total ? MemoryPages.create(pool, ledger, bytes / FRAME_SIZE, false) : undefined;
    if (pages === undefined) return 'noMemory';
    const object = new MemoryObjectObject(pool, pages);
    // Held here until the table holds it: whatever fails, the last release gives everything back.
    object.retain();
    const charged = object.chargeTo(ledger);
    const capId = charged ? this.#table.insert(object, object.epoch, TRANSFER_MODE.COPY, ORIGIN.RESULT) : NULL_CAP_ID;
    object.release();
    return capId === NULL_CAP_ID ? 'noMemory' : capId;
  }

  copyFromObject(capId: CapId, offset: number, to: UserAddress, length: number): number {
    const object = this.#object(capId, offset, length);
    return object === undefined ? -1 : object.copyTo(this.#space, offset, exact(to), length);
  }

  shareFromObject(capId: CapId, offset: number, to: UserAddress, length: number): boolean {
    const object = this.#object(capId, offset, length);
    const address = exact(to);
    if (object === undefined || offset % FRAME_SIZE !== 0 || length % FRAME_SIZE !== 0) return false;
    if (address % FRAME_SIZE !== 0 || !this.#space.isUnbacked(address, length)) return false;
    return this.#space.share(address, object.pages.lendFrames(offset / FRAME_SIZE, length / FRAME_SIZE));
  }

  readObject(capId: CapId, offset: number, into: Uint8Array): boolean {
    const object = this.#object(capId, offset, into.length);
    object?.read(offset, into);
    return object !== undefined;
  }

  writeObject(capId: CapId, offset: number, from: Uint8Array): boolean {
    return this.#object(capId, offset, from.length)?.write(offset, from) ?? false;
  }

  /** A MemoryObject that is held, has not been taken back, and has this range. */
  #object(capId: CapId, offset: number = 0, length: number = 0): MemoryObjectObject | undefined {
    const slot = this.#table.slotOf(capId);
    const object = slot < 0 ? undefined : this.#table.objectAt(slot);
    if (!(object instanceof MemoryObjectObject) || object.pages.isReclaimed) return undefined;
    return offset >= 0 && length >= 0 && offset + length <= object.size ? object : undefined;
  }

  reserve(at: bigint, length: bigint, fixed: boolean): bigint | MemoryFailure {
    return address(this.#space.map(exact(at), exact(length), PROTECTION.NONE, fixed));
  }

  unmap(at: bigint, length: bigint): MemoryFailure | undefined {
    return this.#space.unmap(exact(at), exact(length));
  }

  protect(at: bigint, length: bigint, protection: number): MemoryFailure | undefined {
    return this.#space.protect(exact(at), exact(length), protection);
  }

  remap(at: bigint, oldLength: bigint, newLength: bigint, mayMove: boolean): bigint | MemoryFailure {
    return address(this.#space.remap(exact(at), exact(oldLength), exact(newLength), mayMove));
  }

  discard(at: bigint, length: bigint): MemoryFailure | undefined {
    return this.#space.discard(exact(at), exact(length));
  }

  loadElf(bytes: Uint8Array, base = 0x5555_5555_0000n, isFixed = false): LoadedElf {
    if (isFixed) this.#images.fix(bytes);
    try {
      const file = parseElf(bytes);
      const placed = placeImage(this.#space, file, bytes, exact(base), true, this.#images);
      return {
        entry: BigInt(placed.entry),
        phdr: BigInt(placed.programHeaders),
        phnum: file.programHeaderCount,
        base: BigInt(placed.base),
        brk: BigInt(placed.end),
        ...(file.interpreter === undefined ? {} : { interpreter: file.interpreter }),
      };
    } catch (error) {
      if (error instanceof ElfError) throw new CapError('invalidArgument', `the ELF file is refused: ${error.message}`);
      throw error;
    }
  }

  #writeWords(at: UserAddress, length: number): boolean {
    return copyOut(this.#space, exact(at), this.#words, 0, length);
  }
}
