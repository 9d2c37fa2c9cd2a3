// x87 arithmetic, comparison and classification (SDM 1 §8.3.5–8.3.6).

import {
  addExtended,
  divideExtended,
  type ExtendedBinary,
  type ExtendedUnary,
  multiplyExtended,
  squareRootExtended,
  subtractExtended,
} from '../float/extended-arithmetic.ts';
import { roundToIntegralExtended, scaleExtended } from '../float/extended-functions.ts';
import {
  type NativeResult,
  nativeAdd,
  nativeCompare,
  nativeDivide,
  nativeMultiply,
  nativeResult,
  nativeUnary,
  numberOf,
} from '../float/extended-native.ts';
import {
  COMPARE,
  changeSign,
  compareAndPop,
  defineApply,
  defineApplyUnary,
  examine,
  extract,
  moveIf,
  remainder,
  setRelation,
} from '../float/x87-instructions.ts';
import { CONDITION } from '../float/x87-state.ts';
import { and, eq, or, xor } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { i32, i64, select, type Value } from '../wasm/expression.ts';
import type { ConditionCode } from './condition.ts';
import type { Emitter, X87Number, X87Stack } from './emitter.ts';
import { type Body, type Row, row } from './row.ts';
import {
  begin,
  beginFlags,
  checkPending,
  extended,
  extendedNatively,
  fromStack,
  MEMORY_NOTATION,
  type MemoryKind,
  ON_STACK,
  readMemory,
  stackIndex,
} from './x87-operand.ts';

const FEATURE = { feature: 'x87' };
const hex = (value: number): string => value.toString(16).toUpperCase();

type Apply = ReturnType<typeof defineApply>;
const applied = (name: string, operation: ExtendedBinary): Apply => defineApply(name, operation);

type Native = (code: CodeWriter, into: NativeResult, rounding: Value<'i32'>, a: X87Number, b: X87Number) => void;

interface Operation {
  readonly name: string;
  readonly digit: number;
  readonly apply: Apply;
  /** The same in line, for an emitter's own stack. */
  readonly native: Native;
  /** b op a instead of a op b. */
  readonly reversed?: true;
}

const ADD = applied('add', addExtended);
const MULTIPLY = applied('mul', multiplyExtended);
const SUBTRACT = applied('sub', subtractExtended);
const DIVIDE = applied('div', divideExtended);
const SCALE = applied('scale', scaleExtended);

const nativeSum: Native = (code, into, rounding, a, b) => nativeAdd(code, into, rounding, a, b, false);
const nativeDifference: Native = (code, into, rounding, a, b) => nativeAdd(code, into, rounding, a, b, true);

const OPERATIONS: readonly Operation[] = [
  { name: 'ADD', digit: 0, apply: ADD, native: nativeSum },
  { name: 'MUL', digit: 1, apply: MULTIPLY, native: nativeMultiply },
  { name: 'SUB', digit: 4, apply: SUBTRACT, native: nativeDifference },
  { name: 'SUBR', digit: 5, apply: SUBTRACT, native: nativeDifference, reversed: true },
  { name: 'DIV', digit: 6, apply: DIVIDE, native: nativeDivide },
  { name: 'DIVR', digit: 7, apply: DIVIDE, native: nativeDivide, reversed: true },
];

function apply(
  e: Emitter,
  operation: Operation,
  a: X87Number,
  b: X87Number,
  destination: Value<'i32'>,
  pops: number,
): void {
  const [x, y] = operation.reversed ? [b, a] : [a, b];
  e.call(operation.apply, ...([x[0], x[1], y[0], y[1], destination, i32(pops)] as const));
}

/** As `apply`, on an emitter's own stack; `raised` are the exceptions so far. */
function applyNatively(
  e: Emitter,
  stack: X87Stack,
  { native, reversed }: Operation,
  a: X87Number,
  b: X87Number,
  raised: Value<'i32'>,
  destination: number,
  pops: number,
): void {
  const result = nativeResult(e.code);
  e.code.set(result.flags, raised);
  native(e.code, result, stack.rounding(), ...((reversed ? [b, a] : [a, b]) as [X87Number, X87Number]));
  stack.finish(result.flags);
  stack.write(destination, numberOf(result));
  if (pops > 0) stack.pop();
}

/** ST(0) op= memory. */
const withMemory =
  (operation: Operation, kind: MemoryKind): Body =>
  (e, source) => {
    checkPending(e);
    const bits = readMemory(e, source!, kind);
    const { x87 } = e;
    if (x87) {
      const top = x87.read(0);
      const operand = extendedNatively(e, bits, kind);
      applyNatively(e, x87, operation, top, numberOf(operand), operand.flags, 0, 0);
      return;
    }
    beginFlags(e);
    const a = fromStack(e, i32(0));
    apply(e, operation, a, extended(e, bits, kind), i32(0), 0);
  };

