// Segment descriptors as far as 64-bit mode looks at them: code privilege and the L bit, data for checks, FS and GS bases,
// and the task-state segment for stacks (SDM Vol. 3A §3.4, §7.7).

import { CPU_STATE } from '../state/cpu-state.ts';
import type { Cpu } from './cpu.ts';

export const SEGMENT = { es: 0, cs: 1, ss: 2, ds: 3, fs: 4, gs: 5 } as const;

/** The selectors that a supervised machine starts with: the ones user programs see on Linux. */
export const USER_CS = 0x33;
export const USER_SS = 0x2b;

export interface Descriptor {
  readonly base: number;
  readonly limit: number;
  /** Bits 8–15 of the second word: type, S, DPL, P. */
  readonly access: number;
  readonly isLongCode: boolean;
  /** The second word as LAR shows it: type to P, AVL, L, D and G. */
  readonly rights: number;
}

export const isCode = (descriptor: Descriptor): boolean => (descriptor.access & 0x18) === 0x18;
export const isData = (descriptor: Descriptor): boolean => (descriptor.access & 0x18) === 0x10;
export const isPresent = (descriptor: Descriptor): boolean => (descriptor.access & 0x80) !== 0;
export const privilegeOf = (descriptor: Descriptor): number => (descriptor.access >> 5) & 3;
export const isConforming = (descriptor: Descriptor): boolean => isCode(descriptor) && (descriptor.access & 4) !== 0;

export function selector(cpu: Cpu, segment: number): number {
  return cpu.state.getUint16(CPU_STATE.selectors + segment * 2, true);
}

export function setSelector(cpu: Cpu, segment: number, value: number): void {
  cpu.state.setUint16(CPU_STATE.selectors + segment * 2, value, true);
}

/** Reads a descriptor from the GDT (the LDT is always empty here); undefined beyond the limit or when it faults. */
export function readDescriptor(cpu: Cpu, which: number): Descriptor | undefined {
  const offset = which & ~7;
  if ((which & 4) !== 0 || offset + 7 > cpu.state.getUint16(CPU_STATE.gdtrLimit, true)) return undefined;
  const bytes = new Uint8Array(8);
  if (cpu.readVirtual(cpu.state.getBigUint64(CPU_STATE.gdtrBase, true) + BigInt(offset), bytes, false) < 8)
    return undefined;
  const view = new DataView(bytes.buffer);
  const [low, high] = [view.getUint32(0, true), view.getUint32(4, true)];
  const rawLimit = (low & 0xffff) | (high & 0xf_0000);
  return {
    base: ((low >>> 16) | ((high & 0xff) << 16) | (high & 0xff00_0000)) >>> 0,
    limit: (high & 0x80_0000) !== 0 ? rawLimit * 4096 + 4095 : rawLimit,
    access: (high >>> 8) & 0xff,
    rights: high & 0x00f0_ff00,
    isLongCode: (high & 0x20_0000) !== 0 && (high & 0x40_0000) === 0,
  };
}

/** A stack pointer from the task-state segment: RSP0–2 for index 0–2, IST1–7 for 4–10. undefined when it cannot be read. */
export function taskStack(cpu: Cpu, index: number): bigint | undefined {
  const offset = 4 + index * 8;
  if (offset + 7 > cpu.state.getUint32(CPU_STATE.trLimit, true)) return undefined;
  const bytes = new Uint8Array(8);
  if (cpu.readVirtual(cpu.state.getBigUint64(CPU_STATE.trBase, true) + BigInt(offset), bytes, false) < 8)
    return undefined;
  return new DataView(bytes.buffer).getBigUint64(0, true);
}
