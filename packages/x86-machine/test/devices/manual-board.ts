// A board under the test's hand: time moves when told, every line and register access is visible.
import type { Board, InterruptController, MmioHandler, MsrHandler, PortHandler } from '../../src/devices/device.ts';

export class ManualBoard implements Board {
  readonly timeStampFrequencyHz: number = 2_000_000_000;
  readonly stops: number[] = [];
  /** Every change of an interrupt line, as [line, asserted]. */
  readonly lineChanges: [number, boolean][] = [];
  controller: InterruptController | undefined;
  interruptRequested = false;
  #nowNs = 0;
  #lastHandle = 0;
  readonly #scheduled = new Map<number, { timeNs: number; callback: () => void }>();
  readonly #ports = new Map<number, PortHandler>();
  readonly #msrs = new Map<number, MsrHandler>();
  #mmio: { base: number; handler: MmioHandler } | undefined;

  readonly ports = {
    register: (first: number, count: number, handler: PortHandler): void => {
      for (let port = first; port < first + count; port++) this.#ports.set(port, handler);
    },
  };
  readonly mmio = {
    register: (base: number, _bytes: number, handler: MmioHandler): void => {
      this.#mmio = { base, handler };
    },
  };
  readonly msrs = { register: (index: number, handler: MsrHandler): void => void this.#msrs.set(index, handler) };
  readonly events = {
    nowNs: (): number => this.#nowNs,
    at: (timeNs: number, callback: () => void): number => {
      this.#scheduled.set(++this.#lastHandle, { timeNs, callback });
      return this.#lastHandle;
    },
    cancel: (handle: number): void => void this.#scheduled.delete(handle),
  };

  get pendingEvents(): number {
    return this.#scheduled.size;
  }
  timeStamp(): bigint {
    return BigInt(this.#nowNs) * 2n;
  }
  connectInterruptController(controller: InterruptController): void {
    this.controller = controller;
  }
  signalInterrupt(requested: boolean): void {
    this.interruptRequested = requested;
  }
  setInterruptLine(line: number, asserted: boolean): void {
    this.lineChanges.push([line, asserted]);
    this.controller?.setLine(line, asserted);
  }
  stop(code: number): void {
    this.stops.push(code);
  }

  /** Lets time pass, calling each event at its own time; `late` skips straight to the end and calls them there. */
  advance(ns: number, late = false): void {
    const end = this.#nowNs + ns;
    if (late) this.#nowNs = end;
    for (;;) {
      const due = [...this.#scheduled].filter(([, event]) => event.timeNs <= end);
      const next = due.sort(([, a], [, b]) => a.timeNs - b.timeNs)[0];
      if (!next) break;
      this.#nowNs = Math.max(this.#nowNs, next[1].timeNs);
      this.#scheduled.delete(next[0]);
      next[1].callback();
    }
    this.#nowNs = end;
  }

  in(port: number): number {
    return this.#ports.get(port)!.read(port, 1);
  }
  out(port: number, value: number, size = 1): void {
    this.#ports.get(port)!.write(port, size, value);
  }
  load(address: number): number {
    return this.#mmio!.handler.read(address - this.#mmio!.base, 4);
  }
  store(address: number, value: number): void {
    this.#mmio!.handler.write(address - this.#mmio!.base, 4, value);
  }
  readMsr(index: number): bigint | undefined {
    return this.#msrs.get(index)!.read(index);
  }
  writeMsr(index: number, value: bigint): boolean {
    return this.#msrs.get(index)!.write(index, value);
  }
}
