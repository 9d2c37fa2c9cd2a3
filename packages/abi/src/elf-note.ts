// Which programs are native: those whose ELF file carries capOS's note. All others are some other system's.
//
// (System V ABI, gABI chapter 5 "Note Section"; ELF64 offsets from "ELF-64 Object File Format", version 1.5.)

import { NATIVE_ELF_NOTE } from './process-layout.ts';

const ELF_MAGIC = 0x464c457f;
const PT_NOTE = 4;
const PROGRAM_HEADER_SIZE = 56;
/** Notes past this many bytes of a segment are not looked at, so hostile headers cost bounded time. */
const LONGEST_NOTE_SEGMENT = 4096;

/** What a file is, as far as its headers and notes say. `bytes` may be just the beginning of the file. */
export type ProgramFormat = 'native' | 'foreign' | 'not-elf';

/** Tells native ELF files from foreign ones. Never throws: a file whose headers lead nowhere has no note. */
export function programFormat(bytes: Uint8Array): ProgramFormat {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = view.byteLength;
  if (size < 64 || view.getUint32(0, true) !== ELF_MAGIC || view.getUint8(4) !== 2) return 'not-elf';
  const table = Number(view.getBigUint64(32, true));
  const count = view.getUint16(56, true);
  for (let index = 0; index < count; index++) {
    const header = table + index * PROGRAM_HEADER_SIZE;
    if (header + PROGRAM_HEADER_SIZE > size) break;
    if (view.getUint32(header, true) !== PT_NOTE) continue;
    const start = Number(view.getBigUint64(header + 8, true));
    const end = Math.min(size, start + Math.min(LONGEST_NOTE_SEGMENT, Number(view.getBigUint64(header + 32, true))));
    if (hasNativeNote(view, start, end)) return 'native';
  }
  return 'foreign';
}

function hasNativeNote(view: DataView, start: number, end: number): boolean {
  for (let at = start; at + 12 <= end; ) {
    const nameSize = view.getUint32(at, true);
    const descriptorSize = view.getUint32(at + 4, true);
    const type = view.getUint32(at + 8, true);
    const name = at + 12;
    if (type === NATIVE_ELF_NOTE.type && nameSize === NATIVE_ELF_NOTE.name.length + 1 && name + nameSize <= end) {
      let same = view.getUint8(name + nameSize - 1) === 0;
      for (let i = 0; same && i < nameSize - 1; i++) {
        same = view.getUint8(name + i) === NATIVE_ELF_NOTE.name.charCodeAt(i);
      }
      if (same) return true;
    }
    at = name + align4(nameSize) + align4(descriptorSize);
  }
  return false;
}

const align4 = (value: number): number => Math.ceil(value / 4) * 4;
