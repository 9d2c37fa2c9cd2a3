// The emitter behind translated regions: operands are constants of the instruction, registers are locals.
//
// Whatever can't be done in place leaves the region at this very instruction: nothing of it has happened yet, so the
// interpreter runs it from its record and raises, walks or waits as it must. That makes faults precise, and keeps calls
// out of hot loops, where they would cost the register allocation.

import { type Instruction, NO_REGISTER, RIP_BASE } from '../decode/decoder.ts';
import { INEXACT } from '../float/exception-flags.ts';
import type { ConditionCode } from '../isa/condition.ts';
import type {
  Emitter,
  FlagName,
  FlagProducers,
  ModifiableLocation,
  NativeFloats,
  Operand,
  Size,
  Window,
  X87Stack,
} from '../isa/emitter.ts';
import type { OperandSpec } from '../isa/operand.ts';
import { leavesCanonical } from '../mmu/memory-access.ts';
import { CPU_STATE } from '../state/cpu-state.ts';
import { FRAME, FRAME_BYTES, GPR, X87_REGISTER_BYTES, XMM_STRIDE_BYTES } from '../state/frame-layout.ts';
import { add, and, or, shl, shrU, sub, toI32, toI64 } from '../wasm/arithmetic.ts';
import type { CodeWriter, Label } from '../wasm/code-writer.ts';
import {
  constantOf,
  type Integer,
  i32,
  i64,
  type Local,
  load,
  op,
  type Value,
  type ValuesOf,
  v128,
} from '../wasm/expression.ts';
import type { FunctionDefinition } from '../wasm/function-definition.ts';
import type { LoadName, StoreName, ValueType } from '../wasm/operators.ts';
import type { Location, Sum } from './access-groups.ts';
import { AddressSums } from './address-sums.ts';
import { type Ending, NotTranslatable, type RegionContext } from './region-context.ts';
import { partsOf, upperHalf, withLowLane } from './register-locals.ts';

const INTEGER_LOAD: Record<Size, LoadName> = { 8: 'i32.load8_u', 16: 'i32.load16_u', 32: 'i32.load', 64: 'i64.load' };
const INTEGER_STORE: Record<Size, StoreName> = { 8: 'i32.store8', 16: 'i32.store16', 32: 'i32.store', 64: 'i64.store' };
const TYPE_LOAD: Record<ValueType, LoadName> = {
  i32: 'i32.load',
  i64: 'i64.load',
  f32: 'f32.load',
  f64: 'f64.load',
  v128: 'v128.load',
};
const TYPE_STORE: Record<ValueType, StoreName> = {
  i32: 'i32.store',
  i64: 'i64.store',
  f32: 'f32.store',
  f64: 'f64.store',
  v128: 'v128.store',
};
const TYPE_BYTES: Record<ValueType, number> = { i32: 4, i64: 8, f32: 4, f64: 8, v128: 16 };

const NEXT: Ending = { kind: 'next' };

export class RegionEmitter implements Emitter {
  readonly code: CodeWriter;
  readonly #context: RegionContext;
  readonly #instruction: Instruction;
  /** Distance of the instruction from the page's first byte. */
  readonly #distance: number;
  ending: Ending = NEXT;
  #modified: ModifiableLocation<Integer> | undefined;
  #x87: X87Stack | undefined;
  readonly #sums = new AddressSums();
  #conditionalDepth = 0;
  /** In a loop, values may be other ones the next time around. */
  #loopDepth = 0;
  /** Values of this instruction that are normal numbers or zero. */
  readonly #ordinary = new Set<Value>();

  constructor(code: CodeWriter, context: RegionContext, instruction: Instruction, distance: number) {
    this.code = code;
    this.#context = context;
    this.#instruction = instruction;
    this.#distance = distance;
  }

  get flags(): FlagProducers {
    return this.#context.flags;
  }

