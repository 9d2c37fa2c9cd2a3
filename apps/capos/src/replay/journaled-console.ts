// A console whose input is written down, or comes from what was.
import type { ConsoleBackend } from '@capos/kernel';
import { MachineError } from '@capos/x86-machine';
import type { JournaledLoop } from './journaled-loop.ts';

const LINE = { input: 'input', end: 'end of input', interrupt: 'interrupt', resize: 'resize', size: 'size' } as const;

const SIZE_BYTES = 12;

/** @param name tells several consoles apart in the log */
export function journaledConsole(backend: ConsoleBackend, loop: JournaledLoop, name: string): ConsoleBackend {
  const { isReplay } = loop;
  return {
    write: (bytes) => backend.write(bytes),
    onInput(callback) {
      const input = loop.receive(`${name} ${LINE.input}`, callback);
      const end = loop.receive(`${name} ${LINE.end}`, () => callback(null));
      if (!isReplay) backend.onInput((bytes) => (bytes === null ? end() : input(bytes)));
    },
    onInterrupt(callback) {
      const interrupt = loop.receive(`${name} ${LINE.interrupt}`, callback);
      if (!isReplay) backend.onInterrupt(() => interrupt());
    },
    onResize(callback) {
      const resize = loop.receive(`${name} ${LINE.resize}`, callback);
      if (!isReplay) backend.onResize?.(() => resize());
    },
    size() {
      const answer = loop.ask(`${name} ${LINE.size}`, () => {
        const { columns, rows, isTerminal } = backend.size();
        const answer = new DataView(new ArrayBuffer(SIZE_BYTES));
        for (const [index, value] of [columns, rows, isTerminal ? 1 : 0].entries()) answer.setUint32(index * 4, value);
        return new Uint8Array(answer.buffer);
      });
      if (answer.length !== SIZE_BYTES)
        throw new MachineError('badLog', `reading an input log: a terminal's size of ${answer.length} bytes`);
      const view = new DataView(answer.buffer, answer.byteOffset);
      return { columns: view.getUint32(0), rows: view.getUint32(4), isTerminal: view.getUint32(8) === 1 };
    },
    setRaw: (raw) => (isReplay ? undefined : backend.setRaw(raw)),
    pause: () => (isReplay ? undefined : backend.pause?.()),
    resume: () => (isReplay ? undefined : backend.resume?.()),
  };
}
