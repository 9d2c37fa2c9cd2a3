// The 16550A serial port: what a PC calls COM1. Bytes leave at once; bytes from the host wait until the receiver has room.
//
//   host ──receive()──→ backlog ──→ receiver FIFO ──RBR──→ guest          guest ──THR──→ sink ──→ host
//   interrupt = highest of { line status, data or time-out, transmitter empty, modem status }, gated by IER and OUT2
import type { Board, Device, EventHandle } from './device.ts';

export const COM1_PORT = 0x3f8;
export const COM1_LINE = 4;

const IER = { DATA: 1, TRANSMITTER_EMPTY: 2, LINE_STATUS: 4, MODEM_STATUS: 8 } as const;
const IIR = {
  NONE: 1,
  MODEM_STATUS: 0,
  TRANSMITTER_EMPTY: 2,
  DATA: 4,
  LINE_STATUS: 6,
  TIME_OUT: 0xc,
  FIFOS: 0xc0,
} as const;
const FCR = { ENABLE: 1, CLEAR_RECEIVER: 2 } as const;
const LCR_DIVISOR_LATCH = 0x80;
const MCR = { DTR: 1, RTS: 2, OUT1: 4, OUT2: 8, LOOP: 16 } as const;
const LSR = { DATA_READY: 1, OVERRUN: 2, TRANSMITTER_EMPTY: 0x60 } as const;
const MSR = { CTS: 0x10, DSR: 0x20, RING: 0x40, DCD: 0x80 } as const;

const FIFO_BYTES = 16;
const TRIGGER_LEVELS = [1, 4, 8, 14] as const;
/** Input clock of a PC's UART; a bit lasts 16 × divisor cycles of it. */
const CLOCK_HZ = 1_843_200;

export interface Uart16550Options {
  /** Receives each byte as the guest sends it. */
  readonly transmit: (byte: number) => void;
  /** First of eight ports; COM1 if absent. */
  readonly port?: number;
  /** Interrupt line; COM1's if absent. */
  readonly line?: number;
  /** Most bytes that wait for the guest (default 65,536). */
  readonly backlogBytes?: number;
}

export class Uart16550 implements Device {
  readonly name = 'uart-16550';
  readonly #options: Required<Uart16550Options>;
  /** A ring of bytes from the host. */
  readonly #backlog: Uint8Array;
  #backlogStart = 0;
  #backlogLength = 0;
  #receiver: number[] = [];
  #board: Board | undefined;
  #interruptEnable = 0;
  #fifoEnabled = false;
  #triggerLevel = 1;
  #lineControl = 0;
  #modemControl = 0;
  #overrun = false;
  #modemDeltas = 0;
  #scratch = 0;
  #divisor = 12; // 9,600 baud
  #transmitterEmptyPending = false;
  #timedOut = false;
  #timeOutEvent: EventHandle = 0;
  #lineAsserted = false;

  constructor(options: Uart16550Options) {
    this.#options = { port: COM1_PORT, line: COM1_LINE, backlogBytes: 65_536, ...options };
    this.#backlog = new Uint8Array(this.#options.backlogBytes);
  }

  attach(board: Board): void {
    this.#board = board;
    const { port } = this.#options;
    board.ports.register(port, 8, {
      read: (address) => this.#read(address - port),
      write: (address, _size, value) => this.#write(address - port, value & 0xff),
    });
  }

  /** Bytes from the host. Returns how many were taken; the rest found the backlog full. */
  receive(bytes: Uint8Array): number {
    const { length } = this.#backlog;
    const taken = Math.min(bytes.length, length - this.#backlogLength);
    for (let index = 0; index < taken; index++) {
      this.#backlog[(this.#backlogStart + this.#backlogLength++) % length] = bytes[index]!;
    }
    this.#refill();
    return taken;
  }

  get #capacity(): number {
    return this.#fifoEnabled ? FIFO_BYTES : 1;
  }

  get #inLoopback(): boolean {
    return (this.#modemControl & MCR.LOOP) !== 0;
  }

  /** In loopback the modem outputs are the modem inputs; otherwise the far end is always there and ready. */
  get #modemLines(): number {
    if (!this.#inLoopback) return MSR.CTS | MSR.DSR | MSR.DCD;
    const control = this.#modemControl;
    return (
      (control & MCR.RTS ? MSR.CTS : 0) |
      (control & MCR.DTR ? MSR.DSR : 0) |
      (control & MCR.OUT1 ? MSR.RING : 0) |
      (control & MCR.OUT2 ? MSR.DCD : 0)
    );
  }

