// The 4-level page-table walk, written once, as a WebAssembly function (SDM Vol. 3A §4.5).
//
// Tables lie in guest RAM; what they say is followed exactly: present, R/W, U/S, NX, WP, reserved bits, 2 MiB and 1 GiB
// pages, accessed and dirty bits. With CR0.PG clear addresses are physical (no silicon allows that in 64-bit mode; it is
// handy for a first program).

import { CPU_STATE } from '../state/cpu-state.ts';
import { add, and, eq, eqz, geU, ltS, ne, or, shl, shrU, sub, toI32 } from '../wasm/arithmetic.ts';
import { i32, i64, load, op, select, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { isNotCanonical } from './canonical.ts';

/** What an access asks for, as bits. */
export const ACCESS = { write: 1, user: 2, execute: 4, probe: 8 } as const;

/** Bits of a #PF error code (SDM Vol. 3A §4.7). */
export const PAGE_FAULT = { present: 1, write: 2, user: 4, reserved: 8, fetch: 16 } as const;

/** The second result of a failed walk for an address that is not canonical. */
export const NOT_CANONICAL = -1;

export const PHYSICAL_ADDRESS_BITS = 40;

const PRESENT = 1n;
const ACCESSED = 1n << 5n;
const DIRTY = 1n << 6n;
const PAGE_SIZE_BIT = 1n << 7n;
const ADDRESS = 0x000f_ffff_ffff_f000n;
const NO_EXECUTE = 1n << 63n;
const ABOVE_PHYSICAL = ((1n << 52n) - 1n) & ~((1n << BigInt(PHYSICAL_ADDRESS_BITS)) - 1n);
const CR0_WP = 1 << 16;
const EFER_NXE = 1 << 11;

const bit = (condition: Value<'i32'>, mask: number): Value<'i32'> => shl(condition, i32(Math.log2(mask)));

export type Walk = FunctionDefinition<readonly ['i64', 'i32'], readonly ['i64', 'i32']>;

/**
 * walk(virtual, access) → (physical, rights). Rights: bit 0, a write through this translation needs no further walk.
 * Failure: physical is −1 and the second result the #PF error code, or NOT_CANONICAL.
 */
export function pageWalk(ramOffset: number): Walk {
  return defineFunction('walk', ['i64', 'i32'], ['i64', 'i32'], (code, virtual, access) => {
    const asks = (mask: number): Value<'i32'> => and(access, i32(mask));
    code.if(eqz(ltS(load('i32.load', i32(0), CPU_STATE.cr0), i32(0))), () => code.return(virtual, i32(1)));
    code.if(isNotCanonical(virtual), () => code.return(i64(-1), i32(NOT_CANONICAL)));

    const request = or(
      or(bit(ne(asks(ACCESS.write), i32(0)), PAGE_FAULT.write), bit(ne(asks(ACCESS.user), i32(0)), PAGE_FAULT.user)),
      bit(ne(asks(ACCESS.execute), i32(0)), PAGE_FAULT.fetch),
    );
    const fail = (bits: number): void => code.return(i64(-1), or(request, i32(bits)));

    const table = code.let(and(load('i64.load', i32(0), CPU_STATE.cr3), i64(ADDRESS)));
    const ramBytes = load('i64.load', i32(0), CPU_STATE.ramBytes);
    const shift = code.let(i64(39));
    const every = code.let(i64(-1));
    const some = code.let(i64(0));
    const entry = code.local('i64');
    const slot = code.local('i32');
    const noExecuteEnabled = ne(and(load('i32.load', i32(0), CPU_STATE.efer), i32(EFER_NXE)), i32(0));
    const reserved = code.let(select(noExecuteEnabled, i64(ABOVE_PHYSICAL), i64(ABOVE_PHYSICAL | NO_EXECUTE)));

    code.block((leaf) => {
      code.loop((next) => {
        const physical = code.let(add(table, shl(and(shrU(virtual, shift), i64(511)), i64(3))));
        code.if(geU(physical, ramBytes), () => fail(0));
        code.set(slot, add(toI32(physical), i32(ramOffset)));
        code.set(entry, load('i64.load', slot));
        code.if(eqz(and(entry, i64(PRESENT))), () => fail(0));
        code.if(op('i32.eqz', eqz(and(entry, reserved))), () => fail(PAGE_FAULT.present | PAGE_FAULT.reserved));
        code.set(every, and(every, entry));
        code.set(some, or(some, entry));
        code.branchIf(leaf, eq(shift, i64(12)));
        code.if(op('i32.eqz', eqz(and(entry, i64(PAGE_SIZE_BIT)))), () => {
          // A large page: never at the top level, and its low address bits (but PAT, bit 12) are reserved.
          code.if(eq(shift, i64(39)), () => fail(PAGE_FAULT.present | PAGE_FAULT.reserved));
          const low = and(sub(shl(i64(1), shift), i64(1)), i64(~0x1fffn));
          code.if(op('i32.eqz', eqz(and(entry, low))), () => fail(PAGE_FAULT.present | PAGE_FAULT.reserved));
          code.store('i32.store', i32(0), i32(1), CPU_STATE.largePagesSeen);
          code.branch(leaf);
        });
        code.if(eqz(or(asks(ACCESS.probe), toI32(and(entry, i64(ACCESSED))))), () =>
          code.store('i64.store', slot, or(entry, i64(ACCESSED))),
        );
        code.set(table, and(entry, i64(ADDRESS)));
        code.set(shift, sub(shift, i64(9)));
        code.branch(next);
      });
    });

    const userAccess = ne(asks(ACCESS.user), i32(0));
    const writable = code.let(
      or(
        toI32(and(shrU(every, i64(1)), i64(1))),
        and(eqz(userAccess), eqz(and(load('i32.load', i32(0), CPU_STATE.cr0), i32(CR0_WP)))),
      ),
    );
    const refused = or(
      or(and(userAccess, eqz(and(every, i64(4)))), and(ne(asks(ACCESS.write), i32(0)), eqz(writable))),
      and(ne(asks(ACCESS.execute), i32(0)), ltS(some, i64(0))),
    );
    code.if(refused, () => fail(PAGE_FAULT.present));

    const marks = code.let(or(i64(ACCESSED), select(ne(asks(ACCESS.write), i32(0)), i64(DIRTY), i64(0))));
    code.if(and(eqz(asks(ACCESS.probe)), ne(and(entry, marks), marks)), () => {
      code.set(entry, or(entry, marks));
      code.store('i64.store', slot, entry);
    });
    const offsetMask = sub(shl(i64(1), shift), i64(1));
    const page = and(and(entry, i64(ADDRESS)), not(offsetMask));
    const dirty = toI32(and(shrU(entry, i64(6)), i64(1)));
    code.return(or(page, and(virtual, offsetMask)), and(writable, dirty));
  });
}

const not = (value: Value<'i64'>): Value<'i64'> => op('i64.xor', value, i64(-1));
