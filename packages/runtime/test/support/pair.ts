// A service of Console and a client of it, two programs on the small kernel of kernel-double.ts.
import { Console, Endpoint } from '@capos/abi';
import { type Environment, type Implementation, openEnvironment, type ServeOptions, serve } from '../../src/index.ts';
import { DoubleEndpoint, type DoubleOptions, DoubleProcess } from '../kernel-double.ts';

export function pair(
  implementation: Partial<Implementation<typeof Console>>,
  options: { server?: DoubleOptions; client?: DoubleOptions; serve?: ServeOptions; badge?: bigint } = {},
) {
  const endpoint = new DoubleEndpoint();
  const serverProcess = new DoubleProcess({ endpoint: endpoint.owner }, options.server);
  const server = openEnvironment(serverProcess);
  const service = serve(
    server,
    server.capSet.cap('endpoint', Endpoint),
    Console,
    implementation as Implementation<typeof Console>,
    options.serve,
  );
  const clientProcess = new DoubleProcess({ console: endpoint.facet(Console.id, options.badge ?? 7n) }, options.client);
  const client = openEnvironment(clientProcess);
  const console = client.capSet.get('console', Console);
  return { endpoint, serverProcess, server, service, clientProcess, client, console };
}

export const text = (value: string): Uint8Array => new TextEncoder().encode(value);
/** Whether nothing of the arena is taken. */
export const idle = (environment: Environment): boolean =>
  environment.driver.allocator.freeBytes === environment.driver.allocator.totalBytes;
