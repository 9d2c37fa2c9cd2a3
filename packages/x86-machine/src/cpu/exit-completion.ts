// What the host does when generated code hands it an instruction or an exception: the two kinds of ring 0 meet here.
//
//   supervised   SYSCALL, exceptions and interrupts go to the Supervisor; the guest has ring 3 only
//   bare         they go through STAR/LSTAR and the IDT, and guest code owns every ring

import { EXIT } from '../interpreter/exit.ts';
import { RECORD } from '../interpreter/record.ts';
import { VECTOR } from '../isa/vector.ts';
import { PHYSICAL_ADDRESS_BITS } from '../mmu/page-walk.ts';
import { CPU_STATE } from '../state/cpu-state.ts';
import { FRAME, GPR, RFLAGS } from '../state/frame-layout.ts';
import type { Cpu, ExitHandlers } from './cpu.ts';
import type { CpuIdLeaf } from './cpu-id.ts';
import { deliverThroughIdt, type EventSource, interruptReturn, isCanonical } from './interrupt-delivery.ts';
import { MSR, readCpuMsr, writeCpuMsr } from './model-specific-registers.ts';
import {
  isCode,
  isConforming,
  isData,
  isPresent,
  privilegeOf,
  readDescriptor,
  SEGMENT,
  setSelector,
  USER_CS,
  USER_SS,
} from './segmentation.ts';
import type { Supervisor } from './supervisor.ts';

/** What of the board instructions can reach. */
export interface BoardAccess {
  readonly supervisor: Supervisor | undefined;
  cpuId(leaf: number, subleaf: number): CpuIdLeaf;
  timeStamp(): bigint;
  readPort(port: number, size: number): number;
  writePort(port: number, size: number, value: number): void;
  readMsr(index: number): bigint | undefined;
  writeMsr(index: number, value: bigint): boolean;
  setTaskPriority(priorityClass: number): void;
  shutdown(): void;
}

const CR0 = { pe: 1n, mp: 2n, em: 4n, ts: 8n, nw: 1n << 29n, cd: 1n << 30n, pg: 1n << 31n } as const;
const CR0_DEFINED = 0xe005_003fn;
/** VME PVI TSD DE PSE PAE MCE PGE PCE OSFXSR OSXMMEXCPT. */
const CR4_DEFINED = 0x7ffn;
const CR4_TSD = 4;
const CR4_PAE = 1n << 5n;
const SYSRET_FLAGS = 0x3c_7fd7;

export class ExitCompletion implements ExitHandlers {
  readonly #cpu: Cpu;
  readonly #board: BoardAccess;

  constructor(cpu: Cpu, board: BoardAccess) {
    this.#cpu = cpu;
    this.#board = board;
  }

  exception(vector: number, errorCode: number): void {
    this.#event(vector, errorCode, 'exception');
  }

