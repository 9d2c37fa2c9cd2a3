// Moving lanes about: shuffles, unpacks, alignment, blends, inserts and extracts (SDM 1 §10.4.4, §11.4.2, §12.6, §12.10).
//
// The interpreter does not know an immediate when it is generated, so each selector becomes a swizzle's index vector by
// arithmetic; a translator's constant folds into a plain shuffle.

import { add, and, mul, shl, shrU, toI32, toI64 } from '../wasm/arithmetic.ts';
import { constantOf, i32, i64, lane, op, select, shuffle, type Value } from '../wasm/expression.ts';
import type { Emitter, Operand } from './emitter.ts';
import { lowOf, mmxCheck, mmxEnter, mmxRow, mmxWrite, readMmx } from './mmx.ts';
import { type Body, type Row, row } from './row.ts';
import {
  BYTE_INDICES,
  bytesOf,
  doublewordsOf,
  quadwordsOf,
  readAligned,
  type Vector,
  wordsOf,
  ZERO,
} from './sse-vector.ts';

type Immediate = Value<'i32'>;
const immediateOf = (e: Emitter, operand: Operand): Immediate => toI32(e.read(operand));

/** Index vector of four doublewords chosen by the two-bit fields of `selector`. */
function doublewordIndices(selector: Immediate): Vector {
  const fields = op('i32x4.mul', op('i32x4.splat', selector), doublewordsOf(64, 16, 4, 1));
  const chosen = op('v128.and', op('i32x4.shr_u', fields, i32(6)), op('i32x4.splat', i32(3)));
  return op(
    'i32x4.add',
    op('i32x4.mul', chosen, op('i32x4.splat', i32(0x04040404))),
    op('i32x4.splat', i32(0x03020100)),
  );
}

/** Index vector of words: the four of each half chosen by the two-bit fields. */
function wordIndices(selector: Immediate): Vector {
  const fields = op('i16x8.mul', op('i16x8.splat', selector), wordsOf(64, 16, 4, 1, 64, 16, 4, 1));
  const chosen = op('v128.and', op('i16x8.shr_u', fields, i32(6)), op('i16x8.splat', i32(3)));
  const bytes = op(
    'i16x8.add',
    op('i16x8.mul', chosen, op('i16x8.splat', i32(0x0202))),
    op('i16x8.splat', i32(0x0100)),
  );
  return op('i8x16.add', bytes, bytesOf(0, 0, 0, 0, 0, 0, 0, 0, 8, 8, 8, 8, 8, 8, 8, 8));
}

const fieldsOf = (selector: bigint): number[] =>
  [0, 1, 2, 3].map((field) => Number((selector >> BigInt(2 * field)) & 3n));
const doublewordBytes = (index: number): number[] => [0, 1, 2, 3].map((byte) => index * 4 + byte);

function shuffleDoublewords(e: Emitter, value: Vector, selector: Immediate): Vector {
  const known = constantOf(selector);
  if (known === undefined) return op('i8x16.swizzle', value, doublewordIndices(selector));
  const source = e.let(value);
  return shuffle(source, source, fieldsOf(known).flatMap(doublewordBytes));
}

const LOW_A_HIGH_B = [0, 1, 2, 3, 4, 5, 6, 7, 24, 25, 26, 27, 28, 29, 30, 31];
const SECOND_LOW_FIRST_HIGH = [16, 17, 18, 19, 20, 21, 22, 23, 8, 9, 10, 11, 12, 13, 14, 15];

/** SHUFPS: two lanes of the destination below two of the source. */
const shuffleSingles: Body = (e, destination, source, immediate) => {
  const b = e.let(readAligned(e, source!));
  const selector = e.let(immediateOf(e, immediate!));
  const indices = e.let(doublewordIndices(selector));
  const a = e.readAs(destination!, 'v128');
  e.writeAs(destination!, shuffle(op('i8x16.swizzle', a, indices), op('i8x16.swizzle', b, indices), LOW_A_HIGH_B));
};

const shuffleDoubles: Body = (e, destination, source, immediate) => {
  const b = e.let(readAligned(e, source!));
  const a = e.let(e.readAs(destination!, 'v128'));
  const selector = e.let(immediateOf(e, immediate!));
  const quad = (value: Vector, index: 0 | 1): Value<'i64'> => lane('i64x2.extract_lane', index, value);
  const lowChoice = select(and(selector, i32(1)), quad(a, 1), quad(a, 0));
  const highChoice = select(and(selector, i32(2)), quad(b, 1), quad(b, 0));
  e.writeAs(destination!, lane('i64x2.replace_lane', 1, op('i64x2.splat', lowChoice), highChoice));
};

