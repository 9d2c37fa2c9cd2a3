// Loads a program into a machine's physical memory: an ELF64 file by its headers, anything else byte for byte.
//
//   ELF, linked at addresses    each PT_LOAD to its physical address, zeros behind its file bytes      RIP = its entry
//   ELF, relocatable            the same from `address` on; it must relocate itself (static-pie)
//   flat                        the bytes at `address`                                                 RIP = address
//
// RSP is the end of RAM. A bare machine runs this at once, paging off; a supervisor that maps pages reads ELF files itself.
// A file comes from anywhere: nothing is written unless all of it is right (System V gABI chapter 5).

import type { Machine } from '../machine.ts';
import { MachineError } from '../machine-error.ts';
import { GPR } from '../state/frame-layout.ts';

const HEADER_BYTES = 64;
const PROGRAM_HEADER_BYTES = 56;
const MOST_PROGRAM_HEADERS = 256;
const MACHINE_X86_64 = 62;
const TYPE = { executable: 2, shared: 3 } as const;
const PT_LOAD = 1;
const PT_INTERP = 3;
const DEFAULT_ADDRESS = 0x1_0000;

export interface LoadOptions {
  /** Physical address of a flat or relocatable program, a multiple of 4,096 for the latter. Default 0x10000. */
  readonly address?: number;
}

/** Where a program is. */
export interface LoadedImage {
  readonly entry: number;
  /** Physical addresses, from the first byte to the one behind the last. */
  readonly start: number;
  readonly end: number;
}

interface Segment {
  readonly at: number;
  readonly bytes: Uint8Array;
  readonly memoryBytes: number;
}

/**
 * Loads a program and points RIP and RSP at it.
 * @throws MachineError `badImage` for an ELF file that cannot be loaded, or a program that RAM has no room for
 */
export function loadProgram(
  machine: Machine,
  image: Uint8Array,
  { address = DEFAULT_ADDRESS }: LoadOptions = {},
): LoadedImage {
  const { segments, entry } = isElf(image) ? readElf(image, address) : flat(image, address);
  const { ramBytes } = machine.memory;
  for (const { at, memoryBytes } of segments) {
    if (!machine.memory.isRam(at, memoryBytes)) {
      throw refused(
        `0x${at.toString(16)} + ${memoryBytes} bytes are wanted, and RAM ends at 0x${ramBytes.toString(16)}`,
      );
    }
  }
  for (const { at, bytes, memoryBytes } of segments) {
    machine.memory.write(at, bytes);
    machine.memory.fill(at + bytes.length, memoryBytes - bytes.length, 0);
  }
  machine.cpu.rip = BigInt(entry);
  machine.cpu.registers[GPR.rsp] = BigInt(ramBytes);
  const starts = segments.map(({ at }) => at);
  const ends = segments.map(({ at, memoryBytes }) => at + memoryBytes);
  return { entry, start: Math.min(...starts), end: Math.max(...ends) };
}

const isElf = (image: Uint8Array): boolean =>
  image[0] === 0x7f && image[1] === 0x45 && image[2] === 0x4c && image[3] === 0x46;

function flat(bytes: Uint8Array, address: number): { segments: Segment[]; entry: number } {
  if (bytes.length === 0) throw refused('it is empty');
  return { segments: [{ at: address, bytes, memoryBytes: bytes.length }], entry: address };
}

function readElf(image: Uint8Array, address: number): { segments: Segment[]; entry: number } {
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  if (image.length < HEADER_BYTES) throw refused('its ELF header is cut off');
  if (image[4] !== 2 || image[5] !== 1 || view.getUint16(18, true) !== MACHINE_X86_64) {
    throw refused('it is an ELF file for another machine: build it for x86-64');
  }
  const type = view.getUint16(16, true);
  if (type !== TYPE.executable && type !== TYPE.shared) throw refused('it is an ELF file, but no program: link it');
  const number = (at: number): number => Number(view.getBigUint64(at, true));
  const headers = number(32);
  const count = view.getUint16(56, true);
  if (count > MOST_PROGRAM_HEADERS || headers + count * PROGRAM_HEADER_BYTES > image.length) {
    throw refused('its program headers are not in the file');
  }
  const bias = type === TYPE.shared ? address : 0;
  const segments: Segment[] = [];
  for (let i = 0; i < count; i++) {
    const at = headers + i * PROGRAM_HEADER_BYTES;
    const kind = view.getUint32(at, true);
    if (kind === PT_INTERP) throw refused('it asks for an interpreter: link it statically');
    const memoryBytes = number(at + 40);
    if (kind !== PT_LOAD || memoryBytes === 0) continue;
    const [offset, fileBytes] = [number(at + 8), number(at + 32)];
    if (offset + fileBytes > image.length || fileBytes > memoryBytes) throw refused(`segment ${i} is not in the file`);
    segments.push({ at: number(at + 24) + bias, bytes: image.subarray(offset, offset + fileBytes), memoryBytes });
  }
  if (segments.length === 0) throw refused('nothing in it is to be loaded');
  return { segments, entry: number(24) + bias };
}

const refused = (what: string): MachineError => new MachineError('badImage', `loading a program: ${what}`);
