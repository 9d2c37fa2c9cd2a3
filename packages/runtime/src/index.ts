// A capOS program's side: ring client, CapSet, typed clients and the serve loop.
export type { AbortSignalLike } from './abort-signal.ts';
export { ArenaAllocator } from './arena-allocator.ts';
export { type CallCallback, type CallOptions, DEFAULT_RESULT_CAPACITY } from './call.ts';
export { CallAnswer } from './call-answer.ts';
export { CallContext, type Later } from './call-context.ts';
export { Cap, type Transfer } from './cap.ts';
export { type Caller, CallPromise, type Client, capOf, type ParamsOf, type ResultsOf } from './client.ts';
export { CapSet, Environment, type EnvironmentOptions, openEnvironment } from './environment.ts';
export { type FacetService, facetService, type Handler, type Implementation } from './facet-service.ts';
export { FIRST_LENT_BADGE, LentObjects } from './lent-objects.ts';
export {
  createLink,
  type LinkHandlers,
  type LinkOptions,
  LinkServer,
  type LinkStart,
  openLink,
  serveLink,
} from './link.ts';
export { adopt, ReceivedCaps, receivedCaps } from './received-caps.ts';
export { RuntimeError, type RuntimeErrorCode } from './runtime-error.ts';
export { serve, serveFacets } from './serve.ts';
export type { ServeOptions, Service } from './served-endpoint.ts';
export { TransportError } from './transport-error.ts';
export { type BlockingPort, type WorkerHooks, workerPort } from './worker-port.ts';
