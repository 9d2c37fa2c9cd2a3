// The emitter behind translated regions: operands are constants of the instruction, registers are locals.
//
//   region-statements.ts   values and statements
//   region-registers.ts    + registers
//   region-accesses.ts     + addresses, loads and stores
//   here                   + operands, flags, state and control: all that a body may ask for
//
// Whatever can't be done in place leaves the region at this very instruction: nothing of it has happened yet, so the
// interpreter runs it from its record and raises, walks or waits as it must. That makes faults precise, and keeps calls
// out of hot loops, where they would cost the register allocation.

import { type Instruction, x87OpcodeOf } from '../decode/decoder.ts';
import { INEXACT } from '../float/exception-flags.ts';
import { TYPE_LOAD, TYPE_STORE } from '../isa/access-names.ts';
import type { ConditionCode } from '../isa/condition.ts';
import type {
  BulkMemory,
  Emitter,
  FlagName,
  FlagProducers,
  ModifiableLocation,
  NativeFloats,
  Operand,
  Size,
  X87Stack,
} from '../isa/emitter.ts';
import { CPU_STATE } from '../state/cpu-state.ts';
import { FRAME, FRAME_BYTES, GPR, X87_REGISTER_BYTES, XMM_STRIDE_BYTES } from '../state/frame-layout.ts';
import { add, and, or, shl, toI32, toI64 } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { type Integer, i32, i64, load, type Value, v128 } from '../wasm/expression.ts';
import { withLowLane } from '../wasm/low-lane.ts';
import type { ValueType } from '../wasm/operators.ts';
import { RegionAccesses } from './region-accesses.ts';
import { type Ending, NotTranslatable, type RegionContext } from './region-context.ts';
import { zeroOf } from './region-statements.ts';
import { partsOf, upperHalf } from './register-locals.ts';

/** Bytes of a repeated instruction that a region does in one go: the budget is not looked at in between. */
const MOST_AT_ONCE = 0x4000;
const NEXT: Ending = { kind: 'next' };

class RegionEmitter extends RegionAccesses implements Emitter {
  ending: Ending = NEXT;
  #modified: ModifiableLocation<Integer> | undefined;
  #x87: X87Stack | undefined;

  get flags(): FlagProducers {
    return this.context.flags;
  }

  get x87(): X87Stack | undefined {
    if (!this.instruction.row.onX87Stack) return undefined;
    this.#x87 ??= this.context.x87?.view(this.distance, x87OpcodeOf(this.instruction), () => this.context.leaveHere());
    return this.#x87;
  }

  get bulk(): BulkMemory | undefined {
    const { memory, leaveHere, charge } = this.context;
    return {
      most: MOST_AT_ONCE,
      locate: (address, bytes, writes) => memory.locateBytes(this.let(address), bytes, writes, leaveHere),
      leaveIf: (condition) => this.code.if(condition, leaveHere),
      charge,
    };
  }

