// x87 loads, stores, exchanges and constants (SDM 1 §8.3.3–8.3.4).

import { ROUND } from '../float/exception-flags.ts';
import { extendDecimal, extendedToDecimal, extendedToInteger, narrowExtended } from '../float/extended-convert.ts';
import { EXTENDED_BIAS } from '../float/extended-format.ts';
import { roundConstant, X87_CONSTANTS } from '../float/extended-functions.ts';
import { nativeNarrow, nativeToInteger, numberOf, quieten } from '../float/extended-native.ts';
import { exchange, finishStore, mayStore, pushConverted, pushCopy, storeCopy } from '../float/x87-instructions.ts';
import {
  CONDITION,
  finishPush,
  isEmpty,
  popStack,
  setStatus,
  statusWord,
  x87RoundingMode,
} from '../float/x87-state.ts';
import { and } from '../wasm/arithmetic.ts';
import { call, i32, i64, type Local, type Value } from '../wasm/expression.ts';
import type { Emitter, Operand, X87Number, X87Stack } from './emitter.ts';
import { type Body, type Row, row } from './row.ts';
import {
  begin,
  beginFlags,
  checkPending,
  extended,
  extendedNatively,
  fromStack,
  MEMORY_NOTATION,
  type MemoryKind,
  note,
  ON_STACK,
  rawExtended,
  readMemory,
  stackIndex,
} from './x87-operand.ts';

const FEATURE = { feature: 'x87' };

const load =
  (kind: MemoryKind): Body =>
  (e, source) => {
    checkPending(e);
    const bits = readMemory(e, source!, kind);
    const { x87 } = e;
    if (x87) {
      x87.requireRoom();
      const value = extendedNatively(e, bits, kind);
      if (kind === 'm32fp' || kind === 'm64fp') quieten(e.code, value);
      x87.finish(value.flags);
      x87.push(numberOf(value));
      return;
    }
    beginFlags(e);
    e.call(pushConverted, ...extended(e, bits, kind));
  };

/**
 * Writes unless an unmasked exception forbids it. The memory must be writable either way, and while it is not, nothing has
 * changed.
 */
function storeResult(
  e: Emitter,
  destination: Operand,
  bytes: number,
  pops: number,
  write: (address: Value<'i32'>) => void,
): void {
  const window = e.writeWindow(e.address(destination), bytes);
  note(e, destination);
  const stored: Local<'i32'> = e.let(call(mayStore));
  e.if(stored, () => {
    write(window.address);
    window.commit();
  });
  e.call(finishStore, stored, i32(pops));
}

/** As storeResult, from an emitter's own stack. */
function storeNatively(
  e: Emitter,
  stack: X87Stack,
  destination: Operand,
  bytes: number,
  pops: number,
  write: (address: Value<'i32'>) => void,
  flags: Value<'i32'> = i32(0),
): void {
  const window = e.writeWindow(e.address(destination), bytes);
  note(e, destination);
  write(window.address);
  window.commit();
  stack.finish(flags);
  if (pops > 0) stack.pop();
}

const storeFloat =
  (width: 32 | 64, pops: number): Body =>
  (e, destination) => {
    checkPending(e);
    const { x87 } = e;
    if (x87) {
      const flags = e.code.let(i32(0));
      const bits = nativeNarrow(e.code, flags, width, x87.rounding(), x87.read(0));
      const write = (address: Value<'i32'>): void =>
        e.code.store(width === 32 ? 'i64.store32' : 'i64.store', address, bits);
      storeNatively(e, x87, destination!, width / 8, pops, write, flags);
      return;
    }
    beginFlags(e);
    const [bits] = e.call(narrowExtended(width), ...fromStack(e, i32(0)));
    storeResult(e, destination!, width / 8, pops, (address) =>
      e.code.store(width === 32 ? 'i64.store32' : 'i64.store', address, bits),
    );
  };

