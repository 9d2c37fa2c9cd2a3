// Hostile rewriting by a second thread; for millions of submissions in scribbling-worker.slow.test.ts.
import { expect, it } from 'vitest';
import { scribble } from '../support/scribbling-worker.ts';

it('a Worker that rewrites what the kernel reads gets errors or dies, and nobody else notices', async () => {
  const { taken } = await scribble(({ turns, taken: soFar }) => turns >= 400 && soFar >= 2000);
  expect(taken).toBeGreaterThanOrEqual(2000);
});
