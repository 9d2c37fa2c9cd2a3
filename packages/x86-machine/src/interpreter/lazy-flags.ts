// The interpreter's flags: the three words of flags/flag-words.ts, in memory.

import {
  conditionOf,
  differenceWords,
  type FlagWords,
  flagOf,
  givenWords,
  logicWords,
  packCarry,
  packSign,
  packZero,
  stepWords,
  sumWords,
} from '../flags/flag-words.ts';
import type { ConditionCode } from '../isa/condition.ts';
import type { FlagName, FlagProducers, FlagValues } from '../isa/emitter.ts';
import { shiftCarries } from '../isa/shift-carries.ts';
import { CPU_STATE } from '../state/cpu-state.ts';
import { ARITHMETIC_FLAGS, FRAME, RFLAGS } from '../state/frame-layout.ts';
import { and, or, shl, shrU, toI32, toI64 } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { i32, i64, load, type Value } from '../wasm/expression.ts';

/** The words in memory, read where they are consumed. */
export const FLAG_MEMORY: FlagWords = {
  zero: load('i64.load', i32(0), CPU_STATE.flagZero),
  sign: load('i64.load', i32(0), CPU_STATE.flagSign),
  carry: load('i64.load', i32(0), CPU_STATE.flagCarry),
};

export function storeFlagWords(code: CodeWriter, { zero, sign, carry }: FlagWords): void {
  code.store('i64.store', i32(0), carry, CPU_STATE.flagCarry);
  code.store('i64.store', i32(0), zero, CPU_STATE.flagZero);
  code.store('i64.store', i32(0), sign, CPU_STATE.flagSign);
}

export const readFlag = (code: CodeWriter, name: FlagName): Value<'i32'> => flagOf(code, FLAG_MEMORY, name);

export const readCondition = (code: CodeWriter, condition: ConditionCode): Value<'i32'> =>
  conditionOf(code, FLAG_MEMORY, condition);

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

function storeFlags(code: CodeWriter, flags: FlagValues): void {
  const sf = flags.sf && code.let(flags.sf);
  const pf = flags.pf && code.let(flags.pf);
  const zf = flags.zf && code.let(flags.zf);
  if (flags.cf || flags.of || flags.af) {
    const of = code.let(flags.of ?? readFlag(code, 'of'));
    const af = code.let(flags.af ?? readFlag(code, 'af'));
    const carry = packCarry(code, flags.cf ?? readFlag(code, 'cf'), of, af);
    code.store('i64.store', i32(0), carry, CPU_STATE.flagCarry);
  }
  if (sf || pf) {
    const sign = packSign(sf ?? readFlag(code, 'sf'), pf ?? readFlag(code, 'pf'));
    code.store('i64.store', i32(0), sign, CPU_STATE.flagSign);
  }
  if (zf) code.store('i64.store', i32(0), packZero(zf), CPU_STATE.flagZero);
}

/** Producers that store into the lazy words. */
export function lazyFlagProducers(code: CodeWriter): FlagProducers {
  const store = (words: FlagWords): void => storeFlagWords(code, words);
  return {
    add(size, a, b, result) {
      store(sumWords(code, size, a, b, result));
    },
    sub(size, a, b, result) {
      store(differenceWords(code, size, a, b, result));
    },
    logic(size, result) {
      store(logicWords(code, size, result));
    },
    inc(size, result) {
      store(stepWords(code, size, true, result, FLAG_MEMORY.carry));
    },
    dec(size, result) {
      store(stepWords(code, size, false, result, FLAG_MEMORY.carry));
    },
    result(size, result, carries) {
      store(givenWords(code, size, result, carries));
    },
    product(size, _signed, _a, _b, lower, overflow) {
      const cf = code.let(overflow());
      store(givenWords(code, size, lower, { cf, of: cf }));
    },
    shift(kind, size, value, count, result) {
      const { cf, of } = shiftCarries(kind, size, value, count, result);
      store(givenWords(code, size, result, { cf: code.let(cf), of }));
    },
    set(flags) {
      storeFlags(code, flags);
    },
  };
}
