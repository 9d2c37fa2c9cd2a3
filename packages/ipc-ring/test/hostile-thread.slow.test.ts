// The same as hostile-thread.test.ts, for millions of entries.
import { expect, test } from 'vitest';
import { serveScribbled } from './support/scribbled-server.ts';

test('two million entries are taken while another thread rewrites them', async () => {
  const { outcomes, written } = await serveScribbled(
    ({ taken, written: soFar }) => taken >= 2_000_000 && soFar >= 2_000_000,
  );
  expect(written).toBeGreaterThanOrEqual(2_000_000);
  expect(outcomes.corrupt).toBeGreaterThan(1000);
});
