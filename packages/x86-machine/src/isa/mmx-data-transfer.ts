// MMX moves, EMMS, and the bridges between MMX and XMM registers (SDM 1 §9.4.1, §10.4.4, §11.4.2).

import { FRAME } from '../state/frame-layout.ts';
import { and, toI32, toI64 } from '../wasm/arithmetic.ts';
import { i32, lane, op, type Value } from '../wasm/expression.ts';
import { mmxCheck, mmxEnter, mmxWrite, readMmx } from './mmx.ts';
import { type Body, type Row, row } from './row.ts';
import { maskedDestination, storeMasked } from './sse-data-transfer.ts';
import { ZERO } from './sse-vector.ts';

/** Reads first, for the source may fault; then enters MMX state and writes. */
const toMmx: Body = (e, destination, source) => {
  mmxCheck(e);
  const value = source!.spec.registerClass === 'gpr' ? e.let(toI64(e.read(source!))) : e.let(e.readAs(source!, 'i64'));
  mmxWrite(e, destination!, value);
};

const fromMmx =
  (size: 32 | 64): Body =>
  (e, destination, source) => {
    mmxCheck(e);
    const value = e.let(e.readAs(source!, 'i64'));
    const part: Value<'i32' | 'i64'> = size === 32 ? toI32(value) : value;
    if (destination!.isMemory) {
      e.writeAs(destination!, part);
      mmxEnter(e);
    } else if (destination!.spec.registerClass === 'gpr') {
      mmxEnter(e);
      e.write(destination!, part);
    } else mmxWrite(e, destination!, value);
  };

export const MMX_DATA_TRANSFER: readonly Row[] = [
  row('MOVD', 'NP 0F 6E /r', ['=mm1', 'r/m32'], { feature: 'mmx', operandSize: 32 }, toMmx),
  row('MOVQ', 'NP REX.W + 0F 6E /r', ['=mm1', 'r/m64'], { feature: 'mmx', operandSize: 64 }, toMmx),
  row('MOVD', 'NP 0F 7E /r', ['=r/m32', 'mm1'], { feature: 'mmx', operandSize: 32 }, fromMmx(32)),
  row('MOVQ', 'NP REX.W + 0F 7E /r', ['=r/m64', 'mm1'], { feature: 'mmx', operandSize: 64 }, fromMmx(64)),
  row('MOVQ', 'NP 0F 6F /r', ['=mm1', 'mm2/m64'], { feature: 'mmx' }, toMmx),
  row('MOVQ', 'NP 0F 7F /r', ['=mm2/m64', 'mm1'], { feature: 'mmx' }, fromMmx(64)),
  row('MOVNTQ', 'NP 0F E7 /r', ['=m64', 'mm1'], { feature: 'sse' }, fromMmx(64)),
  row('MOVQ2DQ', 'F3 0F D6 /r', ['=xmm1', 'mm2'], { feature: 'sse2' }, (e, destination, source) => {
    mmxCheck(e);
    const value = lane('i64x2.replace_lane', 0, ZERO, e.readAs(source!, 'i64'));
    mmxEnter(e);
    e.writeAs(destination!, value);
  }),
  row('MOVDQ2Q', 'F2 0F D6 /r', ['=mm1', 'xmm2'], { feature: 'sse2' }, (e, destination, source) => {
    mmxCheck(e);
    mmxWrite(e, destination!, e.readAs(source!, 'i64'));
  }),
  row('PMOVMSKB', 'NP 0F D7 /r', ['=r32', 'mm2'], { feature: 'sse' }, (e, destination, source) => {
    mmxCheck(e);
    const mask = e.let(and(op('i8x16.bitmask', readMmx(e, source!)), i32(0xff)));
    mmxEnter(e);
    e.write(destination!, mask);
  }),
  row('MASKMOVQ', 'NP 0F F7 /r', ['mm1', 'mm2'], { feature: 'sse' }, (e, value, mask) => {
    mmxCheck(e);
    const bytes = readMmx(e, value!);
    const selected = readMmx(e, mask!);
    mmxEnter(e); // also where the stores fault: entering twice does no harm
    const address = maskedDestination(e, 64);
    storeMasked(e, address, bytes, selected, 8);
  }),
  // The manual lets TOP stay; processors (and AMD's manual) make it 0 as every MMX instruction does.
  row('EMMS', 'NP 0F 77', [], { feature: 'mmx' }, (e) => {
    mmxCheck(e);
    mmxEnter(e);
    e.code.store('i32.store16', i32(0), i32(0xffff), FRAME.x87Tag);
  }),
];
