// Guest memory in a region: one check for all accesses of a block that are near one another.
//
//   address = what registers held at some point (a key) + a constant
//   group   accesses with one key, at most WINDOW_SPAN bytes from first to last
//
//   first access   distance of the group's lowest byte from its window's start, below the window's limit?
//                    no: noted at the site; one TLB look-up for the whole range, else the region is left
//                  location = low half of address + delta
//   the others     location + constant
//
// How far a group will reach is known only at the end of the region, so those constants are filled in late. A check that fails
// for the sake of an access further on is harmless: the region is left before anything of the instruction has happened, and the
// interpreter goes on. A block goes on with the groups of those that always come before it. It may not run, so it widens them no further than
// NEAR_SPAN, which a look at a window covers anyway, and makes no writes of reads; only of a frame on the stack it is taken for granted that
// all of it is there, and writable. What is sure to run behind another block, and only there, counts as the same one.
//
// What a loop's guard has vouched for (loop-guards.ts) needs no check at all, nor does what is in the frame that the region's entry has looked at
// (region-stack.ts).

import type { ExtentWindows } from '../mmu/extent-windows.ts';
import type { MemoryAccess } from '../mmu/memory-access.ts';
import {
  CPU_STATE,
  NEAR_SPAN,
  TLB_ADDEND,
  TLB_BASE,
  TLB_READ_TAG,
  TLB_WRITE_TAG,
  WINDOW_DELTA,
  WINDOW_LIMIT,
  WINDOW_NEAR_LIMIT,
  WINDOW_QUICK_LIMIT,
  WINDOW_SPAN,
  WINDOW_START,
} from '../state/cpu-state.ts';
import { GPR } from '../state/frame-layout.ts';
import { add, and, eqz, ltU, ne, or, sub, toI32, toI64 } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { i32, i64, LateConstant, type Local, late, load, type Value } from '../wasm/expression.ts';
import { atomSum, type Sum } from './address-sums.ts';
import { FRAME, type RegionSites } from './site-history.ts';
import { noteMiss, windowOf } from './window-sites.ts';

/** Linear memory at `base + offset`. */
export interface Location {
  readonly base: Value<'i32'>;
  readonly offset: number;
}

/** Guest memory as the instructions of a block see it. */
export interface GuestMemory {
  /** What a register holds. */
  register(number: number): Sum;
  /** A register was written, with a value whose sum may be known. */
  write(number: number, sum: Sum | undefined): void;
  /**
   * Where `bytes` at an address can be accessed; `leave` leaves the region where they can't be reached at once.
   * @param sum what address + displacement is made of, if that is known
   * @param isConditional whether the code here may not run: then nobody after may rely on its check
   */
  locate(
    address: Value<'i64'>,
    displacement: number,
    sum: Sum | undefined,
    bytes: number,
    writes: boolean,
    isConditional: boolean,
    leave: () => void,
  ): Location;
  /** Where that many bytes can be accessed, in linear memory; `leave` leaves the region where they can't be reached at once. */
  locateBytes(address: Local<'i64'>, bytes: Value<'i32'>, writes: boolean, leave: () => void): Value<'i32'>;
}

/** Addresses that need no check here: a loop's guard has made it. */
export interface Vouched {
  readonly delta: Local<'i32'>;
}

/** The frame that the region's entry has found (region-stack.ts). */
export interface FoundFrame {
  /** Of its lowest byte. */
  readonly location: Local<'i32'>;
  /** Where an address's bytes are in it, counted from there; undefined for what is not known to be in it. */
  within(address: Sum, bytes: number): number | undefined;
}

export interface Group {
  readonly key: string;
  /** Of what a guard has vouched for, only that. */
  readonly vouched: Vouched | undefined;
  readonly site: number;
  /** At most QUICK_SPAN bytes, and nobody else's: the region's entry looks at it. */
  readonly isFrame: boolean;
  /** Linear address of the slot that its window is expected in; undefined: the site says which it is. */
  readonly window: number | undefined;
  /** The constant of the sum that `location` is the place of: that of the access that made the group, less its displacement. */
  readonly anchor: bigint;
  readonly location: Local<'i32'>;
  /** Bytes covered, relative to the anchor. */
  from: number;
  to: number;
  writes: boolean;
  readonly lowest: LateConstant;
  readonly lastByte: LateConstant;
  /** Which of a window's limits is meant: its offset in the slot. */
  readonly limit: LateConstant;
  readonly tag: LateConstant;
}

