// GF(2^8) of the AES (FIPS 197 §4.2) as pairs of nibbles: bytes are inverted by look-ups of 16 entries.
//
// An element is k + i·w with k and i of GF(2^4) and w² + a·w + a = 0, so its norm is N = k² + a·i·k + a·i². With j = i + k
//
//   io = 1/(1/i + a/k) + j = N/(k + a·i)        jo = 1/(1/j + a/k) + i = N/(k + a·j)
//
// and the inverse, (k + a·i + i·w)/N, is a sum of multiples of 1/io and 1/jo: (Mike Hamburg, "Accelerating AES with Vector
// Permute Instructions", CHES 2009, §4). 1/0 is INFINITE, which stays past 15 when a nibble is added, so that its inverse, what a
// swizzle finds there, is 0; two of them add up to 0. That makes the inverse of each element right, 0 of 0 included.

/** What a nibble's inverse is that has none. */
const INFINITE = 0x80;

/** 3 generates the field: its powers, and whose power each element is. */
const power = new Uint8Array(255);
const logarithm = new Uint8Array(256);
for (let exponent = 0, value = 1; exponent < 255; exponent++) {
  power[exponent] = value;
  logarithm[value] = exponent;
  value ^= ((value << 1) & 0xff) ^ (value & 0x80 ? 0x1b : 0);
}
const raised = (x: number, exponent: number): number => power[(logarithm[x]! * exponent) % 255]!;
const times = (x: number, y: number): number =>
  x === 0 || y === 0 ? 0 : power[(logarithm[x]! + logarithm[y]!) % 255]!;
/** 1/x, and 0 for 0. */
const inverseOf = (x: number): number => (x === 0 ? 0 : raised(x, 254));

/** The least element that has what is asked for. */
function least(property: (element: number) => boolean): number {
  for (let element = 2; ; element++) if (property(element)) return element;
}
/** GF(2^4) is what its root spans: nibble n is the sum of the powers whose bits n has. */
const root = least((x) => (raised(x, 4) ^ x) === 1);
const NIBBLES = Array.from({ length: 16 }, (_, nibble) =>
  [0, 1, 2, 3].reduce((sum, bit) => (nibble & (1 << bit) ? sum ^ raised(root, bit) : sum), 0),
);
/** w is outside of it, and its trace w + w^16 and norm w·w^16 are one number, a. */
const w = least((x) => raised(x, 16) !== x && (x ^ raised(x, 16)) === raised(x, 17));
const a = raised(w, 17);

/** Byte k | i << 4 of what k + i·w is. */
const towerOf = new Uint8Array(256);
NIBBLES.forEach((upper, i) => {
  NIBBLES.forEach((lower, k) => {
    towerOf[lower ^ times(upper, w)] = k | (i << 4);
  });
});

/** A look-up by nibble: of numbers below 16, or of bytes. */
export type NibbleTable = readonly number[];
const table = (entry: (nibble: number) => number): NibbleTable => Array.from({ length: 16 }, (_, n) => entry(n));
const quotients = (dividend: number): NibbleTable =>
  table((nibble) => (nibble === 0 ? INFINITE : towerOf[times(dividend, inverseOf(NIBBLES[nibble]!))]!));

/** 1/n. */
export const INVERSES: NibbleTable = quotients(1);
/** a/n. */
export const QUOTIENTS: NibbleTable = quotients(a);

/** The two tables, by lower and upper nibble of a byte, whose sum is k | i << 4 of what an affine map makes of the byte. */
export const towerTables = (affine: (byte: number) => number): readonly [NibbleTable, NibbleTable] => [
  table((lower) => towerOf[affine(lower)]!),
  table((upper) => towerOf[affine(upper << 4) ^ affine(0)]!),
];

/** The two tables, by io and jo, whose sum is what a linear map makes of the inverse. */
export const inverseTables = (linear: (byte: number) => number): readonly [NibbleTable, NibbleTable] => {
  const perA = inverseOf(a);
  // i/N = (1/io + k/N)/a and k/N = (1/io + 1/jo)/a.
  const ofJo = times(w, times(perA, perA));
  const ofIo = 1 ^ times(w, perA) ^ ofJo;
  return [
    table((io) => linear(times(ofIo, inverseOf(NIBBLES[io]!)))),
    table((jo) => linear(times(ofJo, inverseOf(NIBBLES[jo]!)))),
  ];
};
