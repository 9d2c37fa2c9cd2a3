// Guest registers as locals of a region: loaded where it is entered, stored where it is left.
//
// A local is made when the region first mentions its register; what must be loaded and stored is known when the last
// block is written, so entry and exit code are written last.

import { FRAME, XMM_STRIDE_BYTES } from '../state/frame-layout.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { i32, type Local, load, type Value } from '../wasm/expression.ts';

/** The number under which the upper half of a YMM register is kept: a register of its own beside the XMM. */
export const upperHalf = (number: number): number => number + 16;

const vectorAddress = (number: number): number => FRAME.xmm + (number & 15) * XMM_STRIDE_BYTES + (number >> 4) * 16;

export class RegisterLocals {
  readonly #code: CodeWriter;
  readonly #general: (Local<'i64'> | undefined)[] = [];
  readonly #vector: (Local<'v128'> | undefined)[] = [];
  #changedGeneral = 0;
  #changedVector = 0;

  constructor(code: CodeWriter) {
    this.#code = code;
  }

  read(number: number): Local<'i64'> {
    this.#general[number] ??= this.#code.local('i64');
    return this.#general[number];
  }

  write(number: number, value: Value<'i64'>): void {
    this.#changedGeneral |= 1 << number;
    this.#code.set(this.read(number), value);
  }

  readVector(number: number): Local<'v128'> {
    this.#vector[number] ??= this.#code.local('v128');
    return this.#vector[number];
  }

  writeVector(number: number, value: Value<'v128'>): void {
    this.#changedVector |= 1 << number;
    this.#code.set(this.readVector(number), value);
  }

  /** Entry: every register that the region mentions. */
  load(code: CodeWriter): void {
    this.#general.forEach((local, number) => {
      if (local) code.set(local, load('i64.load', i32(0), FRAME.gpr + number * 8));
    });
    this.#vector.forEach((local, number) => {
      if (local) code.set(local, load('v128.load', i32(0), vectorAddress(number)));
    });
  }

  /** Exit: every register that the region may have changed. */
  store(code: CodeWriter): void {
    this.#general.forEach((local, number) => {
      if (local && (this.#changedGeneral >> number) & 1) code.store('i64.store', i32(0), local, FRAME.gpr + number * 8);
    });
    this.#vector.forEach((local, number) => {
      if (local && (this.#changedVector >> number) & 1) code.store('v128.store', i32(0), local, vectorAddress(number));
    });
  }
}