  interrupt(vector: number): void {
    if (this.#board.supervisor) this.#board.supervisor.interrupt(this.#cpu, vector);
    else if (!deliverThroughIdt(this.#cpu, vector, 0, 'external')) this.#board.shutdown();
  }

  #event(vector: number, errorCode: number, source: EventSource): void {
    const { supervisor } = this.#board;
    if (supervisor) supervisor.exception(this.#cpu, vector, errorCode);
    else if (!deliverThroughIdt(this.#cpu, vector, errorCode, source)) this.#board.shutdown();
  }

  /** Raises an exception at this instruction, which therefore does not complete. */
  #raise(vector: number, errorCode = 0): false {
    this.exception(vector, errorCode);
    return false;
  }

  #generalProtection(errorCode = 0): false {
    return this.#raise(VECTOR.generalProtection, errorCode);
  }

  complete(exit: number, length: number): void {
    if (this.#perform(exit, length)) this.#cpu.rip += BigInt(length);
  }

  /** @returns whether RIP is to move past the instruction: false when it has been set, or an exception raised. */
  #perform(exit: number, length: number): boolean {
    const cpu = this.#cpu;
    const { state } = cpu;
    const operand = state.getBigUint64(CPU_STATE.exitOperand, true);
    const operand2 = state.getBigUint64(CPU_STATE.exitOperand2, true);
    switch (exit) {
      case EXIT.serialize:
        cpu.interruptShadow = operand !== 0n;
        return true;
      case EXIT.syscall:
        cpu.rip += BigInt(length);
        this.#systemCall();
        return false;
      case EXIT.sysret:
        return this.#systemReturn();
      case EXIT.interrupt:
        return this.#softwareInterrupt(Number(operand), operand2 !== 0n, length);
      case EXIT.interruptReturn: {
        const fault = interruptReturn(cpu, Number(operand), this.#board.supervisor !== undefined);
        return fault ? this.#raise(fault.vector, fault.errorCode) : false;
      }
      case EXIT.cpuid: {
        const [eax, ebx, ecx, edx] = this.#board.cpuId(cpu.registers32[GPR.rax * 2]!, cpu.registers32[GPR.rcx * 2]!);
        this.#setRegister32(GPR.rax, eax);
        this.#setRegister32(GPR.rbx, ebx);
        this.#setRegister32(GPR.rcx, ecx);
        this.#setRegister32(GPR.rdx, edx);
        return true;
      }
      case EXIT.timestamp: {
        if (cpu.cpl !== 0 && (state.getUint32(CPU_STATE.cr4, true) & CR4_TSD) !== 0) return this.#generalProtection();
        this.#setPair(this.#board.timeStamp());
        if (operand !== 0n) this.#setRegister32(GPR.rcx, state.getUint32(CPU_STATE.tscAux, true));
        return true;
      }
      case EXIT.halt:
        cpu.halted = true;
        return true;
      case EXIT.portIn:
      case EXIT.portOut: {
        const [port, size] = [Number(operand), Number(operand2)];
        if (!this.#mayUsePort(port, size)) return this.#generalProtection();
        if (exit === EXIT.portOut) this.#board.writePort(port, size, this.#accumulator(size));
        else this.#setAccumulator(size, this.#board.readPort(port, size));
        return true;
      }
      case EXIT.portString:
        return this.#portString(Number(operand), Number(operand2));
      case EXIT.readMsr: {
        const index = cpu.registers32[GPR.rcx * 2]!;
        const value =
          index === MSR.timeStampCounter
            ? this.#board.timeStamp()
            : (readCpuMsr(cpu, index) ?? this.#board.readMsr(index));
        if (value === undefined) return this.#generalProtection();
        this.#setPair(value);
        return true;
      }
      case EXIT.writeMsr: {
        const index = cpu.registers32[GPR.rcx * 2]!;
        const value = (BigInt(cpu.registers32[GPR.rdx * 2]!) << 32n) | BigInt(cpu.registers32[GPR.rax * 2]!);
        if (!(writeCpuMsr(cpu, index, value) ?? this.#board.writeMsr(index, value))) return this.#generalProtection();
        return true;
      }
      case EXIT.writeControl:
        return this.#writeControl(Number(operand), operand2);
      case EXIT.writeDebug: {
        const number = Number(operand);
        state.setBigUint64(CPU_STATE.debugRegisters + ((number & 6) === 4 ? number | 2 : number) * 8, operand2, true);
        return true;
      }
      case EXIT.invalidatePage:
        cpu.invalidatePage(operand);
        return true;
      case EXIT.loadSegment:
        return this.#loadSegment(Number(operand), Number(operand2));
      case EXIT.loadLocalTable:
        // Only a null LDT: 64-bit programs have no other use for it.
        if ((operand & ~3n) !== 0n) return this.#generalProtection(Number(operand) & ~3);
        state.setUint16(CPU_STATE.ldtr, Number(operand), true);
        return true;
      case EXIT.loadTaskRegister:
        return this.#loadTaskRegister(Number(operand));
      case EXIT.farJump:
        return this.#farJump(operand, Number(operand2 & 0xffffn));
      case EXIT.farReturn:
        return this.#farReturn(Number(operand), operand2);
      case EXIT.verify:
        return this.#verify(Number(operand), operand2 !== 0n);
      default:
        return this.#raise(VECTOR.invalidOpcode);
    }
  }

  // ---- registers

  #setRegister32(register: number, value: number): void {
    this.#cpu.registers32[register * 2] = value;
    this.#cpu.registers32[register * 2 + 1] = 0;
  }

  #setPair(value: bigint): void {
    this.#setRegister32(GPR.rax, Number(value & 0xffff_ffffn));
    this.#setRegister32(GPR.rdx, Number((value >> 32n) & 0xffff_ffffn));
  }

  #accumulator(size: number): number {
    const value = this.#cpu.registers32[GPR.rax * 2]!;
    return size === 4 ? value : value & (2 ** (size * 8) - 1);
  }

  #setAccumulator(size: number, value: number): void {
    if (size === 4) this.#setRegister32(GPR.rax, value);
    else if (size === 2) this.#cpu.state.setUint16(FRAME.gpr, value, true);
    else this.#cpu.state.setUint8(FRAME.gpr, value);
  }

  // ---- entering and leaving ring 0

  #systemCall(): void {
    const cpu = this.#cpu;
    const { supervisor } = this.#board;
    if (supervisor) {
      supervisor.syscall(cpu);
      return;
    }
    const star = cpu.state.getBigUint64(CPU_STATE.star, true);
    const base = Number((star >> 32n) & 0xfffcn);
    setSelector(cpu, SEGMENT.cs, base);
    setSelector(cpu, SEGMENT.ss, base + 8);
    cpu.rip = cpu.state.getBigUint64(CPU_STATE.lstar, true);
    cpu.rflags = cpu.rflags & ~(cpu.state.getUint32(CPU_STATE.syscallMask, true) | RFLAGS.rf);
    cpu.setPrivilege(0);
  }

  #systemReturn(): boolean {
    const cpu = this.#cpu;
    const target = cpu.registers[GPR.rcx]!;
    if (!isCanonical(target)) return this.#generalProtection();
    const base = Number((cpu.state.getBigUint64(CPU_STATE.star, true) >> 48n) & 0xffffn);
    setSelector(cpu, SEGMENT.cs, ((base + 16) | 3) & 0xffff);
    setSelector(cpu, SEGMENT.ss, ((base + 8) | 3) & 0xffff);
    cpu.rip = target;
    cpu.rflags = cpu.registers32[GPR.r11 * 2]! & SYSRET_FLAGS;
    cpu.setPrivilege(3);
    return false;
  }

  /** INT3 and INT1 never check privilege the way INT n does; a supervised guest may only use INT3. */
  #softwareInterrupt(vector: number, checksGate: boolean, length: number): boolean {
    const cpu = this.#cpu;
    if (this.#board.supervisor) {
      if (checksGate && vector !== VECTOR.breakpoint) return this.#generalProtection(vector * 8 + 2);
      cpu.rip += BigInt(length);
      return this.#raise(vector, 0);
    }
    const before = cpu.rip;
    cpu.rip += BigInt(length);
    if (!checksGate && vector === VECTOR.debug) return this.#raise(vector, 0);
    // A gate that refuses is reported at the instruction itself.
    if (this.#gateAllows(vector)) {
      this.#event(vector, 0, 'software');
      return false;
    }
    cpu.rip = before;
    return this.#generalProtection(vector * 8 + 2);
  }

  #gateAllows(vector: number): boolean {
    const { state } = this.#cpu;
    if (vector * 16 + 15 > state.getUint16(CPU_STATE.idtrLimit, true)) return false;
    const flags = new Uint8Array(2);
    const address = state.getBigUint64(CPU_STATE.idtrBase, true) + BigInt(vector * 16 + 4);
    if (this.#cpu.readVirtual(address, flags, false) < 2) return true; // the delivery itself reports the page fault
    return ((flags[1]! >> 5) & 3) >= this.#cpu.cpl;
  }

  #farJump(target: bigint, codeSelector: number): boolean {
    const fault = this.#enterCode(target, codeSelector, this.#cpu.cpl);
    return fault ? this.#raise(fault[0], fault[1]) : false;
  }

