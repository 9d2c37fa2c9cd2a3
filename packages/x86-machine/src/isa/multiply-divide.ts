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
  remS,
  remU,
  shl,
  shrS,
  shrU,
  sub,
  toI32,
  toI64,
  toI64S,
} from '../wasm/arithmetic.ts';
import { type Integer, i32, i64, op, select, type Value } from '../wasm/expression.ts';
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
    code.if(eqz(upper), () => code.return(divU(lower, divisor), remU(lower, divisor)));
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

function divide32(e: Emitter, size: Size, signed: boolean, source: Operand): void {
  const extend = (value: Value<Integer>): Value<'i64'> => (signed ? toI64S(signExtend(size, value)) : toI64(value));
  const divisor = e.let(extend(e.read(source)));
  const joined =
    size === 8
      ? toI64(e.register(GPR.rax, 16))
      : or(toI64(e.register(GPR.rax, size)), shl(toI64(e.register(GPR.rdx, size)), i64(size)));
  const dividend = e.let(
    size === 32 || !signed ? joined : size === 8 ? op('i64.extend16_s', joined) : op('i64.extend32_s', joined),
  );
  e.raiseIf(eqz(divisor), VECTOR.divideError);
  if (signed) e.raiseIf(and(eq(divisor, i64(-1)), eq(dividend, i64(-(1n << 63n)))), VECTOR.divideError);
  const quotient = e.let(signed ? divS(dividend, divisor) : divU(dividend, divisor));
  const fits = signed
    ? eq(shrS(shl(quotient, i64(64 - size)), i64(64 - size)), quotient)
    : eqz(shrU(quotient, i64(size)));
  e.raiseIf(eqz(fits), VECTOR.divideError);
  const remainder = e.let(signed ? remS(dividend, divisor) : remU(dividend, divisor));
  writeDouble(e, size, toI32(quotient), truncate(size, toI32(remainder)));
}

function divide64(e: Emitter, signed: boolean, source: Operand): void {
  const divisor = e.let(e.read(source) as Value<'i64'>);
  const lower = e.register64(GPR.rax);
  const upper = e.register64(GPR.rdx);
  if (!signed) {
    e.raiseIf(geU(upper, divisor), VECTOR.divideError);
    const [quotient, remainder] = e.call(divideWide, upper, lower, divisor);
    writeDouble(e, 64, quotient, remainder);
    return;
  }
  e.raiseIf(eqz(divisor), VECTOR.divideError);
  const negativeDividend = e.let(ltS(upper, i64(0)));
  const negativeQuotient = e.let(op('i32.xor', negativeDividend, ltS(divisor, i64(0))));
  const magnitude = e.let(select(ltS(divisor, i64(0)), neg(divisor), divisor));
  const magnitudeLow = e.let(select(negativeDividend, neg(lower), lower));
  const borrow = toI64(ne(lower, i64(0)));
  const magnitudeHigh = e.let(select(negativeDividend, sub(neg(upper), borrow), upper));
  e.raiseIf(geU(magnitudeHigh, magnitude), VECTOR.divideError);
  const [quotient, remainder] = e.call(divideWide, magnitudeHigh, magnitudeLow, magnitude);
  // −2^63 fits, +2^63 does not.
  e.raiseIf(gtU(quotient, add(i64((1n << 63n) - 1n), toI64(negativeQuotient))), VECTOR.divideError);
  writeDouble(
    e,
    64,
    select(negativeQuotient, neg(quotient), quotient),
    select(negativeDividend, neg(remainder), remainder),
  );
}

const divideBody =
  (signed: boolean) =>
  (size: Size): Body =>
  (e, source) =>
    size === 64 ? divide64(e, signed, source) : divide32(e, size, signed, source);

function oneOperand(mnemonic: string, digit: number, options: RowOptions, body: (size: Size) => Body): Row[] {
  return [
    row(mnemonic, `F6 /${digit}`, ['r/m8'], options, body(8)),
    ...sized(mnemonic, `F7 /${digit}`, ['r/mv'], options, body),
  ];
}

const MULTIPLIES: RowOptions = { writes: 'oc', undefined: 'szap' };
const DIVIDES: RowOptions = { undefined: 'oszapc' };

export const MULTIPLY_DIVIDE: readonly Row[] = [
  ...oneOperand('MUL', 4, { ...MULTIPLIES, summary: 'Unsigned multiply, double-width product' }, multiplyBody(false)),
  ...oneOperand('IMUL', 5, { ...MULTIPLIES, summary: 'Signed multiply, double-width product' }, multiplyBody(true)),
  ...sized(
    'IMUL',
    '0F AF /r',
    ['+rv', 'r/mv'],
    { ...MULTIPLIES, summary: 'Signed multiply' },
    (size) => (e, destination, source) => {
      const b = e.read(source);
      truncatingMultiply(e, size, destination, e.read(destination), b);
    },
  ),
  ...['69 /r iz', '6B /r ib'].flatMap((encoding) =>
    sized(
      'IMUL',
      encoding,
      ['=rv', 'r/mv', encoding.endsWith('ib') ? 'imm8:v' : 'immz'],
      { ...MULTIPLIES, summary: 'Signed multiply by a constant' },
      (size) => (e, destination, source, immediate) =>
        truncatingMultiply(e, size, destination, e.read(source), e.read(immediate)),
    ),
  ),
  ...oneOperand('DIV', 6, { ...DIVIDES, summary: 'Unsigned divide of a double-width dividend' }, divideBody(false)),
  ...oneOperand('IDIV', 7, { ...DIVIDES, summary: 'Signed divide of a double-width dividend' }, divideBody(true)),
];
