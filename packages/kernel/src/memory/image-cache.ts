// Image cache: the pages of program files, once for all processes that show them, and for those that will.
//
//   spawn, execve ─▶ the file's length and sample known? ─▶ every byte as in the frames? ─▶ frames, shared copy-on-write
//                                                    └ no ─▶ frames filled from the file, kept
//
// Frames that are kept stay when the last process has let go of them, and with them what the processor decoded and translated of
// the code in them: a program that is started again has that already. They count as free meanwhile: when the pool runs short, the
// image not started for the longest time is given up. A kept frame is never written to: whoever writes gets a copy.
//
// An image is what `ElfFile` says of it, page by page: bytes of its segments, zeros around them. So it is the same wherever it is placed.

import type { ElfFile } from '../processes/elf-file.ts';
import type { FramePool } from './frame-pool.ts';
import { FRAME_SIZE } from './physical-memory.ts';

/** The part of all frames that images may keep. */
const PART_OF_MEMORY = 1 / 4;
/** Pages that no segment has bytes for. */
const NO_FRAME = -1;

/** An image whose pages are in memory. */
export interface CachedImage {
  /** By page from the image's first on: its frame, or −1 where the file has no bytes. */
  readonly frames: Int32Array;
  /** Which bytes of the file are where, and a sample of them. */
  readonly layout: string;
  readonly sample: number;
  /** Frames that it keeps. */
  readonly size: number;
}

/** The images of one machine. */
export class ImageCache {
  readonly #pool: FramePool;
  /** The one started last is last. */
  readonly #images = new Set<CachedImage>();
  /** Arrays that nobody writes to, and what was found to have their bytes. */
  readonly #fixed = new WeakMap<Uint8Array, CachedImage | undefined>();
  readonly #most: number;
  #kept = 0;

  constructor(pool: FramePool) {
    this.#pool = pool;
    this.#most = Math.floor(pool.total * PART_OF_MEMORY);
    pool.onShortage = () => this.#giveUpOldest();
  }

  /** Frames that images keep, in use or not. */
  get frames(): number {
    return this.#kept;
  }

