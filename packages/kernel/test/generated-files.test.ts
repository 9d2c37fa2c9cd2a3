import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generatedFiles } from '../scripts/generated-files.ts';

describe('the reference pages', () => {
  it.each([...generatedFiles()])(
    '%s follows from the tables (run `pnpm generate` when it does not)',
    (path, content) => {
      expect(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')).toBe(content);
    },
  );
});
