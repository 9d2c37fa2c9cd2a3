// What the host does when generated code hands it an instruction or an exception: the two kinds of ring 0 meet here.
//
//   supervised   SYSCALL, exceptions and interrupts go to the Supervisor; the guest has ring 3 only
//   bare         they go through STAR/LSTAR and the IDT, and guest code owns every ring

import { EXIT } from '../interpreter/exit.ts';
import type { FeatureLevel } from '../isa/instruction-set.ts';
import { VECTOR } from '../isa/vector.ts';
import { PHYSICAL_ADDRESS_BITS } from '../mmu/page-walk.ts';
import { CPU_STATE } from '../state/cpu-state.ts';
import { GPR, RFLAGS } from '../state/frame-layout.ts';
import type { Cpu, ExitHandlers } from './cpu.ts';
import type { CpuIdLeaf } from './cpu-id.ts';
import { type Fault, isCanonical } from './fault.ts';
import { deliverThroughIdt, type EventSource, interruptReturn } from './interrupt-delivery.ts';
import { MSR, readCpuMsr, writeCpuMsr } from './model-specific-registers.ts';
import { moveBetweenPortAndMemory, readPort, writePort } from './port-instructions.ts';
import {
  describeSegment,
  farCall,
  farJump,
  farReturn,
  loadFarPointer,
  loadLocalTable,
  loadSegment,
  loadTaskRegister,
  verifySegment,
} from './segment-instructions.ts';
import { SEGMENT, setSelector, USER_CS, USER_SS } from './segmentation.ts';
import type { Supervisor } from './supervisor.ts';

/** What of the board instructions can reach. */
export interface BoardAccess {
  readonly supervisor: Supervisor | undefined;
  readonly features: FeatureLevel;
  cpuId(leaf: number, subleaf: number): CpuIdLeaf;
  /** The time-stamp counter, a whole number. */
  timeStamp(): number;
  randomBytes(into: Uint8Array): void;
  readPort(port: number, size: number): number;
  writePort(port: number, size: number, value: number): void;
  readMsr(index: number): bigint | undefined;
  writeMsr(index: number, value: bigint): boolean;
  setTaskPriority(priorityClass: number): void;
  shutdown(): void;
}

