// The vDSO as an ELF file (vdso(7)): clock calls as functions of the program's own, which read the time-stamp counter.
//
//   0 headers │ symbols, hash table, names, versions │ dynamic section │ code ……… │ page 1: u64 wall clock − counter, 0 while it is not known
//
// The counter counts the Timer's nanoseconds, so the monotonic clock is the counter itself. What the functions can't answer they ask
// for by the call. Symbols are of version LINUX_2.6: libraries take others too, Go reads the definitions without looking whether
// there are any.

/** Nanoseconds from the counter to the wall clock: so far behind the image's beginning. */
export const WALL_OFFSET_AT = 0x1000;

const HEADER_BYTES = 64;
const PROGRAM_HEADER_BYTES = 56;
const SYMBOL_BYTES = 24;
const NAME = 'linux-vdso.so.1';
const VERSION = 'LINUX_2.6';
/** A version definition with its one name. */
const VERSION_BYTES = 28;
/** Stands for the distance to the word at WALL_OFFSET_AT, from behind the instruction. */
const WALL_OFFSET = [0xaa, 0xbb, 0xcc, 0xdd];

const READ_COUNTER = [
  ...[0x0f, 0x31], // rdtsc
  ...[0x48, 0xc1, 0xe2, 0x20], // shl rdx, 32
  ...[0x48, 0x09, 0xd0], // or rax, rdx
  ...[0x48, 0x01, 0xc8], // add rax, rcx
  ...[0x31, 0xd2], // xor edx, edx
  ...[0xb9, 0x00, 0xca, 0x9a, 0x3b], // mov ecx, 1000000000
  ...[0x48, 0xf7, 0xf1], // div rcx: seconds in RAX, nanoseconds in RDX
];

/** What leads to `skipped` bytes further on when the wall clock is not known; else RCX is the distance to it. */
function readWallOffset(skipped: number): number[] {
  return [
    ...[0x48, 0x8b, 0x0d, ...WALL_OFFSET], // mov rcx, [rip + …]
    ...[0x48, 0x85, 0xc9], // test rcx, rcx
    ...[0x74, skipped], // je
  ];
}

/** mov eax, number; syscall; ret */
function systemCall(number: number): number[] {
  return [0xb8, number, 0, 0, 0, 0x0f, 0x05, 0xc3];
}

/** Clocks by number, a bit each: MONOTONIC, RAW, its coarse form and BOOTTIME; REALTIME, its coarse form and TAI. */
const MONOTONIC = 0xd2;
const REALTIME = [0x21, 0x08];

const CLOCK_GETTIME = [
  ...[0x83, 0xff, 0x1f], // cmp edi, 31
  ...[0x77, 0x44], // ja to the call
  ...[0xb8, MONOTONIC, 0, 0, 0], // mov eax, …
  ...[0x0f, 0xa3, 0xf8], // bt eax, edi
  ...[0x72, 0x18], // jc to the clear
  ...[0xb8, ...REALTIME, 0, 0], // mov eax, …
  ...[0x0f, 0xa3, 0xf8], // bt eax, edi
  ...[0x73, 0x30], // jnc to the call
  ...readWallOffset(0x24),
  ...[0xeb, 0x02], // jmp over the clear
  ...[0x31, 0xc9], // xor ecx, ecx
  ...READ_COUNTER,
  ...[0x48, 0x89, 0x06], // mov [rsi], rax
  ...[0x48, 0x89, 0x56, 0x08], // mov [rsi + 8], rdx
  ...[0x31, 0xc0, 0xc3], // xor eax, eax; ret
  ...systemCall(228),
];