  get x87(): X87Stack | undefined {
    if (!this.#instruction.row.onX87Stack) return undefined;
    this.#x87 ??= this.#context.x87?.view(this.#distance, () => this.#context.leaveHere());
    return this.#x87;
  }

  get floats(): NativeFloats | undefined {
    const { floats, flags, registers } = this.#context;
    if (floats === undefined) return undefined;
    return {
      // Whoever asks relies on the answer; a mere move does not ask.
      get inexactRecorded() {
        floats.isUsed = true;
        return floats.inexactRecorded;
      },
      get unobserved() {
        floats.isUsed = true;
        return floats.unobserved;
      },
      isOrdinary: (value) => this.#ordinary.has(value),
      noteOrdinary: (value, operand) => {
        this.#ordinary.add(value);
        if (operand && !operand.isMemory) registers.noteOrdinary(this.#number(operand.spec), value.type);
      },
      leave: () => this.#context.leaveHere(),
      recordInexact: () => {
        const recorded = or(load('i32.load', i32(FRAME.mxcsr)), i32(INEXACT));
        this.code.store('i32.store', i32(FRAME.mxcsr), recorded);
      },
      compare: (a, b) => flags.compare(a, b),
    };
  }

  let<T extends ValueType>(value: Value<T>): Local<T> {
    // A constant stays one, for what is made of it to be folded; `set` refuses it, so what is to change begins as a `local`.
    if (constantOf(value) !== undefined) return value as Local<T>;
    const sum = this.#sums.of(value);
    const local = this.code.let(value);
    if (sum) this.#sums.note(local, sum);
    return local;
  }

  local<T extends ValueType>(type: T): Local<T> {
    // A fresh local is zero at function entry only; a body in a loop wants it zero each time.
    const local = this.code.local(type);
    this.code.set(local, zeroOf(type));
    return local;
  }
  set<T extends ValueType>(local: Local<T>, value: Value<T>): void {
    if (local.node.kind !== 'local') throw new Error('a constant is set: the body must begin with a local');
    this.#sums.forget(local);
    this.code.set(local, value);
  }

  if(condition: Value<'i32'>, whenTrue: () => void, whenFalse?: () => void): void {
    const { flags } = this.#context;
    if (constantOf(condition) !== undefined) {
      this.code.if(condition, whenTrue, whenFalse);
      return;
    }
    const before = flags.knowledge;
    const after: unknown[] = [];
    const way = (body: () => void) => (): void => {
      flags.knowledge = before;
      this.#conditionally(body);
      after.push(flags.knowledge);
    };
    this.code.if(condition, way(whenTrue), whenFalse && way(whenFalse));
    flags.join(after[0], whenFalse ? after[1] : before);
  }
  block(body: (leave: Label) => void): void {
    const { flags } = this.#context;
    const before = flags.knowledge;
    this.#conditionally(() => this.code.block(body));
    if (flags.knowledge !== before) flags.forget();
  }

  /** What is found out on one way only is forgotten behind it. */
  #conditionally(body: () => void): void {
    const { registers } = this.#context;
    const before = registers.knowledge;
    this.#conditionalDepth++;
    body();
    this.#conditionalDepth--;
    const after = registers.knowledge;
    registers.knowledge = {
      ordinary: before.ordinary & after.ordinary,
      zeroRest: before.zeroRest & after.zeroRest,
    };
  }
  loop(body: (again: Label) => void): void {
    this.#context.flags.forget();
    this.#loopDepth++;
    this.#conditionally(() => this.code.loop(body));
    this.#loopDepth--;
  }
  branchIf(label: Label, condition: Value<'i32'>): void {
    this.code.branchIf(label, condition);
  }
  goto(label: Label): void {
    this.code.branch(label);
  }
  call<P extends readonly ValueType[], R extends readonly ValueType[]>(
    callee: FunctionDefinition<P, R>,
    ...operands: ValuesOf<P>
  ): { [K in keyof R]: Local<R[K]> } {
    return this.code.call(callee, ...operands);
  }

  // ---- operands

  #number({ field, fixed }: OperandSpec): number {
    const { rm, reg, vvvv, immediateLow } = this.#instruction;
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
  #isHighByte(spec: OperandSpec, number: number): boolean {
    return spec.registerSize === 8 && spec.field !== 'fixed' && this.#instruction.rex === 0 && number >= 4;
  }

