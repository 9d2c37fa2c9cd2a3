// On-demand pages: a file mapping's pages that come when they are touched.
//
//   mmap ─▶ on demand: address space that nothing may touch
//              │ a fault, or a call that uses the memory        at most WINDOW bytes around the page
//              ▼
//           shared ─▶ the page cache's memory objects     private ─▶ their frames, copy-on-write
//              │
//              └─▶ wholly behind the file's end, as it is now: SIGBUS, and on demand still. A file may grow under a mapping.
//
// A fault waits for the server as a call does, off the processor. A call that comes to such a page can't: it has the page loaded where
// the server answers at once, which is why only such servers' files are mapped on demand as a whole.

import type { CapTableView } from '@capos/abi';
import type { CachedFile } from '../files/cached-file.ts';
import { MemoryFile } from '../files/memory-file.ts';
import type { RegularFile } from '../files/regular-file.ts';
import type { PageLoader } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { PROT, pageCeil } from '../linux/memory-flags.ts';
import { type Blocking, settle } from '../waiting.ts';
import type { AddressSpace } from './address-space.ts';
import type { Area, Backing } from './area-map.ts';
import type { SharedMemoryMaker } from './shared-memory.ts';

/** What is loaded at once, from a multiple of it in the file on. */
const WINDOW = 262_144;

/** Whose pages are loaded. */
export interface PageOwner {
  readonly space: AddressSpace;
  readonly maker: SharedMemoryMaker;
  /** Gives memory back that can be read again; whether there was any. */
  readonly reclaim: () => boolean;
}

/** A range of memory, and of the file that it shows. */
interface Window {
  readonly start: number;
  readonly length: number;
  readonly offset: number;
}

/** Bits of a page fault's error code (SDM 3A §4.7). */
const FAULT = { WRITE: 2, FETCH: 16 } as const;

/** Whether a page fault in an area is one that its pages, were they there, would not have caused. */
export function isMissingPage(area: Area | undefined, errorCode: number): area is Area {
  if (area?.onDemand !== true) return false;
  if ((errorCode & FAULT.WRITE) !== 0) return (area.protection & PROT.WRITE) !== 0;
  return (errorCode & FAULT.FETCH) !== 0 ? (area.protection & PROT.EXEC) !== 0 : area.protection !== PROT.NONE;
}

/** Loads the page at `address` and its neighbours, where that is on demand. Answers 0, or −EFAULT behind the file's end, or another errno. */
export function* loadPage(owner: PageOwner, address: number): Blocking<number> {
  const area = owner.space.map.at(address);
  const backing = area?.backing;
  if (area?.onDemand !== true || backing === undefined) return 0;
  const file = backing.file.retain() as RegularFile;
  try {
    const status = yield* settle(file.status());
    if (typeof status === 'number') return status;
    const window = windowAround(area, backing, address, status.size);
    if (window === undefined) return -ERRNO.EFAULT;
    const show = (): Blocking<number> =>
      backing.shared
        ? showShared(owner, file, address, window)
        : showPrivate(owner, file, address, window, Math.min(window.length, status.size - window.offset));
    let shown = yield* show();
    if (shown === -ERRNO.ENOMEM && owner.reclaim()) shown = yield* show();
    if (shown === 0) owner.space.map.markClean(window.start, window.start + window.length);
    return shown;
  } finally {
    file.release();
  }
}

/** As much around the page as is loaded with it; undefined when the page is behind the file's end. */
function windowAround(area: Area, backing: Backing, address: number, size: number): Window | undefined {
  const wanted = backing.offset + (address - area.start);
  const offset = Math.max(backing.offset, wanted - (wanted % WINDOW));
  const end = Math.min(backing.offset + (area.end - area.start), wanted - (wanted % WINDOW) + WINDOW, pageCeil(size));
  if (wanted >= end) return undefined;
  return { start: area.start + (offset - backing.offset), length: end - offset, offset };
}

