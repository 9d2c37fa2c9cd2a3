// The language instruction bodies are written in: what an instruction does, with no word on where operands come from.
//
// A body runs once per operand form, at generation time, and emits WebAssembly. The interpreter's emitter takes operands
// from a decoded record and registers from memory; a translator's takes them from constants and locals. Rules that
// make faults precise, without any undo:
//   · every read is a snapshot (a temp), so later writes cannot alias it;
//   · a body performs whatever may fault (reads, stores, `raise`) before it changes registers or flags;
//   · an operand marked `+` (read and written) is checked for writing when it is read.
// Integer values of 8, 16 and 32 bits are i32, zero-extended; 64-bit ones are i64.

import type { CodeWriter, Label } from '../wasm/code-writer.ts';
import type { Integer, Local, Value, ValuesOf } from '../wasm/expression.ts';
import type { FunctionDefinition } from '../wasm/function-definition.ts';
import type { ValueType } from '../wasm/operators.ts';
import type { ConditionCode } from './condition.ts';
import type { OperandSpec } from './operand.ts';

export type Size = 8 | 16 | 32 | 64;

/** An operand of the form being emitted. */
export interface Operand {
  readonly spec: OperandSpec;
  /** Bits as the body reads and writes it. */
  readonly size: number;
  /** False in the register form of a `r/m` or `xmm/m` operand. */
  readonly isMemory: boolean;
}

/** A guest memory location checked for reading and writing: read it, then write it without a further fault. */
export interface ModifiableLocation<T extends ValueType> {
  readonly value: Value<T>;
  write(value: Value<T>): void;
}

/** Guest bytes at a linear address; writes count once committed. */
export interface Window {
  readonly address: Value<'i32'>;
  commit(): void;
}

/** Flag values as i32 0 or 1. */
export interface FlagValues {
  readonly cf?: Value<'i32'>;
  readonly pf?: Value<'i32'>;
  readonly af?: Value<'i32'>;
  readonly zf?: Value<'i32'>;
  readonly sf?: Value<'i32'>;
  readonly of?: Value<'i32'>;
}

export type FlagName = keyof FlagValues;

export type ShiftKind = 'shl' | 'shr' | 'sar';

/** Producers by meaning. `result` is truncated to `size` by the producer where that matters. */
export interface FlagProducers {
  /** All six flags of a + b (+ carry) = result; `carried` when a carry may have come in. */
  add(size: Size, a: Value<Integer>, b: Value<Integer>, result: Value<Integer>, carried?: boolean): void;
  /** All six flags of a − b (− borrow) = result; `carried` when a borrow may have come in. */
  sub(size: Size, a: Value<Integer>, b: Value<Integer>, result: Value<Integer>, carried?: boolean): void;
  /** SF ZF PF of result; CF and OF cleared, AF cleared (undefined). */
  logic(size: Size, result: Value<Integer>): void;
  /** As add with b = 1, CF unchanged. */
  inc(size: Size, result: Value<Integer>): void;
  /** As sub with b = 1, CF unchanged. */
  dec(size: Size, result: Value<Integer>): void;
  /** SF ZF PF of result, and CF and OF as given; AF cleared unless given. */
  result(size: Size, result: Value<Integer>, carries: { cf: Value<'i32'>; of: Value<'i32'>; af?: Value<'i32'> }): void;
  /**
   * SF ZF PF of `lower`, the lower half of a × b; CF and OF say whether the upper one says something that the lower does not, which
   * `overflow` finds out for whoever does not do so later.
   */
  product(
    size: Size,
    signed: boolean,
    a: Value<Integer>,
    b: Value<Integer>,
    lower: Value<Integer>,
    overflow: () => Value<'i32'>,
  ): void;
  /** SF ZF PF of result, and CF and OF of a shift by a count that is not 0 (shift-carries.ts); AF cleared. */
  shift(kind: ShiftKind, size: Size, value: Value<Integer>, count: Value<Integer>, result: Value<Integer>): void;
  /** Exactly the given flags; the others keep their values. */
  set(flags: FlagValues): void;
}

