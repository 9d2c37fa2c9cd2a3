// MXCSR as the helpers see it: rounding, masks, denormal handling, and the exceptions one instruction raises (SDM 1 §10.2.3).
//
// A row clears the flags of its instruction, computes every lane, and then finishes: flags become sticky in MXCSR, and an
// unmasked one makes the row raise #XM instead of writing its result.

import { HELPER_SCRATCH } from '../state/cpu-state.ts';
import { FRAME } from '../state/frame-layout.ts';
import { and, eqz, ne, not, or, shrU } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { i32, load, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { ALL_EXCEPTIONS, INEXACT, PRE_COMPUTATION } from './exception-flags.ts';

const DENORMALS_ARE_ZERO = 0x40;
const FLUSH_TO_ZERO = 0x8000;
export const ROUNDING = 0x6000;
export const INEXACT_MASK = 0x1000;
const MASKS = 0x1f80;

/** Exceptions that the running instruction has raised so far. */
export const SIMD_FLAGS: number = HELPER_SCRATCH + 2040;

/** The bits that decide whether native arithmetic on normal numbers with a normal result does the right thing … */
export const NATIVE_BITS: number = ROUNDING | MASKS | INEXACT;
/** … and on any numbers, where nobody looks at exceptions … */
export const NATIVE_BITS_UNTESTED: number = NATIVE_BITS | DENORMALS_ARE_ZERO | FLUSH_TO_ZERO;
/** … and what they must be: all masked, to nearest, inexact already recorded, denormals as they are. */
export const NATIVE_VALUE: number = MASKS | INEXACT;

export const mxcsr = (): Value<'i32'> => load('i32.load', i32(FRAME.mxcsr));
export const roundingMode = (): Value<'i32'> => and(shrU(mxcsr(), i32(13)), i32(3));
export const denormalsAreZero = (): Value<'i32'> => and(mxcsr(), i32(DENORMALS_ARE_ZERO));
export const flushesToZero = (): Value<'i32'> => and(mxcsr(), i32(FLUSH_TO_ZERO));
/** Non-zero when these exceptions are masked. */
export const masked = (exceptions: number): Value<'i32'> => and(mxcsr(), i32(exceptions << 7));

export function raiseSimd(code: CodeWriter, exceptions: Value<'i32'>): void {
  code.store('i32.store', i32(SIMD_FLAGS), or(load('i32.load', i32(SIMD_FLAGS)), exceptions));
}

/**
 * Between two steps of one instruction: leaves the function with `otherwise` when the step raised something unmasked, else records its
 * exceptions, which a later step cannot take back.
 */
export function finishStep(code: CodeWriter, ...otherwise: Value[]): void {
  const flags = load('i32.load', i32(SIMD_FLAGS));
  code.if(and(and(flags, not(shrU(mxcsr(), i32(7)))), i32(ALL_EXCEPTIONS)), () => code.return(...otherwise));
  code.store('i32.store', i32(FRAME.mxcsr), or(mxcsr(), flags));
  code.store('i32.store', i32(SIMD_FLAGS), i32(0));
}

/**
 * Records the instruction's exceptions in MXCSR; 1 when an unmasked one must be raised. What the operands alone show is found
 * first, so an unmasked one of those keeps the others from arising (SDM 1 §11.5.2).
 */
export const finishSimd: FunctionDefinition<readonly [], readonly ['i32']> = defineFunction(
  'finishSimd',
  [],
  ['i32'],
  (code) => {
    const flags = code.let(load('i32.load', i32(SIMD_FLAGS)));
    code.if(eqz(flags), () => code.return(i32(0)));
    const unmasked = code.let(and(not(shrU(mxcsr(), i32(7))), i32(ALL_EXCEPTIONS)));
    code.if(and(and(flags, unmasked), i32(PRE_COMPUTATION)), () => code.set(flags, and(flags, i32(PRE_COMPUTATION))));
    code.store('i32.store', i32(FRAME.mxcsr), or(mxcsr(), flags));
    code.return(ne(and(flags, unmasked), i32(0)));
  },
);

/** Bits of MXCSR that exist here: setting any other is a #GP. */
export const MXCSR_MASK = 0xffff;
