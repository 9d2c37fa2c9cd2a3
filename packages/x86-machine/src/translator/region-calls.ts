// Guest calls that leave a region as calls of WebAssembly, and their returns as returns, which the processor predicts by itself.
//
//   call      RSP after the return is noted ─▶ whatever runs ─▶ RETURNED, RIP as expected    the region once more, by the head of that place
//                                                           ─▶ RETURNED, another RIP        where that leads, without this frame
//                                                           ─▶ an EXIT                      handed on
//   return    RSP is what was noted, or not far above ─▶ RETURNED           else where RIP leads
//
// All that a waiting region has is the expectation that RIP will be there once more. Its state is in memory, and it is entered anew. So what
// is left of stacks that were abandoned does nothing but be returned to in vain. Whatever maps pages, writes page tables, flushes or makes code, or
// changes the code tag is the host's work, which begins with an EXIT, when no region waits any more; what is written to has its heads changed.

import { mayBeAwaited } from '../interpreter/control-flow.ts';
import { EXIT, RETURNED } from '../interpreter/exit.ts';
import { CPU_STATE } from '../state/cpu-state.ts';
import { FRAME, GPR } from '../state/frame-layout.ts';
import { add, gtU, ne, sub } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { i32, i64, LateConstant, type Local, late, load, type Value } from '../wasm/expression.ts';

/** Of the host's stack for waiting regions, by estimate: a browser's workers have half a megabyte, and host functions need some. */
const MOST_WAITING_BYTES = 192 * 1024;
/** Of a frame beside its variables. */
const FRAME_OVERHEAD = 96;
const BYTES_PER_VARIABLE = 8;

/** RSP, where no region holds it. */
export const stackNow = (): Value<'i64'> => load('i64.load', i32(0), FRAME.gpr + GPR.rsp * 8);

/** A function's own frame, known once it has been written. */
export class FrameBytes {
  readonly #code: CodeWriter;
  readonly #bytes = new LateConstant();

  constructor(code: CodeWriter) {
    this.#code = code;
  }

  get value(): Value<'i32'> {
    return late('i32', this.#bytes);
  }

  /** The function is complete. */
  settle(): void {
    this.#code.resolve(this.#bytes, FRAME_OVERHEAD + this.#code.locals * BYTES_PER_VARIABLE);
  }
}

/**
 * Calls, with all state in the frame, and goes on behind it if it gave RETURNED: leaves with any other outcome.
 * @param stack RSP
 * @param call gives an exit
 * @param settle settles flags
 */
export function awaitReturn(
  code: CodeWriter,
  bytes: FrameBytes,
  stack: Value<'i64'>,
  call: () => Local<'i32'>,
  settle: () => void,
): void {
  const waiting = (): Value<'i32'> => load('i32.load', i32(0), CPU_STATE.waitingBytes);
  const depth = code.let(add(waiting(), bytes.value));
  // The host goes on at once: what is deeper begins with an empty stack.
  code.unlikely(gtU(depth, i32(MOST_WAITING_BYTES)), () => {
    settle();
    code.return(i32(EXIT.budget));
  });
  code.store('i32.store', i32(0), depth, CPU_STATE.waitingBytes);
  const outer = code.let(load('i64.load', i32(0), CPU_STATE.awaitedStack));
  code.store('i64.store', i32(0), add(stack, i64(8)), CPU_STATE.awaitedStack);
  const outcome = call();
  code.unlikely(ne(outcome, i32(RETURNED)), () => code.return(outcome));
  code.store('i32.store', i32(0), sub(waiting(), bytes.value), CPU_STATE.waitingBytes);
  code.store('i64.store', i32(0), outer, CPU_STATE.awaitedStack);
}

/** Returns to the region that waits, if that may be meant. @param stack RSP */
export function returnIfAwaited(code: CodeWriter, stack: Value<'i64'>): void {
  code.if(mayBeAwaited(stack), () => code.return(i32(RETURNED)));
}
