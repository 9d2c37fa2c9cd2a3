// Reference system: a machine, a kernel and a program under each personality, made beside an embedder's second kernel, never run
// and never let go of. It is there for the engine alone.
//
// V8 finds out how large a class's objects are when the seventh is made, from the shapes that are in use by then. Most classes of
// this package and the machine's have one object in a kernel: where kernels follow one another, each collected before the next is made,
// no shape is in use, the seventh and all later objects are made with no room for a field, and those with many fields become
// dictionaries. A system call then took twice the time. Objects that live keep the shapes. (docs/decisions/0029)

import type { ForeignPersonality, PersonalityFactory } from '@capos/abi';
import { createMachine, type Machine } from '@capos/x86-machine';

const RAM_BYTES = 0x20_0000;
const DECODED_BYTES = 0x1_0000;
const IMAGE_BASE = 0x40_0000;
const CODE_OFFSET = 0x78;

/** What it asks of a kernel. */
interface ReferenceKernel {
  spawn(request: {
    readonly name: string;
    readonly image: Uint8Array;
    readonly personality?: PersonalityFactory;
  }): unknown;
}

export class ReferenceSystem {
  readonly #createKernel: (machine: Machine) => ReferenceKernel;
  readonly #personalities = new Set<string>();
  #kernelsMade = 0;
  #kernel: ReferenceKernel | undefined;

  constructor(createKernel: (machine: Machine) => ReferenceKernel) {
    this.#createKernel = createKernel;
  }

  /** An embedder makes a kernel with a machine: from the second on there is a reference system. */
  kernelMade(): void {
    if (++this.#kernelsMade !== 2) return;
    const machine = createMachine({
      ramBytes: RAM_BYTES,
      decodedBytes: DECODED_BYTES,
      clock: { nowNs: () => 0 },
      entropy: { fill: (bytes) => bytes.fill(0) },
    });
    this.#kernel = this.#createKernel(machine);
    this.#kernel.spawn({ name: 'reference', image: image() });
  }

  /** An embedder starts programs under a personality. */
  personalityUsed({ name, reference }: PersonalityFactory): void {
    if (this.#kernel === undefined || reference === undefined || this.#personalities.has(name)) return;
    // First of all: starting the program comes by here again.
    this.#personalities.add(name);
    const create = (): ForeignPersonality => reference();
    this.#kernel.spawn({ name: 'reference', image: image(), personality: { name, create } });
  }
}

/** An ELF64 file of one segment, whose program is a jump to itself. */
function image(): Uint8Array {
  const bytes = new Uint8Array(CODE_OFFSET + 2);
  const view = new DataView(bytes.buffer);
  // Identification: ELF, 64 bits, little-endian, version 1. Then ET_EXEC for x86-64.
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  view.setUint16(0x10, 2, true);
  view.setUint16(0x12, 62, true);
  view.setUint32(0x14, 1, true);
  view.setUint32(0x18, IMAGE_BASE + CODE_OFFSET, true);
  view.setUint32(0x20, 0x40, true);
  // Sizes of the header and of a program header, and how many there are.
  view.setUint16(0x34, 0x40, true);
  view.setUint16(0x36, 0x38, true);
  view.setUint16(0x38, 1, true);
  // PT_LOAD, readable and executable, all of the file.
  view.setUint32(0x40, 1, true);
  view.setUint32(0x44, 5, true);
  view.setUint32(0x50, IMAGE_BASE, true);
  view.setUint32(0x58, IMAGE_BASE, true);
  view.setUint32(0x60, bytes.length, true);
  view.setUint32(0x68, bytes.length, true);
  view.setUint32(0x70, 0x1000, true);
  bytes.set([0xeb, 0xfe], CODE_OFFSET);
  return bytes;
}
