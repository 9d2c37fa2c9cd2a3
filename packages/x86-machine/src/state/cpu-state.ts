// The CPU's own state beyond the thread frame, and where everything lies in linear memory.
//
//   0        thread frame (frame-layout.ts)
//   1024     CPU state: the words below
//   2048     extent windows
//   4096     scratch for helper functions (floating point, bounce buffer)
//   8192     data TLB
//   …        jump cache, return cache, code-page map, address-checking sites, tables of the AES, instruction records
//   RAM      guest physical address 0, 64 KiB aligned
//
// Every word has a constant address, so generated code reaches it without a base register.

export const CPU_STATE = {
  /** Always 0: what an absent base, index or segment register reads as. */
  zero: 1024,
  /** All ones: the address mask of 64-bit addressing. */
  addressMask64: 1032,
  /** 2^32 − 1: the address mask under the 67 prefix. */
  addressMask32: 1040,
  /** 65,536, added through the index of a RIP-relative operand whose displacement would overflow when rebased. */
  ripRebase: 1048,
  /** Lazy flags; see flags/flag-words.ts. */
  flagZero: 1056,
  flagSign: 1064,
  flagCarry: 1072,
  /** Instructions that may still run before the dispatcher returns to the host, u32. */
  countdown: 1080,
  /** What TLB tags carry in their low 12 bits now: address-space number and privilege. */
  tlbTag: 1088,
  /** What a link or jump-cache entry must carry to be followed now, u32. */
  codeTag: 1096,
  /** 0 or 3, u32. */
  cpl: 1100,
  /** The record that stopped, for every exit but the ones at block boundaries, u32. */
  exitRecord: 1104,
  /** Exception to deliver: vector u32, error code u32. */
  exitVector: 1108,
  exitErrorCode: 1112,
  /** Operands of an instruction that the host completes, u64 each. */
  exitOperand: 1120,
  exitOperand2: 1128,
  cr0: 1136,
  cr2: 1144,
  cr3: 1152,
  cr4: 1160,
  cr8: 1168,
  efer: 1176,
  star: 1184,
  lstar: 1192,
  syscallMask: 1200,
  kernelGsBase: 1208,
  /** Descriptor tables: base u64, limit u16 each. */
  gdtrBase: 1216,
  idtrBase: 1224,
  gdtrLimit: 1232,
  idtrLimit: 1234,
  /** Segment selectors, u16 each, in the encoding's order ES CS SS DS FS GS; then LDTR and TR. */
  selectors: 1240,
  ldtr: 1252,
  tr: 1254,
  trBase: 1256,
  trLimit: 1264,
  /** Physical extent of RAM in bytes, u64. */
  ramBytes: 1272,
  /** Where the bounce buffer goes at commit: two physical extents (u64), bytes in the first and in all (u32). */
  bounceFirst: 1280,
  bounceSecond: 1288,
  bounceFirstBytes: 1296,
  bounceBytes: 1300,
  /** 1 once a walk has ended at a large page, u32. */
  largePagesSeen: 1304,
  /**
   * 1 once a program of this address space has stored or loaded MXCSR, u32: from then on its exception flags are what they are on
   * silicon. Until then translated code may leave out all but "inexact".
   */
  floatsObserved: 1308,
  cstar: 1376,
  tscAux: 1384,
  pat: 1392,
  /** XCR0: which state components XSAVE manages, u64. */
  xcr0: 1400,
  /** DR0 … DR7, u64 each. */
  debugRegisters: 1312,
  /** What the three lazy words stand for, u32: 0, themselves; else what remembered-flags.ts says. Not 0 only between regions. */
  flagKind: 1408,
  /** For INC and DEC: what was remembered before: kind u32, then three words. */
  flagKindBefore: 1412,
  flagBefore: 1416,
  /** RSP after the innermost call that a region waits for has returned (translator/region-calls.ts), u64; NO_CALL: none waits. */
  awaitedStack: 1448,
  /** Bytes of the host's stack that regions which wait for calls have, by estimate, u32. */
  waitingBytes: 1456,
  /** How closely accesses and devices are looked at, u32: bits of TRACING. */
  tracing: 1600,
} as const;

/** No RSP is near it: it is not canonical. */
export const NO_CALL: bigint = 1n << 62n;

export const TRACING = {
  /** Watchpoints are set: an access to a watched page has its instruction run alone. */
  watches: 1,
  /** One instruction runs alone: each of its accesses that misses is told of, and none enters the TLB. */
  alone: 2,
  /** Budgets are kept to the instruction: an access outside RAM has its instruction run alone; repeated elements count one each. */
  exact: 4,
  /** Alignment is checked (RFLAGS.AC, CR0.AM, ring 3): accesses miss, and none enters the TLB. */
  aligned: 8,
} as const;

/** What regions count when statistics are wanted, u64 each; see translator/tier-statistics.ts. */
export const REGION_COUNTERS = {
  entries: 1536,
  instructions: 1544,
  /** Ways out: */
  atInstruction: 1552,
  untranslated: 1560,
  direct: 1568,
  indirect: 1576,
  poll: 1584,
} as const;