const shuffleWords =
  (half: 'low' | 'high'): Body =>
  (e, destination, source, immediate) => {
    const value = e.let(readAligned(e, source!));
    const shuffled = op('i8x16.swizzle', value, wordIndices(immediateOf(e, immediate!)));
    e.writeAs(
      destination!,
      half === 'low' ? shuffle(shuffled, value, LOW_A_HIGH_B) : shuffle(shuffled, value, SECOND_LOW_FIRST_HIGH),
    );
  };

/** Index lists of the interleaves, `width` bytes at a time from the low or the high half. */
function interleave(width: number, half: 'low' | 'high'): number[] {
  const start = half === 'low' ? 0 : 8;
  return Array.from({ length: 16 }, (_, byte) => {
    const element = Math.floor(byte / width);
    return start + (element >> 1) * width + (byte % width) + (element & 1 ? 16 : 0);
  });
}

/** The 16-byte forms of an unpack, and the MMX form: whose high unpack is the upper half of a low one. */
function unpack(mnemonic: string, opcode: string, width: number, half: 'low' | 'high'): Row[] {
  const rows = [
    row(mnemonic, `66 ${opcode} /r`, ['+xmm1', 'xmm2/m128'], { feature: 'sse2' }, (e, destination, source) => {
      const b = readAligned(e, source!);
      e.writeAs(destination!, shuffle(e.readAs(destination!, 'v128'), b, interleave(width, half)));
    }),
  ];
  if (width === 8) return rows;
  const lanes = interleave(width, 'low');
  const operation = (a: Vector, b: Vector): Vector =>
    half === 'low' ? shuffle(a, b, lanes) : op('i64x2.splat', lane('i64x2.extract_lane', 1, shuffle(a, b, lanes)));
  if (half === 'high') return [...rows, mmxRow(mnemonic, `NP ${opcode} /r`, 'mmx', operation)];
  // The low unpacks read only four bytes of an MMX source.
  const low = row(mnemonic, `NP ${opcode} /r`, ['+mm1', 'mm2/m32'], { feature: 'mmx' }, (e, destination, source) => {
    mmxCheck(e);
    const b = op('i32x4.splat', e.readAs(source!, 'i32'));
    mmxWrite(e, destination!, lowOf(operation(readMmx(e, destination!), b)));
  });
  return [...rows, low];
}

const unpackFloats = (lanes: number[]): Body => {
  return (e, destination, source) => {
    const b = readAligned(e, source!);
    e.writeAs(destination!, shuffle(e.readAs(destination!, 'v128'), b, lanes));
  };
};

/** Bytes `count` and up of the 32-byte value high:low; a swizzle gives zero beyond lane 15. */
function alignRight(high: Vector, low: Vector, count: Immediate): Vector {
  const indices = op('i8x16.add_sat_u', BYTE_INDICES, op('i8x16.splat', count));
  const above = op('i8x16.sub', indices, op('i8x16.splat', i32(16)));
  return op('v128.or', op('i8x16.swizzle', low, indices), op('i8x16.swizzle', high, above));
}

/** A count above 16 moves everything out, like 16. */
const shiftBytes =
  (direction: 'left' | 'right'): Body =>
  (e, destination, immediate) => {
    const count = e.let(op('i8x16.min_u', op('i8x16.splat', immediateOf(e, immediate!)), op('i8x16.splat', i32(16))));
    const value = e.readAs(destination!, 'v128');
    const indices = direction === 'right' ? op('i8x16.add', BYTE_INDICES, count) : op('i8x16.sub', BYTE_INDICES, count);
    e.writeAs(destination!, op('i8x16.swizzle', value, indices));
  };

/** All ones in the lanes whose bit of the immediate is set; `bits` holds each lane's bit. */
const maskOfImmediate = (immediate: Immediate, shape: 'i16x8' | 'i32x4' | 'i64x2', bits: Vector): Vector => {
  if (shape === 'i16x8') return op('i16x8.ne', op('v128.and', op('i16x8.splat', immediate), bits), ZERO);
  if (shape === 'i32x4') return op('i32x4.ne', op('v128.and', op('i32x4.splat', immediate), bits), ZERO);
  return op('i64x2.ne', op('v128.and', op('i64x2.splat', toI64(immediate)), bits), ZERO);
};

const blendByImmediate =
  (shape: 'i16x8' | 'i32x4' | 'i64x2', bits: Vector): Body =>
  (e, destination, source, immediate) => {
    const b = readAligned(e, source!);
    const mask = maskOfImmediate(immediateOf(e, immediate!), shape, bits);
    e.writeAs(destination!, op('v128.bitselect', b, e.readAs(destination!, 'v128'), mask));
  };

