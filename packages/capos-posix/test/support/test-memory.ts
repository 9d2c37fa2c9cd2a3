// Plain memory that obeys ForeignMemory: pages in a map, each with a protection; reservations hold none.

import type { CapId, ForeignMemory, LoadedElf, MemoryFailure, UserAddress } from '@capos/abi';

const PAGE = 4096n;
const READ = 1;
const WRITE = 2;
const USER_END = 0x8000_0000_0000n;

interface Page {
  protection: number;
  bytes: Uint8Array | undefined;
  shared?: boolean;
}

export class TestMemory implements ForeignMemory {
  pages = new Map<bigint, Page>();
  /** Processes that are in these pages. */
  holders = { count: 1 };
  /** Pages that may be backed by bytes at once. */
  limit = 65_536;
  #backed = 0;

  /** A copy of everything. */
  snapshot(): TestMemory {
    const copy = new TestMemory();
    for (const [page, { protection, bytes, shared }] of this.pages)
      copy.pages.set(page, { protection, bytes: shared === true ? bytes : bytes?.slice(), shared: shared === true });
    return copy;
  }

  /** The same pages, for another process. */
  sharing(): TestMemory {
    const other = new TestMemory();
    other.pages = this.pages;
    other.holders = this.holders;
    this.holders.count++;
    return other;
  }

  /** Leaves the pages to the others. */
  leave(): void {
    this.holders.count--;
    this.holders = { count: 1 };
    this.pages = new Map();
  }

  #access(address: bigint, needed: number): { readonly bytes: Uint8Array; readonly offset: number } | undefined {
    const page = this.pages.get(address / PAGE);
    if (page === undefined || (page.protection & needed) === 0) return undefined;
    if (page.bytes === undefined) {
      if (this.#backed++ > this.limit) return undefined;
      page.bytes = new Uint8Array(4096);
    }
    return { bytes: page.bytes, offset: Number(address % PAGE) };
  }