/**
 * Extent windows of the current address space and privilege (mmu/extent-windows.ts): runs of pages that lie side by side both
 * virtually and physically. Slot 0 never holds one.
 */
export const WINDOW_BASE = 2048;
export const WINDOW_SLOTS = 64;
/**
 * Slot: virtual start u64; limit u64, how far from the start an address may be so that WINDOW_SPAN bytes from there are within,
 * and near limit u64, the same for NEAR_SPAN bytes; delta u32 (linear address = low half of virtual + delta); quick limit u32, the same for
 * QUICK_SPAN bytes.
 */
export const WINDOW_SLOT_BYTES = 32;
export const WINDOW_START = 0;
export const WINDOW_LIMIT = 8;
export const WINDOW_NEAR_LIMIT = 16;
export const WINDOW_DELTA = 24;
export const WINDOW_QUICK_LIMIT = 28;
/** The most bytes that one check covers. */
export const WINDOW_SPAN = 1024;
/** What most checks cover, so that they are good almost to a window's end: the first frames of a stack lie there. */
export const NEAR_SPAN = 64;
/** What the quick look of a loop's guard covers. */
export const QUICK_SPAN = 256;

/** Scratch that floating-point helpers may use between two statements of one body: 2 KiB. */
export const HELPER_SCRATCH = 4096;
export const HELPER_SCRATCH_BYTES = 2048;

/** Where an access that is not plain RAM within one page is assembled: bytes here stand for the guest's. */
export const BOUNCE_BUFFER = 6144;
/** Linear addresses below this are never guest RAM. */
export const BOUNCE_LIMIT = 8192;

export const TLB_BASE = 8192;
export const TLB_ENTRIES = 2048;
/** Entry: read tag u64, write tag u64, addend u32 (linear address = low half of virtual + addend), padding. */
export const TLB_ENTRY_BYTES = 32;
export const TLB_READ_TAG = 0;
export const TLB_WRITE_TAG = 8;
export const TLB_ADDEND = 16;

export const JUMP_CACHE_BASE: number = TLB_BASE + TLB_ENTRIES * TLB_ENTRY_BYTES;
export const JUMP_CACHE_ENTRIES = 65_536;
/** Entry: rip u64, code tag u32, record u32. */
export const JUMP_CACHE_ENTRY_BYTES = 16;

const WASM_PAGE = 65_536;
const GUEST_PAGE = 4096;

/** The most RAM a machine may have: what a 32-bit linear memory leaves. */
export const MAXIMUM_RAM_BYTES: number = 3.5 * 2 ** 30;

/**
 * Where calls out of translated regions return to that are not waited for, by RSP before the call: entries as those of the jump cache, of
 * which a stack's frames touch few lines.
 */
export const RETURN_CACHE_BASE: number = JUMP_CACHE_BASE + JUMP_CACHE_ENTRIES * JUMP_CACHE_ENTRY_BYTES;
export const RETURN_CACHE_ENTRIES = 512;

/** One byte per physical page: 1 where decoded code lies. Sized for the largest machine, so that nothing moves with RAM. */
export const CODE_PAGES: number = RETURN_CACHE_BASE + RETURN_CACHE_ENTRIES * JUMP_CACHE_ENTRY_BYTES;

/**
 * Places in translated code that check addresses. Site 0 serves all that find no room. A site: the linear address of its window's slot,
 * u16, so that the sites of a region are one or two lines of the processor's cache.
 */
export const SITE_BASE: number = CODE_PAGES + MAXIMUM_RAM_BYTES / GUEST_PAGE;
export const SITE_BYTES = 2;
export const MOST_SITES = 131_072;

/** What sites have missed since they were last looked after: address u64, site u32 (0: nobody), padding. Sites share places. */
export const MISSES_BASE: number = SITE_BASE + MOST_SITES * SITE_BYTES;
export const MISS_BYTES = 16;
export const MISS_ADDRESS = 0;
export const MISS_SITE = 8;
export const MOST_MISSES = 512;

/** Constants that the AES is computed with (isa/aes-tables.ts). */
export const AES_TABLES: number = MISSES_BASE + MOST_MISSES * MISS_BYTES;
const AES_TABLES_BYTES = 2304;

const RECORDS_BASE: number = AES_TABLES + AES_TABLES_BYTES;

export interface MemoryMap {
  readonly recordsBase: number;
  readonly recordsBytes: number;
  readonly ramOffset: number;
  readonly ramBytes: number;
  /** WebAssembly pages in all. */
  readonly totalPages: number;
}

/** Lays out linear memory for `ramBytes` of guest RAM and `recordsBytes` of decoded instructions. */
export function memoryMap(ramBytes: number, recordsBytes: number): MemoryMap {
  const ramOffset = Math.ceil((RECORDS_BASE + recordsBytes) / WASM_PAGE) * WASM_PAGE;
  const totalPages = Math.ceil((ramOffset + ramBytes) / WASM_PAGE);
  return { recordsBase: RECORDS_BASE, recordsBytes, ramOffset, ramBytes, totalPages };
}
