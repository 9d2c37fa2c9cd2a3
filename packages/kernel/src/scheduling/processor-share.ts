// Processor share: a part of the processor's time for a process and all that it starts, as container tools give it.
//
//   share 0.25:  ████············ ████············      a context of its own with 5 ms of every 20, which its children join
//
// Budgets otherwise count instructions, so that a run can be repeated; a share is of the time that people see pass.

import { KernelError } from '../kernel-error.ts';
import type { Process } from '../processes/process.ts';
import type { Budget } from './budget.ts';
import { DEFAULT_PARAMETERS, type SchedulingContext, type SchedulingParameters } from './scheduling-context.ts';

/** Makes contexts: the scheduler. */
interface ContextMaker {
  createContext(name: string, parameters: SchedulingParameters): SchedulingContext;
}

/** Over which a share is measured: short for somebody who types, and long against hosts' timers of a millisecond. */
const PERIOD_NS = 20_000_000;

/** Into so many parts a use is divided at most. */
const MOST_PARTS = 64;

/**
 * Records that so much time was used. A turn, or one long system call, may take more than a period has: that comes back by as much as
 * a period has, as if it had been used that slowly.
 */
export function useTime(budget: Budget, spentNs: number, nowNs: number): void {
  const part = Math.max(budget.amount, spentNs / MOST_PARTS);
  let atNs = nowNs;
  for (let left = spentNs; left > 0; left -= part) {
    budget.use(Math.min(part, left), atNs);
    atNs += budget.periodNs * (part / budget.amount);
  }
}

/**
 * Puts a process that has just been started on a context that has no more than `share` of the time.
 * @throws KernelError badOption; the process has ended then
 */
export function limitToShare(process: Process, share: number, scheduler: ContextMaker | undefined): void {
  const { body, name } = process;
  if (!(share > 0 && share <= 1) || body.bind === undefined || scheduler === undefined) {
    process.end({ which: 'killed', killed: 9 });
    throw new KernelError('badOption', `a share of ${share} for ${name}: above 0 to 1, for a program on the machine`);
  }
  if (share === 1) return;
  const budget = share * PERIOD_NS;
  body.bind(scheduler.createContext(name, { ...DEFAULT_PARAMETERS, budget, periodNs: PERIOD_NS, isOfTime: true }));
}
