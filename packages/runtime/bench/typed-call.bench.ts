// A typed call from one Worker to another and back: three fields, encoded and decoded on both sides. Over a link, against a
// MessageChannel, Comlink and Cap'n Web over one, and C++ Cap'n Proto RPC between two processes over a unix socket.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { area } from '@capos/tooling/bench';
import { compileCapnpRpc } from './capnp-rpc.ts';

const CHILD = fileURLToPath(new URL('./typed-call-child.ts', import.meta.url));

class Peers {
  readonly #child: ChildProcess;

  constructor(oneCpu: boolean) {
    const command = oneCpu ? ['taskset', '-c', '0', process.execPath, CHILD] : [process.execPath, CHILD];
    this.#child = spawn(command[0]!, command.slice(1), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  }

  run(kind: string): Promise<number[]> {
    return new Promise((resolve, reject) => {
      const ended = (): void => reject(new Error('the bench process ended'));
      this.#child.once('exit', ended);
      this.#child.once('message', (samples) => {
        this.#child.off('exit', ended);
        resolve(samples as number[]);
      });
      this.#child.send(kind);
    });
  }

  end(): void {
    this.#child.kill();
  }
}

area('ipc', async (suite) => {
  const capnp = compileCapnpRpc();
  const rivals = (peers: Peers, prefix: readonly string[]) => [
    { name: 'MessageChannel', run: () => peers.run('channel') },
    { name: 'Comlink', run: () => peers.run('comlink') },
    { name: "Cap'n Web", run: () => peers.run('capnweb') },
    ...(typeof capnp === 'string' ? [] : [{ name: "C++ Cap'n Proto RPC, unix socket", run: () => capnp.run(prefix) }]),
  ];
  if (typeof capnp === 'string') suite.skip("worker-typed-call against C++ Cap'n Proto", capnp);
  if (availableParallelism() > 1) {
    const two = new Peers(false);
    await suite.compare({
      name: 'worker-typed-call',
      unit: 'ns',
      ours: () => two.run('link'),
      rival: rivals(two, []),
      rounds: 9,
    });
    two.end();
  } else suite.skip('worker-typed-call', 'there is one CPU');
  if (spawnSync('taskset', ['-c', '0', 'true']).status === 0) {
    const one = new Peers(true);
    await suite.compare({
      name: 'worker-typed-call-1-cpu',
      unit: 'ns',
      ours: () => one.run('link'),
      rival: rivals(one, ['taskset', '-c', '0']),
      rounds: 5,
    });
    one.end();
  } else suite.skip('worker-typed-call-1-cpu', 'there is no taskset to bind to one CPU');
});
