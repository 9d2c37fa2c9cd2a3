// Guest registers as locals of a region: loaded where it is entered, stored where it is left.
//
//   general   i64
//   vector    v128
//   scalar    a vector register that is used as a float (vector-kinds.ts): its low lane as f64 or f32. The rest stays in memory, where
//             it is hardly ever looked for; it would be a variable in every loop
//
// A local is made when the region first mentions its register; what must be loaded and stored is known when the last
// block is written, so entry and exit code are written last. In a lazy region (region-state.ts) there is neither, but for RSP, which changes all the
// time: loading what had just been stored of it took a tenth of the time in regions (docs/decisions/0037).

import { FRAME, GPR, XMM_STRIDE_BYTES } from '../state/frame-layout.ts';
import { toI32 } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { constantOf, i32, i64, type Local, load, op, type Value, v128 } from '../wasm/expression.ts';
import { lowLane, withLowLane } from '../wasm/low-lane.ts';
import type { ValueType } from '../wasm/operators.ts';
import type { VectorKind } from './vector-kinds.ts';

/** The number under which the upper half of a YMM register is kept: a register of its own beside the XMM. */
export const upperHalf = (number: number): number => number + 16;

const vectorAddress = (number: number): number => FRAME.xmm + (number & 15) * XMM_STRIDE_BYTES + (number >> 4) * 16;

type Scalar = 'f32' | 'f64';

/** Registers as bits. */
export interface RegisterKnowledge {
  readonly ordinary: number;
  readonly zeroRest: number;
  /** General registers that hold no more than a byte, and no more than a word. */
  readonly bytes: number;
  readonly words: number;
  /** By number: the constant that a general register holds. */
  readonly constants: Constants;
}

/** Where registers are that are loaded where they are first used: bits, by general register, vector, low lane. */
export interface Presence {
  /** Those whose locals hold them. */
  readonly here: readonly [general: number, vector: number, low: number];
  /** Those of them that memory has yet to get. */
  readonly due: readonly [general: number, vector: number, low: number];
}
const NONE = [0, 0, 0] as const;
export const NOTHING_PRESENT: Presence = { here: NONE, due: NONE };
const [GENERAL, VECTOR, LOW] = [0, 1, 2] as const;
type Sort = typeof GENERAL | typeof VECTOR | typeof LOW;

export type Constants = readonly (bigint | undefined)[];
const NO_CONSTANTS: Constants = [];
export const NOTHING_KNOWN: RegisterKnowledge = {
  ordinary: 0,
  zeroRest: 0,
  bytes: 0,
  words: 0,
  constants: NO_CONSTANTS,
};

/** What is known where one of two ways has been taken. */
export const knownOnBoth = (one: RegisterKnowledge, other: RegisterKnowledge): RegisterKnowledge => ({
  ordinary: one.ordinary & other.ordinary,
  zeroRest: one.zeroRest & other.zeroRest,
  bytes: one.bytes & other.bytes,
  words: one.words & other.words,
  constants:
    one.constants === other.constants
      ? one.constants
      : one.constants.map((constant, number) => (other.constants[number] === constant ? constant : undefined)),
});

function ordinaryBit(number: number, type: ValueType): number {
  if (number > 15 || (type !== 'f64' && type !== 'f32')) return 0;
  return 1 << (type === 'f64' ? number : number + 16);
}

const ZERO = v128(new Uint8Array(16));
const isZeroVector = ({ node }: Value<'v128'>): boolean =>
  node.kind === 'constant' && (node.value as Uint8Array).every((byte) => byte === 0);

/** A vector put together from a low lane and the rest, as its parts; undefined for any other value. */
export function partsOf(value: Value<'v128'>): readonly [low: Value, rest: Value<'v128'>] | undefined {
  const { node } = value;
  if (node.kind !== 'lane' || node.lane !== 0 || !node.operator.name.endsWith('.replace_lane')) return undefined;
  const [rest, low] = node.operands as [Value<'v128'>, Value];
  return [low, rest];
}

export class RegisterLocals {
  readonly #code: CodeWriter;
  readonly #kinds: readonly VectorKind[];
  readonly #general: (Local<'i64'> | undefined)[] = [];
  readonly #vector: (Local<'v128'> | undefined)[] = [];
  readonly #low: (Local<Scalar> | undefined)[] = [];
  #changedGeneral = 0;
  #changedVector = 0;
  #changedLow = 0;
  /** Scalar registers, as bits, the rest of which is known to be zero in memory. */
  #zeroRest = 0;
  /** Vector registers, as bits, whose low lane is known to be a normal number or zero as f64; from bit 16 on, as f32. */
  #ordinary = 0;
  /** General registers, as bits, that are known to hold no more than 8 bits, … */
  #bytes = 0;
  /** … and 16. */
  #words = 0;
  #constants: Constants = NO_CONSTANTS;
  /** How often general registers have been written to by the code so far. */
  readonly #writes = new Uint32Array(16);

