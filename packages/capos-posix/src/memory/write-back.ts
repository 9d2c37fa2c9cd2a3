// Write-back: what a program stored in a shared mapping of a file reaches the file.

import type { GuestMemory } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { PROT } from '../linux/memory-flags.ts';
import { type Blocking, settle } from '../waiting.ts';
import type { Area } from './area-map.ts';

/** What is written at once. */
const CHUNK = 61_440;

/** Whether stores to the area must reach a file. */
export function isWrittenBack(area: Area): boolean {
  const { backing } = area;
  return (
    backing?.shared === true && area.onDemand !== true && (area.protection & PROT.WRITE) !== 0 && backing.file.writable
  );
}

/** Writes a shared mapping's bytes to its file, not beyond the file's end. */
export function* writeBack(memory: GuestMemory, area: Area): Blocking<number> {
  const { backing } = area;
  if (backing === undefined || !isWrittenBack(area)) return 0;
  const status = yield* settle(backing.file.status());
  if (typeof status === 'number') return status;
  const length = Math.min(area.end - area.start, status.size - backing.offset);
  for (let done = 0; done < length; done += CHUNK) {
    const bytes = memory.bytes(area.start + done, Math.min(CHUNK, length - done));
    if (bytes === undefined) return -ERRNO.EFAULT;
    const wrote = yield* settle(backing.file.backend.write(backing.offset + done, bytes, false));
    if (typeof wrote === 'number') return wrote;
    backing.file.cached?.changed();
  }
  return 0;
}
