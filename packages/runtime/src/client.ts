// Typed clients: an object with one promise-returning method for each method of an interface.
import type { InterfaceDescriptor, MethodDescriptor } from '@capos/abi';
import type { CallCallback, CallOptions } from './call.ts';
import type { Cap } from './cap.ts';
import { attachCaps } from './received-caps.ts';

/** The params type of a method. */
export type ParamsOf<M> = M extends MethodDescriptor<infer P, infer _R> ? P : never;
/** The results type of a method. */
export type ResultsOf<M> = M extends MethodDescriptor<infer _P, infer R> ? R : never;

type ClientMethod<P, R> =
  Record<string, never> extends P
    ? (params?: P, options?: CallOptions) => Promise<R>
    : (params: P, options?: CallOptions) => Promise<R>;

/**
 * An interface as a program calls it. A method resolves with the results, or rejects with CapError (TransportError when
 * the call never reached its object) or the abort signal's reason. Capabilities in results: `adopt(results, field, …)`.
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

// One class per interface, methods on its prototype: clients are cheap and calls through them monomorphic.
function defineClient(descriptor: InterfaceDescriptor): ClientClass {
  class InterfaceClient extends ClientBase {}
  for (const [name, method] of Object.entries(descriptor.methods)) {
    Object.defineProperty(InterfaceClient.prototype, name, {
      value(this: ClientBase, params: unknown = {}, options?: CallOptions): Promise<unknown> {
        return new Promise((resolve, reject) => {
          this[CALLER].callThen(
            this[CAP],
            method,
            params,
            (error, results, caps) => {
              if (error !== null) {
                reject(error);
                return;
              }
              if (caps.length > 0) attachCaps(results, caps);
              resolve(results);
            },
            options,
          );
        });
      },
    });
  }
  Object.defineProperty(InterfaceClient, 'name', { value: `${descriptor.name}Client` });
  return InterfaceClient;
}
