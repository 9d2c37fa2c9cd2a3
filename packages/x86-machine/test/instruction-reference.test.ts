// The reference page says what the rows say.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { instructionReference } from '../scripts/instruction-reference.ts';

test('docs/reference/instructions.md is as fresh as the rows (else run `pnpm --filter @capos/x86-machine generate`)', () => {
  const page = readFileSync(new URL('../../../docs/reference/instructions.md', import.meta.url), 'utf8');
  expect(page === instructionReference()).toBe(true);
});
