// POSIX process: what Linux keeps for a process, over what the kernel lets a personality have.
//
//   ForeignProcess ─┬ memory ──▶ AddressSpace          caps ─┬ stdin, stdout, stderr ──▶ DescriptorTable
//                   └ threads ─▶ PosixThread                 ├ timer, entropy ─▶ Clocks, TimerQueue, Entropy
//                                                            └ Directory caps ─▶ MountTable
//
// It holds the process's own capabilities and its domain, and nothing else.

import type { CapTableView, ForeignProcess, ForeignThread } from '@capos/abi';
import type { CallObserver } from './call.ts';
import type { DirectoryBackend } from './files/backend.ts';
import type { ConsoleSource } from './files/console-file.ts';
import { DescriptorTable } from './files/descriptor-table.ts';
import { DirectoryFile } from './files/directory-file.ts';
import type { DirectoryNode } from './files/directory-node.ts';
import type { IoContext } from './files/io-context.ts';
import { MessageQueueFile } from './files/message-queue.ts';
import { type MountNamespace, SeenMounts } from './files/mount-namespace.ts';
import type { MountTable } from './files/mount-table.ts';
import type { OpenFile } from './files/open-file.ts';
import { lockKey } from './files/record-locks.ts';
import { RegularFile } from './files/regular-file.ts';
import { type ByteString, GuestMemory } from './guest-memory.ts';
import { AttachedSegments } from './ipc/shared-segment.ts';
import { errnoName } from './linux/errno.ts';
import { defaultAction, SA, SI, SIG_DFL, SIG_IGN, SIGNAL } from './linux/signal-numbers.ts';
import { RLIMIT } from './linux/thread-flags.ts';
import { tellWallOffset } from './loader/wall-offset.ts';
import { AddressSpace } from './memory/address-space.ts';
import { type PageOwner, ProcessPageLoader } from './memory/on-demand-pages.ts';
import { SharedMappings } from './memory/shared-mappings.ts';
import type { PosixDomain } from './posix-domain.ts';
import type { Need, PosixOptions } from './posix-options.ts';
import { PosixThread } from './posix-thread.ts';
import { capabilityTable } from './process/capability-table.ts';
import { firstIdentity, type Identity } from './process/identity.ts';
import { type Ending, exitCode, guardedGroups, handOverChildren, wakeOrphans } from './process/orphans.ts';
import { ProcessAttributes } from './process/process-attributes.ts';
import { PendingSignals } from './signals/pending-signals.ts';
import { SignalActions } from './signals/signal-actions.ts';
import type { SignalInfo } from './signals/signal-info.ts';
import { bit } from './signals/signal-set.ts';
import { Entropy } from './system/entropy.ts';
import { ProcessorLimit } from './system/processor-limit.ts';
import { ResourceLimits } from './system/resource-limits.ts';
import { FutexTable } from './threads/futex-table.ts';
import { releaseRobustList } from './threads/robust-list.ts';
import { Clocks } from './time/clocks.ts';
import { IntervalTimers } from './time/interval-timers.ts';
import { TimerQueue } from './time/timer-queue.ts';
import { type Blocking, WaitQueue } from './waiting.ts';

/** What the program file is. */
export interface Executable {
  readonly path: ByteString;
  readonly image: Uint8Array;
  readonly arguments: readonly ByteString[];
  readonly environment: readonly ByteString[];
  /** By what its file is known; undefined for a domain's first program. */
  readonly key?: string;
}

