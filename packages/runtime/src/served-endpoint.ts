// An endpoint being served.
//
//   RECV posted ─▶ call arrives ─▶ params decoded, RECV posted again ─▶ handler ─┬─ value ───▶ RETURN in this drain
//                                                                                ├─ promise ─▶ RETURN when it settles
//                                                                                └─ later() ─▶ RETURN at reply or fail
// When `maxConcurrent` calls are unanswered no RECV is posted: further callers wait in the endpoint's queue.
//
// What a call costs the collector (bench `ipc`, row `typed-call-garbage`): its params, and a context where the handler has a
// parameter for it; nothing where the service says `reuse`. A context cannot be reused otherwise: nobody can tell whether a
// handler kept it, and a kept one would answer somebody else's call.
import { type ArrivedCall, type CapExceptionKind, decodeLent, type MethodDescriptor } from '@capos/abi';
import { AnswerSender } from './answer-sender.ts';
import { BadgeCache } from './badge-cache.ts';
import { CallContext, type CallServer, LATER } from './call-context.ts';
import type { Cap } from './cap.ts';
import { readCapRecords } from './cap-records.ts';
import type { Environment } from './environment.ts';
import type { FacetService, Handler } from './facet-service.ts';
import { PostedReceive, type ReceivingServer } from './posted-receive.ts';
import { NO_CAPS, type ReceivedCaps } from './received-caps.ts';
import { TransportError } from './transport-error.ts';

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

// Params of a method that has none, results of a handler that returns none: nobody can write to it, so all calls share it.
const NO_FIELDS: object = Object.freeze({});

/** Takes calls, has them answered, and posts receives for more. */
export class ServedEndpoint implements Service, CallServer, ReceivingServer {
  open = false;
  unanswered = 0;
  readonly environment: Environment;
  readonly endpoint: Cap;
  readonly bufferSize: number;
  readonly wantsGone: boolean;
  readonly sender: AnswerSender;
  readonly badges: BadgeCache = new BadgeCache();
  private readonly service: FacetService | undefined;
  private readonly serviceOf: ((badge: bigint) => FacetService | undefined) | undefined;
  private readonly onGone: ((badge: bigint) => void) | undefined;
  private readonly receives: PostedReceive[] = [];
  private readonly idle: PostedReceive[] = [];
  private readonly deferred = new Map<number, CallContext<unknown>>();
  private readonly maxConcurrent: number;
  private readonly onError: ((error: unknown) => void) | undefined;
  private readonly reuse: boolean;
  private readonly lendsData: boolean;
  /** Of a service that reuses: what the next call gets. One of each is enough, as no handler runs inside another's. */
  private idleContext: CallContext<unknown> | undefined = undefined;
  private readonly idleParams = new Map<MethodDescriptor, unknown>();

  constructor(
    environment: Environment,
    endpoint: Cap,
    service: FacetService | ((badge: bigint) => FacetService | undefined),
    options: ServeOptions,
  ) {
    this.environment = environment;
    this.endpoint = endpoint;
    this.service = typeof service === 'function' ? undefined : service;
    this.serviceOf = typeof service === 'function' ? service : undefined;
    this.onGone = options.gone;
    this.wantsGone = options.gone !== undefined;
    this.bufferSize = options.bufferSize ?? 8192;
    this.maxConcurrent = options.maxConcurrent ?? 64;
    this.onError = options.onError;
    this.reuse = options.reuse ?? false;
    this.lendsData = options.lendsData ?? false;
    this.sender = new AnswerSender(environment, options.onError);
    for (let n = 0; n < (options.receives ?? 4); n += 1) this.receives.push(new PostedReceive(this));
  }

  begin(): void {
    this.open = true;
    this.environment.batch(() => {
      for (const receive of this.receives) this.environment.driver.startOrWait(receive);
    });
  }

  /** A call arrived in the receive's buffer. */
  arrived(receive: PostedReceive, call: ArrivedCall): void {
    const { driver } = this.environment;
    const { result, token, badgeLow, badgeHigh, methodId, capCount } = call;
    const caps =
      capCount === 0 ? NO_CAPS : readCapRecords(this.environment, driver.words, receive.buffer + result, capCount);
    this.unanswered += 1;
    const service = this.service ?? this.serviceOf?.(this.badges.get(badgeLow, badgeHigh));
    const served = service?.methods[methodId];
    if (service === undefined || served === undefined) {
      this.postAgain(receive);
      if (service === undefined)
        this.refuse(token, caps, 'disconnected', 'the server does not know this capability (any more)');
      else this.refuse(token, caps, 'unimplemented', `${service.descriptor.name} has no method ${methodId}`);
      return;
    }
    const { method, handler } = served;
    let params: unknown;
    try {
      params = this.lendsData
        ? decodeLent(method.params, driver.bytes, receive.buffer, result, this.paramsFor(method))
        : method.params.decode(driver.bytes, receive.buffer, result, this.paramsFor(method));
    } catch (error) {
      this.postAgain(receive);
      const reason = `the params of ${service.descriptor.name}.${method.name}: ${(error as Error).message}`;
      this.refuse(token, caps, 'invalidArgument', reason);
      return;
    }
    if (this.reuse && !this.idleParams.has(method)) this.idleParams.set(method, params);
    // Where the params are copies, the buffer is free for the next caller before this one is answered.
    if (!this.lendsData) this.postAgain(receive);
    if (handler === undefined) {
      this.refuse(token, caps, 'unimplemented', `${service.descriptor.name}.${method.name} is not served here`);
    } else if (served.takesContext) {
      this.answerInContext(method, handler, params, this.takeContext().begin(method, token, badgeLow, badgeHigh, caps));
    } else this.answer(method, handler as (params: unknown) => unknown, params, token, caps);
    if (this.lendsData) this.postAgain(receive);
  }

