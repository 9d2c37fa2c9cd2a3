// The capOS capability microkernel: ring 0 of the machine, written in TypeScript.

export type { LedgerCounts, LedgerLimits } from './accounting/ledger.ts';
export type { BootOptions } from './boot.ts';
export { KernelObject } from './capabilities/kernel-object.ts';
export type { DebugOptions } from './debugging/debug-session.ts';
export { EventLoop, type HostScheduler } from './embedding/event-loop.ts';
export type { ProcessReference } from './embedding/process-reference.ts';
export { FastPath } from './ipc/fast-path-switch.ts';
export { FAST_MESSAGE_BYTES } from './ipc/short-message.ts';
export {
  createKernel,
  type EmbedderEndpoint,
  type EmbedderSpawn,
  Kernel,
  type KernelOptions,
  type StepResult,
} from './kernel.ts';
export { KernelError, type KernelErrorCode } from './kernel-error.ts';
export { KERNEL_OBJECTS, type KernelObjectName, type KernelObjectRow } from './kernel-objects.ts';
export type { EntropyFill } from './nucleus.ts';
export type { ConsoleBackend } from './objects/console.ts';
export { PERSONALITY_GRANT } from './objects/process-spawner.ts';
export { ElfError, type ElfFile, parseElf } from './processes/elf-file.ts';
export { type ExitStatus, type FaultReport, PROGRAM_THREW } from './processes/process.ts';
export type { WorkerEvents, WorkerHost, WorkerProgram, WorkerThread } from './processes/worker-host.ts';
export type { MonotonicClock } from './time/monotonic-clock.ts';
