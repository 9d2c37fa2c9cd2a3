// The six arithmetic flags, kept as what they are computed from.
//
//   flagZero   ZF = (word == 0)
//   flagSign   SF = bit 63, PF = even parity of the low 8 bits
//   flagCarry  CF = bit 63, OF = bit 63 ^ bit 62, AF = bit 3
//
// An addition stores its sign-extended result twice and its vector of carries out of each bit, shifted so that the carry
// out of the operand's top bit is bit 63: no type tag, nothing to switch on, any combination of flags has a form.

import type { ConditionCode } from '../isa/condition.ts';
import type { FlagName, FlagProducers, FlagValues, Size } from '../isa/emitter.ts';
import { CPU_STATE } from '../state/cpu-state.ts';
import { ARITHMETIC_FLAGS, FRAME, RFLAGS } from '../state/frame-layout.ts';
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
import { type Integer, i32, i64, load, op, type Value } from '../wasm/expression.ts';

const zeroWord = (): Value<'i64'> => load('i64.load', i32(0), CPU_STATE.flagZero);
const signWord = (): Value<'i64'> => load('i64.load', i32(0), CPU_STATE.flagSign);
const carryWord = (): Value<'i64'> => load('i64.load', i32(0), CPU_STATE.flagCarry);
const negative = (value: Value<'i64'>): Value<'i32'> => ltS(value, i64(0));

/** Sign-extends an integer of `size` bits (upper bits ignored) to 64. */
export function signExtended(size: Size, value: Value<Integer>): Value<'i64'> {
  if (size === 8) return toI64S(op('i32.extend8_s', toI32(value)));
  if (size === 16) return toI64S(op('i32.extend16_s', toI32(value)));
  return toI64S(value);
}

/** OF xor SF is "less"; both are top bits, so their words are combined and tested once. */
function less(code: CodeWriter): Value<'i32'> {
  const carry = code.let(carryWord());
  return negative(xor(signWord(), xor(carry, shl(carry, i64(1)))));
}

export function readFlag(code: CodeWriter, name: FlagName): Value<'i32'> {
  switch (name) {
    case 'cf':
      return negative(carryWord());
    case 'of': {
      const carry = code.let(carryWord());
      return negative(xor(carry, shl(carry, i64(1))));
    }
    case 'af':
      return and(shrU(load('i32.load', i32(0), CPU_STATE.flagCarry), i32(3)), i32(1));
    case 'zf':
      return eqz(zeroWord());
    case 'sf':
      return negative(signWord());
    case 'pf':
      return eqz(and(popcnt(load('i32.load8_u', i32(0), CPU_STATE.flagSign)), i32(1)));
  }
}

export function readCondition(code: CodeWriter, condition: ConditionCode): Value<'i32'> {
  switch (condition) {
    case 'o':
      return readFlag(code, 'of');
    case 'b':
      return readFlag(code, 'cf');
    case 'e':
      return readFlag(code, 'zf');
    case 'be':
      return or(readFlag(code, 'cf'), readFlag(code, 'zf'));
    case 's':
      return readFlag(code, 'sf');
    case 'p':
      return readFlag(code, 'pf');
    case 'l':
      return less(code);
    case 'le':
      return or(less(code), readFlag(code, 'zf'));
    case 'no':
      return eqz(readCondition(code, 'o'));
    case 'ae':
      return eqz(readCondition(code, 'b'));
    case 'ne':
      return eqz(readCondition(code, 'e'));
    case 'a':
      return eqz(readCondition(code, 'be'));
    case 'ns':
      return eqz(readCondition(code, 's'));
    case 'np':
      return eqz(readCondition(code, 'p'));
    case 'ge':
      return eqz(readCondition(code, 'l'));
    case 'g':
      return eqz(readCondition(code, 'le'));
  }
}

/** RFLAGS with its arithmetic bits filled in. */
export function assembleRflags(code: CodeWriter): Value<'i64'> {
  const place = (name: FlagName, bit: number): Value<'i64'> => toI64(shl(readFlag(code, name), i32(Math.log2(bit))));
  const others = and(load('i64.load', i32(0), FRAME.rflags), i64(~BigInt(ARITHMETIC_FLAGS)));
  return [
    place('cf', RFLAGS.cf),
    place('pf', RFLAGS.pf),
    place('af', RFLAGS.af),
    place('zf', RFLAGS.zf),
    place('sf', RFLAGS.sf),
    place('of', RFLAGS.of),
  ].reduce((all, one) => or(all, one), others);
}

