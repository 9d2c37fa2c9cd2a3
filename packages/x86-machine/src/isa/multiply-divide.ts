// Multiplication and division: MUL IMUL DIV IDIV (SDM Vol. 1 §5.1.2). WebAssembly has no 128-bit product or dividend;
// two helper functions provide them.

import { GPR } from '../state/frame-layout.ts';
import {
  add,
  and,
  clz,
  divS,
  divU,
  eq,
  eqz,
  geU,
  gtU,
  ltS,
  mul,
  ne,
  neg,
  or,
  remU,
  shl,
  shrS,
  shrU,
  sub,
  toI32,
  toI64,
  toI64S,
} from '../wasm/arithmetic.ts';
import { constantOf, type Integer, i32, i64, op, select, type Value } from '../wasm/expression.ts';
import { defineFunction } from '../wasm/function-definition.ts';
import type { Emitter, Operand, Size } from './emitter.ts';
import { signExtend, truncate } from './integer.ts';
import { type Body, type Row, type RowOptions, row, sized } from './row.ts';
import { VECTOR } from './vector.ts';

const LOW = i64(0xffff_ffffn);
const low = (value: Value<'i64'>): Value<'i64'> => and(value, LOW);
const high = (value: Value<'i64'>): Value<'i64'> => shrU(value, i64(32));

/** The upper half of a 128-bit product, by 32-bit halves. `name` names a value that is used more than once. */
export function upperProduct(
  name: (value: Value<'i64'>) => Value<'i64'>,
  signed: boolean,
  a: Value<'i64'>,
  b: Value<'i64'>,
): Value<'i64'> {
  const [aLow, aHigh, bLow, bHigh] = [low(a), high(a), low(b), high(b)].map(name) as Value<'i64'>[];
  const cross = name(add(mul(aHigh!, bLow!), high(mul(aLow!, bLow!))));
  const other = add(mul(aLow!, bHigh!), low(cross));
  const upper = add(add(mul(aHigh!, bHigh!), high(cross)), high(other));
  return signed ? sub(upper, add(and(shrS(a, i64(63)), b), and(shrS(b, i64(63)), a))) : upper;
}

/** Whether a product's upper half says something that the lower half does not. */
export function productOverflows(
  name: (value: Value<'i64'>) => Value<'i64'>,
  size: Size,
  signed: boolean,
  a: Value<Integer>,
  b: Value<Integer>,
): Value<'i32'> {
  if (size === 64) {
    const [x, y] = [a, b] as Value<'i64'>[];
    const upper = upperProduct(name, signed, x!, y!);
    return ne(upper, signed ? shrS(mul(x!, y!), i64(63)) : i64(0));
  }
  const whole = name(mul(extended(size, signed, a), extended(size, signed, b)));
  const lower = signed ? shrS(shl(whole, i64(64 - size)), i64(64 - size)) : and(whole, i64((1n << BigInt(size)) - 1n));
  return ne(whole, lower);
}

const extended = (size: Size, signed: boolean, value: Value<Integer>): Value<'i64'> =>
  signed ? toI64S(signExtend(size, value)) : toI64(value);

/** (high:low) ÷ divisor for high < divisor: schoolbook division in base 2^32 (Knuth, TAOCP 4.3.1 D, two digits). */
const divideWide = defineFunction(
  'divideWide',
  ['i64', 'i64', 'i64'],
  ['i64', 'i64'],
  (code, upper, lower, divisor) => {
    code.if(eqz(upper), () => {
      const quotient = code.let(divU(lower, divisor));
      code.return(quotient, sub(lower, mul(quotient, divisor)));
    });
    const shift = code.let(clz(divisor));
    const normal = code.let(shl(divisor, shift));
    const remainder = code.let(or(shl(upper, shift), select(eqz(shift), i64(0), shrU(lower, sub(i64(64), shift)))));
    const rest = code.let(shl(lower, shift));
    const digit = (next: Value<'i64'>): Value<'i64'> => {
      const quotient = code.let(divU(remainder, high(normal)));
      const trial = code.let(sub(remainder, mul(quotient, high(normal))));
      code.block((exact) => {
        code.loop((tooLarge) => {
          const overflow = or(
            gtU(high(quotient), i64(0)),
            gtU(mul(quotient, low(normal)), or(shl(trial, i64(32)), next)),
          );
          code.branchIf(exact, eqz(overflow));
          code.set(quotient, sub(quotient, i64(1)));
          code.set(trial, add(trial, high(normal)));
          code.branchIf(tooLarge, eqz(high(trial)));
        });
      });
      code.set(remainder, sub(or(shl(remainder, i64(32)), next), mul(quotient, normal)));
      return quotient;
    };
    const first = digit(high(rest));
    const second = digit(low(rest));
    code.return(or(shl(first, i64(32)), second), shrU(remainder, shift));
  },
);

