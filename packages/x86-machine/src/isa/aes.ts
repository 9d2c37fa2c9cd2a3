// AES-NI: one round of the cipher on a vector (SDM Vol. 1 §12.13; FIPS 197 §5).
//
// SubBytes is an inversion and an affine map, both by look-ups of nibbles (tower-field.ts), nine swizzles for sixteen bytes. MixColumns
// is xtime, twice-a-byte in GF(2^8), over all bytes at once.

import { toI32 } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { call, i32, lane, op, shuffle, v128 } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { type Body, type Row, row } from './row.ts';
import { readAligned, type Vector, ZERO } from './sse-vector.ts';
import { INVERSES, inverseTables, QUOTIENTS, towerTables } from './tower-field.ts';

type Unary = FunctionDefinition<readonly ['v128'], readonly ['v128']>;

const everywhere = (byte: number): Vector => v128(new Uint8Array(16).fill(byte));
const sum = (a: Vector, b: Vector): Vector => op('v128.xor', a, b);
/** What a table has for each nibble, and zero for what is none. */
const found = (table: readonly number[], nibbles: Vector): Vector => op('i8x16.swizzle', v128(table), nibbles);

/** The S-box of the inverted byte without its constant (FIPS 197 §5.1.1), and its inverse. */
const CONSTANT = 0x63;
const rotate = (x: number, by: number): number => ((x << by) | (x >> (8 - by))) & 0xff;
const spread = (x: number): number => x ^ rotate(x, 1) ^ rotate(x, 2) ^ rotate(x, 3) ^ rotate(x, 4);
const gathered = (x: number): number => rotate(x, 1) ^ rotate(x, 3) ^ rotate(x, 6);

/** Sums of both tables for the nibbles of each byte: an affine map. */
function ofNibbles(
  code: CodeWriter,
  bytes: Vector,
  [lower, upper]: readonly [readonly number[], readonly number[]],
): Vector {
  const nibbles = everywhere(15);
  const high = op('v128.and', op('i64x2.shr_u', bytes, i32(4)), nibbles);
  return code.let(sum(found(lower, op('v128.and', bytes, nibbles)), found(upper, high)));
}

/** The inverse of bytes in the tower, given as what a linear map makes of it. */
function inverted(code: CodeWriter, tower: Vector, linear: (byte: number) => number): Vector {
  const nibbles = everywhere(15);
  const k = code.let(op('v128.and', tower, nibbles));
  const i = code.let(op('v128.and', op('i64x2.shr_u', tower, i32(4)), nibbles));
  const j = code.let(sum(i, k));
  const quotient = code.let(found(QUOTIENTS, k));
  const io = sum(found(INVERSES, sum(found(INVERSES, i), quotient)), j);
  const jo = sum(found(INVERSES, sum(found(INVERSES, j), quotient)), i);
  const [ofIo, ofJo] = inverseTables(linear);
  return sum(found(ofIo, io), found(ofJo, jo));
}

const substituted = (code: CodeWriter, bytes: Vector): Vector =>
  sum(
    inverted(
      code,
      ofNibbles(
        code,
        bytes,
        towerTables((byte) => byte),
      ),
      spread,
    ),
    everywhere(CONSTANT),
  );
const substitutedInversely = (code: CodeWriter, bytes: Vector): Vector =>
  inverted(
    code,
    ofNibbles(
      code,
      bytes,
      towerTables((byte) => gathered(byte ^ CONSTANT)),
    ),
    (byte) => byte,
  );

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
  const carried = op('v128.and', op('i8x16.lt_s', vector, ZERO), everywhere(0x1b));
  return sum(op('i8x16.add', vector, vector), carried);
};

/** Twice this byte, three times the next one, once the two others: 2·(a + next) + next + those two. */
function mixed(code: CodeWriter, columns: Vector): Vector {
  const a = code.let(columns);
  const next = code.let(rotated(a, 1));
  const both = code.let(sum(a, next));
  return sum(sum(double(both), next), rotated(both, 2));
}
/** The inverse is the same after adding four times each byte and its opposite. */
function mixedInversely(code: CodeWriter, columns: Vector): Vector {
  const a = code.let(columns);
  const opposite = code.let(sum(a, rotated(a, 2)));
  return mixed(code, sum(a, double(code.let(double(opposite)))));
}

const define = (name: string, transform: (code: CodeWriter, state: Vector) => Vector): Unary =>
  defineFunction(name, ['v128'], ['v128'], (code, state) => code.return(transform(code, state)));
const shifted = (state: Vector, lanes: readonly number[]): Vector => shuffle(state, state, lanes);

const encryptLast = define('aesEncryptLast', (code, state) => substituted(code, code.let(shifted(state, SHIFT_ROWS))));
const encrypt = define('aesEncrypt', (code, state) =>
  mixed(code, substituted(code, code.let(shifted(state, SHIFT_ROWS)))),
);
const decryptLast = define('aesDecryptLast', (code, state) =>
  substitutedInversely(code, code.let(shifted(state, INVERSE_SHIFT_ROWS))),
);
const decrypt = define('aesDecrypt', (code, state) =>
  mixedInversely(code, substitutedInversely(code, code.let(shifted(state, INVERSE_SHIFT_ROWS)))),
);
const substitute = define('aesSubBytes', substituted);
const mixColumnsInversely = define('aesInvMixColumns', mixedInversely);

const round =
  (transform: Unary): Body =>
  (e, destination, source) => {
    const key = e.let(readAligned(e, source!));
    const state = e.readAs(destination!, 'v128');
    e.writeAs(destination!, sum(call(transform, state), key));
  };

const inverseMixColumns: Body = (e, destination, source) =>
  e.writeAs(destination!, call(mixColumnsInversely, readAligned(e, source!)));

/** SubWord of the odd doublewords, and rotated with the round constant beside each (FIPS 197 §5.2). */
const keyGenerationAssist: Body = (e, destination, source, constant) => {
  const words = e.let(call(substitute, readAligned(e, source!)));
  const both = shuffle(words, words, [4, 5, 6, 7, 5, 6, 7, 4, 12, 13, 14, 15, 13, 14, 15, 12]);
  const value = toI32(e.read(constant!));
  const rcon = lane('i32x4.replace_lane', 3, lane('i32x4.replace_lane', 1, ZERO, value), value);
  e.writeAs(destination!, sum(both, rcon));
};

const FEATURE = { feature: 'aes' };
const ROUND = ['+xmm1', 'xmm2/m128'];

export const AES: readonly Row[] = [
  row('AESIMC', '66 0F 38 DB /r', ['=xmm1', 'xmm2/m128'], FEATURE, inverseMixColumns),
  row('AESENC', '66 0F 38 DC /r', ROUND, FEATURE, round(encrypt)),
  row('AESENCLAST', '66 0F 38 DD /r', ROUND, FEATURE, round(encryptLast)),
  row('AESDEC', '66 0F 38 DE /r', ROUND, FEATURE, round(decrypt)),
  row('AESDECLAST', '66 0F 38 DF /r', ROUND, FEATURE, round(decryptLast)),
  row('AESKEYGENASSIST', '66 0F 3A DF /r ib', ['=xmm1', 'xmm2/m128', 'imm8'], FEATURE, keyGenerationAssist),
];
