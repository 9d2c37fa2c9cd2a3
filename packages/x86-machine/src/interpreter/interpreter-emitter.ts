// The emitter behind the interpreter's handlers: operands come from the decoded record, registers live in memory.
//
// A handler is a function (record) → exit. It ends by leaving for the next record's handler with a tail call, so the
// engine sees many small functions and compiles those that run; only an exit returns.

import { type KnownFlags, knownCondition } from '../flags/known-condition.ts';
import { INTEGER_LOAD, INTEGER_STORE, TYPE_BYTES, TYPE_LOAD, TYPE_STORE } from '../isa/access-names.ts';
import { CodeStatements } from '../isa/code-statements.ts';
import type { ConditionCode } from '../isa/condition.ts';
import type { Emitter, FlagName, FlagProducers, ModifiableLocation, Operand, Size, Window } from '../isa/emitter.ts';
import type { OperandField } from '../isa/operand.ts';
import { VECTOR } from '../isa/vector.ts';
import { isNotCanonical, leavesCanonical } from '../mmu/canonical.ts';
import type { MemoryAccess } from '../mmu/memory-access.ts';
import { CPU_STATE, TLB_READ_TAG, TLB_WRITE_TAG } from '../state/cpu-state.ts';
import { FRAME, GPR, XMM_STRIDE_BYTES } from '../state/frame-layout.ts';
import { add, and, eq, ltS, shl, sub, toI32, toI64 } from '../wasm/arithmetic.ts';
import type { CodeWriter, Label } from '../wasm/code-writer.ts';
import { type Integer, i32, i64, type Local, load, op, select, type Value } from '../wasm/expression.ts';
import type { ValueType } from '../wasm/operators.ts';
import type { ControlFlow } from './control-flow.ts';
import { EXIT } from './exit.ts';
import { GuestAccesses } from './guest-accesses.ts';
import { ALL_FLAGS, conditionFlags, FLAG_BIT, HandlerEffects, observedProducers } from './handler-effects.ts';
import { assembleRflags, lazyFlagProducers, readCondition, readFlag, spreadRflags } from './lazy-flags.ts';
import { type AddressForm, RECORD, RECORD_BYTES } from './record.ts';

/** How a handler differs from the plain one of its row. */
export interface EmitterOptions {
  /** Flags are not produced: nobody reads them. */
  readonly discardsFlags?: boolean;
  /** Accesses are never #AC. */
  readonly ignoresAlignment?: boolean;
  /** What the instruction just before, in the same handler, knows of the flags. */
  readonly known?: KnownFlags | undefined;
}

const XMM_BYTES = 16;
/** Where the record names a register operand, but for those in ModRM.reg or the opcode. */
const REGISTER_FIELD: Partial<Record<OperandField, number>> = {
  rm: RECORD.rm,
  vvvv: RECORD.vvvv,
  is4: RECORD.extraRegister,
};
export class InterpreterEmitter extends CodeStatements implements Emitter {
  readonly flags: FlagProducers;
  readonly #record: Value<'i32'>;
  readonly #control: ControlFlow;
  readonly #form: AddressForm;
  readonly effects: HandlerEffects = new HandlerEffects();
  readonly #known: KnownFlags | undefined;
  readonly #accesses: GuestAccesses;
  #conditionalDepth = 0;
  /** Set once the body has left for somewhere itself. */
  ended = false;
  #modified: ModifiableLocation<Integer> | undefined;

  constructor(
    code: CodeWriter,
    record: Value<'i32'>,
    form: AddressForm,
    memory: MemoryAccess,
    control: ControlFlow,
    options: EmitterOptions = {},
  ) {
    super(code);
    const observed = observedProducers(
      lazyFlagProducers(code),
      this.effects,
      () => this.#conditionalDepth > 0,
      options.discardsFlags === true,
    );
    this.flags = observed;
    this.#record = record;
    this.#control = control;
    this.#form = form;
    this.#known = options.known;
    const { ignoresAlignment = false } = options;
    this.#accesses = new GuestAccesses(code, record, form, memory, control, this.effects, ignoresAlignment);
  }

  let<T extends ValueType>(value: Value<T>): Local<T> {
    return this.code.let(value);
  }
  local<T extends ValueType>(type: T): Local<T> {
    return this.code.local(type);
  }
  set<T extends ValueType>(local: Local<T>, value: Value<T>): void {
    this.code.set(local, value);
  }
  if(condition: Value<'i32'>, whenTrue: () => void, whenFalse?: () => void): void {
    const conditionally = (body: () => void) => (): void => {
      this.#conditionalDepth++;
      body();
      this.#conditionalDepth--;
    };
    this.code.if(condition, conditionally(whenTrue), whenFalse && conditionally(whenFalse));
  }
  block(body: (leave: Label) => void): void {
    this.#conditionalDepth++;
    this.code.block(body);
    this.#conditionalDepth--;
  }
  loop(body: (again: Label) => void): void {
    this.#conditionalDepth++;
    this.code.loop(body);
    this.#conditionalDepth--;
  }

