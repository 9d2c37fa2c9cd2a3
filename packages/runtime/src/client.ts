// Typed clients: an object with one promise-returning method for each method of an interface.
import type { InterfaceDescriptor, MethodDescriptor } from '@capos/abi';
import type { CallCallback, CallOptions } from './call.ts';
import type { CallAnswer } from './call-answer.ts';
import type { Cap } from './cap.ts';
import { attachCaps } from './received-caps.ts';
import { RuntimeError } from './runtime-error.ts';

/** The params type of a method. */
export type ParamsOf<M> = M extends MethodDescriptor<infer P, infer _R> ? P : never;
/** The results type of a method. */
export type ResultsOf<M> = M extends MethodDescriptor<infer _P, infer R> ? R : never;

type ClientMethod<P, R> =
  Record<string, never> extends P
    ? (params?: P, options?: CallOptions) => CallPromise<R>
    : (params: P, options?: CallOptions) => CallPromise<R>;

/**
 * What a client's method answers: a promise of the results, and of the capabilities in them, which can be called at once.
 * `dir.open({ name }).pipelined(File).read({ length })` enters the kernel without waiting for `open`.
 */
export class CallPromise<R> extends Promise<R> {
  private ahead: { readonly caller: Caller; readonly answer: CallAnswer } | undefined;

  static {
    // `then` and the like answer plain promises; and `await` takes a promise as it is only when this says Promise, else it makes
    // another around it and needs two turns more (ECMA-262 §27.2.4.7.1).
    Object.defineProperty(CallPromise.prototype, 'constructor', { value: Promise });
  }

  /** Called by the client. */
  from(caller: Caller, answer: CallAnswer): this {
    this.ahead = { caller, answer };
    return this;
  }

  /**
   * A client of result capability `ordinal` (the order in which the server gave them), before it has come. What it is asked is
   * sent on when it comes, and fails as this call does if it does not, so nobody needs to look at this promise any more.
   * Release it like any other (`using`).
   * @throws RuntimeError UNSUPPORTED when results of this method carry no capabilities
   */
  pipelined<D extends InterfaceDescriptor>(descriptor: D, ordinal: number = 0): Client<D> {
    if (this.ahead === undefined) {
      throw new RuntimeError(
        'UNSUPPORTED',
        `pipelining to a ${descriptor.name}: this method's results carry no capability`,
      );
    }
    this.then(undefined, seenAhead);
    return makeClient(this.ahead.caller, this.ahead.answer.capability(ordinal, descriptor), descriptor);
  }
}

/** A failure that what was called ahead tells of: without this a promise that nobody awaits would end a program of Node. */
function seenAhead(): void {}

/**
 * An interface as a program calls it. A method resolves with the results, or rejects with CapError (TransportError when
 * the call never reached its object) or the abort signal's reason. Capabilities in results: `adopt(results, field, …)`,
 * or ahead of them `pipelined`.
 */
export type Client<D extends InterfaceDescriptor> = {
  readonly [M in keyof D['methods']]: ClientMethod<ParamsOf<D['methods'][M]>, ResultsOf<D['methods'][M]>>;
} & Disposable;

/** What a client needs from its environment. */
export interface Caller {
  callThen<P, R>(
    cap: Cap,
    method: MethodDescriptor<P, R>,
    params: P,
    callback: CallCallback<R>,
    options?: CallOptions,
  ): void;
  callAhead<P, R>(
    cap: Cap,
    method: MethodDescriptor<P, R>,
    params: P,
    callback: CallCallback<R>,
    options?: CallOptions,
  ): CallAnswer;
}

// Symbols, so that no method name of any schema is taken.
const CALLER: unique symbol = Symbol('caller');
const CAP: unique symbol = Symbol('cap');

class ClientBase implements Disposable {
  readonly [CALLER]: Caller;
  readonly [CAP]: Cap;

  constructor(caller: Caller, cap: Cap) {
    this[CALLER] = caller;
    this[CAP] = cap;
  }

  [Symbol.dispose](): void {
    this[CAP].release();
  }
}

type ClientClass = new (caller: Caller, cap: Cap) => ClientBase;
const classes = new WeakMap<InterfaceDescriptor, ClientClass>();

/** A client of `cap`, without any check of its interface. */
export function makeClient<D extends InterfaceDescriptor>(caller: Caller, cap: Cap, descriptor: D): Client<D> {
  let clientClass = classes.get(descriptor);
  if (clientClass === undefined) {
    clientClass = defineClient(descriptor);
    classes.set(descriptor, clientClass);
  }
  return new clientClass(caller, cap) as unknown as Client<D>;
}

/** The capability that a typed client calls: to pass it on, or to release it. */
export function capOf(client: Disposable): Cap {
  return (client as ClientBase)[CAP];
}

/** Settles one promise with a call's end; pooled, so that the promise itself is all that a call leaves. */
class Settlement {
  next: Settlement | null = null;
  private resolve: (results: unknown) => void = unused;
  private reject: (error: unknown) => void = unused;

  readonly executor = (resolve: (results: unknown) => void, reject: (error: unknown) => void): void => {
    this.resolve = resolve;
    this.reject = reject;
  };

  /** The call was not made. */
  fail(error: unknown): void {
    this.reject(error);
  }

  readonly callback: CallCallback<unknown> = (error, results, caps) => {
    const { resolve, reject } = this;
    this.resolve = unused;
    this.reject = unused;
    this.next = idleSettlement;
    idleSettlement = this;
    if (error !== null) {
      reject(error);
      return;
    }
    if (caps.length > 0) attachCaps(results, caps);
    resolve(results);
  };
}

// In place of a promise's functions while there is none.
function unused(): never {
  throw new Error('a call ended twice');
}

let idleSettlement: Settlement | null = null;

function takeSettlement(): Settlement {
  const settlement = idleSettlement;
  if (settlement === null) return new Settlement();
  idleSettlement = settlement.next;
  settlement.next = null;
  return settlement;
}

const NO_PARAMS: object = Object.freeze({});

// One class per interface, methods on its prototype: clients are cheap and calls through them monomorphic.
function defineClient(descriptor: InterfaceDescriptor): ClientClass {
  class InterfaceClient extends ClientBase {}
  for (const [name, method] of Object.entries(descriptor.methods)) {
    Object.defineProperty(InterfaceClient.prototype, name, {
      value(this: ClientBase, params: unknown = NO_PARAMS, options?: CallOptions): Promise<unknown> {
        const caller = this[CALLER];
        const settlement = takeSettlement();
        const promise = new CallPromise(settlement.executor);
        try {
          if (method.returnsCapabilities === true) {
            return promise.from(caller, caller.callAhead(this[CAP], method, params, settlement.callback, options));
          }
          caller.callThen(this[CAP], method, params, settlement.callback, options);
        } catch (error) {
          settlement.fail(error);
        }
        return promise;
      },
    });
  }
  Object.defineProperty(InterfaceClient, 'name', { value: `${descriptor.name}Client` });
  return InterfaceClient;
}
