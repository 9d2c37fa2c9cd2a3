// Positive numbers of 128 bits in the making, and the series that the transcendental functions are made of.

import { add, eqz, gtS, or, shl, shrU, sub, toI64 } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { i32, i64, type Local, select, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import {
  ARC_TANGENT,
  AREA_TANGENT,
  COSINE,
  divideFractions,
  EXPONENTIAL_DOWN,
  EXPONENTIAL_UP,
  type FractionUnary,
  multiplyFractions,
  SINE,
  shiftFraction,
} from './fixed-point.ts';
import { normalize } from './unrounded.ts';

type I32 = Value<'i32'>;
type I64 = Value<'i64'>;
/** A positive number in the making: exponent, and 128 bits of significand with the first one set. */
export interface Wide {
  readonly exponent: I32;
  readonly hi: I64;
  readonly lo: I64;
}
export const NUMBER = ['i32', 'i64', 'i64'] as const;
export type WideFunction = FunctionDefinition<readonly ['i32', 'i64', 'i64'], readonly ['i32', 'i64', 'i64']>;

/** Is the true value just below or just above what was computed? Sticky says above; one unit less and sticky says below. */
function lean(code: CodeWriter, hi: Local<'i64'>, lo: Local<'i64'>, direction: 'below' | 'above'): void {
  if (direction === 'below') {
    code.set(hi, sub(hi, toI64(eqz(lo))));
    code.set(lo, sub(lo, i64(1)));
  }
  code.set(lo, or(lo, i64(1)));
}

/** x × 2 × series(x² or x), the series being halved. */
function defineLinear(
  name: string,
  series: FractionUnary,
  argument: 'square' | 'itself',
  direction: 'below' | 'above',
): WideFunction {
  return defineFunction(name, NUMBER, NUMBER, (code, exponent, hi, lo) => {
    // x = fraction × 2^(exponent + 1), below 1
    const [uHi, uLo] =
      argument === 'square' ? code.call(multiplyFractions, hi, lo, hi, lo) : [code.let(hi as I64), code.let(lo as I64)];
    const places = argument === 'square' ? shl(add(exponent, i32(1)), i32(1)) : add(exponent, i32(1));
    const far = code.let(sub(i32(0), places));
    const [zHi, zLo] = code.call(shiftFraction, uHi, uLo, select(gtS(far, i32(128)), i32(128), far));
    const [rHi, rLo] = code.call(series, zHi, zLo);
    const [pHi, pLo] = code.call(multiplyFractions, hi, lo, rHi, rLo);
    lean(code, pHi, pLo, direction);
    const [e, h, l] = code.call(normalize, add(exponent, i32(1)), pHi, pLo);
    code.return(e, h, l);
  });
}

export const sineOf: WideFunction = defineLinear('sineOf', SINE, 'square', 'below');
export const arcTangentSmall: WideFunction = defineLinear('arcTangentOf', ARC_TANGENT, 'square', 'below');
export const areaTangentOf: WideFunction = defineLinear('areaTangentOf', AREA_TANGENT, 'square', 'above');
export const growthOf: WideFunction = defineLinear('growthOf', EXPONENTIAL_UP, 'itself', 'above');
export const decayOf: WideFunction = defineLinear('decayOf', EXPONENTIAL_DOWN, 'itself', 'below');

export const cosineOf: WideFunction = defineFunction('cosineOf', NUMBER, NUMBER, (code, exponent, hi, lo) => {
  const [uHi, uLo] = code.call(multiplyFractions, hi, lo, hi, lo);
  const far = code.let(sub(i32(0), shl(add(exponent, i32(1)), i32(1))));
  const [zHi, zLo] = code.call(shiftFraction, uHi, uLo, select(gtS(far, i32(128)), i32(128), far));
  const [rHi, rLo] = code.call(COSINE, zHi, zLo);
  lean(code, rHi, rLo, 'below');
  const [e, h, l] = code.call(normalize, i32(0), rHi, rLo);
  code.return(e, h, l);
});

/** a ÷ b. */
export function divideWide(
  code: CodeWriter,
  a: Wide,
  b: Wide,
): { exponent: Local<'i32'>; hi: Local<'i64'>; lo: Local<'i64'> } {
  // Halving a keeps the quotient below 1.
  const aLo = or(shrU(a.lo, i64(1)), shl(a.hi, i64(63)));
  const [qHi, qLo] = code.call(divideFractions, shrU(a.hi, i64(1)), code.let(aLo), b.hi, b.lo);
  const [exponent, hi, lo] = code.call(normalize, sub(a.exponent, b.exponent), qHi, qLo);
  return { exponent, hi, lo };
}