/** The double-width dividend or product's halves: AX for 8 bits, DX:AX, EDX:EAX, RDX:RAX. */
function writeDouble(e: Emitter, size: Size, lower: Value<Integer>, upper: Value<Integer>): void {
  if (size === 8) {
    e.writeRegister(GPR.rax, 16, or(truncate(8, lower), shl(toI32(upper), i32(8))));
    return;
  }
  e.writeRegister(GPR.rax, size, lower);
  e.writeRegister(GPR.rdx, size, upper);
}

/** CF = OF = the upper half says something the lower half does not. SF ZF AF PF are undefined; they follow the lower half. */
function productFlags(
  e: Emitter,
  size: Size,
  signed: boolean,
  a: Value<Integer>,
  b: Value<Integer>,
  lower: Value<Integer>,
): void {
  e.flags.product(size, signed, a, b, lower, () => productOverflows((value) => e.let(value), size, signed, a, b));
}

const multiplyBody =
  (signed: boolean) =>
  (size: Size): Body =>
  (e, source) => {
    const b = e.read(source);
    const a = e.register(GPR.rax, size);
    if (size === 64) {
      const [x, y] = [a, b] as Value<'i64'>[];
      const lower = e.let(mul(x!, y!));
      writeDouble(e, size, lower, e.let(upperProduct((value) => e.let(value), signed, x!, y!)));
      productFlags(e, size, signed, a, b, lower);
      return;
    }
    const whole = e.let(mul(extended(size, signed, a), extended(size, signed, b)));
    const lower = e.let(truncate(size, toI32(whole)));
    writeDouble(e, size, lower, e.let(truncate(size, toI32(shrU(whole, i64(size))))));
    productFlags(e, size, signed, a, b, lower);
  };

function truncatingMultiply(e: Emitter, size: Size, destination: Operand, a: Value<Integer>, b: Value<Integer>): void {
  const lower = e.let(truncate(size, mul(a, b)));
  e.write(destination, lower);
  productFlags(e, size, true, a, b, lower);
}

type Binary = <T extends Integer>(a: Value<T>, b: Value<T>) => Value<T>;

/** A remainder takes a division of its own only where nobody wants the quotient: engines do not see that one gives both. */
function remainderOf<T extends Integer>(
  e: Emitter,
  dividend: Value<T>,
  divisor: Value<T>,
  quotient: Value<T>,
  remainder: Binary,
): Value<T> {
  return e.isRenewed(GPR.rax) ? remainder(dividend, divisor) : sub(dividend, mul(quotient, divisor));
}

/** The dividend's upper half: AH for 8 bits, DX, EDX, RDX. */
const upperDividend = (e: Emitter, size: Size): Value<Integer> =>
  size === 8 ? shrU(e.register(GPR.rax, 16), i32(8)) : e.register(GPR.rdx, size);

const isZero = (value: Value<Integer>): boolean => constantOf(value) === 0n;

/** DIV: a quotient fits where the upper half is less than the divisor; then that is not zero, either. */
function divideUnsigned(e: Emitter, size: Size, source: Operand): void {
  const divisor = e.let(e.read(source));
  const upper = e.let(upperDividend(e, size));
  e.raiseIf(geU(upper, divisor), VECTOR.divideError);
  const lower = e.register(GPR.rax, size);
  if (size === 64 && !isZero(upper)) {
    const [quotient, remainder] = e.call(
      divideWide,
      upper as Value<'i64'>,
      lower as Value<'i64'>,
      divisor as Value<'i64'>,
    );
    writeDouble(e, size, quotient, remainder);
    return;
  }
  const isNarrow = size === 64 || isZero(upper);
  const dividend = isNarrow ? lower : e.let(or(toI64(lower), shl(toI64(upper), i64(size))));
  const by = isNarrow ? divisor : e.let(toI64(divisor));
  const quotient = e.let(divU(dividend, by));
  const remainder = e.let(remainderOf(e, dividend, by, quotient, remU));
  if (size === 64) writeDouble(e, size, quotient, remainder);
  else writeDouble(e, size, toI32(quotient), toI32(remainder));
}

