// SSE and SSE2 conversions between floats and integers, and SSE4.1 rounding to integral values (SDM 1 §10.4.3, §11.4.1.6, §12.8.3).

import { binaryHelpers } from '../float/binary-arithmetic.ts';
import { convert32to64, convert64to32, floatToInteger, integerToFloat } from '../float/binary-convert.ts';
import { ROUND } from '../float/exception-flags.ts';
import { roundingMode } from '../float/simd-control.ts';
import { FRAME } from '../state/frame-layout.ts';
import { and, eq, eqz, geS, gtS, leS, ltS, or, shrU, toI32, toI64, toI64S } from '../wasm/arithmetic.ts';
import { call, i32, i64, lane, op, select, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import type { Emitter, Operand } from './emitter.ts';
import { mmxCheck, mmxEnter, mmxWrite } from './mmx.ts';
import { type Body, type Row, row } from './row.ts';
import { extractBits, laneCount, replaceBits } from './sse-arithmetic.ts';
import {
  allNormal,
  beginExact,
  bitsType,
  finishExact,
  isNativeMode,
  isNormal,
  isNormalOrZero,
  isPlainResult,
  type Width,
  widen,
} from './sse-native.ts';
import { floatType, nativeFromInteger, nativeNarrowing, nativeToInteger, nativeWidening } from './sse-scalar.ts';
import { readAligned, type Vector, ZERO } from './sse-vector.ts';

type I32 = Value<'i32'>;
type I64 = Value<'i64'>;
type Float = Value<'f32' | 'f64'>;

const floatOf = (width: Width, bits: Value<'i32' | 'i64'>): Float =>
  width === 32 ? op('f32.reinterpret_i32', bits as I32) : op('f64.reinterpret_i64', bits as I64);
const bitsOf = (value: Float): Value<'i32' | 'i64'> =>
  value.type === 'f32'
    ? op('i32.reinterpret_f32', value as Value<'f32'>)
    : op('i64.reinterpret_f64', value as Value<'f64'>);
const named = (name: string, ...operands: Value[]): Value =>
  (op as unknown as (name: string, ...operands: Value[]) => Value)(name, ...operands);

/** Runs the exact path and hands its bits to `then`, unless an unmasked exception is raised. */
function exactly(e: Emitter, compute: () => Value<'i64'>, then: (bits: I64) => void): void {
  beginExact(e);
  const bits = e.let(compute());
  finishExact(e);
  then(bits);
}

/** A masked inexact result that is already on record raises nothing new. */
const inexactRecorded = (e: Emitter): I32 => eq(and(e.readState('i32', FRAME.mxcsr), i32(0x1020)), i32(0x1020));

/** CVTSI2SS, CVTSI2SD. */
function fromInteger(width: Width, bits: 32 | 64): Body {
  return (e, destination, source) => {
    const value = e.let(e.read(source!));
    if (e.floats) {
      e.writeAs(destination!, nativeFromInteger(e, e.floats, width, value));
      return;
    }
    const native = e.let(bitsOf(named(`f${width}.convert_i${bits}_s`, value) as Float));
    if (width === 64 && bits === 32) {
      e.writeAs(destination!, native); // always exact
      return;
    }
    const wide = e.let(toI64S(value));
    const limit = 1n << BigInt(width === 32 ? 24 : 53);
    const exact = and(geS(wide, i64(-limit)), leS(wide, i64(limit)));
    e.if(
      or(exact, isNativeMode(e)),
      () => e.writeAs(destination!, native),
      () =>
        exactly(
          e,
          () => call(integerToFloat(width), wide),
          (result) => e.writeAs(destination!, width === 32 ? toI32(result) : result),
        ),
    );
  };
}

/** CVT(T)SS2SI, CVT(T)SD2SI: native when in range and exact (or inexactness is no news) and rounding is the usual. */
function toInteger(width: Width, bits: 32 | 64, truncate: boolean): Body {
  const type = `f${width}`;
  return (e, destination, source) => {
    if (e.floats) {
      const value = e.readAs(source!, floatType(width));
      e.write(destination!, nativeToInteger(e, e.floats, value, bits, truncate));
      return;
    }
    const input = e.let(e.readAs(source!, bitsType(width)));
    const value = e.let(floatOf(width, input));
    const whole = truncate ? value : e.let(named(`${type}.nearest`, value) as Float);
    const native = e.let(named(`i${bits}.trunc_sat_${type}_s`, whole) as Value<'i32' | 'i64'>);
    const isExact = named(`${type}.eq`, named(`${type}.convert_i${bits}_s`, native), value) as I32;
    // The two ends of the range are what saturation gives for anything beyond, too; the exact path tells them apart.
    const inRange =
      native.type === 'i32'
        ? and(gtS(native as I32, i32(-0x8000_0000)), ltS(native as I32, i32(0x7fff_ffff)))
        : and(gtS(native as I64, i64(-(1n << 63n))), ltS(native as I64, i64((1n << 63n) - 1n)));
    const usual = truncate ? i32(1) : eqz(roundingMode());
    // An exact answer needs no look at MXCSR but for a denormal, which is not exact; a NaN equals nothing.
    const isNumber = named(`${type}.eq`, value, value) as I32;
    e.if(
      and(and(inRange, and(isNumber, usual)), or(isExact, inexactRecorded(e))),
      () => e.write(destination!, native),
      () =>
        exactly(
          e,
          () => call(floatToInteger(width, bits), widen(input), truncate ? i32(ROUND.ZERO) : roundingMode()),
          (result) => e.write(destination!, bits === 32 ? toI32(result) : result),
        ),
    );
  };
}

const narrowFloat: Body = (e, destination, source) => {
  if (e.floats) {
    e.writeAs(destination!, nativeNarrowing(e, e.floats, e.readAs(source!, 'f64')));
    return;
  }
  const input = e.let(e.readAs(source!, 'i64'));
  const native = e.let(op('i32.reinterpret_f32', op('f32.demote_f64', op('f64.reinterpret_i64', input))));
  e.if(
    and(isNativeMode(e), and(isNormal(input), isPlainResult(native))),
    () => e.writeAs(destination!, native),
    () =>
      exactly(
        e,
        () => call(convert64to32, input),
        (bits) => e.writeAs(destination!, toI32(bits)),
      ),
  );
};

const widenFloat: Body = (e, destination, source) => {
  if (e.floats) {
    e.writeAs(destination!, nativeWidening(e, e.floats, e.readAs(source!, 'f32')));
    return;
  }
  const input = e.let(e.readAs(source!, 'i32'));
  e.if(
    isNormalOrZero(input),
    () => e.writeAs(destination!, op('f64.promote_f32', op('f32.reinterpret_i32', input))),
    () =>
      exactly(
        e,
        () => call(convert32to64, toI64(input)),
        (bits) => e.writeAs(destination!, bits),
      ),
  );
};

type Lanes = FunctionDefinition<readonly ['v128', 'i32'], readonly ['v128']>;

/** A helper that converts `count` lanes; lanes that the result has beyond them are zero. */
function convertLanes(
  name: string,
  count: number,
  read: (vector: Vector, index: number) => I64,
  convert: (bits: I64, mode: I32) => I64,
  write: (vector: Vector, index: number, bits: I64) => Vector,
): Lanes {
  return defineFunction(`convertLanes_${name}`, ['v128', 'i32'], ['v128'], (code, source, mode) => {
    const result = code.let(ZERO);
    for (let index = 0; index < count; index++) {
      code.set(result, write(result, index, convert(read(source, index), mode)));
    }
    code.return(result);
  });
}

const integer32 = (vector: Vector, index: number): I64 => toI64S(lane('i32x4.extract_lane', index, vector));
const write32 = (vector: Vector, index: number, bits: I64): Vector => replaceBits(32, vector, index, bits);
const write64 = (vector: Vector, index: number, bits: I64): Vector => replaceBits(64, vector, index, bits);
const float32 = (vector: Vector, index: number): I64 => extractBits(32, vector, index);
const float64 = (vector: Vector, index: number): I64 => extractBits(64, vector, index);

const toInteger32 =
  (width: Width) =>
  (bits: I64, mode: I32): I64 =>
    call(floatToInteger(width, 32), bits, mode);
const FROM_DQ_TO_PS = convertLanes('dq2ps', 4, integer32, (bits) => call(integerToFloat(32), bits), write32);
const FROM_PI_TO_PS = convertLanes('pi2ps', 2, integer32, (bits) => call(integerToFloat(32), bits), write32);
const FROM_PS_TO_PD = convertLanes('ps2pd', 2, float32, (bits) => call(convert32to64, bits), write64);
const FROM_PD_TO_PS = convertLanes('pd2ps', 2, float64, (bits) => call(convert64to32, bits), write32);
const FROM_PS_TO_DQ = convertLanes('ps2dq', 4, float32, toInteger32(32), write32);
const FROM_PS_TO_PI = convertLanes('ps2pi', 2, float32, toInteger32(32), write32);
const FROM_PD_TO_DQ = convertLanes('pd2dq', 2, float64, toInteger32(64), write32);

/** `native` when it says so, else the exact lanes. */
function packedConversion(
  e: Emitter,
  source: Vector,
  exact: Lanes,
  mode: I32,
  native?: { readonly valid: I32; readonly result: Vector },
): Vector {
  const result = e.let(native ? native.result : ZERO);
  e.if(native ? eqz(native.valid) : i32(1), () => {
    beginExact(e);
    e.set(result, call(exact, source, mode));
    finishExact(e);
  });
  return result;
}

/** CVT(T)PS2DQ natively: no lane saturated, no NaN, and inexactness is no news. */
function singlesToIntegers(e: Emitter, value: Vector, truncate: boolean): { valid: I32; result: Vector } {
  const result = e.let(op('i32x4.trunc_sat_f32x4_s', truncate ? value : op('f32x4.nearest', value)));
  const smallest = op('i32x4.eq', result, op('i32x4.splat', i32(-0x8000_0000)));
  const largest = op('i32x4.eq', result, op('i32x4.splat', i32(0x7fff_ffff)));
  const nan = op('f32x4.ne', value, value);
  const suspicious = op('v128.any_true', op('v128.or', op('v128.or', smallest, largest), nan));
  const usual = truncate ? inexactRecorded(e) : and(inexactRecorded(e), eqz(roundingMode()));
  return { valid: and(eqz(suspicious), usual), result };
}

/** ROUNDSS, ROUNDSD, ROUNDPS, ROUNDPD: bits 1:0 the mode unless bit 2 says MXCSR's; bit 3 suppresses "inexact". */
const roundingOf = (e: Emitter, immediate: I32): { mode: I32; quiet: I32 } => ({
  mode: e.let(select(and(immediate, i32(4)), roundingMode(), and(immediate, i32(3)))),
  quiet: e.let(and(shrU(immediate, i32(3)), i32(1))),
});

function roundScalar(width: Width): Body {
  const type = `f${width}`;
  const exact = binaryHelpers(width).roundToIntegral;
  return (e, destination, source, immediate) => {
    const input = e.let(e.readAs(source!, bitsType(width)));
    const { mode, quiet } = roundingOf(e, e.let(toI32(e.read(immediate!))));
    const value = e.let(floatOf(width, input));
    const each = (name: string): Float => named(`${type}.${name}`, value) as Float;
    const outward = select(eq(mode, i32(ROUND.UP)), each('ceil'), each('trunc'));
    const inward = select(eq(mode, i32(ROUND.DOWN)), each('floor'), each('nearest'));
    const native = e.let(select(shrU(mode, i32(1)), outward, inward));
    const silent = or(or(quiet, inexactRecorded(e)), named(`${type}.eq`, native, value) as I32);
    e.if(
      and(isNormalOrZero(input), silent),
      () => e.writeAs(destination!, native),
      () =>
        exactly(
          e,
          () => call(exact, widen(input), mode, quiet),
          (bits) => e.writeAs(destination!, width === 32 ? toI32(bits) : bits),
        ),
    );
  };
}

function roundPacked(width: Width): Body {
  const exact = binaryHelpers(width).roundToIntegral;
  const lanes = defineFunction(`roundLanes${width}`, ['v128', 'i32', 'i32'], ['v128'], (code, source, mode, quiet) => {
    const result = code.let(ZERO);
    for (let index = 0; index < laneCount(width); index++) {
      const bits = call(exact, extractBits(width, source, index), mode, quiet);
      code.set(result, replaceBits(width, result, index, bits));
    }
    code.return(result);
  });
  return (e, destination, source, immediate) => {
    const value = e.let(readAligned(e, source!));
    const { mode, quiet } = roundingOf(e, e.let(toI32(e.read(immediate!))));
    const shape = width === 32 ? 'f32x4' : 'f64x2';
    const each = (name: string): Vector => named(`${shape}.${name}`, value) as Vector;
    const outward = select(eq(mode, i32(ROUND.UP)), each('ceil'), each('trunc'));
    const inward = select(eq(mode, i32(ROUND.DOWN)), each('floor'), each('nearest'));
    const result = e.let(select(shrU(mode, i32(1)), outward, inward));
    e.if(eqz(and(or(quiet, inexactRecorded(e)), allNormal(e, width, value))), () => {
      beginExact(e);
      e.set(result, call(lanes, value, mode, quiet));
      finishExact(e);
    });
    e.writeAs(destination!, result);
  };
}

const lowQuadword = (e: Emitter, operand: Operand): Vector => op('i64x2.splat', e.readAs(operand, 'i64'));
const lowOf = (vector: Vector): I64 => lane('i64x2.extract_lane', 0, vector);

/** Packed conversions whose result fills or zero-fills the whole register. */
const convertWhole =
  (exact: Lanes, truncate: boolean, read: (e: Emitter, operand: Operand) => Vector = readAligned): Body =>
  (e, destination, source) => {
    const value = e.let(read(e, source!));
    e.writeAs(destination!, packedConversion(e, value, exact, truncate ? i32(ROUND.ZERO) : roundingMode()));
  };

/** From two lanes of a vector (or half of one in memory) into an MMX register. */
const convertToMmx =
  (exact: Lanes, truncate: boolean, read: (e: Emitter, operand: Operand) => Vector): Body =>
  (e, destination, source) => {
    mmxCheck(e);
    const value = e.let(read(e, source!));
    mmxEnter(e); // also when the conversion raises #XM
    const result = packedConversion(e, value, exact, truncate ? i32(ROUND.ZERO) : roundingMode());
    mmxWrite(e, destination!, lowOf(result));
  };

const toIntegerRows = (name: string, opcode: string, truncate: boolean): Row[] =>
  [32 as const, 64 as const].flatMap((width) => {
    const [prefix, suffix, feature] = width === 32 ? ['F3', 'SS2SI', 'sse'] : ['F2', 'SD2SI', 'sse2'];
    return [32 as const, 64 as const].map((bits) =>
      row(
        `${name}${suffix}`,
        `${prefix} ${bits === 64 ? 'REX.W + ' : ''}0F ${opcode} /r`,
        [`=r${bits}`, `xmm2/m${width}`],
        { feature: feature!, operandSize: bits },
        toInteger(width, bits, truncate),
      ),
    );
  });

const fromIntegerRows: Row[] = [32 as const, 64 as const].flatMap((width) => {
  const [prefix, suffix, feature] = width === 32 ? ['F3', 'SS', 'sse'] : ['F2', 'SD', 'sse2'];
  return [32 as const, 64 as const].map((bits) =>
    row(
      `CVTSI2${suffix}`,
      `${prefix} ${bits === 64 ? 'REX.W + ' : ''}0F 2A /r`,
      ['+xmm1', `r/m${bits}`],
      { feature: feature!, operandSize: bits },
      fromInteger(width, bits),
    ),
  );
});

export const SSE_CONVERT: readonly Row[] = [
  ...fromIntegerRows,
  ...toIntegerRows('CVT', '2D', false),
  ...toIntegerRows('CVTT', '2C', true),
  row('CVTSD2SS', 'F2 0F 5A /r', ['+xmm1', 'xmm2/m64'], { feature: 'sse2' }, narrowFloat),
  row('CVTSS2SD', 'F3 0F 5A /r', ['+xmm1', 'xmm2/m32'], { feature: 'sse2' }, widenFloat),
  row(
    'CVTPS2PD',
    'NP 0F 5A /r',
    ['=xmm1', 'xmm2/m64'],
    { feature: 'sse2' },
    convertWhole(FROM_PS_TO_PD, false, lowQuadword),
  ),
  row('CVTPD2PS', '66 0F 5A /r', ['=xmm1', 'xmm2/m128'], { feature: 'sse2' }, convertWhole(FROM_PD_TO_PS, false)),
  row('CVTDQ2PS', 'NP 0F 5B /r', ['=xmm1', 'xmm2/m128'], { feature: 'sse2' }, (e, destination, source) => {
    const value = e.let(readAligned(e, source!));
    const native = { valid: isNativeMode(e), result: op('f32x4.convert_i32x4_s', value) };
    e.writeAs(destination!, packedConversion(e, value, FROM_DQ_TO_PS, i32(0), native));
  }),
  row('CVTPS2DQ', '66 0F 5B /r', ['=xmm1', 'xmm2/m128'], { feature: 'sse2' }, (e, destination, source) => {
    const value = e.let(readAligned(e, source!));
    e.writeAs(
      destination!,
      packedConversion(e, value, FROM_PS_TO_DQ, roundingMode(), singlesToIntegers(e, value, false)),
    );
  }),
  row('CVTTPS2DQ', 'F3 0F 5B /r', ['=xmm1', 'xmm2/m128'], { feature: 'sse2' }, (e, destination, source) => {
    const value = e.let(readAligned(e, source!));
    const native = singlesToIntegers(e, value, true);
    e.writeAs(destination!, packedConversion(e, value, FROM_PS_TO_DQ, i32(ROUND.ZERO), native));
  }),
  row('CVTDQ2PD', 'F3 0F E6 /r', ['=xmm1', 'xmm2/m64'], { feature: 'sse2' }, (e, destination, source) =>
    e.writeAs(destination!, op('f64x2.convert_low_i32x4_s', lowQuadword(e, source!))),
  ),
  row('CVTPD2DQ', 'F2 0F E6 /r', ['=xmm1', 'xmm2/m128'], { feature: 'sse2' }, convertWhole(FROM_PD_TO_DQ, false)),
  row('CVTTPD2DQ', '66 0F E6 /r', ['=xmm1', 'xmm2/m128'], { feature: 'sse2' }, convertWhole(FROM_PD_TO_DQ, true)),

  row('CVTPI2PS', 'NP 0F 2A /r', ['+xmm1', 'mm2/m64'], { feature: 'sse' }, (e, destination, source) => {
    if (!source!.isMemory) mmxCheck(e);
    const value = e.let(lowQuadword(e, source!));
    if (!source!.isMemory) mmxEnter(e); // processors leave the x87 alone when no MMX register is read
    const result = packedConversion(e, value, FROM_PI_TO_PS, i32(0));
    e.writeAs(destination!, lowOf(result));
  }),
  row('CVTPI2PD', '66 0F 2A /r', ['=xmm1', 'mm2/m64'], { feature: 'sse2' }, (e, destination, source) => {
    if (!source!.isMemory) mmxCheck(e); // the memory form leaves the x87 alone (SDM 2, CVTPI2PD)
    const value = e.let(op('f64x2.convert_low_i32x4_s', lowQuadword(e, source!)));
    if (!source!.isMemory) mmxEnter(e);
    e.writeAs(destination!, value);
  }),
  row(
    'CVTPS2PI',
    'NP 0F 2D /r',
    ['=mm1', 'xmm2/m64'],
    { feature: 'sse' },
    convertToMmx(FROM_PS_TO_PI, false, lowQuadword),
  ),
  row(
    'CVTTPS2PI',
    'NP 0F 2C /r',
    ['=mm1', 'xmm2/m64'],
    { feature: 'sse' },
    convertToMmx(FROM_PS_TO_PI, true, lowQuadword),
  ),
  row(
    'CVTPD2PI',
    '66 0F 2D /r',
    ['=mm1', 'xmm2/m128'],
    { feature: 'sse2' },
    convertToMmx(FROM_PD_TO_DQ, false, readAligned),
  ),
  row(
    'CVTTPD2PI',
    '66 0F 2C /r',
    ['=mm1', 'xmm2/m128'],
    { feature: 'sse2' },
    convertToMmx(FROM_PD_TO_DQ, true, readAligned),
  ),

  row('ROUNDPS', '66 0F 3A 08 /r ib', ['=xmm1', 'xmm2/m128', 'imm8'], { feature: 'sse4.1' }, roundPacked(32)),
  row('ROUNDPD', '66 0F 3A 09 /r ib', ['=xmm1', 'xmm2/m128', 'imm8'], { feature: 'sse4.1' }, roundPacked(64)),
  row('ROUNDSS', '66 0F 3A 0A /r ib', ['+xmm1', 'xmm2/m32', 'imm8'], { feature: 'sse4.1' }, roundScalar(32)),
  row('ROUNDSD', '66 0F 3A 0B /r ib', ['+xmm1', 'xmm2/m64', 'imm8'], { feature: 'sse4.1' }, roundScalar(64)),
];
