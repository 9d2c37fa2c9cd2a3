// The units of the processor that an operating system turns on or off: which instructions they refuse, and how.
//
// Decided where instructions are decoded, so that running ones ask nothing: a change of CR0 or CR4 that matters forgets what was
// decoded. Vectors under a VEX prefix depend on CR4.OSXSAVE and XCR0 besides (cpu.ts updateVectorExtensions).
// (SDM Vol. 3A §2.5, table 2-2; Vol. 2 "Exceptions" of each instruction; §13.1)

import type { Row } from '../isa/row.ts';
import { VECTOR } from '../isa/vector.ts';

export type Unit = 'x87' | 'wait' | 'mmx' | 'sse' | 'avx' | 'fxsr' | 'xsave';

const CR0_MP = 0x2;
const CR0_EM = 0x4;
const CR0_TS = 0x8;
const CR4_OSFXSR = 0x200;

/** Without a vector register, but with MXCSR. */
const MXCSR_ROWS = new Set(['LDMXCSR', 'STMXCSR']);
const VEX_CONTROL = new Set(['VZEROUPPER', 'VZEROALL', 'VLDMXCSR', 'VSTMXCSR']);
/** They only ask about components, or set XCR0. */
const XCR_ROWS = new Set(['XGETBV', 'XSETBV']);

/** The unit that executes an instruction; undefined for what no one can turn off. */
export function unitOf({ mnemonic, feature, encoding, operands }: Row): Unit | undefined {
  if (mnemonic === 'FWAIT') return 'wait';
  if (feature === 'x87' || feature === 'fxsr') return feature;
  if (feature === 'xsave') return XCR_ROWS.has(mnemonic) ? undefined : 'xsave';
  const has = (registerClass: string): boolean => operands.some((operand) => operand.registerClass === registerClass);
  if (encoding.vex) return has('xmm') || VEX_CONTROL.has(mnemonic) ? 'avx' : undefined;
  if (has('xmm') || MXCSR_ROWS.has(mnemonic)) return 'sse';
  return has('mm') || feature === 'mmx' ? 'mmx' : undefined;
}

/** The exception that each unit's instructions raise; none for those that work. */
export type Refusals = Partial<Record<Unit, number>>;

export function refusals(cr0: number, cr4: number): Refusals {
  const { deviceNotAvailable, invalidOpcode } = VECTOR;
  const isEmulated = (cr0 & CR0_EM) !== 0;
  const isSwitched = (cr0 & CR0_TS) !== 0;
  const refused: Refusals = {};
  if (isSwitched) {
    for (const unit of ['x87', 'mmx', 'sse', 'avx', 'fxsr', 'xsave'] as const) refused[unit] = deviceNotAvailable;
    if ((cr0 & CR0_MP) !== 0) refused.wait = deviceNotAvailable;
  }
  if (isEmulated) {
    refused.x87 = deviceNotAvailable;
    refused.fxsr = deviceNotAvailable;
    refused.mmx = invalidOpcode;
  }
  if (isEmulated || (cr4 & CR4_OSFXSR) === 0) refused.sse = invalidOpcode;
  return refused;
}
