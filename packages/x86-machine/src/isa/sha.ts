// SHA extensions: rounds and message schedule of SHA-1 and SHA-256 (SDM Vol. 2 SHA1RNDS4 … SHA256MSG2; FIPS 180-4).
//
// Memory operands need no alignment, as on AMD processors; Intel's ask for it.

import { add, and, not, rotl, rotr, shrU, toI32, xor } from '../wasm/arithmetic.ts';
import { constantOf, i32, lane, op, select, shuffle, type Value } from '../wasm/expression.ts';
import type { Emitter } from './emitter.ts';
import { type Body, type Row, row } from './row.ts';
import { type Vector, ZERO } from './sse-vector.ts';

type Word = Value<'i32'>;

const word = (vector: Vector, index: number): Word => lane('i32x4.extract_lane', index, vector);
/** From lane 0 up. */
const vectorOf = (...words: Word[]): Vector =>
  words.reduce((vector, value, index) => lane('i32x4.replace_lane', index, vector, value), ZERO);
const wordsOf = (e: Emitter, vector: Vector): [Word, Word, Word, Word] => {
  const known = e.let(vector);
  const lane32 = (index: number): Word => e.let(word(known, index));
  return [lane32(0), lane32(1), lane32(2), lane32(3)];
};
const left = (value: Word, by: number): Word => rotl(value, i32(by));
const right = (value: Word, by: number): Word => rotr(value, i32(by));
const xor3 = (a: Word, b: Word, c: Word): Word => xor(xor(a, b), c);

const choose = (b: Word, c: Word, d: Word): Word => xor(and(b, c), and(not(b), d));
const majority = (b: Word, c: Word, d: Word): Word => xor3(and(b, c), and(b, d), and(c, d));

const operation =
  (compute: (e: Emitter, a: Vector, b: Vector) => Vector): Body =>
  (e, destination, source) => {
    const b = e.let(e.readAs(source!, 'v128'));
    const a = e.let(e.readAs(destination!, 'v128'));
    e.writeAs(destination!, compute(e, a, b));
  };

const SHA1_CONSTANTS = [0x5a82_7999, 0x6ed9_eba1, 0x8f1b_bcdc, 0xca62_c1d6];

/** Four rounds; the constant says which function and K. The source holds W + E in its top lane, and W in the others. */
const sha1Rounds: Body = (e, destination, source, constant) => {
  const [w3, w2, w1, w0] = wordsOf(e, e.readAs(source!, 'v128'));
  let [d, c, b, a] = wordsOf(e, e.readAs(destination!, 'v128'));
  const selector = and(toI32(e.read(constant!)), i32(3));
  const which = constantOf(selector) === undefined ? e.let(selector) : selector;
  const high = shrU(which, i32(1));
  const odd = and(which, i32(1));
  const pick = <T extends 'i32'>(values: readonly Value<T>[]): Value<T> =>
    select(high, select(odd, values[3]!, values[2]!), select(odd, values[1]!, values[0]!));
  const k = e.let(pick(SHA1_CONSTANTS.map((value) => i32(value | 0))));
  const mixed = (x: Word, y: Word, z: Word): Word =>
    pick([choose(x, y, z), xor3(x, y, z), majority(x, y, z), xor3(x, y, z)]);
  let last: Word = i32(0);
  for (const w of [w0, w1, w2, w3]) {
    const next: Word = e.let(add(add(add(add(mixed(b, c, d), left(a, 5)), w), last), k));
    last = d;
    [a, b, c, d] = [next, a, e.let(left(b, 30)), c];
  }
  e.writeAs(destination!, vectorOf(d, c, b, a));
};

const sha1Message2 = (e: Emitter, a: Vector, b: Vector): Vector => {
  const [w15, w14, w13] = wordsOf(e, b);
  return sha1Schedule(e, wordsOf(e, a), [w15, w14, w13]);
};

