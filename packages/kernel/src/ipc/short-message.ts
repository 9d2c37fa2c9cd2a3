// Short messages: what both fast paths carry. Whole words, few of them, in one piece on both sides.

import type { UserMemory } from '../memory/user-memory.ts';

/** The longest message that goes a fast path, in bytes. */
export const FAST_MESSAGE_BYTES = 64;

/** Copied as whole words, and few of them. */
export function isShort(length: number): boolean {
  return length <= FAST_MESSAGE_BYTES && (length & 3) === 0;
}

/** Offset of a buffer, whose address comes in two words, that is accessible, in one piece and word-aligned; negative else. */
export function locateWords(memory: UserMemory, low: number, high: number, length: number, access: 0 | 1): number {
  if (length === 0) return 0;
  const offset = memory.locateAt(low, high, length, access);
  return (offset & 3) === 0 ? offset : -1;
}

/** Between buffers that were found so, one by each side. */
export function copyWords(from: UserMemory, source: number, to: UserMemory, target: number, length: number): void {
  if (length === 0) return;
  const read = from.words;
  const write = to.words;
  const delta = (target - source) >> 2;
  for (let word = source >> 2, end = (source + length) >> 2; word < end; word++) write[word + delta] = read[word]!;
  to.written(target, length);
}
