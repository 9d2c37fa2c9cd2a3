// Interrupts: the kernel's driver of the machine's local APIC (SDM 3A §11), through its registers like any other kernel.
//
//   device line n ─▶ APIC ─▶ vector LINE_VECTORS + n ─┐                              ┌─▶ the line's listener (objects/interrupt.ts)
//   APIC timer    ─────────▶ vector TIMER_VECTOR ─────┴─▶ supervisor.interrupt ─▶ EOI ┴─▶ the running context's turn is over
//
// The timer runs only while something runs, so a kernel with nothing to do sleeps.

import type { Machine } from './processor.ts';

const APIC_BASE = 0xfee0_0000;
const PAGE = 4096;
const REGISTER = {
  VERSION: 0x30,
  TASK_PRIORITY: 0x80,
  END_OF_INTERRUPT: 0xb0,
  SPURIOUS_VECTOR: 0xf0,
  LVT_TIMER: 0x320,
  INITIAL_COUNT: 0x380,
  DIVIDE_CONFIGURATION: 0x3e0,
} as const;
const SOFTWARE_ENABLE = 1 << 8;
const SPURIOUS = 0xff;
const LVT_MASKED = 1 << 16;
const LVT_PERIODIC = 1 << 17;
const DIVIDE_BY_1 = 0b1011;
/** Integrated APICs have versions 10H to 15H (SDM 3A §11.4.8); an address that nobody answers at reads as ones. */
const isVersion = (version: number): boolean => (version & 0xf0) === 0x10;

const TIMER_VECTOR = 0x20;
const LINE_VECTORS = 0x30;
export const INTERRUPT_LINES = 16;

/** Hears of a line's interrupts. */
export interface LineListener {
  raised(): void;
}

export class Interrupts {
  readonly #machine: Machine;
  readonly #listeners: (LineListener | undefined)[] = new Array(INTERRUPT_LINES).fill(undefined);
  readonly #word: Uint8Array = new Uint8Array(4);
  readonly #view: DataView = new DataView(this.#word.buffer);
  readonly #periodNs: number;
  #ticking = false;
  /** Timer interrupts so far. */
  ticks = 0;

  private constructor(machine: Machine, periodNs: number) {
    this.#machine = machine;
    this.#periodNs = periodNs;
    this.#write(REGISTER.TASK_PRIORITY, 0);
    this.#write(REGISTER.LVT_TIMER, LVT_MASKED);
    this.#write(REGISTER.DIVIDE_CONFIGURATION, DIVIDE_BY_1);
    this.#write(REGISTER.SPURIOUS_VECTOR, SOFTWARE_ENABLE | SPURIOUS);
  }

  /** Takes over the machine's local APIC; undefined when it has none. `periodNs` of the preemption timer, 0 for none. */
  static find(machine: Machine, periodNs: number): Interrupts | undefined {
    const version = new Uint8Array(4);
    machine.mmio.read(APIC_BASE + REGISTER.VERSION, version);
    return isVersion(version[0]!) ? new Interrupts(machine, periodNs) : undefined;
  }

  /** Whether a range of physical addresses has to do with the APIC, which is the kernel's alone. */
  static owns(base: number, length: number): boolean {
    return base < APIC_BASE + PAGE && APIC_BASE < base + length;
  }

  /** One listener a line; undefined: nobody any more. */
  listen(line: number, listener: LineListener | undefined): void {
    this.#listeners[line] = listener;
  }

  isFree(line: number): boolean {
    return this.#listeners[line] === undefined;
  }

  /** The preemption timer runs, or does not. */
  setTicking(ticking: boolean): void {
    if (this.#periodNs === 0 || ticking === this.#ticking) return;
    this.#ticking = ticking;
    this.#write(REGISTER.LVT_TIMER, ticking ? LVT_PERIODIC | TIMER_VECTOR : LVT_MASKED);
    this.#write(REGISTER.INITIAL_COUNT, ticking ? this.#periodNs : 0);
  }

  /** The processor took this interrupt. Answers whether a turn is over by it. */
  taken(vector: number): boolean {
    // The spurious vector is never put in service (SDM 3A §11.9).
    if (vector === SPURIOUS) return false;
    this.#write(REGISTER.END_OF_INTERRUPT, 0);
    if (vector === TIMER_VECTOR) {
      this.ticks++;
      return true;
    }
    this.#listeners[vector - LINE_VECTORS]?.raised();
    return false;
  }

  #write(register: number, value: number): void {
    this.#view.setUint32(0, value, true);
    this.#machine.mmio.write(APIC_BASE + register, this.#word);
  }
}
