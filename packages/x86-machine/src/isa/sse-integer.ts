// Packed integers, lane by lane: SSE2 … SSE4.2, and the MMX forms of the same operations (SDM 1 §9.4, §11.4.2).
//
// Each operation is one function on vectors. The MMX forms compute it on a vector whose upper half does not matter; those
// that move lanes between halves (pack, horizontal) get both MMX operands in one vector.

import { geU, gtU, toI64 } from '../wasm/arithmetic.ts';
import { i32, i64, lane, op, select, shuffle } from '../wasm/expression.ts';
import type { OperatorName } from '../wasm/operators.ts';
import type { Emitter, Operand } from './emitter.ts';
import { lowOf, mmxCheck, mmxRow, mmxWrite, readMmx } from './mmx.ts';
import { type Row, row } from './row.ts';
import { doublewordsOf, readAligned, type Vector, vectorOperator, wordsOf, ZERO } from './sse-vector.ts';

type Operation = (a: Vector, b: Vector, e: Emitter) => Vector;
/** How an MMX form gets its lanes: independently, or both operands in one vector. */
type MmxShape = 'lanes' | 'joined' | undefined;

const simd =
  (name: OperatorName): Operation =>
  (a, b) =>
    vectorOperator(name)(a, b);
const halves = (lanes: readonly number[], a: Vector, b: Vector): Vector => shuffle(a, b, lanes);
const EVEN_WORDS = [0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21, 24, 25, 28, 29];
const ODD_WORDS = [2, 3, 6, 7, 10, 11, 14, 15, 18, 19, 22, 23, 26, 27, 30, 31];
const EVEN_DOUBLEWORDS = [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27];
const ODD_DOUBLEWORDS = [4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31];
const PAIRED_DOUBLEWORDS = [0, 1, 2, 3, 8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11];

/** The upper words of all products. */
const multiplyHigh =
  (sign: 's' | 'u'): Operation =>
  (a, b) =>
    halves(
      ODD_WORDS,
      vectorOperator(`i32x4.extmul_low_i16x8_${sign}`)(a, b),
      vectorOperator(`i32x4.extmul_high_i16x8_${sign}`)(a, b),
    );

const multiplyEvenDoublewords =
  (sign: 's' | 'u'): Operation =>
  (a, b) =>
    vectorOperator(`i64x2.extmul_low_i32x4_${sign}`)(
      shuffle(a, a, PAIRED_DOUBLEWORDS),
      shuffle(b, b, PAIRED_DOUBLEWORDS),
    );

/** Unsigned bytes of a times signed bytes of b, neighbours added with signed saturation. */
const multiplyAddBytes: Operation = (a, b) => {
  const even = op(
    'i16x8.mul',
    op('v128.and', a, wordsOf(...new Array(8).fill(0xff))),
    op('i16x8.shr_s', op('i16x8.shl', b, i32(8)), i32(8)),
  );
  const odd = op('i16x8.mul', op('i16x8.shr_u', a, i32(8)), op('i16x8.shr_s', b, i32(8)));
  return op('i16x8.add_sat_s', even, odd);
};

/** As WebAssembly's rounding multiply, except that −1 × −1 wraps to −1 instead of saturating. */
const multiplyRound: Operation = (a, b) => {
  const minimum = wordsOf(...new Array(8).fill(0x8000));
  const both = op('v128.and', op('i16x8.eq', a, minimum), op('i16x8.eq', b, minimum));
  return op('v128.xor', op('i16x8.q15mulr_sat_s', a, b), both);
};

const sumOfDifferences: Operation = (a, b, e) => {
  const difference = op('v128.or', op('i8x16.sub_sat_u', a, b), op('i8x16.sub_sat_u', b, a));
  const quads = e.let(op('i32x4.extadd_pairwise_i16x8_u', op('i16x8.extadd_pairwise_i8x16_u', difference)));
  const sums = op('i32x4.add', quads, op('i64x2.shr_u', quads, i32(32)));
  return op('v128.and', sums, doublewordsOf(0xffff, 0, 0xffff, 0));
};

/** Sums or differences of neighbours: a's in the low half, b's in the high half. */
const horizontal =
  (lanes: 'words' | 'doublewords', operator: OperatorName): Operation =>
  (a, b) => {
    const [even, odd] = lanes === 'words' ? [EVEN_WORDS, ODD_WORDS] : [EVEN_DOUBLEWORDS, ODD_DOUBLEWORDS];
    return vectorOperator(operator)(halves(even, a, b), halves(odd, a, b));
  };