  #farReturn(size: number, extra: bigint): boolean {
    const cpu = this.#cpu;
    const bytes = new Uint8Array(size * 2);
    const stack = cpu.registers[GPR.rsp]!;
    if (cpu.readVirtual(stack, bytes, cpu.cpl === 3) < bytes.length) {
      cpu.cr2 = stack;
      return this.#raise(VECTOR.pageFault, cpu.cpl === 3 ? 4 : 0);
    }
    const view = new DataView(bytes.buffer);
    const target = size === 8 ? view.getBigUint64(0, true) : BigInt(view.getUint32(0, true));
    const fault = this.#enterCode(target, view.getUint16(size, true), cpu.cpl);
    if (fault) return this.#raise(fault[0], fault[1]);
    cpu.registers[GPR.rsp] = BigInt.asUintN(64, stack + BigInt(size * 2) + extra);
    return false;
  }

  /** A far transfer within the current privilege, to a 64-bit code segment. */
  #enterCode(target: bigint, codeSelector: number, privilege: number): [number, number] | undefined {
    const cpu = this.#cpu;
    if ((codeSelector & ~3) === 0) return [VECTOR.generalProtection, 0];
    if (!(this.#board.supervisor && codeSelector === USER_CS)) {
      const code = readDescriptor(cpu, codeSelector);
      const allowed =
        code &&
        isCode(code) &&
        code.isLongCode &&
        (isConforming(code) ? privilegeOf(code) <= privilege : privilegeOf(code) === privilege);
      if (!allowed || (codeSelector & 3) !== privilege) return [VECTOR.generalProtection, codeSelector & ~3];
      if (!isPresent(code)) return [VECTOR.segmentNotPresent, codeSelector & ~3];
    }
    if (!isCanonical(target)) return [VECTOR.generalProtection, 0];
    setSelector(cpu, SEGMENT.cs, (codeSelector & ~3) | privilege);
    cpu.rip = target;
    return undefined;
  }

  // ---- control registers and segments

  #writeControl(register: number, value: bigint): boolean {
    const cpu = this.#cpu;
    const { state } = cpu;
    switch (register) {
      case 0: {
        const paged = (value & CR0.pg) !== 0n;
        const wasPaged = (state.getUint32(CPU_STATE.cr0, true) & 0x8000_0000) !== 0;
        if (
          value >> 32n !== 0n ||
          (paged && (value & CR0.pe) === 0n) ||
          ((value & CR0.nw) !== 0n && (value & CR0.cd) === 0n)
        )
          return this.#generalProtection();
        if (wasPaged && !paged) return this.#generalProtection(); // leaving long mode is out of scope
        state.setBigUint64(CPU_STATE.cr0, value & CR0_DEFINED, true);
        cpu.invalidateTranslations();
        return true;
      }
      case 2:
        cpu.cr2 = value;
        return true;
      case 3:
        if (value >> BigInt(PHYSICAL_ADDRESS_BITS) !== 0n) return this.#generalProtection();
        state.setBigUint64(CPU_STATE.cr3, value, true);
        cpu.invalidateTranslations();
        return true;
      case 4:
        if ((value & ~CR4_DEFINED) !== 0n || (value & CR4_PAE) === 0n) return this.#generalProtection();
        state.setBigUint64(CPU_STATE.cr4, value, true);
        cpu.invalidateTranslations();
        return true;
      case 8:
        if (value > 15n) return this.#generalProtection();
        state.setBigUint64(CPU_STATE.cr8, value, true);
        this.#board.setTaskPriority(Number(value));
        return true;
      default:
        return this.#raise(VECTOR.invalidOpcode);
    }
  }

  #loadSegment(segment: number, value: number): boolean {
    const cpu = this.#cpu;
    const privilege = value & 3;
    if (segment === SEGMENT.cs || segment > SEGMENT.gs) return this.#raise(VECTOR.invalidOpcode);
    const isStack = segment === SEGMENT.ss;
    const setBase = (base: bigint): void => {
      if (segment === SEGMENT.fs) cpu.fsBase = base;
      else if (segment === SEGMENT.gs) cpu.gsBase = base;
    };
    if ((value & ~3) === 0) {
      if (isStack && (cpu.cpl === 3 || privilege !== cpu.cpl)) return this.#generalProtection();
      setBase(0n);
    } else if (!(this.#board.supervisor && value === USER_SS)) {
      const descriptor = readDescriptor(cpu, value);
      const errorCode = value & ~3;
      if (!descriptor) return this.#generalProtection(errorCode);
      const writable = isData(descriptor) && (descriptor.access & 2) !== 0;
      const readable = isData(descriptor) || (isCode(descriptor) && (descriptor.access & 2) !== 0);
      const dpl = privilegeOf(descriptor);
      const allowed = isStack
        ? writable && dpl === cpu.cpl && privilege === cpu.cpl
        : readable && (isConforming(descriptor) || (dpl >= cpu.cpl && dpl >= privilege));
      if (!allowed) return this.#generalProtection(errorCode);
      if (!isPresent(descriptor)) return this.#raise(isStack ? VECTOR.stackFault : VECTOR.segmentNotPresent, errorCode);
      setBase(BigInt(descriptor.base));
    }
    setSelector(cpu, segment, value);
    cpu.interruptShadow = isStack;
    return true;
  }

  #loadTaskRegister(value: number): boolean {
    const cpu = this.#cpu;
    const descriptor = (value & ~3) === 0 ? undefined : readDescriptor(cpu, value);
    const AVAILABLE_TSS = 0x09;
    if (!descriptor || (descriptor.access & 0x1f) !== AVAILABLE_TSS) return this.#generalProtection(value & ~3);
    if (!isPresent(descriptor)) return this.#raise(VECTOR.segmentNotPresent, value & ~3);
    // A system descriptor has 16 bytes: the upper half of the base follows. The descriptor is marked busy.
    const at = cpu.state.getBigUint64(CPU_STATE.gdtrBase, true) + BigInt(value & ~7);
    const upper = new Uint8Array(4);
    if (cpu.readVirtual(at + 8n, upper, false) < 4) return this.#generalProtection(value & ~3);
    const base = BigInt(descriptor.base) | (BigInt(new DataView(upper.buffer).getUint32(0, true)) << 32n);
    cpu.writeVirtual(at + 5n, Uint8Array.of(descriptor.access | 2), false);
    cpu.state.setUint16(CPU_STATE.tr, value, true);
    cpu.state.setBigUint64(CPU_STATE.trBase, base, true);
    cpu.state.setUint32(CPU_STATE.trLimit, descriptor.limit, true);
    return true;
  }

  #verify(value: number, forWrite: boolean): boolean {
    const cpu = this.#cpu;
    const descriptor = (value & ~3) === 0 ? undefined : readDescriptor(cpu, value);
    const reachable =
      descriptor &&
      (isConforming(descriptor) || (privilegeOf(descriptor) >= cpu.cpl && privilegeOf(descriptor) >= (value & 3)));
    const suits =
      descriptor &&
      (forWrite
        ? isData(descriptor) && (descriptor.access & 2) !== 0
        : isData(descriptor) || (isCode(descriptor) && (descriptor.access & 2) !== 0));
    cpu.rflags = reachable && suits ? cpu.rflags | RFLAGS.zf : cpu.rflags & ~RFLAGS.zf;
    return true;
  }

  // ---- ports

  /** CPL ≤ IOPL, or every bit of the task's I/O permission bitmap clear (SDM Vol. 1 §19.5.2). */
  #mayUsePort(port: number, size: number): boolean {
    const cpu = this.#cpu;
    if (cpu.cpl <= ((cpu.rflags >> 12) & 3)) return true;
    const limit = cpu.state.getUint32(CPU_STATE.trLimit, true);
    const base = cpu.state.getBigUint64(CPU_STATE.trBase, true);
    const bytes = new Uint8Array(2);
    if (limit < 103 || cpu.readVirtual(base + 102n, bytes, false) < 2) return false;
    const at = (bytes[0]! | (bytes[1]! << 8)) + (port >> 3);
    if (at + 1 > limit || cpu.readVirtual(base + BigInt(at), bytes, false) < 2) return false;
    return (((bytes[0]! | (bytes[1]! << 8)) >> (port & 7)) & (2 ** size - 1)) === 0;
  }

  /** One element of INS or OUTS; a repeated one stays where it is until rCX is 0. */
  #portString(size: number, kind: number): boolean {
    const cpu = this.#cpu;
    const { state } = cpu;
    const record = state.getUint32(CPU_STATE.exitRecord, true);
    const mask = state.getBigUint64(state.getUint16(record + RECORD.addressMask, true), true);
    const [output, repeats] = [(kind & 1) !== 0, (kind & 2) !== 0];
    const count = cpu.registers[GPR.rcx]! & mask;
    const port = cpu.registers32[GPR.rdx * 2]! & 0xffff;
    if (!this.#mayUsePort(port, size)) return this.#generalProtection();
    if (repeats && count === 0n) return true;
    const register = output ? GPR.rsi : GPR.rdi;
    const index = cpu.registers[register]! & mask;
    const base = output ? state.getBigUint64(state.getUint16(record + RECORD.segment, true), true) : 0n;
    const address = BigInt.asUintN(64, index + base);
    const bytes = new Uint8Array(size);
    const user = cpu.cpl === 3;
    const fault = (): false => {
      if (!isCanonical(address)) return this.#generalProtection();
      cpu.cr2 = address;
      const present = cpu.translate(address, 'read', user) >= 0 ? 1 : 0;
      return this.#raise(VECTOR.pageFault, present | (output ? 0 : 2) | (user ? 4 : 0));
    };
    if (output) {
      if (cpu.readVirtual(address, bytes, user) < size) return fault();
      this.#board.writePort(
        port,
        size,
        bytes.reduceRight((value, byte) => value * 256 + byte, 0),
      );
    } else {
      if (cpu.translate(address, 'write', user) < 0) return fault();
      let value = this.#board.readPort(port, size);
      for (let i = 0; i < size; i++) {
        bytes[i] = value & 0xff;
        value = Math.floor(value / 256);
      }
      if (cpu.writeVirtual(address, bytes, user) < size) return fault();
    }
    const step = BigInt((cpu.rflags & RFLAGS.df) !== 0 ? -size : size);
    cpu.registers[register] = (index + step) & mask;
    if (repeats) cpu.registers[GPR.rcx] = (count - 1n) & mask;
    return !repeats || count === 1n;
  }
}

/** Sets what a machine under a supervisor starts with: ring 3, paging and SSE on, flat user selectors. */
export function resetCpu(cpu: Cpu, supervised: boolean): void {
  const { state } = cpu;
  state.setBigUint64(CPU_STATE.cr0, supervised ? 0x8001_0033n : 0x33n, true);
  state.setBigUint64(CPU_STATE.cr4, 0x620n, true); // PAE, OSFXSR, OSXMMEXCPT
  state.setBigUint64(CPU_STATE.efer, supervised ? 0xd01n : 0x500n, true);
  state.setBigUint64(CPU_STATE.pat, 0x0007_0406_0007_0406n, true);
  state.setBigUint64(CPU_STATE.debugRegisters + 48, 0xffff_0ff0n, true);
  state.setBigUint64(CPU_STATE.debugRegisters + 56, 0x400n, true);
  setSelector(cpu, SEGMENT.cs, supervised ? USER_CS : 0x08);
  setSelector(cpu, SEGMENT.ss, supervised ? USER_SS : 0x10);
  cpu.setPrivilege(supervised ? 3 : 0);
}
