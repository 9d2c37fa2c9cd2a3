// Where a differential case lives: the same virtual addresses, contents and permissions natively and on the machine.
//
//   CODE       two pages, execute only in spirit (r-x), filled with breakpoints; what follows is unmapped
//   DATA_LOW   two writable pages, then a read-only one, then nothing: one place where straddles change permission
//   DATA_HIGH  two writable pages above 4 GiB, so that a truncated address is noticed; unmapped on both sides

export const PAGE_BYTES = 4096;
export const READ = 1;
export const WRITE = 2;
export const EXECUTE = 4;

export interface Region {
  readonly name: string;
  readonly address: bigint;
  readonly bytes: number;
  readonly protection: number;
  /** Where its contents lie in the image. */
  readonly imageOffset: number;
}

export const CODE_ADDRESS = 0x1000_0000n;
export const DATA_LOW_ADDRESS = 0x2000_0000n;
export const READ_ONLY_ADDRESS = DATA_LOW_ADDRESS + 2n * BigInt(PAGE_BYTES);
export const DATA_HIGH_ADDRESS = 0x1234_5678_0000n;

const layout: readonly (readonly [name: string, address: bigint, pages: number, protection: number])[] = [
  ['code', CODE_ADDRESS, 2, READ | EXECUTE],
  ['data low', DATA_LOW_ADDRESS, 2, READ | WRITE],
  ['read only', READ_ONLY_ADDRESS, 1, READ],
  ['data high', DATA_HIGH_ADDRESS, 2, READ | WRITE],
];

export const REGIONS: readonly Region[] = layout.map(([name, address, pages, protection], index) => ({
  name,
  address,
  bytes: pages * PAGE_BYTES,
  protection,
  imageOffset: layout.slice(0, index).reduce((sum, [, , before]) => sum + before * PAGE_BYTES, 0),
}));

export const IMAGE_BYTES: number = REGIONS.reduce((sum, region) => sum + region.bytes, 0);

/** The offset in the image of a virtual address, or -1 when nothing is mapped there. */
export function imageOffsetOf(address: bigint): number {
  for (const region of REGIONS) {
    const delta = address - region.address;
    if (delta >= 0n && delta < BigInt(region.bytes)) return region.imageOffset + Number(delta);
  }
  return -1;
}

/** What every case starts from: breakpoints in the code, bytes that differ everywhere in the data. */
export function pristineImage(): Uint8Array {
  const image = new Uint8Array(IMAGE_BYTES);
  let state = 0x2545f491;
  for (let at = 0; at < IMAGE_BYTES; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    image[at] = state >>> 24;
  }
  return image.fill(0xcc, 0, REGIONS[0]!.bytes);
}
