// The VEX-encoded forms of SSE instructions, made out of the SSE rows: three operands, both halves of a YMM register, and
// nothing that the instruction does said a second time (SDM Vol. 2 §2.3, Vol. 1 §14.1).
//
// An SSE body reads its destination as the first source and writes the result there. A VEX form runs that same body before a
// view of the emitter in which reading the destination is reading the first source, and what is written is kept until
// everything that may fault has happened; for 256 bits it runs once for each half. The halves' floating-point exceptions are joined:
// they are one instruction.

import { SIMD_FLAGS } from '../float/simd-control.ts';
import { and, ne, shrU, toI32 } from '../wasm/arithmetic.ts';
import { i32, lane, load, op, shuffle, type Value } from '../wasm/expression.ts';
import { lowLane, withLowLane } from '../wasm/low-lane.ts';
import type { ValueType } from '../wasm/operators.ts';
import type { Emitter, Operand } from './emitter.ts';
import type { Body } from './row.ts';
import { beginExact, finishExact } from './sse-native.ts';
import { VECTOR_GP, type Vector, ZERO } from './sse-vector.ts';

type Half = 0 | 1;

/** How the 256-bit form of a body is put together from two runs. */
export type Policy =
  /** Each half of the result comes from the same halves of the sources. */
  | 'halves'
  /** Each half of the result comes from one half of a 128-bit (or narrower) source. */
  | 'widening'
  /** Each half of a 128-bit result comes from one half of the source. */
  | 'narrowing';

export interface VexOptions {
  /** Which operand the body's destination is read as. */
  readonly first: 'vvvv' | 'rm' | 'none';
  readonly width: 128 | 256;
  readonly policy?: Policy;
  /** #GP(0) for a memory operand that is not aligned to its size. */
  readonly aligned?: boolean;
  /** Whether it may raise floating-point exceptions. */
  readonly raises?: boolean;
  /** How far the constant is shifted for the upper half. */
  readonly constantShift?: number;
}

const isVectorRegister = (operand: Operand): boolean => operand.spec.registerClass === 'xmm' && !operand.isMemory;

/** A view of an emitter: what `changes` names is theirs, all else the emitter's own. */
function viewOf(e: Emitter, changes: Partial<Emitter>): Emitter {
  return new Proxy(e, {
    get(target, name) {
      const changed = (changes as Record<string | symbol, unknown>)[name];
      if (changed !== undefined) return changed;
      const own = Reflect.get(target, name, target) as unknown;
      return typeof own === 'function' ? own.bind(target) : own;
    },
  });
}

export const readHalf = (e: Emitter, operand: Operand, half: Half): Vector =>
  half === 0 ? e.readAs(operand, 'v128') : e.readUpper(operand);

/** Both halves of a 256-bit operand; memory is checked as one access. */
export function readHalves(e: Emitter, operand: Operand): [low: Vector, high: Vector] {
  if (!operand.isMemory) return [e.let(e.readAs(operand, 'v128')), e.let(e.readUpper(operand))];
  const window = e.let(e.readWindow(e.address(operand), 32));
  return [e.let(load('v128.load', window)), e.let(load('v128.load', window, 16))];
}

/** Both halves of a register or 32 bytes of memory. */
export function writeHalves(e: Emitter, operand: Operand, low: Vector, high: Vector): void {
  if (!operand.isMemory) {
    e.writeAs(operand, low);
    e.writeUpper(operand, high);
    return;
  }
  const window = e.writeWindow(e.address(operand), 32);
  e.code.store('v128.store', window.address, low);
  e.code.store('v128.store', window.address, high, 16);
  window.commit();
}

/** The result of a 128-bit VEX instruction: the upper half of its register becomes zero. */
export function writeWhole(e: Emitter, operand: Operand, value: Vector): void {
  e.writeAs(operand, value);
  if (!operand.isMemory) e.writeUpper(operand, ZERO);
}

export function requireAlignedTo(e: Emitter, operand: Operand, bytes: number): void {
  if (operand.isMemory) e.raiseIf(ne(and(toI32(e.address(operand)), i32(bytes - 1)), i32(0)), VECTOR_GP, i32(0));
}

/** One exception record for several runs of a body; none where nobody looks. */
export function joinExceptions(e: Emitter, run: () => void): void {
  if (e.floats?.unobserved) {
    run();
    return;
  }
  beginExact(e);
  run();
  e.if(load('i32.load', i32(0), SIMD_FLAGS), () => finishExact(e));
}

/** `bytes` bytes further up within a register, for the half of a widening source. */
const movedDown = (vector: Vector, bytes: number): Vector =>
  shuffle(
    vector,
    ZERO,
    Array.from({ length: 16 }, (_, index) => Math.min(index + bytes, 16)),
  );