export class PosixProcess {
  readonly domain: PosixDomain;
  readonly host: ForeignProcess;
  readonly caps: CapTableView;
  readonly options: PosixOptions;
  readonly pid: number;
  parent: PosixProcess | undefined;
  group: number;
  session: number;
  readonly memory: GuestMemory;
  /** That of its parent too, for a child with CLONE_VM, until either executes another program. */
  space: AddressSpace;
  limits: ResourceLimits = new ResourceLimits();
  descriptors: DescriptorTable;
  mounts!: MountTable;
  /** What is laid over them (mount(2)), and how much of it `mounts` has. */
  namespace: MountNamespace;
  readonly seenMounts = new SeenMounts();
  /** /proc as this process sees it. */
  makeProc!: () => DirectoryBackend;
  workingDirectory!: DirectoryNode;
  /** Where its absolute paths start: the mount table's root, until chroot(2). */
  root!: DirectoryNode;
  umask = 0o022;
  attributes: ProcessAttributes = new ProcessAttributes();
  /** Monotonic time at which it began. */
  readonly startedNs: number;
  /** The name of its first thread, when that has ended. */
  lastName: ByteString = '';
  readonly threads = new Map<number, PosixThread>();
  /** Threads by the kernel's number. */
  readonly #byHost = new Map<number, PosixThread>();
  /** Whose event came last: mostly the next one's, too. */
  #lastFound: PosixThread | undefined;
  /** The thread whose call or fault is being served. */
  current: PosixThread | undefined;
  actions: SignalActions = new SignalActions();
  readonly pending: PendingSignals = new PendingSignals();
  readonly clocks: Clocks;
  readonly timerQueue: TimerQueue;
  readonly timers: IntervalTimers;
  readonly processorLimit: ProcessorLimit;
  readonly entropy: Entropy;
  futexes: FutexTable = new FutexTable();
  identity: Identity;
  executable: Executable;
  tracer: CallObserver | undefined;
  /** The consoles behind the standard descriptors. */
  consoles: readonly ConsoleSource[] = [];
  /** Notified when a child has changed state, and when this process has ended. */
  readonly childChanged = new WaitQueue();
  readonly endings: Ending<PosixProcess>[] = [];
  /** Processor time of the children that were waited for. */
  childrenNs = 0;
  readonly children = new Set<PosixProcess>();
  /** Threads wait here while the process is stopped. */
  stoppedBy = 0;
  /** The parent has been told that it stopped, and that it went on. */
  stopReported = false;
  continueReported = true;
  /** What its parent is sent when it ends (clone(2)); 0: nothing. */
  exitSignal: number = SIGNAL.CHLD;
  /** PR_SET_PDEATHSIG. */
  parentDeathSignal = 0;
  readonly sharedMappings = new SharedMappings();
  /** Contexts of asynchronous I/O, by their addresses. */
  readonly ioContexts: Map<number, IoContext> = new Map();
  readonly segments: AttachedSegments = new AttachedSegments(this);
  ended = false;
  /** It has ended, and its parent has not waited for it yet. */
  isZombie = false;
  /** Calls that no handler took, by number: how often. */
  readonly refused = new Map<number, number>();

  constructor(
    domain: PosixDomain,
    host: ForeignProcess,
    options: PosixOptions,
    executable: Executable,
    parent?: PosixProcess,
  ) {
    this.domain = domain;
    this.host = host;
    this.options = options;
    this.caps = capabilityTable(host, options);
    this.executable = executable;
    this.parent = parent;
    this.pid = domain.allocateNumber();
    this.group = parent?.group ?? this.pid;
    this.session = parent?.session ?? this.pid;
    this.memory = new GuestMemory(host.memory);
    this.space = new AddressSpace(this.memory);
    this.memory.loader = new ProcessPageLoader(this);
    this.clocks = new Clocks(host);
    this.clocks.onWallOffset = (nanoseconds) => tellWallOffset(this.space, this.memory, nanoseconds);
    this.startedNs = this.clocks.monotonicOrZero();
    this.timerQueue = new TimerQueue(this.caps, this.clocks);
    this.timers = new IntervalTimers(this);
    this.processorLimit = new ProcessorLimit(this);
    this.entropy = new Entropy(this.caps);
    this.descriptors = new DescriptorTable(this.limits.openFiles);
    this.watchDescriptors();
    const { uid = 0, gid = 0 } = options;
    this.namespace = parent?.namespace ?? domain.mounted;
    this.identity = firstIdentity(uid, gid);
    domain.processes.set(this.pid, this);
    parent?.children.add(this);
  }

