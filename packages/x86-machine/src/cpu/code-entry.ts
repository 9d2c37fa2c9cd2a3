// From RIP to code: where the bytes of the next instruction lie, and the block that is entered there.
//
//   RIP ──walk──▶ physical address ──code cache──▶ block ──▶ jump cache: the next time generated code finds it by itself
//         │
//         └──▶ fault, delivered before anything of the instruction has happened
import type { CodeCache } from '../interpreter/code-cache.ts';
import type { Interpreter } from '../interpreter/interpreter.ts';
import { VECTOR } from '../isa/vector.ts';
import { ACCESS } from '../mmu/page-walk.ts';
import { CPU_STATE, type MemoryMap } from '../state/cpu-state.ts';
import { FRAME } from '../state/frame-layout.ts';
import type { AddressSpaces } from './address-spaces.ts';
import type { RegisterFile } from './register-file.ts';
import type { VirtualMemory } from './virtual-memory.ts';

const PAGE_BYTES = 0x1000n;
const pageAfter = (virtual: bigint): bigint => (virtual & -PAGE_BYTES) + PAGE_BYTES;

export class CodeEntry {
  readonly #registers: RegisterFile;
  readonly #map: MemoryMap;
  readonly #interpreter: Interpreter;
  readonly #codeCache: CodeCache;
  readonly #spaces: AddressSpaces;
  readonly #memory: VirtualMemory;
  readonly #raise: (vector: number, errorCode: number) => void;
  /** Whether no tier may mark a page as fetched from sooner than the other. */
  isExact = false;

  constructor(
    registers: RegisterFile,
    map: MemoryMap,
    interpreter: Interpreter,
    codeCache: CodeCache,
    spaces: AddressSpaces,
    memory: VirtualMemory,
    raise: (vector: number, errorCode: number) => void,
  ) {
    this.#registers = registers;
    this.#map = map;
    this.#interpreter = interpreter;
    this.#codeCache = codeCache;
    this.#spaces = spaces;
    this.#memory = memory;
    this.#raise = raise;
  }

  get #rip(): bigint {
    return BigInt.asIntN(64, this.#registers.rip);
  }

  get #access(): number {
    return ACCESS.execute | (this.#registers.cpl === 3 ? ACCESS.user : 0);
  }

  /**
   * Finds the block at RIP and notes it for the next `run`, or delivers the fault that keeps it from being found.
   * @returns false when its first instruction must be run by itself: both pages it lies in cannot be noted at once
   */
  enterBlock(): boolean {
    const rip = this.#rip;
    const physical = this.fetch(rip);
    if (physical < 0) return true;
    let second = -1;
    const head = this.#codeCache.find(physical, () => {
      second = this.fetch(pageAfter(rip));
      return second;
    });
    if (head === 0) return true;
    const { state } = this.#registers;
    const [low, high] = [state.getInt32(FRAME.rip, true), state.getInt32(FRAME.rip + 4, true)];
    const page = (high >>> 0) * 0x10_0000 + (low >>> 12);
    const frame = physical >>> 12;
    this.#spaces.noteExecuted(page, frame);
    // The end of an instruction may be all that is ever fetched from there. (None straddles the end of the addresses.)
    if (second >= 0 && this.#spaces.noteExecuted(page + 1, second >>> 12)) {
      if (second >>> 12 === frame) return false;
      this.#spaces.noteExecuted(page, frame);
    }
    this.#codeCache.enterJumpCache(low, high, state.getUint32(CPU_STATE.codeTag, true), head);
    return true;
  }

  /** Up to `limit` instructions at RIP, decoded for the occasion: their first record; 0 once a fault has been delivered. */
  decodeAside(limit: number): number {
    const rip = this.#rip;
    const physical = this.fetch(rip);
    return physical < 0 ? 0 : this.#codeCache.decodeAside(physical, () => this.fetch(pageAfter(rip)), limit);
  }

  /** The physical address to fetch from; −1 once the fault has been delivered. */
  fetch(virtual: bigint): number {
    const [found, rights] = this.#interpreter.exports.walk(virtual, this.#access);
    const physical = Number(found);
    if (physical >= 0 && physical < this.#map.ramBytes) return physical;
    if (physical >= 0)
      this.#raise(VECTOR.invalidOpcode, 0); // nothing to execute outside RAM: all ones, #UD
    else if (rights < 0) this.#raise(VECTOR.generalProtection, 0);
    else {
      this.#registers.cr2 = BigInt.asUintN(64, virtual);
      this.#raise(VECTOR.pageFault, rights);
    }
    return -1;
  }

  /** Where code of the current address space lies, for translation beyond a page: a physical address, or −1. */
  locate(virtual: bigint): number {
    const physical = this.#memory.translate(virtual, 'execute', this.#registers.cpl === 3);
    return physical < this.#map.ramBytes ? physical : -1;
  }

  /**
   * Region code goes from page to page without a walk. Marking a page before anything is fetched from it is what processors do, too (SDM
   * Vol. 3A §4.8), but when runs are to be repeated no tier may do it sooner than the other.
   */
  markFetched(virtual: bigint): boolean {
    const signed = BigInt.asIntN(64, virtual);
    if (this.isExact && !this.#memory.isAccessed(signed)) return false;
    const [physical] = this.#interpreter.exports.walk(signed, this.#access);
    this.#spaces.noteExecuted(Number(BigInt.asUintN(64, virtual) >> 12n), Number(physical) >>> 12);
    return true;
  }
}
