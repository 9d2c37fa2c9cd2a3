// SSE4.2's string comparisons: every element of one string against every element of the other (SDM 1 §12.12, SDM 2 §4.1).
//
//   imm8  1:0 element: u8 u16 s8 s16 · 3:2 aggregation: any, ranges, each, ordered · 5:4 polarity · 6 last/expanded
//
// One step compares one element of the first operand with the whole second operand and gives a bit per element of that;
// the aggregations combine these bit masks, so nothing is compared element by element.

import { HELPER_SCRATCH } from '../state/cpu-state.ts';
import { FRAME, GPR } from '../state/frame-layout.ts';
import { add, and, clz, ctz, eq, geU, gtS, ltU, ne, not, or, shl, shrU, sub, toI32, xor } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { call, i32, i64, lane, load, op, select, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import type { Emitter, Operand } from './emitter.ts';
import { type Body, type Row, row } from './row.ts';
import { type Vector, ZERO } from './sse-vector.ts';

type I32 = Value<'i32'>;

const WORDS = 1;
const SIGNED = 2;
const AGGREGATION = { ANY: 0, RANGES: 1, EACH: 2, ORDERED: 3 } as const;
/** Where the first operand lies while its elements are picked by index. */
const FIRST_OPERAND = HELPER_SCRATCH;

const elementCount = (control: I32): I32 => select(and(control, i32(WORDS)), i32(8), i32(16));
const lowBits = (count: I32): I32 => sub(shl(i32(1), count), i32(1));

/** Which elements of `b` relate to element `index` of the first operand. */
function against(control: I32, b: Vector, index: I32, relation: 'eq' | 'ge' | 'le'): I32 {
  const word = op('i16x8.splat', load('i32.load16_u', shl(index, i32(1)), FIRST_OPERAND));
  const byte = op('i8x16.splat', load('i32.load8_u', index, FIRST_OPERAND));
  if (relation === 'eq') {
    const words = op('i16x8.bitmask', op('i16x8.eq', b, word));
    return select(and(control, i32(WORDS)), words, op('i8x16.bitmask', op('i8x16.eq', b, byte)));
  }
  const signedness = (signed: I32, unsigned: I32): I32 => select(and(control, i32(SIGNED)), signed, unsigned);
  const words = signedness(
    op('i16x8.bitmask', op(`i16x8.${relation}_s`, b, word)),
    op('i16x8.bitmask', op(`i16x8.${relation}_u`, b, word)),
  );
  const bytes = signedness(
    op('i8x16.bitmask', op(`i8x16.${relation}_s`, b, byte)),
    op('i8x16.bitmask', op(`i8x16.${relation}_u`, b, byte)),
  );
  return select(and(control, i32(WORDS)), words, bytes);
}

/** Runs `body` for every `stride`-th element index below `limit`. */
function forElements(code: CodeWriter, limit: I32, stride: number, body: (index: I32) => void): void {
  const index = code.let(i32(0));
  code.block((leave) =>
    code.loop((again) => {
      code.branchIf(leave, geU(add(index, i32(stride - 1)), limit));
      body(index);
      code.set(index, add(index, i32(stride)));
      code.branch(again);
    }),
  );
}

type Compare = FunctionDefinition<readonly ['v128', 'v128', 'i32', 'i32', 'i32'], readonly ['i32']>;
/** The manual's IntRes2: a bit per element of b, for strings of the given lengths. */
const compareStrings: Compare = defineFunction(
  'compareStrings',
  ['v128', 'v128', 'i32', 'i32', 'i32'],
  ['i32'],
  (code, a, b, lengthA, lengthB, control) => {
    const count = code.let(elementCount(control));
    const all = code.let(lowBits(count));
    const validA = lowBits(lengthA);
    const validB = code.let(lowBits(lengthB));
    const result = code.let(i32(0));
    const aggregation = code.let(and(shrU(control, i32(2)), i32(3)));
    code.store('v128.store', i32(FIRST_OPERAND), a);
    code.if(eq(aggregation, i32(AGGREGATION.ANY)), () => {
      forElements(code, lengthA, 1, (index) => code.set(result, or(result, against(control, b, index, 'eq'))));
      code.set(result, and(result, validB));
    });
    code.if(eq(aggregation, i32(AGGREGATION.RANGES)), () => {
      forElements(code, lengthA, 2, (index) => {
        const above = against(control, b, index, 'ge');
        const below = against(control, b, add(index, i32(1)), 'le');
        code.set(result, or(result, and(above, below)));
      });
      code.set(result, and(result, validB));
    });
    code.if(eq(aggregation, i32(AGGREGATION.EACH)), () => {
      const words = op('i16x8.bitmask', op('i16x8.eq', a, b));
      const equal = select(and(control, i32(WORDS)), words, op('i8x16.bitmask', op('i8x16.eq', a, b)));
      // Beyond both ends the strings agree, beyond one end they differ.
      const both = code.let(and(validA, validB));
      code.set(result, or(and(equal, both), and(all, not(or(validA, validB)))));
    });
    code.if(eq(aggregation, i32(AGGREGATION.ORDERED)), () => {
      code.set(result, all);
      forElements(code, lengthA, 1, (index) => {
        const here = and(against(control, b, index, 'eq'), validB);
        // What would lie beyond the register is not held against a match.
        code.set(result, and(result, or(shrU(here, index), not(shrU(all, index)))));
      });
    });
    const flipped = select(and(control, i32(0x20)), validB, all);
    code.return(xor(result, select(and(control, i32(0x10)), flipped, i32(0))));
  },
);

type Length = FunctionDefinition<readonly ['v128', 'i32'], readonly ['i32']>;
/** Elements before the first zero one. */
const implicitLength: Length = defineFunction('implicitLength', ['v128', 'i32'], ['i32'], (code, value, control) => {
  const words = op('i16x8.bitmask', op('i16x8.eq', value, ZERO));
  const zeros = select(and(control, i32(WORDS)), words, op('i8x16.bitmask', op('i8x16.eq', value, ZERO)));
  const count = code.let(elementCount(control));
  code.return(ctz(or(zeros, shl(i32(1), count))));
});

/** |register|, at most the number of elements. */
function explicitLength(e: Emitter, register: number, size: 32 | 64, control: I32): I32 {
  const value = e.let(size === 64 ? e.register64(register) : op('i64.extend_i32_s', toI32(e.register(register, 32))));
  const magnitude = e.let(select(gtS(i64(0), value), sub(i64(0), value), value));
  const count = e.let(elementCount(control));
  return e.let(select(ltU(magnitude, op('i64.extend_i32_u', count)), toI32(magnitude), count));
}

type Mask = FunctionDefinition<readonly ['i32', 'i32'], readonly ['v128']>;
/** The result as XMM0 gets it: bits, or with bit 6 all ones in the elements that have their bit. */
const resultMask: Mask = defineFunction('stringResultMask', ['i32', 'i32'], ['v128'], (code, result, control) => {
  code.if(and(control, i32(0x40)), () => {
    code.if(and(control, i32(WORDS)), () => {
      const bits = op('v128.and', op('i16x8.splat', result), WORD_BITS);
      code.return(op('i16x8.eq', bits, WORD_BITS));
    });
    const halves = lane('i64x2.replace_lane', 1, op('i8x16.splat', result), highByte(result));
    code.return(op('i8x16.eq', op('v128.and', halves, BYTE_BITS), BYTE_BITS));
  });
  code.return(lane('i32x4.replace_lane', 0, ZERO, result));
});
const BYTE_BITS: Vector = op('i64x2.splat', i64(0x8040_2010_0804_0201n));
const WORD_BITS: Vector = bitsOfWords();
function bitsOfWords(): Vector {
  let vector = ZERO;
  for (let index = 0; index < 8; index++) vector = lane('i16x8.replace_lane', index, vector, i32(1 << index));
  return vector;
}
const highByte = (result: I32): Value<'i64'> => lane('i64x2.extract_lane', 0, op('i8x16.splat', shrU(result, i32(8))));

function compareBody(lengths: 'implicit' | 32 | 64, answer: 'index' | 'mask'): Body {
  return (e, first, second, immediate) => {
    const b = e.let(e.readAs(second as Operand, 'v128'));
    const a = e.let(e.readAs(first as Operand, 'v128'));
    const control = e.let(toI32(e.read(immediate as Operand)));
    const lengthA =
      lengths === 'implicit' ? e.let(call(implicitLength, a, control)) : explicitLength(e, GPR.rax, lengths, control);
    const lengthB =
      lengths === 'implicit' ? e.let(call(implicitLength, b, control)) : explicitLength(e, GPR.rdx, lengths, control);
    const result = e.let(call(compareStrings, a, b, lengthA, lengthB, control));
    const count = e.let(elementCount(control));
    if (answer === 'mask') e.writeState(FRAME.xmm, call(resultMask, result, control));
    else {
      const last = sub(i32(31), clz(result));
      const index = select(and(control, i32(0x40)), last, ctz(result));
      e.writeRegister(GPR.rcx, 32, select(result, index, count));
    }
    e.flags.set({
      cf: ne(result, i32(0)),
      zf: ltU(lengthB, count),
      sf: ltU(lengthA, count),
      of: and(result, i32(1)),
      af: i32(0),
      pf: i32(0),
    });
  };
}

const OPERANDS = ['xmm1', 'xmm2/m128', 'imm8'];
const OPTIONS = { feature: 'sse4.2', writes: 'oszapc' };

export const SSE_STRING: readonly Row[] = [
  row('PCMPESTRM', '66 0F 3A 60 /r ib', OPERANDS, { ...OPTIONS, operandSize: 32 }, compareBody(32, 'mask')),
  row('PCMPESTRM', '66 REX.W + 0F 3A 60 /r ib', OPERANDS, { ...OPTIONS, operandSize: 64 }, compareBody(64, 'mask')),
  row('PCMPESTRI', '66 0F 3A 61 /r ib', OPERANDS, { ...OPTIONS, operandSize: 32 }, compareBody(32, 'index')),
  row('PCMPESTRI', '66 REX.W + 0F 3A 61 /r ib', OPERANDS, { ...OPTIONS, operandSize: 64 }, compareBody(64, 'index')),
  row('PCMPISTRM', '66 0F 3A 62 /r ib', OPERANDS, OPTIONS, compareBody('implicit', 'mask')),
  row('PCMPISTRI', '66 0F 3A 63 /r ib', OPERANDS, OPTIONS, compareBody('implicit', 'index')),
];