/** a with the sign of b: negated where b is negative, zero where b is zero. */
const applySign =
  (shape: 'i8x16' | 'i16x8' | 'i32x4'): Operation =>
  (a, b) => {
    const negative = vectorOperator(`${shape}.lt_s`)(b, ZERO);
    const signed = vectorOperator(`${shape}.sub`)(op('v128.xor', a, negative), negative);
    return op('v128.andnot', signed, vectorOperator(`${shape}.eq`)(b, ZERO));
  };

const unary =
  (name: OperatorName): Operation =>
  (_a, b) =>
    vectorOperator(name)(b);

// biome-ignore format: a table: mnemonic, opcode, operation, feature of the XMM form, MMX form and its feature
const OPERATIONS: readonly (readonly [string, string, Operation, string, MmxShape, string?])[] = [
  ['PADDB', '0F FC', simd('i8x16.add'), 'sse2', 'lanes'],
  ['PADDW', '0F FD', simd('i16x8.add'), 'sse2', 'lanes'],
  ['PADDD', '0F FE', simd('i32x4.add'), 'sse2', 'lanes'],
  ['PADDQ', '0F D4', simd('i64x2.add'), 'sse2', 'lanes', 'sse2'],
  ['PADDSB', '0F EC', simd('i8x16.add_sat_s'), 'sse2', 'lanes'],
  ['PADDSW', '0F ED', simd('i16x8.add_sat_s'), 'sse2', 'lanes'],
  ['PADDUSB', '0F DC', simd('i8x16.add_sat_u'), 'sse2', 'lanes'],
  ['PADDUSW', '0F DD', simd('i16x8.add_sat_u'), 'sse2', 'lanes'],
  ['PSUBB', '0F F8', simd('i8x16.sub'), 'sse2', 'lanes'],
  ['PSUBW', '0F F9', simd('i16x8.sub'), 'sse2', 'lanes'],
  ['PSUBD', '0F FA', simd('i32x4.sub'), 'sse2', 'lanes'],
  ['PSUBQ', '0F FB', simd('i64x2.sub'), 'sse2', 'lanes', 'sse2'],
  ['PSUBSB', '0F E8', simd('i8x16.sub_sat_s'), 'sse2', 'lanes'],
  ['PSUBSW', '0F E9', simd('i16x8.sub_sat_s'), 'sse2', 'lanes'],
  ['PSUBUSB', '0F D8', simd('i8x16.sub_sat_u'), 'sse2', 'lanes'],
  ['PSUBUSW', '0F D9', simd('i16x8.sub_sat_u'), 'sse2', 'lanes'],
  ['PMULLW', '0F D5', simd('i16x8.mul'), 'sse2', 'lanes'],
  ['PMULHW', '0F E5', multiplyHigh('s'), 'sse2', 'lanes'],
  ['PMULHUW', '0F E4', multiplyHigh('u'), 'sse2', 'lanes', 'sse'],
  ['PMULUDQ', '0F F4', multiplyEvenDoublewords('u'), 'sse2', 'lanes', 'sse2'],
  ['PMADDWD', '0F F5', simd('i32x4.dot_i16x8_s'), 'sse2', 'lanes'],
  ['PSADBW', '0F F6', sumOfDifferences, 'sse2', 'lanes', 'sse'],
  ['PAVGB', '0F E0', simd('i8x16.avgr_u'), 'sse2', 'lanes', 'sse'],
  ['PAVGW', '0F E3', simd('i16x8.avgr_u'), 'sse2', 'lanes', 'sse'],
  ['PMINUB', '0F DA', simd('i8x16.min_u'), 'sse2', 'lanes', 'sse'],
  ['PMAXUB', '0F DE', simd('i8x16.max_u'), 'sse2', 'lanes', 'sse'],
  ['PMINSW', '0F EA', simd('i16x8.min_s'), 'sse2', 'lanes', 'sse'],
  ['PMAXSW', '0F EE', simd('i16x8.max_s'), 'sse2', 'lanes', 'sse'],
  ['PCMPEQB', '0F 74', simd('i8x16.eq'), 'sse2', 'lanes'],
  ['PCMPEQW', '0F 75', simd('i16x8.eq'), 'sse2', 'lanes'],
  ['PCMPEQD', '0F 76', simd('i32x4.eq'), 'sse2', 'lanes'],
  ['PCMPGTB', '0F 64', simd('i8x16.gt_s'), 'sse2', 'lanes'],
  ['PCMPGTW', '0F 65', simd('i16x8.gt_s'), 'sse2', 'lanes'],
  ['PCMPGTD', '0F 66', simd('i32x4.gt_s'), 'sse2', 'lanes'],
  ['PAND', '0F DB', simd('v128.and'), 'sse2', 'lanes'],
  ['PANDN', '0F DF', (a, b) => op('v128.andnot', b, a), 'sse2', 'lanes'],
  ['POR', '0F EB', simd('v128.or'), 'sse2', 'lanes'],
  ['PXOR', '0F EF', simd('v128.xor'), 'sse2', 'lanes'],
  ['PACKSSWB', '0F 63', simd('i8x16.narrow_i16x8_s'), 'sse2', 'joined'],
  ['PACKSSDW', '0F 6B', simd('i16x8.narrow_i32x4_s'), 'sse2', 'joined'],
  ['PACKUSWB', '0F 67', simd('i8x16.narrow_i16x8_u'), 'sse2', 'joined'],
  ['PHADDW', '0F 38 01', horizontal('words', 'i16x8.add'), 'ssse3', 'joined', 'ssse3'],
  ['PHADDD', '0F 38 02', horizontal('doublewords', 'i32x4.add'), 'ssse3', 'joined', 'ssse3'],
  ['PHADDSW', '0F 38 03', horizontal('words', 'i16x8.add_sat_s'), 'ssse3', 'joined', 'ssse3'],
  ['PMADDUBSW', '0F 38 04', multiplyAddBytes, 'ssse3', 'lanes', 'ssse3'],
  ['PHSUBW', '0F 38 05', horizontal('words', 'i16x8.sub'), 'ssse3', 'joined', 'ssse3'],
  ['PHSUBD', '0F 38 06', horizontal('doublewords', 'i32x4.sub'), 'ssse3', 'joined', 'ssse3'],
  ['PHSUBSW', '0F 38 07', horizontal('words', 'i16x8.sub_sat_s'), 'ssse3', 'joined', 'ssse3'],
  ['PSIGNB', '0F 38 08', applySign('i8x16'), 'ssse3', 'lanes', 'ssse3'],
  ['PSIGNW', '0F 38 09', applySign('i16x8'), 'ssse3', 'lanes', 'ssse3'],
  ['PSIGND', '0F 38 0A', applySign('i32x4'), 'ssse3', 'lanes', 'ssse3'],
  ['PMULHRSW', '0F 38 0B', multiplyRound, 'ssse3', 'lanes', 'ssse3'],
  ['PABSB', '0F 38 1C', unary('i8x16.abs'), 'ssse3', 'lanes', 'ssse3'],
  ['PABSW', '0F 38 1D', unary('i16x8.abs'), 'ssse3', 'lanes', 'ssse3'],
  ['PABSD', '0F 38 1E', unary('i32x4.abs'), 'ssse3', 'lanes', 'ssse3'],
  ['PMULDQ', '0F 38 28', multiplyEvenDoublewords('s'), 'sse4.1', undefined],
  ['PCMPEQQ', '0F 38 29', simd('i64x2.eq'), 'sse4.1', undefined],
  ['PACKUSDW', '0F 38 2B', simd('i16x8.narrow_i32x4_u'), 'sse4.1', undefined],
  ['PCMPGTQ', '0F 38 37', simd('i64x2.gt_s'), 'sse4.2', undefined],
  ['PMINSB', '0F 38 38', simd('i8x16.min_s'), 'sse4.1', undefined],
  ['PMINSD', '0F 38 39', simd('i32x4.min_s'), 'sse4.1', undefined],
  ['PMINUW', '0F 38 3A', simd('i16x8.min_u'), 'sse4.1', undefined],
  ['PMINUD', '0F 38 3B', simd('i32x4.min_u'), 'sse4.1', undefined],
  ['PMAXSB', '0F 38 3C', simd('i8x16.max_s'), 'sse4.1', undefined],
  ['PMAXSD', '0F 38 3D', simd('i32x4.max_s'), 'sse4.1', undefined],
  ['PMAXUW', '0F 38 3E', simd('i16x8.max_u'), 'sse4.1', undefined],
  ['PMAXUD', '0F 38 3F', simd('i32x4.max_u'), 'sse4.1', undefined],
  ['PMULLD', '0F 38 40', simd('i32x4.mul'), 'sse4.1', undefined],
  // The bitwise operations on floats do not look at them as floats.
  ['ANDPD', '0F 54', simd('v128.and'), 'sse2', undefined],
  ['ANDNPD', '0F 55', (a, b) => op('v128.andnot', b, a), 'sse2', undefined],
  ['ORPD', '0F 56', simd('v128.or'), 'sse2', undefined],
  ['XORPD', '0F 57', simd('v128.xor'), 'sse2', undefined],
];

