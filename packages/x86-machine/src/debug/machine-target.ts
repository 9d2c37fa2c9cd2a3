// A machine's CPU as a debug target: one thread, which is whatever guest code runs, in any ring and address space.
//
// The embedder goes on owning the loop: it calls `run` of the target instead of the machine's, as often as it likes.

import type { DebugHooks, TracedAccess } from '../cpu/debug-traps.ts';
import { type Machine, STOP, type StopReason } from '../machine.ts';
import { CPU_STATE } from '../state/cpu-state.ts';
import { FRAME_BYTES } from '../state/frame-layout.ts';
import {
  type DebugEvent,
  type DebugTarget,
  type DebugThread,
  findWatched,
  type ResumeAction,
  type StopCause,
  sameWatchpoint,
  type Watchpoint,
} from './debug-target.ts';

const PAGE = 4096;
const CPU_THREAD = 1;
/** CS SS DS ES FS GS, by their places in the CPU's own order (CPU_STATE.selectors). */
const SELECTOR_ORDER = [1, 2, 3, 0, 4, 5];

export interface MachineTarget extends DebugTarget {
  readonly isStopped: boolean;
  /**
   * Runs the machine unless the debugger has stopped it.
   * @param budget instructions
   * @returns as `machine.run`; undefined while the debugger holds it
   */
  run(budget?: number): StopReason | undefined;
  /** The program has got this signal (of Linux's numbering): for supervisors that meet a fault. */
  signal(signal: number): void;
  /** The program has ended. */
  exited(code: number): void;
}

/** Puts a machine under a debugger; it starts stopped. Throws MachineError `badConfiguration` when one has it already. */
export function createMachineTarget(machine: Machine): MachineTarget {
  return new CpuTarget(machine);
}

class CpuTarget implements MachineTarget, DebugHooks {
  readonly threads: readonly DebugThread[] = [{ id: CPU_THREAD, name: 'cpu' }];
  onEvent: (event: DebugEvent) => void = () => {};
  isStopped = true;
  readonly #machine: Machine;
  readonly #breakpoints = new Set<bigint>();
  #watchpoints: Watchpoint[] = [];
  /** The breakpoint that was stopped at: going on goes past it. */
  #passes: bigint | undefined;
  #stops = false;

  constructor(machine: Machine) {
    this.#machine = machine;
    machine.cpu.debugTraps.attach(this);
  }

  // ---- running

  run(budget: number = Number.MAX_SAFE_INTEGER): StopReason | undefined {
    if (this.isStopped) return undefined;
    const reason = this.#machine.run(budget);
    if (!this.#stops) return reason;
    this.#stops = false;
    return reason === STOP.stopped ? undefined : reason;
  }

  resume(actions: ReadonlyMap<number, ResumeAction>, others: ResumeAction | undefined): void {
    const action = actions.get(CPU_THREAD) ?? others;
    if (action === undefined) return;
    this.#machine.cpu.singleSteps = action.which === 'step';
    if (this.#passes !== this.#machine.cpu.rip) this.#passes = undefined;
    this.isStopped = false;
  }

  interrupt(): void {
    if (!this.isStopped) this.#stop({ which: 'interrupt' });
  }

  signal(signal: number): void {
    this.#stop({ which: 'signal', signal });
  }

  exited(code: number): void {
    this.isStopped = true;
    this.onEvent({ which: 'exited', code });
  }

  kill(): void {
    this.isStopped = true;
    this.#stops = true;
    this.#machine.stop(0);
    this.onEvent({ which: 'killed', signal: 9 });
  }

  detach(): void {
    for (const address of [...this.#breakpoints]) this.removeBreakpoint(address);
    for (const watchpoint of this.#watchpoints) this.removeWatchpoint(watchpoint);
    this.#machine.cpu.singleSteps = false;
    this.#machine.cpu.debugTraps.attach(undefined);
    this.isStopped = false;
  }

  #stop(cause: StopCause): void {
    this.isStopped = true;
    this.#stops = true;
    this.#machine.cpu.singleSteps = false;
    this.#machine.stop(0);
    this.onEvent({ which: 'stopped', threadId: CPU_THREAD, cause });
  }

  // ---- from the CPU

  breakpoint(rip: bigint): boolean {
    const passes = this.#passes === rip;
    this.#passes = undefined;
    if (passes || !this.#breakpoints.has(rip)) return false;
    this.#passes = rip;
    this.#stop({ which: 'breakpoint', address: rip });
    return true;
  }

  accessed(accesses: readonly TracedAccess[]): void {
    const found = findWatched(this.#watchpoints, accesses);
    if (found) this.#stop(found);
  }

  stepped(): void {
    if (!this.isStopped) this.#stop({ which: 'step' });
  }

  // ---- state

  get selectors(): readonly number[] {
    const { state } = this.#machine.cpu;
    return SELECTOR_ORDER.map((place) => state.getUint16(CPU_STATE.selectors + place * 2, true));
  }

  readFrame(threadId: number): Uint8Array | undefined {
    if (threadId !== CPU_THREAD) return undefined;
    const frame = new Uint8Array(FRAME_BYTES);
    this.#machine.cpu.saveFrame(frame);
    return frame;
  }

  writeFrame(threadId: number, frame: Uint8Array): boolean {
    if (threadId !== CPU_THREAD) return false;
    this.#machine.cpu.loadFrame(frame);
    return true;
  }

  readMemory(address: bigint, into: Uint8Array): number {
    const { memory } = this.#machine;
    return this.#forPages(address, into.length, (physical, done, bytes) =>
      into.set(memory.bytes.subarray(physical, physical + bytes), done),
    );
  }

  writeMemory(address: bigint, bytes: Uint8Array): number {
    return this.#forPages(address, bytes.length, (physical, done, count) =>
      this.#machine.memory.write(physical, bytes.subarray(done, done + count)),
    );
  }

  #forPages(address: bigint, length: number, each: (physical: number, done: number, bytes: number) => void): number {
    const { cpu, memory } = this.#machine;
    let done = 0;
    while (done < length) {
      const physical = cpu.translate(BigInt.asIntN(64, address + BigInt(done)), 'read', false);
      const bytes = Math.min(length - done, PAGE - (physical % PAGE));
      if (physical < 0 || !memory.isRam(physical, bytes)) break;
      each(physical, done, bytes);
      done += bytes;
    }
    return done;
  }

  addBreakpoint(address: bigint): void {
    if (this.#breakpoints.has(address)) return;
    this.#breakpoints.add(address);
    this.#machine.cpu.debugTraps.addBreakpoint(address);
  }

  removeBreakpoint(address: bigint): void {
    if (this.#breakpoints.delete(address)) this.#machine.cpu.debugTraps.removeBreakpoint(address);
  }

  addWatchpoint(watchpoint: Watchpoint): void {
    if (this.#watchpoints.some((other) => sameWatchpoint(other, watchpoint))) return;
    this.#watchpoints = [...this.#watchpoints, watchpoint];
    this.#machine.cpu.debugTraps.watch(watchpoint.address, watchpoint.length);
  }

  removeWatchpoint(watchpoint: Watchpoint): void {
    const kept = this.#watchpoints.filter((other) => !sameWatchpoint(other, watchpoint));
    if (kept.length === this.#watchpoints.length) return;
    this.#watchpoints = kept;
    this.#machine.cpu.debugTraps.unwatch(watchpoint.address, watchpoint.length);
  }
}
