// The CPU's own model-specific registers (SDM Vol. 4 §2.1).

import { CPU_STATE } from '../state/cpu-state.ts';
import { FRAME } from '../state/frame-layout.ts';
import type { Cpu } from './cpu.ts';
import { isCanonical } from './fault.ts';

export const MSR = {
  timeStampCounter: 0x10,
  pat: 0x277,
  efer: 0xc000_0080,
  star: 0xc000_0081,
  lstar: 0xc000_0082,
  cstar: 0xc000_0083,
  fmask: 0xc000_0084,
  fsBase: 0xc000_0100,
  gsBase: 0xc000_0101,
  kernelGsBase: 0xc000_0102,
  tscAux: 0xc000_0103,
} as const;

const EFER_WRITABLE = 0x901n; // SCE, LME, NXE
const EFER_LMA = 0x400n;

/** Where plain registers lie in CPU state. */
const PLAIN: Readonly<Record<number, number>> = {
  [MSR.star]: CPU_STATE.star,
  [MSR.lstar]: CPU_STATE.lstar,
  [MSR.cstar]: CPU_STATE.cstar,
  [MSR.fmask]: CPU_STATE.syscallMask,
  [MSR.fsBase]: FRAME.fsBase,
  [MSR.gsBase]: FRAME.gsBase,
  [MSR.kernelGsBase]: CPU_STATE.kernelGsBase,
  [MSR.tscAux]: CPU_STATE.tscAux,
  [MSR.pat]: CPU_STATE.pat,
};
const ADDRESSES = new Set<number>([MSR.lstar, MSR.cstar, MSR.fsBase, MSR.gsBase, MSR.kernelGsBase]);

/** undefined: not one of the CPU's. */
export function readCpuMsr(cpu: Cpu, index: number): bigint | undefined {
  if (index === MSR.efer) return cpu.state.getBigUint64(CPU_STATE.efer, true);
  const at = PLAIN[index];
  return at === undefined ? undefined : cpu.state.getBigUint64(at, true);
}

/** undefined: not one of the CPU's; false: #GP(0). */
export function writeCpuMsr(cpu: Cpu, index: number, value: bigint): boolean | undefined {
  if (index === MSR.efer) {
    if ((value & ~(EFER_WRITABLE | EFER_LMA)) !== 0n) return false;
    const old = cpu.state.getBigUint64(CPU_STATE.efer, true);
    cpu.state.setBigUint64(CPU_STATE.efer, (value & EFER_WRITABLE) | (old & EFER_LMA), true);
    cpu.invalidateTranslations();
    return true;
  }
  const at = PLAIN[index];
  if (at === undefined) return undefined;
  if (ADDRESSES.has(index) && !isCanonical(value)) return false;
  if ((index === MSR.tscAux || index === MSR.fmask) && value >> 32n !== 0n) return false;
  cpu.state.setBigUint64(at, value, true);
  return true;
}
