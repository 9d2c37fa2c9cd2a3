// Generated from image.capnp by the generator of @capos/abi. Change the schema, not this file.
//
// The index of a packed image: one file that holds a system, manifest and blobs, and checks itself.

import {
  type Codec,
  MAX_DEPTH,
  beginMessage,
  beginWrite,
  dataWords,
  followList,
  followStruct,
  found,
  getUint64,
  high,
  noRoom,
  outOfRange,
  putInt32,
  putListPointer,
  putNull,
  putStructPointer,
  readData,
  readText,
  splitUint64,
  textWords,
  tooDeep,
  writeData,
  writeText,
} from '../../codec-runtime.ts';

export interface ImageIndex {
  /** A Manifest message. */
  manifest: ImageContent;
  /** By name, in ascending order of the names' UTF-8. Equal blobs share one content. */
  blobs: readonly ImageBlob[];
}

export interface ImageBlob {
  name: string;
  content: ImageContent;
}

export interface ImageContent {
  /** From the file's first byte; a multiple of 8. */
  offset: bigint;
  length: bigint;
  /** SHA-256. */
  digest: Uint8Array;
}

export function sizeOfImageIndex(v: ImageIndex): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1) pointers = 1;
  if (pointers < 2 && v.blobs.length !== 0) pointers = 2;
  return data | (pointers << 16);
}

export function wordsBelowImageIndex(v: ImageIndex, depth: number): number {
  let words = 0;
  words += wordsOfImageContent(v.manifest, depth - 1);
  if (v.blobs.length !== 0) words += wordsOfImageBlobList(v.blobs, depth - 1);
  return words;
}

export function wordsOfImageIndex(v: ImageIndex, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfImageIndex(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowImageIndex(v, depth);
}

export function writeImageIndex(v: ImageIndex, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    {
      top = putImageContent(v.manifest, bytes, base, top, end, depth - 1);
    }
  }
  if (pointers > 1) {
    if (v.blobs.length !== 0) {
      top = writeImageBlobList(v.blobs, bytes, base + 8, top, end, depth - 1);
    } else putNull(bytes, base + 8);
  }
  return top;
}

