// What the assembler writes, the engine accepts and computes as the expression says.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { add, and, eqz, mul, or, rotl, shl, shrS, shrU, sub, xor } from '../../src/wasm/arithmetic.ts';
import { engine } from '../../src/wasm/engine.ts';
import { call, f64, i32, i64, lane, load, op, shuffle, type Value, v128 } from '../../src/wasm/expression.ts';
import { defineFunction, type FunctionDefinition, importFunction } from '../../src/wasm/function-definition.ts';
import { ModuleWriter } from '../../src/wasm/module-writer.ts';

function instantiate(
  exported: Record<string, FunctionDefinition<never, never>>,
  host: Record<string, unknown> = {},
  imports: FunctionDefinition[] = [],
) {
  const writer = new ModuleWriter(imports);
  for (const [name, definition] of Object.entries(exported)) writer.export(name, definition);
  const memory = new engine.Memory({ initial: 1 });
  const instance = new engine.Instance(new engine.Module(writer.finish()), { host: { memory, ...host } });
  return instance.exports as Record<string, (...args: unknown[]) => unknown>;
}

const erased = (definition: unknown): FunctionDefinition<never, never> =>
  definition as FunctionDefinition<never, never>;

describe('expressions', () => {
  test('fold to the value the engine computes', () => {
    const operators = { add, sub, mul, and, or, xor, shl, shrU, shrS, rotl };
    const names = Object.keys(operators) as (keyof typeof operators)[];
    const functions = Object.fromEntries(
      names.map((name) => [
        name,
        erased(defineFunction(name, ['i64', 'i64'], ['i64'], (code, a, b) => code.return(operators[name](a, b)))),
      ]),
    );
    const run = instantiate(functions);
    const constant = (value: Value<'i64'>): bigint => {
      const folded = instantiate({
        constant: erased(defineFunction('constant', [], ['i64'], (code) => code.return(value))),
      });
      return folded.constant!() as bigint;
    };
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
        fc.bigInt(-70n, 70n),
        (name, a, b) => {
          expect(constant(operators[name](i64(a), i64(b)))).toBe(run[name]!(a, b));
          expect(constant(operators[name](i64(b), i64(a)))).toBe(run[name]!(b, a));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('carry constants of every type and lane immediates', () => {
    const bytes = Array.from({ length: 16 }, (_, i) => i * 3);
    const exports = instantiate({
      big: erased(defineFunction('big', [], ['i64'], (code) => code.return(i64(-(2n ** 63n))))),
      half: erased(defineFunction('half', [], ['f64'], (code) => code.return(f64(0.5)))),
      lane: erased(
        defineFunction('lane', [], ['i32'], (code) => code.return(lane('i8x16.extract_lane_u', 5, v128(bytes)))),
      ),
      swapped: erased(
        defineFunction('swapped', [], ['i32'], (code) => {
          const reversed = shuffle(
            v128(bytes),
            v128(bytes),
            Array.from({ length: 16 }, (_, i) => 15 - i),
          );
          code.return(lane('i8x16.extract_lane_u', 0, reversed));
        }),
      ),
    });
    expect(exports.big!()).toBe(-(2n ** 63n));
    expect(exports.half!()).toBe(0.5);
    expect(exports.lane!()).toBe(15);
    expect(exports.swapped!()).toBe(45);
  });
});

describe('statements', () => {
  test('loops, branches and memory work together', () => {
    const sum = defineFunction('sum', ['i32'], ['i32'], (code, count) => {
      const total = code.local('i32');
      code.loop((again) => {
        code.store('i32.store', i32(64), add(load('i32.load', i32(64)), i32(1)));
        code.set(total, add(total, count));
        code.set(count, sub(count, i32(1)));
        code.branchIf(again, count);
      });
      code.if(
        eqz(total),
        () => code.return(i32(-1)),
        () => code.return(add(total, load('i32.load', i32(64)))),
      );
    });
    expect(instantiate({ sum: erased(sum) }).sum!(10)).toBe(65);
  });

  test('functions may be mutually recursive, return several results, and call the host', () => {
    const notify = importFunction('notify', ['i32'], []);
    const divide: FunctionDefinition<readonly ['i32', 'i32'], readonly ['i32', 'i32']> = defineFunction(
      'divide',
      ['i32', 'i32'],
      ['i32', 'i32'],
      (code, a, b) => code.return(op('i32.div_u', a, b), op('i32.rem_u', a, b)),
    );
    const isEven: FunctionDefinition<readonly ['i32'], readonly ['i32']> = defineFunction(
      'isEven',
      ['i32'],
      ['i32'],
      (code, n) => {
        code.if(eqz(n), () => code.return(i32(1)));
        code.return(call(isOdd, sub(n, i32(1))));
      },
    );
    const isOdd: FunctionDefinition<readonly ['i32'], readonly ['i32']> = defineFunction(
      'isOdd',
      ['i32'],
      ['i32'],
      (code, n) => {
        code.if(eqz(n), () => code.return(i32(0)));
        code.return(call(isEven, sub(n, i32(1))));
      },
    );
    const main = defineFunction('main', ['i32'], ['i32'], (code, n) => {
      const [quotient, remainder] = code.call(divide, n, i32(7));
      code.call(notify, remainder);
      code.return(add(shl(quotient, i32(1)), call(isEven, n)));
    });
    const seen: number[] = [];
    const exports = instantiate({ main: erased(main) }, { notify: (n: number) => seen.push(n) }, [
      notify as unknown as FunctionDefinition,
    ]);
    expect(exports.main!(30)).toBe(9);
    expect(seen).toEqual([2]);
  });
});

describe('branch hints', () => {
  const NAME = 'metadata.code.branch_hint';
  const IF = 0x04;

  /** Sections of a module: their contents by number; of custom ones, those named as hints are. */
  function sectionsOf(bytes: Uint8Array): {
    readonly hints: Uint8Array[];
    readonly codes: Uint8Array[];
    order: number[];
  } {
    const found = { hints: [] as Uint8Array[], codes: [] as Uint8Array[], order: [] as number[] };
    let at = 8;
    while (at < bytes.length) {
      const id = bytes[at++]!;
      const size = number();
      const content = bytes.subarray(at, at + size);
      found.order.push(id);
      if (id === 10) found.codes.push(content);
      if (id === 0) {
        expect(new TextDecoder().decode(content.subarray(1, 1 + NAME.length))).toBe(NAME);
        found.hints.push(content.subarray(1 + NAME.length));
      }
      at += size;
    }
    return found;

    function number(): number {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[at++]!;
        value |= (byte & 127) << shift;
        if (byte < 128) return value;
      }
    }
  }

  test('stand before the code, and each at the `if` that it is of', () => {
    const sum = importFunction('sum', ['i32', 'i32'], ['i32']);
    const hinted = defineFunction('hinted', ['i32'], ['i32'], (code, x) => {
      const local = code.let(call(sum, x, i32(1)));
      code.unlikely(eqz(local), () => code.return(i32(100)));
      code.if(
        local,
        () => code.set(local, i32(5)),
        () => code.set(local, i32(6)),
        'likely',
      );
      code.if(x, () => code.return(local));
      code.prepend(() => code.unlikely(eqz(x), () => code.return(i32(200))));
      code.return(i32(7));
    });
    const writer = new ModuleWriter([sum as unknown as FunctionDefinition]);
    writer.export('hinted', hinted as unknown as FunctionDefinition);
    const { hints, codes, order } = sectionsOf(writer.finish());
    expect(order.indexOf(0)).toBeLessThan(order.indexOf(10));
    // One function, the second of the module; three hints of a byte each: offset, length 1, value.
    const [functions, index, count, ...own] = hints[0]!;
    expect([functions, index, count]).toEqual([1, 1, 3]);
    expect(own.filter((_, i) => i % 3 === 1)).toEqual([1, 1, 1]);
    expect(own.filter((_, i) => i % 3 === 2)).toEqual([0, 0, 1]);
    const offsets = own.filter((_, i) => i % 3 === 0);
    expect([...offsets].sort((a, b) => a - b)).toEqual(offsets);
    // One body, behind its number and its size.
    const body = codes[0]!.subarray(2);
    expect(offsets.map((offset) => body[offset])).toEqual([IF, IF, IF]);
    const run = instantiate({ hinted: erased(hinted) }, { sum: (a: number, b: number) => a + b }, [
      sum as unknown as FunctionDefinition,
    ]);
    expect([0, 3, -1].map((x) => run.hinted!(x))).toEqual([200, 5, 100]);
  });
});
