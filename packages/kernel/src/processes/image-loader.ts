// Image loader: puts a parsed ELF file into an address space.
//
// Segments become anonymous areas that show the image's pages, shared copy-on-write with all that show the same file
// (memory/image-cache.ts); where there is no room to keep those, the file's bytes are copied in. A page past the file's bytes is
// zero as the gABI wants. Two segments in one page are accepted only of foreign programs (their page gets both
// protections); a native program's pages are writable or executable, never both.

import { PROTECTION } from '@capos/abi';
import type { AddressSpace } from '../memory/address-space.ts';
import type { ImageCache } from '../memory/image-cache.ts';
import { ElfError, type ElfFile } from './elf-file.ts';

const PAGE = 4096;

/** What placing an image answers. */
export interface PlacedImage {
  /** Added to every address of the file. */
  readonly base: number;
  readonly entry: number;
  /** Address of the program headers, 0 when they are not in memory. */
  readonly programHeaders: number;
  /** First page after the image. */
  readonly end: number;
}

/**
 * Maps and fills every segment. `base` places a relocatable file, rounded up to its alignment.
 * @throws ElfError when it does not fit; what was mapped by then stays mapped
 */
export function placeImage(
  space: AddressSpace,
  file: ElfFile,
  bytes: Uint8Array,
  base: number,
  allowWriteExecute: boolean,
  images: ImageCache,
): PlacedImage {
  const both = PROTECTION.WRITE | PROTECTION.EXECUTE;
  const shift = file.isRelocatable ? Math.ceil(base / file.alignment) * file.alignment - file.start : 0;
  let mappedEnd = 0;
  let lastProtection: number = PROTECTION.NONE;
  for (const segment of file.segments) {
    if (!allowWriteExecute && (segment.protection & both) === both) {
      throw new ElfError('a segment is both writable and executable');
    }
    const address = segment.address + shift;
    const end = Math.ceil((address + segment.memorySize) / PAGE) * PAGE;
    let start = address - (address % PAGE);
    if (start < mappedEnd) {
      const shared = lastProtection | segment.protection;
      if (!allowWriteExecute) throw new ElfError('two segments share a page');
      check(space.protect(start, PAGE, shared));
      start = mappedEnd;
    }
    if (start < end) {
      if (!space.isFree(start, end - start))
        throw new ElfError('a segment would cover something that is mapped already');
      check(space.map(start, end - start, segment.protection, true));
    }
    mappedEnd = Math.max(mappedEnd, end);
    lastProtection = segment.protection;
  }
  if (!fill(space, file, bytes, shift, images)) throw new ElfError('there is no memory for it');
  return {
    base: shift,
    entry: file.entry + shift,
    programHeaders: file.programHeaders === 0 ? 0 : file.programHeaders + shift,
    end: file.end + shift,
  };
}

function fill(space: AddressSpace, file: ElfFile, bytes: Uint8Array, shift: number, images: ImageCache): boolean {
  const image = images.open(file, bytes);
  if (image !== undefined) return space.share(file.start + shift, image.frames);
  return file.segments.every(({ address, fileOffset, fileSize }) =>
    space.writeAsKernel(address + shift, bytes.subarray(fileOffset, fileOffset + fileSize)),
  );
}

function check(outcome: unknown): void {
  if (typeof outcome === 'string') throw new ElfError(`it can't be mapped (${outcome})`);
}
