// Function symbols of an ELF64 file (System V gABI, chapter 4): where in the file's addresses each function is.
//
//   section headers ─▶ .symtab, else .dynsym ─▶ names of code, sorted by address       program headers ─▶ lowest address loaded
//
// A file comes from anywhere: whatever does not lie in it is left out, and what is no ELF file has no symbols.

export interface FunctionSymbol {
  readonly address: number;
  /** Bytes; 0 where the file does not say: then up to the next. */
  readonly size: number;
  readonly name: string;
}

export interface ElfSymbols {
  /** Address of the first page that is loaded: what the file calls its own place. */
  readonly firstAddress: number;
  /** By ascending address. */
  readonly functions: readonly FunctionSymbol[];
}

const SECTION = { SYMTAB: 2, DYNSYM: 11 } as const;
const PT_LOAD = 1;
const SYMBOL_BYTES = 24;
const STT = { NOTYPE: 0, FUNC: 2, GNU_IFUNC: 10 } as const;
const PAGE = 4096;
const LONGEST_NAME = 1024;
const NO_SYMBOLS: ElfSymbols = { firstAddress: 0, functions: [] };

/** Reads them; a file without any has none. Never throws. */
export function readElfSymbols(bytes: Uint8Array): ElfSymbols {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isElf64 = bytes.length >= 64 && view.getUint32(0) === 0x7f45_4c46 && bytes[4] === 2 && bytes[5] === 1;
  if (!isElf64) return NO_SYMBOLS;
  const number = (at: number): number => Number(view.getBigUint64(at, true));
  const fits = (offset: number, length: number): boolean => offset + length <= bytes.length;

  let firstAddress = Number.POSITIVE_INFINITY;
  const programHeaders = number(32);
  for (let i = 0; i < view.getUint16(56, true); i++) {
    const at = programHeaders + i * 56;
    if (!fits(at, 56)) break;
    if (view.getUint32(at, true) === PT_LOAD) firstAddress = Math.min(firstAddress, number(at + 16));
  }
  if (firstAddress === Number.POSITIVE_INFINITY) firstAddress = 0;

  const sectionHeaders = number(40);
  const sections = view.getUint16(60, true);
  const sectionAt = (wanted: number): number => {
    for (let i = 0; i < sections; i++) {
      const at = sectionHeaders + i * 64;
      if (fits(at, 64) && view.getUint32(at + 4, true) === wanted) return at;
    }
    return -1;
  };
  const symtab = sectionAt(SECTION.SYMTAB);
  const table = symtab >= 0 ? symtab : sectionAt(SECTION.DYNSYM);
  const strings = table < 0 ? -1 : sectionHeaders + view.getUint32(table + 40, true) * 64;
  if (table < 0 || !fits(strings, 64)) return { firstAddress: firstAddress - (firstAddress % PAGE), functions: [] };
  const [namesAt, namesEnd] = [
    number(strings + 24),
    Math.min(bytes.length, number(strings + 24) + number(strings + 32)),
  ];
  const nameAt = (at: number): string => {
    let name = '';
    for (let i = at; i < namesEnd && bytes[i] !== 0 && name.length < LONGEST_NAME; i++)
      name += String.fromCharCode(bytes[i]!);
    return name;
  };

  const functions: FunctionSymbol[] = [];
  const end = Math.min(bytes.length, number(table + 24) + number(table + 32));
  for (let at = number(table + 24); at + SYMBOL_BYTES <= end; at += SYMBOL_BYTES) {
    const type = bytes[at + 4]! & 15;
    const isCode = type === STT.FUNC || type === STT.GNU_IFUNC || type === STT.NOTYPE;
    // Defined in a section, rather than elsewhere or as a number.
    const section = view.getUint16(at + 6, true);
    if (!isCode || section === 0 || section >= 0xff00) continue;
    const name = nameAt(namesAt + view.getUint32(at, true));
    if (name !== '') functions.push({ address: number(at + 8), size: number(at + 16), name });
  }
  // Of several names for one place, the one with a size counts.
  functions.sort((one, other) => one.address - other.address || one.size - other.size);
  return { firstAddress: firstAddress - (firstAddress % PAGE), functions };
}

/** The function that an address of the file is in. */
export function functionAt({ functions }: ElfSymbols, address: number): FunctionSymbol | undefined {
  let low = 0;
  let high = functions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (functions[middle]!.address <= address) low = middle + 1;
    else high = middle;
  }
  const found = functions[low - 1];
  return found !== undefined && (found.size === 0 || address < found.address + found.size) ? found : undefined;
}
