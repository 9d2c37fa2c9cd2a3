// Segments in a browser's origin-private file system (OPFS), in a dedicated Worker, where its access is synchronous.
//
// Opening a file there takes a promise, and a segment is begun in the middle of a synchronous put. So a pool of files is kept
// open: those in use say at their start which segment they are, the others are spares.
//
//   pool-N   0 slot header: magic · length of the name · name · CRC-32C      4096 the segment's own bytes
//   create ─► write a spare's slot header, flush ─► it is that segment; another spare is opened meanwhile
import { decodeUtf8, encodeUtf8 } from '@capos/abi';
import { crc32c } from '../crc32c.ts';
import type { SegmentFile, SegmentFiles } from '../segment/segment-files.ts';
import { StoreError } from '../store-error.ts';

/** The part of `FileSystemSyncAccessHandle` that is used. */
export interface OpfsAccess {
  getSize(): number;
  read(target: Uint8Array, options: { readonly at: number }): number;
  write(bytes: Uint8Array, options: { readonly at: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}

/** The part of `FileSystemDirectoryHandle` that is used. */
export interface OpfsDirectory {
  keys(): AsyncIterableIterator<string>;
  getFileHandle(
    name: string,
    options?: { readonly create?: boolean },
  ): Promise<{ createSyncAccessHandle(): Promise<OpfsAccess> }>;
}

const POOL_NAME = /^pool-(\d+)$/;
const MAGIC = [0x63, 0x61, 0x70, 0x4f, 0x53, 0x6f, 0x70, 0x66]; // capOSopf
const NAME_OFFSET = 12;
const MAX_NAME_BYTES = 40;
const CHECKSUM_OFFSET = 60;
const SLOT_HEADER_BYTES = 64;
const DATA_OFFSET = 4096;

/**
 * The segment files in an OPFS directory that is used for nothing else. Every file is open and so locked until `close`.
 * @param options.spares Segments that can be begun before the event loop turns. Default 4.
 * @throws {StoreError} `locked` when another tab or Worker has them open.
 */
export async function opfsSegmentFiles(
  directory: OpfsDirectory,
  options: { readonly spares?: number } = {},
): Promise<SegmentFiles> {
  const pool = new OpfsPool(directory, Math.max(1, options.spares ?? 4));
  await pool.open();
  return pool;
}

class OpfsPool implements SegmentFiles {
  readonly #directory: OpfsDirectory;
  readonly #wantedSpares: number;
  readonly #segments = new Map<string, OpfsAccess>();
  readonly #spares: OpfsAccess[] = [];
  #nextNumber = 0;
  #refill: Promise<void> | undefined;
  #closed = false;

  constructor(directory: OpfsDirectory, spares: number) {
    this.#directory = directory;
    this.#wantedSpares = spares;
  }

  async open(): Promise<void>;
  open(name: string): SegmentFile;
  open(name?: string): Promise<void> | SegmentFile {
    if (name === undefined) return this.#openPool();
    const access = this.#segments.get(name);
    if (access === undefined) throw new StoreError('io', `There is no segment file ${name} in the pool.`);
    return new OpfsSegmentFile(access);
  }

  list(): readonly string[] {
    return [...this.#segments.keys()];
  }

  create(name: string): SegmentFile {
    if (this.#segments.has(name)) throw new StoreError('io', `The segment file ${name} exists.`);
    const access = this.#spares.pop();
    if (access === undefined) {
      throw new StoreError(
        'io',
        'No spare file is open: more was written at once than the spares hold. Raise `spares`, or sync more often.',
      );
    }
    access.truncate(0);
    const header = encodeSlot(name);
    if (access.write(header, { at: 0 }) !== header.length)
      throw new StoreError('io', 'The browser did not take a slot header.');
    access.flush();
    this.#segments.set(name, access);
    this.#refill ??= this.#fill().catch(() => undefined);
    return new OpfsSegmentFile(access);
  }

  close(): void {
    this.#closed = true;
    for (const access of [...this.#segments.values(), ...this.#spares]) access.close();
    this.#segments.clear();
    this.#spares.length = 0;
  }

  async #openPool(): Promise<void> {
    try {
      for await (const name of this.#directory.keys()) {
        const number = POOL_NAME.exec(name)?.[1];
        if (number === undefined) continue;
        this.#nextNumber = Math.max(this.#nextNumber, Number(number) + 1);
        const access = await this.#access(name);
        const segment = decodeSlot(access);
        if (segment === undefined || this.#segments.has(segment)) this.#spares.push(access);
        else this.#segments.set(segment, access);
      }
      await this.#fill();
    } catch (cause) {
      this.close();
      if ((cause as { readonly name?: unknown }).name !== 'NoModificationAllowedError') throw cause;
      throw new StoreError('locked', 'Another tab or Worker has the store open. Close it there first.', { cause });
    }
  }

  async #fill(): Promise<void> {
    try {
      while (this.#spares.length < this.#wantedSpares && !this.#closed) {
        const access = await this.#access(`pool-${this.#nextNumber++}`);
        if (this.#closed) access.close();
        else this.#spares.push(access);
      }
    } finally {
      this.#refill = undefined;
    }
  }

  async #access(name: string): Promise<OpfsAccess> {
    const handle = await this.#directory.getFileHandle(name, { create: true });
    return handle.createSyncAccessHandle();
  }
}

/** A segment's bytes behind its slot header. Handles are the pool's, so closing one leaves the file open. */
class OpfsSegmentFile implements SegmentFile {
  readonly #access: OpfsAccess;

  constructor(access: OpfsAccess) {
    this.#access = access;
  }

  size(): number {
    return Math.max(0, this.#access.getSize() - DATA_OFFSET);
  }

  read(target: Uint8Array, position: number): number {
    return this.#access.read(target, { at: DATA_OFFSET + position });
  }

  write(bytes: Uint8Array, position: number): number {
    return this.#access.write(bytes, { at: DATA_OFFSET + position });
  }

  truncate(size: number): void {
    this.#access.truncate(DATA_OFFSET + size);
  }

  sync(): void {
    this.#access.flush();
  }

  syncNow(): void {
    this.#access.flush();
  }

  close(): void {}
}

function encodeSlot(name: string): Uint8Array {
  const header = new Uint8Array(SLOT_HEADER_BYTES);
  header.set(MAGIC);
  if (name.length > MAX_NAME_BYTES || /[^ -~]/.test(name))
    throw new StoreError('io', `${name} is no name of a segment file.`);
  header[8] = encodeUtf8(name, header, NAME_OFFSET) - NAME_OFFSET;
  new DataView(header.buffer).setUint32(CHECKSUM_OFFSET, crc32c(header, 0, CHECKSUM_OFFSET), true);
  return header;
}

/** The name in a file's slot header, or undefined when it is a spare. */
function decodeSlot(access: OpfsAccess): string | undefined {
  const header = new Uint8Array(SLOT_HEADER_BYTES);
  if (access.read(header, { at: 0 }) !== header.length || MAGIC.some((byte, i) => header[i] !== byte)) return undefined;
  const checksum = new DataView(header.buffer).getUint32(CHECKSUM_OFFSET, true);
  const nameBytes = header[8]!;
  if (checksum !== crc32c(header, 0, CHECKSUM_OFFSET) || nameBytes > MAX_NAME_BYTES) return undefined;
  return decodeUtf8(header, NAME_OFFSET, nameBytes);
}
