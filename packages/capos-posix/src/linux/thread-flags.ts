// Flags of clone, futex and the clocks (clone(2), futex(2), clock_gettime(2), prctl(2)).

export const CLONE = {
  EXIT_SIGNAL: 0xff,
  VM: 0x100,
  NEWTIME: 0x80,
  FS: 0x200,
  FILES: 0x400,
  SIGHAND: 0x800,
  PIDFD: 0x1000,
  PTRACE: 0x2000,
  VFORK: 0x4000,
  PARENT: 0x8000,
  THREAD: 0x1_0000,
  NEWNS: 0x2_0000,
  SYSVSEM: 0x4_0000,
  SETTLS: 0x8_0000,
  PARENT_SETTID: 0x10_0000,
  CHILD_CLEARTID: 0x20_0000,
  DETACHED: 0x40_0000,
  UNTRACED: 0x80_0000,
  CHILD_SETTID: 0x100_0000,
  NEWCGROUP: 0x200_0000,
  NEWUTS: 0x400_0000,
  NEWIPC: 0x800_0000,
  NEWUSER: 0x1000_0000,
  NEWPID: 0x2000_0000,
  NEWNET: 0x4000_0000,
} as const;

export const FUTEX = {
  WAIT: 0,
  WAKE: 1,
  FD: 2,
  REQUEUE: 3,
  CMP_REQUEUE: 4,
  WAKE_OP: 5,
  LOCK_PI: 6,
  UNLOCK_PI: 7,
  TRYLOCK_PI: 8,
  WAIT_BITSET: 9,
  WAKE_BITSET: 10,
  LOCK_PI2: 13,
  COMMAND: 0x7f,
  PRIVATE: 0x80,
  CLOCK_REALTIME: 0x100,
  BITSET_ANY: 0xffff_ffff,
  /** Bits of a robust mutex's word. */
  WAITERS: 0x8000_0000,
  OWNER_DIED: 0x4000_0000,
  TID_MASK: 0x3fff_ffff,
} as const;

export const CLOCK = {
  REALTIME: 0,
  MONOTONIC: 1,
  PROCESS_CPUTIME: 2,
  THREAD_CPUTIME: 3,
  MONOTONIC_RAW: 4,
  REALTIME_COARSE: 5,
  MONOTONIC_COARSE: 6,
  BOOTTIME: 7,
  REALTIME_ALARM: 8,
  BOOTTIME_ALARM: 9,
  TAI: 11,
} as const;

/** `flags` of clock_nanosleep, timer_settime and timerfd_settime. */
export const TIMER_ABSTIME = 1;
/** A timerfd expires when the wall clock is set; accepted, and never happens. */
export const TIMER_CANCEL_ON_SET = 2;

export const ARCH_PRCTL = {
  SET_GS: 0x1001,
  SET_FS: 0x1002,
  GET_FS: 0x1003,
  GET_GS: 0x1004,
  GET_CPUID: 0x1011,
  SET_CPUID: 0x1012,
} as const;

export const PRCTL = {
  SET_PDEATHSIG: 1,
  GET_PDEATHSIG: 2,
  GET_DUMPABLE: 3,
  SET_DUMPABLE: 4,
  GET_KEEPCAPS: 7,
  SET_KEEPCAPS: 8,
  SET_NAME: 15,
  GET_NAME: 16,
  GET_SECCOMP: 21,
  SET_SECCOMP: 22,
  CAPBSET_READ: 23,
  CAPBSET_DROP: 24,
  GET_SECUREBITS: 27,
  SET_SECUREBITS: 28,
  SET_TIMERSLACK: 29,
  GET_TIMERSLACK: 30,
  SET_CHILD_SUBREAPER: 36,
  GET_CHILD_SUBREAPER: 37,
  SET_NO_NEW_PRIVS: 38,
  GET_NO_NEW_PRIVS: 39,
  CAP_AMBIENT: 47,
  SET_VMA: 0x53564d41,
} as const;

/** Resources of getrlimit and their count. */
export const RLIMIT = {
  CPU: 0,
  FSIZE: 1,
  DATA: 2,
  STACK: 3,
  CORE: 4,
  RSS: 5,
  NPROC: 6,
  NOFILE: 7,
  MEMLOCK: 8,
  AS: 9,
  LOCKS: 10,
  SIGPENDING: 11,
  MSGQUEUE: 12,
  NICE: 13,
  RTPRIO: 14,
  RTTIME: 15,
  COUNT: 16,
} as const;
