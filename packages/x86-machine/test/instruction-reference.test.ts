// The reference page says what the rows say.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { instructionReference } from '../scripts/instruction-reference.ts';
import { INSTRUCTION_SUMMARIES } from '../scripts/instruction-summaries.ts';
import { INSTRUCTION_SET } from '../src/isa/instruction-set.ts';

test('docs/reference/instructions.md is as fresh as the rows (else run `pnpm --filter @capos/x86-machine generate`)', () => {
  const page = readFileSync(new URL('../../../docs/reference/instructions.md', import.meta.url), 'utf8');
  expect(page === instructionReference()).toBe(true);
});

test('summaries are of instructions that there are', () => {
  const known = new Set(
    INSTRUCTION_SET.flatMap(({ mnemonic, encoding }) => [mnemonic, `${mnemonic} ${encoding.text}`]),
  );
  expect(Object.keys(INSTRUCTION_SUMMARIES).filter((name) => !known.has(name))).toEqual([]);
});
