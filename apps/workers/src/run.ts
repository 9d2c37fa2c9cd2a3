// The system: two programs in Workers, a service and its client, wired by hand. Where the Workers come from, the host says.
import { Timer } from '@capos/abi';
import {
  type ConsoleBackend,
  createKernel,
  type EntropyFill,
  type EventLoop,
  type ExitStatus,
  type MonotonicClock,
  type WorkerHost,
} from '@capos/kernel';

/** What a platform lends the system. */
export interface Host {
  readonly clock: MonotonicClock;
  readonly entropy: EntropyFill;
  readonly workers: WorkerHost;
  readonly loop: EventLoop;
  /** Modules that run the programs in a Worker. */
  readonly modules: { readonly clock: URL; readonly client: URL };
  readonly log: (line: string) => void;
}

/** Runs the client to its end. */
export async function run(host: Host, console: ConsoleBackend): Promise<ExitStatus> {
  const { clock, entropy, workers, loop, modules, log } = host;
  const kernel = createKernel({ clock, entropy, workers, console, log, onWork: loop.onWork });
  kernel.registerProgram('clock', { module: modules.clock });
  kernel.registerProgram('client', { module: modules.client });
  const endpoint = kernel.createEndpoint();
  const service = kernel.spawn({ name: 'clock', program: 'clock', grants: { clock: endpoint.owner } });
  const { console: terminal, notificationFactory } = kernel.objects;
  const grants = { clock: endpoint.facet(21n, Timer.id), console: terminal, notifications: notificationFactory };
  const client = kernel.spawn({ name: 'client', program: 'client', grants });
  const status = await loop.run(kernel, client, () => clock.nowNs());
  service.kill(9);
  return status;
}
