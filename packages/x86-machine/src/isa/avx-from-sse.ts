// AVX and AVX2 forms of the SSE instructions: which of them exist, and what differs from the rule (SDM Vol. 1 §14.1, tables 14-2 … 14-9).
//
// The rule: an XMM row `op xmm1, xmm2/m128` has VEX.128 and VEX.256 forms `vop r1, rv, r2/m`, or `vop r1, r2/m` where the destination is
// only written. Scalars have one form whatever VEX.L says.

import { FRAME } from '../state/frame-layout.ts';
import type { Body, Row, RowOptions } from './row.ts';
import { row } from './row.ts';
import { SSE_ARITHMETIC } from './sse-arithmetic.ts';
import { compareIntoMask, compareScalarIntoMask, SSE_COMPARE } from './sse-compare.ts';
import { SSE_CONTROL } from './sse-control.ts';
import { SSE_CONVERT } from './sse-convert.ts';
import { SSE_DATA_TRANSFER } from './sse-data-transfer.ts';
import { SSE_INTEGER } from './sse-integer.ts';
import { SSE_SHUFFLE } from './sse-shuffle.ts';
import { SSE_STRING } from './sse-string.ts';
import { ZERO } from './sse-vector.ts';
import { SSE4, vexDotProduct } from './sse4.ts';
import { type Policy, type VexOptions, vexBody } from './vex-forms.ts';

/** These have no VEX form of this kind: they are written out in avx.ts, or do not exist. */
const WITHOUT =
  /^(MOVNTI|MOVSS|MOVSD|MOVDQ2Q|MOVQ2DQ|PMOVMSKB|MOVMSKP[SD]|PTEST|CMP[PS][SD]|CVT(T?P[SD]2PI|PI2P[SD]))$/;
/** VEX.vvvv gives what the destination keeps, although the SSE row only writes. */
const MERGES = /^SQRTS[SD]$/;
/** The SSE row reads the destination for nothing. */
const UNARY = /^PABS[BWD]$/;
const SCALAR = /^(?!P)\w*S[SD]$|^CVTT?S[SD]2SI$/;
const ONLY_128 =
  /^(DPP[SD]|PHMINPOSUW|PCMP[EI]STR[MI]|INSERTPS|EXTRACTPS|PINSR|PEXTR|MOV[LH]P[SD]|MOVD$|MOVQ$|MASKMOVDQU|LDMXCSR|STMXCSR|AESIMC|AESKEY)/;
const ALIGNED = /^(MOVAPS|MOVAPD|MOVDQA|MOVNT\w+)$/;
const FLOATING = /(P[SD]|PS2DQ|PD2DQ|DQ2PS|DQ2PD|DUP)$|^(MOVDQ[AU]|LDDQU|MOVNTDQ|MOVNTP[SD])$/;
const RAISES = /^(?:H?ADD|H?SUB|ADDSUB|MUL|DIV|MIN|MAX|SQRT|CMP|ROUND|DP)P[SD]$|^CVT/;
/** Their VEX forms ask for W0 (SDM Vol. 2, each instruction). */
const W0 = /^P?BLENDV\w+$/;
const CONSTANT_SHIFT: Readonly<Record<string, number>> = { SHUFPD: 2, BLENDPD: 2, BLENDPS: 4, MPSADBW: 3 };
const NARROWING = /^CVT(PD2PS|T?PD2DQ)$/;
const WIDENING = /^(CVTPS2PD|CVTDQ2PD|PMOV[SZ]X\w+)$/;
/** The count of a shift is 128 bits wide for either width. */
const SHIFT_BY_REGISTER = /^PS(RL|RA|LL)[WDQ]$/;

const policyOf = (mnemonic: string): Policy =>
  NARROWING.test(mnemonic) ? 'narrowing' : WIDENING.test(mnemonic) ? 'widening' : 'halves';

const hex = (value: number): string => value.toString(16).toUpperCase().padStart(2, '0');

function vexEncoding(legacy: Row, length: 'LIG' | '128' | '256'): string {
  const { mandatory, map, opcode, digit, hasModRM, immediates } = legacy.encoding;
  const prefix = mandatory === 'none' || mandatory === undefined ? '' : `.${mandatory}`;
  const w = legacy.operandSize === 64 ? 'W1' : legacy.operandSize === 32 || W0.test(legacy.mnemonic) ? 'W0' : 'WIG';
  const field = digit !== undefined ? ` /${digit}` : hasModRM ? ' /r' : '';
  return `VEX.${length}${prefix}.${map}.${w} ${hex(opcode)}${field}${immediates.length > 0 ? ' ib' : ''}`;
}

