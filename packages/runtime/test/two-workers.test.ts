// The example of two Workers that call one another runs as it stands.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('two Workers serve and call one another', { timeout: 60_000 }, () => {
  const example = fileURLToPath(new URL('../examples/two-workers.ts', import.meta.url));
  const output = execFileSync(process.execPath, [example], { encoding: 'utf8' });
  expect(output.trimEnd().split('\n').sort()).toEqual(['Ada heard 10 and 20', 'Eve heard 10 and 20']);
});
