// Flags that a region remembers are the flags that the interpreter computes: any producers, in any order, read in any way.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { flagOf } from '../../src/flags/flag-words.ts';
import { FLAG_MEMORY, lazyFlagProducers } from '../../src/interpreter/lazy-flags.ts';
import type { FlagName, FlagProducers, Size } from '../../src/isa/emitter.ts';
import { truncate } from '../../src/isa/integer.ts';
import { FlagLocals } from '../../src/translator/flag-locals.ts';
import { add, and, shrU, sub, toI32 } from '../../src/wasm/arithmetic.ts';
import type { CodeWriter } from '../../src/wasm/code-writer.ts';
import { engine } from '../../src/wasm/engine.ts';
import { type Integer, i32, i64, type Local, type Value } from '../../src/wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../../src/wasm/function-definition.ts';
import { ModuleWriter } from '../../src/wasm/module-writer.ts';

const FLAGS: readonly FlagName[] = ['cf', 'pf', 'af', 'zf', 'sf', 'of'];
/** Where the flags read on the way go. */
const READ_AT = 2048;

interface Step {
  readonly producer: 'add' | 'sub' | 'logic' | 'inc' | 'dec' | 'set' | 'carry' | 'rotate' | 'shift';
  readonly size: Size;
  /** Made only if the low bit of the first operand is set: two ways come together behind it. */
  readonly isConditional: boolean;
  /** What was known of the flags is forgotten behind it, as at a label. */
  readonly forgets: boolean;
  /** Behind it one region ends and the next begins. */
  readonly handsOver: boolean;
  readonly reads: FlagName;
}

const steps = fc.array(
  fc.record<Step>({
    producer: fc.constantFrom('add', 'sub', 'logic', 'inc', 'dec', 'set', 'carry', 'rotate', 'shift'),
    size: fc.constantFrom<Size>(8, 16, 32, 64),
    isConditional: fc.boolean(),
    forgets: fc.boolean(),
    handsOver: fc.boolean(),
    reads: fc.constantFrom(...FLAGS),
  }),
  { minLength: 1, maxLength: 8 },
);

function produce(
  { producer, size }: Step,
  flags: FlagProducers,
  code: CodeWriter,
  a: Value<'i64'>,
  b: Value<'i64'>,
): void {
  const operand = (value: Value<'i64'>): Value<Integer> => code.let(truncate(size, size === 64 ? value : toI32(value)));
  const bit = (value: Value<'i64'>, number: number): Value<'i32'> =>
    code.let(and(toI32(shrU(value, i64(number))), i32(1)));
  const [left, right] = [operand(a), operand(b)];
  const one = size === 64 ? (operand(a) as Value<Integer>) : left;
  if (producer === 'add') flags.add(size, left, right, code.let(add(left, right)));
  else if (producer === 'sub') flags.sub(size, left, right, code.let(sub(left, right)));
  else if (producer === 'logic') flags.logic(size, one);
  else if (producer === 'inc' || producer === 'dec') flags[producer](size, one);
  else if (producer === 'set') flags.set({ cf: i32(1), zf: bit(a, 2) });
  else if (producer === 'carry') flags.set({ cf: bit(a, 3) });
  else if (producer === 'rotate') flags.set({ cf: bit(a, 4), of: bit(b, 5) });
  else flags.result(size, one, { cf: bit(a, 6), of: bit(b, 7), af: bit(a, 8) });
}

/** Runs the steps with both kinds of flags; gives the flags read on the way and the six words' flags at the end. */
function run(all: readonly Step[], a: bigint, b: bigint, inLocals: boolean): number[] {
  const region = defineFunction('region', ['i64', 'i64'], [], (code, x, y) => {
    const locals = new FlagLocals(code);
    const flags: FlagProducers = inLocals ? locals : lazyFlagProducers(code);
    if (inLocals) locals.load(code);
    all.forEach((step, index) => {
      const before = locals.knowledge;
      const make = (): void => code.scope(() => produce(step, flags, code, x, y));
      if (step.isConditional) {
        code.if(toI32(x), make);
        if (inLocals) locals.join(locals.knowledge, before);
      } else make();
      if (inLocals && step.forgets) locals.forget();
      if (inLocals && step.handsOver) {
        // As one region leaves it, the next one finds it.
        locals.store();
        locals.load(code);
        locals.forget();
      }
      const read: Value<'i32'> = inLocals ? locals.flag(step.reads) : flagOf(code, FLAG_MEMORY, step.reads);
      code.store('i32.store', i32(0), read, READ_AT + index * 4);
    });
    if (inLocals) {
      locals.store();
      locals.settle();
    }
    FLAGS.forEach((name, index) => {
      const read: Local<'i32'> = code.let(flagOf(code, FLAG_MEMORY, name));
      code.store('i32.store', i32(0), read, READ_AT + 256 + index * 4);
    });
  });
  const writer = new ModuleWriter([]);
  writer.export('region', region as unknown as FunctionDefinition);
  const memory = new engine.Memory({ initial: 1, maximum: 1 });
  const { exports } = new engine.Instance(new engine.Module(writer.finish()), { host: { memory } });
  (exports.region as (a: bigint, b: bigint) => void)(a, b);
  return [...new Uint32Array(memory.buffer, READ_AT, 80)];
}

test('remembered flags are computed flags', () => {
  fc.assert(
    fc.property(
      steps,
      fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      (all, a, b) => {
        expect(run(all, a, b, true)).toEqual(run(all, a, b, false));
      },
    ),
    { numRuns: 400 },
  );
});