  /**
   * The pages of a file; undefined when there is no room for them. Who wants them must retain the frames before anything else is
   * allocated.
   */
  open(file: ElfFile, bytes: Uint8Array): CachedImage | undefined {
    const known = this.#fixed.get(bytes);
    if (known !== undefined && this.#images.has(known)) return this.#used(known);
    const image = this.#find(file, bytes);
    if (this.#fixed.has(bytes)) this.#fixed.set(bytes, image);
    return image;
  }

  /** Nobody writes to this array any more: when it comes again it need not be compared. */
  fix(bytes: Uint8Array): void {
    if (!this.#fixed.has(bytes)) this.#fixed.set(bytes, undefined);
  }

  #find(file: ElfFile, bytes: Uint8Array): CachedImage | undefined {
    const layout = layoutOf(file);
    const sample = sampleOf(bytes);
    for (const image of this.#images)
      if (image.sample === sample && image.layout === layout && this.#holds(image, file, bytes))
        return this.#used(image);
    return this.#add(file, bytes, layout, sample);
  }

  #used(image: CachedImage): CachedImage {
    this.#images.delete(image);
    this.#images.add(image);
    return image;
  }

  /** Gives up every image; processes keep the pages that they show. */
  clear(): void {
    while (this.#giveUpOldest());
  }

  #add(file: ElfFile, bytes: Uint8Array, layout: string, sample: number): CachedImage | undefined {
    const frames = new Int32Array((file.end - file.start) / FRAME_SIZE).fill(NO_FRAME);
    forEachPiece(file, (page) => {
      frames[page] = 0;
      return true;
    });
    let size = 0;
    for (let page = 0; page < frames.length; page++) if (frames[page] !== NO_FRAME) frames[page] = size++;
    if (size === 0 || size > this.#most) return undefined;
    while (this.#kept + size > this.#most) this.#giveUpOldest();
    const first = this.#pool.allocate(size);
    if (first < 0) return undefined;
    for (let page = 0; page < frames.length; page++) if (frames[page] !== NO_FRAME) frames[page]! += first;
    const memory = this.#pool.memory.bytes;
    forEachPiece(file, (page, inPage, from, length) => {
      memory.set(bytes.subarray(from, from + length), frames[page]! * FRAME_SIZE + inPage);
      return true;
    });
    // From here on the image's hold is all there is: the reference of the allocation goes.
    for (let frame = first; frame < first + size; frame++) {
      this.#pool.keep(frame);
      this.#pool.release(frame);
    }
    const image: CachedImage = { frames, layout, sample, size };
    this.#images.add(image);
    this.#kept += size;
    return image;
  }

  /** Whether the frames hold exactly this file, whose layout is the image's. */
  #holds({ frames }: CachedImage, file: ElfFile, bytes: Uint8Array): boolean {
    const memory = this.#pool.memory.bytes;
    return forEachPiece(file, (page, inPage, from, length) =>
      areEqual(memory, frames[page]! * FRAME_SIZE + inPage, bytes, from, length),
    );
  }

  #giveUpOldest(): boolean {
    for (const image of this.#images) {
      this.#images.delete(image);
      this.#kept -= image.size;
      for (const frame of image.frames) if (frame !== NO_FRAME) this.#pool.letGo(frame);
      return true;
    }
    return false;
  }
}

/** Which bytes of a file lie where from the image's first page on: images of one layout and equal bytes there have equal pages. */
function layoutOf({ start, end, segments }: ElfFile): string {
  const places = segments.map(({ address, fileOffset, fileSize }) => `${address - start},${fileOffset},${fileSize}`);
  return `${end - start};${places.join(';')}`;
}

/** A number that differs for most files: the length, the headers, and a word of every page. */
function sampleOf(bytes: Uint8Array): number {
  let sample = bytes.length;
  const add = (at: number): void => {
    sample = Math.imul(sample ^ bytes[at]! ^ (bytes[at + 1]! << 8), 0x0100_0193) >>> 0;
  };
  for (let at = 0; at + 1 < Math.min(bytes.length, FRAME_SIZE); at += 2) add(at);
  for (let at = FRAME_SIZE + 60; at + 1 < bytes.length; at += FRAME_SIZE) add(at);
  return sample;
}

/** Goes through a file's bytes page by page, as long as `each` answers true; whether it did to the end. */
function forEachPiece(
  { start, segments }: ElfFile,
  each: (page: number, inPage: number, from: number, length: number) => boolean,
): boolean {
  for (const { address, fileOffset, fileSize } of segments) {
    for (let done = 0; done < fileSize; ) {
      const at = address - start + done;
      const inPage = at % FRAME_SIZE;
      const length = Math.min(fileSize - done, FRAME_SIZE - inPage);
      if (!each(Math.floor(at / FRAME_SIZE), inPage, fileOffset + done, length)) return false;
      done += length;
    }
  }
  return true;
}

/** Four bytes at a time where both sides are aligned alike: a file of 11 MB takes three milliseconds. (bench cpu, esbuild-bundle) */
function areEqual(one: Uint8Array, at: number, other: Uint8Array, from: number, length: number): boolean {
  let done = 0;
  if ((one.byteOffset + at) % 4 === 0 && (other.byteOffset + from) % 4 === 0) {
    const words = length >>> 2;
    const left = new Int32Array(one.buffer, one.byteOffset + at, words);
    const right = new Int32Array(other.buffer, other.byteOffset + from, words);
    for (let word = 0; word < words; word++) if (left[word] !== right[word]) return false;
    done = words * 4;
  }
  for (; done < length; done++) if (one[at + done] !== other[from + done]) return false;
  return true;
}
