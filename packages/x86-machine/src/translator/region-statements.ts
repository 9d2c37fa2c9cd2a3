// What an instruction's body is written with: values by name, and statements. Registers, addresses and the rest build on it.

import type { Instruction } from '../decode/decoder.ts';
import { CodeStatements } from '../isa/code-statements.ts';
import type { CodeWriter, Label } from '../wasm/code-writer.ts';
import { constantOf, i32, i64, type Local, op, type Value } from '../wasm/expression.ts';
import type { ValueType } from '../wasm/operators.ts';
import { AddressSums } from './address-sums.ts';
import type { FlagPresence } from './flag-locals.ts';
import type { RegionContext } from './region-context.ts';
import { knownOnBoth, NOTHING_KNOWN } from './register-locals.ts';
import { ValueWidths } from './value-widths.ts';

export class RegionStatements extends CodeStatements {
  protected readonly context: RegionContext;
  protected readonly instruction: Instruction;
  /** Distance of the instruction from the page's first byte. */
  protected readonly distance: number;
  protected readonly sums: AddressSums = new AddressSums();
  protected readonly widths: ValueWidths = new ValueWidths();
  protected conditionalDepth = 0;
  /** In a loop, values may be other ones the next time around. */
  protected loopDepth = 0;

  constructor(code: CodeWriter, context: RegionContext, instruction: Instruction, distance: number) {
    super(code);
    this.context = context;
    this.instruction = instruction;
    this.distance = distance;
  }

  let<T extends ValueType>(value: Value<T>): Local<T> {
    // A constant stays one, for what is made of it to be folded; `set` refuses it, so what is to change begins as a `local`.
    if (constantOf(value) !== undefined) return value as Local<T>;
    const sum = this.sums.of(value);
    const local = this.code.let(value);
    if (sum) this.sums.note(local, sum);
    if (value.type === 'i32' || value.type === 'i64') this.widths.bind(local, value);
    return local;
  }

  local<T extends ValueType>(type: T): Local<T> {
    // A fresh local is zero at function entry only; a body in a loop wants it zero each time.
    const local = this.code.local(type);
    this.code.set(local, zeroOf(type));
    return local;
  }
  set<T extends ValueType>(local: Local<T>, value: Value<T>): void {
    if (local.node.kind !== 'local') throw new Error('a constant is set: the body must begin with a local');
    this.sums.forget(local);
    this.widths.forget(local);
    this.code.set(local, value);
  }

  if(condition: Value<'i32'>, whenTrue: () => void, whenFalse?: () => void): void {
    const { flags } = this.context;
    if (constantOf(condition) !== undefined) {
      this.code.if(condition, whenTrue, whenFalse);
      return;
    }
    this.#catchUp();
    const before = flags.knowledge;
    const presence = flags.presence;
    const after: unknown[] = [];
    const presences: FlagPresence[] = whenFalse ? [] : [presence];
    const way = (body: () => void) => (): void => {
      flags.knowledge = before;
      flags.presence = presence;
      this.#conditionally(body);
      after.push(flags.knowledge);
      presences.push(flags.presence);
    };
    this.code.if(condition, way(whenTrue), whenFalse && way(whenFalse));
    flags.join(after[0], whenFalse ? after[1] : before);
    flags.joinPresence(presences);
  }
  block(body: (leave: Label) => void): void {
    const { flags } = this.context;
    this.#catchUp();
    const before = flags.knowledge;
    const presence = flags.presence;
    this.#conditionally(() => this.code.block(body));
    if (flags.knowledge !== before) flags.forget();
    else flags.joinPresence([presence, flags.presence]);
  }

  /** Ahead of code that may not run memory gets what it has yet to get. */
  #catchUp(): void {
    this.context.registers.catchUp();
    this.context.flags.catchUp();
  }

  /** What is found out on one way only is forgotten behind it. */
  #conditionally(body: () => void): void {
    const { registers, flags } = this.context;
    const before = registers.knowledge;
    this.conditionalDepth++;
    registers.conditionally(() => flags.conditionally(body));
    this.conditionalDepth--;
    registers.knowledge = knownOnBoth(before, registers.knowledge);
  }
  loop(body: (again: Label) => void): void {
    const { flags, registers } = this.context;
    this.#catchUp();
    flags.forget();
    registers.knowledge = NOTHING_KNOWN;
    this.loopDepth++;
    this.#conditionally(() => this.code.loop(body));
    this.loopDepth--;
  }
}

export function zeroOf<T extends ValueType>(type: T): Value<T> {
  if (type === 'v128') return op('i64x2.splat', i64(0)) as unknown as Value<T>;
  if (type === 'i64') return i64(0) as unknown as Value<T>;
  if (type === 'i32') return i32(0) as unknown as Value<T>;
  return op(type === 'f32' ? 'f32.convert_i32_s' : 'f64.convert_i32_s', i32(0)) as unknown as Value<T>;
}
