// AVX and AVX2 instructions that no SSE instruction corresponds to (SDM Vol. 1 §14.1.2, §14.7): broadcasts, moves between the
// halves, permutations, shifts by a vector of counts, tests and masks.

import { FRAME, XMM_STRIDE_BYTES } from '../state/frame-layout.ts';
import { and, eqz, ltU, or, shl, shrU, toI32, toI64 } from '../wasm/arithmetic.ts';
import { constantOf, i32, i64, lane, op, select, shuffle, type Value } from '../wasm/expression.ts';
import { withLowLane } from '../wasm/low-lane.ts';
import type { OperatorName } from '../wasm/operators.ts';
import type { Emitter, Operand } from './emitter.ts';
import { type Body, type Row, row } from './row.ts';
import { doublewordsOf, quadwordsOf, type Vector, vectorOperator, ZERO } from './sse-vector.ts';
import { readHalf, readHalves, vexOperation, vexUnary, writeHalves, writeWhole } from './vex-forms.ts';

type Width = 128 | 256;
const WIDTHS: readonly Width[] = [128, 256];
const AVX = { feature: 'avx' };
const AVX2 = { feature: 'avx2' };

/** Operands for a width: `x` stands for xmm or ymm, `mw` for the width's memory. */
const widened = (width: Width, operands: readonly string[]): string[] =>
  operands.map((operand) =>
    operand.replace(/^(=?)x([12v4])/, `$1${width === 256 ? 'ymm' : 'xmm'}$2`).replace('mw', `m${width}`),
  );

function bothWidths(
  mnemonic: string,
  encoding: string,
  operands: readonly string[],
  feature: string,
  body: (width: Width) => Body,
): Row[] {
  return WIDTHS.map((width) =>
    row(mnemonic, encoding.replace('VEX.', `VEX.${width}.`), widened(width, operands), { feature }, body(width)),
  );
}

/** The result in every half that the width has. */
function writeBoth(e: Emitter, width: Width, destination: Operand, value: Vector): void {
  if (width === 128) writeWhole(e, destination, value);
  else writeHalves(e, destination, e.let(value), value);
}

// ---- scalars: a load clears, a move between registers merges

const loadScalar =
  (type: 'i32' | 'i64'): Body =>
  (e, destination, source) =>
    writeWhole(e, destination!, withLowLane(ZERO, e.readAs(source!, type)));
const mergeScalar =
  (type: 'i32' | 'i64'): Body =>
  (e, destination, upper, source) =>
    writeWhole(e, destination!, withLowLane(e.readAs(upper!, 'v128'), e.readAs(source!, type)));
const storeScalar =
  (type: 'i32' | 'i64'): Body =>
  (e, destination, source) =>
    e.writeAs(destination!, e.readAs(source!, type));

const scalarMoves = (
  [
    ['VMOVSS', 'F3', 'm32', 'i32'],
    ['VMOVSD', 'F2', 'm64', 'i64'],
  ] as const
).flatMap(([mnemonic, prefix, memory, type]) => [
  row(mnemonic, `VEX.LIG.${prefix}.0F.WIG 10 /r`, ['=xmm1', memory], AVX, loadScalar(type)),
  row(mnemonic, `VEX.LIG.${prefix}.0F.WIG 10 /r`, ['=xmm1', 'xmmv', 'xmm2'], AVX, mergeScalar(type)),
  row(mnemonic, `VEX.LIG.${prefix}.0F.WIG 11 /r`, [`=${memory}`, 'xmm1'], AVX, storeScalar(type)),
  row(mnemonic, `VEX.LIG.${prefix}.0F.WIG 11 /r`, ['=xmm2', 'xmmv', 'xmm1'], AVX, mergeScalar(type)),
]);

// ---- broadcasts

/** The lowest `bits` of a register, or that much memory, in every lane. */
const broadcast =
  (width: Width, bits: 8 | 16 | 32 | 64): Body =>
  (e, destination, source) => {
    let value: Vector;
    if (bits === 64) value = op('i64x2.splat', e.readAs(source!, 'i64'));
    else {
      const low = bits === 32 || !source!.isMemory ? e.readAs(source!, 'i32') : toI32(e.load(bits, e.address(source!)));
      value = vectorOperator(`i${bits}x${128 / bits}.splat` as OperatorName)(low);
    }
    writeBoth(e, width, destination!, value);
  };
