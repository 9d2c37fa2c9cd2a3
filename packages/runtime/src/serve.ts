// Serving an interface at an endpoint: several receives are kept posted, each call goes to its method's handler, and the
// answer goes back as results or as a CapException (served-endpoint.ts).
import type { InterfaceDescriptor } from '@capos/abi';
import type { Cap } from './cap.ts';
import type { Environment } from './environment.ts';
import { type FacetService, facetService, type Implementation } from './facet-service.ts';
import { ServedEndpoint } from './served-endpoint.ts';

/** How an interface is served. */
export interface ServeOptions {
  /** Receives kept posted, each with its buffer. Default 4. */
  readonly receives?: number;
  /** Bytes of each receive buffer: the largest params with their capability records. Default 8,192. */
  readonly bufferSize?: number;
  /** Calls taken and not answered, past which no more are taken. Default 64. */
  readonly maxConcurrent?: number;
  /** Told of errors that are no CapError (their callers only learn that the server failed), and of why serving ended. */
  readonly onError?: (error: unknown) => void;
  /** Told of each badge whose facets nobody holds any more: what the server keeps for it can go. */
  readonly gone?: (badge: bigint) => void;
  /**
   * Fills one params object for each method and one context again and again, so that calls leave no garbage. A handler that
   * answers at once must then keep neither beyond its return: what it keeps becomes another call's. One that answers with a
   * promise or `later()` keeps both. Default false: both are the handler's for good.
   */
  readonly reuse?: boolean;
  /**
   * Data of 256 bytes and more in params is lent: it shows the receive buffer, which is used for another call when the handler has
   * returned. What is needed longer (kept, or used after an `await`) must be copied before that. Default false: Data is copied.
   */
  readonly lendsData?: boolean;
}

/** A server at work. */
export interface Service {
  /** Calls taken and not answered yet. */
  readonly unanswered: number;
  /** False once the endpoint is gone: no call will come any more. */
  readonly open: boolean;
}

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
