// Regions are made a second time when it has been seen where their accesses go (site-history.ts).
//
//   made ──as many instructions as say something──▶ due ──when nothing else waits──▶ made anew, as the same region
//                                                    └──what it would know is in it already──▶ as it is

import type { CodeCache } from '../interpreter/code-cache.ts';
import type { ExtentWindows } from '../mmu/extent-windows.ts';
import { SiteHistory } from './site-history.ts';
import type { Hot } from './translated-region.ts';

/**
 * How many instructions are executed for each entry that makes a block hot until a region's accesses have been seen: some tenths of a
 * second in all. Making a region anew costs 60 µs for each instruction of it, and gains a tenth of the time it runs from then on.
 */
const INSTRUCTIONS_AN_ENTRY = 20_000;
/** … and at least: by then sites have been looked after. */
const FEWEST_INSTRUCTIONS = 200_000;
/** A region is made anew for other reasons, too, and has new parts then. */
const MOST_TIMES = 2;
/** Nobody waits longer than that many times as long. */
const LONGEST = 4;
/** What part of a region's patience nobody is looked at for again who was not to be made anew just now. */
const RESPITE = 1 / 8;

interface Waiting extends Omit<Hot, 'head'> {
  readonly since: number;
}

export class RegionSettling {
  readonly sites: SiteHistory;
  readonly #codeCache: CodeCache;
  readonly #patience: number;
  readonly #most: number;
  // −0, for V8 to keep them as doubles from the start (docs/decisions/0029).
  #executed = -0;
  /** When somebody may be due. */
  #nextLook = Number.POSITIVE_INFINITY;
  /** By the physical address where the region starts. */
  readonly #waiting = new Map<number, Waiting>();
  readonly #times = new Map<number, number>();
  readonly #settling = new Set<number>();

  /** @param most how many are made anew at once */
  constructor(windows: ExtentWindows, codeCache: CodeCache, translateAfter: number, most: number) {
    this.#most = most;
    this.#codeCache = codeCache;
    this.sites = new SiteHistory(windows);
    this.#patience = Math.max(FEWEST_INSTRUCTIONS, translateAfter * INSTRUCTIONS_AN_ENTRY);
  }

  executed(instructions: number): void {
    this.#executed += instructions;
  }

  clear(): void {
    this.#nextLook = Number.POSITIVE_INFINITY;
    this.sites.clear();
    this.#waiting.clear();
    this.#times.clear();
    this.#settling.clear();
  }

  /** A region was made that starts at a physical address, which RIP was at. */
  made(physical: number, { codeTag, registers }: Hot, rip: bigint): void {
    this.#waiting.delete(physical);
    if ((this.#times.get(physical) ?? 0) >= MOST_TIMES) return;
    this.#waiting.set(physical, { rip, codeTag, registers, since: this.#executed });
    this.#nextLook = Math.min(this.#nextLook, this.#executed + this.#patience);
  }

  /** Whether a region is being made anew for that. */
  isSettling(physical: number): boolean {
    return this.#settling.has(physical);
  }

  /** Whether it is time to ask who is due: asking makes garbage. */
  get isDue(): boolean {
    return this.#executed >= this.#nextLook;
  }

  /** Those that have run for long enough, to be made anew now. */
  due(codeTag: number): Map<number, Hot> {
    const found = new Map<number, Hot>();
    this.#settling.clear();
    this.#nextLook = Number.POSITIVE_INFINITY;
    const lookAt = (executed: number): void => {
      this.#nextLook = Math.min(this.#nextLook, executed);
    };
    for (const [physical, { since, ...hot }] of this.#waiting) {
      const executed = this.#executed - since;
      if (executed < this.#patience || found.size === this.#most) {
        lookAt(since + this.#patience);
        break;
      }
      // Where it lies in another address space is not known; that one may be gone.
      if (hot.codeTag !== codeTag) {
        if (executed > this.#patience * LONGEST) this.#waiting.delete(physical);
        else lookAt(this.#executed + this.#patience * RESPITE);
        continue;
      }
      this.#waiting.delete(physical);
      const head = this.#codeCache.headAt(physical);
      if (head === 0 || !this.sites.hasNews(physical)) continue;
      this.#times.set(physical, (this.#times.get(physical) ?? 0) + 1);
      this.#settling.add(physical);
      found.set(physical, { ...hot, head });
    }
    return found;
  }
}
