// The README's example runs as it stands.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { readmeExample } from '@capos/tooling/readme-example';
import { expect, test } from 'vitest';

test('the example in the README prints what it says', () => {
  const folder = fileURLToPath(new URL('..', import.meta.url));
  const output = execFileSync(process.execPath, ['--input-type=module-typescript', '-e', readmeExample(folder)!], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(output).toBe('1001 72\n');
});
