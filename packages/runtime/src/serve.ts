// Serving an interface at an endpoint: several receives are kept posted, each call goes to its method's handler, and the
// answer goes back as results or as a CapException.
//
//   RECV posted ─▶ call arrives ─▶ params decoded, RECV posted again ─▶ handler ─┬─ value ───▶ RETURN in this drain
//                                                                                ├─ promise ─▶ RETURN when it settles
//                                                                                └─ later() ─▶ RETURN at reply or fail
// When `maxConcurrent` calls are unanswered no RECV is posted: further callers wait in the endpoint's queue.
import type { InterfaceDescriptor, MethodDescriptor } from '@capos/abi';
import {
  type CompletionEntry,
  CQE_FLAG_CALL_CANCELED,
  CQE_FLAG_FACET_GONE,
  PUSHED,
  TRANSPORT_BAD_CAP,
} from '@capos/ipc-ring';
import { CallContext, LATER, type Later, type ServedCall } from './call-context.ts';
import type { Cap } from './cap.ts';
import { readCapRecords } from './cap-records.ts';
import type { ParamsOf, ResultsOf } from './client.ts';
import type { Environment } from './environment.ts';
import { NO_CAPS } from './received-caps.ts';
import type { Operation, Startable } from './ring-driver.ts';
import { RuntimeError } from './runtime-error.ts';
import { TransportError } from './transport-error.ts';

// A handler of a method without results may return nothing.
type HandlerAnswer<R> = Record<string, never> extends R ? R | void : R;

/** Answers one method: a value now, a promise, or `context.later()`. What it throws becomes a CapException. */
export type Handler<P, R> = (
  params: P,
  context: CallContext<R>,
) => HandlerAnswer<R> | Promise<HandlerAnswer<R>> | Later;

/** A handler for every method of an interface. */
export type Implementation<D extends InterfaceDescriptor> = {
  readonly [M in keyof D['methods']]: Handler<ParamsOf<D['methods'][M]>, ResultsOf<D['methods'][M]>>;
};

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
}

/** What a facet of an endpoint answers to. Made by {@link facetService}. */
export interface FacetService {
  readonly descriptor: InterfaceDescriptor;
  readonly implementation: Implementation<InterfaceDescriptor>;
  /** By ordinal. */
  readonly methods: readonly (MethodDescriptor | undefined)[];
}

/** An interface with its handlers, for {@link serveFacets}. */
export function facetService<D extends InterfaceDescriptor>(
  descriptor: D,
  implementation: Implementation<D>,
): FacetService {
  const methods: (MethodDescriptor | undefined)[] = [];
  for (const method of Object.values(descriptor.methods)) methods[method.ordinal] = method;
  return { descriptor, implementation: implementation as unknown as Implementation<InterfaceDescriptor>, methods };
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
  const served = new ServedEndpoint(environment, endpoint, () => service, options);
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
  const served = new ServedEndpoint(
    environment,
    endpoint,
    (low, high) => serviceOf((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)),
    options,
  );
  served.begin();
  return served;
}

class ServedEndpoint implements Service {
  open = false;
  unanswered = 0;
  readonly environment: Environment;
  readonly endpoint: Cap;
  readonly bufferSize: number;
  readonly wantsGone: boolean;
  private readonly serviceOf: (badgeLow: number, badgeHigh: number) => FacetService | undefined;
  private readonly onGone: ((badge: bigint) => void) | undefined;
  private readonly receives: Receive[] = [];
  private readonly idle: Receive[] = [];
  private readonly deferred = new Map<number, CallContext<unknown>>();
  private readonly maxConcurrent: number;
  private readonly onError: ((error: unknown) => void) | undefined;

  constructor(
    environment: Environment,
    endpoint: Cap,
    serviceOf: (badgeLow: number, badgeHigh: number) => FacetService | undefined,
    options: ServeOptions,
  ) {
    this.environment = environment;
    this.endpoint = endpoint;
    this.serviceOf = serviceOf;
    this.onGone = options.gone;
    this.wantsGone = options.gone !== undefined;
    this.bufferSize = options.bufferSize ?? 8192;
    this.maxConcurrent = options.maxConcurrent ?? 64;
    this.onError = options.onError;
    for (let n = 0; n < (options.receives ?? 4); n += 1) this.receives.push(new Receive(this));
  }

  begin(): void {
    this.open = true;
    this.environment.batch(() => {
      for (const receive of this.receives) this.environment.driver.startOrWait(receive);
    });
  }

