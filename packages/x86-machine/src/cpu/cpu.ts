// The CPU as the host sees it: registers, address spaces, and the loop around generated code.
//
//   execute(n) ──▶ run() in WebAssembly ──▶ EXIT ──▶ budget: done
//                     ▲                              decode: find or decode the block at RIP
//                     └──────────────────────────────exception, system instruction: completed here, or by the supervisor

import { buildDecodeTable } from '../decode/decode-table.ts';
import { Decoder } from '../decode/decoder.ts';
import { refusals } from '../decode/processor-units.ts';
import { CodeCache } from '../interpreter/code-cache.ts';
import { EXIT, RUN_ALONE } from '../interpreter/exit.ts';
import { Interpreter, type InterpreterHost } from '../interpreter/interpreter.ts';
import { BLOCK_LIMIT, RECORD } from '../interpreter/record.ts';
import { RecordWriter } from '../interpreter/record-writer.ts';
import { writeAesTables } from '../isa/aes-tables.ts';
import type { Row } from '../isa/row.ts';
import { VECTOR } from '../isa/vector.ts';
import { MachineError } from '../machine-error.ts';
import { ExtentWindows } from '../mmu/extent-windows.ts';
import { CPU_STATE, type MemoryMap, TRACING } from '../state/cpu-state.ts';
import { initialFrame, RFLAGS } from '../state/frame-layout.ts';
import { REGION_LIMIT } from '../translator/region-graph.ts';
import { readCounter, type Stopwatch, type TierStatistics } from '../translator/tier-statistics.ts';
import { Translator } from '../translator/translator.ts';
import type { EngineMemory } from '../wasm/engine.ts';
import { AddressSpaces } from './address-spaces.ts';
import { CodeEntry } from './code-entry.ts';
import { DEBUG_STATUS, DebugRegisters } from './debug-registers.ts';
import { DebugTraps } from './debug-traps.ts';
import { RegisterFile } from './register-file.ts';
import { Slice } from './slice.ts';
import { type Access, VirtualMemory } from './virtual-memory.ts';

const CR0_AM = 0x4_0000;
/** Instructions between two looks at which faster handlers decoded blocks could use. */
const VARIANTS_AFTER = 20_000;
/** Instructions between two looks at which windows translated code could use, and how many more for each place to look at. */
const WINDOWS_AFTER = 40_000;
const SITE_PATIENCE = 50;

/** How instructions that the host completes, exceptions and interrupts go on; see exit-completion.ts. */
export interface ExitHandlers {
  /** RIP is at the instruction (after it for traps). */
  exception(vector: number, errorCode: number): void;
  /** The instruction at RIP, `length` bytes long, stopped with this exit. It moves RIP itself. */
  complete(exit: number, length: number): void;
}

/** When exception flags of floats are what they are on silicon: see MachineOptions. */
export type FloatExceptions = 'observed' | 'always';

export class Cpu extends RegisterFile {
  /** Instructions that may run past the end of a slice: to the end of a block, or a region's next look at the budget. */
  readonly longestRun: number;
  readonly #interpreter: Interpreter;
  readonly #codeCache: CodeCache;
  readonly #decoder: Decoder;
  readonly #recordWriter: RecordWriter;
  #sinceVariants = 0;
  readonly #translator: Translator;
  readonly #spaces: AddressSpaces;
  readonly #memory: VirtualMemory;
  readonly #codeEntry: CodeEntry;
  /** What a debugger hangs into the CPU. */
  readonly debugTraps: DebugTraps;
  /** What the guest hangs into it itself. */
  readonly debugRegisters: DebugRegisters;
  /** Set by a debugger: `machine.run` goes instruction by instruction and tells its hooks of each. */
  singleSteps = false;
  readonly #windows: ExtentWindows;
  #sinceWindows = 0;
  #handlers: ExitHandlers | undefined;
  readonly #slice: Slice;
  /** Exceptions and software interrupts delivered so far. */
  #deliveries = 0;
  /** Set while one instruction must run before interrupts are looked at (STI, MOV SS). */
  interruptShadow = false;
  /** Whatever the host completes ends a slice, since it may have made an interrupt possible. */
  #isExact = false;
  halted = false;

