// An image as one file that checks itself.
//
//    0  "capOSimg"          8  u32 format, 1      12  u32 bytes of the index
//   16  SHA-256 of the index                      48  index: an ImageIndex message (image.capnp)
//    …  contents, each at a multiple of 8, in the order they are first named: manifest, then blobs by name
//
// The index holds a SHA-256 for every content, so the digest in the header vouches for the whole file. Equal blobs share one
// content. Nothing lies between contents but zeros up to the next multiple of 8, nothing behind the last: one system has one
// image, byte for byte, and an image can't carry what its digest does not cover.

import {
  CodecError,
  decodeUtf8,
  encodeUtf8,
  type ImageContent,
  type ImageIndex,
  imageIndex,
  utf8Length,
} from '@capos/abi';
import { ImageError } from './image-error.ts';
import { validateManifest } from './manifest-validation.ts';

/** Computes SHA-256: 32 bytes. Given by the caller, who has one: node:crypto, Web Crypto is asynchronous, @noble/hashes. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** A system with everything it runs. */
export interface Image {
  /** A Manifest message. */
  readonly manifest: Uint8Array;
  readonly blobs: ReadonlyMap<string, Uint8Array>;
}

const MAGIC = 'capOSimg';
const FORMAT = 1;
const HEADER_SIZE = 48;
const DIGEST_SIZE = 32;
/** Blobs of an image. */
export const MAX_BLOBS = 4096;
/** Bytes of a blob's name. */
export const MAX_BLOB_NAME_LENGTH = 255;

const align8 = (size: number): number => Math.ceil(size / 8) * 8;

const damaged = (problem: string): ImageError => new ImageError('damagedImage', [`${problem}: get the image again`]);

export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

function compareNames(left: string, right: string): number {
  const [a, b] = [new Uint8Array(utf8Length(left)), new Uint8Array(utf8Length(right))];
  encodeUtf8(left, a, 0);
  encodeUtf8(right, b, 0);
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index++) if (a[index] !== b[index]) return a[index]! - b[index]!;
  return a.length - b.length;
}

function checkBlobName(name: string): void {
  const length = utf8Length(name);
  if (length === 0 || length > MAX_BLOB_NAME_LENGTH || name.includes('\0')) {
    throw new ImageError('badManifest', [
      `a blob is named "${name.slice(0, 40)}": use 1 to ${MAX_BLOB_NAME_LENGTH} bytes of UTF-8 without NUL`,
    ]);
  }
}

/**
 * Packs a system into one file.
 * @throws ImageError when the manifest is invalid or needs a blob that is not given, or something is too large
 */
export function packImage(image: Image, sha256: Sha256): Uint8Array {
  validateManifest(image.manifest, { blobs: image.blobs.keys() });
  if (image.blobs.size > MAX_BLOBS) {
    throw new ImageError('tooLarge', [`${image.blobs.size} blobs, ${MAX_BLOBS} are allowed: put small ones together`]);
  }
  const names = [...image.blobs.keys()].sort(compareNames);
  for (const name of names) checkBlobName(name);
  const placed = new Map<string, { content: ImageContent; bytes: Uint8Array }>();
  let size = 0;
  const place = (bytes: Uint8Array): ImageContent => {
    const digest = sha256(bytes);
    const key = toHex(digest);
    let known = placed.get(key);
    if (known === undefined) {
      known = { content: { offset: BigInt(size), length: BigInt(bytes.length), digest }, bytes };
      placed.set(key, known);
      size += align8(bytes.length);
    }
    return { ...known.content };
  };
  const index: ImageIndex = {
    manifest: place(image.manifest),
    blobs: names.map((name) => ({ name, content: place(image.blobs.get(name)!) })),
  };
  // Offsets in the file depend on the index's size, which depends on whether an offset is zero: none is, after this.
  shiftOffsets(index, 1);
  const indexSize = imageIndex.measure(index);
  shiftOffsets(index, HEADER_SIZE + indexSize - 1);

  const file = new Uint8Array(HEADER_SIZE + indexSize + size);
  const view = new DataView(file.buffer);
  encodeUtf8(MAGIC, file, 0);
  view.setUint32(8, FORMAT, true);
  view.setUint32(12, indexSize, true);
  imageIndex.encode(index, file, HEADER_SIZE, indexSize);
  file.set(sha256(file.subarray(HEADER_SIZE, HEADER_SIZE + indexSize)), 16);
  for (const { content, bytes } of placed.values()) file.set(bytes, HEADER_SIZE + indexSize + Number(content.offset));
  return file;
}

