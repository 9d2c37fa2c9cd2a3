// The line discipline: what lies between the wire of a terminal and the programs that read it (termios(3), N_TTY).
//
//   wire ─▶ flow control ─▶ signals ─▶ mapping ─┬ canonical: edited line ─▶ complete lines ─┬▶ read
//            START, STOP    INTR QUIT SUSP      └ raw: bytes, MIN and TIME ─────────────────┘
//                                 └──────── echo ─▶ output processing ─▶ wire
//
// A machine of its own: bytes in, bytes and signals out, no clock and nobody who waits. Compared with Linux's own on the
// same random input and settings in test/terminals/line-discipline.test.ts.

import { SIGNAL } from '../linux/signal-numbers.ts';
import { CASE, isLower, isUpper, OutputProcessing } from './output-processing.ts';
import { CONTROL, DEFAULT_TERMIOS, DISABLED, INPUT, LOCAL, type Termios } from './termios.ts';

/** Bytes that wait to be read, the line being edited among them (N_TTY_BUF_SIZE). */
const CAPACITY = 4096;

/** A queued byte that ends a line; and one that only ends it, without being read itself (VEOF). */
const LINE_END = 0x100;
const END_OF_FILE = 0x200;
const BYTE = 0xff;

const NEWLINE = 10;
const RETURN = 13;
const TAB = 9;
const TAB_WIDTH = 8;
const BELL = 7;
const BACKSPACE = 8;
const SPACE = 0x20;
const CARET = 0x5e;

type EchoStep =
  | { readonly kind: 'byte'; readonly byte: number }
  /** As ^X, whatever becomes of other output. */
  | { readonly kind: 'control'; readonly byte: number }
  | { readonly kind: 'line begins' }
  | { readonly kind: 'erase tab'; readonly characters: number; readonly afterTab: boolean };

/** What becomes of what goes in. */
export interface LineEvents {
  /** To the wire: echo, in order with everything else that is written. */
  echo(bytes: Uint8Array): void;
  /** To the foreground process group. */
  signal(signal: number): void;
  /** A signal was typed: output that has not gone out is not wanted any more. */
  discardOutput(): void;
  /** STOP was typed, or START. */
  flow(stopped: boolean): void;
}

export class LineDiscipline {
  readonly #events: LineEvents;
  readonly #output = new OutputProcessing();
  /** Complete lines, and behind them the one being edited; in raw mode just bytes. */
  #queue: number[] = [];
  /** How much of the queue may be read in canonical mode. */
  #complete = 0;
  /** The next character is taken as it is (VLNEXT). */
  #literal = false;
  /** Column in which the echo of the line being edited began. */
  #lineColumn = 0;
  #stopped = false;
  /**
   * Echo that has not gone out: it goes when all that came in has been taken, and not while output is stopped. What a
   * tab's erasure moves back depends on where the cursor is by then, so these are steps, not bytes.
   */
  #echoed: EchoStep[] = [];
  #termios: Termios = DEFAULT_TERMIOS;

  constructor(events: LineEvents) {
    this.#events = events;
  }

  get termios(): Termios {
    return this.#termios;
  }

