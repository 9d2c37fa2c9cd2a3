// The local APIC of the one processor: accepts, ranks and hands over interrupts (SDM 3A §11), in xAPIC mode.
//
//   accept(vector) ─→ IRR ──(class above PPR: signalled to the processor)──→ acknowledge() ─→ ISR ─→ EOI
//
// There is no I/O APIC: device line n arrives here as an edge and requests the fixed vector `lineVectorBase + n`. There are
// no other processors: an interrupt command reaches this one or nobody. NMI, SMI, INIT and start-up commands are dropped.
import type { Board, Device, InterruptController } from './device.ts';
import { LocalApicTimer } from './local-apic-timer.ts';

export const LOCAL_APIC_BASE = 0xfee0_0000;
export const IA32_APIC_BASE = 0x1b;
export const IA32_TSC_DEADLINE = 0x6e0;

/** Offsets of the memory-mapped registers (SDM 3A table 11-1). */
export const APIC_REGISTER = {
  ID: 0x20,
  VERSION: 0x30,
  TASK_PRIORITY: 0x80,
  ARBITRATION_PRIORITY: 0x90,
  PROCESSOR_PRIORITY: 0xa0,
  END_OF_INTERRUPT: 0xb0,
  LOGICAL_DESTINATION: 0xd0,
  DESTINATION_FORMAT: 0xe0,
  SPURIOUS_VECTOR: 0xf0,
  IN_SERVICE: 0x100,
  TRIGGER_MODE: 0x180,
  REQUEST: 0x200,
  ERROR_STATUS: 0x280,
  COMMAND_LOW: 0x300,
  COMMAND_HIGH: 0x310,
  LVT_TIMER: 0x320,
  LVT_THERMAL: 0x330,
  LVT_PERFORMANCE: 0x340,
  LVT_LINT0: 0x350,
  LVT_LINT1: 0x360,
  LVT_ERROR: 0x370,
  INITIAL_COUNT: 0x380,
  CURRENT_COUNT: 0x390,
  DIVIDE_CONFIGURATION: 0x3e0,
} as const;

const LVT_MASKED = 1 << 16;
const SOFTWARE_ENABLE = 1 << 8;
const ERROR = { SEND_ILLEGAL_VECTOR: 1 << 5, RECEIVED_ILLEGAL_VECTOR: 1 << 6, ILLEGAL_REGISTER: 1 << 7 } as const;
const DELIVERY = { FIXED: 0, LOWEST_PRIORITY: 1 } as const;
const BASE_IS_BOOT_PROCESSOR = 1n << 8n;
const BASE_GLOBAL_ENABLE = 1n << 11n;

/** Writable bits of each local vector table entry; the order is that of the registers from LVT_TIMER on. */
const LVT_WRITABLE = [0x700ff, 0x107ff, 0x107ff, 0x1a7ff, 0x1a7ff, 0x100ff] as const;
/** Version 0x14 (an integrated xAPIC), highest LVT entry in bits 23:16. */
const VERSION = 0x14 | ((LVT_WRITABLE.length - 1) << 16);

/** Index of the highest bit set among 256, or -1. */
function highestVector(words: Uint32Array): number {
  for (let word = 7; word >= 0; word--) {
    const bits = words[word]!;
    if (bits !== 0) return word * 32 + 31 - Math.clz32(bits);
  }
  return -1;
}

export class LocalApic implements Device, InterruptController {
  readonly name = 'local-apic';
  readonly #lineVectorBase: number;
  readonly #request: Uint32Array = new Uint32Array(8);
  readonly #inService: Uint32Array = new Uint32Array(8);
  readonly #vectorTable: Uint32Array = new Uint32Array(LVT_WRITABLE.length).fill(LVT_MASKED);
  readonly #lines: Set<number> = new Set();
  #board: Board | undefined;
  #timer: LocalApicTimer | undefined;
  #globallyEnabled = true;
  #id = 0;
  #taskPriority = 0;
  #logicalDestination = 0;
  #destinationFormat = 0xffff_ffff;
  #spuriousVector = 0xff;
  #errorStatus = 0;
  #errorsSinceWrite = 0;
  #commandLow = 0;
  #commandHigh = 0;

