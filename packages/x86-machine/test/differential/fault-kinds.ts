// Every way to fault, tried on every form of every row: where an operand is aimed, or where the instruction itself lies.
//
//   unmapped, half unmapped         #PF, not present          misaligned with AC set     #AC
//   read-only, half read-only       #PF, write                no room for the code       #PF, fetch of the second page
//   non-canonical, half of it       #GP, or #SS by the stack  no-execute code            #PF, fetch
import { ALIGNMENT_CHECK, codePatches, type Form, type GeneratedCase, generateCase } from './case-generator.ts';
import { describeCase, differences, isApproximate, undefinedFlags } from './comparison.ts';
import { rmOperand } from './instruction-encoder.ts';
import type { MachineRunner } from './machine-runner.ts';
import { CODE_ADDRESS, DATA_HIGH_ADDRESS, DATA_LOW_ADDRESS, imageOffsetOf, READ_ONLY_ADDRESS } from './memory-map.ts';
import type { NativeOracle } from './native-oracle.ts';
import { comparesTwoInMemory, ofTheSameOperand } from './operand-order.ts';
import type { RandomSource } from './random-source.ts';

const STACK_FAULT = 12;
const GENERAL_PROTECTION = 13;
const PAGE_FAULT = 14;
const ALIGNMENT = 17;

const CODE_BYTES = 0x2000n;
/** Behind the last mapped byte of the data. */
const DATA_END = DATA_HIGH_ADDRESS + 0x2000n;
/** The first non-canonical address. */
const CANONICAL_END = 0x8000_0000_0000n;

export interface FaultKind {
  readonly name: string;
  readonly vectors: readonly number[];
  /** Where the operand lies, or undefined to leave it to chance. */
  readonly data?: (random: RandomSource, bytes: number) => bigint;
  /** Where the instruction lies, given its length. */
  readonly code?: (length: number) => bigint;
  /** Part of the operand is where nothing is wrong. */
  readonly straddles?: boolean;
  readonly checksAlignment?: boolean;
  /** Only a write faults. */
  readonly writes?: boolean;
}

const WITHOUT_ROOM = 'code without room';
const half = (bytes: number): bigint => BigInt(Math.max(1, bytes >> 1));
const aligned = (random: RandomSource): bigint => BigInt(64 * random.below(32));

export const FAULT_KINDS: readonly FaultKind[] = [
  { name: 'unmapped', vectors: [PAGE_FAULT], data: (random) => DATA_END + 0x1000n + aligned(random) },
  // Vectors that must be aligned are #GP wherever they lie.
  {
    name: 'half unmapped',
    vectors: [PAGE_FAULT, GENERAL_PROTECTION],
    data: (_, bytes) => DATA_END - half(bytes),
    straddles: true,
  },
  { name: 'read-only', vectors: [PAGE_FAULT], data: (random) => READ_ONLY_ADDRESS + aligned(random), writes: true },
  {
    name: 'half read-only',
    vectors: [PAGE_FAULT, GENERAL_PROTECTION],
    data: (_, bytes) => READ_ONLY_ADDRESS - half(bytes),
    straddles: true,
    writes: true,
  },
  {
    name: 'non-canonical',
    vectors: [GENERAL_PROTECTION, STACK_FAULT],
    data: (random) => CANONICAL_END + 0x1000n + aligned(random),
  },
  {
    name: 'half non-canonical',
    vectors: [GENERAL_PROTECTION, STACK_FAULT, PAGE_FAULT],
    data: (_, bytes) => CANONICAL_END - half(bytes),
    straddles: true,
  },
  { name: "kernel's", vectors: [PAGE_FAULT], data: (random) => 0xffff_8000_0000_1000n + aligned(random) },
  {
    name: 'misaligned',
    vectors: [ALIGNMENT, GENERAL_PROTECTION],
    data: (random) => DATA_LOW_ADDRESS + 0x40n + aligned(random) + 1n,
    checksAlignment: true,
  },
  {
    name: WITHOUT_ROOM,
    vectors: [PAGE_FAULT],
    code: (length) => CODE_ADDRESS + CODE_BYTES - BigInt(Math.max(1, length - 1)),
  },
  { name: 'code that may not run', vectors: [PAGE_FAULT], code: () => DATA_LOW_ADDRESS + 0x800n },
];

/** It may be told apart from its opcode alone: "some processors decode it without a ModR/M byte" (SDM Vol. 2 UD). */
const needsNoModRM = ({ row }: Form): boolean => /^UD[01]$/.test(row.mnemonic);

