// Fused multiply and add: FMADD FMSUB FNMADD FNMSUB FMADDSUB FMSUBADD, each with three orders of its operands (SDM Vol. 1 §14.5).

import { fusedMultiplyAdd } from '../float/fused-multiply-add.ts';
import { fusedLanes, NEGATE_ADDEND, NEGATE_PRODUCT, roundsOnce } from '../float/native-fused.ts';
import { and, toI32 } from '../wasm/arithmetic.ts';
import { call, i32, op, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { withLowLane } from '../wasm/low-lane.ts';
import type { Emitter, Float } from './emitter.ts';
import { type Body, type Row, row } from './row.ts';
import { extractBits, laneCount, replaceBits } from './sse-arithmetic.ts';
import {
  allNormal,
  beginExact,
  bitsType,
  finishExact,
  isNativeMode,
  noneLeast,
  type Width,
  widen,
} from './sse-native.ts';
import { floatType, nativeFused } from './sse-scalar.ts';
import { type Vector, ZERO } from './sse-vector.ts';
import { joinExceptions, readHalves, writeHalves, writeWhole } from './vex-forms.ts';

type Packed = FunctionDefinition<readonly ['v128', 'v128', 'v128'], readonly ['v128']>;

/** What is negated in even and in odd lanes. */
interface Operation {
  readonly name: string;
  readonly even: number;
  readonly odd: number;
  readonly opcodes: readonly [of132: number, of213: number, of231: number];
  readonly hasScalar: boolean;
}

// biome-ignore format: a table
const OPERATIONS: readonly Operation[] = [
  { name: 'FMADD', even: 0, odd: 0, opcodes: [0x98, 0xa8, 0xb8], hasScalar: true },
  { name: 'FMSUB', even: NEGATE_ADDEND, odd: NEGATE_ADDEND, opcodes: [0x9a, 0xaa, 0xba], hasScalar: true },
  { name: 'FNMADD', even: NEGATE_PRODUCT, odd: NEGATE_PRODUCT, opcodes: [0x9c, 0xac, 0xbc], hasScalar: true },
  { name: 'FNMSUB', even: NEGATE_PRODUCT | NEGATE_ADDEND, odd: NEGATE_PRODUCT | NEGATE_ADDEND, opcodes: [0x9e, 0xae, 0xbe], hasScalar: true },
  { name: 'FMADDSUB', even: NEGATE_ADDEND, odd: 0, opcodes: [0x96, 0xa6, 0xb6], hasScalar: false },
  { name: 'FMSUBADD', even: 0, odd: NEGATE_ADDEND, opcodes: [0x97, 0xa7, 0xb7], hasScalar: false },
];

/** The order as the mnemonic says it: which operands are multiplied, and which is added. */
const ORDERS = [
  { digits: '132', order: [0, 2, 1] },
  { digits: '213', order: [1, 0, 2] },
  { digits: '231', order: [1, 2, 0] },
] as const;

function definePacked({ name, even, odd }: Operation, width: Width): Packed {
  return defineFunction(`packed${name}${width}`, ['v128', 'v128', 'v128'], ['v128'], (code, a, b, c) => {
    const result = code.let(ZERO);
    for (let index = 0; index < laneCount(width); index++) {
      const lanes = [a, b, c].map((vector) => extractBits(width, vector, index)) as [
        Value<'i64'>,
        Value<'i64'>,
        Value<'i64'>,
      ];
      const bits = call(fusedMultiplyAdd(width), ...lanes, i32(index & 1 ? odd : even));
      code.set(result, replaceBits(width, result, index, bits));
    }
    code.return(result);
  });
}

const notNumbers = (width: Width, vector: Vector): Value<'i32'> =>
  op('v128.any_true', width === 32 ? op('f32x4.ne', vector, vector) : op('f64x2.ne', vector, vector));

const nothing = (): void => {};

/**
 * Where the host rounds once, that is all for ordinary lanes; else the exact helper.
 * @param joins whether exceptions are those of several runs
 */
function fuse(
  e: Emitter,
  { even, odd }: Operation,
  width: Width,
  exact: Packed,
  operands: readonly [Vector, Vector, Vector],
  joins: boolean,
): Vector {
  const [begin, finish] = joins ? [nothing, nothing] : [beginExact, finishExact];
  if (!roundsOnce()) {
    begin(e);
    const result = e.let(call(exact, ...operands));
    finish(e);
    return result;
  }
  const result = e.let(fusedLanes(width, ...operands, even, odd));
  const { floats } = e;
  if (floats?.unobserved) {
    e.if(notNumbers(width, result), () => floats.leave());
    return result;
  }
  const isPlain = and(allNormal(e, width, ...operands, result), noneLeast(e, width, result));
  e.if(
    and(isNativeMode(e), isPlain),
    () => {},
    () => {
      begin(e);
      e.set(result, call(exact, ...operands));
      finish(e);
    },
  );
  return result;
}

const packed = (
  operation: Operation,
  width: Width,
  vectorWidth: 128 | 256,
  order: readonly [number, number, number],
): Body => {
  const exact = definePacked(operation, width);
  const inOrder = (values: readonly Vector[]): [Vector, Vector, Vector] =>
    order.map((index) => values[index]!) as [Vector, Vector, Vector];
  return (e, ...operands) => {
    if (vectorWidth === 128) {
      const third = e.let(e.readAs(operands[2]!, 'v128'));
      const values = [e.let(e.readAs(operands[0]!, 'v128')), e.let(e.readAs(operands[1]!, 'v128')), third];
      writeWhole(e, operands[0]!, fuse(e, operation, width, exact, inOrder(values), false));
      return;
    }
    const third = readHalves(e, operands[2]!);
    const values = [readHalves(e, operands[0]!), readHalves(e, operands[1]!), third];
    const half = (which: 0 | 1): [Vector, Vector, Vector] => inOrder(values.map((halves) => halves[which]));
    const results: Vector[] = [];
    joinExceptions(e, () => {
      for (const which of [0, 1] as const) results.push(fuse(e, operation, width, exact, half(which), true));
    });
    writeHalves(e, operands[0]!, results[0]!, results[1]!);
  };
};

const scalar =
  (width: Width, negate: number, order: readonly [number, number, number]): Body =>
  (e, ...operands) => {
    const { floats } = e;
    if (floats && roundsOnce() && (floats.unobserved || floats.inexactRecorded)) {
      const third = e.let(e.readAs(operands[2]!, floatType(width)));
      const values = [e.readAs(operands[0]!, floatType(width)), e.readAs(operands[1]!, floatType(width)), third];
      const inOrder = order.map((index) => values[index]!) as [Float, Float, Float];
      e.writeAs(operands[0]!, nativeFused(e, floats, inOrder, negate));
      e.writeUpper(operands[0]!, ZERO);
      return;
    }
    const third = e.let(e.readAs(operands[2]!, bitsType(width)));
    const destination = e.let(e.readAs(operands[0]!, 'v128'));
    const values = [
      e.let(e.readAs(operands[0]!, bitsType(width))),
      e.let(e.readAs(operands[1]!, bitsType(width))),
      third,
    ];
    const [a, b, c] = order.map((index) => widen(values[index]!)) as [Value<'i64'>, Value<'i64'>, Value<'i64'>];
    beginExact(e);
    const bits = e.let(call(fusedMultiplyAdd(width), a, b, c, i32(negate)));
    finishExact(e);
    writeWhole(e, operands[0]!, withLowLane(destination, width === 32 ? toI32(bits) : bits));
  };

const hex = (value: number): string => value.toString(16).toUpperCase();
const FEATURE = { feature: 'fma' };

export const FUSED_MULTIPLY_ADD: readonly Row[] = OPERATIONS.flatMap((operation) => {
  const { name, even, opcodes, hasScalar } = operation;
  return ([32, 64] as const).flatMap((width) => {
    const w = width === 64 ? 'W1' : 'W0';
    const letter = width === 64 ? 'D' : 'S';
    return ORDERS.flatMap(({ digits, order }, index) => {
      const opcode = opcodes[index]!;
      const rows = ([128, 256] as const).map((vectorWidth) => {
        const r = vectorWidth === 256 ? 'ymm' : 'xmm';
        return row(
          `V${name}${digits}P${letter}`,
          `VEX.${vectorWidth}.66.0F38.${w} ${hex(opcode)} /r`,
          [`+${r}1`, `${r}v`, `${r}2/m${vectorWidth}`],
          FEATURE,
          packed(operation, width, vectorWidth, order),
        );
      });
      if (!hasScalar) return rows;
      const encoding = `VEX.LIG.66.0F38.${w} ${hex(opcode + 1)} /r`;
      const operands = ['+xmm1', 'xmmv', `xmm2/m${width}`];
      return [...rows, row(`V${name}${digits}S${letter}`, encoding, operands, FEATURE, scalar(width, even, order))];
    });
  });
});
