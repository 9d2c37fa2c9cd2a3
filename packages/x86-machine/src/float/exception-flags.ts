// Floating-point exceptions as both MXCSR and the x87 status word number them (SDM 1 §4.9.1, §8.1.3.3, §10.2.3).

export const INVALID = 0x01;
export const DENORMAL = 0x02;
export const ZERO_DIVIDE = 0x04;
export const OVERFLOW = 0x08;
export const UNDERFLOW = 0x10;
export const INEXACT = 0x20;
export const ALL_EXCEPTIONS = 0x3f;
/** Detected from the operands alone, before anything is computed. */
export const PRE_COMPUTATION: number = INVALID | DENORMAL | ZERO_DIVIDE;
/** Not an exception: rounding increased the magnitude. Where the x87 status word keeps it (C1). */
export const ROUNDED_UP = 0x200;

/** Rounding control, as in bits 11:10 of the x87 control word and 14:13 of MXCSR. */
export const ROUND = { NEAREST: 0, DOWN: 1, UP: 2, ZERO: 3 } as const;
