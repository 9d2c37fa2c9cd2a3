// What a terminal does to bytes on their way out (termios(3), c_oflag), and the column the cursor is in afterwards.

import { OUTPUT, type Termios } from './termios.ts';

const TAB = 9;
const BACKSPACE = 8;
const NEWLINE = 10;
const RETURN = 13;
const TAB_WIDTH = 8;

/** Between a letter and its other case. */
export const CASE = 0x20;

/** Letters as the kernel tells them: ASCII's and Latin-1's, whatever the character set. */
export function isUpper(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0xc0 && byte <= 0xde && byte !== 0xd7);
}

export function isLower(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0xdf && byte !== 0xf7);
}

export class OutputProcessing {
  /** The cursor's column, as far as a terminal's driver can know: each character is one wide. */
  column = 0;

  /** The bytes that go to the wire. */
  process(bytes: Uint8Array, { output }: Termios, utf8: boolean): Uint8Array {
    if ((output & OUTPUT.OPOST) === 0) return bytes;
    const sent: number[] = [];
    for (const byte of bytes) this.#put(byte, output, utf8, sent);
    return Uint8Array.from(sent);
  }

  #put(byte: number, output: number, utf8: boolean, sent: number[]): void {
    switch (byte) {
      case NEWLINE:
        if ((output & OUTPUT.ONLRET) !== 0) this.column = 0;
        if ((output & OUTPUT.ONLCR) !== 0) {
          this.column = 0;
          sent.push(RETURN, NEWLINE);
        } else sent.push(NEWLINE);
        return;
      case RETURN:
        if ((output & OUTPUT.ONOCR) !== 0 && this.column === 0) return;
        if ((output & OUTPUT.OCRNL) !== 0) {
          if ((output & OUTPUT.ONLRET) !== 0) this.column = 0;
          sent.push(NEWLINE);
          return;
        }
        this.column = 0;
        sent.push(RETURN);
        return;
      case TAB: {
        const width = TAB_WIDTH - (this.column % TAB_WIDTH);
        this.column += width;
        if ((output & OUTPUT.TABDLY) === OUTPUT.TAB3) for (let index = 0; index < width; index++) sent.push(0x20);
        else sent.push(TAB);
        return;
      }
      case BACKSPACE:
        if (this.column > 0) this.column--;
        sent.push(BACKSPACE);
        return;
      default: {
        const upper = (output & OUTPUT.OLCUC) !== 0 && isLower(byte) ? byte - CASE : byte;
        const continues = utf8 && (byte & 0xc0) === 0x80;
        if (byte >= 0x20 && byte !== 0x7f && !continues) this.column++;
        sent.push(upper);
      }
    }
  }
}
