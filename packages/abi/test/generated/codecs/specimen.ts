// Generated from specimen.capnp by the generator of @capos/abi. Change the schema, not this file.
//
// One of everything the codecs carry, for tests: every kind of field, list, default, union and nesting.

import {
  type Codec,
  type InterfaceDescriptor,
  type MethodDescriptor,
  MAX_DEPTH,
  beginMessage,
  beginWrite,
  bitsOfFloat32,
  boolListWords,
  dataListWords,
  dataWords,
  differsFloat32,
  differsFloat64,
  followList,
  followStruct,
  found,
  getFloat32,
  getFloat64,
  getInt32,
  getInt64,
  getUint16,
  getUint64,
  high,
  isGiven,
  listWords,
  nameOf,
  noRoom,
  openList,
  outOfRange,
  putCapability,
  putInt32,
  putListPointer,
  putNull,
  putStructPointer,
  putUint16,
  readBoolList,
  readCapability,
  readCapabilityList,
  readData,
  readDataList,
  readFloat32List,
  readFloat64List,
  readInt16List,
  readInt32List,
  readInt64List,
  readInt8List,
  readText,
  readTextList,
  readUint16List,
  readUint32List,
  readUint64List,
  readUint8List,
  readVoidList,
  splitFloat64,
  splitInt64,
  splitUint64,
  textListWords,
  textWords,
  tooDeep,
  unknownMember,
  writeBoolList,
  writeCapabilityList,
  writeData,
  writeDataList,
  writeFloat32List,
  writeFloat64List,
  writeInt16List,
  writeInt32List,
  writeInt64List,
  writeInt8List,
  writeText,
  writeTextList,
  writeUint16List,
  writeUint32List,
  writeUint64List,
  writeUint8List,
  writeVoidList,
} from '../../../src/codec-runtime.ts';

const DEFAULT_OF_Defaults_data: Uint8Array = Uint8Array.of(1, 2, 255);
const DEFAULT_OF_Defaults_point: Uint8Array = Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 252, 255, 255, 255);
const DEFAULT_OF_Defaults_numbers: Uint8Array = Uint8Array.of(1, 0, 0, 0, 27, 0, 0, 0, 1, 0, 2, 0, 3, 0, 0, 0);
const DEFAULT_OF_Defaults_points: Uint8Array = Uint8Array.of(1, 0, 0, 0, 23, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0);

/** A number is an enumerant that this schema does not know. */
export type Colour =
| 'red'
| 'green'
| 'blue'
| number;

/** The enumerants of Colour in the order of their numbers. */
export const namesOfColour: readonly Colour[] = ['red', 'green', 'blue'];

export function numberOfColour(value: Colour, field: string): number {
  switch (value) {
    case 'red':
    return 0;
    case 'green':
    return 1;
    case 'blue':
    return 2;
    default:
    if (typeof value !== 'number' || (value & 0xffff) !== value) throw outOfRange(field, value);
    return value;
  }
}

/** A number is an enumerant that this schema does not know. */
export type ServiceMood =
| 'calm'
| 'cross'
| number;

/** The enumerants of ServiceMood in the order of their numbers. */
export const namesOfServiceMood: readonly ServiceMood[] = ['calm', 'cross'];

export function numberOfServiceMood(value: ServiceMood, field: string): number {
  switch (value) {
    case 'calm':
    return 0;
    case 'cross':
    return 1;
    default:
    if (typeof value !== 'number' || (value & 0xffff) !== value) throw outOfRange(field, value);
    return value;
  }
}

/** Every scalar, in an order that leaves holes for the compiler to fill. */
export interface Numbers {
  bool: boolean;
  int8: number;
  int16: number;
  int32: number;
  int64: bigint;
  uint8: number;
  uint16: number;
  uint32: number;
  uint64: bigint;
  float32: number;
  float64: number;
  colour: Colour;
  secondBool: boolean;
}

/** Every default is XORed with what is stored, or replaces a null pointer. */
export interface Defaults {
  bool: boolean;
  int8: number;
  int16: number;
  int32: number;
  int64: bigint;
  uint8: number;
  uint16: number;
  uint32: number;
  uint64: bigint;
  float32: number;
  float64: number;
  colour: Colour;
  text: string;
  data: Uint8Array;
  point: Point;
  numbers: readonly number[];
  points: readonly Point[];
  infinity: number;
}

export interface Point {
  x: number;
  y: number;
}

export interface Pointers {
  text: string;
  data: Uint8Array;
  point: Point;
  capability: number;
  anything: number;
  last: string;
}

export interface Lists {
  voids: number;
  bools: readonly boolean[];
  int8s: readonly number[];
  int16s: readonly number[];
  int32s: readonly number[];
  int64s: readonly bigint[];
  uint8s: readonly number[];
  uint16s: readonly number[];
  uint32s: readonly number[];
  uint64s: readonly bigint[];
  float32s: readonly number[];
  float64s: readonly number[];
  colours: readonly Colour[];
  texts: readonly string[];
  datas: readonly Uint8Array[];
  points: readonly Point[];
  mixed: readonly Pointers[];
  grid: readonly (readonly number[])[];
  deep: readonly (readonly (readonly Point[])[])[];
  services: readonly number[];
  names: readonly (readonly string[])[];
}

export interface ShapeBox {
  corner: Point;
  width: number;
  flag: boolean;
  title: string;
}

export interface ShapeFillPattern {
  name: string;
  scale: number;
}

export type ShapeFill =
| { which: 'empty' }
| { which: 'colour'; colour: Colour }
| { which: 'pattern'; pattern: ShapeFillPattern };

/** An unnamed union beside plain fields, a named union, groups inside unions. */
export type Shape = {
  label: string;
  fill: ShapeFill;
  visible: boolean;
} & (
  | { which: 'none' }
  | { which: 'circle'; circle: number }
  | { which: 'square'; square: number }
  | { which: 'named'; named: string }
  | { which: 'place'; place: Point }
  | { which: 'box'; box: ShapeBox }
  | { which: 'many'; many: readonly number[] }
);

/** Recursion through a pointer, and through a list. */
export interface Tree {
  value: number;
  left: Tree | undefined;
  right: Tree | undefined;
  children: readonly Tree[];
}

export interface Empty {
}

export interface Holder {
  empty: Empty;
  empties: readonly Empty[];
  after: string;
}

/** The three-field message of the benchmark. */
export interface Reading {
  sensor: number;
  valid: boolean;
  takenAtNs: bigint;
}

export interface NamedReading {
  sensor: number;
  name: string;
  takenAtNs: bigint;
}

export interface OldPerson {
  name: string;
  age: number;
}

/** OldPerson some versions later. */
export interface NewPerson {
  name: string;
  age: number;
  height: number;
  email: string;
  tags: readonly string[];
  home: Point;
  colour: Colour;
}

export interface OldLists {
  bytes: readonly number[];
  words: readonly bigint[];
  texts: readonly string[];
  wide: readonly number[];
}

/** OldLists after its element types became structs whose first field is the old element. */
export interface NewLists {
  bytes: readonly ByteBox[];
  words: readonly WordBox[];
  texts: readonly TextBox[];
  wide: readonly number[];
}

export interface ByteBox {
  value: number;
  more: number;
}

export interface WordBox {
  value: bigint;
  note: string;
}

export interface TextBox {
  value: string;
  count: number;
}

export interface Box {
  content: number;
  count: number;
}

export interface ServiceGreetParams {
  name: string;
  times: number;
}

export interface ServiceGreetResults {
  greeting: string;
}

export interface ServiceFindResults {
  service: number;
  shape: Shape;
}

export interface ServiceImportParams {
  shape: Shape;
}

export interface ServiceOptions {
  loud: boolean;
  colour: Colour;
}

export function sizeOfNumbers(v: Numbers): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.bool !== false) data = 1;
  if (data < 1 && v.int8 !== 0) data = 1;
  if (data < 1 && v.int16 !== 0) data = 1;
  if (data < 1 && v.int32 !== 0) data = 1;
  if (data < 2 && v.int64 !== 0n) data = 2;
  if (data < 3 && v.uint8 !== 0) data = 3;
  if (data < 3 && v.uint16 !== 0) data = 3;
  if (data < 3 && v.uint32 !== 0) data = 3;
  if (data < 4 && v.uint64 !== 0n) data = 4;
  if (data < 5 && differsFloat32(v.float32, 0)) data = 5;
  if (data < 6 && differsFloat64(v.float64, 0, 0)) data = 6;
  if (data < 5 && numberOfColour(v.colour, 'Numbers.colour') !== 0) data = 5;
  if (data < 1 && v.secondBool !== false) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowNumbers(_v: Numbers, _depth: number): number {
  return 0;
}

