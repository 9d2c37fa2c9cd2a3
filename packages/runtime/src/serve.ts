// Serving an interface at an endpoint: several receives are kept posted, each call goes to its method's handler, and the
// answer goes back as results or as a CapException (served-endpoint.ts).
import type { InterfaceDescriptor } from '@capos/abi';
import type { Cap } from './cap.ts';
import type { Environment } from './environment.ts';
import { type FacetService, facetService, type Implementation } from './facet-service.ts';
import { ServedEndpoint, type ServeOptions, type Service } from './served-endpoint.ts';

/**
 * Serves `descriptor` at `endpoint` with `implementation` until the endpoint or the process ends.
 * @throws RuntimeError ARENA_EXHAUSTED when the receive buffers do not fit the arena
 */
export function serve<D extends InterfaceDescriptor>(
  environment: Environment,
  endpoint: Cap,
  descriptor: D,
  implementation: Implementation<D>,
  options: ServeOptions = {},
): Service {
  const service = facetService(descriptor, implementation);
  const served = new ServedEndpoint(environment, endpoint, service, options);
  served.begin();
  return served;
}

/**
 * Serves several interfaces at one endpoint: `serviceOf` says by its badge what a facet is. A badge it does not know
 * (undefined) is answered `disconnected`.
 * @throws RuntimeError ARENA_EXHAUSTED when the receive buffers do not fit the arena
 */
export function serveFacets(
  environment: Environment,
  endpoint: Cap,
  serviceOf: (badge: bigint) => FacetService | undefined,
  options: ServeOptions = {},
): Service {
  const served = new ServedEndpoint(environment, endpoint, serviceOf, options);
  served.begin();
  return served;
}
