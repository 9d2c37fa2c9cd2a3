// Which regions become one: those between which control goes often.
//
//   way out of a region ──followed as often as making both anew is worth──▶ EXIT.busy ─▶ the region goes on through the other's entrance
//
// A region ends where another one begins, so that little is translated twice. Leaving one for another stores and loads all
// registers, about 25 ns; what is left thousands of times for each instruction on both sides has paid for their being made anew, together.

import type { TranslatedRegion } from './translated-region.ts';

/** How often a way out is followed, for each instruction on both sides, in parts of what makes a block hot: 25 ns against 60 µs. */
const FOLLOWED_FOR_INSTRUCTION = 1 / 4;
/** Instructions on both sides that a way out is first looked at for. */
const FEWEST = 100;
/** Instructions of two regions that still become one. */
const MOST = 500;

/** A record that leads out of a region. */
export interface Landing {
  readonly region: TranslatedRegion;
  /** Where it leads, as an offset in the region. */
  readonly offset: number;
  /** Where a counted loop starts that was expected to be over elsewhere. */
  readonly loop: number | undefined;
  followed: number;
}

export class RegionJoins {
  readonly #forInstruction: number;
  /** By the physical address at which a region starts: other regions' entrances that it goes on through. */
  readonly #joined = new Map<number, Set<number>>();
  readonly #landings = new Map<number, Landing>();

  /** @param translateAfter how often a block is entered before it is translated; with 1, regions take in all there is anyway */
  constructor(translateAfter: number) {
    this.#forInstruction = translateAfter === 1 ? 0 : translateAfter * FOLLOWED_FOR_INSTRUCTION;
  }

  clear(): void {
    this.#joined.clear();
    this.#landings.clear();
  }

  /** How often a landing is followed until it is looked at; 0 for ever. */
  get patience(): number {
    return Math.floor(this.#forInstruction * FEWEST);
  }

  noteLanding(record: number, region: TranslatedRegion, offset: number, loop?: number): void {
    this.#landings.set(record, { region, offset, loop, followed: 0 });
  }

  landing(record: number): Landing | undefined {
    return this.#landings.get(record);
  }

  /** How much more often a landing, which has lost patience, is to be followed until it is looked at again; 0: that was enough. */
  missing(landing: Landing, other: TranslatedRegion | undefined): number {
    if (other === undefined || other === landing.region) return this.patience;
    const instructions = landing.region.instructions + other.instructions;
    const before = Math.max(landing.followed, this.patience);
    landing.followed = Math.max(before, Math.ceil(this.#forInstruction * instructions));
    return landing.followed - before;
  }

  /** From here on a region goes on through an entrance of another; whether that is new, and small enough. */
  join(region: TranslatedRegion, other: TranslatedRegion, entrance: number): boolean {
    if (region.instructions + other.instructions > MOST) return false;
    const start = region.entrances[0]!.physical;
    const joined = this.#joined.get(start) ?? new Set();
    // It did not fit when it was tried.
    if (joined.has(entrance)) return false;
    this.#joined.set(start, joined.add(entrance));
    for (const one of this.joined(other.entrances[0]!.physical)) joined.add(one);
    return true;
  }

  /** Other regions' entrances that the region which starts at a physical address goes on through. */
  joined(start: number): Iterable<number> {
    return this.#joined.get(start) ?? [];
  }

  isJoined(start: number, entrance: number): boolean {
    return this.#joined.get(start)?.has(entrance) === true;
  }
}
