import { RecordedConsole } from '@capos/tooling/recorded-console';
import { expect, it } from 'vitest';
import { run } from '../src/run.ts';

it('a crashed server is started again, and a running one replaced, behind the capability its client holds', async () => {
  const console = new RecordedConsole();
  expect(await run(console)).toEqual({ which: 'exited', exited: 0 });
  const lines = console.text.trimEnd().split('\n');
  expect(lines[0]).toBe('the tally is 5');
  // Init and the client hear of the crash at the same time; who prints first is nobody's business.
  expect(lines.slice(1, 3).sort()).toEqual([
    'init: service tally ended with exit code 3; starting it again (1 of 2)',
    'the server is gone: it exited with 3',
  ]);
  expect(lines[3]).toBe('a new server counts on: 4');
  // The new version takes over somewhere in the middle of the thousand; what was counted before is not counted again.
  const [, at] = /^tally, version 2: took over at (\d+)$/.exec(lines[4]!)!;
  expect(Number(at)).toBeGreaterThanOrEqual(4 + 250);
  expect(Number(at)).toBeLessThan(4 + 1000);
  expect(lines.slice(5)).toEqual(['upgraded: tally', '1000 calls, 0 lost: the tally is 1004']);
});