const broadcastHalf: Body = (e, destination, source) => writeBoth(e, 256, destination!, e.readAs(source!, 'v128'));

// biome-ignore format: a table
const BROADCASTS: readonly (readonly [string, string, 8 | 16 | 32 | 64])[] = [
  ['VPBROADCASTB', '78', 8], ['VPBROADCASTW', '79', 16], ['VPBROADCASTD', '58', 32], ['VPBROADCASTQ', '59', 64],
];

// ---- halves

/** The half that bit `bit` of a constant names. */
function chooseHalf(e: Emitter, operand: Operand, selector: Value<'i32'>, bit: number): Vector {
  const [low, high] = readHalves(e, operand);
  return select(and(shrU(selector, i32(bit)), i32(1)), high, low);
}

const constantValue = (e: Emitter, operand: Operand): Value<'i32'> => {
  const value = toI32(e.read(operand));
  return constantOf(value) === undefined ? e.let(value) : value;
};

const extractHalf: Body = (e, destination, source, constant) => {
  const value = e.let(chooseHalf(e, source!, constantValue(e, constant!), 0));
  writeWhole(e, destination!, value);
};
const insertHalf: Body = (e, destination, first, second, constant) => {
  const inserted = e.let(e.readAs(second!, 'v128'));
  const upper = e.let(and(constantValue(e, constant!), i32(1)));
  const [low, high] = readHalves(e, first!);
  const result = e.let(select(upper, low, inserted));
  writeHalves(e, destination!, result, select(upper, inserted, high));
};
/** Each half of the result: one of four, or zero with the field's bit 3. */
const permuteHalves: Body = (e, destination, first, second, constant) => {
  const [bLow, bHigh] = readHalves(e, second!);
  const [aLow, aHigh] = readHalves(e, first!);
  const selector = constantValue(e, constant!);
  const choose = (at: number): Vector => {
    const bit = (index: number): Value<'i32'> => and(shrU(selector, i32(at + index)), i32(1));
    const chosen = select(bit(1), select(bit(0), bHigh, bLow), select(bit(0), aHigh, aLow));
    return select(bit(3), ZERO, chosen);
  };
  const low = e.let(choose(0));
  writeHalves(e, destination!, low, choose(4));
};

// ---- permutations across the whole register

/** Doublewords of all 256 bits by the low three bits of each index. */
function permuteDoublewords(e: Emitter, [low, high]: readonly [Vector, Vector], indices: Vector): Vector {
  const chosen = e.let(op('v128.and', indices, op('i32x4.splat', i32(7))));
  const bytes = op(
    'i32x4.add',
    op('i32x4.mul', chosen, op('i32x4.splat', i32(0x0404_0404))),
    op('i32x4.splat', i32(0x0302_0100)),
  );
  const places = e.let(bytes);
  // A swizzle gives zero for what is beyond its vector.
  const upper = op('i8x16.sub', places, op('i8x16.splat', i32(16)));
  return op('v128.or', op('i8x16.swizzle', low, places), op('i8x16.swizzle', high, upper));
}
const permuteByVector: Body = (e, destination, indices, source) => {
  const halves = readHalves(e, source!);
  const [first, second] = readHalves(e, indices!);
  const low = e.let(permuteDoublewords(e, halves, first));
  writeHalves(e, destination!, low, permuteDoublewords(e, halves, second));
};
/** Quadwords by the two-bit fields of the constant. */
const permuteByConstant: Body = (e, destination, source, constant) => {
  const [low, high] = readHalves(e, source!);
  const selector = constantValue(e, constant!);
  const quadword = (field: number): Value<'i64'> => {
    const half = select(and(shrU(selector, i32(field * 2 + 1)), i32(1)), high, low);
    const odd = and(shrU(selector, i32(field * 2)), i32(1));
    const chosen = e.let(half);
    return select(odd, lane('i64x2.extract_lane', 1, chosen), lane('i64x2.extract_lane', 0, chosen));
  };
  const pair = (field: number): Vector =>
    e.let(lane('i64x2.replace_lane', 1, op('i64x2.splat', quadword(field)), quadword(field + 1)));
  const result = pair(0);
  writeHalves(e, destination!, result, pair(2));
};

