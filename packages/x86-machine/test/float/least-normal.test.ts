// A result that rounding brings up to the least normal number was tiny before: it underflows (SDM Vol. 1 §4.9.1.5).
import { describe, expect, test } from 'vitest';
import { STOP } from '../../src/machine.ts';
import { codeMachine, DATA, DATA_FRAME, SYSCALL } from '../support/code-machine.ts';

const UNDERFLOW_AND_INEXACT = 0x30;
const little = (value: number): number[] => [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff);

/** [name, opcode bytes before ModRM, whether doubles, whether a quotient] */
const OPERATIONS = [
  ['mulss', [0xf3, 0x0f, 0x59], false, false],
  ['mulsd', [0xf2, 0x0f, 0x59], true, false],
  ['mulps', [0x0f, 0x59], false, false],
  ['mulpd', [0x66, 0x0f, 0x59], true, false],
  ['divss', [0xf3, 0x0f, 0x5e], false, true],
  ['divsd', [0xf2, 0x0f, 0x5e], true, true],
  ['divps', [0x0f, 0x5e], false, true],
  ['divpd', [0x66, 0x0f, 0x5e], true, true],
] as const;

describe.each([1, 3, Number.POSITIVE_INFINITY])('translating after %d entries', (translateAfter) => {
  // From the first inexact result on another way is taken.
  describe.each([0x1f80, 0x1fa0])('with MXCSR %d', (mxcsr) => {
    test.each(OPERATIONS)('%s', (_name, opcode, isDouble, divides) => {
      const code = [
        ...[0xb9, ...little(50)], // mov ecx, 50
        ...[0x0f, 0xae, 0x13], // again: ldmxcsr [rbx]
        ...[0x0f, 0x28, 0x43, 0x10], // movaps xmm0, [rbx + 16]
        ...[...opcode, 0x43, 0x20], // op xmm0, [rbx + 32]
        ...[0x0f, 0xae, 0x5b, 0x30], // stmxcsr [rbx + 48]
        ...[0xff, 0xc9], // dec ecx
      ];
      const back = -(code.length - 5 + 2);
      const { machine } = codeMachine([...code, 0x75, back & 0xff, ...SYSCALL], { translateAfter });
      const { cpu, memory } = machine;
      cpu.registers[3] = DATA;
      memory.view.setUint32(DATA_FRAME, mxcsr, true);
      // The largest below twice the least normal number, and a half or two.
      for (const at of isDouble ? [16, 24] : [16, 20, 24, 28]) {
        if (isDouble) {
          memory.view.setBigUint64(DATA_FRAME + at, 0x001f_ffff_ffff_ffffn, true);
          memory.view.setFloat64(DATA_FRAME + at + 16, divides ? 2 : 0.5, true);
        } else {
          memory.view.setUint32(DATA_FRAME + at, 0x00ff_ffff, true);
          memory.view.setFloat32(DATA_FRAME + at + 16, divides ? 2 : 0.5, true);
        }
      }
      expect(machine.run(10_000)).toBe(STOP.stopped);
      const result = new DataView(cpu.xmm.buffer, cpu.xmm.byteOffset);
      expect(isDouble ? result.getFloat64(0, true) : result.getFloat32(0, true)).toBe(
        isDouble ? 2 ** -1022 : 2 ** -126,
      );
      const stored = memory.view.getUint32(DATA_FRAME + 48, true);
      expect(stored & 0x3f).toBe(UNDERFLOW_AND_INEXACT);
    });
  });
});
