// The register file: the thread's frame and the CPU state behind it, in linear memory where generated code has them too.

import { CPU_STATE } from '../state/cpu-state.ts';
import { FRAME, FRAME_BYTES, RFLAGS } from '../state/frame-layout.ts';

const CR4_OSXSAVE = 1 << 18;

export class RegisterFile {
  /** RAX RCX RDX RBX RSP RBP RSI RDI R8 … R15. */
  readonly registers: BigUint64Array;
  /** The same, as low and high halves. */
  readonly registers32: Uint32Array;
  /** XMM0 … XMM15, 32 bytes apart, the XMM in the low half of each. */
  readonly xmm: Uint8Array;
  /** The whole thread frame (state/frame-layout.ts). */
  readonly frame: Uint8Array;
  /** CPU state beyond the frame, at the addresses of state/cpu-state.ts. */
  readonly state: DataView;

  constructor(buffer: ArrayBufferLike) {
    this.registers = new BigUint64Array(buffer, FRAME.gpr, 16);
    this.registers32 = new Uint32Array(buffer, FRAME.gpr, 32);
    this.xmm = new Uint8Array(buffer, FRAME.xmm, 512);
    this.frame = new Uint8Array(buffer, 0, FRAME_BYTES);
    this.state = new DataView(buffer);
  }

  get rip(): bigint {
    return this.state.getBigUint64(FRAME.rip, true);
  }
  set rip(value: bigint) {
    this.state.setBigUint64(FRAME.rip, value, true);
  }
  /** Moves RIP on by a few bytes. A 64-bit sum in halves: this is on the way of every system call (bench `ipc`, elf-call-64). */
  advance(bytes: number): void {
    const low = this.state.getUint32(FRAME.rip, true) + bytes;
    this.state.setUint32(FRAME.rip, low, true);
    if (low < 2 ** 32) return;
    this.state.setUint32(FRAME.rip + 4, this.state.getUint32(FRAME.rip + 4, true) + 1, true);
  }

  get rflags(): number {
    return this.state.getUint32(FRAME.rflags, true);
  }
  set rflags(value: number) {
    this.state.setUint32(FRAME.rflags, (value | RFLAGS.fixed) >>> 0, true);
    this.state.setUint32(FRAME.rflags + 4, 0, true);
  }
  get fsBase(): bigint {
    return this.state.getBigUint64(FRAME.fsBase, true);
  }
  set fsBase(value: bigint) {
    this.state.setBigUint64(FRAME.fsBase, value, true);
  }
  get gsBase(): bigint {
    return this.state.getBigUint64(FRAME.gsBase, true);
  }
  set gsBase(value: bigint) {
    this.state.setBigUint64(FRAME.gsBase, value, true);
  }
  get mxcsr(): number {
    return this.state.getUint32(FRAME.mxcsr, true);
  }
  set mxcsr(value: number) {
    this.state.setUint32(FRAME.mxcsr, value, true);
  }
  get cr2(): bigint {
    return this.state.getBigUint64(CPU_STATE.cr2, true);
  }
  set cr2(value: bigint) {
    this.state.setBigUint64(CPU_STATE.cr2, value, true);
  }
  get cr3(): bigint {
    return this.state.getBigUint64(CPU_STATE.cr3, true);
  }

  /** CR4.OSXSAVE: XSAVE and XGETBV are to be used. */
  get savesExtendedState(): boolean {
    return (this.state.getUint32(CPU_STATE.cr4, true) & CR4_OSXSAVE) !== 0;
  }

  /** XCR0: bit 0 x87, 1 SSE, 2 the upper halves of YMM. */
  get enabledComponents(): number {
    return this.state.getUint32(CPU_STATE.xcr0, true);
  }

  /** Ring 0 or 3. */
  get cpl(): number {
    return this.state.getUint32(CPU_STATE.cpl, true);
  }

  /** Copies the current thread's state out: FRAME_BYTES at `offset`. */
  saveFrame(into: Uint8Array, offset = 0): void {
    into.set(this.frame, offset);
  }

  /** Makes FRAME_BYTES at `offset` the current thread's state. */
  loadFrame(from: Uint8Array, offset = 0): void {
    this.frame.set(offset === 0 && from.length === FRAME_BYTES ? from : from.subarray(offset, offset + FRAME_BYTES));
  }
}
