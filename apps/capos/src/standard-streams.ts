// Standard input, output and error as three consoles: a program that is given one can't reach another.
import { writeSync } from 'node:fs';
import { CapError } from '@capos/abi';
import type { ConsoleBackend } from '@capos/kernel';
import { nodeConsole } from '@capos/kernel/host-node';

export interface StandardStreams {
  readonly input: ConsoleBackend;
  readonly output: ConsoleBackend;
  readonly error: ConsoleBackend;
  /** All three are the same terminal. */
  readonly terminal: boolean;
  /** Gives the terminal back and lets the command end. */
  close(): void;
}

const STDOUT = 1;
const STDERR = 2;

/**
 * Writes all of it now: what a program has written is out when it ends, however it ends. A pipe that is full for the
 * moment (EAGAIN) is tried again; one that nobody reads takes nothing more.
 * @throws CapError failed where the host can't write: a full disk, a terminal that is gone
 */
function writeFully(descriptor: number, bytes: Uint8Array): number {
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EAGAIN') continue;
      if (code === 'EPIPE' || written > 0) return written;
      throw new CapError('failed', `descriptor ${descriptor} of the command can’t be written: ${code}`);
    }
  }
  return written;
}

/** The command's own streams. */
export function standardStreams(): StandardStreams {
  const terminal = nodeConsole();
  const output = (descriptor: number): ConsoleBackend => ({
    write: (bytes) => writeFully(descriptor, bytes),
    onInput: (callback) => callback(null),
    onInterrupt: () => {},
    setRaw: (raw) => terminal.setRaw(raw),
    size: () => {
      const stream = descriptor === STDOUT ? process.stdout : process.stderr;
      return { ...terminal.size(), isTerminal: stream.isTTY === true };
    },
  });
  const input: ConsoleBackend = {
    ...terminal,
    size: () => ({ ...terminal.size(), isTerminal: process.stdin.isTTY === true }),
    write: (bytes) => writeFully(STDOUT, bytes),
  };
  const isTerminal = [process.stdin, process.stdout, process.stderr].every(({ isTTY }) => isTTY === true);
  return {
    input,
    output: output(STDOUT),
    error: output(STDERR),
    terminal: isTerminal,
    close: () => terminal.close(),
  };
}
