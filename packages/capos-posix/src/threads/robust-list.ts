// Robust futexes (get_robust_list(2)): mutexes that an ending thread owned are marked, and one waiter of each is woken.
//
//   head: 0 first entry · 8 offset of the futex word from an entry · 16 entry being locked or unlocked
//   word: owner's thread number, bit 30 it has died, bit 31 somebody waits

import type { GuestMemory } from '../guest-memory.ts';

/** Entries of a list before it is taken for a cycle (ROBUST_LIST_LIMIT). */
const MOST_ENTRIES = 2048;
const OWNER = 0x3fff_ffff;
const OWNER_DIED = 0x4000_0000;
const WAITERS = 0x8000_0000;

/**
 * @param wake wakes one of those who sleep on a word
 * @param head address of the list's head; 0: the thread has none
 */
export function releaseRobustList(memory: GuestMemory, wake: (word: number) => void, tid: number, head: number): void {
  if (head === 0) return;
  const offset = memory.uint64(head + 8);
  if (offset === undefined) return;
  const release = (entry: number): void => {
    const word = entry + Number(BigInt.asIntN(64, offset));
    const value = memory.uint32(word);
    if (value === undefined || (value & OWNER) !== tid) return;
    memory.putUint32(word, ((value & WAITERS) | OWNER_DIED) >>> 0);
    if ((value & WAITERS) !== 0) wake(word);
  };
  let entry = memory.word(head);
  for (let count = 0; entry !== undefined && entry !== head && count < MOST_ENTRIES; count++) {
    const address = withoutFlag(entry);
    const next = memory.word(address);
    release(address);
    entry = next;
  }
  const beingLocked = memory.word(head + 16);
  if (beingLocked !== undefined && beingLocked !== 0) release(withoutFlag(beingLocked));
}

/** The lowest bit says that the mutex inherits priority. */
const withoutFlag = (entry: number): number => entry - (entry % 2);
