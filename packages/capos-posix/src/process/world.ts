// A process's world, from what it was granted: its mount table, and descriptors 0, 1 and 2.

import { Console, File as FileInterface } from '@capos/abi';
import { SharedCapability } from '../capabilities/shared-capability.ts';
import type { DirectoryBackend } from '../files/backend.ts';
import { CapabilityDirectory, CapabilityFile } from '../files/capability-directory.ts';
import { ConsoleFile, ConsoleSource } from '../files/console-file.ts';
import { deviceDirectory } from '../files/device-directory.ts';
import { NullDevice } from '../files/devices.ts';
import { type MountEntry, MountTable } from '../files/mount-table.ts';
import type { OpenFile } from '../files/open-file.ts';
import { procDirectory } from '../files/proc-directory.ts';
import { RegularFile } from '../files/regular-file.ts';
import { unionDirectory } from '../files/union/union-directory.ts';
import { byteStringOfText } from '../guest-memory.ts';
import { OPEN } from '../linux/file-flags.ts';
import { SI, SIGNAL } from '../linux/signal-numbers.ts';
import type { UnionOption } from '../posix-options.ts';
import type { PosixProcess } from '../posix-process.ts';
import { ConsoleLink } from '../terminals/console-link.ts';
import { ConsoleTerminal } from '../terminals/console-terminal.ts';

/** Makes the mount table, and starts in its root. */
export function mountAll(process: PosixProcess): void {
  const { options, caps, domain } = process;
  const entries: MountEntry[] = [];
  process.makeProc = () => procDirectory(process);
  for (const mount of options.mounts ?? []) {
    const capId = caps.lookup(mount.cap);
    // A mount without its capability is not there: the path does not exist.
    if (capId === undefined) continue;
    entries.push({
      path: byteStringOfText(mount.path),
      root: new CapabilityDirectory(new SharedCapability(domain, caps, capId, false)),
      readOnly: mount.readOnly ?? false,
      source: mount.cap,
    });
  }
  for (const union of options.unions ?? []) {
    const root = unionAt(process, union);
    if (root === undefined) continue;
    const readOnly = union.upper === undefined;
    entries.push({ path: byteStringOfText(union.path), root, readOnly, source: union.upper ?? union.lower.join(':') });
  }
  if (options.withoutSynthetic !== true) {
    entries.push({ path: '/dev', root: () => deviceDirectory(process), readOnly: false });
    entries.push({ path: '/dev/shm', root: domain.sharedMemory, readOnly: false });
    entries.push({ path: '/proc', root: process.makeProc, readOnly: false });
  }
  const files = [...(options.files ?? [])].map(
    ([path, content]) => [byteStringOfText(path), byteStringOfText(content)] as const,
  );
  process.mounts = new MountTable(entries, new Map(files), domain.inodes);
  process.enterRoot(process.mounts.root);
  process.enterDirectory(process.mounts.root);
}

/** A union, which all processes of the domain share: what one copies up, the others find copied up. */
function unionAt({ caps, domain }: PosixProcess, { path, lower, upper }: UnionOption): DirectoryBackend | undefined {
  const known = domain.unions.get(path);
  if (known !== undefined) return known;
  const directory = (name: string): CapabilityDirectory | undefined => {
    const capId = caps.lookup(name);
    if (capId === undefined) return undefined;
    const capability = new SharedCapability(domain, caps, capId, false);
    // Every process of the domain holds the same layers, and goes on when this one has ended.
    domain.sharedCapabilities.add(capability);
    return new CapabilityDirectory(capability);
  };
  const top = upper === undefined ? undefined : directory(upper);
  const layers = lower.map(directory).filter((layer) => layer !== undefined);
  // With a layer missing it would show what that layer covers: then it is not there at all.
  if (layers.length < lower.length || (upper !== undefined && top === undefined)) return undefined;
  const union = unionDirectory({ lower: layers, upper: top });
  domain.unions.set(path, union);
  return union;
}

/** Descriptors 0, 1 and 2: the Console or File granted as stdin, stdout and stderr, else the console, else nothing. */
export function openStandardStreams(process: PosixProcess): void {
  const { caps, domain } = process;
  const consoles = new Map<string, ConsoleSource>();
  const shared = caps.lookup('console');
  for (const name of ['stdin', 'stdout', 'stderr']) {
    const flags = name === 'stdin' ? OPEN.RDONLY : OPEN.WRONLY;
    const own = caps.lookup(name);
    const capId = own ?? shared;
    const interfaceId = capId === undefined ? undefined : caps.interfaceOf(capId);
    let file: OpenFile;
    if (capId !== undefined && interfaceId === Console.id) {
      const key = own === undefined ? 'console' : String(capId);
      let source = consoles.get(key);
      if (source === undefined) {
        source = connectConsole(process, capId, own === undefined ? '/dev/console' : `/dev/${name}`);
        consoles.set(key, source);
      }
      file = new ConsoleFile(source, own === undefined ? OPEN.RDWR : flags);
    } else if (capId !== undefined && interfaceId === FileInterface.id) {
      file = new RegularFile(
        new CapabilityFile(new SharedCapability(domain, caps, capId, false)),
        flags,
        `/dev/${name}`,
      );
    } else {
      // Not granted: it reads empty and swallows, so that no file opened later takes the number.
      file = new NullDevice(flags);
    }
    process.descriptors.add(file, false);
  }
  process.consoles = [...consoles.values()];
}

/** A console, heard when Ctrl-C is pressed there; a terminal becomes that of the process's session. */
function connectConsole(process: PosixProcess, capId: number, name: string): ConsoleSource {
  const { caps, domain, group } = process;
  const link = new ConsoleLink(new SharedCapability(domain, caps, capId, false), name);
  const source = new ConsoleSource(link, () => {
    const terminal = new ConsoleTerminal(domain, link);
    if (domain.controllingTerminal(process.session) === undefined) terminal.control(process);
    return terminal;
  });
  link.watch(Console.methods.waitInterrupt, () => {
    if (source.terminal === undefined) domain.signalGroup(group, { signal: SIGNAL.INT, code: SI.KERNEL });
    else source.terminal.signalForeground(SIGNAL.INT);
  });
  return source;
}
