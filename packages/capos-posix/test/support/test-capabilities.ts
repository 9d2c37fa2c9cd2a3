// A capability table whose objects are TypeScript: each method gets decoded parameters and answers results, at once or later.

import type {
  CallOutcome,
  CapId,
  CapTableView,
  CapTransfer,
  InterfaceDescriptor,
  MethodDescriptor,
  PendingCall,
} from '@capos/abi';

/** What a served method is given beside its parameters. */
export interface ServedCall {
  /** Objects behind the transferred capabilities. */
  readonly transferred: readonly ServedObject[];
  /** Makes a capability for an object and answers its ordinal among the results. */
  grant(object: ServedObject): number;
  /** Calls back now or later, instead of answering. */
  later(complete: (answer: (results: unknown) => void) => void): void;
}

// biome-ignore lint/suspicious/noExplicitAny: parameters are those of any method of any interface
export type ServedMethod = (params: any, call: ServedCall) => unknown;

export interface ServedObject {
  readonly descriptor: InterfaceDescriptor;
  readonly methods: Readonly<Record<string, ServedMethod>>;
  /** What a memory object shows. */
  readonly bytes?: Uint8Array;
}

export class TestCapabilities implements CapTableView {
  readonly #named = new Map<string, CapId>();
  readonly objects = new Map<CapId, ServedObject>();
  #next = 0x10_0001;
  /** Calls made, as `Interface.method`. */
  readonly calls: string[] = [];

  constructor(named: Readonly<Record<string, ServedObject>>) {
    for (const [name, object] of Object.entries(named)) this.#named.set(name, this.insert(object));
  }

  /** Another table with copies of exactly these, and the names of those that have one. */
  fork(capIds: readonly CapId[]): TestCapabilities {
    const child = new TestCapabilities({});
    child.#next = this.#next + 0x1000;
    child.forkedIds = capIds.map((capId) => {
      const object = this.objects.get(capId);
      return object === undefined ? 0 : child.insert(object);
    });
    for (const [name, capId] of this.#named) {
      const index = capIds.indexOf(capId);
      if (index >= 0) child.#named.set(name, child.forkedIds[index]!);
    }
    return child;
  }

  /** Ids that `fork` gave the capabilities it was asked for. */
  forkedIds: readonly CapId[] = [];

  insert(object: ServedObject): CapId {
    const capId = this.#next++;
    this.objects.set(capId, object);
    return capId;
  }

  lookup(name: string): CapId | undefined {
    return this.#named.get(name);
  }

  names(): readonly string[] {
    return [...this.#named.keys()];
  }

  interfaceOf(capId: CapId): bigint | undefined {
    return this.objects.get(capId)?.descriptor.id;
  }

  call(
    capId: CapId,
    ordinal: number,
    params: Uint8Array,
    transfers: readonly CapTransfer[],
    complete: (outcome: CallOutcome) => void,
  ): PendingCall | undefined {
    const object = this.objects.get(capId);
    if (object === undefined) {
      complete({ kind: 'transport', code: 2 });
      return undefined;
    }
    const method = Object.values(object.descriptor.methods).find((one) => one.ordinal === ordinal) as MethodDescriptor;
    const implementation = object.methods[method.name];
    this.calls.push(`${object.descriptor.name}.${method.name}`);
    if (implementation === undefined) {
      complete({ kind: 'exception', exception: { kind: 'unimplemented', reason: method.name } });
      return undefined;
    }
    const granted: ServedObject[] = [];
    let canceled = false;
    let completed = false;
    let waits = false;
    const answer = (results: unknown): void => {
      if (canceled || completed) return;
      completed = true;
      const bytes = new Uint8Array(method.results.measure(results));
      const length = method.results.encode(results, bytes);
      const caps = granted.map((one) => ({ capId: this.insert(one), interfaceId: one.descriptor.id }));
      complete({ kind: 'results', payload: bytes.subarray(0, length), caps });
    };
    const results = implementation(method.params.decode(params), {
      transferred: transfers.map((transfer) => this.objects.get(transfer.capId)!),
      grant: (one) => granted.push(one) - 1,
      later: (begin) => {
        waits = true;
        begin(answer);
      },
    });
    if (!waits) answer(results);
    return completed ? undefined : { cancel: () => (canceled = true) };
  }

  copy(capId: CapId): CapId | undefined {
    const object = this.objects.get(capId);
    return object && this.insert(object);
  }

  copyFrom(other: CapTableView, capId: CapId): CapId | undefined {
    const object = (other as TestCapabilities).objects.get(capId);
    return object && this.insert(object);
  }

  release(capId: CapId): void {
    this.objects.delete(capId);
  }
}