const GETTIMEOFDAY = [
  ...[0x48, 0x85, 0xf6], // test rsi, rsi
  ...[0x75, 0x3c], // jne to the call: it knows of time zones
  ...[0x48, 0x85, 0xff], // test rdi, rdi
  ...[0x74, 0x37], // je to the call
  ...readWallOffset(0x2b),
  ...READ_COUNTER,
  ...[0x48, 0x89, 0x07], // mov [rdi], rax
  ...[0x89, 0xd0], // mov eax, edx
  ...[0x31, 0xd2], // xor edx, edx
  ...[0xb9, 0xe8, 0x03, 0x00, 0x00], // mov ecx, 1000
  ...[0xf7, 0xf1], // div ecx
  ...[0x48, 0x89, 0x47, 0x08], // mov [rdi + 8], rax
  ...[0x31, 0xc0, 0xc3], // xor eax, eax; ret
  ...systemCall(96),
];

const TIME = [
  ...readWallOffset(0x1f),
  ...READ_COUNTER,
  ...[0x48, 0x85, 0xff], // test rdi, rdi
  ...[0x74, 0x03], // je over the store
  ...[0x48, 0x89, 0x07], // mov [rdi], rax
  0xc3, // ret
  ...systemCall(201),
];

/** There is one processor. */
const GETCPU = [
  ...[0x31, 0xc0], // xor eax, eax
  ...[0x48, 0x85, 0xff, 0x74, 0x02, 0x89, 0x07], // test rdi, rdi; je over it; mov [rdi], eax
  ...[0x48, 0x85, 0xf6, 0x74, 0x02, 0x89, 0x06], // test rsi, rsi; je over it; mov [rsi], eax
  0xc3, // ret
];

const FUNCTIONS: readonly (readonly [name: string, code: readonly number[]])[] = [
  ['__vdso_clock_gettime', CLOCK_GETTIME],
  ['__vdso_gettimeofday', GETTIMEOFDAY],
  ['__vdso_time', TIME],
  ['__vdso_getcpu', GETCPU],
];

const DYNAMIC = {
  HASH: 4,
  STRTAB: 5,
  SYMTAB: 6,
  STRSZ: 10,
  SYMENT: 11,
  SONAME: 14,
  VERSYM: 0x6fff_fff0,
  VERDEF: 0x6fff_fffc,
  VERDEFNUM: 0x6fff_fffd,
} as const;
const PT = { LOAD: 1, DYNAMIC: 2 } as const;
const READ = 4;
const EXECUTE = 1;
/** A function, global (gABI, symbol table). */
const GLOBAL_FUNCTION = 0x12;

/** The hash of a name (gABI, hash table). */
function hashOf(name: string): number {
  let hash = 0;
  for (const character of name) {
    hash = (hash << 4) + character.charCodeAt(0);
    hash = (hash ^ ((hash >>> 24) & 0xf0)) & 0x0fff_ffff;
  }
  return hash;
}

