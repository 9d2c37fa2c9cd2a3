// A machine with the address spaces of a scenario, and just enough of a kernel: pages are copied when a program writes to what a
// fork shares, and given out when it asks, if the scenario says so.
//
// Whatever the kernel does here is a function of what the machine has shown, so machines that agree are told the same.
import type { Cpu } from '../../src/cpu/cpu.ts';
import { createMachine, type Machine } from '../../src/index.ts';
import { VirtualClock } from '../../src/replay/index.ts';
import { RandomSource } from '../differential/random-source.ts';
import { PageTables, PTE } from '../support/page-tables.ts';
import { PAGE, POINTERS, programPage } from './shared-memory-program.ts';
import {
  CODE_FRAMES,
  type Invalidation,
  LARGE_ADDRESS,
  NAMED_FRAMES,
  type Operation,
  type Scenario,
  SPACES,
} from './shared-memory-scenario.ts';

const FRAMES = 0x20_0000;
const FRAME_COUNT = 512;
const TABLES = 0x1_0000;
const TABLE_BYTES_PER_SPACE = 0x4_0000;
/** A bit that the processor leaves to the kernel: this page is to be copied when it is written to. */
const COPY_ON_WRITE = 0x200n;
const FRAME_OF = 0x000f_ffff_ffff_f000n;
const PAGE_FAULT = 14;
const [PRESENT, PRESENT_WRITE, FETCH] = [1, 3, 16];
/** #SS, #GP, #PF. */
const HANDLED = new Set([12, 13, PAGE_FAULT]);
const [RSP, RBP, RSI, RDI] = [4, 5, 6, 7];
const DATA_PAGES = 0x50_0000n;

/**
 * Repeated instructions count a piece or an element each, as the clock has it. One that overwrites itself is completed, unless a run
 * stops in its midst: then what it wrote is fetched.
 */
const REPEATS = { exact: 'reading', counted: 'none', 'at traps': 'all' } as const;

export interface Trap {
  readonly vector: number;
  readonly errorCode: number;
}

const SYSCALL_TRAP: Trap = { vector: -1, errorCode: 0 };

interface Space {
  tables: PageTables;
  /** Entries that a scenario made. */
  readonly pages: Map<bigint, number>;
}

export class SharedMemoryWorld {
  readonly machine: Machine;
  readonly #spaces: Space[] = [];
  readonly #mapsOnDemand: boolean;
  readonly #random: RandomSource;
  #current = 0;
  /** What ended the last run, if anything did. */
  trap: Trap | undefined;

  constructor(scenario: Scenario, translateAfter: number, seed: number) {
    const clock = scenario.stops === 'exact' ? new VirtualClock() : { nowNs: () => 0 };
    this.#mapsOnDemand = scenario.mapsOnDemand;
    this.machine = createMachine({
      ramBytes: 4 * 2 ** 20,
      decodedBytes: scenario.decodedBytes,
      translateAfter,
      floatExceptions: 'always',
      clock,
      entropy: { fill: (bytes) => bytes.fill(7) },
      supervisor: {
        syscall: () => this.#stop(SYSCALL_TRAP),
        exception: (_cpu, vector, errorCode) => this.#stop({ vector, errorCode }),
        interrupt: () => {},
      },
    });
    if (clock instanceof VirtualClock) clock.follow(this.machine.cpu);
    const random = new RandomSource(seed);
    this.#random = random;
    const { memory } = this.machine;
    for (let frame = 0; frame < NAMED_FRAMES; frame++) {
      const bytes =
        frame < CODE_FRAMES
          ? programPage(random, REPEATS[scenario.stops])
          : Uint8Array.from({ length: PAGE }, () => random.below(256));
      memory.write(frameAddress(frame), bytes);
    }
    for (let space = 0; space < SPACES; space++) {
      const tables = new PageTables(memory, TABLES + space * TABLE_BYTES_PER_SPACE);
      if (scenario.hasLargePage)
        memory.writeUint64(
          tables.entryAddress(LARGE_ADDRESS, 2),
          BigInt(FRAMES) | PTE.present | PTE.large | PTE.user | (space === 1 ? 0n : PTE.write),
        );
      this.#spaces.push({ tables, pages: new Map() });
    }
    this.#select(0);
  }

