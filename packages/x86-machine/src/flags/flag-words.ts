// The six arithmetic flags, kept as what they are computed from: three 64-bit words.
//
//   zero    ZF = (word == 0)
//   sign    SF = bit 63, PF = even parity of the low 8 bits
//   carry   CF = bit 63, OF = bit 63 ^ bit 62, AF = bit 3
//
// An addition gives its sign-extended result twice and its vector of carries out of each bit, shifted so that the carry
// out of the operand's top bit is bit 63: no type tag, nothing to switch on, any combination of flags has a form. The
// interpreter has the words in memory (interpreter/lazy-flags.ts), a region in locals (translator/flag-locals.ts).

import type { ConditionCode } from '../isa/condition.ts';
import type { FlagName, Size } from '../isa/emitter.ts';
import { truncate } from '../isa/integer.ts';
import {
  and,
  constantLike,
  eq,
  eqz,
  ltS,
  not,
  or,
  popcnt,
  shl,
  shrU,
  toI32,
  toI64,
  toI64S,
  xor,
} from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { type Integer, i32, i64, op, type Value } from '../wasm/expression.ts';

export interface FlagWords {
  readonly zero: Value<'i64'>;
  readonly sign: Value<'i64'>;
  readonly carry: Value<'i64'>;
}

const negative = (value: Value<'i64'>): Value<'i32'> => ltS(value, i64(0));

/** Sign-extends an integer of `size` bits (upper bits ignored) to 64. */
export function signExtended(size: Size, value: Value<Integer>): Value<'i64'> {
  if (size === 8) return toI64S(op('i32.extend8_s', toI32(value)));
  if (size === 16) return toI64S(op('i32.extend16_s', toI32(value)));
  return size === 32 ? toI64S(toI32(value)) : toI64S(value);
}

// ---- words of an operation

function resultWords(code: CodeWriter, size: Size, result: Value<Integer>, carry: Value<'i64'>): FlagWords {
  const extended = code.let(signExtended(size, result));
  return { zero: extended, sign: extended, carry };
}

/** The carry word of a vector of carries out of each bit of `size`. */
function vectorCarry(code: CodeWriter, size: Size, vector: Value<Integer>): Value<'i64'> {
  if (size === 64) return toI64(vector);
  const carries = code.let(toI32(vector));
  return or(shl(toI64(carries), i64(64 - size)), toI64(and(carries, i32(8))));
}

/** Of a + b (+ carry) = result. */
export function sumWords<T extends Integer>(
  code: CodeWriter,
  size: Size,
  a: Value<T>,
  b: Value<T>,
  result: Value<T>,
): FlagWords {
  const carries = or(and(a, b), and(or(a, b), not(result)));
  return resultWords(code, size, result, vectorCarry(code, size, carries));
}

/** Of a − b (− borrow) = result. */
export function differenceWords<T extends Integer>(
  code: CodeWriter,
  size: Size,
  a: Value<T>,
  b: Value<T>,
  result: Value<T>,
): FlagWords {
  const borrows = or(and(not(a), b), and(or(not(a), b), result));
  return resultWords(code, size, result, vectorCarry(code, size, borrows));
}

/** Of a logical operation: CF, OF and AF are 0. */
export const logicWords = (code: CodeWriter, size: Size, result: Value<Integer>): FlagWords =>
  resultWords(code, size, result, i64(0));

/** Of INC (`up`) or DEC, which keep CF: the old word's top bit stays, the bit below follows so that OF is as it must be. */
export function stepWords(
  code: CodeWriter,
  size: Size,
  up: boolean,
  result: Value<Integer>,
  oldCarry: Value<'i64'>,
): FlagWords {
  const truncated = code.let(truncate(size, result));
  const overflowed = up ? 1n << BigInt(size - 1) : (1n << BigInt(size - 1)) - 1n;
  const carry = code.let(and(oldCarry, i64(1n << 63n)));
  const overflow = toI64(eq(truncated, constantLike(truncated, overflowed)));
  const nibble = toI64(eq(and(toI32(truncated), i32(15)), i32(up ? 0 : 15)));
  const second = xor(shrU(carry, i64(1)), shl(overflow, i64(62)));
  return resultWords(code, size, result, or(or(carry, second), shl(nibble, i64(3))));
}

/** Of a result whose carries are given one by one. */
export const givenWords = (
  code: CodeWriter,
  size: Size,
  result: Value<Integer>,
  { cf, of, af }: { cf: Value<'i32'>; of: Value<'i32'>; af?: Value<'i32'> },
): FlagWords => resultWords(code, size, result, packCarry(code, cf, of, af ?? i32(0)));

// ---- words of single flags

export function packCarry(code: CodeWriter, cf: Value<'i32'>, of: Value<'i32'>, af: Value<'i32'>): Value<'i64'> {
  const carry = code.let(cf);
  const top = or(shl(toI64(carry), i64(63)), shl(toI64(xor(carry, of)), i64(62)));
  return or(top, toI64(shl(af, i32(3))));
}

export const packSign = (sf: Value<'i32'>, pf: Value<'i32'>): Value<'i64'> =>
  or(shl(toI64(sf), i64(63)), toI64(xor(pf, i32(1))));

export const packZero = (zf: Value<'i32'>): Value<'i64'> => toI64(eqz(zf));

// ---- reading

/** A carry word's bit 63 becomes OF. */
function overflowSign(code: CodeWriter, word: Value<'i64'>): Value<'i64'> {
  const carry = code.let(word);
  return xor(carry, shl(carry, i64(1)));
}

export function flagOf(code: CodeWriter, { zero, sign, carry }: FlagWords, name: FlagName): Value<'i32'> {
  switch (name) {
    case 'cf':
      return negative(carry);
    case 'of':
      return negative(overflowSign(code, carry));
    case 'af':
      return and(shrU(toI32(carry), i32(3)), i32(1));
    case 'zf':
      return eqz(zero);
    case 'sf':
      return negative(sign);
    case 'pf':
      return parity(sign);
  }
}

/** PF of a value: even parity of its low byte. */
export function parity(value: Value<Integer>): Value<'i32'> {
  return eqz(and(popcnt(and(toI32(value), i32(0xff))), i32(1)));
}

export function conditionOf(code: CodeWriter, words: FlagWords, condition: ConditionCode): Value<'i32'> {
  // OF xor SF is "less"; both are top bits, so their words are combined and tested once.
  const less = (): Value<'i32'> => negative(xor(words.sign, overflowSign(code, words.carry)));
  switch (condition) {
    case 'o':
      return flagOf(code, words, 'of');
    case 'b':
      return flagOf(code, words, 'cf');
    case 'e':
      return flagOf(code, words, 'zf');
    case 'be':
      return or(flagOf(code, words, 'cf'), flagOf(code, words, 'zf'));
    case 's':
      return flagOf(code, words, 'sf');
    case 'p':
      return flagOf(code, words, 'pf');
    case 'l':
      return less();
    case 'le':
      return or(less(), flagOf(code, words, 'zf'));
    case 'no':
      return eqz(conditionOf(code, words, 'o'));
    case 'ae':
      return eqz(conditionOf(code, words, 'b'));
    case 'ne':
      return eqz(conditionOf(code, words, 'e'));
    case 'a':
      return eqz(conditionOf(code, words, 'be'));
    case 'ns':
      return eqz(conditionOf(code, words, 's'));
    case 'np':
      return eqz(conditionOf(code, words, 'p'));
    case 'ge':
      return eqz(conditionOf(code, words, 'l'));
    case 'g':
      return eqz(conditionOf(code, words, 'le'));
  }
}