/** The area, if all of the window still is on demand and of the same place in the file: others may have been there meanwhile. */
function stillMissing({ space }: PageOwner, file: RegularFile, address: number, window: Window): Area | undefined {
  const area = space.map.at(address);
  const backing = area?.backing;
  if (area?.onDemand !== true || backing?.file !== file) return undefined;
  const isWithin = area.start <= window.start && area.end >= window.start + window.length;
  const isSame = backing.offset - area.start === window.offset - window.start;
  return isWithin && isSame ? area : undefined;
}

function* showShared(owner: PageOwner, file: RegularFile, address: number, window: Window): Blocking<number> {
  const { start, length, offset } = window;
  const { space, maker } = owner;
  const protection = space.map.at(address)!.protection;
  if (file.backend instanceof MemoryFile) return showMemory(owner, file, file.backend, window, protection);
  if (file.cached === undefined) return -ERRNO.ENODEV;
  const isWritable = (protection & PROT.WRITE) !== 0;
  const parts = yield* file.cached.mapped(file.backend, offset, length, isWritable);
  if (typeof parts === 'number') return parts;
  const area = stillMissing(owner, file, address, window);
  if (area === undefined || area.protection !== protection) return 0;
  for (const { at, length: part, piece, offset: from } of parts) {
    const capId = piece.capability.idIn(maker.caps);
    if (capId === undefined) return -ERRNO.ENOMEM;
    const object = { capId, id: piece.id, offset: from };
    const own: Backing = { file, offset: offset + at, shared: true };
    const failed = space.mapShared(start + at, part, protection, object, area.name, own);
    if (failed < 0) return failed;
  }
  return 0;
}

/** Shared memory that is a file's whole content. */
function showMemory(
  { space, maker }: PageOwner,
  file: RegularFile,
  backend: MemoryFile,
  { start, length, offset }: Window,
  protection: number,
): number {
  for (const { piece, from, length: part, at } of backend.shared.within(offset, length)) {
    const capId = backend.shared.capIdOf(piece, maker.caps);
    if (capId === undefined) return -ERRNO.ENOMEM;
    const object = { capId, id: piece.id, offset: from, readOnly: !file.writable || !backend.writable };
    const failed = space.mapShared(start + at, part, protection, object, file.description);
    if (failed < 0) return failed;
  }
  return 0;
}

function* showPrivate(
  owner: PageOwner,
  file: RegularFile,
  address: number,
  window: Window,
  available: number,
): Blocking<number> {
  const { start, length, offset } = window;
  const { space, maker } = owner;
  // What has to be waited for comes first: nobody sees a page before it is filled.
  const had = yield* settle(file.cached?.have(file.backend, offset, available) ?? 0);
  if (had < 0) return had;
  const area = stillMissing(owner, file, address, window);
  if (area === undefined) return 0;
  const backing: Backing = { file, offset, shared: false };
  const failed = space.mapAnonymous(start, length, PROT.READ | PROT.WRITE, false, area.name, backing);
  if (failed < 0) return failed;
  const filled = yield* fillPrivate(file, start, offset, available, maker);
  if (filled === 0) return space.protect(start, length, area.protection);
  // Half of it is no page: all of it is on demand again.
  space.mapOnDemand(start, length, area.protection, backing, area.name);
  return filled;
}

/** Puts a file's bytes into memory that nobody has touched: whole pages of the cache are shown copy-on-write, the rest is copied. */
export function* fillPrivate(
  file: RegularFile,
  start: number,
  offset: number,
  available: number,
  maker: SharedMemoryMaker,
): Blocking<number> {
  const shown = file.cached === undefined ? 0 : yield* file.cached.show(file.backend, offset, available, start, maker);
  return yield* fillPages(file, start + shown, offset + shown, available - shown, maker);
}

/** What is read at once from a file that is not cached. */
const FILL_CHUNK = 61_440;

/** Copies a file's bytes into mapped memory, as far as the file goes. */
export function* fillPages(
  file: RegularFile,
  start: number,
  offset: number,
  length: number,
  maker: SharedMemoryMaker,
): Blocking<number> {
  for (let done = 0; done < length; ) {
    const into = start + done;
    const read = file.readInto(maker, into, length - done, offset + done);
    const got =
      read === undefined ? yield* fillPart(file, into, offset + done, length - done, maker) : yield* settle(read);
    if (got < 0) return got === -ERRNO.EFAULT ? -ERRNO.ENOMEM : got;
    if (got === 0) break;
    done += got;
  }
  return 0;
}

