// A fingerprint of all that a guest can see of its machine: registers, control state, and RAM. Two runs that did the same have the same.
//
// What is not in it is how the machine got there: decoded and translated code, TLB, windows, counters. Devices are their owners' affair.
// Four lanes of multiply, rotate and add, 128 bits in all: against accidents, not against adversaries.

import type { Machine } from '../machine.ts';
import { CPU_STATE } from '../state/cpu-state.ts';
import { FRAME_BYTES } from '../state/frame-layout.ts';

const PAGE = 4096;
const WORDS = PAGE / 4;

/** The architectural part of CPU state: [first byte, bytes]. */
const ARCHITECTURAL: readonly (readonly [address: number, bytes: number])[] = [
  [0, FRAME_BYTES],
  [CPU_STATE.cpl, 4],
  [CPU_STATE.cr0, CPU_STATE.trLimit + 4 - CPU_STATE.cr0],
  [CPU_STATE.debugRegisters, 64],
  [CPU_STATE.cstar, CPU_STATE.xcr0 + 8 - CPU_STATE.cstar],
];

class Lanes {
  #a = 0x243f_6a88;
  #b = 0x85a3_08d3 | 0;
  #c = 0x1319_8a2e;
  #d = 0x0370_7344;

  add(words: Int32Array, from: number, count: number): void {
    let [a, b, c, d] = [this.#a, this.#b, this.#c, this.#d];
    for (let i = from; i < from + count; i += 4) {
      a = turn(a ^ Math.imul(words[i]!, 0x9e37_79b1), 13) + b;
      b = turn(b ^ Math.imul(words[i + 1]!, 0x85eb_ca77), 17) + c;
      c = turn(c ^ Math.imul(words[i + 2]!, 0xc2b2_ae3d), 11) + d;
      d = turn(d ^ Math.imul(words[i + 3]!, 0x27d4_eb2f), 19) + a;
      a = Math.imul(a, 5) + 0x52dc_e729;
      c = Math.imul(c, 5) + 0x38b3_4ae5;
    }
    this.#a = a | 0;
    this.#b = b | 0;
    this.#c = c | 0;
    this.#d = d | 0;
  }

  toString(): string {
    const finished = [this.#a, this.#b, this.#c, this.#d].map((lane, index, lanes) => {
      let mixed = lane ^ Math.imul(lanes[(index + 1) & 3]!, 0x9e37_79b1);
      mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85eb_ca6b);
      mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
      return ((mixed ^ (mixed >>> 16)) >>> 0).toString(16).padStart(8, '0');
    });
    return finished.join('');
  }
}

const turn = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

/** 32 hexadecimal digits. Takes about a millisecond for each 4 MiB of RAM. The machine must not be running. */
export function stateHash({ cpu, memory }: Machine): string {
  const lanes = new Lanes();
  for (const [address, bytes] of ARCHITECTURAL) {
    // Copied to whole groups of four words.
    const words = new Int32Array(Math.ceil(bytes / 16) * 4);
    new Uint8Array(words.buffer).set(new Uint8Array(cpu.state.buffer, address, bytes));
    lanes.add(words, 0, words.length);
  }
  const ram = new Int32Array(memory.buffer, memory.ramOffset, memory.ramBytes / 4);
  const page = new Int32Array(4);
  for (let first = 0; first < ram.length; first += WORDS) {
    if (isZero(ram, first)) continue;
    page[0] = first / WORDS;
    lanes.add(page, 0, 4);
    lanes.add(ram, first, WORDS);
  }
  return lanes.toString();
}

function isZero(words: Int32Array, first: number): boolean {
  let any = 0;
  for (let i = first; i < first + WORDS; i += 8) {
    any |= words[i]! | words[i + 1]! | words[i + 2]! | words[i + 3]!;
    any |= words[i + 4]! | words[i + 5]! | words[i + 6]! | words[i + 7]!;
    if (any !== 0) return false;
  }
  return true;
}
