// Seccomp: what calls a thread has forbidden itself (seccomp(2)). It only ever takes away.
//
//   call ─▶ every filter ─▶ the strictest of what they return ─▶ the call, an errno, SIGSYS, or the end
//
// Nothing here guards the machine, which a program's capabilities do: it is the program's own guard against itself.

import { CALL_NUMBER } from '../linux/call-numbers.ts';
import { CALL_BYTES, type FilterProgram } from './filter-program.ts';

export const SECCOMP_MODE = { STRICT: 1, FILTER: 2 } as const;

/** What a filter returns: an action in the upper half, data for it in the lower. As signed numbers the strictest is the least. */
export const ACTION = {
  KILL_PROCESS: 0x8000_0000,
  KILL_THREAD: 0,
  TRAP: 0x0003_0000,
  ERRNO: 0x0005_0000,
  USER_NOTIF: 0x7fc0_0000,
  TRACE: 0x7ff0_0000,
  LOG: 0x7ffc_0000,
  ALLOW: 0x7fff_0000,
} as const;

/** AUDIT_ARCH_X86_64. */
export const ARCHITECTURE = 0xc000_003e;
const STRICTLY_ALLOWED: ReadonlySet<number> = new Set([
  CALL_NUMBER.read,
  CALL_NUMBER.write,
  CALL_NUMBER.exit,
  CALL_NUMBER.rt_sigreturn,
]);
/** Instructions of all filters of a thread, counting four more for each (seccomp(2), ENOMEM). */
const MOST_IN_ALL = 32_768;
const FILTER_COST = 4;

export class Seccomp {
  readonly mode: number;
  /** The first one first. */
  readonly filters: readonly FilterProgram[];

  constructor(mode: number, filters: readonly FilterProgram[]) {
    this.mode = mode;
    this.filters = filters;
  }

  /** Whether the other's filters are all among these, as the first of them. */
  extends(other: Seccomp | undefined): boolean {
    if (other === undefined) return true;
    return other.mode === this.mode && other.filters.every((filter, index) => filter === this.filters[index]);
  }

  /** With one more filter; undefined when those are too many. */
  static with(before: Seccomp | undefined, filter: FilterProgram): Seccomp | undefined {
    const filters = [...(before?.filters ?? []), filter];
    const cost = filters.reduce((sum, { length }) => sum + length + FILTER_COST, -FILTER_COST);
    return cost > MOST_IN_ALL ? undefined : new Seccomp(SECCOMP_MODE.FILTER, filters);
  }

  /** What the filters say of a call: an action with its data. */
  judge(number: number, instructionPointer: bigint, argument: (index: number) => bigint): number {
    if (this.mode === SECCOMP_MODE.STRICT) return STRICTLY_ALLOWED.has(number) ? ACTION.ALLOW : ACTION.KILL_THREAD;
    const view = new DataView(new ArrayBuffer(CALL_BYTES));
    view.setInt32(0, number, true);
    view.setUint32(4, ARCHITECTURE, true);
    view.setBigUint64(8, instructionPointer, true);
    for (let index = 0; index < 6; index++) view.setBigUint64(16 + index * 8, argument(index), true);
    let strictest: number = ACTION.ALLOW;
    // Of filters equally strict the last one's data counts.
    for (const filter of [...this.filters].reverse()) {
      const returned = filter.run(view);
      if ((returned & 0xffff_0000) < (strictest & 0xffff_0000)) strictest = returned;
    }
    return strictest;
  }
}
