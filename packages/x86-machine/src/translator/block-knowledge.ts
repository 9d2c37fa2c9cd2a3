// What is known where a block of a region begins, of flags, registers and addresses, from what was known where others ended.
//
//   one block alone leads there   all that was known at its end; where it leads nowhere else, its checks go on, too
//   several do                    of addresses, what the block that dominates this one knew, but for registers written in between
//   it can be entered             nothing
//
// Where RSP is may be known beside that (region-stack.ts).

import { GPR } from '../state/frame-layout.ts';
import type { AccessGroups, KnownAddresses } from './access-groups.ts';
import { withoutRegisters } from './access-groups.ts';
import { NOT_PRESENT } from './flag-locals.ts';
import type { RegionPlan } from './region-plan.ts';
import type { RegionStack } from './region-stack.ts';
import type { RegionState, StatePresence } from './region-state.ts';
import { NOTHING_KNOWN, NOTHING_PRESENT, type RegisterKnowledge } from './register-locals.ts';

/** At a block's end. */
interface Knowledge {
  readonly flags: unknown;
  readonly registers: RegisterKnowledge;
  readonly addresses: KnownAddresses;
  readonly presence: StatePresence;
}

export class BlockKnowledge {
  readonly #plan: RegionPlan;
  readonly #state: RegionState;
  readonly #groups: AccessGroups;
  readonly #stack: RegionStack | undefined;
  /** Of blocks that are written. */
  readonly #ends = new Map<number, Knowledge>();

  constructor(plan: RegionPlan, state: RegionState, groups: AccessGroups, stack: RegionStack | undefined) {
    this.#plan = plan;
    this.#state = state;
    this.#groups = groups;
    this.#stack = stack;
  }

  /** Writes a block with what is known where it begins, and whatever only it leads to. */
  block(node: number, body: () => void): void {
    const { flow, predecessors } = this.#plan;
    const { flags, registers, x87 } = this.#state;
    const [only, ...others] = predecessors.get(node) ?? [];
    const goesOn = others.length === 0 && !flow.enterable.includes(node + 1) ? only : undefined;
    const before = goesOn === undefined ? undefined : this.#ends.get(goesOn);
    flags.forget();
    if (before) flags.knowledge = before.flags;
    registers.knowledge = before ? before.registers : NOTHING_KNOWN;
    this.enter(node);
    x87?.enterBlock(node, goesOn);
    const addresses = goesOn === undefined ? this.#addressesAtMerge(node) : before?.addresses;
    const withStack = (): void => {
      const pointer = this.#stack?.pointerAt(node);
      if (pointer) this.#groups.know(GPR.rsp, pointer);
      body();
    };
    if (goesOn !== undefined && this.#plan.continuation(goesOn) === node) withStack();
    else this.#groups.block(addresses, this.#keepsGroups(node), withStack);
  }

  /** What locals hold where a node begins. */
  enter(node: number): void {
    const state = this.#state;
    if (!state.isLazy) return;
    const { flow, predecessors } = this.#plan;
    const only = this.goesOn(node) ? predecessors.get(node)![0] : undefined;
    const before = this.#ends.get(only ?? flow.nodes[node + 1]!.immediateDominator - 1)?.presence;
    if (only !== undefined && before) state.presence = before;
    else {
      // Whatever comes after the block that dominates this one keeps its locals as they should be; all that was due is stored.
      const { here } = before?.registers ?? NOTHING_PRESENT;
      const registers = { ...NOTHING_PRESENT, here };
      state.presence = { registers, flags: NOT_PRESENT, producer: undefined };
    }
  }

  /** Whether a node is reached from one block alone. */
  goesOn(node: number): boolean {
    const { flow, predecessors } = this.#plan;
    return node >= 0 && predecessors.get(node)?.length === 1 && !flow.enterable.includes(node + 1);
  }

  /** Whether what a block and its continuations find out is of use to blocks that are written after them. */
  #keepsGroups(node: number | undefined): boolean {
    const { flow, continuation } = this.#plan;
    if (node === undefined) return false;
    return (
      flow.nodes[node + 1]!.dominated.some((child) => flow.nodes[child]!.isMerge) ||
      this.#keepsGroups(continuation(node))
    );
  }

  /** What is known here is what blocks behind this one begin with. */
  end(node: number): void {
    const { flags, registers, x87 } = this.#state;
    this.#ends.set(node, {
      flags: flags.knowledge,
      registers: registers.knowledge,
      addresses: this.#groups.known,
      presence: this.#state.presence,
    });
    x87?.leaveBlock(node);
  }

  #addressesAtMerge(node: number): KnownAddresses | undefined {
    const { flow, predecessors } = this.#plan;
    const dominator = flow.nodes[node + 1]!.immediateDominator - 1;
    const known = this.#ends.get(dominator)?.addresses;
    if (!known) return undefined;
    let written = 0;
    const between = new Set(predecessors.get(node));
    between.delete(dominator);
    for (const block of between) {
      const own = this.#ends.get(block)?.addresses;
      // A loop's end, which is yet to be written.
      if (!own) return undefined;
      written |= own.written;
      for (const one of predecessors.get(block) ?? []) if (one !== dominator) between.add(one);
    }
    return withoutRegisters(known, written);
  }
}