function shiftOffsets(index: ImageIndex, by: number): void {
  index.manifest.offset += BigInt(by);
  for (const { content } of index.blobs) content.offset += BigInt(by);
}

function readIndex(file: Uint8Array, sha256: Sha256): { index: ImageIndex; contentsAt: number } {
  if (file.length < HEADER_SIZE || decodeUtf8(file, 0, MAGIC.length) !== MAGIC) {
    throw new ImageError('notAnImage', [
      `a file of ${file.length} bytes that does not begin with "${MAGIC}": pack one with packImage`,
    ]);
  }
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const format = view.getUint32(8, true);
  if (format !== FORMAT) {
    throw new ImageError('notAnImage', [
      `an image of format ${format}, this is made for ${FORMAT}: use the matching release`,
    ]);
  }
  const indexSize = view.getUint32(12, true);
  const contentsAt = HEADER_SIZE + indexSize;
  if (indexSize % 8 !== 0 || contentsAt > file.length) {
    throw damaged(`the index is said to have ${indexSize} bytes, the file has ${file.length}`);
  }
  const bytes = file.subarray(HEADER_SIZE, contentsAt);
  const digest = sha256(bytes);
  if (!sameBytes(digest, file.subarray(16, 16 + DIGEST_SIZE))) {
    throw damaged(`the index has the digest ${toHex(digest)}, the header another`);
  }
  try {
    return { index: imageIndex.decode(bytes), contentsAt };
  } catch (error) {
    if (error instanceof CodecError) throw damaged(`the index can't be read (${error.message})`);
    throw error;
  }
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}

/**
 * Opens an image file, checking every byte of it. Manifest and blobs are views into `file`.
 * @throws ImageError `notAnImage`, `damagedImage`, `tooLarge` or `badManifest`, and nothing else, whatever the bytes
 */
export function unpackImage(file: Uint8Array, sha256: Sha256): Image {
  const { index, contentsAt } = readIndex(file, sha256);
  if (index.blobs.length > MAX_BLOBS) throw damaged(`${index.blobs.length} blobs, ${MAX_BLOBS} are allowed`);
  const opened = new Map<string, { content: ImageContent; bytes: Uint8Array }>();
  let end = contentsAt;
  const open = (what: string, content: ImageContent): Uint8Array => {
    const key = toHex(content.digest);
    const known = opened.get(key);
    if (known !== undefined) {
      if (known.content.offset !== content.offset || known.content.length !== content.length) {
        throw damaged(`${what} has the digest of another content and lies elsewhere`);
      }
      return known.bytes;
    }
    // In order and without gaps: so nothing overlaps, and nothing is in the file that the index does not name.
    if (content.offset !== BigInt(end) || content.length > BigInt(file.length - end)) {
      throw damaged(
        `${what} is said to lie at ${content.offset} with ${content.length} bytes; ${end} of ${file.length} was next`,
      );
    }
    const bytes = file.subarray(end, end + Number(content.length));
    const next = align8(end + bytes.length);
    for (let at = end + bytes.length; at < next; at++) {
      if (file[at] !== 0) throw damaged(`there is something behind ${what}`);
    }
    if (content.digest.length !== DIGEST_SIZE || !sameBytes(sha256(bytes), content.digest)) {
      throw damaged(`${what} has not the digest that the index says`);
    }
    end = next;
    opened.set(key, { content, bytes });
    return bytes;
  };
  const manifest = open('the manifest', index.manifest);
  const blobs = new Map<string, Uint8Array>();
  let previous: string | undefined;
  for (const { name, content } of index.blobs) {
    checkBlobName(name);
    if (previous !== undefined && compareNames(previous, name) >= 0)
      throw damaged(`blob "${name}" is out of order or there twice`);
    previous = name;
    blobs.set(name, open(`blob "${name}"`, content));
  }
  if (end !== file.length) throw damaged(`the file has ${file.length} bytes, its contents end at ${end}`);
  validateManifest(manifest, { blobs: blobs.keys() });
  return { manifest, blobs };
}