/** VPERMILPS by a vector: bits 1:0 of each doubleword. */
const permuteSingles = (value: Vector, control: Vector): Vector => {
  const chosen = op('v128.and', control, op('i32x4.splat', i32(3)));
  const bytes = op(
    'i32x4.add',
    op('i32x4.mul', chosen, op('i32x4.splat', i32(0x0404_0404))),
    op('i32x4.splat', i32(0x0302_0100)),
  );
  return op('i8x16.swizzle', value, bytes);
};
/** VPERMILPD by a vector: bit 1 of each quadword. */
const permuteDoubles = (value: Vector, control: Vector): Vector => {
  const mask = op('i64x2.ne', op('v128.and', control, op('i64x2.splat', i64(2))), ZERO);
  const highs = shuffle(value, value, [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15]);
  const lows = shuffle(value, value, [0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7]);
  return op('v128.bitselect', highs, lows, mask);
};
const singlesOf = (selector: Value<'i32'>): Vector =>
  op('i32x4.shr_u', op('i32x4.mul', op('i32x4.splat', and(selector, i32(0xff))), doublewordsOf(64, 16, 4, 1)), i32(6));
/** Bit `at` and `at` + 1 of the selector as bit 1 of each quadword. */
const doublesOf = (selector: Value<'i32'>, at: number): Vector => {
  const bits = op('i64x2.splat', toI64(shrU(selector, i32(at))));
  const one = op('v128.and', op('i64x2.shl', bits, i32(1)), quadwordsOf(2n, 0n));
  return op('v128.or', one, op('v128.and', bits, quadwordsOf(0n, 2n)));
};
const permuteDoublesByConstant =
  (width: Width): Body =>
  (e, destination, source, constant) => {
    const selector = constantValue(e, constant!);
    if (width === 128) {
      writeWhole(e, destination!, permuteDoubles(e.let(e.readAs(source!, 'v128')), doublesOf(selector, 0)));
      return;
    }
    const [low, high] = readHalves(e, source!);
    const result = e.let(permuteDoubles(low, doublesOf(selector, 0)));
    writeHalves(e, destination!, result, permuteDoubles(high, doublesOf(selector, 2)));
  };

// ---- blends and shifts by vectors

const blendDoublewords =
  (width: Width): Body =>
  (e, destination, first, second, constant) => {
    const selector = constantValue(e, constant!);
    const mask = (at: number): Vector =>
      op('i32x4.ne', op('v128.and', op('i32x4.splat', shrU(selector, i32(at))), doublewordsOf(1, 2, 4, 8)), ZERO);
    if (width === 128) {
      const b = e.let(e.readAs(second!, 'v128'));
      writeWhole(e, destination!, op('v128.bitselect', b, e.readAs(first!, 'v128'), mask(0)));
      return;
    }
    const [bLow, bHigh] = readHalves(e, second!);
    const [aLow, aHigh] = readHalves(e, first!);
    const low = e.let(op('v128.bitselect', bLow, aLow, mask(0)));
    writeHalves(e, destination!, low, op('v128.bitselect', bHigh, aHigh, mask(4)));
  };

/** Each lane by its own count: too far a shift gives zero, or all signs. */
const shiftLanes =
  (bits: 32 | 64, kind: 'shl' | 'shr_u' | 'shr_s') =>
  (value: Vector, counts: Vector, e: Emitter): Vector => {
    const count = 128 / bits;
    const result = e.let(ZERO);
    for (let index = 0; index < count; index++) {
      if (bits === 64) {
        const by = e.let(lane('i64x2.extract_lane', index, counts));
        const shifted = (op as (name: string, ...operands: Value[]) => Value<'i64'>)(
          `i64.${kind}`,
          lane('i64x2.extract_lane', index, value),
          by,
        );
        e.set(result, lane('i64x2.replace_lane', index, result, select(ltU(by, i64(64)), shifted, i64(0))));
      } else {
        const by = e.let(lane('i32x4.extract_lane', index, counts));
        const far = kind === 'shr_s' ? select(ltU(by, i32(32)), by, i32(31)) : by;
        const shifted = (op as (name: string, ...operands: Value[]) => Value<'i32'>)(
          `i32.${kind}`,
          lane('i32x4.extract_lane', index, value),
          far,
        );
        const kept = kind === 'shr_s' ? shifted : select(ltU(by, i32(32)), shifted, i32(0));
        e.set(result, lane('i32x4.replace_lane', index, result, kept));
      }
    }
    return result;
  };