  // ---- operands

  #field16(offset: number): Value<'i32'> {
    return load('i32.load16_u', this.#record, offset);
  }

  /** The linear address of a register operand. */
  #registerSlot(operand: Operand): Value<'i32'> {
    const { field, fixed, registerClass } = operand.spec;
    if (field === 'fixed') return i32(registerClass === 'xmm' ? FRAME.xmm + fixed * 32 : FRAME.gpr + fixed * 8);
    return this.#field16(REGISTER_FIELD[field] ?? RECORD.reg);
  }

  read(operand: Operand): Value<Integer> {
    const { spec } = operand;
    if (spec.field === 'immediate') {
      return this.let(
        load(
          operand.size === 64 ? 'i64.load' : 'i32.load',
          this.#record,
          RECORD.immediate + spec.fixed * 4,
        ) as Value<Integer>,
      );
    }
    if (spec.field === 'fixed' && spec.registerClass === undefined) return i32(spec.fixed);
    if (!operand.isMemory)
      return this.let(load(INTEGER_LOAD[operand.size as Size], this.#registerSlot(operand)) as Value<Integer>);
    if (spec.access === 'read-write') {
      this.#modified = this.modify(operand.size as Size, this.address(operand));
      return this.#modified.value;
    }
    return this.load(operand.size as Size, this.address(operand));
  }

  readAs<T extends ValueType>(operand: Operand, type: T): Value<T> {
    if (operand.isMemory) return this.loadAs(type, this.address(operand));
    return this.let(load(TYPE_LOAD[type], this.#registerSlot(operand)) as unknown as Value<T>);
  }

  write(operand: Operand, value: Value<Integer>): void {
    const size = operand.size as Size;
    if (operand.isMemory) {
      if (operand.spec.access === 'read-write') {
        if (!this.#modified) throw new Error(`${operand.spec.notation} is written before it is read`);
        this.#modified.write(value);
      } else this.store(size, this.address(operand), value);
      return;
    }
    this.#writeSlot(this.#registerSlot(operand), 0, operand.spec.registerSize as Size, value);
  }

  writeAs(operand: Operand, value: Value): void {
    if (operand.isMemory) this.storeAs(this.address(operand), value);
    else this.code.store(TYPE_STORE[value.type], this.#registerSlot(operand), value);
  }

  readUpper(operand: Operand): Value<'v128'> {
    return this.let(load('v128.load', this.#registerSlot(operand), XMM_BYTES));
  }

  writeUpper(operand: Operand, value: Value<'v128'>): void {
    this.code.store('v128.store', this.#registerSlot(operand), value, XMM_BYTES);
  }

  zeroUpperHalves(): void {
    const zero = this.let(op('i64x2.splat', i64(0)));
    for (let number = 0; number < 16; number++) {
      this.code.store('v128.store', i32(0), zero, FRAME.xmm + number * XMM_STRIDE_BYTES + XMM_BYTES);
    }
  }

  vectorIndex(half: 0 | 1): Value<'v128'> {
    return this.let(load('v128.load', this.#field16(RECORD.extraRegister), half * XMM_BYTES));
  }

  vectorIndexNumber(): Value<'i32'> {
    return this.#field16(RECORD.extraRegister);
  }

  vectorScale(): Value<'i32'> {
    return load('i32.load8_u', this.#record, RECORD.scale);
  }

  #writeSlot(slot: Value<'i32'>, offset: number, size: Size, value: Value<Integer>): void {
    if (size === 32) this.code.store('i64.store', slot, toI64(value), offset);
    else this.code.store(INTEGER_STORE[size], slot, size === 64 ? value : toI32(value), offset);
  }

  effectiveAddress(operand: Operand): Value<'i64'> {
    if (operand.spec.field === 'moffs') return this.let(load('i64.load', this.#record, RECORD.immediate));
    const base = load('i64.load', this.#field16(RECORD.rm));
    const displaced = add(base, load('i64.load32_s', this.#record, RECORD.displacement));
    if (this.#form === 'base') return this.let(displaced);
    if (operand.spec.vectorIndex) return this.let(and(displaced, this.addressMask()));
    const scale = load('i64.load8_u', this.#record, RECORD.scale);
    const sum = add(displaced, shl(load('i64.load', this.#field16(RECORD.index)), scale));
    return this.let(and(sum, this.addressMask()));
  }

  address(operand: Operand, size: number | 'elements' | undefined = operand.spec.memorySize): Value<'i64'> {
    const effective = this.effectiveAddress(operand);
    if (this.#form === 'base') return effective;
    if (size === 'elements') return this.let(add(effective, this.segmentBase()));
    return this.#inSegment(effective, size);
  }

  requireElement(operand: Operand, offset: number, size: number): void {
    if (this.#form !== 'segment') return;
    const effective = this.let(add(this.effectiveAddress(operand), i64(offset)));
    this.raiseIf(leavesCanonical(effective, size), VECTOR.generalProtection);
  }

  sourceAddress(effective: Value<'i64'>, size: number): Value<'i64'> {
    return this.#inSegment(effective, size);
  }

  /** Base plus effective address, which is looked at by itself where it may not be canonical; `size` in bits. */
  #inSegment(effective: Value<'i64'>, size: number | undefined): Value<'i64'> {
    if (this.#form !== 'segment') return this.let(add(effective, this.segmentBase()));
    const first = this.let(effective);
    this.raiseIf(leavesCanonical(first, size), VECTOR.generalProtection);
    return this.let(add(first, this.segmentBase()));
  }

  addressPlus(operand: Operand, displacement: Value<'i64'>, elementSize: number): Value<'i64'> {
    const sum = add(this.effectiveAddress(operand), displacement);
    if (this.#form === 'base') return this.let(sum);
    return this.#inSegment(and(sum, this.addressMask()), elementSize);
  }

  addressAfterPop(operand: Operand, bytes: number): Value<'i64'> {
    const baseIsStackPointer = eq(this.#field16(RECORD.rm), i32(FRAME.gpr + GPR.rsp * 8));
    return this.let(add(this.address(operand), select(baseIsStackPointer, i64(bytes), i64(0))));
  }

  addressMask(): Value<'i64'> {
    return load('i64.load', this.#field16(RECORD.addressMask));
  }

  segmentBase(): Value<'i64'> {
    return load('i64.load', this.#field16(RECORD.segment));
  }

  // ---- registers

  register(number: number, size: Size): Value<Integer> {
    return this.let(load(INTEGER_LOAD[size], i32(0), FRAME.gpr + number * 8) as Value<Integer>);
  }

  register64(number: number): Value<'i64'> {
    return this.let(load('i64.load', i32(0), FRAME.gpr + number * 8));
  }

  isRenewed(): boolean {
    return false;
  }

  quotient(): undefined {
    return undefined;
  }

  writeRegister(number: number, size: Size, value: Value<Integer>): void {
    this.#writeSlot(i32(0), FRAME.gpr + number * 8, size, value);
  }

  registerNumber(operand: Operand): Value<'i32'> {
    return this.#registerSlot(operand);
  }

  // ---- guest memory

  readWindow(address: Value<'i64'>, bytes: number): Value<'i32'> {
    return this.#accesses.locate(address, bytes, 'read');
  }

  writeWindow(address: Value<'i64'>, bytes: number, throughStack?: boolean): Window {
    const location = this.#accesses.locate(address, bytes, 'write', throughStack);
    return { address: location, commit: () => this.#accesses.commit(location) };
  }

  modifyWindow(address: Value<'i64'>, bytes: number): Window {
    const location = this.#accesses.locate(address, bytes, 'modify');
    return { address: location, commit: () => this.#accesses.commit(location) };
  }

  readWindowOf(address: Value<'i64'>, _bytes: Value<'i32'>): Value<'i32'> {
    return this.#accesses.resident(address, TLB_READ_TAG);
  }

  writeWindowOf(address: Value<'i64'>, _bytes: Value<'i32'>): Value<'i32'> {
    this.effects.stores = true;
    return this.#accesses.resident(address, TLB_WRITE_TAG);
  }

  load(size: Size, address: Value<'i64'>): Value<Integer> {
    return this.let(load(INTEGER_LOAD[size], this.#accesses.locate(address, size / 8, 'read')) as Value<Integer>);
  }

  loadAs<T extends ValueType>(type: T, address: Value<'i64'>): Value<T> {
    return this.let(
      load(TYPE_LOAD[type], this.#accesses.locate(address, TYPE_BYTES[type], 'read')) as unknown as Value<T>,
    );
  }

  store(size: Size, address: Value<'i64'>, value: Value<Integer>): void {
    this.#accesses.store(INTEGER_STORE[size], size / 8, address, size === 64 ? value : toI32(value));
  }

  storeAs(address: Value<'i64'>, value: Value): void {
    this.#accesses.store(TYPE_STORE[value.type], TYPE_BYTES[value.type], address, value);
  }

  modify(size: Size, address: Value<'i64'>): ModifiableLocation<Integer> {
    const location = this.#accesses.locate(address, size / 8, 'modify');
    const value = this.let(load(INTEGER_LOAD[size], location) as Value<Integer>);
    return {
      value,
      write: (next) => {
        this.code.store(INTEGER_STORE[size], location, size === 64 ? next : toI32(next));
        this.#accesses.commit(location);
      },
    };
  }

  push(size: 16 | 64, value: Value<Integer>): void {
    const snapshot = this.let(value);
    const pointer = this.let(sub(this.register64(GPR.rsp), i64(size / 8)));
    this.#accesses.store(INTEGER_STORE[size], size / 8, pointer, size === 64 ? snapshot : toI32(snapshot), true);
    this.writeRegister(GPR.rsp, 64, pointer);
  }

  loadThroughStack(size: 16 | 64, address: Value<'i64'>): Value<Integer> {
    return this.let(load(INTEGER_LOAD[size], this.#accesses.locate(address, size / 8, 'read', true)) as Value<Integer>);
  }

  top(size: 16 | 64): Value<Integer> {
    return this.loadThroughStack(size, this.register64(GPR.rsp));
  }

  // ---- flags

  condition(code: ConditionCode): Value<'i32'> {
    this.effects.flagsRead |= conditionFlags(code);
    const known = this.#known && knownCondition(this.#known, code);
    if (known) return this.let(known);
    return this.let(readCondition(this.code, code));
  }

  flag(name: FlagName): Value<'i32'> {
    this.effects.flagsRead |= FLAG_BIT[name];
    return this.let(readFlag(this.code, name));
  }

  readRflags(): Value<'i64'> {
    this.effects.flagsRead = ALL_FLAGS;
    return this.let(assembleRflags(this.code));
  }

  writeRflags(value: Value<'i64'>): void {
    this.effects.leaves = true;
    spreadRflags(this.code, value);
  }

  // ---- state

  readState<T extends ValueType>(type: T, address: number): Value<T> {
    return this.let(load(TYPE_LOAD[type], i32(0), address) as unknown as Value<T>);
  }

  writeState(address: number, value: Value): void {
    this.code.store(TYPE_STORE[value.type], i32(0), value, address);
  }

  // ---- control

  #rip(distance: Value<'i32'>): Value<'i64'> {
    return this.let(add(load('i64.load', i32(0), FRAME.rip), toI64(distance)));
  }

  nextRip(): Value<'i64'> {
    return this.#rip(this.#field16(RECORD.next));
  }

  rip(): Value<'i64'> {
    return this.#rip(sub(this.#field16(RECORD.next), load('i32.load8_u', this.#record, RECORD.length)));
  }

  x87Opcode(): Value<'i32'> {
    return this.#field16(RECORD.x87Opcode);
  }

  jumpRelative(_target: Operand): void {
    this.effects.leaves = true;
    this.#control.takeBranch(this.code, this.#record);
    this.ended = true;
  }

  branch(condition: Value<'i32'>, _target: Operand): void {
    this.effects.leaves = true;
    this.code.if(condition, () => this.#control.takeBranch(this.code, this.#record));
  }

  jump(target: Value<'i64'>): void {
    this.effects.leaves = true;
    this.#control.jump(this.code, this.#record, target);
    this.ended = true;
  }

  jumpIfCanonical(target: Value<'i64'>, release?: () => void): void {
    this.raiseIf(isNotCanonical(target), VECTOR.generalProtection);
    if (release === undefined) {
      this.jump(target);
      return;
    }
    release();
    this.ended = true;
    this.effects.leaves = true;
    this.#control.return(this.code, this.#record, target);
  }

  raise(vector: number, errorCode: Value<'i32'> = i32(0)): void {
    this.effects.leaves = true;
    this.#control.raise(this.code, this.#record, vector, errorCode);
  }

  raiseIf(condition: Value<'i32'>, vector: number, errorCode?: Value<'i32'>): void {
    this.code.unlikely(condition, () => this.raise(vector, errorCode));
  }

  requirePrivilege(): void {
    this.raiseIf(load('i32.load', i32(0), CPU_STATE.cpl), VECTOR.generalProtection);
  }

  host(exit: number, first: Value<Integer> = i64(0), second: Value<Integer> = i64(0)): void {
    this.effects.leaves = true;
    this.code.store('i64.store', i32(0), toI64(first), CPU_STATE.exitOperand);
    this.code.store('i64.store', i32(0), toI64(second), CPU_STATE.exitOperand2);
    this.#control.exit(this.code, this.#record, exit);
  }

  again(): void {
    this.effects.leaves = true;
    this.#control.exit(this.code, this.#record, EXIT.again);
  }

  spend(units: Value<'i32'>): Value<'i32'> {
    const left = this.let(sub(load('i32.load', i32(0), CPU_STATE.countdown), units));
    this.writeState(CPU_STATE.countdown, left);
    return ltS(left, i32(0));
  }

  /** Falls through to the next record, unless the body left by itself. */
  finish(): void {
    if (!this.ended) this.#control.dispatch(this.code, add(this.#record, i32(RECORD_BYTES)));
  }
}