export type Float = Value<'f32' | 'f64'>;

/**
 * Offered by an emitter that vouches for MXCSR: rounding is to nearest and "inexact" is masked. Bodies then compute natively, and leave
 * whatever could raise an exception but "inexact" (denormals, infinities, NaNs) to the exact path. See isa/sse-scalar.ts.
 */
export interface NativeFloats {
  /** "Inexact" is on record already, and vouched for: rounding is no news. */
  readonly inexactRecorded: boolean;
  /** Nobody looks at exceptions, and nothing is flushed: operators are all that is needed. */
  readonly unobserved: boolean;
  /** Known to be a normal number or zero. */
  isOrdinary(value: Float): boolean;
  /** Notes that a value, and the register it was read from, is a normal number or zero from here on. */
  noteOrdinary(value: Float, operand?: Operand): void;
  /** Leaves this instruction, of which nothing has happened yet, to the exact path. */
  leave(): void;
  /** Puts "inexact" on record. */
  recordInexact(): void;
  /** CF, ZF and PF of a comparison; OF, SF and AF are 0. */
  compare(a: Float, b: Float): void;
}

/** A number of the x87: its significand, and its sign and exponent (float/extended-format.ts). */
export type X87Number = readonly [significand: Value<'i64'>, signExponent: Value<'i32'>];

/**
 * Offered by an emitter that keeps the x87 registers and the status word itself, and vouches for the control word: all exceptions are
 * masked, none is pending, results have 64 bits. Registers are ST(index); a body reads all it wants before it writes any.
 */
export interface X87Stack {
  /** Leaves the instruction's address and opcode behind, and the address of its operand in memory. */
  note(data?: Value<'i64'>): void;
  /** Where the register is empty, this instruction, of which nothing has happened yet, is left to the exact path. */
  read(index: number): X87Number;
  /** As read, where there is nothing left to push upon. */
  requireRoom(): void;
  write(index: number, value: X87Number): void;
  push(value: X87Number): void;
  pop(): void;
  /** Puts exceptions, and C1 (float/exception-flags.ts ROUNDED_UP), on record. */
  finish(exceptions: Value<'i32'>, keepsC1?: boolean): void;
  /** Replaces the condition codes in `mask`. */
  setConditions(bits: Value<'i32'>, mask: number): void;
  /** The status word. */
  status(): Value<'i32'>;
  /** Rounding control: a constant where it is known to be to nearest. */
  rounding(): Value<'i32'>;
  /** FLDCW. */
  loadControl(control: Value<'i32'>): void;
}

/** Guest memory for whoever does a repeated instruction at once, or leaves it to the interpreter. */
export interface BulkMemory {
  /** Bytes that one instruction may move. */
  readonly most: number;
  /** Where `bytes`, from 1 to `most`, can all be accessed, in linear memory; where they can't, the interpreter runs this instruction. */
  locate(address: Value<'i64'>, bytes: Value<'i32'>, writes: boolean): Value<'i32'>;
  /** The interpreter runs this instruction, nothing of which may have happened yet. */
  leaveIf(condition: Value<'i32'>): void;
  /** Counts units of work against the budget. */
  charge(units: Value<'i32'>): void;
}

export interface Emitter {
  /** Absent where a body must work on the stack in memory. Bodies of rows that are marked `onX87Stack` know both. */
  readonly x87?: X87Stack | undefined;
  /** Absent where a body must look at MXCSR and the operands by itself. */
  readonly floats?: NativeFloats | undefined;
  /** Absent where a repeated instruction goes on in pieces, of a page at most. */
  readonly bulk?: BulkMemory | undefined;
  /** The function being written, for what has no method here. */
  readonly code: CodeWriter;
  readonly flags: FlagProducers;
  /** Vector operands in memory need no alignment: set by VEX forms (isa/vex-forms.ts). */
  readonly toleratesMisalignment?: boolean;
  /** Floating-point exceptions are begun and finished around several runs of a body. */
  readonly joinsExceptions?: boolean;

