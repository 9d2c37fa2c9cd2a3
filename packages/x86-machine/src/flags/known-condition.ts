// A condition straight from the operands of the instruction that set the flags, where that is cheaper than the flag words.

import type { ConditionCode } from '../isa/condition.ts';
import type { Size } from '../isa/emitter.ts';
import { truncate } from '../isa/integer.ts';
import { and, constantLike, eq, eqz, leS, leU, ltS, ltU, or, toI32, xor } from '../wasm/arithmetic.ts';
import { type Integer, i32, i64, op, type Value } from '../wasm/expression.ts';
import { parity, signExtended } from './flag-words.ts';

/** What last set the flags, with its operands still at hand: zero-extended, and undefined where no condition needs them. */
export interface KnownFlags {
  readonly kind: 'add' | 'sub' | 'logic' | 'step' | 'ordered' | 'given';
  readonly size: Size;
  readonly a: Value<Integer> | undefined;
  readonly b: Value<Integer> | undefined;
  readonly result: Value<Integer>;
}

const NEGATED: Partial<Record<ConditionCode, ConditionCode>> = {
  no: 'o',
  ae: 'b',
  ne: 'e',
  a: 'be',
  ns: 's',
  np: 'p',
  ge: 'l',
  g: 'le',
};

/** i32 0 or 1, or undefined: read the flag words. */
export function knownCondition(known: KnownFlags, condition: ConditionCode): Value<'i32'> | undefined {
  const positive = NEGATED[condition];
  if (positive) {
    const value = knownCondition(known, positive);
    return value && eqz(value);
  }
  if (known.kind === 'ordered') return afterComparison(known, condition);
  return (known.kind === 'sub' ? afterSubtraction(known, condition) : undefined) ?? fromResult(known, condition);
}

/** CF, ZF and PF of comparing two floats, given as bits: all of them where one is a NaN (SDM 2, UCOMISD). */
export function orderedFlags(a: Value<Integer>, b: Value<Integer>): Record<'cf' | 'zf' | 'pf' | 'be', Value<'i32'>> {
  const relation = (name: 'lt' | 'gt' | 'ge' | 'eq' | 'ne', x: Value<Integer>, y: Value<Integer>): Value<'i32'> =>
    x.type === 'i32'
      ? op(`f32.${name}`, op('f32.reinterpret_i32', x as Value<'i32'>), op('f32.reinterpret_i32', y as Value<'i32'>))
      : op(`f64.${name}`, op('f64.reinterpret_i64', x as Value<'i64'>), op('f64.reinterpret_i64', y as Value<'i64'>));
  return {
    cf: eqz(relation('ge', a, b)),
    be: eqz(relation('gt', a, b)),
    zf: eqz(or(relation('lt', a, b), relation('gt', a, b))),
    pf: or(relation('ne', a, a), relation('ne', b, b)),
  };
}

/** COMIS and UCOMIS: OF and SF are 0. */
function afterComparison({ a, b }: KnownFlags, condition: ConditionCode): Value<'i32'> {
  const { cf, be, zf, pf } = orderedFlags(a!, b!);
  switch (condition) {
    case 'b':
      return cf;
    case 'be':
      return be;
    case 'e':
    case 'le':
      return zf;
    case 'p':
      return pf;
    default:
      return i32(0);
  }
}

/** CMP and SUB: operands are zero-extended at their size, so unsigned comparisons need nothing more. */
function afterSubtraction({ size, a, b }: KnownFlags, condition: ConditionCode): Value<'i32'> | undefined {
  const [x, y] = [a!, b!];
  const signed = (value: Value<Integer>): Value<Integer> => (size >= 32 ? value : signExtended(size, value));
  switch (condition) {
    case 'e':
      return eq(x, y);
    case 'b':
      return ltU(x, y);
    case 'be':
      return leU(x, y);
    case 'l':
      return ltS(signed(x), signed(y));
    case 'le':
      return leS(signed(x), signed(y));
    default:
      return undefined;
  }
}

function fromResult({ kind, size, a, b, result }: KnownFlags, condition: ConditionCode): Value<'i32'> | undefined {
  const zero = (): Value<'i32'> => {
    const low = truncate(size, result);
    return eq(low, constantLike(low, 0));
  };
  const negative = (): Value<'i32'> => ltS(signExtended(size, result), i64(0));
  if (condition === 'e') return zero();
  if (condition === 's') return negative();
  if (condition === 'p') return parity(result);
  if (kind === 'given') {
    const [cf, of] = [toI32(a!), and(toI32(b!), i32(1))];
    if (condition === 'b') return cf;
    if (condition === 'o') return of;
    if (condition === 'be') return or(cf, zero());
    if (condition === 'l') return xor(negative(), of);
    return or(xor(negative(), of), zero());
  }
  if (kind === 'add' && condition === 'b') return ltU(truncate(size, result), a!);
  if (kind !== 'logic') return undefined;
  // After a logical instruction CF and OF are 0.
  switch (condition) {
    case 'b':
    case 'o':
      return i32(0);
    case 'be':
      return zero();
    case 'l':
      return negative();
    case 'le':
      return or(negative(), zero());
    default:
      return undefined;
  }
}
