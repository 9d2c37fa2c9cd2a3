// SSE … SSE4.1 moves: between vector registers, memory, general registers and sign masks (SDM 1 §10.4.1, §11.4.1).

import { HELPER_SCRATCH } from '../state/cpu-state.ts';
import { GPR } from '../state/frame-layout.ts';
import { add, and, ltU, shrU, toI32, toI64 } from '../wasm/arithmetic.ts';
import { i32, lane, load, op, shuffle, type Value } from '../wasm/expression.ts';
import { withLowLane } from '../wasm/low-lane.ts';
import type { OperatorName } from '../wasm/operators.ts';
import type { Emitter } from './emitter.ts';
import { type Body, type Row, row } from './row.ts';
import { readAligned, requireAlignedWhenChecked, type Vector, writeAligned, ZERO } from './sse-vector.ts';

const moveAligned: Body = (e, destination, source) => {
  const value = readAligned(e, source!);
  writeAligned(e, destination!, value);
};
const moveUnaligned: Body = (e, destination, source) => e.writeAs(destination!, e.readAs(source!, 'v128'));

/** Loads and stores of all 16 bytes, both directions. */
function whole(mnemonic: string, load: string, store: string, feature: string, body: Body): Row[] {
  return [
    row(mnemonic, load, ['=xmm1', 'xmm2/m128'], { feature }, body),
    row(mnemonic, store, ['=xmm2/m128', 'xmm1'], { feature }, body),
  ];
}

/** Where registers hold floats, their bits travel as floats: moves change none. */
const FLOAT_OF = { i32: 'f32', i64: 'f64' } as const;

const storeScalar =
  (type: 'i32' | 'i64'): Body =>
  (e, destination, source) =>
    e.writeAs(destination!, e.readAs(source!, e.floats ? FLOAT_OF[type] : type));

/** MOVSS and MOVSD: between registers the upper part stays, from memory it becomes zero. */
const moveScalar =
  (type: 'i32' | 'i64'): Body =>
  (e, destination, source) => {
    const value = e.readAs(source!, e.floats ? FLOAT_OF[type] : type);
    if (source!.isMemory) e.writeAs(destination!, zeroExtended(value));
    else e.writeAs(destination!, value);
  };

/** A vector with a value in its low lane and zero above. */
const zeroExtended = (value: Value): Vector => withLowLane(ZERO, value);

const low = (value: Vector): Value<'i64'> => lane('i64x2.extract_lane', 0, value);
const high = (value: Vector): Value<'i64'> => lane('i64x2.extract_lane', 1, value);
const withLow = (vector: Vector, value: Value<'i64'>): Vector => lane('i64x2.replace_lane', 0, vector, value);
const withHigh = (vector: Vector, value: Value<'i64'>): Vector => lane('i64x2.replace_lane', 1, vector, value);

const store =
  (part: (value: Vector) => Value<'i64'>): Body =>
  (e, destination, source) =>
    e.writeAs(destination!, part(e.readAs(source!, 'v128')));

const loadHigh: Body = (e, destination, source) => {
  const value = e.readAs(source!, 'i64');
  e.writeAs(destination!, withHigh(e.readAs(destination!, 'v128'), value));
};
/** MOVHLPS and MOVLPS share an encoding, so do MOVLHPS and MOVHPS: the register forms move across. */
const loadLowOrAcross: Body = (e, destination, source) => {
  if (source!.isMemory) e.writeAs(destination!, e.readAs(source!, 'i64'));
  else e.writeAs(destination!, withLow(e.readAs(destination!, 'v128'), high(e.readAs(source!, 'v128'))));
};

const signMask =
  (name: OperatorName): Body =>
  (e, destination, source) =>
    e.write(destination!, op(name as 'i8x16.bitmask', e.readAs(source!, 'v128')));

const duplicate =
  (lanes: readonly number[]): Body =>
  (e, destination, source) => {
    const value = readAligned(e, source!);
    e.writeAs(destination!, shuffle(value, value, lanes));
  };