function binaryRow(mnemonic: string, encoding: string, feature: string, operation: Operation): Row {
  return row(mnemonic, encoding, ['+xmm1', 'xmm2/m128'], { feature }, (e, destination, source) => {
    const b = e.let(readAligned(e, source!));
    const a = e.let(e.readAs(destination!, 'v128'));
    e.writeAs(destination!, operation(a, b, e));
  });
}

/** A shift by the low quadword of the second operand: too far a shift gives zero, or all signs. */
function shift(e: Emitter, name: OperatorName, laneBits: number, value: Vector, count: Operand | Vector): Vector {
  const isOperand = !('node' in count);
  const amount = isOperand ? toI64(e.read(count)) : lane('i64x2.extract_lane', 0, count);
  const far = e.let(amount);
  const limit = i64(laneBits - 1);
  const by = vectorOperator(name);
  const count32 = op('i32.wrap_i64', select(gtU(far, limit), limit, far));
  const shifted = by(value, count32);
  if (name.endsWith('shr_s')) return shifted;
  return select(geU(far, i64(laneBits)), ZERO, shifted);
}

// biome-ignore format: a table: mnemonic, register form, immediate form, operator, lane bits
const SHIFTS: readonly (readonly [string, string, string, OperatorName, number])[] = [
  ['PSRLW', '0F D1 /r', '0F 71 /2 ib', 'i16x8.shr_u', 16],
  ['PSRLD', '0F D2 /r', '0F 72 /2 ib', 'i32x4.shr_u', 32],
  ['PSRLQ', '0F D3 /r', '0F 73 /2 ib', 'i64x2.shr_u', 64],
  ['PSRAW', '0F E1 /r', '0F 71 /4 ib', 'i16x8.shr_s', 16],
  ['PSRAD', '0F E2 /r', '0F 72 /4 ib', 'i32x4.shr_s', 32],
  ['PSLLW', '0F F1 /r', '0F 71 /6 ib', 'i16x8.shl', 16],
  ['PSLLD', '0F F2 /r', '0F 72 /6 ib', 'i32x4.shl', 32],
  ['PSLLQ', '0F F3 /r', '0F 73 /6 ib', 'i64x2.shl', 64],
];

