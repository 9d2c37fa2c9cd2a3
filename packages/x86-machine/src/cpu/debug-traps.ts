// Debug traps: where a debugger's breakpoints and watchpoints meet the CPU. Nothing of them is visible to the guest, but for those
// that it sets itself (debug-registers.ts).
//
//   breakpoint   its offset in a page is armed in the code cache ─▶ blocks end there, with a record that asks the host
//   watchpoint   TLB and windows forget everything ─▶ an access misses ─▶ page watched? ─▶ its instruction runs alone
//                ─▶ each of its accesses is told of ─▶ bytes watched, and it did not fault? ─▶ the debugger hears of it
//
// Pages are watched by virtual number in every address space; the debugger says whether an access concerns it. Breakpoints
// that are gone stay armed for a while, since debuggers take theirs out at each stop: such a place costs one instruction run alone.

import type { CodeCache } from '../interpreter/code-cache.ts';
import { MachineError } from '../machine-error.ts';
import { ACCESS_KIND } from '../mmu/memory-access.ts';
import { CPU_STATE, TRACING } from '../state/cpu-state.ts';
import type { AddressSpaces } from './address-spaces.ts';

const PAGE = 4096n;
/** Places left armed without a breakpoint, before all code is decoded anew without them. */
const MOST_LEFT_ARMED = 64;

/** One access of an instruction to guest memory. */
export interface TracedAccess {
  readonly address: bigint;
  /** Bytes. */
  readonly length: number;
  readonly reads: boolean;
  readonly writes: boolean;
}

/** What a debugger is asked and told, synchronously within `machine.run`. It may call `machine.stop`. */
export interface DebugHooks {
  /**
   * The CPU has come to an armed address, and RIP is there. False: the instruction runs, the breakpoint is none of this address
   * space. True: it does not run now; the debugger has stopped the machine, or put another thread in.
   */
  breakpoint(rip: bigint): boolean;
  /** The instruction before RIP has made these accesses, to pages that are watched. It is complete. */
  accessed(accesses: readonly TracedAccess[]): void;
  /** An instruction has run while `cpu.singleSteps` was set: RIP is at the next, in whatever thread is in the processor. */
  stepped(): void;
}

export class DebugTraps {
  #hooks: DebugHooks | undefined;
  readonly #state: DataView;
  readonly #codeCache: CodeCache;
  readonly #spaces: AddressSpaces;
  readonly #breakpoints = new Map<bigint, number>();
  readonly #armed = new Set<number>();
  readonly #watched = new Map<bigint, number>();
  #accesses: TracedAccess[] = [];
  /** Hears of accesses before the debugger does: the guest's own watchpoints. */
  onAccess: (accesses: readonly TracedAccess[]) => void = () => {};

  constructor(state: DataView, codeCache: CodeCache, spaces: AddressSpaces) {
    this.#state = state;
    this.#codeCache = codeCache;
    this.#spaces = spaces;
  }

  /**
   * Says who is asked and told: a debugger, or undefined for none any more.
   * @throws MachineError `badConfiguration` when there is one
   */
  attach(hooks: DebugHooks | undefined): void {
    if (hooks !== undefined && this.#hooks !== undefined)
      throw new MachineError('badConfiguration', 'debugging a machine that is being debugged: detach the other first');
    this.#hooks = hooks;
  }

  /** An instruction has run while `cpu.singleSteps` was set. */
  stepped(): void {
    this.#hooks?.stepped();
  }

  // ---- breakpoints

  /** Makes the CPU ask before it runs the instruction at a virtual address, in any address space. Counted: remove as often. */
  addBreakpoint(address: bigint): void {
    this.#breakpoints.set(address, (this.#breakpoints.get(address) ?? 0) + 1);
    const offset = Number(address & (PAGE - 1n));
    this.#armed.add(offset);
    this.#codeCache.armBreakpoint(offset);
  }

  removeBreakpoint(address: bigint): void {
    const count = this.#breakpoints.get(address);
    if (count === undefined) return;
    if (count > 1) this.#breakpoints.set(address, count - 1);
    else this.#breakpoints.delete(address);
    if (this.#armed.size - this.#breakpoints.size <= MOST_LEFT_ARMED) return;
    this.#armed.clear();
    this.#codeCache.disarmBreakpoints();
    for (const kept of this.#breakpoints.keys()) {
      const offset = Number(kept & (PAGE - 1n));
      this.#armed.add(offset);
      this.#codeCache.armBreakpoint(offset);
    }
  }

  /** The CPU is at an armed place: whether it stays there. */
  reached(rip: bigint): boolean {
    return this.#breakpoints.has(rip) && this.#hooks?.breakpoint(rip) === true;
  }

  // ---- watchpoints

  /** Has every access to the pages of these bytes traced. Counted: unwatch as often. */
  watch(address: bigint, length: number): void {
    for (const page of pagesOf(address, length)) this.#watched.set(page, (this.#watched.get(page) ?? 0) + 1);
    this.#setTracing(TRACING.watches, true);
    this.#spaces.watch(true);
  }

  unwatch(address: bigint, length: number): void {
    for (const page of pagesOf(address, length)) {
      const count = this.#watched.get(page);
      if (count === undefined) continue;
      if (count > 1) this.#watched.set(page, count - 1);
      else this.#watched.delete(page);
    }
    if (this.#watched.size > 0) return;
    this.#setTracing(TRACING.watches, false);
    this.#spaces.watch(false);
  }

  /** An access that missed; not 0: its instruction is to run alone. Called by generated code. */
  accessed(low: number, high: number, bytesAndKind: number): number {
    const address = BigInt.asUintN(64, (BigInt(high) << 32n) | BigInt(low >>> 0));
    const length = bytesAndKind & 0xffff;
    if ((this.#state.getUint32(CPU_STATE.tracing, true) & TRACING.alone) !== 0) {
      const [reads, writes] = [(bytesAndKind & ACCESS_KIND.read) !== 0, (bytesAndKind & ACCESS_KIND.write) !== 0];
      this.#accesses.push({ address, length, reads, writes });
      return 0;
    }
    for (const page of pagesOf(address, length)) if (this.#watched.has(page)) return 1;
    return 0;
  }

  /**
   * Runs an instruction alone.
   * @param step runs it; says whether it is complete, rather than faulted
   */
  runAlone(step: () => boolean): void {
    this.#accesses = [];
    this.#setTracing(TRACING.alone, true);
    const isComplete = step();
    this.#setTracing(TRACING.alone, false);
    if (!isComplete || this.#watched.size === 0) return;
    const accesses = this.#accesses.filter(({ address, length }) =>
      pagesOf(address, length).some((page) => this.#watched.has(page)),
    );
    if (accesses.length === 0) return;
    this.onAccess(accesses);
    this.#hooks?.accessed(accesses);
  }

  /** Keeps budgets to the instruction, from now on (TRACING.exact). */
  keepExact(): void {
    this.#setTracing(TRACING.exact, true);
  }

  #setTracing(bit: number, on: boolean): void {
    const before = this.#state.getUint32(CPU_STATE.tracing, true);
    this.#state.setUint32(CPU_STATE.tracing, on ? before | bit : before & ~bit, true);
  }
}

/** Numbers of the pages that bytes lie in. */
function pagesOf(address: bigint, length: number): bigint[] {
  const first = BigInt.asUintN(64, address) / PAGE;
  const last = BigInt.asUintN(64, address + BigInt(Math.max(length, 1) - 1)) / PAGE;
  if (last < first) return [first, last];
  return Array.from({ length: Number(last - first) + 1 }, (_, index) => first + BigInt(index));
}
