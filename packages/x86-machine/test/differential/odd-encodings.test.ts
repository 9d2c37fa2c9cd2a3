// Encodings with a history: what enters ring 0, names or times the processor, does nothing, may not stand there, or is longer than it
// need be. Each runs natively and here, in random states; what only the processor itself can know is left out by name.
import { describe, expect, test } from 'vitest';
import { codePatches, randomState } from './case-generator.ts';
import { describeCase, differences } from './comparison.ts';
import { MachineRunner } from './machine-runner.ts';
import { CODE_ADDRESS } from './memory-map.ts';
import { nativeOracle } from './native-oracle.ts';
import { ofTheSameOperand } from './operand-order.ts';
import type { Case, Outcome, ProcessorState } from './processor-state.ts';
import { RandomSource } from './random-source.ts';

const oracle = nativeOracle();
const BREAKPOINT = 3;
const [RAX, RCX, RDX] = [0, 1, 2];
const CODE_OFFSET = 0x200;
/** Random states for each; translating takes longer than interpreting. */
const TIERS = [
  { tier: 'interpreted', translateAfter: Number.POSITIVE_INFINITY, states: 12 },
  { tier: 'translated', translateAfter: 1, states: 3 },
];

/** Bits of registers that are the processor's to say, in a case that ran to its end. */
type Unknown = Readonly<Record<number, bigint>>;
type Encoding = readonly [name: string, code: readonly number[], options?: Options];
interface Options {
  readonly unknown?: Unknown;
  /** Changes the random state. */
  readonly prepare?: (state: ProcessorState, random: RandomSource) => void;
  readonly feature?: string;
}

const LOW_32 = 0xffff_ffffn;
const TIME: Options = { unknown: { [RAX]: LOW_32, [RDX]: LOW_32 } };
const TIME_AND_PLACE: Options = { unknown: { [RAX]: LOW_32, [RDX]: LOW_32, [RCX]: LOW_32 }, feature: 'rdtscp' };
const random = (bits: bigint, feature: string): Options => ({ unknown: { [RCX]: (1n << bits) - 1n }, feature });
const counting = (low: bigint): Options => ({
  prepare: (state) => {
    state.words[RCX] = low;
  },
});
/** RCX as XGETBV and RDPMC have it, with rubbish above. */
const index = (low: bigint, unknown: Unknown = {}): Options => ({
  prepare: (state) => {
    state.words[RCX] = 0xdead_0000_0000n | low;
  },
  unknown,
});

const times = (count: number, prefix: number): number[] => new Array<number>(count).fill(prefix);
const PREFIXES = {
  none: [],
  '66': [0x66],
  '67': [0x67],
  F2: [0xf2],
  F3: [0xf3],
  CS: [0x2e],
  FS: [0x64],
  'REX.W': [0x48],
  LOCK: [0xf0],
};
const withPrefixes = (name: string, code: readonly number[], options?: Options): Encoding[] =>
  Object.entries(PREFIXES).map(([prefix, bytes]) => [`${prefix} ${name}`, [...bytes, ...code], options ?? {}]);

/** Behind prefixes, so that it gets longer and longer: 15 bytes is the limit. */
const lengthened = (name: string, code: readonly number[], prefix: number): Encoding[] =>
  [12, 13, 14, 15, 16].map((length) => [
    `${name} in ${length} bytes`,
    [...times(length - code.length, prefix), ...code],
  ]);