  set termios(termios: Termios) {
    const changed = (this.#termios.local ^ termios.local) & LOCAL.ICANON;
    const wasCanonical = this.#has(LOCAL.ICANON);
    this.#termios = termios;
    if ((termios.input & INPUT.IXON) === 0) this.#flow(false);
    if (changed === 0) return;
    // Lines lose their ends in raw mode; what was typed raw is one line in canonical mode (n_tty_set_termios).
    this.#queue = this.#queue.map((entry) => entry & BYTE);
    this.#complete = 0;
    if (!wasCanonical && this.#queue.length > 0) {
      const last = this.#queue.length - 1;
      this.#queue[last] = this.#queue[last]! | LINE_END;
      this.#complete = this.#queue.length;
    }
  }

  /** Output is held back (STOP). */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** TCXONC does what START and STOP do. */
  set stopped(stopped: boolean) {
    this.#flow(stopped);
  }

  /** Bytes the wire may still bring before some are lost. */
  get room(): number {
    return CAPACITY - 1 - this.#queue.length;
  }

  // ── reading ────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Bytes that FIONREAD counts. */
  get available(): number {
    if (!this.#has(LOCAL.ICANON)) return this.#queue.length;
    let count = 0;
    for (let index = 0; index < this.#complete; index++) if ((this.#queue[index]! & END_OF_FILE) === 0) count++;
    return count;
  }

  /** Whether poll finds it readable. TIME counts for reads alone: with it, one byte will do (n_tty_poll). */
  get readable(): boolean {
    if (this.#has(LOCAL.ICANON)) return this.#complete > 0;
    const least = this.#character(CONTROL.VTIME) === 0 ? Math.max(1, this.#character(CONTROL.VMIN)) : 1;
    return this.#queue.length >= least;
  }

  /** What a read of so many bytes gets now; empty at an end of file. Undefined: nothing yet. */
  read(length: number): Uint8Array | undefined {
    if (!this.#has(LOCAL.ICANON)) {
      if (this.#queue.length === 0) return undefined;
      return Uint8Array.from(this.#queue.splice(0, length));
    }
    if (this.#complete === 0) return undefined;
    let end = 0;
    let ended = false;
    while (end < this.#complete && end < length && !ended) ended = this.#queue[end++]! > BYTE;
    // An end of file right behind the bytes asked for is read with them: the next read waits for more.
    if (!ended && end < this.#complete && (this.#queue[end]! & END_OF_FILE) !== 0) end++;
    this.#complete -= end;
    return Uint8Array.from(this.#queue.splice(0, end).filter((entry) => (entry & END_OF_FILE) === 0));
  }

  /** TCIFLUSH. */
  discardInput(): void {
    this.#queue = [];
    this.#complete = 0;
    this.#literal = false;
  }

  // ── writing ────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** What a program's output is on the wire. */
  output(bytes: Uint8Array): Uint8Array {
    return this.#output.process(bytes, this.#termios, this.#utf8);
  }

  // ── the wire ───────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Bytes have come in. */
  receive(bytes: Uint8Array): void {
    for (const byte of bytes) this.#take(byte);
    this.#flushEcho();
  }

  #flushEcho(): void {
    if (this.#stopped || this.#echoed.length === 0) return;
    const sent: number[] = [];
    for (const step of this.#echoed) this.#carryOut(step, sent);
    this.#echoed = [];
    this.#events.echo(Uint8Array.from(sent));
  }

  #carryOut(step: EchoStep, sent: number[]): void {
    switch (step.kind) {
      case 'byte':
        sent.push(...this.output(Uint8Array.of(step.byte)));
        return;
      case 'control':
        sent.push(CARET, step.byte ^ 0x40);
        this.#output.column += 2;
        return;
      case 'line begins':
        this.#lineColumn = this.#output.column;
        return;
      case 'erase tab': {
        const start = step.afterTab ? 0 : this.#lineColumn;
        const back = TAB_WIDTH - ((start + step.characters) % TAB_WIDTH);
        for (let index = 0; index < back; index++) sent.push(BACKSPACE);
        this.#output.column = Math.max(0, this.#output.column - back);
      }
    }
  }

  #take(received: number): void {
    let byte = (this.#termios.input & INPUT.ISTRIP) !== 0 ? received & 0x7f : received;
    if ((this.#termios.input & INPUT.IUCLC) !== 0 && this.#has(LOCAL.IEXTEN) && isUpper(byte)) byte += CASE;
    if (this.#literal) {
      this.#literal = false;
      this.#append(byte);
      return;
    }
    if (this.#flowControl(byte)) return;
    if (this.#has(LOCAL.ISIG) && this.#raises(byte)) return;
    if (this.#stopped && (this.#termios.input & INPUT.IXON) !== 0 && (this.#termios.input & INPUT.IXANY) !== 0)
      this.#flow(false);
    const fromReturn = byte === RETURN;
    if (fromReturn) {
      if ((this.#termios.input & INPUT.IGNCR) !== 0) return;
      if ((this.#termios.input & INPUT.ICRNL) !== 0) byte = NEWLINE;
    } else if (byte === NEWLINE && (this.#termios.input & INPUT.INLCR) !== 0) byte = RETURN;
    if (!this.#has(LOCAL.ICANON) || !this.#edits(byte)) this.#append(byte, fromReturn);
  }

  #flowControl(byte: number): boolean {
    if ((this.#termios.input & INPUT.IXON) === 0) return false;
    if (this.#is(byte, CONTROL.VSTART)) {
      this.#flow(false);
      this.#flushEcho();
    } else if (this.#is(byte, CONTROL.VSTOP)) this.#flow(true);
    else return false;
    return true;
  }

  #flow(stopped: boolean): void {
    if (this.#stopped === stopped) return;
    this.#stopped = stopped;
    this.#flushEcho();
    this.#events.flow(stopped);
  }

  #raises(byte: number): boolean {
    const signal = this.#is(byte, CONTROL.VINTR)
      ? SIGNAL.INT
      : this.#is(byte, CONTROL.VQUIT)
        ? SIGNAL.QUIT
        : this.#is(byte, CONTROL.VSUSP)
          ? SIGNAL.TSTP
          : 0;
    if (signal === 0) return false;
    if (!this.#has(LOCAL.NOFLSH)) {
      this.discardInput();
      this.#echoed = [];
      this.#events.discardOutput();
    }
    if ((this.#termios.input & INPUT.IXON) !== 0) this.#flow(false);
    if (this.#has(LOCAL.ECHO)) this.#echoCharacter(byte);
    this.#events.signal(signal);
    return true;
  }

  /** Characters that edit the line or end it. */
  #edits(byte: number): boolean {
    if (this.#is(byte, CONTROL.VERASE)) this.#erase('character', byte);
    else if (this.#is(byte, CONTROL.VKILL)) this.#erase('line', byte);
    else if (this.#has(LOCAL.IEXTEN) && this.#is(byte, CONTROL.VWERASE)) this.#erase('word', byte);
    else if (this.#has(LOCAL.IEXTEN) && this.#is(byte, CONTROL.VLNEXT)) {
      this.#literal = true;
      if (this.#has(LOCAL.ECHO)) {
        if (this.#has(LOCAL.ECHOCTL)) this.#echo([CARET, BACKSPACE]);
      }
    } else if (this.#has(LOCAL.ECHO) && this.#has(LOCAL.IEXTEN) && this.#is(byte, CONTROL.VREPRINT))
      this.#reprint(byte);
    else if (byte === NEWLINE) {
      if (this.#full()) return true;
      if (this.#has(LOCAL.ECHO) || this.#has(LOCAL.ECHONL)) this.#echo([NEWLINE]);
      this.#endLine(NEWLINE | LINE_END);
    } else if (this.#is(byte, CONTROL.VEOF)) {
      if (this.#full()) return true;
      this.#endLine(END_OF_FILE);
    } else if (this.#is(byte, CONTROL.VEOL) || (this.#has(LOCAL.IEXTEN) && this.#is(byte, CONTROL.VEOL2))) {
      if (this.#full()) return true;
      if (this.#has(LOCAL.ECHO)) {
        this.#beginEcho();
        this.#echoCharacter(byte);
      }
      this.#endLine(byte | LINE_END);
    } else return false;
    return true;
  }

  #endLine(entry: number): void {
    this.#queue.push(entry);
    this.#complete = this.#queue.length;
  }

  #full(): boolean {
    if (this.#queue.length < CAPACITY) return false;
    this.#ring();
    return true;
  }

  #ring(): void {
    if ((this.#termios.input & INPUT.IMAXBEL) !== 0) this.#echo([BELL]);
  }

  /** `fromReturn`: what RETURN was mapped to is echoed as a new line even where new lines show as ^J. */
  #append(byte: number, fromReturn = false): void {
    // One place is kept for the end of the line.
    if (this.#queue.length >= CAPACITY - 1) {
      this.#ring();
      return;
    }
    if (this.#has(LOCAL.ECHO)) {
      this.#beginEcho();
      if (fromReturn && byte === NEWLINE) this.#echo([NEWLINE]);
      else this.#echoCharacter(byte);
    }
    this.#queue.push(byte);
  }

  /** Where the line began on the screen: tabs are erased by it. */
  #beginEcho(): void {
    if (this.#complete === this.#queue.length) this.#echoed.push({ kind: 'line begins' });
  }

  // ── editing ────────────────────────────────────────────────────────────────────────────────────────────────────────

  #erase(what: 'character' | 'word' | 'line', byte: number): void {
    if (this.#queue.length === this.#complete) return;
    if (what === 'line') {
      if (!this.#has(LOCAL.ECHO)) {
        this.#queue.length = this.#complete;
        return;
      }
      if (!this.#has(LOCAL.ECHOK) || !this.#has(LOCAL.ECHOKE) || !this.#has(LOCAL.ECHOE)) {
        this.#queue.length = this.#complete;
        this.#echoCharacter(byte);
        if (this.#has(LOCAL.ECHOK)) this.#echo([NEWLINE]);
        return;
      }
    }
    let seenWord = false;
    while (this.#queue.length > this.#complete) {
      const taken = this.#takeLastCharacter();
      if (taken === undefined) break;
      if (what === 'word') {
        if (isWordCharacter(taken[0]!)) seenWord = true;
        else if (seenWord) {
          this.#queue.push(...taken);
          break;
        }
      }
      if (this.#has(LOCAL.ECHO)) this.#echoErasure(taken, what);
      if (what === 'character') break;
    }
  }

  /** The last character of the line, all its bytes; undefined when only continuation bytes are left. */
  #takeLastCharacter(): number[] | undefined {
    let start = this.#queue.length - 1;
    if (this.#utf8) {
      while (start > this.#complete && (this.#queue[start]! & 0xc0) === 0x80) start--;
      if ((this.#queue[start]! & 0xc0) === 0x80) return undefined;
    }
    return this.#queue.splice(start);
  }

  #echoErasure(taken: readonly number[], what: 'character' | 'word' | 'line'): void {
    const first = taken[0]!;
    if (what === 'character' && !this.#has(LOCAL.ECHOE)) {
      this.#echoCharacter(this.#termios.characters[CONTROL.VERASE]!);
      return;
    }
    if (first === TAB) {
      this.#echoed.push({ kind: 'erase tab', ...this.#sinceTab() });
      return;
    }
    const isControl = isControlCharacter(first);
    if (isControl && !this.#has(LOCAL.ECHOCTL)) return;
    const width = isControl ? 2 : 1;
    for (let index = 0; index < width; index++) this.#echo([BACKSPACE, SPACE, BACKSPACE]);
  }

  /** How many columns lie between the end of the line and the tab before it, or the line's beginning. */
  #sinceTab(): { readonly characters: number; readonly afterTab: boolean } {
    let characters = 0;
    for (let index = this.#queue.length - 1; index >= this.#complete; index--) {
      const byte = this.#queue[index]!;
      if (byte === TAB) return { characters, afterTab: true };
      if (isControlCharacter(byte)) {
        if (this.#has(LOCAL.ECHOCTL)) characters += 2;
      } else if (!this.#utf8 || (byte & 0xc0) !== 0x80) characters++;
    }
    return { characters, afterTab: false };
  }

  #reprint(byte: number): void {
    this.#echoCharacter(byte);
    this.#echo([NEWLINE]);
    for (let index = this.#complete; index < this.#queue.length; index++) this.#echoCharacter(this.#queue[index]!);
  }

  // ── echo ───────────────────────────────────────────────────────────────────────────────────────────────────────────

  #echoCharacter(byte: number): void {
    if (this.#has(LOCAL.ECHOCTL) && isControlCharacter(byte) && byte !== TAB)
      this.#echoed.push({ kind: 'control', byte });
    else this.#echo([byte]);
  }

  #echo(bytes: readonly number[]): void {
    for (const byte of bytes) this.#echoed.push({ kind: 'byte', byte });
  }

  // ── settings ───────────────────────────────────────────────────────────────────────────────────────────────────────

  get #utf8(): boolean {
    return (this.#termios.input & INPUT.IUTF8) !== 0;
  }

  #has(local: number): boolean {
    return (this.#termios.local & local) !== 0;
  }

  #character(place: number): number {
    return this.#termios.characters[place]!;
  }

  #is(byte: number, place: number): boolean {
    return byte !== DISABLED && byte === this.#character(place);
  }
}

function isControlCharacter(byte: number): boolean {
  return byte < 0x20 || byte === 0x7f;
}

function isWordCharacter(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || isUpper(byte) || isLower(byte) || byte === 0x5f;
}
