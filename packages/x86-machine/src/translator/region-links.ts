// How one region leads to the next, and which lines of memory that touches.
//
//   known place     landing ──link──▶ head             landings of a region lie side by side, and so do its heads
//   return          return cache, by RSP ──▶ head      filled by calls that leave a region and will return to it
//   any other RIP   jump cache ──▶ record or head
//
// What is not a region is entered aside, with settled flags (remembered-flags.ts).

import {
  codeTag,
  entryFor,
  firstSlot,
  HANDLER_PARAMETERS,
  HANDLER_RESULTS,
  JUMP_CACHE_RECORD,
  JUMP_CACHE_RIP,
  JUMP_CACHE_TAG,
  jumpCacheSlot,
  secondSlot,
} from '../interpreter/control-flow.ts';
import { EXIT } from '../interpreter/exit.ts';
import { SPECIAL } from '../interpreter/handler-table.ts';
import { LANDING, RECORD } from '../interpreter/record.ts';
import { FIRST_REGION_ENTRY } from '../interpreter/table-layout.ts';
import {
  CPU_STATE,
  JUMP_CACHE_BASE,
  JUMP_CACHE_ENTRY_BYTES,
  RETURN_CACHE_BASE,
  RETURN_CACHE_ENTRIES,
} from '../state/cpu-state.ts';
import { add, and, eq, ltU, ne, shl, toI32 } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { i32, load, type Value } from '../wasm/expression.ts';
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
  code.unlikely(ne(load('i32.load', landing, LANDING.linkTag), codeTag()), () =>
    code.returnCall(relinkLanding, landing, rip),
  );
  const target = code.let(load('i32.load', landing, LANDING.link));
  dispatch(code, target, () => code.returnCall(followAside, landing, rip));
}

/** Leaves a region for a RIP that is already in the frame. @param slot where it should be found: `slotOfJump` or `slotOfReturn` */
export function leaveByRip(code: CodeWriter, rip: Value<'i64'>, slot: Value<'i32'>): void {
  const target = entryFor(code, rip, slot, () => code.returnCall(enterByRip, rip), 0);
  dispatch(code, target, () => code.returnCall(enterSettled, target));
}

/** Where the jump cache has a RIP, if it is not in the second place. */
export const slotOfJump = (rip: Value<'i64'>): Value<'i32'> => add(jumpCacheSlot(rip), i32(JUMP_CACHE_BASE));

/** Where the return cache has what a call returns to. @param stack RSP before the call, and again after the return */
export function slotOfReturn(stack: Value<'i64'>): Value<'i32'> {
  // RSP is a multiple of 8.
  const place = shl(toI32(stack), i32(Math.log2(JUMP_CACHE_ENTRY_BYTES / 8)));
  return add(and(place, i32((RETURN_CACHE_ENTRIES - 1) * JUMP_CACHE_ENTRY_BYTES)), i32(RETURN_CACHE_BASE));
}

/** A call that leaves the region will return to `rip`, where a head of it is. */
export function noteReturn(code: CodeWriter, stack: Value<'i64'>, rip: Value<'i64'>, head: number): void {
  const slot = code.let(slotOfReturn(stack));
  code.store('i64.store', slot, rip, JUMP_CACHE_RIP);
  code.store('i32.store', slot, codeTag(), JUMP_CACHE_TAG);
  code.store('i32.store', slot, i32(head), JUMP_CACHE_RECORD);
}
