// How one region leads to the next, and which lines of memory that touches.
//
//   known place     landing ──link──▶ head             landings of a region lie side by side, and so do its heads
//   return          to the region that waits for it (region-calls.ts)
//                   else return cache, by RSP ──▶ head      filled by calls of large programs, whose regions do not wait
//   any other RIP   jump cache ──▶ record or head
//
// What is not a region is entered aside, with settled flags (remembered-flags.ts).

import {
  codeTag,
  entryFor,
  firstSlot,
  HANDLER_PARAMETERS,
  HANDLER_RESULTS,
  isOtherTag,
  JUMP_CACHE_RECORD,
  JUMP_CACHE_RIP,
  JUMP_CACHE_TAG,
  secondSlot,
} from '../interpreter/control-flow.ts';
import { EXIT } from '../interpreter/exit.ts';
import { SPECIAL } from '../interpreter/handler-table.ts';
import { LANDING, RECORD } from '../interpreter/record.ts';
import { FIRST_REGION_ENTRY } from '../interpreter/table-layout.ts';
import { CPU_STATE, JUMP_CACHE_ENTRY_BYTES, RETURN_CACHE_BASE, RETURN_CACHE_ENTRIES } from '../state/cpu-state.ts';
import { and, eq, ltU, shl, toI32 } from '../wasm/arithmetic.ts';
import type { CodeWriter, Label } from '../wasm/code-writer.ts';
import { call, i32, type Local, load, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { settleFlags } from './remembered-flags.ts';

const handlerOf = (record: Value<'i32'>): Value<'i32'> => load('i32.load16_u', record, RECORD.handler);

/** To a record or head; `elsewhere` leaves for what is not a region. */
function dispatch(code: CodeWriter, target: Value<'i32'>, elsewhere: () => void): void {
  const entry = code.let(handlerOf(target));
  code.unlikely(ltU(entry, i32(FIRST_REGION_ENTRY)), elsewhere);
  code.returnCallIndirect(HANDLER_PARAMETERS, HANDLER_RESULTS, entry, target);
}

const settle = (code: CodeWriter): void =>
  code.if(load('i32.load', i32(0), CPU_STATE.flagKind), () => code.call(settleFlags));

const leaveForDecoding = (code: CodeWriter): void => {
  settle(code);
  code.return(i32(EXIT.decode));
};

/** To a record that is not a region's. */
const enterSettled = defineFunction('enterSettled', ['i32'], ['i32'], (code, record) => {
  settle(code);
  code.returnCallIndirect(HANDLER_PARAMETERS, HANDLER_RESULTS, handlerOf(record), record);
});

/** To wherever the jump cache has a RIP. */
const enterByRip = defineFunction('enterByRip', ['i64'], ['i32'], (code, rip) => {
  const enter = (target: Value<'i32'>): void => dispatch(code, target, () => code.returnCall(enterSettled, target));
  code.block((tryFirst) => enter(entryFor(code, rip, firstSlot(code, rip), () => code.branch(tryFirst))));
  enter(entryFor(code, rip, secondSlot(code, rip), () => leaveForDecoding(code)));
});

/** Follows a landing whose link is not valid (any more), and has it remember where that led. */
const relinkLanding = defineFunction('relinkLanding', ['i32', 'i64'], ['i32'], (code, landing, rip) => {
  const target = code.let(i32(0));
  code.block((known) => {
    code.block((tryFirst) => {
      code.set(
        target,
        entryFor(code, rip, firstSlot(code, rip), () => code.branch(tryFirst)),
      );
      code.branch(known);
    });
    code.set(
      target,
      entryFor(code, rip, secondSlot(code, rip), () => leaveForDecoding(code)),
    );
  });
  code.if(eq(handlerOf(target), i32(SPECIAL.forward)), () => code.set(target, load('i32.load', target, RECORD.link)));
  code.store('i32.store', landing, target, LANDING.link);
  code.store('i32.store', landing, codeTag(), LANDING.linkTag);
  dispatch(code, target, () => code.returnCall(enterSettled, target));
});

/** Follows a landing that leads to what is not a region; one that leads to where something else has come since is linked anew. */
const followAside = defineFunction('followAside', ['i32', 'i64'], ['i32'], (code, landing, rip) => {
  const target = code.let(load('i32.load', landing, LANDING.link));
  const entry = code.let(handlerOf(target));
  code.if(eq(entry, i32(SPECIAL.forward)), () => code.returnCall(relinkLanding, landing, rip));
  code.if(eq(entry, i32(SPECIAL.forgotten)), () => code.returnCall(relinkLanding, landing, rip));
  code.returnCall(enterSettled, target);
});

/** What regions call to leave: modules made later import them. */
export const REGION_LINKS: readonly FunctionDefinition[] = [enterSettled, enterByRip, relinkLanding, followAside].map(
  (definition) => definition as unknown as FunctionDefinition,
);

/** Leaves a region by a landing, for a RIP that is already in the frame. */
export function leaveByLanding(code: CodeWriter, landing: Value<'i32'>, rip: Value<'i64'>): void {
  code.unlikely(isOtherTag(load('i32.load', landing, LANDING.linkTag)), () =>
    code.returnCall(relinkLanding, landing, rip),
  );
  const target = code.let(load('i32.load', landing, LANDING.link));
  dispatch(code, target, () => code.returnCall(followAside, landing, rip));
}

/** Leaves a region for a RIP that is already in the frame. */
export function leaveByRip(code: CodeWriter, rip: Value<'i64'>): void {
  leaveByHead(
    code,
    entryFor(code, rip, firstSlot(code, rip), () => leaveBySearch(code, rip)),
  );
}

/** The same, by a return that the return cache knows. @param stack RSP, a multiple of 8 */
export function leaveByReturn(code: CodeWriter, rip: Value<'i64'>, stack: Value<'i64'>): void {
  const slot = code.let(slotOfReturn(stack));
  leaveByHead(
    code,
    entryFor(code, rip, slot, () => leaveBySearch(code, rip), RETURN_CACHE_BASE),
  );
}

/** Where the return cache has what a call returns to. @param stack RSP before the call, and again after the return */
function slotOfReturn(stack: Value<'i64'>): Value<'i32'> {
  const place = shl(toI32(stack), i32(Math.log2(JUMP_CACHE_ENTRY_BYTES / 8)));
  return and(place, i32((RETURN_CACHE_ENTRIES - 1) * JUMP_CACHE_ENTRY_BYTES));
}

/** A call will return to `rip`, where a head of it is. */
export function noteReturn(code: CodeWriter, stack: Value<'i64'>, rip: Value<'i64'>, head: number): void {
  const slot = code.let(slotOfReturn(stack));
  code.store('i64.store', slot, rip, RETURN_CACHE_BASE + JUMP_CACHE_RIP);
  code.store('i32.store', slot, codeTag(), RETURN_CACHE_BASE + JUMP_CACHE_TAG);
  code.store('i32.store', slot, i32(head), RETURN_CACHE_BASE + JUMP_CACHE_RECORD);
}

/** The same, for one that is looked for out of the way. */
export const leaveBySearch = (code: CodeWriter, rip: Value<'i64'>): void => code.returnCall(enterByRip, rip);

/** Leaves a region by a head or record. */
export const leaveByHead = (code: CodeWriter, head: Value<'i32'>): void =>
  dispatch(code, head, () => code.returnCall(enterSettled, head));

/** As `leaveByLanding`, but comes back with what that gave. */
export function callByLanding(code: CodeWriter, landing: Value<'i32'>, rip: Value<'i64'>): Local<'i32'> {
  return callByTarget(code, (outcome, done) => {
    code.unlikely(isOtherTag(load('i32.load', landing, LANDING.linkTag)), () => {
      code.set(outcome, call(relinkLanding, landing, rip));
      code.branch(done);
    });
    const aside = (): Value<'i32'> => call(followAside, landing, rip);
    return { target: code.let(load('i32.load', landing, LANDING.link)), aside };
  });
}

/** As `leaveByRip`, but comes back with what that gave. */
export function callByRip(code: CodeWriter, rip: Value<'i64'>): Local<'i32'> {
  return callByTarget(code, (outcome, done) => {
    const search = (): void => {
      code.set(outcome, call(enterByRip, rip));
      code.branch(done);
    };
    const target = entryFor(code, rip, firstSlot(code, rip), search);
    return { target, aside: () => call(enterSettled, target) };
  });
}

interface Called {
  /** A record or head. */
  readonly target: Value<'i32'>;
  /** Calls it where it is not a region. */
  readonly aside: () => Value<'i32'>;
}

function callByTarget(code: CodeWriter, find: (outcome: Local<'i32'>, done: Label) => Called): Local<'i32'> {
  const outcome = code.local('i32');
  code.block((done) => {
    const { target, aside } = find(outcome, done);
    const entry = code.let(handlerOf(target));
    code.unlikely(ltU(entry, i32(FIRST_REGION_ENTRY)), () => {
      code.set(outcome, aside());
      code.branch(done);
    });
    code.set(outcome, code.callIndirect(HANDLER_PARAMETERS, 'i32', entry, target));
  });
  return outcome;
}
