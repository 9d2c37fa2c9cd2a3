// What the end of a process leaves to others: its children, those of them that ended, and groups nobody looks after any more.

import { SI, SIGNAL } from '../linux/signal-numbers.ts';
import type { SignalInfo } from '../signals/signal-info.ts';

/** How a child ended, until its parent waits for it. */
export interface Ending<P> {
  readonly process: P;
  readonly pid: number;
  readonly group: number;
  /** The status word of wait4(2). */
  readonly status: number;
  /** Processor time it had, and that of its children it had waited for. */
  readonly usedNs: number;
}

/** A process as its relatives see it. */
interface Relative<P> {
  readonly group: number;
  parent: P | undefined;
  readonly children: Set<P>;
  readonly endings: Ending<P>[];
  readonly ended: boolean;
  readonly stoppedBy: number;
  readonly parentDeathSignal: number;
  readonly attributes: { readonly childSubreaper: boolean };
  send(info: SignalInfo): boolean;
  childStateChanged(child: P, code: number, status: number): void;
}

interface Groups<P> {
  inGroup(group: number): P[];
  signalGroup(group: number, info: SignalInfo): void;
  orphaned(group: number): boolean;
}

/** What SIGCHLD says of a status word. */
export function exitCode(status: number): readonly [code: number, status: number] {
  return (status & 0x7f) === 0 ? [SI.CLD_EXITED, status >> 8] : [SI.CLD_KILLED, status & 0x7f];
}

/** The nearest ancestor that wants orphans has the children from now on; where there is none, number 1, which takes no notice. */
export function handOverChildren<P extends Relative<P>>(process: P): void {
  let reaper = process.parent;
  while (reaper !== undefined && (reaper.ended || !reaper.attributes.childSubreaper)) reaper = reaper.parent;
  for (const child of process.children) {
    child.parent = reaper;
    reaper?.children.add(child);
    if (child.parentDeathSignal !== 0) child.send({ signal: child.parentDeathSignal, code: SI.USER });
  }
  if (reaper === undefined) return;
  for (const ending of process.endings.splice(0)) {
    ending.process.parent = reaper;
    reaper.endings.push(ending);
    reaper.childStateChanged(ending.process, ...exitCode(ending.status));
  }
}

/** Groups that somebody looks after, and perhaps nobody once this process is gone. */
export function guardedGroups<P extends Relative<P>>(process: P, groups: Groups<P>): Set<number> {
  const near = new Set([process.group, ...[...process.children].map((child) => child.group)]);
  return new Set([...near].filter((group) => !groups.orphaned(group)));
}

/** Of groups that were guarded: those that have become orphaned with somebody stopped in them (POSIX _exit). */
export function wakeOrphans<P extends Relative<P>>(guarded: Iterable<number>, groups: Groups<P>): void {
  for (const group of guarded) {
    if (!groups.orphaned(group) || !groups.inGroup(group).some((member) => member.stoppedBy !== 0)) continue;
    groups.signalGroup(group, { signal: SIGNAL.HUP, code: SI.KERNEL });
    groups.signalGroup(group, { signal: SIGNAL.CONT, code: SI.KERNEL });
  }
}
