// A terminal over a Console capability.
//
//   at first     the console edits lines itself and turns Ctrl-C into an interrupt: a program that never reads leaves what
//                is typed to whoever reads next
//   taken over   from the first read, poll or change of attributes: the console gives bytes as typed, and the line
//                discipline here edits, echoes and raises signals; given back when the last process ends
//
// A Console takes text in which \n is a new line. With ONLCR off a bare \n only moves down: ESC D (IND, ECMA-48) says so.

import { Console } from '@capos/abi';
import { CONSOLE_RDEV } from '../files/devices.ts';
import { ERRNO } from '../linux/errno.ts';
import { type Blocking, settle } from '../waiting.ts';
import { type ConsoleLink, READ_SIZE } from './console-link.ts';
import { TerminalDevice, type TerminalDomain, type WindowSize } from './terminal-device.ts';
import { CONTROL, LOCAL, type Termios } from './termios.ts';

const NEWLINE = 10;
const RETURN = 13;
const ESCAPE = 27;
const INDEX = 0x44;

/** Processed output as text for a Console. */
function consoleText(bytes: Uint8Array, afterReturn: boolean): Uint8Array {
  if (!bytes.includes(NEWLINE)) return bytes;
  const text: number[] = [];
  let returned = afterReturn;
  for (const byte of bytes) {
    if (byte === NEWLINE && !returned) text.push(ESCAPE, INDEX);
    else text.push(byte);
    returned = byte === RETURN;
  }
  return Uint8Array.from(text);
}

export class ConsoleTerminal extends TerminalDevice {
  readonly link: ConsoleLink;
  override readonly full = false;
  override readonly rdev: bigint = CONSOLE_RDEV;
  #takenOver = false;
  #afterReturn = false;

  constructor(domain: TerminalDomain, link: ConsoleLink) {
    super(domain);
    this.link = link;
    link.watch(Console.methods.waitResize, () => this.#measure());
    link.atEnd(() => this.#giveBack());
    domain.terminals.add(this);
  }

  override get name(): string {
    return this.link.name;
  }

  #measure(): void {
    this.link.whenSized((size) => this.resize(size));
  }

  override *currentWindow(): Blocking<WindowSize> {
    const size = yield* this.link.size();
    return typeof size === 'number' ? this.window : size;
  }

  #takeOver(): void {
    if (this.#takenOver) return;
    this.#takenOver = true;
    this.#setRaw(true);
  }

  #giveBack(): void {
    this.domain.terminals.delete(this);
    if (this.#takenOver) this.#setRaw(false);
  }

  #setRaw(raw: boolean): void {
    this.link.request(Console.methods.setMode, { raw });
  }

  override wantInput(): void {
    this.#takeOver();
    if (this.link.reading || this.ended || this.line.room < READ_SIZE / 2) return;
    this.link.read(Math.min(READ_SIZE, this.line.room), (answer) => this.#arrived(answer));
  }

  #arrived(answer: Uint8Array | number): void {
    if (typeof answer === 'number' || answer.length === 0) {
      this.#end();
      return;
    }
    this.receive(answer);
    this.wantInput();
  }

  /** The console has no more input: in canonical mode as if the user had typed the end of file. */
  #end(): void {
    const { local, characters } = this.line.termios;
    const endOfFile = characters[CONTROL.VEOF]!;
    if ((local & LOCAL.ICANON) !== 0 && endOfFile !== 0) this.receive(Uint8Array.of(endOfFile));
    this.ended = true;
    this.changed.notify();
  }

  override setTermios(termios: Termios): void {
    this.wantInput();
    super.setTermios(termios);
  }

  protected override *transmit(bytes: Uint8Array): Blocking<number> {
    // The console expands new lines itself until it is taken over, and treats what is expanded the same.
    const text = consoleText(bytes, this.#afterReturn);
    this.#afterReturn = bytes.at(-1) === RETURN;
    const written = yield* settle(this.link.write(text));
    // Nobody is there any more: as from a terminal that was hung up.
    if (written === 0 && text.length > 0) return -ERRNO.EIO;
    return written === text.length ? bytes.length : Math.min(written, bytes.length);
  }

  protected override echo(bytes: Uint8Array): void {
    this.link.send(consoleText(bytes, this.#afterReturn));
    this.#afterReturn = bytes.at(-1) === RETURN;
  }
}
