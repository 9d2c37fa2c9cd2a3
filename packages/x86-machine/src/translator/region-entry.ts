// What a region looks at when it is entered, before anything of it has run: whether what it was made for holds.
//
//   it does not         the host has it made anew, or sees that it is good
//   not this time       the interpreter runs the block

import { INEXACT } from '../float/exception-flags.ts';
import { INEXACT_MASK, NATIVE_BITS_UNTESTED, NATIVE_VALUE, ROUNDING } from '../float/simd-control.ts';
import { ControlFlow, isOtherTag } from '../interpreter/control-flow.ts';
import { EXIT } from '../interpreter/exit.ts';
import { REGION_HEAD } from '../interpreter/record.ts';
import { CPU_STATE } from '../state/cpu-state.ts';
import { FRAME } from '../state/frame-layout.ts';
import { and, ne, or } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { i32, i64, load, type Value } from '../wasm/expression.ts';
import type { FloatMode } from './region-context.ts';
import { settleFlags } from './remembered-flags.ts';

const PAGE = 4096;

/** Under another code tag than the pages were last looked at, the host looks. */
export function requireMapping(code: CodeWriter, head: Value<'i32'>): void {
  code.unlikely(isOtherTag(load('i32.load', head, REGION_HEAD.codeTag)), () => askHost(code, head));
}

/** What the region was made for does not hold. */
export function askHost(code: CodeWriter, head: Value<'i32'>): void {
  code.call(settleFlags);
  new ControlFlow().exit(code, head, EXIT.hot);
}

/**
 * Where MXCSR is not what the region's code takes it for, the interpreter runs the block instead. A region is made anew that was
 * made before "inexact" was on record, since the tests for it are dear, or before anyone looked at exceptions. While nobody does, all
 * that a region computes counts as inexact.
 */
export function requireFloatMode(
  code: CodeWriter,
  head: Value<'i32'>,
  { inexactRecorded, unobserved }: FloatMode,
): void {
  const mode = code.let(load('i32.load', i32(0), FRAME.mxcsr));
  if (unobserved) {
    code.unlikely(ne(and(mode, i32(NATIVE_BITS_UNTESTED)), i32(NATIVE_VALUE)), () => {
      const known = NATIVE_BITS_UNTESTED & ~INEXACT;
      code.if(ne(and(mode, i32(known)), i32(NATIVE_VALUE & known)), () => runInterpreted(code, head));
      code.store('i32.store', i32(0), or(mode, i32(INEXACT)), FRAME.mxcsr);
    });
    code.unlikely(load('i32.load', i32(0), CPU_STATE.floatsObserved), () => askHost(code, head));
    return;
  }
  const wanted = inexactRecorded ? INEXACT_MASK | INEXACT : INEXACT_MASK;
  code.unlikely(ne(and(mode, i32(ROUNDING | wanted)), i32(wanted)), () => runInterpreted(code, head));
  if (!inexactRecorded) code.unlikely(and(mode, i32(INEXACT)), () => askHost(code, head));
}

/** The block at this entry as the interpreter's records. */
export function runInterpreted(code: CodeWriter, head: Value<'i32'>): void {
  code.call(settleFlags);
  // Its records take RIP to be the start of its page.
  code.store('i64.store', i32(0), and(load('i64.load', i32(0), FRAME.rip), i64(-PAGE)), FRAME.rip);
  new ControlFlow().dispatch(code, load('i32.load', head, REGION_HEAD.records));
}
