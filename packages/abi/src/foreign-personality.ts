// Foreign personality: an in-process library that answers the `syscall` instructions of one process which is not native.
//
//   guest `syscall` ─▶ kernel ─▶ personality.syscall(thread) ─▶ sets RAX, or thread.park(…) ─▶ kernel resumes or reschedules
//
// The personality holds what its process holds (`ForeignProcess.caps`) and nothing else. capos-posix implements it, the
// kernel calls it, neither imports the other. All guest addresses are bigint; every access to guest memory is checked
// against the process's own page tables, and failure is a value.

import type { CapExceptionKind } from './cap-exception.ts';
import type { CapId } from './cap-id.ts';

/** Index of each general register in {@link ForeignThread.registers}: the processor's own encoding order. */
export const REGISTER = {
  RAX: 0,
  RCX: 1,
  RDX: 2,
  RBX: 3,
  RSP: 4,
  RBP: 5,
  RSI: 6,
  RDI: 7,
  R8: 8,
  R9: 9,
  R10: 10,
  R11: 11,
  R12: 12,
  R13: 13,
  R14: 14,
  R15: 15,
} as const;

/** Bits of a protection, as in memory.capnp. Write and execute together are refused. */
export const PROTECTION = { NONE: 0, READ: 1, WRITE: 2, EXECUTE: 4 } as const;

/** Makes the personality of a process; spawned by name. */
export interface PersonalityFactory {
  readonly name: string;
  create(options?: unknown): ForeignPersonality;
  /** A personality without anybody's options, for a program that is started but never runs. */
  reference?(): ForeignPersonality;
}

/** Gets the events of one process. Methods never run concurrently, and never nest. */
export interface ForeignPersonality {
  /** Before the first instruction: loads the image, builds the stack, and makes the first thread through `process`. */
  start(process: ForeignProcess): void;
  /** A thread executed `syscall`. Sets the result register, parks the thread, or ends it. RIP is after the instruction. */
  syscall(thread: ForeignThread): void;
  /** A thread raised an exception. True: handled, resume at the thread's RIP. False: the process ends as faulted. */
  fault(thread: ForeignThread, vector: number, errorCode: number, address: bigint): boolean;
  /** Before a thread resumes after `unpark` or `interruptAtNextInstruction`: the place to deliver signals. */
  interrupted?(thread: ForeignThread): void;
  /** What files are mapped where, for tools that name code: profilers, debuggers. */
  mappedFiles?(): readonly MappedFile[];
  /** The process has ended, for whatever reason: release everything. */
  exited(): void;
}

/** A file, or a part of one, in an address space. */
export interface MappedFile {
  readonly start: number;
  readonly end: number;
  /** Its path in the process's own world. */
  readonly path: string;
}

/** A thread of a foreign process. Its state is live only while the thread is not running. */
export interface ForeignThread {
  readonly id: number;
  /** The live general registers; see {@link REGISTER}. */
  readonly registers: BigUint64Array;
  rip: bigint;
  rflags: bigint;
  fsBase: bigint;
  gsBase: bigint;
  /** x87 and SSE state as the machine's frame lays it out. */
  readonly extendedState: Uint8Array;
  /** Whether the thread is parked. */
  readonly parked: boolean;
  /**
   * Takes the thread off the processor. It becomes runnable at `unpark`, or when monotonic time reaches `deadlineNs`;
   * `onWake` runs then, before the thread does, and sets its result.
   */
  park(onWake?: (reason: 'unparked' | 'deadline') => void, deadlineNs?: bigint): void;
  /** Makes a parked thread runnable; without effect on one that is not parked. */
  unpark(): void;
  /** Ends the thread. The process lives until its last thread ends or `ForeignProcess.exit`. */
  exit(): void;
  /** Asks for `interrupted` before the next instruction of a running or runnable thread. */
  interruptAtNextInstruction(): void;
  /**
   * A signal is about to take effect on it: what whoever debugs the process wants done. A held one is to stay pending, and `interrupted`
   * comes before the thread's next instruction, where it is to be asked for again.
   */
  signalled(signal: number): SignalVerdict;
}

/** What becomes of a signal: without a debugger it is always delivered. */
export type SignalVerdict = 'delivered' | 'discarded' | 'held';

/** How a new thread starts. With `copyFrom`, all state not named here is copied from that thread. */
export interface ForeignThreadInit {
  readonly rip: bigint;
  readonly rsp: bigint;
  readonly fsBase?: bigint;
  readonly copyFrom?: ForeignThread;
}

