// What the emitter of a region's instructions (region-emitter.ts) is given, and what it tells of them.

import type { Value } from '../wasm/expression.ts';
import type { GuestMemory } from './access-groups.ts';
import type { FlagLocals } from './flag-locals.ts';
import type { ReciprocalProducts } from './reciprocal-products.ts';
import type { RegisterLocals } from './register-locals.ts';
import type { X87Locals } from './x87-locals.ts';

/** Thrown while a body is being emitted: this instruction is the interpreter's. */
export class NotTranslatable extends Error {
  override readonly name = 'NotTranslatable';
}

/** How the body of one instruction ended. */
export type Ending =
  | { readonly kind: 'next' }
  | { readonly kind: 'jump' }
  | {
      readonly kind: 'indirect';
      readonly target: Value<'i64'>;
      /** What RSP was before, where the target has yet to be found canonical; undefined where it is. */
      readonly stackBefore?: Value<'i64'>;
    }
  | { readonly kind: 'branch'; readonly condition: Value<'i32'> };

export interface RegionContext {
  readonly registers: RegisterLocals;
  readonly flags: FlagLocals;
  readonly memory: GuestMemory;
  /** Undefined where nothing is to be run. */
  readonly products: ReciprocalProducts | undefined;
  /** The RIP that the region's offsets begin at. */
  readonly ripBase: Value<'i64'>;
  /** Leaves the region at the instruction being emitted, before any effect of it. */
  leaveHere(): void;
  /** Counts units of work of an instruction, beside the instruction itself, against the budget. */
  charge(units: Value<'i32'>): void;
  /** Whether what follows in the block is known to give a general register another value unlooked at. */
  isRenewed(register: number): boolean;
  /** What the region's entry vouches for of MXCSR; undefined when for nothing. */
  readonly floats: FloatMode | undefined;
  /** Undefined in a region that leaves the x87 to the interpreter. */
  readonly x87: X87Locals | undefined;
}

/** MXCSR as the region's entry finds it: "inexact" masked, rounding to nearest. */
export interface FloatMode {
  readonly inexactRecorded: boolean;
  /** Nobody looks at exceptions: "inexact" is recorded whatever comes, no other is. */
  readonly unobserved: boolean;
  /** Set once an instruction relied on it. */
  isUsed: boolean;
}
