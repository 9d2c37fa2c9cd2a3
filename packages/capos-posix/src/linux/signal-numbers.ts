// Signals of x86-64 Linux (signal(7)), what each does unless handled, and the codes of siginfo (sigaction(2)).

export const SIGNAL = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  TRAP: 5,
  ABRT: 6,
  BUS: 7,
  FPE: 8,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  STKFLT: 16,
  CHLD: 17,
  CONT: 18,
  STOP: 19,
  TSTP: 20,
  TTIN: 21,
  TTOU: 22,
  URG: 23,
  XCPU: 24,
  XFSZ: 25,
  VTALRM: 26,
  PROF: 27,
  WINCH: 28,
  IO: 29,
  PWR: 30,
  SYS: 31,
  RTMIN: 32,
  RTMAX: 64,
} as const;

const names = new Map<number, string>(
  Object.entries(SIGNAL)
    .filter(([name]) => !name.startsWith('RT'))
    .map(([name, number]) => [number, `SIG${name}`]),
);

/** `SIGINT`, `SIGRT_1`, or the number itself. */
export function signalName(signal: number): string {
  const name = names.get(signal);
  if (name !== undefined) return name;
  return signal >= SIGNAL.RTMIN && signal <= SIGNAL.RTMAX ? `SIGRT_${signal - SIGNAL.RTMIN}` : String(signal);
}

/** What a signal does when its action is SIG_DFL. */
export type DefaultAction = 'terminate' | 'ignore' | 'stop' | 'continue';

/** The default action of `signal`; a core dump is a termination here. */
export function defaultAction(signal: number): DefaultAction {
  switch (signal) {
    case SIGNAL.CHLD:
    case SIGNAL.URG:
    case SIGNAL.WINCH:
      return 'ignore';
    case SIGNAL.CONT:
      return 'continue';
    case SIGNAL.STOP:
    case SIGNAL.TSTP:
    case SIGNAL.TTIN:
    case SIGNAL.TTOU:
      return 'stop';
    default:
      return 'terminate';
  }
}

/** Whether the default action would also write a core file: wait status bit 0x80 stays clear all the same. */
export const SIG_DFL = 0;
export const SIG_IGN = 1;

/** Flags of a signal action. */
export const SA = {
  NOCLDSTOP: 0x1,
  NOCLDWAIT: 0x2,
  SIGINFO: 0x4,
  RESTORER: 0x0400_0000,
  ONSTACK: 0x0800_0000,
  RESTART: 0x1000_0000,
  NODEFER: 0x4000_0000,
  RESETHAND: 0x8000_0000,
} as const;

/** `how` of sigprocmask. */
export const SIG_HOW = { BLOCK: 0, UNBLOCK: 1, SETMASK: 2 } as const;

/** Flags of an alternate stack. */
export const SS = { ONSTACK: 1, DISABLE: 2, AUTODISARM: 0x8000_0000, MINIMUM: 2048 } as const;

/** `si_code`. */
export const SI = {
  USER: 0,
  KERNEL: 0x80,
  QUEUE: -1,
  TIMER: -2,
  MESSAGE: -3,
  TKILL: -6,
  ILL_OPERAND: 2,
  FPE_INTEGER_DIVIDE: 1,
  FPE_FLOAT_INVALID: 7,
  SEGV_MAPERR: 1,
  SEGV_ACCERR: 2,
  BUS_ADRALN: 1,
  BUS_ADRERR: 2,
  TRAP_BREAKPOINT: 1,
  CLD_EXITED: 1,
  CLD_KILLED: 2,
  CLD_STOPPED: 5,
  CLD_CONTINUED: 6,
} as const;
