// IN, OUT, INS and OUTS: the permission to use a port, then the transfer (SDM Vol. 1 chapter 19).

import { RECORD } from '../interpreter/record.ts';
import { VECTOR } from '../isa/vector.ts';
import { CPU_STATE } from '../state/cpu-state.ts';
import { FRAME, GPR, RFLAGS } from '../state/frame-layout.ts';
import type { Cpu } from './cpu.ts';
import type { Fault } from './fault.ts';
import { GENERAL_PROTECTION, pageFaultAt } from './fault.ts';

export interface PortAccess {
  readPort(port: number, size: number): number;
  writePort(port: number, size: number, value: number): void;
}

/** CPL ≤ IOPL, or every bit of the task's I/O permission bitmap clear (SDM Vol. 1 §19.5.2). */
function mayUsePort(cpu: Cpu, port: number, size: number): boolean {
  if (cpu.cpl <= ((cpu.rflags >> 12) & 3)) return true;
  const limit = cpu.state.getUint32(CPU_STATE.trLimit, true);
  const base = cpu.state.getBigUint64(CPU_STATE.trBase, true);
  const bytes = new Uint8Array(2);
  if (limit < 103 || cpu.readVirtual(base + 102n, bytes, false) < 2) return false;
  const at = (bytes[0]! | (bytes[1]! << 8)) + (port >> 3);
  if (at + 1 > limit || cpu.readVirtual(base + BigInt(at), bytes, false) < 2) return false;
  return (((bytes[0]! | (bytes[1]! << 8)) >> (port & 7)) & (2 ** size - 1)) === 0;
}

/** IN: `size` bytes into the accumulator; a 32-bit one clears the upper half of RAX. */
export function readPort(cpu: Cpu, ports: PortAccess, port: number, size: number): Fault | undefined {
  if (!mayUsePort(cpu, port, size)) return GENERAL_PROTECTION;
  const value = ports.readPort(port, size);
  cpu.debugRegisters.usedPort(port, size);
  if (size === 4) cpu.registers[GPR.rax] = BigInt(value >>> 0);
  else if (size === 2) cpu.state.setUint16(FRAME.gpr, value, true);
  else cpu.state.setUint8(FRAME.gpr, value);
  return undefined;
}

/** OUT: `size` bytes of the accumulator. */
export function writePort(cpu: Cpu, ports: PortAccess, port: number, size: number): Fault | undefined {
  if (!mayUsePort(cpu, port, size)) return GENERAL_PROTECTION;
  const value = cpu.registers32[GPR.rax * 2]!;
  cpu.debugRegisters.usedPort(port, size);
  ports.writePort(port, size, size === 4 ? value : value & (2 ** (size * 8) - 1));
  return undefined;
}

/**
 * One element of INS or OUTS.
 * @param kind bit 0: output; bit 1: repeated
 * @returns 'again' while a repeated one has elements left
 */
export function moveBetweenPortAndMemory(
  cpu: Cpu,
  ports: PortAccess,
  size: number,
  kind: number,
): Fault | 'again' | undefined {
  const { state } = cpu;
  const record = state.getUint32(CPU_STATE.exitRecord, true);
  const mask = state.getBigUint64(state.getUint16(record + RECORD.addressMask, true), true);
  const [output, repeats] = [(kind & 1) !== 0, (kind & 2) !== 0];
  const count = cpu.registers[GPR.rcx]! & mask;
  const port = cpu.registers32[GPR.rdx * 2]! & 0xffff;
  if (!mayUsePort(cpu, port, size)) return GENERAL_PROTECTION;
  if (repeats && count === 0n) return undefined;
  const register = output ? GPR.rsi : GPR.rdi;
  const index = cpu.registers[register]! & mask;
  const base = output ? state.getBigUint64(state.getUint16(record + RECORD.segment, true), true) : 0n;
  const address = BigInt.asUintN(64, index + base);
  const bytes = new Uint8Array(size);
  const user = cpu.cpl === 3;
  const fault = (): Fault => pageFaultAt(cpu, address, (output ? 0 : 2) | (user ? 4 : 0), VECTOR.generalProtection);
  if (output) {
    if (cpu.readVirtual(address, bytes, user) < size) return fault();
    const value = bytes.reduceRight((sum, byte) => sum * 256 + byte, 0);
    ports.writePort(port, size, value);
  } else {
    if (cpu.translate(address, 'write', user) < 0) return fault();
    let value = ports.readPort(port, size);
    for (let i = 0; i < size; i++) {
      bytes[i] = value & 0xff;
      value = Math.floor(value / 256);
    }
    if (cpu.writeVirtual(address, bytes, user) < size) return fault();
  }
  cpu.debugRegisters.usedPort(port, size);
  const step = BigInt((cpu.rflags & RFLAGS.df) !== 0 ? -size : size);
  cpu.registers[register] = (index + step) & mask;
  if (repeats) cpu.registers[GPR.rcx] = (count - 1n) & mask;
  return repeats && count !== 1n ? 'again' : undefined;
}