/** [RDI], of which alignment is checked as if eight bytes were stored whatever the mask is. */
export function maskedDestination(e: Emitter, bits: 64 | 128): Value<'i64'> {
  const address = e.sourceAddress(and(e.register64(GPR.rdi), e.addressMask()), bits);
  requireAlignedWhenChecked(e, address, 7);
  return address;
}

/** MASKMOVDQU and MASKMOVQ store, at [RDI], the bytes whose mask has its sign bit set and touch no other. */
export function storeMasked(e: Emitter, address: Value<'i64'>, value: Vector, mask: Vector, bytes: number): void {
  e.code.store('v128.store', i32(HELPER_SCRATCH), value);
  const selected = e.let(op('i8x16.bitmask', mask));
  const index = e.local('i32');
  e.loop((again) => {
    e.if(and(shrU(selected, index), i32(1)), () =>
      e.store(8, add(address, toI64(index)), load('i32.load8_u', index, HELPER_SCRATCH)),
    );
    e.set(index, add(index, i32(1)));
    e.branchIf(again, ltU(index, i32(bytes)));
  });
}

const EVEN_SINGLES = [0, 1, 2, 3, 0, 1, 2, 3, 8, 9, 10, 11, 8, 9, 10, 11];
const ODD_SINGLES = [4, 5, 6, 7, 4, 5, 6, 7, 12, 13, 14, 15, 12, 13, 14, 15];

