// The way between native and exact: native arithmetic on ordinary operands, with the inexact flag found by a test.
//
// Rows come here when "inexact" is not on record yet, or an operand is zero. While everything is masked, rounding is to nearest
// and nothing is flushed, an ordinary result is right as it is, and only whether it is exact must be found out:
//   add, sub   the rounding error of a sum is itself a float (Knuth's TwoSum, TAOCP 2 §4.2.2 theorem B)
//   mul        a product is exact when its significands have enough trailing zeros between them
//   div, sqrt  the quotient times the divisor, or the root squared, is exactly the operand
// Anything else goes on to float/binary-arithmetic.ts, ten times slower.

import { add, and, ctz, eq, eqz, geS, ltU, ne, or, shrU, sub, toI32, toI64 } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { call, i32, i64, op, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { type BinaryOperation, binaryHelpers } from './binary-arithmetic.ts';
import { type BinaryFormat, binaryFormat } from './binary-format.ts';
import { INEXACT } from './exception-flags.ts';
import { mxcsr, NATIVE_BITS, NATIVE_VALUE, raiseSimd } from './simd-control.ts';

type I32 = Value<'i32'>;
type I64 = Value<'i64'>;
type F64 = Value<'f64'>;
type BitsFunction = FunctionDefinition<readonly ['i64', 'i64'], readonly ['i64']>;
type UnaryBits = FunctionDefinition<readonly ['i64'], readonly ['i64']>;
type Rounding = 'add' | 'sub' | 'mul' | 'div';

const isUsualMode = (): I32 => eq(and(mxcsr(), i32(NATIVE_BITS & ~INEXACT)), i32(NATIVE_VALUE & ~INEXACT));

const exponentOf = (format: BinaryFormat, bits: I64): I32 =>
  and(toI32(shrU(bits, i64(format.fractionBits))), i32(format.exponentMask));
const isNormal = (format: BinaryFormat, bits: I64): I32 =>
  ltU(sub(exponentOf(format, bits), i32(1)), i32(format.exponentMask - 1));
const isOrdinary = (format: BinaryFormat, bits: I64): I32 => or(isNormal(format, bits), format.isZero(bits));

const float64 = (bits: I64): F64 => op('f64.reinterpret_i64', bits);
const float32 = (bits: I64): Value<'f32'> => op('f32.reinterpret_i32', toI32(bits));
const native64 = { add: 'f64.add', sub: 'f64.sub', mul: 'f64.mul', div: 'f64.div' } as const;
const native32 = { add: 'f32.add', sub: 'f32.sub', mul: 'f32.mul', div: 'f32.div' } as const;

function compute(width: 32 | 64, operation: Rounding, a: I64, b: I64): I64 {
  if (width === 64) return op('i64.reinterpret_f64', op(native64[operation], float64(a), float64(b)));
  return toI64(op('i32.reinterpret_f32', op(native32[operation], float32(a), float32(b))));
}

/** a + b = sum, without a rounding error. */
function isExactSum(code: CodeWriter, width: 32 | 64, a: I64, b: I64, sum: I64): I32 {
  if (width === 64) {
    const [x, y, s] = [code.let(float64(a)), code.let(float64(b)), code.let(float64(sum))];
    const virtual = code.let(op('f64.sub', s, x));
    const error = op('f64.add', op('f64.sub', x, op('f64.sub', s, virtual)), op('f64.sub', y, virtual));
    return op('f64.eq', error, op('f64.convert_i32_s', i32(0)));
  }
  const [x, y, s] = [code.let(float32(a)), code.let(float32(b)), code.let(float32(sum))];
  const virtual = code.let(op('f32.sub', s, x));
  const error = op('f32.add', op('f32.sub', x, op('f32.sub', s, virtual)), op('f32.sub', y, virtual));
  return op('f32.eq', error, op('f32.convert_i32_s', i32(0)));
}

/** a × b = product, of normal numbers, with nothing lost. */
function isExactProduct(code: CodeWriter, width: 32 | 64, a: I64, b: I64, product: I64): I32 {
  if (width === 32) {
    // 24 bits times 24 bits always fit in a binary64.
    const wide = op('f64.mul', op('f64.promote_f32', float32(a)), op('f64.promote_f32', float32(b)));
    return op('f64.eq', wide, op('f64.promote_f32', float32(product)));
  }
  const format = binaryFormat(64);
  const zeros = (bits: I64): I32 => toI32(ctz(or(bits, i64(1n << 52n))));
  const grown = sub(
    exponentOf(format, product),
    sub(add(exponentOf(format, a), exponentOf(format, b)), i32(format.maximumExponent)),
  );
  return geS(add(zeros(a), zeros(b)), code.let(add(grown, i32(52))));
}

/** Whether the rounded result of an operation is the true one: of ordinary operands, when it is normal (or a sum's zero). */
export function isExactResult(code: CodeWriter, width: 32 | 64, operation: Rounding, a: I64, b: I64, result: I64): I32 {
  switch (operation) {
    case 'add':
      return isExactSum(code, width, a, b, result);
    case 'sub':
      return isExactSum(code, width, a, code.let(op('i64.xor', b, i64(binaryFormat(width).signBit))), result);
    case 'mul':
      return isExactProduct(code, width, a, b, result);
    case 'div': {
      const back = code.let(compute(width, 'mul', result, b));
      return and(eq(back, a), isExactProduct(code, width, result, b, back));
    }
  }
}

/** The same of a square root. */
export function isExactRoot(code: CodeWriter, width: 32 | 64, a: I64, root: I64): I32 {
  const square = code.let(compute(width, 'mul', root, root));
  return and(eq(square, a), isExactProduct(code, width, root, root, square));
}

function defineQuick(operation: Rounding, width: 32 | 64): BitsFunction {
  const format = binaryFormat(width);
  const exact = binaryHelpers(width).binary[operation];
  return defineFunction(`quick_${operation}${width}`, ['i64', 'i64'], ['i64'], (code, a, b) => {
    const result = code.let(compute(width, operation, a, b));
    const ordinary = and(isOrdinary(format, a), isOrdinary(format, b));
    // A zero is a plain sum, but may be an underflow otherwise; so may be the least normal number, rounded from below. A sum that small
    // is exact.
    const resultFits =
      operation === 'add' || operation === 'sub'
        ? isOrdinary(format, result)
        : and(
            isNormal(format, result),
            ne(and(result, i64(format.signBit - 1n)), i64(1n << BigInt(format.fractionBits))),
          );
    code.if(and(and(isUsualMode(), ordinary), resultFits), () => {
      const isExact = isExactResult(code, width, operation, a, b, result);
      code.if(eqz(isExact), () => raiseSimd(code, i32(INEXACT)));
      code.return(result);
    });
    code.return(call(exact, a, b));
  });
}

function defineQuickRoot(width: 32 | 64): UnaryBits {
  const format = binaryFormat(width);
  const exact = binaryHelpers(width).squareRoot;
  return defineFunction(`quick_sqrt${width}`, ['i64'], ['i64'], (code, a) => {
    code.if(and(isUsualMode(), and(isNormal(format, a), eqz(format.sign(a)))), () => {
      const root = code.let(
        width === 64
          ? op('i64.reinterpret_f64', op('f64.sqrt', float64(a)))
          : toI64(op('i32.reinterpret_f32', op('f32.sqrt', float32(a)))),
      );
      code.if(eqz(isExactRoot(code, width, a, root)), () => raiseSimd(code, i32(INEXACT)));
      code.return(root);
    });
    code.return(call(exact, a));
  });
}

function helpersFor(width: 32 | 64): {
  readonly binary: Readonly<Record<BinaryOperation, BitsFunction>>;
  readonly squareRoot: UnaryBits;
} {
  const { min, max } = binaryHelpers(width).binary;
  return {
    binary: {
      add: defineQuick('add', width),
      sub: defineQuick('sub', width),
      mul: defineQuick('mul', width),
      div: defineQuick('div', width),
      min,
      max,
    },
    squareRoot: defineQuickRoot(width),
  };
}

const HELPERS = { 32: helpersFor(32), 64: helpersFor(64) };
/** The arithmetic of float/binary-arithmetic.ts, by the quick way where there is one. */
export const quickHelpers = (width: 32 | 64): ReturnType<typeof helpersFor> => HELPERS[width];
