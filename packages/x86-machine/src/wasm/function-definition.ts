// A helper function of the generated module: described once, emitted into a module only where something calls it.

import type { CodeWriter } from './code-writer.ts';
import type { Callee, Local } from './expression.ts';
import type { ValueType } from './operators.ts';

export type LocalsOf<T extends readonly ValueType[]> = { [K in keyof T]: Local<T[K]> };

/** A function that the host provides (`import`) or that the module defines (`body`). */
export interface FunctionDefinition<
  P extends readonly ValueType[] = readonly ValueType[],
  R extends readonly ValueType[] = readonly ValueType[],
> extends Callee<P, R> {
  /** Emits the body; it must end in `code.return(…)` (or fall off the end when there is no result). */
  readonly body: ((code: CodeWriter, ...parameters: Local[]) => void) | 'import';
}

/**
 * Describes a helper that bodies may call: `const square = defineFunction('square', ['f64'], ['f64'], (code, x) => code.return(mul(x, x)))`,
 * used as `call(square, value)`. Helpers may call one another and recurse.
 */
export function defineFunction<const P extends readonly ValueType[], const R extends readonly ValueType[]>(
  name: string,
  parameters: P,
  results: R,
  body: (code: CodeWriter, ...parameters: LocalsOf<P>) => void,
): FunctionDefinition<P, R> {
  return { name, parameters, results, body: body as (code: CodeWriter, ...parameters: Local[]) => void };
}

/** Describes a function that the embedder provides under `host.<name>`. */
export function importFunction<const P extends readonly ValueType[], const R extends readonly ValueType[]>(
  name: string,
  parameters: P,
  results: R,
): FunctionDefinition<P, R> {
  return { name, parameters, results, body: 'import' };
}
