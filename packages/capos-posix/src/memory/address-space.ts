// Address space: the area map and the kernel's pages, kept in step.
//
//   reservation (PROT_NONE, costs nothing) ──mprotect──▶ demand-zero pages ──madvise(DONTNEED)──▶ demand-zero again
//
// Every operation first decides by the area map what it will do, then asks the kernel; a refusal (ledger, W^X) becomes the
// errno Linux has for it and leaves the map as it was.

import type { CapId, MemoryFailure } from '@capos/abi';
import type { GuestMemory } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { PAGE, PROT, pageCeil, USER_END } from '../linux/memory-flags.ts';
import { type Area, AreaMap, type Backing, type SharedPages } from './area-map.ts';
import { LockedRanges } from './locked-ranges.ts';

/** The errno of a failure of the kernel's memory. */
function errnoOfMemory(failure: MemoryFailure): number {
  switch (failure) {
    case 'noMemory':
    case 'notMapped':
      return -ERRNO.ENOMEM;
    case 'notPermitted':
      return -ERRNO.EACCES;
    case 'exists':
      return -ERRNO.EEXIST;
    default:
      return -ERRNO.EINVAL;
  }
}

const READ_WRITE_EXECUTE = PROT.READ | PROT.WRITE | PROT.EXEC;

/** x86 pages that can be written or executed can be read. */
function pageProtection(protection: number): number {
  const wanted = protection & READ_WRITE_EXECUTE;
  return wanted === 0 ? 0 : wanted | PROT.READ;
}

export class AddressSpace {
  readonly map: AreaMap = new AreaMap();
  readonly locked = new LockedRanges();
  readonly #memory: GuestMemory;
  /** First address of the heap, and the present break. */
  breakStart = 0;
  breakEnd = 0;

  /** Whether there may be pages that are loaded when they are touched. */
  hasOnDemand = false;

  constructor(memory: GuestMemory) {
    this.#memory = memory;
  }

  /** How many bytes of what is mapped are locked (mlock(2)). */
  get lockedBytes(): number {
    return this.map.areas.reduce((sum, { start, end }) => sum + this.locked.within(start, end), 0);
  }

  /** By what all processes know a word of memory that they share; undefined when it is this one's alone. */
  sharedWord(address: number): string | undefined {
    const area = this.map.at(address);
    return area?.pages && `${area.pages.id}:${area.pages.offset + (address - area.start)}`;
  }

  /** Takes note of pages that the loader mapped. */
  note(start: number, end: number, protection: number, name: string): void {
    this.map.set({ start, end, protection, shared: false, backing: undefined, name });
  }

  /** Maps demand-zero pages, or reserves address space when nothing may be done with them. Answers 0 or an errno. */
  mapAnonymous(
    start: number,
    length: number,
    protection: number,
    shared: boolean,
    name: string = '',
    backing?: Backing,
  ): number {
    const { foreign } = this.#memory;
    const wanted = pageProtection(protection);
    const got =
      wanted === 0
        ? foreign.reserve(BigInt(start), BigInt(length), true)
        : foreign.map(BigInt(start), BigInt(length), wanted, true);
    if (typeof got !== 'bigint') return errnoOfMemory(got);
    this.map.set({ start, end: start + length, protection: protection & READ_WRITE_EXECUTE, shared, backing, name });
    if (this.locked.isFuture) this.locked.add(start, start + length);
    return 0;
  }

  /** Shows `length` bytes of a memory object from `offset` on. */
  mapShared(
    start: number,
    length: number,
    protection: number,
    object: SharedPages & { readonly capId: CapId },
    name: string,
    backing?: Backing,
  ): number {
    const { foreign } = this.#memory;
    const { capId, ...pages } = object;
    const wanted = pageProtection(protection);
    const got = foreign.mapObject(capId, BigInt(pages.offset), BigInt(start), BigInt(length), wanted, true);
    if (typeof got !== 'bigint') return errnoOfMemory(got);
    const end = start + length;
    this.map.set({ start, end, protection: protection & 7, shared: true, backing, pages, name });
    if (this.locked.isFuture) this.locked.add(start, end);
    return 0;
  }

