// CapId: how a process names a capability it holds.
//
//   31          20 19                     0
//   ┌─────────────┬────────────────────────┐
//   │ generation  │ slot in the cap table  │
//   └─────────────┴────────────────────────┘
//
// A slot's generation is never 0 while it is live and moves on whenever the slot is emptied, so an id that outlived its
// capability is detected and id 0 is null. A slot whose generation has run out is retired rather than wrapped.

/** A process-local name of a held capability: generation in the upper 12 bits, slot in the lower 20. 0 is null. */
export type CapId = number;

/** The id of no capability. */
export const NULL_CAP_ID: CapId = 0;
/** Bits of a CapId that name the slot. */
export const CAP_SLOT_BITS = 20;
/** Bits of a CapId that hold the slot's generation. */
export const CAP_GENERATION_BITS = 12;
/** The largest number of slots a cap table can have. */
export const MAX_CAP_SLOTS: number = 1 << CAP_SLOT_BITS;
/** The last generation of a slot: after it the slot is retired. */
export const MAX_CAP_GENERATION: number = (1 << CAP_GENERATION_BITS) - 1;

const SLOT_MASK = MAX_CAP_SLOTS - 1;

/** The slot a CapId names, 0 to 2^20 − 1. */
export function capSlot(capId: CapId): number {
  return capId & SLOT_MASK;
}

/** The generation a CapId was issued under, 0 (only in a null or forged id) to 4095. */
export function capGeneration(capId: CapId): number {
  return capId >>> CAP_SLOT_BITS;
}

/** Joins a slot and a generation; bits beyond either field are dropped. */
export function makeCapId(slot: number, generation: number): CapId {
  return ((generation << CAP_SLOT_BITS) | (slot & SLOT_MASK)) >>> 0;
}

/** `slot.generation` in decimal, as traces and tools print a CapId. */
export function formatCapId(capId: CapId): string {
  return `${capSlot(capId)}.${capGeneration(capId)}`;
}
