// ELF64 file: what its headers promise, checked before a byte of it is used (System V gABI chapters 4 and 5; AMD64 psABI §5).
//
//   file header ─▶ program headers ─▶ loadable segments, ascending and disjoint │ TLS template │ interpreter │ where the headers lie
//
// A file is hostile until `parseElf` has returned: every offset lies in the file, every address in the user half, sizes add up
// without wrapping (numbers are exact below 2^53 and larger ones are refused), and the work is bounded by 256 headers.

/** Bits of p_flags. */
const SEGMENT = { EXECUTE: 1, WRITE: 2, READ: 4 } as const;
const TYPE = { LOAD: 1, INTERP: 3, PHDR: 6, TLS: 7 } as const;
const FILE_TYPE = { EXECUTABLE: 2, SHARED: 3 } as const;

const HEADER_SIZE = 64;
/** Bytes of one program header. */
export const PROGRAM_HEADER_SIZE = 56;
const MAX_PROGRAM_HEADERS = 256;
const MAX_INTERPRETER = 4096;
const PAGE = 4096;
const USER_END = 2 ** 47;
/** Bytes of address space one image may span. */
const MAX_SPAN = 2 ** 32;
const MAX_TLS = 0x10_0000;
const MAX_ALIGNMENT = 2 ** 30;

/** Why a file is refused: a sentence about the file. */
export class ElfError extends Error {
  override readonly name = 'ElfError';
}

/** A PT_LOAD segment. Addresses are the file's own; `loadBase` is added when it is placed. */
export interface ElfSegment {
  readonly address: number;
  readonly memorySize: number;
  readonly fileOffset: number;
  readonly fileSize: number;
  /** Bits of abi's PROTECTION. */
  readonly protection: number;
}

/** The PT_TLS segment: the first thread's thread-local block starts as a copy of it. */
export interface ElfTls {
  readonly address: number;
  readonly memorySize: number;
  readonly fileOffset: number;
  readonly fileSize: number;
  readonly alignment: number;
}

/** A file that can be loaded. */
export interface ElfFile {
  /** Must be loaded at a base; else its addresses are final. */
  readonly isRelocatable: boolean;
  readonly entry: number;
  readonly segments: readonly ElfSegment[];
  /** Pages the segments span, first address rounded down, last rounded up. */
  readonly start: number;
  readonly end: number;
  readonly alignment: number;
  readonly tls: ElfTls | undefined;
  readonly interpreter: string | undefined;
  /** Address of the program headers in memory; 0 when no segment holds them. */
  readonly programHeaders: number;
  readonly programHeaderCount: number;
}

/** @throws ElfError */
export function parseElf(bytes: Uint8Array): ElfFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { table, count, entry, isRelocatable } = parseHeader(view);
  const segments: ElfSegment[] = [];
  let tls: ElfTls | undefined;
  let interpreter: string | undefined;
  let programHeaders = 0;
  let alignment = PAGE;
  for (let index = 0; index < count; index++) {
    const header = readProgramHeader(view, table + index * PROGRAM_HEADER_SIZE);
    if (header.type === TYPE.LOAD && header.memorySize > 0) {
      segments.push(checkSegment(header, segments.at(-1), bytes.length));
      alignment = Math.max(alignment, header.alignment);
    } else if (header.type === TYPE.TLS && header.memorySize > 0) {
      refuse(tls !== undefined, 'it has two PT_TLS segments');
      tls = checkTls(header, bytes.length);
    } else if (header.type === TYPE.INTERP) {
      interpreter = readInterpreter(bytes, header);
    } else if (header.type === TYPE.PHDR) {
      programHeaders = header.address;
    }
  }
  const first = segments[0];
  const last = segments.at(-1);
  if (first === undefined || last === undefined) throw new ElfError('it has nothing to load');
  const start = first.address - (first.address % PAGE);
  const end = Math.ceil((last.address + last.memorySize) / PAGE) * PAGE;
  refuse(end - start > MAX_SPAN, 'it spans more than 4 GiB of addresses');
  refuse(
    !segments.some((segment) => (segment.protection & 4) !== 0 && isInside(entry, segment)),
    'its entry point is in no executable segment',
  );
  const holder = segments.find(
    (segment) =>
      table >= segment.fileOffset && table + count * PROGRAM_HEADER_SIZE <= segment.fileOffset + segment.fileSize,
  );
  const headersInMemory = holder === undefined ? 0 : holder.address + (table - holder.fileOffset);
  refuse(programHeaders !== 0 && programHeaders !== headersInMemory, 'PT_PHDR does not say where its headers are');
  return {
    isRelocatable,
    entry,
    segments,
    start,
    end,
    alignment,
    tls,
    interpreter,
    programHeaders: headersInMemory,
    programHeaderCount: count,
  };
}

