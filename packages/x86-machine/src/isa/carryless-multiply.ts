// PCLMULQDQ: the product of two polynomials over GF(2) (SDM Vol. 1 §12.13.4).
//
// Integer multiplication without carries: each operand is split into four with every fourth bit, so that what carries in a
// product of two of them stays in the three empty bits between, and is masked off (T. Pornin, BearSSL, "constant-time mul").
// The upper half of the product is the lower half of the product of the operands reversed, reversed.

import { and, mul, or, rotl, shl, shrU, toI32, xor } from '../wasm/arithmetic.ts';
import { call, i32, i64, lane, op, select, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { type Row, row } from './row.ts';
import { readAligned } from './sse-vector.ts';

type I64 = Value<'i64'>;
type Binary64 = FunctionDefinition<readonly ['i64', 'i64'], readonly ['i64']>;

const EVERY_FOURTH = 0x1111_1111_1111_1111n;

/** Bits 63:0 of the product. */
const multiplyLow: Binary64 = defineFunction('carrylessLow', ['i64', 'i64'], ['i64'], (code, x, y) => {
  const masks = [0n, 1n, 2n, 3n].map((offset) => i64(EVERY_FOURTH << offset));
  const xs = masks.map((mask) => code.let(and(x, mask)));
  const ys = masks.map((mask) => code.let(and(y, mask)));
  const sums = masks.map((mask, position) => {
    const products = xs.map((part, index) => mul<'i64'>(part, ys[(position - index + 4) & 3]!));
    return and(
      products.reduce((a, b) => xor(a, b)),
      mask,
    );
  });
  code.return(sums.reduce((a, b) => or(a, b)));
});

const reverseBits: FunctionDefinition<readonly ['i64'], readonly ['i64']> = defineFunction(
  'reverseBits64',
  ['i64'],
  ['i64'],
  (code, value) => {
    const steps: readonly (readonly [bigint, bigint])[] = [
      [1n, 0x5555_5555_5555_5555n],
      [2n, 0x3333_3333_3333_3333n],
      [4n, 0x0f0f_0f0f_0f0f_0f0fn],
      [8n, 0x00ff_00ff_00ff_00ffn],
      [16n, 0x0000_ffff_0000_ffffn],
    ];
    for (const [by, mask] of steps) {
      code.set(value, or(shl(and(value, i64(mask)), i64(by)), and(shrU(value, i64(by)), i64(mask))));
    }
    code.return(rotl(value as I64, i64(32)));
  },
);

export const CARRYLESS_MULTIPLY: readonly Row[] = [
  row(
    'PCLMULQDQ',
    '66 0F 3A 44 /r ib',
    ['+xmm1', 'xmm2/m128', 'imm8'],
    { feature: 'pclmulqdq' },
    (e, destination, source, constant) => {
      const b = e.let(readAligned(e, source!));
      const a = e.let(e.readAs(destination!, 'v128'));
      const selector = toI32(e.read(constant!));
      const chosen = (vector: Value<'v128'>, bit: number): I64 =>
        e.let(
          select(and(selector, i32(bit)), lane('i64x2.extract_lane', 1, vector), lane('i64x2.extract_lane', 0, vector)),
        );
      const [x, y] = [chosen(a, 1), chosen(b, 16)];
      const low = e.let(call(multiplyLow, x, y));
      const mirrored = call(multiplyLow, call(reverseBits, x), call(reverseBits, y));
      const high = shrU(call(reverseBits, mirrored), i64(1));
      e.writeAs(destination!, lane('i64x2.replace_lane', 1, op('i64x2.splat', low), high));
    },
  ),
];
