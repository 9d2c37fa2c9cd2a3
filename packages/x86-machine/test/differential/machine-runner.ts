// Runs cases on the machine: the same memory map as the native oracle, a supervisor that only takes notes.
import type { Cpu } from '../../src/cpu/cpu.ts';
import { createMachine, type Machine, STOP } from '../../src/machine.ts';
import { FRAME } from '../../src/state/frame-layout.ts';
import { PageTables, PTE } from '../support/page-tables.ts';
import { translateAfter } from '../support/tier.ts';
import { EXECUTE, IMAGE_BYTES, PAGE_BYTES, pristineImage, REGIONS, WRITE } from './memory-map.ts';
import {
  type Case,
  FX,
  FX_OFFSET,
  type Outcome,
  ProcessorState,
  TRAP_SYSCALL,
  TRAP_TIMEOUT,
  UPPER_OFFSET,
} from './processor-state.ts';

const IMAGE_PHYSICAL = 0x10_0000;
const INSTRUCTION_LIMIT = 20_000;
/** Cases lie at the same few places: sooner than the translator gives up on code that is written over and over. */
const CASES_BEFORE_FORGETTING = 50;

export class MachineRunner {
  readonly machine: Machine;
  readonly #pristine: Uint8Array = pristineImage();
  readonly #expected: Uint8Array = pristineImage();
  readonly #image: Uint8Array;
  #trap = TRAP_TIMEOUT;
  #errorCode = 0;
  #cases = 0;

  readonly #instructionLimit: number;

  /**
   * @param tier how often a block is entered before it is translated
   * @param instructionLimit when a case is taken for one that does not end
   */
  constructor(tier: number = translateAfter, instructionLimit: number = INSTRUCTION_LIMIT) {
    this.#instructionLimit = instructionLimit;
    this.machine = createMachine({
      ramBytes: 0x20_0000,
      decodedBytes: 1 << 20,
      translateAfter: tier,
      floatExceptions: 'always',
      features: 'x86-64-v3',
      clock: { nowNs: () => 0 },
      entropy: { fill: (bytes) => bytes.fill(0) },
      supervisor: {
        syscall: () => this.#note(TRAP_SYSCALL, 0),
        exception: (_cpu, vector, errorCode) => this.#note(vector, errorCode),
        interrupt: () => {},
      },
    });
    const tables = new PageTables(this.machine.memory, 0x1000);
    for (const region of REGIONS) {
      const rights =
        PTE.user | (region.protection & WRITE ? PTE.write : 0n) | (region.protection & EXECUTE ? 0n : PTE.noExecute);
      for (let at = 0; at < region.bytes; at += PAGE_BYTES) {
        tables.map(region.address + BigInt(at), IMAGE_PHYSICAL + region.imageOffset + at, rights);
      }
    }
    this.#image = this.machine.memory.bytes.subarray(IMAGE_PHYSICAL, IMAGE_PHYSICAL + IMAGE_BYTES);
    this.machine.memory.write(IMAGE_PHYSICAL, this.#pristine);
    this.machine.cpu.setAddressSpace(tables.root, 1);
  }

  #note(trap: number, errorCode: number): void {
    this.#trap = trap;
    this.#errorCode = errorCode;
    this.machine.stop(0);
  }