const storeInteger =
  (bits: 16 | 32 | 64, pops: number, truncate = false): Body =>
  (e, destination) => {
    checkPending(e);
    const { x87 } = e;
    if (x87) {
      const flags = e.code.let(i32(0));
      const rounding = truncate ? i32(ROUND.ZERO) : x87.rounding();
      const value = nativeToInteger(e.code, flags, bits, rounding, x87.read(0));
      const write = (address: Value<'i32'>): void => e.code.store(INTEGER_STORE[bits], address, value);
      storeNatively(e, x87, destination!, bits / 8, pops, write, flags);
      return;
    }
    beginFlags(e);
    const [significand, signExponent] = fromStack(e, i32(0));
    const mode = truncate ? i32(ROUND.ZERO) : x87RoundingMode();
    const [value] = e.call(extendedToInteger(bits), significand, signExponent, mode);
    storeResult(e, destination!, bits / 8, pops, (address) => e.code.store(INTEGER_STORE[bits], address, value));
  };

const INTEGER_STORE = { 16: 'i64.store16', 32: 'i64.store32', 64: 'i64.store' } as const;
const TEN_BYTES = 10;

/** Ten bytes into guest memory, and a pop. */
function storeTen(e: Emitter, destination: Operand, low: Value<'i64'>, high: Value<'i32'>): void {
  storeResult(e, destination, TEN_BYTES, 1, (address) => {
    e.code.store('i64.store', address, low);
    e.code.store('i32.store16', address, high, 8);
  });
}

/** FST ST(i), FSTP ST(i). */
const copyTop =
  (pops: number): Body =>
  (e, destination) => {
    begin(e);
    const { x87 } = e;
    if (!x87) {
      e.call(storeCopy, e.registerNumber(destination!), i32(pops));
      return;
    }
    const value = x87.read(0);
    x87.finish(i32(0));
    x87.write(stackIndex(e, destination!), value);
    if (pops > 0) x87.pop();
  };

const constant =
  (significand: Value<'i64'>, exponent: number): Body =>
  (e) => {
    begin(e);
    const { x87 } = e;
    if (x87) {
      x87.requireRoom();
      x87.finish(i32(0));
      x87.push([e.let(significand), i32(exponent + EXTENDED_BIAS)]);
      return;
    }
    beginFlags(e);
    e.call(finishPush, significand, i32(exponent + EXTENDED_BIAS));
  };

const integerRow = (mnemonic: string, encoding: string, bits: 16 | 32 | 64, pops: number, truncate = false): Row =>
  row(mnemonic, encoding, [`=m${bits}`], ON_STACK, storeInteger(bits, pops, truncate));

const CONSTANT_MODRM = { FLDL2T: 'E9', FLDL2E: 'EA', FLDPI: 'EB', FLDLG2: 'EC', FLDLN2: 'ED' } as const;

const loadRow = (mnemonic: string, encoding: string, kind: MemoryKind): Row =>
  row(mnemonic, encoding, [MEMORY_NOTATION[kind]], ON_STACK, load(kind));

