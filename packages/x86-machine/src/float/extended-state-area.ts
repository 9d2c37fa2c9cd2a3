// The XSAVE area: state components in and out of it (SDM Vol. 1 §13.4, §13.7 to §13.10).
//
// With no more than x87, SSE and AVX the compacted format lies as the standard one does. They differ in their headers and in who MXCSR
// belongs to: in the standard format to nobody, in the compacted one to SSE.

import { FRAME, XMM_STRIDE_BYTES } from '../state/frame-layout.ts';
import { and, eq, eqz, ltS, ne, not, or, shl, toI32, toI64 } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { call, i32, i64, load, op, type Value, v128 } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { MXCSR_MASK, mxcsr } from './simd-control.ts';
import { initialize, restoreX87, saveX87 } from './x87-environment.ts';
import { controlWord, statusWord, tagWord } from './x87-state.ts';

type I32 = Value<'i32'>;
/** (linear address, components, wide: 64-bit pointers) */
type Transfer = FunctionDefinition<readonly ['i32', 'i32', 'i32'], readonly []>;

export const HEADER_BYTES = 64;
export const XSAVE_AVX_BYTES: number = 512 + HEADER_BYTES + 256;

const X87 = 1;
const SSE = 2;
const AVX = 4;
const XMM_OFFSET = 160;
const STATE_BV = 512;
/** XCOMP_BV: bit 63 is set in the compacted format, the others say what it has room for. */
const COMPACTION = 520;
const COMPACTED = 1n << 63n;
const INITIAL_MXCSR = 0x1f80;
const UPPER_OFFSET = 576;
const ZERO = v128(new Uint8Array(16));

const registerAddress = (register: number, upper: boolean): I32 =>
  i32(FRAME.xmm + register * XMM_STRIDE_BYTES + (upper ? 16 : 0));

/** 1 when some half of that kind is not zero. */
function anySet(code: CodeWriter, upper: boolean): I32 {
  const all = code.let(ZERO);
  for (let register = 0; register < 16; register++) {
    code.set(all, op('v128.or', all, load('v128.load', registerAddress(register, upper))));
  }
  return op('v128.any_true', all);
}

/** Which components are not in their initial state. */
function inUse(code: CodeWriter): I32 {
  const initial = and(and(eq(controlWord(), i32(0x37f)), eqz(statusWord())), eq(tagWord(), i32(0xffff)));
  const sse = anySet(code, false);
  const avx = anySet(code, true);
  return or(or(eqz(initial), shl(sse, i32(1))), shl(avx, i32(2)));
}

/** Which components hold something else than their initial state. */
export const componentsInUse: FunctionDefinition<readonly [], readonly ['i32']> = defineFunction(
  'componentsInUse',
  [],
  ['i32'],
  (code) => code.return(inUse(code)),
);

const saveVectors = (code: CodeWriter, at: I32, upper: boolean): void => {
  for (let register = 0; register < 16; register++) {
    const value = load('v128.load', registerAddress(register, upper));
    code.store('v128.store', at, value, (upper ? UPPER_OFFSET : XMM_OFFSET) + register * 16);
  }
};

const saveMxcsr = (code: CodeWriter, at: I32): void => {
  code.store('i32.store', at, mxcsr(), 24);
  code.store('i32.store', at, i32(MXCSR_MASK), 28);
};

/** XSAVEOPT and XSAVEC: what is in its initial state is not written. */
const saveChanged = (name: string, compacts: boolean): Transfer =>
  defineFunction(name, ['i32', 'i32', 'i32'], [], (code, at, components, wide) => {
    const used = code.let(and(call(componentsInUse), components));
    if (compacts) {
      // MXCSR is of SSE here, so its value counts.
      const differs = and(ne(mxcsr(), i32(INITIAL_MXCSR)), ne(and(components, i32(SSE)), i32(0)));
      code.set(used, or(used, shl(differs, i32(1))));
    }
    code.if(and(used, i32(X87)), () => void code.call(saveX87, at, wide));
    code.if(and(compacts ? used : components, i32(compacts ? SSE : SSE | AVX)), () => saveMxcsr(code, at));
    code.if(and(used, i32(SSE)), () => saveVectors(code, at, false));
    code.if(and(used, i32(AVX)), () => saveVectors(code, at, true));
    const kept = compacts ? i64(0) : and(load('i64.load', at, STATE_BV), not(toI64(components)));
    code.store('i64.store', at, or(kept, toI64(used)), STATE_BV);
    if (compacts) code.store('i64.store', at, or(toI64(components), i64(COMPACTED)), COMPACTION);
  });

export const saveOptimized: Transfer = saveChanged('xsaveopt', false);
export const saveCompacted: Transfer = saveChanged('xsavec', true);

export const saveComponents: Transfer = defineFunction(
  'xsave',
  ['i32', 'i32', 'i32'],
  [],
  (code, at, components, wide) => {
    code.if(and(components, i32(X87)), () => void code.call(saveX87, at, wide));
    code.if(and(components, i32(SSE | AVX)), () => saveMxcsr(code, at));
    code.if(and(components, i32(SSE)), () => saveVectors(code, at, false));
    code.if(and(components, i32(AVX)), () => saveVectors(code, at, true));
    const kept = and(load('i64.load', at, STATE_BV), not(toI64(components)));
    code.store('i64.store', at, or(kept, toI64(and(call(componentsInUse), components))), STATE_BV);
  },
);

export const restoreComponents: Transfer = defineFunction(
  'xrstor',
  ['i32', 'i32', 'i32'],
  [],
  (code, at, components, wide) => {
    const held = code.let(toI32(and(load('i64.load', at, STATE_BV), i64(7))));
    const component = (bit: number, restore: () => void, reset: () => void): void =>
      code.if(and(components, i32(bit)), () => code.if(and(held, i32(bit)), restore, reset));
    const registers = (upper: boolean, value: (register: number) => Value<'v128'>): void => {
      for (let register = 0; register < 16; register++) {
        code.store('v128.store', registerAddress(register, upper), value(register));
      }
    };
    component(
      X87,
      () => void code.call(restoreX87, at, wide),
      () => {
        code.call(initialize);
        code.memoryFill(i32(FRAME.x87Registers), i32(0), i32(128));
      },
    );
    const isCompacted = ltS(load('i64.load', at, COMPACTION), i64(0));
    code.if(
      isCompacted,
      () =>
        component(
          SSE,
          () => code.store('i32.store', i32(FRAME.mxcsr), load('i32.load', at, 24)),
          () => code.store('i32.store', i32(FRAME.mxcsr), i32(INITIAL_MXCSR)),
        ),
      () =>
        code.if(ne(and(components, i32(SSE | AVX)), i32(0)), () =>
          code.store('i32.store', i32(FRAME.mxcsr), load('i32.load', at, 24)),
        ),
    );
    component(
      SSE,
      () => registers(false, (register) => load('v128.load', at, XMM_OFFSET + register * 16)),
      () => registers(false, () => ZERO),
    );
    component(
      AVX,
      () => registers(true, (register) => load('v128.load', at, UPPER_OFFSET + register * 16)),
      () => registers(true, () => ZERO),
    );
  },
);
