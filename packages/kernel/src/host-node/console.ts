// A console over Node's standard streams. On a terminal, line mode is the terminal's own: it edits, echoes, and turns
// Ctrl-C into a signal, which arrives here as an interrupt.
import type { ReadStream, WriteStream } from 'node:tty';
import type { ConsoleBackend } from '../objects/console.ts';

export interface NodeConsoleStreams {
  readonly stdin: NodeJS.ReadableStream & Partial<Pick<ReadStream, 'isTTY' | 'setRawMode'>>;
  readonly stdout: NodeJS.WritableStream & Partial<Pick<WriteStream, 'isTTY' | 'columns' | 'rows'>>;
}

const DEFAULT_COLUMNS = 80;
const DEFAULT_ROWS = 24;

/** The process's terminal, or its redirected standard streams. `close` gives the terminal back. */
export function nodeConsole(streams: NodeConsoleStreams = process): ConsoleBackend & { close(): void } {
  const { stdin, stdout } = streams;
  const isTerminal = stdin.isTTY === true && stdout.isTTY === true;
  let interrupted: () => void = () => {};
  const onSignal = (): void => interrupted();
  let resized: () => void = () => {};
  const onResize = (): void => resized();
  return {
    write(bytes) {
      stdout.write(bytes);
      return bytes.length;
    },
    onInput(callback) {
      stdin.on('data', (chunk: Buffer | string) => callback(typeof chunk === 'string' ? Buffer.from(chunk) : chunk));
      stdin.on('end', () => callback(null));
      stdin.on('error', () => callback(null));
    },
    size: () => ({ columns: stdout.columns ?? DEFAULT_COLUMNS, rows: stdout.rows ?? DEFAULT_ROWS, isTerminal }),
    setRaw(raw) {
      if (isTerminal) stdin.setRawMode?.(raw);
    },
    onInterrupt(callback) {
      interrupted = callback;
      process.on('SIGINT', onSignal);
    },
    onResize(callback) {
      resized = callback;
      stdout.on('resize', onResize);
    },
    pause: () => void stdin.pause(),
    resume: () => void stdin.resume(),
    close() {
      process.off('SIGINT', onSignal);
      stdout.off('resize', onResize);
      if (isTerminal) stdin.setRawMode?.(false);
      stdin.removeAllListeners('data');
      stdin.pause();
    },
  };
}