  constructor(
    memory: EngineMemory,
    map: MemoryMap,
    host: Omit<InterpreterHost, 'codeWrite' | 'accessed'>,
    translateAfter: number,
    floatExceptions: FloatExceptions,
    instructionSet: readonly Row[],
    stopwatch?: Stopwatch,
  ) {
    const { buffer } = memory;
    super(buffer);
    this.#slice = new Slice(this.state);
    this.state.setBigInt64(CPU_STATE.addressMask64, -1n, true);
    writeAesTables(this.state);
    this.state.setBigInt64(CPU_STATE.addressMask32, 0xffff_ffffn, true);
    this.state.setBigInt64(CPU_STATE.ripRebase, 65536n, true);
    this.state.setBigUint64(CPU_STATE.ramBytes, BigInt(map.ramBytes), true);
    this.#interpreter = new Interpreter(instructionSet, map.ramOffset, memory, {
      mmioRead: host.mmioRead,
      mmioWrite: host.mmioWrite,
      codeWrite: (physical, bytes) => this.#codeCache.invalidate(physical >>> 0, bytes),
      accessed: (low, high, bytesAndKind) => this.debugTraps.accessed(low, high, bytesAndKind),
    });
    this.#recordWriter = new RecordWriter(buffer, instructionSet, this.#interpreter);
    this.#decoder = new Decoder(buildDecodeTable(instructionSet));
    this.#codeCache = new CodeCache(buffer, map, this.#decoder, this.#recordWriter, translateAfter);
    this.longestRun = BLOCK_LIMIT + (translateAfter === Number.POSITIVE_INFINITY ? 0 : REGION_LIMIT);
    this.#windows = new ExtentWindows(buffer, map);
    this.#spaces = new AddressSpaces(buffer, this.#windows, floatExceptions === 'always');
    this.#memory = new VirtualMemory(buffer, map, this.#interpreter, this.#codeCache);
    const raise = (vector: number, errorCode: number): void => this.#deliver(vector, errorCode);
    this.#codeEntry = new CodeEntry(this, map, this.#interpreter, this.#codeCache, this.#spaces, this.#memory, raise);
    this.#translator = new Translator(
      buffer,
      map,
      this.#decoder,
      this.#codeCache,
      this.#interpreter,
      this.#windows,
      translateAfter,
      stopwatch,
      this.#codeEntry,
    );
    this.debugTraps = new DebugTraps(this.state, this.#codeCache, this.#spaces);
    this.debugRegisters = new DebugRegisters(this.state, this.debugTraps);
    this.debugTraps.onAccess = (accesses) => this.debugRegisters.accessed(accesses);
    this.#codeCache.onProtect = (page) => this.#spaces.protectFrame(page);
    this.loadFrame(initialFrame());
  }

  /** Given once, by the machine. */
  connect(handlers: ExitHandlers): void {
    this.#handlers = handlers;
  }

  /** For a machine whose clock counts instructions: nothing happens sooner or later for being interpreted or translated. */
  keepExact(): void {
    this.#isExact = true;
    this.#codeEntry.isExact = true;
    this.debugTraps.keepExact();
  }

  /** Must follow a change of CR4.OSXSAVE or XCR0: whether instructions on vectors with a VEX prefix are any depends on both. */
  updateVectorExtensions(): void {
    const allowed = this.savesExtendedState && (this.enabledComponents & 6) === 6;
    if (allowed === this.#decoder.vexVectors) return;
    this.#decoder.vexVectors = allowed;
    this.#codeCache.flush();
  }

  /** Must follow a change of CR0.MP, EM or TS, or of CR4.OSFXSR: they turn units of the processor off. */
  updateUnits(): void {
    const { state } = this;
    const refused = refusals(state.getUint32(CPU_STATE.cr0, true), state.getUint32(CPU_STATE.cr4, true));
    const next = Object.keys(refused).length > 0 ? refused : undefined;
    if (JSON.stringify(next) === JSON.stringify(this.#decoder.refusals)) return;
    this.#decoder.refusals = next;
    this.#codeCache.flush();
  }

  setPrivilege(cpl: 0 | 3): void {
    this.state.setUint32(CPU_STATE.cpl, cpl, true);
    this.#spaces.activate();
  }

  // ---- address spaces and memory

  /**
   * Switches page tables. `tag` names the address space: translations of several tags are kept side by side, so a switch
   * forgets nothing. Turns paging on.
   */
  setAddressSpace(rootPhysical: number, tag: number): void {
    this.state.setUint32(CPU_STATE.cr3, rootPhysical, true);
    this.state.setUint32(CPU_STATE.cr3 + 4, rootPhysical / 2 ** 32, true);
    this.state.setUint32(CPU_STATE.cr0, (this.state.getUint32(CPU_STATE.cr0, true) | 0x8001_0001) >>> 0, true);
    this.#spaces.select(rootPhysical, tag);
  }

  /** Must follow any change of a present page-table entry: of the current address space, or of the tag named. */
  invalidatePage(virtual: bigint, tag?: number): void {
    this.#spaces.invalidatePage(virtual, tag);
  }

  /** Forgets all translations of an address space. */
  invalidateAddressSpace(tag: number): void {
    this.#spaces.invalidate(tag);
  }

  /** As invalidatePage, for so many pages from an address on, of the tag named. */
  invalidatePages(virtual: bigint, pages: number, tag: number): void {
    this.#spaces.invalidateRange(tag, Number(BigInt.asUintN(64, virtual) >> 12n), pages);
  }

  /** As invalidateAddressSpace, for a tag that is not used again. */
  releaseAddressSpace(tag: number): void {
    this.#spaces.release(tag);
  }

  /** Forgets the current address space's translations (MOV CR3, a change of CR0, CR4 or EFER). */
  invalidateTranslations(): void {
    this.#spaces.invalidateCurrent();
  }

  /** Must follow host writes through `memory.bytes` to pages that may have held code. */
  invalidateCode(physical: number, length: number): void {
    if (length > 0) this.#codeCache.invalidate(physical, length);
  }

  /** Forgets all decoded and translated code, as if none had run. Costs decoding it anew; nothing needs it but tests of both. */
  forgetCode(): void {
    this.#codeCache.flush();
  }

  /** Walks the page tables without touching them: a physical address, or −1. */
  translate(virtual: bigint, access: Access, user: boolean): number {
    return this.#memory.translate(virtual, access, user);
  }

  /**
   * Copies out of guest memory, with the rights of ring 3 unless `user` is false. Accessed bits are set as by a load.
   * @returns the bytes copied: fewer than asked when a page is missing or is not RAM.
   */
  readVirtual(virtual: bigint, into: Uint8Array, user = true): number {
    return this.#memory.read(virtual, into, user);
  }

  /** Copies into guest memory; accessed and dirty bits are set, decoded code is forgotten. */
  writeVirtual(virtual: bigint, bytes: Uint8Array, user = true): number {
    return this.#memory.write(virtual, bytes, user);
  }

  // ---- running

  /** Instructions executed since creation (a repeated string instruction counts its pieces). */
  get instructions(): number {
    return this.#slice.instructions;
  }

  /** Makes `execute` return at the next block boundary. */
  leave(): void {
    this.#slice.leave();
  }

  /**
   * Runs about `limit` instructions (at most a block more), or until `leave`, a halt, or something the handlers did.
   * @returns what is to be taken off the budget: instructions executed, and faults that followed one another
   */
  execute(limit: number): number {
    this.#slice.begin(limit);
    while (this.#slice.lasts && !this.halted) {
      if (this.interruptShadow) {
        this.interruptShadow = false;
        this.#step();
        break;
      }
      this.#lookAtAlignment();
      const exit = this.#interpreter.exports.run();
      this.#handleExit(exit);
      if (this.#isExact && exit > EXIT.hot && exit !== EXIT.busy) break;
      if (this.interruptShadow || this.singleSteps || (this.rflags & (RFLAGS.tf | RFLAGS.rf)) !== 0) break;
    }
    return this.#lookAround(this.#slice.end());
  }

  /**
   * As execute, but never more than `limit` instructions, and as few as it likes above none: for the last ones before an exact stop,
   * at a speed between that of execute and step.
   */
  executeAtMost(limit: number): number {
    if (this.interruptShadow) {
      this.interruptShadow = false;
      return this.step();
    }
    this.#slice.begin(limit);
    this.#runAside(limit);
    return this.#slice.end();
  }

  /**
   * How many times longer slices may be than they have to be while code gets translated, and windows found. Where a slice ends in a
   * loop of a region the interpreter goes on until it comes to an entrance, and what it runs so often enough gets a region of its own.
   */
  get patience(): number {
    return this.#translator.isWaiting || this.#windows.sites === 1 ? 1 : this.#windows.patience;
  }

  /** After a slice: what has waited for one is done. */
  #lookAround(executed: number): number {
    this.#sinceWindows += executed;
    const { sites, patience } = this.#windows;
    if (this.#sinceWindows > (WINDOWS_AFTER + sites * SITE_PATIENCE) * patience) {
      this.#sinceWindows = 0;
      this.#windows.serve();
    }
    this.#translator.tick(executed);
    this.#sinceVariants += executed;
    if (this.#sinceVariants > VARIANTS_AFTER) {
      this.#sinceVariants = 0;
      this.#recordWriter.installVariants();
    }
    return executed;
  }

  /**
   * Runs exactly one instruction (one piece of a repeated one), and raises #DB after it if TF was set before it. A debugger's
   * breakpoints are not looked at; `singleSteps` has it told. The guest's own are, unless RF is set, which is over then.
   */
  step(): number {
    this.#slice.begin(1);
    const { rflags } = this;
    const traps = (rflags & RFLAGS.tf) !== 0;
    const deliveries = this.#deliveries;
    const before = this.instructions;
    const isTold = this.singleSteps;
    if (this.debugRegisters.executes(this.rip, rflags)) this.#deliver(VECTOR.debug, 0);
    else {
      if ((rflags & RFLAGS.rf) !== 0) this.rflags = rflags & ~RFLAGS.rf;
      this.#step();
    }
    const isComplete = this.instructions !== before;
    if (traps && deliveries === this.#deliveries) {
      this.debugRegisters.note(DEBUG_STATUS.singleStep);
      this.#deliver(VECTOR.debug, 0);
    }
    const executed = this.#slice.end();
    if (isTold && isComplete) this.debugTraps.stepped();
    return executed;
  }

  /** Alignment is checked in ring 3 while CR0.AM and RFLAGS.AC are set; whoever changes one of them comes by here. */
  #lookAtAlignment(): void {
    const { state } = this;
    const checks =
      (this.rflags & RFLAGS.ac) !== 0 && this.cpl === 3 && (state.getUint32(CPU_STATE.cr0, true) & CR0_AM) !== 0;
    if (checks === this.#spaces.checksAlignment) return;
    this.#spaces.checksAlignment = checks;
    const tracing = state.getUint32(CPU_STATE.tracing, true);
    state.setUint32(CPU_STATE.tracing, checks ? tracing | TRACING.aligned : tracing & ~TRACING.aligned, true);
    this.#spaces.activate();
  }

  #step(): void {
    this.#runAside(1);
  }

  /** Runs up to so many instructions decoded for the occasion. */
  #runAside(limit: number): void {
    const head = this.#codeEntry.decodeAside(limit);
    if (head === 0) return;
    this.#slice.exhaust();
    this.#lookAtAlignment();
    this.#handleExit(this.#interpreter.exports.runAt(head));
  }

  #handleExit(exit: number): void {
    if (exit === EXIT.budget) return;
    if (exit === EXIT.decode) {
      if (!this.#codeEntry.enterBlock()) this.#step();
      return;
    }
    if (exit === EXIT.hot) {
      this.#translate();
      return;
    }
    if (exit === EXIT.busy) {
      this.#join();
      return;
    }
    // Complete RIP and the count: everything before the record that stopped has run.
    const { state } = this;
    const record = state.getUint32(CPU_STATE.exitRecord, true);
    const length = state.getUint8(record + RECORD.length);
    const distance = state.getUint16(record + RECORD.next, true) - length;
    if (distance !== 0) this.advance(distance);
    const completes = exit !== EXIT.exception && exit !== EXIT.again && exit !== EXIT.breakpoint ? 1 : 0;
    this.#slice.count(state.getUint8(record + RECORD.position) + completes);
    if (exit === EXIT.breakpoint) {
      if (this.debugTraps.reached(this.rip)) return;
      if (this.debugRegisters.executes(this.rip, this.rflags)) this.#deliver(VECTOR.debug, 0);
      else this.#step();
    } else if (exit === EXIT.exception && state.getUint32(CPU_STATE.exitVector, true) === RUN_ALONE) {
      this.debugTraps.runAlone(() => {
        const [deliveries, before] = [this.#deliveries, this.instructions];
        this.#step();
        return deliveries === this.#deliveries && before !== this.instructions;
      });
      this.trapIfPending();
    } else if (exit === EXIT.exception) {
      this.#deliver(state.getUint32(CPU_STATE.exitVector, true), state.getUint32(CPU_STATE.exitErrorCode, true));
    } else if (exit !== EXIT.again) {
      // INT n delivers too: a trap flag that was set is saved with RFLAGS and traps after the handler.
      if (exit === EXIT.interrupt) this.#deliveries++;
      this.#connected().complete(exit, length);
    }
  }

  /** After an instruction that touched what a debug register watches: #DB, once it is complete. */
  trapIfPending(): void {
    if (!this.debugRegisters.takePending()) return;
    if ((this.rflags & RFLAGS.tf) !== 0) this.debugRegisters.note(DEBUG_STATUS.singleStep);
    this.#deliver(VECTOR.debug, 0);
  }

  #deliver(vector: number, errorCode: number): void {
    this.#deliveries++;
    this.#slice.chargeException();
    this.#connected().exception(vector, errorCode);
  }

  #connected(): ExitHandlers {
    if (!this.#handlers)
      throw new MachineError('badConfiguration', 'running a CPU that no machine has connected: use createMachine');
    return this.#handlers;
  }

  /** The block at RIP is entered often. */
  #translate(): void {
    const rip = BigInt.asIntN(64, this.rip);
    const physical = this.#codeEntry.fetch(rip);
    if (physical >= 0) this.#translator.hot(physical, this.state.getUint32(CPU_STATE.exitRecord, true), rip);
  }

  /** A region is left often for the place at RIP. */
  #join(): void {
    const rip = BigInt.asIntN(64, this.rip);
    const physical = this.#codeEntry.locate(rip);
    if (physical >= 0) this.#translator.busy(this.state.getUint32(CPU_STATE.exitRecord, true), physical, rip);
  }

  /** For tests and tools: blocks and instructions decoded, arena bytes in use, flushes, bytes of handlers, regions translated. */
  get counters(): {
    decodedBlocks: number;
    decodedInstructions: number;
    recordBytes: number;
    flushes: number;
    moduleBytes: number;
    regions: number;
  } {
    const { decodedBlocks, decodedInstructions, usedBytes, flushes } = this.#codeCache;
    return {
      decodedBlocks,
      decodedInstructions,
      recordBytes: usedBytes,
      flushes,
      moduleBytes: this.#interpreter.moduleBytes,
      regions: this.#translator.regions,
    };
  }

  /** What the two tiers did so far; what regions count themselves is 0 without a stopwatch. */
  get statistics(): TierStatistics {
    const { regions, batches, translatedInstructions, moduleBytes, milliseconds } = this.#translator;
    const counted = (name: Parameters<typeof readCounter>[1]): number => readCounter(this.state, name);
    return {
      instructions: this.instructions,
      inRegions: counted('instructions'),
      entries: counted('entries'),
      exits: {
        atInstruction: counted('atInstruction'),
        untranslated: counted('untranslated'),
        direct: counted('direct'),
        indirect: counted('indirect'),
        poll: counted('poll'),
      },
      regions,
      batches,
      translatedInstructions,
      moduleBytes,
      translationMs: milliseconds,
      flushes: this.#codeCache.flushes,
    };
  }
}
