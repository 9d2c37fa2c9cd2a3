import { RecordedConsole } from '@capos/tooling/recorded-console';
import { expect, it } from 'vitest';
import { nodeHost } from '../src/host-node/host.ts';
import { run } from '../src/run.ts';
import { LINES } from './lines.ts';

it('two programs in Workers call, cancel and pipeline through one kernel', async () => {
  const console = new RecordedConsole();
  expect(await run(nodeHost(), console)).toEqual({ which: 'exited', exited: 0 });
  expect(console.text.trimEnd().split('\n')).toEqual(LINES);
});
