import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { callReference } from '../scripts/call-reference.ts';
import { ROWS } from '../src/call-table.ts';
import { CALL_COUNT } from '../src/linux/call-numbers.ts';

describe('the call table', () => {
  it('has a row for every number that Linux assigned', () => {
    expect(ROWS).toHaveLength(CALL_COUNT);
    for (const [number, numbered] of ROWS.entries())
      if (number < 335 || number > 423) expect(numbered?.number, `call ${number}`).toBe(number);
      else expect(numbered).toBeUndefined();
  });

  it('has a handler for what it supports, and a reason for what it refuses or lacks', () => {
    for (const numbered of ROWS) {
      if (numbered === undefined) continue;
      const { row, name } = numbered;
      if (row.support === 'refused') expect(row.note, name).not.toBe('');
      else expect(typeof row.handler, name).toBe('function');
      expect(row.arguments.length, name).toBeLessThanOrEqual(6);
    }
  });

  it('is what the reference page says (run `pnpm generate`)', () => {
    const page = readFileSync(new URL('../../../docs/reference/posix-calls.md', import.meta.url), 'utf8');
    expect(page).toBe(callReference());
    for (const numbered of ROWS)
      if (numbered !== undefined) expect(page).toContain(`| ${numbered.number} | \`${numbered.name}\` |`);
  });
});
