// Which flags turn gcc or clang into a compiler for capOS, each with its reason.
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);

/** Absolute path of a file or folder of this package. */
export function packagePath(relative: string): string {
  return fileURLToPath(new URL(relative, root));
}

/** Every translation unit is compiled with these. */
export const COMPILE_FLAGS: readonly string[] = [
  '-ffreestanding', // no libc of the host: only the compiler's own headers
  '-fno-stack-protector', // its canary lives in the host libc's thread block
  '-fcf-protection=none', // no CET in this machine: ENDBR64 would be dead weight
  '-fno-asynchronous-unwind-tables', // nothing unwinds at run time
  '-ftls-model=local-exec', // one static image: thread-local data is a constant away from FS
  '-ffunction-sections',
  '-fdata-sections', // so that --gc-sections keeps only what is used
];

/** What code may use unless a -march of the caller says otherwise: what the machine's CPUID offers. */
export const DEFAULT_MARCH = '-march=x86-64-v2';

/** How the image is linked, besides its linker script. */
export const LINK_FLAGS: readonly string[] = [
  '-nostdlib',
  '-Wl,--build-id=none', // equal sources give equal bytes
  '-Wl,--gc-sections',
  '-Wl,-z,max-page-size=4096',
  '-Wl,-z,noseparate-code', // segments share file pages, never memory pages (capos.ld)
  '-Wl,-z,norelro', // one data segment
];

/** An image is linked at a fixed address, or at none. */
export type ImageKind = 'static' | 'static-pie';

/** Flags that make code for `kind`. */
export function codeFlags(kind: ImageKind): string[] {
  return kind === 'static-pie' ? ['-fPIE'] : ['-fno-pie'];
}

/** Flags that link an image of `kind`. */
export function imageFlags(kind: ImageKind): string[] {
  return kind === 'static-pie'
    ? ['-static-pie', `-Wl,-T,${packagePath('capos-pie.ld')}`]
    : ['-static', `-Wl,-T,${packagePath('capos.ld')}`];
}

/** Where the headers are. */
export function includeFlags(): string[] {
  return [`-I${packagePath('include')}`];
}
