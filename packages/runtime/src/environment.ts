// A program's environment: all its authority arrives here, as the CapSet the kernel wrote and the ring it listens to.
import {
  type CapId,
  type CapSetEntry,
  type HostedPort,
  type InterfaceDescriptor,
  type MethodDescriptor,
  readCapSet,
} from '@capos/abi';
import { type CallCallback, type CallOptions, CallPool } from './call.ts';
import { CallAnswer } from './call-answer.ts';
import { Cap, type CapHolder, checkInterface } from './cap.ts';
import { type Caller, type Client, makeClient } from './client.ts';
import { ReturnPool } from './pending-return.ts';
import { attachCaps, NO_CAPS, type ReceivedCaps } from './received-caps.ts';
import { RingDriver } from './ring-driver.ts';
import { RuntimeError } from './runtime-error.ts';

/** The capabilities a program was started with, by name. */
export class CapSet {
  private readonly environment: Environment;
  private readonly entries: ReadonlyMap<string, CapSetEntry>;
  private readonly caps = new Map<string, Cap>();

  constructor(environment: Environment, entries: readonly CapSetEntry[]) {
    this.environment = environment;
    this.entries = new Map(entries.map((entry) => [entry.name, entry]));
  }

  /** Every name, in the order granted. */
  get names(): readonly string[] {
    return [...this.entries.keys()];
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** The interface id granted under `name`, undefined when there is none. */
  interfaceId(name: string): bigint | undefined {
    return this.entries.get(name)?.interfaceId;
  }

  /** A typed client of the capability. @throws RuntimeError NOT_GRANTED, WRONG_INTERFACE */
  get<D extends InterfaceDescriptor>(name: string, descriptor: D): Client<D> {
    return this.environment.client(this.cap(name, descriptor), descriptor);
  }

  /**
   * The capability itself, the same object each time. Without a descriptor any interface will do.
   * @throws RuntimeError NOT_GRANTED, WRONG_INTERFACE
   */
  cap(name: string, descriptor?: InterfaceDescriptor): Cap {
    const entry = this.entries.get(name);
    if (entry === undefined) {
      const wanted = descriptor === undefined ? '' : ` (${descriptor.name})`;
      throw new RuntimeError(
        'NOT_GRANTED',
        `asking for capability "${name}"${wanted}: this process was granted ${this.entries.size === 0 ? 'nothing' : this.names.join(', ')}; ` +
          'grant it where the process is started',
      );
    }
    let cap = this.caps.get(name);
    if (cap === undefined) {
      cap = new Cap(this.environment, entry.capId, entry.interfaceId);
      this.caps.set(name, cap);
    }
    if (descriptor !== undefined) checkInterface(cap, descriptor, `capability "${name}"`);
    return cap;
  }
}

/** What is open for the program's whole life. Made by {@link openEnvironment}. */
export class Environment implements Caller, CapHolder {
  readonly capSet: CapSet;
  readonly processId: bigint;
  /** The ring and the arena, for `serve` and for programs with operations of their own. */
  readonly driver: RingDriver;
  /** Answers of `serve`. */
  readonly returns: ReturnPool;
  private readonly port: HostedPort;
  private readonly calls: CallPool;
  private idleOutcome: SyncOutcome | undefined = undefined;
  /** Only a net: nobody can say when, or whether, a collector comes by. */
  private readonly lost: FinalizationRegistry<CapId> = new FinalizationRegistry((capId) => this.driver.release(capId));

  constructor(port: HostedPort, driver: RingDriver, entries: readonly CapSetEntry[]) {
    this.port = port;
    this.processId = port.processId;
    this.driver = driver;
    this.calls = new CallPool(driver, this);
    this.returns = new ReturnPool(driver);
    this.capSet = new CapSet(this, entries);
  }

  /** A typed client of a capability. @throws RuntimeError WRONG_INTERFACE */
  client<D extends InterfaceDescriptor>(cap: Cap, descriptor: D): Client<D> {
    checkInterface(cap, descriptor, 'a capability');
    return makeClient(this, cap, descriptor);
  }

