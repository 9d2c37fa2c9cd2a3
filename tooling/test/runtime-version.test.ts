import { expect, test } from 'vitest';

test('every script runs on the Node that the workspace brings, not on the one the machine has', () => {
  expect(Number(process.versions.node.split('.')[0])).toBeGreaterThanOrEqual(24);
});
