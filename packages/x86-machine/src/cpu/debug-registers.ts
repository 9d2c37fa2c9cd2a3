// DR0 … DR7: breakpoints of the guest's own (SDM Vol. 3B chapter 18). A debugger outside uses debug-traps.ts, and so do these.
//
//   execution         fault, before the instruction, unless RFLAGS.RF is set     DR6.B0–B3
//   write, access     trap, after the instruction that touched the bytes         DR6.B0–B3
//   port (CR4.DE)     trap, after the IN, OUT, INS or OUTS                       DR6.B0–B3
//   general detect    fault, before MOV to or from a debug register              DR6.BD
//   single step       trap, by RFLAGS.TF: cpu.ts                                 DR6.BS
//
// What instructions reach through the host alone (descriptor tables, frames of interrupts, strings to and from ports) is not watched.

import { CPU_STATE } from '../state/cpu-state.ts';
import { RFLAGS } from '../state/frame-layout.ts';
import type { DebugTraps, TracedAccess } from './debug-traps.ts';

const STATUS = 6;
const CONTROL = 7;
const STATUS_ALWAYS_SET = 0xffff_0ff0n;
const STATUS_DEFINED = 0xe00fn;
const CONTROL_ALWAYS_SET = 0x400n;
const CONTROL_DEFINED = 0xffff_2bffn;
const GENERAL_DETECT = 0x2000n;
/** DR6 bits. */
export const DEBUG_STATUS = { generalDetect: 0x2000n, singleStep: 0x4000n } as const;

const CR4_DE = 8;

/** R/W fields of DR7. */
const KIND = { execute: 0, write: 1, port: 2, access: 3 } as const;
/** LEN fields of DR7, as bytes. */
const LENGTHS = [1, 2, 8, 4] as const;

interface Breakpoint {
  readonly index: number;
  readonly kind: number;
  /** Aligned to its length. */
  readonly address: bigint;
  readonly length: number;
}

export class DebugRegisters {
  readonly #state: DataView;
  readonly #traps: DebugTraps;
  #set: readonly Breakpoint[] = [];
  #isPending = false;

  constructor(state: DataView, traps: DebugTraps) {
    this.#state = state;
    this.#traps = traps;
  }

  /** As MOV reads it. DR4 and DR5 are DR6 and DR7. */
  read(number: number): bigint {
    return this.#state.getBigUint64(CPU_STATE.debugRegisters + named(number) * 8, true);
  }

  /** As MOV writes it. @returns false for #GP: bits that do not exist */
  write(number: number, value: bigint): boolean {
    const register = named(number);
    if (register >= STATUS && value >> 32n !== 0n) return false;
    let kept = value;
    if (register === STATUS) kept = (value & STATUS_DEFINED) | STATUS_ALWAYS_SET;
    if (register === CONTROL) kept = (value & CONTROL_DEFINED) | CONTROL_ALWAYS_SET;
    this.#state.setBigUint64(CPU_STATE.debugRegisters + register * 8, kept, true);
    if (register !== STATUS) this.#arm();
    return true;
  }

  /** DR4 and DR5 do not exist while CR4.DE is set. */
  exists(number: number): boolean {
    return (number & 6) !== 4 || (this.#state.getUint32(CPU_STATE.cr4, true) & CR4_DE) === 0;
  }

  /** Whether touching a debug register is #DB, which it then is only once. */
  detects(): boolean {
    const control = this.read(CONTROL);
    if ((control & GENERAL_DETECT) === 0n) return false;
    this.#state.setBigUint64(CPU_STATE.debugRegisters + CONTROL * 8, control & ~GENERAL_DETECT, true);
    this.note(DEBUG_STATUS.generalDetect);
    return true;
  }

  /** Adds to DR6. */
  note(bits: bigint): void {
    this.#state.setBigUint64(CPU_STATE.debugRegisters + STATUS * 8, this.read(STATUS) | bits, true);
  }

  /** Whether the instruction at RIP is #DB before it runs. */
  executes(rip: bigint, rflags: number): boolean {
    if (this.#set.length === 0 || (rflags & RFLAGS.rf) !== 0) return false;
    return this.#hit(({ kind, address }) => kind === KIND.execute && address === rip);
  }

  /** The instruction before RIP made these accesses. */
  accessed(accesses: readonly TracedAccess[]): void {
    for (const { address, length, writes } of accesses) {
      const end = address + BigInt(length);
      const isTouched = (one: Breakpoint): boolean =>
        (one.kind === KIND.access || (one.kind === KIND.write && writes)) &&
        one.address < end &&
        one.address + BigInt(one.length) > address;
      if (this.#hit(isTouched)) this.#isPending = true;
    }
  }

  /** The instruction is at a port. */
  usedPort(port: number, bytes: number): void {
    const end = BigInt(port + bytes);
    const isTouched = (one: Breakpoint): boolean =>
      one.kind === KIND.port && one.address < end && one.address + BigInt(one.length) > BigInt(port);
    if (this.#set.length > 0 && this.#hit(isTouched)) this.#isPending = true;
  }

  /** Whether the instruction that has just completed traps; it does so once. */
  takePending(): boolean {
    const isPending = this.#isPending;
    this.#isPending = false;
    return isPending;
  }

  /** B0 … B3 are set for whatever matches, enabled or not; only what is enabled counts (SDM Vol. 3B §18.2.3). */
  #hit(matches: (one: Breakpoint) => boolean): boolean {
    const hit = this.#set.filter(matches);
    for (const { index } of hit) this.note(1n << BigInt(index));
    return hit.length > 0;
  }

  /** What DR0 … DR3 and DR7 say is set, and what was is not. */
  #arm(): void {
    for (const { kind, address, length } of this.#set) {
      if (kind === KIND.execute) this.#traps.removeBreakpoint(address);
      else if (kind !== KIND.port) this.#traps.unwatch(address, length);
    }
    const control = Number(this.read(CONTROL));
    const hasPorts = (this.#state.getUint32(CPU_STATE.cr4, true) & CR4_DE) !== 0;
    this.#set = [0, 1, 2, 3].flatMap((index): Breakpoint[] => {
      if (((control >>> (index * 2)) & 3) === 0) return [];
      const kind = (control >>> (16 + index * 4)) & 3;
      const length = kind === KIND.execute ? 1 : LENGTHS[(control >>> (18 + index * 4)) & 3]!;
      if (kind === KIND.port && !hasPorts) return [];
      return [{ index, kind, address: this.read(index) & -BigInt(length), length }];
    });
    for (const { kind, address, length } of this.#set) {
      if (kind === KIND.execute) this.#traps.addBreakpoint(address);
      else if (kind !== KIND.port) this.#traps.watch(address, length);
    }
  }
}

/** DR4 and DR5 are other names of DR6 and DR7 (SDM Vol. 3B §18.2.2). */
const named = (number: number): number => ((number & 6) === 4 ? number | 2 : number);
