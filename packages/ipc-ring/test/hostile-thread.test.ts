// A thread that rewrites header, entries and completions while the server reads them. (hostile-writer.test.ts tries every
// interleaving for small rings; this has the processor's own.)
import { expect, test } from 'vitest';
import { serveScribbled } from './support/scribbled-server.ts';

const RUN_MS = 400;
const LIMIT_MS = 20_000;
const ENOUGH = 500;

test('a server keeps its bounds, its credits and its neighbours’ memory while another thread scribbles', async () => {
  const start = Date.now();
  // Busy machines schedule the writer seldom: what counts is what it got through.
  const { taken, outcomes } = await serveScribbled(({ taken: soFar }) => {
    const elapsed = Date.now() - start;
    return elapsed >= RUN_MS && (soFar >= ENOUGH || elapsed >= LIMIT_MS);
  });
  expect(outcomes.corrupt).toBeGreaterThan(0);
  expect(taken).toBeGreaterThanOrEqual(ENOUGH);
});
