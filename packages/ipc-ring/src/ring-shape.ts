// How many entries a ring has and where they lie: known privately by a server, read and checked once by a client.
import {
  CQE_SIZE,
  HEADER_CQ_MASK_WORD,
  HEADER_CQ_OFFSET_WORD,
  HEADER_MAGIC_WORD,
  HEADER_SIZE,
  HEADER_SQ_MASK_WORD,
  HEADER_SQ_OFFSET_WORD,
  HEADER_VERSION_WORD,
  SQE_SIZE,
} from './generated/layout-constants.ts';
import { MAX_QUEUE_ENTRIES, RING_ALIGNMENT, RING_MAGIC, RING_VERSION } from './layout.ts';
import { RingError } from './ring-error.ts';

/** Memory a ring may live in. */
export type RingBuffer = ArrayBuffer | SharedArrayBuffer;

/** Entries of both queues: powers of two, with at least as many completions as submissions. */
export interface RingSize {
  readonly sqEntries: number;
  readonly cqEntries: number;
}

/** A ring's size and its words: `words[0]` is the first word of the header. */
export interface RingMemory extends RingSize {
  readonly words: Int32Array;
  /** The memory is shared between threads: words that both sides use go through `Atomics`. */
  readonly shared: boolean;
  /** Word index of SQE slot 0. */
  readonly sqWord: number;
  /** Word index of CQE slot 0. */
  readonly cqWord: number;
}

/** Bytes a ring of this size takes, header included. @throws RingError BAD_SHAPE */
export function ringBytes(size: RingSize): number {
  checkSize(size);
  return HEADER_SIZE + size.sqEntries * SQE_SIZE + size.cqEntries * CQE_SIZE;
}

/** Whether memory is shared between threads; false wherever SharedArrayBuffer does not exist. */
export function isShared(buffer: RingBuffer): boolean {
  return typeof SharedArrayBuffer !== 'undefined' && buffer instanceof SharedArrayBuffer;
}

/**
 * Writes an empty ring at `offset` bytes into `buffer` (a multiple of 8). Both sides open it afterwards.
 * @throws RingError BAD_SHAPE when the entries are no powers of two or the ring does not fit
 */
export function initializeRing(buffer: RingBuffer, offset: number, size: RingSize): void {
  const { words } = ringMemory(buffer, offset, size);
  words.fill(0);
  writeConstants(words, size);
}

/** (Re)writes the header words that nobody changes after initialization. */
export function writeConstants(words: Int32Array, size: RingSize): void {
  words[HEADER_MAGIC_WORD] = RING_MAGIC;
  words[HEADER_VERSION_WORD] = RING_VERSION;
  words[HEADER_SQ_MASK_WORD] = size.sqEntries - 1;
  words[HEADER_CQ_MASK_WORD] = size.cqEntries - 1;
  words[HEADER_SQ_OFFSET_WORD] = HEADER_SIZE;
  words[HEADER_CQ_OFFSET_WORD] = HEADER_SIZE + size.sqEntries * SQE_SIZE;
}

/** A view of a ring whose size the caller knows; nothing is read. @throws RingError BAD_SHAPE */
export function ringMemory(buffer: RingBuffer, offset: number, size: RingSize): RingMemory {
  const bytes = ringBytes(size);
  checkPlace(buffer, offset, bytes);
  return {
    sqEntries: size.sqEntries,
    cqEntries: size.cqEntries,
    words: new Int32Array(buffer, offset, bytes / 4),
    shared: isShared(buffer),
    sqWord: HEADER_SIZE / 4,
    cqWord: (HEADER_SIZE + size.sqEntries * SQE_SIZE) / 4,
  };
}

/**
 * A view of a ring whose header says its size: what a client opens. Every header word is read once, then checked.
 * @throws RingError NOT_A_RING when magic, version, masks or offsets are wrong
 */
export function openRingMemory(buffer: RingBuffer, offset: number): RingMemory {
  checkPlace(buffer, offset, HEADER_SIZE);
  const header = new Int32Array(buffer, offset, HEADER_SIZE / 4);
  const magic = header[HEADER_MAGIC_WORD]! >>> 0;
  const version = header[HEADER_VERSION_WORD]! >>> 0;
  const sqMask = header[HEADER_SQ_MASK_WORD]! >>> 0;
  const cqMask = header[HEADER_CQ_MASK_WORD]! >>> 0;
  const sqOffset = header[HEADER_SQ_OFFSET_WORD]! >>> 0;
  const cqOffset = header[HEADER_CQ_OFFSET_WORD]! >>> 0;
  if (magic !== RING_MAGIC) {
    throw notARing(offset, `the magic word is 0x${magic.toString(16)}; call initializeRing there first`);
  }
  if (version !== RING_VERSION) {
    throw notARing(offset, `it has layout version ${version}, this library speaks ${RING_VERSION}`);
  }
  const size = { sqEntries: sqMask + 1, cqEntries: cqMask + 1 };
  if (!isSize(size) || sqOffset !== HEADER_SIZE || cqOffset !== HEADER_SIZE + size.sqEntries * SQE_SIZE) {
    throw notARing(offset, 'its masks and offsets contradict each other');
  }
  return ringMemory(buffer, offset, size);
}

function notARing(offset: number, found: string): RingError {
  return new RingError('NOT_A_RING', `opening a ring at byte ${offset}: ${found}`);
}

function isSize({ sqEntries, cqEntries }: RingSize): boolean {
  return isEntryCount(sqEntries) && isEntryCount(cqEntries) && cqEntries >= sqEntries;
}

function isEntryCount(entries: number): boolean {
  return Number.isInteger(entries) && entries >= 1 && entries <= MAX_QUEUE_ENTRIES && (entries & (entries - 1)) === 0;
}

function checkSize(size: RingSize): void {
  if (!isSize(size)) {
    throw new RingError(
      'BAD_SHAPE',
      `a ring of ${size.sqEntries} submissions and ${size.cqEntries} completions: both must be powers of two up to ` +
        `${MAX_QUEUE_ENTRIES}, and completions at least as many as submissions`,
    );
  }
}

function checkPlace(buffer: RingBuffer, offset: number, bytes: number): void {
  if (!Number.isInteger(offset) || offset < 0 || offset % RING_ALIGNMENT !== 0 || offset + bytes > buffer.byteLength) {
    throw new RingError(
      'BAD_SHAPE',
      `placing ${bytes} bytes of ring at byte ${offset} of ${buffer.byteLength}: the offset must be a multiple of ` +
        `${RING_ALIGNMENT} and the ring must fit`,
    );
  }
}
