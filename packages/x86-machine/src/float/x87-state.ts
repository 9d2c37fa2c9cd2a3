// The x87 register stack, control and status words, and how an instruction ends (SDM 1 §8.1, §8.5).
//
//   ST(i) is physical register (TOP + i) & 7, 16 bytes each at FRAME.x87Registers: significand u64, sign and exponent u16.
//   Tags here only tell empty (11) from not empty (00); FSTENV and FSAVE look at the contents for the rest.
//
// A helper clears X87_FLAGS, computes, and calls finishX87: exceptions become sticky, an unmasked one sets ES and B (the next
// waiting instruction raises #MF), and one detected from the operands alone keeps the destination from being written.

import { HELPER_SCRATCH } from '../state/cpu-state.ts';
import { FRAME } from '../state/frame-layout.ts';
import { add, and, eq, eqz, ne, not, or, shl, shrU, sub } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { call, i32, i64, load, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { ALL_EXCEPTIONS, INEXACT, INVALID, OVERFLOW, PRE_COMPUTATION, UNDERFLOW } from './exception-flags.ts';

type I32 = Value<'i32'>;

export const STACK_FAULT = 0x40;
export const ERROR_SUMMARY = 0x80;
const BUSY = 0x8000;
export const CONDITION = { C0: 0x100, C1: 0x200, C2: 0x400, C3: 0x4000 } as const;
export const ALL_CONDITIONS = 0x4700;
export const TOP_FIELD = 0x3800;

/** Exceptions (and ROUNDED_UP, which is C1) that the running instruction has raised so far. */
export const X87_FLAGS: number = HELPER_SCRATCH + 2032;

/** The quiet NaN that masked invalid operations give: sign and exponent, significand. */
export const INDEFINITE_SIGN_EXPONENT: I32 = i32(0xffff);
export const INDEFINITE_SIGNIFICAND: Value<'i64'> = i64(3n << 62n);

export const controlWord = (): I32 => load('i32.load16_u', i32(FRAME.x87Control));
export const statusWord = (): I32 => load('i32.load16_u', i32(FRAME.x87Status));
export const tagWord = (): I32 => load('i32.load16_u', i32(FRAME.x87Tag));
export const top = (): I32 => and(shrU(statusWord(), i32(11)), i32(7));
export const x87RoundingMode = (): I32 => and(shrU(controlWord(), i32(10)), i32(3));
/** Non-zero when these exceptions are masked. */
export const x87Masked = (exceptions: number): I32 => and(controlWord(), i32(exceptions));

export function setStatus(code: CodeWriter, value: I32): void {
  code.store('i32.store16', i32(FRAME.x87Status), value);
}
export function raiseX87(code: CodeWriter, exceptions: I32): void {
  code.store('i32.store', i32(X87_FLAGS), or(load('i32.load', i32(X87_FLAGS)), exceptions));
}
export function beginX87(code: CodeWriter): void {
  code.store('i32.store', i32(X87_FLAGS), i32(0));
}

/** Physical register number of ST(index). */
export const physical = (index: I32): I32 => and(add(top(), index), i32(7));
export const slotOf = (register: I32): I32 => add(shl(register, i32(4)), i32(FRAME.x87Registers));
export const significandAt = (slot: I32): Value<'i64'> => load('i64.load', slot);
export const signExponentAt = (slot: I32): I32 => load('i32.load16_u', slot, 8);
/** 1 when ST(index) is empty. */
export const isEmpty = (index: I32): I32 => eq(and(shrU(tagWord(), shl(physical(index), i32(1))), i32(3)), i32(3));

/** Recomputes ES and B from flags and masks, as every write of either word does. */
export const summarize: FunctionDefinition<readonly [], readonly []> = defineFunction(
  'x87Summarize',
  [],
  [],
  (code) => {
    const status = code.let(and(statusWord(), i32(0xffff & ~(ERROR_SUMMARY | BUSY))));
    const unmasked = and(and(status, not(controlWord())), i32(ALL_EXCEPTIONS));
    code.if(unmasked, () => code.set(status, or(status, i32(ERROR_SUMMARY | BUSY))));
    setStatus(code, status);
  },
);

/** What only computing the result finds. */
const LATER_FLAGS = OVERFLOW | UNDERFLOW | INEXACT | CONDITION.C1;

/** Ends an instruction: 1 when its result may be written. C1 is the rounding direction, or that of a stack fault. */
export const finishX87: FunctionDefinition<readonly [], readonly ['i32']> = defineFunction(
  'finishX87',
  [],
  ['i32'],
  (code) => {
    const flags = code.let(load('i32.load', i32(X87_FLAGS)));
    // A stack fault is found before the operands are looked at, and its C1 is its direction.
    const fault = code.let(and(flags, i32(STACK_FAULT)));
    code.if(fault, () => code.set(flags, and(flags, i32(INVALID | STACK_FAULT | CONDITION.C1))));
    const unmasked = code.let(and(and(flags, not(controlWord())), i32(PRE_COMPUTATION)));
    code.if(and(ne(unmasked, i32(0)), eqz(fault)), () => code.set(flags, and(flags, i32(~LATER_FLAGS))));
    setStatus(code, or(and(statusWord(), i32(0xffff & ~CONDITION.C1)), flags));
    code.if(and(flags, i32(ALL_EXCEPTIONS)), () => void code.call(summarize));
    code.return(eq(unmasked, i32(0)));
  },
);

/** As finishX87, for instructions that leave C1 alone unless the stack faults (FCMOVcc, FCOMI). */
export const finishKeepingC1: FunctionDefinition<readonly [], readonly ['i32']> = defineFunction(
  'finishX87KeepingC1',
  [],
  ['i32'],
  (code) => {
    const before = code.let(and(statusWord(), i32(CONDITION.C1)));
    const allowed = code.let(call(finishX87));
    const fault = and(load('i32.load', i32(X87_FLAGS)), i32(STACK_FAULT));
    code.if(eqz(fault), () => setStatus(code, or(statusWord(), before)));
    code.return(allowed);
  },
);

/** Writes ST(index), which is then not empty. */
export const writeStack: FunctionDefinition<readonly ['i32', 'i64', 'i32'], readonly []> = defineFunction(
  'x87WriteStack',
  ['i32', 'i64', 'i32'],
  [],
  (code, index, significand, signExponent) => {
    const register = code.let(physical(index));
    const slot = code.let(slotOf(register));
    code.store('i64.store', slot, significand);
    code.store('i32.store16', slot, signExponent, 8);
    const mask = not(shl(i32(3), shl(register, i32(1))));
    code.store('i32.store16', i32(FRAME.x87Tag), and(tagWord(), mask));
  },
);

/** Marks the top empty and moves TOP up, `count` times. */
export const popStack: FunctionDefinition<readonly ['i32'], readonly []> = defineFunction(
  'x87Pop',
  ['i32'],
  [],
  (code, count) => {
    code.block((leave) =>
      code.loop((again) => {
        code.branchIf(leave, eq(count, i32(0)));
        const register = code.let(top());
        code.store('i32.store16', i32(FRAME.x87Tag), or(tagWord(), shl(i32(3), shl(register, i32(1)))));
        const next = shl(and(add(register, i32(1)), i32(7)), i32(11));
        setStatus(code, or(and(statusWord(), i32(0xffff & ~TOP_FIELD)), next));
        code.set(count, sub(count, i32(1)));
        code.branch(again);
      }),
    );
  },
);

/** Moves TOP by `distance` without touching any tag. */
export const moveTop: FunctionDefinition<readonly ['i32'], readonly []> = defineFunction(
  'x87MoveTop',
  ['i32'],
  [],
  (code, distance) => {
    const next = shl(and(add(top(), distance), i32(7)), i32(11));
    setStatus(code, or(and(statusWord(), i32(0xffff & ~TOP_FIELD)), next));
  },
);

/** Ends an instruction that pushes its result: on a full stack the result is the indefinite, if that is masked. */
export const finishPush: FunctionDefinition<readonly ['i64', 'i32'], readonly []> = defineFunction(
  'x87FinishPush',
  ['i64', 'i32'],
  [],
  (code, significand, signExponent) => {
    const underflowed = and(load('i32.load', i32(X87_FLAGS)), i32(STACK_FAULT));
    code.if(eqz(or(isEmpty(i32(7)), underflowed)), () => {
      code.store('i32.store', i32(X87_FLAGS), i32(INVALID | STACK_FAULT | CONDITION.C1));
      code.set(significand, INDEFINITE_SIGNIFICAND);
      code.set(signExponent, INDEFINITE_SIGN_EXPONENT);
    });
    code.call(finishX87);
    // A denormal is loaded even when that exception is unmasked; only an invalid operation keeps the stack as it is.
    const flags = and(load('i32.load', i32(X87_FLAGS)), i32(INVALID));
    code.if(eqz(and(flags, not(controlWord()))), () => {
      code.call(moveTop, i32(-1));
      code.call(writeStack, i32(0), significand, signExponent);
    });
  },
);

/** ST(index) and 0, or the indefinite and the flags of a stack underflow. */
export const readStack: FunctionDefinition<readonly ['i32'], readonly ['i64', 'i32', 'i32']> = defineFunction(
  'x87ReadStack',
  ['i32'],
  ['i64', 'i32', 'i32'],
  (code, index) => {
    code.if(isEmpty(index), () =>
      code.return(INDEFINITE_SIGNIFICAND, INDEFINITE_SIGN_EXPONENT, i32(INVALID | STACK_FAULT)),
    );
    const slot = code.let(slotOf(physical(index)));
    code.return(significandAt(slot), signExponentAt(slot), i32(0));
  },
);