export const X87_DATA_TRANSFER: readonly Row[] = [
  loadRow('FLD', 'D9 /0', 'm32fp'),
  loadRow('FLD', 'DD /0', 'm64fp'),
  loadRow('FILD', 'DF /0', 'm16int'),
  loadRow('FILD', 'DB /0', 'm32int'),
  loadRow('FILD', 'DF /5', 'm64int'),
  row('FLD', 'DB /5', ['m80'], ON_STACK, (e, source) => {
    checkPending(e);
    const [significand, signExponent] = rawExtended(e.readWindow(e.address(source!), TEN_BYTES));
    const [low, high] = [e.let(significand), e.let(signExponent)];
    note(e, source);
    const { x87 } = e;
    if (x87) {
      x87.requireRoom();
      x87.finish(i32(0));
      x87.push([low, high]);
      return;
    }
    beginFlags(e);
    e.call(finishPush, low, high);
  }),
  row('FLD', 'D9 C0+i', ['st(i)'], ON_STACK, (e, source) => {
    begin(e);
    const { x87 } = e;
    if (x87) {
      const value = x87.read(stackIndex(e, source!));
      x87.requireRoom();
      x87.finish(i32(0));
      x87.push(value);
      return;
    }
    e.call(pushCopy, e.registerNumber(source!));
  }),
  row('FBLD', 'DF /4', ['m80'], FEATURE, (e, source) => {
    checkPending(e);
    const window = e.readWindow(e.address(source!), TEN_BYTES);
    note(e, source);
    beginFlags(e);
    const [significand, signExponent] = e.call(extendDecimal, window);
    e.call(finishPush, significand, signExponent);
  }),

  row('FST', 'D9 /2', ['=m32'], ON_STACK, storeFloat(32, 0)),
  row('FST', 'DD /2', ['=m64'], ON_STACK, storeFloat(64, 0)),
  row('FSTP', 'D9 /3', ['=m32'], ON_STACK, storeFloat(32, 1)),
  row('FSTP', 'DD /3', ['=m64'], ON_STACK, storeFloat(64, 1)),
  row('FSTP', 'DB /7', ['=m80'], ON_STACK, (e, destination) => {
    checkPending(e);
    const { x87 } = e;
    if (x87) {
      const [significand, signExponent] = x87.read(0);
      storeNatively(e, x87, destination!, TEN_BYTES, 1, (address) => {
        e.code.store('i64.store', address, significand);
        e.code.store('i32.store16', address, signExponent, 8);
      });
      return;
    }
    beginFlags(e);
    const [significand, signExponent] = fromStack(e, i32(0));
    storeTen(e, destination!, significand, signExponent);
  }),
  row('FBSTP', 'DF /6', ['=m80'], FEATURE, (e, destination) => {
    checkPending(e);
    beginFlags(e);
    const [low, high] = e.call(extendedToDecimal, ...fromStack(e, i32(0)));
    storeTen(e, destination!, low, high);
  }),
  row('FST', 'DD D0+i', ['=st(i)'], ON_STACK, copyTop(0)),
  // All but the first are aliases (see x87-arithmetic.ts); D9 D8 finds nothing wrong with an empty ST(0), and only pops it.
  row('FSTP', 'D9 D8+i', ['=st(i)'], ON_STACK, (e, destination) => {
    if (e.x87) {
      copyTop(1)(e, destination!);
      return;
    }
    begin(e);
    const empty = e.let(isEmpty(i32(0)));
    e.if(
      empty,
      () => {
        setStatus(e.code, and(statusWord(), i32(0xffff & ~CONDITION.C1)));
        e.call(popStack, i32(1));
      },
      () => void e.call(storeCopy, e.registerNumber(destination!), i32(1)),
    );
  }),
  ...['DD D8', 'DF D0', 'DF D8'].map((encoding) => row('FSTP', `${encoding}+i`, ['=st(i)'], ON_STACK, copyTop(1))),
  integerRow('FIST', 'DF /2', 16, 0),
  integerRow('FIST', 'DB /2', 32, 0),
  integerRow('FISTP', 'DF /3', 16, 1),
  integerRow('FISTP', 'DB /3', 32, 1),
  integerRow('FISTP', 'DF /7', 64, 1),
  integerRow('FISTTP', 'DF /1', 16, 1, true),
  integerRow('FISTTP', 'DB /1', 32, 1, true),
  integerRow('FISTTP', 'DD /1', 64, 1, true),

  ...['D9 C8', 'DD C8', 'DF C8'].map((encoding) =>
    row('FXCH', `${encoding}+i`, ['+st(i)'], ON_STACK, (e, source) => {
      begin(e);
      const { x87 } = e;
      if (x87) {
        const index = stackIndex(e, source!);
        const top = x87.read(0).map((part) => e.code.let(part)) as unknown as X87Number;
        const other = x87.read(index);
        x87.finish(i32(0));
        x87.write(0, other);
        x87.write(index, top);
        return;
      }
      e.call(exchange, e.registerNumber(source!));
    }),
  ),
  row('FLD1', 'D9 E8', [], ON_STACK, constant(i64(1n << 63n), 0)),
  row('FLDZ', 'D9 EE', [], ON_STACK, constant(i64(0), -EXTENDED_BIAS)),
  ...Object.entries(CONSTANT_MODRM).map(([mnemonic, modRM]) => {
    const [exponent, significand, below] = X87_CONSTANTS[mnemonic as keyof typeof CONSTANT_MODRM];
    return row(mnemonic, `D9 ${modRM}`, [], ON_STACK, constant(roundConstant(significand, below), exponent));
  }),
];
