// Why generated code returned to the host: the protocol between handlers and cpu.ts.
//
// At `budget` and `decode` RIP is complete. At every other exit the instruction in `exitRecord` was reached and
// everything before it has happened; RIP still names its block, and the host makes it complete before it looks.

export const EXIT = {
  /** The countdown ran out at a block boundary. */
  budget: 0,
  /** RIP has no decoded block under the current code tag. */
  decode: 1,
  /** exitVector and exitErrorCode are to be delivered; the instruction had no effect. */
  exception: 2,
  /** The instruction is to be reached again: a repeated one that gave way. */
  again: 3,
  /** The instruction is complete and the host should look for interrupts (STI, POPF, MOV SS). */
  serialize: 4,
  /** The block of `exitRecord` has been entered often: it is worth translating. RIP is complete. */
  hot: 5,
  /** A breakpoint is armed at the instruction, which had no effect. */
  breakpoint: 6,
  /** A region has been left often by the landing `exitRecord`. RIP is complete. */
  busy: 7,

  // Completed by the host, operands in exitOperand and exitOperand2:
  syscall: 8,
  sysret: 9,
  interrupt: 10,
  interruptReturn: 11,
  cpuid: 12,
  timestamp: 13,
  random: 14,
  halt: 15,
  portIn: 16,
  portOut: 17,
  readMsr: 18,
  writeMsr: 19,
  writeControl: 20,
  invalidatePage: 21,
  loadSegment: 22,
  loadTaskRegister: 23,
  loadLocalTable: 24,
  writeDebug: 25,
  farJump: 26,
  farReturn: 27,
  portString: 28,
  verify: 29,
  describeSegment: 30,
  farCall: 31,
  loadFarPointer: 32,
  writeExtendedControl: 33,
  readDebug: 34,
} as const;

/** No exit, but what a return gives to the region that waits for it (translator/region-calls.ts): RIP is complete. */
export const RETURNED: number = -1;

/** In `exitVector`, no exception: the instruction had no effect and is to be run alone (TRACING in state/cpu-state.ts). */
export const RUN_ALONE = 0x100;

export type Exit = (typeof EXIT)[keyof typeof EXIT];