const ENCODINGS: readonly Encoding[] = [
  // What enters ring 0. The oracle has the kernel pass SYSCALL back.
  ...withPrefixes('SYSCALL', [0x0f, 0x05]),
  ...withPrefixes('SYSENTER', [0x0f, 0x34]),
  ...withPrefixes('SYSEXIT', [0x0f, 0x35]),
  ...withPrefixes('SYSRET', [0x0f, 0x07]),
  // Of ring 0.
  ...withPrefixes('HLT', [0xf4]),
  ...withPrefixes('CLI', [0xfa]),
  ['RDPMC', [0x0f, 0x33], index(0n)],
  ['RDMSR', [0x0f, 0x32], index(0x10n)],
  ['XSETBV', [0x0f, 0x01, 0xd1], index(0n)],
  ['SWAPGS', [0x0f, 0x01, 0xf8]],
  // What times and names the processor: all but the number itself.
  ...withPrefixes('RDTSC', [0x0f, 0x31], TIME),
  ...withPrefixes('RDTSCP', [0x0f, 0x01, 0xf9], TIME_AND_PLACE),
  ...withPrefixes('RDRAND ECX', [0x0f, 0xc7, 0xf1], random(32n, 'rdrand')).filter(([name]) =>
    /^(none|67|CS|LOCK)/.test(name),
  ),
  ['RDRAND CX', [0x66, 0x0f, 0xc7, 0xf1], random(16n, 'rdrand')],
  ['RDRAND RCX', [0x48, 0x0f, 0xc7, 0xf1], random(64n, 'rdrand')],
  ['66 REX.W RDRAND RCX', [0x66, 0x48, 0x0f, 0xc7, 0xf1], random(64n, 'rdrand')],
  ['RDRAND with memory', [0x0f, 0xc7, 0x33], { feature: 'rdrand' }],
  ['RDSEED ECX', [0x0f, 0xc7, 0xf9], random(32n, 'rdseed')],
  ['RDSEED CX', [0x66, 0x0f, 0xc7, 0xf9], random(16n, 'rdseed')],
  ['RDSEED RCX', [0x48, 0x0f, 0xc7, 0xf9], random(64n, 'rdseed')],
  ['RDSEED with memory', [0x0f, 0xc7, 0x3b], { feature: 'rdseed' }],
  // XCR0 may have more components natively, of AVX-512 and protection keys; index 1 is what of it is in use.
  ['XGETBV 0', [0x0f, 0x01, 0xd0], { ...index(0n, { [RAX]: LOW_32 & ~7n }), feature: 'xsave' }],
  ['XGETBV 2', [0x0f, 0x01, 0xd0], { ...index(2n), feature: 'xsave' }],
  ['XGETBV with all bits of ECX', [0x0f, 0x01, 0xd0], { ...index(0xffff_ffffn), feature: 'xsave' }],
  ['66 XGETBV', [0x66, 0x0f, 0x01, 0xd0], { ...index(0n), feature: 'xsave' }],
  ['LOCK XGETBV', [0xf0, 0x0f, 0x01, 0xd0], { ...index(0n), feature: 'xsave' }],
  // What does nothing, even to memory that is not there.
  ...withPrefixes('NOP', [0x90]),
  ['PAUSE', [0xf3, 0x90]],
  ['XCHG R8, RAX, which is no NOP', [0x49, 0x90]],
  ['F3 XCHG R8, RAX', [0xf3, 0x49, 0x90]],
  ['ENDBR64', [0xf3, 0x0f, 0x1e, 0xfa]],
  ['ENDBR32', [0xf3, 0x0f, 0x1e, 0xfb]],
  ['66 ENDBR64', [0x66, 0xf3, 0x0f, 0x1e, 0xfa]],
  ...[0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x0d].flatMap((opcode) =>
    [0, 1, 2, 3, 4, 5, 6, 7].flatMap((digit): Encoding[] => [
      [`0F ${opcode.toString(16)} /${digit} of nowhere`, [0x0f, opcode, 0x04 | (digit << 3), 0x25, 0, 0, 0, 0]],
      [`0F ${opcode.toString(16)} /${digit} of a register`, [0x0f, opcode, 0xc0 | (digit << 3)]],
    ]),
  ),
  ...[0xe8, 0xe9, 0xef, 0xf0, 0xf7, 0xf8, 0xff].map(
    (modRM): Encoding => [`fence 0F AE ${modRM.toString(16)}`, [0x0f, 0xae, modRM]],
  ),
  ...withPrefixes('CLFLUSH [RBX]', [0x0f, 0xae, 0x3b]).filter(([name]) => !name.startsWith('66')),
  ['CLFLUSH of nowhere', [0x0f, 0xae, 0x3c, 0x25, 0, 0, 0, 0]],
  // What is never an instruction.
  ...withPrefixes('UD2', [0x0f, 0x0b]),
  ...withPrefixes('UD1 EAX, [RBX]', [0x0f, 0xb9, 0x03]),
  ...withPrefixes('UD0 EAX, [RBX]', [0x0f, 0xff, 0x03]),
  ...[
    0x06, 0x07, 0x0e, 0x16, 0x17, 0x1e, 0x1f, 0x27, 0x2f, 0x37, 0x3f, 0x60, 0x61, 0x82, 0x9a, 0xce, 0xd4, 0xd5, 0xd6,
    0xea,
  ].map((opcode): Encoding => [`${opcode.toString(16)}, of 32-bit mode`, [opcode, 0, 0, 0, 0, 0, 0, 0]]),
  // Stores past the caches, and the widest compare.
  ...withPrefixes('MOVNTI [RBX], ECX', [0x0f, 0xc3, 0x0b]),
  ['MOVNTI to a register', [0x0f, 0xc3, 0xcb]],
  ...withPrefixes('CMPXCHG16B [RBX]', [0x48, 0x0f, 0xc7, 0x0b], {
    prepare: (state) => {
      if ((state.words[1]! & 3n) !== 0n) state.words[3]! &= ~15n;
    },
  }),
  ...withPrefixes('CMPXCHG8B [RBX]', [0x0f, 0xc7, 0x0b]),
  ['LOCK CMPXCHG16B [RBX]', [0xf0, 0x48, 0x0f, 0xc7, 0x0b]],
  ['CMPXCHG16B of a register', [0x48, 0x0f, 0xc7, 0xcb]],
  // Prefixes beside one another: the last of a group counts, a REX only just before the opcode, LOCK only where it may be.
  ['REX.W 66 ADD', [0x48, 0x66, 0x01, 0xd8]],
  ['66 REX.W ADD', [0x66, 0x48, 0x01, 0xd8]],
  ['REX REX.B ADD', [0x40, 0x41, 0x01, 0xd8]],
  ['REX.W REX ADD', [0x48, 0x40, 0x01, 0xd8]],
  ['F2 F3 MOVSS', [0xf2, 0xf3, 0x0f, 0x10, 0xc1]],
  ['F3 F2 MOVSD', [0xf3, 0xf2, 0x0f, 0x10, 0xc1]],
  ['66 F3 MOVSS', [0x66, 0xf3, 0x0f, 0x10, 0xc1]],
  ['66 F2 CVTSD2SI', [0x66, 0xf2, 0x48, 0x0f, 0x2d, 0xc1]],
  ['LOCK ADD to a register', [0xf0, 0x01, 0xd8]],
  ['LOCK ADD [RBX], EAX', [0xf0, 0x01, 0x03]],
  ['LOCK CMP [RBX], EAX', [0xf0, 0x39, 0x03]],
  ['LOCK MOV [RBX], EAX', [0xf0, 0x89, 0x03]],
  ['F2 LOCK XADD', [0xf2, 0xf0, 0x0f, 0xc1, 0x03]],
  ['66 F3 POPCNT', [0x66, 0xf3, 0x0f, 0xb8, 0xc3]],
  ['F3 66 REX.W POPCNT', [0xf3, 0x66, 0x48, 0x0f, 0xb8, 0xc3]],
  ['66 F2 CRC32', [0x66, 0xf2, 0x0f, 0x38, 0xf1, 0xc3]],
  ['F2 66 CRC32 of a byte', [0xf2, 0x66, 0x0f, 0x38, 0xf0, 0xc7]],
  ['66 MOVBE', [0x66, 0x0f, 0x38, 0xf0, 0x03], { feature: 'movbe' }],
  ['66 REX.W PUSH', [0x66, 0x48, 0x53]],
  ['66 PUSH imm16', [0x66, 0x68, 0x34, 0x12]],
  ['66 PUSH imm8', [0x66, 0x6a, 0x80]],
  ['66 POP', [0x66, 0x5b]],
  ['66 POP RSP', [0x66, 0x5c]],
  ['66 PUSHF', [0x66, 0x9c]],
  ['66 REX.W PUSHF', [0x66, 0x48, 0x9c]],
  ['66 LEAVE', [0x66, 0xc9]],
  ['66 ENTER 8, 0', [0x66, 0xc8, 8, 0, 0]],
  ['66 BSWAP of a register', [0x48, 0x66, 0x48, 0x0f, 0xc8]],
  ['67 LEA', [0x67, 0x48, 0x8d, 0x44, 0x8b, 0x10]],
  ['67 66 LEA', [0x67, 0x66, 0x8d, 0x44, 0x8b, 0x10]],
  ['67 RIP-relative LEA', [0x67, 0x48, 0x8d, 0x05, 0, 0, 0, 0x80]],
  ['67 MOV AL, moffs32', [0x67, 0xa0, 0, 0x01, 0, 0x10]],
  ['67 REX.W MOV moffs32, RAX', [0x67, 0x48, 0xa3, 0, 0x01, 0, 0x10]],
  ['67 XLAT', [0x67, 0xd7]],
  ['FS 67 XLAT', [0x64, 0x67, 0xd7]],
  ...[0xe0, 0xe1, 0xe2, 0xe3].map((opcode): Encoding => [`67 ${opcode.toString(16)}`, [0x67, opcode, 0x10]]),
  ...[0xa4, 0xa5, 0xa6, 0xa7, 0xaa, 0xab, 0xac, 0xad, 0xae, 0xaf].flatMap((opcode): Encoding[] => {
    const text = opcode.toString(16);
    const few: Options = {
      prepare: (state, source) => {
        state.words[RCX] = (BigInt(source.bits()) << 32n) | BigInt(source.below(24));
      },
    };
    return [
      [`67 ${text}`, [0x67, opcode]],
      [`67 F3 ${text}`, [0x67, 0xf3, opcode], few],
      [`F2 67 ${text}`, [0xf2, 0x67, opcode], few],
      [`66 REX.W F3 ${text}`, [0x66, 0xf3, 0x48, opcode], counting(5n)],
      [`F2 F3 ${text}`, [0xf2, 0xf3, opcode], counting(7n)],
      [`F3 F2 GS ${text}`, [0xf3, 0xf2, 0x65, opcode], counting(7n)],
    ];
  }),
  // Fifteen bytes, and one more.
  ...lengthened('NOP', [0x90], 0x66),
  ...lengthened('NOP behind CS', [0x90], 0x2e),
  ...lengthened('ADD [RBX], EAX', [0x01, 0x03], 0x3e),
  ...lengthened('MOV EAX, imm32', [0xb8, 1, 2, 3, 4], 0x26),
  ...lengthened('MOV RAX, imm64', [0x48, 0xb8, 1, 2, 3, 4, 5, 6, 7, 8], 0x36),
  ...lengthened('ADD [RBX + disp32], imm32', [0x81, 0x83, 8, 0, 0, 0, 1, 2, 3, 4], 0x3e),
  ...lengthened('REP STOSB', [0xaa], 0xf3).map(([name, code]): Encoding => [name, code, counting(3n)]),
  ...lengthened('FADD m32', [0xd8, 0x03], 0x66),
  ...lengthened('VPADDD', [0xc4, 0xe1, 0x71, 0xfe, 0x03], 0x3e).map(
    ([name, code]): Encoding => [name, code, { feature: 'avx' }],
  ),
];

