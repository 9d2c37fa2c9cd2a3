// Memory calls: mmap, munmap, mprotect, mremap, madvise, brk, msync, mincore.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { ZeroDevice } from '../files/devices.ts';
import { DirectoryFile } from '../files/directory-file.ts';
import { MemoryFile } from '../files/memory-file.ts';
import { RegularFile } from '../files/regular-file.ts';
import { ERRNO } from '../linux/errno.ts';
import { MADVISE, MAP, MREMAP, PAGE, PROT, pageCeil, USER_END } from '../linux/memory-flags.ts';
import { RLIMIT } from '../linux/thread-flags.ts';
import { type Area, type Backing, MAP_FLOOR } from '../memory/area-map.ts';
import { fillPages, fillPrivate, loadPage, loadRange, observed } from '../memory/on-demand-pages.ts';
import { SharedMemory } from '../memory/shared-memory.ts';
import { writeBack } from '../memory/write-back.ts';
import { has, PRIVILEGE } from '../process/privileges.ts';
import { type Blocking, type MaybeBlocking, settle } from '../waiting.ts';

const { EACCES, EEXIST, EINVAL, ENODEV, ENOMEM } = ERRNO;

/** Up to this, what may be written of a private mapping is taken to be a program's data. */
const DATA = 256 << 10;
/** What is mapped of a file beyond this is loaded as it is touched. */
const LARGE = 4 << 20;

/** Mappings of one process (/proc/sys/vm/max_map_count). */
const MOST_AREAS = 65_530;

function mmap(call: Call): MaybeBlocking<number> {
  const { space, limits } = call.process;
  const hint = call.word(0);
  const length = pageCeil(call.word(1));
  const protection = call.integer(2);
  const flags = call.integer(3);
  const type = flags & MAP.TYPE;
  const named = (flags & MAP.ANONYMOUS) === 0 ? call.file(4) : undefined;
  if (call.long(5) % PAGE !== 0) return -EINVAL;
  if (typeof named === 'number') return named;
  if (length === 0) return -EINVAL;
  if (length > USER_END) return -ENOMEM;
  if (type !== MAP.PRIVATE && type !== MAP.SHARED && type !== MAP.SHARED_VALIDATE) return -EINVAL;
  // Whoever says "validate" wants to be told of flags that are not known.
  if (type === MAP.SHARED_VALIDATE && named !== undefined && (flags & ~MAP.KNOWN) !== 0) return -ERRNO.EOPNOTSUPP;
  const fixed = (flags & (MAP.FIXED | MAP.FIXED_NOREPLACE)) !== 0;
  if (fixed && (hint % PAGE !== 0 || hint < MAP_FLOOR)) return hint % PAGE !== 0 ? -EINVAL : -ERRNO.EPERM;
  if (fixed && hint + length > USER_END) return -ENOMEM;
  if ((flags & MAP.FIXED_NOREPLACE) !== 0 && !space.map.isFree(hint, hint + length)) return -EEXIST;
  if (space.map.total + length > limits.soft(RLIMIT.AS) || space.map.areas.length >= MOST_AREAS) return -ENOMEM;
  const shared = type !== MAP.PRIVATE;
  if (named === undefined) {
    if ((flags & MAP.LOCKED) !== 0 && lockable(call, space.lockedBytes + length) < 0) return -ERRNO.EAGAIN;
    const start = fixed ? hint : choosePlace(call, hint, length, flags);
    if (start === undefined) return -ENOMEM;
    const map = (): number =>
      shared
        ? mapSharedAnonymous(call, start, length, protection)
        : space.mapAnonymous(start, length, protection, false);
    let failed = map();
    // What is cached can be read again; what the program asks for comes first.
    if (failed === -ENOMEM && call.process.domain.reclaimMemory()) failed = map();
    if (failed === 0 && (flags & MAP.LOCKED) !== 0) space.locked.add(start, start + length);
    return failed < 0 ? failed : start;
  }
  const offset = call.long(5);
  if (offset < 0 || offset % PAGE !== 0) return -EINVAL;
  const file = named;
  if (file instanceof DirectoryFile) return -ENODEV;
  if (!file.readable) return -EACCES;
  if (file instanceof ZeroDevice) {
    const start = fixed ? hint : choosePlace(call, hint, length, flags);
    if (start === undefined) return -ENOMEM;
    const failed = space.mapAnonymous(start, length, protection, shared);
    return failed < 0 ? failed : start;
  }
  if (!(file instanceof RegularFile)) return -ENODEV;
  if (shared && (protection & PROT.WRITE) !== 0 && !file.writable) return -EACCES;
  if (shared && file.backend instanceof MemoryFile) {
    if ((protection & PROT.WRITE) !== 0 && !file.backend.writable) return -ERRNO.EPERM;
    const start = fixed ? hint : choosePlace(call, hint, length, flags);
    if (start === undefined) return -ENOMEM;
    const failed = mapMemoryFile(call, file, file.backend, start, { length, protection, offset });
    return failed < 0 ? failed : start;
  }
  return mapFile(call, file, { hint, length, protection, flags, offset, fixed, shared });
}

