// F16C: VCVTPH2PS and VCVTPS2PH (SDM Vol. 1 §14.4).

import { halfToSingle, singleToHalf } from '../float/half-convert.ts';
import { roundingMode } from '../float/simd-control.ts';
import { and, toI32, toI64 } from '../wasm/arithmetic.ts';
import { call, i32, lane, load, op, select, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { type Body, type Row, row } from './row.ts';
import { beginExact, finishExact } from './sse-native.ts';
import { type Vector, ZERO } from './sse-vector.ts';
import { readHalves, writeHalves, writeWhole } from './vex-forms.ts';

type Widening = FunctionDefinition<readonly ['i64'], readonly ['v128']>;
type Narrowing = FunctionDefinition<readonly ['v128', 'i32'], readonly ['i64']>;

/** Four binary16 in a quadword. */
const widenFour: Widening = defineFunction('widenFourHalves', ['i64'], ['v128'], (code, source) => {
  const vector = code.let(op('i64x2.splat', source));
  const result = code.let(ZERO);
  for (let index = 0; index < 4; index++) {
    const bits = call(halfToSingle, toI64(lane('i16x8.extract_lane_u', index, vector)));
    code.set(result, lane('i32x4.replace_lane', index, result, toI32(bits)));
  }
  code.return(result);
});

const narrowFour: Narrowing = defineFunction('narrowFourSingles', ['v128', 'i32'], ['i64'], (code, source, mode) => {
  const result = code.let(ZERO);
  for (let index = 0; index < 4; index++) {
    const bits = call(singleToHalf, toI64(lane('i32x4.extract_lane', index, source)), mode);
    code.set(result, lane('i16x8.replace_lane', index, result, toI32(bits)));
  }
  code.return(lane('i64x2.extract_lane', 0, result));
});

const widen =
  (width: 128 | 256): Body =>
  (e, destination, source) => {
    let low: Value<'i64'>;
    let high: Value<'i64'> | undefined;
    if (width === 128) low = e.let(e.readAs(source!, 'i64'));
    else if (source!.isMemory) {
      const window = e.let(e.readWindow(e.address(source!), 16));
      low = e.let(load('i64.load', window));
      high = e.let(load('i64.load', window, 8));
    } else {
      const vector: Vector = e.let(e.readAs(source!, 'v128'));
      low = e.let(lane('i64x2.extract_lane', 0, vector));
      high = e.let(lane('i64x2.extract_lane', 1, vector));
    }
    beginExact(e);
    const first = e.let(call(widenFour, low));
    const second = high && e.let(call(widenFour, high));
    finishExact(e);
    if (second) writeHalves(e, destination!, first, second);
    else writeWhole(e, destination!, first);
  };

const narrow =
  (width: 128 | 256): Body =>
  (e, destination, source, constant) => {
    const selector = e.let(toI32(e.read(constant!)));
    const mode = e.let(select(and(selector, i32(4)), roundingMode(), and(selector, i32(3))));
    const [low, high] = width === 256 ? readHalves(e, source!) : [e.let(e.readAs(source!, 'v128')), undefined];
    // Memory must be writable before an exception is recorded.
    const window = destination!.isMemory ? e.writeWindow(e.address(destination!), width / 16) : undefined;
    beginExact(e);
    const first = e.let(call(narrowFour, low, mode));
    const second = high && e.let(call(narrowFour, high, mode));
    finishExact(e);
    if (window) {
      e.code.store('i64.store', window.address, first);
      if (second) e.code.store('i64.store', window.address, second, 8);
      window.commit();
      return;
    }
    const joined = lane('i64x2.replace_lane', 0, ZERO, first);
    writeWhole(e, destination!, second ? lane('i64x2.replace_lane', 1, joined, second) : joined);
  };

const FEATURE = { feature: 'f16c' };

export const HALF_PRECISION: readonly Row[] = [
  row('VCVTPH2PS', 'VEX.128.66.0F38.W0 13 /r', ['=xmm1', 'xmm2/m64'], FEATURE, widen(128)),
  row('VCVTPH2PS', 'VEX.256.66.0F38.W0 13 /r', ['=ymm1', 'xmm2/m128'], FEATURE, widen(256)),
  row('VCVTPS2PH', 'VEX.128.66.0F3A.W0 1D /r ib', ['=xmm2/m64', 'xmm1', 'imm8'], FEATURE, narrow(128)),
  row('VCVTPS2PH', 'VEX.256.66.0F3A.W0 1D /r ib', ['=xmm2/m128', 'ymm1', 'imm8'], FEATURE, narrow(256)),
];
