// The statements that every emitter passes on to the code writer as they are.

import type { CodeWriter, Label } from '../wasm/code-writer.ts';
import type { Callee, Local, Value, ValuesOf } from '../wasm/expression.ts';
import type { ValueType } from '../wasm/operators.ts';

export abstract class CodeStatements {
  readonly code: CodeWriter;

  constructor(code: CodeWriter) {
    this.code = code;
  }

  branchIf(label: Label, condition: Value<'i32'>): void {
    this.code.branchIf(label, condition);
  }

  goto(label: Label): void {
    this.code.branch(label);
  }

  call<P extends readonly ValueType[], R extends readonly ValueType[]>(
    callee: Callee<P, R>,
    ...operands: ValuesOf<P>
  ): { [K in keyof R]: Local<R[K]> } {
    return this.code.call(callee, ...operands);
  }
}
