// Read-modify-write for synchronisation: XADD CMPXCHG CMPXCHG8B CMPXCHG16B (SDM Vol. 1 §5.1.1).

import { GPR } from '../state/frame-layout.ts';
import { add, and, eq, eqz, or, shl, shrU, sub, toI32, toI64, xor } from '../wasm/arithmetic.ts';
import { i64, load, select, type Value } from '../wasm/expression.ts';
import type { Size } from './emitter.ts';
import { type Body, type Row, type RowOptions, row, sized } from './row.ts';
import { VECTOR } from './vector.ts';

const exchangeAdd =
  (size: Size): Body =>
  (e, destination, source) => {
    const a = e.read(destination);
    const b = e.read(source);
    const result = e.let(add(a, b));
    e.write(source, a);
    // Destination last: with the same register twice, the sum stays.
    e.write(destination, result);
    e.flags.add(size, a, b, result);
  };

/** Memory is always written, with its own value on failure; of the registers only one is, so its upper half stays. */
const compareExchange =
  (size: Size): Body =>
  (e, destination, source) => {
    const present = e.read(destination);
    const replacement = e.read(source);
    const expected = e.register(GPR.rax, size);
    const equal = e.let(eq(expected, present));
    if (destination.isMemory) e.write(destination, select(equal, replacement, present));
    e.if(
      equal,
      () => {
        if (!destination.isMemory) e.write(destination, replacement);
      },
      () => e.writeRegister(GPR.rax, size, present),
    );
    e.flags.sub(size, expected, present, e.let(sub(expected, present)));
  };

const EXCHANGE_ADD: RowOptions = { writes: 'oszapc', lock: true };
const COMPARE_EXCHANGE: RowOptions = {
  writes: 'oszapc',
  lock: true,
};

export const ATOMIC: readonly Row[] = [
  row('XADD', '0F C0 /r', ['+r/m8', '+r8'], EXCHANGE_ADD, exchangeAdd(8)),
  ...sized('XADD', '0F C1 /r', ['+r/mv', '+rv'], EXCHANGE_ADD, exchangeAdd),
  row('CMPXCHG', '0F B0 /r', ['+r/m8', 'r8'], COMPARE_EXCHANGE, compareExchange(8)),
  ...sized('CMPXCHG', '0F B1 /r', ['+r/mv', 'rv'], COMPARE_EXCHANGE, compareExchange),
  row('CMPXCHG8B', '0F C7 /1', ['+m64'], { writes: 'z', lock: true }, (e, operand) => {
    const present = e.let(toI64(e.read(operand)));
    const pair = (high: number, low: number): Value<'i64'> =>
      or(shl(toI64(e.register(high, 32)), i64(32)), toI64(e.register(low, 32)));
    const equal = e.let(eq(pair(GPR.rdx, GPR.rax), present));
    e.write(operand, select(equal, pair(GPR.rcx, GPR.rbx), present));
    e.if(eqz(equal), () => {
      e.writeRegister(GPR.rax, 32, toI32(present));
      e.writeRegister(GPR.rdx, 32, toI32(shrU(present, i64(32))));
    });
    e.flags.set({ zf: equal });
  }),
  row('CMPXCHG16B', 'REX.W + 0F C7 /1', ['+m128'], { writes: 'z', lock: true, feature: 'cx16' }, (e, operand) => {
    const address = e.address(operand);
    e.raiseIf(toI32(and(address, i64(15))), VECTOR.generalProtection);
    const window = e.modifyWindow(address, 16);
    const low = e.let(load('i64.load', window.address));
    const high = e.let(load('i64.load', window.address, 8));
    const different = or(xor(low, e.register64(GPR.rax)), xor(high, e.register64(GPR.rdx)));
    const equal = e.let(eqz(different));
    e.if(
      equal,
      () => {
        e.code.store('i64.store', window.address, e.register64(GPR.rbx));
        e.code.store('i64.store', window.address, e.register64(GPR.rcx), 8);
      },
      () => {
        e.writeRegister(GPR.rax, 64, low);
        e.writeRegister(GPR.rdx, 64, high);
      },
    );
    window.commit();
    e.flags.set({ zf: equal });
  }),
];
