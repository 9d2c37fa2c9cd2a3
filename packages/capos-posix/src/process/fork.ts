// fork, vfork and clone without CLONE_THREAD: another process of the domain.
//
//   kernel: copy-on-write snapshot of memory, or with CLONE_VM the same memory, a copy of this thread, copies of exactly these capabilities:
//           the CapSet's own, and those behind the descriptors that are open
//   shim:   descriptors over the same descriptions, signal actions, limits, identity, working directory; not the timers,
//           not what is pending
//
// vfork's parent waits until the child has executed another program or has ended. What that one wrote until then is there:
// posix_spawn learns so why it could not.

import { type CapId, REGISTER } from '@capos/abi';
import type { Call } from '../call.ts';
import { openProcess } from '../calls/process-descriptor-calls.ts';
import type { SharedCapability } from '../capabilities/shared-capability.ts';
import type { DirectoryNode } from '../files/directory-node.ts';
import { MountTable } from '../files/mount-table.ts';
import { walk } from '../files/path-walk.ts';
import { ERRNO } from '../linux/errno.ts';
import { CLONE, RLIMIT } from '../linux/thread-flags.ts';
import { PosixProcess } from '../posix-process.ts';
import type { PosixThread } from '../posix-thread.ts';
import { inherited } from '../threads/scheduling.ts';
import { type Blocking, type Wait, waitForChange } from '../waiting.ts';
import { capabilityTable } from './capability-table.ts';
import { copyOfIdentity } from './identity.ts';
import { mountAll } from './world.ts';

/** What clone's arguments ask for. */
export interface CloneRequest {
  readonly flags: number;
  readonly stack: number;
  readonly parentTid: number;
  readonly childTid: number;
  readonly tls: number;
  readonly exitSignal: number;
  /** Where CLONE_PIDFD puts a descriptor of the child. */
  readonly processFile: number;
}

export function* forkProcess(call: Call, request: CloneRequest): Blocking<number> {
  const { process, thread } = call;
  const { domain } = process;
  if (domain.processes.size >= process.limits.soft(RLIMIT.NPROC)) return -ERRNO.EAGAIN;
  const givesFile = (request.flags & CLONE.PIDFD) !== 0;
  if (givesFile && process.descriptors.full) return -ERRNO.EMFILE;
  if (givesFile && !isWritable(call, request.processFile)) return -ERRNO.EFAULT;
  const shared = capabilitiesOf(process);
  const named = process.caps.names().map((name) => process.caps.lookup(name)!);
  const wanted: CapId[] = [...named, ...shared.map((capability) => capability.idIn(process.caps)!)];
  const personality = domain.makePersonality();
  const sharesMemory = (request.flags & CLONE.VM) !== 0;
  const forked = process.host.fork(thread.host, personality, wanted, sharesMemory);
  if (forked === undefined) return -ERRNO.EAGAIN;
  // Not before all of it stands.
  forked.thread.park();
  for (const [index, capability] of shared.entries()) {
    const copy = forked.caps[named.length + index]!;
    if (copy === 0) continue;
    capability.addHolder(capabilityTable(forked.process, process.options), copy);
  }
  const child = new PosixProcess(domain, forked.process, process.options, process.executable, process);
  personality.adopt(child);
  child.exitSignal = request.exitSignal;
  if ((request.flags & CLONE.PARENT) !== 0) becomeSibling(process, child);
  copyState(process, child);
  if (sharesMemory) shareMemory(process, child);
  else copyMemory(process, child);
  const childThread = makeThread(call, child, forked.thread, request);
  mountAll(child);
  if ((request.flags & CLONE.NEWNS) !== 0) child.namespace = process.namespace.copy();
  yield* enterSameDirectories(process, child);
  if ((request.flags & CLONE.PARENT_SETTID) !== 0) call.memory.putUint32(request.parentTid, child.pid);
  // The child has copied the descriptors by now: this one is its parent's alone.
  if (givesFile) call.memory.putUint32(request.processFile, openProcess(process, child, false));
  forked.thread.unpark();
  if ((request.flags & CLONE.VFORK) !== 0) yield* untilExecuted(child, childThread);
  return child.pid;
}

/** CLONE_PARENT: who called is no parent, but has the same one. */
function becomeSibling(process: PosixProcess, child: PosixProcess): void {
  process.children.delete(child);
  child.parent = process.parent;
  child.exitSignal = process.exitSignal;
  process.parent?.children.add(child);
}

/** Whether a word can be written: it is given the value it has. */
function isWritable({ memory }: Call, address: number): boolean {
  const value = memory.uint32(address);
  return value !== undefined && memory.putUint32(address, value);
}

