// What runs ahead of a loop's version without checks: one look at each range of addresses (loop-addresses.ts), which says for how many
// rounds it is good. That becomes a floor of the countdown, with which the loop compares it anyway.
//
//   window      start ······· distance ▓▓▓▓▓▓ accesses ▓▓▓▓▓▓ ··············· room ·············· end
//
//   quick look      QUICK_SPAN bytes are within the window: as many rounds as they hold, a constant. Most loops are over before
//   thorough look   a round goes up by `up`, and takes `shortest` instructions at least
//                   ─▶ (room − up × rounds written) × shortest / up of them, here with shortest / up rounded down to a power of two
//
// Below its floor the loop takes the thorough look. A range may not lie in one window, or too little of it: then the other version runs.

import type { ExtentWindows } from '../mmu/extent-windows.ts';
import {
  NEAR_SPAN,
  QUICK_SPAN,
  WINDOW_DELTA,
  WINDOW_NEAR_LIMIT,
  WINDOW_QUICK_LIMIT,
  WINDOW_START,
} from '../state/cpu-state.ts';
import { add, divU, eq, eqz, geU, gtS, ltS, mul, or, shl, shrS, sub, toI32 } from '../wasm/arithmetic.ts';
import type { CodeWriter, Label } from '../wasm/code-writer.ts';
import { i32, i64, type Local, load, op, select, type Value } from '../wasm/expression.ts';
import type { Term } from './address-sums.ts';
import type { MovingRange } from './loop-addresses.ts';
import { noteMiss, windowOf } from './window-sites.ts';

export interface GuardedLoop {
  readonly ranges: readonly MovingRange[];
  /** For each range, the site that it is looked at by. */
  readonly sites: readonly number[];
  /** For each range, what makes a linear address of the low half of a virtual one. */
  readonly deltas: readonly Local<'i32'>[];
  /** Rounds between two looks at the countdown. */
  readonly rounds: number;
  /** Instructions of a round, at least. */
  readonly shortest: number;
  readonly countdown: Local<'i32'>;
  /** What the countdown must not be below for the next rounds to be vouched for. */
  readonly floor: Local<'i32'>;
  atomValue(atom: number): Value<'i64'>;
}

/** A floor that no countdown reaches: what had been vouched for is used up. */
export const USED_UP = 0x7fff_ffff;
/** The quick look vouches for that many times the rounds that are written, or is not worth its while. */
const FEWEST_TIMES = 2;
/** As many as if nothing moved. */
const MOST_TIMES = 0x1_0000;

/** A site for each range. */
export function guardSites(windows: ExtentWindows, ranges: readonly MovingRange[]): number[] {
  return ranges.map(({ writes }) => {
    const site = windows.allocateSite();
    if (writes) windows.noteWrites(site);
    return site;
  });
}

/** How many times the rounds that are written the quick look may vouch for; 0 where it can't for one of the ranges. */
function quickTimes({ ranges, rounds }: GuardedLoop): number {
  const times = ranges.map(({ from, to, up, down, by }) => {
    const room = QUICK_SPAN - (to - from);
    if (by.length > 0 || room < 0) return 0;
    return up + down === 0 ? MOST_TIMES : Math.floor(room / ((up + down) * rounds));
  });
  const least = Math.min(...times);
  return least < FEWEST_TIMES ? 0 : least;
}

/**
 * Writes the looks; `fail` is branched to where not even one time round is sure.
 * @param poll writes what looks at the countdown: the loop comes back here when there is nothing left of it, too
 */
export function writeGuard(code: CodeWriter, loop: GuardedLoop, poll: () => void, fail: Label): void {
  const times = quickTimes(loop);
  code.block((isVouchedFor) => {
    if (times > 0) {
      code.block((thorough) => {
        code.branchIf(thorough, eq(loop.floor, i32(USED_UP)));
        writeQuickLook(code, loop, times, thorough);
        code.branch(isVouchedFor);
      });
    }
    poll();
    writeThoroughLook(code, loop, fail);
  });
}

function writeQuickLook(code: CodeWriter, loop: GuardedLoop, times: number, fail: Label): void {
  const { ranges, sites, deltas, rounds, shortest, countdown, floor, atomValue } = loop;
  for (const [index, { terms, from, down }] of ranges.entries()) {
    const slot = code.let(windowOf(sites[index]!));
    const lowest = add(sumOfAtoms(terms, atomValue), i64(from - down * rounds * times));
    const distance = sub(lowest, load('i64.load', slot, WINDOW_START));
    code.branchIf(fail, geU(distance, load('i64.load32_u', slot, WINDOW_QUICK_LIMIT)));
    code.set(deltas[index]!, load('i32.load', slot, WINDOW_DELTA));
  }
  const without = code.let(sub(countdown, i32((times - 1) * rounds * shortest)));
  code.set(floor, select(ltS(without, i32(0)), i32(0), without));
}

/** The countdown is not below zero. */
function writeThoroughLook(code: CodeWriter, loop: GuardedLoop, fail: Label): void {
  const { ranges, sites, deltas, rounds, shortest, countdown, floor, atomValue } = loop;
  const most = code.let(op('i64.extend_i32_s', countdown));
  const bound = (value: Value<'i64'>): void => {
    const one = code.let(value);
    code.set(most, select(gtS(most, one), one, most));
  };
  for (const [index, { terms, from, to, up, down, by }] of ranges.entries()) {
    const site = sites[index]!;
    const first = code.let(add(sumOfAtoms(terms, atomValue), i64(from)));
    const slot = code.let(windowOf(site));
    const distance = code.let(sub(first, load('i64.load', slot, WINDOW_START)));
    const limit = code.let(load('i64.load', slot, WINDOW_NEAR_LIMIT));
    code.unlikely(geU(distance, limit), () => {
      noteMiss(code, site, first);
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
    if (up > 0 || wider > 0) bound(instructionsFor(sub(room, i64(up * rounds)), up, shortest));
    if (down > 0) bound(instructionsFor(sub(distance, i64(down * rounds)), down, shortest));
  }
  code.branchIf(fail, ltS(most, i64(0)));
  code.set(floor, sub(countdown, toI32(most)));
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

/** How many instructions surely take no more than so many bytes, where `shortest` of them take a step; less than none for less than no bytes. */
function instructionsFor(bytes: Value<'i64'>, step: number, shortest: number): Value<'i64'> {
  const perByte = Math.floor(Math.log2(shortest / Math.max(step, 1)));
  return perByte < 0 ? shrS(bytes, i64(-perByte)) : shl(bytes, i64(perByte));
}