  /** Acts on descriptors that close: record locks of the file go, and who was to be told of a queue's messages is told no more. */
  watchDescriptors(): void {
    const { descriptors } = this;
    descriptors.onClosed = (_descriptor, file) => {
      if (file instanceof MessageQueueFile && file.queue.notification?.owner === this)
        file.queue.notification = undefined;
      const { locks } = this.domain;
      if (!locks.empty && file instanceof RegularFile && file.openedAs !== undefined)
        locks.releaseFile(lockKey(file.openedAs), this);
    };
  }

  /** The node of an open directory. */
  directoryOf(file: OpenFile): DirectoryNode | undefined {
    return file instanceof DirectoryFile ? file.node : undefined;
  }

  enterDirectory(node: DirectoryNode): void {
    node.retain();
    this.workingDirectory?.release();
    this.workingDirectory = node;
  }

  enterRoot(node: DirectoryNode): void {
    node.retain();
    this.root?.release();
    this.root = node;
  }

  /** Has the mount table show what the name space has by now. */
  *catchUpWithMounts(pin: (node: DirectoryNode) => void): Blocking<void> {
    yield* this.seenMounts.catchUp(this.mounts, this.namespace, this.makeProc, pin);
  }

  /** A directory's path as this process may name it (getcwd(2)). */
  pathOf(node: DirectoryNode): ByteString {
    const path = node.path();
    if (this.root === this.mounts.root) return path;
    if (!node.isWithin(this.root)) return `(unreachable)${path}`;
    return path.slice(this.root.path().length) || '/';
  }

  /** Somebody wants to know how long calls take. */
  get timesCalls(): boolean {
    return this.options.traceTimes === true || this.options.statistics !== undefined;
  }

  /** Tells the embedder that a capability was missing; answers the errno, for the call to answer. */
  refuse(call: string, errno: number, need: Need): number {
    this.options.onRefused?.({ call, errno: errnoName(-errno), need });
    return errno;
  }

  // ── threads ────────────────────────────────────────────────────────────────────────────────────────────────────────

  addThread(host: ForeignThread, name: string): PosixThread {
    const tid = this.threads.size === 0 && !this.ended ? this.pid : this.domain.allocateNumber();
    const thread = new PosixThread(this, tid, host, name);
    this.threads.set(tid, thread);
    this.#byHost.set(host.id, thread);
    return thread;
  }

  threadOf(host: ForeignThread): PosixThread | undefined {
    if (this.#lastFound?.host !== host) this.#lastFound = this.#byHost.get(host.id);
    return this.#lastFound;
  }

  /** exit(2): one thread ends; with the last one the process does. */
  endThread(thread: PosixThread, status: number): void {
    this.#wakeJoiners(thread);
    if (this.threads.size === 1) {
      this.exit(status);
      return;
    }
    this.#forgetThread(thread);
    thread.host.exit();
  }

  /** Another thread's execve ends this one. */
  endThreadQuietly(thread: PosixThread): void {
    this.#forgetThread(thread);
    thread.host.exit();
  }

  /** Whose capabilities pages are loaded with: those of who mapped them, where another's memory is used. */
  get pageOwner(): PageOwner {
    const { parent } = this;
    if (parent !== undefined && parent.space === this.space && !parent.ended) return parent.pageOwner;
    const { space, caps, domain, memory } = this;
    return { space, maker: { caps, memory: memory.foreign }, reclaim: () => domain.reclaimMemory() };
  }

  /** Nothing of what is mapped stays; what another process has too stays that one's. False when there is no memory left. */
  dropMemory(): boolean {
    this.sharedMappings.releaseAll();
    this.segments.releaseAll();
    this.ioContexts.clear();
    this.futexes = new FutexTable();
    if (!this.host.sharesMemory) {
      this.space.clear();
      return true;
    }
    this.space = new AddressSpace(this.memory);
    return this.host.leaveMemory();
  }

  /** execve has put another program in place: whoever waits for that (vfork) goes on. */
  executed(): void {
    this.hasExecuted = true;
    this.childChanged.notify();
  }

  hasExecuted = false;

  #forgetThread(thread: PosixThread): void {
    this.#giveUpLocks(thread);
    if (thread.tid === this.pid) this.lastName = thread.name;
    thread.retire();
    this.threads.delete(thread.tid);
    this.#byHost.delete(thread.host.id);
    this.#lastFound = undefined;
    if (thread.tid !== this.pid) this.domain.freeNumber(thread.tid);
  }