  #stop(trap: Trap): void {
    this.trap = trap;
    this.machine.stop(0);
  }

  #select(space: number): void {
    this.#current = space;
    this.machine.cpu.setAddressSpace(this.#spaces[space]!.tables.root, tagOf(space));
  }

  /** Has everything looked up and decoded anew. Nothing may come of it. */
  forgetEverything(): void {
    for (let space = 0; space < SPACES; space++) this.machine.cpu.invalidateAddressSpace(tagOf(space));
    this.machine.cpu.forgetCode();
  }

  // ---- what a scenario does

  /** Everything but running. */
  perform(operation: Exclude<Operation, { does: 'run' }>): void {
    const { memory, cpu } = this.machine;
    switch (operation.does) {
      case 'map': {
        const { space, first, pages, frame, isWritable, isExecutable, invalidation } = operation;
        const flags = PTE.user | (isWritable ? PTE.write : 0n) | (isExecutable ? 0n : PTE.noExecute);
        for (let page = 0; page < pages; page++)
          this.#set(space, first + BigInt(page * PAGE), BigInt(frameAddress(frame + page)) | PTE.present | flags);
        this.#invalidate(space, first, pages, invalidation);
        return;
      }
      case 'protect': {
        const { space, first, pages, isWritable, invalidation } = operation;
        for (let page = 0; page < pages; page++) {
          const virtual = first + BigInt(page * PAGE);
          const entry = this.#entry(space, virtual);
          if (entry === 0n) continue;
          const mayWrite = isWritable && (entry & COPY_ON_WRITE) === 0n;
          this.#set(space, virtual, mayWrite ? entry | PTE.write : entry & ~PTE.write);
        }
        this.#invalidate(space, first, pages, invalidation);
        return;
      }
      case 'unmap': {
        const { space, first, pages, invalidation } = operation;
        for (let page = 0; page < pages; page++) this.#set(space, first + BigInt(page * PAGE), 0n);
        this.#invalidate(space, first, pages, invalidation);
        return;
      }
      case 'fork':
        this.#fork(operation.from, operation.to, operation.keepsMarks, operation.invalidation);
        return;
      case 'host write':
        memory.write(frameAddress(operation.frame) + operation.offset, operation.bytes);
        return;
      case 'copy frame': {
        const from = frameAddress(operation.from);
        memory.write(frameAddress(operation.to), memory.bytes.slice(from, from + PAGE));
        return;
      }
      case 'guest write':
        this.#select(operation.space);
        cpu.writeVirtual(operation.address, operation.bytes);
        return;
      case 'forget code':
        cpu.forgetCode();
    }
  }

  /** Gets ready for a run. */
  enter(operation: Extract<Operation, { does: 'run' }>): void {
    const { cpu } = this.machine;
    this.#select(operation.space);
    cpu.setPrivilege(operation.isRing0 ? 0 : 3);
    const [stack, ...pointers] = operation.pointers;
    [0, 1, 2, 3, RSI, RDI].forEach((register, index) => {
      cpu.registers[register] = operation.values[index]!;
    });
    cpu.registers[RSP] = stack!;
    cpu.registers[RBP] = BigInt(operation.rounds);
    POINTERS.forEach((register, index) => {
      cpu.registers[register] = pointers[index]!;
    });
    cpu.rflags = 0x202;
    cpu.rip = operation.entry;
    this.trap = undefined;
  }

  /** After a trap: does what a kernel or a program's own handler does about a fault. @returns whether the program goes on */
  resolve(): boolean {
    const { trap } = this;
    this.trap = undefined;
    if (trap === undefined || !HANDLED.has(trap.vector)) return false;
    const virtual = this.machine.cpu.cr2 & ~0xfffn;
    const entry = this.#entry(this.#current, virtual);
    const isMissing = (trap.errorCode & PRESENT) === 0;
    if (trap.vector !== PAGE_FAULT || !this.#spaces[this.#current]!.pages.has(virtual)) this.#pointElsewhere();
    else if ((trap.errorCode & FETCH) !== 0) {
      const frame = Number((virtual >> 12n) % BigInt(CODE_FRAMES));
      this.#set(this.#current, virtual, BigInt(frameAddress(frame)) | PTE.present | PTE.user);
      if (!isMissing) this.machine.cpu.invalidatePage(virtual, tagOf(this.#current));
    } else if (isMissing && this.#mapsOnDemand) {
      // A present entry where none was: nothing need be forgotten (SDM Vol. 3A §4.10.4.3).
      const frame = this.#freeFrame();
      this.machine.memory.fill(frame, PAGE, Number((virtual >> 12n) & 0xffn));
      this.#set(this.#current, virtual, BigInt(frame) | PTE.present | PTE.user | PTE.write);
    } else if ((trap.errorCode & PRESENT_WRITE) === PRESENT_WRITE && (entry & COPY_ON_WRITE) !== 0n)
      this.#copyPage(this.machine.cpu, virtual, entry);
    else this.#pointElsewhere();
    return true;
  }

  /** Gives every pointer another page of the current space. */
  #pointElsewhere(): void {
    const { cpu } = this.machine;
    const pages = [...this.#spaces[this.#current]!.pages.keys()].filter((virtual) => virtual >= DATA_PAGES);
    if (pages.length === 0) return;
    for (const register of [RSP, RSI, RDI, ...POINTERS])
      cpu.registers[register] = this.#random.pick(pages) + BigInt(this.#random.below(PAGE / 64) * 64);
  }

  #copyPage(cpu: Cpu, virtual: bigint, entry: bigint): void {
    const { memory } = this.machine;
    const frame = entry & FRAME_OF;
    const flags = (entry & ~FRAME_OF & ~COPY_ON_WRITE) | PTE.write;
    if (this.#users(frame) === 1) this.#set(this.#current, virtual, frame | flags);
    else {
      const copy = this.#freeFrame();
      memory.write(copy, memory.bytes.slice(Number(frame), Number(frame) + PAGE));
      this.#set(this.#current, virtual, BigInt(copy) | flags);
    }
    cpu.invalidatePage(virtual, tagOf(this.#current));
  }

  #fork(from: number, to: number, keepsMarks: boolean, invalidation: Invalidation): void {
    const { cpu } = this.machine;
    const child = this.#spaces[to]!;
    for (const virtual of child.pages.keys()) this.#set(to, virtual, 0n);
    child.pages.clear();
    for (const virtual of this.#spaces[from]!.pages.keys()) {
      let entry = this.#entry(from, virtual);
      if ((entry & PTE.write) !== 0n) {
        entry = (entry & ~PTE.write) | COPY_ON_WRITE;
        this.#set(from, virtual, entry);
        if (invalidation === 'page by page') cpu.invalidatePage(virtual, tagOf(from));
        else if (invalidation === 'as a range') cpu.invalidatePages(virtual, 1, tagOf(from));
      }
      this.#set(to, virtual, keepsMarks ? entry : entry & ~(PTE.accessed | PTE.dirty));
    }
    if (invalidation === 'the whole space') cpu.invalidateAddressSpace(tagOf(from));
    if (to === this.#current) cpu.invalidateAddressSpace(tagOf(to));
    else cpu.releaseAddressSpace(tagOf(to));
  }

  #invalidate(space: number, first: bigint, pages: number, how: Invalidation): void {
    const { cpu } = this.machine;
    if (how === 'as a range') cpu.invalidatePages(first, pages, tagOf(space));
    else if (how === 'the whole space') cpu.invalidateAddressSpace(tagOf(space));
    else for (let page = 0; page < pages; page++) cpu.invalidatePage(first + BigInt(page * PAGE), tagOf(space));
  }

  // ---- page tables

  #entry(space: number, virtual: bigint): bigint {
    const at = this.#spaces[space]!.pages.get(virtual);
    return at === undefined ? 0n : this.machine.memory.readUint64(at);
  }

  #set(space: number, virtual: bigint, entry: bigint): void {
    const { tables, pages } = this.#spaces[space]!;
    let at = pages.get(virtual);
    if (at === undefined) {
      at = tables.entryAddress(virtual);
      pages.set(virtual, at);
    }
    this.machine.memory.writeUint64(at, entry);
  }

  #users(frame: bigint): number {
    let users = 0;
    for (let space = 0; space < SPACES; space++) {
      for (const virtual of this.#spaces[space]!.pages.keys()) {
        const entry = this.#entry(space, virtual);
        if (entry !== 0n && (entry & FRAME_OF) === frame) users++;
      }
    }
    return users;
  }

  #freeFrame(): number {
    const used = new Set<number>();
    for (let space = 0; space < SPACES; space++) {
      for (const virtual of this.#spaces[space]!.pages.keys()) used.add(Number(this.#entry(space, virtual) & FRAME_OF));
    }
    for (let frame = NAMED_FRAMES; frame < FRAME_COUNT; frame++)
      if (!used.has(frameAddress(frame))) return frameAddress(frame);
    throw new Error('no frame is free: there are more than all spaces can map');
  }
}

const frameAddress = (frame: number): number => FRAMES + frame * PAGE;
/** Whether there are page tables at a physical address. */
export const isTable = (physical: number): boolean => physical >= TABLES && physical < FRAMES;
const tagOf = (space: number): number => space + 1;
