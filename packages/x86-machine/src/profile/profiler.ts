// The sampling profiler: where a guest spends its instructions, by function.
//
//   about every `period` instructions ─▶ RIP, and who called ─▶ image that is mapped there ─▶ function ─▶ counted by stack
//
// A sample is taken between two slices of the machine, so at the end of a block or where a translated loop looks at its budget: a
// few instructions late (skid), as with any profiler without hardware's help. Periods vary at random around the one asked for, lest
// they keep step with a loop. Without a profiler the machine does nothing for this; with one, a sample costs some microseconds.

import type { Cpu } from '../cpu/cpu.ts';
import type { Machine } from '../machine.ts';
import { callersOf } from './call-stack.ts';
import { type ElfSymbols, functionAt } from './elf-symbols.ts';

/** A file that is mapped into the address space a sample was taken in. */
export interface MappedImage {
  /** What reports call it. */
  readonly name: string;
  /** Virtual addresses, up to but not including `end`. */
  readonly start: number;
  readonly end: number;
  /** Where the file's first loaded page is: differs from the file's own idea for what was relocated. */
  readonly base: number;
  readonly symbols: ElfSymbols;
}

export interface ProfilerOptions {
  /** Instructions between two samples, on average. Default 100,000: some thousands a second. */
  readonly period?: number;
  /** The image mapped at an address now; undefined: code of nobody's knowing, such as a guest's own translator. */
  readonly imageAt: (address: number, cpu: Cpu) => MappedImage | undefined;
  /** What the sample belongs to, such as a process's name; the outermost frame of its stacks. Default: none. */
  readonly ownerOf?: (cpu: Cpu) => string | undefined;
}

/** A function in a profile. */
export interface ProfiledFunction {
  /** `function` of `image`; where there is no symbol, the address in the file. */
  readonly name: string;
  readonly image: string;
  /** Samples in the function itself, and in it or what it called. */
  readonly self: number;
  readonly total: number;
}

export interface ProfiledStack {
  /** Outermost first. */
  readonly frames: readonly string[];
  readonly samples: number;
}

const DEFAULT_PERIOD = 100_000;
const UNKNOWN = '[unknown]';
const SEPARATOR = ';';

export class Profiler {
  /** Samples taken. */
  samples = 0;
  readonly #machine: Machine;
  readonly #options: ProfilerOptions;
  readonly #stacks = new Map<string, number>();
  readonly #images = new Map<string, string>();

  constructor(machine: Machine, options: ProfilerOptions) {
    this.#machine = machine;
    this.#options = options;
    machine.sampleEvery(options.period ?? DEFAULT_PERIOD, (cpu) => this.#take(cpu));
  }

  /** Takes no more samples. */
  stop(): void {
    this.#machine.sampleEvery(0, undefined);
  }

  #take(cpu: Cpu): void {
    const frames: string[] = [this.#nameOf(Number(cpu.rip), cpu)];
    // A return address may be the first byte of the next function, when a call is a function's last instruction.
    for (const caller of callersOf(cpu, this.#machine.memory)) frames.push(this.#nameOf(Number(caller) - 1, cpu));
    const owner = this.#options.ownerOf?.(cpu);
    if (owner !== undefined) frames.push(clean(owner));
    const key = frames.reverse().join(SEPARATOR);
    this.#stacks.set(key, (this.#stacks.get(key) ?? 0) + 1);
    this.samples++;
  }

  #nameOf(address: number, cpu: Cpu): string {
    const image = this.#options.imageAt(address, cpu);
    if (image === undefined) return UNKNOWN;
    const inFile = address - image.base + image.symbols.firstAddress;
    const found = functionAt(image.symbols, inFile);
    const name = found === undefined ? `${clean(image.name)}+0x${inFile.toString(16)}` : clean(found.name);
    this.#images.set(name, image.name);
    return name;
  }

  /** Each distinct stack with its samples. */
  stacks(): ProfiledStack[] {
    return [...this.#stacks].map(([key, samples]) => ({ frames: key.split(SEPARATOR), samples }));
  }

  /** Functions, the one with most samples of its own first. */
  functions(): ProfiledFunction[] {
    const counts = new Map<string, { self: number; total: number }>();
    for (const { frames, samples } of this.stacks()) {
      for (const frame of new Set(frames)) {
        const count = counts.get(frame) ?? { self: 0, total: 0 };
        counts.set(frame, count);
        count.total += samples;
        if (frame === frames.at(-1)) count.self += samples;
      }
    }
    return [...counts]
      .map(([name, count]) => ({ name, image: this.#images.get(name) ?? '', ...count }))
      .filter(({ name, self }) => self > 0 || this.#images.has(name))
      .sort((one, other) => other.self - one.self || other.total - one.total || (one.name < other.name ? -1 : 1));
  }
}

/** Names are data of a guest's: neither stack separators nor control characters. */
const clean = (name: string): string =>
  Array.from(name, (character) =>
    character === SEPARATOR || character < ' ' || character === '\x7f' ? '?' : character,
  ).join('');

/** Samples what a machine runs from now on. One profiler at a time: a new one takes the old one's place. */
export const createProfiler = (machine: Machine, options: ProfilerOptions): Profiler => new Profiler(machine, options);
