// A Worker that runs one system of several; its host is on a network of the Worker's own, which is joined to the page's.
import type { ExitStatus } from '@capos/abi';
import { type MessageEndpoint, portChannel, VirtualNetwork } from '@capos/network';
import { type NetworkedSystem, runNetworked } from './networked-system.ts';

/** What the page sends, once. */
export interface SystemOrder extends Omit<NetworkedSystem, 'host' | 'onOutput'> {
  /** Its address on the network, and the way there; without one it holds no network. */
  readonly network?: { readonly address: string; readonly port: MessageEndpoint } | undefined;
}

/** What the Worker answers. */
export type SystemReport = { readonly output: string } | { readonly ended: ExitStatus } | { readonly failed: string };

const report = (message: SystemReport): void => postMessage(message);

async function run({ network, ...system }: SystemOrder): Promise<ExitStatus> {
  const own = new VirtualNetwork();
  const host = network && own.host(network.address);
  if (network !== undefined) await own.link(portChannel(network.port)).joined;
  return await runNetworked({ ...system, host, onOutput: (output) => report({ output }) });
}

addEventListener('message', ({ data }: MessageEvent<SystemOrder>) => {
  run(data).then(
    (ended) => report({ ended }),
    (error: unknown) => report({ failed: String(error) }),
  );
});
