// RDFSBASE, RDGSBASE, WRFSBASE and WRGSBASE: the segment bases without a system call (SDM Vol. 1 §5.1.20).

import { CPU_STATE } from '../state/cpu-state.ts';
import { FRAME } from '../state/frame-layout.ts';
import { and, eqz, ne, shl, shrS, toI32, toI64 } from '../wasm/arithmetic.ts';
import { i32, i64 } from '../wasm/expression.ts';
import type { Emitter } from './emitter.ts';
import { type Row, row } from './row.ts';
import { VECTOR } from './vector.ts';

const CR4_FSGSBASE = 1 << 16;
const requireEnabled = (e: Emitter): void =>
  e.raiseIf(eqz(and(e.readState('i32', CPU_STATE.cr4), i32(CR4_FSGSBASE))), VECTOR.invalidOpcode);

export const SEGMENT_BASES: readonly Row[] = (['FS', 'GS'] as const).flatMap((segment, index) => {
  const address = segment === 'FS' ? FRAME.fsBase : FRAME.gsBase;
  return ([32, 64] as const).flatMap((width) => {
    const encoding = (digit: number): string => `F3 ${width === 64 ? 'REX.W + ' : ''}0F AE /${digit}`;
    const options = { feature: 'fsgsbase', operandSize: width };
    return [
      row(`RD${segment}BASE`, encoding(index), [`=r${width}`], options, (e, destination) => {
        requireEnabled(e);
        const base = e.readState('i64', address);
        e.write(destination!, width === 64 ? base : toI32(base));
      }),
      row(`WR${segment}BASE`, encoding(index + 2), [`r${width}`], options, (e, source) => {
        requireEnabled(e);
        const base = e.let(toI64(e.read(source!)));
        e.raiseIf(ne(shrS(shl(base, i64(16)), i64(16)), base), VECTOR.generalProtection);
        e.writeState(address, base);
      }),
    ];
  });
});
