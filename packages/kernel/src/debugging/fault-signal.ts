// Which signal Linux makes of a processor exception (its arch/x86 trap table): what debuggers know faults by.

const SIGNAL = { ILLEGAL: 4, TRAP: 5, BUS: 7, ARITHMETIC: 8, SEGMENT: 11 } as const;

const SIGNALS: Readonly<Record<number, number>> = {
  0: SIGNAL.ARITHMETIC,
  1: SIGNAL.TRAP,
  3: SIGNAL.TRAP,
  6: SIGNAL.ILLEGAL,
  11: SIGNAL.BUS,
  12: SIGNAL.BUS,
  16: SIGNAL.ARITHMETIC,
  17: SIGNAL.BUS,
  19: SIGNAL.ARITHMETIC,
};

export const signalOfFault = (vector: number): number => SIGNALS[vector] ?? SIGNAL.SEGMENT;
