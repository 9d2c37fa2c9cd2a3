// Initial stack of a program (psABI §3.4.1, getauxval(3)).
//
//   high  strings: execfn, envp…, argv…, platform, 16 random bytes
//         padding to 16
//         auxiliary vector: (type, value) pairs, AT_NULL last
//         envp pointers, 0
//         argv pointers, 0
//   RSP ▶ argc                                                      16-aligned

import { type ByteString, bytesOf, type GuestMemory } from '../guest-memory.ts';

/** Types of the auxiliary vector (elf.h). */
export const AUXILIARY = {
  NULL: 0,
  PHDR: 3,
  PHENT: 4,
  PHNUM: 5,
  PAGESZ: 6,
  BASE: 7,
  FLAGS: 8,
  ENTRY: 9,
  UID: 11,
  EUID: 12,
  GID: 13,
  EGID: 14,
  PLATFORM: 15,
  HWCAP: 16,
  CLKTCK: 17,
  SECURE: 23,
  RANDOM: 25,
  HWCAP2: 26,
  EXECFN: 31,
  SYSINFO_EHDR: 33,
  MINSIGSTKSZ: 51,
} as const;

export interface InitialStack {
  readonly top: number;
  readonly arguments: readonly ByteString[];
  readonly environment: readonly ByteString[];
  readonly executablePath: ByteString;
  readonly random: Uint8Array;
  /** What the vector says beside strings. */
  readonly auxiliary: readonly (readonly [type: number, value: number])[];
}

/** Writes the stack and answers RSP; undefined when it does not fit. */
export function writeInitialStack(memory: GuestMemory, stack: InitialStack): number | undefined {
  let at = stack.top - 8;
  const strings: { readonly address: number; readonly bytes: Uint8Array }[] = [];
  const push = (bytes: Uint8Array): number => {
    at -= bytes.length;
    strings.push({ address: at, bytes });
    return at;
  };
  const text = (string: ByteString): number => push(bytesOf(`${string}\0`));
  const executable = text(stack.executablePath);
  const environment = [...stack.environment].reverse().map(text).reverse();
  const argumentPointers = [...stack.arguments].reverse().map(text).reverse();
  const platform = text('x86_64');
  at -= at % 16;
  const random = push(stack.random);
  const auxiliary: (readonly [number, number])[] = [
    ...stack.auxiliary,
    [AUXILIARY.RANDOM, random],
    [AUXILIARY.EXECFN, executable],
    [AUXILIARY.PLATFORM, platform],
    [AUXILIARY.NULL, 0],
  ];
  const words = [argumentPointers.length, ...argumentPointers, 0, ...environment, 0, ...auxiliary.flat()];
  const pointer = at - words.length * 8 - ((at - words.length * 8) % 16);
  const bytes = new Uint8Array(words.length * 8);
  const view = new DataView(bytes.buffer);
  for (const [index, word] of words.entries()) view.setBigUint64(index * 8, BigInt(word), true);
  if (!memory.write(pointer, bytes)) return undefined;
  for (const string of strings) if (!memory.write(string.address, string.bytes)) return undefined;
  return pointer;
}