/** Shared anonymous memory is a memory object of its own: fork leaves it shared. */
function mapSharedAnonymous(call: Call, start: number, length: number, protection: number): number {
  const { process, memory } = call;
  const shared = new SharedMemory(process.domain);
  const failed = shared.reserve(length, { caps: process.caps, memory: memory.foreign });
  if (failed < 0) return -ENOMEM;
  const [piece] = shared.pieces;
  const capId = piece && shared.capIdOf(piece, process.caps);
  const mapped =
    capId === undefined
      ? -ENOMEM
      : process.space.mapShared(start, length, protection, { capId, id: piece!.id, offset: 0 }, '/dev/zero (deleted)');
  // The mapping holds the pages from now on.
  shared.release();
  return mapped;
}

/** Maps a file whose bytes are shared memory; what lies beyond its end can't be touched until it grows. */
function mapMemoryFile(
  call: Call,
  file: RegularFile,
  backend: MemoryFile,
  start: number,
  { length, protection, offset }: { readonly length: number; readonly protection: number; readonly offset: number },
): number {
  const { space, caps, sharedMappings } = call.process;
  const backing: Backing = { file, offset, shared: true };
  const reserved = space.mapOnDemand(start, length, protection, backing, file.description);
  if (reserved < 0) return reserved;
  if (offset + length > backend.size) sharedMappings.keep(file);
  for (const { piece, from, length: part, at } of backend.shared.within(offset, length)) {
    const capId = backend.shared.capIdOf(piece, caps);
    if (capId === undefined) return -ENOMEM;
    const failed = space.mapShared(
      start + at,
      part,
      protection,
      { capId, id: piece.id, offset: from, readOnly: !file.writable || !backend.writable },
      file.description,
    );
    if (failed < 0) return failed;
  }
  return 0;
}

/** Where a mapping goes that need not go anywhere: the hint if it is free, else the highest gap. */
function choosePlace(call: Call, hint: number, length: number, flags: number): number | undefined {
  const { map } = call.process.space;
  const wanted = pageCeil(hint);
  if (wanted >= MAP_FLOOR && wanted + length <= USER_END && map.isFree(wanted, wanted + length)) return wanted;
  // MAP_32BIT means the first 2 GiB.
  return (flags & MAP.LOW_2GIB) !== 0 ? map.place(length, 0x8000_0000) : map.place(length);
}

interface FileMapping {
  readonly hint: number;
  readonly length: number;
  readonly protection: number;
  readonly flags: number;
  readonly offset: number;
  readonly fixed: boolean;
  readonly shared: boolean;
}

/**
 * A private mapping shows the cache's pages as they are when it is made, or has copies; a shared one shows them, and is written back by
 * msync, munmap, exit.
 */