/** ST(0) op= ST(i), or ST(i) op= ST(0) and perhaps a pop. */
const withRegister =
  (operation: Operation, into: 'top' | 'other', pops: number): Body =>
  (e, first, second) => {
    begin(e);
    const operand = (into === 'top' ? second : first)!;
    const { x87 } = e;
    if (x87) {
      const number = stackIndex(e, operand);
      const [top, other] = [x87.read(0), x87.read(number)];
      if (into === 'top') applyNatively(e, x87, operation, top, other, i32(0), 0, pops);
      else applyNatively(e, x87, operation, other, top, i32(0), number, pops);
      return;
    }
    beginFlags(e);
    const index = e.let(e.registerNumber(operand));
    const top = fromStack(e, i32(0));
    const other = fromStack(e, index);
    if (into === 'top') apply(e, operation, top, other, i32(0), pops);
    else apply(e, operation, other, top, index, pops);
  };

/** The register forms that write ST(i) have SUB and SUBR, DIV and DIVR the other way round. */
const digitIntoOther = (digit: number): number => (digit >= 4 ? digit ^ 1 : digit);

const arithmeticRows: Row[] = OPERATIONS.flatMap((operation) => {
  const { name, digit } = operation;
  const memory = (mnemonic: string, opcode: string, kind: MemoryKind): Row =>
    row(mnemonic, `${opcode} /${digit}`, [MEMORY_NOTATION[kind]], ON_STACK, withMemory(operation, kind));
  const modRM = hex(0xc0 + digit * 8);
  const modRMOther = hex(0xc0 + digitIntoOther(digit) * 8);
  return [
    memory(`F${name}`, 'D8', 'm32fp'),
    memory(`F${name}`, 'DC', 'm64fp'),
    memory(`FI${name}`, 'DA', 'm32int'),
    memory(`FI${name}`, 'DE', 'm16int'),
    row(`F${name}`, `D8 ${modRM}+i`, ['+st(0)', 'st(i)'], ON_STACK, withRegister(operation, 'top', 0)),
    row(`F${name}`, `DC ${modRMOther}+i`, ['+st(i)', 'st(0)'], ON_STACK, withRegister(operation, 'other', 0)),
    row(`F${name}P`, `DE ${modRMOther}+i`, ['+st(i)', 'st(0)'], ON_STACK, withRegister(operation, 'other', 1)),
  ];
});

function compare(
  e: Emitter,
  a: X87Number,
  b: X87Number,
  quietIsInvalid: boolean,
  pops: number,
  keepsC1 = false,
): Value<'i32'> {
  const kind = (quietIsInvalid ? COMPARE.QUIET_IS_INVALID : 0) | (keepsC1 ? COMPARE.KEEPS_C1 : 0);
  const operands = [a[0], a[1], b[0], b[1], i32(kind), i32(pops)] as const;
  const [relation] = e.call(compareAndPop, ...operands);
  return relation;
}

/** C3 C2 C0 of each relation: greater, less, equal, unordered. */
const RELATION_CODES = [0, CONDITION.C0, CONDITION.C3, CONDITION.C0 | CONDITION.C2 | CONDITION.C3] as const;

/** As `compare`, on an emitter's own stack; the relation. */
function compareNatively(
  e: Emitter,
  stack: X87Stack,
  a: X87Number,
  b: X87Number,
  raised: Value<'i32'>,
  quietIsInvalid: boolean,
  pops: number,
  keepsC1 = false,
): Value<'i32'> {
  const flags = e.code.let(raised);
  const relation = nativeCompare(e.code, flags, a, b, quietIsInvalid);
  stack.finish(flags, keepsC1);
  for (let pop = 0; pop < pops; pop++) stack.pop();
  return relation;
}

function setRelationNatively(stack: X87Stack, relation: Value<'i32'>): void {
  const [, less, equal, unordered] = RELATION_CODES;
  const code = select(eq(relation, i32(2)), i32(equal), select(eq(relation, i32(3)), i32(unordered), i32(0)));
  stack.setConditions(select(eq(relation, i32(1)), i32(less), code), unordered);
}

const compareMemory =
  (kind: MemoryKind, pops: number): Body =>
  (e, source) => {
    checkPending(e);
    const bits = readMemory(e, source!, kind);
    const { x87 } = e;
    if (x87) {
      const top = x87.read(0);
      const operand = extendedNatively(e, bits, kind);
      setRelationNatively(x87, compareNatively(e, x87, top, numberOf(operand), operand.flags, true, pops));
      return;
    }
    beginFlags(e);
    const a = fromStack(e, i32(0));
    e.call(setRelation, compare(e, a, extended(e, bits, kind), true, pops));
  };

