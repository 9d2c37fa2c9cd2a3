// Which pages an ELF file's segments take: for the shim's own account of what the kernel's loader mapped.

import { PAGE, PROT, pageCeil, pageFloor } from '../linux/memory-flags.ts';

const PT_LOAD = 1;
const PF = { X: 1, W: 2, R: 4 } as const;

export interface ElfArea {
  readonly start: number;
  readonly end: number;
  readonly protection: number;
}

/** The loadable segments' page ranges of an ELF64 file that was loaded at `base`. */
export function elfAreas(file: Uint8Array, base: number): ElfArea[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 64) return [];
  const headers = Number(view.getBigUint64(32, true));
  const size = view.getUint16(54, true);
  const count = view.getUint16(56, true);
  const areas: ElfArea[] = [];
  for (let index = 0; index < count; index++) {
    const at = headers + index * size;
    if (size < 56 || at + 56 > file.length) break;
    if (view.getUint32(at, true) !== PT_LOAD) continue;
    const flags = view.getUint32(at + 4, true);
    const address = base + Number(view.getBigUint64(at + 16, true));
    const length = Number(view.getBigUint64(at + 40, true));
    if (length === 0) continue;
    const protection =
      ((flags & PF.R) !== 0 ? PROT.READ : 0) |
      ((flags & PF.W) !== 0 ? PROT.WRITE : 0) |
      ((flags & PF.X) !== 0 ? PROT.EXEC : 0);
    areas.push({ start: pageFloor(address), end: pageCeil(address + length), protection });
  }
  return areas.filter((area) => area.end - area.start >= PAGE).sort((left, right) => left.start - right.start);
}
