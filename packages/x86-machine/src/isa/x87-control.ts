// x87 control: words, environment, whole state, and the register stack's bookkeeping (SDM 1 §8.3.11–8.3.13, §10.5).

import { MXCSR_MASK } from '../float/simd-control.ts';
import {
  initialize,
  loadEnvironment16,
  loadEnvironment32,
  loadRegisters,
  restoreExtendedState,
  saveExtendedState,
  setControl,
  storeEnvironment16,
  storeEnvironment32,
  storeRegisters,
} from '../float/x87-environment.ts';
import { free } from '../float/x87-instructions.ts';
import { CONDITION, controlWord, moveTop, popStack, setStatus, statusWord } from '../float/x87-state.ts';
import { CPU_STATE } from '../state/cpu-state.ts';
import { add, and, ne, not } from '../wasm/arithmetic.ts';
import { i32, load, type Value } from '../wasm/expression.ts';
import type { FunctionDefinition } from '../wasm/function-definition.ts';
import type { Emitter, Operand } from './emitter.ts';
import { type Body, type Row, row } from './row.ts';
import { requireAligned, requireAlignedWhenChecked } from './sse-vector.ts';
import { VECTOR } from './vector.ts';
import { begin, checkPending, ON_STACK } from './x87-operand.ts';

const FEATURE = { feature: 'x87' };
const FXSR = { feature: 'fxsr' };
/** Exceptions, stack fault, summary and busy. */
const STATUS_EXCEPTIONS = 0x80ff;

type Window = FunctionDefinition<readonly ['i32'], readonly []>;
const FORMATS = [
  { operandSize: 32 as const, bytes: 28, store: storeEnvironment32, load: loadEnvironment32 },
  { operandSize: 16 as const, bytes: 14, store: storeEnvironment16, load: loadEnvironment16 },
];
const REGISTER_BYTES = 80;
/** Environments are stored and loaded in such units. */
const UNIT_BITS = 32;

const storeWindow =
  (bytes: number, ...parts: readonly (readonly [Window, number])[]): Body =>
  (e, destination) => {
    const window = e.writeWindow(e.address(destination!, UNIT_BITS), bytes);
    for (const [part, offset] of parts) e.call(part, add(window.address, i32(offset)));
    window.commit();
  };
const loadWindow =
  (bytes: number, ...parts: readonly (readonly [Window, number])[]): Body =>
  (e, source) => {
    checkPending(e);
    const window = e.let(e.readWindow(e.address(source!, UNIT_BITS), bytes));
    for (const [part, offset] of parts) e.call(part, add(window, i32(offset)));
  };

const environmentRows: Row[] = FORMATS.flatMap(({ operandSize, bytes, store, load: from }) => {
  const options = { ...FEATURE, operandSize };
  const saved = bytes + REGISTER_BYTES;
  const save = storeWindow(saved, [store, 0], [storeRegisters, bytes]);
  return [
    row('FNSTENV', 'D9 /6', ['=m'], options, storeWindow(bytes, [store, 0])),
    row('FLDENV', 'D9 /4', ['m'], options, loadWindow(bytes, [from, 0])),
    row('FNSAVE', 'DD /6', ['=m'], options, (e, destination) => {
      save(e, destination!);
      e.call(initialize);
    }),
    row('FRSTOR', 'DD /4', ['m'], options, loadWindow(saved, [from, 0], [loadRegisters, bytes])),
  ];
});