// ---- tests and masks of signs

/** VPTEST looks at all bits, VTESTPS and VTESTPD at the signs of their lanes. */
const test =
  (width: Width, signs: Vector | undefined): Body =>
  (e, first, second) => {
    const halves = (operand: Operand): Vector[] =>
      width === 128 ? [e.let(e.readAs(operand, 'v128'))] : readHalves(e, operand);
    const b = halves(second!);
    const a = halves(first!);
    const any = (combine: (x: Vector, y: Vector) => Vector): Value<'i32'> => {
      const all = a.map((value, index) => combine(value, b[index]!)).reduce((x, y) => op('v128.or', x, y));
      return op('v128.any_true', signs ? op('v128.and', all, signs) : all);
    };
    e.flags.set({
      zf: eqz(any((x, y) => op('v128.and', x, y))),
      cf: eqz(any((x, y) => op('v128.andnot', y, x))),
      of: i32(0),
      sf: i32(0),
      af: i32(0),
      pf: i32(0),
    });
  };
const TESTS = { ...AVX, writes: 'oszapc' };

const signMask =
  (width: Width, name: 'i8x16.bitmask' | 'i32x4.bitmask' | 'i64x2.bitmask', lanes: number): Body =>
  (e, destination, source) => {
    const mask = op(name, readHalf(e, source!, 0));
    if (width === 128) e.write(destination!, mask);
    else e.write(destination!, or(e.let(mask), shl(op(name, readHalf(e, source!, 1)), i32(lanes))));
  };

// ---- the whole register file

const zeroAll: Body = (e) => {
  for (let address: number = FRAME.xmm; address < FRAME.xmm + 16 * XMM_STRIDE_BYTES; address += 16) {
    e.writeState(address, ZERO);
  }
};

