// SSE and SSE2 floating-point arithmetic, scalar and packed, and SSE3's horizontal forms (SDM 1 §10.4.1.2, §11.4.1.2, §12.3).

import type { BinaryOperation } from '../float/binary-arithmetic.ts';
import { quickHelpers } from '../float/binary-quick.ts';
import { mxcsr, NATIVE_BITS, NATIVE_VALUE } from '../float/simd-control.ts';
import { and, eq, toI32, toI64 } from '../wasm/arithmetic.ts';
import { call, i32, lane, op, shuffle, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import type { OperatorName } from '../wasm/operators.ts';
import type { Emitter } from './emitter.ts';
import { type Body, type Row, row } from './row.ts';
import {
  allNormal,
  beginExact,
  bitsType,
  finishExact,
  isMaskedMode,
  isNativeMode,
  isNormal,
  isPlainResult,
  noneLeast,
  plainOrExplained,
  type Width,
  widen,
  type ZeroOperands,
} from './sse-native.ts';
import { floatType, nativeArithmetic, nativeExtreme, nativeSquareRoot } from './sse-scalar.ts';
import { readAligned, type Vector, vectorOperator, ZERO } from './sse-vector.ts';

type BitsFunction = FunctionDefinition<readonly ['i64', 'i64'], readonly ['i64']>;
export type PackedFunction = FunctionDefinition<readonly ['v128', 'v128'], readonly ['v128']>;

export const laneCount = (width: Width): number => 128 / width;
export const extractBits = (width: Width, vector: Vector, index: number): Value<'i64'> =>
  width === 32 ? toI64(lane('i32x4.extract_lane', index, vector)) : lane('i64x2.extract_lane', index, vector);
export const replaceBits = (width: Width, vector: Vector, index: number, bits: Value<'i64'>): Vector =>
  width === 32
    ? lane('i32x4.replace_lane', index, vector, toI32(bits))
    : lane('i64x2.replace_lane', index, vector, bits);

interface Quick {
  readonly native: (a: Vector, b: Vector) => Vector;
  readonly zeros: ZeroOperands;
}
const ZEROS: Partial<Record<BinaryOperation, ZeroOperands>> = { add: 'any', sub: 'any', mul: 'either', div: 'first' };

/**
 * The exact function of each lane, lane after lane.
 * @param quick all that is needed where lanes are zero, but not out of the ordinary
 */
function definePacked(name: string, width: Width, of: (index: number) => BitsFunction, quick?: Quick): PackedFunction {
  return defineFunction(`packed_${name}${width}`, ['v128', 'v128'], ['v128'], (code, a, b) => {
    if (quick) {
      const native = code.let(quick.native(a, b));
      const isNative = eq(and(mxcsr(), i32(NATIVE_BITS)), i32(NATIVE_VALUE));
      code.if(and(isNative, plainOrExplained(code, width, quick.zeros, a, b, native)), () => code.return(native));
    }
    const result = code.let(ZERO);
    for (let index = 0; index < laneCount(width); index++) {
      const bits = call(of(index), extractBits(width, a, index), extractBits(width, b, index));
      code.set(result, replaceBits(width, result, index, bits));
    }
    code.return(result);
  });
}

function toFloat(width: Width, bits: Value<'i32' | 'i64'>): Value<'f32' | 'f64'> {
  return width === 32
    ? op('f32.reinterpret_i32', bits as Value<'i32'>)
    : op('f64.reinterpret_i64', bits as Value<'i64'>);
}
function toBits(width: Width, value: Value<'f32' | 'f64'>): Value<'i32' | 'i64'> {
  return width === 32
    ? op('i32.reinterpret_f32', value as Value<'f32'>)
    : op('i64.reinterpret_f64', value as Value<'f64'>);
}
const scalarOperator = (width: Width, name: string, ...operands: Value[]): Value<'f32' | 'f64'> =>
  (op as unknown as (name: string, ...operands: Value[]) => Value<'f32' | 'f64'>)(`f${width}.${name}`, ...operands);

const narrow = (width: Width, bits: Value<'i64'>): Value<'i32' | 'i64'> => (width === 32 ? toI32(bits) : bits);
const vectorShape = (width: Width): string => (width === 32 ? 'f32x4' : 'f64x2');

/** MIN and MAX round nothing, so they only need operands that compare without an exception. */
const modeFor = (e: Emitter, name: string): Value<'i32'> =>
  name === 'min' || name === 'max' ? isMaskedMode(e) : isNativeMode(e);

function scalar(name: BinaryOperation, width: Width): Body {
  const exact = quickHelpers(width).binary[name];
  return (e, destination, source) => {
    if (e.floats) {
      const b = e.readAs(source!, floatType(width));
      const a = e.readAs(destination!, floatType(width));
      const result =
        name === 'min' || name === 'max'
          ? nativeExtreme(e, e.floats, name, a, b)
          : nativeArithmetic(e, e.floats, name, a, b, source);
      e.writeAs(destination!, result);
      return;
    }
    const b = e.let(e.readAs(source!, bitsType(width)));
    const a = e.let(e.readAs(destination!, bitsType(width)));
    // On normal operands WebAssembly's min and max, which differ on zeros and NaNs, agree with MINSS and MAXSS.
    const native = e.let(toBits(width, scalarOperator(width, name, toFloat(width, a), toFloat(width, b))));
    const normal = and(and(isNormal(a), isNormal(b)), isPlainResult(native));
    e.if(
      and(modeFor(e, name), normal),
      () => e.writeAs(destination!, native),
      () => {
        beginExact(e);
        const bits = e.let(call(exact, widen(a), widen(b)));
        finishExact(e);
        e.writeAs(destination!, narrow(width, bits));
      },
    );
  };
}

/** Native when every lane allows it, else the exact helper over all lanes. */
function packedBinary(
  e: Emitter,
  width: Width,
  native: (a: Vector, b: Vector) => Vector,
  exact: PackedFunction,
  mode: Value<'i32'>,
  a: Vector,
  b: Vector,
): Vector {
  const result = e.let(native(a, b));
  if (e.floats?.unobserved) return result;
  e.if(
    and(mode, and(allNormal(e, width, a, b, result), noneLeast(e, width, result))),
    () => {},
    () => {
      beginExact(e);
      e.set(result, call(exact, a, b));
      finishExact(e);
    },
  );
  return result;
}

function packed(name: BinaryOperation, width: Width): Body {
  const native = vectorOperator(`${vectorShape(width)}.${name}` as OperatorName);
  const zeros = ZEROS[name];
  const exact = definePacked(name, width, () => quickHelpers(width).binary[name], zeros && { native, zeros });
  // What MINPS and MAXPS are whatever the operands: the second one unless the first is truly less, or greater.
  const extreme = vectorOperator(`${vectorShape(width)}.p${name}` as OperatorName);
  return (e, destination, source) => {
    const b = e.let(readAligned(e, source!));
    const a = e.let(e.readAs(destination!, 'v128'));
    if (e.floats?.unobserved) {
      e.writeAs(destination!, name === 'min' || name === 'max' ? extreme(b, a) : native(a, b));
      return;
    }
    e.writeAs(destination!, packedBinary(e, width, native, exact, modeFor(e, name), a, b));
  };
}

function scalarSquareRoot(width: Width): Body {
  const exact = quickHelpers(width).squareRoot;
  return (e, destination, source) => {
    if (e.floats) {
      e.writeAs(destination!, nativeSquareRoot(e, e.floats, e.readAs(source!, floatType(width))));
      return;
    }
    const a = e.let(e.readAs(source!, bitsType(width)));
    const native = e.let(toBits(width, scalarOperator(width, 'sqrt', toFloat(width, a))));
    e.if(
      and(isNativeMode(e), and(isNormal(a), isNormal(native))),
      () => e.writeAs(destination!, native),
      () => {
        beginExact(e);
        const bits = e.let(call(exact, widen(a)));
        finishExact(e);
        e.writeAs(destination!, narrow(width, bits));
      },
    );
  };
}

function packedSquareRoot(width: Width): Body {
  const one = quickHelpers(width).squareRoot;
  const second: BitsFunction = defineFunction(`sqrtOfSecond${width}`, ['i64', 'i64'], ['i64'], (code, _a, b) =>
    code.return(call(one, b)),
  );
  const exact = definePacked('sqrt', width, () => second);
  const native = vectorOperator(`${vectorShape(width)}.sqrt` as OperatorName);
  return (e, destination, source) => {
    const a = e.let(readAligned(e, source!));
    e.writeAs(
      destination!,
      packedBinary(e, width, (x) => native(x), exact, isNativeMode(e), a, a),
    );
  };
}

const EVEN: Record<Width, number[]> = {
  32: [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27],
  64: [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23],
};
const ODD: Record<Width, number[]> = {
  32: [4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31],
  64: [8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31],
};

/** HADD and HSUB: neighbours of the destination in the low half, of the source in the high half. */
function horizontal(name: 'add' | 'sub', width: Width): Body {
  const native = vectorOperator(`${vectorShape(width)}.${name}` as OperatorName);
  const exact = definePacked(`h${name}`, width, () => quickHelpers(width).binary[name], { native, zeros: 'any' });
  return (e, destination, source) => {
    const b = e.let(readAligned(e, source!));
    const a = e.let(e.readAs(destination!, 'v128'));
    const even = e.let(shuffle(a, b, EVEN[width]));
    const odd = e.let(shuffle(a, b, ODD[width]));
    e.writeAs(destination!, packedBinary(e, width, native, exact, isNativeMode(e), even, odd));
  };
}

/** ADDSUB: even lanes are differences, odd lanes sums. */
function addSubtract(width: Width): Body {
  const { add, sub } = quickHelpers(width).binary;
  const exact = definePacked('addsub', width, (index) => (index & 1 ? add : sub));
  const shape = vectorShape(width);
  const alternate = Array.from({ length: 16 }, (_, byte) => (Math.floor(byte / (width / 8)) & 1 ? byte + 16 : byte));
  const native = (a: Vector, b: Vector): Vector =>
    shuffle(
      vectorOperator(`${shape}.sub` as OperatorName)(a, b),
      vectorOperator(`${shape}.add` as OperatorName)(a, b),
      alternate,
    );
  return (e, destination, source) => {
    const b = e.let(readAligned(e, source!));
    const a = e.let(e.readAs(destination!, 'v128'));
    e.writeAs(destination!, packedBinary(e, width, native, exact, isNativeMode(e), a, b));
  };
}

// biome-ignore format: a table
const ARITHMETIC: readonly (readonly [string, string, BinaryOperation])[] = [
  ['ADD', '58', 'add'], ['MUL', '59', 'mul'], ['SUB', '5C', 'sub'], ['MIN', '5D', 'min'], ['DIV', '5E', 'div'], ['MAX', '5F', 'max'],
];

export const SSE_ARITHMETIC: readonly Row[] = [
  ...ARITHMETIC.flatMap(([name, opcode, operation]) => [
    row(`${name}PS`, `NP 0F ${opcode} /r`, ['+xmm1', 'xmm2/m128'], { feature: 'sse' }, packed(operation, 32)),
    row(`${name}PD`, `66 0F ${opcode} /r`, ['+xmm1', 'xmm2/m128'], { feature: 'sse2' }, packed(operation, 64)),
    row(`${name}SS`, `F3 0F ${opcode} /r`, ['+xmm1', 'xmm2/m32'], { feature: 'sse' }, scalar(operation, 32)),
    row(`${name}SD`, `F2 0F ${opcode} /r`, ['+xmm1', 'xmm2/m64'], { feature: 'sse2' }, scalar(operation, 64)),
  ]),
  row('SQRTPS', 'NP 0F 51 /r', ['=xmm1', 'xmm2/m128'], { feature: 'sse' }, packedSquareRoot(32)),
  row('SQRTPD', '66 0F 51 /r', ['=xmm1', 'xmm2/m128'], { feature: 'sse2' }, packedSquareRoot(64)),
  row('SQRTSS', 'F3 0F 51 /r', ['=xmm1', 'xmm2/m32'], { feature: 'sse' }, scalarSquareRoot(32)),
  row('SQRTSD', 'F2 0F 51 /r', ['=xmm1', 'xmm2/m64'], { feature: 'sse2' }, scalarSquareRoot(64)),
  row('HADDPS', 'F2 0F 7C /r', ['+xmm1', 'xmm2/m128'], { feature: 'sse3' }, horizontal('add', 32)),
  row('HADDPD', '66 0F 7C /r', ['+xmm1', 'xmm2/m128'], { feature: 'sse3' }, horizontal('add', 64)),
  row('HSUBPS', 'F2 0F 7D /r', ['+xmm1', 'xmm2/m128'], { feature: 'sse3' }, horizontal('sub', 32)),
  row('HSUBPD', '66 0F 7D /r', ['+xmm1', 'xmm2/m128'], { feature: 'sse3' }, horizontal('sub', 64)),
  row('ADDSUBPS', 'F2 0F D0 /r', ['+xmm1', 'xmm2/m128'], { feature: 'sse3' }, addSubtract(32)),
  row('ADDSUBPD', '66 0F D0 /r', ['+xmm1', 'xmm2/m128'], { feature: 'sse3' }, addSubtract(64)),
];
