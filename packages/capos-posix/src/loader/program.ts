// Puts a program into an empty address space: segments, interpreter, stack. Used for the first program and by execve.
//
//   0x555555554000 static-pie image ▸ heap …        ET_EXEC images where they were linked
//   0x7ffff7000000 interpreter, if the image asks for one
//   … mmap area, downwards from 0x7ffff7fff000
//   0x7ffff8000000 vDSO
//   8 MiB stack below 0x7fffffff0000

import type { LoadedElf } from '@capos/abi';
import type { ByteString } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { PAGE, PROT, pageCeil } from '../linux/memory-flags.ts';
import type { PosixProcess } from '../posix-process.ts';
import { STACK_LIMIT } from '../system/resource-limits.ts';
import type { Blocking } from '../waiting.ts';
import { elfAreas } from './elf-areas.ts';
import { AUXILIARY, writeInitialStack } from './initial-stack.ts';
import { mapVdso } from './vdso.ts';

/** Where Linux puts a position-independent image and its interpreter when it does not randomise. */
const PIE_BASE = 0x5555_5555_4000n;
const INTERPRETER_BASE = 0x7fff_f700_0000n;
/** One past the stack's last byte; above it is the kernel's window. */
const STACK_END = 0x7fff_ffff_0000;

/** CPUID.01H:EDX of a processor with FPU, TSC, MSR, CX8, CMOV, MMX, FXSR, SSE and SSE2: what AT_HWCAP tells. */
const HWCAP = 0x0780_8131;
const ELF_HEADER_ENTRY_SIZE = 56;
const MINIMUM_SIGNAL_STACK = 2048;

export interface ProgramStart {
  readonly entry: number;
  readonly stackPointer: number;
}

/** What is loaded: the file, and what main() gets. */
export interface ProgramImage {
  readonly image: Uint8Array;
  /** The file of PT_INTERP, when the image names one. */
  readonly interpreter: Uint8Array | undefined;
  readonly path: ByteString;
  readonly arguments: readonly ByteString[];
  readonly environment: readonly ByteString[];
  /** AT_SECURE: it acts as somebody else than who executed it. */
  readonly isSecure?: boolean;
}

function load(process: PosixProcess, file: Uint8Array, base: bigint, name: string): LoadedElf | number {
  try {
    // What was read of a file is not written to; only the first program's bytes are its embedder's.
    const loaded = process.memory.foreign.loadElf(file, base, file !== process.host.imageBytes);
    for (const area of elfAreas(file, Number(loaded.base))) {
      // Segments that share a page were given the wider protection by the loader; the later one names it here.
      process.space.note(area.start, area.end, area.protection, name);
    }
    return loaded;
  } catch {
    // The loader throws for what is no ELF file it can take.
    return -ERRNO.ENOEXEC;
  }
}

/** Loads a program. Minus an error number when the file is none or memory does not suffice. */
export function* loadProgram(process: PosixProcess, program: ProgramImage): Blocking<ProgramStart | number> {
  const { space, memory, identity } = process;
  const main = load(process, program.image, PIE_BASE, program.path);
  if (typeof main === 'number') return main;
  let start = main;
  if (program.interpreter !== undefined) {
    const interpreter = load(process, program.interpreter, INTERPRETER_BASE, main.interpreter ?? '');
    if (typeof interpreter === 'number') return interpreter;
    start = interpreter;
  } else if (main.interpreter !== undefined) {
    return -ERRNO.ENOENT;
  }
  space.breakStart = pageCeil(Number(main.brk));
  space.breakEnd = space.breakStart;
  const stackBottom = STACK_END - STACK_LIMIT;
  const stack = space.mapAnonymous(stackBottom, STACK_LIMIT, PROT.READ | PROT.WRITE, false, '[stack]');
  if (stack < 0) return stack;
  // Without entropy the 16 bytes are zero: a program must find them, and nothing is made up.
  const random = process.entropy.granted ? yield* process.entropy.bytes(16) : new Uint8Array(16);
  if (typeof random === 'number') return random;
  const vdso = mapVdso(process);
  if (vdso < 0) return vdso;
  const stackPointer = writeInitialStack(memory, {
    top: STACK_END,
    arguments: program.arguments,
    environment: program.environment,
    executablePath: program.path,
    random,
    auxiliary: [
      ...(vdso === 0 ? [] : [[AUXILIARY.SYSINFO_EHDR, vdso] as const]),
      [AUXILIARY.PHDR, Number(main.phdr)],
      [AUXILIARY.PHENT, ELF_HEADER_ENTRY_SIZE],
      [AUXILIARY.PHNUM, main.phnum],
      [AUXILIARY.PAGESZ, PAGE],
      [AUXILIARY.BASE, start === main ? 0 : Number(start.base)],
      [AUXILIARY.FLAGS, 0],
      [AUXILIARY.ENTRY, Number(main.entry)],
      [AUXILIARY.UID, identity.uid],
      [AUXILIARY.EUID, identity.euid],
      [AUXILIARY.GID, identity.gid],
      [AUXILIARY.EGID, identity.egid],
      [AUXILIARY.SECURE, program.isSecure === true ? 1 : 0],
      [AUXILIARY.HWCAP, HWCAP],
      [AUXILIARY.HWCAP2, 0],
      [AUXILIARY.CLKTCK, 100],
      [AUXILIARY.MINSIGSTKSZ, MINIMUM_SIGNAL_STACK],
    ],
  });
  if (stackPointer === undefined) return -ERRNO.E2BIG;
  return { entry: Number(start.entry), stackPointer };
}
