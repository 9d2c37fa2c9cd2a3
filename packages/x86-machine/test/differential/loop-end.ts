// The end of a loop around generated code, counting in memory: `sub dword [counter], 1 · jnz first`.
//
// Every flag is defined when the code starts again, and no register is taken for it.
import { DATA_LOW_ADDRESS, imageOffsetOf } from './memory-map.ts';
import type { Patch } from './processor-state.ts';

/** Away from what operands name. */
const COUNTER_ADDRESS = DATA_LOW_ADDRESS + 0x700n;

/** The instructions behind `bytes` of code that go back to its start. */
export function loopEnd(bytes: number): Uint8Array {
  const code = Uint8Array.of(0x83, 0x2c, 0x25, 0, 0, 0, 0, 1, 0x0f, 0x85, 0, 0, 0, 0);
  const view = new DataView(code.buffer);
  view.setUint32(3, Number(COUNTER_ADDRESS), true);
  view.setInt32(10, -(bytes + code.length), true);
  return code;
}

/** What memory must hold for the code to run `rounds` times. */
export const loopCounter = (rounds: number): Patch => ({
  imageOffset: imageOffsetOf(COUNTER_ADDRESS),
  bytes: Uint8Array.of(rounds, 0, 0, 0),
});
