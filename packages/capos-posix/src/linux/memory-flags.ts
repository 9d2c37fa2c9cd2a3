// Flags of the memory calls (mmap(2), mremap(2), madvise(2)).

export const PROT = { NONE: 0, READ: 1, WRITE: 2, EXEC: 4, GROWSDOWN: 0x0100_0000, GROWSUP: 0x0200_0000 } as const;

export const MAP = {
  SHARED: 0x01,
  PRIVATE: 0x02,
  SHARED_VALIDATE: 0x03,
  TYPE: 0x0f,
  FIXED: 0x10,
  ANONYMOUS: 0x20,
  LOW_2GIB: 0x40,
  GROWSDOWN: 0x100,
  DENYWRITE: 0x800,
  EXECUTABLE: 0x1000,
  LOCKED: 0x2000,
  NORESERVE: 0x4000,
  POPULATE: 0x8000,
  NONBLOCK: 0x1_0000,
  STACK: 0x2_0000,
  HUGETLB: 0x4_0000,
  SYNC: 0x8_0000,
  FIXED_NOREPLACE: 0x10_0000,
  /** What MAP_SHARED_VALIDATE takes: the flags that are older than it. */
  KNOWN: 0x7_f9ff,
} as const;

export const MREMAP = { MAYMOVE: 1, FIXED: 2, DONTUNMAP: 4 } as const;

export const MADVISE = {
  NORMAL: 0,
  RANDOM: 1,
  SEQUENTIAL: 2,
  WILLNEED: 3,
  DONTNEED: 4,
  FREE: 8,
  REMOVE: 9,
  DONTFORK: 10,
  DOFORK: 11,
  MERGEABLE: 12,
  UNMERGEABLE: 13,
  HUGEPAGE: 14,
  NOHUGEPAGE: 15,
  DONTDUMP: 16,
  DODUMP: 17,
  WIPEONFORK: 18,
  KEEPONFORK: 19,
  COLD: 20,
  PAGEOUT: 21,
  POPULATE_READ: 22,
  POPULATE_WRITE: 23,
  COLLAPSE: 25,
} as const;

export const PAGE = 4096;

/** `length` rounded up to whole pages. */
export function pageCeil(length: number): number {
  return Math.ceil(length / PAGE) * PAGE;
}

/** `address` rounded down to a page. */
export function pageFloor(address: number): number {
  return address - (address % PAGE);
}

/** One past the highest address a program may name: 2^47 less the guard page, as on Linux (mm: TASK_SIZE). */
export const USER_END = 0x7fff_ffff_f000;