  /** Address space behind a file's end: nothing is there to be touched. */
  mapPastEnd(start: number, length: number, shared: boolean, name: string): number {
    const got = this.#memory.foreign.reserve(BigInt(start), BigInt(length), true);
    if (typeof got !== 'bigint') return errnoOfMemory(got);
    this.map.set({ start, end: start + length, protection: 0, shared, backing: undefined, pastEnd: true, name });
    return 0;
  }

  /** Address space that shows a file page by page, as it is touched (on-demand-pages.ts). */
  mapOnDemand(start: number, length: number, protection: number, backing: Backing, name: string): number {
    const got = this.#memory.foreign.reserve(BigInt(start), BigInt(length), true);
    if (typeof got !== 'bigint') return errnoOfMemory(got);
    const { shared } = backing;
    const asked = protection & READ_WRITE_EXECUTE;
    this.map.set({ start, end: start + length, protection: asked, shared, backing, onDemand: true, name });
    this.hasOnDemand = true;
    return 0;
  }

  unmap(start: number, length: number): number {
    const end = start + length;
    for (const area of this.map.overlapping(start, end)) {
      const failure = this.#memory.foreign.unmap(BigInt(area.start), BigInt(area.end - area.start));
      if (failure !== undefined && failure !== 'notMapped') return errnoOfMemory(failure);
      this.map.remove(area.start, area.end);
      this.locked.remove(area.start, area.end);
    }
    return 0;
  }

  protect(start: number, length: number, protection: number): number {
    const end = start + length;
    if (!this.map.covers(start, end)) return -ERRNO.ENOMEM;
    const wanted = pageProtection(protection);
    for (const area of this.map.overlapping(start, end)) {
      if (area.pastEnd === true) continue;
      if (area.onDemand !== true && pageProtection(area.protection) !== wanted) {
        const failure = this.#memory.foreign.protect(BigInt(area.start), BigInt(area.end - area.start), wanted);
        if (failure !== undefined) return errnoOfMemory(failure);
      }
      this.map.protect(area.start, area.end, protection & READ_WRITE_EXECUTE);
    }
    return 0;
  }

  /** madvise(MADV_DONTNEED) on anonymous memory: the pages read zero from now on. */
  discard(area: Area): number {
    if (pageProtection(area.protection) === 0 && area.backing === undefined) {
      // A reservation, or pages that were taken out of use: either way what is kept there may go.
      const failure = this.#memory.foreign.discard(BigInt(area.start), BigInt(area.end - area.start));
      return failure === undefined || failure === 'notMapped' ? 0 : errnoOfMemory(failure);
    }
    const failure = this.#memory.foreign.discard(BigInt(area.start), BigInt(area.end - area.start));
    return failure === undefined ? 0 : errnoOfMemory(failure);
  }

  /** mremap. Answers the address, or an errno. */
  remap(start: number, oldLength: number, newLength: number, mayMove: boolean, target: number | undefined): number {
    const area = this.map.at(start);
    if (area === undefined || !this.map.covers(start, start + oldLength)) return -ERRNO.EFAULT;
    if (area.end < start + oldLength) return -ERRNO.EFAULT;
    if (target === undefined) {
      if (newLength === oldLength) return start;
      if (newLength < oldLength) {
        const failed = this.unmap(start + newLength, oldLength - newLength);
        return failed < 0 ? failed : start;
      }
      const end = start + newLength;
      const growable = area.pages === undefined && area.end === start + oldLength;
      if (growable && end <= USER_END && this.map.isFree(area.end, end)) {
        const failed = this.#extend(area, area.end, end);
        if (failed === 0) return start;
        if (!mayMove) return failed;
      }
      if (!mayMove) return -ERRNO.ENOMEM;
    } else {
      const failed = this.unmap(target, newLength);
      if (failed < 0) return failed;
    }
    return this.#move(area, start, oldLength, newLength, target);
  }

