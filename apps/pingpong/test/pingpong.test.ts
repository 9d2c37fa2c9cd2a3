// Ping and pong: what each prints is what their capabilities let happen.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const LINES = [
  'pong: stroke 1 from badge 7',
  'ping: stroke 2 came back, I am badge 7 there',
  'pong: stroke 2 from badge 7',
  'ping: stroke 3 came back, I am badge 7 there',
  'pong: stroke 3 from badge 7',
  'ping: stroke 4 came back, I am badge 7 there',
  'pong: the timer is mine now, and it runs',
  'ping: my timer is gone (no such capability, or no longer)',
  'ping: the ball bounced 2 times',
  'pong: game over, I take the ball back',
  'ping: the ball is dead (disconnected) after 2 bounces',
  'pong: good game',
];

test('a game: typed calls under a badge, a timer that moves, a ball that is revoked', () => {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [main], { encoding: 'utf8', timeout: 25_000 });
  expect(stderr).toBe('');
  expect(stdout.trimEnd().split('\n')).toEqual(LINES);
  expect(status).toBe(0);
});
