// Values where processors differ from guesses: integers around powers of two, and floats of every class and rounding corner.
import type { RandomSource } from './random-source.ts';

const INTEGER_EDGES: readonly bigint[] = [
  ...[0n, 1n, 2n, 3n, 7n, 8n, 15n, 16n, 31n, 32n, 33n, 63n, 64n, 65n, 100n],
  ...[0x7fn, 0x80n, 0xffn, 0x100n, 0x7fffn, 0x8000n, 0xffffn, 0x1_0000n],
  ...[0x7fff_ffffn, 0x8000_0000n, 0xffff_ffffn, 0x1_0000_0000n],
  ...[0x7fff_ffff_ffff_ffffn, 0x8000_0000_0000_0000n, 0xffff_ffff_ffff_ffffn, 0xffff_ffff_ffff_fffen],
  ...[0x5555_5555_5555_5555n, 0xaaaa_aaaa_aaaa_aaaan, 0x0123_4567_89ab_cdefn, 0xffff_ffff_8000_0000n],
];

const BINARY64_EDGES: readonly bigint[] = [
  ...[0n, 1n, 2n, 0x000f_ffff_ffff_ffffn, 0x0010_0000_0000_0000n, 0x0010_0000_0000_0001n],
  ...[0x3fe0_0000_0000_0000n, 0x3fdf_ffff_ffff_ffffn, 0x3ff0_0000_0000_0000n, 0x3ff0_0000_0000_0001n],
  ...[0x3ff8_0000_0000_0000n, 0x4000_0000_0000_0000n, 0x4008_0000_0000_0000n, 0x4004_0000_0000_0000n],
  ...[0x41df_ffff_ffc0_0000n, 0x41e0_0000_0000_0000n, 0x43df_ffff_ffff_ffffn, 0x43e0_0000_0000_0000n],
  ...[0x4320_0000_0000_0001n, 0x4330_0000_0000_0001n, 0x7fef_ffff_ffff_ffffn, 0x7ff0_0000_0000_0000n],
  ...[0x7ff0_0000_0000_0001n, 0x7ff4_0000_1234_5678n, 0x7ff8_0000_0000_0000n, 0x7ff8_1234_5678_9abcn],
  // Products and quotients of these are rounded up to the least normal number.
  ...[0x001f_ffff_ffff_ffffn, 0x3fef_ffff_ffff_ffffn],
];

const BINARY32_EDGES: readonly bigint[] = [
  ...[0n, 1n, 2n, 0x7f_ffffn, 0x80_0000n, 0x80_0001n, 0x3f00_0000n, 0x3eff_ffffn, 0x3f80_0000n, 0x3f80_0001n],
  ...[0x3fc0_0000n, 0x4000_0000n, 0x4020_0000n, 0x4040_0000n, 0x4eff_ffffn, 0x4f00_0000n, 0x5eff_ffffn, 0x5f00_0000n],
  ...[0x4a80_0001n, 0x4b00_0001n, 0x7f7f_ffffn, 0x7f80_0000n, 0x7f80_0001n, 0x7fa0_1234n, 0x7fc0_0000n, 0x7fc1_2345n],
  ...[0x00ff_ffffn, 0x3f7f_ffffn],
];

