// FSIN, FCOS, FSINCOS and FPTAN: functions of an angle that may be too large to tell (C2), and results that may be two.

import { and, eqz, or } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { call, i32, i64, type Local, load, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { INVALID } from './exception-flags.ts';
import type { ExtendedUnary } from './extended-arithmetic.ts';
import { isExtendedNan } from './extended-format.ts';
import { cosineExtended, isTooLargeForAngle, sineExtended, tangentExtended } from './trigonometric.ts';
import {
  beginX87,
  CONDITION,
  finishX87,
  INDEFINITE_SIGN_EXPONENT,
  INDEFINITE_SIGNIFICAND,
  isEmpty,
  moveTop,
  raiseX87,
  readStack,
  STACK_FAULT,
  setStatus,
  statusWord,
  writeStack,
  X87_FLAGS,
} from './x87-state.ts';

type I32 = Value<'i32'>;
type Instruction = FunctionDefinition<readonly [], readonly []>;
const flags = (): I32 => load('i32.load', i32(X87_FLAGS));

function setC2(code: CodeWriter, incomplete: boolean): void {
  const others = and(statusWord(), i32(0xffff & ~CONDITION.C2));
  setStatus(code, incomplete ? or(others, i32(CONDITION.C2)) : others);
}

/** Reads ST(0); leaves with C2 set and nothing else changed when the angle is too large. */
function angle(code: CodeWriter): { significand: Local<'i64'>; signExponent: Local<'i32'> } {
  beginX87(code);
  const [significand, signExponent, fault] = code.call(readStack, i32(0));
  raiseX87(code, fault);
  return { significand, signExponent };
}

function leaveWhenTooLarge(code: CodeWriter, signExponent: I32): void {
  code.if(and(eqz(and(flags(), i32(STACK_FAULT))), isTooLargeForAngle(signExponent)), () => {
    setC2(code, true);
    code.call(finishX87);
    code.return();
  });
  setC2(code, false);
}

function defineSingle(name: string, operation: ExtendedUnary): Instruction {
  return defineFunction(name, [], [], (code) => {
    const { significand, signExponent } = angle(code);
    leaveWhenTooLarge(code, signExponent);
    code.if(eqz(and(flags(), i32(STACK_FAULT))), () => {
      const [s, e] = code.call(operation, significand, signExponent);
      code.set(significand, s);
      code.set(signExponent, e);
    });
    code.if(call(finishX87), () => void code.call(writeStack, i32(0), significand, signExponent));
  });
}
export const sineInstruction: Instruction = defineSingle('x87Sine', sineExtended);
export const cosineInstruction: Instruction = defineSingle('x87Cosine', cosineExtended);

/** Replaces ST(0) by `first` and pushes `second`: a function, or 1. */
function definePair(name: string, first: ExtendedUnary, second: ExtendedUnary | 'one'): Instruction {
  return defineFunction(name, [], [], (code) => {
    const { significand, signExponent } = angle(code);
    code.if(and(eqz(and(flags(), i32(STACK_FAULT))), eqz(isEmpty(i32(7)))), () =>
      raiseX87(code, i32(INVALID | STACK_FAULT | CONDITION.C1)),
    );
    leaveWhenTooLarge(code, signExponent);
    const pushed = code.let(INDEFINITE_SIGNIFICAND);
    const signPushed = code.let(INDEFINITE_SIGN_EXPONENT);
    const replaced = code.let(INDEFINITE_SIGNIFICAND);
    const signReplaced = code.let(INDEFINITE_SIGN_EXPONENT);
    code.if(eqz(and(flags(), i32(STACK_FAULT))), () => {
      if (second === 'one') {
        code.set(pushed, i64(1n << 63n));
        code.set(signPushed, i32(0x3fff));
      } else {
        const [p, signP] = code.call(second, significand, signExponent);
        code.set(pushed, p);
        code.set(signPushed, signP);
        // C1 tells the rounding of what takes the angle's place.
        code.store('i32.store', i32(X87_FLAGS), and(flags(), i32(~CONDITION.C1)));
      }
      const [r, signR] = code.call(first, significand, signExponent);
      code.set(replaced, r);
      code.set(signReplaced, signR);
      if (second === 'one') {
        // No number, no 1 either.
        code.if(isExtendedNan(replaced, signReplaced), () => {
          code.set(pushed, replaced);
          code.set(signPushed, signReplaced);
        });
      }
    });
    code.if(call(finishX87), () => {
      code.call(writeStack, i32(0), replaced, signReplaced);
      code.call(moveTop, i32(-1));
      code.call(writeStack, i32(0), pushed, signPushed);
    });
  });
}
export const sineCosineInstruction: Instruction = definePair('x87SineCosine', sineExtended, cosineExtended);
export const tangentInstruction: Instruction = definePair('x87Tangent', tangentExtended, 'one');