export function putImageIndex(v: ImageIndex, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfImageIndex(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeImageIndex(v, bytes, top, size, next, end, depth);
}

export function readImageIndex(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ImageIndex | undefined): ImageIndex {
  const base = at + data;
  const manifest_ = followImageContent(bytes, pointers > 0 ? base : -1, start, end, depth, into?.manifest) ?? readImageContent(bytes, 0, 0, 0, 0, 0, depth, into?.manifest);
  const blobs_ = pointers > 1 ? readImageBlobList(bytes, base + 8, start, end, depth) : [];
  if (into === undefined) return { manifest: manifest_, blobs: blobs_ };
  into.manifest = manifest_;
  into.blobs = blobs_;
  return into;
}

export function followImageIndex(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ImageIndex | undefined): ImageIndex | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readImageIndex(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const imageIndex: Codec<ImageIndex> = {
  name: 'ImageIndex',
  dataWords: 0,
  pointers: 2,
  encode(value: ImageIndex, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putImageIndex(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ImageIndex): ImageIndex {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followImageIndex(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readImageIndex(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ImageIndex): number {
    return 8 + 8 * wordsOfImageIndex(value, MAX_DEPTH - 1);
  },
};

export function sizeOfImageBlob(v: ImageBlob): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name !== '') pointers = 1;
  if (pointers < 2) pointers = 2;
  return data | (pointers << 16);
}

export function wordsBelowImageBlob(v: ImageBlob, depth: number): number {
  let words = 0;
  if (v.name !== '') words += textWords(v.name);
  words += wordsOfImageContent(v.content, depth - 1);
  return words;
}

export function wordsOfImageBlob(v: ImageBlob, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfImageBlob(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowImageBlob(v, depth);
}

export function writeImageBlob(v: ImageBlob, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.name !== '') {
      top = writeText(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    {
      top = putImageContent(v.content, bytes, base + 8, top, end, depth - 1);
    }
  }
  return top;
}

export function putImageBlob(v: ImageBlob, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfImageBlob(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeImageBlob(v, bytes, top, size, next, end, depth);
}

export function readImageBlob(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ImageBlob | undefined): ImageBlob {
  const base = at + data;
  const name_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const content_ = followImageContent(bytes, pointers > 1 ? base + 8 : -1, start, end, depth, into?.content) ?? readImageContent(bytes, 0, 0, 0, 0, 0, depth, into?.content);
  if (into === undefined) return { name: name_, content: content_ };
  into.name = name_;
  into.content = content_;
  return into;
}

export function followImageBlob(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ImageBlob | undefined): ImageBlob | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readImageBlob(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const imageBlob: Codec<ImageBlob> = {
  name: 'ImageBlob',
  dataWords: 0,
  pointers: 2,
  encode(value: ImageBlob, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putImageBlob(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ImageBlob): ImageBlob {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followImageBlob(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readImageBlob(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ImageBlob): number {
    return 8 + 8 * wordsOfImageBlob(value, MAX_DEPTH - 1);
  },
};

export function sizeOfImageContent(v: ImageContent): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && v.offset !== 0n) data = 1;
  if (data < 2 && v.length !== 0n) data = 2;
  if (pointers < 1 && v.digest.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowImageContent(v: ImageContent, _depth: number): number {
  let words = 0;
  if (v.digest.length !== 0) words += dataWords(v.digest);
  return words;
}

export function wordsOfImageContent(v: ImageContent, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfImageContent(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowImageContent(v, depth);
}

export function writeImageContent(v: ImageContent, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  h0 = splitUint64(v.offset, 'ImageContent.offset');
  h1 = high;
  h2 = splitUint64(v.length, 'ImageContent.length');
  h3 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  if (data > 1) {
    putInt32(bytes, at + 8, h2);
    putInt32(bytes, at + 12, h3);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.digest.length !== 0) {
      top = writeData(v.digest, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putImageContent(v: ImageContent, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfImageContent(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeImageContent(v, bytes, top, size, next, end, depth);
}

export function readImageContent(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ImageContent | undefined): ImageContent {
  const base = at + data;
  const offset_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const length_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  const digest_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  if (into === undefined) return { offset: offset_, length: length_, digest: digest_ };
  into.offset = offset_;
  into.length = length_;
  into.digest = digest_;
  return into;
}

export function followImageContent(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ImageContent | undefined): ImageContent | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readImageContent(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const imageContent: Codec<ImageContent> = {
  name: 'ImageContent',
  dataWords: 2,
  pointers: 1,
  encode(value: ImageContent, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putImageContent(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ImageContent): ImageContent {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followImageContent(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readImageContent(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ImageContent): number {
    return 8 + 8 * wordsOfImageContent(value, MAX_DEPTH - 1);
  },
};

function wordsOfImageBlobList(list: readonly ImageBlob[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let data = 0;
  let pointers = 0;
  let below = 0;
  for (const item of list) {
    const size = sizeOfImageBlob(item);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
    below += wordsBelowImageBlob(item, depth - 1);
  }
  return 1 + list.length * (data + pointers) + below;
}

function writeImageBlobList(list: readonly (ImageBlob)[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let data = 0;
  let pointers = 0;
  for (let index = 0; index < count; index++) {
    const size = sizeOfImageBlob(list[index]!);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
  }
  const words = count * (data + pointers);
  let top = start + 8 + words * 8;
  if (top > end) throw noRoom(top - start, end - start);
  putListPointer(bytes, at, start, 7, words);
  const size = data | (pointers << 16);
  putInt32(bytes, start, count << 2);
  putInt32(bytes, start + 4, size);
  for (let index = 0; index < count; index++) {
    top = writeImageBlob(list[index]!, bytes, start + 8 + index * (data + pointers) * 8, size, top, end, depth - 1);
  }
  return top;
}

function readImageBlobList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (ImageBlob)[] {
  if (!followList(bytes, at, start, end, depth, 7)) return [];
  const { at: first, count, step, data, pointers } = found;
  const list = new Array<ImageBlob>(count);
  for (let index = 0; index < count; index++) list[index] = readImageBlob(bytes, first + index * step, data, pointers, start, end, depth - 1, undefined);
  return list;
}
