// User memory: the bytes a process can name by address, whatever kind of process it is.
//
//   elf      virtual addresses through its page tables, in the machine's RAM      memory/address-space.ts
//   hosted   offsets in its arena                                                  memory/arena-memory.ts
//
// `locate` turns an address range into an offset in `bytes` when the range is accessible and contiguous there, which is the
// rule: areas are kept in few physical extents. A range that is accessible but scattered is walked page by page.
// Addresses are numbers: a user address has 47 bits, and 2^53 is far away. Hostile addresses are failures, never throws.

/** Accesses that {@link UserMemory.locate} checks. */
export const ACCESS = { READ: 0, WRITE: 1, EXECUTE: 2 } as const;
/** A value of {@link ACCESS}. */
export type Access = (typeof ACCESS)[keyof typeof ACCESS];

/** The range is not accessible in that way. */
export const INACCESSIBLE = -1;
/** The range is accessible but not contiguous in `bytes`. */
export const SCATTERED = -2;

/** What the kernel reads and writes on a process's behalf. */
export interface UserMemory {
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  /** Another thread may write at any moment: the kernel copies a message before it looks at it. */
  readonly isShared?: boolean;
  /** Offset in `bytes`, {@link INACCESSIBLE} or {@link SCATTERED}. May back the range with frames. A length of 0 is 0. */
  locate(address: number, length: number, access: Access): number;
  /** `locate` of an address given as two 32-bit words, signed or not: a number beyond 2^31 that is passed on may be an object. */
  locateAt(low: number, high: number, length: number, access: Access): number;
  /** Like `locate` for the part of the range in the page of `address`: what a walk goes by. */
  locatePage(address: number, access: Access): number;
  /** Bytes from `address` to the end of the piece that `locatePage` answers for. */
  pieceLength(address: number): number;
  /** To be called after the kernel wrote there: decoded code may be stale. */
  written(offset: number, length: number): void;
}

/** Whether the whole range can be accessed; backs it as needed. */
export function isAccessible(memory: UserMemory, address: number, length: number, access: Access): boolean {
  return length === 0 || memory.locate(address, length, access) !== INACCESSIBLE;
}

/** Up to this many bytes are copied one by one: a `subarray` to `set` from costs more, and is garbage. */
const BYTEWISE = 64;

/** Copies user memory into `into`; false, with `into` partly written, when some of it is not readable. */
export function copyIn(memory: UserMemory, address: number, into: Uint8Array, at: number, length: number): boolean {
  if (length === 0) return true;
  const offset = memory.locate(address, length, ACCESS.READ);
  if (offset >= 0) {
    copyBytes(memory.bytes, offset, into, at, length);
    return true;
  }
  return offset === SCATTERED && copyInPartly(memory, address, into, at, length) === length;
}

/** Copies until the first byte that is not readable; answers how many. */
export function copyInPartly(
  memory: UserMemory,
  address: number,
  into: Uint8Array,
  at: number,
  length: number,
): number {
  let done = 0;
  while (done < length) {
    const offset = memory.locatePage(address + done, ACCESS.READ);
    if (offset < 0) break;
    const piece = Math.min(length - done, memory.pieceLength(address + done));
    copyBytes(memory.bytes, offset, into, at + done, piece);
    done += piece;
  }
  return done;
}

/** Copies into user memory; false, with the memory partly written, when some of it is not writable. */
export function copyOut(memory: UserMemory, address: number, from: Uint8Array, at: number, length: number): boolean {
  if (length === 0) return true;
  const offset = memory.locate(address, length, ACCESS.WRITE);
  if (offset >= 0) {
    copyBytes(from, at, memory.bytes, offset, length);
    memory.written(offset, length);
    return true;
  }
  return offset === SCATTERED && copyOutPartly(memory, address, from, at, length) === length;
}

/** Copies until the first byte that is not writable; answers how many. */
export function copyOutPartly(
  memory: UserMemory,
  address: number,
  from: Uint8Array,
  at: number,
  length: number,
): number {
  let done = 0;
  while (done < length) {
    const offset = memory.locatePage(address + done, ACCESS.WRITE);
    if (offset < 0) break;
    const piece = Math.min(length - done, memory.pieceLength(address + done));
    copyBytes(from, at + done, memory.bytes, offset, piece);
    memory.written(offset, piece);
    done += piece;
  }
  return done;
}

function copyBytes(from: Uint8Array, fromOffset: number, to: Uint8Array, toOffset: number, length: number): void {
  if (length <= BYTEWISE) {
    for (let index = 0; index < length; index++) to[toOffset + index] = from[fromOffset + index]!;
  } else to.set(length === from.length ? from : from.subarray(fromOffset, fromOffset + length), toOffset);
}

/** Messages up to this are copied word by word: a `subarray` to `set` from costs more than the words themselves. */
const WORDWISE = 256;

/** Copies from one process to another; false when one side is not accessible. */
export function copyAcross(
  from: UserMemory,
  fromAddress: number,
  to: UserMemory,
  toAddress: number,
  length: number,
): boolean {
  if (length === 0) return true;
  const source = from.locate(fromAddress, length, ACCESS.READ);
  const target = to.locate(toAddress, length, ACCESS.WRITE);
  if (source === INACCESSIBLE || target === INACCESSIBLE) return false;
  if (source < 0 || target < 0) return copyScattered(from, fromAddress, to, toAddress, length);
  if (length <= WORDWISE && ((source | target | length) & 3) === 0) {
    const read = from.words;
    const write = to.words;
    const delta = (target - source) >> 2;
    for (let word = source >> 2, end = (source + length) >> 2; word < end; word++) write[word + delta] = read[word]!;
  } else if (from.bytes === to.bytes) {
    to.bytes.copyWithin(target, source, source + length);
  } else {
    to.bytes.set(from.bytes.subarray(source, source + length), target);
  }
  to.written(target, length);
  return true;
}

function copyScattered(
  from: UserMemory,
  fromAddress: number,
  to: UserMemory,
  toAddress: number,
  length: number,
): boolean {
  let done = 0;
  while (done < length) {
    const source = from.locatePage(fromAddress + done, ACCESS.READ);
    if (source < 0) return false;
    const piece = Math.min(length - done, from.pieceLength(fromAddress + done));
    if (copyOutPartly(to, toAddress + done, from.bytes, source, piece) !== piece) return false;
    done += piece;
  }
  return true;
}
