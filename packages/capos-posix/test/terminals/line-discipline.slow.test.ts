// The line discipline against the terminals of the Linux this runs on: new random cases each day.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type Answer, agreeing, type Operation, play, terminalCases } from './support/terminal-cases.ts';

const judge = fileURLToPath(new URL('support/linux-terminal.py', import.meta.url));
const available = process.platform === 'linux' && spawnSync('python3', ['-c', 'import termios']).status === 0;

/** Linux passes input on in the background, so it is given time to; more when it seems not to have had enough. */
function linux(cases: readonly Operation[][], settle: number): readonly Answer[][] {
  const { stdout } = spawnSync('python3', [judge], {
    input: JSON.stringify({ settle, cases }),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return JSON.parse(stdout);
}

test.skipIf(!available)(
  'it answers as the pseudo terminals of this host do',
  () => {
    const seed = Math.floor(Date.now() / 86_400_000);
    const cases = terminalCases(seed, 300);
    const first = linux(cases, 0.01);
    for (const [index, operations] of cases.entries()) {
      const ours = play(operations).map(agreeing);
      const same = JSON.stringify(ours) === JSON.stringify(first[index]!.map(agreeing));
      if (!same) expect(ours, `seed ${seed}`).toEqual(linux([operations], 0.2)[0]!.map(agreeing));
    }
  },
  300_000,
);