/** W16 … W19 from the partial sums and W13 … W15: W19 needs W16. */
function sha1Schedule(
  e: Emitter,
  partial: readonly [Word, Word, Word, Word],
  known: readonly [Word, Word, Word],
): Vector {
  const [p3, p2, p1, p0] = partial;
  const [w15, w14, w13] = known;
  const w16 = e.let(left(xor(p0, w13), 1));
  return vectorOf(left(xor(p3, w16), 1), left(xor(p2, w15), 1), left(xor(p1, w14), 1), w16);
}

const sum0 = (x: Word): Word => xor3(right(x, 2), right(x, 13), right(x, 22));
const sum1 = (x: Word): Word => xor3(right(x, 6), right(x, 11), right(x, 25));
const sigma0 = (x: Word): Word => xor3(right(x, 7), right(x, 18), shrU(x, i32(3)));
const sigma1 = (x: Word): Word => xor3(right(x, 17), right(x, 19), shrU(x, i32(10)));

/** Two rounds: the destination holds C D G H from the top, the source A B E F, XMM0 two words with K added. */
const sha256Rounds: Body = (e, destination, source, implicit) => {
  let [f, ee, b, a] = wordsOf(e, e.readAs(source!, 'v128'));
  let [h, g, d, c] = wordsOf(e, e.readAs(destination!, 'v128'));
  const [wk0, wk1] = wordsOf(e, e.readAs(implicit!, 'v128'));
  for (const wk of [wk0, wk1]) {
    const first: Word = e.let(add(add(add(choose(ee, f, g), sum1(ee)), wk), h));
    const nextA: Word = e.let(add(add(first, majority(a, b, c)), sum0(a)));
    const nextE: Word = e.let(add(first, d));
    [a, b, c, d, ee, f, g, h] = [nextA, a, b, c, nextE, ee, f, g];
  }
  e.writeAs(destination!, vectorOf(f, ee, b, a));
};

const sha256Message1 = (e: Emitter, a: Vector, b: Vector): Vector => {
  const [w0, w1, w2, w3] = wordsOf(e, a);
  const w4 = word(b, 0);
  return vectorOf(add(w0, sigma0(w1)), add(w1, sigma0(w2)), add(w2, sigma0(w3)), add(w3, sigma0(e.let(w4))));
};
const sha256Message2 = (e: Emitter, a: Vector, b: Vector): Vector => {
  const [a0, a1, a2, a3] = wordsOf(e, a);
  const [, , w14, w15] = wordsOf(e, b);
  const w16 = e.let(add(a0, sigma1(w14)));
  const w17 = e.let(add(a1, sigma1(w15)));
  return vectorOf(w16, w17, add(a2, sigma1(w16)), add(a3, sigma1(w17)));
};

const FEATURE = { feature: 'sha' };
const OPERANDS = ['+xmm1', 'xmm2/m128'];

export const SHA: readonly Row[] = [
  row('SHA1RNDS4', 'NP 0F 3A CC /r ib', [...OPERANDS, 'imm8'], FEATURE, sha1Rounds),
  row(
    'SHA1NEXTE',
    'NP 0F 38 C8 /r',
    OPERANDS,
    FEATURE,
    operation((e, a, b) => lane('i32x4.replace_lane', 3, b, add(word(b, 3), e.let(left(word(a, 3), 30))))),
  ),
  row(
    'SHA1MSG1',
    'NP 0F 38 C9 /r',
    OPERANDS,
    FEATURE,
    // From the top W0 … W3 in the destination and W4 W5 in the source: each with the one two further on.
    operation((_e, a, b) =>
      op('v128.xor', a, shuffle(b, a, [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23])),
    ),
  ),
  row('SHA1MSG2', 'NP 0F 38 CA /r', OPERANDS, FEATURE, operation(sha1Message2)),
  row('SHA256RNDS2', 'NP 0F 38 CB /r', [...OPERANDS, 'xmm0'], FEATURE, sha256Rounds),
  row('SHA256MSG1', 'NP 0F 38 CC /r', OPERANDS, FEATURE, operation(sha256Message1)),
  row('SHA256MSG2', 'NP 0F 38 CD /r', OPERANDS, FEATURE, operation(sha256Message2)),
];
