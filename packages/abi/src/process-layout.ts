// What a native process can rely on when its first instruction runs: system calls, entry registers, the address space.
//
//   0x0000_0000_0040_0000  ET_EXEC image (where it was linked)
//   0x0000_0000_1000_0000  static-pie image
//            …
//   0x0000_7000_0000_0000  memory the kernel places: downwards from here
//            …
//   0x0000_7fff_ff7f_f000  guard page            ┐
//   0x0000_7fff_ff80_0000  stack, 8 MiB … guard  │ below 0x7fff_ffff_0000
//   0x0000_7fff_ffff_0000  kernel-given window   ┘ 15 pages
//              … + 0x1000  ring page of the first thread
//              … + 0x2000  CapSet pages, read only
//
// Registers at entry: RDI ring address, RSI process id, RDX CapSet address (0: none); RSP is 16-aligned and argc, argv,
// envp and the auxiliary vector lie there as the System V ABI (AMD64 psABI §3.4.1) has them.

/** Numbers in RAX of the two system calls; arguments in RDI, RSI, RDX; RCX and R11 are clobbered; the result is in RAX. */
export const SYSTEM_CALL = {
  /** `exit(code)`: ends the process with `code & 255`; does not return. */
  EXIT: 0,
  /**
   * `cap_enter(min_complete: u32, timeout_ns: u64)`: drains the calling thread's ring and waits until `min_complete`
   * completions are there or the time is over. Answers the completions available, or minus a transport error.
   */
  CAP_ENTER: 1,
} as const;

/**
 * Upper half of RAX at `cap_enter`: where the submissions are. REGISTERS has, besides what the ring holds, one entry in the
 * registers, and the thread waits for its completion, which comes in registers too (docs/reference/system-calls.md).
 */
export const CAP_ENTER_FORM = { RING: 0, REGISTERS: 1 } as const;

/** What RAX holds after a system call with any other number: −38. */
export const UNKNOWN_SYSTEM_CALL_RESULT = -38;
/** `timeout_ns` of `cap_enter` for "however long it takes". */
export const WAIT_FOREVER_NS = 0xffff_ffff_ffff_ffffn;
/** `timeout_ns` of `cap_enter` for "do not block". */
export const DO_NOT_WAIT_NS = 0n;

/** Bytes of a page. */
export const PAGE_SIZE = 4096;
/** First byte that no user address reaches: the canonical lower half ends here (SDM 1 §3.3.7.1). */
export const USER_ADDRESS_END = 0x8000_0000_0000n;
/** Where a static-pie image is loaded. */
export const PIE_BASE = 0x1000_0000n;
/** Memory that the kernel places for a process goes downwards from here. */
export const MAP_TOP = 0x7000_0000_0000n;
/** Bytes of the first thread's stack. */
export const STACK_SIZE = 0x80_0000n;
/** One past the highest byte of the first thread's stack. */
export const STACK_TOP = 0x7fff_ffff_0000n;
/** First byte of the window in which the kernel puts what it gives a process. */
export const KERNEL_GIVEN_BASE = 0x7fff_ffff_0000n;
/** One past the last byte of that window. */
export const KERNEL_GIVEN_END = 0x7fff_ffff_f000n;
/** The ring page of a process's first thread. */
export const RING_ADDRESS = 0x7fff_ffff_1000n;
/** The first CapSet page, mapped read-only. */
export const CAP_SET_ADDRESS = 0x7fff_ffff_2000n;
/** How many pages a CapSet may take in the window. */
export const MAX_CAP_SET_PAGES = 13;

/** ELF note that marks a native program: owner name and type, in PT_NOTE. An ELF file without it is a Linux program. */
export const NATIVE_ELF_NOTE = { name: 'capOS', type: 1 } as const;

/** Names under which every program looks for what it commonly holds. */
export const WELL_KNOWN_CAP = {
  CONSOLE: 'console',
  TIMER: 'timer',
  ENTROPY: 'entropy',
  STDIN: 'stdin',
  STDOUT: 'stdout',
  STDERR: 'stderr',
  BOOT_PACKAGE: 'boot',
  PROCESS_SPAWNER: 'spawner',
  ENDPOINT_FACTORY: 'endpoints',
  VIRTUAL_MEMORY: 'memory',
  THREAD_SPAWNER: 'threads',
  PARK_SPACE: 'park',
} as const;
