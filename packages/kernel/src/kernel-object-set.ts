// The one instance of each kernel object that a kernel has. They live as long as the kernel.

import type { PersonalityFactory } from '@capos/abi';
import type { KernelObject } from './capabilities/kernel-object.ts';
import { KernelError } from './kernel-error.ts';
import { KERNEL_OBJECTS, type KernelObjectName } from './kernel-objects.ts';
import type { Nucleus } from './nucleus.ts';
import { CapabilityManagerObject } from './objects/capability-manager.ts';
import { type ConsoleBackend, ConsoleObject } from './objects/console.ts';
import { AccountsObject } from './objects/donation.ts';
import { EndpointFactoryObject } from './objects/endpoint-factory.ts';
import { EntropySourceObject } from './objects/entropy-source.ts';
import { FrameAllocatorObject } from './objects/frame-allocator.ts';
import { NotificationFactoryObject } from './objects/notification.ts';
import { ParkSpaceObject } from './objects/park-space.ts';
import { PersonalityObject } from './objects/personality.ts';
import { ProcessListObject } from './objects/process-list.ts';
import { ProcessSpawnerObject } from './objects/process-spawner.ts';
import { SchedulingPolicyObject } from './objects/scheduling-policy.ts';
import { ThreadSpawnerObject } from './objects/thread-spawner.ts';
import { TimerObject } from './objects/timer.ts';
import { VirtualMemoryObject } from './objects/virtual-memory.ts';
import type { Process } from './processes/process.ts';
import type { SpawnRequest, SpawnService } from './processes/spawn.ts';
import type { Scheduler } from './scheduling/scheduler.ts';

/** A terminal that takes everything and never says anything. */
const SILENT_CONSOLE: ConsoleBackend = {
  write: (bytes) => bytes.length,
  onInput: (callback) => callback(null),
  size: () => ({ columns: 80, rows: 24, isTerminal: false }),
  setRaw: () => {},
  onInterrupt: () => {},
};

/** Objects that a kernel makes once. The boot package belongs to a boot, not to the kernel. */
export type LastingObjectName = Exclude<KernelObjectName, 'bootPackage'>;

export interface KernelObjectsOptions {
  readonly nucleus: Nucleus;
  readonly scheduler: Scheduler | undefined;
  readonly console: ConsoleBackend | undefined;
  readonly wallClock: (() => bigint) | undefined;
  readonly personalities: ReadonlyMap<string, PersonalityFactory>;
}

export class KernelObjects {
  readonly byName: Readonly<Record<LastingObjectName, KernelObject>>;
  /** Rows that every native process has over itself, by the name in its CapSet. */
  readonly selfObjects: ReadonlyMap<string, KernelObject>;
  readonly personalities: ReadonlyMap<string, PersonalityObject>;
  readonly #entered: (run: () => void) => void;
  #spawner: SpawnService | undefined;

  constructor({ nucleus, scheduler, console, wallClock, personalities }: KernelObjectsOptions) {
    const entered = (run: () => void): void => {
      nucleus.notifier.begin();
      run();
      nucleus.notifier.flush();
      nucleus.notifier.end();
    };
    this.#entered = entered;
    const spawn = { spawn: (request: SpawnRequest): Process => this.#spawner!.spawn(request) };
    this.byName = {
      processSpawner: new ProcessSpawnerObject(spawn),
      accounts: new AccountsObject(),
      processList: new ProcessListObject(nucleus),
      capabilityManager: new CapabilityManagerObject(),
      endpointFactory: new EndpointFactoryObject(),
      notificationFactory: new NotificationFactoryObject(),
      frameAllocator: new FrameAllocatorObject(nucleus.pool),
      console: new ConsoleObject(console ?? SILENT_CONSOLE, entered),
      timer: new TimerObject(nucleus.clock, nucleus.timers, wallClock),
      entropySource: new EntropySourceObject(nucleus.entropy),
      virtualMemory: new VirtualMemoryObject(),
      threadSpawner: new ThreadSpawnerObject(),
      parkSpace: new ParkSpaceObject(nucleus),
      schedulingPolicy: new SchedulingPolicyObject(nucleus, scheduler),
    } satisfies Record<LastingObjectName, KernelObject>;
    this.personalities = new Map([...personalities].map(([name, factory]) => [name, new PersonalityObject(factory)]));
    const selfObjects = new Map<string, KernelObject>();
    for (const [name, object] of Object.entries(this.byName)) {
      // The kernel holds what it made, so that its objects outlive every process.
      object.retain();
      const row = KERNEL_OBJECTS[name as LastingObjectName];
      if (row.self) selfObjects.set(row.capName, object);
    }
    for (const personality of this.personalities.values()) personality.retain();
    this.selfObjects = selfObjects;
  }

  /** The spawner needs the objects and the objects need the spawner: this closes the circle, once. */
  setSpawner(spawner: SpawnService): void {
    this.#spawner = spawner;
  }

  /** @throws KernelError unknownName */
  personality(name: string): PersonalityObject {
    const personality = this.personalities.get(name);
    if (personality === undefined) {
      throw new KernelError('unknownName', `no personality "${name}": pass its factory to createKernel`);
    }
    return personality;
  }

  /** A console beside the one that init is given. */
  createConsole(backend: ConsoleBackend): KernelObject {
    return new ConsoleObject(backend, this.#entered);
  }
}
