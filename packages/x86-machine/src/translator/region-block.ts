// A block of a region: instructions up to a branch, a jump, a call, the end of its page, or an address that something else jumps to.

import type { Instruction } from '../decode/decoder.ts';

export interface RegionBlock {
  /** Offset of the first instruction. */
  readonly start: number;
  readonly instructions: readonly Instruction[];
  /** Offset behind the last instruction. */
  readonly end: number;
  /**
   * What the last instruction is to the region. `call` is a direct one; `indirect` a jump or call through a register or memory. `leave` is
   * not executed by the region.
   */
  readonly ending: 'next' | 'branch' | 'jump' | 'call' | 'return' | 'indirect' | 'leave';
  /** Where `branch`, `jump` and `call` go, as an offset; it may lie outside the region's pages. */
  readonly target: number;
}
