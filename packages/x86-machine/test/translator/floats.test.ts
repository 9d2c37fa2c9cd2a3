// Floating point in regions: results are those of the interpreter, which are silicon's; so are exceptions once someone looks at them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STOP } from '../../src/machine.ts';
import { CPU_STATE } from '../../src/state/cpu-state.ts';
import { FRAME, XMM_STRIDE_BYTES } from '../../src/state/frame-layout.ts';
import { type CodeMachine, codeMachine, SYSCALL } from '../support/code-machine.ts';

const NEVER = Number.POSITIVE_INFINITY;
const INEXACT = 0x20;
const EXCEPTIONS = 0x3f;
const ROUNDS = 60;

/** Register to register: (destination, source). */
const sse =
  (prefix: readonly number[], opcode: number) =>
  (to: number, from: number): number[] => [...prefix, 0x0f, opcode, 0xc0 | (to << 3) | from];
/** With a VEX prefix, register to register; vvvv names a third: (destination, second source). */
const vex =
  (map: 1 | 2, prefix: 0 | 1 | 2 | 3, wide: 0 | 1, length: 0 | 1, opcode: number) =>
  (to: number, from: number): number[] => {
    const first = (to + from + 1) & 3;
    return [
      0xc4,
      0xe0 | map,
      (wide << 7) | ((~first & 15) << 3) | (length << 2) | prefix,
      opcode,
      0xc0 | (to << 3) | from,
    ];
  };
const FUSED = [0x98, 0xa8, 0xb8, 0x9a, 0xac, 0xbe, 0x96, 0xa7];
const FUSED_SCALAR = [0x99, 0xa9, 0xb9, 0x9b, 0xad, 0xbf];
const ARITHMETIC = [0x51, 0x58, 0x59, 0x5c, 0x5d, 0x5e, 0x5f];
// biome-ignore format: SQRT ADD MUL SUB MIN DIV MAX, scalar and packed; conversions, moves, bitwise operations, comparisons into a register
const INSTRUCTIONS: readonly ((to: number, from: number) => number[])[] = [
  ...[[0xf2], [0xf3], [0x66], []].flatMap((prefix) => ARITHMETIC.map((opcode) => sse(prefix, opcode))),
  sse([0xf2], 0x5a), sse([0xf3], 0x5a), sse([0xf2], 0x10), sse([0xf3], 0x10), sse([0x66], 0x28), sse([0x66], 0x57), sse([0x66], 0x54),
  sse([], 0x57), sse([0x66], 0xef), sse([0x66], 0x14), sse([0xf3], 0x7e), sse([0x66], 0xd6), sse([0x66], 0x6e), sse([], 0x28), sse([0x66], 0x6f),
  ...ARITHMETIC.flatMap((opcode) => ([0, 1, 2, 3] as const).flatMap((prefix) => (opcode === 0x51 && prefix < 2 ? [] : vex(1, prefix, 0, 0, opcode)))),
  ...[0x54, 0x57, 0x58, 0x5e, 0x5f].flatMap((opcode) => ([0, 1] as const).map((prefix) => vex(1, prefix, 0, 1, opcode))),
  ...([2, 3] as const).flatMap((prefix) => [vex(1, prefix, 0, 0, 0x10), vex(1, prefix, 0, 0, 0x5a)]),
  ...FUSED.flatMap((opcode) => ([0, 1] as const).flatMap((wide) => [vex(2, 1, wide, 0, opcode), vex(2, 1, wide, 1, opcode)])),
  ...FUSED_SCALAR.flatMap((opcode) => ([0, 1] as const).map((wide) => vex(2, 1, wide, 0, opcode))),
  (to, from) => [...sse([0xf2], 0xc2)(to, from), 1],
  (to, from) => [...sse([0xf3], 0xc2)(to, from), 2],
  (to, from) => [0x66, 0x0f, 0x3a, 0x0b, 0xc0 | (to << 3) | from, 1],
  (to, from) => [0xf2, 0x48, 0x0f, 0x2a, 0xc0 | (to << 3) | from],
  (to, from) => [0xf2, 0x48, 0x0f, 0x2c, 0xc0 | (6 << 3) | (to ^ from)],
  ...[0x92, 0x94, 0x96, 0x97, 0x9a].flatMap((condition) => [[0x66], []].map((prefix) => (to: number, from: number) => [
    ...sse(prefix, 0x2e)(to, from), 0x0f, condition, 0xc2,
  ])),
];

const EDGES = [
  0,
  -0,
  1,
  -1.5,
  0.1,
  1e308,
  4e-320,
  Number.POSITIVE_INFINITY,
  Number.NaN,
  2 ** 31,
  -(2 ** 63),
  3e38,
  1e-45,
];
const doubles = fc.oneof(fc.constantFrom(...EDGES), fc.double());
const bodies = fc.array(fc.tuple(fc.constantFrom(...INSTRUCTIONS), fc.nat(3), fc.nat(3)), {
  minLength: 1,
  maxLength: 12,
});

