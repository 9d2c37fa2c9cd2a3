// Flag control: CLC STC CMC CLD STD LAHF SAHF PUSHF POPF CLI STI (SDM Vol. 1 §5.1.9).

import { EXIT } from '../interpreter/exit.ts';
import { CPU_STATE } from '../state/cpu-state.ts';
import { FRAME, FREELY_WRITABLE, GPR, RFLAGS } from '../state/frame-layout.ts';
import { add, and, eqz, gtU, or, shl, shrU, toI32, toI64, xor } from '../wasm/arithmetic.ts';
import { i32, i64, select, type Value } from '../wasm/expression.ts';
import type { Emitter } from './emitter.ts';
import { type Body, type Row, row, sized } from './row.ts';
import { VECTOR } from './vector.ts';

const setDirection =
  (down: boolean): Body =>
  (e) => {
    const flags = e.readState('i32', FRAME.rflags);
    e.writeState(FRAME.rflags, down ? or(flags, i32(RFLAGS.df)) : and(flags, i32(~RFLAGS.df)));
  };

const bitOf = (value: Value<'i32'>, mask: number): Value<'i32'> => and(shrU(value, i32(Math.log2(mask))), i32(1));

/** CLI and STI need CPL ≤ IOPL (SDM Vol. 2 STI). */
function requireIopl(e: Emitter): void {
  const iopl = and(shrU(e.readState('i32', FRAME.rflags), i32(12)), i32(3));
  e.raiseIf(gtU(e.readState('i32', CPU_STATE.cpl), iopl), VECTOR.generalProtection);
}

/** POPF: IF only with CPL ≤ IOPL, IOPL only at CPL 0, the upper half only with a 64-bit operand (SDM Vol. 2 POPF). */
const popFlags =
  (size: 16 | 64): Body =>
  (e) => {
    const popped = e.let(toI32(e.top(size)));
    const old = e.let(toI32(e.readRflags()));
    const cpl = e.readState('i32', CPU_STATE.cpl);
    const iopl = and(shrU(old, i32(12)), i32(3));
    const privileged = or(select(cpl, i32(0), i32(RFLAGS.iopl)), select(gtU(cpl, iopl), i32(0), i32(RFLAGS.if)));
    const writable = and(or(i32(FREELY_WRITABLE), privileged), i32(size === 16 ? 0xffff : -1));
    const kept = and(old, xor(writable, i32(-1)));
    const next = e.let(and(or(kept, and(popped, writable)), i32(~RFLAGS.rf)));
    e.writeRegister(GPR.rsp, 64, add(e.register64(GPR.rsp), i64(size / 8)));
    e.writeRflags(toI64(or(next, i32(RFLAGS.fixed))));
    // Interrupts, alignment checks and traps are the host's business.
    const concernsHost = or(and(xor(next, old), i32(RFLAGS.if | RFLAGS.ac)), and(next, i32(RFLAGS.tf)));
    e.if(concernsHost, () => e.host(EXIT.serialize));
  };

export const FLAG_CONTROL: readonly Row[] = [
  row('CLC', 'F8', [], { writes: 'c' }, (e) => e.flags.set({ cf: i32(0) })),
  row('STC', 'F9', [], { writes: 'c' }, (e) => e.flags.set({ cf: i32(1) })),
  row('CMC', 'F5', [], { reads: 'c', writes: 'c' }, (e) => e.flags.set({ cf: eqz(e.flag('cf')) })),
  row('CLD', 'FC', [], { writes: 'd' }, setDirection(false)),
  row('STD', 'FD', [], { writes: 'd' }, setDirection(true)),
  row('LAHF', '9F', [], { reads: 'szapc', feature: 'lahf-lm' }, (e) => {
    const flags = toI32(e.readRflags());
    const ax = and(toI32(e.register(GPR.rax, 16)), i32(0xff));
    e.writeRegister(GPR.rax, 16, or(ax, shl(or(and(flags, i32(0xd5)), i32(2)), i32(8))));
  }),
  row('SAHF', '9E', [], { writes: 'szapc', feature: 'lahf-lm' }, (e) => {
    const ah = e.let(shrU(toI32(e.register(GPR.rax, 16)), i32(8)));
    e.flags.set({
      cf: bitOf(ah, RFLAGS.cf),
      pf: bitOf(ah, RFLAGS.pf),
      af: bitOf(ah, RFLAGS.af),
      zf: bitOf(ah, RFLAGS.zf),
      sf: bitOf(ah, RFLAGS.sf),
    });
  }),
  ...sized(
    { 16: 'PUSHF', 32: '', 64: 'PUSHFQ' },
    '9C',
    [],
    { sizes: [16, 64], default64: true, reads: 'oditszapc' },
    (size) => (e) => {
      const visible = and(e.readRflags(), i64(~BigInt(RFLAGS.rf | RFLAGS.vm)));
      e.push(size as 16 | 64, size === 16 ? toI32(visible) : visible);
    },
  ),
  ...sized(
    { 16: 'POPF', 32: '', 64: 'POPFQ' },
    '9D',
    [],
    { sizes: [16, 64], default64: true, writes: 'oditszapc' },
    (size) => popFlags(size as 16 | 64),
  ),
  row('CLI', 'FA', [], { writes: 'i' }, (e) => {
    requireIopl(e);
    e.writeState(FRAME.rflags, and(e.readState('i32', FRAME.rflags), i32(~RFLAGS.if)));
  }),
  row('STI', 'FB', [], { writes: 'i', endsBlock: true }, (e) => {
    requireIopl(e);
    // The host runs one more instruction before it looks (the interrupt shadow, SDM Vol. 3A §6.8.3).
    const flags = e.readState('i32', FRAME.rflags);
    e.writeState(FRAME.rflags, or(flags, i32(RFLAGS.if)));
    e.host(EXIT.serialize, select(and(flags, i32(RFLAGS.if)), i32(0), i32(1)));
  }),
];
