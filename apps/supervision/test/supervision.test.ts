import type { ConsoleBackend } from '@capos/kernel';
import { expect, it } from 'vitest';
import { run } from '../src/run.ts';

it('a crashed server is started again behind the capability its client holds, and the main service’s end is the system’s', async () => {
  let output = '';
  const console: ConsoleBackend = {
    write(bytes) {
      output += Buffer.from(bytes).toString();
      return bytes.length;
    },
    onInput: () => {},
    size: () => ({ columns: 80, rows: 24, isTerminal: false }),
    setRaw: () => {},
    onInterrupt: () => {},
  };
  expect(await run(console)).toEqual({ which: 'exited', exited: 0 });
  const lines = output.trimEnd().split('\n');
  expect(lines[0]).toBe('the tally is 5');
  // Init and the client hear of the crash at the same time; who prints first is nobody's business.
  expect(lines.slice(1, -1).sort()).toEqual([
    'init: service tally ended with exit code 3; starting it again (1 of 2)',
    'the server is gone: disconnected',
  ]);
  expect(lines.at(-1)).toBe('a new server counts on: 4');
});
