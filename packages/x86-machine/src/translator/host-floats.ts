// Whether the host's floating point makes NaNs as x86 does: WebAssembly leaves their sign and payload open.
//
// On x86-64 hosts every engine's operators are the very instructions. Elsewhere the default NaN is positive, or another operand's
// payload is kept; there, operations that make a NaN must take the exact path (isa/sse-scalar.ts).

import { engine } from '../wasm/engine.ts';
import { op } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { ModuleWriter } from '../wasm/module-writer.ts';

const INFINITY = 0x7ff0_0000_0000_0000n;
const [FIRST_NAN, SECOND_NAN] = [0x7ff0_0000_0000_0123n, 0xfff8_0000_0000_0456n];
const DEFAULT_NAN = 0xfff8_0000_0000_0000n;
const QUIET = 0x0008_0000_0000_0000n;

function differences(): (a: bigint, b: bigint) => bigint {
  const subtract = defineFunction('subtract', ['i64', 'i64'], ['i64'], (code, a, b) => {
    const difference = op('f64.sub', op('f64.reinterpret_i64', a), op('f64.reinterpret_i64', b));
    code.return(op('i64.reinterpret_f64', difference));
  });
  const writer = new ModuleWriter([]);
  writer.export('subtract', subtract as unknown as FunctionDefinition);
  const memory = new engine.Memory({ initial: 1, maximum: 1 });
  const { exports } = new engine.Instance(new engine.Module(writer.finish()), { host: { memory } });
  const native = exports.subtract as (a: bigint, b: bigint) => bigint;
  return (a, b) => BigInt.asUintN(64, native(a, b));
}

let known: boolean | undefined;

/** Asked once: the default NaN is negative, the first operand's payload is kept, and signalling NaNs become quiet ones. */
export function hasNansOfX86(): boolean {
  if (known === undefined) {
    const subtract = differences();
    known =
      subtract(INFINITY, INFINITY) === DEFAULT_NAN &&
      subtract(FIRST_NAN, SECOND_NAN) === (FIRST_NAN | QUIET) &&
      subtract(0n, FIRST_NAN) === (FIRST_NAN | QUIET);
  }
  return known;
}
