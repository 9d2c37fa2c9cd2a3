// Bytes of garbage that a typed call in steady state leaves, on all heaps it touches, by who calls whom and how. No rival: what
// others leave depends on what one counts. `hosted-promise` and `hosted-context` are what the two conveniences cost.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { area } from '@capos/tooling/bench';
import { FLAGS } from './garbage-rounds.ts';

function garbage(child: string, ...args: string[]): number[] {
  const file = fileURLToPath(new URL(`./${child}-garbage-child.ts`, import.meta.url));
  const output = execFileSync(process.execPath, [...FLAGS, file, ...args], { encoding: 'utf8' });
  const heaps = output.split('/').map((heap) => heap.trim().split(' ').map(Number));
  return heaps[0]!.map((_, round) => heaps.reduce((sum, rounds) => sum + rounds[round]!, 0));
}

area('ipc', async (suite) => {
  const row = (name: string, child: string, ...args: string[]) =>
    suite.compare({ name: `typed-call-garbage${name}`, unit: 'B', ours: () => garbage(child, ...args), rounds: 1 });
  await row('', 'hosted', 'callback');
  await row('-reused-context', 'hosted', 'reused');
  await row('-worker', 'link');
  await row('-elf', 'elf');
  await row('-own-context', 'hosted', 'context');
  await row('-promise', 'hosted', 'promise');
});
