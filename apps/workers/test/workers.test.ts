import type { ConsoleBackend } from '@capos/kernel';
import { expect, it } from 'vitest';
import { run } from '../src/run.ts';

it('two programs in Workers call, cancel and pipeline through one kernel', async () => {
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
  expect(output.trimEnd().split('\n')).toEqual([
    'the clock says 21000',
    'asleep: 1',
    'the sleep ended: never mind',
    'asleep: 0',
    'the bell holds 4, then 1',
  ]);
});
