// What the two tiers did: how much of a program ran translated, why regions were left, and what translating cost.
//
// Regions count only when a machine is made with `statistics`: a count costs two instructions where a region may have thirty.

import { REGION_COUNTERS } from '../state/cpu-state.ts';
import { add } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { i32, load, type Value } from '../wasm/expression.ts';

/** Told the time, to say how long translation took; `performance` will do. */
export interface Stopwatch {
  /** Milliseconds since some moment. */
  now(): number;
}

export interface TierStatistics {
  /** Guest instructions executed. */
  readonly instructions: number;
  /** Of them, those in regions; the others were interpreted. */
  readonly inRegions: number;
  /** How often a region was entered. */
  readonly entries: number;
  /** How often one was left, and why. */
  readonly exits: {
    /** At an instruction whose memory access missed the TLB, or that would raise: the interpreter ran it. */
    readonly atInstruction: number;
    /** Before an instruction that regions do not execute. */
    readonly untranslated: number;
    /** For a place known when the region was made: a call or a jump out of it. */
    readonly direct: number;
    /** By a return, or an indirect call or jump. */
    readonly indirect: number;
    /** With the budget of the slice used up. */
    readonly poll: number;
  };
  /** Regions translated, and WebAssembly modules that they came in. */
  readonly regions: number;
  readonly batches: number;
  /** Guest instructions in those regions, and bytes of their modules. */
  readonly translatedInstructions: number;
  readonly moduleBytes: number;
  /** Milliseconds spent exploring and writing regions, and in `new WebAssembly.Module`; what the engine compiles later is not in it. */
  readonly translationMs: number;
  /** How often everything decoded and translated was forgotten. */
  readonly flushes: number;
}

/** Reads a counter that regions keep. */
export const readCounter = (state: DataView, name: keyof typeof REGION_COUNTERS): number =>
  Number(state.getBigInt64(REGION_COUNTERS[name], true));

/** Writes what counts into a region's code, if it counts. */
export class RegionCounters {
  readonly #code: CodeWriter;
  readonly #isOn: boolean;

  constructor(code: CodeWriter, isOn: boolean) {
    this.#code = code;
    this.#isOn = isOn;
  }

  add(name: keyof typeof REGION_COUNTERS, value: Value<'i64'>): void {
    if (!this.#isOn) return;
    const address = REGION_COUNTERS[name];
    this.#code.store('i64.store', i32(0), add(load('i64.load', i32(0), address), value), address);
  }
}