/** What is known of addresses at the end of a block. */
export interface KnownAddresses {
  /** By number: what it holds. */
  readonly registers: readonly (Sum | undefined)[];
  readonly groups: readonly Group[];
  /** Registers, as bits, that the block has written. */
  readonly written: number;
}

/** The same, but nothing of registers that have been written since. */
export const withoutRegisters = ({ registers, groups }: KnownAddresses, written: number): KnownAddresses => ({
  registers: registers.map((sum, number) => ((written >> number) & 1 ? undefined : sum)),
  groups,
  written: 0,
});

const PAGE_MASK = ~0xfffn;

export class AccessGroups implements GuestMemory {
  readonly #code: CodeWriter;
  readonly #memory: MemoryAccess;
  readonly #windows: ExtentWindows;
  readonly #sites: RegionSites | undefined;
  readonly #stack: FoundFrame | undefined;
  readonly #spare: Local<'i32'>[] = [];
  /** Registers, as bits, that the block has written. */
  #written = 0;
  /** By register number: what it holds. */
  #registers: (Sum | undefined)[] = [];
  /** Of blocks before, on the only way here. */
  #inherited: readonly Group[] = [];
  #groups: Group[] = [];
  /** Of the whole region: those that may be widened yet. */
  readonly #open: Group[] = [];
  /** Keys of sums that are what RSP held somewhere. */
  readonly #stackKeys = new Set<string>();
  #atoms = 0;
  /** Set while an instruction is written whose accesses a guard has vouched for. */
  vouched: Vouched | undefined;

  /** Where the instruction is that is being written. */
  offset = 0;

  /**
   * @param sites where accesses of the region are expected; undefined: nothing is known of that
   * @param stack the frame that the region's entry looks at; undefined: it looks at none
   */
  constructor(code: CodeWriter, memory: MemoryAccess, windows: ExtentWindows, sites?: RegionSites, stack?: FoundFrame) {
    this.#code = code;
    this.#memory = memory;
    this.#windows = windows;
    this.#sites = sites;
    this.#stack = stack;
  }

