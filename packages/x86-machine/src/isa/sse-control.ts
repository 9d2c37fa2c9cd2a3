// MXCSR (SDM 1 §10.2.3): loading it, storing it.

import { MXCSR_MASK } from '../float/simd-control.ts';
import { CPU_STATE } from '../state/cpu-state.ts';
import { FRAME } from '../state/frame-layout.ts';
import { and, ne, not } from '../wasm/arithmetic.ts';
import { i32, type Value } from '../wasm/expression.ts';
import { type Body, type Row, row } from './row.ts';
import { VECTOR_GP } from './sse-vector.ts';

const STORE = ['NP 0F AE /3', ['=m32']] as const;

const store: Body = (e, destination) => e.write(destination!, e.readState('i32', FRAME.mxcsr));

/** Whoever goes on as if flags had not been looked at need not have them exact. */
const STORE_FOR_ROUNDING = row('STMXCSR', ...STORE, { feature: 'sse' }, store);

export const SSE_CONTROL: readonly Row[] = [
  row('LDMXCSR', 'NP 0F AE /2', ['m32'], { feature: 'sse' }, (e, source) => {
    const value = e.let(e.read(source!) as Value<'i32'>);
    e.raiseIf(ne(and(value, not(i32(MXCSR_MASK))), i32(0)), VECTOR_GP, i32(0));
    e.writeState(FRAME.mxcsr, value);
    e.writeState(CPU_STATE.floatsObserved, i32(1));
  }),
  row('STMXCSR', ...STORE, { feature: 'sse', forRounding: STORE_FOR_ROUNDING }, (e, destination) => {
    store(e, destination!);
    e.writeState(CPU_STATE.floatsObserved, i32(1));
  }),
];
