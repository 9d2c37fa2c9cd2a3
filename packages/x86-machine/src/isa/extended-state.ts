// XSAVE, XRSTOR, XGETBV and XSETBV: the x87, SSE and AVX state in one area, component by component (SDM Vol. 1 chapter 13).
//
//     0  the FXSAVE area   512  XSTATE_BV: which components the area holds   520  XCOMP_BV, zero: the standard format
//   576  the upper halves of YMM0 … YMM15
//
// A component that is in its initial state is not marked as held, though it is written; restoring one that is not held
// makes it initial.

import { HEADER_BYTES, restoreComponents, saveComponents, XSAVE_AVX_BYTES } from '../float/extended-state-area.ts';
import { MXCSR_MASK } from '../float/simd-control.ts';
import { EXIT } from '../interpreter/exit.ts';
import { CPU_STATE } from '../state/cpu-state.ts';
import { GPR } from '../state/frame-layout.ts';
import { and, eqz, ne, not, or, toI32, toI64 } from '../wasm/arithmetic.ts';
import { i32, i64, load, type Value } from '../wasm/expression.ts';
import type { Emitter, Operand } from './emitter.ts';
import { type Row, row } from './row.ts';
import { VECTOR } from './vector.ts';
import { requireAlignedTo } from './vex-forms.ts';

const CR4_OSXSAVE = 1 << 18;
const AVX_COMPONENT = 4;
const LEGACY_BYTES = 512 + HEADER_BYTES;

const requireEnabled = (e: Emitter): void =>
  e.raiseIf(eqz(and(e.readState('i32', CPU_STATE.cr4), i32(CR4_OSXSAVE))), VECTOR.invalidOpcode);

/** The components asked for in EDX:EAX that XCR0 enables: all of them are among the low three bits. */
const requested = (e: Emitter): Value<'i32'> =>
  e.let(and(toI32(e.register(GPR.rax, 32)), e.readState('i32', CPU_STATE.xcr0)));

/** The area reaches as far as the components asked for. */
function withArea(e: Emitter, components: Value<'i32'>, body: (bytes: number) => void): void {
  e.if(
    and(components, i32(AVX_COMPONENT)),
    () => body(XSAVE_AVX_BYTES),
    () => body(LEGACY_BYTES),
  );
}

function save(e: Emitter, destination: Operand, wide: boolean): void {
  requireEnabled(e);
  requireAlignedTo(e, destination, 64);
  const components = requested(e);
  withArea(e, components, (bytes) => {
    const window = e.modifyWindow(e.address(destination), bytes);
    e.call(saveComponents, window.address, components, i32(wide ? 1 : 0));
    e.writeState(CPU_STATE.floatsObserved, i32(1));
    window.commit();
  });
}

function restore(e: Emitter, source: Operand, wide: boolean): void {
  requireEnabled(e);
  requireAlignedTo(e, source, 64);
  const components = requested(e);
  withArea(e, components, (bytes) => {
    const window = e.let(e.readWindow(e.address(source), bytes));
    const enabled = toI64(e.readState('i32', CPU_STATE.xcr0));
    const unknown = and(load('i64.load', window, 512), not(enabled));
    // Neither compacted nor with reserved bytes set (SDM Vol. 1 §13.8.1).
    const format = or(load('i64.load', window, 520), load('i64.load', window, 528));
    e.raiseIf(ne(or(unknown, format), i64(0)), VECTOR.generalProtection);
    const reserved = and(load('i32.load', window, 24), i32(~MXCSR_MASK));
    e.raiseIf(and(ne(reserved, i32(0)), ne(and(components, i32(6)), i32(0))), VECTOR.generalProtection);
    e.call(restoreComponents, window, components, i32(wide ? 1 : 0));
    e.writeState(CPU_STATE.floatsObserved, i32(1));
  });
}

const FEATURE = { feature: 'xsave' };
const areaRows = (
  mnemonic: string,
  digit: number,
  body: (e: Emitter, operand: Operand, wide: boolean) => void,
): Row[] =>
  ([32, 64] as const).map((operandSize) =>
    row(
      operandSize === 64 ? `${mnemonic}64` : mnemonic,
      `NP ${operandSize === 64 ? 'REX.W + ' : ''}0F AE /${digit}`,
      [mnemonic === 'XSAVE' ? '=m' : 'm'],
      { ...FEATURE, operandSize, summary: `${mnemonic === 'XSAVE' ? 'Save' : 'Restore'} state components` },
      (e, operand) => body(e, operand!, operandSize === 64),
    ),
  );

export const EXTENDED_STATE: readonly Row[] = [
  ...areaRows('XSAVE', 4, save),
  ...areaRows('XRSTOR', 5, restore),
  row('XGETBV', 'NP 0F 01 D0', [], { ...FEATURE, summary: 'Read XCR0' }, (e) => {
    requireEnabled(e);
    e.raiseIf(e.register(GPR.rcx, 32) as Value<'i32'>, VECTOR.generalProtection);
    e.writeRegister(GPR.rax, 32, e.readState('i32', CPU_STATE.xcr0));
    e.writeRegister(GPR.rdx, 32, i32(0));
  }),
  row('XSETBV', 'NP 0F 01 D1', [], { ...FEATURE, privileged: true, endsBlock: true, summary: 'Write XCR0' }, (e) => {
    requireEnabled(e);
    e.requirePrivilege();
    e.host(EXIT.writeExtendedControl);
  }),
];
