// What a device sees of the machine: buses to answer on, a schedule to wake up by, lines to raise. The machine never constructs one.

/** Answers port I/O. `port` is absolute; `size` is 1, 2 or 4 bytes; values are unsigned. */
export interface PortHandler {
  read(port: number, size: number): number;
  write(port: number, size: number, value: number): void;
}

/** The 64 Ki I/O ports (SDM 1 §18). A port nobody claimed reads as all ones and ignores writes. */
export interface PortBus {
  /** Claims ports `first` to `first + count - 1`; throws a MachineError when one is taken. */
  register(first: number, count: number, handler: PortHandler): void;
}

/** Answers memory-mapped I/O. `offset` is relative to the range; `size` is 1, 2, 4 or 8 bytes, 8 arriving as two accesses of 4. */
export interface MmioHandler {
  read(offset: number, size: number): number;
  write(offset: number, size: number, value: number): void;
}

/** Physical address ranges outside RAM. */
export interface MmioBus {
  /** Claims `bytes` from physical address `base` on (both multiples of 4096); throws a MachineError on overlap. */
  register(base: number, bytes: number, handler: MmioHandler): void;
}

/** Answers RDMSR and WRMSR. Returning undefined or false raises #GP(0) in the guest. */
export interface MsrHandler {
  read(index: number): bigint | undefined;
  write(index: number, value: bigint): boolean;
}

export interface MsrBus {
  register(index: number, handler: MsrHandler): void;
}

/** Names a scheduled event; 0 never does. */
export type EventHandle = number;

/** Calls devices back at a time of the machine's monotonic clock, in order of time, between guest instructions. */
export interface DeviceSchedule {
  /** Nanoseconds of the machine's clock. */
  nowNs(): number;
  /** Calls `callback` once, at `timeNs` or as soon after it as the machine can. */
  at(timeNs: number, callback: () => void): EventHandle;
  /** Forgets an event; a handle already called or cancelled is ignored. */
  cancel(handle: EventHandle): void;
}

/** Who decides which interrupt the processor takes next: the local APIC. */
export interface InterruptController {
  /** The vector that would be delivered now, or -1: the processor asks while RFLAGS.IF is set and a request is signalled. */
  pendingVector(): number;
  /** The processor takes that interrupt: moves it from requested to in service and returns it (the spurious vector if it is gone). */
  acknowledge(): number;
  /** The task-priority class, 0 to 15, as CR8 shows it (SDM 3A §11.8.6). */
  taskPriorityClass: number;
  /** A device's interrupt line changed. */
  setLine(line: number, asserted: boolean): void;
}

export interface Board {
  readonly ports: PortBus;
  readonly mmio: MmioBus;
  readonly msrs: MsrBus;
  readonly events: DeviceSchedule;
  /** Cycles per second of the time-stamp counter. */
  readonly timeStampFrequencyHz: number;
  /** The time-stamp counter now. */
  timeStamp(): bigint;
  /** Plugs the interrupt controller in; throws a MachineError when there already is one. */
  connectInterruptController(controller: InterruptController): void;
  /** The controller's request wire into the processor: true while `pendingVector()` is not -1. */
  signalInterrupt(requested: boolean): void;
  /** Drives an ISA interrupt line (the UART is 4); ignored while no controller is connected. */
  setInterruptLine(line: number, asserted: boolean): void;
  /** Ends `machine.run` with reason "stopped" and this code. */
  stop(code: number): void;
}

export interface Device {
  readonly name: string;
  /** Called once, by `machine.attach`. */
  attach(board: Board): void;
}
