import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { readmeExample } from '@capos/tooling/readme-example';
import { expect, it } from 'vitest';

it('the example in the README prints what it says', () => {
  const folder = fileURLToPath(new URL('..', import.meta.url));
  const output = execFileSync(process.execPath, ['--input-type=module-typescript', '-e', readmeExample(folder)!], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(output).toBe('function\n');
});