function parseHeader(view: DataView): { table: number; count: number; entry: number; isRelocatable: boolean } {
  refuse(view.byteLength < HEADER_SIZE, 'it is shorter than an ELF header');
  refuse(view.getUint32(0, false) !== 0x7f454c46, 'it does not start with the ELF magic');
  refuse(view.getUint8(4) !== 2 || view.getUint8(5) !== 1, 'it is not a little-endian 64-bit file');
  refuse(view.getUint8(6) !== 1 || view.getUint32(20, true) !== 1, 'its ELF version is not 1');
  refuse(view.getUint16(18, true) !== 62, 'it is not for x86-64');
  const type = view.getUint16(16, true);
  refuse(
    type !== FILE_TYPE.EXECUTABLE && type !== FILE_TYPE.SHARED,
    'it is neither executable nor position-independent',
  );
  refuse(view.getUint16(54, true) !== PROGRAM_HEADER_SIZE, 'its program headers have another size than 56 bytes');
  const count = view.getUint16(56, true);
  refuse(
    count === 0 || count > MAX_PROGRAM_HEADERS,
    `it has ${count} program headers: 1 to ${MAX_PROGRAM_HEADERS} are accepted`,
  );
  const table = readNumber(view, 32, 'e_phoff');
  refuse(table + count * PROGRAM_HEADER_SIZE > view.byteLength, 'its program headers lie outside the file');
  return { table, count, entry: readNumber(view, 24, 'e_entry'), isRelocatable: type === FILE_TYPE.SHARED };
}

interface ProgramHeader {
  readonly type: number;
  readonly flags: number;
  readonly fileOffset: number;
  readonly address: number;
  readonly fileSize: number;
  readonly memorySize: number;
  readonly alignment: number;
}

function readProgramHeader(view: DataView, at: number): ProgramHeader {
  const type = view.getUint32(at, true);
  const flags = view.getUint32(at + 4, true);
  // Headers of types that are not acted upon may hold anything.
  if (type !== TYPE.LOAD && type !== TYPE.TLS && type !== TYPE.INTERP && type !== TYPE.PHDR) {
    return { type, flags, fileOffset: 0, address: 0, fileSize: 0, memorySize: 0, alignment: 0 };
  }
  return {
    type,
    flags,
    fileOffset: readNumber(view, at + 8, 'p_offset'),
    address: readNumber(view, at + 16, 'p_vaddr'),
    fileSize: readNumber(view, at + 32, 'p_filesz'),
    memorySize: readNumber(view, at + 40, 'p_memsz'),
    alignment: readNumber(view, at + 48, 'p_align'),
  };
}

function checkSegment(header: ProgramHeader, previous: ElfSegment | undefined, fileLength: number): ElfSegment {
  const { address, alignment, fileOffset, fileSize, flags, memorySize } = header;
  refuse(fileSize > memorySize, 'a segment has more bytes in the file than in memory');
  refuse(fileOffset + fileSize > fileLength, 'a segment lies outside the file');
  refuse(address + memorySize > USER_END, 'a segment leaves the user half of the address space');
  checkAlignment(alignment);
  refuse(alignment > 1 && (address - fileOffset) % Math.min(alignment, PAGE) !== 0, 'a segment is misaligned');
  refuse(
    previous !== undefined && address < previous.address + previous.memorySize,
    'its segments overlap or are not in ascending order',
  );
  const protection =
    ((flags & SEGMENT.READ) !== 0 ? 1 : 0) |
    ((flags & SEGMENT.WRITE) !== 0 ? 2 : 0) |
    ((flags & SEGMENT.EXECUTE) !== 0 ? 4 : 0);
  return { address, memorySize, fileOffset, fileSize, protection };
}

function checkTls(header: ProgramHeader, fileLength: number): ElfTls {
  const { address, alignment, fileOffset, fileSize, memorySize } = header;
  refuse(fileSize > memorySize || fileOffset + fileSize > fileLength, 'its PT_TLS segment lies outside the file');
  refuse(memorySize > MAX_TLS, `its thread-local block has ${memorySize} bytes: at most ${MAX_TLS} are accepted`);
  checkAlignment(alignment);
  refuse(alignment > PAGE, 'its thread-local block is aligned to more than a page');
  return { address, memorySize, fileOffset, fileSize, alignment: Math.max(1, alignment) };
}

function readInterpreter(bytes: Uint8Array, { fileOffset, fileSize }: ProgramHeader): string {
  refuse(fileSize < 2 || fileSize > MAX_INTERPRETER || fileOffset + fileSize > bytes.length, 'PT_INTERP names no file');
  let name = '';
  for (let at = fileOffset; at < fileOffset + fileSize - 1; at++) {
    const byte = bytes[at]!;
    refuse(byte < 0x20 || byte > 0x7e, 'PT_INTERP names no file');
    name += String.fromCharCode(byte);
  }
  return name;
}

function checkAlignment(alignment: number): void {
  refuse(
    alignment > MAX_ALIGNMENT || (alignment & (alignment - 1)) !== 0,
    'an alignment is no power of two, or above 1 GiB',
  );
}

function isInside(address: number, segment: ElfSegment): boolean {
  return address >= segment.address && address < segment.address + segment.memorySize;
}

function readNumber(view: DataView, at: number, field: string): number {
  const high = view.getUint32(at + 4, true);
  refuse(high >= 0x8000, `${field} is larger than any user address`);
  return high * 2 ** 32 + view.getUint32(at, true);
}

function refuse(condition: boolean, sentence: string): void {
  if (condition) throw new ElfError(sentence);
}
