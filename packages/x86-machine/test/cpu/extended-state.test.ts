// VEX-encoded vectors are instructions once CR4.OSXSAVE and XCR0 allow them, and never on a machine of level v2.
import { expect, test } from 'vitest';
import { createMachine, type Machine, STOP } from '../../src/index.ts';
import type { FeatureLevel } from '../../src/isa/instruction-set.ts';
import { codeMachine } from '../support/code-machine.ts';

const ENABLE_OSXSAVE = [0x0f, 0x20, 0xe0, 0x0f, 0xba, 0xe8, 18, 0x0f, 0x22, 0xe0]; // mov rax, cr4 · bts eax, 18 · mov cr4, rax
const ENABLE_AVX = [0x31, 0xc9, 0x31, 0xd2, 0xb8, 7, 0, 0, 0, 0x0f, 0x01, 0xd1]; // ecx = edx = 0 · eax = 7 · xsetbv
const VPCMPEQD = [0xc5, 0xfd, 0x76, 0xc0]; // vpcmpeqd ymm0, ymm0, ymm0
const BLSR = [0xc4, 0xe2, 0xf8, 0xf3, 0xc9]; // blsr rax, rcx
const HLT = [0xf4];

function bare(features: FeatureLevel, ...code: number[][]): { machine: Machine; reason: number } {
  const machine = createMachine({
    ramBytes: 2 ** 20,
    features,
    clock: { nowNs: () => 0 },
    entropy: { fill: (bytes) => bytes.fill(0) },
  });
  machine.memory.write(0x1000, Uint8Array.from(code.flat()));
  machine.cpu.rip = 0x1000n;
  machine.cpu.registers[1] = 12n;
  return { machine, reason: machine.run(1000) };
}

test('a bare machine allows vectors after XSETBV, and what was decoded before is looked at again', () => {
  // Without an IDT an exception shuts the machine down.
  expect(bare('x86-64-v3', VPCMPEQD, HLT).reason).toBe(STOP.shutdown);
  expect(bare('x86-64-v3', ENABLE_OSXSAVE, VPCMPEQD, HLT).reason).toBe(STOP.shutdown);
  const { machine, reason } = bare('x86-64-v3', ENABLE_OSXSAVE, ENABLE_AVX, VPCMPEQD, HLT);
  expect(reason).toBe(STOP.halted);
  expect([...machine.cpu.xmm.subarray(0, 32)]).toEqual(new Array(32).fill(0xff));
});

test('VEX-encoded instructions on general registers need no leave', () => {
  const { machine, reason } = bare('x86-64-v3', BLSR, HLT);
  expect(reason).toBe(STOP.halted);
  expect(machine.cpu.registers[0]).toBe(8n);
});

test('a machine of level v2 has neither', () => {
  expect(bare('x86-64-v2', BLSR, HLT).reason).toBe(STOP.shutdown);
  expect(bare('x86-64-v2', ENABLE_OSXSAVE, HLT).reason).toBe(STOP.shutdown);
});

test('XSETBV refuses AVX without SSE, and anything without x87', () => {
  const set = (value: number): number[] => [0x31, 0xc9, 0x31, 0xd2, 0xb8, value, 0, 0, 0, 0x0f, 0x01, 0xd1];
  for (const value of [0, 2, 5, 15]) {
    expect(bare('x86-64-v3', ENABLE_OSXSAVE, set(value), HLT).reason).toBe(STOP.shutdown);
  }
  expect(bare('x86-64-v3', ENABLE_OSXSAVE, set(3), HLT).reason).toBe(STOP.halted);
});

test('RDRAND gives what the entropy gives, at every size', () => {
  const code = [0x66, 0x0f, 0xc7, 0xf0, 0x0f, 0xc7, 0xf1, 0x48, 0x0f, 0xc7, 0xfa]; // rdrand ax · rdrand ecx · rdseed rdx
  const { machine } = codeMachine([...code, 0x0f, 0x05], { features: 'x86-64-v3' });
  machine.cpu.registers.fill(0xffff_ffff_ffff_ffffn, 0, 3);
  machine.run(10);
  expect(machine.cpu.registers[0]! >> 16n).toBe(0xffff_ffff_ffffn);
  expect(machine.cpu.registers[2]).not.toBe(0xffff_ffff_ffff_ffffn);
});
