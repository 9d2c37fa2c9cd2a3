// Union file system: what all directories of one union share.
//
//   lookups, listings, opening to read    go ahead at any time
//   whatever changes a name               one at a time (`exclusive`): a copy up is several calls, and two of them must not
//                                         meet; each single step leaves a state that reads right
//
// Inode numbers are those of the layers with the layer's number in the top byte, as overlayfs's xino has it, so no table of
// them is kept; what was copied up keeps the number that it had below until the union is made anew.

import { type Blocking, type Wait, WaitQueue } from '../../waiting.ts';
import type { DirectoryBackend } from '../backend.ts';
import type { FileStatus, ListedEntry } from '../file-status.ts';

/** What a union is laid of. */
export interface UnionLayers {
  /** Layers that are only read, the topmost first. */
  readonly lower: readonly DirectoryBackend[];
  /** The one layer that is written to. Without it nothing in the union can be changed (EROFS). */
  readonly upper?: DirectoryBackend | undefined;
}

/** A directory of one layer, open. Layer 0 is the upper one. */
export interface OpenLayer {
  readonly index: number;
  readonly directory: DirectoryBackend;
}

/** A directory of a union, whose layers are opened when they are needed. */
export interface LayeredDirectory {
  /** Closes the layers unless somebody is at work in them; whether it did. */
  closeIfIdle(): boolean;
}

/** Directories whose layers stay open while nobody is at work in them. */
const OPEN_NODES = 64;
/** Listings whose order is remembered, so that their cookies stay good. */
const KEPT_LISTINGS = 16;
const LAYER_SHIFT = 56n;
/** What programs are told is the device of everything in a union. */
const UNION_DEVICE = 0x75n;

export class UnionFileSystem {
  readonly writable: boolean;
  /** Those of its root, the topmost first. */
  readonly layers: readonly OpenLayer[];
  readonly #firstDevice = new Map<number, bigint>();
  /** Inode number in the upper layer → the one it had below. */
  readonly #origins = new Map<bigint, bigint>();
  readonly #opened = new Set<LayeredDirectory>();
  readonly #listings = new Map<bigint, readonly ListedEntry[]>();
  #nextListing = 1n;
  #nextHidden = 1;
  #busy = false;
  readonly #idle = new WaitQueue();

  constructor({ lower, upper }: UnionLayers) {
    this.writable = upper !== undefined;
    const layers: OpenLayer[] = lower.map((directory, index) => ({ index: index + 1, directory }));
    if (upper !== undefined) layers.unshift({ index: 0, directory: upper });
    if (layers.length === 0) throw new RangeError('A union needs at least one layer.');
    this.layers = layers;
  }

  /** Does `work` while nothing else changes the union. */
  *exclusive<T>(work: () => Blocking<T>): Blocking<T> {
    const free: Wait = { interruptible: false, begin: (wake) => this.#idle.subscribe(wake) };
    while (this.#busy) yield free;
    this.#busy = true;
    try {
      return yield* work();
    } finally {
      this.#busy = false;
      this.#idle.notify();
    }
  }

  hiddenNumber(): number {
    return this.#nextHidden++;
  }

  /** A status as the union tells it. */
  statusOf(layer: number, status: FileStatus): FileStatus {
    return { ...status, device: UNION_DEVICE, inode: this.inodeOf(layer, status.inode, status.device) };
  }

  /** The union's inode number for one of a layer; without `device`, that of the layer's first file system. */
  inodeOf(layer: number, inode: bigint, device?: bigint): bigint {
    let own = inode;
    if (device !== undefined) {
      const first = this.#firstDevice.get(layer);
      if (first === undefined) this.#firstDevice.set(layer, device);
      // A second file system below the same layer may have the same numbers.
      else if (first !== device) own ^= device * 0x9e37_79b9_7f4a_7c15n;
    }
    const tagged = BigInt.asUintN(64, (BigInt(layer) << LAYER_SHIFT) ^ own);
    return layer === 0 ? (this.#origins.get(tagged) ?? tagged) : tagged;
  }

  /** What is `upper` now was `below` (a status as the union told it). */
  rememberOrigin(upper: FileStatus, below: FileStatus): void {
    this.#origins.set(BigInt.asUintN(64, upper.inode), below.inode);
  }

  /** The last name of something in the upper layer has gone: its number may come again. */
  forgetOrigin(upper: FileStatus): void {
    this.#origins.delete(BigInt.asUintN(64, upper.inode));
  }

  /** A node has layers open; those that were not used longest, and not in use, are closed when there are many. */
  wasOpened(node: LayeredDirectory): void {
    this.#opened.delete(node);
    this.#opened.add(node);
    if (this.#opened.size <= OPEN_NODES) return;
    for (const oldest of this.#opened) {
      if (this.#opened.size <= OPEN_NODES) return;
      if (oldest.closeIfIdle()) this.#opened.delete(oldest);
    }
  }

  wasClosed(node: LayeredDirectory): void {
    this.#opened.delete(node);
  }

  /** Keeps a listing for the cookies that lead into it; the answer is the cookie of its beginning. */
  keepListing(entries: readonly ListedEntry[]): bigint {
    const id = this.#nextListing++;
    this.#listings.set(id, entries);
    for (const oldest of this.#listings.keys()) {
      if (this.#listings.size <= KEPT_LISTINGS) break;
      this.#listings.delete(oldest);
    }
    return id << 32n;
  }

  /** The listing a cookie leads into, and where. */
  listingAt(cookie: bigint): { readonly entries: readonly ListedEntry[] | undefined; readonly index: number } {
    const id = cookie >> 32n;
    const entries = this.#listings.get(id);
    if (entries !== undefined) {
      this.#listings.delete(id);
      this.#listings.set(id, entries);
    }
    return { entries, index: Number(cookie & 0xffff_ffffn) };
  }
}