  /** Those of them for which that is taken to be so from the region's entry on, and to stay so. */
  readonly #alwaysZeroRest: number;
  #filledRest = false;
  readonly #isLazy: boolean;
  readonly #here: [number, number, number] = [0, 0, 0];
  readonly #due: [number, number, number] = [0, 0, 0];
  #conditionalDepth = 0;

  /**
   * @param zeroRests registers, as bits, the rest of which is zero at the region's entry, and which no instruction should change
   * @param isLazy registers are loaded where they are first used, and stored as `storeDue` says
   */
  constructor(code: CodeWriter, kinds: readonly VectorKind[] = [], zeroRests = 0, isLazy = false) {
    this.#isLazy = isLazy;
    this.#code = code;
    this.#kinds = kinds;
    this.#alwaysZeroRest = zeroRests;
    this.#zeroRest = zeroRests;
  }

  /** The variable that has RSP wherever the region is entered or left, whatever is known of its value. */
  get stackPointer(): Local<'i64'> {
    return this.#whole64(GPR.rsp);
  }

  read(number: number): Value<'i64'> {
    const constant = this.#constants[number];
    if (constant !== undefined) return i64(constant);
    const local = this.#whole64(number);
    this.#fetch(GENERAL, number, local);
    return local;
  }

  // ---- loaded where they are first used