  #constant(operand: Operand): Value<Integer> {
    const { immediateLow, immediateHigh, immediateSecond, row } = this.#instruction;
    if (operand.size === 64) return i64((BigInt(immediateHigh) << 32n) | BigInt(immediateLow >>> 0));
    // ENTER and the like: the second constant is the one behind the first.
    const isSecond =
      row.operands.findIndex((spec) => spec.field === 'immediate') !== row.operands.indexOf(operand.spec);
    const value = isSecond ? immediateSecond : immediateLow;
    return i32(operand.size === 8 ? value & 0xff : operand.size === 16 ? value & 0xffff : value);
  }

  read(operand: Operand): Value<Integer> {
    const { spec } = operand;
    if (spec.field === 'immediate') return this.#constant(operand);
    if (spec.field === 'fixed' && spec.registerClass === undefined) return i32(spec.fixed);
    const size = operand.size as Size;
    if (operand.isMemory) {
      if (spec.access !== 'read-write') return this.load(size, this.address(operand));
      this.#modified = this.modify(size, this.address(operand));
      return this.#modified.value;
    }
    const number = this.#number(spec);
    switch (spec.registerClass) {
      case 'gpr':
        if (this.#isHighByte(spec, number)) return this.#highByte(number - 4);
        return this.register(number, size);
      case 'xmm':
        return this.#vectorLane(number, size);
      default:
        throw new NotTranslatable();
    }
  }

  #highByte(number: number): Value<'i32'> {
    return this.let(and(toI32(shrU(this.#context.registers.read(number), i64(8))), i32(0xff)));
  }

  #vectorLane(number: number, size: Size): Value<Integer> {
    const { registers } = this.#context;
    if (size === 64) return this.let(registers.readLow(number, 'i64'));
    const low = registers.readLow(number, 'i32');
    return this.let(size === 32 ? low : and(low, i32((1 << size) - 1)));
  }

  /** XORPS, XORPD and PXOR of a register with itself: zero, whatever it was. */
  #isZeroing(): boolean {
    const { row, isMemory, rm, reg } = this.#instruction;
    return !isMemory && rm === reg && ZEROING.has(row.mnemonic);
  }

  /** The vector register as it is now; one that is kept in parts stays in parts. */
  #snapshot(number: number): Value<'v128'> {
    const { registers } = this.#context;
    const vector = registers.readVector(number);
    const parts = partsOf(vector);
    if (parts === undefined) return this.let(vector);
    const low = this.let(parts[0]);
    if (registers.isOrdinary(number, low.type)) this.#ordinary.add(low);
    // The rest is memory that no instruction changes before it has read all it wants.
    return withLowLane(low, parts[1]);
  }

  readAs<T extends ValueType>(operand: Operand, type: T): Value<T> {
    if (operand.isMemory) return this.loadAs(type, this.address(operand));
    const number = this.#number(operand.spec);
    if (operand.spec.registerClass === 'gpr') {
      if (type === 'i64') return this.register64(number) as unknown as Value<T>;
      if (type === 'i32') return this.register(number, 32) as unknown as Value<T>;
    }
    if (operand.spec.registerClass !== 'xmm') throw new NotTranslatable();
    if (type === 'v128') return this.#snapshot(number) as unknown as Value<T>;
    const low = this.let(this.#context.registers.readLow(number, type));
    if (this.#context.registers.isOrdinary(number, type)) this.#ordinary.add(low);
    return low;
  }

  write(operand: Operand, value: Value<Integer>): void {
    const { spec } = operand;
    const size = operand.size as Size;
    if (operand.isMemory) {
      if (spec.access === 'read-write') {
        if (!this.#modified) throw new Error(`${spec.notation} is written before it is read`);
        this.#modified.write(value);
      } else this.store(size, this.address(operand), value);
      return;
    }
    const number = this.#number(spec);
    if (spec.registerClass !== 'gpr') throw new NotTranslatable();
    if (!this.#isHighByte(spec, number)) {
      this.writeRegister(number, spec.registerSize as Size, value);
      return;
    }
    const { registers, memory } = this.#context;
    memory.write(number - 4, undefined);
    const kept = and(registers.read(number - 4), i64(~0xff00n));
    registers.write(number - 4, or(kept, shl(and(toI64(toI32(value)), i64(0xff)), i64(8))));
  }

  writeAs(operand: Operand, value: Value): void {
    if (operand.isMemory) {
      this.storeAs(this.address(operand), value);
      return;
    }
    const number = this.#number(operand.spec);
    if (operand.spec.registerClass === 'gpr') {
      this.writeRegister(number, value.type === 'i64' ? 64 : 32, value as Value<Integer>);
      return;
    }
    if (operand.spec.registerClass !== 'xmm') throw new NotTranslatable();
    const { registers } = this.#context;
    if (value.type !== 'v128') {
      registers.writeLow(number, value);
      if (this.#ordinary.has(value)) registers.noteOrdinary(number, value.type);
      return;
    }
    const vector = this.#isZeroing() ? ZERO_VECTOR : (value as Value<'v128'>);
    registers.writeVector(number, vector);
    const parts = partsOf(vector);
    if (vector === ZERO_VECTOR) for (const type of ['f64', 'f32'] as const) registers.noteOrdinary(number, type);
    else if (parts && this.#ordinary.has(parts[0])) registers.noteOrdinary(number, parts[0].type);
  }

  readUpper(operand: Operand): Value<'v128'> {
    return this.let(this.#context.registers.readVector(upperHalf(this.#number(operand.spec))));
  }

  writeUpper(operand: Operand, value: Value<'v128'>): void {
    this.#context.registers.writeVector(upperHalf(this.#number(operand.spec)), value);
  }

  zeroUpperHalves(): void {
    const zero = zeroOf('v128');
    for (let number = 0; number < 16; number++) this.#context.registers.writeVector(upperHalf(number), zero);
  }

  vectorIndex(half: 0 | 1): Value<'v128'> {
    const number = this.#instruction.vectorIndex;
    return this.let(this.#context.registers.readVector(half ? upperHalf(number) : number));
  }

  vectorIndexNumber(): Value<'i32'> {
    return i32(this.#instruction.vectorIndex);
  }

  vectorScale(): Value<'i32'> {
    return i32(this.#instruction.scale);
  }

  effectiveAddress(operand: Operand): Value<'i64'> {
    const { base, index, scale, displacement, immediateLow, immediateHigh } = this.#instruction;
    if (operand.spec.field === 'moffs') return i64((BigInt(immediateHigh) << 32n) | BigInt(immediateLow >>> 0));
    const { registers, memory, ripBase } = this.#context;
    let sum: Value<'i64'>;
    let withoutDisplacement: Value<'i64'> | undefined;
    let known: Sum = { key: '', constant: BigInt(displacement) };
    if (base === RIP_BASE) {
      const distance = this.#distance + this.#instruction.length + displacement;
      sum = add(ripBase, i64(distance));
      known = { key: 'rip', constant: BigInt(distance) };
    } else if (base === NO_REGISTER) sum = i64(displacement);
    else {
      withoutDisplacement = this.code.let(registers.read(base));
      sum = add(withoutDisplacement, i64(displacement));
      const { key, constant } = memory.register(base);
      known = { key, constant: constant + BigInt(displacement) };
    }
    if (index !== NO_REGISTER) {
      const scaled = this.code.let(shl(registers.read(index), i64(scale)));
      withoutDisplacement = withoutDisplacement && this.code.let(add(withoutDisplacement, scaled));
      sum = withoutDisplacement ? add(withoutDisplacement, i64(displacement)) : add(scaled, sum);
      const { key, constant } = memory.register(index);
      known = { key: `${known.key}+${key}<<${scale}`, constant: known.constant + (constant << BigInt(scale)) };
    }
    if (this.#instruction.hasAddressSizePrefix) return this.let(and(sum, i64(0xffff_ffffn)));
    const local = this.code.let(sum);
    this.#sums.note(local, { key: known.key, constant: BigInt.asIntN(64, known.constant) });
    if (withoutDisplacement && displacement > 0 && displacement < FARTHEST_DISPLACEMENT) {
      this.#sums.noteDisplaced(local, withoutDisplacement, displacement);
    }
    return local;
  }

  address(operand: Operand, size: number | 'elements' | undefined = operand.spec.memorySize): Value<'i64'> {
    const effective = this.effectiveAddress(operand);
    if (this.#instruction.segment < 0) return effective;
    if (size === 'elements') throw new NotTranslatable();
    this.#requireCanonical(effective, size);
    const address = this.code.let(add(effective, this.segmentBase()));
    const known = this.#sums.of(effective);
    if (known) this.#sums.note(address, { key: `${this.#instruction.segment}:${known.key}`, constant: known.constant });
    return address;
  }

  requireElement(): void {
    throw new NotTranslatable();
  }

  addressPlus(operand: Operand, displacement: Value<'i64'>, elementSize: number): Value<'i64'> {
    return this.sourceAddress(and(add(this.effectiveAddress(operand), displacement), this.addressMask()), elementSize);
  }

  sourceAddress(effective: Value<'i64'>, size: number): Value<'i64'> {
    if (this.#instruction.segment < 0) return this.let(effective);
    const local = this.let(effective);
    this.#requireCanonical(local, size);
    return this.let(add(local, this.segmentBase()));
  }

  /** An effective address behind FS or GS is looked at by itself; a displacement alone always passes. */
  #requireCanonical(effective: Value<'i64'>, size: number | undefined): void {
    const { hasAddressSizePrefix, base, index } = this.#instruction;
    const isConstant = this.#instruction.isMemory && base === NO_REGISTER && index === NO_REGISTER;
    if (hasAddressSizePrefix || isConstant) return;
    this.code.if(leavesCanonical(effective, size), () => this.#context.leaveHere());
  }

  addressAfterPop(operand: Operand, bytes: number): Value<'i64'> {
    const address = this.address(operand);
    return this.#instruction.base === GPR.rsp ? this.let(add(address, i64(bytes))) : address;
  }

  addressMask(): Value<'i64'> {
    return i64(this.#instruction.hasAddressSizePrefix ? 0xffff_ffffn : -1n);
  }

  segmentBase(): Value<'i64'> {
    const { segment } = this.#instruction;
    if (segment !== 4 && segment !== 5) return i64(0);
    return load('i64.load', i32(0), segment === 4 ? FRAME.fsBase : FRAME.gsBase);
  }

  // ---- registers

  register(number: number, size: Size): Value<Integer> {
    if (size === 64) return this.register64(number);
    const whole = this.#context.registers.read(number);
    const low = toI32(whole);
    return this.let(size === 32 ? low : and(low, i32((1 << size) - 1)));
  }

  register64(number: number): Value<'i64'> {
    const { registers, memory } = this.#context;
    const local = this.code.let(registers.read(number));
    this.#sums.note(local, memory.register(number));
    return local;
  }

  writeRegister(number: number, size: Size, value: Value<Integer>): void {
    const { registers, memory } = this.#context;
    const isKnown = size === 64 && this.#conditionalDepth === 0;
    memory.write(number, isKnown ? this.#sums.of(value) : undefined);
    if (size >= 32) {
      registers.write(number, size === 64 ? toI64(value) : toI64(toI32(value)));
      return;
    }
    const mask = (1n << BigInt(size)) - 1n;
    registers.write(number, or(and(registers.read(number), i64(~mask)), and(toI64(toI32(value)), i64(mask))));
  }

  registerNumber(operand: Operand): Value<'i32'> {
    if (operand.spec.registerClass !== 'st') throw new NotTranslatable();
    return i32(this.#number(operand.spec));
  }

  // ---- guest memory

  /** Where `bytes` at `address` lie, if that can be told at once; else the region is left. */
  #locate(address: Value<'i64'>, bytes: number, writes: boolean): Location {
    const isConditional = this.#conditionalDepth > 0;
    const { memory, leaveHere } = this.#context;
    const sum = this.#loopDepth > 0 ? undefined : this.#sums.of(address);
    const [base, displacement] = this.#sums.partsOf(address);
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

  readWindowOf(): Value<'i32'> {
    throw new NotTranslatable();
  }

  writeWindowOf(): Value<'i32'> {
    throw new NotTranslatable();
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

  // ---- flags

  condition(code: ConditionCode): Value<'i32'> {
    return this.let(this.#context.flags.condition(code));
  }

  flag(name: FlagName): Value<'i32'> {
    return this.let(this.#context.flags.flag(name));
  }

  readRflags(): Value<'i64'> {
    throw new NotTranslatable();
  }

  writeRflags(): void {
    throw new NotTranslatable();
  }

  // ---- state

  readState<T extends ValueType>(type: T, address: number): Value<T> {
    refuseCachedState(address);
    return this.let(load(TYPE_LOAD[type], i32(0), address) as unknown as Value<T>);
  }

  writeState(address: number, value: Value): void {
    refuseCachedState(address);
    // The region's entry has vouched for it.
    if (address === FRAME.mxcsr || address === CPU_STATE.floatsObserved) throw new NotTranslatable();
    this.code.store(TYPE_STORE[value.type], i32(0), value, address);
  }

  // ---- control

  nextRip(): Value<'i64'> {
    return this.let(add(this.#context.ripBase, i64(this.#distance + this.#instruction.length)));
  }

  rip(): Value<'i64'> {
    return this.let(add(this.#context.ripBase, i64(this.#distance)));
  }

  jumpRelative(_target: Operand): void {
    this.ending = { kind: 'jump' };
  }

  branch(condition: Value<'i32'>, _target: Operand): void {
    this.ending = { kind: 'branch', condition: this.let(condition) };
  }

  jump(target: Value<'i64'>): void {
    this.ending = { kind: 'indirect', target: this.let(target) };
  }

  raise(_vector: number, _errorCode?: Value<'i32'>): void {
    this.#context.leaveHere();
  }

  raiseIf(condition: Value<'i32'>, vector: number): void {
    this.code.if(condition, () => this.raise(vector));
  }

  requirePrivilege(): void {
    throw new NotTranslatable();
  }

  host(): void {
    throw new NotTranslatable();
  }

  again(): void {
    throw new NotTranslatable();
  }

  spend(): Value<'i32'> {
    throw new NotTranslatable();
  }
}

/** RAM begins further up than that, so a location does not fall below 0 when a displacement is left out of it. */
const FARTHEST_DISPLACEMENT = 500_000;

const ZERO_VECTOR = withLowLane(i64(0), v128(new Uint8Array(16)));
const ZEROING = new Set(['XORPS', 'XORPD', 'PXOR']);

/** Registers, RIP and the x87's status are in locals while a region runs: memory must not be asked for them. */
function refuseCachedState(address: number): void {
  const isGeneral = address < FRAME.rip + 8;
  const isVector = address >= FRAME.xmm && address < FRAME.xmm + 16 * XMM_STRIDE_BYTES;
  const isX87 = address >= FRAME.x87Status && address < FRAME.x87Registers + 8 * X87_REGISTER_BYTES;
  const isFlags = address >= CPU_STATE.flagZero && address <= CPU_STATE.countdown;
  if (isGeneral || isX87 || isFlags || (isVector && address < FRAME_BYTES)) throw new NotTranslatable();
}

function zeroOf<T extends ValueType>(type: T): Value<T> {
  if (type === 'v128') return op('i64x2.splat', i64(0)) as unknown as Value<T>;
  if (type === 'i64') return i64(0) as unknown as Value<T>;
  if (type === 'i32') return i32(0) as unknown as Value<T>;
  return op(type === 'f32' ? 'f32.convert_i32_s' : 'f64.convert_i32_s', i32(0)) as unknown as Value<T>;
}