/** The VEX form of an SSE body whose operands are [destination, first source as `first` says, the body's others]. */
export function vexBody(
  body: Body,
  { first, width, policy = 'halves', aligned, raises, constantShift = 0 }: VexOptions,
): Body {
  return (e, ...operands) => {
    const [destination] = operands as [Operand, ...Operand[]];
    const source = first === 'none' ? undefined : operands[1]!;
    const isResult = destination.spec.access !== 'read';
    if (aligned) for (const operand of operands) requireAlignedTo(e, operand, width / 8);

    // Memory that more than one run looks at is read once, as one access, and then looks like a register.
    const inMemory = new Map<Operand, readonly [Vector, Vector]>();
    const others = operands.slice(source ? 2 : 1).map((operand) => {
      const isShared = operand.size === 256 || (policy === 'widening' && operand.spec.registerClass === 'xmm');
      if (width === 128 || !operand.isMemory || !isShared) return operand;
      const register: Operand = { spec: operand.spec, size: operand.size, isMemory: false };
      inMemory.set(register, operand.size === 256 ? readHalves(e, operand) : readWidened(e, operand));
      return register;
    });
    const vectorOf = (operand: Operand, half: Half): Vector => {
      const read = inMemory.get(operand);
      if (read) return read[half];
      if (operand.size === 256) return readHalf(e, operand, half);
      const vector = e.readAs(operand, 'v128');
      return half === 1 && policy === 'widening' ? movedDown(e.let(vector), unitBytes(operand)) : vector;
    };

    const isRegister = isVectorRegister(destination);
    const run = (half: Half): Vector => {
      const before = source && half === 0 && isRegister ? e.readAs(source, 'v128') : ZERO;
      const result = e.let(before);
      // Of 128 bits, a single write that always happens: what it leaves alone need not be put together first.
      let written: Value | undefined;
      let depth = 0;
      const settle = (): void => {
        if (written === undefined) return;
        if (depth > 0) throw new Error('a body writes its destination, and then perhaps once more');
        e.set(result, withLowLane(result, written));
        written = undefined;
      };
      let writes = 0;
      const view: Partial<Emitter> = {
        toleratesMisalignment: true,
        joinsExceptions: width === 256,
        if(...branches: Parameters<Emitter['if']>): void {
          depth++;
          e.if(...branches);
          depth--;
        },
        block(inside: Parameters<Emitter['block']>[0]): void {
          depth++;
          e.block(inside);
          depth--;
        },
        readAs<T extends ValueType>(operand: Operand, type: T): Value<T> {
          if (operand === destination && source) return lowLane(vectorOf(source, half), type);
          return inMemory.has(operand) || isVectorRegister(operand)
            ? lowLane(vectorOf(operand, half), type)
            : e.readAs(operand, type);
        },
        writeAs(operand: Operand, value: Value): void {
          if (operand !== destination || (operand.isMemory && width === 128)) {
            e.writeAs(operand, value);
            return;
          }
          settle();
          if (width === 128 && isRegister && depth === 0 && writes++ === 0) written = value;
          else e.set(result, withLowLane(result, value));
        },
        read(operand: Operand) {
          const value = e.read(operand);
          const isConstant = operand.spec.field === 'immediate';
          return half === 1 && isConstant && constantShift > 0 ? e.let(shrU(toI32(value), i32(constantShift))) : value;
        },
      };
      body(viewOf(e, view), destination, ...others);
      return written ? withLowLane(before, written) : result;
    };

    if (width === 128) {
      const result = run(0);
      if (isResult && isRegister) writeWhole(e, destination, result);
      return;
    }
    const results: [Vector?, Vector?] = [];
    const runBoth = (): void => {
      results[0] = run(0);
      results[1] = run(1);
    };
    if (raises) joinExceptions(e, runBoth);
    else runBoth();
    const [low, high] = results as [Vector, Vector];
    if (policy === 'narrowing') {
      writeWhole(e, destination, lane('i64x2.replace_lane', 1, low, lane('i64x2.extract_lane', 0, high)));
    } else writeHalves(e, destination, low, high);
  };
}

/** The two parts of a widening source in memory, each at the low end of a vector. */
function readWidened(e: Emitter, operand: Operand): [Vector, Vector] {
  const bytes = unitBytes(operand);
  const window = e.let(e.readWindow(e.address(operand), bytes * 2));
  const part = (at: number): Vector => {
    if (bytes === 8) return op('i64x2.splat', load('i64.load', window, at));
    return op('i32x4.splat', load(bytes === 4 ? 'i32.load' : 'i32.load16_u', window, at));
  };
  return [e.let(part(0)), e.let(part(bytes))];
}

/** Bytes of a widening source that one half of the result comes from. */
const unitBytes = (operand: Operand): number => (operand.spec.memorySize ?? 128) / 16;

/** A lane-by-lane operation on whole registers. */
export const vexOperation =
  (width: 128 | 256, operation: (a: Vector, b: Vector, e: Emitter) => Vector): Body =>
  (e, destination, first, second) => {
    if (width === 128) {
      const b = e.let(e.readAs(second!, 'v128'));
      writeWhole(e, destination!, operation(e.let(e.readAs(first!, 'v128')), b, e));
      return;
    }
    const [bLow, bHigh] = readHalves(e, second!);
    const [aLow, aHigh] = readHalves(e, first!);
    const low = e.let(operation(aLow, bLow, e));
    writeHalves(e, destination!, low, operation(aHigh, bHigh, e));
  };

/** A lane-by-lane operation on one source. */
export const vexUnary =
  (width: 128 | 256, operation: (a: Vector, e: Emitter, constant: Operand) => Vector): Body =>
  (e, destination, source, constant) => {
    if (width === 128) {
      writeWhole(e, destination!, operation(e.let(e.readAs(source!, 'v128')), e, constant!));
      return;
    }
    const [low, high] = readHalves(e, source!);
    const result = e.let(operation(low, e, constant!));
    writeHalves(e, destination!, result, operation(high, e, constant!));
  };
