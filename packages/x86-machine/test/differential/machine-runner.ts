// Runs a differential case on the emulated machine: the same memory map, the same state in, the same kind of outcome out.
import type { Cpu } from '../../src/cpu/cpu.ts';
import { createMachine, type Machine } from '../../src/machine.ts';
import { FRAME, FRAME_BYTES, initialFrame } from '../../src/state/frame-layout.ts';
import { testClock, testEntropy } from '../support/bare-loader.ts';
import { PageTables, PTE } from '../support/page-tables.ts';
import { EXECUTE, IMAGE_BYTES, pristineImage, REGIONS, WRITE } from './memory-map.ts';
import {
  type Case,
  FX,
  FX_OFFSET,
  type Outcome,
  ProcessorState,
  TRAP_SYSCALL,
  TRAP_TIMEOUT,
} from './processor-state.ts';

const FIRST_TABLE = 0x10_0000;
const TIMEOUT_INSTRUCTIONS = 20_000;

export class MachineRunner {
  readonly #machine: Machine;
  readonly #image = pristineImage();
  readonly #tables: PageTables;
  #trap = -1;
  #errorCode = 0;

  constructor() {
    this.#machine = createMachine({
      ramBytes: 4 * 2 ** 20,
      decodedBytes: 2 ** 20,
      clock: testClock,
      entropy: testEntropy,
      supervisor: {
        syscall: () => this.#end(TRAP_SYSCALL, 0),
        exception: (_cpu: Cpu, vector: number, errorCode: number) => this.#end(vector, errorCode),
        interrupt: () => {},
      },
    });
    this.#tables = new PageTables(this.#machine.memory, FIRST_TABLE);
    for (const region of REGIONS) {
      const flags =
        PTE.user | (region.protection & WRITE ? PTE.write : 0n) | (region.protection & EXECUTE ? 0n : PTE.noExecute);
      for (let at = 0; at < region.bytes; at += 4096)
        this.#tables.map(region.address + BigInt(at), region.imageOffset + at, flags);
    }
    this.#machine.memory.write(0, this.#image);
    this.#machine.cpu.setAddressSpace(this.#tables.root, 1);
  }

  #end(trap: number, errorCode: number): void {
    this.#trap = trap;
    this.#errorCode = errorCode;
    this.#machine.stop(0);
  }

  run({ state, patches }: Case): Outcome {
    const { memory, cpu } = this.#machine;
    for (const patch of patches) memory.write(patch.imageOffset, patch.bytes);
    const before = memory.bytes.slice(0, IMAGE_BYTES);
    cpu.loadFrame(toFrame(state));
    this.#trap = TRAP_TIMEOUT;
    this.#errorCode = 0;
    this.#machine.run(TIMEOUT_INSTRUCTIONS);
    const changes: [number, bigint][] = [];
    const now = new BigUint64Array(memory.buffer, memory.ramOffset, IMAGE_BYTES / 8);
    const then = new BigUint64Array(before.buffer);
    for (let i = 0; i < now.length; i++) if (now[i] !== then[i]) changes.push([i * 8, now[i]!]);
    for (const [offset] of changes) memory.write(offset, this.#image.subarray(offset, offset + 8));
    for (const { imageOffset, bytes } of patches)
      memory.write(imageOffset, this.#image.subarray(imageOffset, imageOffset + bytes.length));
    return { trap: this.#trap, errorCode: BigInt(this.#errorCode), cr2: cpu.cr2, state: fromFrame(cpu.frame), changes };
  }
}

/** x87 tags: two bits a physical register here, one bit (not empty) in FXSAVE's abridged form. */
function toFrame(state: ProcessorState): Uint8Array {
  const frame = initialFrame();
  const view = new DataView(frame.buffer);
  frame.set(state.bytes.subarray(0, FX_OFFSET), 0);
  const { fx } = state;
  const status = fx.getUint16(FX.statusWord, true);
  const top = (status >> 11) & 7;
  view.setUint32(FRAME.mxcsr, fx.getUint32(FX.mxcsr, true), true);
  view.setUint16(FRAME.x87Control, fx.getUint16(FX.controlWord, true), true);
  view.setUint16(FRAME.x87Status, status, true);
  const present = fx.getUint8(FX.tagByte);
  let tag = 0;
  for (let physical = 0; physical < 8; physical++) if ((present & (1 << physical)) === 0) tag |= 3 << (physical * 2);
  view.setUint16(FRAME.x87Tag, tag, true);
  for (let i = 0; i < 8; i++) {
    const from = FX_OFFSET + FX.registers + i * 16;
    frame.set(state.bytes.subarray(from, from + 16), FRAME.x87Registers + ((top + i) & 7) * 16);
  }
  for (let i = 0; i < 16; i++) {
    const from = FX_OFFSET + FX.xmm + i * 16;
    frame.set(state.bytes.subarray(from, from + 16), FRAME.xmm + i * 32);
  }
  return frame;
}

function fromFrame(frame: Uint8Array): ProcessorState {
  const state = new ProcessorState();
  const view = new DataView(frame.buffer, frame.byteOffset, FRAME_BYTES);
  state.bytes.set(frame.subarray(0, FX_OFFSET), 0);
  const { fx } = state;
  const status = view.getUint16(FRAME.x87Status, true);
  const top = (status >> 11) & 7;
  fx.setUint32(FX.mxcsr, view.getUint32(FRAME.mxcsr, true), true);
  fx.setUint16(FX.controlWord, view.getUint16(FRAME.x87Control, true), true);
  fx.setUint16(FX.statusWord, status, true);
  const tag = view.getUint16(FRAME.x87Tag, true);
  let present = 0;
  for (let physical = 0; physical < 8; physical++) if (((tag >> (physical * 2)) & 3) !== 3) present |= 1 << physical;
  fx.setUint8(FX.tagByte, present);
  for (let i = 0; i < 8; i++) {
    const from = FRAME.x87Registers + ((top + i) & 7) * 16;
    state.bytes.set(frame.subarray(from, from + 10), FX_OFFSET + FX.registers + i * 16);
  }
  for (let i = 0; i < 16; i++) {
    state.bytes.set(frame.subarray(FRAME.xmm + i * 32, FRAME.xmm + i * 32 + 16), FX_OFFSET + FX.xmm + i * 16);
  }
  return state;
}
