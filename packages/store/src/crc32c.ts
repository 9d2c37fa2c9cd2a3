// CRC-32C (Castagnoli), the checksum of record headers: RFC 3720 appendix B.4 has its vectors.

const POLYNOMIAL = 0x82f63b78; // 0x1edc6f41 with its bits reversed

const table = new Uint32Array(256);
for (let byte = 0; byte < 256; byte++) {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
  table[byte] = value;
}

/** CRC-32C of `bytes[start, end)`, continuing from `seed` (the CRC of what came before; 0 to begin). */
export function crc32c(bytes: Uint8Array, start: number = 0, end: number = bytes.length, seed: number = 0): number {
  let value = ~seed;
  for (let i = start; i < end; i++) value = table[(value ^ bytes[i]!) & 0xff]! ^ (value >>> 8);
  return ~value >>> 0;
}