const CR0 = { pe: 1n, mp: 2n, em: 4n, ts: 8n, nw: 1n << 29n, cd: 1n << 30n, pg: 1n << 31n } as const;
const CR0_DEFINED = 0xe005_003fn;
/** PE MP ET NE WP AM PG. */
const SUPERVISED_CR0 = 0x8005_0033n;
/** VME PVI TSD DE PSE PAE MCE PGE PCE OSFXSR OSXMMEXCPT. */
const CR4_DEFINED: Readonly<Record<FeatureLevel, bigint>> = {
  'x86-64-v2': 0x7ffn,
  'x86-64-v3': 0x5_07ffn, // FSGSBASE and OSXSAVE as well
};
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

  /** The instruction is complete, unless it faulted. */
  #end(fault: Fault | undefined): boolean {
    return fault ? this.#raise(fault.vector, fault.errorCode) : true;
  }

  /** The instruction has set RIP itself, unless it faulted. */
  #transfer(fault: Fault | undefined): boolean {
    return fault ? this.#raise(fault.vector, fault.errorCode) : false;
  }

  #generalProtection(errorCode = 0): false {
    return this.#raise(VECTOR.generalProtection, errorCode);
  }

  complete(exit: number, length: number): void {
    if (exit === EXIT.syscall) {
      this.#cpu.advance(length);
      this.#systemCall();
      return;
    }
    if (exit === EXIT.timestamp) {
      this.#readTimeStamp(length);
      return;
    }
    if (this.#perform(exit, length)) this.#cpu.rip += BigInt(length);
    this.#cpu.trapIfPending();
  }

  /** RDTSC and RDTSCP: clocks of programs read them all the time, so there is no bigint in it. */
  #readTimeStamp(length: number): void {
    const cpu = this.#cpu;
    const { state } = cpu;
    if (cpu.cpl !== 0 && (state.getUint32(CPU_STATE.cr4, true) & CR4_TSD) !== 0) {
      this.#generalProtection();
    } else {
      const cycles = this.#board.timeStamp();
      const high = Math.floor(cycles / 2 ** 32);
      this.#setRegister32(GPR.rax, cycles - high * 2 ** 32);
      this.#setRegister32(GPR.rdx, high);
      if (state.getUint32(CPU_STATE.exitOperand, true) !== 0) {
        this.#setRegister32(GPR.rcx, state.getUint32(CPU_STATE.tscAux, true));
      }
      cpu.advance(length);
    }
    cpu.trapIfPending();
  }

  /** @returns whether RIP is to move past the instruction: false when it has been set, or an exception raised. */
  #perform(exit: number, length: number): boolean {
    const cpu = this.#cpu;
    const { state } = cpu;
    const operand = state.getBigUint64(CPU_STATE.exitOperand, true);
    const operand2 = state.getBigUint64(CPU_STATE.exitOperand2, true);
    const supervised = this.#board.supervisor !== undefined;
    switch (exit) {
      case EXIT.serialize:
        cpu.interruptShadow = operand !== 0n;
        return true;
      case EXIT.sysret:
        return this.#systemReturn();
      case EXIT.interrupt:
        return this.#softwareInterrupt(Number(operand), operand2 !== 0n, length);
      case EXIT.interruptReturn:
        return this.#transfer(interruptReturn(cpu, Number(operand), supervised));
      case EXIT.cpuid: {
        const [eax, ebx, ecx, edx] = this.#board.cpuId(cpu.registers32[GPR.rax * 2]!, cpu.registers32[GPR.rcx * 2]!);
        this.#setRegister32(GPR.rax, eax);
        this.#setRegister32(GPR.rbx, ebx);
        this.#setRegister32(GPR.rcx, ecx);
        this.#setRegister32(GPR.rdx, edx);
        return true;
      }
      case EXIT.halt:
        cpu.halted = true;
        return true;
      case EXIT.portIn:
        return this.#end(readPort(cpu, this.#board, Number(operand), Number(operand2)));
      case EXIT.portOut:
        return this.#end(writePort(cpu, this.#board, Number(operand), Number(operand2)));
      case EXIT.portString: {
        const outcome = moveBetweenPortAndMemory(cpu, this.#board, Number(operand), Number(operand2));
        return outcome === 'again' ? false : this.#end(outcome);
      }
      case EXIT.readMsr: {
        const index = cpu.registers32[GPR.rcx * 2]!;
        const value =
          index === MSR.timeStampCounter
            ? BigInt(this.#board.timeStamp())
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
      case EXIT.writeDebug:
        return this.#mayUseDebugRegister(Number(operand)) && this.#writeDebug(Number(operand), operand2);
      case EXIT.readDebug: {
        if (!this.#mayUseDebugRegister(Number(operand))) return false;
        state.setBigUint64(Number(operand2), cpu.debugRegisters.read(Number(operand)), true);
        return true;
      }
      case EXIT.random:
        return this.#random(Number(operand), Number(operand2));
      case EXIT.writeExtendedControl: {
        // x87 always, and the upper halves of YMM only with SSE (SDM Vol. 1 §13.3).
        const value = cpu.registers32[GPR.rax * 2]!;
        const isKnown = cpu.registers32[GPR.rcx * 2] === 0 && cpu.registers32[GPR.rdx * 2] === 0 && value <= 7;
        if (!isKnown || (value & 1) === 0 || (value & 6) === 4) return this.#generalProtection();
        state.setBigUint64(CPU_STATE.xcr0, BigInt(value), true);
        cpu.updateVectorExtensions();
        return true;
      }
      case EXIT.invalidatePage:
        cpu.invalidatePage(operand);
        return true;
      case EXIT.loadSegment:
        return this.#end(loadSegment(cpu, Number(operand), Number(operand2), supervised));
      case EXIT.loadLocalTable:
        return this.#end(loadLocalTable(cpu, Number(operand)));
      case EXIT.loadTaskRegister:
        return this.#end(loadTaskRegister(cpu, Number(operand)));
      case EXIT.farJump:
        return this.#transfer(farJump(cpu, operand, Number(operand2 & 0xffffn), supervised));
      case EXIT.farCall: {
        const [codeSelector, size] = [Number(operand2 & 0xffffn), Number(operand2 >> 16n)];
        return this.#transfer(farCall(cpu, operand, codeSelector, size, cpu.rip + BigInt(length), supervised));
      }
      case EXIT.loadFarPointer:
        return this.#end(loadFarPointer(cpu, operand, operand2, supervised));
      case EXIT.farReturn:
        return this.#transfer(farReturn(cpu, Number(operand), operand2, supervised));
      case EXIT.verify:
        verifySegment(cpu, Number(operand), operand2 !== 0n);
        return true;
      case EXIT.describeSegment:
        describeSegment(cpu, Number(operand), Number(operand2));
        return true;
      default:
        return this.#raise(VECTOR.invalidOpcode);
    }
  }

  // ---- registers

  /** A 16-bit register keeps its upper part; the others are filled. */
  #random(slot: number, size: number): true {
    const bytes = new Uint8Array(size / 8);
    this.#board.randomBytes(bytes);
    if (size === 32) this.#cpu.state.setUint32(slot + 4, 0, true);
    this.#cpu.frame.set(bytes, slot);
    return true;
  }

  #setRegister32(register: number, value: number): void {
    this.#cpu.registers32[register * 2] = value;
    this.#cpu.registers32[register * 2 + 1] = 0;
  }

  #setPair(value: bigint): void {
    this.#setRegister32(GPR.rax, Number(value & 0xffff_ffffn));
    this.#setRegister32(GPR.rdx, Number((value >> 32n) & 0xffff_ffffn));
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

  // ---- debug and control registers

  #mayUseDebugRegister(number: number): boolean {
    const { debugRegisters } = this.#cpu;
    if (!debugRegisters.exists(number)) return this.#raise(VECTOR.invalidOpcode);
    return debugRegisters.detects() ? this.#raise(VECTOR.debug) : true;
  }

  #writeDebug(number: number, value: bigint): boolean {
    return this.#cpu.debugRegisters.write(number, value) || this.#generalProtection();
  }

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
        cpu.updateUnits();
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
        if ((value & ~CR4_DEFINED[this.#board.features]) !== 0n || (value & CR4_PAE) === 0n)
          return this.#generalProtection();
        state.setBigUint64(CPU_STATE.cr4, value, true);
        cpu.updateVectorExtensions();
        cpu.updateUnits();
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
}

/** Sets what a machine under a supervisor starts with: ring 3, paging and SSE on, flat user selectors. */
export function resetCpu(cpu: Cpu, supervised: boolean, features: FeatureLevel): void {
  const { state } = cpu;
  state.setBigUint64(CPU_STATE.cr0, supervised ? SUPERVISED_CR0 : 0x33n, true);
  // PAE, OSFXSR, OSXMMEXCPT, then FSGSBASE and OSXSAVE: a supervisor's program may use all that its processor has.
  const extended = supervised && features === 'x86-64-v3';
  state.setBigUint64(CPU_STATE.cr4, extended ? 0x5_0620n : 0x620n, true);
  state.setBigUint64(CPU_STATE.xcr0, extended ? 7n : 1n, true);
  cpu.updateVectorExtensions();
  state.setBigUint64(CPU_STATE.efer, supervised ? 0xd01n : 0x500n, true);
  state.setBigUint64(CPU_STATE.pat, 0x0007_0406_0007_0406n, true);
  state.setBigUint64(CPU_STATE.debugRegisters + 48, 0xffff_0ff0n, true);
  state.setBigUint64(CPU_STATE.debugRegisters + 56, 0x400n, true);
  setSelector(cpu, SEGMENT.cs, supervised ? USER_CS : 0x08);
  setSelector(cpu, SEGMENT.ss, supervised ? USER_SS : 0x10);
  cpu.setPrivilege(supervised ? 3 : 0);
}
