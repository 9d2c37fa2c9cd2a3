// SSE4.1's extensions, sums and products that are no lane-by-lane operation, and SSE's approximations (SDM 1 §10.4.1.2, §12.8–12.10).

import { binaryHelpers } from '../float/binary-arithmetic.ts';
import { finishStep } from '../float/simd-control.ts';
import { add, and, eq, gtU, ltU, or, shl, shrU, toI32 } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { call, i32, i64, lane, op, select, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import type { OperatorName } from '../wasm/operators.ts';
import type { Emitter, Operand } from './emitter.ts';
import { type Body, type Row, row } from './row.ts';
import { extractBits, replaceBits } from './sse-arithmetic.ts';
import { beginExact, finishExact, type Width } from './sse-native.ts';
import { BYTE_INDICES, readAligned, type Vector, vectorOperator, ZERO } from './sse-vector.ts';
import { readHalves, writeHalves } from './vex-forms.ts';

/** The low `bytes` of a register, or that much memory, with anything above. */
function readLow(e: Emitter, operand: Operand, bytes: 2 | 4 | 8): Vector {
  if (!operand.isMemory) return e.readAs(operand, 'v128');
  if (bytes === 8) return op('i64x2.splat', e.readAs(operand, 'i64'));
  if (bytes === 4) return op('i32x4.splat', e.readAs(operand, 'i32'));
  return op('i32x4.splat', toI32(e.load(16, e.address(operand))));
}

const SHAPES = ['i8x16', 'i16x8', 'i32x4', 'i64x2'] as const;

/** PMOVSX and PMOVZX: doubling the lanes' width until it is enough. */
function extend(from: number, to: number, sign: 's' | 'u'): Body {
  const bytes = (16 >> (to - from)) as 2 | 4 | 8;
  return (e, destination, source) => {
    let value = readLow(e, source!, bytes);
    for (let step = from; step < to; step++) {
      value = vectorOperator(`${SHAPES[step + 1]}.extend_low_${SHAPES[step]}_${sign}` as OperatorName)(value);
    }
    e.writeAs(destination!, value);
  };
}

// biome-ignore format: a table: suffix, last opcode byte, lane shapes from and to
const EXTENSIONS: readonly (readonly [string, number, number, number])[] = [
  ['BW', 0, 0, 1], ['BD', 1, 0, 2], ['BQ', 2, 0, 3], ['WD', 3, 1, 2], ['WQ', 4, 1, 3], ['DQ', 5, 2, 3],
];
const extensionRows = EXTENSIONS.flatMap(([suffix, code, from, to]) =>
  (['s', 'u'] as const).map((sign) =>
    row(
      `PMOV${sign === 's' ? 'SX' : 'ZX'}${suffix}`,
      `66 0F 38 ${sign === 's' ? '2' : '3'}${code} /r`,
      ['=xmm1', `xmm2/m${128 >> (to - from)}`],
      { feature: 'sse4.1' },
      extend(from, to, sign),
    ),
  ),
);

/** PHMINPOSUW: the smallest word, then the index of the first one that is it. */
const minimumPosition: Body = (e, destination, source) => {
  const value = e.let(readAligned(e, source!));
  const best = e.let(lane('i16x8.extract_lane_u', 0, value));
  const position = e.local('i32');
  for (let index = 1; index < 8; index++) {
    const word = e.let(lane('i16x8.extract_lane_u', index, value));
    e.if(ltU(word, best), () => {
      e.set(best, word);
      e.set(position, i32(index));
    });
  }
  e.writeAs(destination!, lane('i32x4.replace_lane', 0, ZERO, or(best, shl(position, i32(16)))));
};

/** MPSADBW: eight sums of four absolute differences, of a sliding block of the destination and one block of the source. */
const slidingSums: Body = (e, destination, source, immediate) => {
  const b = e.let(readAligned(e, source!));
  const a = e.let(e.readAs(destination!, 'v128'));
  const selector = e.let(toI32(e.read(immediate!)));
  const window = e.let(shl(and(shrU(selector, i32(2)), i32(1)), i32(2)));
  const block = e.let(shl(and(selector, i32(3)), i32(2)));
  const sums = e.let(ZERO);
  for (let index = 0; index < 4; index++) {
    const from = op('i8x16.add', BYTE_INDICES, op('i8x16.splat', add(window, i32(index))));
    const slid = op('i16x8.extend_low_i8x16_u', op('i8x16.swizzle', a, from));
    const fixed = op('i8x16.swizzle', b, op('i8x16.splat', add(block, i32(index))));
    const difference = op('i16x8.abs', op('i16x8.sub', slid, op('i16x8.extend_low_i8x16_u', fixed)));
    e.set(sums, op('i16x8.add', sums, difference));
  }
  e.writeAs(destination!, sums);
};

type DotProduct = FunctionDefinition<readonly ['v128', 'v128', 'i32'], readonly ['v128']>;
type WideDotProduct = FunctionDefinition<readonly ['v128', 'v128', 'v128', 'v128', 'i32'], readonly ['v128', 'v128']>;

/**
 * DPPS and DPPD: products of the lanes chosen by bits 7:4, summed pairwise, into the lanes chosen by bits 3:0. Multiplication and each
 * level of addition are operations of their own, on both halves of a YMM register: an unmasked exception ends the instruction
 * there.
 */
function emitDotProduct(
  code: CodeWriter,
  width: Width,
  halves: readonly (readonly [a: Vector, b: Vector])[],
  selector: Value<'i32'>,
): void {
  const { add: sum, mul: product } = binaryHelpers(width).binary;
  const lanes = 128 / width;
  const unchanged = halves.map(([a]) => a);
  const terms = halves.map(([a, b]) =>
    Array.from({ length: lanes }, (_, index) => {
      const term = code.let(i64(0));
      code.if(and(selector, i32(16 << index)), () =>
        code.set(term, call(product, extractBits(width, a, index), extractBits(width, b, index))),
      );
      return term;
    }),
  );
  finishStep(code, ...unchanged);
  const pairs = terms.map((ofHalf) =>
    Array.from({ length: lanes / 2 }, (_, index) => code.let(call(sum, ofHalf[index * 2]!, ofHalf[index * 2 + 1]!))),
  );
  finishStep(code, ...unchanged);
  const results = pairs.map(([first, second]) => {
    const total = second ? code.let(call(sum, first!, second)) : first!;
    const result = code.let(ZERO);
    for (let index = 0; index < lanes; index++) {
      code.if(and(selector, i32(1 << index)), () => code.set(result, replaceBits(width, result, index, total)));
    }
    return result;
  });
  code.return(...results);
}

const defineDotProduct = (width: Width): DotProduct =>
  defineFunction(`dotProduct${width}`, ['v128', 'v128', 'i32'], ['v128'], (code, a, b, selector) =>
    emitDotProduct(code, width, [[a, b]], selector),
  );

const wideDotProduct: WideDotProduct = defineFunction(
  'wideDotProduct',
  ['v128', 'v128', 'v128', 'v128', 'i32'],
  ['v128', 'v128'],
  (code, a, b, aUpper, bUpper, selector) =>
    emitDotProduct(
      code,
      32,
      [
        [a, b],
        [aUpper, bUpper],
      ],
      selector,
    ),
);

/** VDPPS of YMM registers; there is no VDPPD of them. */
export const vexDotProduct: Body = (e, destination, first, second, immediate) => {
  const [b, bUpper] = readHalves(e, second!);
  const [a, aUpper] = readHalves(e, first!);
  beginExact(e);
  const [low, high] = e.call(wideDotProduct, a, b, aUpper, bUpper, toI32(e.read(immediate!)));
  finishExact(e);
  writeHalves(e, destination!, low, high);
};

function dotProduct(width: Width): Body {
  const exact = defineDotProduct(width);
  return (e, destination, source, immediate) => {
    const b = e.let(readAligned(e, source!));
    const a = e.let(e.readAs(destination!, 'v128'));
    beginExact(e);
    const result = e.let(call(exact, a, b, toI32(e.read(immediate!))));
    finishExact(e);
    e.writeAs(destination!, result);
  };
}

type Approximation = FunctionDefinition<readonly ['i32'], readonly ['i32']>;
const SIGN = i32(-0x8000_0000);
const INFINITY = i32(0x7f80_0000);

/**
 * RCPSS and RSQRTSS raise nothing, take denormals as zeros and flush tiny results. The manual bounds the relative error by
 * 1.5 × 2^-12 and processors differ below that; here the nearest binary32 is given (SDM 2, RCPPS).
 */
function defineApproximation(name: 'reciprocal' | 'reciprocalRoot'): Approximation {
  return defineFunction(`approximate_${name}`, ['i32'], ['i32'], (code, bits) => {
    const sign = code.let(and(bits, SIGN));
    const magnitude = code.let(and(bits, i32(0x7fff_ffff)));
    code.if(gtU(magnitude, INFINITY), () => code.return(or(bits, i32(0x0040_0000))));
    code.if(ltU(magnitude, i32(0x0080_0000)), () => code.return(or(sign, INFINITY)));
    if (name === 'reciprocalRoot') code.if(sign, () => code.return(i32(0xffc0_0000 | 0)));
    code.if(eq(magnitude, INFINITY), () => code.return(sign));
    const value = op('f64.promote_f32', op('f32.reinterpret_i32', bits));
    const one = op('f64.convert_i32_s', i32(1));
    const exact = op('f64.div', one, name === 'reciprocal' ? value : op('f64.sqrt', value));
    const result = code.let(op('i32.reinterpret_f32', op('f32.demote_f64', exact)));
    code.return(select(ltU(and(result, i32(0x7fff_ffff)), i32(0x0080_0000)), sign, result));
  });
}

function approximationRows(name: string, opcode: string, definition: Approximation): Row[] {
  return [
    row(`${name}SS`, `F3 0F ${opcode} /r`, ['+xmm1', 'xmm2/m32'], { feature: 'sse' }, (e, destination, source) =>
      e.writeAs(destination!, call(definition, e.readAs(source!, 'i32'))),
    ),
    row(`${name}PS`, `NP 0F ${opcode} /r`, ['=xmm1', 'xmm2/m128'], { feature: 'sse' }, (e, destination, source) => {
      const value = e.let(readAligned(e, source!));
      const result = e.let(ZERO);
      for (let index = 0; index < 4; index++) {
        const bits = call(definition, lane('i32x4.extract_lane', index, value));
        e.set(result, lane('i32x4.replace_lane', index, result, bits));
      }
      e.writeAs(destination!, result);
    }),
  ];
}

export const SSE4: readonly Row[] = [
  ...extensionRows,
  row('PHMINPOSUW', '66 0F 38 41 /r', ['=xmm1', 'xmm2/m128'], { feature: 'sse4.1' }, minimumPosition),
  row('MPSADBW', '66 0F 3A 42 /r ib', ['+xmm1', 'xmm2/m128', 'imm8'], { feature: 'sse4.1' }, slidingSums),
  row('DPPS', '66 0F 3A 40 /r ib', ['+xmm1', 'xmm2/m128', 'imm8'], { feature: 'sse4.1' }, dotProduct(32)),
  row('DPPD', '66 0F 3A 41 /r ib', ['+xmm1', 'xmm2/m128', 'imm8'], { feature: 'sse4.1' }, dotProduct(64)),
  ...approximationRows('RCP', '53', defineApproximation('reciprocal')),
  ...approximationRows('RSQRT', '52', defineApproximation('reciprocalRoot')),
];