function shiftRows(mnemonic: string, byRegister: string, byImmediate: string, name: OperatorName, bits: number): Row[] {
  return [
    row(mnemonic, `66 ${byRegister}`, ['+xmm1', 'xmm2/m128'], { feature: 'sse2' }, (e, destination, source) => {
      const count = readAligned(e, source!);
      e.writeAs(destination!, shift(e, name, bits, e.readAs(destination!, 'v128'), count));
    }),
    row(mnemonic, `66 ${byImmediate}`, ['+xmm2', 'imm8'], { feature: 'sse2' }, (e, destination, count) =>
      e.writeAs(destination!, shift(e, name, bits, e.readAs(destination!, 'v128'), count!)),
    ),
    mmxRow(mnemonic, `NP ${byRegister}`, 'mmx', (a, b, e) => shift(e, name, bits, a, b)),
    row(mnemonic, `NP ${byImmediate}`, ['+mm2', 'imm8'], { feature: 'mmx' }, (e, destination, count) => {
      mmxCheck(e);
      mmxWrite(e, destination!, lowOf(shift(e, name, bits, readMmx(e, destination!), count!)));
    }),
  ];
}

/** The MMX form of a row of the table. */
function mmxForm(mnemonic: string, opcode: string, feature: string, operation: Operation, shape: MmxShape): Row {
  return mmxRow(mnemonic, `NP ${opcode} /r`, feature, (a, b, e) => {
    if (shape === 'lanes') return operation(a, b, e);
    const joined = e.let(lane('i64x2.replace_lane', 1, a, lowOf(b)));
    return operation(joined, joined, e);
  });
}

export const SSE_INTEGER: readonly Row[] = [
  ...OPERATIONS.flatMap(([mnemonic, opcode, operation, feature, shape, mmxFeature]) => [
    binaryRow(mnemonic, `66 ${opcode} /r`, feature, operation),
    ...(shape ? [mmxForm(mnemonic, opcode, mmxFeature ?? 'mmx', operation, shape)] : []),
  ]),
  binaryRow('ANDPS', 'NP 0F 54 /r', 'sse', simd('v128.and')),
  binaryRow('ANDNPS', 'NP 0F 55 /r', 'sse', (a, b) => op('v128.andnot', b, a)),
  binaryRow('ORPS', 'NP 0F 56 /r', 'sse', simd('v128.or')),
  binaryRow('XORPS', 'NP 0F 57 /r', 'sse', simd('v128.xor')),
  ...SHIFTS.flatMap((entry) => shiftRows(...entry)),
];
