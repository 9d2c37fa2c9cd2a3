// A terminal in memory, and somebody who types when the screen shows what they wait for.
import type { ConsoleBackend } from '@capos/kernel';

export interface TypedTerminal extends ConsoleBackend {
  /** All that was written so far. */
  readonly screen: string;
  readonly raw: boolean;
  /** Waits until what was written since the last match contains `text`. */
  shows(text: string | RegExp): Promise<void>;
  type(text: string): void;
  resize(columns: number, rows: number): void;
  /** Nothing will be shown any more: who still waits is told so. */
  end(): void;
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

export function typedTerminal(): TypedTerminal {
  let screen = '';
  let matched = 0;
  let raw = false;
  let size = { columns: 80, rows: 24 };
  let input: (bytes: Uint8Array | null) => void = () => {};
  let resized = (): void => {};
  let interrupted = (): void => {};
  let ended = false;
  let look = (): void => {};
  return {
    get screen() {
      return screen;
    },
    get raw() {
      return raw;
    },
    write(bytes) {
      screen += decoder.decode(bytes, { stream: true });
      look();
      return bytes.length;
    },
    onInput: (callback) => {
      input = callback;
    },
    onInterrupt: (callback) => {
      interrupted = callback;
    },
    onResize: (callback) => {
      resized = callback;
    },
    size: () => ({ ...size, isTerminal: true }),
    setRaw: (value) => {
      raw = value;
    },
    shows: (text) =>
      new Promise((resolve, reject) => {
        look = () => {
          const rest = screen.slice(matched);
          const found = typeof text === 'string' ? rest.indexOf(text) : rest.search(text);
          if (found >= 0) {
            const length = typeof text === 'string' ? text.length : (text.exec(rest)![0] ?? '').length;
            matched += found + length;
            look = () => {};
            resolve();
          } else if (ended) reject(new Error(`the screen never showed ${String(text)}; it shows:\n${screen}`));
        };
        look();
      }),
    type(text) {
      // In line mode Ctrl-C is no input: the terminal makes an interrupt of it.
      if (!raw && text === '\x03') interrupted();
      else input(encoder.encode(text));
    },
    resize(columns, rows) {
      size = { columns, rows };
      resized();
    },
    end() {
      ended = true;
      look();
    },
  };
}
