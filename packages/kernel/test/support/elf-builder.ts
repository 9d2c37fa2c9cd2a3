// ELF64 files made to measure, right ones and wrong ones.

export interface BuiltSegment {
  type?: number;
  flags?: number;
  address: number;
  bytes: Uint8Array;
  memorySize?: number;
  alignment?: number;
}

export interface ElfOptions {
  type?: number;
  machine?: number;
  entry?: number;
  segments: BuiltSegment[];
}

export const READ = 4;
export const WRITE = 2;
export const EXECUTE = 1;

/** A file whose segments lie where their addresses are congruent to their offsets. */
export function buildElf({ type = 2, machine = 62, entry, segments }: ElfOptions): Uint8Array {
  const headers = 64 + segments.length * 56;
  let end = headers;
  const places = segments.map((segment) => {
    const alignment = Math.max(1, segment.alignment ?? 4096);
    const offset = end + ((((segment.address - end) % alignment) + alignment) % alignment);
    end = offset + segment.bytes.length;
    return offset;
  });
  const file = new Uint8Array(end);
  const view = new DataView(file.buffer);
  file.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]);
  view.setUint16(16, type, true);
  view.setUint16(18, machine, true);
  view.setUint32(20, 1, true);
  view.setBigUint64(24, BigInt(entry ?? segments[0]?.address ?? 0), true);
  view.setBigUint64(32, 64n, true);
  view.setUint16(52, 64, true);
  view.setUint16(54, 56, true);
  view.setUint16(56, segments.length, true);
  segments.forEach((segment, index) => {
    const at = 64 + index * 56;
    view.setUint32(at, segment.type ?? 1, true);
    view.setUint32(at + 4, segment.flags ?? READ | EXECUTE, true);
    view.setBigUint64(at + 8, BigInt(places[index]!), true);
    view.setBigUint64(at + 16, BigInt(segment.address), true);
    view.setBigUint64(at + 24, BigInt(segment.address), true);
    view.setBigUint64(at + 32, BigInt(segment.bytes.length), true);
    view.setBigUint64(at + 40, BigInt(segment.memorySize ?? segment.bytes.length), true);
    view.setBigUint64(at + 48, BigInt(segment.alignment ?? 4096), true);
    file.set(segment.bytes, places[index]!);
  });
  return file;
}

/** A static program of one segment with this code at 0x400000. */
export function program(code: readonly number[]): Uint8Array {
  return buildElf({ segments: [{ address: 0x40_0000, bytes: Uint8Array.from(code) }] });
}

/** mov eax, imm32 */
export const movEax = (value: number): number[] => [0xb8, ...word(value)];
/** mov edi, imm32 */
export const movEdi = (value: number): number[] => [0xbf, ...word(value)];
/** mov esi, imm32 */
export const movEsi = (value: number): number[] => [0xbe, ...word(value)];
/** mov edi, eax */
export const MOV_EDI_EAX = [0x89, 0xc7];
export const SYSCALL = [0x0f, 0x05];
/** jmp to itself */
export const SPIN = [0xeb, 0xfe];
/** mov eax, [0x10] */
export const LOAD_NULL = [0x8b, 0x04, 0x25, 0x10, 0, 0, 0];

function word(value: number): number[] {
  return [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, (value >> 24) & 0xff];
}