/** Spreads the arithmetic bits of an RFLAGS value over the lazy words, and stores the whole in the frame. */
export function spreadRflags(code: CodeWriter, rflags: Value<'i64'>): void {
  const value = code.let(rflags);
  const bit = (mask: number): Value<'i32'> => and(shrU(toI32(value), i32(Math.log2(mask))), i32(1));
  code.store('i64.store', i32(0), value, FRAME.rflags);
  storeFlags(code, {
    cf: bit(RFLAGS.cf),
    pf: bit(RFLAGS.pf),
    af: bit(RFLAGS.af),
    zf: bit(RFLAGS.zf),
    sf: bit(RFLAGS.sf),
    of: bit(RFLAGS.of),
  });
}

function storeCarries(code: CodeWriter, cf: Value<'i32'>, of: Value<'i32'>, af: Value<'i32'>): void {
  const carry = code.let(cf);
  const top = or(shl(toI64(carry), i64(63)), shl(toI64(xor(carry, of)), i64(62)));
  code.store('i64.store', i32(0), or(top, toI64(shl(af, i32(3)))), CPU_STATE.flagCarry);
}

function storeFlags(code: CodeWriter, flags: FlagValues): void {
  const sf = flags.sf && code.let(flags.sf);
  const pf = flags.pf && code.let(flags.pf);
  const zf = flags.zf && code.let(flags.zf);
  if (flags.cf || flags.of || flags.af) {
    const of = code.let(flags.of ?? readFlag(code, 'of'));
    const af = code.let(flags.af ?? readFlag(code, 'af'));
    storeCarries(code, flags.cf ?? readFlag(code, 'cf'), of, af);
  }
  if (sf || pf) {
    const sign = shl(toI64(sf ?? readFlag(code, 'sf')), i64(63));
    const parity = toI64(xor(pf ?? readFlag(code, 'pf'), i32(1)));
    code.store('i64.store', i32(0), or(sign, parity), CPU_STATE.flagSign);
  }
  if (zf) code.store('i64.store', i32(0), toI64(eqz(zf)), CPU_STATE.flagZero);
}

/** Producers that store into the lazy words. */
export function lazyFlagProducers(code: CodeWriter): FlagProducers {
  const storeResult = (size: Size, result: Value<Integer>): void => {
    const extended = code.let(signExtended(size, result));
    code.store('i64.store', i32(0), extended, CPU_STATE.flagZero);
    code.store('i64.store', i32(0), extended, CPU_STATE.flagSign);
  };
  const storeVector = (size: Size, vector: Value<Integer>): void => {
    if (size === 64) {
      code.store('i64.store', i32(0), vector, CPU_STATE.flagCarry);
      return;
    }
    const carries = code.let(toI32(vector));
    const shifted = shl(toI64(carries), i64(64 - size));
    code.store('i64.store', i32(0), or(shifted, toI64(and(carries, i32(8)))), CPU_STATE.flagCarry);
  };
  /** INC and DEC keep CF: the old top bit stays, the bit below follows so that OF is as given. */
  const storeStep = (size: Size, result: Value<Integer>, overflowed: bigint, auxiliary: number): void => {
    const truncated = code.let(
      size === 64 ? result : size === 32 ? result : and(result, constantLike(result, (1 << size) - 1)),
    );
    const carry = code.let(and(carryWord(), i64(1n << 63n)));
    const overflow = toI64(eq(truncated, constantLike(truncated, overflowed)));
    const nibble = toI64(eq(and(toI32(truncated), i32(15)), i32(auxiliary)));
    const second = xor(shrU(carry, i64(1)), shl(overflow, i64(62)));
    code.store('i64.store', i32(0), or(or(carry, second), shl(nibble, i64(3))), CPU_STATE.flagCarry);
    storeResult(size, result);
  };
  return {
    add(size, a, b, result) {
      storeVector(size, or(and(a, b), and(or(a, b), not(result))));
      storeResult(size, result);
    },
    sub(size, a, b, result) {
      storeVector(size, or(and(not(a), b), and(or(not(a), b), result)));
      storeResult(size, result);
    },
    logic(size, result) {
      code.store('i64.store', i32(0), i64(0), CPU_STATE.flagCarry);
      storeResult(size, result);
    },
    inc(size, result) {
      storeStep(size, result, 1n << BigInt(size - 1), 0);
    },
    dec(size, result) {
      storeStep(size, result, (1n << BigInt(size - 1)) - 1n, 15);
    },
    result(size, result, carries) {
      storeCarries(code, carries.cf, carries.of, carries.af ?? i32(0));
      storeResult(size, result);
    },
    set(flags) {
      storeFlags(code, flags);
    },
  };
}
