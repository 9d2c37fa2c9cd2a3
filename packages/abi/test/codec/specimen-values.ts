// Arbitrary values of every struct of specimen.capnp, with its codec and its name: the tests walk this table.
import fc from 'fast-check';
import type { Codec } from '../../src/index.ts';
import {
  type ByteBox,
  byteBox,
  type Colour,
  type Defaults,
  defaults,
  type Holder,
  holder,
  type Lists,
  lists,
  type NamedReading,
  type NewPerson,
  type Numbers,
  namedReading,
  namesOfColour,
  newPerson,
  numbers,
  type Point,
  type Pointers,
  point,
  pointers,
  type Reading,
  reading,
  type Shape,
  type ShapeFill,
  shape,
  type Tree,
  tree,
} from '../generated/codecs/index.ts';
// biome-ignore lint/suspicious/noExplicitAny: one table for codecs of many types
export interface Specimen<T = any> {
  readonly name: string;
  readonly codec: Codec<T>;
  readonly values: fc.Arbitrary<T>;
  /** Whether the values hold capabilities: such messages have no canonical form in the `capnp` program. */
  readonly capabilities?: boolean;
}

/** Records with the prototype that a decoded object has. */
function record<T>(fields: { [Key in keyof T]: fc.Arbitrary<T[Key]> }): fc.Arbitrary<T> {
  return fc.record(fields, { noNullPrototype: true }) as fc.Arbitrary<T>;
}
const int = (bits: number): fc.Arbitrary<number> =>
  fc.oneof(fc.constant(0), fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 }));
const uint = (bits: number): fc.Arbitrary<number> =>
  fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2 ** bits - 1 }));
const int64 = fc.oneof(fc.constant(0n), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }));
const uint64 = fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }));
const float32 = fc.oneof(fc.constantFrom(0, -0, 1.5), fc.float());
const float64 = fc.oneof(fc.constantFrom(0, -0, 1.5), fc.double());
const bool = fc.boolean();
const colour: fc.Arbitrary<Colour> = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...namesOfColour) },
  { weight: 1, arbitrary: fc.integer({ min: namesOfColour.length, max: 65535 }) },
);
// Whole code points only: a lone surrogate has no UTF-8 and comes back as U+FFFD.
const text = fc.oneof(fc.constant(''), fc.string({ unit: 'binary', maxLength: 12 }), fc.string({ maxLength: 40 }));
const data = fc.oneof(fc.constant(new Uint8Array(0)), fc.uint8Array({ maxLength: 80 }));
const none = fc.constant(-1);
const list = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(values, { maxLength: 9 });

export const points: fc.Arbitrary<Point> = record({ x: int(32), y: int(32) });

const numberValues: fc.Arbitrary<Numbers> = record({
  bool,
  int8: int(8),
  int16: int(16),
  int32: int(32),
  int64,
  uint8: uint(8),
  uint16: uint(16),
  uint32: uint(32),
  uint64,
  float32,
  float64,
  colour,
  secondBool: bool,
});

const unset = defaults.decode(new Uint8Array(0));
const defaultValues: fc.Arbitrary<Defaults> = record({
  bool,
  int8: fc.oneof(fc.constant(unset.int8), int(8)),
  int16: fc.oneof(fc.constant(unset.int16), int(16)),
  int32: fc.oneof(fc.constant(unset.int32), int(32)),
  int64: fc.oneof(fc.constant(unset.int64), int64),
  uint8: fc.oneof(fc.constant(unset.uint8), uint(8)),
  uint16: fc.oneof(fc.constant(unset.uint16), uint(16)),
  uint32: fc.oneof(fc.constant(unset.uint32), uint(32)),
  uint64: fc.oneof(fc.constant(unset.uint64), uint64),
  float32: fc.oneof(fc.constant(unset.float32), float32),
  float64: fc.oneof(fc.constant(unset.float64), float64),
  colour,
  text: fc.oneof(fc.constant(unset.text), text),
  data: fc.oneof(fc.constant(unset.data), data),
  point: points,
  numbers: list(uint(16)),
  points: list(points),
  infinity: fc.oneof(fc.constant(unset.infinity), float64),
});

const pointersWith = (capability: fc.Arbitrary<number>): fc.Arbitrary<Pointers> =>
  record({ text, data, point: points, capability, anything: capability, last: text });