  #refill(): void {
    if (!this.#inLoopback && this.#backlogLength > 0 && this.#receiver.length < this.#capacity) {
      while (this.#backlogLength > 0 && this.#receiver.length < this.#capacity) {
        this.#receiver.push(this.#backlog[this.#backlogStart]!);
        this.#backlogStart = (this.#backlogStart + 1) % this.#backlog.length;
        this.#backlogLength--;
      }
      this.#restartTimeOut();
    }
    this.#update();
  }

  /** Characters below the trigger level announce themselves after four character times without traffic. */
  #restartTimeOut(): void {
    const events = this.#board?.events;
    if (!events) return;
    if (this.#timeOutEvent !== 0) events.cancel(this.#timeOutEvent);
    this.#timeOutEvent = 0;
    this.#timedOut = false;
    if (!this.#fifoEnabled || this.#receiver.length === 0) return;
    const characterNs = (10 * 16 * Math.max(1, this.#divisor) * 1e9) / CLOCK_HZ;
    this.#timeOutEvent = events.at(events.nowNs() + 4 * characterNs, () => {
      this.#timeOutEvent = 0;
      this.#timedOut = this.#receiver.length > 0;
      this.#update();
    });
  }

  #interruptIdentification(): number {
    const enabled = this.#interruptEnable;
    if (enabled & IER.LINE_STATUS && this.#overrun) return IIR.LINE_STATUS;
    if (enabled & IER.DATA) {
      if (this.#receiver.length >= this.#triggerLevel) return IIR.DATA;
      if (this.#timedOut) return IIR.TIME_OUT;
    }
    if (enabled & IER.TRANSMITTER_EMPTY && this.#transmitterEmptyPending) return IIR.TRANSMITTER_EMPTY;
    if (enabled & IER.MODEM_STATUS && this.#modemDeltas) return IIR.MODEM_STATUS;
    return IIR.NONE;
  }

  /** OUT2 connects the interrupt to the bus on a PC, and loopback takes every output pin away. */
  #update(): void {
    const wanted =
      this.#interruptIdentification() !== IIR.NONE && (this.#modemControl & (MCR.OUT2 | MCR.LOOP)) === MCR.OUT2;
    if (wanted === this.#lineAsserted) return;
    this.#lineAsserted = wanted;
    this.#board?.setInterruptLine(this.#options.line, wanted);
  }

  #read(register: number): number {
    const latch = (this.#lineControl & LCR_DIVISOR_LATCH) !== 0;
    switch (register) {
      case 0:
        return latch ? this.#divisor & 0xff : this.#readReceiver();
      case 1:
        return latch ? this.#divisor >> 8 : this.#interruptEnable;
      case 2: {
        const identification = this.#interruptIdentification();
        if (identification === IIR.TRANSMITTER_EMPTY) this.#transmitterEmptyPending = false;
        this.#update();
        return identification | (this.#fifoEnabled ? IIR.FIFOS : 0);
      }
      case 3:
        return this.#lineControl;
      case 4:
        return this.#modemControl;
      case 5: {
        const status =
          LSR.TRANSMITTER_EMPTY | (this.#receiver.length > 0 ? LSR.DATA_READY : 0) | (this.#overrun ? LSR.OVERRUN : 0);
        this.#overrun = false;
        this.#update();
        return status;
      }
      case 6: {
        const status = this.#modemLines | this.#modemDeltas;
        this.#modemDeltas = 0;
        this.#update();
        return status;
      }
      default:
        return this.#scratch;
    }
  }

  #readReceiver(): number {
    const byte = this.#receiver.shift() ?? 0;
    this.#restartTimeOut();
    this.#refill();
    return byte;
  }

  #write(register: number, value: number): void {
    const latch = (this.#lineControl & LCR_DIVISOR_LATCH) !== 0;
    switch (register) {
      case 0:
        if (latch) this.#divisor = (this.#divisor & 0xff00) | value;
        else this.#send(value);
        return;
      case 1:
        if (latch) {
          this.#divisor = (this.#divisor & 0xff) | (value << 8);
          return;
        }
        // Enabling the transmitter interrupt while the transmitter is empty requests it: drivers start sending that way.
        if (value & ~this.#interruptEnable & IER.TRANSMITTER_EMPTY) this.#transmitterEmptyPending = true;
        this.#interruptEnable = value & 0xf;
        this.#update();
        return;
      case 2:
        this.#controlFifo(value);
        return;
      case 3:
        this.#lineControl = value;
        return;
      case 4:
        this.#controlModem(value & 0x1f);
        return;
      case 7:
        this.#scratch = value;
        return;
      default:
        return; // line and modem status are read-only
    }
  }

  #send(byte: number): void {
    // The request falls and rises again even though the byte is gone at once: an edge-triggered controller needs the edge.
    this.#transmitterEmptyPending = false;
    this.#update();
    if (!this.#inLoopback) this.#options.transmit(byte);
    else this.#loopBack(byte);
    this.#transmitterEmptyPending = true;
    this.#update();
  }

  #loopBack(byte: number): void {
    if (this.#receiver.length < this.#capacity) this.#receiver.push(byte);
    else {
      this.#overrun = true;
      // Without FIFOs the newest character replaces the one that was not read; a full FIFO keeps what it has.
      if (!this.#fifoEnabled) this.#receiver = [byte];
    }
    this.#restartTimeOut();
  }

  #controlFifo(value: number): void {
    const enable = (value & FCR.ENABLE) !== 0;
    if (enable !== this.#fifoEnabled || value & FCR.CLEAR_RECEIVER) this.#receiver = [];
    this.#fifoEnabled = enable;
    this.#triggerLevel = enable ? TRIGGER_LEVELS[value >> 6]! : 1;
    this.#restartTimeOut();
    this.#refill();
  }

  #controlModem(value: number): void {
    const before = this.#modemLines;
    this.#modemControl = value;
    const after = this.#modemLines;
    const changed = (before ^ after) >> 4;
    // The ring bit records only the trailing edge; the other three any change.
    this.#modemDeltas |= (changed & 0b1011) | (before & ~after & MSR.RING ? 0b0100 : 0);
    this.#refill();
  }
}

/** Plugs into `machine.attach`; `uart.receive(bytes)` types into it. */
export function createUart16550(options: Uart16550Options): Uart16550 {
  return new Uart16550(options);
}