  /**
   * Calls a method without a promise. When the callee answers synchronously, `callback` runs before this returns (unless
   * it was called out of another callback: then right after that one). `params` must not change until then. `into` is
   * filled and handed to the callback instead of new results.
   */
  callThen<P, R>(
    cap: Cap,
    method: MethodDescriptor<P, R>,
    params: P,
    callback: CallCallback<R>,
    options?: CallOptions,
    into?: R,
  ): void {
    this.calls.take().run(cap, method as MethodDescriptor, params, callback as CallCallback<never>, options, into);
  }

  /** `callThen` for a call whose result capabilities are called before they come: {@link CallAnswer.capability}. */
  callAhead<P, R>(
    cap: Cap,
    method: MethodDescriptor<P, R>,
    params: P,
    callback: CallCallback<R>,
    options?: CallOptions,
  ): CallAnswer {
    const answer = new CallAnswer(this);
    this.calls
      .take()
      .run(cap, method as MethodDescriptor, params, callback as CallCallback<never>, options, undefined, answer);
    return answer;
  }

  /**
   * Calls a method and waits for its answer: at once from a callee that answers synchronously, and in a Worker by blocking
   * it. Not out of a callback of this environment. `into` is filled and answered instead of new results.
   * @throws CapError, TransportError as the call ended; RuntimeError UNSUPPORTED when the answer is not there and this
   *   thread may not block (the call goes on, its answer is dropped)
   */
  callSync<P, R>(cap: Cap, method: MethodDescriptor<P, R>, params: P, options?: CallOptions, into?: R): R {
    const outcome = this.idleOutcome ?? new SyncOutcome();
    this.idleOutcome = undefined;
    this.callThen(cap, method, params, outcome.callback as CallCallback<R>, options, into);
    while (!outcome.done) {
      if (this.driver.waitForCompletion()) continue;
      outcome.abandoned = true;
      throw new RuntimeError(
        'UNSUPPORTED',
        `waiting for ${method.name}: its answer did not come at once and this thread may not block; use callThen or a promise`,
      );
    }
    const { caps, error, results } = outcome;
    this.idleOutcome = outcome.reset();
    if (error !== null) throw error;
    if (caps.length > 0) attachCaps(results, caps);
    return results as R;
  }

  /** Runs `body` and submits all the calls it makes with one doorbell. */
  batch<T>(body: () => T): T {
    return this.driver.batch(body);
  }

  /** A Cap for an id that the program learned by other means than a message; its interface is taken on trust. */
  capFromId(capId: CapId, interfaceId: bigint): Cap {
    return new Cap(this, capId, interfaceId);
  }

  releaseCapId(capId: CapId): void {
    this.driver.release(capId);
  }

  watch(cap: Cap, capId: CapId): void {
    this.lost.register(cap, capId, cap);
  }

  unwatch(cap: Cap): void {
    this.lost.unregister(cap);
  }

  /** Ends the process. What was called before reaches the kernel first. */
  exit(code: number): void {
    this.driver.flush();
    this.port.exit(code);
  }
}

/** How a blocking call ended; reused, so that such calls leave no garbage. */
class SyncOutcome {
  done = false;
  abandoned = false;
  error: Error | null = null;
  results: unknown = undefined;
  caps: ReceivedCaps = NO_CAPS;

  readonly callback = (error: Error | null, results: unknown, caps: ReceivedCaps): void => {
    if (this.abandoned) caps.releaseRest();
    this.done = true;
    this.error = error;
    this.results = results;
    this.caps = caps;
  };

  reset(): this {
    this.done = false;
    this.error = null;
    this.results = undefined;
    this.caps = NO_CAPS;
    return this;
  }
}

/** What {@link openEnvironment} can be told. */
export interface EnvironmentOptions {
  /** The kernel takes submissions while the doorbell rings. Default: yes unless the arena is shared between threads. */
  readonly synchronous?: boolean;
}

/**
 * Opens the environment of a hosted or worker program: reads its CapSet and takes its ring over. Once per port.
 * @throws AbiError badCapSet, RingError NOT_A_RING: the kernel's side is broken
 */
export function openEnvironment(port: HostedPort, options: EnvironmentOptions = {}): Environment {
  const shared = typeof SharedArrayBuffer !== 'undefined' && port.arena instanceof SharedArrayBuffer;
  const entries = readCapSet(new Uint8Array(port.arena), port.capSetOffset);
  return new Environment(port, new RingDriver(port, options.synchronous ?? !shared), entries);
}