function* mapFile(call: Call, file: RegularFile, wanted: FileMapping): Blocking<number> {
  const { space } = call.process;
  call.hold(file);
  const status = yield* settle(file.status());
  if (typeof status === 'number') return status;
  const { length, protection } = wanted;
  // Chosen and taken at once: nothing can be placed there while the file is read.
  const start = wanted.fixed ? wanted.hint : choosePlace(call, wanted.hint, length, wanted.flags);
  if (start === undefined) return -ENOMEM;
  const backing: Backing = { file, offset: wanted.offset, shared: wanted.shared };
  const available = Math.max(0, Math.min(length, status.size - wanted.offset));
  const present = pageCeil(available);
  const isLarge = present > LARGE && file.cached !== undefined;
  const there = isLarge ? 0 : present;
  if (there < length) {
    const failed = mapTail(call, backing, start, there, length, protection);
    if (failed < 0) return failed;
  }
  let mapped = 0;
  if (there > 0)
    mapped = wanted.shared
      ? yield* mapSharedFile(call, backing, start, there, protection)
      : yield* mapPrivateFile(call, backing, start, there, available, protection);
  else if (isLarge && protection !== PROT.NONE) mapped = yield* beginLoading(call, start, length, wanted.flags);
  if (mapped < 0) {
    space.unmap(start, length);
    return mapped;
  }
  // A shared mapping keeps its file open, and so does one that is not wholly there.
  if (wanted.shared || there < length) call.process.sharedMappings.keep(file);
  return start;
}

/** What of a mapping is loaded when it is touched: all of a large one, and what lies behind the end of a file that may grow. */
function mapTail(call: Call, backing: Backing, start: number, from: number, to: number, protection: number): number {
  const { space } = call.process;
  const { file, offset, shared } = backing;
  const place = start + from;
  return file.cached === undefined
    ? space.mapPastEnd(place, to - from, shared, file.description)
    : space.mapOnDemand(place, to - from, protection, { ...backing, offset: offset + from }, file.description);
}

/** Loads the beginning of a large mapping, and all of it where it is to be there or its server has to be waited for. */
function* beginLoading(call: Call, start: number, length: number, flags: number): Blocking<number> {
  const { pageOwner, space } = call.process;
  const isWanted = (flags & (MAP.POPULATE | MAP.LOCKED)) !== 0 || space.locked.isFuture;
  const { result, waited } = yield* observed(loadPage(pageOwner, start));
  if (result < 0) return result;
  return isWanted || waited ? yield* loadRange(pageOwner, start, start + length) : 0;
}

function* mapPrivateFile(
  call: Call,
  backing: Backing,
  start: number,
  length: number,
  available: number,
  protection: number,
): Blocking<number> {
  const { space } = call.process;
  const { file, offset } = backing;
  const failed = space.mapAnonymous(start, length, PROT.READ | PROT.WRITE, false, file.description, backing);
  if (failed < 0) return failed;
  const maker = { caps: call.process.caps, memory: call.memory.foreign };
  // The data of a program will be written, most of it: copied side by side it costs less than page by page.
  const isData = (protection & PROT.WRITE) !== 0 && available <= DATA;
  const fillWith = isData ? fillPages : fillPrivate;
  const filled = yield* fillWith(file, start, offset, available, maker);
  return filled < 0 ? filled : space.protect(start, length, protection);
}

/** All shared mappings of a file in a domain show the page cache. */
function* mapSharedFile(
  call: Call,
  backing: Backing,
  start: number,
  length: number,
  protection: number,
): Blocking<number> {
  const { space, caps } = call.process;
  const { file, offset } = backing;
  if (file.cached === undefined) return -ENODEV;
  const parts = yield* file.cached.mapped(file.backend, offset, length, (protection & PROT.WRITE) !== 0);
  if (typeof parts === 'number') return parts;
  for (const { at, length: part, piece, offset: from } of parts) {
    const capId = piece.capability.idIn(caps);
    if (capId === undefined) return -ENOMEM;
    const own: Backing = { ...backing, offset: offset + at };
    const object = { capId, id: piece.id, offset: from };
    const failed = space.mapShared(start + at, part, protection, object, file.description, own);
    if (failed < 0) return failed;
  }
  return 0;
}

