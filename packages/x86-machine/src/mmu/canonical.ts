// Canonical addresses: bits 48 to 63 repeat bit 47 (SDM Vol. 1 §3.3.7.1).

import { add, ne, or, shl, shrS } from '../wasm/arithmetic.ts';
import { i64, type Value } from '../wasm/expression.ts';

/** An indirect branch to such an address faults at the branch (AMD APM Vol. 3 JMP; SDM Vol. 2 JMP), an access where it is made. */
export const isNotCanonical = (address: Value<'i64'>): Value<'i32'> =>
  ne(shrS(shl(address, i64(16)), i64(16)), address);

/**
 * Whether an effective address, which a segment base is still to be added to, is not canonical, or its last byte's is not: processors
 * check that besides the linear address. What FS or GS is not in front of, and what is cut to 32 bits, needs no look.
 * @param size bits accessed; 0 or undefined where the operand does not tell
 */
export function leavesCanonical(effective: Value<'i64'>, size: number | undefined): Value<'i32'> {
  if (!size || size <= 8) return isNotCanonical(effective);
  return or(isNotCanonical(effective), isNotCanonical(add(effective, i64(size / 8 - 1))));
}
