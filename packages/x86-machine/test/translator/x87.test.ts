// The x87 in regions: what its stack, its words and memory hold is what the interpreter leaves, which is what silicon leaves.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STOP } from '../../src/machine.ts';
import { FRAME, X87_REGISTER_BYTES } from '../../src/state/frame-layout.ts';
import { type CodeMachine, codeMachine, DATA, SYSCALL } from '../support/code-machine.ts';

const NEVER = Number.POSITIVE_INFINITY;
const ROUNDS = 60;
const STANDARD = 0x037f;

/** Instructions on ST(0) and ST(i), and on memory at RBX + 8·i, by what they do to the height of the stack. */
type Encode = (i: number) => number[];
const register =
  (opcode: number, modRM: number): Encode =>
  (i) => [opcode, modRM + i];
const memory =
  (opcode: number, digit: number): Encode =>
  (i) => [opcode, 0x43 | (digit << 3), i * 8];
const PLAIN: readonly Encode[] = [
  ...[0xc0, 0xc8, 0xe0, 0xe8, 0xf0, 0xf8].flatMap((modRM) => [register(0xd8, modRM), register(0xdc, modRM)]),
  ...[0, 1, 4, 5, 6, 7].flatMap((digit) => [0xd8, 0xdc, 0xda, 0xde].map((opcode) => memory(opcode, digit))),
  ...[0xd8, 0xdc, 0xde, 0xda].map((opcode) => memory(opcode, 2)),
  // FXCH, FCOM, FUCOM, FCOMI, FST to a register; FST to memory; FCMOVNE, FCMOVB
  ...(
    [
      [0xd9, 0xc8],
      [0xd8, 0xd0],
      [0xdd, 0xe0],
      [0xdb, 0xf0],
      [0xdd, 0xd0],
    ] as const
  ).map(([a, b]) => register(a, b)),
  ...(
    [
      [0xd9, 2],
      [0xdd, 2],
      [0xdf, 2],
      [0xdb, 2],
    ] as const
  ).map(([opcode, digit]) => memory(opcode, digit)),
  register(0xdb, 0xc8),
  register(0xda, 0xc0),
  // FCHS, FABS, FTST, FSQRT, FRNDINT; FNSTSW AX
  ...[0xe0, 0xe1, 0xe4, 0xfa, 0xfc].map((modRM) => (): number[] => [0xd9, modRM]),
  () => [0xdf, 0xe0],
];
// FLD, FILD, constants
const PUSHES: readonly Encode[] = [
  ...(
    [
      [0xd9, 0],
      [0xdd, 0],
      [0xdf, 0],
      [0xdb, 0],
      [0xdf, 5],
      [0xdb, 5],
    ] as const
  ).map(([a, b]) => memory(a, b)),
  register(0xd9, 0xc0),
  ...[0xe8, 0xe9, 0xeb, 0xed, 0xee].map((modRM) => (): number[] => [0xd9, modRM]),
];
// FSTP, FISTP, FISTTP, arithmetic and comparison with a pop
const POPS: readonly Encode[] = [
  ...(
    [
      [0xd9, 3],
      [0xdd, 3],
      [0xdf, 3],
      [0xdb, 3],
      [0xdf, 7],
      [0xdb, 7],
      [0xdd, 1],
      [0xdb, 1],
    ] as const
  ).map(([a, b]) => memory(a, b)),
  ...[0xc0, 0xc8, 0xe0, 0xe8, 0xf0, 0xf8].map((modRM) => register(0xde, modRM)),
  register(0xd8, 0xd8),
  register(0xdd, 0xd8),
];

const EDGES = [0, -0, 1, -1.5, 0.1, 3, 1e308, 4e-320, Number.POSITIVE_INFINITY, Number.NaN, 2 ** 31, -(2 ** 63), 3e38];
const doubles = fc.oneof(fc.constantFrom(...EDGES), fc.double());
const values = fc.array(doubles, { minLength: 8, maxLength: 8 });
const chosen = fc.tuple(fc.nat(), fc.nat(3));
/** As much is pushed as is popped, so a loop of it leaves the stack as high as it was. */
const balanced = fc.array(fc.tuple(fc.constantFrom('plain', 'plain', 'pair'), chosen, chosen), {
  minLength: 1,
  maxLength: 10,
});

const pick = (encoders: readonly Encode[], [which, i]: readonly [number, number]): number[] =>
  encoders[which % encoders.length]!(i);
const bodyOf = (parts: readonly (readonly [string, [number, number], [number, number]])[]): number[] =>
  parts.flatMap(([kind, one, other]) =>
    kind === 'plain' ? pick(PLAIN, one) : [...pick(PUSHES, one), ...pick(POPS, other)],
  );

/** mov ecx, rounds · body · dec ecx · jnz · syscall */
const loopOf = (body: readonly number[], rounds: number = ROUNDS): number[] => [
  ...[0xb9, rounds & 0xff, rounds >> 8, 0, 0],
  ...body,
  ...[0xff, 0xc9, 0x0f, 0x85, ...[0, 8, 16, 24].map((shift) => (-(body.length + 8) >> shift) & 0xff)],
  ...SYSCALL,
];

