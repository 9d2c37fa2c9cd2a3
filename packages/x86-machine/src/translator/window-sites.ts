// A place in translated code that checks addresses (mmu/extent-windows.ts): which window it looks at, and how it says that it was the wrong one.

import {
  MISS_ADDRESS,
  MISS_BYTES,
  MISS_SITE,
  MISSES_BASE,
  MOST_MISSES,
  SITE_BASE,
  SITE_BYTES,
} from '../state/cpu-state.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { i32, load, type Value } from '../wasm/expression.ts';

/** Linear address of the slot of the site's window. */
export const windowOf = (site: number): Value<'i32'> => load('i32.load16_u', i32(0), SITE_BASE + site * SITE_BYTES);

/** An address was not in the site's window: a place in the list that several sites have is the last one's. */
export function noteMiss(code: CodeWriter, site: number, address: Value<'i64'>): void {
  const miss = MISSES_BASE + (site % MOST_MISSES) * MISS_BYTES;
  code.store('i64.store', i32(0), address, miss + MISS_ADDRESS);
  code.store('i32.store', i32(0), i32(site), miss + MISS_SITE);
}