/** What is behind the open descriptors and is the process's to pass on, each once. */
function capabilitiesOf(process: PosixProcess): SharedCapability[] {
  const found = new Set<SharedCapability>();
  for (const descriptor of process.descriptors.numbers())
    for (const capability of process.descriptors.get(descriptor)!.capabilities)
      if (capability.idIn(process.caps) !== undefined) found.add(capability);
  return [...found];
}

function copyState(parent: PosixProcess, child: PosixProcess): void {
  child.descriptors = parent.descriptors.duplicate();
  child.watchDescriptors();
  child.limits = parent.limits.copy();
  child.processorLimit.watch();
  child.actions = parent.actions.copy();
  child.identity = copyOfIdentity(parent.identity);
  child.umask = parent.umask;
  child.clocks.inherit(parent.clocks);
  child.attributes = parent.attributes.inherited();
  child.consoles = parent.consoles;
  child.tracer = parent.tracer;
}

function shareMemory(parent: PosixProcess, child: PosixProcess): void {
  child.space = parent.space;
  child.futexes = parent.futexes;
}

function copyMemory(parent: PosixProcess, child: PosixProcess): void {
  child.space.copyFrom(parent.space);
  child.segments.copyFrom(parent.segments);
  for (const area of child.space.map.areas)
    if (area.backing !== undefined && (area.backing.shared || area.onDemand === true)) {
      child.sharedMappings.keep(area.backing.file);
      // Without a descriptor the child is given no capability of its own.
      area.backing.file.outliveHolder();
    }
}

function makeThread(
  call: Call,
  child: PosixProcess,
  host: Parameters<PosixProcess['addThread']>[0],
  request: CloneRequest,
): PosixThread {
  const { thread } = call;
  host.registers[REGISTER.RAX] = 0n;
  if (request.stack !== 0) host.registers[REGISTER.RSP] = BigInt(request.stack);
  if ((request.flags & CLONE.SETTLS) !== 0) host.fsBase = BigInt(request.tls);
  const made = child.addThread(host, thread.name);
  made.blocked = thread.blocked;
  made.scheduling = inherited(thread.scheduling);
  made.seccomp = thread.seccomp;
  const { flags } = request;
  if ((flags & CLONE.VM) === 0 || (flags & CLONE.VFORK) !== 0) made.alternateStack = thread.alternateStack;
  if ((request.flags & CLONE.CHILD_SETTID) !== 0) child.memory.putUint32(request.childTid, child.pid);
  if ((request.flags & CLONE.CHILD_CLEARTID) !== 0) made.clearChildTid = request.childTid;
  return made;
}

/** The child works where its parent does, below the same root; its table has nodes of its own. */
function* enterSameDirectories(parent: PosixProcess, child: PosixProcess): Blocking<void> {
  const { domain } = parent;
  domain.currentCaps = child.caps;
  if (!child.seenMounts.isCurrent(child.namespace)) yield* child.catchUpWithMounts(() => {});
  const directory = yield* sameDirectory(parent.workingDirectory, child);
  const changedRoot = parent.root !== parent.mounts.root;
  const root = changedRoot ? yield* sameDirectory(parent.root, child) : undefined;
  domain.currentCaps = parent.caps;
  if (directory !== undefined) child.enterDirectory(directory);
  // A root that has been removed is an empty one, not the one that chroot has left.
  if (changedRoot) child.enterRoot(root ?? new MountTable([], undefined, child.domain.inodes).root);
}

function* sameDirectory(node: DirectoryNode, child: PosixProcess): Blocking<DirectoryNode | undefined> {
  const { root } = child.mounts;
  const mounted = sameMountPoint(node, root);
  if (mounted !== undefined) return mounted;
  const resolved = yield* walk(root, root, node.path(), { follow: true, pin: () => {} });
  return typeof resolved === 'number' ? undefined : resolved.node;
}

/** The root, or what is mounted where `node` is, if that is a mount's root below nothing but mounts: nobody need be asked. */
function sameMountPoint(node: DirectoryNode, root: DirectoryNode): DirectoryNode | undefined {
  if (node.parent === undefined) return root;
  if (node.parent.mountPoint(node.name) !== node) return undefined;
  return sameMountPoint(node.parent, root)?.mountPoint(node.name);
}

function* untilExecuted(child: PosixProcess, thread: PosixThread): Blocking<void> {
  while (!child.ended && !child.hasExecuted && !thread.ended) {
    // As on Linux, only death interrupts the parent of a vfork.
    const wait: Wait = { ...waitForChange([child.childChanged]), interruptible: false };
    yield wait;
  }
}
