// Masked loads and stores, and gathers: element by element, for only elements that the mask selects may fault (SDM Vol. 2
// VMASKMOV, VPMASKMOV, VGATHER).

import { add, eqz, ltS, ne, shl, toI64, toI64S } from '../wasm/arithmetic.ts';
import { i32, i64, type Local, lane, type Value } from '../wasm/expression.ts';
import type { Emitter, Operand } from './emitter.ts';
import { type Body, type Row, row } from './row.ts';
import { type Vector, ZERO } from './sse-vector.ts';
import { VECTOR } from './vector.ts';
import { readHalf, writeHalves, writeWhole } from './vex-forms.ts';

type Width = 128 | 256;
type Bits = 32 | 64;
type Half = 0 | 1;
const WIDTHS: readonly Width[] = [128, 256];

const perHalf = (bits: Bits): number => 128 / bits;
const isNegative = (bits: Bits, vector: Vector, index: number): Value<'i32'> =>
  bits === 32
    ? ltS(lane('i32x4.extract_lane', index, vector), i32(0))
    : ltS(lane('i64x2.extract_lane', index, vector), i64(0));
const withElement = (bits: Bits, vector: Vector, index: number, value: Value<'i32' | 'i64'>): Vector =>
  bits === 32
    ? lane('i32x4.replace_lane', index, vector, value as Value<'i32'>)
    : lane('i64x2.replace_lane', index, vector, value as Value<'i64'>);
const elementOf = (bits: Bits, vector: Vector, index: number): Value<'i32'> | Value<'i64'> =>
  bits === 32 ? lane('i32x4.extract_lane', index, vector) : lane('i64x2.extract_lane', index, vector);

const halvesOf = (width: Width): readonly Half[] => (width === 128 ? [0] : [0, 1]);

const maskedLoad =
  (width: Width, bits: Bits): Body =>
  (e, destination, mask, source) => {
    const address = e.address(source!, 'elements');
    const results = halvesOf(width).map((half) => {
      const selected = e.let(readHalf(e, mask!, half));
      const result = e.let(ZERO);
      for (let index = 0; index < perHalf(bits); index++) {
        const offset = half * 16 + (index * bits) / 8;
        e.if(isNegative(bits, selected, index), () => {
          e.requireElement(source!, offset, bits);
          e.set(result, withElement(bits, result, index, e.load(bits, add(address, i64(offset)))));
        });
      }
      return result;
    });
    if (width === 128) writeWhole(e, destination!, results[0]!);
    else writeHalves(e, destination!, results[0]!, results[1]!);
  };

/** Every element must be writable before the first is written. */
const maskedStore =
  (width: Width, bits: Bits): Body =>
  (e, destination, mask, source) => {
    const address = e.address(destination!, 'elements');
    const elements = halvesOf(width).flatMap((half) => {
      const selected = e.let(readHalf(e, mask!, half));
      const value = e.let(readHalf(e, source!, half));
      return Array.from({ length: perHalf(bits) }, (_, index) => ({
        isSelected: isNegative(bits, selected, index),
        offset: half * 16 + (index * bits) / 8,
        value: elementOf(bits, value, index),
      }));
    });
    for (const { isSelected, offset } of elements) {
      e.if(isSelected, () => {
        e.requireElement(destination!, offset, bits);
        e.modify(bits, add(address, i64(offset)));
      });
    }
    for (const { isSelected, offset, value } of elements) {
      e.if(isSelected, () => e.store(bits, add(address, i64(offset)), value));
    }
  };

// biome-ignore format: a table
const MASKED: readonly (readonly [string, string, string, string, Bits, string])[] = [
  ['VMASKMOVPS', 'W0', '2C', '2E', 32, 'avx'], ['VMASKMOVPD', 'W0', '2D', '2F', 64, 'avx'],
  ['VPMASKMOVD', 'W0', '8C', '8E', 32, 'avx2'], ['VPMASKMOVQ', 'W1', '8C', '8E', 64, 'avx2'],
];
const maskedRows = MASKED.flatMap(([mnemonic, w, loads, stores, bits, feature]) =>
  WIDTHS.flatMap((width) => {
    const vector = width === 256 ? 'ymm' : 'xmm';
    const encoding = (opcode: string): string => `VEX.${width}.66.0F38.${w} ${opcode} /r`;
    const options = { feature, interpreted: true, ignoresAlignment: true };
    return [
      row(mnemonic, encoding(loads), [`=${vector}1`, `${vector}v`, `m${width}`], options, maskedLoad(width, bits)),
      row(mnemonic, encoding(stores), [`=m${width}`, `${vector}v`, `${vector}1`], options, maskedStore(width, bits)),
    ];
  }),
);

