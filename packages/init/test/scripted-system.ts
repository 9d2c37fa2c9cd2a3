// A board for init: console, timer, endpoints, a spawner that starts nothing and remembers all, and handles the test ends.
import {
  BootPackage,
  CapError,
  Console,
  Endpoint,
  EndpointFactory,
  type ExitStatus,
  fromUtf8,
  ProcessHandle,
  ProcessSpawner,
  type ProcessSpawnerSpawnParams,
  Timer,
} from '@capos/abi';
import { initProgram } from '../src/index.ts';
import { ScriptedKernel, type ScriptedObject } from './scripted-kernel.ts';

/** A process that init spawned. */
export interface SpawnedProcess {
  readonly name: string;
  readonly params: ProcessSpawnerSpawnParams;
  /** What it was granted, by name. */
  readonly grants: Readonly<Record<string, ScriptedObject>>;
  killedWith: number | undefined;
  end(status: ExitStatus | number): void;
}

export interface FacetObject extends ScriptedObject {
  readonly endpoint: EndpointObject;
  readonly badge: bigint;
}

export interface EndpointObject extends ScriptedObject {
  revoked: boolean;
}

function endpointObject(): EndpointObject {
  const endpoint: EndpointObject = {
    descriptor: Endpoint,
    revoked: false,
    methods: {
      mint: ({ badge, interfaceId }: { badge: bigint; interfaceId: bigint }) => {
        const facet: FacetObject = { descriptor: Endpoint, interfaceId, endpoint, badge, methods: {} };
        return { results: { client: 0 }, caps: [facet] };
      },
      revokeAll: () => {
        endpoint.revoked = true;
        return { results: {} };
      },
    },
  };
  return endpoint;
}

export class ScriptedSystem {
  readonly kernel: ScriptedKernel;
  readonly spawned: SpawnedProcess[] = [];
  readonly sleeps: bigint[] = [];
  readonly endpoints: EndpointObject[] = [];
  readonly objects: Readonly<Record<string, ScriptedObject>>;
  output = '';
  nowNs = 1_000_000n;
  /** Programs the spawner refuses, with its words. */
  readonly refuses = new Map<string, string>();
  /** Killed processes end at once, unless told otherwise. */
  killsEnd = true;

  constructor(
    manifest: Uint8Array,
    blobs: readonly string[] = [],
    without: readonly string[] = [],
    more: Record<string, ScriptedObject> = {},
  ) {
    const all: Record<string, ScriptedObject> = {
      boot: {
        descriptor: BootPackage,
        methods: {
          manifest: () => ({ results: { manifest } }),
          list: () => ({ results: { names: blobs } }),
        },
      },
      console: {
        descriptor: Console,
        methods: {
          write: ({ data }: { data: Uint8Array }) => {
            this.output += fromUtf8(data);
            return { results: { written: data.length } };
          },
        },
      },
      timer: {
        descriptor: Timer,
        methods: {
          now: () => ({ results: { monotonicNs: this.nowNs } }),
          sleepUntil: ({ monotonicNs }: { monotonicNs: bigint }) => {
            this.sleeps.push(monotonicNs - this.nowNs);
            this.nowNs = monotonicNs;
            return { results: {} };
          },
        },
      },
      endpoints: {
        descriptor: EndpointFactory,
        methods: {
          create: () => {
            const endpoint = endpointObject();
            this.endpoints.push(endpoint);
            return { results: { endpoint: 0 }, caps: [endpoint] };
          },
        },
      },
      spawner: {
        descriptor: ProcessSpawner,
        methods: { spawn: (params: ProcessSpawnerSpawnParams, caps) => this.spawn(params, caps) },
      },
      ...more,
    };
    for (const name of without) delete all[name];
    this.objects = all;
    this.kernel = new ScriptedKernel(all).run(initProgram);
  }

  private spawn(
    params: ProcessSpawnerSpawnParams,
    caps: readonly ScriptedObject[],
  ): { results: object; caps: readonly ScriptedObject[] } {
    const refusal = this.refuses.get(params.program);
    if (refusal !== undefined) throw new CapError('invalidArgument', refusal);
    let end: (status: ExitStatus) => void = () => {};
    const ended = new Promise<ExitStatus>((resolve) => {
      end = resolve;
    });
    const process: SpawnedProcess = {
      name: params.name,
      params,
      grants: Object.fromEntries(params.grants.map(({ name, cap }) => [name, caps[cap]!])),
      killedWith: undefined,
      end: (status) => end(typeof status === 'number' ? { which: 'exited', exited: status } : status),
    };
    this.spawned.push(process);
    const handle: ScriptedObject = {
      descriptor: ProcessHandle,
      methods: {
        wait: async () => ({ results: { status: await ended } }),
        kill: ({ signal }: { signal: number }) => {
          process.killedWith = signal;
          if (this.killsEnd) end({ which: 'killed', killed: signal });
          return { results: {} };
        },
      },
    };
    return { results: { process: 0, processId: BigInt(this.spawned.length + 1) }, caps: [handle] };
  }

  /** Waits until init has done all it can without another event. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  }

  get names(): string[] {
    return this.spawned.map(({ name }) => name);
  }

  /** The process of that name started last. */
  process(name: string): SpawnedProcess {
    const found = this.spawned.findLast((process) => process.name === name);
    if (found === undefined) throw new Error(`${name} was not started; init said: ${this.output}`);
    return found;
  }
}
