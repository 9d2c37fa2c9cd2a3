// CR0.MP, EM and TS, and CR4.OSFXSR: which instructions they turn off, and with which exception (SDM Vol. 3A table 2-2).
import { describe, expect, test } from 'vitest';
import { createMachine, STOP } from '../../src/machine.ts';
import { testClock, testEntropy } from '../support/bare-loader.ts';
import { translateAfter } from '../support/tier.ts';

const [MP, EM, TS] = [2, 4, 8];
const OSFXSR = 0x200;
const PAE = 0x20;
const CODE = 0x10_0000;
const [UNDEFINED, NOT_AVAILABLE] = [6, 7];

const INSTRUCTIONS = {
  fld1: [0xd9, 0xe8],
  fninit: [0xdb, 0xe3],
  fwait: [0x9b],
  'paddb mm0, mm1': [0x0f, 0xfc, 0xc1],
  emms: [0x0f, 0x77],
  'addps xmm0, xmm1': [0x0f, 0x58, 0xc1],
  'cvtpi2ps xmm0, mm1': [0x0f, 0x2a, 0xc1],
  'ldmxcsr [0x5000]': [0x0f, 0xae, 0x14, 0x25, 0x00, 0x50, 0x00, 0x00],
  'fxsave [0x6000]': [0x0f, 0xae, 0x04, 0x25, 0x00, 0x60, 0x00, 0x00],
  'prefetcht0 [rax]': [0x0f, 0x18, 0x08],
  'popcnt eax, ecx': [0xf3, 0x0f, 0xb8, 0xc1],
  sfence: [0x0f, 0xae, 0xf8],
} as const;
type Name = keyof typeof INSTRUCTIONS;

const little = (value: number): number[] => [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff);

/** The vector that the instruction raises in ring 0 under these control registers, or 0; it runs `times`. */
function vectorOf(instruction: readonly number[], cr0: number, cr4: number, before: readonly number[] = []): number {
  const machine = createMachine({ ramBytes: 4 * 2 ** 20, translateAfter, clock: testClock, entropy: testEntropy });
  const { memory, cpu } = machine;
  memory.view.setUint16(0x2000, 0xfff, true);
  memory.view.setBigUint64(0x2002, 0x3000n, true);
  memory.view.setUint16(0x2010, 0xf, true);
  memory.view.setBigUint64(0x2012, 0x2020n, true);
  memory.writeUint64(0x2028, 0x00af_9a00_0000_ffffn);
  memory.view.setUint32(0x5000, 0x1f80, true);
  for (const vector of [UNDEFINED, NOT_AVAILABLE]) {
    const handler = CODE + 0x1000 + vector * 16;
    memory.writeUint64(0x3000 + vector * 16, 0x0010_8e00_0008_0000n | BigInt(handler & 0xffff));
    memory.write(handler, Uint8Array.of(0xb9, vector, 0, 0, 0, 0xf4)); // mov ecx, vector; hlt
  }
  const code = [
    ...[0x0f, 0x01, 0x1c, 0x25, 0x00, 0x20, 0, 0, 0x0f, 0x01, 0x14, 0x25, 0x10, 0x20, 0, 0], // lidt, lgdt
    ...before,
    ...[0xb8, ...little(cr4 | PAE), 0x0f, 0x22, 0xe0], // mov eax, cr4; mov cr4, rax
    ...[0xb8, ...little(cr0 | 0x31), 0x0f, 0x22, 0xc0], // mov eax, cr0; mov cr0, rax
    ...[0x31, 0xc9], // xor ecx, ecx
    ...instruction,
    0xf4,
  ];
  memory.write(CODE, Uint8Array.from(code));
  cpu.rip = BigInt(CODE);
  cpu.registers[4] = 0x20_0000n;
  expect(machine.run(100_000)).toBe(STOP.halted);
  return Number(cpu.registers[1]! & 0xffn);
}

const EXPECTED: readonly (readonly [cr0: number, cr4: number, Partial<Record<Name, number>>])[] = [
  [0, OSFXSR, {}],
  [MP, OSFXSR, {}],
  [
    TS,
    OSFXSR,
    {
      fld1: NOT_AVAILABLE,
      fninit: NOT_AVAILABLE,
      'paddb mm0, mm1': NOT_AVAILABLE,
      emms: NOT_AVAILABLE,
      'addps xmm0, xmm1': NOT_AVAILABLE,
      'cvtpi2ps xmm0, mm1': NOT_AVAILABLE,
      'ldmxcsr [0x5000]': NOT_AVAILABLE,
      'fxsave [0x6000]': NOT_AVAILABLE,
    },
  ],
  [
    EM,
    OSFXSR,
    {
      fld1: NOT_AVAILABLE,
      fninit: NOT_AVAILABLE,
      'paddb mm0, mm1': UNDEFINED,
      emms: UNDEFINED,
      'addps xmm0, xmm1': UNDEFINED,
      'cvtpi2ps xmm0, mm1': UNDEFINED,
      'ldmxcsr [0x5000]': UNDEFINED,
      'fxsave [0x6000]': NOT_AVAILABLE,
    },
  ],
  [0, 0, { 'addps xmm0, xmm1': UNDEFINED, 'cvtpi2ps xmm0, mm1': UNDEFINED, 'ldmxcsr [0x5000]': UNDEFINED }],
];

describe.each(EXPECTED)('CR0 %i, CR4 %i', (cr0, cr4, expected) => {
  test.each(Object.entries(INSTRUCTIONS))('%s', (name, bytes) => {
    expect(vectorOf(bytes, cr0, cr4)).toBe(expected[name as Name] ?? 0);
  });
});

test('FWAIT waits for the x87 of this task: with MP and TS both set it raises #NM', () => {
  expect(vectorOf(INSTRUCTIONS.fwait, MP | TS, OSFXSR)).toBe(NOT_AVAILABLE);
});

test('CLTS turns the units on again', () => {
  expect(vectorOf([0x0f, 0x06, ...INSTRUCTIONS['addps xmm0, xmm1'], ...INSTRUCTIONS.fld1], TS, OSFXSR)).toBe(0);
});

test('code that has run, translated or not, is refused as well', () => {
  // A loop that runs a hundred times, then sets CR0.TS and goes on.
  const loop = [
    ...[0xba, 200, 0, 0, 0], // mov edx, 200
    ...[0x0f, 0x58, 0xc1, 0xd9, 0xe8, 0xdd, 0xd8], // again: addps xmm0, xmm1; fld1; fstp st(0)
    ...[0x83, 0xfa, 100, 0x75, 0x08], // cmp edx, 100; jne next
    ...[0xb8, ...little(0x31 | TS), 0x0f, 0x22, 0xc0], // mov eax, …; mov cr0, rax
    ...[0xff, 0xca, 0x75, 0xe8], // next: dec edx; jnz again
  ];
  expect(vectorOf(loop, 0, OSFXSR)).toBe(NOT_AVAILABLE);
});
