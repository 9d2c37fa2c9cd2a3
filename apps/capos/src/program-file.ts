// The program file: read, and looked at before anything is started, so that what can't run is told of in words.
import { readFileSync } from 'node:fs';
import { programFormat } from '@capos/abi';
import { EXIT } from './exit-status.ts';

export type ProgramFile =
  | { readonly kind: 'program'; readonly image: Uint8Array; readonly isNative: boolean }
  | { readonly kind: 'refused'; readonly status: number; readonly message: string };

const MACHINE_X86_64 = 62;
/** e_machine of what people may have at hand (ELF registry). */
const MACHINES: Readonly<Record<number, string>> = {
  3: 'i386',
  8: 'MIPS',
  20: 'PowerPC',
  21: 'PowerPC64',
  22: 'S/390',
  40: 'ARM',
  183: 'ARM64',
  243: 'RISC-V',
  258: 'LoongArch',
};
const TYPE_EXECUTABLE = 2;
const TYPE_SHARED = 3;

/** Reads it and says what it is. */
export function readProgramFile(path: string): ProgramFile {
  const refuse = (status: number, message: string): ProgramFile => ({
    kind: 'refused',
    status,
    message: `${path}: ${message}`,
  });
  let image: Uint8Array;
  try {
    image = readFileSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return refuse(EXIT.NOT_FOUND, 'no such file on the host');
    if (code === 'EISDIR') return refuse(EXIT.NOT_EXECUTABLE, 'is a directory; name the program file in it');
    return refuse(EXIT.NOT_EXECUTABLE, message);
  }
  const wrong = whatIsWrong(image);
  if (wrong !== undefined) return refuse(EXIT.NOT_EXECUTABLE, wrong);
  return { kind: 'program', image, isNative: programFormat(image) === 'native' };
}

/** Why it can't be run; undefined when it may. */
export function whatIsWrong(image: Uint8Array): string | undefined {
  if (image.length === 0) return 'is empty; capos run takes x86-64 ELF programs';
  if (image[0] === 0x23 && image[1] === 0x21) {
    const line = Buffer.from(image.subarray(2, 130)).toString('latin1').split('\n')[0]!.trim();
    return `is a script for ${line}; run that interpreter, with the script in a mount: capos run --mount /work=. -- ${line.split(/\s/)[0]} /work/SCRIPT`;
  }
  if (image.length < 20 || image[0] !== 0x7f || image[1] !== 0x45 || image[2] !== 0x4c || image[3] !== 0x46)
    return 'is no ELF file; capos run takes x86-64 ELF programs';
  const bits = image[4];
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  const littleEndian = image[5] === 1;
  const type = view.getUint16(16, littleEndian);
  const machine = view.getUint16(18, littleEndian);
  if (machine !== MACHINE_X86_64) {
    const name = MACHINES[machine] ?? `machine ${machine}`;
    return `is a program for ${name}${bits === 1 ? ' (32 bits)' : ''}; this machine is x86-64: build or fetch it for x86-64 (amd64)`;
  }
  if (bits === 1) return 'is a 32-bit ELF file (the x32 ABI); this machine runs 64-bit programs: build it with -m64';
  if (type !== TYPE_EXECUTABLE && type !== TYPE_SHARED)
    return type === 1 ? 'is an object file; link it into a program first' : 'is an ELF file, but no program';
  if (programFormat(image) === 'not-elf') return 'is a damaged ELF file: its headers lead outside it';
  return undefined;
}

/** What an instruction that the machine does not have was part of, by its first bytes (SDM 2 §2.3, §2.7). */
export function missingInstruction(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const opcode = bytes.find((byte) => ![0x66, 0xf2, 0xf3, 0x2e, 0x36, 0x3e, 0x26, 0x64, 0x65, 0xf0].includes(byte));
  if (opcode === 0x62) return `an AVX-512 instruction (${shown})`;
  if (opcode === 0xc4 || opcode === 0xc5) return `an AVX instruction (${shown})`;
  if (opcode === 0x0f && bytes.includes(0x0b))
    return `the undefined instruction UD2 (${shown}), by which programs end themselves`;
  return `an instruction that it does not have (${shown})`;
}
