// Which window each place of the code was found to check against: a region that is made anew names that window instead of looking up which
// one its site has. Where that proves wrong the TLB is asked, as where a site has the wrong window.

import type { ExtentWindows } from '../mmu/extent-windows.ts';
import { physicalOf, type RegionPages } from './region-pages.ts';

/** Beside the offsets of instructions: what the entry of a region looks at (region-stack.ts). */
export const FRAME = 'frame';

/** The same, of one region. */
export interface RegionSites {
  /** Linear address of the window that the access of an instruction, or the region's frame, is expected in; undefined where nothing is. */
  windowAt(place: number | typeof FRAME, writes: boolean): number | undefined;
  /** A site of an instruction, or of the frame, in a region that is being made. */
  note(place: number | typeof FRAME, site: number): void;
}

export class SiteHistory {
  readonly #windows: ExtentWindows;
  /** By physical address of the instruction, or −1 less that of the region whose frame it is: its sites in the region that was made last. */
  readonly #sites = new Map<number, number[]>();
  /** What was named once stays so: its site's window is that of the few accesses that were elsewhere. */
  readonly #named = new Map<number, number>();
  /** By the physical address where a region starts: its sites, as in `#sites`. */
  readonly #regions = new Map<number, ReadonlyMap<number, readonly number[]>>();

  constructor(windows: ExtentWindows) {
    this.#windows = windows;
  }

  clear(): void {
    this.#sites.clear();
    this.#named.clear();
    this.#regions.clear();
  }

  /** Whether the region that starts at a physical address, made anew, would name a window that it does not name yet: beside its frame's. */
  hasNews(start: number): boolean {
    for (const physical of this.#regions.get(start)?.keys() ?? []) {
      if (physical >= 0 && !this.#named.has(physical) && this.#found(physical) !== undefined) return true;
    }
    return false;
  }

  /** @param start the physical address where the region starts */
  of(start: number, pages: RegionPages): RegionSites {
    const own = new Map<number, number[]>();
    this.#regions.set(start, own);
    const keyOf = (place: number | typeof FRAME): number => (place === FRAME ? -1 - start : physicalOf(pages, place));
    return {
      windowAt: (place, writes) => {
        const physical = keyOf(place);
        const window = this.#named.get(physical) ?? this.#found(physical);
        if (window === undefined || !this.#windows.isUsable(window, writes)) return undefined;
        this.#named.set(physical, window);
        return window;
      },
      note: (place, site) => {
        const physical = keyOf(place);
        const sites = own.get(physical);
        if (sites) sites.push(site);
        else {
          own.set(physical, [site]);
          this.#sites.set(physical, own.get(physical)!);
        }
      },
    };
  }

  #found(physical: number): number | undefined {
    for (const site of this.#sites.get(physical) ?? []) {
      const window = this.#windows.windowOf(site);
      if (window !== undefined) return window;
    }
    return undefined;
  }
}