  // Structured statements (see code-writer.ts)
  let<T extends ValueType>(value: Value<T>): Local<T>;
  local<T extends ValueType>(type: T): Local<T>;
  set<T extends ValueType>(local: Local<T>, value: Value<T>): void;
  if(condition: Value<'i32'>, whenTrue: () => void, whenFalse?: () => void): void;
  block(body: (leave: Label) => void): void;
  loop(body: (again: Label) => void): void;
  branchIf(label: Label, condition: Value<'i32'>): void;
  goto(label: Label): void;
  /** Calls a helper for effect or for several results; a single result is `call(…)` of expression.ts. */
  call<P extends readonly ValueType[], R extends readonly ValueType[]>(
    callee: FunctionDefinition<P, R>,
    ...operands: ValuesOf<P>
  ): { [K in keyof R]: Local<R[K]> };

  // Operands
  /** An integer operand at its size; immediates are sign-extended as their notation says. May fault. */
  read(operand: Operand): Value<Integer>;
  /** The low bytes of a register, or memory of that type's width. May fault. */
  readAs<T extends ValueType>(operand: Operand, type: T): Value<T>;
  /** Writes an integer operand; a 32-bit register write clears the upper half. May fault for a `=` memory operand. */
  write(operand: Operand, value: Value<Integer>): void;
  /** Writes as many bytes as the type has, at the low end of a vector register (the rest stays) or to memory. */
  writeAs(operand: Operand, value: Value): void;
  /** The upper 128 bits of a YMM register. */
  readUpper(operand: Operand): Value<'v128'>;
  writeUpper(operand: Operand, value: Value<'v128'>): void;
  /** The upper halves of all YMM registers become zero. */
  zeroUpperHalves(): void;
  /** The vector register that indexes a memory operand: its low or upper half. */
  vectorIndex(half: 0 | 1): Value<'v128'>;
  /** That register's number, comparable with `registerNumber`. */
  vectorIndexNumber(): Value<'i32'>;
  /** How far the indices are shifted. */
  vectorScale(): Value<'i32'>;
  /**
   * The linear address of a memory operand, segment base included.
   * @param size bits accessed there, where the operand does not tell; `elements` where each is looked at by `requireElement`
   */
  address(operand: Operand, size?: number | 'elements'): Value<'i64'>;
  /** Before an access to `size` bits, `offset` bytes into an operand whose address was had for `elements`. */
  requireElement(operand: Operand, offset: number, size: number): void;
  /** As address, `displacement` further on, within the address size (BT with a register offset); `elementSize` bits are accessed. */
  addressPlus(operand: Operand, displacement: Value<'i64'>, elementSize: number): Value<'i64'>;
  /** As address, with RSP taken as already moved up by `bytes` (POP to memory; SDM Vol. 2 POP). */
  addressAfterPop(operand: Operand, bytes: number): Value<'i64'>;
  /** The mask of the address size: what implicit index and count registers are cut to under the 67 prefix. */
  addressMask(): Value<'i64'>;
  /** The linear address of an implicit operand of `size` bits in the segment that prefixes choose. */
  sourceAddress(effective: Value<'i64'>, size: number): Value<'i64'>;
  /** The base of that segment. */
  segmentBase(): Value<'i64'>;
  /** The effective address without segment base (LEA). */
  effectiveAddress(operand: Operand): Value<'i64'>;

  // Registers by number
  register(number: number, size: Size): Value<Integer>;
  register64(number: number): Value<'i64'>;
  writeRegister(number: number, size: Size, value: Value<Integer>): void;
  /** Whether what follows is known to give a register another value, and not to look at the one that this instruction gives it. */
  isRenewed(number: number): boolean;
  /** An operand shifted down by `count` where that is a quotient, of something by a constant, that can be had for less. */
  quotient(operand: Operand, signed: boolean, count: Value<Integer>): Value<'i64'> | undefined;
  /** The register of a `cr`, `dr`, `sreg` or `st(i)` operand: its number, as encoded; of others, what tells them apart. */
  registerNumber(operand: Operand): Value<'i32'>;

