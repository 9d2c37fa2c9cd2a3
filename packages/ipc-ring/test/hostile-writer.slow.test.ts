// The same as hostile-writer.test.ts, for more of each: two entries and four completions, nested drains, counters that wrap.
import { expect, test } from 'vitest';
import { exploreHostileWriter, type HostileModel } from './model/hostile-writer.ts';

const models: readonly HostileModel[] = [
  { sqEntries: 2, cqEntries: 2, submissions: 16 },
  { sqEntries: 2, cqEntries: 4, submissions: 8, nests: true },
  { sqEntries: 2, cqEntries: 4, submissions: 8, start: { submissions: 0x7fff_fffe, completions: 0x7fff_ffff } },
  { sqEntries: 4, cqEntries: 4, submissions: 4 },
];

test.each(models)('every interleaving of %o with a writer that stores anything anywhere', (model) => {
  const { transitions } = exploreHostileWriter(model);
  expect(transitions).toBeGreaterThan(50_000);
});