/** mov ecx, ROUNDS · body · dec ecx · jnz · syscall */
const loopOf = (body: readonly number[]): number[] => [
  ...[0xb9, ROUNDS, 0, 0, 0],
  ...body,
  ...[0xff, 0xc9, 0x0f, 0x85, ...[0, 8, 16, 24].map((shift) => (-(body.length + 8) >> shift) & 0xff)],
  ...SYSCALL,
];

function run(
  code: readonly number[],
  values: readonly number[],
  options: { translateAfter: number; floatExceptions: 'observed' | 'always'; mxcsr: number },
): CodeMachine {
  const one = codeMachine(code, options);
  const { cpu } = one.machine;
  cpu.mxcsr = options.mxcsr;
  values.forEach(
    (value, index) =>
      void cpu.state.setFloat64(FRAME.xmm + (index >> 1) * XMM_STRIDE_BYTES + (index & 1) * 8, value, true),
  );
  expect(one.machine.run(100_000)).toBe(STOP.stopped);
  return one;
}

/** The frame, without the exceptions recorded in MXCSR. */
function frameOf({ machine }: CodeMachine): string {
  const frame = Uint8Array.from(machine.cpu.frame);
  new DataView(frame.buffer).setUint32(FRAME.mxcsr, machine.cpu.mxcsr & ~EXCEPTIONS, true);
  return Buffer.from(frame).toString('hex');
}

describe('a loop of float instructions', () => {
  const anyHalves = fc.array(doubles, { minLength: 8, maxLength: 8 });
  /** Registers as scalar code leaves them. */
  const lowHalves = anyHalves.map((values) => values.map((value, index) => (index & 1 ? 0 : value)));
  const cases = [bodies, fc.oneof(anyHalves, lowHalves)] as const;

  test('has the interpreter’s results while nobody looks at exceptions', () => {
    fc.assert(
      fc.property(...cases, fc.constantFrom(0x1f80, 0x1f80 | INEXACT), (body, values, mxcsr) => {
        const code = loopOf(body.flatMap(([encode, to, from]) => encode(to, from)));
        const one = run(code, values, { translateAfter: 10, floatExceptions: 'observed', mxcsr });
        const other = run(code, values, { translateAfter: NEVER, floatExceptions: 'observed', mxcsr });
        expect(frameOf(one)).toBe(frameOf(other));
      }),
      { numRuns: 60 },
    );
  });

  test('counts as inexact while nobody looks at exceptions, and is asked when somebody does', () => {
    // addsd xmm0, xmm1: 1 + 1 + 1 …
    const code = loopOf([0xf2, 0x0f, 0x58, 0xc1]);
    const of = (translateAfter: number, floatExceptions: 'observed' | 'always'): unknown => {
      const { machine } = run(code, [1, 0, 1, 0], { translateAfter, floatExceptions, mxcsr: 0x1f80 });
      return { mxcsr: machine.cpu.mxcsr, sum: machine.cpu.state.getFloat64(FRAME.xmm, true) };
    };
    expect(of(2, 'observed')).toEqual({ mxcsr: 0x1f80 | INEXACT, sum: ROUNDS + 1 });
    expect(of(NEVER, 'observed')).toEqual({ mxcsr: 0x1f80, sum: ROUNDS + 1 });
    expect(of(2, 'always')).toEqual({ mxcsr: 0x1f80, sum: ROUNDS + 1 });
  });

  test('clears a single by an exclusive or of its register with itself', () => {
    // pxor xmm0, xmm0 · cvtsi2ss xmm0, ecx · addss xmm1, xmm0
    const code = loopOf([0x66, 0x0f, 0xef, 0xc0, 0xf3, 0x0f, 0x2a, 0xc1, 0xf3, 0x0f, 0x58, 0xc8]);
    const values = [0, 0, 0, 0, 0, 0, 0, 0];
    const of = (translateAfter: number): string =>
      frameOf(run(code, values, { translateAfter, floatExceptions: 'observed', mxcsr: 0x1f80 | INEXACT }));
    expect(of(2)).toBe(of(NEVER));
  });

  test.each([0x1f80, 0x1f80 | INEXACT, 0x9fc0, 0x5f80])(
    'has its exceptions too where they count: MXCSR %i',
    (mxcsr) => {
      fc.assert(
        fc.property(...cases, (body, values) => {
          const code = loopOf(body.flatMap(([encode, to, from]) => encode(to, from)));
          const one = run(code, values, { translateAfter: 10, floatExceptions: 'always', mxcsr });
          const other = run(code, values, { translateAfter: NEVER, floatExceptions: 'always', mxcsr });
          expect(Buffer.compare(one.machine.cpu.frame, other.machine.cpu.frame)).toBe(0);
        }),
        { numRuns: 25 },
      );
    },
  );
});

