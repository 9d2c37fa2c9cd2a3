// The reference pages of the public interface can be made, and every link in the comments leads somewhere.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('TypeDoc reads the interface without a complaint', () => {
  const folder = fileURLToPath(new URL('..', import.meta.url));
  const output = execFileSync(`${folder}node_modules/.bin/typedoc`, ['--emit', 'none'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(output).not.toContain('warning');
});
