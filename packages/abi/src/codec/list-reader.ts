// Lists of numbers, bits, texts, data and capabilities; lists of structs, enums and lists are read by generated code.

import {
  followList,
  found,
  getFloat32,
  getFloat64,
  getInt32,
  getInt64,
  getUint16,
  getUint64,
  readCapability,
  readData,
  readText,
} from './message-reader.ts';

type ReadList<T> = (bytes: Uint8Array, at: number, start: number, end: number, depth: number) => T[];

function listReader<T>(element: number, read: (bytes: Uint8Array, at: number) => T): ReadList<T> {
  return (bytes, at, start, end, depth) => {
    if (!followList(bytes, at, start, end, depth, element)) return [];
    const { at: first, count, step } = found;
    const list = new Array<T>(count);
    for (let index = 0; index < count; index++) list[index] = read(bytes, first + index * step);
    return list;
  };
}

export const readUint8List: ReadList<number> = listReader(2, (bytes, at) => bytes[at]!);
export const readInt8List: ReadList<number> = listReader(2, (bytes, at) => (bytes[at]! << 24) >> 24);
export const readUint16List: ReadList<number> = listReader(3, getUint16);
export const readInt16List: ReadList<number> = listReader(3, (bytes, at) => (getUint16(bytes, at) << 16) >> 16);
export const readUint32List: ReadList<number> = listReader(4, (bytes, at) => getInt32(bytes, at) >>> 0);
export const readInt32List: ReadList<number> = listReader(4, getInt32);
export const readUint64List: ReadList<bigint> = listReader(5, (bytes, at) => getUint64(bytes, at, 0, 0));
export const readInt64List: ReadList<bigint> = listReader(5, (bytes, at) => getInt64(bytes, at, 0, 0));
export const readFloat32List: ReadList<number> = listReader(4, (bytes, at) => getFloat32(bytes, at, 0));
export const readFloat64List: ReadList<number> = listReader(5, (bytes, at) => getFloat64(bytes, at, 0, 0));
export const readCapabilityList: ReadList<number> = listReader(6, readCapability);

/** A list of Void is nothing but its length. */
export function readVoidList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  return followList(bytes, at, start, end, depth, 0) ? found.count : 0;
}

export function readBoolList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): boolean[] {
  if (!followList(bytes, at, start, end, depth, 1)) return [];
  const { at: first, count } = found;
  const list = new Array<boolean>(count);
  let byte = 0;
  for (let index = 0; index < count; index++) {
    if ((index & 7) === 0) byte = bytes[first + (index >>> 3)]!;
    list[index] = ((byte >>> (index & 7)) & 1) !== 0;
  }
  return list;
}

export function readTextList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): string[] {
  if (!followList(bytes, at, start, end, depth, 6)) return [];
  const { at: first, count, step } = found;
  const list = new Array<string>(count);
  for (let index = 0; index < count; index++) {
    list[index] = readText(bytes, first + index * step, start, end, depth - 1, '');
  }
  return list;
}

export function readDataList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): Uint8Array[] {
  if (!followList(bytes, at, start, end, depth, 6)) return [];
  const { at: first, count, step } = found;
  const list = new Array<Uint8Array>(count);
  for (let index = 0; index < count; index++) {
    list[index] = readData(bytes, first + index * step, start, end, depth - 1, undefined);
  }
  return list;
}