/** The operands of the VEX form, and which of them the body's destination is read as. */
function vexOperands(legacy: Row, width: 128 | 256): { operands: string[]; first: VexOptions['first'] } {
  const { mnemonic } = legacy;
  const [destination, ...others] = legacy.operands.map(({ notation }) => notation) as [string, ...string[]];
  const wide = (notation: string): string =>
    width === 128 ? notation : notation.replace(/xmm([12v]|$)/, 'ymm$1').replace('m128', 'm256');
  const widenSource = (notation: string): string => {
    const memory = /^xmm2\/m(\d+)$/.exec(notation);
    if (width === 128 || SHIFT_BY_REGISTER.test(mnemonic)) return notation;
    if (policyOf(mnemonic) === 'widening' && memory) return `xmm2/m${Number(memory[1]) * 2}`;
    // MOVDDUP reads only as much as it duplicates; with 256 bits that is every other quadword of the whole.
    if (mnemonic === 'MOVDDUP') return 'ymm2/m256';
    return wide(notation);
  };
  // The mask of a variable blend is named by the constant instead of being XMM0.
  const rest = others.map((notation) =>
    notation === 'xmm0' ? (width === 256 ? 'ymm4' : 'xmm4') : widenSource(notation),
  );
  const writes = destination.replace('+', '=');
  const target = policyOf(mnemonic) === 'narrowing' ? writes : wide(writes);
  if (destination.startsWith('+xmm2')) {
    const size = width === 256 ? 'ymm' : 'xmm';
    return { operands: [`=${size}v`, `${size}2`, ...rest], first: 'rm' };
  }
  const isMerge = (destination.startsWith('+xmm') && !UNARY.test(mnemonic)) || MERGES.test(mnemonic);
  if (!isMerge) return { operands: [target, ...rest], first: 'none' };
  return { operands: [target, wide('xmmv'), ...rest], first: 'vvvv' };
}

function vexRow(legacy: Row, width: 128 | 256, body = legacy.body): Row {
  const { mnemonic, reads, writes, undefined: left } = legacy;
  const isScalar = SCALAR.test(mnemonic);
  const { operands, first } = vexOperands(legacy, width);
  const encoding = vexEncoding(legacy, isScalar ? 'LIG' : `${width}`);
  const isBlend = operands.some((notation) => /mm4$/.test(notation));
  const later = legacy.feature === 'aes' ? 'vaes' : legacy.feature === 'pclmulqdq' ? 'vpclmulqdq' : 'avx2';
  const feature = width === 256 && !FLOATING.test(mnemonic) ? later : 'avx';
  const flags = Object.fromEntries(
    Object.entries({ reads, writes, undefined: left }).filter(([, value]) => value !== undefined),
  );
  const { forRounding } = legacy;
  const options: RowOptions = { ...flags, feature, ...(forRounding && { forRounding: vexRow(forRounding, width) }) };
  const constantShift = CONSTANT_SHIFT[mnemonic] ?? 0;
  const [aligned, raises] = [ALIGNED.test(mnemonic), RAISES.test(mnemonic)];
  const vex: VexOptions = { first, width, policy: policyOf(mnemonic), aligned, raises, constantShift };
  return row(
    `V${mnemonic}`,
    isBlend ? blendEncoding(encoding, legacy) : encoding,
    operands,
    options,
    vexBody(mnemonic.endsWith('STRM') ? clearingUpperOfFirst(body) : body, vex),
  );
}

/** PCMPESTRM and PCMPISTRM answer in XMM0, whose upper half becomes zero. */
const clearingUpperOfFirst =
  (body: Body): Body =>
  (e, ...operands) => {
    body(e, ...operands);
    e.writeState(FRAME.xmm + 16, ZERO);
  };

/** The variable blends moved to the 0F3A map, where they have a constant. */
function blendEncoding(encoding: string, { mnemonic }: Row): string {
  const opcode = { BLENDVPS: '4A', BLENDVPD: '4B', PBLENDVB: '4C' }[mnemonic as 'BLENDVPS'];
  return encoding.replace('.0F38.', '.0F3A.').replace(/ [0-9A-F]{2} \/r/, ` ${opcode} /r /is4`);
}

function vexForms(legacy: Row, body = legacy.body): Row[] {
  const forms = [vexRow(legacy, 128, body)];
  const { mnemonic } = legacy;
  if (!SCALAR.test(mnemonic) && !ONLY_128.test(mnemonic)) forms.push(vexRow(legacy, 256, body));
  return forms;
}

/** The VEX forms of those rows of an SSE family that have one. */
export const vexFormsOf = (rows: readonly Row[]): Row[] =>
  rows
    .filter(
      ({ mnemonic, operands }) =>
        !WITHOUT.test(mnemonic) && !operands.some(({ registerClass }) => registerClass === 'mm'),
    )
    .flatMap((legacy) => vexForms(legacy));

/** CMPPS and its kin know 32 predicates with a VEX prefix. */
const COMPARISONS = SSE_COMPARE.filter(({ mnemonic }) => /^CMP[PS][SD]$/.test(mnemonic)).flatMap((legacy) => {
  const width = legacy.mnemonic.endsWith('S') ? 32 : 64;
  return vexForms(
    legacy,
    legacy.mnemonic.startsWith('CMPP') ? compareIntoMask(width, 32) : compareScalarIntoMask(width, 32),
  );
});

export const AVX_FROM_SSE: readonly Row[] = [
  ...vexFormsOf(
    [
      SSE_DATA_TRANSFER,
      SSE_ARITHMETIC,
      SSE_COMPARE,
      SSE_CONVERT,
      SSE_SHUFFLE,
      SSE_INTEGER,
      SSE4,
      SSE_STRING,
      SSE_CONTROL,
    ].flat(),
  ),
  ...COMPARISONS,
  row(
    'VDPPS',
    'VEX.256.66.0F3A.WIG 40 /r ib',
    ['=ymm1', 'ymmv', 'ymm2/m256', 'imm8'],
    { feature: 'avx' },
    vexDotProduct,
  ),
];