export function wordsOfNumbers(v: Numbers, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNumbers(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNumbers(v, depth);
}

export function writeNumbers(v: Numbers, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  let h4 = 0;
  let h5 = 0;
  let h6 = 0;
  let h7 = 0;
  let h8 = 0;
  let h9 = 0;
  let h10 = 0;
  let h11 = 0;
  if (v.bool) h0 |= 1;
  if ((v.int8 << 24) >> 24 !== v.int8) throw outOfRange('Numbers.int8', v.int8);
  h0 |= (v.int8 & 0xff) << 8;
  if ((v.int16 << 16) >> 16 !== v.int16) throw outOfRange('Numbers.int16', v.int16);
  h0 |= (v.int16 & 0xffff) << 16;
  if ((v.int32 | 0) !== v.int32) throw outOfRange('Numbers.int32', v.int32);
  h1 |= v.int32;
  h2 = splitInt64(v.int64, 'Numbers.int64');
  h3 = high;
  if ((v.uint8 & 0xff) !== v.uint8) throw outOfRange('Numbers.uint8', v.uint8);
  h4 |= v.uint8;
  if ((v.uint16 & 0xffff) !== v.uint16) throw outOfRange('Numbers.uint16', v.uint16);
  h4 |= v.uint16 << 16;
  if (v.uint32 >>> 0 !== v.uint32) throw outOfRange('Numbers.uint32', v.uint32);
  h5 |= v.uint32;
  h6 = splitUint64(v.uint64, 'Numbers.uint64');
  h7 = high;
  h8 |= bitsOfFloat32(v.float32, 'Numbers.float32');
  h10 = splitFloat64(v.float64, 'Numbers.float64');
  h11 = high;
  h9 |= numberOfColour(v.colour, 'Numbers.colour');
  if (v.secondBool) h0 |= 2;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  if (data > 1) {
    putInt32(bytes, at + 8, h2);
    putInt32(bytes, at + 12, h3);
  }
  if (data > 2) {
    putInt32(bytes, at + 16, h4);
    putInt32(bytes, at + 20, h5);
  }
  if (data > 3) {
    putInt32(bytes, at + 24, h6);
    putInt32(bytes, at + 28, h7);
  }
  if (data > 4) {
    putInt32(bytes, at + 32, h8);
    putInt32(bytes, at + 36, h9);
  }
  if (data > 5) {
    putInt32(bytes, at + 40, h10);
    putInt32(bytes, at + 44, h11);
  }
  return top;
}

export function putNumbers(v: Numbers, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNumbers(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNumbers(v, bytes, top, size, next, end, depth);
}

export function readNumbers(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: Numbers | undefined): Numbers {
  const b0 = data > 0 ? bytes[at + 0]! : 0;
  const bool_ = ((b0 >> 0) & 1) !== 0;
  const int8_ = ((data >= 2 ? bytes[at + 1]! : 0) << 24) >> 24;
  const int16_ = ((data >= 4 ? getUint16(bytes, at + 2) : 0) << 16) >> 16;
  const int32_ = (data >= 8 ? getInt32(bytes, at + 4) : 0);
  const int64_ = data >= 16 ? getInt64(bytes, at + 8, 0, 0) : 0n;
  const uint8_ = (data >= 17 ? bytes[at + 16]! : 0);
  const uint16_ = (data >= 20 ? getUint16(bytes, at + 18) : 0);
  const uint32_ = (data >= 24 ? getInt32(bytes, at + 20) : 0) >>> 0;
  const uint64_ = data >= 32 ? getUint64(bytes, at + 24, 0, 0) : 0n;
  const float32_ = data >= 36 ? getFloat32(bytes, at + 32, 0) : 0;
  const float64_ = data >= 48 ? getFloat64(bytes, at + 40, 0, 0) : 0;
  const colour_ = nameOf(namesOfColour, (data >= 38 ? getUint16(bytes, at + 36) : 0));
  const secondBool_ = ((b0 >> 1) & 1) !== 0;
  if (into === undefined) return { bool: bool_, int8: int8_, int16: int16_, int32: int32_, int64: int64_, uint8: uint8_, uint16: uint16_, uint32: uint32_, uint64: uint64_, float32: float32_, float64: float64_, colour: colour_, secondBool: secondBool_ };
  into.bool = bool_;
  into.int8 = int8_;
  into.int16 = int16_;
  into.int32 = int32_;
  into.int64 = int64_;
  into.uint8 = uint8_;
  into.uint16 = uint16_;
  into.uint32 = uint32_;
  into.uint64 = uint64_;
  into.float32 = float32_;
  into.float64 = float64_;
  into.colour = colour_;
  into.secondBool = secondBool_;
  return into;
}

export function followNumbers(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: Numbers | undefined): Numbers | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNumbers(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const numbers: Codec<Numbers> = {
  name: 'Numbers',
  dataWords: 6,
  pointers: 0,
  encode(value: Numbers, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNumbers(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: Numbers): Numbers {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNumbers(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNumbers(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: Numbers): number {
    return 8 + 8 * wordsOfNumbers(value, MAX_DEPTH - 1);
  },
};

export function sizeOfDefaults(v: Defaults): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && v.bool !== true) data = 1;
  if (data < 1 && v.int8 !== -5) data = 1;
  if (data < 1 && v.int16 !== -500) data = 1;
  if (data < 1 && v.int32 !== -50000) data = 1;
  if (data < 2 && v.int64 !== -5000000000n) data = 2;
  if (data < 3 && v.uint8 !== 250) data = 3;
  if (data < 3 && v.uint16 !== 65000) data = 3;
  if (data < 3 && v.uint32 !== 4000000000) data = 3;
  if (data < 4 && v.uint64 !== 18000000000000000000n) data = 4;
  if (data < 5 && differsFloat32(v.float32, 1069547520)) data = 5;
  if (data < 6 && differsFloat64(v.float64, 0, -1073610752)) data = 6;
  if (data < 5 && numberOfColour(v.colour, 'Defaults.colour') !== 2) data = 5;
  if (pointers < 1 && v.text !== 'it\'s a "default"') pointers = 1;
  if (pointers < 2) pointers = 2;
  if (pointers < 3) pointers = 3;
  if (pointers < 4) pointers = 4;
  if (pointers < 5) pointers = 5;
  if (data < 7 && differsFloat64(v.infinity, 0, 2146435072)) data = 7;
  return data | (pointers << 16);
}

export function wordsBelowDefaults(v: Defaults, depth: number): number {
  let words = 0;
  if (v.text !== 'it\'s a "default"') words += textWords(v.text);
  words += dataWords(v.data);
  words += wordsOfPoint(v.point, depth - 1);
  words += listWords(v.numbers.length, 2);
  words += wordsOfPointList(v.points, depth - 1);
  return words;
}

export function wordsOfDefaults(v: Defaults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDefaults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDefaults(v, depth);
}

export function writeDefaults(v: Defaults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  let h4 = 0;
  let h5 = 0;
  let h6 = 0;
  let h7 = 0;
  let h8 = 0;
  let h9 = 0;
  let h10 = 0;
  let h11 = 0;
  let h12 = 0;
  let h13 = 0;
  if (v.bool === false) h0 |= 1;
  if ((v.int8 << 24) >> 24 !== v.int8) throw outOfRange('Defaults.int8', v.int8);
  h0 |= ((v.int8 ^ 251) & 0xff) << 8;
  if ((v.int16 << 16) >> 16 !== v.int16) throw outOfRange('Defaults.int16', v.int16);
  h0 |= ((v.int16 ^ 65036) & 0xffff) << 16;
  if ((v.int32 | 0) !== v.int32) throw outOfRange('Defaults.int32', v.int32);
  h1 |= (v.int32 ^ -50000);
  h2 = (splitInt64(v.int64, 'Defaults.int64') ^ -705032704);
  h3 = (high ^ -2);
  if ((v.uint8 & 0xff) !== v.uint8) throw outOfRange('Defaults.uint8', v.uint8);
  h4 |= (v.uint8 ^ 250);
  if ((v.uint16 & 0xffff) !== v.uint16) throw outOfRange('Defaults.uint16', v.uint16);
  h4 |= (v.uint16 ^ 65000) << 16;
  if (v.uint32 >>> 0 !== v.uint32) throw outOfRange('Defaults.uint32', v.uint32);
  h5 |= (v.uint32 ^ -294967296);
  h6 = (splitUint64(v.uint64, 'Defaults.uint64') ^ -989331456);
  h7 = (high ^ -104015711);
  h8 |= (bitsOfFloat32(v.float32, 'Defaults.float32') ^ 1069547520);
  h10 = splitFloat64(v.float64, 'Defaults.float64');
  h11 = (high ^ -1073610752);
  h9 |= (numberOfColour(v.colour, 'Defaults.colour') ^ 2);
  h12 = splitFloat64(v.infinity, 'Defaults.infinity');
  h13 = (high ^ 2146435072);
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  if (data > 1) {
    putInt32(bytes, at + 8, h2);
    putInt32(bytes, at + 12, h3);
  }
  if (data > 2) {
    putInt32(bytes, at + 16, h4);
    putInt32(bytes, at + 20, h5);
  }
  if (data > 3) {
    putInt32(bytes, at + 24, h6);
    putInt32(bytes, at + 28, h7);
  }
  if (data > 4) {
    putInt32(bytes, at + 32, h8);
    putInt32(bytes, at + 36, h9);
  }
  if (data > 5) {
    putInt32(bytes, at + 40, h10);
    putInt32(bytes, at + 44, h11);
  }
  if (data > 6) {
    putInt32(bytes, at + 48, h12);
    putInt32(bytes, at + 52, h13);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.text !== 'it\'s a "default"') {
      top = writeText(v.text, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    {
      top = writeData(v.data, bytes, base + 8, top, end);
    }
  }
  if (pointers > 2) {
    {
      top = putPoint(v.point, bytes, base + 16, top, end, depth - 1);
    }
  }
  if (pointers > 3) {
    {
      top = writeUint16List(v.numbers, bytes, base + 24, top, end, 'Defaults.numbers');
    }
  }
  if (pointers > 4) {
    {
      top = writePointList(v.points, bytes, base + 32, top, end, depth - 1);
    }
  }
  return top;
}

export function putDefaults(v: Defaults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDefaults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDefaults(v, bytes, top, size, next, end, depth);
}

export function readDefaults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: Defaults | undefined): Defaults {
  const base = at + data;
  const b0 = data > 0 ? bytes[at + 0]! : 0;
  const bool_ = ((b0 >> 0) & 1) === 0;
  const int8_ = (((data >= 2 ? bytes[at + 1]! : 0) ^ 251) << 24) >> 24;
  const int16_ = (((data >= 4 ? getUint16(bytes, at + 2) : 0) ^ 65036) << 16) >> 16;
  const int32_ = ((data >= 8 ? getInt32(bytes, at + 4) : 0) ^ -50000);
  const int64_ = data >= 16 ? getInt64(bytes, at + 8, -705032704, -2) : -5000000000n;
  const uint8_ = ((data >= 17 ? bytes[at + 16]! : 0) ^ 250);
  const uint16_ = ((data >= 20 ? getUint16(bytes, at + 18) : 0) ^ 65000);
  const uint32_ = ((data >= 24 ? getInt32(bytes, at + 20) : 0) ^ -294967296) >>> 0;
  const uint64_ = data >= 32 ? getUint64(bytes, at + 24, -989331456, -104015711) : 18000000000000000000n;
  const float32_ = data >= 36 ? getFloat32(bytes, at + 32, 1069547520) : 1.5;
  const float64_ = data >= 48 ? getFloat64(bytes, at + 40, 0, -1073610752) : -2.25;
  const colour_ = nameOf(namesOfColour, ((data >= 38 ? getUint16(bytes, at + 36) : 0) ^ 2));
  const text_ = pointers > 0 ? readText(bytes, base, start, end, depth, 'it\'s a "default"') : 'it\'s a "default"';
  const data_ = pointers > 1 ? readData(bytes, base + 8, start, end, depth, DEFAULT_OF_Defaults_data) : DEFAULT_OF_Defaults_data.slice();
  const point_ = followPoint(bytes, pointers > 2 ? base + 16 : -1, start, end, depth, into?.point) ?? followPoint(DEFAULT_OF_Defaults_point, 0, 0, DEFAULT_OF_Defaults_point.length, depth, into?.point)!;
  const numbers_ = isGiven(bytes, base, pointers, 3) ? readUint16List(bytes, base + 24, start, end, depth) : readUint16List(DEFAULT_OF_Defaults_numbers, 0, 0, DEFAULT_OF_Defaults_numbers.length, depth);
  const points_ = isGiven(bytes, base, pointers, 4) ? readPointList(bytes, base + 32, start, end, depth) : readPointList(DEFAULT_OF_Defaults_points, 0, 0, DEFAULT_OF_Defaults_points.length, depth);
  const infinity_ = data >= 56 ? getFloat64(bytes, at + 48, 0, 2146435072) : Number.POSITIVE_INFINITY;
  if (into === undefined) return { bool: bool_, int8: int8_, int16: int16_, int32: int32_, int64: int64_, uint8: uint8_, uint16: uint16_, uint32: uint32_, uint64: uint64_, float32: float32_, float64: float64_, colour: colour_, text: text_, data: data_, point: point_, numbers: numbers_, points: points_, infinity: infinity_ };
  into.bool = bool_;
  into.int8 = int8_;
  into.int16 = int16_;
  into.int32 = int32_;
  into.int64 = int64_;
  into.uint8 = uint8_;
  into.uint16 = uint16_;
  into.uint32 = uint32_;
  into.uint64 = uint64_;
  into.float32 = float32_;
  into.float64 = float64_;
  into.colour = colour_;
  into.text = text_;
  into.data = data_;
  into.point = point_;
  into.numbers = numbers_;
  into.points = points_;
  into.infinity = infinity_;
  return into;
}

export function followDefaults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: Defaults | undefined): Defaults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDefaults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const defaults: Codec<Defaults> = {
  name: 'Defaults',
  dataWords: 7,
  pointers: 5,
  encode(value: Defaults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDefaults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: Defaults): Defaults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDefaults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDefaults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: Defaults): number {
    return 8 + 8 * wordsOfDefaults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfPoint(v: Point): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.x !== 0) data = 1;
  if (data < 1 && v.y !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowPoint(_v: Point, _depth: number): number {
  return 0;
}

export function wordsOfPoint(v: Point, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfPoint(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowPoint(v, depth);
}

export function writePoint(v: Point, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  if ((v.x | 0) !== v.x) throw outOfRange('Point.x', v.x);
  h0 |= v.x;
  if ((v.y | 0) !== v.y) throw outOfRange('Point.y', v.y);
  h1 |= v.y;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  return top;
}

export function putPoint(v: Point, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfPoint(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writePoint(v, bytes, top, size, next, end, depth);
}

export function readPoint(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: Point | undefined): Point {
  const x_ = (data >= 4 ? getInt32(bytes, at) : 0);
  const y_ = (data >= 8 ? getInt32(bytes, at + 4) : 0);
  if (into === undefined) return { x: x_, y: y_ };
  into.x = x_;
  into.y = y_;
  return into;
}

export function followPoint(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: Point | undefined): Point | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readPoint(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const point: Codec<Point> = {
  name: 'Point',
  dataWords: 1,
  pointers: 0,
  encode(value: Point, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putPoint(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: Point): Point {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followPoint(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readPoint(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: Point): number {
    return 8 + 8 * wordsOfPoint(value, MAX_DEPTH - 1);
  },
};

export function sizeOfPointers(v: Pointers): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.text !== '') pointers = 1;
  if (pointers < 2 && v.data.length !== 0) pointers = 2;
  if (pointers < 3) pointers = 3;
  if (pointers < 4 && v.capability !== -1) pointers = 4;
  if (pointers < 5 && v.anything !== -1) pointers = 5;
  if (pointers < 6 && v.last !== '') pointers = 6;
  return data | (pointers << 16);
}

export function wordsBelowPointers(v: Pointers, depth: number): number {
  let words = 0;
  if (v.text !== '') words += textWords(v.text);
  if (v.data.length !== 0) words += dataWords(v.data);
  words += wordsOfPoint(v.point, depth - 1);
  if (v.last !== '') words += textWords(v.last);
  return words;
}

export function wordsOfPointers(v: Pointers, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfPointers(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowPointers(v, depth);
}

export function writePointers(v: Pointers, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.text !== '') {
      top = writeText(v.text, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    if (v.data.length !== 0) {
      top = writeData(v.data, bytes, base + 8, top, end);
    } else putNull(bytes, base + 8);
  }
  if (pointers > 2) {
    {
      top = putPoint(v.point, bytes, base + 16, top, end, depth - 1);
    }
  }
  if (pointers > 3) {
    if (v.capability !== -1) {
      putCapability(v.capability, bytes, base + 24, 'Pointers.capability');
    } else putNull(bytes, base + 24);
  }
  if (pointers > 4) {
    if (v.anything !== -1) {
      putCapability(v.anything, bytes, base + 32, 'Pointers.anything');
    } else putNull(bytes, base + 32);
  }
  if (pointers > 5) {
    if (v.last !== '') {
      top = writeText(v.last, bytes, base + 40, top, end);
    } else putNull(bytes, base + 40);
  }
  return top;
}

export function putPointers(v: Pointers, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfPointers(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writePointers(v, bytes, top, size, next, end, depth);
}

export function readPointers(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: Pointers | undefined): Pointers {
  const base = at + data;
  const text_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const data_ = pointers > 1 ? readData(bytes, base + 8, start, end, depth, undefined) : new Uint8Array(0);
  const point_ = followPoint(bytes, pointers > 2 ? base + 16 : -1, start, end, depth, into?.point) ?? readPoint(bytes, 0, 0, 0, 0, 0, depth, into?.point);
  const capability_ = pointers > 3 ? readCapability(bytes, base + 24) : -1;
  const anything_ = pointers > 4 ? readCapability(bytes, base + 32) : -1;
  const last_ = pointers > 5 ? readText(bytes, base + 40, start, end, depth, '') : '';
  if (into === undefined) return { text: text_, data: data_, point: point_, capability: capability_, anything: anything_, last: last_ };
  into.text = text_;
  into.data = data_;
  into.point = point_;
  into.capability = capability_;
  into.anything = anything_;
  into.last = last_;
  return into;
}

export function followPointers(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: Pointers | undefined): Pointers | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readPointers(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const pointers: Codec<Pointers> = {
  name: 'Pointers',
  dataWords: 0,
  pointers: 6,
  encode(value: Pointers, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putPointers(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: Pointers): Pointers {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followPointers(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readPointers(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: Pointers): number {
    return 8 + 8 * wordsOfPointers(value, MAX_DEPTH - 1);
  },
};

export function sizeOfLists(v: Lists): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.voids !== 0) pointers = 1;
  if (pointers < 2 && v.bools.length !== 0) pointers = 2;
  if (pointers < 3 && v.int8s.length !== 0) pointers = 3;
  if (pointers < 4 && v.int16s.length !== 0) pointers = 4;
  if (pointers < 5 && v.int32s.length !== 0) pointers = 5;
  if (pointers < 6 && v.int64s.length !== 0) pointers = 6;
  if (pointers < 7 && v.uint8s.length !== 0) pointers = 7;
  if (pointers < 8 && v.uint16s.length !== 0) pointers = 8;
  if (pointers < 9 && v.uint32s.length !== 0) pointers = 9;
  if (pointers < 10 && v.uint64s.length !== 0) pointers = 10;
  if (pointers < 11 && v.float32s.length !== 0) pointers = 11;
  if (pointers < 12 && v.float64s.length !== 0) pointers = 12;
  if (pointers < 13 && v.colours.length !== 0) pointers = 13;
  if (pointers < 14 && v.texts.length !== 0) pointers = 14;
  if (pointers < 15 && v.datas.length !== 0) pointers = 15;
  if (pointers < 16 && v.points.length !== 0) pointers = 16;
  if (pointers < 17 && v.mixed.length !== 0) pointers = 17;
  if (pointers < 18 && v.grid.length !== 0) pointers = 18;
  if (pointers < 19 && v.deep.length !== 0) pointers = 19;
  if (pointers < 20 && v.services.length !== 0) pointers = 20;
  if (pointers < 21 && v.names.length !== 0) pointers = 21;
  return data | (pointers << 16);
}

export function wordsBelowLists(v: Lists, depth: number): number {
  let words = 0;
  if (v.bools.length !== 0) words += boolListWords(v.bools.length);
  if (v.int8s.length !== 0) words += listWords(v.int8s.length, 1);
  if (v.int16s.length !== 0) words += listWords(v.int16s.length, 2);
  if (v.int32s.length !== 0) words += listWords(v.int32s.length, 4);
  if (v.int64s.length !== 0) words += listWords(v.int64s.length, 8);
  if (v.uint8s.length !== 0) words += listWords(v.uint8s.length, 1);
  if (v.uint16s.length !== 0) words += listWords(v.uint16s.length, 2);
  if (v.uint32s.length !== 0) words += listWords(v.uint32s.length, 4);
  if (v.uint64s.length !== 0) words += listWords(v.uint64s.length, 8);
  if (v.float32s.length !== 0) words += listWords(v.float32s.length, 4);
  if (v.float64s.length !== 0) words += listWords(v.float64s.length, 8);
  if (v.colours.length !== 0) words += listWords(v.colours.length, 2);
  if (v.texts.length !== 0) words += textListWords(v.texts);
  if (v.datas.length !== 0) words += dataListWords(v.datas);
  if (v.points.length !== 0) words += wordsOfPointList(v.points, depth - 1);
  if (v.mixed.length !== 0) words += wordsOfPointersList(v.mixed, depth - 1);
  if (v.grid.length !== 0) words += wordsOfInt16ListList(v.grid, depth - 1);
  if (v.deep.length !== 0) words += wordsOfPointListListList(v.deep, depth - 1);
  if (v.services.length !== 0) words += v.services.length;
  if (v.names.length !== 0) words += wordsOfTextListList(v.names, depth - 1);
  return words;
}

export function wordsOfLists(v: Lists, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfLists(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowLists(v, depth);
}

export function writeLists(v: Lists, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.voids !== 0) {
      top = writeVoidList(v.voids, bytes, base, top, 'Lists.voids');
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    if (v.bools.length !== 0) {
      top = writeBoolList(v.bools, bytes, base + 8, top, end);
    } else putNull(bytes, base + 8);
  }
  if (pointers > 2) {
    if (v.int8s.length !== 0) {
      top = writeInt8List(v.int8s, bytes, base + 16, top, end, 'Lists.int8s');
    } else putNull(bytes, base + 16);
  }
  if (pointers > 3) {
    if (v.int16s.length !== 0) {
      top = writeInt16List(v.int16s, bytes, base + 24, top, end, 'Lists.int16s');
    } else putNull(bytes, base + 24);
  }
  if (pointers > 4) {
    if (v.int32s.length !== 0) {
      top = writeInt32List(v.int32s, bytes, base + 32, top, end, 'Lists.int32s');
    } else putNull(bytes, base + 32);
  }
  if (pointers > 5) {
    if (v.int64s.length !== 0) {
      top = writeInt64List(v.int64s, bytes, base + 40, top, end, 'Lists.int64s');
    } else putNull(bytes, base + 40);
  }
  if (pointers > 6) {
    if (v.uint8s.length !== 0) {
      top = writeUint8List(v.uint8s, bytes, base + 48, top, end, 'Lists.uint8s');
    } else putNull(bytes, base + 48);
  }
  if (pointers > 7) {
    if (v.uint16s.length !== 0) {
      top = writeUint16List(v.uint16s, bytes, base + 56, top, end, 'Lists.uint16s');
    } else putNull(bytes, base + 56);
  }
  if (pointers > 8) {
    if (v.uint32s.length !== 0) {
      top = writeUint32List(v.uint32s, bytes, base + 64, top, end, 'Lists.uint32s');
    } else putNull(bytes, base + 64);
  }
  if (pointers > 9) {
    if (v.uint64s.length !== 0) {
      top = writeUint64List(v.uint64s, bytes, base + 72, top, end, 'Lists.uint64s');
    } else putNull(bytes, base + 72);
  }
  if (pointers > 10) {
    if (v.float32s.length !== 0) {
      top = writeFloat32List(v.float32s, bytes, base + 80, top, end, 'Lists.float32s');
    } else putNull(bytes, base + 80);
  }
  if (pointers > 11) {
    if (v.float64s.length !== 0) {
      top = writeFloat64List(v.float64s, bytes, base + 88, top, end, 'Lists.float64s');
    } else putNull(bytes, base + 88);
  }
  if (pointers > 12) {
    if (v.colours.length !== 0) {
      top = writeColourList(v.colours, bytes, base + 96, top, end, depth - 1);
    } else putNull(bytes, base + 96);
  }
  if (pointers > 13) {
    if (v.texts.length !== 0) {
      top = writeTextList(v.texts, bytes, base + 104, top, end);
    } else putNull(bytes, base + 104);
  }
  if (pointers > 14) {
    if (v.datas.length !== 0) {
      top = writeDataList(v.datas, bytes, base + 112, top, end);
    } else putNull(bytes, base + 112);
  }
  if (pointers > 15) {
    if (v.points.length !== 0) {
      top = writePointList(v.points, bytes, base + 120, top, end, depth - 1);
    } else putNull(bytes, base + 120);
  }
  if (pointers > 16) {
    if (v.mixed.length !== 0) {
      top = writePointersList(v.mixed, bytes, base + 128, top, end, depth - 1);
    } else putNull(bytes, base + 128);
  }
  if (pointers > 17) {
    if (v.grid.length !== 0) {
      top = writeInt16ListList(v.grid, bytes, base + 136, top, end, depth - 1);
    } else putNull(bytes, base + 136);
  }
  if (pointers > 18) {
    if (v.deep.length !== 0) {
      top = writePointListListList(v.deep, bytes, base + 144, top, end, depth - 1);
    } else putNull(bytes, base + 144);
  }
  if (pointers > 19) {
    if (v.services.length !== 0) {
      top = writeCapabilityList(v.services, bytes, base + 152, top, end, 'Lists.services');
    } else putNull(bytes, base + 152);
  }
  if (pointers > 20) {
    if (v.names.length !== 0) {
      top = writeTextListList(v.names, bytes, base + 160, top, end, depth - 1);
    } else putNull(bytes, base + 160);
  }
  return top;
}

export function putLists(v: Lists, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfLists(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeLists(v, bytes, top, size, next, end, depth);
}

export function readLists(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: Lists | undefined): Lists {
  const base = at + data;
  const voids_ = pointers > 0 ? readVoidList(bytes, base, start, end, depth) : 0;
  const bools_ = pointers > 1 ? readBoolList(bytes, base + 8, start, end, depth) : [];
  const int8s_ = pointers > 2 ? readInt8List(bytes, base + 16, start, end, depth) : [];
  const int16s_ = pointers > 3 ? readInt16List(bytes, base + 24, start, end, depth) : [];
  const int32s_ = pointers > 4 ? readInt32List(bytes, base + 32, start, end, depth) : [];
  const int64s_ = pointers > 5 ? readInt64List(bytes, base + 40, start, end, depth) : [];
  const uint8s_ = pointers > 6 ? readUint8List(bytes, base + 48, start, end, depth) : [];
  const uint16s_ = pointers > 7 ? readUint16List(bytes, base + 56, start, end, depth) : [];
  const uint32s_ = pointers > 8 ? readUint32List(bytes, base + 64, start, end, depth) : [];
  const uint64s_ = pointers > 9 ? readUint64List(bytes, base + 72, start, end, depth) : [];
  const float32s_ = pointers > 10 ? readFloat32List(bytes, base + 80, start, end, depth) : [];
  const float64s_ = pointers > 11 ? readFloat64List(bytes, base + 88, start, end, depth) : [];
  const colours_ = pointers > 12 ? readColourList(bytes, base + 96, start, end, depth) : [];
  const texts_ = pointers > 13 ? readTextList(bytes, base + 104, start, end, depth) : [];
  const datas_ = pointers > 14 ? readDataList(bytes, base + 112, start, end, depth) : [];
  const points_ = pointers > 15 ? readPointList(bytes, base + 120, start, end, depth) : [];
  const mixed_ = pointers > 16 ? readPointersList(bytes, base + 128, start, end, depth) : [];
  const grid_ = pointers > 17 ? readInt16ListList(bytes, base + 136, start, end, depth) : [];
  const deep_ = pointers > 18 ? readPointListListList(bytes, base + 144, start, end, depth) : [];
  const services_ = pointers > 19 ? readCapabilityList(bytes, base + 152, start, end, depth) : [];
  const names_ = pointers > 20 ? readTextListList(bytes, base + 160, start, end, depth) : [];
  if (into === undefined) return { voids: voids_, bools: bools_, int8s: int8s_, int16s: int16s_, int32s: int32s_, int64s: int64s_, uint8s: uint8s_, uint16s: uint16s_, uint32s: uint32s_, uint64s: uint64s_, float32s: float32s_, float64s: float64s_, colours: colours_, texts: texts_, datas: datas_, points: points_, mixed: mixed_, grid: grid_, deep: deep_, services: services_, names: names_ };
  into.voids = voids_;
  into.bools = bools_;
  into.int8s = int8s_;
  into.int16s = int16s_;
  into.int32s = int32s_;
  into.int64s = int64s_;
  into.uint8s = uint8s_;
  into.uint16s = uint16s_;
  into.uint32s = uint32s_;
  into.uint64s = uint64s_;
  into.float32s = float32s_;
  into.float64s = float64s_;
  into.colours = colours_;
  into.texts = texts_;
  into.datas = datas_;
  into.points = points_;
  into.mixed = mixed_;
  into.grid = grid_;
  into.deep = deep_;
  into.services = services_;
  into.names = names_;
  return into;
}

export function followLists(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: Lists | undefined): Lists | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readLists(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const lists: Codec<Lists> = {
  name: 'Lists',
  dataWords: 0,
  pointers: 21,
  encode(value: Lists, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putLists(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: Lists): Lists {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followLists(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readLists(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: Lists): number {
    return 8 + 8 * wordsOfLists(value, MAX_DEPTH - 1);
  },
};

export function sizeOfShape(v: Shape): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.label !== '') pointers = 1;
  switch (v.fill.which) {
    case 'empty': {
      break;
    }
    case 'colour': {
      if (data < 1) data = 1;
      if (data < 1 && numberOfColour(v.fill.colour, 'ShapeFill.colour') !== 0) data = 1;
      break;
    }
    case 'pattern': {
      if (data < 1) data = 1;
      if (pointers < 4 && v.fill.pattern.name !== '') pointers = 4;
      if (data < 1 && differsFloat32(v.fill.pattern.scale, 0)) data = 1;
      break;
    }
    default: {
      throw outOfRange('ShapeFill.which', (v.fill as { which: unknown }).which);
    }
  }
  if (data < 3 && v.visible !== true) data = 3;
  switch (v.which) {
    case 'none': {
      break;
    }
    case 'circle': {
      if (data < 1) data = 1;
      if (data < 2 && differsFloat64(v.circle, 0, 0)) data = 2;
      break;
    }
    case 'square': {
      if (data < 1) data = 1;
      if (data < 2 && v.square !== 0) data = 2;
      break;
    }
    case 'named': {
      if (data < 1) data = 1;
      if (pointers < 2 && v.named !== '') pointers = 2;
      break;
    }
    case 'place': {
      if (data < 1) data = 1;
      if (pointers < 2) pointers = 2;
      break;
    }
    case 'box': {
      if (data < 1) data = 1;
      if (pointers < 2) pointers = 2;
      if (data < 2 && v.box.width !== 0) data = 2;
      if (data < 2 && v.box.flag !== false) data = 2;
      if (pointers < 3 && v.box.title !== '') pointers = 3;
      break;
    }
    case 'many': {
      if (data < 1) data = 1;
      if (pointers < 2 && v.many.length !== 0) pointers = 2;
      break;
    }
    default: {
      throw outOfRange('Shape.which', (v as { which: unknown }).which);
    }
  }
  return data | (pointers << 16);
}

export function wordsBelowShape(v: Shape, depth: number): number {
  let words = 0;
  if (v.label !== '') words += textWords(v.label);
  switch (v.fill.which) {
    case 'empty': {
      break;
    }
    case 'colour': {
      break;
    }
    case 'pattern': {
      if (v.fill.pattern.name !== '') words += textWords(v.fill.pattern.name);
      break;
    }
    default: {
      break;
    }
  }
  switch (v.which) {
    case 'none': {
      break;
    }
    case 'circle': {
      break;
    }
    case 'square': {
      break;
    }
    case 'named': {
      if (v.named !== '') words += textWords(v.named);
      break;
    }
    case 'place': {
      words += wordsOfPoint(v.place, depth - 1);
      break;
    }
    case 'box': {
      words += wordsOfPoint(v.box.corner, depth - 1);
      if (v.box.title !== '') words += textWords(v.box.title);
      break;
    }
    case 'many': {
      if (v.many.length !== 0) words += listWords(v.many.length, 1);
      break;
    }
    default: {
      break;
    }
  }
  return words;
}

export function wordsOfShape(v: Shape, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfShape(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowShape(v, depth);
}

export function writeShape(v: Shape, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  let h4 = 0;
  switch (v.fill.which) {
    case 'empty': {
      break;
    }
    case 'colour': {
      h0 |= 1 << 16;
      h1 |= numberOfColour(v.fill.colour, 'ShapeFill.colour');
      break;
    }
    case 'pattern': {
      h0 |= 2 << 16;
      h1 |= bitsOfFloat32(v.fill.pattern.scale, 'ShapeFillPattern.scale');
      break;
    }
    default: {
      throw outOfRange('ShapeFill.which', (v.fill as { which: unknown }).which);
    }
  }
  if (v.visible === false) h4 |= 1;
  switch (v.which) {
    case 'none': {
      break;
    }
    case 'circle': {
      h0 |= 1;
      h2 = splitFloat64(v.circle, 'Shape.circle');
      h3 = high;
      break;
    }
    case 'square': {
      h0 |= 2;
      if (v.square >>> 0 !== v.square) throw outOfRange('Shape.square', v.square);
      h2 |= v.square;
      break;
    }
    case 'named': {
      h0 |= 3;
      break;
    }
    case 'place': {
      h0 |= 4;
      break;
    }
    case 'box': {
      h0 |= 5;
      if ((v.box.width & 0xffff) !== v.box.width) throw outOfRange('ShapeBox.width', v.box.width);
      h2 |= v.box.width;
      if (v.box.flag) h2 |= 65536;
      break;
    }
    case 'many': {
      h0 |= 6;
      break;
    }
    default: {
      throw outOfRange('Shape.which', (v as { which: unknown }).which);
    }
  }
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  if (data > 1) {
    putInt32(bytes, at + 8, h2);
    putInt32(bytes, at + 12, h3);
  }
  if (data > 2) {
    putInt32(bytes, at + 16, h4);
    putInt32(bytes, at + 20, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.label !== '') {
      top = writeText(v.label, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    if (v.which === 'named' && v.named !== '') {
      top = writeText(v.named, bytes, base + 8, top, end);
    } else if (v.which === 'place') {
      top = putPoint(v.place, bytes, base + 8, top, end, depth - 1);
    } else if (v.which === 'box') {
      top = putPoint(v.box.corner, bytes, base + 8, top, end, depth - 1);
    } else if (v.which === 'many' && v.many.length !== 0) {
      top = writeInt8List(v.many, bytes, base + 8, top, end, 'Shape.many');
    } else putNull(bytes, base + 8);
  }
  if (pointers > 2) {
    if (v.which === 'box' && v.box.title !== '') {
      top = writeText(v.box.title, bytes, base + 16, top, end);
    } else putNull(bytes, base + 16);
  }
  if (pointers > 3) {
    if (v.fill.which === 'pattern' && v.fill.pattern.name !== '') {
      top = writeText(v.fill.pattern.name, bytes, base + 24, top, end);
    } else putNull(bytes, base + 24);
  }
  return top;
}

export function putShape(v: Shape, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfShape(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeShape(v, bytes, top, size, next, end, depth);
}

function readShapeBox(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ShapeBox | undefined): ShapeBox {
  const base = at + data;
  const b10 = data > 10 ? bytes[at + 10]! : 0;
  const corner_ = followPoint(bytes, pointers > 1 ? base + 8 : -1, start, end, depth, into?.corner) ?? readPoint(bytes, 0, 0, 0, 0, 0, depth, into?.corner);
  const width_ = (data >= 10 ? getUint16(bytes, at + 8) : 0);
  const flag_ = ((b10 >> 0) & 1) !== 0;
  const title_ = pointers > 2 ? readText(bytes, base + 16, start, end, depth, '') : '';
  if (into === undefined) return { corner: corner_, width: width_, flag: flag_, title: title_ };
  into.corner = corner_;
  into.width = width_;
  into.flag = flag_;
  into.title = title_;
  return into;
}

function readShapeFillPattern(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ShapeFillPattern | undefined): ShapeFillPattern {
  const base = at + data;
  const name_ = pointers > 3 ? readText(bytes, base + 24, start, end, depth, '') : '';
  const scale_ = data >= 8 ? getFloat32(bytes, at + 4, 0) : 0;
  if (into === undefined) return { name: name_, scale: scale_ };
  into.name = name_;
  into.scale = scale_;
  return into;
}

function readShapeFill(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ShapeFill | undefined): ShapeFill {
  const which = data >= 4 ? getUint16(bytes, at + 2) : 0;
  switch (which) {
    case 0: {
      if (into === undefined || into.which !== 'empty') return { which: 'empty' };
      return into;
    }
    case 1: {
      const value = nameOf(namesOfColour, (data >= 6 ? getUint16(bytes, at + 4) : 0));
      if (into === undefined || into.which !== 'colour') return { which: 'colour', colour: value };
      into.colour = value;
      return into;
    }
    case 2: {
      const value = readShapeFillPattern(bytes, at, data, pointers, start, end, depth, into !== undefined && into.which === 'pattern' ? into.pattern : undefined);
      if (into === undefined || into.which !== 'pattern') return { which: 'pattern', pattern: value };
      into.pattern = value;
      return into;
    }
    default:
    throw unknownMember('ShapeFill', which);
  }
}

export function readShape(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: Shape | undefined): Shape {
  const base = at + data;
  const b16 = data > 16 ? bytes[at + 16]! : 0;
  const label_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const fill_ = readShapeFill(bytes, at, data, pointers, start, end, depth, into?.fill);
  const visible_ = ((b16 >> 0) & 1) === 0;
  const which = data >= 2 ? getUint16(bytes, at + 0) : 0;
  switch (which) {
    case 0: {
      if (into === undefined || into.which !== 'none') return { label: label_, fill: fill_, visible: visible_, which: 'none' };
      into.label = label_;
      into.fill = fill_;
      into.visible = visible_;
      return into;
    }
    case 1: {
      const value = data >= 16 ? getFloat64(bytes, at + 8, 0, 0) : 0;
      if (into === undefined || into.which !== 'circle') return { label: label_, fill: fill_, visible: visible_, which: 'circle', circle: value };
      into.circle = value;
      into.label = label_;
      into.fill = fill_;
      into.visible = visible_;
      return into;
    }
    case 2: {
      const value = (data >= 12 ? getInt32(bytes, at + 8) : 0) >>> 0;
      if (into === undefined || into.which !== 'square') return { label: label_, fill: fill_, visible: visible_, which: 'square', square: value };
      into.square = value;
      into.label = label_;
      into.fill = fill_;
      into.visible = visible_;
      return into;
    }
    case 3: {
      const value = pointers > 1 ? readText(bytes, base + 8, start, end, depth, '') : '';
      if (into === undefined || into.which !== 'named') return { label: label_, fill: fill_, visible: visible_, which: 'named', named: value };
      into.named = value;
      into.label = label_;
      into.fill = fill_;
      into.visible = visible_;
      return into;
    }
    case 4: {
      const value = followPoint(bytes, pointers > 1 ? base + 8 : -1, start, end, depth, into !== undefined && into.which === 'place' ? into.place : undefined) ?? readPoint(bytes, 0, 0, 0, 0, 0, depth, into !== undefined && into.which === 'place' ? into.place : undefined);
      if (into === undefined || into.which !== 'place') return { label: label_, fill: fill_, visible: visible_, which: 'place', place: value };
      into.place = value;
      into.label = label_;
      into.fill = fill_;
      into.visible = visible_;
      return into;
    }
    case 5: {
      const value = readShapeBox(bytes, at, data, pointers, start, end, depth, into !== undefined && into.which === 'box' ? into.box : undefined);
      if (into === undefined || into.which !== 'box') return { label: label_, fill: fill_, visible: visible_, which: 'box', box: value };
      into.box = value;
      into.label = label_;
      into.fill = fill_;
      into.visible = visible_;
      return into;
    }
    case 6: {
      const value = pointers > 1 ? readInt8List(bytes, base + 8, start, end, depth) : [];
      if (into === undefined || into.which !== 'many') return { label: label_, fill: fill_, visible: visible_, which: 'many', many: value };
      into.many = value;
      into.label = label_;
      into.fill = fill_;
      into.visible = visible_;
      return into;
    }
    default:
    throw unknownMember('Shape', which);
  }
}

export function followShape(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: Shape | undefined): Shape | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readShape(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const shape: Codec<Shape> = {
  name: 'Shape',
  dataWords: 3,
  pointers: 4,
  encode(value: Shape, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putShape(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: Shape): Shape {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followShape(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readShape(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: Shape): number {
    return 8 + 8 * wordsOfShape(value, MAX_DEPTH - 1);
  },
};

export function sizeOfTree(v: Tree): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && v.value !== 0) data = 1;
  if (pointers < 1 && v.left !== undefined) pointers = 1;
  if (pointers < 2 && v.right !== undefined) pointers = 2;
  if (pointers < 3 && v.children.length !== 0) pointers = 3;
  return data | (pointers << 16);
}

export function wordsBelowTree(v: Tree, depth: number): number {
  let words = 0;
  if (v.left !== undefined) words += wordsOfTree(v.left, depth - 1);
  if (v.right !== undefined) words += wordsOfTree(v.right, depth - 1);
  if (v.children.length !== 0) words += wordsOfTreeList(v.children, depth - 1);
  return words;
}

export function wordsOfTree(v: Tree, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTree(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowTree(v, depth);
}

export function writeTree(v: Tree, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.value >>> 0 !== v.value) throw outOfRange('Tree.value', v.value);
  h0 |= v.value;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.left !== undefined) {
      top = putTree(v.left, bytes, base, top, end, depth - 1);
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    if (v.right !== undefined) {
      top = putTree(v.right, bytes, base + 8, top, end, depth - 1);
    } else putNull(bytes, base + 8);
  }
  if (pointers > 2) {
    if (v.children.length !== 0) {
      top = writeTreeList(v.children, bytes, base + 16, top, end, depth - 1);
    } else putNull(bytes, base + 16);
  }
  return top;
}

export function putTree(v: Tree, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTree(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeTree(v, bytes, top, size, next, end, depth);
}

export function readTree(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: Tree | undefined): Tree {
  const base = at + data;
  const value_ = (data >= 4 ? getInt32(bytes, at) : 0) >>> 0;
  const left_ = followTree(bytes, pointers > 0 ? base : -1, start, end, depth, into?.left);
  const right_ = followTree(bytes, pointers > 1 ? base + 8 : -1, start, end, depth, into?.right);
  const children_ = pointers > 2 ? readTreeList(bytes, base + 16, start, end, depth) : [];
  if (into === undefined) return { value: value_, left: left_, right: right_, children: children_ };
  into.value = value_;
  into.left = left_;
  into.right = right_;
  into.children = children_;
  return into;
}

export function followTree(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: Tree | undefined): Tree | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readTree(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const tree: Codec<Tree> = {
  name: 'Tree',
  dataWords: 1,
  pointers: 3,
  encode(value: Tree, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putTree(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: Tree): Tree {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followTree(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readTree(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: Tree): number {
    return 8 + 8 * wordsOfTree(value, MAX_DEPTH - 1);
  },
};

export function sizeOfEmpty(v: Empty): number {
  const data = 0;
  const pointers = 0;
  return data | (pointers << 16);
}

export function wordsBelowEmpty(_v: Empty, _depth: number): number {
  return 0;
}

export function wordsOfEmpty(v: Empty, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEmpty(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowEmpty(v, depth);
}

export function writeEmpty(v: Empty, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  return top;
}

export function putEmpty(v: Empty, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEmpty(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeEmpty(v, bytes, top, size, next, end, depth);
}

export function readEmpty(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: Empty | undefined): Empty {
  if (into === undefined) return {  };
  return into;
}

export function followEmpty(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: Empty | undefined): Empty | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readEmpty(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const empty: Codec<Empty> = {
  name: 'Empty',
  dataWords: 0,
  pointers: 0,
  encode(value: Empty, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putEmpty(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: Empty): Empty {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followEmpty(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readEmpty(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: Empty): number {
    return 8 + 8 * wordsOfEmpty(value, MAX_DEPTH - 1);
  },
};

export function sizeOfHolder(v: Holder): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1) pointers = 1;
  if (pointers < 2 && v.empties.length !== 0) pointers = 2;
  if (pointers < 3 && v.after !== '') pointers = 3;
  return data | (pointers << 16);
}

export function wordsBelowHolder(v: Holder, depth: number): number {
  let words = 0;
  words += wordsOfEmpty(v.empty, depth - 1);
  if (v.empties.length !== 0) words += wordsOfEmptyList(v.empties, depth - 1);
  if (v.after !== '') words += textWords(v.after);
  return words;
}

export function wordsOfHolder(v: Holder, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfHolder(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowHolder(v, depth);
}

export function writeHolder(v: Holder, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    {
      top = putEmpty(v.empty, bytes, base, top, end, depth - 1);
    }
  }
  if (pointers > 1) {
    if (v.empties.length !== 0) {
      top = writeEmptyList(v.empties, bytes, base + 8, top, end, depth - 1);
    } else putNull(bytes, base + 8);
  }
  if (pointers > 2) {
    if (v.after !== '') {
      top = writeText(v.after, bytes, base + 16, top, end);
    } else putNull(bytes, base + 16);
  }
  return top;
}

export function putHolder(v: Holder, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfHolder(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeHolder(v, bytes, top, size, next, end, depth);
}

export function readHolder(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: Holder | undefined): Holder {
  const base = at + data;
  const empty_ = followEmpty(bytes, pointers > 0 ? base : -1, start, end, depth, into?.empty) ?? readEmpty(bytes, 0, 0, 0, 0, 0, depth, into?.empty);
  const empties_ = pointers > 1 ? readEmptyList(bytes, base + 8, start, end, depth) : [];
  const after_ = pointers > 2 ? readText(bytes, base + 16, start, end, depth, '') : '';
  if (into === undefined) return { empty: empty_, empties: empties_, after: after_ };
  into.empty = empty_;
  into.empties = empties_;
  into.after = after_;
  return into;
}

export function followHolder(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: Holder | undefined): Holder | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readHolder(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const holder: Codec<Holder> = {
  name: 'Holder',
  dataWords: 0,
  pointers: 3,
  encode(value: Holder, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putHolder(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: Holder): Holder {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followHolder(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readHolder(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: Holder): number {
    return 8 + 8 * wordsOfHolder(value, MAX_DEPTH - 1);
  },
};

export function sizeOfReading(v: Reading): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.sensor !== 0) data = 1;
  if (data < 1 && v.valid !== false) data = 1;
  if (data < 2 && v.takenAtNs !== 0n) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowReading(_v: Reading, _depth: number): number {
  return 0;
}

export function wordsOfReading(v: Reading, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfReading(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowReading(v, depth);
}

export function writeReading(v: Reading, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  if (v.sensor >>> 0 !== v.sensor) throw outOfRange('Reading.sensor', v.sensor);
  h0 |= v.sensor;
  if (v.valid) h1 |= 1;
  h2 = splitUint64(v.takenAtNs, 'Reading.takenAtNs');
  h3 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  if (data > 1) {
    putInt32(bytes, at + 8, h2);
    putInt32(bytes, at + 12, h3);
  }
  return top;
}

export function putReading(v: Reading, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfReading(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeReading(v, bytes, top, size, next, end, depth);
}

export function readReading(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: Reading | undefined): Reading {
  const b4 = data > 4 ? bytes[at + 4]! : 0;
  const sensor_ = (data >= 4 ? getInt32(bytes, at) : 0) >>> 0;
  const valid_ = ((b4 >> 0) & 1) !== 0;
  const takenAtNs_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  if (into === undefined) return { sensor: sensor_, valid: valid_, takenAtNs: takenAtNs_ };
  into.sensor = sensor_;
  into.valid = valid_;
  into.takenAtNs = takenAtNs_;
  return into;
}

export function followReading(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: Reading | undefined): Reading | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readReading(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const reading: Codec<Reading> = {
  name: 'Reading',
  dataWords: 2,
  pointers: 0,
  encode(value: Reading, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putReading(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: Reading): Reading {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followReading(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readReading(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: Reading): number {
    return 8 + 8 * wordsOfReading(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNamedReading(v: NamedReading): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && v.sensor !== 0) data = 1;
  if (pointers < 1 && v.name !== '') pointers = 1;
  if (data < 2 && v.takenAtNs !== 0n) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowNamedReading(v: NamedReading, _depth: number): number {
  let words = 0;
  if (v.name !== '') words += textWords(v.name);
  return words;
}

export function wordsOfNamedReading(v: NamedReading, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamedReading(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNamedReading(v, depth);
}

export function writeNamedReading(v: NamedReading, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h2 = 0;
  let h3 = 0;
  if (v.sensor >>> 0 !== v.sensor) throw outOfRange('NamedReading.sensor', v.sensor);
  h0 |= v.sensor;
  h2 = splitUint64(v.takenAtNs, 'NamedReading.takenAtNs');
  h3 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  if (data > 1) {
    putInt32(bytes, at + 8, h2);
    putInt32(bytes, at + 12, h3);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.name !== '') {
      top = writeText(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putNamedReading(v: NamedReading, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamedReading(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNamedReading(v, bytes, top, size, next, end, depth);
}

export function readNamedReading(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NamedReading | undefined): NamedReading {
  const base = at + data;
  const sensor_ = (data >= 4 ? getInt32(bytes, at) : 0) >>> 0;
  const name_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const takenAtNs_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  if (into === undefined) return { sensor: sensor_, name: name_, takenAtNs: takenAtNs_ };
  into.sensor = sensor_;
  into.name = name_;
  into.takenAtNs = takenAtNs_;
  return into;
}

export function followNamedReading(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NamedReading | undefined): NamedReading | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNamedReading(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const namedReading: Codec<NamedReading> = {
  name: 'NamedReading',
  dataWords: 2,
  pointers: 1,
  encode(value: NamedReading, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNamedReading(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NamedReading): NamedReading {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNamedReading(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNamedReading(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NamedReading): number {
    return 8 + 8 * wordsOfNamedReading(value, MAX_DEPTH - 1);
  },
};

export function sizeOfOldPerson(v: OldPerson): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name !== '') pointers = 1;
  if (data < 1 && v.age !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowOldPerson(v: OldPerson, _depth: number): number {
  let words = 0;
  if (v.name !== '') words += textWords(v.name);
  return words;
}

export function wordsOfOldPerson(v: OldPerson, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfOldPerson(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowOldPerson(v, depth);
}

export function writeOldPerson(v: OldPerson, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if ((v.age & 0xffff) !== v.age) throw outOfRange('OldPerson.age', v.age);
  h0 |= v.age;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.name !== '') {
      top = writeText(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putOldPerson(v: OldPerson, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfOldPerson(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeOldPerson(v, bytes, top, size, next, end, depth);
}

export function readOldPerson(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: OldPerson | undefined): OldPerson {
  const base = at + data;
  const name_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const age_ = (data >= 2 ? getUint16(bytes, at) : 0);
  if (into === undefined) return { name: name_, age: age_ };
  into.name = name_;
  into.age = age_;
  return into;
}

export function followOldPerson(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: OldPerson | undefined): OldPerson | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readOldPerson(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const oldPerson: Codec<OldPerson> = {
  name: 'OldPerson',
  dataWords: 1,
  pointers: 1,
  encode(value: OldPerson, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putOldPerson(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: OldPerson): OldPerson {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followOldPerson(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readOldPerson(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: OldPerson): number {
    return 8 + 8 * wordsOfOldPerson(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNewPerson(v: NewPerson): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name !== '') pointers = 1;
  if (data < 1 && v.age !== 0) data = 1;
  if (data < 2 && differsFloat64(v.height, 0, 1073479680)) data = 2;
  if (pointers < 2 && v.email !== 'none') pointers = 2;
  if (pointers < 3 && v.tags.length !== 0) pointers = 3;
  if (pointers < 4) pointers = 4;
  if (data < 1 && numberOfColour(v.colour, 'NewPerson.colour') !== 1) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowNewPerson(v: NewPerson, depth: number): number {
  let words = 0;
  if (v.name !== '') words += textWords(v.name);
  if (v.email !== 'none') words += textWords(v.email);
  if (v.tags.length !== 0) words += textListWords(v.tags);
  words += wordsOfPoint(v.home, depth - 1);
  return words;
}

export function wordsOfNewPerson(v: NewPerson, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNewPerson(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNewPerson(v, depth);
}

export function writeNewPerson(v: NewPerson, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h2 = 0;
  let h3 = 0;
  if ((v.age & 0xffff) !== v.age) throw outOfRange('NewPerson.age', v.age);
  h0 |= v.age;
  h2 = splitFloat64(v.height, 'NewPerson.height');
  h3 = (high ^ 1073479680);
  h0 |= (numberOfColour(v.colour, 'NewPerson.colour') ^ 1) << 16;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  if (data > 1) {
    putInt32(bytes, at + 8, h2);
    putInt32(bytes, at + 12, h3);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.name !== '') {
      top = writeText(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    if (v.email !== 'none') {
      top = writeText(v.email, bytes, base + 8, top, end);
    } else putNull(bytes, base + 8);
  }
  if (pointers > 2) {
    if (v.tags.length !== 0) {
      top = writeTextList(v.tags, bytes, base + 16, top, end);
    } else putNull(bytes, base + 16);
  }
  if (pointers > 3) {
    {
      top = putPoint(v.home, bytes, base + 24, top, end, depth - 1);
    }
  }
  return top;
}

export function putNewPerson(v: NewPerson, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNewPerson(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNewPerson(v, bytes, top, size, next, end, depth);
}

export function readNewPerson(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NewPerson | undefined): NewPerson {
  const base = at + data;
  const name_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const age_ = (data >= 2 ? getUint16(bytes, at) : 0);
  const height_ = data >= 16 ? getFloat64(bytes, at + 8, 0, 1073479680) : 1.75;
  const email_ = pointers > 1 ? readText(bytes, base + 8, start, end, depth, 'none') : 'none';
  const tags_ = pointers > 2 ? readTextList(bytes, base + 16, start, end, depth) : [];
  const home_ = followPoint(bytes, pointers > 3 ? base + 24 : -1, start, end, depth, into?.home) ?? readPoint(bytes, 0, 0, 0, 0, 0, depth, into?.home);
  const colour_ = nameOf(namesOfColour, ((data >= 4 ? getUint16(bytes, at + 2) : 0) ^ 1));
  if (into === undefined) return { name: name_, age: age_, height: height_, email: email_, tags: tags_, home: home_, colour: colour_ };
  into.name = name_;
  into.age = age_;
  into.height = height_;
  into.email = email_;
  into.tags = tags_;
  into.home = home_;
  into.colour = colour_;
  return into;
}

export function followNewPerson(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NewPerson | undefined): NewPerson | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNewPerson(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const newPerson: Codec<NewPerson> = {
  name: 'NewPerson',
  dataWords: 2,
  pointers: 4,
  encode(value: NewPerson, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNewPerson(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NewPerson): NewPerson {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNewPerson(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNewPerson(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NewPerson): number {
    return 8 + 8 * wordsOfNewPerson(value, MAX_DEPTH - 1);
  },
};

export function sizeOfOldLists(v: OldLists): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.bytes.length !== 0) pointers = 1;
  if (pointers < 2 && v.words.length !== 0) pointers = 2;
  if (pointers < 3 && v.texts.length !== 0) pointers = 3;
  if (pointers < 4 && v.wide.length !== 0) pointers = 4;
  return data | (pointers << 16);
}

export function wordsBelowOldLists(v: OldLists, _depth: number): number {
  let words = 0;
  if (v.bytes.length !== 0) words += listWords(v.bytes.length, 1);
  if (v.words.length !== 0) words += listWords(v.words.length, 8);
  if (v.texts.length !== 0) words += textListWords(v.texts);
  if (v.wide.length !== 0) words += listWords(v.wide.length, 4);
  return words;
}

export function wordsOfOldLists(v: OldLists, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfOldLists(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowOldLists(v, depth);
}

export function writeOldLists(v: OldLists, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.bytes.length !== 0) {
      top = writeUint8List(v.bytes, bytes, base, top, end, 'OldLists.bytes');
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    if (v.words.length !== 0) {
      top = writeUint64List(v.words, bytes, base + 8, top, end, 'OldLists.words');
    } else putNull(bytes, base + 8);
  }
  if (pointers > 2) {
    if (v.texts.length !== 0) {
      top = writeTextList(v.texts, bytes, base + 16, top, end);
    } else putNull(bytes, base + 16);
  }
  if (pointers > 3) {
    if (v.wide.length !== 0) {
      top = writeUint32List(v.wide, bytes, base + 24, top, end, 'OldLists.wide');
    } else putNull(bytes, base + 24);
  }
  return top;
}

export function putOldLists(v: OldLists, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfOldLists(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeOldLists(v, bytes, top, size, next, end, depth);
}

export function readOldLists(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: OldLists | undefined): OldLists {
  const base = at + data;
  const bytes_ = pointers > 0 ? readUint8List(bytes, base, start, end, depth) : [];
  const words_ = pointers > 1 ? readUint64List(bytes, base + 8, start, end, depth) : [];
  const texts_ = pointers > 2 ? readTextList(bytes, base + 16, start, end, depth) : [];
  const wide_ = pointers > 3 ? readUint32List(bytes, base + 24, start, end, depth) : [];
  if (into === undefined) return { bytes: bytes_, words: words_, texts: texts_, wide: wide_ };
  into.bytes = bytes_;
  into.words = words_;
  into.texts = texts_;
  into.wide = wide_;
  return into;
}

export function followOldLists(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: OldLists | undefined): OldLists | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readOldLists(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const oldLists: Codec<OldLists> = {
  name: 'OldLists',
  dataWords: 0,
  pointers: 4,
  encode(value: OldLists, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putOldLists(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: OldLists): OldLists {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followOldLists(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readOldLists(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: OldLists): number {
    return 8 + 8 * wordsOfOldLists(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNewLists(v: NewLists): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.bytes.length !== 0) pointers = 1;
  if (pointers < 2 && v.words.length !== 0) pointers = 2;
  if (pointers < 3 && v.texts.length !== 0) pointers = 3;
  if (pointers < 4 && v.wide.length !== 0) pointers = 4;
  return data | (pointers << 16);
}

export function wordsBelowNewLists(v: NewLists, depth: number): number {
  let words = 0;
  if (v.bytes.length !== 0) words += wordsOfByteBoxList(v.bytes, depth - 1);
  if (v.words.length !== 0) words += wordsOfWordBoxList(v.words, depth - 1);
  if (v.texts.length !== 0) words += wordsOfTextBoxList(v.texts, depth - 1);
  if (v.wide.length !== 0) words += listWords(v.wide.length, 2);
  return words;
}

export function wordsOfNewLists(v: NewLists, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNewLists(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNewLists(v, depth);
}

export function writeNewLists(v: NewLists, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.bytes.length !== 0) {
      top = writeByteBoxList(v.bytes, bytes, base, top, end, depth - 1);
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    if (v.words.length !== 0) {
      top = writeWordBoxList(v.words, bytes, base + 8, top, end, depth - 1);
    } else putNull(bytes, base + 8);
  }
  if (pointers > 2) {
    if (v.texts.length !== 0) {
      top = writeTextBoxList(v.texts, bytes, base + 16, top, end, depth - 1);
    } else putNull(bytes, base + 16);
  }
  if (pointers > 3) {
    if (v.wide.length !== 0) {
      top = writeUint16List(v.wide, bytes, base + 24, top, end, 'NewLists.wide');
    } else putNull(bytes, base + 24);
  }
  return top;
}

export function putNewLists(v: NewLists, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNewLists(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNewLists(v, bytes, top, size, next, end, depth);
}

export function readNewLists(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NewLists | undefined): NewLists {
  const base = at + data;
  const bytes_ = pointers > 0 ? readByteBoxList(bytes, base, start, end, depth) : [];
  const words_ = pointers > 1 ? readWordBoxList(bytes, base + 8, start, end, depth) : [];
  const texts_ = pointers > 2 ? readTextBoxList(bytes, base + 16, start, end, depth) : [];
  const wide_ = pointers > 3 ? readUint16List(bytes, base + 24, start, end, depth) : [];
  if (into === undefined) return { bytes: bytes_, words: words_, texts: texts_, wide: wide_ };
  into.bytes = bytes_;
  into.words = words_;
  into.texts = texts_;
  into.wide = wide_;
  return into;
}

export function followNewLists(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NewLists | undefined): NewLists | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNewLists(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const newLists: Codec<NewLists> = {
  name: 'NewLists',
  dataWords: 0,
  pointers: 4,
  encode(value: NewLists, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNewLists(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NewLists): NewLists {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNewLists(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNewLists(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NewLists): number {
    return 8 + 8 * wordsOfNewLists(value, MAX_DEPTH - 1);
  },
};

export function sizeOfByteBox(v: ByteBox): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.value !== 0) data = 1;
  if (data < 1 && v.more !== 7) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowByteBox(_v: ByteBox, _depth: number): number {
  return 0;
}

export function wordsOfByteBox(v: ByteBox, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfByteBox(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowByteBox(v, depth);
}

export function writeByteBox(v: ByteBox, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  if ((v.value & 0xff) !== v.value) throw outOfRange('ByteBox.value', v.value);
  h0 |= v.value;
  if (v.more >>> 0 !== v.more) throw outOfRange('ByteBox.more', v.more);
  h1 |= (v.more ^ 7);
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  return top;
}

export function putByteBox(v: ByteBox, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfByteBox(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeByteBox(v, bytes, top, size, next, end, depth);
}

export function readByteBox(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ByteBox | undefined): ByteBox {
  const value_ = (data >= 1 ? bytes[at]! : 0);
  const more_ = ((data >= 8 ? getInt32(bytes, at + 4) : 0) ^ 7) >>> 0;
  if (into === undefined) return { value: value_, more: more_ };
  into.value = value_;
  into.more = more_;
  return into;
}

export function followByteBox(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ByteBox | undefined): ByteBox | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readByteBox(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const byteBox: Codec<ByteBox> = {
  name: 'ByteBox',
  dataWords: 1,
  pointers: 0,
  encode(value: ByteBox, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putByteBox(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ByteBox): ByteBox {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followByteBox(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readByteBox(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ByteBox): number {
    return 8 + 8 * wordsOfByteBox(value, MAX_DEPTH - 1);
  },
};

export function sizeOfWordBox(v: WordBox): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && v.value !== 0n) data = 1;
  if (pointers < 1 && v.note !== '') pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowWordBox(v: WordBox, _depth: number): number {
  let words = 0;
  if (v.note !== '') words += textWords(v.note);
  return words;
}

export function wordsOfWordBox(v: WordBox, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfWordBox(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowWordBox(v, depth);
}

export function writeWordBox(v: WordBox, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.value, 'WordBox.value');
  h1 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.note !== '') {
      top = writeText(v.note, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putWordBox(v: WordBox, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfWordBox(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeWordBox(v, bytes, top, size, next, end, depth);
}

export function readWordBox(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: WordBox | undefined): WordBox {
  const base = at + data;
  const value_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const note_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  if (into === undefined) return { value: value_, note: note_ };
  into.value = value_;
  into.note = note_;
  return into;
}

export function followWordBox(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: WordBox | undefined): WordBox | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readWordBox(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const wordBox: Codec<WordBox> = {
  name: 'WordBox',
  dataWords: 1,
  pointers: 1,
  encode(value: WordBox, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putWordBox(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: WordBox): WordBox {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followWordBox(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readWordBox(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: WordBox): number {
    return 8 + 8 * wordsOfWordBox(value, MAX_DEPTH - 1);
  },
};

export function sizeOfTextBox(v: TextBox): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.value !== '') pointers = 1;
  if (data < 1 && v.count !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowTextBox(v: TextBox, _depth: number): number {
  let words = 0;
  if (v.value !== '') words += textWords(v.value);
  return words;
}

export function wordsOfTextBox(v: TextBox, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTextBox(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowTextBox(v, depth);
}

export function writeTextBox(v: TextBox, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if ((v.count & 0xff) !== v.count) throw outOfRange('TextBox.count', v.count);
  h0 |= v.count;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.value !== '') {
      top = writeText(v.value, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putTextBox(v: TextBox, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTextBox(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeTextBox(v, bytes, top, size, next, end, depth);
}

export function readTextBox(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: TextBox | undefined): TextBox {
  const base = at + data;
  const value_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const count_ = (data >= 1 ? bytes[at]! : 0);
  if (into === undefined) return { value: value_, count: count_ };
  into.value = value_;
  into.count = count_;
  return into;
}

export function followTextBox(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: TextBox | undefined): TextBox | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readTextBox(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const textBox: Codec<TextBox> = {
  name: 'TextBox',
  dataWords: 1,
  pointers: 1,
  encode(value: TextBox, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putTextBox(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: TextBox): TextBox {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followTextBox(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readTextBox(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: TextBox): number {
    return 8 + 8 * wordsOfTextBox(value, MAX_DEPTH - 1);
  },
};

export function sizeOfBox(v: Box): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.content !== -1) pointers = 1;
  if (data < 1 && v.count !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowBox(_v: Box, _depth: number): number {
  return 0;
}

export function wordsOfBox(v: Box, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfBox(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowBox(v, depth);
}

export function writeBox(v: Box, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.count >>> 0 !== v.count) throw outOfRange('Box.count', v.count);
  h0 |= v.count;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.content !== -1) {
      putCapability(v.content, bytes, base, 'Box.content');
    } else putNull(bytes, base);
  }
  return top;
}

export function putBox(v: Box, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfBox(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeBox(v, bytes, top, size, next, end, depth);
}

export function readBox(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: Box | undefined): Box {
  const base = at + data;
  const content_ = pointers > 0 ? readCapability(bytes, base) : -1;
  const count_ = (data >= 4 ? getInt32(bytes, at) : 0) >>> 0;
  if (into === undefined) return { content: content_, count: count_ };
  into.content = content_;
  into.count = count_;
  return into;
}

export function followBox(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: Box | undefined): Box | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readBox(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const box: Codec<Box> = {
  name: 'Box',
  dataWords: 1,
  pointers: 1,
  encode(value: Box, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putBox(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: Box): Box {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followBox(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readBox(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: Box): number {
    return 8 + 8 * wordsOfBox(value, MAX_DEPTH - 1);
  },
};

export function sizeOfServiceGreetParams(v: ServiceGreetParams): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name !== '') pointers = 1;
  if (data < 1 && v.times !== 1) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowServiceGreetParams(v: ServiceGreetParams, _depth: number): number {
  let words = 0;
  if (v.name !== '') words += textWords(v.name);
  return words;
}

export function wordsOfServiceGreetParams(v: ServiceGreetParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfServiceGreetParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowServiceGreetParams(v, depth);
}

export function writeServiceGreetParams(v: ServiceGreetParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if ((v.times & 0xff) !== v.times) throw outOfRange('ServiceGreetParams.times', v.times);
  h0 |= (v.times ^ 1);
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.name !== '') {
      top = writeText(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putServiceGreetParams(v: ServiceGreetParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfServiceGreetParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeServiceGreetParams(v, bytes, top, size, next, end, depth);
}

export function readServiceGreetParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ServiceGreetParams | undefined): ServiceGreetParams {
  const base = at + data;
  const name_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const times_ = ((data >= 1 ? bytes[at]! : 0) ^ 1);
  if (into === undefined) return { name: name_, times: times_ };
  into.name = name_;
  into.times = times_;
  return into;
}

export function followServiceGreetParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ServiceGreetParams | undefined): ServiceGreetParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readServiceGreetParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const serviceGreetParams: Codec<ServiceGreetParams> = {
  name: 'ServiceGreetParams',
  dataWords: 1,
  pointers: 1,
  encode(value: ServiceGreetParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putServiceGreetParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ServiceGreetParams): ServiceGreetParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followServiceGreetParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readServiceGreetParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ServiceGreetParams): number {
    return 8 + 8 * wordsOfServiceGreetParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfServiceGreetResults(v: ServiceGreetResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.greeting !== '') pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowServiceGreetResults(v: ServiceGreetResults, _depth: number): number {
  let words = 0;
  if (v.greeting !== '') words += textWords(v.greeting);
  return words;
}

export function wordsOfServiceGreetResults(v: ServiceGreetResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfServiceGreetResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowServiceGreetResults(v, depth);
}

export function writeServiceGreetResults(v: ServiceGreetResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.greeting !== '') {
      top = writeText(v.greeting, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putServiceGreetResults(v: ServiceGreetResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfServiceGreetResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeServiceGreetResults(v, bytes, top, size, next, end, depth);
}

export function readServiceGreetResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ServiceGreetResults | undefined): ServiceGreetResults {
  const base = at + data;
  const greeting_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  if (into === undefined) return { greeting: greeting_ };
  into.greeting = greeting_;
  return into;
}

export function followServiceGreetResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ServiceGreetResults | undefined): ServiceGreetResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readServiceGreetResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const serviceGreetResults: Codec<ServiceGreetResults> = {
  name: 'ServiceGreetResults',
  dataWords: 0,
  pointers: 1,
  encode(value: ServiceGreetResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putServiceGreetResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ServiceGreetResults): ServiceGreetResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followServiceGreetResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readServiceGreetResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ServiceGreetResults): number {
    return 8 + 8 * wordsOfServiceGreetResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfServiceFindResults(v: ServiceFindResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.service !== -1) pointers = 1;
  if (pointers < 2) pointers = 2;
  return data | (pointers << 16);
}

export function wordsBelowServiceFindResults(v: ServiceFindResults, depth: number): number {
  let words = 0;
  words += wordsOfShape(v.shape, depth - 1);
  return words;
}

export function wordsOfServiceFindResults(v: ServiceFindResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfServiceFindResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowServiceFindResults(v, depth);
}

export function writeServiceFindResults(v: ServiceFindResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.service !== -1) {
      putCapability(v.service, bytes, base, 'ServiceFindResults.service');
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    {
      top = putShape(v.shape, bytes, base + 8, top, end, depth - 1);
    }
  }
  return top;
}

export function putServiceFindResults(v: ServiceFindResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfServiceFindResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeServiceFindResults(v, bytes, top, size, next, end, depth);
}

export function readServiceFindResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ServiceFindResults | undefined): ServiceFindResults {
  const base = at + data;
  const service_ = pointers > 0 ? readCapability(bytes, base) : -1;
  const shape_ = followShape(bytes, pointers > 1 ? base + 8 : -1, start, end, depth, into?.shape) ?? readShape(bytes, 0, 0, 0, 0, 0, depth, into?.shape);
  if (into === undefined) return { service: service_, shape: shape_ };
  into.service = service_;
  into.shape = shape_;
  return into;
}

export function followServiceFindResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ServiceFindResults | undefined): ServiceFindResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readServiceFindResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const serviceFindResults: Codec<ServiceFindResults> = {
  name: 'ServiceFindResults',
  dataWords: 0,
  pointers: 2,
  encode(value: ServiceFindResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putServiceFindResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ServiceFindResults): ServiceFindResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followServiceFindResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readServiceFindResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ServiceFindResults): number {
    return 8 + 8 * wordsOfServiceFindResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfServiceImportParams(v: ServiceImportParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowServiceImportParams(v: ServiceImportParams, depth: number): number {
  let words = 0;
  words += wordsOfShape(v.shape, depth - 1);
  return words;
}

export function wordsOfServiceImportParams(v: ServiceImportParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfServiceImportParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowServiceImportParams(v, depth);
}

export function writeServiceImportParams(v: ServiceImportParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    {
      top = putShape(v.shape, bytes, base, top, end, depth - 1);
    }
  }
  return top;
}

export function putServiceImportParams(v: ServiceImportParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfServiceImportParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeServiceImportParams(v, bytes, top, size, next, end, depth);
}

export function readServiceImportParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ServiceImportParams | undefined): ServiceImportParams {
  const base = at + data;
  const shape_ = followShape(bytes, pointers > 0 ? base : -1, start, end, depth, into?.shape) ?? readShape(bytes, 0, 0, 0, 0, 0, depth, into?.shape);
  if (into === undefined) return { shape: shape_ };
  into.shape = shape_;
  return into;
}

export function followServiceImportParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ServiceImportParams | undefined): ServiceImportParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readServiceImportParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const serviceImportParams: Codec<ServiceImportParams> = {
  name: 'ServiceImportParams',
  dataWords: 0,
  pointers: 1,
  encode(value: ServiceImportParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putServiceImportParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ServiceImportParams): ServiceImportParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followServiceImportParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readServiceImportParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ServiceImportParams): number {
    return 8 + 8 * wordsOfServiceImportParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfServiceOptions(v: ServiceOptions): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.loud !== false) data = 1;
  if (data < 1 && numberOfColour(v.colour, 'ServiceOptions.colour') !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowServiceOptions(_v: ServiceOptions, _depth: number): number {
  return 0;
}

export function wordsOfServiceOptions(v: ServiceOptions, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfServiceOptions(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowServiceOptions(v, depth);
}

export function writeServiceOptions(v: ServiceOptions, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.loud) h0 |= 1;
  h0 |= numberOfColour(v.colour, 'ServiceOptions.colour') << 16;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putServiceOptions(v: ServiceOptions, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfServiceOptions(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeServiceOptions(v, bytes, top, size, next, end, depth);
}

export function readServiceOptions(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ServiceOptions | undefined): ServiceOptions {
  const b0 = data > 0 ? bytes[at + 0]! : 0;
  const loud_ = ((b0 >> 0) & 1) !== 0;
  const colour_ = nameOf(namesOfColour, (data >= 4 ? getUint16(bytes, at + 2) : 0));
  if (into === undefined) return { loud: loud_, colour: colour_ };
  into.loud = loud_;
  into.colour = colour_;
  return into;
}

export function followServiceOptions(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ServiceOptions | undefined): ServiceOptions | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readServiceOptions(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const serviceOptions: Codec<ServiceOptions> = {
  name: 'ServiceOptions',
  dataWords: 1,
  pointers: 0,
  encode(value: ServiceOptions, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putServiceOptions(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ServiceOptions): ServiceOptions {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followServiceOptions(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readServiceOptions(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ServiceOptions): number {
    return 8 + 8 * wordsOfServiceOptions(value, MAX_DEPTH - 1);
  },
};

export const Service: {
  readonly id: 0xfdff68081652749fn;
  readonly name: 'Service';
  readonly methods: {
    readonly greet: MethodDescriptor<ServiceGreetParams, ServiceGreetResults>;
    readonly find: MethodDescriptor<Point, ServiceFindResults>;
    readonly import: MethodDescriptor<ServiceImportParams, Tree>;
  };
} = {
  id: 0xfdff68081652749fn,
  name: 'Service',
  methods: {
    greet: { ordinal: 0, name: 'greet', params: serviceGreetParams, results: serviceGreetResults },
    find: { ordinal: 1, name: 'find', params: point, results: serviceFindResults, returnsCapabilities: true },
    import: { ordinal: 2, name: 'import', params: serviceImportParams, results: tree },
  },
} as const satisfies InterfaceDescriptor;

function wordsOfPointList(list: readonly Point[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let data = 0;
  let pointers = 0;
  let below = 0;
  for (const item of list) {
    const size = sizeOfPoint(item);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
    below += wordsBelowPoint(item, depth - 1);
  }
  return 1 + list.length * (data + pointers) + below;
}

function writePointList(list: readonly (Point)[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let data = 0;
  let pointers = 0;
  for (let index = 0; index < count; index++) {
    const size = sizeOfPoint(list[index]!);
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
    top = writePoint(list[index]!, bytes, start + 8 + index * (data + pointers) * 8, size, top, end, depth - 1);
  }
  return top;
}

function readPointList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (Point)[] {
  if (!followList(bytes, at, start, end, depth, 7)) return [];
  const { at: first, count, step, data, pointers } = found;
  const list = new Array<Point>(count);
  for (let index = 0; index < count; index++) list[index] = readPoint(bytes, first + index * step, data, pointers, start, end, depth - 1, undefined);
  return list;
}

function wordsOfPointersList(list: readonly Pointers[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let data = 0;
  let pointers = 0;
  let below = 0;
  for (const item of list) {
    const size = sizeOfPointers(item);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
    below += wordsBelowPointers(item, depth - 1);
  }
  return 1 + list.length * (data + pointers) + below;
}

function wordsOfInt16ListList(list: readonly (readonly number[])[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let words = list.length;
  for (const item of list) if (!(item.length === 0)) words += listWords(item.length, 2);
  return words;
}

function wordsOfPointListListList(list: readonly (readonly (readonly Point[])[])[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let words = list.length;
  for (const item of list) if (!(item.length === 0)) words += wordsOfPointListList(item, depth - 1);
  return words;
}

function wordsOfPointListList(list: readonly (readonly Point[])[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let words = list.length;
  for (const item of list) if (!(item.length === 0)) words += wordsOfPointList(item, depth - 1);
  return words;
}

function wordsOfTextListList(list: readonly (readonly string[])[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let words = list.length;
  for (const item of list) if (!(item.length === 0)) words += textListWords(item);
  return words;
}

function writeColourList(list: readonly (Colour)[], bytes: Uint8Array, at: number, start: number, end: number, _depth: number): number {

  const count = list.length;
  const next = openList(bytes, at, start, end, 3, count, 2);
  for (let index = 0; index < count; index++) putUint16(bytes, start + index * 2, numberOfColour(list[index]!, 'an element of a ColourList'));
  return next;
}

function writePointersList(list: readonly (Pointers)[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let data = 0;
  let pointers = 0;
  for (let index = 0; index < count; index++) {
    const size = sizeOfPointers(list[index]!);
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
    top = writePointers(list[index]!, bytes, start + 8 + index * (data + pointers) * 8, size, top, end, depth - 1);
  }
  return top;
}

function writeInt16ListList(list: readonly (readonly number[])[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let top = openList(bytes, at, start, end, 6, count, 8);
  for (let index = 0; index < count; index++) {
    const item = list[index]!;
    if (item.length === 0) putNull(bytes, start + index * 8);
    else top = writeInt16List(item, bytes, start + index * 8, top, end, 'an element of a Int16ListList');
  }
  return top;
}

function writePointListListList(list: readonly (readonly (readonly Point[])[])[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let top = openList(bytes, at, start, end, 6, count, 8);
  for (let index = 0; index < count; index++) {
    const item = list[index]!;
    if (item.length === 0) putNull(bytes, start + index * 8);
    else top = writePointListList(item, bytes, start + index * 8, top, end, depth - 1);
  }
  return top;
}

function writePointListList(list: readonly (readonly Point[])[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let top = openList(bytes, at, start, end, 6, count, 8);
  for (let index = 0; index < count; index++) {
    const item = list[index]!;
    if (item.length === 0) putNull(bytes, start + index * 8);
    else top = writePointList(item, bytes, start + index * 8, top, end, depth - 1);
  }
  return top;
}

function writeTextListList(list: readonly (readonly string[])[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let top = openList(bytes, at, start, end, 6, count, 8);
  for (let index = 0; index < count; index++) {
    const item = list[index]!;
    if (item.length === 0) putNull(bytes, start + index * 8);
    else top = writeTextList(item, bytes, start + index * 8, top, end);
  }
  return top;
}

function readColourList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (Colour)[] {
  if (!followList(bytes, at, start, end, depth, 3)) return [];
  const { at: first, count, step } = found;
  const list = new Array<Colour>(count);
  for (let index = 0; index < count; index++) list[index] = nameOf(namesOfColour, getUint16(bytes, first + index * step));
  return list;
}

function readPointersList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (Pointers)[] {
  if (!followList(bytes, at, start, end, depth, 7)) return [];
  const { at: first, count, step, data, pointers } = found;
  const list = new Array<Pointers>(count);
  for (let index = 0; index < count; index++) list[index] = readPointers(bytes, first + index * step, data, pointers, start, end, depth - 1, undefined);
  return list;
}

function readInt16ListList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (readonly number[])[] {
  if (!followList(bytes, at, start, end, depth, 6)) return [];
  const { at: first, count, step } = found;
  const list = new Array<readonly number[]>(count);
  for (let index = 0; index < count; index++) list[index] = readInt16List(bytes, first + index * step, start, end, depth - 1);
  return list;
}

function readPointListListList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (readonly (readonly Point[])[])[] {
  if (!followList(bytes, at, start, end, depth, 6)) return [];
  const { at: first, count, step } = found;
  const list = new Array<readonly (readonly Point[])[]>(count);
  for (let index = 0; index < count; index++) list[index] = readPointListList(bytes, first + index * step, start, end, depth - 1);
  return list;
}

function readPointListList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (readonly Point[])[] {
  if (!followList(bytes, at, start, end, depth, 6)) return [];
  const { at: first, count, step } = found;
  const list = new Array<readonly Point[]>(count);
  for (let index = 0; index < count; index++) list[index] = readPointList(bytes, first + index * step, start, end, depth - 1);
  return list;
}

function readTextListList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (readonly string[])[] {
  if (!followList(bytes, at, start, end, depth, 6)) return [];
  const { at: first, count, step } = found;
  const list = new Array<readonly string[]>(count);
  for (let index = 0; index < count; index++) list[index] = readTextList(bytes, first + index * step, start, end, depth - 1);
  return list;
}

function wordsOfTreeList(list: readonly Tree[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let data = 0;
  let pointers = 0;
  let below = 0;
  for (const item of list) {
    const size = sizeOfTree(item);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
    below += wordsBelowTree(item, depth - 1);
  }
  return 1 + list.length * (data + pointers) + below;
}

function writeTreeList(list: readonly (Tree)[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let data = 0;
  let pointers = 0;
  for (let index = 0; index < count; index++) {
    const size = sizeOfTree(list[index]!);
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
    top = writeTree(list[index]!, bytes, start + 8 + index * (data + pointers) * 8, size, top, end, depth - 1);
  }
  return top;
}

function readTreeList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (Tree)[] {
  if (!followList(bytes, at, start, end, depth, 7)) return [];
  const { at: first, count, step, data, pointers } = found;
  const list = new Array<Tree>(count);
  for (let index = 0; index < count; index++) list[index] = readTree(bytes, first + index * step, data, pointers, start, end, depth - 1, undefined);
  return list;
}

function wordsOfEmptyList(list: readonly Empty[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let data = 0;
  let pointers = 0;
  let below = 0;
  for (const item of list) {
    const size = sizeOfEmpty(item);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
    below += wordsBelowEmpty(item, depth - 1);
  }
  return 1 + list.length * (data + pointers) + below;
}

function writeEmptyList(list: readonly (Empty)[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let data = 0;
  let pointers = 0;
  for (let index = 0; index < count; index++) {
    const size = sizeOfEmpty(list[index]!);
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
    top = writeEmpty(list[index]!, bytes, start + 8 + index * (data + pointers) * 8, size, top, end, depth - 1);
  }
  return top;
}

function readEmptyList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (Empty)[] {
  if (!followList(bytes, at, start, end, depth, 7)) return [];
  const { at: first, count, step, data, pointers } = found;
  const list = new Array<Empty>(count);
  for (let index = 0; index < count; index++) list[index] = readEmpty(bytes, first + index * step, data, pointers, start, end, depth - 1, undefined);
  return list;
}

function wordsOfByteBoxList(list: readonly ByteBox[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let data = 0;
  let pointers = 0;
  let below = 0;
  for (const item of list) {
    const size = sizeOfByteBox(item);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
    below += wordsBelowByteBox(item, depth - 1);
  }
  return 1 + list.length * (data + pointers) + below;
}

function wordsOfWordBoxList(list: readonly WordBox[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let data = 0;
  let pointers = 0;
  let below = 0;
  for (const item of list) {
    const size = sizeOfWordBox(item);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
    below += wordsBelowWordBox(item, depth - 1);
  }
  return 1 + list.length * (data + pointers) + below;
}

function wordsOfTextBoxList(list: readonly TextBox[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let data = 0;
  let pointers = 0;
  let below = 0;
  for (const item of list) {
    const size = sizeOfTextBox(item);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
    below += wordsBelowTextBox(item, depth - 1);
  }
  return 1 + list.length * (data + pointers) + below;
}

function writeByteBoxList(list: readonly (ByteBox)[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let data = 0;
  let pointers = 0;
  for (let index = 0; index < count; index++) {
    const size = sizeOfByteBox(list[index]!);
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
    top = writeByteBox(list[index]!, bytes, start + 8 + index * (data + pointers) * 8, size, top, end, depth - 1);
  }
  return top;
}

function writeWordBoxList(list: readonly (WordBox)[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let data = 0;
  let pointers = 0;
  for (let index = 0; index < count; index++) {
    const size = sizeOfWordBox(list[index]!);
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
    top = writeWordBox(list[index]!, bytes, start + 8 + index * (data + pointers) * 8, size, top, end, depth - 1);
  }
  return top;
}

function writeTextBoxList(list: readonly (TextBox)[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let data = 0;
  let pointers = 0;
  for (let index = 0; index < count; index++) {
    const size = sizeOfTextBox(list[index]!);
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
    top = writeTextBox(list[index]!, bytes, start + 8 + index * (data + pointers) * 8, size, top, end, depth - 1);
  }
  return top;
}

function readByteBoxList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (ByteBox)[] {
  if (!followList(bytes, at, start, end, depth, 7)) return [];
  const { at: first, count, step, data, pointers } = found;
  const list = new Array<ByteBox>(count);
  for (let index = 0; index < count; index++) list[index] = readByteBox(bytes, first + index * step, data, pointers, start, end, depth - 1, undefined);
  return list;
}

function readWordBoxList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (WordBox)[] {
  if (!followList(bytes, at, start, end, depth, 7)) return [];
  const { at: first, count, step, data, pointers } = found;
  const list = new Array<WordBox>(count);
  for (let index = 0; index < count; index++) list[index] = readWordBox(bytes, first + index * step, data, pointers, start, end, depth - 1, undefined);
  return list;
}

function readTextBoxList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (TextBox)[] {
  if (!followList(bytes, at, start, end, depth, 7)) return [];
  const { at: first, count, step, data, pointers } = found;
  const list = new Array<TextBox>(count);
  for (let index = 0; index < count; index++) list[index] = readTextBox(bytes, first + index * step, data, pointers, start, end, depth - 1, undefined);
  return list;
}
