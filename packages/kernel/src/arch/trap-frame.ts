// Trap frame: a thread's whole state while it is not in the processor, as the machine lays it out.

import { FRAME, FRAME_BYTES, initialFrame } from '@capos/x86-machine';

export { FRAME_BYTES, initialFrame };

/** Word indexes of the general registers' low halves, in hardware order. */
export const FRAME_WORD = {
  RAX: 0,
  RCX: 2,
  RDX: 4,
  RSP: 8,
  RSI: 12,
  RDI: 14,
  R8: 16,
  R9: 18,
  R10: 20,
} as const;

/** Named registers of a thread: those it was saved with, or the processor's own where the frame is the machine's. */
export class TrapFrame {
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, FRAME_BYTES);
  }

  /** Hardware order. */
  register(index: number): bigint {
    return this.#view.getBigUint64(FRAME.gpr + index * 8, true);
  }

  setRegister(index: number, value: bigint): void {
    this.#view.setBigUint64(FRAME.gpr + index * 8, value, true);
  }

  get rip(): bigint {
    return this.#view.getBigUint64(FRAME.rip, true);
  }

  setRip(value: bigint): void {
    this.#view.setBigUint64(FRAME.rip, value, true);
  }

  get rflags(): bigint {
    return this.#view.getBigUint64(FRAME.rflags, true);
  }

  setRflags(value: bigint): void {
    this.#view.setBigUint64(FRAME.rflags, value, true);
  }

  get fsBase(): bigint {
    return this.#view.getBigUint64(FRAME.fsBase, true);
  }

  setFsBase(value: bigint): void {
    this.#view.setBigUint64(FRAME.fsBase, value, true);
  }

  get gsBase(): bigint {
    return this.#view.getBigUint64(FRAME.gsBase, true);
  }

  setGsBase(value: bigint): void {
    this.#view.setBigUint64(FRAME.gsBase, value, true);
  }
}
