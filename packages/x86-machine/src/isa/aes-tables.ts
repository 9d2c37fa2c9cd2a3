// Look-up tables of the AES in linear memory: what a byte of the state adds to its column in one round (FIPS 197 §5).
//
//   ENCRYPTION[x], 4 bytes    2·S(x)  S(x)  S(x)  3·S(x)          SubBytes, then the first column of MixColumns' matrix
//   DECRYPTION[x], 4 bytes    14·I(x) 9·I(x) 13·I(x) 11·I(x)      the same of the inverse cipher, I being the inverse of S
//   INVERSE[x], 1 byte        I(x)
//
// The other columns are the first one rotated. S(x) is byte 1 of its entry.

import { AES_TABLES } from '../state/cpu-state.ts';

export const ENCRYPTION: number = AES_TABLES;
export const SUBSTITUTION: number = ENCRYPTION + 1;
export const DECRYPTION: number = ENCRYPTION + 1024;
export const INVERSE: number = DECRYPTION + 1024;

/** Twice an element of GF(2^8) (FIPS 197 §4.2.1). */
const doubled = (x: number): number => ((x << 1) & 0xff) ^ (x & 0x80 ? 0x1b : 0);

function times(x: number, y: number): number {
  let product = 0;
  for (let left = x, right = y; right > 0; left = doubled(left), right >>= 1) if (right & 1) product ^= left;
  return product;
}

const rotate = (x: number, by: number): number => ((x << by) | (x >> (8 - by))) & 0xff;

/** The S-box (FIPS 197 §5.1.1): the inverse of the byte, which 3's powers tell, under an affine map. */
function substitutionBox(): Uint8Array {
  const powers: number[] = [];
  for (let value = 1; powers.length < 255; value ^= doubled(value)) powers.push(value);
  const box = new Uint8Array(256).fill(0x63);
  powers.forEach((value, exponent) => {
    const x = powers[(255 - exponent) % 255]!;
    box[value] = 0x63 ^ x ^ rotate(x, 1) ^ rotate(x, 2) ^ rotate(x, 3) ^ rotate(x, 4);
  });
  return box;
}

/** Fills the tables in linear memory; nothing writes to them after that. */
export function writeAesTables(memory: DataView): void {
  const column = (base: number, x: number, factors: readonly number[], value: number): void =>
    factors.forEach((factor, row) => {
      memory.setUint8(base + 4 * x + row, times(value, factor));
    });
  substitutionBox().forEach((value, x) => {
    column(ENCRYPTION, x, [2, 1, 1, 3], value);
    column(DECRYPTION, value, [14, 9, 13, 11], x);
    memory.setUint8(INVERSE + value, x);
  });
}
