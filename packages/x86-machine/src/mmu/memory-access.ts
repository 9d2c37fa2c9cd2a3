// Guest memory accesses of generated code: the TLB hit inline, everything else in functions behind it.
//
// A hit is one compare: the tag of the page of the access's *last* byte must equal the entry of its first byte's page,
// so straddling accesses miss; the low 12 bits of the tag carry address space and privilege. A miss answers with a linear
// address where the bytes are: guest RAM, or the bounce buffer for what straddles pages or is not RAM. Writes through the
// bounce buffer are committed afterwards. Address 0 means the access faulted, and the exception is noted in CPU state.

import { RUN_ALONE } from '../interpreter/exit.ts';
import { VECTOR } from '../isa/vector.ts';
import {
  BOUNCE_BUFFER,
  CODE_PAGES,
  CPU_STATE,
  TLB_ADDEND,
  TLB_BASE,
  TLB_ENTRIES,
  TLB_ENTRY_BYTES,
  TLB_READ_TAG,
  TLB_WRITE_TAG,
  TRACING,
} from '../state/cpu-state.ts';
import { add, and, eq, eqz, leU, ltS, ltU, ne, or, shrU, sub, toI32, toI64 } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { call, i32, i64, type Local, load, select, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition, importFunction } from '../wasm/function-definition.ts';
import { isNotCanonical } from './canonical.ts';
import { ACCESS, NOT_CANONICAL, type Walk } from './page-walk.ts';

/** Host functions behind memory: devices, and the code cache that must hear of writes to decoded pages. */
export const MEMORY_HOST: Record<
  'mmioRead' | 'mmioWrite',
  FunctionDefinition<readonly ['i32', 'i32', 'i32', 'i32'], readonly []>
> &
  Record<'codeWrite', FunctionDefinition<readonly ['i32', 'i32'], readonly []>> &
  Record<'accessed', FunctionDefinition<readonly ['i32', 'i32', 'i32'], readonly ['i32']>> = {
  /** (physical low, physical high, linear destination, bytes) */
  mmioRead: importFunction('mmioRead', ['i32', 'i32', 'i32', 'i32'], []),
  /** (physical low, physical high, linear source, bytes) */
  mmioWrite: importFunction('mmioWrite', ['i32', 'i32', 'i32', 'i32'], []),
  /** (physical, bytes), before the bytes change */
  codeWrite: importFunction('codeWrite', ['i32', 'i32'], []),
  /** (virtual low, virtual high, bytes and ACCESS_KIND) of an access that is traced: not 0 when its instruction is to run alone */
  accessed: importFunction('accessed', ['i32', 'i32', 'i32'], ['i32']),
};

/** Beside the bytes of a traced access. */
export const ACCESS_KIND = { read: 0x1_0000, write: 0x2_0000 } as const;

/** In the `size` argument of a miss: the access goes through SS, so a non-canonical address is #SS. */
export const THROUGH_STACK = 0x1_0000;
/** There too: alignment is not checked. */
export const ANY_ALIGNMENT = 0x2_0000;

const PAGE_OFFSET = 0xfff;
const PAGE_MASK = ~0xfffn;
const INVALID_TAG = -1n;

type Miss = FunctionDefinition<readonly ['i64', 'i32'], readonly ['i32']>;

export interface MemoryAccess {
  readonly readMiss: Miss;
  readonly writeMiss: Miss;
  readonly modifyMiss: Miss;
  /** Carries the bounce buffer to where a write or modify miss said. */
  readonly commit: FunctionDefinition<readonly [], readonly []>;
  /** The entry's linear address for a virtual address. */
  tlbEntry(address: Value<'i64'>): Value<'i32'>;
  /** The tag that an entry must carry for `bytes` at `address`. */
  wantedTag(address: Value<'i64'>, bytes: number): Value<'i64'>;
}

function tlbEntry(address: Value<'i64'>): Value<'i32'> {
  const byEntries = shrU(toI32(address), i32(12 - Math.log2(TLB_ENTRY_BYTES)));
  return and(byEntries, i32((TLB_ENTRIES - 1) * TLB_ENTRY_BYTES));
}

function wantedTag(address: Value<'i64'>, bytes: number): Value<'i64'> {
  return or(and(add(address, i64(bytes - 1)), i64(PAGE_MASK)), load('i64.load', i32(0), CPU_STATE.tlbTag));
}

export function memoryAccess(ramOffset: number, walk: Walk): MemoryAccess {
  const misses = new Misses(ramOffset, walk);
  return {
    readMiss: misses.define('readMiss', { reads: true, writes: false }),
    writeMiss: misses.define('writeMiss', { reads: false, writes: true }),
    modifyMiss: misses.define('modifyMiss', { reads: true, writes: true }),
    commit: misses.defineCommit(),
    tlbEntry,
    wantedTag,
  };
}

/** What is done with the bytes. */
interface Use {
  readonly reads: boolean;
  readonly writes: boolean;
}

/** An access that may take two pages: where each part of it is in physical memory, and how many bytes the first one has. */
interface Parts {
  readonly first: Value<'i64'>;
  readonly second: Value<'i64'>;
  readonly firstBytes: Value<'i32'>;
}

