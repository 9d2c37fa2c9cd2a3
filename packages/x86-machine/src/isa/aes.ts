// AES-NI: one round of the cipher on a vector (SDM Vol. 1 §12.13; FIPS 197 §5).
//
// SubBytes and MixColumns are one look-up a byte, in tables of 1 KiB in linear memory (aes-tables.ts): a processor without the instructions
// leaves traces of keys in its cache likewise, and this one has no other way that is faster.

import { and, or, shl, shrU, toI32, xor } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { call, i32, lane, load, op, shuffle, type Value, v128 } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { DECRYPTION, ENCRYPTION, INVERSE, SUBSTITUTION } from './aes-tables.ts';
import { type Body, type Row, row } from './row.ts';
import { readAligned, type Vector, ZERO } from './sse-vector.ts';

type Unary = FunctionDefinition<readonly ['v128'], readonly ['v128']>;

const everywhere = (byte: number): Vector => v128(new Uint8Array(16).fill(byte));
const sum = (a: Vector, b: Vector): Vector => op('v128.xor', a, b);
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

/** Four columns, each of what its bytes are looked up as: byte `row` comes from the column `row` times `step` further. */
function columns(
  state: Vector,
  code: CodeWriter,
  step: number,
  column: (bytes: readonly Value<'i32'>[]) => Value<'i32'>,
): Vector {
  const words = [0, 1, 2, 3].map((index) => code.let(lane('i32x4.extract_lane', index, state)));
  const byte = (index: number, row: number): Value<'i32'> => {
    const word = words[(index + row * step) & 3]!;
    return row === 3 ? shrU(word, i32(24)) : and(row === 0 ? word : shrU(word, i32(8 * row)), i32(0xff));
  };
  return [0, 1, 2, 3].reduce<Vector>((vector, index) => {
    const value = column([0, 1, 2, 3].map((row) => byte(index, row)));
    return index === 0 ? op('i32x4.splat', value) : lane('i32x4.replace_lane', index, vector, value);
  }, ZERO);
}

/** A round's column: the sum of the four bytes' entries, each rotated to its row. */
const mixedBy =
  (table: number) =>
  (bytes: readonly Value<'i32'>[]): Value<'i32'> =>
    bytes
      .map((byte, row) => op('i32.rotl', load('i32.load', shl(byte, i32(2)), table), i32(8 * row)))
      .reduce((all, one) => xor(all, one));

/** The last round's: the bytes that are found. */
const placed =
  (found: (byte: Value<'i32'>) => Value<'i32'>) =>
  (bytes: readonly Value<'i32'>[]): Value<'i32'> =>
    bytes.map((byte, row) => shl(found(byte), i32(8 * row))).reduce((all, one) => or(all, one));

const substitutedByte = (byte: Value<'i32'>): Value<'i32'> => load('i32.load8_u', shl(byte, i32(2)), SUBSTITUTION);
const inverseByte = (byte: Value<'i32'>): Value<'i32'> => load('i32.load8_u', byte, INVERSE);

const define = (name: string, transform: (code: CodeWriter, state: Vector) => Vector): Unary =>
  defineFunction(name, ['v128'], ['v128'], (code, state) => code.return(transform(code, state)));

// ShiftRows takes row r of a column from the column r further, its inverse from the one r before.
const encryptLast = define('aesEncryptLast', (code, state) => columns(state, code, 1, placed(substitutedByte)));
const encrypt = define('aesEncrypt', (code, state) => columns(state, code, 1, mixedBy(ENCRYPTION)));
const decryptLast = define('aesDecryptLast', (code, state) => columns(state, code, 3, placed(inverseByte)));
const decrypt = define('aesDecrypt', (code, state) => columns(state, code, 3, mixedBy(DECRYPTION)));
const substitute = define('aesSubBytes', (code, state) => columns(state, code, 0, placed(substitutedByte)));
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