  /** An ending thread's robust mutexes are marked, and go to others like those that are handed over anyway. */
  #giveUpLocks({ tid, robustList }: PosixThread): void {
    const { sharedFutexes } = this.domain;
    const wake = (word: number): void => {
      const shared = this.space.sharedWord(word);
      const woken = shared === undefined ? 0 : sharedFutexes.wake(shared, 1, 0xffff_ffff);
      if (woken === 0) this.futexes.wake(word, 1, 0xffff_ffff);
    };
    releaseRobustList(this.memory, wake, tid, robustList);
    for (const { locks } of [this.futexes, sharedFutexes]) locks.ownerEnded(tid);
  }

  /** What an ending thread owes: the word that pthread_join sleeps on. */
  #wakeJoiners(thread: PosixThread): void {
    if (thread.clearChildTid !== 0) {
      this.memory.putUint32(thread.clearChildTid, 0);
      this.futexes.wake(thread.clearChildTid, 1, 0xffff_ffff);
    }
  }

  // ── signals ────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Sends a signal to the process, or to one of its threads. False when the queue is full. */
  send(info: SignalInfo, target?: PosixThread): boolean {
    if (this.ended) return true;
    const { signal } = info;
    if (signal === SIGNAL.CONT || signal === SIGNAL.KILL) this.#continue();
    if (signal === SIGNAL.CONT) this.#discard(STOP_SIGNALS);
    else if (STOP_SIGNALS.includes(signal)) this.#discard([SIGNAL.CONT]);
    if (this.#ignores(signal, target)) return true;
    if (signal === SIGNAL.KILL) {
      this.killedBy(signal);
      return true;
    }
    if (!(target?.pending ?? this.pending).add(info, this.limits.soft(RLIMIT.SIGPENDING))) return false;
    if (target !== undefined) {
      target.notice();
      return true;
    }
    // Any thread that does not block it will do; the main thread first, as on Linux. A thread in sigwait takes it too.
    const mask = bit(signal);
    for (const thread of this.threads.values()) {
      if ((thread.blocked & mask) !== 0n) continue;
      thread.notice();
      return true;
    }
    this.signalArrived.notify();
    return true;
  }

  #discard(signals: readonly number[]): void {
    for (const signal of signals) {
      this.pending.discard(signal);
      for (const thread of this.threads.values()) thread.pending.discard(signal);
    }
  }

  /** Notified when a signal that every thread blocks has become pending: sigtimedwait and signalfd look here. */
  readonly signalArrived = new WaitQueue();

  /** An ignored signal is dropped when it is sent, unless blocked (it may be unblocked with a handler later). */
  #ignores(signal: number, target: PosixThread | undefined): boolean {
    const { handler } = this.actions.get(signal);
    const ignored =
      handler === SIG_IGN || (handler === SIG_DFL && ['ignore', 'continue'].includes(defaultAction(signal)));
    if (!ignored) return false;
    const threads = target === undefined ? [...this.threads.values()] : [target];
    return !threads.every((thread) => ((thread.blocked | thread.blockedBefore) & bit(signal)) !== 0n);
  }

  /** A stop signal: no thread runs another instruction until SIGCONT. */
  stopped(signal: number): void {
    // Nobody could continue an orphaned group, so only SIGSTOP stops it (POSIX XSH 2.4.3).
    if (signal !== SIGNAL.STOP && this.domain.orphaned(this.group)) return;
    this.stoppedBy = signal;
    this.stopReported = false;
    this.continueReported = true;
    for (const thread of this.threads.values()) thread.halt();
    this.parent?.childStateChanged(this, SI.CLD_STOPPED, signal);
  }

  #continue(): void {
    if (this.stoppedBy === 0) return;
    this.stoppedBy = 0;
    this.continueReported = false;
    for (const thread of this.threads.values()) thread.goOn();
    this.parent?.childStateChanged(this, SI.CLD_CONTINUED, SIGNAL.CONT);
    this.childChanged.notify();
  }

  private get disownsChildren(): boolean {
    const { handler, flags } = this.actions.get(SIGNAL.CHLD);
    return handler === SIG_IGN || (flags & SA.NOCLDWAIT) !== 0;
  }

  /** A child stopped, continued or ended: the parent is told. `status` is a signal, or the number that it exited with. */
  childStateChanged(child: PosixProcess, code: number, status: number): void {
    const quiet = code >= SI.CLD_STOPPED && (this.actions.get(SIGNAL.CHLD).flags & SA.NOCLDSTOP) !== 0;
    const signal = child.ended ? child.exitSignal : SIGNAL.CHLD;
    if (!quiet && signal !== 0) this.send({ signal, code, pid: child.pid, uid: child.identity.uid, status });
    this.childChanged.notify();
  }

  // ── end ────────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** exit_group. */
  exit(code: number): void {
    this.#end((code & 0xff) << 8, () => this.host.exit({ which: 'exited', exited: code & 0xff }));
  }

  killedBy(signal: number): void {
    this.tracer?.killed(this, signal);
    this.#end(signal, () => this.host.exit({ which: 'killed', killed: signal }));
  }

  /** The kernel ended it, or it ended itself: everything goes. Without effect the second time. */
  released(): void {
    // Its capabilities have gone: nobody says any more how much of the processor it had.
    this.#end(SIGNAL.KILL, () => {}, 0);
  }

  #end(status: number, tellKernel: () => void, ownNs: number = this.clocks.processorNs()): void {
    if (this.ended) return;
    this.ended = true;
    const usedNs = ownNs + this.childrenNs;
    for (const thread of [...this.threads.values()]) {
      if (this.tracer !== undefined) this.tracer.exited(thread, status);
      this.#forgetThread(thread);
    }
    this.#giveUpAll();
    const guarded = guardedGroups(this, this.domain);
    this.domain.forgetHolder(this.caps);
    if (this.domain.processes.size === 1) this.domain.pageCache.release();
    this.domain.processes.delete(this.pid);
    this.domain.freeNumber(this.pid);
    handOverChildren<PosixProcess>(this);
    if (this.session === this.pid) this.domain.controllingTerminal(this.session)?.release();
    wakeOrphans(guarded, this.domain);
    this.#tellParent(status, usedNs);
    this.childChanged.notify();
    tellKernel();
  }

  #giveUpAll(): void {
    this.timers.clear();
    this.timerQueue.clear();
    this.sharedMappings.releaseAll();
    this.segments.releaseAll();
    this.domain.ipc.forget(this);
    this.domain.leftNamespace(this.namespace);
    this.descriptors.closeAll();
    this.domain.locks.releaseOwner(this);
    this.workingDirectory?.release();
    this.root?.release();
    if (this.domain.processes.size === 1) for (const { link } of this.consoles) link.detach();
  }

  /** A parent that ignores SIGCHLD is left no status to wait for (wait(2), NOTES). */
  #tellParent(status: number, usedNs: number): void {
    const { parent } = this;
    if (parent === undefined || parent.ended) return;
    parent.children.delete(this);
    this.isZombie = !parent.disownsChildren;
    if (this.isZombie) parent.endings.push({ process: this, pid: this.pid, group: this.group, status, usedNs });
    parent.childStateChanged(this, ...exitCode(status));
  }
}

const STOP_SIGNALS: readonly number[] = [SIGNAL.STOP, SIGNAL.TSTP, SIGNAL.TTIN, SIGNAL.TTOU];
