// The vDSO's own page, behind its code: how far the wall clock is ahead of the time-stamp counter, in nanoseconds, 0 while nobody has
// asked for it. The program may read it; it is written when a call has brought the wall clock's time.

import type { GuestMemory } from '../guest-memory.ts';
import { PAGE, PROT } from '../linux/memory-flags.ts';
import type { AddressSpace } from '../memory/address-space.ts';
import { WALL_OFFSET_AT } from './vdso-image.ts';

export const VDSO_BASE = 0x7fff_f800_0000;
const ADDRESS = VDSO_BASE + WALL_OFFSET_AT;
const NAME = '[vvar]';

/** Maps the page; 0 or minus an error number. */
export function mapWallOffset(space: AddressSpace): number {
  return space.mapAnonymous(ADDRESS, PAGE, PROT.READ, false, NAME);
}

/** The wall clock is known from now on. Nothing happens where the page is not. */
export function tellWallOffset(space: AddressSpace, memory: GuestMemory, nanoseconds: bigint): void {
  // A program may have put something else there.
  const area = space.map.at(ADDRESS);
  if (area?.name !== NAME || area.protection !== PROT.READ) return;
  const protect = (protection: number): boolean =>
    memory.foreign.protect(BigInt(ADDRESS), BigInt(PAGE), protection) === undefined;
  if (!protect(PROT.READ | PROT.WRITE)) return;
  memory.putUint64(ADDRESS, nanoseconds);
  protect(PROT.READ);
}
