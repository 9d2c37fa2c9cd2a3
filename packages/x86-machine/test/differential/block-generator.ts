// Random blocks of everything that can be mixed: integer, vector, x87 and MMX instructions over register-based memory operands,
// forward branches, a loop around the whole, and whatever faults on the way. (sequence-generator.ts keeps to what falls through.)
//
// R14 and R15 point into the data pages and nothing writes them, so most memory operands exist. A flag that an instruction
// leaves undefined must not be read by a later one: the generator keeps count, and what is undefined at the end is not
// compared.
import type { Row } from '../../src/isa/row.ts';
import { codePatches, type Form, formsOf, isCompared, randomState } from './case-generator.ts';
import { isApproximate, undefinedFlags } from './comparison.ts';
import { integerValue, vectorValue } from './edge-values.ts';
import { encode, type MemoryChoice, rmOperand } from './instruction-encoder.ts';
import { loopCounter, loopEnd } from './loop-end.ts';
import { CODE_ADDRESS, DATA_HIGH_ADDRESS, DATA_LOW_ADDRESS, imageOffsetOf } from './memory-map.ts';
import type { Case, Outcome, Patch, ProcessorState } from './processor-state.ts';
import type { RandomSource } from './random-source.ts';

const CODE_OFFSET = 0x100;
const POINTERS = { 14: DATA_HIGH_ADDRESS + 0x800n, 15: DATA_LOW_ADDRESS + 0x800n } as const;
/** Neither the pointers nor the stack pointer. */
const FREE_REGISTERS = [0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13];

/** Rows that reach memory or control through registers of their own, show an address of the host, or are judged alone. */
const ALONE =
  /^(MOVS|CMPS|SCAS|LODS|STOS|INS|OUTS|REP|XLAT|V?P?MASKMOV|VP?GATHER|XSAVE|XRSTOR|ENTER|LEAVE|LOOP|JRCXZ|RET|CALL|IRET|POP|PUSHF|POPF|INT|UD|HLT|CLI|STI|FNSTENV|FNSAVE|FXSAVE|FXRSTOR|FLDENV|FRSTOR|V?LDMXCSR|SYSRET|IN|OUT|STD|LAHF|MONITOR|RDFSBASE|RDGSBASE|WRFSBASE|WRGSBASE)/;

export function blockForms(rows: readonly Row[]): Form[] {
  return rows
    .filter((row) => isCompared(row) && !ALONE.test(row.mnemonic) && !row.privileged && !isApproximate(row))
    .filter((row) => row.encoding.opcode !== 0x0f || row.encoding.map !== '')
    .filter(
      (row) =>
        !(
          row.mnemonic === 'MOV' &&
          row.operands.some(({ registerClass }) => registerClass === 'cr' || registerClass === 'dr')
        ),
    )
    .filter((row) => !(row.endsBlock && !isRelative(row)))
    .filter((row) => !row.operands.some((operand) => operand.field === 'moffs'))
    .flatMap(formsOf);
}

const isRelative = (row: Row): boolean => row.operands.some((operand) => operand.field === 'relative');

/** One instruction of a block; a branch says how many instructions it skips when taken. */
export interface Step {
  readonly form: Form;
  readonly code: Uint8Array;
  readonly skips: number;
}

export interface BlockCase extends Case {
  readonly steps: readonly Step[];
  /** Flags that are undefined when RIP gets to each instruction, by the instruction's address, and at the end. */
  readonly undefinedAt: ReadonlyMap<bigint, bigint>;
}

/** What can be changed about a block while it is shrunk. */
export interface BlockPlan {
  /** How often the block runs, unless it faults. */
  readonly rounds: number;
  readonly state: ProcessorState;
  readonly data: readonly Patch[];
  readonly steps: readonly Step[];
}

const SHIFT = /^(SH|SA|RO|RC)/;
const bitsOf = (letters: string | undefined): bigint => undefinedFlags([{ undefined: letters ?? '' } as Row]);

