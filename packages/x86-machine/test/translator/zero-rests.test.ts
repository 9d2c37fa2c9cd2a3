// Registers taken to keep a rest of zeros although they don't: the region is left where that shows, and nothing is lost.
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { STOP } from '../../src/machine.ts';
import { FRAME, XMM_STRIDE_BYTES } from '../../src/state/frame-layout.ts';
import { RegisterLocals } from '../../src/translator/register-locals.ts';
import type * as ZeroRests from '../../src/translator/zero-rests.ts';
import { codeMachine, SYSCALL } from '../support/code-machine.ts';

// Whatever instructions do, the rest of every scalar register is said to stay zero.
vi.mock('../../src/translator/zero-rests.ts', async (original) => ({
  ...(await original<typeof ZeroRests>()),
  zeroRests: ((_instructions, kinds, now) =>
    kinds.reduce((bits, kind, number) => {
      const isClear = kind !== 'vector' && ((now >> (kind === 'double' ? number : number + 16)) & 1) !== 0;
      return isClear ? bits | (1 << number) : bits;
    }, 0)) satisfies typeof ZeroRests.zeroRests,
}));

const ROUNDS = 20;
const REGISTERS = [0, 1, 2, 3];

/** Register to register: (destination, source). */
const sse =
  (prefix: readonly number[], opcode: number) =>
  (to: number, from: number): number[] => [...prefix, 0x0f, opcode, 0xc0 | (to << 3) | from];
const addScalar = { f64: sse([0xf2], 0x58), f32: sse([0xf3], 0x58) };
/** UNPCKLPD UNPCKLPS MOVLHPS MOVHLPS CVTPS2PD ORPS ADDPD MOVAPS MULSD MOVQ CVTSD2SS */
const instructions = fc.constantFrom(
  ...[sse([0x66], 0x14), sse([], 0x14), sse([], 0x16), sse([], 0x12), sse([], 0x5a), sse([], 0x56), sse([0x66], 0x58)],
  ...[sse([], 0x28), sse([0xf2], 0x59), sse([0xf3], 0x7e), sse([0xf2], 0x5a)],
);
const bodies = fc.array(fc.tuple(instructions, fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 8 });

/** mov ecx, ROUNDS · again: scalar additions that make every register a scalar · body · dec ecx · jnz again · syscall */
function loopOf(kind: 'f64' | 'f32', body: readonly number[]): number[] {
  const additions = REGISTERS.flatMap((number) => Array(6).fill(addScalar[kind](number, number)).flat() as number[]);
  const round = [...additions, ...body];
  const back = -(round.length + 8);
  return [
    ...[0xb9, ROUNDS, 0, 0, 0],
    ...round,
    ...[0xff, 0xc9, 0x0f, 0x85, ...[0, 8, 16, 24].map((shift) => (back >> shift) & 0xff)],
    ...SYSCALL,
  ];
}

function stateAfter(code: readonly number[], translateAfter: number): unknown {
  const { machine } = codeMachine(code, { translateAfter, floatExceptions: 'observed' });
  const { cpu } = machine;
  for (const number of REGISTERS) cpu.state.setFloat64(FRAME.xmm + number * XMM_STRIDE_BYTES, 1.5 + number, true);
  expect(machine.run(100_000)).toBe(STOP.stopped);
  const frame = Uint8Array.from(cpu.frame);
  // Exceptions are recorded only for whoever looks.
  new DataView(frame.buffer).setUint32(FRAME.mxcsr, cpu.mxcsr & ~0x3f, true);
  return { frame: Buffer.from(frame).toString('hex'), instructions: cpu.instructions };
}

test('a rest that was taken to stay zero and does not ends the region, not the host', { timeout: 240_000 }, () => {
  const take = vi.spyOn(RegisterLocals.prototype, 'takeFilledRest');
  fc.assert(
    fc.property(fc.constantFrom('f64', 'f32'), bodies, (kind, body) => {
      const code = loopOf(
        kind,
        body.flatMap(([instruction, to, from]) => instruction(to, from)),
      );
      const interpreted = stateAfter(code, Number.POSITIVE_INFINITY);
      for (const translateAfter of [1, 3]) expect(stateAfter(code, translateAfter)).toEqual(interpreted);
    }),
    { numRuns: 30 },
  );
  expect(take).toHaveReturnedWith(true);
});
