// What runs ahead of a loop's version without checks: one look at each range of addresses (loop-addresses.ts), which says for how many
// rounds it is good. That becomes a bound on the countdown, which the loop looks at anyway.
//
//   window      start ······· distance ▓▓▓▓▓▓ accesses ▓▓▓▓▓▓ ··············· room ·············· end
//   a round goes up by `up`, and takes `shortest` instructions at least
//      ─▶ countdown of at most (room − up × rounds written) × shortest / up, here with shortest / up rounded down to a power of two
//
// The rest of the countdown is held back, and given out again when the loop comes back to its guard, or whoever else finds none left.
// A range may not lie in one window, or too little of it: then the other version runs.

import type { ExtentWindows } from '../mmu/extent-windows.ts';
import {
  NEAR_SPAN,
  SITE_BASE,
  SITE_BYTES,
  SITE_MISSED,
  SITE_SLOT,
  WINDOW_DELTA,
  WINDOW_MINUS_START,
  WINDOW_NEAR_LIMIT,
} from '../state/cpu-state.ts';
import { add, divU, eqz, geU, gtS, ltS, mul, or, shrS, sub, toI32 } from '../wasm/arithmetic.ts';
import type { CodeWriter, Label } from '../wasm/code-writer.ts';
import { i32, i64, type Local, load, op, select, type Value } from '../wasm/expression.ts';
import type { Term } from './address-sums.ts';
import type { MovingRange } from './loop-addresses.ts';

export interface GuardedLoop {
  readonly ranges: readonly MovingRange[];
  /** For each range, what makes a linear address of the low half of a virtual one. */
  readonly deltas: readonly Local<'i32'>[];
  /** Rounds between two looks at the countdown. */
  readonly rounds: number;
  /** Instructions of a round, at least. */
  readonly shortest: number;
}

/** Writes the looks; `fail` is branched to where one of them says that not even one time round is sure. */
export function writeGuard(
  code: CodeWriter,
  windows: ExtentWindows,
  { ranges, deltas, rounds, shortest }: GuardedLoop,
  countdown: Local<'i32'>,
  heldBack: Local<'i32'>,
  atomValue: (atom: number) => Value<'i64'>,
  fail: Label,
): void {
  const most = code.let(op('i64.extend_i32_s', countdown));
  const bound = (value: Value<'i64'>): void => {
    const one = code.let(value);
    code.set(most, select(gtS(most, one), one, most));
  };
  for (const [index, { terms, from, to, up, down, by, writes }] of ranges.entries()) {
    const number = windows.allocateSite();
    if (writes) windows.noteWrites(number);
    const site = SITE_BASE + number * SITE_BYTES;
    const first = code.let(add(sumOfAtoms(terms, atomValue), i64(from)));
    const slot = code.let(load('i32.load', i32(0), site + SITE_SLOT));
    const distance = code.let(add(first, load('i64.load', slot, WINDOW_MINUS_START)));
    const limit = code.let(load('i64.load32_u', slot, WINDOW_NEAR_LIMIT));
    code.if(geU(distance, limit), () => {
      code.store('i64.store', i32(0), first, site + SITE_MISSED);
      code.branch(fail);
    });
    code.set(deltas[index]!, load('i32.load', slot, WINDOW_DELTA));
    const wider = Math.max(0, to - from - NEAR_SPAN);
    const room = sub(limit, add(distance, i64(wider + 1)));
    if (by.length > 0) {
      const step = code.let(add(sumOfAtoms(by, atomValue), i64(up - down)));
      const length = code.let(select(ltS(step, i64(0)), sub(i64(0), step), step));
      if (wider > 0) code.branchIf(fail, ltS(room, i64(0)));
      code.branchIf(fail, geU(length, i64(LONGEST_STEP)));
      const left = code.let(sub(select(ltS(step, i64(0)), distance, room), mul(length, i64(rounds))));
      code.branchIf(fail, ltS(left, i64(0)));
      const times = divU(toI32(left), or(toI32(length), eqz(toI32(length))));
      bound(mul(op('i64.extend_i32_u', times), i64(shortest)));
      continue;
    }
    if (up > 0 || wider > 0) bound(shrS(sub(room, i64(up * rounds)), i64(shiftFor(up, shortest))));
    if (down > 0) bound(shrS(sub(distance, i64(down * rounds)), i64(shiftFor(down, shortest))));
  }
  code.branchIf(fail, ltS(most, i64(0)));
  const granted = code.let(toI32(most));
  code.set(heldBack, sub(countdown, granted));
  code.set(countdown, granted);
}

/** Steps that are only known ahead of the loop are no longer than that. */
const LONGEST_STEP = 0x100_0000;

function sumOfAtoms(terms: readonly Term[], atomValue: (atom: number) => Value<'i64'>): Value<'i64'> {
  let sum: Value<'i64'> | undefined;
  for (const [atom, factor] of terms) {
    const term = factor === 1n ? atomValue(atom) : mul(atomValue(atom), i64(factor));
    sum = sum ? add(sum, term) : term;
  }
  return sum ?? i64(0);
}

/** The least shift that makes no more instructions of so many bytes than the rounds take that are sure. */
function shiftFor(step: number, shortest: number): number {
  let shift = 0;
  while (shortest * 2 ** shift < step) shift++;
  return shift;
}