/** The mask is the sign of each lane of XMM0. */
const blendBySign =
  (shape: 'i8x16' | 'i32x4' | 'i64x2'): Body =>
  (e, destination, source, mask) => {
    const b = readAligned(e, source!);
    const signs = e.readAs(mask!, 'v128');
    const chosen =
      shape === 'i8x16'
        ? op('i8x16.shr_s', signs, i32(7))
        : shape === 'i32x4'
          ? op('i32x4.shr_s', signs, i32(31))
          : op('i64x2.shr_s', signs, i32(63));
    e.writeAs(destination!, op('v128.bitselect', b, e.readAs(destination!, 'v128'), chosen));
  };

/** `width` bytes of `value` in the lane that the immediate names. */
function insert(e: Emitter, vector: Vector, value: Vector, width: number, immediate: Immediate): Vector {
  const index = shl(and(immediate, i32(16 / width - 1)), i32(Math.log2(width)));
  const lanes = op('v128.and', BYTE_INDICES, op('i8x16.splat', i32(-width)));
  const mask = op('i8x16.eq', lanes, op('i8x16.splat', index));
  return op('v128.bitselect', value, vector, e.let(mask));
}

/** The quadword (zero above the lane's width) that the immediate names. */
function extract(vector: Vector, width: number, immediate: Immediate): Value<'i64'> {
  const index = shl(and(immediate, i32(16 / width - 1)), i32(Math.log2(width)));
  const value = lowOf(op('i8x16.swizzle', vector, op('i8x16.add', BYTE_INDICES, op('i8x16.splat', index))));
  return width === 8 ? value : and(value, i64((1n << BigInt(width * 8)) - 1n));
}

const INSERTPS_CLEAR = doublewordsOf(1, 2, 4, 8);
const insertSingle: Body = (e, destination, source, immediate) => {
  const selector = e.let(immediateOf(e, immediate!));
  let single: Vector;
  if (source!.isMemory) single = op('i32x4.splat', e.readAs(source!, 'i32'));
  else {
    const from = mul(and(shrU(selector, i32(6)), i32(3)), i32(0x04040404));
    const indices = op('i32x4.splat', add(from, i32(0x03020100)));
    single = op('i8x16.swizzle', e.readAs(source!, 'v128'), indices);
  }
  const value = e.let(single);
  const merged = insert(e, e.readAs(destination!, 'v128'), value, 4, shrU(selector, i32(4)));
  e.writeAs(destination!, op('v128.andnot', merged, maskOfImmediate(selector, 'i32x4', INSERTPS_CLEAR)));
};

/** PSHUFB: bit 7 of an index gives zero, which a swizzle does for any index above 15. */
const shuffleBytes = (value: Vector, indices: Vector): Vector =>
  op('i8x16.swizzle', value, op('v128.and', indices, op('i8x16.splat', i32(0x8f))));

const extractRow = (mnemonic: string, encoding: string, operands: string[], width: number, size?: 32 | 64): Row =>
  row(
    mnemonic,
    encoding,
    operands,
    { feature: 'sse4.1', ...(size ? { operandSize: size } : {}) },
    (e, to, from, immediate) => {
      const value = extract(e.readAs(from!, 'v128'), width, immediateOf(e, immediate!));
      if (to!.isMemory) e.store((width * 8) as 8 | 16 | 32 | 64, e.address(to!), width === 8 ? value : toI32(value));
      else e.write(to!, width === 8 ? value : toI32(value));
    },
  );

const insertRow = (mnemonic: string, encoding: string, source: string, width: number, size?: 32 | 64): Row => {
  const options = { feature: mnemonic === 'PINSRW' ? 'sse2' : 'sse4.1', ...(size ? { operandSize: size } : {}) };
  return row(mnemonic, encoding, ['+xmm1', source, 'imm8'], options, (e, destination, from, immediate) => {
    const value = readNarrow(e, from!, width);
    const splat =
      width === 1
        ? op('i8x16.splat', toI32(value))
        : width === 2
          ? op('i16x8.splat', toI32(value))
          : width === 4
            ? op('i32x4.splat', toI32(value))
            : op('i64x2.splat', toI64(value));
    const inserted = e.let(splat);
    e.writeAs(destination!, insert(e, e.readAs(destination!, 'v128'), inserted, width, immediateOf(e, immediate!)));
  });
};

