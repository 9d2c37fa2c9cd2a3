// Nothing that one run of a program leaves in a module is found by the next: modules keep no counts and no state.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const SOURCE = join(import.meta.dirname, '../src');
/** Room for one message, overwritten by each call before it is read. */
const SCRATCH = ['capabilities/capability-call.ts: paramsBuffer'];

test('no module has a variable of its own but room to work in', () => {
  const variables = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) =>
      [...readFileSync(join(SOURCE, path), 'utf8').matchAll(/^(?:export )?(?:let|var) (\w+)/gm)].map(
        ([, name]) => `${path}: ${name}`,
      ),
    );
  expect(variables).toEqual(SCRATCH);
});