/** The process as its personality sees it. */
export interface ForeignProcess {
  readonly processId: bigint;
  /** The program file. */
  readonly imageBytes: Uint8Array;
  readonly arguments: readonly string[];
  readonly environment: readonly string[];
  readonly memory: ForeignMemory;
  readonly caps: CapTableView;
  /** @returns the thread, runnable; or undefined when the ledger has no thread left. */
  newThread(init: ForeignThreadInit): ForeignThread | undefined;
  /**
   * Makes another process out of this one: a copy-on-write snapshot of its memory, or with `sharesMemory` the very memory, one
   * thread that is a copy of `thread`, and copies of exactly the capabilities listed. `personality` answers for it; its `start`
   * is not called. Undefined when memory, threads or processes do not suffice.
   */
  fork(
    thread: ForeignThread,
    personality: ForeignPersonality,
    caps: readonly CapId[],
    sharesMemory?: boolean,
  ): ForkedProcess | undefined;
  /** Whether another process is in the same memory; what either maps or writes there, both see. */
  readonly sharesMemory: boolean;
  /** Gives its memory up for an empty one of its own: what is shared stays the others'. False when there is no frame for it. */
  leaveMemory(): boolean;
  /** Says that memory holds another program now, which `thread` is about to begin: whoever debugs the process hears of it. */
  executed(thread: ForeignThread, path: string): void;
  /** Ends the process; `personality.exited` follows. */
  exit(status: ExitStatusLike): void;
  /** Whether RDTSC counts the nanoseconds that `nowNs` tells. */
  readonly timeStampIsTimer?: boolean;
  /** Monotonic time in nanoseconds. @throws CapError `failed` unless a Timer was granted under the name `timer`. */
  nowNs(): number;
  /**
   * Processor time in nanoseconds that the process's threads have had, or one of them; it never goes back. @throws CapError
   * `failed` unless a Timer was granted under the name `timer`.
   */
  processorTimeNs(thread?: ForeignThread): number;
}

/** What `fork` made. */
export interface ForkedProcess {
  readonly process: ForeignProcess;
  /** Runnable, and not run yet. */
  readonly thread: ForeignThread;
  /** The child's ids of the capabilities listed, in their order; 0 for one that may not be copied. */
  readonly caps: readonly CapId[];
}

/** How a process ended; the same shape as process.capnp's ExitStatus. */
export type ExitStatusLike =
  | { readonly which: 'exited'; readonly exited: number }
  | { readonly which: 'killed'; readonly killed: number };

/** Why memory could not be had; personalities translate it. */
export type MemoryFailure =
  /** The ledger or the machine has no frames, or the address space has no room. */
  | 'noMemory'
  /** An address or length is not page-aligned, is zero, wraps, or leaves the user half. */
  | 'badRange'
  /** A part of the range is not mapped. */
  | 'notMapped'
  /** The range overlaps a mapping that may not be replaced. */
  | 'exists'
  /** Write and execute together, or a window of the kernel. */
  | 'notPermitted'
  /** The capability is not held or is no MemoryObject. */
  | 'badCap';

/** Where user memory is read or written: a number does, since user addresses have 47 bits, and needs no object as a bigint does. */
export type UserAddress = number | bigint;

/** User memory, bounded by the process's ledger. Addresses and lengths of mappings are multiples of 4096. */
export interface ForeignMemory {
  /** Copies guest memory into `into`; answers the bytes copied before the first that is not readable. */
  read(address: UserAddress, into: Uint8Array): number;
  /**
   * Guest memory itself, where `length` readable bytes lie in one piece; else undefined. To be read at once: whatever happens
   * next may change what it shows.
   */
  lend(address: UserAddress, length: number): Uint8Array | undefined;
  /** Copies `from` into guest memory; answers the bytes copied before the first that is not writable. */
  write(address: UserAddress, from: Uint8Array): number;
  /** Zeroes guest memory; answers the bytes zeroed before the first that is not writable. */
  fill(address: UserAddress, length: number): number;
  /** 0 to 2^32 − 1, or −1 when not readable. */
  readUint32(address: UserAddress): number;
  /** 0 to 2^64 − 1, or −1n when not readable. */
  readUint64(address: UserAddress): bigint;
  /** False when not writable. */
  writeUint32(address: UserAddress, value: number): boolean;
  writeUint64(address: UserAddress, value: bigint): boolean;
  /** Two 64-bit words, each as its low and its high half. */
  writePair(address: UserAddress, low0: number, high0: number, low1: number, high1: number): boolean;
  /** The bytes before a NUL; null when memory ends first or there is no NUL within `maxLength` bytes. */
  readCString(address: UserAddress, maxLength: number): Uint8Array | null;