  /** Nobody holds the facets of a badge any more. */
  gone(receive: PostedReceive, badgeLow: number, badgeHigh: number): void {
    this.environment.driver.startOrWait(receive);
    try {
      this.onGone?.(this.badges.get(badgeLow, badgeHigh));
    } catch (error) {
      this.onError?.(error);
    }
  }

  canceled(token: number): void {
    this.deferred.get(token)?.markCanceled();
  }

  ended(receive: PostedReceive, error: number): void {
    receive.free();
    if (!this.open) return;
    this.open = false;
    this.onError?.(new TransportError(error, 'receiving at an endpoint'));
  }

  /** A call was answered by its context. */
  answered(context: CallContext<unknown>): void {
    this.deferred.delete(context.token);
    this.settled(context.caps);
  }

  /** The answer of a call is on its way: what came with it goes, and a receive that waited for this may be posted. */
  private settled(caps: ReceivedCaps): void {
    if (caps.length > 0) caps.releaseRest();
    this.unanswered -= 1;
    const receive = this.idle.pop();
    if (receive !== undefined) this.environment.driver.startOrWait(receive);
  }

  private postAgain(receive: PostedReceive): void {
    if (this.unanswered < this.maxConcurrent) this.environment.driver.startOrWait(receive);
    else this.idle.push(receive);
  }

  private refuse(token: number, caps: ReceivedCaps, kind: CapExceptionKind, reason: string): void {
    this.sender.exception(token, kind, reason);
    this.settled(caps);
  }

  /** Calls a handler that takes no context, and answers for it. */
  private answer(
    method: MethodDescriptor,
    handler: (params: unknown) => unknown,
    params: unknown,
    token: number,
    caps: ReceivedCaps,
  ): void {
    let results: unknown;
    try {
      results = handler(params);
    } catch (error) {
      this.sender.thrown(token, method, error);
      this.settled(caps);
      return;
    }
    if (results instanceof Promise) this.answerWhenSettled(method, results, token, caps);
    else {
      this.sender.results(token, method, results ?? NO_FIELDS, undefined);
      this.settled(caps);
    }
  }

  private answerWhenSettled(
    method: MethodDescriptor,
    promise: Promise<unknown>,
    token: number,
    caps: ReceivedCaps,
  ): void {
    this.keepParams(method);
    promise.then(
      (results) => {
        this.sender.results(token, method, results ?? NO_FIELDS, undefined);
        this.settled(caps);
      },
      (error: unknown) => {
        this.sender.thrown(token, method, error);
        this.settled(caps);
      },
    );
  }

  private answerInContext(
    method: MethodDescriptor,
    handler: Handler<unknown, unknown>,
    params: unknown,
    context: CallContext<unknown>,
  ): void {
    let results: unknown;
    try {
      results = handler(params, context);
    } catch (error) {
      this.finish(context, error, true);
      this.idleContext = context;
      return;
    }
    if (results !== LATER && !(results instanceof Promise)) {
      this.finish(context, results, false);
      this.idleContext = context;
      return;
    }
    this.keepParams(method);
    if (!context.answered) this.deferred.set(context.token, context);
    if (results instanceof Promise) {
      results.then(
        (value) => this.finish(context, value, false),
        (error: unknown) => this.finish(context, error, true),
      );
    }
  }

  /** What the handler came to is the answer, unless it has answered through its context. */
  private finish(context: CallContext<unknown>, outcome: unknown, isError: boolean): void {
    if (!context.answered) {
      if (isError) context.fail(outcome);
      else context.reply(outcome ?? NO_FIELDS);
    } else if (isError) this.sender.reportError(outcome);
    else if (outcome !== undefined) this.sender.reportError(context.alreadyAnswered('answering'));
  }

  private takeContext(): CallContext<unknown> {
    const context = this.reuse ? this.idleContext : undefined;
    this.idleContext = undefined;
    return context ?? new CallContext<unknown>(this);
  }

  /** What the params of a call are read into; undefined for a new object. */
  private paramsFor(method: MethodDescriptor): unknown {
    if (method.params.dataWords === 0 && method.params.pointers === 0) return NO_FIELDS;
    return this.reuse ? this.idleParams.get(method) : undefined;
  }

  /** The handler may look at its params until it has answered. */
  private keepParams(method: MethodDescriptor): void {
    if (this.reuse) this.idleParams.delete(method);
  }
}