  #extend(area: Area, from: number, to: number): number {
    if (area.onDemand === true)
      return this.mapOnDemand(from, to - from, area.protection, extended(area, from)!, area.name);
    return this.mapAnonymous(from, to - from, area.protection, area.shared, area.name, extended(area, from));
  }

  #move(area: Area, start: number, oldLength: number, newLength: number, target: number | undefined): number {
    if (target !== undefined) return this.#copyTo(area, start, oldLength, newLength, target);
    // The kernel moves page table entries: nothing is copied.
    const { foreign } = this.#memory;
    const moved = foreign.remap(BigInt(start), BigInt(oldLength), BigInt(newLength), true);
    if (typeof moved !== 'bigint') return this.#copyTo(area, start, oldLength, newLength, this.map.place(newLength));
    const place = Number(moved);
    this.map.remove(start, start + oldLength);
    this.map.set({ ...area, start: place, end: place + newLength, backing: extended(area, start) });
    return place;
  }

  #copyTo(area: Area, start: number, oldLength: number, newLength: number, place: number | undefined): number {
    if (place === undefined) return -ERRNO.ENOMEM;
    const backing = extended(area, start);
    const writable = area.protection | PROT.READ | PROT.WRITE;
    const failed = this.mapAnonymous(place, newLength, writable & ~PROT.EXEC, area.shared, area.name, backing);
    if (failed < 0) return failed;
    const copied = Math.min(oldLength, newLength);
    if (pageProtection(area.protection) !== 0) {
      const buffer = new Uint8Array(Math.min(copied, 1 << 18));
      for (let done = 0; done < copied; done += buffer.length) {
        const part = buffer.subarray(0, Math.min(buffer.length, copied - done));
        if (!this.#memory.read(start + done, part) || !this.#memory.write(place + done, part)) {
          this.unmap(place, newLength);
          return -ERRNO.EFAULT;
        }
      }
    }
    const protectedNow = this.protect(place, newLength, area.protection);
    if (protectedNow < 0) return protectedNow;
    this.unmap(start, oldLength);
    return place;
  }

  /** brk: answers the break, moved if that was possible. */
  setBreak(address: number, limit: number): number {
    if (address < this.breakStart || address - this.breakStart > limit) return this.breakEnd;
    const oldEnd = pageCeil(this.breakEnd);
    const newEnd = pageCeil(address);
    if (newEnd > oldEnd) {
      // One page stays free towards the next mapping, as Linux's stack guard gap has it for brk.
      if (newEnd > USER_END || !this.map.isFree(oldEnd, newEnd + PAGE)) return this.breakEnd;
      if (this.mapAnonymous(oldEnd, newEnd - oldEnd, PROT.READ | PROT.WRITE, false, '[heap]') < 0) return this.breakEnd;
    } else if (newEnd < oldEnd && this.unmap(newEnd, oldEnd - newEnd) < 0) {
      return this.breakEnd;
    }
    this.breakEnd = address;
    return address;
  }

  /** Takes over the account of a parent's space: the kernel has made a snapshot of its pages. */
  copyFrom(parent: AddressSpace): void {
    for (const area of parent.map.areas) this.map.set(area);
    this.hasOnDemand = parent.hasOnDemand;
    this.breakStart = parent.breakStart;
    this.breakEnd = parent.breakEnd;
  }

  /** Unmaps everything: what execve does before it loads. */
  clear(): void {
    for (const area of this.map.areas.slice()) this.unmap(area.start, area.end - area.start);
    this.locked.remove(0, USER_END);
    this.locked.isFuture = false;
    this.hasOnDemand = false;
  }
}

function extended(area: Area, from: number): Backing | undefined {
  return area.backing && { ...area.backing, offset: area.backing.offset + (from - area.start) };
}
