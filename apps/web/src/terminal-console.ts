// A terminal such as xterm.js as a kernel's console. A page has no tty behind it, so the line discipline is here:
//
//   raw mode    bytes as typed, no echo
//   line mode   echo, erase with Backspace and Ctrl-U, Enter hands the line over, Ctrl-C interrupts, Ctrl-D ends input
import type { ConsoleBackend } from '@capos/kernel';

const INTERRUPT = '\x03';
const END_OF_INPUT = '\x04';
const KILL = '\x15';
const ERASE = new Set(['\x7f', '\b']);

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The part of a terminal that is used. */
export interface ConsoleTerminal {
  readonly cols: number;
  readonly rows: number;
  write(text: string): void;
  onData(callback: (data: string) => void): void;
  onResize(callback: () => void): void;
}

export function terminalConsole(terminal: ConsoleTerminal): ConsoleBackend {
  let raw = false;
  let line = '';
  let received: (bytes: Uint8Array | null) => void = () => {};
  let interrupted = (): void => {};

  const erase = (count: number): void => terminal.write('\b \b'.repeat(count));

  const typeInLineMode = (character: string): void => {
    if (character === INTERRUPT) {
      terminal.write('^C\r\n');
      line = '';
      interrupted();
    } else if (character === END_OF_INPUT) {
      received(line === '' ? null : encoder.encode(line));
      line = '';
    } else if (character === '\r' || character === '\n') {
      terminal.write('\r\n');
      received(encoder.encode(`${line}\n`));
      line = '';
    } else if (character === KILL) {
      erase([...line].length);
      line = '';
    } else if (ERASE.has(character)) {
      if (line !== '') erase(1);
      line = [...line].slice(0, -1).join('');
    } else if (character >= ' ') {
      line += character;
      terminal.write(character);
    }
  };

  terminal.onData((data) => {
    if (raw) received(encoder.encode(data));
    else for (const character of data) typeInLineMode(character);
  });

  return {
    write(bytes) {
      // A bare line feed starts a new line: what a tty's ONLCR does (POSIX.1-2024 §11.2.3).
      terminal.write(decoder.decode(bytes, { stream: true }).replace(/\r?\n/g, '\r\n'));
      return bytes.length;
    },
    onInput(callback) {
      received = callback;
    },
    onInterrupt(callback) {
      interrupted = callback;
    },
    onResize(callback) {
      terminal.onResize(callback);
    },
    setRaw(value) {
      raw = value;
    },
    size: () => ({ columns: terminal.cols, rows: terminal.rows, isTerminal: true }),
  };
}