/** FCOM and FUCOM; `other` is the register, from the operand or fixed. */
const compareRegister =
  (quietIsInvalid: boolean, pops: number, fixed?: number): Body =>
  (e, _top, source) => {
    begin(e);
    const { x87 } = e;
    if (x87) {
      const [top, other] = [x87.read(0), x87.read(fixed ?? stackIndex(e, source!))];
      setRelationNatively(x87, compareNatively(e, x87, top, other, i32(0), quietIsInvalid, pops));
      return;
    }
    beginFlags(e);
    const index = fixed === undefined ? e.let(e.registerNumber(source!)) : i32(fixed);
    const a = fromStack(e, i32(0));
    e.call(setRelation, compare(e, a, fromStack(e, index), quietIsInvalid, pops));
  };

/** FCOMI and FUCOMI: into RFLAGS as COMISD does. */
const compareIntoFlags =
  (quietIsInvalid: boolean, pops: number): Body =>
  (e, _top, source) => {
    begin(e);
    const { x87 } = e;
    let relation: Value<'i32'>;
    if (x87) {
      const [top, other] = [x87.read(0), x87.read(stackIndex(e, source!))];
      relation = compareNatively(e, x87, top, other, i32(0), quietIsInvalid, pops, true);
    } else {
      beginFlags(e);
      const index = e.let(e.registerNumber(source!));
      const a = fromStack(e, i32(0));
      relation = e.let(compare(e, a, fromStack(e, index), quietIsInvalid, pops, true));
    }
    const unordered = eq(relation, i32(3));
    e.flags.set({
      cf: or(eq(relation, i32(1)), unordered),
      zf: or(eq(relation, i32(2)), unordered),
      pf: unordered,
      of: i32(0),
      sf: i32(0),
      af: i32(0),
    });
  };

const ZERO: X87Number = [i64(0), i32(0)];
const WRITES = { ...ON_STACK, writes: 'oszapc' };
const comparisonRows: Row[] = [
  row('FCOM', 'D8 /2', ['m32'], ON_STACK, compareMemory('m32fp', 0)),
  row('FCOM', 'DC /2', ['m64'], ON_STACK, compareMemory('m64fp', 0)),
  row('FCOMP', 'D8 /3', ['m32'], ON_STACK, compareMemory('m32fp', 1)),
  row('FCOMP', 'DC /3', ['m64'], ON_STACK, compareMemory('m64fp', 1)),
  row('FICOM', 'DE /2', ['m16'], ON_STACK, compareMemory('m16int', 0)),
  row('FICOM', 'DA /2', ['m32'], ON_STACK, compareMemory('m32int', 0)),
  row('FICOMP', 'DE /3', ['m16'], ON_STACK, compareMemory('m16int', 1)),
  row('FICOMP', 'DA /3', ['m32'], ON_STACK, compareMemory('m32int', 1)),
  row('FCOM', 'D8 D0+i', ['st(0)', 'st(i)'], ON_STACK, compareRegister(true, 0)),
  row('FCOMP', 'D8 D8+i', ['st(0)', 'st(i)'], ON_STACK, compareRegister(true, 1)),
  // Aliases that every processor has and no manual of Intel's lists (AMD APM Vol. 3 Appendix A, x87 opcode maps).
  row('FCOM', 'DC D0+i', ['st(0)', 'st(i)'], ON_STACK, compareRegister(true, 0)),
  row('FCOMP', 'DC D8+i', ['st(0)', 'st(i)'], ON_STACK, compareRegister(true, 1)),
  row('FCOMP', 'DE D0+i', ['st(0)', 'st(i)'], ON_STACK, compareRegister(true, 1)),
  row('FCOMPP', 'DE D9', [], ON_STACK, compareRegister(true, 2, 1)),
  row('FUCOM', 'DD E0+i', ['st(0)', 'st(i)'], ON_STACK, compareRegister(false, 0)),
  row('FUCOMP', 'DD E8+i', ['st(0)', 'st(i)'], ON_STACK, compareRegister(false, 1)),
  row('FUCOMPP', 'DA E9', [], ON_STACK, compareRegister(false, 2, 1)),
  row('FCOMI', 'DB F0+i', ['st(0)', 'st(i)'], WRITES, compareIntoFlags(true, 0)),
  row('FCOMIP', 'DF F0+i', ['st(0)', 'st(i)'], WRITES, compareIntoFlags(true, 1)),
  row('FUCOMI', 'DB E8+i', ['st(0)', 'st(i)'], WRITES, compareIntoFlags(false, 0)),
  row('FUCOMIP', 'DF E8+i', ['st(0)', 'st(i)'], WRITES, compareIntoFlags(false, 1)),
  row('FTST', 'D9 E4', [], ON_STACK, (e) => {
    begin(e);
    const { x87 } = e;
    if (x87) {
      setRelationNatively(x87, compareNatively(e, x87, x87.read(0), ZERO, i32(0), true, 0));
      return;
    }
    beginFlags(e);
    e.call(setRelation, compare(e, fromStack(e, i32(0)), ZERO, true, 0));
  }),
  row('FXAM', 'D9 E5', [], FEATURE, (e) => {
    begin(e);
    e.call(examine);
  }),
];

