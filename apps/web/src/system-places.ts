// Where the systems of a page run: all in the page's own thread, or each in a Worker of its own. Either way they are on one network.
//
//   here      system ─ host ─┬ page's network          Workers   system ─ host ─ Worker's network ── link ──┬ page's network
//             system ─ host ─┘                                   system ─ host ─ Worker's network ── link ──┘
import type { ExitStatus } from '@capos/abi';
import { portChannel, VirtualNetwork } from '@capos/network';
import { type NetworkedSystem, runNetworked } from './networked-system.ts';
import type { SystemOrder, SystemReport } from './networked-worker.ts';

export interface PlacedSystem extends Omit<NetworkedSystem, 'host'> {
  /** Its address on the page's network; without one it holds no network at all. */
  readonly address: string | undefined;
}

/** Boots a system and answers how its program ended. */
export type RunSystem = (system: PlacedSystem) => Promise<ExitStatus>;

export function inThisThread(): RunSystem {
  const network = new VirtualNetwork();
  return async ({ address, ...system }) => {
    const host = address === undefined ? undefined : network.host(address);
    try {
      return await runNetworked({ ...system, host });
    } finally {
      if (host !== undefined) network.remove(host);
    }
  };
}

/** @param script what the Workers run: networked-worker.ts, bundled */
export function inWorkers(script: string): RunSystem {
  const network = new VirtualNetwork();
  return async ({ address, onOutput, ...system }) => {
    const worker = new Worker(script, { type: 'module' });
    const { port1, port2 } = new MessageChannel();
    const link = address === undefined ? undefined : network.link(portChannel(port1));
    try {
      return await new Promise<ExitStatus>((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<SystemReport>) => {
          if ('output' in data) onOutput(data.output);
          else if ('ended' in data) resolve(data.ended);
          else reject(new Error(data.failed));
        };
        worker.onerror = (event) => reject(new Error(event.message));
        const order: SystemOrder = { ...system, network: address === undefined ? undefined : { address, port: port2 } };
        worker.postMessage(order, address === undefined ? [] : [port2]);
      });
    } finally {
      link?.close();
      worker.terminate();
    }
  };
}
