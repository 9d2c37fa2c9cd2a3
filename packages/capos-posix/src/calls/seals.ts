// Seals of memory files, F_ADD_SEALS and F_GET_SEALS (fcntl(2), "File Sealing").

import type { Call } from '../call.ts';
import { MemoryFile, SEAL } from '../files/memory-file.ts';
import type { OpenFile } from '../files/open-file.ts';
import { RegularFile } from '../files/regular-file.ts';
import { ERRNO } from '../linux/errno.ts';

const { EBUSY, EINVAL, EPERM } = ERRNO;
const ALL = SEAL.SEAL | SEAL.SHRINK | SEAL.GROW | SEAL.WRITE | SEAL.FUTURE_WRITE | SEAL.EXEC;

function memoryOf(file: OpenFile): MemoryFile | undefined {
  return file instanceof RegularFile && file.backend instanceof MemoryFile ? file.backend : undefined;
}

/** Whether some mapping of the domain could still change it. */
function isMappedWritable({ process }: Call, { shared }: MemoryFile): boolean {
  const pieces = new Set(shared.pieces.map(({ id }) => id));
  return [...process.domain.processes.values()].some(({ space }) =>
    space.map.areas.some(({ pages }) => pages !== undefined && pages.readOnly !== true && pieces.has(pages.id)),
  );
}

export function getSeals(file: OpenFile): number {
  return memoryOf(file)?.seals ?? -EINVAL;
}

export function addSeals(call: Call, file: OpenFile, seals: number): number {
  const memory = memoryOf(file);
  if (!file.writable) return -EPERM;
  if ((seals & ~ALL) !== 0 || memory === undefined) return -EINVAL;
  if ((memory.seals & SEAL.SEAL) !== 0) return -EPERM;
  if ((seals & SEAL.WRITE) !== 0 && (memory.seals & SEAL.WRITE) === 0 && isMappedWritable(call, memory)) return -EBUSY;
  // A program that nobody may make executable is not to be changed under those who may execute it.
  const executable = (seals & SEAL.EXEC) !== 0 && (memory.status().mode & 0o111) !== 0;
  memory.seals |= executable ? seals | SEAL.SHRINK | SEAL.GROW | SEAL.WRITE | SEAL.FUTURE_WRITE : seals;
  return 0;
}
