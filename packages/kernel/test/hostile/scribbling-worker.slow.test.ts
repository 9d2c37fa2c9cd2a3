// Millions of submissions taken while their owner rewrites them, their payloads and the header.
import { expect, it } from 'vitest';
import { scribble } from '../support/scribbling-worker.ts';

const ENOUGH = 2_000_000;

it('two million submissions are taken from Workers that rewrite them meanwhile, and nobody else notices', async () => {
  const { taken, rewritten } = await scribble((so) => so.taken >= ENOUGH && so.rewritten >= ENOUGH);
  expect(taken).toBeGreaterThanOrEqual(ENOUGH);
  expect(rewritten).toBeGreaterThanOrEqual(ENOUGH);
});