function* munmap(call: Call): Blocking<number> {
  const start = call.word(0);
  const length = pageCeil(call.word(1));
  if (start % PAGE !== 0 || length === 0 || start + length > USER_END) return -EINVAL;
  const { space } = call.process;
  for (const area of space.map.overlapping(start, start + length)) yield* writeBack(call.memory, area);
  return space.unmap(start, length);
}

export function mprotect(call: Call): number {
  const start = call.word(0);
  const length = pageCeil(call.word(1));
  const protection = call.integer(2);
  if (start % PAGE !== 0 || (protection & ~(7 | PROT.GROWSDOWN | PROT.GROWSUP)) !== 0) return -EINVAL;
  if (length === 0) return 0;
  if (start + length > USER_END) return -ENOMEM;
  const { space } = call.process;
  // A mapping may not be more than its file is open for (mprotect(2), EACCES).
  const unwritable = space.map
    .overlapping(start, start + length)
    .some(({ backing, pages }) => pages?.readOnly === true || (backing?.shared && !backing.file.writable));
  if ((protection & PROT.WRITE) !== 0 && unwritable) return -EACCES;
  return space.protect(start, length, protection);
}

function mremap(call: Call): number {
  const start = call.word(0);
  const oldLength = pageCeil(call.word(1));
  const newLength = pageCeil(call.word(2));
  const flags = call.integer(3);
  const { MAYMOVE, FIXED, DONTUNMAP } = MREMAP;
  if (start % PAGE !== 0 || newLength === 0 || (flags & ~(MAYMOVE | FIXED | DONTUNMAP)) !== 0) return -EINVAL;
  if ((flags & (FIXED | DONTUNMAP)) !== 0 && (flags & MAYMOVE) === 0) return -EINVAL;
  if ((flags & DONTUNMAP) !== 0 || oldLength === 0) return -EINVAL;
  if (newLength > USER_END) return -ENOMEM;
  const { space, limits } = call.process;
  if (space.map.total + newLength - oldLength > limits.soft(RLIMIT.AS)) return -ENOMEM;
  let target: number | undefined;
  if ((flags & FIXED) !== 0) {
    target = call.word(4);
    if (target % PAGE !== 0 || target < MAP_FLOOR || target + newLength > USER_END) return -EINVAL;
    if (target < start + oldLength && start < target + newLength) return -EINVAL;
  }
  return space.remap(start, oldLength, newLength, (flags & MAYMOVE) !== 0, target);
}

const HARMLESS_ADVICE: ReadonlySet<number> = new Set<number>([
  MADVISE.NORMAL,
  MADVISE.RANDOM,
  MADVISE.SEQUENTIAL,
  MADVISE.WILLNEED,
  MADVISE.FREE,
  MADVISE.DONTFORK,
  MADVISE.DOFORK,
  MADVISE.HUGEPAGE,
  MADVISE.NOHUGEPAGE,
  MADVISE.DONTDUMP,
  MADVISE.DODUMP,
  MADVISE.COLD,
  MADVISE.PAGEOUT,
  MADVISE.POPULATE_READ,
  MADVISE.POPULATE_WRITE,
]);

function* madvise(call: Call): Blocking<number> {
  const start = call.word(0);
  const length = pageCeil(call.word(1));
  const advice = call.integer(2);
  if (start % PAGE !== 0 || start + length > USER_END) return -EINVAL;
  const { space } = call.process;
  if (advice !== MADVISE.DONTNEED && !HARMLESS_ADVICE.has(advice)) return -EINVAL;
  if (length === 0) return 0;
  const end = start + length;
  if (advice === MADVISE.DONTNEED) {
    for (const area of space.map.overlapping(start, end)) {
      if (area.backing === undefined) {
        const failed = space.discard(area);
        if (failed < 0) return failed;
      } else if (!area.shared) {
        const reread = yield* readAgain(call, area);
        if (reread < 0) return reread;
      }
    }
  }
  return space.map.covers(start, end) ? 0 : -ENOMEM;
}

