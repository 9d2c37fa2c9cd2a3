// How x87 instructions begin and end around their arithmetic: operands in, exceptions, destination, pops (SDM 1 §8.3, §8.5).
//
// A row clears the flags, brings operands in (which may raise), and calls one of these with what to do. A stack underflow that
// reading an operand found replaces the whole computation by the indefinite.

import { FRAME } from '../state/frame-layout.ts';
import { and, eqz, not, or, shl, shrU, toI32, toI64, xor } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { call, i32, i64, load, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { INEXACT, INVALID, OVERFLOW, PRE_COMPUTATION, UNDERFLOW } from './exception-flags.ts';
import { compareExtended, type ExtendedBinary, type ExtendedUnary } from './extended-arithmetic.ts';
import { isSignallingExtended, QUIET_BIT } from './extended-format.ts';
import { examineExtended, extractExtended, remainderExtended } from './extended-functions.ts';
import {
  ALL_CONDITIONS,
  beginX87,
  CONDITION,
  controlWord,
  finishKeepingC1,
  finishPush,
  finishX87,
  INDEFINITE_SIGN_EXPONENT,
  INDEFINITE_SIGNIFICAND,
  isEmpty,
  moveTop,
  physical,
  popStack,
  raiseX87,
  readStack,
  STACK_FAULT,
  setStatus,
  signExponentAt,
  significandAt,
  slotOf,
  statusWord,
  tagWord,
  writeStack,
  X87_FLAGS,
} from './x87-state.ts';

type I32 = Value<'i32'>;
const flags = (): I32 => load('i32.load', i32(X87_FLAGS));
const stackFault = (): I32 => and(flags(), i32(STACK_FAULT));

/** Replaces the condition bits in `mask`. */
function setConditions(code: CodeWriter, bits: I32, mask: number = ALL_CONDITIONS): void {
  setStatus(code, or(and(statusWord(), i32(0xffff & ~mask)), bits));
}

type Apply = FunctionDefinition<readonly ['i64', 'i32', 'i64', 'i32', 'i32', 'i32'], readonly []>;
/** ST(destination) = a op b, then `pops`. */
export function defineApply(name: string, operation: ExtendedBinary): Apply {
  return defineFunction(
    `x87Apply_${name}`,
    ['i64', 'i32', 'i64', 'i32', 'i32', 'i32'],
    [],
    (code, a, signExponentA, b, signExponentB, destination, pops) => {
      const significand = code.let(INDEFINITE_SIGNIFICAND);
      const signExponent = code.let(INDEFINITE_SIGN_EXPONENT);
      code.if(eqz(stackFault()), () => {
        const [s, e] = code.call(operation, a, signExponentA, b, signExponentB);
        code.set(significand, s);
        code.set(signExponent, e);
      });
      code.if(call(finishX87), () => {
        code.call(writeStack, destination, significand, signExponent);
        code.call(popStack, pops);
      });
    },
  );
}

/** ST(0) = op ST(0). */
export function defineApplyUnary(name: string, operation: ExtendedUnary): FunctionDefinition<readonly [], readonly []> {
  return defineFunction(`x87Apply_${name}`, [], [], (code) => {
    beginX87(code);
    const [significand, signExponent, fault] = code.call(readStack, i32(0));
    raiseX87(code, fault);
    code.if(eqz(fault), () => {
      const [s, e] = code.call(operation, significand, signExponent);
      code.set(significand, s);
      code.set(signExponent, e);
    });
    code.if(call(finishX87), () => void code.call(writeStack, i32(0), significand, signExponent));
  });
}

type Compare = FunctionDefinition<readonly ['i64', 'i32', 'i64', 'i32', 'i32', 'i32'], readonly ['i32']>;
/** Bit 0 of `kind`: any NaN is an invalid operation. Bit 1: C1 stays. */
export const COMPARE = { QUIET_IS_INVALID: 1, KEEPS_C1: 2 } as const;
/** Compares, pops; the relation (0 greater, 1 less, 2 equal, 3 unordered). */
export const compareAndPop: Compare = defineFunction(
  'x87CompareAndPop',
  ['i64', 'i32', 'i64', 'i32', 'i32', 'i32'],
  ['i32'],
  (code, a, signExponentA, b, signExponentB, kind, pops) => {
    const relation = code.let(i32(3));
    code.if(eqz(stackFault()), () =>
      code.set(
        relation,
        call(compareExtended, a, signExponentA, b, signExponentB, and(kind, i32(COMPARE.QUIET_IS_INVALID))),
      ),
    );
    // Also an unmasked exception leaves the relation in the flags; it only keeps the operands on the stack.
    const allowed = code.let(i32(0));
    code.if(
      and(kind, i32(COMPARE.KEEPS_C1)),
      () => code.set(allowed, call(finishKeepingC1)),
      () => code.set(allowed, call(finishX87)),
    );
    code.if(allowed, () => void code.call(popStack, pops));
    code.return(relation);
  },
);

/** The relation as C3 C2 C0. */
export const setRelation: FunctionDefinition<readonly ['i32'], readonly []> = defineFunction(
  'x87SetRelation',
  ['i32'],
  [],
  (code, relation) => {
    const { C0, C2, C3 } = CONDITION;
    // Four answers of two bytes each: greater, less, equal, unordered.
    const table = (BigInt(C0) << 16n) | (BigInt(C3) << 32n) | (BigInt(C0 | C2 | C3) << 48n);
    const bits = load64Table(table, relation);
    setConditions(code, bits, C0 | C2 | C3);
  },
);
function load64Table(table: bigint, index: I32): I32 {
  return and(toI32(shrU(i64(table), toI64(shl(index, i32(4))))), i32(0xffff));
}

/** What a store to memory asks before it writes: 0 when an unmasked exception keeps the memory as it is. */
export const mayStore: FunctionDefinition<readonly [], readonly ['i32']> = defineFunction(
  'x87MayStore',
  [],
  ['i32'],
  (code) => {
    const unmasked = code.let(and(flags(), not(controlWord())));
    // Nothing is stored, so nothing was rounded either.
    code.if(and(unmasked, i32(OVERFLOW | UNDERFLOW)), () =>
      code.store('i32.store', i32(X87_FLAGS), and(flags(), i32(~(INEXACT | CONDITION.C1)))),
    );
    code.return(eqz(and(unmasked, i32(PRE_COMPUTATION | OVERFLOW | UNDERFLOW))));
  },
);

/** Ends a store: exceptions into the status word, and the pops if it was made. */
export const finishStore: FunctionDefinition<readonly ['i32', 'i32'], readonly []> = defineFunction(
  'x87FinishStore',
  ['i32', 'i32'],
  [],
  (code, stored, pops) => {
    code.call(finishX87);
    code.if(stored, () => void code.call(popStack, pops));
  },
);

/** Ends a load from memory: a signalling NaN becomes quiet and is an invalid operation; then pushes. */
export const pushConverted: FunctionDefinition<readonly ['i64', 'i32'], readonly []> = defineFunction(
  'x87PushConverted',
  ['i64', 'i32'],
  [],
  (code, significand, signExponent) => {
    code.if(isSignallingExtended(significand, signExponent), () => {
      raiseX87(code, i32(INVALID));
      code.set(significand, or(significand, QUIET_BIT));
    });
    code.call(finishPush, significand, signExponent);
  },
);

/** FLD ST(i). */
export const pushCopy: FunctionDefinition<readonly ['i32'], readonly []> = defineFunction(
  'x87PushCopy',
  ['i32'],
  [],
  (code, index) => {
    beginX87(code);
    const [significand, signExponent, fault] = code.call(readStack, index);
    raiseX87(code, fault);
    code.call(finishPush, significand, signExponent);
  },
);

/** FST ST(i), FSTP ST(i): a copy, whatever it is. */
export const storeCopy: FunctionDefinition<readonly ['i32', 'i32'], readonly []> = defineFunction(
  'x87StoreCopy',
  ['i32', 'i32'],
  [],
  (code, index, pops) => {
    beginX87(code);
    const [significand, signExponent, fault] = code.call(readStack, i32(0));
    raiseX87(code, fault);
    code.if(call(finishX87), () => {
      code.call(writeStack, index, significand, signExponent);
      code.call(popStack, pops);
    });
  },
);

/** FXCH: an empty one counts as the indefinite. */
export const exchange: FunctionDefinition<readonly ['i32'], readonly []> = defineFunction(
  'x87Exchange',
  ['i32'],
  [],
  (code, index) => {
    beginX87(code);
    const [a, signExponentA, faultA] = code.call(readStack, i32(0));
    const [b, signExponentB, faultB] = code.call(readStack, index);
    raiseX87(code, or(faultA, faultB));
    code.if(call(finishX87), () => {
      code.call(writeStack, i32(0), b, signExponentB);
      code.call(writeStack, index, a, signExponentA);
    });
  },
);

/** FCHS and FABS: sign = (sign and keep) xor flip, of anything. */
export const changeSign: FunctionDefinition<readonly ['i32', 'i32'], readonly []> = defineFunction(
  'x87ChangeSign',
  ['i32', 'i32'],
  [],
  (code, keep, flip) => {
    beginX87(code);
    const [significand, signExponent, fault] = code.call(readStack, i32(0));
    raiseX87(code, fault);
    code.if(eqz(fault), () => code.set(signExponent, xor(and(signExponent, keep), flip)));
    code.if(call(finishX87), () => void code.call(writeStack, i32(0), significand, signExponent));
  },
);

/** FCMOVcc: both registers must be there whether or not the move is made. */
export const moveIf: FunctionDefinition<readonly ['i32', 'i32'], readonly []> = defineFunction(
  'x87MoveIf',
  ['i32', 'i32'],
  [],
  (code, index, condition) => {
    beginX87(code);
    const [, , faultTop] = code.call(readStack, i32(0));
    const [significand, signExponent, fault] = code.call(readStack, index);
    raiseX87(code, or(fault, faultTop));
    code.if(faultTop, () => {
      code.set(significand, INDEFINITE_SIGNIFICAND);
      code.set(signExponent, INDEFINITE_SIGN_EXPONENT);
    });
    code.if(call(finishKeepingC1), () =>
      code.if(or(condition, or(fault, faultTop)), () => void code.call(writeStack, i32(0), significand, signExponent)),
    );
  },
);

/** FXAM. */
export const examine: FunctionDefinition<readonly [], readonly []> = defineFunction('x87Examine', [], [], (code) => {
  const slot = code.let(slotOf(physical(i32(0))));
  const bits = code.let(call(examineExtended, significandAt(slot), signExponentAt(slot), isEmpty(i32(0))));
  setConditions(code, bits);
});

/** FXTRACT: the exponent takes the place of ST(0), the significand is pushed. */
export const extract: FunctionDefinition<readonly [], readonly []> = defineFunction('x87Extract', [], [], (code) => {
  beginX87(code);
  const [significand, signExponent, fault] = code.call(readStack, i32(0));
  raiseX87(code, fault);
  const exponent = code.let(INDEFINITE_SIGNIFICAND);
  const signOfExponent = code.let(INDEFINITE_SIGN_EXPONENT);
  code.if(and(eqz(fault), eqz(isEmpty(i32(7)))), () => {
    raiseX87(code, i32(INVALID | STACK_FAULT | CONDITION.C1));
    code.set(significand, INDEFINITE_SIGNIFICAND);
    code.set(signExponent, INDEFINITE_SIGN_EXPONENT);
  });
  code.if(eqz(stackFault()), () => {
    const [e, se, s, ss] = code.call(extractExtended, significand, signExponent);
    code.set(exponent, e);
    code.set(signOfExponent, se);
    code.set(significand, s);
    code.set(signExponent, ss);
  });
  code.if(call(finishX87), () => {
    code.call(writeStack, i32(0), exponent, signOfExponent);
    code.call(moveTop, i32(-1));
    code.call(writeStack, i32(0), significand, signExponent);
  });
});

/** FPREM, FPREM1. */
export const remainder: FunctionDefinition<readonly ['i32'], readonly []> = defineFunction(
  'x87Remainder',
  ['i32'],
  [],
  (code, nearest) => {
    beginX87(code);
    const [a, signExponentA, faultA] = code.call(readStack, i32(0));
    const [b, signExponentB, faultB] = code.call(readStack, i32(1));
    raiseX87(code, or(faultA, faultB));
    const conditions = code.let(i32(-1));
    code.if(stackFault(), () => {
      code.set(a, INDEFINITE_SIGNIFICAND);
      code.set(signExponentA, INDEFINITE_SIGN_EXPONENT);
    });
    code.if(eqz(stackFault()), () => {
      const [r, signExponentR, bits] = code.call(remainderExtended, a, signExponentA, b, signExponentB, nearest);
      code.set(a, r);
      code.set(signExponentA, signExponentR);
      code.set(conditions, bits);
    });
    const allowed = code.let(call(finishX87));
    code.if(allowed, () => void code.call(writeStack, i32(0), a, signExponentA));
    // Without a quotient there is nothing to go on with, and that is all the conditions say.
    code.if(
      or(shrU(conditions, i32(31)), eqz(allowed)),
      () => setConditions(code, i32(0), CONDITION.C2),
      () => setConditions(code, conditions),
    );
  },
);

/** FFREE; C1 becomes 0. */
export const free: FunctionDefinition<readonly ['i32'], readonly []> = defineFunction(
  'x87Free',
  ['i32'],
  [],
  (code, index) => {
    code.store('i32.store16', i32(FRAME.x87Tag), or(tagWord(), shl(i32(3), shl(physical(index), i32(1)))));
    setConditions(code, i32(0), CONDITION.C1);
  },
);
