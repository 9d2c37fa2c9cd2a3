// Bit and byte instructions: BT BTS BTR BTC BSF BSR POPCNT SETcc CRC32 (SDM Vol. 1 §5.1.6).

import {
  and,
  clz,
  constantLike,
  ctz,
  eqz,
  not,
  or,
  popcnt,
  shl,
  shrS,
  shrU,
  sub,
  toI32,
  toI64,
  xor,
} from '../wasm/arithmetic.ts';
import { call, type Integer, i32, i64, type Value } from '../wasm/expression.ts';
import { defineFunction } from '../wasm/function-definition.ts';
import { CONDITION_FLAGS, CONDITIONS } from './condition.ts';
import type { Emitter, Operand, Size } from './emitter.ts';
import { signExtendTo, widen } from './integer.ts';
import { type Body, type Row, type RowOptions, row, sized } from './row.ts';

type Change = ((value: Value<Integer>, bit: Value<Integer>) => Value<Integer>) | undefined;

const setBit: Change = (value, bit) => or(value, bit);
const resetBit: Change = (value, bit) => and(value, not(bit));
const complementBit: Change = (value, bit) => xor(value, bit);

function testBit(
  e: Emitter,
  size: Size,
  value: Value<Integer>,
  offset: Value<Integer>,
  change: Change,
  write: (result: Value<Integer>) => void,
): void {
  const position = e.let(and(offset, constantLike(offset, size - 1)));
  if (change) write(change(value, shl(constantLike(value, 1), position)));
  e.flags.set({ cf: and(toI32(shrU(value, position)), i32(1)) });
}

const registerOffset =
  (change: Change) =>
  (size: Size): Body =>
  (e: Emitter, operand: Operand, source: Operand) => {
    const offset = e.read(source);
    if (!operand.isMemory) {
      testBit(e, size, e.read(operand), offset, change, (result) => e.write(operand, result));
      return;
    }
    // A register offset reaches beyond the operand: bit n of memory is in the n/size-th operand, n signed (SDM BT).
    const step = shrS(signExtendTo(size, 64, offset) as Value<'i64'>, i64(Math.log2(size)));
    const address = e.addressPlus(operand, shl(step, i64(Math.log2(size / 8))), size);
    if (!change) {
      testBit(e, size, e.load(size, address), offset, change, () => {});
      return;
    }
    const location = e.modify(size, address);
    testBit(e, size, location.value, offset, change, location.write);
  };

const constantOffset =
  (change: Change) =>
  (size: Size): Body =>
  (e, operand, source) => {
    const value = e.read(operand);
    testBit(e, size, value, widen(size, e.read(source)), change, (result) => e.write(operand, result));
  };

function bitTests(mnemonic: string, opcode: string, digit: number, change: Change): Row[] {
  const target = change ? '+r/mv' : 'r/mv';
  const options: RowOptions = { writes: 'c', undefined: 'osap', lock: change !== undefined };
  return [
    ...sized(mnemonic, `0F ${opcode} /r`, [target, 'rv'], options, registerOffset(change)),
    ...sized(mnemonic, `0F BA /${digit} ib`, [target, 'imm8'], options, constantOffset(change)),
  ];
}

/** BSF and BSR leave the destination alone when the source is 0, as every processor does (AMD APM Vol. 3 BSF). */
function bitScan(find: (size: Size, value: Value<Integer>) => Value<Integer>): (size: Size) => Body {
  return (size) => (e, destination, source) => {
    const value = e.read(source);
    const previous = e.read(destination);
    const zero = e.let(eqz(value));
    e.if(
      eqz(zero),
      () => e.write(destination, find(size, value)),
      () => void previous,
    );
    e.flags.result(size, value, { cf: i32(0), of: i32(0) });
  };
}

const SCAN: RowOptions = { writes: 'z', undefined: 'osapc' };

/** CRC-32C of the accumulator with `bytes` bytes of data, bit by bit, reflected polynomial 0x82F63B78 (SDM CRC32). */
const crc32c = defineFunction('crc32c', ['i32', 'i64', 'i32'], ['i32'], (code, accumulator, data, bits) => {
  const rest = code.let(xor(toI64(accumulator), data));
  code.loop((next) => {
    const feedback = and(i64(0x82f6_3b78), sub(i64(0), and(rest, i64(1))));
    code.set(rest, xor(shrU(rest, i64(1)), feedback));
    code.set(bits, sub(bits, i32(1)));
    code.branchIf(next, bits);
  });
  code.return(toI32(rest));
});

const crcBody =
  (bits: Size): Body =>
  (e, destination, source) => {
    const data = toI64(e.read(source));
    const accumulator = toI32(e.read(destination));
    const result = call(crc32c, accumulator, data, i32(bits));
    e.write(destination, destination.size === 64 ? toI64(result) : result);
  };

const CRC: RowOptions = { feature: 'sse4.2' };

export const BIT_BYTE: readonly Row[] = [
  ...bitTests('BT', 'A3', 4, undefined),
  ...bitTests('BTS', 'AB', 5, setBit),
  ...bitTests('BTR', 'B3', 6, resetBit),
  ...bitTests('BTC', 'BB', 7, complementBit),
  ...sized(
    'BSF',
    '0F BC /r',
    ['+rv', 'r/mv'],
    SCAN,
    bitScan((_, value) => ctz(value)),
  ),
  ...sized(
    'BSR',
    '0F BD /r',
    ['+rv', 'r/mv'],
    SCAN,
    bitScan((size, value) => xor(clz(value), constantLike(value, size === 64 ? 63 : 31))),
  ),
  ...sized(
    'POPCNT',
    'F3 0F B8 /r',
    ['=rv', 'r/mv'],
    { writes: 'oszapc', feature: 'popcnt' },
    (size) => (e, destination, source) => {
      const value = e.read(source);
      e.write(destination, popcnt(value));
      const zero = i32(0);
      void size;
      e.flags.set({ cf: zero, pf: zero, af: zero, zf: eqz(value), sf: zero, of: zero });
    },
  ),
  ...CONDITIONS.map((condition, number) =>
    row(
      `SET${condition.toUpperCase()}`,
      `0F ${(0x90 + number).toString(16).toUpperCase()} /r`,
      ['=r/m8'],
      { reads: CONDITION_FLAGS[condition] },
      (e, destination) => e.write(destination, e.condition(condition)),
    ),
  ),
  row('CRC32', 'F2 0F 38 F0 /r', ['+r32', 'r/m8'], CRC, crcBody(8)),
  row('CRC32', 'F2 REX.W 0F 38 F0 /r', ['+r64', 'r/m8'], CRC, crcBody(8)),
  row('CRC32', 'F2 0F 38 F1 /r', ['+r32', 'r/m16'], { ...CRC, operandSize: 16 }, crcBody(16)),
  row('CRC32', 'F2 0F 38 F1 /r', ['+r32', 'r/m32'], { ...CRC, operandSize: 32 }, crcBody(32)),
  row('CRC32', 'F2 REX.W 0F 38 F1 /r', ['+r64', 'r/m64'], { ...CRC, operandSize: 64 }, crcBody(64)),
];