  constructor(options: { readonly lineVectorBase?: number } = {}) {
    this.#lineVectorBase = options.lineVectorBase ?? 0x30;
  }

  attach(board: Board): void {
    this.#board = board;
    this.#timer = new LocalApicTimer(board, () => this.#deliverLocal(APIC_REGISTER.LVT_TIMER));
    board.connectInterruptController(this);
    board.mmio.register(LOCAL_APIC_BASE, 4096, {
      read: (offset) => this.#readRegister(offset),
      write: (offset, _size, value) => this.#writeRegister(offset, value >>> 0),
    });
    board.msrs.register(IA32_APIC_BASE, {
      read: () => this.#baseValue(),
      write: (_index, value) => this.#writeBase(value),
    });
    board.msrs.register(IA32_TSC_DEADLINE, {
      read: () => this.#timer!.deadline,
      write: (_index, value) => {
        this.#timer!.deadline = value;
        return true;
      },
    });
  }

  get taskPriorityClass(): number {
    return this.#taskPriority >> 4;
  }

  /** As a write to CR8: the sub-class becomes 0. */
  set taskPriorityClass(priorityClass: number) {
    this.#taskPriority = (priorityClass & 15) << 4;
    this.#signal();
  }

  pendingVector(): number {
    if (!this.#globallyEnabled) return -1;
    const vector = highestVector(this.#request);
    return vector >> 4 > this.#processorPriority >> 4 ? vector : -1;
  }

  acknowledge(): number {
    const vector = this.pendingVector();
    // Withdrawn between signal and acknowledgement: the spurious vector, which is not put in service (SDM 3A §11.9).
    if (vector < 0) return this.#spuriousVector & 0xff;
    this.#request[vector >> 5]! &= ~(1 << (vector & 31));
    this.#inService[vector >> 5]! |= 1 << (vector & 31);
    this.#signal();
    return vector;
  }

  setLine(line: number, asserted: boolean): void {
    if (!asserted) {
      this.#lines.delete(line);
    } else if (!this.#lines.has(line)) {
      this.#lines.add(line);
      this.#accept(this.#lineVectorBase + line);
    }
  }

  get #processorPriority(): number {
    const inService = highestVector(this.#inService);
    return this.#taskPriority >> 4 >= inService >> 4 ? this.#taskPriority : inService & 0xf0;
  }

  #accept(vector: number): void {
    if (!(this.#spuriousVector & SOFTWARE_ENABLE) || !this.#globallyEnabled) return;
    if (vector < 16) {
      this.#error(ERROR.RECEIVED_ILLEGAL_VECTOR);
      return;
    }
    this.#request[vector >> 5]! |= 1 << (vector & 31);
    this.#signal();
  }

  #deliverLocal(register: number): void {
    const entry = this.#vectorTable[(register - APIC_REGISTER.LVT_TIMER) >> 4]!;
    if (!(entry & LVT_MASKED)) this.#accept(entry & 0xff);
  }

  #error(bits: number): void {
    const isNew = (this.#errorsSinceWrite & bits) !== bits;
    this.#errorsSinceWrite |= bits;
    // An error entry that itself holds an illegal vector must not report itself for ever.
    const entry = this.#vectorTable[(APIC_REGISTER.LVT_ERROR - APIC_REGISTER.LVT_TIMER) >> 4]!;
    if (isNew && (entry & 0xff) >= 16) this.#deliverLocal(APIC_REGISTER.LVT_ERROR);
  }

  #signal(): void {
    this.#board?.signalInterrupt(this.pendingVector() >= 0);
  }

  #baseValue(): bigint {
    return BigInt(LOCAL_APIC_BASE) | BASE_IS_BOOT_PROCESSOR | (this.#globallyEnabled ? BASE_GLOBAL_ENABLE : 0n);
  }

  /** Only the global enable may change: neither x2APIC mode nor another base is offered. */
  #writeBase(value: bigint): boolean {
    if ((value & ~BASE_GLOBAL_ENABLE) !== (this.#baseValue() & ~BASE_GLOBAL_ENABLE)) return false;
    this.#globallyEnabled = (value & BASE_GLOBAL_ENABLE) !== 0n;
    this.#signal();
    return true;
  }

  #readRegister(offset: number): number {
    if (!this.#globallyEnabled) return 0xffff_ffff;
    if (offset & 15) return 0;
    if (offset >= APIC_REGISTER.IN_SERVICE && offset < APIC_REGISTER.ERROR_STATUS) {
      const word = (offset >> 4) & 7;
      if (offset < APIC_REGISTER.TRIGGER_MODE) return this.#inService[word]!;
      return offset < APIC_REGISTER.REQUEST ? 0 : this.#request[word]!; // every line is an edge: TMR stays 0
    }
    if (offset >= APIC_REGISTER.LVT_TIMER && offset <= APIC_REGISTER.LVT_ERROR) {
      return this.#vectorTable[(offset - APIC_REGISTER.LVT_TIMER) >> 4]!;
    }
    switch (offset) {
      case APIC_REGISTER.ID:
        return this.#id;
      case APIC_REGISTER.VERSION:
        return VERSION;
      case APIC_REGISTER.TASK_PRIORITY:
        return this.#taskPriority;
      case APIC_REGISTER.ARBITRATION_PRIORITY:
      case APIC_REGISTER.END_OF_INTERRUPT:
        return 0;
      case APIC_REGISTER.PROCESSOR_PRIORITY:
        return this.#processorPriority;
      case APIC_REGISTER.LOGICAL_DESTINATION:
        return this.#logicalDestination;
      case APIC_REGISTER.DESTINATION_FORMAT:
        return this.#destinationFormat;
      case APIC_REGISTER.SPURIOUS_VECTOR:
        return this.#spuriousVector;
      case APIC_REGISTER.ERROR_STATUS:
        return this.#errorStatus;
      case APIC_REGISTER.COMMAND_LOW:
        return this.#commandLow;
      case APIC_REGISTER.COMMAND_HIGH:
        return this.#commandHigh;
      case APIC_REGISTER.INITIAL_COUNT:
        return this.#timer!.initialCount;
      case APIC_REGISTER.CURRENT_COUNT:
        return this.#timer!.currentCount;
      case APIC_REGISTER.DIVIDE_CONFIGURATION:
        return this.#timer!.divideConfiguration;
      default:
        this.#error(ERROR.ILLEGAL_REGISTER);
        return 0;
    }
  }

  #writeRegister(offset: number, value: number): void {
    if (!this.#globallyEnabled || offset & 15) return;
    if (offset >= APIC_REGISTER.LVT_TIMER && offset <= APIC_REGISTER.LVT_ERROR) {
      this.#writeVectorTable(offset, value);
      return;
    }
    switch (offset) {
      case APIC_REGISTER.ID:
        this.#id = (value & 0xff00_0000) >>> 0;
        return;
      case APIC_REGISTER.TASK_PRIORITY:
        this.#taskPriority = value & 0xff;
        this.#signal();
        return;
      case APIC_REGISTER.END_OF_INTERRUPT: {
        const vector = highestVector(this.#inService);
        if (vector >= 0) this.#inService[vector >> 5]! &= ~(1 << (vector & 31));
        this.#signal();
        return;
      }
      case APIC_REGISTER.LOGICAL_DESTINATION:
        this.#logicalDestination = (value & 0xff00_0000) >>> 0;
        return;
      case APIC_REGISTER.DESTINATION_FORMAT:
        this.#destinationFormat = (value | 0x0fff_ffff) >>> 0;
        return;
      case APIC_REGISTER.SPURIOUS_VECTOR:
        this.#spuriousVector = value & 0x3ff;
        // Disabling masks every local vector, and they stay masked (SDM 3A §11.4.7.2).
        if (!(value & SOFTWARE_ENABLE)) {
          for (let entry = 0; entry < this.#vectorTable.length; entry++) this.#vectorTable[entry]! |= LVT_MASKED;
        }
        return;
      case APIC_REGISTER.ERROR_STATUS:
        this.#errorStatus = this.#errorsSinceWrite;
        this.#errorsSinceWrite = 0;
        return;
      case APIC_REGISTER.COMMAND_LOW:
        this.#commandLow = value & 0x000c_cfff;
        this.#command();
        return;
      case APIC_REGISTER.COMMAND_HIGH:
        this.#commandHigh = (value & 0xff00_0000) >>> 0;
        return;
      case APIC_REGISTER.INITIAL_COUNT:
        this.#timer!.initialCount = value;
        return;
      case APIC_REGISTER.DIVIDE_CONFIGURATION:
        this.#timer!.divideConfiguration = value;
        return;
      case APIC_REGISTER.VERSION:
      case APIC_REGISTER.ARBITRATION_PRIORITY:
      case APIC_REGISTER.PROCESSOR_PRIORITY:
      case APIC_REGISTER.CURRENT_COUNT:
        return; // read-only
      default:
        // The in-service, trigger-mode and request words are read-only too.
        if (offset < APIC_REGISTER.IN_SERVICE || offset >= APIC_REGISTER.ERROR_STATUS)
          this.#error(ERROR.ILLEGAL_REGISTER);
    }
  }

  #writeVectorTable(offset: number, value: number): void {
    const entry = (offset - APIC_REGISTER.LVT_TIMER) >> 4;
    const masked = this.#spuriousVector & SOFTWARE_ENABLE ? 0 : LVT_MASKED;
    this.#vectorTable[entry] = (value & LVT_WRITABLE[entry]!) | masked;
    if (offset === APIC_REGISTER.LVT_TIMER) this.#timer!.mode = (value >> 17) & 3;
    // A vector below 16 is reported when it is written, too (SDM 3A §11.5.3); masked or other deliveries do not count.
    const fixed = offset === APIC_REGISTER.LVT_TIMER || offset === APIC_REGISTER.LVT_ERROR || ((value >> 8) & 7) === 0;
    if (fixed && (value & 0xff) < 16 && !(this.#vectorTable[entry]! & LVT_MASKED))
      this.#error(ERROR.RECEIVED_ILLEGAL_VECTOR);
  }

  /** Bits 19:18 of the command are a shorthand: no, self, all, all but self (SDM 3A §11.6.1). */
  #command(): void {
    const shorthand = (this.#commandLow >> 18) & 3;
    const delivery = (this.#commandLow >> 8) & 7;
    if (delivery !== DELIVERY.FIXED && delivery !== DELIVERY.LOWEST_PRIORITY) return;
    if ((this.#commandLow & 0xff) < 16) {
      this.#error(ERROR.SEND_ILLEGAL_VECTOR);
      return;
    }
    if (shorthand === 1 || shorthand === 2 || (shorthand === 0 && this.#isAddressed()))
      this.#accept(this.#commandLow & 0xff);
  }

  #isAddressed(): boolean {
    const destination = this.#commandHigh >>> 24;
    if (destination === 0xff) return true;
    if (!(this.#commandLow & (1 << 11))) return destination === this.#id >>> 24;
    const logical = this.#logicalDestination >>> 24;
    if (this.#destinationFormat >>> 28 === 0xf) return (destination & logical) !== 0; // flat model
    return destination >> 4 === logical >> 4 && (destination & logical & 15) !== 0; // cluster model
  }
}

/** Plugs into `machine.attach`. `lineVectorBase` (default 0x30) is the vector of device line 0. */
export function createLocalApic(options: { readonly lineVectorBase?: number } = {}): LocalApic {
  return new LocalApic(options);
}