  /** Demand-zero anonymous memory. Not `fixed`: `address` is a hint, 0n for none. `fixed` replaces what is there. */
  map(address: bigint, length: bigint, protection: number, fixed: boolean): bigint | MemoryFailure;
  /** Maps pages of a held MemoryObject, shared with its other mappings. */
  mapObject(
    capId: CapId,
    offset: bigint,
    address: bigint,
    length: bigint,
    protection: number,
    fixed: boolean,
  ): bigint | MemoryFailure;
  /**
   * Makes demand-zero memory that several mappings, and after `fork` several processes, can show: a MemoryObject in the
   * process's own table, charged to its ledger.
   */
  createShared(length: bigint): CapId | MemoryFailure;
  /**
   * Copies from a held MemoryObject into user memory, no message and nothing in between. Answers the bytes copied before the first
   * that is not writable, or −1 when the capability is no MemoryObject or the range leaves it.
   */
  copyFromObject(capId: CapId, offset: number, address: UserAddress, length: number): number;
  /**
   * Has whole pages of demand-zero memory, none of which has been touched, show those of a held MemoryObject as they are now: they
   * are copied when either side writes. False when the capability is no MemoryObject, a range does not fit or memory runs short; then
   * some may show them.
   */
  shareFromObject(capId: CapId, offset: number, address: UserAddress, length: number): boolean;
  /** Copies from a held MemoryObject into `into`; false when it is none, or the range leaves it. */
  readObject(capId: CapId, offset: number, into: Uint8Array): boolean;
  /** Copies `from` into a held MemoryObject; false when it is none, the range leaves it, or the machine has no frame left. */
  writeObject(capId: CapId, offset: number, from: Uint8Array): boolean;
  /** Address space without memory: lazily costs nothing, any access faults until `protect` or a fixed `map`. */
  reserve(address: bigint, length: bigint, fixed: boolean): bigint | MemoryFailure;
  unmap(address: bigint, length: bigint): MemoryFailure | undefined;
  /** Protection NONE on any mapping; on a reservation, anything else commits demand-zero memory. */
  protect(address: bigint, length: bigint, protection: number): MemoryFailure | undefined;
  /** Grows, shrinks or (with `mayMove`) moves a mapping; the pages keep their content. */
  remap(address: bigint, oldLength: bigint, newLength: bigint, mayMove: boolean): bigint | MemoryFailure;
  /** Frees the frames of anonymous memory: it stays mapped and reads zero. */
  discard(address: bigint, length: bigint): MemoryFailure | undefined;
  /**
   * Loads the segments of an ELF64 file. `base` is for ET_DYN. `isFixed`: nobody writes to `bytes` any more, so when the same array
   * comes again it is the same file. @throws CapError `invalidArgument` on a bad file.
   */
  loadElf(bytes: Uint8Array, base?: bigint, isFixed?: boolean): LoadedElf;
}

/** Where an ELF file landed. */
export interface LoadedElf {
  /** Address of the first instruction. */
  readonly entry: bigint;
  /** Address of the program headers in memory, 0n when no segment holds them. */
  readonly phdr: bigint;
  readonly phnum: number;
  /** What was added to every address of the file; 0n for ET_EXEC. */
  readonly base: bigint;
  /** First page after the image. */
  readonly brk: bigint;
  /** PT_INTERP, if the file asks for an interpreter. */
  readonly interpreter?: string;
}

/** A capability that travels with a call. */
export interface CapTransfer {
  readonly capId: CapId;
  readonly mode: 'copy' | 'move';
}

/** A capability that came back. */
export interface ReceivedCap {
  readonly capId: CapId;
  readonly interfaceId: bigint;
}

/** How a call ended. `payload` is valid only until the callback that got it returns. */
export type CallOutcome =
  | { readonly kind: 'results'; readonly payload: Uint8Array; readonly caps: readonly ReceivedCap[] }
  | { readonly kind: 'exception'; readonly exception: { readonly kind: CapExceptionKind; readonly reason: string } }
  /** The call never reached its object; `code` is a positive transport error of ipc-ring. */
  | { readonly kind: 'transport'; readonly code: number }
  /** The process whose table it went through ended first: what became of the call is not known. */
  | { readonly kind: 'abandoned' };

/** A call that has not completed. */
export interface PendingCall {
  /** Forgets the call: `complete` will not run, and what comes back is released. Without effect once completed. */
  cancel(): void;
}

/** A process's own capability table: exactly what it holds. */
export interface CapTableView {
  /** The capability the process was granted under `name`. */
  lookup(name: string): CapId | undefined;
  /** Every name of the CapSet. */
  names(): readonly string[];
  /** undefined for a null, stale or revoked id. */
  interfaceOf(capId: CapId): bigint | undefined;
  /**
   * Calls a method. `params` is copied before this returns; `complete` runs exactly once unless canceled, possibly
   * before this returns (then the answer is undefined). `maxResultBytes` bounds the payload, 65,536 unless given.
   */
  call(
    capId: CapId,
    methodOrdinal: number,
    params: Uint8Array,
    transfers: readonly CapTransfer[],
    complete: (outcome: CallOutcome) => void,
    options?: { readonly maxResultBytes?: number; readonly deadlineNs?: bigint },
  ): PendingCall | undefined;
  /** Another id for the same capability with the same badge; undefined when it is stale or may not be copied. */
  copy(capId: CapId): CapId | undefined;
  /** A copy of a capability that another process of the same personality holds; undefined when it may not be copied. */
  copyFrom(other: CapTableView, capId: CapId): CapId | undefined;
  release(capId: CapId): void;
}