/** The same for a file that is not cached: as many bytes as one read gives. */
function* fillPart(
  file: RegularFile,
  into: number,
  offset: number,
  length: number,
  { memory }: SharedMemoryMaker,
): Blocking<number> {
  const part = yield* settle(file.backend.read(offset, Math.min(FILL_CHUNK, length)));
  if (typeof part === 'number') return part;
  return memory.write(into, part) === part.length ? part.length : -ERRNO.ENOMEM;
}

/** Loads all of a range that is on demand, waiting where that is needed. Pages behind the file's end stay as they are. */
export function* loadRange(owner: PageOwner, start: number, end: number): Blocking<number> {
  const { map } = owner.space;
  for (let at = start; at < end; ) {
    const area = map.at(at);
    if (area?.onDemand !== true) {
      at = area?.end ?? end;
      continue;
    }
    const loaded = yield* loadPage(owner, at);
    if (loaded < 0 && loaded !== -ERRNO.EFAULT) return loaded;
    if (loaded < 0) at = area.end;
    else if (map.at(at)?.onDemand === true) return 0;
  }
  return 0;
}

/** A process, as far as pages are loaded for it. */
interface LoadingProcess {
  readonly space: AddressSpace;
  readonly pageOwner: PageOwner;
  readonly domain: { currentCaps: CapTableView | undefined };
}

/** Loads what calls use of a process's memory, as far as that can be had without waiting. */
export class ProcessPageLoader implements PageLoader {
  readonly #process: LoadingProcess;

  constructor(process: LoadingProcess) {
    this.#process = process;
  }

  get hasOnDemand(): boolean {
    return this.#process.space.hasOnDemand;
  }

  load(address: number, length: number): void {
    const { space, domain } = this.#process;
    // What a call uses lies in one area mostly, and that is there.
    const first = space.map.at(address);
    const end = address + length;
    if (first === undefined || (first.onDemand !== true && first.end >= end)) return;
    const owner = this.#process.pageOwner;
    const acting = domain.currentCaps;
    domain.currentCaps = owner.maker.caps;
    const loading = loadRange(owner, address, end);
    if (loading.next('ready').done !== true) loading.return(0);
    domain.currentCaps = acting;
  }
}

/** A file ends at `size` now: shared pages behind that are on demand again, which is SIGBUS until it grows. */
export function cutMappings(space: AddressSpace, file: CachedFile, size: number): void {
  for (const area of space.map.areas.slice()) {
    const { backing, start, end } = area;
    if (backing?.shared !== true || area.onDemand === true || backing.file.cached !== file) continue;
    const kept = Math.max(0, pageCeil(size) - backing.offset);
    if (kept >= end - start) continue;
    const behind: Backing = { ...backing, offset: backing.offset + kept };
    space.mapOnDemand(start + kept, end - start - kept, area.protection, behind, area.name);
  }
}

/** Memory is short: what was loaded on demand and not written to goes, and so does what is cached; whether there was any. */
export function reclaimPages(spaces: readonly AddressSpace[], cache: { dropAll(): boolean }): boolean {
  const files = new Set<CachedFile>();
  for (const space of spaces)
    for (const { isClean, backing, start, end, protection, name } of space.map.areas.slice()) {
      if (isClean !== true || backing === undefined) continue;
      space.mapOnDemand(start, end - start, protection, backing, name);
      if (backing.shared && backing.file.cached !== undefined) files.add(backing.file.cached);
    }
  for (const file of files) {
    const isShown = spaces.some(({ map }) =>
      map.areas.some(({ backing, pages }) => pages !== undefined && backing?.file.cached === file),
    );
    if (!isShown && !file.isMappedWritable) file.unpinAll();
  }
  return cache.dropAll();
}

/** Drives work, and answers also whether it has waited. */
export function* observed<T>(work: Blocking<T>): Blocking<{ readonly result: T; readonly waited: boolean }> {
  let waited = false;
  for (let step = work.next('ready'); ; ) {
    if (step.done === true) return { result: step.value, waited };
    waited = true;
    step = work.next(yield step.value);
  }
}