/** IDIV of up to 32 bits. */
function divideSigned(e: Emitter, size: 8 | 16 | 32, source: Operand): void {
  const divisor = e.let(toI64S(signExtend(size, e.read(source))));
  const joined =
    size === 8
      ? toI64(e.register(GPR.rax, 16))
      : or(toI64(e.register(GPR.rax, size)), shl(toI64(e.register(GPR.rdx, size)), i64(size)));
  const dividend = e.let(
    size === 32 ? joined : size === 8 ? op('i64.extend16_s', joined) : op('i64.extend32_s', joined),
  );
  e.raiseIf(eqz(divisor), VECTOR.divideError);
  e.raiseIf(and(eq(divisor, i64(-1)), eq(dividend, i64(-(1n << 63n)))), VECTOR.divideError);
  const quotient = e.let(divS(dividend, divisor));
  e.raiseIf(ne(shrS(shl(quotient, i64(64 - size)), i64(64 - size)), quotient), VECTOR.divideError);
  const remainder = sub(dividend, mul(quotient, divisor));
  writeDouble(e, size, toI32(quotient), truncate(size, toI32(remainder)));
}

function divideSigned64(e: Emitter, source: Operand): void {
  const divisor = e.let(e.read(source) as Value<'i64'>);
  const lower = e.register64(GPR.rax);
  const upper = e.register64(GPR.rdx);
  e.raiseIf(eqz(divisor), VECTOR.divideError);
  const [quotient, remainder] = [e.local('i64'), e.local('i64')];
  // A dividend of 64 bits, as CQO makes it; but for the quotient that does not fit.
  const isNarrow = and(eq(upper, shrS(lower, i64(63))), ne(divisor, i64(-1)));
  e.if(
    isNarrow,
    () => {
      e.set(quotient, divS(lower, divisor));
      e.set(remainder, sub(lower, mul(quotient, divisor)));
    },
    () => {
      const isNegative = e.let(ltS(upper, i64(0)));
      const isQuotientNegative = e.let(op('i32.xor', isNegative, ltS(divisor, i64(0))));
      const magnitude = e.let(select(ltS(divisor, i64(0)), neg(divisor), divisor));
      const magnitudeLow = e.let(select(isNegative, neg(lower), lower));
      const borrow = toI64(ne(lower, i64(0)));
      const magnitudeHigh = e.let(select(isNegative, sub(neg(upper), borrow), upper));
      e.raiseIf(geU(magnitudeHigh, magnitude), VECTOR.divideError);
      const [wideQuotient, wideRemainder] = e.call(divideWide, magnitudeHigh, magnitudeLow, magnitude);
      // −2^63 fits, +2^63 does not.
      e.raiseIf(gtU(wideQuotient, add(i64((1n << 63n) - 1n), toI64(isQuotientNegative))), VECTOR.divideError);
      e.set(quotient, select(isQuotientNegative, neg(wideQuotient), wideQuotient));
      e.set(remainder, select(isNegative, neg(wideRemainder), wideRemainder));
    },
  );
  writeDouble(e, 64, quotient, remainder);
}

const divideBody =
  (signed: boolean) =>
  (size: Size): Body =>
  (e, source) => {
    if (!signed) divideUnsigned(e, size, source);
    else if (size === 64) divideSigned64(e, source);
    else divideSigned(e, size, source);
  };

function oneOperand(mnemonic: string, digit: number, options: RowOptions, body: (size: Size) => Body): Row[] {
  return [
    row(mnemonic, `F6 /${digit}`, ['r/m8'], options, body(8)),
    ...sized(mnemonic, `F7 /${digit}`, ['r/mv'], options, body),
  ];
}

const MULTIPLIES: RowOptions = { writes: 'oc', undefined: 'szap' };
const DIVIDES: RowOptions = { undefined: 'oszapc' };

export const MULTIPLY_DIVIDE: readonly Row[] = [
  ...oneOperand('MUL', 4, MULTIPLIES, multiplyBody(false)),
  ...oneOperand('IMUL', 5, MULTIPLIES, multiplyBody(true)),
  ...sized('IMUL', '0F AF /r', ['+rv', 'r/mv'], MULTIPLIES, (size) => (e, destination, source) => {
    const b = e.read(source);
    truncatingMultiply(e, size, destination, e.read(destination), b);
  }),
  ...['69 /r iz', '6B /r ib'].flatMap((encoding) =>
    sized(
      'IMUL',
      encoding,
      ['=rv', 'r/mv', encoding.endsWith('ib') ? 'imm8:v' : 'immz'],
      MULTIPLIES,
      (size) => (e, destination, source, immediate) =>
        truncatingMultiply(e, size, destination, e.read(source), e.read(immediate)),
    ),
  ),
  ...oneOperand('DIV', 6, DIVIDES, divideBody(false)),
  ...oneOperand('IDIV', 7, DIVIDES, divideBody(true)),
];