  run({ state, patches }: Case): Outcome {
    const { machine } = this;
    const { cpu, memory } = machine;
    if (++this.#cases % CASES_BEFORE_FORGETTING === 0) cpu.forgetCode();
    for (const patch of patches) {
      memory.write(IMAGE_PHYSICAL + patch.imageOffset, patch.bytes);
      this.#expected.set(patch.bytes, patch.imageOffset);
    }
    loadState(cpu, state);
    cpu.cr2 = 0n;
    this.#trap = TRAP_TIMEOUT;
    this.#errorCode = 0;
    const reason = machine.run(this.#instructionLimit);
    if (reason !== STOP.stopped && reason !== STOP.budget) throw new Error(`the machine stopped with reason ${reason}`);
    const changes = this.#collectChanges();
    for (const patch of patches) {
      const end = patch.imageOffset + patch.bytes.length;
      this.#expected.set(this.#pristine.subarray(patch.imageOffset, end), patch.imageOffset);
      memory.write(IMAGE_PHYSICAL + patch.imageOffset, this.#pristine.subarray(patch.imageOffset, end));
    }
    return {
      trap: this.#trap,
      errorCode: BigInt(this.#errorCode),
      cr2: cpu.cr2,
      state: readState(cpu),
      changes,
    };
  }

  #collectChanges(): [number, bigint][] {
    const changes: [number, bigint][] = [];
    const image = Buffer.from(this.#image.buffer, this.#image.byteOffset, IMAGE_BYTES);
    const view = new DataView(this.#image.buffer, this.#image.byteOffset, IMAGE_BYTES);
    for (let page = 0; page < IMAGE_BYTES; page += PAGE_BYTES) {
      if (image.compare(this.#expected, page, page + PAGE_BYTES, page, page + PAGE_BYTES) === 0) continue;
      const before = new DataView(this.#expected.buffer);
      for (let at = page; at < page + PAGE_BYTES; at += 8) {
        const word = view.getBigUint64(at, true);
        if (word === before.getBigUint64(at, true)) continue;
        changes.push([at, word]);
        this.machine.memory.write(IMAGE_PHYSICAL + at, this.#pristine.subarray(at, at + 8));
      }
    }
    return changes;
  }
}

function loadState(cpu: Cpu, state: ProcessorState): void {
  const { fx } = state;
  cpu.frame.set(state.bytes.subarray(0, 160), 0);
  cpu.mxcsr = fx.getUint32(FX.mxcsr, true);
  const frame = cpu.state;
  const status = fx.getUint16(FX.statusWord, true);
  frame.setUint16(FRAME.x87Control, fx.getUint16(FX.controlWord, true), true);
  frame.setUint16(FRAME.x87Status, status, true);
  frame.setUint16(FRAME.x87Opcode, fx.getUint16(FX.opcode, true), true);
  frame.setBigUint64(FRAME.x87InstructionPointer, fx.getBigUint64(FX.instructionPointer, true), true);
  frame.setBigUint64(FRAME.x87DataPointer, fx.getBigUint64(FX.dataPointer, true), true);
  let tags = 0;
  const top = (status >> 11) & 7;
  for (let register = 0; register < 8; register++) {
    if (!(fx.getUint8(FX.tagByte) & (1 << register))) tags |= 3 << (register * 2);
    const slot = FRAME.x87Registers + ((top + register) & 7) * 16;
    cpu.frame.fill(0, slot, slot + 16);
    const from = FX_OFFSET + FX.registers + register * 16;
    cpu.frame.set(state.bytes.subarray(from, from + 10), slot);
  }
  frame.setUint16(FRAME.x87Tag, tags, true);
  for (let register = 0; register < 16; register++) {
    const from = FX_OFFSET + FX.xmm + register * 16;
    cpu.frame.set(state.bytes.subarray(from, from + 16), FRAME.xmm + register * 32);
    const upper = UPPER_OFFSET + register * 16;
    cpu.frame.set(state.bytes.subarray(upper, upper + 16), FRAME.xmm + register * 32 + 16);
  }
}

function readState(cpu: Cpu): ProcessorState {
  const state = new ProcessorState();
  const { fx } = state;
  state.bytes.set(cpu.frame.subarray(0, 160), 0);
  const frame = cpu.state;
  const status = frame.getUint16(FRAME.x87Status, true);
  fx.setUint16(FX.controlWord, frame.getUint16(FRAME.x87Control, true), true);
  fx.setUint16(FX.statusWord, status, true);
  fx.setUint16(FX.opcode, frame.getUint16(FRAME.x87Opcode, true), true);
  fx.setBigUint64(FX.instructionPointer, frame.getBigUint64(FRAME.x87InstructionPointer, true), true);
  fx.setBigUint64(FX.dataPointer, frame.getBigUint64(FRAME.x87DataPointer, true), true);
  const tags = frame.getUint16(FRAME.x87Tag, true);
  let present = 0;
  const top = (status >> 11) & 7;
  for (let register = 0; register < 8; register++) {
    if (((tags >> (register * 2)) & 3) !== 3) present |= 1 << register;
    const slot = FRAME.x87Registers + ((top + register) & 7) * 16;
    state.bytes.set(cpu.frame.subarray(slot, slot + 10), FX_OFFSET + FX.registers + register * 16);
  }
  fx.setUint8(FX.tagByte, present);
  fx.setUint32(FX.mxcsr, cpu.mxcsr, true);
  for (let register = 0; register < 16; register++) {
    const slot = FRAME.xmm + register * 32;
    state.bytes.set(cpu.frame.subarray(slot, slot + 16), FX_OFFSET + FX.xmm + register * 16);
    state.bytes.set(cpu.frame.subarray(slot + 16, slot + 32), UPPER_OFFSET + register * 16);
  }
  return state;
}