  /**
   * Runs `body`, which writes a block and whatever only it leads to.
   * @param before what is known where the block begins
   * @param keeps whether what this block finds out is of use to blocks that are written after `body`, too
   */
  block(before: KnownAddresses | undefined, keeps: boolean, body: () => void): void {
    const outer = {
      registers: this.#registers,
      inherited: this.#inherited,
      groups: this.#groups,
      written: this.#written,
    };
    this.#registers = before ? [...before.registers] : [];
    this.#inherited = before ? before.groups : [];
    this.#groups = [];
    this.#written = 0;
    body();
    // Whoever made them gives them back.
    if (!keeps) for (const { location } of this.#groups) this.#spare.push(location);
    this.#registers = outer.registers;
    this.#inherited = outer.inherited;
    this.#groups = outer.groups;
    this.#written = outer.written;
  }

  /** What is known here. */
  get known(): KnownAddresses {
    return { registers: [...this.#registers], groups: [...this.#inherited, ...this.#groups], written: this.#written };
  }

  /** At the end of the region: groups are as wide as they will be. */
  seal(): void {
    for (const group of this.#open) this.#resolve(group);
  }

  #resolve(group: Group): void {
    const bytes = group.to - group.from;
    this.#code.resolve(group.lowest, group.from);
    this.#code.resolve(group.lastByte, bytes - 1);
    const limit = group.isFrame ? WINDOW_QUICK_LIMIT : bytes > NEAR_SPAN ? WINDOW_LIMIT : WINDOW_NEAR_LIMIT;
    this.#code.resolve(group.limit, (group.window ?? 0) + limit);
    this.#code.resolve(group.tag, TLB_BASE + (group.writes ? TLB_WRITE_TAG : TLB_READ_TAG));
    if (group.writes) this.#windows.noteWrites(group.site);
  }

  // ---- what registers hold

  register(number: number): Sum {
    const known = this.#registers[number];
    if (known) return known;
    const sum = atomSum(this.#atoms++);
    this.#registers[number] = sum;
    if (number === GPR.rsp) this.#stackKeys.add(sum.key);
    return sum;
  }

  /** A register is known to be a sum, without being written. */
  know(number: number, sum: Sum): void {
    this.#registers[number] = sum;
  }

  write(number: number, sum: Sum | undefined): void {
    this.#registers[number] = sum;
    this.#written |= 1 << number;
  }

  // ---- accesses

  locate(
    address: Value<'i64'>,
    displacement: number,
    sum: Sum | undefined,
    bytes: number,
    writes: boolean,
    isConditional: boolean,
    leave: () => void,
  ): Location {
    const inFrame = sum && this.#stack?.within(sum, bytes);
    if (inFrame !== undefined) return { base: this.#stack!.location, offset: inFrame };
    const isShared = !isConditional && sum !== undefined;
    const { vouched } = this;
    if (vouched) return this.#vouchedFor(vouched, address, displacement, sum, isShared);
    const known = sum && this.#reuse(sum, bytes, writes, isConditional);
    if (known) return at(known, sum);
    const group = this.#check(address, displacement, sum, bytes, writes, isShared, leave);
    // Nobody's but this access's is as wide as it will be.
    if (isShared) {
      this.#groups.push(group);
      this.#open.push(group);
    } else this.#resolve(group);
    return { base: group.location, offset: displacement };
  }

  /** Where so many bytes from an address on are, to be read and written; where RSP is now they are expected where that is. */
  locateFrame(address: Local<'i64'>, bytes: number, leave: () => void): Value<'i32'> {
    const group = this.#check(
      address,
      0,
      undefined,
      bytes,
      true,
      false,
      leave,
      this.#windows.allocateStackSite(),
      FRAME,
    );
    this.#resolve(group);
    return group.location;
  }

  locateBytes(address: Local<'i64'>, bytes: Value<'i32'>, writes: boolean, leave: () => void): Value<'i32'> {
    const code = this.#code;
    const site = this.#windows.allocateSite();
    if (writes) this.#windows.noteWrites(site);
    const slot = code.let(windowOf(site));
    const distance = code.let(sub(address, load('i64.load', slot, WINDOW_START)));
    const limit = code.let(load('i64.load', slot, WINDOW_NEAR_LIMIT));
    const location = code.let(load('i32.load', slot, WINDOW_DELTA));
    // What begins just below a window may end in it: then the distance is next to 2 ** 64.
    const isWithin = and(ltU(distance, limit), ltU(add(distance, toI64(bytes)), limit));
    code.if(eqz(isWithin), () => {
      noteMiss(code, site, address);
      const entry = code.let(this.#memory.tlbEntry(address));
      const last = add(address, toI64(sub(bytes, i32(1))));
      const wanted = or(and(last, i64(PAGE_MASK)), load('i64.load', i32(0), CPU_STATE.tlbTag));
      const tag = TLB_BASE + (writes ? TLB_WRITE_TAG : TLB_READ_TAG);
      code.if(ne(load('i64.load', entry, tag), wanted), leave);
      code.set(location, load('i32.load', entry, TLB_BASE + TLB_ADDEND));
    });
    return code.let(add(toI32(address), location));
  }

  #vouchedFor(
    vouched: Vouched,
    address: Value<'i64'>,
    displacement: number,
    sum: Sum | undefined,
    isShared: boolean,
  ): Location {
    const isSame = (group: Group): boolean => group.vouched === vouched && group.key === sum?.key;
    const known = this.#inherited.find(isSame) ?? this.#groups.find(isSame);
    if (known) return at(known, sum!);
    const code = this.#code;
    const linear = add(toI32(address), vouched.delta);
    if (!isShared) return { base: code.let(linear), offset: displacement };
    const local = this.#spare.pop() ?? code.local('i32');
    const group = this.#newGroup(0, undefined, sum, displacement, 0, false, local, vouched);
    code.set(group.location, linear);
    this.#groups.push(group);
    return { base: group.location, offset: displacement };
  }

  #newGroup(
    site: number,
    window: number | undefined,
    sum: Sum | undefined,
    displacement: number,
    bytes: number,
    writes: boolean,
    location: Local<'i32'>,
    vouched: Vouched | undefined,
    isFrame = false,
  ): Group {
    return {
      key: sum?.key ?? '',
      vouched,
      isFrame,
      site,
      window,
      anchor: sum ? sum.constant - BigInt(displacement) : 0n,
      location,
      from: displacement,
      to: displacement + bytes,
      writes,
      lowest: new LateConstant(),
      lastByte: new LateConstant(),
      limit: new LateConstant(),
      tag: new LateConstant(),
    };
  }

  #reuse({ key, constant }: Sum, bytes: number, writes: boolean, isConditional: boolean): Group | undefined {
    const covers = (group: Group): boolean => {
      const from = Number(constant - group.anchor);
      return (
        !group.vouched &&
        group.key === key &&
        from >= group.from &&
        from + bytes <= group.to &&
        (group.writes || !writes)
      );
    };
    const covering = this.#inherited.find(covers) ?? this.#groups.find(covers);
    if (covering || isConditional) return covering;
    const widened = (group: Group, most: number, mayWrite: boolean): boolean => {
      if (group.vouched || group.key !== key) return false;
      if (writes && !group.writes && !(mayWrite && this.#mayWrite(group))) return false;
      const from = Number(constant - group.anchor);
      const [lowest, highest] = [Math.min(group.from, from), Math.max(group.to, from + bytes)];
      if (highest - lowest > most) return false;
      group.from = lowest;
      group.to = highest;
      group.writes ||= writes;
      return true;
    };
    const isStack = this.#stackKeys.has(key);
    return (
      this.#groups.find((group) => widened(group, WINDOW_SPAN, true)) ??
      this.#inherited.find((group) => widened(group, isStack ? WINDOW_SPAN : NEAR_SPAN, isStack))
    );
  }

  /** Whether what is written may be put to a group's accesses: the window that is named may be one for reading alone. */
  #mayWrite({ window, writes }: Group): boolean {
    return writes || window === undefined || this.#windows.isUsable(window, true);
  }

  #check(
    address: Value<'i64'>,
    displacement: number,
    sum: Sum | undefined,
    bytes: number,
    writes: boolean,
    isShared: boolean,
    leave: () => void,
    site: number = this.#windows.allocateSite(),
    place: number | typeof FRAME = this.offset,
  ): Group {
    const code = this.#code;
    const location = isShared ? (this.#spare.pop() ?? code.local('i32')) : code.let(i32(0));
    const window = this.#sites?.windowAt(place, writes);
    this.#sites?.note(place, site);
    const group = this.#newGroup(site, window, sum, displacement, bytes, writes, location, undefined, place === FRAME);
    const first = address.node.kind === 'local' ? address : code.let(address);
    const { lowest, isWithin, delta } = this.#inWindow(group, first);
    code.if(
      isWithin,
      () => code.set(group.location, delta),
      () => {
        const missed = code.let(lowest);
        noteMiss(code, site, missed);
        const entry = code.let(this.#memory.tlbEntry(missed));
        const page = and(add(missed, late('i64', group.lastByte)), i64(PAGE_MASK));
        const wanted = or(page, load('i64.load', i32(0), CPU_STATE.tlbTag));
        code.unlikely(ne(load('i64.load', entry, group.tag), wanted), leave);
        code.set(group.location, load('i32.load', entry, TLB_BASE + TLB_ADDEND));
      },
      'likely',
    );
    code.set(group.location, add(toI32(first), group.location));
    return group;
  }

  /**
   * The look at a group's window. Compilers take what is loaded once for an operand in memory, and where the load may trap they load it
   * twice: at constant addresses it can't; elsewhere the start is wanted a second time, and the limit is wider than what is loaded.
   */
  #inWindow(
    { site, window, isFrame, lowest, limit }: Group,
    first: Value<'i64'>,
  ): { lowest: Value<'i64'>; isWithin: Value<'i32'>; delta: Value<'i32'> } {
    const address = add(first, late('i64', lowest));
    if (window !== undefined) {
      const distance = sub(address, load('i64.load', i32(0), window + WINDOW_START));
      const isWithin = ltU(distance, load(isFrame ? 'i64.load32_u' : 'i64.load', i32(0), limit));
      return { lowest: address, isWithin, delta: load('i32.load', i32(0), window + WINDOW_DELTA) };
    }
    const code = this.#code;
    const slot = code.let(windowOf(site));
    const start = code.let(load('i64.load', slot, WINDOW_START));
    const distance = code.let(sub(address, start));
    const isWithin = ltU(distance, load('i64.load32_u', slot, limit));
    return { lowest: add(distance, start), isWithin, delta: load('i32.load', slot, WINDOW_DELTA) };
  }
}

function at({ anchor, location }: Group, { constant }: Sum): Location {
  const offset = Number(constant - anchor);
  return offset >= 0 ? { base: location, offset } : { base: add(location, i32(offset)), offset: 0 };
}
