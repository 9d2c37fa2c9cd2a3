import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readmeExample } from '@capos/tooling/readme-example';
import { expect, it } from 'vitest';

it('the example in init’s README prints what it says', () => {
  const folder = fileURLToPath(new URL('..', import.meta.url));
  const output = execFileSync(
    process.execPath,
    ['--input-type=module-typescript', '-e', readmeExample(join(folder, '../../packages/init'))!],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  expect(output).toBe("{ which: 'exited', exited: 0 }\n");
});
