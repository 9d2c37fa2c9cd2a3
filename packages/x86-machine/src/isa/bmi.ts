// Bit manipulation: BMI1, BMI2, LZCNT and MOVBE (SDM Vol. 1 §5.1.16), most of them with a VEX prefix and three operands.

import { GPR } from '../state/frame-layout.ts';
import {
  add,
  and,
  clz,
  ctz,
  eqz,
  geU,
  ltU,
  mul,
  neg,
  not,
  or,
  rotr,
  shl,
  shrS,
  shrU,
  sub,
  toI32,
  toI64,
  xor,
} from '../wasm/arithmetic.ts';
import { call, type Integer, i32, i64, select, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { reverseBytes } from './data-transfer.ts';
import type { Size } from './emitter.ts';
import { truncate } from './integer.ts';
import { upperProduct } from './multiply-divide.ts';
import { type Body, type Row, type RowOptions, row, sized } from './row.ts';

type Width = 32 | 64;
const WIDTHS: readonly Width[] = [32, 64];

/** The 32-bit row (W0) and the 64-bit row (W1) of a VEX-encoded instruction; `v` in operands stands for the size. */
function vexSized(
  mnemonic: string,
  encoding: string,
  operands: readonly string[],
  options: RowOptions,
  body: (width: Width) => Body,
): Row[] {
  return WIDTHS.map((width) =>
    row(
      mnemonic,
      encoding.replace('.Wn ', width === 64 ? '.W1 ' : '.W0 '),
      operands.map((operand) => operand.replace(/(r|r\/m)n/, `$1${width}`)),
      options,
      body(width),
    ),
  );
}

const constant = (width: Width, value: number | bigint): Value<Integer> =>
  width === 64 ? i64(value) : i32(Number(value));
const isZero = (value: Value<Integer>): Value<'i32'> => eqz(value);

/** BLSI, BLSMSK and BLSR: arithmetic on the lowest set bit; CF tells whether there was one. */
const lowestBit =
  (operation: (value: Value<Integer>, width: Width) => Value<Integer>, carryWhenZero: boolean) =>
  (width: Width): Body =>
  (e, destination, source) => {
    const value = e.read(source!);
    const result = e.let(operation(value, width));
    const zero = isZero(value);
    e.write(destination!, result);
    e.flags.result(width, result, { cf: carryWhenZero ? zero : eqz(zero), of: i32(0) });
  };

/** BEXTR: `length` bits from `start` on, both from the control's bytes. */
const extractBits =
  (width: Width): Body =>
  (e, destination, source, control) => {
    const value = e.read(source!);
    const selector = e.let(e.read(control!));
    const start = and(selector, constant(width, 0xff));
    const length = e.let(and(shrU(selector, constant(width, 8)), constant(width, 0xff)));
    const shifted = select(ltU(start, constant(width, width)), shrU(value, start), constant(width, 0));
    const mask = sub(shl(constant(width, 1), length), constant(width, 1));
    const moved = e.let(shifted);
    const result = e.let(select(ltU(length, constant(width, width)), and(moved, mask), moved));
    e.write(destination!, result);
    // AF, SF and PF are undefined; SF and PF follow the result, and AMD processors set AF.
    e.flags.result(width, result, { cf: i32(0), of: i32(0), af: i32(1) });
  };

/** BZHI: bits from `index` on become zero; CF when the index is beyond the operand. */
const zeroHigh =
  (width: Width): Body =>
  (e, destination, source, index) => {
    const value = e.read(source!);
    const position = e.let(and(e.read(index!), constant(width, 0xff)));
    const beyond = e.let(geU(position, constant(width, width)));
    const mask = sub(shl(constant(width, 1), position), constant(width, 1));
    const result = e.let(select(beyond, value, and(value, mask)));
    e.write(destination!, result);
    e.flags.result(width, result, { cf: beyond, of: i32(0) });
  };

type Binary64 = FunctionDefinition<readonly ['i64', 'i64'], readonly ['i64']>;

/** PDEP: the low bits of `value` go, in order, to the set bits of `mask`. */
const deposit: Binary64 = defineFunction('depositBits', ['i64', 'i64'], ['i64'], (code, value, mask) => {
  const result = code.let(i64(0));
  code.block((done) => {
    code.loop((again) => {
      code.branchIf(done, eqz(mask));
      const lowest = code.let(and(mask, neg(mask)));
      code.set(result, or(result, and(lowest, neg(and(value, i64(1))))));
      code.set(value, shrU(value, i64(1)));
      code.set(mask, xor(mask, lowest));
      code.branch(again);
    });
  });
  code.return(result);
});

/** PEXT: the bits of `value` at the set bits of `mask`, packed. */
const gather: Binary64 = defineFunction('gatherBits', ['i64', 'i64'], ['i64'], (code, value, mask) => {
  const result = code.let(i64(0));
  const position = code.let(i64(0));
  code.block((done) => {
    code.loop((again) => {
      code.branchIf(done, eqz(mask));
      const at = code.let(ctz(mask));
      code.set(result, or(result, shl(and(shrU(value, at), i64(1)), position)));
      code.set(position, add(position, i64(1)));
      code.set(mask, and(mask, sub(mask, i64(1))));
      code.branch(again);
    });
  });
  code.return(result);
});

const bitPermutation =
  (helper: Binary64) =>
  (width: Width): Body =>
  (e, destination, value, mask) => {
    const m = toI64(e.read(mask!));
    const result = call(helper, toI64(e.read(value!)), m);
    e.write(destination!, width === 64 ? result : toI32(result));
  };

/** SHLX, SHRX and SARX: the count is cut to the operand, and no flag changes. */
const flaglessShift =
  (operator: typeof shl) =>
  (_width: Width): Body =>
  (e, destination, source, count) => {
    const value = e.read(source!);
    // WebAssembly cuts counts the same way.
    e.write(destination!, operator(value, e.read(count!)));
  };

/** MULX: RDX × source, low half to vvvv first, then the high half: one destination twice keeps the high half. */
const multiplyFlagless =
  (width: Width): Body =>
  (e, high, low, source) => {
    const b = e.read(source!);
    const a = e.register(GPR.rdx, width);
    if (width === 64) {
      const upper = e.let(upperProduct((value) => e.let(value), false, a as Value<'i64'>, b as Value<'i64'>));
      e.write(low!, e.let(mul(a, b)));
      e.write(high!, upper);
      return;
    }
    const product = e.let(mul(toI64(a), toI64(b)));
    e.write(low!, toI32(product));
    e.write(high!, toI32(shrU(product, i64(32))));
  };

/** TZCNT and LZCNT: as BSF and BSR should have been. */
const countZeros =
  (leading: boolean) =>
  (size: Size): Body =>
  (e, destination, source) => {
    const value = e.read(source!);
    let count: Value<Integer>;
    if (size !== 16) count = leading ? clz(value) : ctz(value);
    else if (leading) count = sub(clz(value), i32(16) as Value<Integer>);
    else count = ctz(or(value, i32(0x1_0000) as Value<Integer>));
    const result = e.let(count);
    const cf = e.let(isZero(value));
    e.write(destination!, result);
    // OF, SF, AF and PF are undefined; AMD processors keep the first and clear the others.
    e.flags.set({ cf, zf: isZero(result), sf: i32(0), af: i32(0), pf: i32(0) });
  };

const swapped =
  (size: Size): Body =>
  (e, destination, source) =>
    e.write(
      destination!,
      size === 16
        ? truncate(16, shrU(reverseBytes(32, e.read(source!)), i32(16)))
        : reverseBytes(size, e.read(source!)),
    );

const BMI1: RowOptions = { feature: 'bmi1' };
const BMI2: RowOptions = { feature: 'bmi2' };
const LOWEST = { ...BMI1, writes: 'oszc', undefined: 'ap' };
const one = (width: Width): Value<Integer> => constant(width, 1);

export const BIT_MANIPULATION: readonly Row[] = [
  ...vexSized(
    'ANDN',
    'VEX.LZ.0F38.Wn F2 /r',
    ['=rn', 'rnv', 'r/mn'],
    LOWEST,
    (width) => (e, destination, first, second) => {
      const b = e.read(second!);
      const result = e.let(and(not(e.read(first!)), b));
      e.write(destination!, result);
      e.flags.logic(width, result);
    },
  ),
  ...vexSized(
    'BEXTR',
    'VEX.LZ.0F38.Wn F7 /r',
    ['=rn', 'r/mn', 'rnv'],
    { ...BMI1, writes: 'ozc', undefined: 'asp' },
    extractBits,
  ),
  ...vexSized(
    'BLSR',
    'VEX.LZ.0F38.Wn F3 /1',
    ['=rnv', 'r/mn'],
    LOWEST,
    lowestBit((value, width) => and(value, sub(value, one(width))), true),
  ),
  ...vexSized(
    'BLSMSK',
    'VEX.LZ.0F38.Wn F3 /2',
    ['=rnv', 'r/mn'],
    LOWEST,
    lowestBit((value, width) => xor(value, sub(value, one(width))), true),
  ),
  ...vexSized(
    'BLSI',
    'VEX.LZ.0F38.Wn F3 /3',
    ['=rnv', 'r/mn'],
    LOWEST,
    lowestBit((value) => and(value, neg(value)), false),
  ),
  ...vexSized(
    'BZHI',
    'VEX.LZ.0F38.Wn F5 /r',
    ['=rn', 'r/mn', 'rnv'],
    { ...BMI2, writes: 'oszc', undefined: 'ap' },
    zeroHigh,
  ),
  ...vexSized('PDEP', 'VEX.LZ.F2.0F38.Wn F5 /r', ['=rn', 'rnv', 'r/mn'], BMI2, bitPermutation(deposit)),
  ...vexSized('PEXT', 'VEX.LZ.F3.0F38.Wn F5 /r', ['=rn', 'rnv', 'r/mn'], BMI2, bitPermutation(gather)),
  ...vexSized('MULX', 'VEX.LZ.F2.0F38.Wn F6 /r', ['=rn', '=rnv', 'r/mn'], BMI2, multiplyFlagless),
  ...vexSized(
    'RORX',
    'VEX.LZ.F2.0F3A.Wn F0 /r ib',
    ['=rn', 'r/mn', 'imm8'],
    BMI2,
    (width) => (e, destination, source, count) => {
      const value = e.read(source!);
      const by = e.read(count!);
      e.write(destination!, rotr(value, width === 64 ? toI64(by) : by));
    },
  ),
  ...vexSized('SARX', 'VEX.LZ.F3.0F38.Wn F7 /r', ['=rn', 'r/mn', 'rnv'], BMI2, flaglessShift(shrS)),
  ...vexSized('SHLX', 'VEX.LZ.66.0F38.Wn F7 /r', ['=rn', 'r/mn', 'rnv'], BMI2, flaglessShift(shl)),
  ...vexSized('SHRX', 'VEX.LZ.F2.0F38.Wn F7 /r', ['=rn', 'r/mn', 'rnv'], BMI2, flaglessShift(shrU)),
  ...sized('TZCNT', 'F3 0F BC /r', ['=rv', 'r/mv'], { ...BMI1, writes: 'zc', undefined: 'osap' }, countZeros(false)),
  ...sized(
    'LZCNT',
    'F3 0F BD /r',
    ['=rv', 'r/mv'],
    { feature: 'lzcnt', writes: 'zc', undefined: 'osap' },
    countZeros(true),
  ),
  ...sized('MOVBE', 'NFx 0F 38 F0 /r', ['=rv', 'mv'], { feature: 'movbe' }, swapped),
  ...sized('MOVBE', 'NFx 0F 38 F1 /r', ['=mv', 'rv'], { feature: 'movbe' }, swapped),
];
