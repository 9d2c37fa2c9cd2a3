// x87 arithmetic: add, subtract, multiply, divide, square root, comparison (SDM 1 §8.3).

import { and, eq, eqz, ltS, ltU, ne, or, xor } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { call, i32, i64, type Local, load, select, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { DENORMAL, INVALID, ROUND, ZERO_DIVIDE } from './exception-flags.ts';
import {
  invalidExtended,
  isExtendedDenormal,
  isExtendedInfinity,
  isExtendedNan,
  isExtendedZero,
  isSignallingExtended,
  isUnsupported,
  packExtended,
  precisionControl,
  propagateExtended,
  signOf,
  unpackExtended,
  withSign,
} from './extended-format.ts';
import { addUnrounded, divideUnrounded, multiplyUnrounded, squareRootUnrounded, TOP_BIT } from './unrounded.ts';
import { raiseX87, X87_FLAGS, x87RoundingMode } from './x87-state.ts';

type I32 = Value<'i32'>;
export interface Extended {
  readonly significand: Local<'i64'>;
  readonly signExponent: Local<'i32'>;
}
export type ExtendedBinary = FunctionDefinition<readonly ['i64', 'i32', 'i64', 'i32'], readonly ['i64', 'i32']>;
export type ExtendedUnary = FunctionDefinition<readonly ['i64', 'i32'], readonly ['i64', 'i32']>;

export const isZero = (x: Extended): I32 => isExtendedZero(x.significand, x.signExponent);
export const isInfinite = (x: Extended): I32 => isExtendedInfinity(x.significand, x.signExponent);
export const isNan = (x: Extended): I32 => isExtendedNan(x.significand, x.signExponent);
const isDenormal = (x: Extended): I32 => isExtendedDenormal(x.significand, x.signExponent);
const isBad = (x: Extended): I32 => isUnsupported(x.significand, x.signExponent);
export const sign = (x: Extended): I32 => signOf(x.signExponent);

export function returnInvalid(code: CodeWriter): void {
  const [significand, signExponent] = code.call(invalidExtended);
  code.return(significand, signExponent);
}
export const returnValue = (code: CodeWriter, x: Extended): void => code.return(x.significand, x.signExponent);
export const returnInfinity = (code: CodeWriter, negative: I32): void =>
  code.return(TOP_BIT, withSign(negative, i32(0x7fff)));
export const returnZero = (code: CodeWriter, negative: I32): void => code.return(i64(0), withSign(negative, i32(0)));

export function returnPacked(
  code: CodeWriter,
  negative: I32,
  exponent: I32,
  hi: Value<'i64'>,
  lo: Value<'i64'>,
  precision: I32 = call(precisionControl),
): void {
  const [significand, signExponent] = code.call(packExtended, negative, exponent, hi, lo, precision);
  code.return(significand, signExponent);
}

export function noteDenormal(code: CodeWriter, ...operands: Extended[]): void {
  const any = operands.map(isDenormal).reduce((a, b) => or(a, b));
  code.if(any, () => raiseX87(code, i32(DENORMAL)));
}

/** A NaN or an invalid operation comes before a denormal, even one that was noted when it was loaded. */
export function forgetDenormal(code: CodeWriter): void {
  code.store('i32.store', i32(X87_FLAGS), and(load('i32.load', i32(X87_FLAGS)), i32(~DENORMAL)));
}

/** Unsupported encodings and NaNs, before anything else looks at the operands. */
export function screen(code: CodeWriter, a: Extended, b: Extended): void {
  code.if(or(isBad(a), isBad(b)), () => {
    forgetDenormal(code);
    returnInvalid(code);
  });
  code.if(or(isNan(a), isNan(b)), () => {
    forgetDenormal(code);
    const [significand, signExponent] = code.call(
      propagateExtended,
      ...([a.significand, a.signExponent, b.significand, b.signExponent] as const),
    );
    code.return(significand, signExponent);
  });
}

export function defineExtendedBinary(
  name: string,
  body: (code: CodeWriter, a: Extended, b: Extended) => void,
): ExtendedBinary {
  return defineFunction(`x87_${name}`, ['i64', 'i32', 'i64', 'i32'], ['i64', 'i32'], (code, sA, eA, sB, eB) => {
    const a = { significand: sA, signExponent: eA };
    const b = { significand: sB, signExponent: eB };
    screen(code, a, b);
    body(code, a, b);
  });
}

export function defineExtendedUnary(name: string, body: (code: CodeWriter, a: Extended) => void): ExtendedUnary {
  return defineFunction(`x87_${name}`, ['i64', 'i32'], ['i64', 'i32'], (code, significand, signExponent) => {
    const a = { significand, signExponent };
    screen(code, a, a);
    body(code, a);
  });
}

export const addExtended: ExtendedBinary = defineExtendedBinary('add', (code, a, b) => {
  code.if(isInfinite(a), () => {
    code.if(and(isInfinite(b), ne(sign(a), sign(b))), () => returnInvalid(code));
    noteDenormal(code, b);
    returnValue(code, a);
  });
  noteDenormal(code, a, b);
  code.if(isInfinite(b), () => returnValue(code, b));
  code.if(isZero(a), () => {
    code.if(isZero(b), () => {
      const down = eq(x87RoundingMode(), i32(ROUND.DOWN));
      returnZero(code, select(down, or(sign(a), sign(b)), and(sign(a), sign(b))));
    });
    const [exponent, significand] = code.call(unpackExtended, b.significand, b.signExponent);
    returnPacked(code, sign(b), exponent, significand, i64(0));
  });
  const [exponentA, significandA] = code.call(unpackExtended, a.significand, a.signExponent);
  code.if(isZero(b), () => returnPacked(code, sign(a), exponentA, significandA, i64(0)));
  const [exponentB, significandB] = code.call(unpackExtended, b.significand, b.signExponent);
  const [signR, exponent, hi, lo] = code.call(
    addUnrounded,
    ...([sign(a), exponentA, significandA, sign(b), exponentB, significandB] as const),
  );
  code.if(eqz(hi), () => code.set(signR, eq(x87RoundingMode(), i32(ROUND.DOWN))));
  returnPacked(code, signR, exponent, hi, lo);
});

/** a − b; a NaN keeps its sign. */
export const subtractExtended: ExtendedBinary = defineExtendedBinary('sub', (code, a, b) => {
  const [significand, signExponent] = code.call(
    addExtended,
    ...([a.significand, a.signExponent, b.significand, xor(b.signExponent, i32(0x8000))] as const),
  );
  code.return(significand, signExponent);
});

export const multiplyExtended: ExtendedBinary = defineExtendedBinary('mul', (code, a, b) => {
  const negative = code.let(xor(sign(a), sign(b)));
  const infinite = code.let(or(isInfinite(a), isInfinite(b)));
  const zero = code.let(or(isZero(a), isZero(b)));
  code.if(and(infinite, zero), () => returnInvalid(code));
  noteDenormal(code, a, b);
  code.if(infinite, () => returnInfinity(code, negative));
  code.if(zero, () => returnZero(code, negative));
  const [exponentA, significandA] = code.call(unpackExtended, a.significand, a.signExponent);
  const [exponentB, significandB] = code.call(unpackExtended, b.significand, b.signExponent);
  const [exponent, hi, lo] = code.call(multiplyUnrounded, exponentA, significandA, exponentB, significandB);
  returnPacked(code, negative, exponent, hi, lo);
});

export const divideExtended: ExtendedBinary = defineExtendedBinary('div', (code, a, b) => {
  const negative = code.let(xor(sign(a), sign(b)));
  const bothInfinite = and(isInfinite(a), isInfinite(b));
  code.if(or(bothInfinite, and(isZero(a), isZero(b))), () => returnInvalid(code));
  code.if(isInfinite(a), () => {
    noteDenormal(code, b);
    returnInfinity(code, negative);
  });
  code.if(isZero(b), () => {
    forgetDenormal(code);
    raiseX87(code, i32(ZERO_DIVIDE));
    returnInfinity(code, negative);
  });
  noteDenormal(code, a, b);
  code.if(or(isInfinite(b), isZero(a)), () => returnZero(code, negative));
  const [exponentA, significandA] = code.call(unpackExtended, a.significand, a.signExponent);
  const [exponentB, significandB] = code.call(unpackExtended, b.significand, b.signExponent);
  const [exponent, hi, lo] = code.call(divideUnrounded, exponentA, significandA, exponentB, significandB);
  returnPacked(code, negative, exponent, hi, lo);
});

export const squareRootExtended: ExtendedUnary = defineExtendedUnary('sqrt', (code, a) => {
  code.if(isZero(a), () => returnValue(code, a));
  code.if(sign(a), () => returnInvalid(code));
  code.if(isInfinite(a), () => returnValue(code, a));
  noteDenormal(code, a);
  const [exponent, significand] = code.call(unpackExtended, a.significand, a.signExponent);
  const [halved, hi, lo] = code.call(squareRootUnrounded, exponent, significand);
  returnPacked(code, i32(0), halved, hi, lo);
});

type Compare = FunctionDefinition<readonly ['i64', 'i32', 'i64', 'i32', 'i32'], readonly ['i32']>;
/** 0 greater, 1 less, 2 equal, 3 unordered; with `quietIsInvalid` any NaN is an invalid operation. */
export const compareExtended: Compare = defineFunction(
  'x87_compare',
  ['i64', 'i32', 'i64', 'i32', 'i32'],
  ['i32'],
  (code, sA, eA, sB, eB, quietIsInvalid) => {
    const a = { significand: sA, signExponent: eA };
    const b = { significand: sB, signExponent: eB };
    const signalling = or(isSignallingExtended(sA, eA), isSignallingExtended(sB, eB));
    const bad = code.let(or(isBad(a), isBad(b)));
    code.if(or(bad, or(isNan(a), isNan(b))), () => {
      forgetDenormal(code);
      code.if(or(or(bad, quietIsInvalid), signalling), () => raiseX87(code, i32(INVALID)));
      code.return(i32(3));
    });
    noteDenormal(code, a, b);
    code.if(and(isZero(a), isZero(b)), () => code.return(i32(2)));
    code.if(ne(sign(a), sign(b)), () => code.return(sign(a)));
    // A pseudo-denormal equals the smallest normal: compare magnitudes with the exponent at least 1.
    const magnitude = (x: Extended): Local<'i32'> => {
      const field = code.let(and(x.signExponent, i32(0x7fff)));
      code.if(eqz(field), () => code.set(field, i32(1)));
      return field;
    };
    const exponentA = magnitude(a);
    const exponentB = magnitude(b);
    const same = code.let(eq(exponentA, exponentB));
    code.if(and(same, eq(sA, sB)), () => code.return(i32(2)));
    const less = or(ltS(exponentA, exponentB), and(same, ltU(sA, sB)));
    code.return(xor(less, sign(a)));
  },
);