test('a region that was made before anyone looked at exceptions is made anew when someone does', () => {
  // divsd xmm0, xmm1 (1 / 0) in a called function: 50 times, then STMXCSR, then a clean LDMXCSR, 50 times more, and STMXCSR.
  const store = (offset: number): number[] => [0x0f, 0xae, 0x5c, 0x24, offset]; // stmxcsr [rsp + offset]
  const function_ = [0xf2, 0x0f, 0x10, 0xc2, 0xf2, 0x0f, 0x5e, 0xc1, 0xc3]; // movsd xmm0, xmm2 · divsd xmm0, xmm1 · ret
  const calls = (at: number): number[] => {
    const target = 0x100 - (at + 5 + 5);
    return [0xb9, 50, 0, 0, 0, 0xe8, target & 0xff, (target >> 8) & 0xff, 0, 0, 0xff, 0xc9, 0x75, 0xf7];
  };
  const first = [...calls(0), ...store(0xf0)];
  const reset = [0xc7, 0x44, 0x24, 0xe8, 0xa0, 0x1f, 0, 0, 0x0f, 0xae, 0x54, 0x24, 0xe8]; // [rsp − 24] = 0x1fa0, ldmxcsr
  const code = [...first, ...reset, ...calls(first.length + reset.length), ...store(0xf8), ...SYSCALL];
  while (code.length < 0x100) code.push(0x90);
  const one = run([...code, ...function_], [0, 0, 0, 0, 1, 0], {
    translateAfter: 5,
    floatExceptions: 'observed',
    mxcsr: 0x1fa0,
  });
  const { cpu } = one.machine;
  const stored = new Uint8Array(4);
  cpu.readVirtual(cpu.registers[4]! - 8n, stored);
  expect(new DataView(stored.buffer).getUint32(0, true)).toBe(0x1fa0 | 4);
  expect(cpu.state.getFloat64(FRAME.xmm, true)).toBe(Number.POSITIVE_INFINITY);
});

describe('looking at MXCSR', () => {
  const STORE = [0x0f, 0xae, 0x5c, 0x24, 0xf8]; // stmxcsr [rsp - 8]
  const VEX_STORE = [0xc5, 0xf8, 0xae, 0x5c, 0x24, 0xf8];
  const LOAD = [0x8b, 0x44, 0x24, 0xf8]; // mov eax, [rsp - 8]
  const COPY = [0x89, 0xc2]; // mov edx, eax
  const CLEAR_ROUNDING = [0x80, 0xe6, 0x9f]; // and dh, 9f
  const TAKE_ROUNDING = [0x25, 0, 0x60, 0, 0]; // and eax, 6000
  const KEEP = [0x89, 0x54, 0x24, 0xf0]; // mov [rsp - 16], edx
  const JUMP = [0x75, 0]; // jne
  const isObserved = (...code: number[]): boolean => {
    const options = { translateAfter: NEVER, floatExceptions: 'observed', mxcsr: 0x1f80 } as const;
    const one = run([...code, ...SYSCALL], [], options);
    return one.machine.cpu.state.getUint32(CPU_STATE.floatsObserved, true) !== 0;
  };

  test.each([STORE, VEX_STORE])('for its rounding mode does not count, as sin() does it', (...store) => {
    expect(isObserved(...store, ...LOAD, ...COPY, ...CLEAR_ROUNDING, ...TAKE_ROUNDING, ...KEEP, ...JUMP)).toBe(false);
    expect(isObserved(...store, ...LOAD, ...COPY, ...CLEAR_ROUNDING, ...KEEP, ...JUMP)).toBe(false);
    expect(isObserved(...store, ...LOAD, ...TAKE_ROUNDING)).toBe(false);
  });

  test('for anything else counts', () => {
    expect(isObserved(...STORE)).toBe(true);
    expect(isObserved(...STORE, ...LOAD)).toBe(true);
    expect(isObserved(...STORE, ...LOAD, 0x83, 0xe0, 0x3f)).toBe(true); // and eax, 3f
    expect(isObserved(...STORE, ...LOAD, 0x24, 0x3d)).toBe(true); // and al, 3d
    expect(isObserved(...STORE, ...LOAD, 0xa8, 4, ...TAKE_ROUNDING)).toBe(true); // test al, 4
    expect(isObserved(...STORE, ...LOAD, 0x09, 0xc6, ...TAKE_ROUNDING)).toBe(true); // or esi, eax
    expect(isObserved(...STORE, ...LOAD, 0x8d, 0x70, 1, ...TAKE_ROUNDING)).toBe(true); // lea esi, [rax + 1]
    expect(isObserved(...STORE, ...LOAD, ...COPY, 0xf7, 0xd2, ...TAKE_ROUNDING)).toBe(true); // not edx
    expect(isObserved(...STORE, 0x8b, 0x44, 0x24, 0xf0, ...TAKE_ROUNDING)).toBe(true); // mov eax, [rsp - 16]
    expect(isObserved(...STORE, ...JUMP, ...LOAD, ...TAKE_ROUNDING)).toBe(true);
  });

  test('where only the rounding mode is used gives its value', () => {
    const { machine } = run([...STORE, ...LOAD, ...TAKE_ROUNDING, ...SYSCALL], [], {
      translateAfter: NEVER,
      floatExceptions: 'observed',
      mxcsr: 0x5fa0,
    });
    expect(machine.cpu.registers[0]).toBe(0x4000n);
  });
});
