// SSE comparisons: into RFLAGS, into lane masks, and PTEST (SDM 1 §10.4.1.4, §11.4.1.4, §12.10.4).

import { binaryHelpers } from '../float/binary-arithmetic.ts';
import { and, eq, eqz, or, shrU, toI32, xor } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { call, i32, i64, op, select, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import type { Emitter } from './emitter.ts';
import { type Body, type Row, row } from './row.ts';
import { extractBits, laneCount, replaceBits } from './sse-arithmetic.ts';
import {
  allNormalOrZero,
  beginExact,
  bitsType,
  finishExact,
  isMaskedMode,
  isNormalOrZero,
  type Width,
  widen,
} from './sse-native.ts';
import { floatType, nativeComparison } from './sse-scalar.ts';
import { readAligned, type Vector, vectorOperator, ZERO } from './sse-vector.ts';

type I32 = Value<'i32'>;

/** What float/binary-arithmetic's compare answers. */
const LESS = 1;
const EQUAL = 2;
const UNORDERED = 3;

const asFloat = (width: Width, bits: Value<'i32' | 'i64'>): Value<'f32' | 'f64'> =>
  width === 32 ? op('f32.reinterpret_i32', bits as I32) : op('f64.reinterpret_i64', bits as Value<'i64'>);
const scalarTest = (width: Width, name: 'lt' | 'eq', a: Value<'i32' | 'i64'>, b: Value<'i32' | 'i64'>): I32 =>
  (op as unknown as (name: string, ...operands: Value[]) => I32)(
    `f${width}.${name}`,
    asFloat(width, a),
    asFloat(width, b),
  );

function setComparison(e: Emitter, less: I32, equal: I32, unordered: I32): void {
  e.flags.set({
    cf: or(less, unordered),
    zf: or(equal, unordered),
    pf: unordered,
    of: i32(0),
    sf: i32(0),
    af: i32(0),
  });
}

/** COMIS and UCOMIS: any NaN, or only a signalling one, is an invalid operation. */
function compareIntoFlags(width: Width, quietIsInvalid: boolean): Body {
  const exact = binaryHelpers(width).compare;
  return (e, first, second) => {
    if (e.floats) {
      const b = e.readAs(second!, floatType(width));
      nativeComparison(e, e.floats, e.readAs(first!, floatType(width)), b);
      return;
    }
    const b = e.let(e.readAs(second!, bitsType(width)));
    const a = e.let(e.readAs(first!, bitsType(width)));
    e.if(
      and(isMaskedMode(e), and(isNormalOrZero(a), isNormalOrZero(b))),
      () => setComparison(e, scalarTest(width, 'lt', a, b), scalarTest(width, 'eq', a, b), i32(0)),
      () => {
        beginExact(e);
        const relation = e.let(call(exact, widen(a), widen(b), i32(quietIsInvalid ? 1 : 0)));
        finishExact(e);
        setComparison(e, eq(relation, i32(LESS)), eq(relation, i32(EQUAL)), eq(relation, i32(UNORDERED)));
      },
    );
  };
}

/** Predicates in encoding order: EQ LT LE UNORD, and with bit 2 their negations. LT and LE find a quiet NaN invalid. */
function holds(code: CodeWriter, relation: I32, predicate: I32): I32 {
  const kind = code.let(and(predicate, i32(3)));
  const known = code.let(relation);
  const equal = eq(known, i32(EQUAL));
  const less = eq(known, i32(LESS));
  const unordered = eq(known, i32(UNORDERED));
  const lower = select(eq(kind, i32(1)), less, equal);
  const upper = select(eq(kind, i32(3)), unordered, or(less, equal));
  return xor(select(shrU(kind, i32(1)), upper, lower), and(shrU(predicate, i32(2)), i32(1)));
}
const quietIsInvalid = (predicate: I32): I32 =>
  or(eq(and(predicate, i32(3)), i32(1)), eq(and(predicate, i32(3)), i32(2)));

type PackedCompare = FunctionDefinition<readonly ['v128', 'v128', 'i32'], readonly ['v128']>;
function defineCompareLanes(width: Width, lanes: number): PackedCompare {
  const compare = binaryHelpers(width).compare;
  return defineFunction(`compareLanes${width}x${lanes}`, ['v128', 'v128', 'i32'], ['v128'], (code, a, b, predicate) => {
    const result = code.let(a as Vector);
    for (let index = 0; index < lanes; index++) {
      const relation = call(
        compare,
        extractBits(width, a, index),
        extractBits(width, b, index),
        quietIsInvalid(predicate),
      );
      const mask = select(holds(code, relation, predicate), i64(-1), i64(0));
      code.set(result, replaceBits(width, result, index, mask));
    }
    code.return(result);
  });
}

/** All ones or zeros in each lane; the unordered predicates are constant where nothing can be a NaN. */
function nativeMasks(e: Emitter, width: Width, a: Vector, b: Vector, predicate: I32): Vector {
  const shape = width === 32 ? 'f32x4' : 'f64x2';
  const kind = e.let(and(predicate, i32(3)));
  const lower = select(eq(kind, i32(1)), vectorOperator(`${shape}.lt`)(a, b), vectorOperator(`${shape}.eq`)(a, b));
  const upper = select(eq(kind, i32(3)), ZERO, vectorOperator(`${shape}.le`)(a, b));
  const chosen = select(shrU(kind, i32(1)), upper, lower);
  return op('v128.xor', chosen, op('i32x4.splat', select(and(predicate, i32(4)), i32(-1), i32(0))));
}

function compareIntoMask(width: Width): Body {
  const exact = defineCompareLanes(width, laneCount(width));
  return (e, destination, source, immediate) => {
    const b = e.let(readAligned(e, source!));
    const a = e.let(e.readAs(destination!, 'v128'));
    const predicate = e.let(toI32(e.read(immediate!)));
    const result = e.let(nativeMasks(e, width, a, b, predicate));
    e.if(eqz(and(isMaskedMode(e), allNormalOrZero(e, width, a, b))), () => {
      beginExact(e);
      e.set(result, call(exact, a, b, predicate));
      finishExact(e);
    });
    e.writeAs(destination!, result);
  };
}

function compareScalarIntoMask(width: Width): Body {
  const exact = binaryHelpers(width).compare;
  return (e, destination, source, immediate) => {
    const b = e.let(e.readAs(source!, bitsType(width)));
    const a = e.let(e.readAs(destination!, bitsType(width)));
    const predicate = e.let(toI32(e.read(immediate!)));
    const relation = e.let(
      select(scalarTest(width, 'lt', a, b), i32(LESS), select(scalarTest(width, 'eq', a, b), i32(EQUAL), i32(0))),
    );
    e.if(eqz(and(isMaskedMode(e), and(isNormalOrZero(a), isNormalOrZero(b)))), () => {
      beginExact(e);
      e.set(relation, call(exact, widen(a), widen(b), quietIsInvalid(predicate)));
      finishExact(e);
    });
    const truth = e.let(holds(e.code, relation, predicate));
    e.writeAs(destination!, width === 32 ? select(truth, i32(-1), i32(0)) : select(truth, i64(-1), i64(0)));
  };
}

/** PTEST: ZF when no bit of the source meets one of the destination, CF when the destination covers the source. */
const testBits: Body = (e, first, second) => {
  const b = e.let(readAligned(e, second!));
  const a = e.let(e.readAs(first!, 'v128'));
  e.flags.set({
    zf: eqz(op('v128.any_true', op('v128.and', a, b))),
    cf: eqz(op('v128.any_true', op('v128.andnot', b, a))),
    of: i32(0),
    sf: i32(0),
    af: i32(0),
    pf: i32(0),
  });
};

const WRITES_ALL = { writes: 'oszapc' };

export const SSE_COMPARE: readonly Row[] = [
  row('UCOMISS', 'NP 0F 2E /r', ['xmm1', 'xmm2/m32'], { feature: 'sse', ...WRITES_ALL }, compareIntoFlags(32, false)),
  row('UCOMISD', '66 0F 2E /r', ['xmm1', 'xmm2/m64'], { feature: 'sse2', ...WRITES_ALL }, compareIntoFlags(64, false)),
  row('COMISS', 'NP 0F 2F /r', ['xmm1', 'xmm2/m32'], { feature: 'sse', ...WRITES_ALL }, compareIntoFlags(32, true)),
  row('COMISD', '66 0F 2F /r', ['xmm1', 'xmm2/m64'], { feature: 'sse2', ...WRITES_ALL }, compareIntoFlags(64, true)),
  row('CMPPS', 'NP 0F C2 /r ib', ['+xmm1', 'xmm2/m128', 'imm8'], { feature: 'sse' }, compareIntoMask(32)),
  row('CMPPD', '66 0F C2 /r ib', ['+xmm1', 'xmm2/m128', 'imm8'], { feature: 'sse2' }, compareIntoMask(64)),
  row('CMPSS', 'F3 0F C2 /r ib', ['+xmm1', 'xmm2/m32', 'imm8'], { feature: 'sse' }, compareScalarIntoMask(32)),
  row('CMPSD', 'F2 0F C2 /r ib', ['+xmm1', 'xmm2/m64', 'imm8'], { feature: 'sse2' }, compareScalarIntoMask(64)),
  row('PTEST', '66 0F 38 17 /r', ['xmm1', 'xmm2/m128'], { feature: 'sse4.1', ...WRITES_ALL }, testBits),
];
