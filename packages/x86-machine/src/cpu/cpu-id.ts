// CPUID: what this processor says of itself. Nothing is offered that the instruction set does not have: every feature bit
// is there because rows name that feature, or because it is part of what the machine is.

import type { Row } from '../isa/row.ts';
import { PHYSICAL_ADDRESS_BITS } from '../mmu/page-walk.ts';

type RegisterName = 'ebx' | 'ecx' | 'edx';
type FeatureBits = Readonly<Record<string, readonly [RegisterName, number]>>;

/** Leaf 1 feature bits by the names rows use (SDM Vol. 2 CPUID, tables 3-10 and 3-11). */
const LEAF_1_FEATURES: FeatureBits = {
  sse3: ['ecx', 0],
  pclmulqdq: ['ecx', 1],
  ssse3: ['ecx', 9],
  fma: ['ecx', 12],
  cx16: ['ecx', 13],
  'sse4.1': ['ecx', 19],
  'sse4.2': ['ecx', 20],
  movbe: ['ecx', 22],
  popcnt: ['ecx', 23],
  aes: ['ecx', 25],
  xsave: ['ecx', 26],
  avx: ['ecx', 28],
  f16c: ['ecx', 29],
  rdrand: ['ecx', 30],
  x87: ['edx', 0],
  clflush: ['edx', 19],
  mmx: ['edx', 23],
  fxsr: ['edx', 24],
  sse: ['edx', 25],
  sse2: ['edx', 26],
};

// Of the machine itself: PSE TSC MSR PAE CX8 PGE CMOV in EDX; SYSCALL NX LM and 1 GiB pages in the extended leaf.
const LEAF_1_EDX = (1 << 3) | (1 << 4) | (1 << 5) | (1 << 6) | (1 << 8) | (1 << 13) | (1 << 15);
const LOCAL_APIC = 1 << 9;
const EXTENDED_EDX = (1 << 11) | (1 << 20) | (1 << 26) | (1 << 29);
const EXTENDED_FEATURES: FeatureBits = {
  'lahf-lm': ['ecx', 0],
  lzcnt: ['ecx', 5],
  '3dnowprefetch': ['ecx', 8],
  rdtscp: ['edx', 27],
};

/** Leaf 7, subleaf 0. */
const LEAF_7_FEATURES: FeatureBits = {
  fsgsbase: ['ebx', 0],
  bmi1: ['ebx', 3],
  avx2: ['ebx', 5],
  bmi2: ['ebx', 8],
  rdseed: ['ebx', 18],
  adx: ['ebx', 19],
  sha: ['ebx', 29],
  vaes: ['ecx', 9],
  vpclmulqdq: ['ecx', 10],
};

/** Set in leaf 1 while CR4.OSXSAVE is. */
const OSXSAVE = 1 << 27;
/** The XSAVE area in the standard format: legacy region, header, upper halves of YMM (SDM Vol. 1 §13.4). */
const XSAVE_BYTES = 512 + 64 + 256;
const XSAVE_LEGACY_BYTES = 512 + 64;
/** x87, SSE and AVX state. */
const XSAVE_COMPONENTS = 7;

export type CpuIdLeaf = readonly [eax: number, ebx: number, ecx: number, edx: number];

const registersOfText = (text: string): number[] => {
  const words: number[] = [];
  for (let i = 0; i < text.length; i += 4) {
    words.push([0, 1, 2, 3].reduce((word, j) => word | ((text.charCodeAt(i + j) || 0) << (8 * j)), 0));
  }
  return words;
};

/** Four characters to each of EBX, EDX, ECX, in that order. */
// glibc reads no feature leaf of a vendor it does not know, takes the ISA level to be none, and refuses to start any dynamic
// program; so the vendor is one it knows. What the processor is, the brand says.
const VENDOR = registersOfText('AuthenticAMD');
const BRAND = registersOfText('capOS virtual x86-64 processor'.padEnd(48, '\0'));
const HIGHEST_BASIC = 0x0d;
const HIGHEST_EXTENDED = 0x8000_0008;
/** Family 6, a model number nobody assigns meaning to. */
const SIGNATURE = 0x0006_0f01;