  /** A call arrived in the receive's buffer. */
  arrived(receive: Receive, entry: CompletionEntry): void {
    const { driver } = this.environment;
    const { result, token, badgeLow, badgeHigh, methodId, capCount } = entry;
    const caps =
      capCount === 0 ? NO_CAPS : readCapRecords(this.environment, driver.words, receive.buffer + result, capCount);
    const service = this.serviceOf(badgeLow, badgeHigh);
    const method = service?.methods[methodId];
    const context = new CallContext<unknown>(this.environment, this, method, token, badgeLow, badgeHigh, caps);
    this.unanswered += 1;
    if (service === undefined || method === undefined) {
      if (service === undefined) context.failAs('disconnected', 'the server does not know this capability (any more)');
      else context.failAs('unimplemented', `${service.descriptor.name} has no method ${methodId}`);
      this.postAgain(receive);
      return;
    }
    let params: unknown;
    try {
      params = method.params.decode(driver.bytes, receive.buffer, result);
    } catch (error) {
      context.failAs(
        'invalidArgument',
        `the params of ${service.descriptor.name}.${method.name}: ${(error as Error).message}`,
      );
      this.postAgain(receive);
      return;
    }
    // The params are copies, so the buffer is free for the next caller before this one is answered.
    this.postAgain(receive);
    this.dispatch(service, method, params, context);
  }

  /** Nobody holds the facets of a badge any more. */
  gone(receive: Receive, badgeLow: number, badgeHigh: number): void {
    this.environment.driver.startOrWait(receive);
    try {
      this.onGone?.((BigInt(badgeHigh >>> 0) << 32n) | BigInt(badgeLow >>> 0));
    } catch (error) {
      this.onError?.(error);
    }
  }

  canceled(token: number): void {
    this.deferred.get(token)?.markCanceled();
  }

  ended(receive: Receive, error: number): void {
    receive.free();
    if (!this.open) return;
    this.open = false;
    this.onError?.(new TransportError(error, 'receiving at an endpoint'));
  }

  /** A call was answered. */
  answered(call: ServedCall): void {
    this.unanswered -= 1;
    this.deferred.delete(call.token);
    const receive = this.idle.pop();
    if (receive !== undefined) this.environment.driver.startOrWait(receive);
  }

  reportError(error: unknown): void {
    this.onError?.(error);
  }

  private postAgain(receive: Receive): void {
    if (this.unanswered < this.maxConcurrent) this.environment.driver.startOrWait(receive);
    else this.idle.push(receive);
  }

  private dispatch(
    service: FacetService,
    method: MethodDescriptor,
    params: unknown,
    context: CallContext<unknown>,
  ): void {
    let answer: unknown;
    try {
      const handler = service.implementation[method.name];
      if (handler === undefined) {
        context.failAs('unimplemented', `${service.descriptor.name}.${method.name} is not served here`);
        return;
      }
      answer = handler(params, context);
    } catch (error) {
      context.fail(error);
      return;
    }
    if (answer === LATER || answer instanceof Promise) {
      this.deferred.set(context.token, context);
      if (answer instanceof Promise) {
        answer.then(
          (results) => context.reply(results ?? {}),
          (error: unknown) => context.fail(error),
        );
      }
      return;
    }
    context.reply(answer ?? {});
  }
}

/** One posted receive and its buffer. */
class Receive implements Operation, Startable {
  slot = 0;
  nextWaiting: Startable | null = null;
  readonly buffer: number;
  private readonly server: ServedEndpoint;

  constructor(server: ServedEndpoint) {
    this.server = server;
    const { allocator } = server.environment.driver;
    this.buffer = allocator.allocate(server.bufferSize);
    if (this.buffer < 0) {
      throw new RuntimeError(
        'ARENA_EXHAUSTED',
        `serving takes a receive buffer of ${server.bufferSize} bytes and ${allocator.freeBytes} are free: post fewer ` +
          'receives, use smaller buffers, or start the process with a larger arena',
      );
    }
    server.environment.driver.enlist(this);
  }

  start(): boolean {
    const { driver } = this.server.environment;
    if (!driver.hasRoom()) return false;
    const { endpoint, bufferSize, wantsGone } = this.server;
    if (!endpoint.live) {
      // The program released the endpoint, or moved it away: that ends the service, not the program.
      this.server.ended(this, TRANSPORT_BAD_CAP);
      return true;
    }
    return driver.submissions.receive(endpoint.id, this.slot, this.buffer, bufferSize, wantsGone) === PUSHED;
  }

  // The slot is kept between receives: a cancellation notice names the receive that brought the call.
  complete(entry: CompletionEntry): void {
    if ((entry.flags & CQE_FLAG_CALL_CANCELED) !== 0) this.server.canceled(entry.token);
    else if (entry.result < 0) this.server.ended(this, -entry.result);
    else if ((entry.flags & CQE_FLAG_FACET_GONE) !== 0) this.server.gone(this, entry.badgeLow, entry.badgeHigh);
    else this.server.arrived(this, entry);
  }

  free(): void {
    const { driver } = this.server.environment;
    driver.retire(this);
    driver.allocator.free(this.buffer);
  }
}
