// XSAVE and its kin, XRSTOR, XGETBV, XSETBV: the x87, SSE and AVX state in one area, component by component (SDM Vol. 1 chapter 13).
//
//     0  the FXSAVE area   512  XSTATE_BV: which components the area holds   520  XCOMP_BV: zero, or bit 63: the compacted format
//   576  the upper halves of YMM0 … YMM15
//
// A component that is in its initial state is not marked as held, though XSAVE writes it, and XSAVEOPT and XSAVEC do not. Restoring one
// that is not held makes it initial.

import { ALL_EXCEPTIONS, INEXACT } from '../float/exception-flags.ts';
import {
  componentsInUse,
  HEADER_BYTES,
  restoreComponents,
  saveCompacted,
  saveComponents,
  saveOptimized,
  XSAVE_AVX_BYTES,
} from '../float/extended-state-area.ts';
import { MXCSR_MASK } from '../float/simd-control.ts';
import { EXIT } from '../interpreter/exit.ts';
import { CPU_STATE } from '../state/cpu-state.ts';
import { FRAME, GPR } from '../state/frame-layout.ts';
import { and, eqz, ltS, ne, not, or, shl, toI32, toI64, xor } from '../wasm/arithmetic.ts';
import { call, i32, i64, load, select, type Value } from '../wasm/expression.ts';
import type { Emitter, Operand } from './emitter.ts';
import { type Row, row } from './row.ts';
import { VECTOR } from './vector.ts';
import { requireAlignedTo } from './vex-forms.ts';

const CR4_OSXSAVE = 1 << 18;
const AVX_COMPONENT = 4;
/** MXCSR's flags that hot code does not record until somebody looks: all but "inexact". */
const UNRECORDED = ALL_EXCEPTIONS & ~INEXACT;
/** In XCOMP_BV. */
const COMPACTED = 1n << 63n;
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

type Save = typeof saveComponents;

/** @param isLookedAt whether what is stored is taken to be looked at, MXCSR with it */
const saveBy =
  (how: Save, isLookedAt = true) =>
  (e: Emitter, destination: Operand, wide: boolean): void => {
    requireEnabled(e);
    requireAlignedTo(e, destination, 64);
    const components = requested(e);
    withArea(e, components, (bytes) => {
      const window = e.modifyWindow(e.address(destination), bytes);
      e.call(how, window.address, components, i32(wide ? 1 : 0));
      if (isLookedAt) e.writeState(CPU_STATE.floatsObserved, i32(1));
      window.commit();
    });
  };

function restore(e: Emitter, source: Operand, wide: boolean): void {
  requireEnabled(e);
  requireAlignedTo(e, source, 64);
  const components = requested(e);
  withArea(e, components, (bytes) => {
    const window = e.let(e.readWindow(e.address(source), bytes));
    const enabled = toI64(e.readState('i32', CPU_STATE.xcr0));
    const held = e.let(load('i64.load', window, 512));
    const format = e.let(load('i64.load', window, 520));
    const isCompacted = e.let(ltS(format, i64(0)));
    const room = and(format, i64(~COMPACTED));
    // Standard: XCOMP_BV is zero. Compacted: it has room for what is held, and names nothing that is not enabled. Of the
    // header's other bytes the next eight must be clear, or all (SDM Vol. 1 §13.8.1, §13.8.2).
    const unknown = select(isCompacted, or(and(held, not(room)), and(room, not(enabled))), format);
    e.raiseIf(ne(or(and(held, not(enabled)), unknown), i64(0)), VECTOR.generalProtection);
    const words = [528, 536, 544, 552, 560, 568].map((at) => load('i64.load', window, at));
    const reservedWords = select(
      isCompacted,
      words.reduce((all, one) => or(all, one)),
      words[0]!,
    );
    e.raiseIf(ne(reservedWords, i64(0)), VECTOR.generalProtection);
    // MXCSR is loaded with either kind of vectors, from a compacted area with SSE that it holds.
    const loadsMxcsr = select(isCompacted, and(and(components, i32(2)), toI32(held)), and(components, i32(6)));
    const reserved = and(load('i32.load', window, 24), i32(~MXCSR_MASK));
    e.raiseIf(and(ne(reserved, i32(0)), ne(loadsMxcsr, i32(0))), VECTOR.generalProtection);
    const before = e.let(e.readState('i32', FRAME.mxcsr));
    e.call(restoreComponents, window, components, i32(wide ? 1 : 0));
    // What it was when it was saved is no news, whatever flags have come since that nobody has looked at.
    const isNews = ne(and(xor(before, e.readState('i32', FRAME.mxcsr)), i32(~UNRECORDED)), i32(0));
    e.writeState(CPU_STATE.floatsObserved, or(e.readState('i32', CPU_STATE.floatsObserved), isNews));
  });
}

const FEATURE = { feature: 'xsave' };
const FEATURES: Readonly<Record<string, string>> = { XSAVEOPT: 'xsaveopt', XSAVEC: 'xsavec' };
const areaRows = (
  mnemonic: string,
  opcode: string,
  body: (e: Emitter, operand: Operand, wide: boolean) => void,
): Row[] =>
  ([32, 64] as const).map((operandSize) =>
    row(
      operandSize === 64 ? `${mnemonic}64` : mnemonic,
      `NP ${operandSize === 64 ? 'REX.W + ' : ''}0F ${opcode}`,
      [mnemonic === 'XRSTOR' ? 'm' : '=m'],
      {
        feature: FEATURES[mnemonic] ?? 'xsave',
        operandSize,
      },
      (e, operand) => body(e, operand!, operandSize === 64),
    ),
  );

export const EXTENDED_STATE: readonly Row[] = [
  ...areaRows('XSAVE', 'AE /4', saveBy(saveComponents)),
  ...areaRows('XSAVEOPT', 'AE /6', saveBy(saveOptimized)),
  // Only to be restored: so dynamic linkers keep registers while they find a function.
  ...areaRows('XSAVEC', 'C7 /4', saveBy(saveCompacted, false)),
  ...areaRows('XRSTOR', 'AE /5', restore),
  row('XGETBV', 'NP 0F 01 D0', [], FEATURE, (e) => {
    requireEnabled(e);
    const index = e.let(toI32(e.register(GPR.rcx, 32)));
    e.raiseIf(and(index, i32(~1)), VECTOR.generalProtection);
    const enabled = e.let(e.readState('i32', CPU_STATE.xcr0));
    // SSE is in use with MXCSR, too (SDM Vol. 1 §13.6).
    const differs = ne(e.readState('i32', FRAME.mxcsr), i32(0x1f80));
    const used = and(or(call(componentsInUse), shl(differs, i32(1))), enabled);
    e.writeRegister(GPR.rax, 32, select(index, used, enabled));
    e.writeRegister(GPR.rdx, 32, i32(0));
  }),
  row('XSETBV', 'NP 0F 01 D1', [], { ...FEATURE, privileged: true, endsBlock: true }, (e) => {
    requireEnabled(e);
    e.requirePrivilege();
    e.host(EXIT.writeExtendedControl);
  }),
];