/** EBX of leaf 7: the selectors of the x87's pointers are stored as zero. */
const NO_X87_SELECTORS = 1 << 13;

/** The leaves of a processor with these rows. */
export function cpuIdLeaves(
  instructionSet: readonly Row[],
  hasLocalApic: () => boolean,
  state: { readonly savesExtendedState: boolean; readonly enabledComponents: number },
): (leaf: number, subleaf: number) => CpuIdLeaf {
  const present = new Set(instructionSet.map((row) => row.feature));
  const gather = (table: FeatureBits, register: RegisterName): number =>
    Object.entries(table).reduce(
      (bits, [name, [where, bit]]) => (where === register && present.has(name) ? bits | (1 << bit) : bits),
      0,
    );
  const leaf1Ecx = gather(LEAF_1_FEATURES, 'ecx') | (1 << 31); // bit 31: running under a hypervisor
  const leaf1Edx = gather(LEAF_1_FEATURES, 'edx') | LEAF_1_EDX;
  const extendedEcx = gather(EXTENDED_FEATURES, 'ecx');
  const extendedEdx = gather(EXTENDED_FEATURES, 'edx') | EXTENDED_EDX;
  const leaf7Ebx = gather(LEAF_7_FEATURES, 'ebx') | NO_X87_SELECTORS;
  const leaf7Ecx = gather(LEAF_7_FEATURES, 'ecx');
  const hasXsave = present.has('xsave');
  const CACHE_LINE_64 = 8 << 8;

  return (leaf, subleaf) => {
    switch (leaf >>> 0) {
      case 0:
        return [HIGHEST_BASIC, VENDOR[0]!, VENDOR[2]!, VENDOR[1]!];
      case 1:
        return [
          SIGNATURE,
          CACHE_LINE_64 | (1 << 16),
          leaf1Ecx | (state.savesExtendedState ? OSXSAVE : 0),
          leaf1Edx | (hasLocalApic() ? LOCAL_APIC : 0),
        ];
      case 7:
        return subleaf === 0 ? [0, leaf7Ebx, leaf7Ecx, 0] : [0, 0, 0, 0];
      case 0x0d: {
        if (!hasXsave) return [0, 0, 0, 0];
        const enabled = (state.enabledComponents & 4) !== 0 ? XSAVE_BYTES : XSAVE_LEGACY_BYTES;
        if (subleaf === 0) return [XSAVE_COMPONENTS, enabled, XSAVE_BYTES, 0];
        // XSAVEOPT, XSAVEC with compacted areas, XGETBV of what is in use.
        if (subleaf === 1) return [present.has('xsavec') ? 7 : 0, enabled, 0, 0];
        if (subleaf === 2) return [256, XSAVE_LEGACY_BYTES, 0, 0];
        return [0, 0, 0, 0];
      }
      case 0x8000_0000:
        return [HIGHEST_EXTENDED | 0, VENDOR[0]!, VENDOR[2]!, VENDOR[1]!];
      case 0x8000_0001:
        return [SIGNATURE, 0, extendedEcx, extendedEdx];
      case 0x8000_0002:
      case 0x8000_0003:
      case 0x8000_0004: {
        const at = ((leaf >>> 0) - 0x8000_0002) * 4;
        return [BRAND[at]!, BRAND[at + 1]!, BRAND[at + 2]!, BRAND[at + 3]!];
      }
      case 0x8000_0007:
        return [0, 0, 0, 1 << 8]; // invariant TSC
      case 0x8000_0008:
        return [PHYSICAL_ADDRESS_BITS | (48 << 8), 0, 0, 0];
      default:
        return [0, 0, 0, 0];
    }
  };
}
