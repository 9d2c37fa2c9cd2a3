// What it costs to have a program constructed, certificate and copied data included, against spawning it with the same grants.
import { type HostedProgram, ProcessHandle, ProcessSpawner } from '@capos/abi';
import { Constructor } from '@capos/constructor';
import { createKernel } from '@capos/kernel';
import { nodeClock as clock, nodeEntropy as entropy, nodeEventLoop } from '@capos/kernel/host-node';
import { sleep } from '@capos/libcapos/programs/sleep';
import { adopt, type Environment, openEnvironment } from '@capos/runtime';
import { area } from '@capos/tooling/bench';
import { createMachine } from '@capos/x86-machine';

const PROGRAMS = 20;
const DATA = new Uint8Array(1000).fill(7);
const ARGUMENTS = ['sleep', '1000000000'];

/** Runs `test` as a program that holds what a constructor needs. */
async function inside(test: (environment: Environment) => Promise<void>): Promise<void> {
  const loop = nodeEventLoop();
  const machine = createMachine({ ramBytes: 64 * 2 ** 20, clock, entropy });
  const kernel = createKernel({ machine, onWork: loop.onWork });
  const { processSpawner: spawner, frameAllocator: frames, timer } = kernel.objects;
  let failure: unknown;
  const program: HostedProgram = (port) => {
    test(openEnvironment(port)).then(
      () => port.exit(0),
      (error) => {
        failure = error;
        port.exit(1);
      },
    );
  };
  const client = kernel.spawn({ name: 'client', program, grants: { spawner, frames, timer } });
  await loop.run(kernel, client, () => clock.nowNs());
  if (failure !== undefined) throw failure;
}

/** Microseconds a program that `start` starts; ending it is not counted. */
async function timed(start: () => Promise<{ kill(): Promise<unknown> }>): Promise<number> {
  let us = 0;
  for (let count = 0; count < PROGRAMS; count++) {
    const before = performance.now();
    const started = await start();
    us += (performance.now() - before) * 1000;
    await started.kill();
  }
  return us / PROGRAMS;
}

area('confinement', (suite) =>
  inside(async (environment) => {
    const maker = new Constructor(environment, { image: sleep.bytes })
      .provide('timer', 'timer')
      .provideData('dictionary', DATA)
      .seal();
    const spawner = environment.capSet.get('spawner', ProcessSpawner);
    const handleOf = (cap: Parameters<typeof environment.client>[0]) => ({
      async kill() {
        await environment.client(cap, ProcessHandle).kill({ signal: 9 });
        cap.release();
      },
    });
    const construct = async () => handleOf((await maker.construct('p', [], { arguments: ARGUMENTS })).process);
    const spawn = async () => {
      const params = { name: 'p', image: sleep.bytes, program: '', arguments: ARGUMENTS, environment: [], limits: [] };
      const grants = [{ name: 'timer', cap: 0, transferMode: 'copy' as const }];
      const answer = await spawner.spawn({ ...params, grants }, { transfers: [environment.capSet.cap('timer')] });
      return handleOf(adopt(answer, answer.process, ProcessHandle));
    };
    await suite.compare({
      name: 'construct',
      unit: 'us',
      ours: () => timed(construct),
      rival: { name: 'ProcessSpawner.spawn', run: () => timed(spawn) },
    });
  }),
);
