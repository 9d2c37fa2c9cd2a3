// The x87 environment and the combined x87/SSE state in memory: FSTENV, FSAVE, FXSAVE and back (SDM 1 §8.1.10, §10.5; 3A §13).
//
// All functions take the linear-memory address of a window that stands for the guest's bytes.

import { FRAME, XMM_STRIDE_BYTES } from '../state/frame-layout.ts';
import { add, and, eq, eqz, ltU, ne, not, or, shl, shrU, toI32 } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { call, i32, i64, type Local, load, op, select, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { ALL_EXCEPTIONS } from './exception-flags.ts';
import { MXCSR_MASK, mxcsr } from './simd-control.ts';
import {
  controlWord,
  ERROR_SUMMARY,
  physical,
  setStatus,
  signExponentAt,
  significandAt,
  slotOf,
  statusWord,
  summarize,
  tagWord,
} from './x87-state.ts';

type I32 = Value<'i32'>;
type ToWindow = FunctionDefinition<readonly ['i32'], readonly []>;

/** Bits of the control word that exist; bit 6 always reads as one. */
export const CONTROL_BITS = 0x1f3f;
export const CONTROL_FIXED = 0x40;

export function setControl(code: CodeWriter, value: I32): void {
  code.store('i32.store16', i32(FRAME.x87Control), or(and(value, i32(CONTROL_BITS)), i32(CONTROL_FIXED)));
  code.call(summarize);
}

function forRegisters(code: CodeWriter, body: (register: Local<'i32'>) => void): void {
  const register = code.let(i32(0));
  code.loop((again) => {
    body(register);
    code.set(register, add(register, i32(1)));
    code.branchIf(again, ltU(register, i32(8)));
  });
}

const tagOf = (register: I32): I32 => and(shrU(tagWord(), shl(register, i32(1))), i32(3));

/** The tag word in full: valid 0, zero 1, special 2 (NaN, infinity, denormal, unsupported), empty 3. */
const fullTags: FunctionDefinition<readonly [], readonly ['i32']> = defineFunction(
  'x87FullTags',
  [],
  ['i32'],
  (code) => {
    const tags = code.let(i32(0));
    forRegisters(code, (register) => {
      const slot = code.let(slotOf(register));
      const exponent = code.let(and(signExponentAt(slot), i32(0x7fff)));
      const zero = and(eqz(exponent), eqz(significandAt(slot)));
      const special = or(or(eqz(exponent), eq(exponent, i32(0x7fff))), eqz(shrU(significandAt(slot), i64(63))));
      const present = select(zero, i32(1), select(special, i32(2), i32(0)));
      const tag = select(eq(tagOf(register), i32(3)), i32(3), present);
      code.set(tags, or(tags, shl(tag, shl(register, i32(1)))));
    });
    code.return(tags);
  },
);

/** Only "empty" is kept of a loaded tag; the rest is seen in the register. */
function setTags(code: CodeWriter, tags: I32): void {
  const given = code.let(tags);
  const both = code.let(and(and(given, shrU(given, i32(1))), i32(0x5555)));
  code.store('i32.store16', i32(FRAME.x87Tag), or(both, shl(both, i32(1))));
}

/** FNINIT. */
export const initialize: FunctionDefinition<readonly [], readonly []> = defineFunction(
  'x87Initialize',
  [],
  [],
  (code) => {
    code.store('i32.store16', i32(FRAME.x87Control), i32(0x37f));
    setStatus(code, i32(0));
    code.store('i32.store16', i32(FRAME.x87Tag), i32(0xffff));
    code.store('i32.store16', i32(FRAME.x87Opcode), i32(0));
    code.store('i64.store', i32(FRAME.x87InstructionPointer), i64(0));
    code.store('i64.store', i32(FRAME.x87DataPointer), i64(0));
  },
);

// Both pointers and the opcode are those of the last instruction that was not a control instruction, the data pointer that of the last
// such with an operand in memory (SDM 1 §8.1.8). FNSTENV and FNSAVE always store them; FXSAVE and XSAVE store zeros unless an unmasked
// exception is pending, as AMD processors do (APM Vol. 2 §11.4.4).
const instructionPointer = (): Value<'i64'> => load('i64.load', i32(FRAME.x87InstructionPointer));
const dataPointer = (): Value<'i64'> => load('i64.load', i32(FRAME.x87DataPointer));
const opcode = (): I32 => load('i32.load16_u', i32(FRAME.x87Opcode));
const isPending = (): I32 => and(statusWord(), i32(ERROR_SUMMARY));

/** 28 bytes (protected mode, 32-bit). Afterwards all exceptions are masked. */
export const storeEnvironment32: ToWindow = defineFunction('x87StoreEnvironment32', ['i32'], [], (code, at) => {
  const high = i32(-0x1_0000);
  code.store('i32.store', at, or(controlWord(), high), 0);
  code.store('i32.store', at, or(statusWord(), high), 4);
  code.store('i32.store', at, or(call(fullTags), high), 8);
  code.store('i32.store', at, toI32(instructionPointer()), 12);
  code.store('i32.store', at, shl(opcode(), i32(16)), 16);
  code.store('i32.store', at, toI32(dataPointer()), 20);
  code.store('i32.store', at, high, 24);
  setControl(code, or(controlWord(), i32(ALL_EXCEPTIONS)));
});

/** 14 bytes (protected mode, 16-bit). */
export const storeEnvironment16: ToWindow = defineFunction('x87StoreEnvironment16', ['i32'], [], (code, at) => {
  code.store('i32.store16', at, controlWord(), 0);
  code.store('i32.store16', at, statusWord(), 2);
  code.store('i32.store16', at, call(fullTags), 4);
  code.store('i32.store16', at, toI32(instructionPointer()), 6);
  code.store('i32.store16', at, i32(0), 8);
  code.store('i32.store16', at, toI32(dataPointer()), 10);
  code.store('i32.store16', at, i32(0), 12);
  setControl(code, or(controlWord(), i32(ALL_EXCEPTIONS)));
});

function loadEnvironment(code: CodeWriter, at: I32, wide: boolean): void {
  const field = (index: number): I32 => load('i32.load16_u', at, index * (wide ? 4 : 2));
  const pointer = (index: number): Value<'i64'> =>
    wide ? load('i64.load32_u', at, index * 4) : load('i64.load16_u', at, index * 2);
  setStatus(code, field(1));
  setTags(code, field(2));
  code.store('i64.store', i32(FRAME.x87InstructionPointer), pointer(3));
  code.store('i64.store', i32(FRAME.x87DataPointer), pointer(5));
  code.store('i32.store16', i32(FRAME.x87Opcode), wide ? and(load('i32.load16_u', at, 18), i32(0x7ff)) : i32(0));
  setControl(code, field(0));
}
export const loadEnvironment32: ToWindow = defineFunction('x87LoadEnvironment32', ['i32'], [], (code, at) =>
  loadEnvironment(code, at, true),
);
export const loadEnvironment16: ToWindow = defineFunction('x87LoadEnvironment16', ['i32'], [], (code, at) =>
  loadEnvironment(code, at, false),
);

/** ST(0) … ST(7), ten bytes each. */
export const storeRegisters: ToWindow = defineFunction('x87StoreRegisters', ['i32'], [], (code, at) =>
  forRegisters(code, (index) => {
    const slot = code.let(slotOf(physical(index)));
    code.store('i64.store', at, significandAt(slot));
    code.store('i32.store16', at, signExponentAt(slot), 8);
    code.set(at, add(at, i32(10)));
  }),
);
export const loadRegisters: ToWindow = defineFunction('x87LoadRegisters', ['i32'], [], (code, at) =>
  forRegisters(code, (index) => {
    const slot = code.let(slotOf(physical(index)));
    code.store('i64.store', slot, load('i64.load', at));
    code.store('i32.store16', slot, load('i32.load16_u', at, 8), 8);
    code.set(at, add(at, i32(10)));
  }),
);

const FX_REGISTERS = 32;
const FX_XMM = 160;

type Legacy = FunctionDefinition<readonly ['i32', 'i32'], readonly []>;

/** The x87 part of FXSAVE: 160 bytes but for MXCSR; with `wide` (REX.W) the pointers are 64-bit. */
export const saveX87: Legacy = defineFunction('saveX87', ['i32', 'i32'], [], (code, at, wide) => {
  const present = code.let(i32(0));
  forRegisters(code, (register) => {
    code.set(present, or(present, shl(ne(tagOf(register), i32(3)), register)));
    const slot = code.let(slotOf(physical(register)));
    const to = code.let(add(at, shl(register, i32(4))));
    code.store('i64.store', to, significandAt(slot), FX_REGISTERS);
    code.store('i64.store', to, op('i64.extend_i32_u', signExponentAt(slot)), FX_REGISTERS + 8);
  });
  code.store('i32.store16', at, controlWord(), 0);
  code.store('i32.store16', at, statusWord(), 2);
  code.store('i32.store16', at, present, 4);
  const seen = code.let(select(isPending(), select(wide, i64(-1), i64(0xffff_ffffn)), i64(0)));
  code.store('i32.store16', at, and(opcode(), toI32(seen)), 6);
  code.store('i64.store', at, and(instructionPointer(), seen), 8);
  code.store('i64.store', at, and(dataPointer(), seen), 16);
});

/** FXSAVE: 416 bytes of the 512. */
export const saveExtendedState: Legacy = defineFunction('saveExtendedState', ['i32', 'i32'], [], (code, at, wide) => {
  code.call(saveX87, at, wide);
  code.store('i32.store', at, mxcsr(), 24);
  code.store('i32.store', at, i32(MXCSR_MASK), 28);
  for (let register = 0; register < 16; register++) {
    const value = load('v128.load', i32(FRAME.xmm + register * XMM_STRIDE_BYTES));
    code.store('v128.store', at, value, FX_XMM + register * 16);
  }
});

export const restoreX87: Legacy = defineFunction('restoreX87', ['i32', 'i32'], [], (code, at, wide) => {
  setStatus(code, load('i32.load16_u', at, 2));
  const tags = code.let(i32(0));
  const absent = code.let(not(load('i32.load8_u', at, 4)));
  forRegisters(code, (register) => {
    const empty = and(shrU(absent, register), i32(1));
    code.set(tags, or(tags, shl(select(empty, i32(3), i32(0)), shl(register, i32(1)))));
    const slot = code.let(slotOf(physical(register)));
    const from = code.let(add(at, shl(register, i32(4))));
    code.store('i64.store', slot, load('i64.load', from, FX_REGISTERS));
    code.store('i32.store16', slot, load('i32.load16_u', from, FX_REGISTERS + 8), 8);
  });
  code.store('i32.store16', i32(FRAME.x87Tag), tags);
  code.store('i32.store16', i32(FRAME.x87Opcode), and(load('i32.load16_u', at, 6), i32(0x7ff)));
  const low = i64(0xffff_ffffn);
  const pointer = (offset: number): Value<'i64'> =>
    select(wide, load('i64.load', at, offset), and(load('i64.load', at, offset), low));
  code.store('i64.store', i32(FRAME.x87InstructionPointer), pointer(8));
  code.store('i64.store', i32(FRAME.x87DataPointer), pointer(16));
  setControl(code, load('i32.load16_u', at, 0));
});

/** FXRSTOR; the caller has refused a reserved MXCSR bit. */
export const restoreExtendedState: Legacy = defineFunction(
  'restoreExtendedState',
  ['i32', 'i32'],
  [],
  (code, at, wide) => {
    code.call(restoreX87, at, wide);
    code.store('i32.store', i32(FRAME.mxcsr), load('i32.load', at, 24));
    for (let register = 0; register < 16; register++) {
      const value = load('v128.load', at, FX_XMM + register * 16);
      code.store('v128.store', i32(FRAME.xmm + register * XMM_STRIDE_BYTES), value);
    }
  },
);
