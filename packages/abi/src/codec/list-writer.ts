// Lists of numbers, bits, texts, data and capabilities; lists of structs, enums and lists are written by generated code.
// An empty list here is written as such: whether it becomes a null pointer is the caller's decision.

import {
  bitsOfFloat32,
  dataWords,
  high,
  noRoom,
  outOfRange,
  putCapability,
  putInt32,
  putListPointer,
  putNull,
  putUint16,
  splitFloat64,
  splitInt64,
  splitUint64,
  textWords,
  writeData,
  writeText,
} from './message-writer.ts';

type WriteList<T> = (
  list: readonly T[],
  bytes: Uint8Array,
  at: number,
  top: number,
  end: number,
  field: string,
) => number;

/** Makes room for `count` elements of `size` bytes, zeroes the last word's tail, and answers the new top. */
export function openList(
  bytes: Uint8Array,
  at: number,
  top: number,
  end: number,
  element: number,
  count: number,
  size: number,
): number {
  const used = count * size;
  const next = top + ((used + 7) & ~7);
  if (used > 0x7fff_fff0 || next > end) throw noRoom(used, end - top);
  putListPointer(bytes, at, top, element, count);
  for (let index = top + used; index < next; index++) bytes[index] = 0;
  return next;
}

function listWriter<T>(
  element: number,
  size: number,
  put: (bytes: Uint8Array, at: number, value: T, field: string) => void,
): WriteList<T> {
  return (list, bytes, at, top, end, field) => {
    const count = list.length;
    const next = openList(bytes, at, top, end, element, count, size);
    for (let index = 0; index < count; index++) put(bytes, top + index * size, list[index]!, field);
    return next;
  };
}

function put64(bytes: Uint8Array, at: number, low: number): void {
  putInt32(bytes, at, low);
  putInt32(bytes, at + 4, high);
}

export const writeUint8List: WriteList<number> = listWriter(2, 1, (bytes, at, value, field) => {
  if ((value & 0xff) !== value) throw outOfRange(field, value);
  bytes[at] = value;
});
export const writeInt8List: WriteList<number> = listWriter(2, 1, (bytes, at, value, field) => {
  if ((value << 24) >> 24 !== value) throw outOfRange(field, value);
  bytes[at] = value;
});
export const writeUint16List: WriteList<number> = listWriter(3, 2, (bytes, at, value, field) => {
  if ((value & 0xffff) !== value) throw outOfRange(field, value);
  putUint16(bytes, at, value);
});
export const writeInt16List: WriteList<number> = listWriter(3, 2, (bytes, at, value, field) => {
  if ((value << 16) >> 16 !== value) throw outOfRange(field, value);
  putUint16(bytes, at, value);
});
export const writeUint32List: WriteList<number> = listWriter(4, 4, (bytes, at, value, field) => {
  if (value >>> 0 !== value) throw outOfRange(field, value);
  putInt32(bytes, at, value);
});
export const writeInt32List: WriteList<number> = listWriter(4, 4, (bytes, at, value, field) => {
  if ((value | 0) !== value) throw outOfRange(field, value);
  putInt32(bytes, at, value);
});
export const writeUint64List: WriteList<bigint> = listWriter(5, 8, (bytes, at, value, field) => {
  put64(bytes, at, splitUint64(value, field));
});
export const writeInt64List: WriteList<bigint> = listWriter(5, 8, (bytes, at, value, field) => {
  put64(bytes, at, splitInt64(value, field));
});
export const writeFloat32List: WriteList<number> = listWriter(4, 4, (bytes, at, value, field) => {
  putInt32(bytes, at, bitsOfFloat32(value, field));
});
export const writeFloat64List: WriteList<number> = listWriter(5, 8, (bytes, at, value, field) => {
  put64(bytes, at, splitFloat64(value, field));
});
export const writeCapabilityList: WriteList<number> = listWriter(6, 8, (bytes, at, value, field) => {
  putCapability(value, bytes, at, field);
});

/** A list of Void is nothing but its length. */
export function writeVoidList(count: number, bytes: Uint8Array, at: number, top: number, field: string): number {
  if (!(Number.isInteger(count) && count >= 0)) throw outOfRange(field, count);
  putListPointer(bytes, at, top, 0, count);
  return top;
}

/** Words that a list of `count` elements of `size` bytes takes. */
export function listWords(count: number, size: number): number {
  return Math.ceil((count * size) / 8);
}

export function boolListWords(count: number): number {
  return Math.ceil(count / 64);
}

export function writeBoolList(
  list: readonly boolean[],
  bytes: Uint8Array,
  at: number,
  top: number,
  end: number,
): number {
  const count = list.length;
  const next = top + boolListWords(count) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putListPointer(bytes, at, top, 1, count);
  for (let index = 0, byteAt = top; byteAt < next; byteAt++) {
    let byte = 0;
    for (let bit = 0; bit < 8 && index < count; bit++, index++) if (list[index]) byte |= 1 << bit;
    bytes[byteAt] = byte;
  }
  return next;
}

export function textListWords(list: readonly string[]): number {
  let words = list.length;
  for (const text of list) if (text !== '') words += textWords(text);
  return words;
}

export function writeTextList(
  list: readonly string[],
  bytes: Uint8Array,
  at: number,
  top: number,
  end: number,
): number {
  const count = list.length;
  let next = openList(bytes, at, top, end, 6, count, 8);
  for (let index = 0; index < count; index++) {
    const text = list[index]!;
    if (text === '') putNull(bytes, top + index * 8);
    else next = writeText(text, bytes, top + index * 8, next, end);
  }
  return next;
}

export function dataListWords(list: readonly Uint8Array[]): number {
  let words = list.length;
  for (const data of list) words += dataWords(data);
  return words;
}

export function writeDataList(
  list: readonly Uint8Array[],
  bytes: Uint8Array,
  at: number,
  top: number,
  end: number,
): number {
  const count = list.length;
  let next = openList(bytes, at, top, end, 6, count, 8);
  for (let index = 0; index < count; index++) {
    const data = list[index]!;
    if (data.length === 0) putNull(bytes, top + index * 8);
    else next = writeData(data, bytes, top + index * 8, next, end);
  }
  return next;
}