/** Condition, opcode and first ModRM byte of each FCMOV. */
const MOVES: readonly (readonly [string, ConditionCode, string])[] = [
  ['FCMOVB', 'b', 'DA C0'],
  ['FCMOVE', 'e', 'DA C8'],
  ['FCMOVBE', 'be', 'DA D0'],
  ['FCMOVU', 'p', 'DA D8'],
  ['FCMOVNB', 'ae', 'DB C0'],
  ['FCMOVNE', 'ne', 'DB C8'],
  ['FCMOVNBE', 'a', 'DB D0'],
  ['FCMOVNU', 'np', 'DB D8'],
];
const MOVE_READS: Partial<Record<ConditionCode, string>> = {
  b: 'c',
  ae: 'c',
  e: 'z',
  ne: 'z',
  be: 'cz',
  a: 'cz',
  p: 'p',
  np: 'p',
};

const unary = (name: string, operation: ExtendedUnary): Body => {
  const definition = defineApplyUnary(name, operation);
  return (e) => {
    begin(e);
    const { x87 } = e;
    if (!x87) {
      e.call(definition);
      return;
    }
    const result = nativeResult(e.code);
    nativeUnary(e.code, result, operation, x87.read(0));
    x87.finish(result.flags);
    x87.write(0, numberOf(result));
  };
};

/** FCHS and FABS: sign = (sign and keep) xor flip, of anything. */
const changesSign =
  (keep: number, flip: number): Body =>
  (e) => {
    begin(e);
    const { x87 } = e;
    if (!x87) {
      e.call(changeSign, i32(keep), i32(flip));
      return;
    }
    const [significand, signExponent] = x87.read(0);
    x87.finish(i32(0));
    x87.write(0, [significand, xor(and(signExponent, i32(keep)), i32(flip))]);
  };

export const X87_ARITHMETIC: readonly Row[] = [
  ...arithmeticRows,
  ...comparisonRows,
  ...MOVES.map(([mnemonic, condition, encoding]) =>
    row(
      mnemonic,
      `${encoding}+i`,
      ['+st(0)', 'st(i)'],
      { ...ON_STACK, reads: MOVE_READS[condition]! },
      (e, _top, source) => {
        begin(e);
        const holds = e.let(e.condition(condition));
        const { x87 } = e;
        if (x87) {
          const [top, other] = [x87.read(0), x87.read(stackIndex(e, source!))];
          x87.write(0, [select(holds, other[0], top[0]), select(holds, other[1], top[1])]);
          return;
        }
        e.call(moveIf, e.registerNumber(source!), holds);
      },
    ),
  ),
  row('FCHS', 'D9 E0', [], ON_STACK, changesSign(0xffff, 0x8000)),
  row('FABS', 'D9 E1', [], ON_STACK, changesSign(0x7fff, 0)),
  row('FSQRT', 'D9 FA', [], ON_STACK, unary('sqrt', squareRootExtended)),
  row('FRNDINT', 'D9 FC', [], ON_STACK, unary('rndint', roundToIntegralExtended)),
  row('FSCALE', 'D9 FD', [], FEATURE, (e) => {
    begin(e);
    beginFlags(e);
    const a = fromStack(e, i32(0));
    const b = fromStack(e, i32(1));
    e.call(SCALE, ...([a[0], a[1], b[0], b[1], i32(0), i32(0)] as const));
  }),
  row('FXTRACT', 'D9 F4', [], FEATURE, (e) => {
    begin(e);
    e.call(extract);
  }),
  row('FPREM', 'D9 F8', [], FEATURE, (e) => {
    begin(e);
    e.call(remainder, i32(0));
  }),
  row('FPREM1', 'D9 F5', [], FEATURE, (e) => {
    begin(e);
    e.call(remainder, i32(1));
  }),
];
