// The guest's state as locals of a region's function.
//
//   eager   registers and flags are loaded where the region is entered, and stored where it is left: long loops
//   lazy    loaded where they are first used, and stored where ways come together, and on a way out what that way has changed: many
//           regions, each of which runs a few blocks at a time. A local that has been loaded stays right wherever the block that loaded
//           it dominates, since whoever writes its register writes it. RSP is loaded and stored as in eager regions (register-locals.ts)

import { REGION_HEAD } from '../interpreter/record.ts';
import { CPU_STATE } from '../state/cpu-state.ts';
import { FRAME } from '../state/frame-layout.ts';
import { sub } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { i32, type Local, load, type Value } from '../wasm/expression.ts';
import { RIP_ATOM } from './address-sums.ts';
import { FlagLocals, type FlagPresence, NOT_PRESENT } from './flag-locals.ts';
import { ReciprocalProducts } from './reciprocal-products.ts';
import type { RegionGraph } from './region-graph.ts';
import type { RegionPlan } from './region-plan.ts';
import { NOTHING_PRESENT, type Presence, RegisterLocals } from './register-locals.ts';
import { vectorKinds } from './vector-kinds.ts';
import { planX87, type StackEffect } from './x87-depths.ts';
import { X87Locals } from './x87-locals.ts';
import { anyRest, zeroRests } from './zero-rests.ts';

/** Which of the state locals hold, and what of it memory has yet to get. */
export interface StatePresence {
  readonly registers: Presence;
  readonly flags: FlagPresence;
  readonly producer: unknown;
}

export const NONE_PRESENT: StatePresence = { registers: NOTHING_PRESENT, flags: NOT_PRESENT, producer: undefined };

export class RegionState {
  readonly #code: CodeWriter;
  /** Registers and flags are loaded where they are first used, and stored where ways come together or leave. */
  readonly isLazy: boolean;
  readonly registers: RegisterLocals;
  readonly flags: FlagLocals;
  readonly products: ReciprocalProducts;
  /** Undefined in a region that leaves the x87 to the interpreter. */
  readonly x87: X87Locals | undefined;
  /** RIP of the first byte of the page that the region is explored from: where its offsets begin. */
  readonly ripBase: Local<'i64'>;
  readonly countdown: Local<'i32'>;
  /** Not 0 where a vector register that the region takes to have zeros beside its low lane has something else; undefined: it takes none. */
  readonly filledRests: Value<'i32'> | undefined;

  /**
   * @param stackEffect how far instructions move the top of the x87 stack; undefined when the region leaves the x87 to the interpreter
   * @param zeroRestsNow as in zero-rests.ts
   * @param registersNow what general registers hold while the region is made
   */
  constructor(
    code: CodeWriter,
    { blocks }: RegionGraph,
    plan: RegionPlan,
    stackEffect: StackEffect | undefined,
    zeroRestsNow: number,
    isLazy: boolean,
    registersNow: () => readonly bigint[],
  ) {
    this.#code = code;
    // What a loop's guard looks at is in locals ahead of the loop.
    this.isLazy = isLazy && plan.loops.versions.length === 0;
    const instructions = blocks.flatMap((block) => block.instructions);
    const kinds = vectorKinds(instructions);
    const clear = zeroRests(instructions, kinds, zeroRestsNow);
    const depths = stackEffect && planX87(plan.loops.blocks, plan.successors, plan.entries, stackEffect);
    this.registers = new RegisterLocals(code, kinds, clear, this.isLazy);
    this.x87 = depths && new X87Locals(code, depths);
    this.flags = new FlagLocals(code, this.isLazy);
    this.products = new ReciprocalProducts(code, this.registers, instructions, registersNow);
    this.ripBase = code.local('i64');
    this.countdown = code.local('i32');
    this.filledRests = clear === 0 ? undefined : anyRest(clear, kinds);
  }

  /** What an atom of a sum stands for (address-sums.ts). */
  atom(atom: number): Value<'i64'> {
    return atom === RIP_ATOM ? this.ripBase : this.registers.read(atom);
  }

  /** What memory has yet to get is stored, on a way out. */
  storeDue(): void {
    this.registers.storeDue();
    this.flags.storeDue();
  }

  /** The same, for all code behind this. */
  catchUp(): void {
    this.registers.catchUp();
    this.flags.catchUp();
  }

  get presence(): StatePresence {
    return { registers: this.registers.presence, flags: this.flags.presence, producer: this.flags.knowledge };
  }
  set presence({ registers, flags, producer }: StatePresence) {
    this.registers.presence = registers;
    this.flags.knowledge = producer;
    this.flags.presence = flags;
  }

  /** So many instructions have been executed. */
  charge(instructions: Value<'i32'>): void {
    this.#code.set(this.countdown, sub(this.countdown, instructions));
  }

  /**
   * Entry, by a head record.
   * @param otherwise leaves where the x87's state is not what the region's code takes it for
   */
  load(head: Value<'i32'>, otherwise: () => void): void {
    const code = this.#code;
    this.x87?.load(code, load('i32.load16_u', head, REGION_HEAD.number), otherwise);
    this.registers.load(code);
    this.flags.load(code);
    code.set(this.countdown, load('i32.load', i32(0), CPU_STATE.countdown));
    code.set(this.ripBase, regionBase(head));
  }

  /** Exit: all but RIP. */
  store(): void {
    const code = this.#code;
    this.registers.store(code);
    this.x87?.store(code, this.ripBase);
    this.flags.store();
    code.store('i32.store', i32(0), this.countdown, CPU_STATE.countdown);
  }
}

/** The RIP that the region's offsets begin at: the head that it is entered by knows its own. */
export const regionBase = (head: Value<'i32'>): Value<'i64'> =>
  sub(load('i64.load', i32(0), FRAME.rip), load('i64.load32_s', head, REGION_HEAD.offset));