export const AVX_MOVES: readonly Row[] = [
  ...scalarMoves,
  ...bothWidths('VBROADCASTSS', 'VEX.66.0F38.W0 18 /r', ['=x1', 'm32'], 'avx', (width) => broadcast(width, 32)),
  ...bothWidths('VBROADCASTSS', 'VEX.66.0F38.W0 18 /r', ['=x1', 'xmm2'], 'avx2', (width) => broadcast(width, 32)),
  row('VBROADCASTSD', 'VEX.256.66.0F38.W0 19 /r', ['=ymm1', 'm64'], AVX, broadcast(256, 64)),
  row('VBROADCASTSD', 'VEX.256.66.0F38.W0 19 /r', ['=ymm1', 'xmm2'], AVX2, broadcast(256, 64)),
  row('VBROADCASTF128', 'VEX.256.66.0F38.W0 1A /r', ['=ymm1', 'm128'], AVX, broadcastHalf),
  row('VBROADCASTI128', 'VEX.256.66.0F38.W0 5A /r', ['=ymm1', 'm128'], AVX2, broadcastHalf),
  ...BROADCASTS.flatMap(([mnemonic, opcode, bits]) =>
    bothWidths(mnemonic, `VEX.66.0F38.W0 ${opcode} /r`, ['=x1', `xmm2/m${bits}`], 'avx2', (width) =>
      broadcast(width, bits),
    ),
  ),
  ...(
    [
      ['F128', '18', '19', '06', AVX],
      ['I128', '38', '39', '46', AVX2],
    ] as const
  ).flatMap(([suffix, insert, extract, permute, options]) => [
    row(
      `VINSERT${suffix}`,
      `VEX.256.66.0F3A.W0 ${insert} /r ib`,
      ['=ymm1', 'ymmv', 'xmm2/m128', 'imm8'],
      options,
      insertHalf,
    ),
    row(
      `VEXTRACT${suffix}`,
      `VEX.256.66.0F3A.W0 ${extract} /r ib`,
      ['=xmm2/m128', 'ymm1', 'imm8'],
      options,
      extractHalf,
    ),
    row(
      `VPERM2${suffix}`,
      `VEX.256.66.0F3A.W0 ${permute} /r ib`,
      ['=ymm1', 'ymmv', 'ymm2/m256', 'imm8'],
      options,
      permuteHalves,
    ),
  ]),
  ...(['VPERMD', 'VPERMPS'] as const).map((mnemonic) =>
    row(
      mnemonic,
      `VEX.256.66.0F38.W0 ${mnemonic === 'VPERMD' ? '36' : '16'} /r`,
      ['=ymm1', 'ymmv', 'ymm2/m256'],
      AVX2,
      permuteByVector,
    ),
  ),
  ...(['VPERMQ', 'VPERMPD'] as const).map((mnemonic) =>
    row(
      mnemonic,
      // Intel's manual asks for W1, AMD processors do not look.
      `VEX.256.66.0F3A.WIG ${mnemonic === 'VPERMQ' ? '00' : '01'} /r ib`,
      ['=ymm1', 'ymm2/m256', 'imm8'],
      AVX2,
      permuteByConstant,
    ),
  ),
  ...bothWidths('VPERMILPS', 'VEX.66.0F38.W0 0C /r', ['=x1', 'xv', 'x2/mw'], 'avx', (width) =>
    vexOperation(width, permuteSingles),
  ),
  ...bothWidths('VPERMILPD', 'VEX.66.0F38.W0 0D /r', ['=x1', 'xv', 'x2/mw'], 'avx', (width) =>
    vexOperation(width, permuteDoubles),
  ),
  ...bothWidths('VPERMILPS', 'VEX.66.0F3A.W0 04 /r ib', ['=x1', 'x2/mw', 'imm8'], 'avx', (width) =>
    vexUnary(width, (value, e, constant) => permuteSingles(value, singlesOf(constantValue(e, constant)))),
  ),
  ...bothWidths('VPERMILPD', 'VEX.66.0F3A.W0 05 /r ib', ['=x1', 'x2/mw', 'imm8'], 'avx', permuteDoublesByConstant),
  ...bothWidths('VPBLENDD', 'VEX.66.0F3A.W0 02 /r ib', ['=x1', 'xv', 'x2/mw', 'imm8'], 'avx2', blendDoublewords),
  ...(
    [
      ['VPSRLVD', 'W0 45', 32, 'shr_u'],
      ['VPSRLVQ', 'W1 45', 64, 'shr_u'],
      ['VPSRAVD', 'W0 46', 32, 'shr_s'],
      ['VPSLLVD', 'W0 47', 32, 'shl'],
      ['VPSLLVQ', 'W1 47', 64, 'shl'],
    ] as const
  ).flatMap(([mnemonic, opcode, bits, kind]) =>
    bothWidths(mnemonic, `VEX.66.0F38.${opcode} /r`, ['=x1', 'xv', 'x2/mw'], 'avx2', (width) =>
      vexOperation(width, shiftLanes(bits, kind)),
    ),
  ),
  ...(
    [
      ['VPTEST', 'WIG 17', undefined],
      ['VTESTPS', 'W0 0E', doublewordsOf(0x8000_0000, 0x8000_0000, 0x8000_0000, 0x8000_0000)],
      ['VTESTPD', 'W0 0F', quadwordsOf(1n << 63n, 1n << 63n)],
    ] as const
  ).flatMap(([mnemonic, opcode, signs]) =>
    WIDTHS.map((width) =>
      row(mnemonic, `VEX.${width}.66.0F38.${opcode} /r`, widened(width, ['x1', 'x2/mw']), TESTS, test(width, signs)),
    ),
  ),
  ...bothWidths('VMOVMSKPS', 'VEX.0F.WIG 50 /r', ['=r32', 'x2'], 'avx', (width) => signMask(width, 'i32x4.bitmask', 4)),
  ...bothWidths('VMOVMSKPD', 'VEX.66.0F.WIG 50 /r', ['=r32', 'x2'], 'avx', (width) =>
    signMask(width, 'i64x2.bitmask', 2),
  ),
  row('VPMOVMSKB', 'VEX.128.66.0F.WIG D7 /r', ['=r32', 'xmm2'], AVX, signMask(128, 'i8x16.bitmask', 16)),
  row('VPMOVMSKB', 'VEX.256.66.0F.WIG D7 /r', ['=r32', 'ymm2'], AVX2, signMask(256, 'i8x16.bitmask', 16)),
  row('VZEROUPPER', 'VEX.128.0F.WIG 77', [], AVX, (e) => e.zeroUpperHalves()),
  row('VZEROALL', 'VEX.256.0F.WIG 77', [], AVX, zeroAll),
];