export const SSE_DATA_TRANSFER: readonly Row[] = [
  ...whole('MOVAPS', 'NP 0F 28 /r', 'NP 0F 29 /r', 'sse', moveAligned),
  ...whole('MOVAPD', '66 0F 28 /r', '66 0F 29 /r', 'sse2', moveAligned),
  ...whole('MOVDQA', '66 0F 6F /r', '66 0F 7F /r', 'sse2', moveAligned),
  ...whole('MOVUPS', 'NP 0F 10 /r', 'NP 0F 11 /r', 'sse', moveUnaligned),
  ...whole('MOVUPD', '66 0F 10 /r', '66 0F 11 /r', 'sse2', moveUnaligned),
  ...whole('MOVDQU', 'F3 0F 6F /r', 'F3 0F 7F /r', 'sse2', moveUnaligned),
  row('LDDQU', 'F2 0F F0 /r', ['=xmm1', 'm128'], { feature: 'sse3' }, moveUnaligned),

  // Non-temporal hints order nothing that one processor could see.
  row('MOVNTPS', 'NP 0F 2B /r', ['=m128', 'xmm1'], { feature: 'sse' }, moveAligned),
  row('MOVNTPD', '66 0F 2B /r', ['=m128', 'xmm1'], { feature: 'sse2' }, moveAligned),
  row('MOVNTDQ', '66 0F E7 /r', ['=m128', 'xmm1'], { feature: 'sse2' }, moveAligned),
  row('MOVNTDQA', '66 0F 38 2A /r', ['=xmm1', 'm128'], { feature: 'sse4.1' }, moveAligned),
  row('MOVNTI', 'NP 0F C3 /r', ['=m32', 'r32'], { feature: 'sse2' }, (e, destination, source) =>
    e.write(destination!, e.read(source!)),
  ),
  row(
    'MOVNTI',
    'NP REX.W + 0F C3 /r',
    ['=m64', 'r64'],
    { feature: 'sse2', operandSize: 64 },
    (e, destination, source) => e.write(destination!, e.read(source!)),
  ),

  row('MOVSS', 'F3 0F 10 /r', ['=xmm1', 'xmm2/m32'], { feature: 'sse' }, moveScalar('i32')),
  row('MOVSS', 'F3 0F 11 /r', ['=xmm2/m32', 'xmm1'], { feature: 'sse' }, storeScalar('i32')),
  row('MOVSD', 'F2 0F 10 /r', ['=xmm1', 'xmm2/m64'], { feature: 'sse2' }, moveScalar('i64')),
  row('MOVSD', 'F2 0F 11 /r', ['=xmm2/m64', 'xmm1'], { feature: 'sse2' }, storeScalar('i64')),

  row('MOVLPS', 'NP 0F 12 /r', ['+xmm1', 'xmm2/m64'], { feature: 'sse' }, loadLowOrAcross),
  row('MOVLPS', 'NP 0F 13 /r', ['=m64', 'xmm1'], { feature: 'sse' }, store(low)),
  row('MOVLPD', '66 0F 12 /r', ['+xmm1', 'm64'], { feature: 'sse2' }, loadLowOrAcross),
  row('MOVLPD', '66 0F 13 /r', ['=m64', 'xmm1'], { feature: 'sse2' }, store(low)),
  row('MOVHPS', 'NP 0F 16 /r', ['+xmm1', 'xmm2/m64'], { feature: 'sse' }, loadHigh),
  row('MOVHPS', 'NP 0F 17 /r', ['=m64', 'xmm1'], { feature: 'sse' }, store(high)),
  row('MOVHPD', '66 0F 16 /r', ['+xmm1', 'm64'], { feature: 'sse2' }, loadHigh),
  row('MOVHPD', '66 0F 17 /r', ['=m64', 'xmm1'], { feature: 'sse2' }, store(high)),

  row('MOVDDUP', 'F2 0F 12 /r', ['=xmm1', 'xmm2/m64'], { feature: 'sse3' }, (e, destination, source) =>
    e.writeAs(destination!, op('i64x2.splat', e.readAs(source!, 'i64'))),
  ),
  row('MOVSLDUP', 'F3 0F 12 /r', ['=xmm1', 'xmm2/m128'], { feature: 'sse3' }, duplicate(EVEN_SINGLES)),
  row('MOVSHDUP', 'F3 0F 16 /r', ['=xmm1', 'xmm2/m128'], { feature: 'sse3' }, duplicate(ODD_SINGLES)),

  row('MOVD', '66 0F 6E /r', ['=xmm1', 'r/m32'], { feature: 'sse2', operandSize: 32 }, (e, destination, source) =>
    e.writeAs(destination!, zeroExtended(toI32(e.read(source!)))),
  ),
  row(
    'MOVQ',
    '66 REX.W + 0F 6E /r',
    ['=xmm1', 'r/m64'],
    { feature: 'sse2', operandSize: 64 },
    (e, destination, source) => e.writeAs(destination!, zeroExtended(toI64(e.read(source!)))),
  ),
  row('MOVD', '66 0F 7E /r', ['=r/m32', 'xmm1'], { feature: 'sse2', operandSize: 32 }, (e, destination, source) =>
    e.write(destination!, e.readAs(source!, 'i32')),
  ),
  row(
    'MOVQ',
    '66 REX.W + 0F 7E /r',
    ['=r/m64', 'xmm1'],
    { feature: 'sse2', operandSize: 64 },
    (e, destination, source) => e.write(destination!, e.readAs(source!, 'i64')),
  ),
  row('MOVQ', 'F3 0F 7E /r', ['=xmm1', 'xmm2/m64'], { feature: 'sse2' }, (e, destination, source) =>
    e.writeAs(destination!, zeroExtended(e.readAs(source!, 'i64'))),
  ),
  row('MOVQ', '66 0F D6 /r', ['=xmm2/m64', 'xmm1'], { feature: 'sse2' }, (e, destination, source) => {
    const value = e.readAs(source!, 'i64');
    e.writeAs(destination!, destination!.isMemory ? value : zeroExtended(value));
  }),

  row('MOVMSKPS', 'NP 0F 50 /r', ['=r32', 'xmm2'], { feature: 'sse' }, signMask('i32x4.bitmask')),
  row('MOVMSKPD', '66 0F 50 /r', ['=r32', 'xmm2'], { feature: 'sse2' }, signMask('i64x2.bitmask')),
  row('PMOVMSKB', '66 0F D7 /r', ['=r32', 'xmm2'], { feature: 'sse2' }, signMask('i8x16.bitmask')),
  row('MASKMOVDQU', '66 0F F7 /r', ['xmm1', 'xmm2'], { feature: 'sse2' }, (e, value, mask) =>
    storeMasked(e, maskedDestination(e, 128), e.readAs(value!, 'v128'), e.readAs(mask!, 'v128'), 16),
  ),
];
