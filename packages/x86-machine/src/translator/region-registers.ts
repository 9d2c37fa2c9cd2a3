// Registers as the operands of one instruction: which they are, read as integers, vectors or floats, and written.

import type { Operand, Size } from '../isa/emitter.ts';
import type { OperandSpec } from '../isa/operand.ts';
import { and, or, shrU, toI32, toI64, xor } from '../wasm/arithmetic.ts';
import { constantOf, type Integer, i32, i64, type Value } from '../wasm/expression.ts';
import { withLowLane } from '../wasm/low-lane.ts';
import { RegionStatements } from './region-statements.ts';
import { partsOf } from './register-locals.ts';

const CLEARING = new Set(['XOR', 'SUB']);
const ZEROING = new Set(['XORPS', 'XORPD', 'PXOR']);

export class RegionRegisters extends RegionStatements {
  /** Values of this instruction that are normal numbers or zero. */
  protected readonly ordinary: Set<Value> = new Set<Value>();
  /** Values that are the low byte or word of a general register, and of which. */
  readonly #partsRead = new Map<Value, number>();

  protected number({ field, fixed }: OperandSpec): number {
    const { rm, reg, vvvv, immediateLow } = this.instruction;
    switch (field) {
      case 'fixed':
        return fixed;
      case 'rm':
        return rm;
      case 'vvvv':
        return vvvv;
      case 'is4':
        return (immediateLow >> 4) & 15;
      default:
        return reg;
    }
  }

  /** AH, CH, DH or BH. */
  protected isHighByte(spec: OperandSpec, number: number): boolean {
    return spec.registerSize === 8 && spec.field !== 'fixed' && this.instruction.rex === 0 && number >= 4;
  }

  protected constant(operand: Operand): Value<Integer> {
    const { immediateLow, immediateHigh, immediateSecond, row } = this.instruction;
    if (operand.size === 64) return i64((BigInt(immediateHigh) << 32n) | BigInt(immediateLow >>> 0));
    // ENTER and the like: the second constant is the one behind the first.
    const isSecond =
      row.operands.findIndex((spec) => spec.field === 'immediate') !== row.operands.indexOf(operand.spec);
    const value = isSecond ? immediateSecond : immediateLow;
    return i32(operand.size === 8 ? value & 0xff : operand.size === 16 ? value & 0xffff : value);
  }

  protected highByte(number: number): Value<'i32'> {
    return this.let(and(toI32(shrU(this.context.registers.read(number), i64(8))), i32(0xff)));
  }

  protected vectorLane(number: number, size: Size): Value<Integer> {
    const { registers } = this.context;
    if (size === 64) return this.let(registers.readLow(number, 'i64'));
    const low = registers.readLow(number, 'i32');
    return this.let(size === 32 ? low : and(low, i32((1 << size) - 1)));
  }

  /** XORPS, XORPD and PXOR of a register with itself: zero, whatever it was. */
  protected isZeroing(): boolean {
    const { row, isMemory, rm, reg, vvvv } = this.instruction;
    const isVex = row.encoding.vex !== undefined;
    return !isMemory && rm === (isVex ? vvvv : reg) && ZEROING.has(isVex ? row.mnemonic.slice(1) : row.mnemonic);
  }

  /** The vector register as it is now; one that is kept in parts stays in parts. */
  protected snapshot(number: number): Value<'v128'> {
    const { registers } = this.context;
    const vector = registers.readVector(number);
    const parts = partsOf(vector);
    if (parts === undefined) return this.let(vector);
    const low = this.let(parts[0]);
    if (registers.isOrdinary(number, low.type)) this.ordinary.add(low);
    // The rest is memory that no instruction changes before it has read all it wants.
    return withLowLane(parts[1], low);
  }

  /** XOR and SUB of a register with itself give the same, flags too, whatever it was: it may as well be zero. */
  protected isCleared(): boolean {
    const { row, isMemory, rm, reg } = this.instruction;
    return !isMemory && rm === reg && CLEARING.has(row.mnemonic) && row.operands[1]?.registerClass === 'gpr';
  }

  register(number: number, size: Size): Value<Integer> {
    if (size === 64) return this.register64(number);
    const { registers } = this.context;
    const low = toI32(registers.read(number));
    const width = registers.width(number);
    const local = this.let(size === 32 || width <= size ? low : and(low, i32((1 << size) - 1)));
    if (width < size) this.widths.note(local, width);
    if (size < 32) this.#partsRead.set(local, number);
    return local;
  }

  register64(number: number): Value<'i64'> {
    const { registers, memory } = this.context;
    const value = registers.read(number);
    if (constantOf(value) !== undefined) return value;
    const local = this.code.let(value);
    this.sums.note(local, memory.register(number));
    return local;
  }

  quotient({ isMemory, spec }: Operand, signed: boolean, count: Value<Integer>): Value<'i64'> | undefined {
    const shift = constantOf(count);
    if (isMemory || shift === undefined) return undefined;
    return this.context.products?.quotient(this.number(spec), signed, Number(shift));
  }

  isRenewed(number: number): boolean {
    return this.context.isRenewed(number);
  }

  writeRegister(number: number, size: Size, value: Value<Integer>): void {
    const { registers, memory } = this.context;
    const whole = size === 64 ? toI64(value) : toI64(toI32(value));
    const isWhole = size === 32 || size === 64;
    memory.write(number, isWhole && this.conditionalDepth === 0 ? this.sums.of(whole) : undefined);
    if (isWhole) {
      registers.write(number, whole, this.widths.of(whole));
      return;
    }
    const width = registers.width(number);
    const combined = this.#combinedWith(number, size, value);
    if (combined) registers.write(number, combined, width <= size ? size : width);
    else {
      const low = toI32(value);
      const part = toI64(this.widths.of(low) <= size ? low : and(low, i32((1 << size) - 1)));
      if (width <= size) registers.write(number, part, size);
      else {
        const kept = and(registers.read(number), i64(~((1n << BigInt(size)) - 1n)));
        registers.write(number, or(kept, part), width);
      }
    }
  }

  /** Where the new part of a register is the old one, and-ed, or-ed or xor-ed with something: the same done to the whole. */
  #combinedWith(number: number, size: 8 | 16, value: Value<Integer>): Value<'i64'> | undefined {
    const combination = this.widths.combinationOf(value);
    if (!combination) return undefined;
    const { name, left, right } = combination;
    const isPart = (one: Value): boolean => this.#partsRead.get(one) === number;
    const other = isPart(left) ? right : isPart(right) ? left : undefined;
    if (other === undefined || other.type !== 'i32') return undefined;
    const constant = constantOf(other);
    const mask = (1n << BigInt(size)) - 1n;
    if (constant === undefined && this.widths.of(other) > size) return undefined;
    const wide = constant === undefined ? toI64(other as Value<'i32'>) : i64(constant & mask);
    const whole = this.context.registers.read(number);
    if (name === 'and') return and(whole, or(wide, i64(~mask)));
    return name === 'or' ? or(whole, wide) : xor(whole, wide);
  }
}