/** A private file mapping that was discarded shows the file again. */
function* readAgain(call: Call, area: Area): Blocking<number> {
  const { backing } = area;
  if (backing === undefined || area.onDemand === true) return 0;
  if ((area.protection & PROT.WRITE) === 0 || backing.file.references === 0) return 0;
  if (call.memory.foreign.fill(area.start, area.end - area.start) < area.end - area.start) return -ENOMEM;
  const status = yield* settle(backing.file.status());
  if (typeof status === 'number') return status;
  const length = Math.max(0, Math.min(area.end - area.start, status.size - backing.offset));
  const maker = { caps: call.process.caps, memory: call.memory.foreign };
  return yield* fillPages(backing.file, area.start, backing.offset, length, maker);
}

function brk(call: Call): number {
  return call.process.space.setBreak(call.word(0), call.process.limits.soft(RLIMIT.DATA));
}

const MS = { ASYNC: 1, INVALIDATE: 2, SYNC: 4 } as const;

function* msync(call: Call): Blocking<number> {
  const start = call.word(0);
  const length = pageCeil(call.word(1));
  const flags = call.integer(2);
  if (start % PAGE !== 0 || (flags & ~7) !== 0 || (flags & (MS.ASYNC | MS.SYNC)) === (MS.ASYNC | MS.SYNC))
    return -EINVAL;
  const { map, locked } = call.process.space;
  if (!map.covers(start, start + length)) return -ENOMEM;
  // Pages that are locked can't be thrown away to be read anew.
  if ((flags & MS.INVALIDATE) !== 0 && locked.overlaps(start, start + length)) return -ERRNO.EBUSY;
  for (const area of map.overlapping(start, start + length)) {
    const wrote = yield* writeBack(call.memory, area);
    if (wrote < 0) return wrote;
    if ((flags & MS.SYNC) !== 0 && area.backing?.shared === true) {
      const synced = yield* settle(area.backing.file.sync(false));
      if (synced < 0) return synced;
    }
  }
  return 0;
}

/** Every mapped page counts as resident that has been touched: nothing is paged out here. */
function mincore(call: Call): number {
  const start = call.word(0);
  const length = pageCeil(call.word(1));
  if (start % PAGE !== 0) return -EINVAL;
  if (start + length > USER_END || !call.process.space.map.covers(start, start + length)) return -ENOMEM;
  const pages = Math.min(length / PAGE, 1 << 20);
  const resident = new Uint8Array(pages).fill(1);
  for (const area of call.process.space.map.overlapping(start, start + pages * PAGE))
    if (area.onDemand === true) resident.fill(0, (area.start - start) / PAGE, (area.end - start) / PAGE);
  return call.memory.write(call.word(2), resident) ? 0 : -ERRNO.EFAULT;
}

/** The pages that mlock(2)'s arguments touch, or −ENOMEM when one of them is not mapped. */
function pagesTouched(call: Call): { readonly start: number; readonly end: number } | number {
  const start = call.word(0) - (call.word(0) % PAGE);
  const end = pageCeil(call.word(0) + call.word(1));
  if (end > USER_END || !call.process.space.map.covers(start, end)) return -ENOMEM;
  return { start, end };
}

/** Whether RLIMIT_MEMLOCK lets so many bytes be locked; CAP_IPC_LOCK is let lock all. */
function lockable({ process }: Call, bytes: number): number {
  const limit = process.limits.soft(RLIMIT.MEMLOCK);
  if (has(process.identity, PRIVILEGE.IPC_LOCK)) return 0;
  if (limit === 0) return -ERRNO.EPERM;
  return bytes > limit ? -ENOMEM : 0;
}

