// SSE arithmetic with nothing left out: every rounding mode, exception flag, NaN and denormal rule of MXCSR.
//
// These are the paths that native WebAssembly arithmetic cannot take; rows choose (see isa/sse-arithmetic.ts). Each
// function takes and returns bits as i64 and records exceptions for finishSimd.

import { and, eq, eqz, ltS, ne, or, sub, xor } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { call, i32, i64, type Local, select, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { BINARY32, BINARY64, type BinaryFormat } from './binary-format.ts';
import { DENORMAL, INEXACT, INVALID, ROUND, ZERO_DIVIDE } from './exception-flags.ts';
import { raiseSimd, roundingMode } from './simd-control.ts';
import {
  addUnrounded,
  divideUnrounded,
  multiplyUnrounded,
  normalize,
  round,
  squareRootUnrounded,
} from './unrounded.ts';

export type BinaryOperation = 'add' | 'sub' | 'mul' | 'div' | 'min' | 'max';
type Bits = Local<'i64'>;
type BitsFunction = FunctionDefinition<readonly ['i64', 'i64'], readonly ['i64']>;
type UnaryBits = FunctionDefinition<readonly ['i64'], readonly ['i64']>;

/** Flushes, deals with NaNs, records denormal operands (unless `special` returned first), then computes. */
function defineBinary(
  name: string,
  format: BinaryFormat,
  special: (code: CodeWriter, a: Bits, b: Bits) => void,
  finite: (code: CodeWriter, a: Bits, b: Bits) => void,
): BitsFunction {
  return defineFunction(`${name}${format.width}`, ['i64', 'i64'], ['i64'], (code, a, b) => {
    code.set(a, call(format.flushOperand, a));
    code.set(b, call(format.flushOperand, b));
    code.if(or(format.isNan(a), format.isNan(b)), () => code.return(call(format.propagate, a, b)));
    special(code, a, b);
    finite(code, a, b);
  });
}

function noteDenormals(code: CodeWriter, format: BinaryFormat, ...operands: Bits[]): void {
  const any = operands.map((bits) => format.isDenormal(bits)).reduce((x, y) => or(x, y));
  code.if(any, () => raiseSimd(code, i32(DENORMAL)));
}

function invalid(code: CodeWriter, format: BinaryFormat): void {
  raiseSimd(code, i32(INVALID));
  code.return(i64(format.defaultNan));
}

function defineAdd(format: BinaryFormat): BitsFunction {
  return defineBinary(
    'add',
    format,
    (code, a, b) => {
      code.if(format.isInfinite(a), () => {
        code.if(eq(xor(a, b), i64(format.signBit)), () => invalid(code, format));
        noteDenormals(code, format, b);
        code.return(a);
      });
      noteDenormals(code, format, a, b);
      code.if(format.isInfinite(b), () => code.return(b));
    },
    (code, a, b) => {
      // (+0) + (−0) is −0 only when rounding down; x + 0 is x, but goes on to be flushed or found tiny.
      code.if(and(format.isZero(a), format.isZero(b)), () =>
        code.return(select(eq(roundingMode(), i32(ROUND.DOWN)), or(a, b), and(a, b))),
      );
      code.if(format.isZero(a), () => {
        const [exponent, significand] = code.call(format.unpack, b);
        code.return(call(format.pack, format.sign(b), exponent, significand, i64(0)));
      });
      code.if(format.isZero(b), () => {
        const [exponent, significand] = code.call(format.unpack, a);
        code.return(call(format.pack, format.sign(a), exponent, significand, i64(0)));
      });
      const [exponentA, significandA] = code.call(format.unpack, a);
      const [exponentB, significandB] = code.call(format.unpack, b);
      const [sign, exponent, hi, lo] = code.call(
        addUnrounded,
        ...([format.sign(a), exponentA, significandA, format.sign(b), exponentB, significandB] as const),
      );
      code.if(eqz(hi), () => code.set(sign, eq(roundingMode(), i32(ROUND.DOWN))));
      code.return(call(format.pack, sign, exponent, hi, lo));
    },
  );
}

function defineSubtract(format: BinaryFormat, addition: BitsFunction): BitsFunction {
  return defineFunction(`sub${format.width}`, ['i64', 'i64'], ['i64'], (code, a, b) => {
    // A NaN keeps its sign.
    code.if(eqz(format.isNan(b)), () => code.set(b, xor(b, i64(format.signBit))));
    code.return(call(addition, a, b));
  });
}

function defineMultiply(format: BinaryFormat): BitsFunction {
  const sign = (a: Bits, b: Bits): Value<'i32'> => format.sign(xor(a, b));
  return defineBinary(
    'mul',
    format,
    (code, a, b) => {
      const infinite = code.let(or(format.isInfinite(a), format.isInfinite(b)));
      const zero = code.let(or(format.isZero(a), format.isZero(b)));
      code.if(and(infinite, zero), () => invalid(code, format));
      noteDenormals(code, format, a, b);
      code.if(infinite, () => code.return(format.signed(sign(a, b), i64(format.infinity))));
      code.if(zero, () => code.return(format.signed(sign(a, b), i64(0))));
    },
    (code, a, b) => {
      const [exponentA, significandA] = code.call(format.unpack, a);
      const [exponentB, significandB] = code.call(format.unpack, b);
      const [exponent, hi, lo] = code.call(multiplyUnrounded, exponentA, significandA, exponentB, significandB);
      code.return(call(format.pack, sign(a, b), exponent, hi, lo));
    },
  );
}

function defineDivide(format: BinaryFormat): BitsFunction {
  const sign = (a: Bits, b: Bits): Value<'i32'> => format.sign(xor(a, b));
  return defineBinary(
    'div',
    format,
    (code, a, b) => {
      const bothInfinite = and(format.isInfinite(a), format.isInfinite(b));
      code.if(or(bothInfinite, and(format.isZero(a), format.isZero(b))), () => invalid(code, format));
      code.if(format.isInfinite(a), () => {
        noteDenormals(code, format, b);
        code.return(format.signed(sign(a, b), i64(format.infinity)));
      });
      code.if(format.isZero(b), () => {
        raiseSimd(code, i32(ZERO_DIVIDE));
        code.return(format.signed(sign(a, b), i64(format.infinity)));
      });
      noteDenormals(code, format, a, b);
      code.if(or(format.isInfinite(b), format.isZero(a)), () => code.return(format.signed(sign(a, b), i64(0))));
    },
    (code, a, b) => {
      const [exponentA, significandA] = code.call(format.unpack, a);
      const [exponentB, significandB] = code.call(format.unpack, b);
      const [exponent, hi, lo] = code.call(divideUnrounded, exponentA, significandA, exponentB, significandB);
      code.return(call(format.pack, sign(a, b), exponent, hi, lo));
    },
  );
}

/** a < b for bits that are not NaN. */
function isLess(format: BinaryFormat, a: Value<'i64'>, b: Value<'i64'>): Value<'i32'> {
  const key = (bits: Value<'i64'>): Value<'i64'> =>
    select(format.sign(bits), sub(i64(0), format.magnitude(bits)), format.magnitude(bits));
  return ltS(key(a), key(b));
}

/** MIN and MAX are comparisons: any NaN, and two zeros, give the second operand as it is (SDM 2, MINPD). */
function defineExtreme(name: 'min' | 'max', format: BinaryFormat): BitsFunction {
  return defineFunction(`${name}${format.width}`, ['i64', 'i64'], ['i64'], (code, a, b) => {
    code.set(a, call(format.flushOperand, a));
    code.set(b, call(format.flushOperand, b));
    code.if(or(format.isNan(a), format.isNan(b)), () => {
      raiseSimd(code, i32(INVALID));
      code.return(b);
    });
    noteDenormals(code, format, a, b);
    code.return(select(name === 'min' ? isLess(format, a, b) : isLess(format, b, a), a, b));
  });
}

function defineSquareRoot(format: BinaryFormat): UnaryBits {
  return defineFunction(`sqrt${format.width}`, ['i64'], ['i64'], (code, a) => {
    code.set(a, call(format.flushOperand, a));
    code.if(format.isNan(a), () => code.return(call(format.propagate, a, a)));
    code.if(format.isZero(a), () => code.return(a));
    code.if(format.sign(a), () => invalid(code, format));
    code.if(format.isInfinite(a), () => code.return(a));
    noteDenormals(code, format, a);
    const [exponent, significand] = code.call(format.unpack, a);
    const [halved, hi, lo] = code.call(squareRootUnrounded, exponent, significand);
    code.return(call(format.pack, i32(0), halved, hi, lo));
  });
}

/**
 * How a and b compare: 0 greater, 1 less, 2 equal, 3 unordered. With `quietIsInvalid` any NaN is an invalid operation,
 * otherwise only a signalling one.
 */
function defineCompare(format: BinaryFormat): FunctionDefinition<readonly ['i64', 'i64', 'i32'], readonly ['i32']> {
  return defineFunction(`compare${format.width}`, ['i64', 'i64', 'i32'], ['i32'], (code, a, b, quietIsInvalid) => {
    code.set(a, call(format.flushOperand, a));
    code.set(b, call(format.flushOperand, b));
    code.if(or(format.isNan(a), format.isNan(b)), () => {
      code.if(or(quietIsInvalid, or(format.isSignalling(a), format.isSignalling(b))), () =>
        raiseSimd(code, i32(INVALID)),
      );
      code.return(i32(3));
    });
    noteDenormals(code, format, a, b);
    code.if(isLess(format, a, b), () => code.return(i32(1)));
    code.if(isLess(format, b, a), () => code.return(i32(0)));
    code.return(i32(2));
  });
}

/** ROUNDSS and its kin: to an integral value by `mode`; inexact is recorded unless `quiet` (SDM 2, ROUNDPD). */
function defineRoundToIntegral(
  format: BinaryFormat,
): FunctionDefinition<readonly ['i64', 'i32', 'i32'], readonly ['i64']> {
  return defineFunction(`roundToIntegral${format.width}`, ['i64', 'i32', 'i32'], ['i64'], (code, a, mode, quiet) => {
    code.set(a, call(format.flushOperand, a));
    code.if(format.isNan(a), () => code.return(call(format.propagate, a, a)));
    code.if(or(format.isZero(a), format.isInfinite(a)), () => code.return(a));
    const sign = code.let(format.sign(a));
    const [exponent, significand] = code.call(format.unpack, a);
    code.if(eqz(ltS(exponent, i32(format.fractionBits))), () => code.return(a));
    // A denormal limit at the exponent of the last fraction bit being 1 leaves just the integer bits.
    const [, kept, flags] = code.call(
      round,
      ...([sign, exponent, significand, i64(0), i32(format.precision), i32(format.fractionBits), mode] as const),
    );
    code.if(and(ne(and(flags, i32(INEXACT)), i32(0)), eqz(quiet)), () => raiseSimd(code, i32(INEXACT)));
    code.if(eqz(kept), () => code.return(format.signed(sign, i64(0))));
    const [integral, hi, lo] = code.call(normalize, i32(format.fractionBits), kept, i64(0));
    code.return(call(format.pack, sign, integral, hi, lo));
  });
}

export interface BinaryHelpers {
  readonly binary: Readonly<Record<BinaryOperation, BitsFunction>>;
  readonly squareRoot: UnaryBits;
  readonly compare: FunctionDefinition<readonly ['i64', 'i64', 'i32'], readonly ['i32']>;
  readonly roundToIntegral: FunctionDefinition<readonly ['i64', 'i32', 'i32'], readonly ['i64']>;
}

function helpersFor(format: BinaryFormat): BinaryHelpers {
  const addition = defineAdd(format);
  return {
    binary: {
      add: addition,
      sub: defineSubtract(format, addition),
      mul: defineMultiply(format),
      div: defineDivide(format),
      min: defineExtreme('min', format),
      max: defineExtreme('max', format),
    },
    squareRoot: defineSquareRoot(format),
    compare: defineCompare(format),
    roundToIntegral: defineRoundToIntegral(format),
  };
}

const HELPERS = { 32: helpersFor(BINARY32), 64: helpersFor(BINARY64) };
export const binaryHelpers = (width: 32 | 64): BinaryHelpers => HELPERS[width];
