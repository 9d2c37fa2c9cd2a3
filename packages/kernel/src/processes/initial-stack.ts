// Initial stack and thread-local block of a native program's first thread (AMD64 psABI §3.4.1; ELF TLS variant II).
//
//   RSP ─▶ argc │ argv… 0 │ envp… 0 │ auxv… AT_NULL │ … strings … │ stack top
//
//   [ thread-local block, a copy of PT_TLS ][ TCB: word 0 points at itself ]
//                                            ▲ FS base

import { encodeUtf8, PAGE_SIZE, PROTECTION, STACK_SIZE, STACK_TOP, utf8Length } from '@capos/abi';
import type { AddressSpace } from '../memory/address-space.ts';
import { ElfError, type ElfTls, PROGRAM_HEADER_SIZE } from './elf-file.ts';
import type { PlacedImage } from './image-loader.ts';

/** Auxiliary vector entries (psABI §3.4.3). */
const AUXILIARY = { NULL: 0, PHDR: 3, PHENT: 4, PHNUM: 5, PAGESZ: 6, ENTRY: 9 } as const;
const TCB_SIZE = 64;

/** Maps the stack, lays arguments and environment out on it, and answers RSP. @throws ElfError */
export function buildInitialStack(
  space: AddressSpace,
  image: PlacedImage,
  programHeaderCount: number,
  args: readonly string[],
  environment: readonly string[],
): number {
  const top = Number(STACK_TOP);
  const size = Number(STACK_SIZE);
  const mapped = space.map(top - size, size, PROTECTION.READ | PROTECTION.WRITE, true);
  if (typeof mapped === 'string') throw new ElfError(`there is no room for its stack (${mapped})`);
  const strings = [...args, ...environment];
  const stringBytes = strings.reduce((total, text) => total + utf8Length(text) + 1, 0);
  const auxiliary: [number, number][] = [
    [AUXILIARY.PHDR, image.programHeaders],
    [AUXILIARY.PHENT, PROGRAM_HEADER_SIZE],
    [AUXILIARY.PHNUM, programHeaderCount],
    [AUXILIARY.PAGESZ, PAGE_SIZE],
    [AUXILIARY.ENTRY, image.entry],
    [AUXILIARY.NULL, 0],
  ];
  const words = 1 + args.length + 1 + environment.length + 1 + auxiliary.length * 2;
  const stringsAt = top - Math.ceil(stringBytes / 16) * 16;
  const stackPointer = stringsAt - Math.ceil((words * 8) / 16) * 16;
  const bytes = new Uint8Array(top - stackPointer);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const push = (value: number): void => {
    view.setBigUint64(at, BigInt(value), true);
    at += 8;
  };
  let stringAt = stringsAt;
  const pushString = (text: string): void => {
    push(stringAt);
    stringAt = stackPointer + encodeUtf8(text, bytes, stringAt - stackPointer) + 1;
  };
  push(args.length);
  args.forEach(pushString);
  push(0);
  environment.forEach(pushString);
  push(0);
  for (const [type, value] of auxiliary) {
    push(type);
    push(value);
  }
  if (!space.writeAsKernel(stackPointer, bytes)) throw new ElfError('there is no memory for its stack');
  return stackPointer;
}

/** Makes the first thread's thread-local block; answers the FS base. @throws ElfError */
export function buildThreadLocalBlock(space: AddressSpace, tls: ElfTls | undefined, bytes: Uint8Array): number {
  const blockSize = tls === undefined ? 0 : Math.ceil(tls.memorySize / tls.alignment) * tls.alignment;
  // The thread pointer is a multiple of the alignment, and the block ends at it.
  const lead = Math.ceil(blockSize / PAGE_SIZE) * PAGE_SIZE;
  const mapped = space.map(0, lead + PAGE_SIZE, PROTECTION.READ | PROTECTION.WRITE, false);
  if (typeof mapped === 'string') throw new ElfError(`there is no room for its thread-local block (${mapped})`);
  const threadPointer = mapped + lead;
  const block = new Uint8Array(blockSize + TCB_SIZE);
  if (tls !== undefined) block.set(bytes.subarray(tls.fileOffset, tls.fileOffset + tls.fileSize), 0);
  new DataView(block.buffer).setBigUint64(blockSize, BigInt(threadPointer), true);
  if (!space.writeAsKernel(threadPointer - blockSize, block))
    throw new ElfError('there is no memory for its thread-local block');
  return threadPointer;
}
