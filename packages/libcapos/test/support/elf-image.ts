// Just enough of an ELF64 reader to judge an image (System V ABI, ELF-64 object file format).

/** A program header. */
export interface Segment {
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly address: number;
  readonly fileSize: number;
  readonly memorySize: number;
}

export const PT = { LOAD: 1, DYNAMIC: 2, NOTE: 4, TLS: 7 } as const;
export const PF = { EXECUTE: 1, WRITE: 2, READ: 4 } as const;

/** What an image says about itself. */
export interface ElfImage {
  readonly type: number;
  readonly machine: number;
  readonly entry: number;
  readonly segments: readonly Segment[];
  /** Owner, type and descriptor of each note. */
  readonly notes: readonly { owner: string; type: number; descriptor: readonly number[] }[];
}

const align4 = (value: number): number => (value + 3) & ~3;

/** Reads the headers of an ELF64 file. */
export function readElf(bytes: Uint8Array): ElfImage {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== 0x7f454c46 || bytes[4] !== 2) throw new Error('no ELF64 file');
  const segments: Segment[] = [];
  const table = Number(view.getBigUint64(32, true));
  for (let index = 0; index < view.getUint16(56, true); index++) {
    const at = table + index * view.getUint16(54, true);
    segments.push({
      type: view.getUint32(at, true),
      flags: view.getUint32(at + 4, true),
      offset: Number(view.getBigUint64(at + 8, true)),
      address: Number(view.getBigUint64(at + 16, true)),
      fileSize: Number(view.getBigUint64(at + 32, true)),
      memorySize: Number(view.getBigUint64(at + 40, true)),
    });
  }
  const notes: ElfImage['notes'][number][] = [];
  for (const segment of segments.filter(({ type }) => type === PT.NOTE)) {
    for (let at = segment.offset; at < segment.offset + segment.fileSize; ) {
      const ownerLength = view.getUint32(at, true);
      const length = view.getUint32(at + 4, true);
      const owner = new TextDecoder().decode(bytes.subarray(at + 12, at + 12 + ownerLength - 1));
      const start = at + 12 + align4(ownerLength);
      notes.push({ owner, type: view.getUint32(at + 8, true), descriptor: [...bytes.subarray(start, start + length)] });
      at = start + align4(length);
    }
  }
  return {
    type: view.getUint16(16, true),
    machine: view.getUint16(18, true),
    entry: Number(view.getBigUint64(24, true)),
    segments,
    notes,
  };
}
