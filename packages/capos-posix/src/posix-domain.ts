// POSIX domain: what a tree of processes shares — process numbers, who is whose child, record locks.
//
// It names nothing outside the tree: two domains can neither see nor signal one another.

import type { CapTableView, ForeignPersonality } from '@capos/abi';
import type { Acting, SharedCapability } from './capabilities/shared-capability.ts';
import type { DirectoryBackend } from './files/backend.ts';
import { ChangeWatches, fileKey } from './files/change-watches.ts';
import { ExtendedAttributes } from './files/extended-attributes.ts';
import { InodeNumbers } from './files/inode-numbers.ts';
import { Leases } from './files/leases.ts';
import { MEMORY_DEVICE } from './files/memory-file.ts';
import type { MessageQueue } from './files/message-queue.ts';
import { MountNamespace, type NamespaceMount } from './files/mount-namespace.ts';
import { PageCache } from './files/page-cache.ts';
import { RecordLocks } from './files/record-locks.ts';
import { RegularFile } from './files/regular-file.ts';
import { OWNER, type OwnerSignals } from './files/signal-driven.ts';
import { SpecialFiles } from './files/special-files.ts';
import { TemporaryDirectory } from './files/temporary-directory.ts';
import { IpcObjects } from './ipc/ipc-objects.ts';
import { cutMappings, reclaimPages } from './memory/on-demand-pages.ts';
import type { SharedMemoryMaker } from './memory/shared-memory.ts';
import type { PosixProcess } from './posix-process.ts';
import type { PosixThread } from './posix-thread.ts';
import { ProgramFiles } from './process/program-file.ts';
import type { SignalInfo } from './signals/signal-info.ts';
import { UnixNames } from './sockets/unix-names.ts';
import { PseudoTerminals } from './terminals/pseudo-terminal.ts';
import type { TerminalDevice, TerminalDomain } from './terminals/terminal-device.ts';
import { FutexTable } from './threads/futex-table.ts';

/** `st_dev` of the file systems in memory that programs mount, from here on. */
const FIRST_TEMPORARY_DEVICE = 0x100n;

/**
 * Above a domain's first process stands number 1, as init does: it belongs to uid 0, takes no notice of signals, and nothing
 * else of it is there.
 */
export const INIT_PID = 1;
const FIRST_PID = INIT_PID + 1;
/** Numbers start over here (/proc/sys/kernel/pid_max). */
export const LAST_PID = 32_768;

/** A personality without a process yet: fork gives it one. */
export interface AdoptingPersonality extends ForeignPersonality {
  adopt(process: PosixProcess): void;
}

export class PosixDomain implements Acting, OwnerSignals, TerminalDomain {
  /** Makes the personality of a forked process. */
  readonly makePersonality: () => AdoptingPersonality;
  /** The table of the process on whose behalf the shim is acting. */
  currentCaps: CapTableView | undefined;
  /** Capabilities that more than one process holds. */
  readonly sharedCapabilities: Set<SharedCapability> = new Set();
  lastPieceId = 0;
  readonly processes = new Map<number, PosixProcess>();
  readonly locks = new RecordLocks();
  readonly leases: Leases = new Leases(this);
  readonly inodes: InodeNumbers = new InodeNumbers();
  /** Who is told of changes to files. */
  readonly watches: ChangeWatches = new ChangeWatches();
  #next = FIRST_PID;
  readonly #threads = new Set<number>();

  constructor(makePersonality: () => AdoptingPersonality) {
    this.makePersonality = makePersonality;
    this.pageCache.onCut = (file, size) => {
      for (const { space, ended } of this.processes.values()) if (!ended) cutMappings(space, file, size);
    };
  }

