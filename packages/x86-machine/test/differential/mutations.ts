// Encodings that no table lists: valid instructions with prefixes put in front, ModRM fields changed and VEX bits flipped.
//
// What comes out is another instruction, or none: both must agree which. Extensions that the judging processor has and this
// machine does not are told by their opcodes, below, each with its name.
import { buildDecodeTable } from '../../src/decode/decode-table.ts';
import { DECODED, Decoder, Instruction, MAXIMUM_LENGTH } from '../../src/decode/decoder.ts';
import { INSTRUCTION_SET } from '../../src/isa/instruction-set.ts';
import type { Row } from '../../src/isa/row.ts';
import { codePatches, type Form, type GeneratedCase, generateCase, isCompared } from './case-generator.ts';
import { describeCase, differences, isApproximate, undefinedFlags } from './comparison.ts';
import type { MachineRunner } from './machine-runner.ts';
import { CODE_ADDRESS } from './memory-map.ts';
import type { NativeOracle } from './native-oracle.ts';
import { comparesTwoInMemory, ofTheSameOperand } from './operand-order.ts';
import { TRAP_TIMEOUT } from './processor-state.ts';
import type { RandomSource } from './random-source.ts';

const INVALID_OPCODE = 6;
const GENERAL_PROTECTION = 13;
const PREFIXES = [0x66, 0x66, 0xf2, 0xf2, 0xf3, 0xf3, 0xf0, 0xf0, 0x2e, 0x3e, 0x64, 0x67];

/**
 * Opcodes of what silicon may have and the machine never offers (a mutation does not change opcodes, so the list is short).
 */
const FOREIGN: readonly (readonly [extension: string, opcode: RegExp])[] = [
  ['SSE4a: EXTRQ, INSERTQ, MOVNTSS, MOVNTSD', /^0f(78|79|2b)/],
  ['CLWB, CLFLUSHOPT, PTWRITE, UMONITOR, WAITPKG, CET', /^0fae/],
  ['RDPRU, MONITOR, SVM, VMX, WBNOINVD, XSUSLDTRK, SERIALIZE, INVLPGB', /^0f(01|09)/],
  ['RDPID, XSAVES, VMX pointers', /^0fc7/],
  ['CET shadow stacks', /^0f(1e|38f[56])/],
  ['GFNI', /^0f(38cf|3ac[ef])/],
  ['AVX-VNNI', /^0f385[0-3]/],
  ['UINTR, HRESET', /^0f3af0/],
  ['AVX-512: KSHIFT', /^0f3a3[0-3]/],
];
/** What a VEX prefix makes of opcodes that are common ones without it. */
const FOREIGN_VEX: readonly (readonly [extension: string, opcode: RegExp])[] = [
  ['AVX-512: KAND, KANDN, KNOT, KOR, KXNOR, KXOR, KADD, KUNPCK, KMOV, KORTEST, KTEST', /^0f(4[124-7ab]|9[0-389])/],
];

/** Whether an opcode belongs to an extension that the machine never offers. */
function isForeign(code: Uint8Array): boolean {
  const text = opcodeText(code);
  const isVex = [0xc4, 0xc5].includes(code[opcodeOffset(code)]!);
  return [...FOREIGN, ...(isVex ? FOREIGN_VEX : [])].some(([, opcode]) => opcode.test(text));
}

/** LOCK in front of VERW of memory is #UD (SDM Vol. 2 VERW); a Zen 4 whose microcode has VERW clear buffers reads the operand. */
const isLockedVerw = (code: Uint8Array): boolean =>
  code.subarray(0, opcodeOffset(code)).includes(0xf0) && /^0f00[26a][89a-f]/.test(opcodeText(code));

/** LOCK in front of MOV to or from CR0 is CR8 on AMD processors (AMD APM Vol. 3 MOV CRn). */
const isOtherCr8 = (code: Uint8Array): boolean =>
  code.subarray(0, opcodeOffset(code)).includes(0xf0) && /^0f2[02]/.test(opcodeText(code));

/** Operands that the manuals leave undefined in a way that shows beyond flags (case-generator.ts keeps away from them). */
const CHOOSES =
  /^(SH[LR]D|CMPXCHG|F2XM1|FYL2XP1|MASKMOV.*|BSWAP|MOVSXD|LOOP.*|V?MASKMOV.*|ENTER|V?P?GATHER.*|FN?(ST|LD)ENV|F?N?X?(SAVE|SAVEOPT|SAVEC|RSTOR)(64)?)$/;

const decoder = new Decoder(buildDecodeTable(INSTRUCTION_SET));

/** What the bytes are, with nothing behind them; `code` is cut to the instruction, so that no rest of it runs. */
function decode(code: Uint8Array): { row: Row | undefined; code: Uint8Array } {
  const instruction = new Instruction();
  const padded = new Uint8Array(32).fill(0xcc);
  padded.set(code.subarray(0, 16));
  if (decoder.decode(padded, 0, padded.length, instruction) !== DECODED.ok) return { row: undefined, code };
  return { row: instruction.row, code: padded.slice(0, instruction.length) };
}

