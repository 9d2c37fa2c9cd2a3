// Segment files in memory that fail on command, and that can lose what was never flushed.
import type { SegmentFile, SegmentFiles } from '../../src/segment/segment-files.ts';

interface Content {
  bytes: Uint8Array;
  length: number;
  /** What a power failure would leave. */
  durable: Uint8Array;
}

export class FaultFiles implements SegmentFiles {
  readonly contents = new Map<string, Content>();
  /** Bytes that may still be written before the medium is full. */
  room = Number.POSITIVE_INFINITY;
  /** At most so many bytes are taken by one write. */
  largestWrite = Number.POSITIVE_INFINITY;
  failSync = false;
  failCreate = false;
  syncs = 0;
  open_ = 0;

  list(): readonly string[] {
    return [...this.contents.keys()];
  }

  open(name: string): SegmentFile {
    const content = this.contents.get(name);
    if (content === undefined) throw new Error(`ENOENT: ${name}`);
    return this.#file(content);
  }

  create(name: string): SegmentFile {
    if (this.failCreate) throw new Error('EMFILE: too many open files');
    if (this.contents.has(name)) throw new Error(`EEXIST: ${name}`);
    const content = { bytes: new Uint8Array(4096), length: 0, durable: new Uint8Array() };
    this.contents.set(name, content);
    return this.#file(content);
  }

  close(): void {}

  /** The files a power failure leaves: only what a flush covered. */
  afterPowerFailure(): FaultFiles {
    const files = new FaultFiles();
    for (const [name, { durable }] of this.contents) files.set(name, durable);
    return files;
  }

  copy(): FaultFiles {
    const files = new FaultFiles();
    for (const name of this.contents.keys()) files.set(name, this.get(name));
    return files;
  }

  get(name: string): Uint8Array {
    const content = this.contents.get(name)!;
    return content.bytes.slice(0, content.length);
  }

  set(name: string, bytes: Uint8Array): void {
    this.contents.set(name, { bytes: bytes.slice(), length: bytes.length, durable: bytes.slice() });
  }

  #file(content: Content): SegmentFile {
    this.open_++;
    return {
      size: () => content.length,
      read(target, position) {
        const bytes = content.bytes.subarray(
          Math.min(position, content.length),
          Math.min(position + target.length, content.length),
        );
        target.set(bytes);
        return bytes.length;
      },
      write: (bytes, position) => {
        const count = Math.min(bytes.length, this.largestWrite, this.room);
        if (count === 0 && bytes.length > 0) throw new Error('ENOSPC: no space left on device');
        const end = position + count;
        if (end > content.bytes.length) {
          const grown = new Uint8Array(Math.max(end, content.bytes.length * 2));
          grown.set(content.bytes);
          content.bytes = grown;
        }
        content.bytes.set(bytes.subarray(0, count), position);
        content.length = Math.max(content.length, end);
        this.room -= count;
        return count;
      },
      truncate(size) {
        content.bytes.fill(0, size);
        content.length = size;
      },
      sync: async () => {
        this.syncs++;
        const image = content.bytes.slice(0, content.length);
        await Promise.resolve();
        if (this.failSync) throw new Error('EIO: i/o error');
        content.durable = image;
      },
      syncNow: () => {
        this.syncs++;
        if (this.failSync) throw new Error('EIO: i/o error');
        content.durable = content.bytes.slice(0, content.length);
      },
      close: () => {
        this.open_--;
      },
    };
  }
}