interface Options {
  readonly translateAfter: number;
  readonly control?: number;
  readonly top?: number;
  readonly statistics?: { now(): number };
}

/** With five numbers on the stack, and numbers in memory at RBX. */
function start(code: readonly number[], numbers: readonly number[], options: Options): CodeMachine {
  const one = codeMachine(code, options);
  const { cpu } = one.machine;
  const top = options.top ?? 3;
  cpu.registers[3] = DATA + 64n;
  cpu.state.setUint16(FRAME.x87Control, options.control ?? STANDARD, true);
  cpu.state.setUint16(FRAME.x87Status, top << 11, true);
  let tags = 0xffff;
  for (let i = 0; i < 5; i++) {
    const slot = FRAME.x87Registers + ((top + i) & 7) * X87_REGISTER_BYTES;
    cpu.state.setBigUint64(slot, (1n << 63n) | BigInt(i * 0x1234_5678_9abc), true);
    cpu.state.setUint16(slot + 8, 0x3ffd + i + (i & 1 ? 0x8000 : 0), true);
    tags &= ~(3 << (((top + i) & 7) * 2));
  }
  cpu.state.setUint16(FRAME.x87Tag, tags, true);
  const bytes = new DataView(new ArrayBuffer(8));
  numbers.forEach((number, index) => {
    bytes.setFloat64(0, number, true);
    cpu.writeVirtual(DATA + 64n + BigInt(index * 8), new Uint8Array(bytes.buffer));
  });
  return one;
}

function outcome({ machine }: CodeMachine): string {
  expect(machine.run(1_000_000)).toBe(STOP.stopped);
  const data = new Uint8Array(256);
  machine.cpu.readVirtual(DATA, data);
  return Buffer.concat([machine.cpu.frame, data]).toString('hex');
}

describe('a loop of x87 instructions', () => {
  test('leaves what the interpreter leaves', () => {
    fc.assert(
      fc.property(balanced, values, fc.nat(7), (parts, numbers, top) => {
        const code = loopOf(bodyOf(parts));
        const results = [10, NEVER].map((translateAfter) => outcome(start(code, numbers, { translateAfter, top })));
        expect(results[0]).toBe(results[1]);
      }),
      { numRuns: 60 },
    );
  });

  test.each([0x0c7f, 0x077f, 0x027f, 0x0f7f, 0x0372])('does so under control word %i, too', (control) => {
    fc.assert(
      fc.property(balanced, values, (parts, numbers) => {
        const code = loopOf(bodyOf(parts));
        const results = [10, NEVER].map((translateAfter) => outcome(start(code, numbers, { translateAfter, control })));
        expect(results[0]).toBe(results[1]);
      }),
      { numRuns: 15 },
    );
  });

  test('does so when it changes the rounding and back, as conversions to integers do', () => {
    const truncating = (convert: readonly number[]): number[] => [
      ...[0xd9, 0x7b, 0xf0, 0x0f, 0xb7, 0x43, 0xf0, 0x80, 0xcc, 0x0c], // fnstcw [rbx − 16] · movzx eax, [rbx − 16] · or ah, 12
      ...[0x66, 0x89, 0x43, 0xf2, 0xd9, 0x6b, 0xf2], // mov [rbx − 14], ax · fldcw [rbx − 14]
      ...convert,
      ...[0xd9, 0x6b, 0xf0], // fldcw [rbx − 16]
    ];
    fc.assert(
      fc.property(balanced, balanced, values, (before, inside, numbers) => {
        const code = loopOf([...bodyOf(before), ...truncating(bodyOf(inside))]);
        const results = [10, NEVER].map((translateAfter) => outcome(start(code, numbers, { translateAfter })));
        expect(results[0]).toBe(results[1]);
      }),
      { numRuns: 30 },
    );
  });

  test('that pushes more than it pops, or pops more, is the interpreter’s', () => {
    fc.assert(
      fc.property(balanced, values, chosen, fc.boolean(), (parts, numbers, extra, pushes) => {
        const code = loopOf([...bodyOf(parts), ...pick(pushes ? PUSHES : POPS, extra)]);
        const results = [10, NEVER].map((translateAfter) => outcome(start(code, numbers, { translateAfter })));
        expect(results[0]).toBe(results[1]);
      }),
      { numRuns: 40 },
    );
  });

  test('stays in its region: normal numbers need no interpreter', () => {
    // fld qword [rbx] · fmul st, st(1) · fadd qword [rbx + 8] · fdiv st, st(2) · fstp qword [rbx + 16]
    const body = [0xdd, 0x43, 0, 0xd8, 0xc9, 0xdc, 0x43, 8, 0xd8, 0xf2, 0xdd, 0x5b, 16];
    const one = start(loopOf(body, 5000), [1.25, 2.5, 0, 0, 0, 0, 0, 0], {
      translateAfter: 10,
      statistics: { now: () => 0 },
    });
    outcome(one);
    const { inRegions, exits } = one.machine.statistics;
    expect(inRegions).toBeGreaterThan(one.machine.cpu.instructions * 0.95);
    expect(exits.atInstruction + exits.untranslated).toBeLessThan(20);
  });
});