/** Sign and exponent, significand: every class, with unnormals and pseudo-denormals. */
const EXTENDED_EDGES: readonly (readonly [number, bigint])[] = [
  [0, 0n],
  [0, 1n],
  [0, 0x7fff_ffff_ffff_ffffn],
  [0, 0x8000_0000_0000_0000n],
  [1, 0x8000_0000_0000_0000n],
  [1, 0x7fff_ffff_ffff_ffffn],
  [0x3fff, 0x8000_0000_0000_0000n],
  [0x3fff, 0x8000_0000_0000_0001n],
  [0x3fff, 0xffff_ffff_ffff_ffffn],
  [0x3ffe, 0x8000_0000_0000_0000n],
  [0x4000, 0x8000_0000_0000_0000n],
  [0x4000, 0xc90f_daa2_2168_c235n],
  [0x4000, 0xa000_0000_0000_0000n],
  [0x401e, 0xffff_ffff_0000_0000n],
  [0x403e, 0x8000_0000_0000_0000n],
  [0x403d, 0xffff_ffff_ffff_fffen],
  [0x400e, 0xffff_8000_0000_0000n],
  [0x3fff, 0x4000_0000_0000_0000n],
  [0x7ffe, 0xffff_ffff_ffff_ffffn],
  [0x7fff, 0x8000_0000_0000_0000n],
  [0x7fff, 0x0000_0000_0000_0000n],
  [0x7fff, 0xc000_0000_0000_0000n],
  [0x7fff, 0xc000_1234_0000_0001n],
  [0x7fff, 0xa000_0000_0000_0000n],
  [0x7fff, 0x8000_0000_0000_0001n],
];

export function integerValue(random: RandomSource): bigint {
  const kind = random.below(8);
  if (kind < 4) return random.pick(INTEGER_EDGES);
  if (kind === 4) return BigInt.asUintN(64, random.pick(INTEGER_EDGES) + BigInt(random.below(5) - 2));
  if (kind === 5) return random.bits64() >> BigInt(random.below(64));
  return random.bits64();
}

function floatValue(random: RandomSource, edges: readonly bigint[], width: 32 | 64): bigint {
  const fraction = width === 32 ? 23 : 52;
  const bias = width === 32 ? 127 : 1023;
  const mantissa = random.bits64() & ((1n << BigInt(fraction)) - 1n);
  const kind = random.below(10);
  let value: bigint;
  if (kind < 4) value = random.pick(edges);
  else if (kind === 4) value = random.bits64();
  else if (kind === 5) value = (BigInt(random.below(60)) << BigInt(fraction)) | mantissa;
  else if (kind === 6) value = (BigInt(bias * 2 - random.below(60)) << BigInt(fraction)) | mantissa;
  else value = (BigInt(bias + random.below(40) - 20) << BigInt(fraction)) | mantissa;
  if (random.chance(1, 2)) value ^= 1n << BigInt(width - 1);
  return BigInt.asUintN(width, value);
}

export const binary64Value = (random: RandomSource): bigint => floatValue(random, BINARY64_EDGES, 64);
export const binary32Value = (random: RandomSource): bigint => floatValue(random, BINARY32_EDGES, 32);

export function extendedValue(random: RandomSource): readonly [signExponent: number, significand: bigint] {
  const kind = random.below(10);
  const sign = random.below(2) << 15;
  const normal = random.bits64() | (1n << 63n);
  if (kind < 4) {
    const [exponent, significand] = random.pick(EXTENDED_EDGES);
    return [exponent | sign, significand];
  }
  if (kind === 4) return [sign | random.below(70), normal];
  if (kind === 5) return [sign | (0x7ffe - random.below(70)), normal];
  if (kind === 6) return [sign | (0x3fff + random.below(64)), normal & -(1n << BigInt(random.below(63)))];
  if (kind === 7) return [sign | random.below(0x8000), normal];
  return [sign | (0x3fff + random.below(40) - 20), normal];
}

/** Sixteen bytes for a vector register: one kind of lane, so that arithmetic sees what it is for. */
export function vectorValue(random: RandomSource): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  const kind = random.below(4);
  for (let at = 0; at < 16; at += kind === 0 ? 4 : 8) {
    if (kind === 0) view.setUint32(at, Number(binary32Value(random)), true);
    else if (kind === 1) view.setBigUint64(at, binary64Value(random), true);
    else if (kind === 2) view.setBigUint64(at, integerValue(random), true);
    else view.setBigUint64(at, random.bits64(), true);
  }
  return bytes;
}
