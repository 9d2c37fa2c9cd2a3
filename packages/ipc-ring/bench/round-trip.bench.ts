// One NOP from a thread to another and back, with two CPUs and with one: against MessageChannel, and the ring's own way of
// waiting against both extremes (always spinning where there are two CPUs, always blocking where there is one).
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { area } from '@capos/tooling/bench';

const CHILD = fileURLToPath(new URL('./round-trip-child.ts', import.meta.url));

class Peers {
  private readonly child: ChildProcess;

  constructor(oneCpu: boolean) {
    const command = oneCpu ? ['taskset', '-c', '0', process.execPath, CHILD] : [process.execPath, CHILD];
    this.child = spawn(command[0]!, command.slice(1), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  }

  run(kind: string, mean = false): Promise<number[]> {
    return new Promise((resolve) => {
      this.child.once('message', (samples) => resolve(samples as number[]));
      this.child.send({ kind, mean });
    });
  }

  end(): void {
    this.child.kill();
  }
}

area('ipc', async (suite) => {
  const channel = (peers: Peers) => ({ name: 'MessageChannel', run: () => peers.run('channel') });
  if (availableParallelism() > 1) {
    const two = new Peers(false);
    const ours = () => two.run('ring');
    await suite.compare({ name: 'worker-round-trip', unit: 'ns', ours, rival: channel(two) });
    two.end();
    // Peers of their own: a spinning thread left over would take a CPU from the others.
    const [ring, spin] = [new Peers(false), new Peers(false)];
    await suite.compare({
      name: 'adaptive-wait-2-cpus',
      unit: 'ns',
      ours: () => ring.run('ring', true),
      rival: { name: 'spinning', run: () => spin.run('spin', true) },
    });
    ring.end();
    spin.end();
  } else suite.skip('worker-round-trip', 'there is one CPU');
  if (!hasTaskset()) {
    suite.skip('worker-round-trip-1-cpu', 'there is no taskset to bind to one CPU');
    return;
  }
  const one = new Peers(true);
  const ours = () => one.run('ring');
  await suite.compare({ name: 'worker-round-trip-1-cpu', unit: 'ns', ours, rival: channel(one) });
  const blocking = { name: 'blocking', run: () => one.run('block', true) };
  const adaptive = () => one.run('ring', true);
  await suite.compare({ name: 'adaptive-wait-1-cpu', unit: 'ns', ours: adaptive, rival: blocking });
  one.end();
});

function hasTaskset(): boolean {
  try {
    execFileSync('taskset', ['-c', '0', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