  /** Consoles that are terminals, and pseudo terminals. */
  readonly terminals: Set<TerminalDevice> = new Set();
  /** What /dev/pts holds. */
  readonly pseudoTerminals: PseudoTerminals = new PseudoTerminals(this);
  /** POSIX message queues by name. */
  readonly messageQueues: Map<string, MessageQueue> = new Map();
  /** What has been read of files: all reads, writes and shared mappings of a file meet there. */
  readonly pageCache: PageCache = new PageCache(this);
  /** Program files that were executed lately. */
  readonly programs: ProgramFiles = new ProgramFiles();
  /** System V semaphores, message queues and shared memory. */
  readonly ipc: IpcObjects = new IpcObjects();
  /** Named pipes and device nodes. */
  readonly specialFiles: SpecialFiles = new SpecialFiles(this.inodes);
  readonly attributes: ExtendedAttributes = new ExtendedAttributes();
  /** Unions by where they are mounted. */
  readonly unions: Map<string, DirectoryBackend> = new Map();
  /** What /dev/shm holds. */
  readonly sharedMemory: TemporaryDirectory = TemporaryDirectory.root(this, MEMORY_DEVICE, 0o1777);
  /** What programs have mounted, where none of them wanted a name space of its own. */
  readonly mounted: MountNamespace = new MountNamespace();
  #temporaryDevices = FIRST_TEMPORARY_DEVICE;

  /** A process is in this name space no more, or something is not mounted in it any more: what nobody reaches now goes. */
  leftNamespace(namespace: MountNamespace, unmounted: readonly NamespaceMount[] = namespace.mounts): void {
    const left = [...this.processes.values()].filter(({ ended }) => !ended).map((process) => process.namespace);
    if (unmounted === namespace.mounts && left.includes(namespace)) return;
    for (const { root } of unmounted)
      if (root instanceof TemporaryDirectory && !left.some(({ mounts }) => mounts.some((other) => other.root === root)))
        root.clear();
  }

  /** Gives back memory whose content can be had again; whether there was any. */
  reclaimMemory(): boolean {
    const spaces = new Set([...this.processes.values()].filter(({ ended }) => !ended).map(({ space }) => space));
    return reclaimPages([...spaces], this.pageCache);
  }

