// Guest memory as one instruction accesses it: the address of an operand, and loads and stores through the checks of its block.

import { RIP_BASE } from '../decode/decoder.ts';
import { NO_REGISTER } from '../decode/named-registers.ts';
import { INTEGER_LOAD, INTEGER_STORE, TYPE_BYTES, TYPE_LOAD, TYPE_STORE } from '../isa/access-names.ts';
import type { ModifiableLocation, Operand, Size, Window } from '../isa/emitter.ts';
import { leavesCanonical } from '../mmu/canonical.ts';
import { FRAME, GPR } from '../state/frame-layout.ts';
import { add, and, shl, sub, toI32, toI64 } from '../wasm/arithmetic.ts';
import { type Integer, i32, i64, load, type Value } from '../wasm/expression.ts';
import type { StoreName, ValueType } from '../wasm/operators.ts';
import type { Location } from './access-groups.ts';
import { addSums, atomSum, constantSum, plus, RIP_ATOM, type Sum, segmentAtom } from './address-sums.ts';
import { NotTranslatable } from './region-context.ts';
import { RegionRegisters } from './region-registers.ts';

/** RAM begins further up than that, so a location does not fall below 0 when a displacement is left out of it. */
const FARTHEST_DISPLACEMENT = 500_000;

export class RegionAccesses extends RegionRegisters {
  effectiveAddress(operand: Operand): Value<'i64'> {
    const { base, index, scale, displacement, immediateLow, immediateHigh } = this.instruction;
    if (operand.spec.field === 'moffs') return i64((BigInt(immediateHigh) << 32n) | BigInt(immediateLow >>> 0));
    const { registers, memory, ripBase } = this.context;
    let sum: Value<'i64'>;
    let withoutDisplacement: Value<'i64'> | undefined;
    let known: Sum;
    if (base === RIP_BASE) {
      const distance = this.distance + this.instruction.length + displacement;
      sum = add(ripBase, i64(distance));
      known = plus(atomSum(RIP_ATOM), BigInt(distance));
    } else if (base === NO_REGISTER) {
      sum = i64(displacement);
      known = constantSum(BigInt(displacement));
    } else {
      withoutDisplacement = this.code.let(registers.read(base));
      sum = add(withoutDisplacement, i64(displacement));
      known = plus(memory.register(base), BigInt(displacement));
    }
    if (index !== NO_REGISTER) {
      const scaled = this.code.let(shl(registers.read(index), i64(scale)));
      withoutDisplacement = withoutDisplacement && this.code.let(add(withoutDisplacement, scaled));
      sum = withoutDisplacement ? add(withoutDisplacement, i64(displacement)) : add(scaled, sum);
      known = addSums(known, memory.register(index), 1n << BigInt(scale));
    }
    if (this.instruction.hasAddressSizePrefix) return this.let(and(sum, i64(0xffff_ffffn)));
    const local = this.code.let(sum);
    this.sums.note(local, known);
    if (withoutDisplacement && displacement > 0 && displacement < FARTHEST_DISPLACEMENT) {
      this.sums.noteDisplaced(local, withoutDisplacement, displacement);
    }
    return local;
  }

  address(operand: Operand, size: number | 'elements' | undefined = operand.spec.memorySize): Value<'i64'> {
    const effective = this.effectiveAddress(operand);
    if (this.instruction.segment < 0) return effective;
    if (size === 'elements') throw new NotTranslatable();
    this.#requireCanonical(effective, size);
    const address = this.code.let(add(effective, this.segmentBase()));
    const known = this.sums.of(effective);
    if (known) this.sums.note(address, addSums(known, atomSum(segmentAtom(this.instruction.segment))));
    return address;
  }

  requireElement(): void {
    throw new NotTranslatable();
  }

  addressPlus(operand: Operand, displacement: Value<'i64'>, elementSize: number): Value<'i64'> {
    return this.sourceAddress(and(add(this.effectiveAddress(operand), displacement), this.addressMask()), elementSize);
  }

  sourceAddress(effective: Value<'i64'>, size: number): Value<'i64'> {
    if (this.instruction.segment < 0) return this.let(effective);
    const local = this.let(effective);
    this.#requireCanonical(local, size);
    return this.let(add(local, this.segmentBase()));
  }

