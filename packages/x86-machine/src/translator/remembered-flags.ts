// What the six arithmetic flags are remembered by inside regions, and how that becomes the interpreter's words.
//
//   kind       what made them, a constant at each producer: a group and a size
//   a, b       its operands (zero-extended)      result   its result
//
//   kind       a             b              result
//   words      zero word     carry word     sign word
//   add, sub   left          right          –             found again from the operands
//   adc, sbb   left          right          result
//   logic      –             –              result
//   ordered    left          right          –             floats that were compared, as bits
//   given      CF            OF + 2 AF      result
//   imul, mul  left          right          –             the lower half of their product
//   shl, shr, sar  operand   count          result
//   inc, dec   –             –              result        CF is that of the same four locals, as they were before
//   rotated    CF            OF, or KEPT    –             the other flags are those of before
//
// A region hands them to the next as they are; the words themselves are made where the interpreter goes on (a call, out of the way)
// or where a condition needs more than the operands say.

import {
  differenceWords,
  type FlagWords,
  flagOf,
  givenWords,
  logicWords,
  packCarry,
  packSign,
  packZero,
  stepWords,
  sumWords,
} from '../flags/flag-words.ts';
import { orderedFlags } from '../flags/known-condition.ts';
import { FLAG_MEMORY, storeFlagWords } from '../interpreter/lazy-flags.ts';
import type { Size } from '../isa/emitter.ts';
import { truncate } from '../isa/integer.ts';
import { productOverflows } from '../isa/multiply-divide.ts';
import { shiftCarries } from '../isa/shift-carries.ts';
import { CPU_STATE } from '../state/cpu-state.ts';
import { add, and, constantLike, eq, geS, mul, or, shrU, sub, toI32, toI64, xor } from '../wasm/arithmetic.ts';
import type { CodeWriter, Label } from '../wasm/code-writer.ts';
import { type Integer, i32, load, select, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';

const GROUPS = [
  'words',
  'add',
  'sub',
  'adc',
  'sbb',
  'logic',
  'ordered',
  'given',
  'imul',
  'mul',
  'shl',
  'shr',
  'sar',
  'inc',
  'dec',
  'rotated',
] as const;
export type Group = (typeof GROUPS)[number];
const SIZES: readonly Size[] = [8, 16, 32, 64];

export const kindOf = (group: Group, size: Size): number => GROUPS.indexOf(group) * 4 + SIZES.indexOf(size);
/** By number. */
const KINDS = GROUPS.flatMap((group) => SIZES.map((size) => ({ group, size })));
export const WORDS_KIND: number = kindOf('words', 8);
/** From here on something is kept of the flags before: of INC and DEC CF … */
export const FIRST_STEP_KIND: number = kindOf('inc', 8);
export const isStep = (group: Group): boolean => kindOf(group, 8) >= FIRST_STEP_KIND;
/** … and from here on all but CF and perhaps OF. */
export const ROTATED_KIND: number = kindOf('rotated', 8);
export const KEPT = 2;
const isBit = (value: Value<Integer>, bit: number): Value<'i32'> => and(shrU(toI32(value), i32(bit)), i32(1));

export const PLACES = ['a', 'b', 'result'] as const;

/** Which of a, b and result a group is remembered by. */
export const OPERANDS: Readonly<Record<Group, readonly ('a' | 'b' | 'result')[]>> = {
  words: ['a', 'b', 'result'],
  add: ['a', 'b'],
  sub: ['a', 'b'],
  adc: ['a', 'b', 'result'],
  sbb: ['a', 'b', 'result'],
  logic: ['result'],
  ordered: ['a', 'b'],
  given: ['a', 'b', 'result'],
  imul: ['a', 'b'],
  mul: ['a', 'b'],
  shl: ['a', 'b', 'result'],
  shr: ['a', 'b', 'result'],
  sar: ['a', 'b', 'result'],
  inc: ['result'],
  dec: ['result'],
  rotated: ['a', 'b'],
};

/** The result of an addition, subtraction or multiplication from its operands; any other is what it is. */
export function resultOf({ group, size, a, b, result }: Operands): Value<Integer> {
  const operate = { add, sub, imul: mul, mul }[group as 'add'];
  if (!operate) return result;
  // A constant operand may be narrower than its place.
  const [left, right] = size === 64 ? [toI64(a), toI64(b)] : [toI32(a), toI32(b)];
  return truncate(size, operate(left as Value, right as Value) as Value<Integer>);
}

/** What flags are remembered by. */
export interface Operands {
  readonly group: Group;
  readonly size: Size;
  readonly a: Value<Integer>;
  readonly b: Value<Integer>;
  readonly result: Value<Integer>;
}

/** The carry out of an addition that a carry came into, or the borrow of a subtraction: of the top bits alone. */
export function carryOut({ group, size, a, b, result }: Operands): Value<'i32'> {
  const [left, right, sum] = [a, b, result].map((value) => (size === 64 ? toI64(value) : toI32(value))) as [
    Value<Integer>,
    Value<Integer>,
    Value<Integer>,
  ];
  const all = constantLike(left, -1);
  const [one, other] = group === 'adc' ? [left, xor(sum, all)] : [xor(left, all), sum];
  return toI32(
    and(shrU(or(and(one, right), and(or(one, right), other)), constantLike(left, size - 1)), constantLike(left, 1)),
  );
}

/** CF and OF of a shift; undefined where it was none. */
export function carriesOfShift({ group, size, a, b, result }: Operands): ReturnType<typeof shiftCarries> | undefined {
  if (group !== 'shl' && group !== 'shr' && group !== 'sar') return undefined;
  const [value, count, shifted] = [a, b, result].map((one) => (size === 64 ? toI64(one) : toI32(one))) as [
    Value<Integer>,
    Value<Integer>,
    Value<Integer>,
  ];
  return shiftCarries(group, size, value, count, shifted);
}

/** What is kept of `before` is taken from there. */
export function wordsOf(code: CodeWriter, operands: Operands, before: FlagWords): FlagWords {
  const { group, size, a, b } = operands;
  const result = resultOf(operands);
  switch (group) {
    case 'words':
      return { zero: toI64(a), sign: toI64(result), carry: toI64(b) };
    case 'add':
    case 'adc':
      return sumWords(code, size, a, b, result);
    case 'sub':
    case 'sbb':
      return differenceWords(code, size, a, b, result);
    case 'logic':
      return logicWords(code, size, result);
    case 'ordered': {
      const { cf, zf, pf } = orderedFlags(a, b);
      const none = i32(0);
      return { zero: packZero(zf), sign: packSign(none, pf), carry: packCarry(code, cf, none, none) };
    }
    case 'imul':
    case 'mul': {
      const [left, right] = size === 64 ? [toI64(a), toI64(b)] : [toI32(a), toI32(b)];
      const of = code.let(productOverflows((value) => code.let(value), size, group === 'imul', left, right));
      return givenWords(code, size, result, { cf: of, of });
    }
    case 'shl':
    case 'shr':
    case 'sar': {
      const { cf, of } = carriesOfShift(operands)!;
      return givenWords(code, size, result, { cf: code.let(cf), of });
    }
    case 'inc':
    case 'dec':
      return stepWords(code, size, group === 'inc', result, before.carry);
    case 'given':
      return givenWords(code, size, result, { cf: isBit(a, 0), of: isBit(b, 0), af: isBit(b, 1) });
    case 'rotated': {
      const of = select(eq(toI32(b), i32(KEPT)), flagOf(code, before, 'of'), toI32(b));
      const carry = packCarry(code, toI32(a), of, flagOf(code, before, 'af'));
      return { zero: before.zero, sign: before.sign, carry };
    }
  }
}

/** Stores the three words that (kind, a, b, result) stand for; what is kept is kept of the words that are there. */
export const storeRememberedFlags: FunctionDefinition<readonly ['i32', 'i64', 'i64', 'i64'], readonly []> =
  defineFunction('storeRememberedFlags', ['i32', 'i64', 'i64', 'i64'], [], (code, kind, ...operands) => {
    // A block for each kind, the last outermost: the table leads to the end of a kind's block, where its code follows.
    const within = (last: number, labels: readonly Label[]): void => {
      if (last < 0) {
        code.branchTable(kind, labels);
        return;
      }
      code.block((leave) => within(last - 1, [leave, ...labels]));
      const { group, size } = KINDS[last]!;
      const [a, b, result] = (group === 'words' || size === 64 ? operands : operands.map(toI32)) as typeof operands;
      storeFlagWords(code, wordsOf(code, { group, size, a, b, result }, FLAG_MEMORY));
      code.return();
    };
    within(KINDS.length - 1, []);
  });

/**
 * Between regions what they remember is in memory as it is: (a, b, result) in the places of the (zero, carry, sign) words,
 * which kind 0 makes them. This turns it into those words, before anyone else looks.
 */
export const settleFlags: FunctionDefinition<readonly [], readonly []> = defineFunction(
  'settleFlags',
  [],
  [],
  (code) => {
    const kind = code.let(load('i32.load', i32(0), CPU_STATE.flagKind));
    const word = (place: number): Value<'i64'> => load('i64.load', i32(0), place);
    const [a, b, result] = [FLAG_PLACES[0], FLAG_PLACES[1], FLAG_PLACES[2]].map((place) => code.let(word(place)));
    code.if(geS(kind, i32(FIRST_STEP_KIND)), () => {
      const kindBefore = load('i32.load', i32(0), CPU_STATE.flagKindBefore);
      code.call(
        storeRememberedFlags,
        kindBefore,
        word(BEFORE_PLACES[0]),
        word(BEFORE_PLACES[1]),
        word(BEFORE_PLACES[2]),
      );
    });
    code.call(storeRememberedFlags, kind, a!, b!, result!);
    code.store('i32.store', i32(0), i32(WORDS_KIND), CPU_STATE.flagKind);
  },
);

/** Where a, b and result of what is remembered lie between regions. */
export const FLAG_PLACES: readonly [number, number, number] = [
  CPU_STATE.flagZero,
  CPU_STATE.flagCarry,
  CPU_STATE.flagSign,
];
export const BEFORE_PLACES: readonly [number, number, number] = [
  CPU_STATE.flagBefore,
  CPU_STATE.flagBefore + 8,
  CPU_STATE.flagBefore + 16,
];
