// A kernel with a server and clients for tests of services: no init, only what each is granted.
import type { HostedProgram } from '@capos/abi';
import { createKernel, type EmbedderSpawn, type Kernel } from '@capos/kernel';
import { type Environment, openEnvironment } from '@capos/runtime';

export interface System {
  readonly kernel: Kernel;
  readonly log: string[];
  /** Starts a hosted program with an arena of `arenaBytes`. */
  serve(name: string, program: HostedProgram, grants: Grants, arenaBytes?: number): ReturnType<Kernel['spawn']>;
  /** Starts a program that is only its environment. */
  client(name: string, grants: Grants, arenaBytes?: number): Environment & { process: ReturnType<Kernel['spawn']> };
  /** Steps the kernel and lets promises and the host run until `done` settles. */
  settle<T>(done: Promise<T>): Promise<T>;
}

type Grants = NonNullable<EmbedderSpawn['grants']>;

export function system(): System {
  const log: string[] = [];
  let now = 1000;
  const kernel = createKernel({
    clock: { nowNs: () => ++now },
    entropy: { fill: (bytes) => void bytes.fill(4) },
    log: (line) => log.push(line),
  });
  let programs = 0;
  const spawn = (name: string, program: HostedProgram, grants: Grants, arenaBytes: number) => {
    const registered = `${name}-${programs++}`;
    kernel.registerProgram(registered, program, { arenaBytes });
    const process = kernel.spawn({ name, program: registered, grants });
    kernel.step();
    return process;
  };
  return {
    kernel,
    log,
    serve: (name, program, grants, arenaBytes = 1 << 20) => spawn(name, program, grants, arenaBytes),
    client(name, grants, arenaBytes = 1 << 20) {
      let environment: Environment | undefined;
      const process = spawn(
        name,
        (port) => {
          environment = openEnvironment(port);
        },
        grants,
        arenaBytes,
      );
      if (environment === undefined) throw new Error(`${name} did not start: ${log.join('\n')}`);
      return Object.assign(environment, { process });
    },
    async settle(done) {
      let settled = false;
      const end = () => {
        settled = true;
      };
      done.then(end, end);
      for (let round = 0; round < 2000 && !settled; round++) {
        kernel.step();
        await (round < 50 ? Promise.resolve() : new Promise((resolve) => setImmediate(resolve)));
      }
      return done;
    },
  };
}

/** Whether no process holds anything any more. */
export function isEmpty(kernel: Kernel): boolean {
  return Object.values(kernel.ledgers().total).every((count) => count === 0);
}
