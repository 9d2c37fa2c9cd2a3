// The sizes that front pages state are the sizes there are, within a tenth.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { codeEntries, measuredSize, statedSizes } from '../src/package-size.ts';

const PACKAGES = join(import.meta.dirname, '../../packages');
/** Entries smaller than this need not be told of. */
const WORTH_STATING_KB = 1.5;

test.each(readdirSync(PACKAGES))('the README of %s states its size', { timeout: 120_000 }, async (name) => {
  const folder = join(PACKAGES, name);
  const stated = statedSizes(readFileSync(join(folder, 'README.md'), 'utf8'));
  for (const entry of new Set([...codeEntries(folder).keys(), ...stated.keys()])) {
    const kilobytes = await measuredSize(folder, entry);
    const said = stated.get(entry);
    if (said === undefined) expect(kilobytes, `${entry} is not in the line "Size:"`).toBeLessThan(WORTH_STATING_KB);
    else expect(Math.abs(said / kilobytes - 1), `${entry}: ${said} kB stated, ${kilobytes} kB found`).toBeLessThan(0.1);
  }
});