/** AMD processors cut RIP to 16 bits when 66 is in front of a near branch; Intel's ignore it, and so does the machine (SDM Vol. 2 Jcc). */
const isShortBranch = (code: Uint8Array, row: Row): boolean =>
  code.subarray(0, opcodeOffset(code)).includes(0x66) &&
  (row.operands.some(({ field }) => field === 'relative') || /^(RET|CALL|JMP)$/.test(row.mnemonic));

const isPrefix = (byte: number): boolean => PREFIXES.includes(byte) || [0x26, 0x36, 0x65].includes(byte);

/** Where the opcode starts, behind prefixes and REX. */
function opcodeOffset(code: Uint8Array): number {
  let at = 0;
  while (at < code.length && (isPrefix(code[at]!) || (code[at]! & 0xf0) === 0x40)) at++;
  return at;
}

/**
 * Whether an encoding that is no instruction might be more than 15 bytes long if it were one, ModRM, SIB, displacement and constant
 * included. Silicon then finds the length first, and raises #GP for #UD.
 */
const mayBeTooLong = (code: Uint8Array): boolean => {
  const at = opcodeOffset(code);
  const escapes = code[at] !== 0x0f ? 0 : code[at + 1] === 0x38 || code[at + 1] === 0x3a ? 2 : 1;
  return at + escapes + 1 + 2 + 4 + 4 > MAXIMUM_LENGTH;
};

const hexOf = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** The opcode with its escape bytes as hexadecimal digits; a VEX prefix counts as the escape it stands for. */
function opcodeText(code: Uint8Array): string {
  const at = opcodeOffset(code);
  const map = ['', '0f', '0f38', '0f3a'];
  if (code[at] === 0xc5) return `0f${hexOf(code.slice(at + 2, at + 3))}`;
  if (code[at] === 0xc4) return (map[code[at + 1]! & 31] ?? '?') + hexOf(code.slice(at + 3, at + 4));
  return hexOf(code.slice(at, at + 4));
}

function mutate(code: Uint8Array, row: Row, random: RandomSource): Uint8Array {
  const bytes = [...code];
  const at = opcodeOffset(code);
  const isVex = row.encoding.vex !== undefined;
  if (isVex && random.chance(3, 4)) {
    const last = bytes[at] === 0xc4 ? at + 2 : at + 1;
    bytes[last]! ^= 1 << random.below(8);
    if (random.chance(1, 4)) bytes[at + 1]! ^= 1 << random.below(8);
  } else if (row.encoding.hasModRM && random.chance(1, 2)) {
    const escapes = row.encoding.map === '' ? 0 : row.encoding.map === '0F' ? 1 : 2;
    const modRM = isVex ? at + (bytes[at] === 0xc4 ? 4 : 3) : at + escapes + 1;
    bytes[modRM] = random.below(256);
  }
  const count = random.below(3);
  for (let i = 0; i < count; i++) bytes.unshift(random.pick(PREFIXES));
  if (!isVex && random.chance(1, 8)) bytes.splice(opcodeOffset(Uint8Array.from(bytes)), 0, 0x40 | random.below(16));
  return Uint8Array.from(bytes);
}

/** Judges `count` mutations of random forms: one text for each that differs. */
export function judgeMutations(
  forms: readonly Form[],
  count: number,
  random: RandomSource,
  oracle: NativeOracle,
  runner: MachineRunner,
): string[] {
  const cases: (GeneratedCase & { readonly mutant: Row | undefined })[] = [];
  while (cases.length < count) {
    const one = generateCase(random.pick(forms), random);
    const { code, row: mutant } = decode(mutate(one.code, one.form.row, random));
    // Too long and no instruction either: which of the two is found first differs.
    if (mutant === undefined && code.length > MAXIMUM_LENGTH) continue;
    if ((mutant && isShortBranch(code, mutant)) || isOtherCr8(code) || isLockedVerw(code)) continue;
    if (mutant && (!isCompared(mutant) || CHOOSES.test(mutant.mnemonic) || isApproximate(mutant))) continue;
    const offset = Number(one.state.rip - CODE_ADDRESS);
    cases.push({ ...one, code, mutant, patches: [...one.patches.slice(0, -1), ...codePatches(offset, code)] });
  }
  const native = oracle.run(cases);
  return cases.flatMap((one, index) => {
    const expected = native[index]!;
    if (expected.trap === TRAP_TIMEOUT) return [];
    const foreign = isForeign(one.code);
    if (foreign && (one.mutant === undefined || !oracle.has(one.mutant.feature))) return [];
    const ignored = one.mutant ? undefinedFlags([one.mutant]) : 0n;
    const ours = runner.run(one);
    if (foreign && ours.trap === INVALID_OPCODE) return [];
    const isNone = one.mutant === undefined && ours.trap === INVALID_OPCODE;
    if (isNone && expected.trap === GENERAL_PROTECTION && mayBeTooLong(one.code)) return [];
    const theirs = one.mutant && comparesTwoInMemory(one.mutant) ? ofTheSameOperand(expected, ours, oracle) : expected;
    const found = differences(theirs, ours, ignored);
    return found.length === 0
      ? []
      : [`${one.form.name} as ${hexOf(one.code)}\n  ${found.join('\n  ')}\n  ${describeCase(one, one.code)}`];
  });
}