  /** An effective address behind FS or GS is looked at by itself; a displacement alone always passes. */
  #requireCanonical(effective: Value<'i64'>, size: number | undefined): void {
    const { hasAddressSizePrefix, base, index } = this.instruction;
    const isConstant = this.instruction.isMemory && base === NO_REGISTER && index === NO_REGISTER;
    if (hasAddressSizePrefix || isConstant) return;
    this.code.unlikely(leavesCanonical(effective, size), () => this.context.leaveHere());
  }

  addressAfterPop(operand: Operand, bytes: number): Value<'i64'> {
    const address = this.address(operand);
    return this.instruction.base === GPR.rsp ? this.let(add(address, i64(bytes))) : address;
  }

  addressMask(): Value<'i64'> {
    return i64(this.instruction.hasAddressSizePrefix ? 0xffff_ffffn : -1n);
  }

  segmentBase(): Value<'i64'> {
    const { segment } = this.instruction;
    if (segment !== 4 && segment !== 5) return i64(0);
    return load('i64.load', i32(0), segment === 4 ? FRAME.fsBase : FRAME.gsBase);
  }

  // ---- guest memory

  /** Where `bytes` at `address` lie, if that can be told at once; else the region is left. */
  #locate(address: Value<'i64'>, bytes: number, writes: boolean): Location {
    const isConditional = this.conditionalDepth > 0;
    const { memory, leaveHere } = this.context;
    const sum = this.loopDepth > 0 ? undefined : this.sums.of(address);
    const [base, displacement] = this.sums.partsOf(address);
    return memory.locate(base, displacement, sum, bytes, writes, isConditional, leaveHere);
  }

  readWindow(address: Value<'i64'>, bytes: number): Value<'i32'> {
    const { base, offset } = this.#locate(address, bytes, false);
    return this.let(add(base, i32(offset)));
  }

  writeWindow(address: Value<'i64'>, bytes: number): Window {
    const { base, offset } = this.#locate(address, bytes, true);
    return { address: this.let(add(base, i32(offset))), commit: () => {} };
  }

  modifyWindow(address: Value<'i64'>, bytes: number): Window {
    return this.writeWindow(address, bytes);
  }

  load(size: Size, address: Value<'i64'>): Value<Integer> {
    const { base, offset } = this.#locate(address, size / 8, false);
    return this.let(load(INTEGER_LOAD[size], base, offset) as Value<Integer>);
  }

  loadAs<T extends ValueType>(type: T, address: Value<'i64'>): Value<T> {
    const { base, offset } = this.#locate(address, TYPE_BYTES[type], false);
    return this.let(load(TYPE_LOAD[type], base, offset) as unknown as Value<T>);
  }

  loadThroughStack(size: 16 | 64, address: Value<'i64'>): Value<Integer> {
    return this.load(size, address);
  }

  store(size: Size, address: Value<'i64'>, value: Value<Integer>): void {
    this.#storeBytes(INTEGER_STORE[size], size / 8, address, size === 64 ? toI64(value) : toI32(value));
  }

  storeAs(address: Value<'i64'>, value: Value): void {
    this.#storeBytes(TYPE_STORE[value.type], TYPE_BYTES[value.type], address, value);
  }

  #storeBytes(name: StoreName, bytes: number, address: Value<'i64'>, value: Value): void {
    const snapshot = value.node.kind === 'constant' || value.node.kind === 'local' ? value : this.let(value);
    const { base, offset } = this.#locate(address, bytes, true);
    this.code.store(name, base, snapshot, offset);
  }

  modify(size: Size, address: Value<'i64'>): ModifiableLocation<Integer> {
    const { base, offset } = this.#locate(address, size / 8, true);
    return {
      value: this.let(load(INTEGER_LOAD[size], base, offset) as Value<Integer>),
      write: (next) => this.code.store(INTEGER_STORE[size], base, size === 64 ? toI64(next) : toI32(next), offset),
    };
  }

  push(size: 16 | 64, value: Value<Integer>): void {
    const snapshot = this.let(value);
    const pointer = this.let(sub(this.register64(GPR.rsp), i64(size / 8)));
    this.store(size, pointer, snapshot);
    this.writeRegister(GPR.rsp, 64, pointer);
  }

  top(size: 16 | 64): Value<Integer> {
    return this.load(size, this.register64(GPR.rsp));
  }
}