/** By the name of its encoding. */
const CMPS = /\ba[67]\b/;

function caseOf([, code, { prepare } = {}]: Encoding, source: RandomSource): Case {
  const state = randomState(source);
  state.rip = CODE_ADDRESS + BigInt(CODE_OFFSET);
  prepare?.(state, source);
  return { state, patches: codePatches(CODE_OFFSET, Uint8Array.from(code)) };
}

function without(outcome: Outcome, unknown: Unknown): Outcome {
  if (outcome.trap !== BREAKPOINT) return outcome;
  const state = outcome.state.clone();
  for (const [register, bits] of Object.entries(unknown)) state.words[Number(register)]! &= ~bits;
  return { ...outcome, state };
}

describe.skipIf(!oracle.available).each(TIERS)('odd encodings, $tier', ({ translateAfter, states }) => {
  test('are executed and refused as the processor does', () => {
    if (!oracle.available) return;
    const has = oracle.has.bind(oracle);
    const source = new RandomSource(20_261_123);
    const asked = ENCODINGS.filter(([, , options]) => has(options?.feature)).flatMap((encoding) =>
      Array.from({ length: states }, () => ({ encoding, one: caseOf(encoding, source) })),
    );
    const native = oracle.run(asked.map(({ one }) => one));
    const runner = new MachineRunner(translateAfter);
    const wrong = new Map<string, string>();
    asked.forEach(({ encoding: [name, code, { unknown = {} } = {}], one }, at) => {
      const ours = runner.run(one);
      const theirs = CMPS.test(name) ? ofTheSameOperand(native[at]!, ours, oracle) : native[at]!;
      const found = differences(without(theirs, unknown), without(ours, unknown), 0n);
      if (found.length > 0 && !wrong.has(name))
        wrong.set(name, `${name}: ${found.join(', ')}\n    ${describeCase(one, Uint8Array.from(code))}`);
    });
    expect([...wrong.values()]).toEqual([]);
  });
});
