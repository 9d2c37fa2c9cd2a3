// Bytes of a terminal in raw mode → text and named keys; sequences may arrive in pieces.
import { fromUtf8 } from '@capos/abi';

export type KeyName =
  | 'enter'
  | 'interrupt'
  | 'endOfInput'
  | 'tab'
  | 'backspace'
  | 'delete'
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'home'
  | 'end'
  | 'killToStart'
  | 'killToEnd'
  | 'killWord'
  | 'clearScreen';

export type Key = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'key'; readonly name: KeyName };

const CONTROL: Readonly<Record<number, KeyName>> = {
  1: 'home',
  2: 'left',
  3: 'interrupt',
  4: 'endOfInput',
  5: 'end',
  6: 'right',
  8: 'backspace',
  9: 'tab',
  10: 'enter',
  11: 'killToEnd',
  12: 'clearScreen',
  13: 'enter',
  14: 'down',
  16: 'up',
  21: 'killToStart',
  23: 'killWord',
  127: 'backspace',
};

// xterm control sequences, "PC-Style Function Keys".
const SEQUENCES: Readonly<Record<string, KeyName>> = {
  '[A': 'up',
  '[B': 'down',
  '[C': 'right',
  '[D': 'left',
  '[H': 'home',
  '[F': 'end',
  OA: 'up',
  OB: 'down',
  OC: 'right',
  OD: 'left',
  OH: 'home',
  OF: 'end',
  '[1~': 'home',
  '[3~': 'delete',
  '[4~': 'end',
  '[7~': 'home',
  '[8~': 'end',
};

const ESCAPE = 0x1b;
const LONGEST_SEQUENCE = 16;

export class KeyDecoder {
  #rest: number[] = [];

  /** Takes what was typed; gives the keys that are complete. */
  feed(bytes: Uint8Array): Key[] {
    const keys: Key[] = [];
    const input = [...this.#rest, ...bytes];
    let at = 0;
    while (at < input.length) {
      const taken = this.#take(input, at, keys);
      if (taken === 0) break;
      at += taken;
    }
    this.#rest = input.slice(at);
    return keys;
  }

  #take(input: readonly number[], at: number, keys: Key[]): number {
    const byte = input[at]!;
    if (byte === ESCAPE) return this.#takeSequence(input, at, keys);
    if (byte < 0x20 || byte === 0x7f) {
      const name = CONTROL[byte];
      if (name !== undefined) keys.push({ kind: 'key', name });
      // A pasted or piped CR LF is one Enter.
      return byte === 13 && input[at + 1] === 10 ? 2 : 1;
    }
    let end = at;
    while (end < input.length && input[end]! >= 0x20 && input[end]! !== 0x7f) end++;
    const whole = end === input.length ? wholeCharacters(input, at, end) : end;
    if (whole > at) keys.push({ kind: 'text', text: fromUtf8(Uint8Array.from(input.slice(at, whole))) });
    return whole - at;
  }

  #takeSequence(input: readonly number[], at: number, keys: Key[]): number {
    const introducer = input[at + 1];
    if (introducer === undefined) return 0;
    if (introducer !== 0x5b && introducer !== 0x4f) return 1;
    let end = at + 2;
    while (end < input.length && end - at < LONGEST_SEQUENCE && (input[end]! < 0x40 || input[end]! > 0x7e)) end++;
    if (end === input.length && end - at < LONGEST_SEQUENCE) return 0;
    const name = SEQUENCES[String.fromCharCode(...input.slice(at + 1, end + 1))];
    if (name !== undefined) keys.push({ kind: 'key', name });
    return end + 1 - at;
  }
}

/** Where the last complete UTF-8 character before `end` ends (RFC 3629 §3). */
function wholeCharacters(input: readonly number[], start: number, end: number): number {
  let lead = end - 1;
  while (lead > start && end - lead < 4 && (input[lead]! & 0xc0) === 0x80) lead--;
  const byte = input[lead]!;
  const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
  return lead + length > end ? lead : end;
}
