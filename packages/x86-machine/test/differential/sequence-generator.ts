// Sequences of instructions as one case: what one leaves behind, above all in the flags, the next must find.
//
// Operands are registers other than RSP, or an absolute place in the data pages; conditional branches skip forward, and a
// loop around the whole counts in memory. Flags that the manual leaves undefined are followed along: no instruction may read one, and at the end they are not compared.
import { CONDITIONS } from '../../src/isa/condition.ts';
import type { Row } from '../../src/isa/row.ts';
import { codePatches, type Form, isCompared, randomState } from './case-generator.ts';
import { integerValue } from './edge-values.ts';
import { encode } from './instruction-encoder.ts';
import { loopCounter, loopEnd } from './loop-end.ts';
import { CODE_ADDRESS, DATA_LOW_ADDRESS } from './memory-map.ts';
import { type Case, RSP } from './processor-state.ts';
import type { RandomSource } from './random-source.ts';

const CODE_OFFSET = 0x100;

export interface Sequence extends Case {
  readonly code: Uint8Array;
  /** Letters of the flags that are undefined at the end. */
  readonly undefinedFlags: string;
}

const EXCLUDED =
  /^(CLI|STI|PUSH|POP|PUSHF|PUSHFQ|POPF|POPFQ|ENTER|LEAVE|XLATB|LEA|V?P?MASKMOV.*|VP?GATHER.*|I?DIV|BT[SRC]?|(REPN?E? |REP )?(MOVS|CMPS|STOS|LODS|SCAS)[BWDQ]|V?RCP.*|V?RSQRT.*|CLFLUSH|CMPXCHG16B|F?XSAVE.*|F?XRSTOR.*|V?LDMXCSR|FLD.*|FST.*|FN?.*|EMMS)$/;

/** Integer and vector forms that fall through whatever their operands are. */
export function isSequenceable({ row }: Form): boolean {
  if (!isCompared(row) || row.endsBlock || row.privileged || EXCLUDED.test(row.mnemonic)) return false;
  if (
    row.operands.some(
      ({ field, registerClass }) =>
        field === 'relative' || field === 'moffs' || registerClass === 'mm' || registerClass === 'st',
    )
  )
    return false;
  return true;
}

/** Shifts by a count of 0 write no flag, so they settle nothing. */
const settles = (row: Row): boolean => !/^(SHL|SHR|SAR|SHLD|SHRD|ROL|ROR|RCL|RCR)$/.test(row.mnemonic);

const BRANCH_FLAGS: readonly string[] = [
  'o',
  'o',
  'c',
  'c',
  'z',
  'z',
  'cz',
  'cz',
  's',
  's',
  'p',
  'p',
  'so',
  'so',
  'zso',
  'zso',
];

function registerOtherThanRsp(random: RandomSource): number {
  const number = random.below(15);
  return number >= RSP ? number + 1 : number;
}

function encodeOne({ row, isMemory }: Form, random: RandomSource): Uint8Array {
  const constants = row.encoding.immediates.map(() => integerValue(random));
  // Without REX the byte registers 4–7 are AH … BH; with it SPL would be one of them.
  const forceRex = random.chance(1, 5);
  const displacement = Number(DATA_LOW_ADDRESS) + 0x400 + random.below(8) * 16;
  const rm = isMemory ? { base: -1, index: -1, scale: 0, displacement } : registerOtherThanRsp(random);
  return encode(row, {
    reg: registerOtherThanRsp(random),
    rm,
    constants,
    forceRex,
    vvvv: registerOtherThanRsp(random),
  });
}

/** A sequence of `length` instructions out of `forms`, run `rounds` times. */
export function generateSequence(
  forms: readonly Form[],
  random: RandomSource,
  length: number,
  rounds: number = 1,
): Sequence {
  const state = randomState(random);
  state.rip = CODE_ADDRESS + BigInt(CODE_OFFSET);
  const pieces: Uint8Array[] = [];
  let unknown = new Set<string>();
  /** An open branch: where its displacement lies, how many instructions it still skips, what was undefined at it. */
  let open:
    | { readonly branch: Uint8Array; left: number; bytes: number; readonly unknown: ReadonlySet<string> }
    | undefined;
  /** After an instruction has been accounted for: one fewer to skip, and at the end both ways come together. */
  const join = (code: Uint8Array): void => {
    if (!open) return;
    open.bytes += code.length;
    open.left--;
    if (open.left > 0) return;
    open.branch[1] = open.bytes;
    unknown = new Set([...unknown, ...open.unknown]);
    open = undefined;
  };
  while (pieces.length < length || open) {
    const condition = random.below(CONDITIONS.length);
    if (!open && random.chance(1, 6) && ![...BRANCH_FLAGS[condition]!].some((letter) => unknown.has(letter))) {
      const branch = Uint8Array.of(0x70 + condition, 0);
      open = { branch, left: 1 + random.below(4), bytes: 0, unknown: new Set(unknown) };
      pieces.push(branch);
      continue;
    }
    const form = random.pick(forms);
    const { row } = form;
    if ([...(row.reads ?? '')].some((letter) => unknown.has(letter))) continue;
    const code = encodeOne(form, random);
    pieces.push(code);
    if (settles(row)) unknown = new Set([...unknown].filter((letter) => !row.writes?.includes(letter)));
    for (const letter of row.undefined ?? '') unknown.add(letter);
    join(code);
  }
  if (rounds > 1) pieces.push(loopEnd(pieces.reduce((bytes, piece) => bytes + piece.length, 0)));
  const code = Uint8Array.from(pieces.flatMap((piece) => [...piece]));
  return {
    state,
    code,
    undefinedFlags: rounds > 1 ? '' : [...unknown].join(''),
    patches: [...codePatches(CODE_OFFSET, code), loopCounter(rounds)],
  };
}