/** Nothing is ever paged out: what locking changes is what msync may do. */
function mlock(call: Call): number {
  const pages = pagesTouched(call);
  if (typeof pages === 'number') return pages;
  const { locked } = call.process.space;
  const refused = lockable(
    call,
    call.process.space.lockedBytes + pages.end - pages.start - locked.within(pages.start, pages.end),
  );
  if (refused < 0) return refused;
  locked.add(pages.start, pages.end);
  call.memory.touch(pages.start, pages.end - pages.start);
  return 0;
}

function munlock(call: Call): number {
  const pages = pagesTouched(call);
  if (typeof pages === 'number') return pages;
  call.process.space.locked.remove(pages.start, pages.end);
  return 0;
}

const MCL = { CURRENT: 1, FUTURE: 2, ONFAULT: 4 } as const;

function mlockall(call: Call): number {
  const flags = call.integer(0);
  if (flags === 0 || flags === MCL.ONFAULT || (flags & ~7) !== 0) return -EINVAL;
  const { map, locked } = call.process.space;
  const refused = lockable(call, (flags & MCL.CURRENT) === 0 ? 0 : map.total);
  if (refused < 0) return refused;
  if ((flags & MCL.FUTURE) !== 0) locked.isFuture = true;
  if ((flags & MCL.CURRENT) !== 0) for (const { start, end } of map.areas) locked.add(start, end);
  return 0;
}

function munlockall(call: Call): number {
  const { locked } = call.process.space;
  locked.remove(0, USER_END);
  locked.isFuture = false;
  return 0;
}

export const memoryCalls = {
  mmap: {
    support: 'partial',
    note: 'Anonymous memory, lazily; shared memory that is one in all processes of the domain (shared anonymous, /dev/shm, memfd, files). Files share one page cache with read and write, which private mappings show as well, copied when written to; mappings of more than 4 MiB, and what lies behind the end of a file, are loaded as they are touched. What is stored in a mapping reaches the file by msync, munmap and exit.',
    arguments: ['address', 'size', 'protection', 'map-flags', 'integer', 'hex'],
    result: 'address',
    handler: mmap,
  },
  munmap: { support: 'full', arguments: ['address', 'size'], handler: munmap },
  mprotect: {
    support: 'partial',
    note: 'PROT_GROWSDOWN is ignored.',
    arguments: ['address', 'size', 'protection'],
    handler: mprotect,
  },
  mremap: {
    support: 'partial',
    note: 'Not MREMAP_DONTUNMAP.',
    arguments: ['address', 'size', 'size', 'hex', 'address'],
    result: 'address',
    handler: mremap,
  },
  madvise: {
    support: 'partial',
    note: 'MADV_DONTNEED zeroes or rereads; MADV_FREE and the hints change nothing; no merging, no huge pages.',
    arguments: ['address', 'size', 'advice'],
    handler: madvise,
  },
  brk: { support: 'full', arguments: ['address'], result: 'address', handler: brk },
  msync: { support: 'full', arguments: ['address', 'size', 'hex'], handler: msync },
  mincore: {
    support: 'partial',
    note: 'Every mapped page counts as resident.',
    arguments: ['address', 'size', 'address'],
    handler: mincore,
  },
  mlock: { support: 'full', note: 'Nothing is ever paged out.', arguments: ['address', 'size'], handler: mlock },
  mlock2: { support: 'full', note: 'As mlock.', arguments: ['address', 'size', 'hex'], handler: mlock },
  munlock: { support: 'full', arguments: ['address', 'size'], handler: munlock },
  mlockall: { support: 'full', note: 'As mlock.', arguments: ['hex'], handler: mlockall },
  munlockall: { support: 'full', arguments: [], handler: munlockall },
} as const satisfies Record<string, CallRow>;
