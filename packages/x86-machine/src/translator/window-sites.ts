// A place in translated code that checks addresses (mmu/extent-windows.ts): which window it looks at, and how it says that it was the wrong one.

import {
  CPU_STATE,
  MISS_ADDRESS,
  MISS_BYTES,
  MISS_SITE,
  MISSES_BASE,
  MOST_MISSES,
  SITE_BASE,
  SITE_BYTES,
} from '../state/cpu-state.ts';
import { add, ltU, mul } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { i32, load, type Value } from '../wasm/expression.ts';

/** Linear address of the slot of the site's window. */
export const windowOf = (site: number): Value<'i32'> => load('i32.load16_u', i32(0), SITE_BASE + site * SITE_BYTES);

/** An address was not in the site's window. Without a branch: what finds no room overwrites what was noted last. */
export function noteMiss(code: CodeWriter, site: number, address: Value<'i64'>): void {
  const miss = code.let(load('i32.load', i32(0), CPU_STATE.nextMiss));
  code.store('i64.store', miss, address, MISS_ADDRESS);
  code.store('i32.store', miss, i32(site), MISS_SITE);
  const hasRoom = ltU(miss, i32(LAST_MISS));
  code.store('i32.store', i32(0), add(miss, mul(hasRoom, i32(MISS_BYTES))), CPU_STATE.nextMiss);
}

const LAST_MISS = MISSES_BASE + (MOST_MISSES - 1) * MISS_BYTES;
