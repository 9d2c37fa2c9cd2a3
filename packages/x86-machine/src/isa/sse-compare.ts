// SSE comparisons: into RFLAGS, into lane masks, and PTEST (SDM 1 §10.4.1.4, §11.4.1.4, §12.10.4).

import { binaryHelpers } from '../float/binary-arithmetic.ts';
import { and, eq, eqz, or, shl, shrU, sub, toI32, toI64, xor } from '../wasm/arithmetic.ts';
import { call, constantOf, i32, i64, op, select, type Value } from '../wasm/expression.ts';
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

/** A constant stays one, so that the translator can choose by it. */
const constantOr = (e: Emitter, value: I32): I32 => (constantOf(value) === undefined ? e.let(value) : value);

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

/**
 * Which relations (greater, less, equal, unordered: bits 0–3) satisfy each of the predicates 0–15: EQ LT LE UNORD NEQ NLT NLE ORD,
 * and with VEX EQ_UQ NGE NGT FALSE NEQ_OQ GE GT TRUE. Predicates 16–31 are the same, and find a quiet NaN invalid where the
 * lower ones do not (SDM Vol. 2 table 3-1).
 */
const SATISFIES = [0x4, 0x2, 0x6, 0x8, 0xb, 0xd, 0x9, 0x7, 0xc, 0xa, 0xe, 0x0, 0x3, 0x5, 0x1, 0xf];
const SATISFIES_BITS = i64(SATISFIES.reduce((bits, one, index) => bits | (BigInt(one) << BigInt(4 * index)), 0n));

/** Bits 0–3 of the predicate's relations. */
const satisfying = (predicate: I32): I32 =>
  and(toI32(shrU(SATISFIES_BITS, toI64(shl(and(predicate, i32(15)), i32(2))))), i32(15));

const holds = (relation: I32, predicate: I32): I32 => and(shrU(satisfying(predicate), relation), i32(1));

const quietIsInvalid = (predicate: I32): I32 => {
  const low = and(predicate, i32(3));
  return xor(or(eq(low, i32(1)), eq(low, i32(2))), and(shrU(predicate, i32(4)), i32(1)));
};

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
      const mask = select(holds(relation, predicate), i64(-1), i64(0));
      code.set(result, replaceBits(width, result, index, mask));
    }
    code.return(result);
  });
}

/** All ones or zeros in each lane, where nothing can be a NaN. */
function nativeMasks(e: Emitter, width: Width, a: Vector, b: Vector, predicate: I32): Vector {
  const shape = width === 32 ? 'f32x4' : 'f64x2';
  const known = constantOf(predicate);
  if (known !== undefined) {
    const operator = NATIVE_OPERATORS[SATISFIES[Number(known & 15n)]! & 7]!;
    if (operator === 'none') return ZERO;
    return operator === 'all' ? op('v128.not', ZERO) : vectorOperator(`${shape}.${operator}`)(a, b);
  }
  const relations = e.let(satisfying(predicate));
  const chosen = (name: 'gt' | 'lt' | 'eq', bit: number): Vector => {
    const wanted = op('i32x4.splat', sub(i32(0), and(shrU(relations, i32(bit)), i32(1))));
    return op('v128.and', vectorOperator(`${shape}.${name}`)(a, b), wanted);
  };
  return op('v128.or', op('v128.or', chosen('gt', 0), chosen('lt', 1)), chosen('eq', 2));
}
/** By the relations that satisfy it: bit 0 greater, 1 less, 2 equal. */
const NATIVE_OPERATORS = ['none', 'gt', 'lt', 'ne', 'eq', 'ge', 'le', 'all'] as const;

/** @param predicates 8 for SSE, 32 with a VEX prefix */
export function compareIntoMask(width: Width, predicates: 8 | 32): Body {
  const exact = defineCompareLanes(width, laneCount(width));
  return (e, destination, source, immediate) => {
    const b = e.let(readAligned(e, source!));
    const a = e.let(e.readAs(destination!, 'v128'));
    const predicate = constantOr(e, and(toI32(e.read(immediate!)), i32(predicates - 1)));
    const result = e.let(nativeMasks(e, width, a, b, predicate));
    e.if(eqz(and(isMaskedMode(e), allNormalOrZero(e, width, a, b))), () => {
      beginExact(e);
      e.set(result, call(exact, a, b, predicate));
      finishExact(e);
    });
    e.writeAs(destination!, result);
  };
}

export function compareScalarIntoMask(width: Width, predicates: 8 | 32): Body {
  const exact = binaryHelpers(width).compare;
  return (e, destination, source, immediate) => {
    const b = e.let(e.readAs(source!, bitsType(width)));
    const a = e.let(e.readAs(destination!, bitsType(width)));
    const predicate = constantOr(e, and(toI32(e.read(immediate!)), i32(predicates - 1)));
    const relation = e.let(
      select(scalarTest(width, 'lt', a, b), i32(LESS), select(scalarTest(width, 'eq', a, b), i32(EQUAL), i32(0))),
    );
    e.if(eqz(and(isMaskedMode(e), and(isNormalOrZero(a), isNormalOrZero(b)))), () => {
      beginExact(e);
      e.set(relation, call(exact, widen(a), widen(b), quietIsInvalid(predicate)));
      finishExact(e);
    });
    const truth = e.let(holds(relation, predicate));
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
  row('CMPPS', 'NP 0F C2 /r ib', ['+xmm1', 'xmm2/m128', 'imm8'], { feature: 'sse' }, compareIntoMask(32, 8)),
  row('CMPPD', '66 0F C2 /r ib', ['+xmm1', 'xmm2/m128', 'imm8'], { feature: 'sse2' }, compareIntoMask(64, 8)),
  row('CMPSS', 'F3 0F C2 /r ib', ['+xmm1', 'xmm2/m32', 'imm8'], { feature: 'sse' }, compareScalarIntoMask(32, 8)),
  row('CMPSD', 'F2 0F C2 /r ib', ['+xmm1', 'xmm2/m64', 'imm8'], { feature: 'sse2' }, compareScalarIntoMask(64, 8)),
  row('PTEST', '66 0F 38 17 /r', ['xmm1', 'xmm2/m128'], { feature: 'sse4.1', ...WRITES_ALL }, testBits),
];
