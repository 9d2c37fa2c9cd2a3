// The host's own fused multiply-add: WebAssembly's relaxed_madd may round once or twice, as the processor can, so it is asked which.
//
// Once is what x86's instructions do. Only of NaNs the operators say nothing: whoever uses them must look for NaNs in the result.

import { engine } from '../wasm/engine.ts';
import { f64, type Local, lane, op, type Value, v128 } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { ModuleWriter } from '../wasm/module-writer.ts';

type Vector = Value<'v128'>;
type Width = 32 | 64;

/** Which signs are flipped before the sum is made. */
export const NEGATE_PRODUCT = 1;
export const NEGATE_ADDEND = 2;

const SIGNS: Record<Width, readonly number[]> = { 32: [0, 0, 0, 0x80], 64: [0, 0, 0, 0, 0, 0, 0, 0x80] };

/** Flips the signs of the lanes whose addend is to be negated. */
function withSigns(c: Vector, width: Width, even: number, odd: number): Vector {
  if (((even | odd) & NEGATE_ADDEND) === 0) return c;
  const none = SIGNS[width].map(() => 0);
  const pair = [even, odd].flatMap((negate) => ((negate & NEGATE_ADDEND) !== 0 ? SIGNS[width] : none));
  return op('v128.xor', c, v128(Array.from({ length: 16 }, (_, index) => pair[index % pair.length]!)));
}

/**
 * ±(a × b) ± c in each lane, rounded once.
 * @param even what is negated in even lanes, NEGATE_…
 * @param odd the same in odd lanes: the product as in even ones
 */
export function fusedLanes(width: Width, a: Vector, b: Vector, c: Vector, even: number, odd: number): Vector {
  const addend = withSigns(c, width, even, odd);
  const negates = (even & NEGATE_PRODUCT) !== 0;
  if (width === 32) return op(negates ? 'f32x4.relaxed_nmadd' : 'f32x4.relaxed_madd', a, b, addend);
  return op(negates ? 'f64x2.relaxed_nmadd' : 'f64x2.relaxed_madd', a, b, addend);
}

/** The same of floats. */
export function fusedFloat<T extends 'f32' | 'f64'>(a: Value<T>, b: Value<T>, c: Value<T>, negate: number): Value<T> {
  const wide = (value: Value<T>): Vector =>
    value.type === 'f32' ? op('f32x4.splat', value as Value<'f32'>) : op('f64x2.splat', value as Value<'f64'>);
  const result = fusedLanes(a.type === 'f32' ? 32 : 64, wide(a), wide(b), wide(c), negate, negate);
  return (a.type === 'f32' ? lane('f32x4.extract_lane', 0, result) : lane('f64x2.extract_lane', 0, result)) as Value<T>;
}

/** 1 + 2⁻³⁰: its square is 1 + 2⁻²⁹ + 2⁻⁶⁰, of which a rounded product keeps nothing beyond 2⁻⁵². */
const JUST_ABOVE_ONE = 1 + 2 ** -30;
const SQUARE = 1 + 2 ** -29;
/** The same for binary32. */
const [JUST_ABOVE_ONE_32, SQUARE_32] = [1 + 2 ** -15, 1 + 2 ** -14];

function ask(): boolean {
  const residue = defineFunction('residue', ['f64', 'f64'], ['f64'], (code, a, c) => {
    const narrow = (value: Local<'f64'>): Value<'f32'> => op('f32.demote_f64', value);
    code.if(op('f64.eq', a, f64(JUST_ABOVE_ONE)), () => code.return(fusedFloat(a, a, c, NEGATE_ADDEND)));
    const one = code.let(narrow(a));
    code.return(op('f64.promote_f32', fusedFloat(one, one, narrow(c), NEGATE_PRODUCT)));
  });
  const writer = new ModuleWriter([]);
  writer.export('residue', residue as unknown as FunctionDefinition);
  const bytes = writer.finish();
  if (!engine.validate(bytes)) return false;
  const memory = new engine.Memory({ initial: 1, maximum: 1 });
  const { exports } = new engine.Instance(new engine.Module(bytes), { host: { memory } });
  const left = exports.residue as (a: number, c: number) => number;
  return left(JUST_ABOVE_ONE, SQUARE) === 2 ** -60 && left(JUST_ABOVE_ONE_32, SQUARE_32) === -(2 ** -30);
}

let known: boolean | undefined;

/** Whether `fusedLanes` rounds once here; asked once. */
export function roundsOnce(): boolean {
  known ??= ask();
  return known;
}