class Misses {
  readonly #ramOffset: number;
  readonly #walk: Walk;
  readonly #translate: FunctionDefinition<readonly ['i64', 'i32', 'i32'], readonly ['i64']>;

  constructor(ramOffset: number, walk: Walk) {
    this.#ramOffset = ramOffset;
    this.#walk = walk;
    this.#translate = this.#defineTranslate();
  }

  /** miss(address, size and segment) → where the bytes are, or 0 with the exception noted. */
  define(name: string, use: Use): Miss {
    return defineFunction(name, ['i64', 'i32'], ['i32'], (code, address, sizeAndSegment) => {
      const size = code.let(and(sizeAndSegment, i32(0xffff)));
      const stack = code.let(and(sizeAndSegment, i32(THROUGH_STACK)));
      reportAccess(code, address, size, use);
      const room = code.let(sub(i32(4096), and(toI32(address), i32(PAGE_OFFSET))));
      code.if(ltU(room, size), () => requireCanonicalEnd(code, address, size, stack));
      code.if(traces(TRACING.aligned), () =>
        code.if(eqz(and(sizeAndSegment, i32(ANY_ALIGNMENT))), () => requireAlignment(code, address, size)),
      );
      const translate = (part: Value<'i64'>): Value<'i64'> =>
        call(this.#translate, part, i32(use.writes ? ACCESS.write : 0), stack);
      const first = code.let(translate(address));
      code.if(ltS(first, i64(0)), () => code.return(i32(0)));
      code.if(leU(size, room), () => {
        code.if(isRam(first), () => {
          if (use.writes) tellOfCodeWrite(code, first, size);
          code.return(this.#linear(first));
        });
        code.set(room, size);
      });
      const second = code.let(first);
      code.if(ltU(room, size), () => {
        code.set(second, translate(add(address, toI64(room))));
        code.if(ltS(second, i64(0)), () => code.return(i32(0)));
      });
      this.#bounce(code, { first, second, firstBytes: room }, size, use);
    });
  }

  /** Answers with the bounce buffer: filled, and with a note of where it is to be carried. */
  #bounce(code: CodeWriter, { first, second, firstBytes }: Parts, size: Value<'i32'>, { reads, writes }: Use): void {
    const outsideRam = or(eqz(isRam(first)), eqz(isRam(second)));
    code.if(and(outsideRam, eq(traces(TRACING.exact | TRACING.alone), i32(TRACING.exact))), () => runAlone(code));
    if (reads) {
      this.#fetch(code, first, i32(BOUNCE_BUFFER), firstBytes);
      code.if(ne(firstBytes, size), () =>
        this.#fetch(code, second, add(i32(BOUNCE_BUFFER), firstBytes), sub(size, firstBytes)),
      );
    }
    if (writes) {
      code.store('i64.store', i32(0), first, CPU_STATE.bounceFirst);
      code.store('i64.store', i32(0), second, CPU_STATE.bounceSecond);
      code.store('i32.store', i32(0), firstBytes, CPU_STATE.bounceFirstBytes);
      code.store('i32.store', i32(0), size, CPU_STATE.bounceBytes);
    }
    code.return(i32(BOUNCE_BUFFER));
  }

  /** commitBounce() */
  defineCommit(): MemoryAccess['commit'] {
    return defineFunction('commitBounce', [], [], (code) => {
      const first: Local<'i32'> = code.let(load('i32.load', i32(0), CPU_STATE.bounceFirstBytes));
      const total = code.let(load('i32.load', i32(0), CPU_STATE.bounceBytes));
      this.#put(code, code.let(load('i64.load', i32(0), CPU_STATE.bounceFirst)), i32(BOUNCE_BUFFER), first);
      const second = code.let(load('i64.load', i32(0), CPU_STATE.bounceSecond));
      code.if(ne(first, total), () => this.#put(code, second, add(i32(BOUNCE_BUFFER), first), sub(total, first)));
    });
  }

  /** translate(address, access, stack) → physical, or −1 with the exception noted. Fills the TLB for RAM. */
  #defineTranslate(): FunctionDefinition<readonly ['i64', 'i32', 'i32'], readonly ['i64']> {
    return defineFunction('translate', ['i64', 'i32', 'i32'], ['i64'], (code, address, access, stack) => {
      const isUser = select(load('i32.load', i32(0), CPU_STATE.cpl), i32(ACCESS.user), i32(0));
      const [physical, rights] = code.call(this.#walk, address, or(access, isUser));
      code.if(ltS(physical, i64(0)), () => {
        code.if(
          eq(rights, i32(NOT_CANONICAL)),
          () => noteException(code, notCanonicalVector(stack)),
          () => {
            code.store('i64.store', i32(0), address, CPU_STATE.cr2);
            noteException(code, i32(VECTOR.pageFault), rights);
          },
        );
        code.return(i64(-1));
      });
      code.if(and(isRam(physical), eqz(traces(TRACING.alone | TRACING.aligned))), () =>
        this.#fillTlb(code, address, physical, rights),
      );
      code.return(physical);
    });
  }

  #fillTlb(code: CodeWriter, address: Value<'i64'>, physical: Value<'i64'>, rights: Value<'i32'>): void {
    const page = code.let(and(address, i64(PAGE_MASK)));
    const tag = code.let(or(page, load('i64.load', i32(0), CPU_STATE.tlbTag)));
    const entry = code.let(tlbEntry(address));
    const mayWrite = and(rights, eqz(holdsCode(physical)));
    code.store('i64.store', entry, tag, TLB_BASE + TLB_READ_TAG);
    code.store('i64.store', entry, select(mayWrite, tag, i64(INVALID_TAG)), TLB_BASE + TLB_WRITE_TAG);
    const addend = sub(this.#linear(and(physical, i64(PAGE_MASK))), toI32(page));
    code.store('i32.store', entry, addend, TLB_BASE + TLB_ADDEND);
  }

  #linear(physical: Value<'i64'>): Value<'i32'> {
    return add(toI32(physical), i32(this.#ramOffset));
  }

  #fetch(code: CodeWriter, physical: Value<'i64'>, destination: Value<'i32'>, bytes: Value<'i32'>): void {
    code.if(
      isRam(physical),
      () => code.memoryCopy(destination, this.#linear(physical), bytes),
      () => void code.call(MEMORY_HOST.mmioRead, toI32(physical), high(physical), destination, bytes),
    );
  }

  #put(code: CodeWriter, physical: Value<'i64'>, source: Value<'i32'>, bytes: Value<'i32'>): void {
    code.if(
      isRam(physical),
      () => {
        tellOfCodeWrite(code, physical, bytes);
        code.memoryCopy(this.#linear(physical), source, bytes);
      },
      () => void code.call(MEMORY_HOST.mmioWrite, toI32(physical), high(physical), source, bytes),
    );
  }
}

const isRam = (physical: Value<'i64'>): Value<'i32'> => ltU(physical, load('i64.load', i32(0), CPU_STATE.ramBytes));
const high = (address: Value<'i64'>): Value<'i32'> => toI32(shrU(address, i64(32)));
const traces = (bits: number): Value<'i32'> => and(load('i32.load', i32(0), CPU_STATE.tracing), i32(bits));
const holdsCode = (physical: Value<'i64'>): Value<'i32'> =>
  load('i32.load8_u', toI32(shrU(physical, i64(12))), CODE_PAGES);

function tellOfCodeWrite(code: CodeWriter, physical: Value<'i64'>, bytes: Value<'i32'>): void {
  code.if(holdsCode(physical), () => void code.call(MEMORY_HOST.codeWrite, toI32(physical), bytes));
}

/** To whoever traces; it may have the instruction run alone. */
function reportAccess(code: CodeWriter, address: Value<'i64'>, size: Value<'i32'>, { reads, writes }: Use): void {
  const kind = (reads ? ACCESS_KIND.read : 0) | (writes ? ACCESS_KIND.write : 0);
  code.if(traces(TRACING.watches | TRACING.alone), () =>
    code.if(call(MEMORY_HOST.accessed, toI32(address), high(address), or(size, i32(kind))), () => runAlone(code)),
  );
}

// ---- ways to fail

function noteException(code: CodeWriter, vector: Value<'i32'>, errorCode: Value<'i32'> = i32(0)): void {
  code.store('i32.store', i32(0), vector, CPU_STATE.exitVector);
  code.store('i32.store', i32(0), errorCode, CPU_STATE.exitErrorCode);
}

const notCanonicalVector = (stack: Value<'i32'>): Value<'i32'> =>
  select(stack, i32(VECTOR.stackFault), i32(VECTOR.generalProtection));

function runAlone(code: CodeWriter): void {
  code.store('i32.store', i32(0), i32(RUN_ALONE), CPU_STATE.exitVector);
  code.return(i32(0));
}

/** An access that reaches over the end of the canonical addresses faults as a whole, whatever its first page is. */
function requireCanonicalEnd(code: CodeWriter, address: Value<'i64'>, size: Value<'i32'>, stack: Value<'i32'>): void {
  const last = code.let(add(address, toI64(sub(size, i32(1)))));
  code.if(isNotCanonical(last), () => {
    noteException(code, notCanonicalVector(stack));
    code.return(i32(0));
  });
}

/**
 * #AC for a misaligned access (SDM Vol. 3A table 6-7). Before a page fault, as AMD processors have it, but not before an address
 * is found not to be canonical. Up to 16 bytes by size, and more by 16; extended precision by 8, the x87's environment by 4 (2
 * in its short form).
 */
function requireAlignment(code: CodeWriter, address: Value<'i64'>, size: Value<'i32'>): void {
  const byPower = and(sub(size, i32(1)), i32(15));
  const isPower = eqz(and(size, sub(size, i32(1))));
  const mask = select(isPower, byPower, select(eq(size, i32(10)), i32(7), select(and(size, i32(3)), i32(1), i32(3))));
  code.if(and(ne(and(toI32(address), mask), i32(0)), eqz(isNotCanonical(address))), () => {
    noteException(code, i32(VECTOR.alignmentCheck));
    code.return(i32(0));
  });
}