  #each(from: UserAddress, length: number, needed: number, visit: (bytes: Uint8Array, done: number) => void): number {
    const address = BigInt(from);
    let done = 0;
    while (done < length) {
      const at = address + BigInt(done);
      const place = at >= 0n && at < USER_END ? this.#access(at, needed) : undefined;
      if (place === undefined) break;
      const part = Math.min(length - done, 4096 - place.offset);
      visit(place.bytes.subarray(place.offset, place.offset + part), done);
      done += part;
    }
    return done;
  }

  read(address: UserAddress, into: Uint8Array): number {
    return this.#each(address, into.length, READ, (bytes, done) => into.set(bytes, done));
  }

  lend(address: UserAddress, length: number): Uint8Array | undefined {
    const at = BigInt(address);
    const place = at >= 0n && at < USER_END ? this.#access(at, READ) : undefined;
    return place === undefined || place.offset + length > 4096
      ? undefined
      : place.bytes.subarray(place.offset, place.offset + length);
  }

  write(address: UserAddress, from: Uint8Array): number {
    return this.#each(address, from.length, WRITE, (bytes, done) =>
      bytes.set(from.subarray(done, done + bytes.length)),
    );
  }

  fill(address: UserAddress, length: number): number {
    return this.#each(address, length, WRITE, (bytes) => bytes.fill(0));
  }

  readUint32(address: UserAddress): number {
    const bytes = new Uint8Array(4);
    return this.read(address, bytes) === 4 ? new DataView(bytes.buffer).getUint32(0, true) : -1;
  }

  readUint64(address: UserAddress): bigint {
    const bytes = new Uint8Array(8);
    return this.read(address, bytes) === 8 ? new DataView(bytes.buffer).getBigUint64(0, true) : -1n;
  }

  writeUint32(address: UserAddress, value: number): boolean {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, value, true);
    return this.write(address, bytes) === 4;
  }

  writeUint64(address: UserAddress, value: bigint): boolean {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, value, true);
    return this.write(address, bytes) === 8;
  }

  writePair(address: UserAddress, low0: number, high0: number, low1: number, high1: number): boolean {
    const words = new Uint32Array([low0, high0, low1, high1]);
    return this.write(address, new Uint8Array(words.buffer)) === 16;
  }

  readCString(address: UserAddress, maxLength: number): Uint8Array | null {
    const bytes = new Uint8Array(maxLength);
    const got = this.read(address, bytes);
    const end = bytes.subarray(0, got).indexOf(0);
    return end < 0 ? null : bytes.slice(0, end);
  }

  #range(address: bigint, length: bigint): MemoryFailure | undefined {
    const bad =
      address % PAGE !== 0n || length % PAGE !== 0n || length <= 0n || address < 0n || address + length > USER_END;
    return bad ? 'badRange' : undefined;
  }

  #set(address: bigint, length: bigint, protection: number): void {
    // A reservation of gigabytes has no page records: they appear when it is committed.
    for (let page = address / PAGE; page < (address + length) / PAGE; page++) {
      if (length > 0x1000_0000n && protection === 0) this.pages.delete(page);
      else this.pages.set(page, { protection, bytes: undefined });
      if (length > 0x1000_0000n && protection === 0 && this.pages.size === 0) return;
    }
  }

  map(address: bigint, length: bigint, protection: number, _fixed: boolean): bigint | MemoryFailure {
    const bad = this.#range(address, length);
    if (bad !== undefined) return bad;
    if ((protection & 6) === 6) return 'notPermitted';
    if (length / PAGE > BigInt(this.limit)) return 'noMemory';
    this.#set(address, length, protection);
    return address;
  }

  mapObject(capId: CapId, offset: bigint, address: bigint, length: bigint, protection: number): bigint | MemoryFailure {
    const object = this.objects.get(capId);
    if (object === undefined) return 'badCap';
    for (let at = 0n; at < length; at += PAGE) {
      const first = Number(offset + at);
      this.pages.set((address + at) / PAGE, { protection, bytes: object.subarray(first, first + 4096), shared: true });
    }
    return address;
  }

  copyFromObject(capId: CapId, offset: number, address: UserAddress, length: number): number {
    const object = this.objects.get(capId);
    return object === undefined || offset + length > object.length
      ? -1
      : this.write(address, object.subarray(offset, offset + length));
  }

  /** A copy does: nothing here tells them apart. */
  shareFromObject(capId: CapId, offset: number, address: UserAddress, length: number): boolean {
    return this.copyFromObject(capId, offset, address, length) === length;
  }

  readObject(capId: CapId, offset: number, into: Uint8Array): boolean {
    const object = this.objects.get(capId);
    if (object === undefined || offset + into.length > object.length) return false;
    into.set(object.subarray(offset, offset + into.length));
    return true;
  }

  writeObject(capId: CapId, offset: number, from: Uint8Array): boolean {
    const object = this.objects.get(capId);
    if (object === undefined || offset + from.length > object.length) return false;
    object.set(from, offset);
    return true;
  }

  createShared(length: bigint): CapId | MemoryFailure {
    if (length > 0x100_0000n) return 'noMemory';
    return this.onShared(new Uint8Array(Number(length)));
  }

  /** Bytes behind memory objects, by id; filled by whoever makes them capabilities. */
  objects: { get(capId: CapId): Uint8Array | undefined } = new Map();
  onShared: (bytes: Uint8Array) => CapId = () => 0;

  reserve(address: bigint, length: bigint): bigint | MemoryFailure {
    const bad = this.#range(address, length);
    if (bad !== undefined) return bad;
    for (const page of [...this.pages.keys()])
      if (page >= address / PAGE && page < (address + length) / PAGE) this.pages.delete(page);
    return address;
  }

  unmap(address: bigint, length: bigint): MemoryFailure | undefined {
    const bad = this.#range(address, length);
    if (bad !== undefined) return bad;
    this.reserve(address, length);
    return undefined;
  }

  protect(address: bigint, length: bigint, protection: number): MemoryFailure | undefined {
    const bad = this.#range(address, length);
    if (bad !== undefined) return bad;
    if ((protection & 6) === 6) return 'notPermitted';
    if (length / PAGE > BigInt(this.limit)) return 'noMemory';
    for (let page = address / PAGE; page < (address + length) / PAGE; page++)
      this.pages.set(page, { ...this.pages.get(page), protection, bytes: this.pages.get(page)?.bytes });
    return undefined;
  }

  remap(): bigint | MemoryFailure {
    return 'notMapped';
  }

  discard(address: bigint, length: bigint): MemoryFailure | undefined {
    for (let page = address / PAGE; page < (address + length) / PAGE; page++) {
      const there = this.pages.get(page);
      if (there !== undefined && there.shared !== true) there.bytes = undefined;
    }
    return undefined;
  }

  /** Takes any bytes for a program: nothing is executed here. */
  loadElf(_bytes: Uint8Array, _base?: bigint): LoadedElf {
    this.map(0x40_0000n, PAGE, 5, true);
    return { entry: 0x40_0000n, phdr: 0x40_0040n, phnum: 1, base: 0n, brk: 0x40_1000n };
  }
}