  get floats(): NativeFloats | undefined {
    const { floats, flags, registers } = this.context;
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
      isOrdinary: (value) => this.ordinary.has(value),
      noteOrdinary: (value, operand) => {
        this.ordinary.add(value);
        if (operand && !operand.isMemory) registers.noteOrdinary(this.number(operand.spec), value.type);
      },
      leave: () => this.context.leaveHere(),
      recordInexact: () => {
        const recorded = or(load('i32.load', i32(FRAME.mxcsr)), i32(INEXACT));
        this.code.store('i32.store', i32(FRAME.mxcsr), recorded);
      },
      compare: (a, b) => flags.compare(a, b),
    };
  }

  // ---- operands

  read(operand: Operand): Value<Integer> {
    const { spec } = operand;
    if (spec.field === 'immediate') return this.constant(operand);
    if (spec.field === 'fixed' && spec.registerClass === undefined) return i32(spec.fixed);
    const size = operand.size as Size;
    if (operand.isMemory) {
      if (spec.access !== 'read-write') return this.load(size, this.address(operand));
      this.#modified = this.modify(size, this.address(operand));
      return this.#modified.value;
    }
    const number = this.number(spec);
    switch (spec.registerClass) {
      case 'gpr':
        if (this.isHighByte(spec, number)) return this.highByte(number - 4);
        if (this.isCleared() && size >= 32) return size === 64 ? i64(0) : i32(0);
        return this.register(number, size);
      case 'xmm':
        return this.vectorLane(number, size);
      default:
        throw new NotTranslatable();
    }
  }

  readAs<T extends ValueType>(operand: Operand, type: T): Value<T> {
    if (operand.isMemory) return this.loadAs(type, this.address(operand));
    const number = this.number(operand.spec);
    if (operand.spec.registerClass === 'gpr') {
      if (type === 'i64') return this.register64(number) as unknown as Value<T>;
      if (type === 'i32') return this.register(number, 32) as unknown as Value<T>;
    }
    if (operand.spec.registerClass !== 'xmm') throw new NotTranslatable();
    if (type === 'v128') return this.snapshot(number) as unknown as Value<T>;
    const low = this.let(this.context.registers.readLow(number, type));
    if (this.context.registers.isOrdinary(number, type)) this.ordinary.add(low);
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
    const number = this.number(spec);
    if (spec.registerClass !== 'gpr') throw new NotTranslatable();
    if (!this.isHighByte(spec, number)) {
      this.writeRegister(number, spec.registerSize as Size, value);
      return;
    }
    const { registers, memory } = this.context;
    memory.write(number - 4, undefined);
    const kept = and(registers.read(number - 4), i64(~0xff00n));
    registers.write(number - 4, or(kept, shl(and(toI64(toI32(value)), i64(0xff)), i64(8))));
  }

  writeAs(operand: Operand, value: Value): void {
    if (operand.isMemory) {
      this.storeAs(this.address(operand), value);
      return;
    }
    const number = this.number(operand.spec);
    if (operand.spec.registerClass === 'gpr') {
      this.writeRegister(number, value.type === 'i64' ? 64 : 32, value as Value<Integer>);
      return;
    }
    if (operand.spec.registerClass !== 'xmm') throw new NotTranslatable();
    const { registers } = this.context;
    if (value.type !== 'v128') {
      registers.writeLow(number, value);
      if (this.ordinary.has(value)) registers.noteOrdinary(number, value.type);
      return;
    }
    const vector = this.isZeroing() ? ZERO_VECTOR : (value as Value<'v128'>);
    registers.writeVector(number, vector);
    const parts = partsOf(vector);
    if (vector === ZERO_VECTOR) for (const type of ['f64', 'f32'] as const) registers.noteOrdinary(number, type);
    else if (parts && this.ordinary.has(parts[0])) registers.noteOrdinary(number, parts[0].type);
  }

  readUpper(operand: Operand): Value<'v128'> {
    return this.let(this.context.registers.readVector(upperHalf(this.number(operand.spec))));
  }

  writeUpper(operand: Operand, value: Value<'v128'>): void {
    this.context.registers.writeVector(upperHalf(this.number(operand.spec)), value);
  }

  zeroUpperHalves(): void {
    const zero = zeroOf('v128');
    for (let number = 0; number < 16; number++) this.context.registers.writeVector(upperHalf(number), zero);
  }

  vectorIndex(half: 0 | 1): Value<'v128'> {
    const number = this.instruction.vectorIndex;
    return this.let(this.context.registers.readVector(half ? upperHalf(number) : number));
  }

  vectorIndexNumber(): Value<'i32'> {
    return i32(this.instruction.vectorIndex);
  }

  vectorScale(): Value<'i32'> {
    return i32(this.instruction.scale);
  }

  registerNumber(operand: Operand): Value<'i32'> {
    if (operand.spec.registerClass !== 'st') throw new NotTranslatable();
    return i32(this.number(operand.spec));
  }

  readWindowOf(): Value<'i32'> {
    throw new NotTranslatable();
  }

  writeWindowOf(): Value<'i32'> {
    throw new NotTranslatable();
  }

  // ---- flags

  condition(code: ConditionCode): Value<'i32'> {
    return this.let(this.context.flags.condition(code));
  }

  flag(name: FlagName): Value<'i32'> {
    return this.let(this.context.flags.flag(name));
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
    return this.let(add(this.context.ripBase, i64(this.distance + this.instruction.length)));
  }

  rip(): Value<'i64'> {
    return this.let(add(this.context.ripBase, i64(this.distance)));
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

  /** A target within the region is canonical: the others are looked at where the region is left for them. */
  jumpIfCanonical(target: Value<'i64'>, release?: () => void): void {
    const stackBefore = this.code.let(this.context.registers.read(GPR.rsp));
    release?.();
    this.ending = { kind: 'indirect', target: this.let(target), stackBefore };
  }

  raise(_vector: number, _errorCode?: Value<'i32'>): void {
    this.context.leaveHere();
  }

  raiseIf(condition: Value<'i32'>, vector: number): void {
    this.code.unlikely(condition, () => this.raise(vector));
  }

  x87Opcode(): Value<'i32'> {
    return i32(x87OpcodeOf(this.instruction));
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

const ZERO_VECTOR = withLowLane(v128(new Uint8Array(16)), i64(0));

/** Registers, RIP and the x87's status are in locals while a region runs: memory must not be asked for them. */
function refuseCachedState(address: number): void {
  const isGeneral = address < FRAME.rip + 8;
  const isVector = address >= FRAME.xmm && address < FRAME.xmm + 16 * XMM_STRIDE_BYTES;
  const isX87 = address >= FRAME.x87Status && address < FRAME.x87Registers + 8 * X87_REGISTER_BYTES;
  const isFlags = address >= CPU_STATE.flagZero && address <= CPU_STATE.countdown;
  if (isGeneral || isX87 || isFlags || (isVector && address < FRAME_BYTES)) throw new NotTranslatable();
}

/** Writes an instruction's body, at an offset of the region, as code of it; how it ended. */
export function emitInstruction(
  code: CodeWriter,
  context: RegionContext,
  instruction: Instruction,
  offset: number,
): Ending {
  const emitter = new RegionEmitter(code, context, instruction, offset);
  code.scope(() => instruction.row.body(emitter, ...operandsOf(instruction)));
  return emitter.ending;
}

/** The operands of a decoded instruction as its body takes them. */
function operandsOf({ row, isMemory }: Instruction): Operand[] {
  return row.operands.map((spec) => {
    const mayBeMemory = isMemory || spec.field === 'moffs' || spec.registerClass === undefined;
    return { spec, isMemory: spec.memorySize !== undefined && mayBeMemory, size: spec.size };
  });
}