export function planBlock(forms: readonly Form[], length: number, random: RandomSource): BlockPlan {
  const state = randomState(random);
  state.rflags &= ~0x400n;
  for (const [register, address] of Object.entries(POINTERS)) state.words[Number(register)] = address;
  const data: Patch[] = [];
  for (const address of Object.values(POINTERS)) {
    for (let offset = 0n; offset < 128n; offset += 16n) {
      data.push({ imageOffset: imageOffsetOf(address + offset), bytes: vectorValue(random) });
    }
  }
  const steps: Step[] = [];
  let undefinedNow = 0n;
  while (steps.length < length) {
    const form = random.pick(forms);
    const { row } = form;
    if (bitsOf(row.reads) & undefinedNow) continue;
    undefinedNow |= bitsOf(row.undefined);
    steps.push({ form, code: encodeStep(form, random), skips: isRelative(row) ? random.below(3) : 0 });
  }
  return { rounds: random.chance(1, 3) ? 2 + random.below(6) : 1, state, data, steps };
}

function encodeStep(form: Form, random: RandomSource): Uint8Array {
  const { row, isMemory } = form;
  const operandClass = (field: 'reg' | 'rm' | 'vvvv'): string | undefined =>
    row.operands.find((operand) => operand.field === field)?.registerClass;
  const register = (field: 'reg' | 'rm' | 'vvvv'): number =>
    operandClass(field) === 'gpr' || operandClass(field) === undefined ? random.pick(FREE_REGISTERS) : random.below(16);
  const reg =
    row.encoding.opcodeRegister && row.encoding.fixedModRM === undefined
      ? random.pick(FREE_REGISTERS)
      : register('reg');
  const constants = row.encoding.immediates.map(() =>
    random.chance(1, 2) ? BigInt(random.below(64)) : integerValue(random),
  );
  if (/^SH[LR]D$/.test(row.mnemonic) && row.operandSize === 16) constants[0] = BigInt(random.below(16));
  const bytes = (rmOperand(row)?.memorySize ?? 0) / 8;
  const step = bytes >= 16 ? 16 : 4;
  const memory: MemoryChoice = {
    base: random.pick([14, 15]),
    index: -1,
    scale: 0,
    displacement: random.below(Math.floor((128 - Math.max(bytes, 1)) / step) + 1) * step,
  };
  return encode(row, {
    reg,
    rm: isMemory ? memory : register('rm'),
    constants,
    forceRex: random.chance(1, 4),
    vvvv: register('vvvv'),
  });
}

/** Lays the steps out, points the branches at instruction starts, and adds up what ends undefined. */
export function assembleBlock({ rounds, state, data, steps }: BlockPlan): BlockCase {
  const starts: number[] = [];
  let at = 0;
  for (const { code } of steps) {
    starts.push(at);
    at += code.length;
  }
  starts.push(at);
  const loop = rounds > 1 ? loopEnd(at) : new Uint8Array();
  const code = new Uint8Array(at + loop.length);
  code.set(loop, at);
  const base = CODE_ADDRESS + BigInt(CODE_OFFSET);
  const undefinedAt = new Map<bigint, bigint>();
  let undefinedNow = 0n;
  let branched = false;
  steps.forEach((step, index) => {
    const { row } = step.form;
    const bytes = step.code.slice();
    const start = starts[index]!;
    undefinedAt.set(base + BigInt(start), undefinedNow);
    if (isRelative(row)) {
      branched = true;
      const distance = starts[Math.min(index + 1 + step.skips, steps.length)]! - start - bytes.length;
      const width = row.encoding.immediates[0]! / 8;
      for (let byte = 0; byte < width; byte++) bytes[bytes.length - width + byte] = (distance >> (8 * byte)) & 0xff;
    }
    code.set(bytes, start);
    const [written, left] = [bitsOf(row.writes), bitsOf(row.undefined)];
    // A shift by zero writes no flag at all, and what lies behind a branch may not have run.
    if (!branched && !SHIFT.test(row.mnemonic)) undefinedNow &= ~written;
    undefinedNow |= left;
  });
  // Behind the breakpoint; the end of a loop defines all flags.
  undefinedAt.set(base + BigInt(code.length) + 1n, rounds > 1 ? 0n : undefinedNow);
  const start = state.clone();
  start.rip = base;
  return {
    state: start,
    patches: [...data, loopCounter(rounds), ...codePatches(CODE_OFFSET, code)],
    steps,
    undefinedAt,
  };
}

/** What not to compare, given where the block ended. */
export const flagsIgnored = (block: BlockCase, native: Outcome): bigint =>
  block.undefinedAt.get(native.state.rip) ?? -1n;
