// What a handler's body was seen to do while it was emitted: the facts that let a block leave out flags nobody reads, and
// let a branch look at operands instead of flags.

import type { KnownFlags } from '../flags/known-condition.ts';
import type { ConditionCode } from '../isa/condition.ts';
import { CONDITION_FLAGS } from '../isa/condition.ts';
import type { FlagName, FlagProducers } from '../isa/emitter.ts';

/** Flags as bits: c p a z s o. */
export const FLAG_BIT: Record<FlagName, number> = { cf: 1, pf: 2, af: 4, zf: 8, sf: 16, of: 32 };
export const ALL_FLAGS = 63;

const LETTER_BIT: Readonly<Record<string, number>> = { c: 1, p: 2, a: 4, z: 8, s: 16, o: 32 };

export const conditionFlags = (condition: ConditionCode): number =>
  [...CONDITION_FLAGS[condition]].reduce((bits, letter) => bits | LETTER_BIT[letter]!, 0);

export class HandlerEffects {
  /** It may fault, leave, or touch memory: flags must be complete before it. */
  leaves = false;
  /** It writes guest memory, perhaps its own block. */
  stores = false;
  flagsRead = 0;
  flagsWritten = 0;
  /** Of those written, the ones written whatever the operands are. */
  flagsSettled = 0;
  /** The last producer of flags. */
  known: KnownFlags | undefined;
}

/** Producers that note what they produce; with `discard` they produce nothing. */
export function observedProducers(
  inner: FlagProducers,
  effects: HandlerEffects,
  isConditional: () => boolean,
  discard: boolean,
): FlagProducers {
  const note = (bits: number, known?: KnownFlags): void => {
    effects.flagsWritten |= bits;
    if (!isConditional()) effects.flagsSettled |= bits;
    effects.known = isConditional() ? undefined : known;
  };
  return {
    add(size, a, b, result, carried) {
      note(ALL_FLAGS, carried ? undefined : { kind: 'add', size, a, b, result });
      if (!discard) inner.add(size, a, b, result, carried);
    },
    sub(size, a, b, result, carried) {
      note(ALL_FLAGS, carried ? undefined : { kind: 'sub', size, a, b, result });
      if (!discard) inner.sub(size, a, b, result, carried);
    },
    logic(size, result) {
      note(ALL_FLAGS, { kind: 'logic', size, a: undefined, b: undefined, result });
      if (!discard) inner.logic(size, result);
    },
    inc(size, result) {
      note(ALL_FLAGS & ~FLAG_BIT.cf, { kind: 'step', size, a: undefined, b: undefined, result });
      if (!discard) inner.inc(size, result);
    },
    dec(size, result) {
      note(ALL_FLAGS & ~FLAG_BIT.cf, { kind: 'step', size, a: undefined, b: undefined, result });
      if (!discard) inner.dec(size, result);
    },
    result(size, result, carries) {
      note(ALL_FLAGS);
      if (!discard) inner.result(size, result, carries);
    },
    product(size, signed, a, b, lower, overflow) {
      note(ALL_FLAGS);
      if (!discard) inner.product(size, signed, a, b, lower, overflow);
    },
    shift(kind, size, value, count, result) {
      note(ALL_FLAGS);
      if (!discard) inner.shift(kind, size, value, count, result);
    },
    set(flags) {
      note(Object.keys(flags).reduce((bits, name) => bits | FLAG_BIT[name as FlagName], 0));
      if (!discard) inner.set(flags);
    },
  };
}