/**
 * A gather fetches elements in order and counts each off in the mask, chosen or not, so that after a fault it goes on where it
 * was. #UD when two of destination, mask and indices are one register.
 */
const gather =
  (width: Width, bits: Bits, indexBits: Bits): Body =>
  (e, destination, source, mask) => {
    const base = destination!;
    const numbers = [base, mask!].map((operand) => e.registerNumber(operand));
    const indexNumber = e.vectorIndexNumber();
    const [first, second] = numbers as [Value<'i32'>, Value<'i32'>];
    const same = (a: Value<'i32'>, b: Value<'i32'>): void => e.raiseIf(eqz(ne(a, b)), VECTOR.invalidOpcode);
    same(first, second);
    same(first, indexNumber);
    same(second, indexNumber);

    const indices: Vector[] = [e.vectorIndex(0), e.vectorIndex(1)];
    const scale = toI64(e.vectorScale());
    // With quadword indices and doublewords only as many elements as there are indices are fetched.
    const count = width / Math.max(bits, indexBits);
    const results = halvesOf(width).map((half) => e.let(readHalf(e, base, half)));
    const masks = halvesOf(width).map((half) => e.let(readHalf(e, mask!, half)));
    const update = (): void => {
      for (const half of halvesOf(width)) {
        writePart(e, base, half, results[half]!);
        writePart(e, mask!, half, masks[half]!);
      }
    };
    for (let element = 0; element < count; element++) {
      const half = Math.floor((element * bits) / 128) as Half;
      const index = element % perHalf(bits);
      const indexVector = indices[Math.floor((element * indexBits) / 128)]!;
      const indexLane = element % perHalf(indexBits);
      e.if(isNegative(bits, masks[half]!, index), () => {
        update();
        const offset =
          indexBits === 32
            ? toI64S(lane('i32x4.extract_lane', indexLane, indexVector))
            : lane('i64x2.extract_lane', indexLane, indexVector);
        const value = e.load(bits, e.addressPlus(source!, shl(offset, scale), bits));
        e.set(results[half]!, withElement(bits, results[half]!, index, value));
      });
      e.set(masks[half]!, withElement(bits, masks[half]!, index, bits === 32 ? i32(0) : i64(0)));
    }
    const fetched = count * bits;
    const low = fetched >= 128 ? results[0]! : upperQuadwordCleared(results[0]!);
    if (width === 128 || fetched <= 128) writeWhole(e, base, low);
    else writeHalves(e, base, low, results[1]!);
    writeHalves(e, mask!, ZERO, ZERO);
  };

const upperQuadwordCleared = (vector: Vector): Vector => lane('i64x2.replace_lane', 1, vector, i64(0));

const writePart = (e: Emitter, operand: Operand, half: Half, value: Local<'v128'>): void =>
  half === 0 ? e.writeAs(operand, value) : e.writeUpper(operand, value);

// biome-ignore format: a table: mnemonic, W, opcode, bits of an element, bits of an index
const GATHERS: readonly (readonly [string, 'W0' | 'W1', string, Bits, Bits])[] = [
  ['VPGATHERDD', 'W0', '90', 32, 32], ['VPGATHERDQ', 'W1', '90', 64, 32],
  ['VPGATHERQD', 'W0', '91', 32, 64], ['VPGATHERQQ', 'W1', '91', 64, 64],
  ['VGATHERDPS', 'W0', '92', 32, 32], ['VGATHERDPD', 'W1', '92', 64, 32],
  ['VGATHERQPS', 'W0', '93', 32, 64], ['VGATHERQPD', 'W1', '93', 64, 64],
];
const gatherRows = GATHERS.flatMap(([mnemonic, w, opcode, bits, indexBits]) =>
  WIDTHS.map((width) => {
    const elements = width / Math.max(bits, indexBits);
    const vector = width === 256 && elements * bits > 128 ? 'ymm' : 'xmm';
    const indices = `vm${indexBits}${width === 256 && elements * indexBits > 128 ? 'y' : 'x'}`;
    return row(
      mnemonic,
      `VEX.${width}.66.0F38.${w} ${opcode} /r`,
      [`=${vector}1`, indices, `=${vector}v`],
      { feature: 'avx2', interpreted: true, ignoresAlignment: true },
      gather(width, bits, indexBits),
    );
  }),
);

export const AVX_MASKED: readonly Row[] = [...maskedRows, ...gatherRows];