  /** Whether a register is loaded and stored where it is used. */
  #comesAndGoes(sort: Sort, number: number): boolean {
    return this.#isLazy && !(sort === GENERAL && number === GPR.rsp);
  }

  #fetch(sort: Sort, number: number, local: Local): void {
    if (!this.#comesAndGoes(sort, number) || (this.#here[sort] >> number) & 1) return;
    this.#code.set(local, loadOf(sort, number, local));
    this.#here[sort] |= 1 << number;
  }

  /** A local has got another value. */
  #changed(sort: Sort, number: number, local: Local): void {
    if (!this.#comesAndGoes(sort, number)) return;
    this.#here[sort] |= 1 << number;
    if (this.#conditionalDepth === 0) this.#due[sort] |= 1 << number;
    else storeTo(this.#code, sort, number, local);
  }

  /** Stores what memory has yet to get: where control may come together with other ways, or leaves. */
  storeDue(): void {
    for (const sort of [GENERAL, VECTOR, LOW] as const) {
      const locals: readonly (Local | undefined)[] = [this.#general, this.#vector, this.#low][sort]!;
      for (const [number, local] of locals.entries()) {
        if (local && (this.#due[sort] >> number) & 1) storeTo(this.#code, sort, number, local);
      }
    }
  }

  /** `storeDue`, once for all code behind this. */
  catchUp(): void {
    this.storeDue();
    this.#due.fill(0);
  }

  get presence(): Presence {
    return { here: [...this.#here], due: [...this.#due] };
  }
  set presence({ here, due }: Presence) {
    for (const sort of [GENERAL, VECTOR, LOW] as const) {
      this.#here[sort] = here[sort];
      this.#due[sort] = due[sort];
    }
  }

  /** Runs `body`, which writes code that may not run: nothing is due ahead of it, nor is behind it. */
  conditionally(body: () => void): void {
    const { here } = this.presence;
    this.#conditionalDepth++;
    body();
    this.#conditionalDepth--;
    // What was loaded there may not have been.
    if (this.#isLazy) this.presence = { here, due: NONE };
  }

  #whole64(number: number): Local<'i64'> {
    this.#general[number] ??= this.#code.local('i64');
    return this.#general[number];
  }

  /** @param width no bit of the value beyond so many is set */
  write(number: number, value: Value<'i64'>, width = 64): void {
    const bit = 1 << number;
    this.#changedGeneral |= bit;
    this.#bytes = width <= 8 ? this.#bytes | bit : this.#bytes & ~bit;
    this.#words = width <= 16 ? this.#words | bit : this.#words & ~bit;
    const local = this.#whole64(number);
    this.#code.set(local, value);
    this.#writes[number]!++;
    this.#changed(GENERAL, number, local);
    this.#noteConstant(number, constantOf(value));
  }

  #noteConstant(number: number, constant: bigint | undefined): void {
    if (this.#constants[number] === constant) return;
    const constants = [...this.#constants];
    constants[number] = constant;
    this.#constants = constants;
  }

  writes(number: number): number {
    return this.#writes[number]!;
  }

  /** How many bits of a register may be set at this place of the code. */
  width(number: number): number {
    if ((this.#bytes >> number) & 1) return 8;
    return (this.#words >> number) & 1 ? 16 : 64;
  }

  /** The type of the local that a register's low lane has to itself. */
  scalarOf(number: number): Scalar | undefined {
    const kind = this.#kinds[number];
    if (kind === 'double') return 'f64';
    return kind === 'single' ? 'f32' : undefined;
  }

  #whole(number: number): Local<'v128'> {
    this.#vector[number] ??= this.#code.local('v128');
    return this.#vector[number];
  }

  #lowLane(number: number, type: Scalar): Local<Scalar> {
    this.#low[number] ??= this.#code.local(type);
    return this.#low[number];
  }

  /** As it is now: bind it, or its parts, before anything is written. */
  readVector(number: number): Value<'v128'> {
    const scalar = this.scalarOf(number);
    if (scalar === undefined) return this.#wholeNow(number);
    const rest = (this.#zeroRest >> number) & 1 ? ZERO : restOf(number, scalar);
    return withLowLane(rest, this.#lowLaneNow(number, scalar));
  }

  #wholeNow(number: number): Local<'v128'> {
    const local = this.#whole(number);
    this.#fetch(VECTOR, number, local);
    return local;
  }

  #lowLaneNow(number: number, type: Scalar): Local<Scalar> {
    const local = this.#lowLane(number, type);
    this.#fetch(LOW, number, local);
    return local;
  }

  writeVector(number: number, value: Value<'v128'>): void {
    this.#ordinary &= ~(0x1_0001 << number);
    const code = this.#code;
    const scalar = this.scalarOf(number);
    if (scalar === undefined) {
      this.#changedVector |= 1 << number;
      const whole = this.#whole(number);
      code.set(whole, value);
      this.#changed(VECTOR, number, whole);
      return;
    }
    this.#changedLow |= 1 << number;
    const low = this.#lowLane(number, scalar);
    const [part, rest] = partsOf(value) ?? [];
    // Zero is zero however wide the lane is that it came in.
    const isZero = part && constantOf(part) === 0n && isZeroVector(rest!);
    const asScalar = part && converted(isZero ? (scalar === 'f64' ? i64(0) : i32(0)) : part, scalar);
    if (asScalar) {
      code.set(low, asScalar);
      this.#writeRest(number, rest!);
    } else {
      const whole = code.let(value);
      code.set(low, lowLane(whole, scalar));
      this.#writeRest(number, whole);
    }
    // The rest is stored with whatever is beside it.
    this.#changed(LOW, number, low);
  }

  #writeRest(number: number, rest: Value<'v128'>): void {
    const isZero = isZeroVector(rest);
    if (isZero && (this.#zeroRest >> number) & 1) return;
    if ((this.#alwaysZeroRest >> number) & 1) this.#filledRest = true;
    const address = vectorAddress(number);
    if (isRestAt(rest, address)) return;
    const from = rest.node.kind === 'load' && typeof rest.node.offset === 'number' ? rest.node : undefined;
    if (this.scalarOf(number) === 'f64' && (isZero || from)) {
      const upper = from ? upperHalfAt(from) : i64(0);
      this.#code.store('i64.store', i32(0), upper, address + 8);
    } else this.#code.store('v128.store', i32(0), rest, address);
    if (isZero) this.#zeroRest |= 1 << number;
    else this.#zeroRest &= ~(1 << number);
  }

  /** Whether an instruction since this was last asked has changed a rest that was taken to stay zero: then the region must be left. */
  takeFilledRest(): boolean {
    const filled = this.#filledRest;
    this.#filledRest = false;
    return filled;
  }

  /** Whether the low lane, taken as such a float, is known to be a normal number or zero at this place of the code. */
  isOrdinary(number: number, type: ValueType): boolean {
    return (this.#ordinary & ordinaryBit(number, type)) !== 0;
  }

  noteOrdinary(number: number, type: ValueType): void {
    this.#ordinary |= ordinaryBit(number, type);
  }

  /** What is known of registers at this place of the code, to be kept across code that is written out of line. */
  get knowledge(): RegisterKnowledge {
    return {
      ordinary: this.#ordinary,
      zeroRest: this.#zeroRest,
      bytes: this.#bytes,
      words: this.#words,
      constants: this.#constants,
    };
  }
  set knowledge({ ordinary, zeroRest, bytes, words, constants }: RegisterKnowledge) {
    this.#ordinary = ordinary;
    this.#zeroRest = zeroRest | this.#alwaysZeroRest;
    this.#bytes = bytes;
    this.#words = words;
    this.#constants = constants;
  }

  readLow<T extends ValueType>(number: number, type: T): Value<T> {
    const scalar = this.scalarOf(number);
    const low = scalar && type !== 'v128' && convertedTo(this.#lowLaneNow(number, scalar), type);
    return (low || lowLane(this.readVector(number), type)) as Value<T>;
  }

  /** Changes the low lane and leaves the rest. */
  writeLow(number: number, value: Value): void {
    const scalar = this.scalarOf(number);
    const asScalar = scalar && converted(value, scalar);
    if (!asScalar) {
      this.writeVector(number, withLowLane(this.readVector(number), value));
      return;
    }
    this.#changedLow |= 1 << number;
    this.#ordinary &= ~(0x1_0001 << number);
    const low = this.#lowLane(number, scalar!);
    this.#code.set(low, asScalar);
    this.#changed(LOW, number, low);
  }

  /** Entry: every register that the region mentions. */
  load(code: CodeWriter): void {
    this.#general.forEach((local, number) => {
      if (local && !this.#comesAndGoes(GENERAL, number)) code.set(local, loadOf(GENERAL, number, local));
    });
    if (this.#isLazy) return;
    this.#vector.forEach((local, number) => {
      if (local) code.set(local, load('v128.load', i32(0), vectorAddress(number)));
    });
    this.#low.forEach((local, number) => {
      if (local) code.set(local, load(`${local.type}.load`, i32(0), vectorAddress(number)));
    });
  }

  /** Exit: every register that the region may have changed. */
  store(code: CodeWriter): void {
    this.#general.forEach((local, number) => {
      if (!local || this.#comesAndGoes(GENERAL, number)) return;
      if ((this.#changedGeneral >> number) & 1) storeTo(code, GENERAL, number, local);
    });
    if (this.#isLazy) return;
    this.#vector.forEach((local, number) => {
      if (local && (this.#changedVector >> number) & 1) code.store('v128.store', i32(0), local, vectorAddress(number));
    });
    this.#low.forEach((local, number) => {
      if (local && (this.#changedLow >> number) & 1) {
        code.store(`${local.type}.store`, i32(0), local, vectorAddress(number));
      }
    });
  }
}

const addressOf = (sort: Sort, number: number): number =>
  sort === GENERAL ? FRAME.gpr + number * 8 : vectorAddress(number);

const loadOf = (sort: Sort, number: number, { type }: Local): Value =>
  load(`${type}.load` as 'i64.load', i32(0), addressOf(sort, number));

function storeTo(code: CodeWriter, sort: Sort, number: number, local: Local): void {
  code.store(`${local.type}.store` as 'i64.store', i32(0), local, addressOf(sort, number));
}

/** What is beside a low lane, in its place. Of a double half is written and read as half: the processor forwards that, but not half of it to the whole. */
const restOf = (number: number, scalar: Scalar): Value<'v128'> =>
  scalar === 'f64'
    ? load('v128.load64_splat', i32(0), vectorAddress(number) + 8)
    : load('v128.load', i32(0), vectorAddress(number));

const isRestAt = ({ node }: Value<'v128'>, address: number): boolean =>
  node.kind === 'load' &&
  constantOf(node.address) === 0n &&
  node.offset === address + (node.operator.name === 'v128.load64_splat' ? 8 : 0);

type LoadNode = Extract<Value['node'], { readonly kind: 'load' }>;

function upperHalfAt({ operator, address, offset }: LoadNode): Value<'i64'> {
  const isHalf = operator.name === 'v128.load64_splat';
  return load('i64.load', address, (offset as number) + (isHalf ? 0 : 8));
}

/** The same bits as a float, when they are as wide. */
function converted(value: Value, to: Scalar): Value<Scalar> | undefined {
  if (value.type === to) return value as Value<Scalar>;
  if (to === 'f64' && value.type === 'i64') return op('f64.reinterpret_i64', value as Value<'i64'>);
  if (to === 'f32' && value.type === 'i32') return op('f32.reinterpret_i32', value as Value<'i32'>);
  return undefined;
}

/** The bits of a float, or its low ones, as another type; undefined when it is not wide enough, or floats differ. */
function convertedTo(value: Value<Scalar>, type: ValueType): Value | undefined {
  if (value.type === type) return value;
  if (value.type === 'f64' && (type === 'i64' || type === 'i32')) {
    const bits = op('i64.reinterpret_f64', value as Value<'f64'>);
    return type === 'i64' ? bits : toI32(bits);
  }
  if (value.type === 'f32' && type === 'i32') return op('i32.reinterpret_f32', value as Value<'f32'>);
  return undefined;
}
