// What the kernel hands init by name, and of which interface it is: what a service may import as `kernel.NAME`.

import {
  Accounts,
  BootPackage,
  CapabilityManager,
  Console,
  EndpointFactory,
  EntropySource,
  FrameAllocator,
  type InterfaceDescriptor,
  NotificationFactory,
  ParkSpace,
  Personality,
  ProcessList,
  ProcessSpawner,
  ThreadSpawner,
  Timer,
  VirtualMemory,
} from '@capos/abi';

/** The kernel's and the board's objects by the names under which init holds them. */
export const KERNEL_OBJECTS: {
  readonly boot: typeof BootPackage;
  readonly spawner: typeof ProcessSpawner;
  readonly endpoints: typeof EndpointFactory;
  readonly console: typeof Console;
  readonly timer: typeof Timer;
  readonly entropy: typeof EntropySource;
  readonly memory: typeof VirtualMemory;
  readonly threads: typeof ThreadSpawner;
  readonly park: typeof ParkSpace;
  readonly frames: typeof FrameAllocator;
  readonly notifications: typeof NotificationFactory;
  readonly processes: typeof ProcessList;
  readonly accounts: typeof Accounts;
  readonly caps: typeof CapabilityManager;
} = {
  boot: BootPackage,
  spawner: ProcessSpawner,
  endpoints: EndpointFactory,
  console: Console,
  timer: Timer,
  entropy: EntropySource,
  memory: VirtualMemory,
  threads: ThreadSpawner,
  park: ParkSpace,
  frames: FrameAllocator,
  notifications: NotificationFactory,
  processes: ProcessList,
  accounts: Accounts,
  caps: CapabilityManager,
} as const satisfies Readonly<Record<string, InterfaceDescriptor>>;

/** A name in {@link KERNEL_OBJECTS}, or `personality.NAME` for one that the embedder registered. */
export type KernelObjectName = keyof typeof KERNEL_OBJECTS | `personality.${string}`;

/** The interface of a kernel object; undefined for a name that an embedder must have granted init itself. */
export function kernelObjectInterface(name: string): InterfaceDescriptor | undefined {
  if (name.startsWith('personality.')) return Personality;
  return Object.hasOwn(KERNEL_OBJECTS, name) ? KERNEL_OBJECTS[name as keyof typeof KERNEL_OBJECTS] : undefined;
}
