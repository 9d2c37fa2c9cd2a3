// How handlers leave: to the next record, along a branch, or back to the host.
//
//   branch taken ──▶ RIP += distance, countdown −= instructions run ──▶ link valid? ──▶ its record
//                                        │ spent: exit budget            │ no: jump cache ──▶ record, link remembered
//                                                                                │ miss: exit decode
//
// A link may be followed while its code tag is the current one: the tag changes with address space, privilege and the
// mapping of executed pages. A block that a write has invalidated needs no unlinking: its records are turned stale in
// place, and hand whoever arrives back to the host.

import { CPU_STATE, JUMP_CACHE_BASE, JUMP_CACHE_ENTRIES, JUMP_CACHE_ENTRY_BYTES } from '../state/cpu-state.ts';
import { FRAME, GPR } from '../state/frame-layout.ts';
import { add, and, eq, eqz, ltS, ltU, ne, or, shl, shrU, sub, toI32, toI64, xor } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { i32, i64, load, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { EXIT, RETURNED } from './exit.ts';
import { RECORD, REGION_HEAD } from './record.ts';

export type Handler = FunctionDefinition<readonly ['i32'], readonly ['i32']>;

export const HANDLER_PARAMETERS = ['i32'] as const;
export const HANDLER_RESULTS = ['i32'] as const;

export function defineHandler(name: string, body: (code: CodeWriter, record: Value<'i32'>) => void): Handler {
  return defineFunction(name, HANDLER_PARAMETERS, HANDLER_RESULTS, body);
}

/** Where the jump-cache entry of a RIP lies, relative to JUMP_CACHE_BASE. The host computes the same. */
export function jumpCacheSlot(rip: Value<'i64'>): Value<'i32'> {
  const mixed = xor(toI32(rip), toI32(shrU(rip, i64(14))));
  return shl(and(mixed, i32(JUMP_CACHE_ENTRIES - 1)), i32(Math.log2(JUMP_CACHE_ENTRY_BYTES)));
}

export const JUMP_CACHE_RIP = 0;
export const JUMP_CACHE_TAG = 8;
export const JUMP_CACHE_RECORD = 12;

export const codeTag = (): Value<'i32'> => load('i32.load', i32(0), CPU_STATE.codeTag);

/**
 * Not 0 for a tag that is not the current one. A comparison would take what is loaded for an operand in memory, and where loading it may trap, as from
 * any address but a constant, engines load it beside that once more.
 */
export const isOtherTag = (tag: Value<'i32'>): Value<'i32'> => xor(tag, codeTag());

/**
 * The record that the entry at `slot` holds for a RIP under the current code tag; `miss` leaves when it holds another.
 * @param base where the cache lies that `slot` is relative to
 */
export function entryFor(
  code: CodeWriter,
  rip: Value<'i64'>,
  slot: Value<'i32'>,
  miss: () => void,
  base: number = JUMP_CACHE_BASE,
): Value<'i32'> {
  // As with tags, so with RIP: subtracted from.
  const wrongRip = sub(load('i64.load', slot, base + JUMP_CACHE_RIP), rip);
  const wrongTag = isOtherTag(load('i32.load', slot, base + JUMP_CACHE_TAG));
  code.unlikely(ne(or(wrongRip, toI64(wrongTag)), i64(0)), miss);
  return code.let(load('i32.load', slot, base + JUMP_CACHE_RECORD));
}

/** How far beyond what a region waits for a return may lead, that abandons frames: other stacks are further away. */
const ABANDONED_SPAN = 0x1_0000;

/** Whether a return that leaves RSP at `stack` may be what a region waits for (translator/region-calls.ts). */
export const mayBeAwaited = (stack: Value<'i64'>): Value<'i32'> =>
  ltU(sub(stack, load('i64.load', i32(0), CPU_STATE.awaitedStack)), i64(ABANDONED_SPAN));

export const firstSlot = (code: CodeWriter, rip: Value<'i64'>): Value<'i32'> => code.let(jumpCacheSlot(rip));
/** Two entries, neighbours, may hold a RIP: what one program uses collides in a few places. */
export const secondSlot = (code: CodeWriter, rip: Value<'i64'>): Value<'i32'> =>
  code.let(xor(jumpCacheSlot(rip), i32(JUMP_CACHE_ENTRY_BYTES)));

const leaveForDecoding = (code: CodeWriter): void => code.return(i32(EXIT.decode));

function dispatchTo(code: CodeWriter, target: Value<'i32'>): void {
  code.returnCallIndirect(HANDLER_PARAMETERS, HANDLER_RESULTS, load('i32.load16_u', target, RECORD.handler), target);
}

/** Continues at a RIP that its first entry does not hold. */
const enterBySecond = defineFunction('enterBySecond', ['i64'], ['i32'], (code, rip) => {
  dispatchTo(
    code,
    entryFor(code, rip, secondSlot(code, rip), () => leaveForDecoding(code)),
  );
});

/** Follows a branch whose link is not valid (any more), remembering the target in its record. */
const relink = defineFunction('relink', ['i32', 'i64'], ['i32'], (code, record, rip) => {
  const follow = (target: Value<'i32'>): void => {
    code.store('i32.store', record, target, RECORD.link);
    code.store('i32.store', record, codeTag(), RECORD.linkTag);
    dispatchTo(code, target);
  };
  code.block((tryFirst) => {
    follow(entryFor(code, rip, firstSlot(code, rip), () => code.branch(tryFirst)));
  });
  follow(entryFor(code, rip, secondSlot(code, rip), () => leaveForDecoding(code)));
});

/** Notes which record stopped, after the vector has been noted. */
const leaveWithException = defineHandler('leaveWithException', (code, record) => {
  code.store('i32.store', i32(0), record, CPU_STATE.exitRecord);
  code.return(i32(EXIT.exception));
});

const raiseException = defineFunction(
  'raiseException',
  ['i32', 'i32', 'i32'],
  ['i32'],
  (code, record, vector, errorCode) => {
    code.store('i32.store', i32(0), vector, CPU_STATE.exitVector);
    code.store('i32.store', i32(0), errorCode, CPU_STATE.exitErrorCode);
    code.returnCall(leaveWithException, record);
  },
);

/** What handlers call that need exist only once: modules made later import them. */
export const CONTROL_FUNCTIONS: readonly FunctionDefinition[] = [
  relink,
  enterBySecond,
  leaveWithException,
  raiseException,
].map((definition) => definition as unknown as FunctionDefinition);

export class ControlFlow {
  dispatch(code: CodeWriter, record: Value<'i32'>): void {
    dispatchTo(code, code.let(record));
  }

  /** Charges the instructions of the block up to and including this one; leaves when the budget is spent. */
  #charge(code: CodeWriter, record: Value<'i32'>, own = 1): void {
    const run = add(load('i32.load8_u', record, RECORD.position), i32(own));
    const left = code.let(sub(load('i32.load', i32(0), CPU_STATE.countdown), run));
    code.store('i32.store', i32(0), left, CPU_STATE.countdown);
    code.unlikely(ltS(left, i32(0)), () => code.return(i32(EXIT.budget)));
  }

  takeBranch(code: CodeWriter, record: Value<'i32'>, own = 1): void {
    const rip = code.let(add(load('i64.load', i32(0), FRAME.rip), load('i64.load', record, RECORD.immediate)));
    code.store('i64.store', i32(0), rip, FRAME.rip);
    this.#charge(code, record, own);
    // The way out is a tail call, so that handlers of branches stay leaf functions: no frame to speak of, no stack check.
    code.unlikely(ne(load('i32.load', record, RECORD.linkTag), codeTag()), () => code.returnCall(relink, record, rip));
    this.dispatch(code, load('i32.load', record, RECORD.link));
  }

  jump(code: CodeWriter, record: Value<'i32'>, target: Value<'i64'>): void {
    const rip = code.let(target);
    code.store('i64.store', i32(0), rip, FRAME.rip);
    this.#charge(code, record);
    this.enter(code, rip);
  }

  /** A near return, after which RSP is complete. */
  return(code: CodeWriter, record: Value<'i32'>, target: Value<'i64'>): void {
    const rip = code.let(target);
    code.store('i64.store', i32(0), rip, FRAME.rip);
    this.#charge(code, record);
    code.if(mayBeAwaited(load('i64.load', i32(0), FRAME.gpr + GPR.rsp * 8)), () => code.return(i32(RETURNED)));
    this.enter(code, rip);
  }

  /** Continues at a RIP that is already in the frame. */
  enter(code: CodeWriter, rip: Value<'i64'>): void {
    dispatchTo(
      code,
      entryFor(code, rip, firstSlot(code, rip), () => code.returnCall(enterBySecond, rip)),
    );
  }

  exit(code: CodeWriter, record: Value<'i32'>, exit: number): void {
    code.store('i32.store', i32(0), record, CPU_STATE.exitRecord);
    code.return(i32(exit));
  }

  /** After a miss function has noted an exception. */
  fault(code: CodeWriter, record: Value<'i32'>): void {
    code.returnCall(leaveWithException, record);
  }

  raise(code: CodeWriter, record: Value<'i32'>, vector: number, errorCode: Value<'i32'>): void {
    code.returnCall(raiseException, record, i32(vector), errorCode);
  }

  /** The handler of a record whose block was written to: RIP is made complete, and the host decodes anew. */
  readonly stale: Handler = defineHandler('stale', (code, record) => {
    const distance = sub(load('i32.load16_u', record, RECORD.next), load('i32.load8_u', record, RECORD.length));
    code.store('i64.store', i32(0), add(load('i64.load', i32(0), FRAME.rip), toI64(distance)), FRAME.rip);
    const left = sub(load('i32.load', i32(0), CPU_STATE.countdown), load('i32.load8_u', record, RECORD.position));
    code.store('i32.store', i32(0), left, CPU_STATE.countdown);
    code.return(i32(EXIT.decode));
  });

  /** The first record of a stale block once its successor is known: `link` says where. */
  readonly forward: Handler = defineHandler('forward', (code, record) => {
    this.#leadOn(code, record, code.let(load('i32.load', record, RECORD.link)));
  });

  /** The head of a translated region that was forgotten: the block has a record, or is decoded anew. */
  readonly forgotten: Handler = defineHandler('forgotten', (code, head) => {
    const record = code.let(load('i32.load', head, REGION_HEAD.records));
    code.unlikely(eqz(record), () => leaveForDecoding(code));
    this.#leadOn(code, head, record);
  });

  /** To where `record` leads, as will whoever jumps to this RIP from here on. */
  #leadOn(code: CodeWriter, record: Value<'i32'>, target: Value<'i32'>): void {
    const slot = firstSlot(code, load('i64.load', i32(0), FRAME.rip));
    code.if(eq(load('i32.load', slot, JUMP_CACHE_BASE + JUMP_CACHE_RECORD), record), () =>
      code.store('i32.store', slot, target, JUMP_CACHE_BASE + JUMP_CACHE_RECORD),
    );
    this.dispatch(code, target);
  }

  /** The first record of a block: `link` counts entries down, `immediate` is where the others are; at zero the host is asked. */
  readonly count: Handler = defineHandler('count', (code, record) => {
    const left = code.let(sub(load('i32.load', record, RECORD.link), i32(1)));
    code.store('i32.store', record, left, RECORD.link);
    code.unlikely(eq(left, i32(0)), () => this.exit(code, record, EXIT.hot));
    this.dispatch(code, load('i32.load', record, RECORD.immediate));
  });

  /** Where a breakpoint is armed: the host decides whether the instruction runs. */
  readonly breakpoint: Handler = defineHandler('breakpoint', (code, record) =>
    this.exit(code, record, EXIT.breakpoint),
  );

  /** The pseudo-instruction at the end of a block that runs into the next one; it counts no instruction of its own. */
  readonly continue: Handler = defineHandler('continue', (code, record) => this.takeBranch(code, record, 0));
}
