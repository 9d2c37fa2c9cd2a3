// The kernel's own objects, one row each: under which name init finds it, and which of them a process has over itself.
//
// New objects are a file in objects/ and a row here. Names are abi's WELL_KNOWN_CAP where programs look for them.

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
  ProcessList,
  ProcessSpawner,
  SchedulingPolicy,
  ThreadSpawner,
  Timer,
  VirtualMemory,
  WELL_KNOWN_CAP,
} from '@capos/abi';

/** One row. */
export interface KernelObjectRow {
  readonly capName: string;
  readonly descriptor: InterfaceDescriptor;
  /** Every native process has one, acting on itself. */
  readonly self: boolean;
  readonly summary: string;
}

/** The name of a row. */
export type KernelObjectName =
  | 'bootPackage'
  | 'processSpawner'
  | 'accounts'
  | 'processList'
  | 'capabilityManager'
  | 'endpointFactory'
  | 'notificationFactory'
  | 'frameAllocator'
  | 'console'
  | 'timer'
  | 'entropySource'
  | 'virtualMemory'
  | 'threadSpawner'
  | 'parkSpace'
  | 'schedulingPolicy';

export const KERNEL_OBJECTS: Readonly<Record<KernelObjectName, KernelObjectRow>> = {
  bootPackage: {
    capName: WELL_KNOWN_CAP.BOOT_PACKAGE,
    descriptor: BootPackage,
    self: false,
    summary: 'the manifest and the blobs of the image, read only; init alone is given it',
  },
  processSpawner: {
    capName: WELL_KNOWN_CAP.PROCESS_SPAWNER,
    descriptor: ProcessSpawner,
    self: false,
    summary: 'starts programs that hold exactly what their spawner passes on',
  },
  accounts: {
    capName: 'accounts',
    descriptor: Accounts,
    self: false,
    summary: 'what the caller’s account holds; sets parts of it aside for others',
  },
  processList: {
    capName: 'processes',
    descriptor: ProcessList,
    self: false,
    summary: 'looks at every process, can touch none',
  },
  capabilityManager: {
    capName: 'caps',
    descriptor: CapabilityManager,
    self: false,
    summary: 'looks at what the caller holds; revokes what it had made',
  },
  endpointFactory: {
    capName: WELL_KNOWN_CAP.ENDPOINT_FACTORY,
    descriptor: EndpointFactory,
    self: false,
    summary: 'makes endpoints',
  },
  notificationFactory: {
    capName: 'notifications',
    descriptor: NotificationFactory,
    self: false,
    summary: 'makes notifications',
  },
  frameAllocator: {
    capName: 'frames',
    descriptor: FrameAllocator,
    self: false,
    summary: 'makes memory objects',
  },
  console: { capName: WELL_KNOWN_CAP.CONSOLE, descriptor: Console, self: false, summary: 'the embedder’s terminal' },
  timer: { capName: WELL_KNOWN_CAP.TIMER, descriptor: Timer, self: false, summary: 'time, and waiting for it' },
  entropySource: {
    capName: WELL_KNOWN_CAP.ENTROPY,
    descriptor: EntropySource,
    self: false,
    summary: 'random bytes',
  },
  virtualMemory: {
    capName: WELL_KNOWN_CAP.VIRTUAL_MEMORY,
    descriptor: VirtualMemory,
    self: true,
    summary: 'the address space of whoever calls',
  },
  threadSpawner: {
    capName: WELL_KNOWN_CAP.THREAD_SPAWNER,
    descriptor: ThreadSpawner,
    self: true,
    summary: 'threads in the process of whoever calls',
  },
  parkSpace: {
    capName: WELL_KNOWN_CAP.PARK_SPACE,
    descriptor: ParkSpace,
    self: true,
    summary: 'sleeping on a word of the caller’s memory',
  },
  schedulingPolicy: {
    capName: 'scheduling',
    descriptor: SchedulingPolicy,
    self: false,
    summary: 'decides about every program’s share of the processor',
  },
};