/** Areas of which processors touch one end or the other first. */
const LONG_AREA = 32;

export interface FaultVerdict {
  readonly cases: number;
  readonly failures: readonly string[];
  /** Names of the forms that faulted natively as the kind says, by kind. */
  readonly faulted: ReadonlyMap<string, ReadonlySet<string>>;
}

/** One case of each form in each kind, natively and here. */
export function judgeFaults(
  forms: readonly Form[],
  random: RandomSource,
  oracle: NativeOracle,
  runner: MachineRunner,
): FaultVerdict {
  const failures: string[] = [];
  const faulted = new Map<string, Set<string>>();
  let cases = 0;
  for (const kind of FAULT_KINDS) {
    const concerned = forms.filter(
      (form) =>
        !(kind.straddles && operandBytes(form) > LONG_AREA) && !(kind.name === WITHOUT_ROOM && needsNoModRM(form)),
    );
    const batch = concerned.map((form) => faultCase(form, kind, random));
    const native = oracle.run(batch);
    const names = new Set<string>();
    faulted.set(kind.name, names);
    cases += batch.length;
    batch.forEach((one, index) => {
      const expected = native[index]!;
      const { name, row } = one.form;
      if (kind.vectors.includes(expected.trap)) names.add(name);
      const ours = runner.run(one);
      if (operandBytes(one.form) > LONG_AREA && expected.trap === PAGE_FAULT)
        Object.assign(ours, { cr2: expected.cr2 });
      const theirs = comparesTwoInMemory(row) ? ofTheSameOperand(expected, ours, oracle) : expected;
      const found = differences(theirs, ours, undefinedFlags([row]), isApproximate(row));
      if (found.length > 0)
        failures.push(`${name}, ${kind.name}\n  ${found.join('\n  ')}\n  ${describeCase(one, one.code)}`);
    });
  }
  return { cases, failures, faulted };
}

/** Reaches nothing, or only in ring 0, or what a mask says. */
const REACHES_NOTHING = /^(LEA|NOP|PREFETCH.*|UD[01]|LMSW|L[GIL]DT|LTR|INVLPG|V?P?MASKMOV.*|VP?GATHER.*)$/;

/** A single byte that there is room for, and that faults by itself. */
const ONE_BYTE_OF_RING_0 = /^(CLI|STI|HLT|IN|OUT|INS[BWD]|OUTS[BWD])$/;

/** Whether every case of a form that a kind is tried on must fault. */
export function mustFault(form: Form, kind: FaultKind): boolean {
  const { row, isMemory } = form;
  if (kind.name === WITHOUT_ROOM) return !needsNoModRM(form) && !ONE_BYTE_OF_RING_0.test(row.mnemonic);
  if (kind.code !== undefined) return true;
  if (!isMemory || REACHES_NOTHING.test(row.mnemonic)) return false;
  const bytes = operandBytes(form);
  if (kind.straddles && (bytes === 1 || bytes > LONG_AREA)) return false;
  if (kind.writes === true && rmOperand(row)?.access === 'read') return false;
  if (kind.checksAlignment === true) return bytes > 1 && bytes <= LONG_AREA && row.ignoresAlignment !== true;
  return true;
}

function operandBytes({ row, isMemory }: Form): number {
  const bits = isMemory ? (rmOperand(row)?.memorySize ?? 0) : 0;
  return isMemory && bits === 0 ? Number.POSITIVE_INFINITY : bits / 8;
}

function faultCase(form: Form, kind: FaultKind, random: RandomSource): GeneratedCase {
  const one = generateCase(form, random, kind.data ?? (() => DATA_LOW_ADDRESS + 0x40n + aligned(random)));
  const { state } = one;
  if (kind.checksAlignment) state.rflags |= ALIGNMENT_CHECK;
  else state.rflags &= ~ALIGNMENT_CHECK;
  // A repeated instruction is to do something.
  if ((state.words[1]! & 0xffn) === 0n) state.words[1]! |= 1n;
  if (kind.code === undefined) return one;
  const { patches, code } = one;
  state.rip = kind.code(code.length);
  const imageOffset = imageOffsetOf(state.rip);
  const isCode = state.rip < CODE_ADDRESS + CODE_BYTES;
  const moved = isCode ? codePatches(imageOffset, code) : [{ imageOffset, bytes: code }];
  return { ...one, patches: [...patches.slice(0, -1), ...moved] };
}
