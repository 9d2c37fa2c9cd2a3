// CPUID offers the machine's level, and nothing that no row stands behind.
import { expect, test } from 'vitest';
import { cpuIdLeaves } from '../../src/cpu/cpu-id.ts';
import { INSTRUCTION_SET, INSTRUCTION_SETS } from '../../src/isa/instruction-set.ts';
import { codeMachine, SYSCALL } from '../support/code-machine.ts';

const bit = (value: number, position: number): boolean => ((value >>> position) & 1) === 1;
const off = { savesExtendedState: false, enabledComponents: 1 };
const leaves = cpuIdLeaves(INSTRUCTION_SETS['x86-64-v2'], () => false, off);

/** x86-64 psABI, table 3.1: EDX and ECX bits of leaf 1 for the baseline and v2, and of leaf 0x80000001. */
const BASELINE_EDX = { fpu: 0, tsc: 4, msr: 5, pae: 6, cx8: 8, cmov: 15, mmx: 23, fxsr: 24, sse: 25, sse2: 26 };
const V2_ECX = { sse3: 0, ssse3: 9, cx16: 13, 'sse4.1': 19, 'sse4.2': 20, popcnt: 23 };
const LATER_ECX = {
  pclmulqdq: 1,
  monitor: 3,
  fma: 12,
  movbe: 22,
  aes: 25,
  xsave: 26,
  osxsave: 27,
  avx: 28,
  f16c: 29,
  rdrand: 30,
};

test('the baseline and version 2 are complete', () => {
  const [, , ecx, edx] = leaves(1, 0);
  for (const [name, position] of Object.entries(BASELINE_EDX)) expect([name, bit(edx, position)]).toEqual([name, true]);
  for (const [name, position] of Object.entries(V2_ECX)) expect([name, bit(ecx, position)]).toEqual([name, true]);
  // Java starts nowhere without CLFLUSH, and wants the size of a line beside it.
  expect([bit(edx, 19), (leaves(1, 0)[1] >>> 8) & 0xff]).toEqual([true, 8]);
  const [, , extendedEcx, extendedEdx] = leaves(0x8000_0001, 0);
  expect(bit(extendedEcx, 8)).toBe(true); // PREFETCHW
  expect(bit(extendedEcx, 0)).toBe(true); // LAHF in 64-bit mode
  for (const position of [11, 20, 29]) expect(bit(extendedEdx, position)).toBe(true); // SYSCALL, NX, long mode
});

test('what came later is not offered', () => {
  const [, , ecx] = leaves(1, 0);
  for (const [name, position] of Object.entries(LATER_ECX)) expect([name, bit(ecx, position)]).toEqual([name, false]);
  // But for the bit that says what is not there: selectors of the x87's pointers.
  expect(leaves(7, 0)).toEqual([0, 1 << 13, 0, 0]);
});

test('x86-64-v3 is complete where it is asked for', () => {
  const full = cpuIdLeaves(INSTRUCTION_SETS['x86-64-v3'], () => false, {
    savesExtendedState: true,
    enabledComponents: 7,
  });
  const [, , ecx] = full(1, 0);
  for (const name of ['fma', 'movbe', 'xsave', 'osxsave', 'avx', 'f16c'] as const) {
    expect([name, bit(ecx, LATER_ECX[name])]).toEqual([name, true]);
  }
  const [, ebx] = full(7, 0);
  for (const position of [3, 5, 8]) expect(bit(ebx, position)).toBe(true); // BMI1, AVX2, BMI2
  expect(bit(full(0x8000_0001, 0)[2], 5)).toBe(true); // LZCNT
  expect(full(0x0d, 0)).toEqual([7, 832, 832, 0]);
  expect(full(0x0d, 1).slice(0, 2)).toEqual([7, 832]); // XSAVEOPT, XSAVEC, XGETBV of what is in use
  expect(full(0x0d, 2).slice(0, 2)).toEqual([256, 576]);
});

test('a feature disappears with its rows', () => {
  const withoutCrc = cpuIdLeaves(
    INSTRUCTION_SET.filter((row) => row.feature !== 'sse4.2'),
    () => true,
    off,
  );
  expect(bit(withoutCrc(1, 0)[2], 20)).toBe(false);
  expect(bit(withoutCrc(1, 0)[3], 9)).toBe(true); // a local APIC is there when one is connected
});

test('the instruction gives what the table says, upper halves cleared', () => {
  const { machine } = codeMachine([0x0f, 0xa2, 0x48, 0x89, 0xcf, ...SYSCALL]); // cpuid; mov rdi, rcx; syscall
  machine.cpu.registers.fill(0xffff_ffff_0000_0000n, 0, 4);
  machine.run(10);
  const [eax, ebx, ecx, edx] = leaves(0, 0).map((value) => BigInt(value >>> 0));
  const { registers } = machine.cpu;
  expect([registers[0], registers[3], registers[7], registers[2]]).toEqual([eax, ebx, ecx, edx]);
});
