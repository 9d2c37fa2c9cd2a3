// AES-NI: one round of the cipher on a vector (SDM Vol. 1 §12.13; FIPS 197 §5).
//
// SubBytes looks a byte up in 256 by sixteen swizzles: each answers for one value of the upper four bits and gives zero for the
// others. MixColumns is xtime, twice-a-byte in GF(2^8), over all bytes at once.

import { toI32 } from '../wasm/arithmetic.ts';
import { call, i32, lane, op, shuffle, v128 } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { type Body, type Row, row } from './row.ts';
import { readAligned, type Vector, ZERO } from './sse-vector.ts';

type Unary = FunctionDefinition<readonly ['v128'], readonly ['v128']>;

/** The S-box from its definition: the inverse in GF(2^8), then an affine map (FIPS 197 §5.1.1). */
function substitutionBox(): { forward: Uint8Array; inverse: Uint8Array } {
  const forward = new Uint8Array(256);
  const inverse = new Uint8Array(256);
  const rotate = (x: number, by: number): number => ((x << by) | (x >> (8 - by))) & 0xff;
  // 3 generates the field: p runs through its powers and q through their inverses.
  let p = 1;
  let q = 1;
  do {
    p ^= ((p << 1) & 0xff) ^ (p & 0x80 ? 0x1b : 0);
    q ^= q << 1;
    q ^= q << 2;
    q ^= q << 4;
    q &= 0xff;
    if (q & 0x80) q ^= 0x09;
    forward[p] = q ^ rotate(q, 1) ^ rotate(q, 2) ^ rotate(q, 3) ^ rotate(q, 4) ^ 0x63;
  } while (p !== 1);
  forward[0] = 0x63;
  forward.forEach((value, index) => {
    inverse[value] = index;
  });
  return { forward, inverse };
}

function defineLookup(name: string, table: Uint8Array): Unary {
  return defineFunction(name, ['v128'], ['v128'], (code, bytes) => {
    const result = code.let(ZERO);
    for (let high = 0; high < 16; high++) {
      const index = op('i8x16.sub', bytes, op('i8x16.splat', i32(high * 16)));
      const found = op('i8x16.swizzle', v128(table.subarray(high * 16, high * 16 + 16)), index);
      code.set(result, op('v128.or', result, found));
    }
    code.return(result);
  });
}
const BOX = substitutionBox();
const substitute = defineLookup('aesSubBytes', BOX.forward);
const substituteInverse = defineLookup('aesInvSubBytes', BOX.inverse);

const SHIFT_ROWS = [0, 5, 10, 15, 4, 9, 14, 3, 8, 13, 2, 7, 12, 1, 6, 11];
const INVERSE_SHIFT_ROWS = [0, 13, 10, 7, 4, 1, 14, 11, 8, 5, 2, 15, 12, 9, 6, 3];
/** Byte i of a column from byte i + n. */
const rotated = (vector: Vector, by: number): Vector =>
  shuffle(
    vector,
    vector,
    Array.from({ length: 16 }, (_, index) => (index & 12) | ((index + by) & 3)),
  );

const double = (vector: Vector): Vector => {
  const carried = op('v128.and', op('i8x16.shr_s', vector, i32(7)), op('i8x16.splat', i32(0x1b)));
  return op('v128.xor', op('i8x16.shl', vector, i32(1)), carried);
};
const xorAll = (...vectors: Vector[]): Vector => vectors.reduce((a, b) => op('v128.xor', a, b));

const mixColumns: Unary = defineFunction('aesMixColumns', ['v128'], ['v128'], (code, a) => {
  const next = code.let(rotated(a, 1));
  code.return(xorAll(double(op('v128.xor', a, next)), next, rotated(a, 2), rotated(a, 3)));
});
/** The inverse is the same after adding four times each byte and its opposite. */
const mixColumnsInverse: Unary = defineFunction('aesInvMixColumns', ['v128'], ['v128'], (code, a) => {
  const opposite = code.let(op('v128.xor', a, rotated(a, 2)));
  const twice = code.let(double(opposite));
  code.return(call(mixColumns, op('v128.xor', a, double(twice))));
});

const round =
  (transform: (state: Vector) => Vector): Body =>
  (e, destination, source) => {
    const key = e.let(readAligned(e, source!));
    const state = e.let(e.readAs(destination!, 'v128'));
    e.writeAs(destination!, op('v128.xor', transform(state), key));
  };
const shifted = (state: Vector, lanes: readonly number[]): Vector => shuffle(state, state, lanes);

const inverseMixColumns: Body = (e, destination, source) =>
  e.writeAs(destination!, call(mixColumnsInverse, readAligned(e, source!)));

/** SubWord of the odd doublewords, and rotated with the round constant beside each (FIPS 197 §5.2). */
const keyGenerationAssist: Body = (e, destination, source, constant) => {
  const words = e.let(call(substitute, readAligned(e, source!)));
  const both = shuffle(words, words, [4, 5, 6, 7, 5, 6, 7, 4, 12, 13, 14, 15, 13, 14, 15, 12]);
  const value = toI32(e.read(constant!));
  const rcon = lane('i32x4.replace_lane', 3, lane('i32x4.replace_lane', 1, ZERO, value), value);
  e.writeAs(destination!, op('v128.xor', both, rcon));
};

const FEATURE = { feature: 'aes' };
const ROUND = ['+xmm1', 'xmm2/m128'];

export const AES: readonly Row[] = [
  row('AESIMC', '66 0F 38 DB /r', ['=xmm1', 'xmm2/m128'], FEATURE, inverseMixColumns),
  row(
    'AESENC',
    '66 0F 38 DC /r',
    ROUND,
    FEATURE,
    round((state) => call(mixColumns, call(substitute, shifted(state, SHIFT_ROWS)))),
  ),
  row(
    'AESENCLAST',
    '66 0F 38 DD /r',
    ROUND,
    FEATURE,
    round((state) => call(substitute, shifted(state, SHIFT_ROWS))),
  ),
  row(
    'AESDEC',
    '66 0F 38 DE /r',
    ROUND,
    FEATURE,
    round((state) => call(mixColumnsInverse, call(substituteInverse, shifted(state, INVERSE_SHIFT_ROWS)))),
  ),
  row(
    'AESDECLAST',
    '66 0F 38 DF /r',
    ROUND,
    FEATURE,
    round((state) => call(substituteInverse, shifted(state, INVERSE_SHIFT_ROWS))),
  ),
  row('AESKEYGENASSIST', '66 0F 3A DF /r ib', ['=xmm1', 'xmm2/m128', 'imm8'], FEATURE, keyGenerationAssist),
];