  /** An empty file system in memory. */
  makeTemporaryDirectory(mode: number): TemporaryDirectory {
    return TemporaryDirectory.root(this, this.#temporaryDevices++, mode);
  }
  /** Waiters on words of shared memory. */
  readonly sharedFutexes: FutexTable = new FutexTable();

  /** AF_UNIX sockets by their names. */
  readonly unixSockets: UnixNames = new UnixNames();

  /** The process on whose behalf the shim is acting. */
  get currentProcess(): PosixProcess | undefined {
    if (this.currentCaps === undefined) return undefined;
    for (const process of this.processes.values()) if (process.caps === this.currentCaps) return process;
    return undefined;
  }

  /** The process that pays for shared memory made just now. */
  get currentMaker(): SharedMemoryMaker | undefined {
    const process = this.currentProcess;
    return process && { caps: process.caps, memory: process.memory.foreign };
  }

  /** Who owns a file made just now. */
  get owner(): { readonly uid: number; readonly gid: number } {
    const { euid = 0, egid = 0 } = this.currentProcess?.identity ?? {};
    return { uid: euid, gid: egid };
  }

  /** The time for a file made or changed just now. */
  get nowNs(): bigint {
    return this.currentProcess?.clocks.realtimeIfKnown() ?? 0n;
  }

  /** Monotonic time as the current process may know it. */
  get monotonicNs(): number {
    return this.currentProcess?.clocks.monotonicOrZero() ?? 0;
  }

  readonly #orders = new WeakMap<object, number>();
  #lastOrder = 0;

  /** A number by which things of the domain can be put in an order. */
  order(thing: object): number {
    const known = this.#orders.get(thing);
    if (known !== undefined) return known;
    this.#lastOrder++;
    this.#orders.set(thing, this.#lastOrder);
    return this.#lastOrder;
  }

  /** An unused process or thread number. */
  allocateNumber(): number {
    for (;;) {
      const number = this.#next;
      this.#next = number + 1 >= LAST_PID ? FIRST_PID : number + 1;
      if (this.processes.has(number) || this.#threads.has(number)) continue;
      this.#threads.add(number);
      return number;
    }
  }

  freeNumber(number: number): void {
    this.#threads.delete(number);
  }

  /**
   * A process has ended: it holds nothing any more. What outlives it (a name in /dev/shm, a mapping of a process to come) goes
   * to another of the domain, if it alone had it.
   */
  forgetHolder(caps: CapTableView): void {
    const heir = [...this.processes.values()].find((process) => process.caps !== caps && !process.ended);
    // It ends by a call of its own: what is asked again from here on is not asked through its table.
    const acting = this.currentCaps;
    if (acting === caps) this.currentCaps = undefined;
    for (const capability of [...this.sharedCapabilities]) {
      if (heir !== undefined && capability.isOnlyWith(caps)) capability.idIn(heir.caps);
      capability.removeHolder(caps);
      if (capability.reference === undefined) this.sharedCapabilities.delete(capability);
    }
    this.currentCaps = acting;
  }

  /** The thread of a number, whosever it is; a process's number is that of its first thread. */
  threadNumbered(number: number): PosixThread | undefined {
    for (const process of this.processes.values()) {
      const thread = process.threads.get(number);
      if (thread !== undefined) return thread;
    }
    return this.processes.get(number)?.threads.values().next().value;
  }

  /** A process that has ended and that nobody has waited for yet. */
  zombie(pid: number): PosixProcess | undefined {
    for (const { endings } of this.processes.values())
      for (const { process } of endings) if (process.pid === pid) return process;
    return undefined;
  }

  /** The process that has a number, be it as one of its threads, or has had it and was not waited for yet. */
  processNumbered(number: number): PosixProcess | undefined {
    return this.processes.get(number) ?? this.threadNumbered(number)?.process ?? this.zombie(number);
  }

  /** Whether a description of this file or directory is open in some process. */
  isOpen(key: string): boolean {
    for (const { descriptors } of this.processes.values())
      for (const descriptor of descriptors.numbers())
        if (descriptors.get(descriptor)?.watched?.subject.key === key) return true;
    return false;
  }

  /** Descriptions of a regular file that are open in some process, each once. */
  openRegularFiles(key: string): RegularFile[] {
    const found = new Set<RegularFile>();
    for (const { descriptors } of this.processes.values())
      for (const descriptor of descriptors.numbers()) {
        const file = descriptors.get(descriptor);
        if (file instanceof RegularFile && file.openedAs !== undefined && fileKey(file.openedAs) === key)
          found.add(file);
      }
    return [...found];
  }

  /** Whether a process runs the program of this file: nobody writes to that. */
  isExecuted(key: string): boolean {
    for (const { executable, ended } of this.processes.values()) if (!ended && executable.key === key) return true;
    return false;
  }

  /** Processes of a group. */
  inGroup(group: number): PosixProcess[] {
    return [...this.processes.values()].filter((process) => process.group === group);
  }

  signalGroup(group: number, info: SignalInfo): void {
    for (const member of this.inGroup(group)) member.send(info);
  }

  /** What signal-driven input and output sends, to whom F_SETOWN named. */
  signalOwner(kind: number, number: number, info: SignalInfo): void {
    if (kind === OWNER.GROUP) this.signalGroup(number, info);
    else if (kind === OWNER.THREAD) this.threadNumbered(number)?.send(info);
    else this.processes.get(number)?.send(info);
  }

  /** Whether nobody in the session but outside the group looks after it (POSIX XBD 3.245): then nobody could continue it. */
  orphaned(group: number): boolean {
    return !this.inGroup(group).some(
      ({ parent, session }) => parent !== undefined && parent.session === session && parent.group !== group,
    );
  }

  /** The terminal that controls a session. */
  controllingTerminal(session: number): TerminalDevice | undefined {
    for (const terminal of this.terminals) if (terminal.session === session) return terminal;
    return undefined;
  }
}