  // Guest memory
  /** Reads guest memory; i32 for up to 32 bits (zero-extended), i64 for 64. May fault. */
  load(size: Size, address: Value<'i64'>): Value<Integer>;
  loadAs<T extends ValueType>(type: T, address: Value<'i64'>): Value<T>;
  store(size: Size, address: Value<'i64'>, value: Value<Integer>): void;
  storeAs(address: Value<'i64'>, value: Value): void;
  modify(size: Size, address: Value<'i64'>): ModifiableLocation<Integer>;
  /**
   * A linear-memory address where `bytes` guest bytes may be read now (they may be a copy). For operands wider than
   * any value type: m80, m512 … May fault.
   */
  readWindow(address: Value<'i64'>, bytes: number): Value<'i32'>;
  /** A linear-memory address to write `bytes` guest bytes at; `commit` must follow the last write. May fault. */
  writeWindow(address: Value<'i64'>, bytes: number, throughStack?: boolean): Window;
  /** As writeWindow, with the present bytes there to read. */
  modifyWindow(address: Value<'i64'>, bytes: number): Window;
  /**
   * Where `bytes` (a run-time count) can be read within one page of RAM, or 0 when they cannot be had at once. Never
   * faults: the caller then goes element by element.
   */
  readWindowOf(address: Value<'i64'>, bytes: Value<'i32'>): Value<'i32'>;
  writeWindowOf(address: Value<'i64'>, bytes: Value<'i32'>): Value<'i32'>;
  push(size: 16 | 64, value: Value<Integer>): void;
  /** As load, with #SS for an address that is not canonical. */
  loadThroughStack(size: 16 | 64, address: Value<'i64'>): Value<Integer>;
  /** Reads the top of the stack without moving RSP. */
  top(size: 16 | 64): Value<Integer>;

  // Flags
  condition(code: ConditionCode): Value<'i32'>;
  flag(name: FlagName): Value<'i32'>;
  /** RFLAGS in full. */
  readRflags(): Value<'i64'>;
  /** Replaces RFLAGS. */
  writeRflags(value: Value<'i64'>): void;

  // CPU state at a constant address (state/frame-layout.ts, state/cpu-state.ts)
  readState<T extends ValueType>(type: T, address: number): Value<T>;
  writeState(address: number, value: Value): void;

  // Control
  nextRip(): Value<'i64'>;
  /** RIP of this instruction. */
  rip(): Value<'i64'>;
  /** What the x87 notes of this instruction. */
  x87Opcode(): Value<'i32'>;
  /** To a relative target; ends the body. */
  jumpRelative(target: Operand): void;
  branch(condition: Value<'i32'>, target: Operand): void;
  /** To an absolute address, which is canonical; ends the body. */
  jump(target: Value<'i64'>): void;
  /**
   * To an absolute address, or #GP at this instruction where that is not canonical; ends the body.
   * @param release writes what comes before the jump, but only where there is one: of RSP, and of nothing else
   */
  jumpIfCanonical(target: Value<'i64'>, release?: () => void): void;
  /** Raises an exception at this instruction; ends this path of the body. */
  raise(vector: number, errorCode?: Value<'i32'>): void;
  raiseIf(condition: Value<'i32'>, vector: number, errorCode?: Value<'i32'>): void;
  /** #GP(0) unless CPL is 0. */
  requirePrivilege(): void;
  /** The host completes the instruction (interpreter/exit.ts); operands, 0 unless given, are in exitOperand and exitOperand2. */
  host(exit: number, first?: Value<Integer>, second?: Value<Integer>): void;
  /** Runs this same instruction again, as if just reached: interrupts and budget are looked at in between. */
  again(): void;
  /** Counts units of work of a repeated instruction against the budget: true when it should give way. */
  spend(units: Value<'i32'>): Value<'i32'>;
}
