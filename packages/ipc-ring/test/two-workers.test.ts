// The example runs as its comment says, on as many CPUs as there are.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('the two workers of the example answer one another', () => {
  const example = fileURLToPath(new URL('../examples/two-workers.ts', import.meta.url));
  const output = execFileSync(process.execPath, [example], { encoding: 'utf8', timeout: 25_000 });
  expect(output).toBe('TWO THREADS\nONE RING\nNO MESSAGE COPIED\n');
});
