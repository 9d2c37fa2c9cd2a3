// Processor time: the kernel counts instructions, because the processor can be stopped after a number of them and a run that is
// repeated then schedules the same. Interfaces speak of nanoseconds; a nominal rate joins the two.
//
// The rate is the interpreter's, about 200 instructions a microsecond (bench `cpu`). Translated code is faster: a budget then
// buys the same work in less time. Budgets divide a processor into parts; they do not measure it.

/** Instructions that stand for a microsecond of processor time. */
const INSTRUCTIONS_PER_MICROSECOND = 200;

/** Instructions that a system call of a foreign program stands for: 2 µs, between `getppid` and `mmap` (bench `posix`). */
export const FOREIGN_CALL: number = 2 * INSTRUCTIONS_PER_MICROSECOND;

/** Instructions that stand for so much processor time, at least one. */
export function instructionsIn(nanoseconds: number): number {
  return Math.max(1, Math.floor((nanoseconds * INSTRUCTIONS_PER_MICROSECOND) / 1000));
}

/** Nominal processor time of so many instructions. */
export function nominalNs(instructions: number): number {
  return Math.floor((instructions * 1000) / INSTRUCTIONS_PER_MICROSECOND);
}