const listsWith = (capability: fc.Arbitrary<number>): fc.Arbitrary<Lists> =>
  record({
    voids: fc.nat({ max: 1000 }),
    bools: fc.array(bool, { maxLength: 70 }),
    int8s: list(int(8)),
    int16s: list(int(16)),
    int32s: list(int(32)),
    int64s: list(int64),
    uint8s: list(uint(8)),
    uint16s: list(uint(16)),
    uint32s: list(uint(32)),
    uint64s: list(uint64),
    float32s: list(float32),
    float64s: list(float64),
    colours: list(colour),
    texts: list(text),
    datas: list(data),
    points: list(points),
    mixed: fc.array(pointersWith(capability), { maxLength: 3 }),
    grid: list(list(int(16))),
    deep: fc.array(fc.array(fc.array(points, { maxLength: 2 }), { maxLength: 2 }), { maxLength: 2 }),
    services: capability === none ? fc.constant([]) : list(capability),
    names: list(list(text)),
  });

const fills: fc.Arbitrary<ShapeFill> = fc.oneof(
  fc.constant({ which: 'empty' as const }),
  record({ which: fc.constant('colour' as const), colour }),
  record({ which: fc.constant('pattern' as const), pattern: record({ name: text, scale: float32 }) }),
);
const around = { label: text, fill: fills, visible: bool };
const shapes: fc.Arbitrary<Shape> = fc.oneof(
  record({ ...around, which: fc.constant('none' as const) }),
  record({ ...around, which: fc.constant('circle' as const), circle: float64 }),
  record({ ...around, which: fc.constant('square' as const), square: uint(32) }),
  record({ ...around, which: fc.constant('named' as const), named: text }),
  record({ ...around, which: fc.constant('place' as const), place: points }),
  record({
    ...around,
    which: fc.constant('box' as const),
    box: record({ corner: points, width: uint(16), flag: bool, title: text }),
  }),
  record({ ...around, which: fc.constant('many' as const), many: list(int(8)) }),
);

const treesOfDepth = (depth: number): fc.Arbitrary<Tree> => {
  const branch = depth === 0 ? fc.constant(undefined) : fc.option(treesOfDepth(depth - 1), { nil: undefined });
  const children = depth === 0 ? fc.constant([]) : fc.array(treesOfDepth(depth - 1), { maxLength: 2 });
  return record({ value: uint(32), left: branch, right: branch, children });
};
const trees = treesOfDepth(3);

const readings: fc.Arbitrary<Reading> = record({ sensor: uint(32), valid: bool, takenAtNs: uint64 });
const namedReadings: fc.Arbitrary<NamedReading> = record({ sensor: uint(32), name: text, takenAtNs: uint64 });
const holders: fc.Arbitrary<Holder> = record({
  empty: fc.constant({}),
  empties: list(fc.constant({})),
  after: text,
});
export const people: fc.Arbitrary<NewPerson> = record({
  name: text,
  age: uint(16),
  height: float64,
  email: text,
  tags: list(text),
  home: points,
  colour,
});
const boxes: fc.Arbitrary<ByteBox> = record({ value: uint(8), more: uint(32) });

export const specimens: readonly Specimen[] = [
  { name: 'Numbers', codec: numbers, values: numberValues },
  { name: 'Defaults', codec: defaults, values: defaultValues },
  { name: 'Point', codec: point, values: points },
  { name: 'Pointers', codec: pointers, values: pointersWith(none) },
  { name: 'Lists', codec: lists, values: listsWith(none) },
  { name: 'Shape', codec: shape, values: shapes },
  { name: 'Tree', codec: tree, values: trees },
  { name: 'Holder', codec: holder, values: holders },
  { name: 'Reading', codec: reading, values: readings },
  { name: 'NamedReading', codec: namedReading, values: namedReadings },
  { name: 'NewPerson', codec: newPerson, values: people },
  { name: 'ByteBox', codec: byteBox, values: boxes },
  { name: 'Pointers', codec: pointers, values: pointersWith(fc.oneof(none, uint(32))), capabilities: true },
  { name: 'Lists', codec: lists, values: listsWith(fc.oneof(none, uint(32))), capabilities: true },
];

/** Encodes into a buffer of exactly the measured size that held something else before. */
export function encodeDirty<T>(codec: Codec<T>, value: T): Uint8Array {
  const bytes = new Uint8Array(codec.measure(value)).fill(0xa5);
  const length = codec.encode(value, bytes);
  return bytes.subarray(0, length);
}
