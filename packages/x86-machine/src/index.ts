// The emulated x86-64 PC: CPU, memory, buses and devices, alone or under a supervisor written in TypeScript.

export type { Clock } from './board/event-scheduler.ts';
export { PhysicalMemory } from './board/physical-memory.ts';
export type { Cpu, FloatExceptions } from './cpu/cpu.ts';
export type { DebugRegisters } from './cpu/debug-registers.ts';
export type { DebugHooks, DebugTraps, TracedAccess } from './cpu/debug-traps.ts';
export type { RegisterFile } from './cpu/register-file.ts';
export type { Supervisor } from './cpu/supervisor.ts';
export type { Access } from './cpu/virtual-memory.ts';
export {
  type DebugEvent,
  type DebugTarget,
  type DebugThread,
  findWatched,
  type ResumeAction,
  type StopCause,
  sameWatchpoint,
  type Watchpoint,
} from './debug/debug-target.ts';
export type { ReadFile } from './debug/gdb/remote-files.ts';
export type {
  Board,
  Device,
  DeviceSchedule,
  EventHandle,
  InterruptController,
  MmioBus,
  MmioHandler,
  MsrBus,
  MsrHandler,
  PortBus,
  PortHandler,
} from './devices/device.ts';
export { createIsaDebugExit, ISA_DEBUG_EXIT_PORT } from './devices/isa-debug-exit.ts';
export { createLocalApic, type LocalApic } from './devices/local-apic.ts';
export { createUart16550, type Uart16550, type Uart16550Options } from './devices/uart-16550.ts';
export { VECTOR } from './isa/vector.ts';
export { type LoadedImage, type LoadOptions, loadProgram } from './loader/load-program.ts';
export { createMachine, type Entropy, Machine, type MachineOptions, STOP, type StopReason } from './machine.ts';
export { MachineError, type MachineErrorCode } from './machine-error.ts';
export { FRAME, FRAME_BYTES, GPR, initialFrame, RFLAGS } from './state/frame-layout.ts';
export type { Stopwatch, TierStatistics } from './translator/tier-statistics.ts';
