// Random bytes that a seed decides: for runs that are to be repeated, never for secrets.
//
// The generator is sfc32 (Chris Doty-Humphrey's PractRand, "Small Fast Counter"), 128 bits of state, of which the seed sets 64.

import type { Entropy } from '../machine.ts';

const ROUNDS_TO_MIX = 16;

export function seededEntropy(seed: bigint): Entropy {
  let [a, b, c, counter] = [
    Number(seed & 0xffff_ffffn) | 0,
    Number((seed >> 32n) & 0xffff_ffffn) | 0,
    0x63_61_70_4f,
    1,
  ];
  const next = (): number => {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return result;
  };
  for (let round = 0; round < ROUNDS_TO_MIX; round++) next();
  let word = 0;
  let left = 0;
  return {
    // Byte by byte: what a caller gets does not depend on how others cut their requests up.
    fill(bytes) {
      for (let i = 0; i < bytes.length; i++) {
        if (left === 0) {
          word = next();
          left = 4;
        }
        bytes[i] = word;
        word >>>= 8;
        left--;
      }
    },
  };
}