/** A source whose register form is 32 bits wide and whose memory form is narrower (r32/m8). */
function readNarrow(e: Emitter, operand: Operand, width: number): Value<'i32'> | Value<'i64'> {
  if (operand.isMemory) return e.let(e.load((width * 8) as 8 | 16 | 32 | 64, e.address(operand)));
  return width === 8 ? e.let(e.readAs(operand, 'i64')) : e.let(e.readAs(operand, 'i32'));
}

const MMX_PSHUFW: Body = (e, destination, source, immediate) => {
  mmxCheck(e);
  const value = readMmx(e, source!);
  mmxWrite(e, destination!, lowOf(op('i8x16.swizzle', value, wordIndices(immediateOf(e, immediate!)))));
};

export const SSE_SHUFFLE: readonly Row[] = [
  row('PSHUFD', '66 0F 70 /r ib', ['=xmm1', 'xmm2/m128', 'imm8'], { feature: 'sse2' }, (e, to, source, immediate) => {
    const value = readAligned(e, source!);
    e.writeAs(to!, shuffleDoublewords(e, value, e.let(immediateOf(e, immediate!))));
  }),
  row('PSHUFLW', 'F2 0F 70 /r ib', ['=xmm1', 'xmm2/m128', 'imm8'], { feature: 'sse2' }, shuffleWords('low')),
  row('PSHUFHW', 'F3 0F 70 /r ib', ['=xmm1', 'xmm2/m128', 'imm8'], { feature: 'sse2' }, shuffleWords('high')),
  row('PSHUFW', 'NP 0F 70 /r ib', ['=mm1', 'mm2/m64', 'imm8'], { feature: 'sse' }, MMX_PSHUFW),
  row('SHUFPS', 'NP 0F C6 /r ib', ['+xmm1', 'xmm2/m128', 'imm8'], { feature: 'sse' }, shuffleSingles),
  row('SHUFPD', '66 0F C6 /r ib', ['+xmm1', 'xmm2/m128', 'imm8'], { feature: 'sse2' }, shuffleDoubles),
  row('PSHUFB', '66 0F 38 00 /r', ['+xmm1', 'xmm2/m128'], { feature: 'ssse3' }, (e, destination, source) => {
    const indices = readAligned(e, source!);
    e.writeAs(destination!, shuffleBytes(e.readAs(destination!, 'v128'), indices));
  }),
  mmxRow('PSHUFB', 'NP 0F 38 00 /r', 'ssse3', (value, indices) =>
    op('i8x16.swizzle', value, op('v128.and', indices, op('i8x16.splat', i32(0x87)))),
  ),

  ...unpack('PUNPCKLBW', '0F 60', 1, 'low'),
  ...unpack('PUNPCKLWD', '0F 61', 2, 'low'),
  ...unpack('PUNPCKLDQ', '0F 62', 4, 'low'),
  ...unpack('PUNPCKHBW', '0F 68', 1, 'high'),
  ...unpack('PUNPCKHWD', '0F 69', 2, 'high'),
  ...unpack('PUNPCKHDQ', '0F 6A', 4, 'high'),
  ...unpack('PUNPCKLQDQ', '0F 6C', 8, 'low'),
  ...unpack('PUNPCKHQDQ', '0F 6D', 8, 'high'),
  row('UNPCKLPS', 'NP 0F 14 /r', ['+xmm1', 'xmm2/m128'], { feature: 'sse' }, unpackFloats(interleave(4, 'low'))),
  row('UNPCKHPS', 'NP 0F 15 /r', ['+xmm1', 'xmm2/m128'], { feature: 'sse' }, unpackFloats(interleave(4, 'high'))),
  row('UNPCKLPD', '66 0F 14 /r', ['+xmm1', 'xmm2/m128'], { feature: 'sse2' }, unpackFloats(interleave(8, 'low'))),
  row('UNPCKHPD', '66 0F 15 /r', ['+xmm1', 'xmm2/m128'], { feature: 'sse2' }, unpackFloats(interleave(8, 'high'))),

  row(
    'PALIGNR',
    '66 0F 3A 0F /r ib',
    ['+xmm1', 'xmm2/m128', 'imm8'],
    { feature: 'ssse3' },
    (e, to, source, immediate) => {
      const low = readAligned(e, source!);
      e.writeAs(to!, alignRight(e.readAs(to!, 'v128'), low, e.let(immediateOf(e, immediate!))));
    },
  ),
  row('PALIGNR', 'NP 0F 3A 0F /r ib', ['+mm1', 'mm2/m64', 'imm8'], { feature: 'ssse3' }, (e, to, source, immediate) => {
    mmxCheck(e);
    const joined = lane('i64x2.replace_lane', 1, readMmx(e, source!), e.readAs(to!, 'i64'));
    mmxWrite(e, to!, lowOf(alignRight(ZERO, joined, e.let(immediateOf(e, immediate!)))));
  }),
  row('PSRLDQ', '66 0F 73 /3 ib', ['+xmm2', 'imm8'], { feature: 'sse2' }, shiftBytes('right')),
  row('PSLLDQ', '66 0F 73 /7 ib', ['+xmm2', 'imm8'], { feature: 'sse2' }, shiftBytes('left')),

  row(
    'BLENDPS',
    '66 0F 3A 0C /r ib',
    ['+xmm1', 'xmm2/m128', 'imm8'],
    { feature: 'sse4.1' },
    blendByImmediate('i32x4', doublewordsOf(1, 2, 4, 8)),
  ),
  row(
    'BLENDPD',
    '66 0F 3A 0D /r ib',
    ['+xmm1', 'xmm2/m128', 'imm8'],
    { feature: 'sse4.1' },
    blendByImmediate('i64x2', quadwordsOf(1n, 2n)),
  ),
  row(
    'PBLENDW',
    '66 0F 3A 0E /r ib',
    ['+xmm1', 'xmm2/m128', 'imm8'],
    { feature: 'sse4.1' },
    blendByImmediate('i16x8', wordsOf(1, 2, 4, 8, 16, 32, 64, 128)),
  ),
  row('PBLENDVB', '66 0F 38 10 /r', ['+xmm1', 'xmm2/m128', 'xmm0'], { feature: 'sse4.1' }, blendBySign('i8x16')),
  row('BLENDVPS', '66 0F 38 14 /r', ['+xmm1', 'xmm2/m128', 'xmm0'], { feature: 'sse4.1' }, blendBySign('i32x4')),
  row('BLENDVPD', '66 0F 38 15 /r', ['+xmm1', 'xmm2/m128', 'xmm0'], { feature: 'sse4.1' }, blendBySign('i64x2')),

  row('INSERTPS', '66 0F 3A 21 /r ib', ['+xmm1', 'xmm2/m32', 'imm8'], { feature: 'sse4.1' }, insertSingle),
  insertRow('PINSRB', '66 0F 3A 20 /r ib', 'r32/m8', 1),
  insertRow('PINSRW', '66 0F C4 /r ib', 'r32/m16', 2),
  insertRow('PINSRD', '66 0F 3A 22 /r ib', 'r/m32', 4, 32),
  insertRow('PINSRQ', '66 REX.W + 0F 3A 22 /r ib', 'r/m64', 8, 64),
  row('PINSRW', 'NP 0F C4 /r ib', ['+mm1', 'r32/m16', 'imm8'], { feature: 'sse' }, (e, to, source, immediate) => {
    mmxCheck(e);
    const value = e.let(op('i16x8.splat', toI32(readNarrow(e, source!, 2))));
    const index = and(immediateOf(e, immediate!), i32(3));
    mmxWrite(e, to!, lowOf(insert(e, readMmx(e, to!), value, 2, index)));
  }),
  extractRow('PEXTRB', '66 0F 3A 14 /r ib', ['=r32/m8', 'xmm1', 'imm8'], 1),
  extractRow('PEXTRW', '66 0F 3A 15 /r ib', ['=r32/m16', 'xmm1', 'imm8'], 2),
  extractRow('PEXTRD', '66 0F 3A 16 /r ib', ['=r/m32', 'xmm1', 'imm8'], 4, 32),
  extractRow('PEXTRQ', '66 REX.W + 0F 3A 16 /r ib', ['=r/m64', 'xmm1', 'imm8'], 8, 64),
  extractRow('EXTRACTPS', '66 0F 3A 17 /r ib', ['=r/m32', 'xmm1', 'imm8'], 4),
  row('PEXTRW', '66 0F C5 /r ib', ['=r32', 'xmm2', 'imm8'], { feature: 'sse2' }, (e, to, from, immediate) =>
    e.write(to!, toI32(extract(e.readAs(from!, 'v128'), 2, immediateOf(e, immediate!)))),
  ),
  row('PEXTRW', 'NP 0F C5 /r ib', ['=r32', 'mm2', 'imm8'], { feature: 'sse' }, (e, to, from, immediate) => {
    mmxCheck(e);
    const value = e.let(extract(readMmx(e, from!), 2, immediateOf(e, immediate!)));
    mmxEnter(e);
    e.write(to!, toI32(value));
  }),
];
