// Maps the vDSO into a program whose time-stamp counter counts its Timer's nanoseconds; without either it has none.
//
//   0x7ffff8000000 [vdso] code, one in all processes ▸ 0x7ffff8001000 [vvar] how far the wall clock is ahead of the counter

import { ERRNO } from '../linux/errno.ts';
import { PAGE, PROT } from '../linux/memory-flags.ts';
import type { PosixProcess } from '../posix-process.ts';
import { VDSO_IMAGE } from './vdso-image.ts';
import { mapWallOffset, tellWallOffset, VDSO_BASE } from './wall-offset.ts';

/** Where it is, for AT_SYSINFO_EHDR; 0 when there is none; or minus an error number. */
export function mapVdso({ space, memory, host, clocks }: PosixProcess): number {
  if (host.timeStampIsTimer !== true || !clocks.granted) return 0;
  try {
    memory.foreign.loadElf(VDSO_IMAGE, BigInt(VDSO_BASE), true);
  } catch {
    // Its pages could not be had.
    return -ERRNO.ENOMEM;
  }
  space.note(VDSO_BASE, VDSO_BASE + PAGE, PROT.READ | PROT.EXEC, '[vdso]');
  const failed = mapWallOffset(space);
  if (failed < 0) return failed;
  if (clocks.wallOffsetNs !== undefined) tellWallOffset(space, memory, clocks.wallOffsetNs);
  return VDSO_BASE;
}
