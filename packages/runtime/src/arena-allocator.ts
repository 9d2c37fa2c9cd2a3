// Buffers in a program's arena: a buddy allocator whose bookkeeping lies outside the arena, so no message can touch it.
//
//   block of order k = 64 × 2^k bytes, at a multiple of its size from the heap's start
//   allocate: take the smallest free block that fits, halve it down     free: join with the buddy while that is free too
//   kept: up to 8 freed blocks of each order below 8 KiB stay whole for the next call of that size, and are joined only
//   when a larger block is wanted; otherwise every call splits the same large block down and joins it up again
//
// Steady state allocates no garbage: the tables are typed arrays made once, about 14% of the heap's size.

const GRAIN_SHIFT = 6;
/** Every block starts at a multiple of this many bytes from the heap's start and is at least as long. */
const ARENA_GRAIN: number = 1 << GRAIN_SHIFT;

// State of a grain: 0 inside a block, order + 1 at the start of a free one, order + 1 + ALLOCATED at a taken one.
const ALLOCATED = 0x80;
// At the start of a freed block that is kept whole.
const KEPT = 0xff;
const NONE = -1;
// Orders kept whole, and how many blocks of each.
const KEPT_ORDERS = 8;
const KEPT_BLOCKS = 8;

export class ArenaAllocator {
  private readonly start: number;
  private readonly grains: number;
  private readonly state: Uint8Array;
  private readonly next: Int32Array;
  private readonly previous: Int32Array;
  private readonly heads: Int32Array;
  private readonly kept: Int32Array = new Int32Array(KEPT_ORDERS * KEPT_BLOCKS);
  private readonly keptCount: Int32Array = new Int32Array(KEPT_ORDERS);
  private freeGrains = 0;

  /** Hands out bytes `start` to `end` of an arena. `start` is 64-aligned; a tail shorter than a grain is left out. */
  constructor(start: number, end: number) {
    this.start = start;
    this.grains = Math.max(0, (end - start) >> GRAIN_SHIFT);
    this.state = new Uint8Array(this.grains);
    this.next = new Int32Array(this.grains);
    this.previous = new Int32Array(this.grains);
    const orders = 32 - Math.clz32(Math.max(1, this.grains));
    this.heads = new Int32Array(orders).fill(NONE);
    for (let grain = 0; grain < this.grains; ) {
      const fits = 31 - Math.clz32(this.grains - grain);
      const aligned = grain === 0 ? fits : 31 - Math.clz32(grain & -grain);
      const order = Math.min(fits, aligned);
      this.insert(grain, order);
      grain += 1 << order;
    }
    this.freeGrains = this.grains;
  }

  /** Bytes not handed out; no single block need be that large. */
  get freeBytes(): number {
    return this.freeGrains << GRAIN_SHIFT;
  }

  /** Bytes that can be handed out at all. */
  get totalBytes(): number {
    return this.grains << GRAIN_SHIFT;
  }

  /** The arena offset of a block of at least `bytes`, or −1 when there is none. Its contents are whatever was there. */
  allocate(bytes: number): number {
    const grains = (bytes + ARENA_GRAIN - 1) >>> GRAIN_SHIFT;
    const wanted = grains <= 1 ? 0 : 32 - Math.clz32(grains - 1);
    let grain = this.takeKept(wanted);
    if (grain === NONE) {
      grain = this.split(wanted);
      if (grain === NONE) {
        this.joinKept();
        grain = this.split(wanted);
        if (grain === NONE) return -1;
      }
    }
    this.state[grain] = (wanted + 1) | ALLOCATED;
    this.freeGrains -= 1 << wanted;
    return this.start + (grain << GRAIN_SHIFT);
  }

  /** Takes a block back. Anything but the offset of a taken block is refused with an assertion: it is a runtime bug. */
  free(offset: number): void {
    const grain = (offset - this.start) >> GRAIN_SHIFT;
    const state = this.state[grain] ?? 0;
    if ((state & ALLOCATED) === 0 || state === KEPT) {
      throw new Error(`freeing ${offset}, which is no allocated block of the arena`);
    }
    const order = (state & ~ALLOCATED) - 1;
    this.freeGrains += 1 << order;
    if (order < KEPT_ORDERS && this.keptCount[order]! < KEPT_BLOCKS) {
      this.kept[order * KEPT_BLOCKS + this.keptCount[order]!] = grain;
      this.keptCount[order]! += 1;
      this.state[grain] = KEPT;
    } else {
      this.join(grain, order);
    }
  }

  private takeKept(order: number): number {
    if (order >= KEPT_ORDERS || this.keptCount[order] === 0) return NONE;
    this.keptCount[order]! -= 1;
    return this.kept[order * KEPT_BLOCKS + this.keptCount[order]!]!;
  }

  private joinKept(): void {
    for (let order = 0; order < KEPT_ORDERS; order += 1) {
      while (this.keptCount[order]! > 0) this.join(this.takeKept(order), order);
    }
  }

  private split(wanted: number): number {
    let order = wanted;
    while (order < this.heads.length && this.heads[order] === NONE) order += 1;
    if (order >= this.heads.length) return NONE;
    const grain = this.heads[order]!;
    this.remove(grain, order);
    while (order > wanted) {
      order -= 1;
      this.insert(grain + (1 << order), order);
    }
    return grain;
  }

  private join(freed: number, from: number): void {
    let grain = freed;
    let order = from;
    this.state[grain] = 0;
    for (;;) {
      const buddy = grain ^ (1 << order);
      if (order + 1 >= this.heads.length || buddy + (1 << order) > this.grains || this.state[buddy] !== order + 1)
        break;
      this.remove(buddy, order);
      grain &= ~(1 << order);
      order += 1;
    }
    this.insert(grain, order);
  }

  private insert(grain: number, order: number): void {
    const head = this.heads[order]!;
    this.state[grain] = order + 1;
    this.next[grain] = head;
    this.previous[grain] = NONE;
    if (head !== NONE) this.previous[head] = grain;
    this.heads[order] = grain;
  }

  private remove(grain: number, order: number): void {
    const next = this.next[grain]!;
    const previous = this.previous[grain]!;
    if (previous === NONE) this.heads[order] = next;
    else this.next[previous] = next;
    if (next !== NONE) this.previous[next] = previous;
    this.state[grain] = 0;
  }
}