/** Writes the file. */
function build(): Uint8Array {
  const names = ['', NAME, VERSION, ...FUNCTIONS.map(([name]) => name)];
  const strings = new Uint8Array([...`${names.join('\0')}\0`].map((character) => character.charCodeAt(0)));
  const stringAt = names.map((_, index) => names.slice(0, index).join('\0').length + (index === 0 ? 0 : 1));
  const symbolCount = FUNCTIONS.length + 1;
  const symbols = HEADER_BYTES + 2 * PROGRAM_HEADER_BYTES;
  const hash = symbols + symbolCount * SYMBOL_BYTES;
  const stringTable = hash + (3 + symbolCount) * 4;
  const versions = Math.ceil((stringTable + strings.length) / 8) * 8;
  const definitions = Math.ceil((versions + symbolCount * 2) / 8) * 8;
  const dynamic = definitions + 2 * VERSION_BYTES;
  const entries = [
    [DYNAMIC.SONAME, stringAt[1]!],
    [DYNAMIC.HASH, hash],
    [DYNAMIC.STRTAB, stringTable],
    [DYNAMIC.SYMTAB, symbols],
    [DYNAMIC.STRSZ, strings.length],
    [DYNAMIC.SYMENT, SYMBOL_BYTES],
    [DYNAMIC.VERSYM, versions],
    [DYNAMIC.VERDEF, definitions],
    [DYNAMIC.VERDEFNUM, 2],
    [0, 0],
  ] as const;
  const code = Math.ceil((dynamic + entries.length * 16) / 16) * 16;
  const starts: number[] = [];
  let end = code;
  for (const [, { length }] of FUNCTIONS) {
    starts.push(end);
    end = Math.ceil((end + length) / 16) * 16;
  }
  const file = new Uint8Array(end);
  const view = new DataView(file.buffer);
  const word = (at: number, value: number): void => view.setBigUint64(at, BigInt(value), true);

  file.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  view.setUint16(16, 3, true); // ET_DYN
  view.setUint16(18, 62, true); // x86-64
  view.setUint32(20, 1, true);
  word(24, starts[0]!);
  word(32, HEADER_BYTES);
  view.setUint16(52, HEADER_BYTES, true);
  view.setUint16(54, PROGRAM_HEADER_BYTES, true);
  view.setUint16(56, 2, true);

  const programHeader = (index: number, type: number, flags: number, start: number, length: number): void => {
    const at = HEADER_BYTES + index * PROGRAM_HEADER_BYTES;
    view.setUint32(at, type, true);
    view.setUint32(at + 4, flags, true);
    for (const offset of [8, 16, 24]) word(at + offset, start);
    for (const offset of [32, 40]) word(at + offset, length);
    word(at + 48, type === PT.LOAD ? WALL_OFFSET_AT : 8);
  };
  programHeader(0, PT.LOAD, READ | EXECUTE, 0, end);
  programHeader(1, PT.DYNAMIC, READ, dynamic, entries.length * 16);

  for (const [index, [, bytes]] of FUNCTIONS.entries()) {
    const at = symbols + (index + 1) * SYMBOL_BYTES;
    view.setUint32(at, stringAt[index + 3]!, true);
    file[at + 4] = GLOBAL_FUNCTION;
    view.setUint16(at + 6, 1, true); // of a section, whichever: not undefined
    word(at + 8, starts[index]!);
    word(at + 16, bytes.length);
    view.setUint16(versions + (index + 1) * 2, 2, true);
  }
  // Version 1 is the file's own (VER_FLG_BASE), 2 that of the symbols (LSB, symbol versioning).
  for (const index of [1, 2]) {
    const at = definitions + (index - 1) * VERSION_BYTES;
    for (const [half, value] of [1, index === 1 ? 1 : 0, index, 1].entries())
      view.setUint16(at + half * 2, value, true);
    view.setUint32(at + 8, hashOf(names[index]!), true);
    view.setUint32(at + 12, 20, true);
    view.setUint32(at + 16, index === 1 ? VERSION_BYTES : 0, true);
    view.setUint32(at + 20, stringAt[index]!, true);
  }
  // One bucket, whose chain is all symbols (gABI, hash table).
  const chain = Array.from({ length: symbolCount }, (_, index) => (index === 0 ? 0 : (index + 1) % symbolCount));
  for (const [index, value] of [1, symbolCount, 1, ...chain].entries()) view.setUint32(hash + index * 4, value, true);
  file.set(strings, stringTable);
  for (const [index, [tag, value]] of entries.entries()) {
    word(dynamic + index * 16, tag);
    word(dynamic + index * 16 + 8, value);
  }
  for (const [index, [, bytes]] of FUNCTIONS.entries()) {
    file.set(bytes, starts[index]!);
    const at = bytes.findIndex((_, from) => WALL_OFFSET.every((byte, step) => bytes[from + step] === byte));
    if (at >= 0) view.setInt32(starts[index]! + at, WALL_OFFSET_AT - (starts[index]! + at + 4), true);
  }
  return file;
}

/** The file, less than a page. Nobody writes to it. */
export const VDSO_IMAGE: Uint8Array = build();