const FX_BYTES = 512;
/** FXSAVE leaves the last bytes of its area alone, so the window is read, changed and written back. */
function saveAll(e: Emitter, destination: Operand, wide: boolean): void {
  requireAlignedWhenChecked(e, e.address(destination), 3);
  requireAligned(e, destination);
  const window = e.modifyWindow(e.address(destination, FX_BYTES * 8), FX_BYTES);
  e.call(saveExtendedState, window.address, i32(wide ? 1 : 0));
  window.commit();
  e.writeState(CPU_STATE.floatsObserved, i32(1));
}
function restoreAll(e: Emitter, source: Operand, wide: boolean): void {
  requireAlignedWhenChecked(e, e.address(source), 3);
  requireAligned(e, source);
  const window = e.let(e.readWindow(e.address(source, FX_BYTES * 8), FX_BYTES));
  const reserved = and(load('i32.load', window, 24), not(i32(MXCSR_MASK)));
  e.raiseIf(ne(reserved, i32(0)), VECTOR.generalProtection);
  e.call(restoreExtendedState, window, i32(wide ? 1 : 0));
  e.writeState(CPU_STATE.floatsObserved, i32(1));
}

const turnStack =
  (distance: number): Body =>
  (e) => {
    begin(e);
    e.call(moveTop, i32(distance));
    setStatus(e.code, and(statusWord(), i32(0xffff & ~CONDITION.C1)));
  };

const storeStatus: Body = (e, destination) => e.write(destination!, e.let(e.x87?.status() ?? statusWord()));

export const X87_CONTROL: readonly Row[] = [
  row('FNINIT', 'DB E3', [], FEATURE, (e) => {
    e.call(initialize);
  }),
  row('FNCLEX', 'DB E2', [], FEATURE, (e) => setStatus(e.code, and(statusWord(), i32(0xffff & ~STATUS_EXCEPTIONS)))),
  row('FNSTCW', 'D9 /7', ['=m16'], ON_STACK, (e, destination) => e.write(destination!, e.let(controlWord()))),
  row('FLDCW', 'D9 /5', ['m16'], ON_STACK, (e, source) => {
    checkPending(e);
    const control = e.read(source!) as Value<'i32'>;
    if (e.x87) e.x87.loadControl(control);
    else setControl(e.code, control);
  }),
  row('FNSTSW', 'DD /7', ['=m16'], ON_STACK, storeStatus),
  row('FNSTSW', 'DF E0', ['=ax'], ON_STACK, storeStatus),
  row('FWAIT', '9B', [], ON_STACK, (e) => checkPending(e)),
  row('FNOP', 'D9 D0', [], ON_STACK, (e) => begin(e)),
  // The 8087's interrupt switches and the 80287's protected mode do nothing since the 80387.
  ...(
    [
      ['FENI', 'DB E0'],
      ['FDISI', 'DB E1'],
      ['FSETPM', 'DB E4'],
    ] as const
  ).map(([mnemonic, encoding]) => row(mnemonic, encoding, [], FEATURE, () => {})),
  row('FDECSTP', 'D9 F6', [], FEATURE, turnStack(-1)),
  row('FINCSTP', 'D9 F7', [], FEATURE, turnStack(1)),
  row('FFREE', 'DD C0+i', ['=st(i)'], FEATURE, (e, register) => {
    begin(e);
    e.call(free, e.registerNumber(register!));
  }),
  row('FFREEP', 'DF C0+i', ['=st(i)'], FEATURE, (e, register) => {
    begin(e);
    e.call(free, e.registerNumber(register!));
    e.call(popStack, i32(1));
  }),
  ...environmentRows,
  row('FXSAVE', 'NP 0F AE /0', ['=m512'], { ...FXSR, operandSize: 32 }, (e, to) => saveAll(e, to!, false)),
  row('FXSAVE64', 'NP REX.W + 0F AE /0', ['=m512'], { ...FXSR, operandSize: 64 }, (e, to) => saveAll(e, to!, true)),
  row('FXRSTOR', 'NP 0F AE /1', ['m512'], { ...FXSR, operandSize: 32 }, (e, from) => restoreAll(e, from!, false)),
  row('FXRSTOR64', 'NP REX.W + 0F AE /1', ['m512'], { ...FXSR, operandSize: 64 }, (e, from) =>
    restoreAll(e, from!, true),
  ),
];
