import type { ConsoleBackend } from '@capos/kernel';
import { expect, it } from 'vitest';
import { nodeHost } from '../src/host-node/host.ts';
import { run } from '../src/run.ts';
import { LINES } from './lines.ts';

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
  expect(await run(nodeHost(), console)).toEqual({ which: 'exited', exited: 0 });
  expect(output.trimEnd().split('\n')).toEqual(LINES);
});
