// /proc and /dev as one process sees them: itself, and devices that need nothing it does not hold.

import { RELEASE, TOLD_MEMORY } from '../calls/system-calls.ts';
import { type ByteString, byteStringOfText } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { OPEN } from '../linux/file-flags.ts';
import type { PosixProcess } from '../posix-process.ts';
import { PseudoTerminal } from '../terminals/pseudo-terminal.ts';
import { syntheticStatus } from './backend.ts';
import { CONSOLE_INODE, type ConsoleSource } from './console-file.ts';
import { CONSOLE_RDEV, deviceNumber, FullDevice, NullDevice, RandomDevice, ZeroDevice } from './devices.ts';
import type { OpenFile } from './open-file.ts';
import { MAX_PIPE_CAPACITY } from './pipe.ts';
import { descriptorInfo, limitsOf, mapsOf, statOf, statusOf } from './process-texts.ts';
import { RegularFile } from './regular-file.ts';
import { SyntheticDirectory, type SyntheticEntry } from './synthetic-directory.ts';
import { openTerminal, TerminalFile, terminalStatus } from './terminal-file.ts';

type Entries = ReadonlyMap<ByteString, SyntheticEntry>;

function directory(entries: Record<string, SyntheticEntry> | (() => Entries)): SyntheticEntry {
  const table = typeof entries === 'function' ? entries : new Map(Object.entries(entries));
  return { kind: 'directory', directory: new SyntheticDirectory(table) };
}

function text(content: () => ByteString): SyntheticEntry {
  return { kind: 'text', content };
}

function link(target: () => ByteString | number, magic?: () => OpenFile | undefined): SyntheticEntry {
  return magic === undefined ? { kind: 'link', target } : { kind: 'link', target, magic };
}

/** The program file, readable whatever the mount table says: its own bytes are no news to it. */
function executableFile(process: PosixProcess): OpenFile {
  const { image, path } = process.executable;
  const status = { ...syntheticStatus(0o100755, 0x7000n, 0n, image.length), blocks: Math.ceil(image.length / 512) };
  const backend = {
    content: image,
    read: (offset: number, length: number): Uint8Array => image.slice(offset, offset + length),
    write: (): number => -ERRNO.EBADF,
    status: () => status,
    truncate: (): number => -ERRNO.EINVAL,
    sync: (): number => 0,
    setAttributes: (): number => -ERRNO.EPERM,
    release: (): void => {},
  };
  return new RegularFile(backend, OPEN.RDONLY, path);
}

function mountsOf(process: PosixProcess): ByteString {
  return process.mounts.mounts
    .map((mount) => {
      const path = mount.path.replace(
        /[ \t\n\\]/g,
        (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`,
      );
      return `${mount.source ?? 'none'} ${path} capos ${mount.readOnly ? 'ro' : 'rw'} 0 0\n`;
    })
    .join('');
}

/** The entries of /proc/self/fd: magic links to the descriptions themselves. */
function descriptorLinks(process: PosixProcess): Entries {
  const entries = new Map<ByteString, SyntheticEntry>();
  for (const descriptor of process.descriptors.numbers()) {
    const file = process.descriptors.get(descriptor)!;
    entries.set(
      String(descriptor),
      link(
        () => file.description,
        () => file,
      ),
    );
  }
  return entries;
}

/** The entries of /proc/self/fdinfo. */
function descriptorTexts(process: PosixProcess): Entries {
  return new Map(
    [...process.descriptors.numbers()].map((descriptor) => [
      String(descriptor),
      text(() => descriptorInfo(process, descriptor)),
    ]),
  );
}

function selfDirectory(process: PosixProcess): SyntheticEntry {
  const joined = (strings: readonly ByteString[]): ByteString => strings.map((one) => `${one}\0`).join('');
  return directory({
    exe: link(
      () => process.executable.path,
      () => executableFile(process),
    ),
    cwd: link(() => process.pathOf(process.workingDirectory)),
    root: link(() => process.root.path()),
    fd: directory(() => descriptorLinks(process)),
    fdinfo: directory(() => descriptorTexts(process)),
    maps: text(() => mapsOf(process)),
    mounts: text(() => mountsOf(process)),
    status: text(() => statusOf(process)),
    stat: text(() => statOf(process)),
    statm: text(
      () => `${[1, 1, 0, 0, 0, 1, 0].map((unit) => unit * Math.trunc(process.space.map.total / 4096)).join(' ')}\n`,
    ),
    comm: text(() => `${process.threads.get(process.pid)?.name ?? ''}\n`),
    cmdline: text(() => joined(process.executable.arguments)),
    environ: text(() => joined(process.executable.environment)),
    limits: text(() => limitsOf(process)),
    oom_score_adj: text(() => '0\n'),
    cgroup: text(() => '0::/\n'),
    task: directory(
      () =>
        new Map<ByteString, SyntheticEntry>(
          [...process.threads.values()].map((thread) => [
            String(thread.tid),
            directory({
              comm: text(() => `${thread.name}\n`),
              status: text(() => statusOf(process, thread)),
              stat: text(() => statOf(process, thread)),
            }),
          ]),
        ),
    ),
  });
}

/** /proc. */
export function procDirectory(process: PosixProcess): SyntheticDirectory {
  const self = selfDirectory(process);
  const kib = TOLD_MEMORY / 1024;
  const seconds = (): string => (process.clocks.monotonicOrZero() / 1e9).toFixed(2);
  const fixed = new Map<ByteString, SyntheticEntry>(
    Object.entries({
      self: link(() => String(process.pid)),
      'thread-self': link(() => `${process.pid}/task/${process.current?.tid ?? process.pid}`),
      mounts: link(() => 'self/mounts'),
      meminfo: text(
        () =>
          `MemTotal:       ${kib} kB\nMemFree:        ${kib / 2} kB\nMemAvailable:   ${kib / 2} kB\nSwapTotal:      0 kB\nSwapFree:       0 kB\n`,
      ),
      cpuinfo: text(() => 'processor\t: 0\nvendor_id\t: capOS\nmodel name\t: capOS x86-64 machine\ncpu cores\t: 1\n\n'),
      uptime: text(() => `${seconds()} 0.00\n`),
      loadavg: text(() => `0.00 0.00 0.00 1/${process.domain.processes.size} ${process.pid}\n`),
      version: text(() => `Linux version ${RELEASE} (capOS) #1 capOS\n`),
      stat: text(() => 'cpu  0 0 0 0 0 0 0 0 0 0\ncpu0 0 0 0 0 0 0 0 0 0 0\n'),
      filesystems: text(() => 'nodev\tcapos\n'),
      sys: directory({
        kernel: directory({
          osrelease: text(() => `${RELEASE}\n`),
          ostype: text(() => 'Linux\n'),
          hostname: text(() => `${byteStringOfText(process.options.hostname ?? 'capos')}\n`),
          pid_max: text(() => '32768\n'),
          ngroups_max: text(() => '65536\n'),
          cap_last_cap: text(() => '40\n'),
        }),
        vm: directory({ overcommit_memory: text(() => '1\n'), max_map_count: text(() => '65530\n') }),
        fs: directory({
          'file-max': text(() => '65536\n'),
          nr_open: text(() => '65536\n'),
          'pipe-max-size': text(() => `${MAX_PIPE_CAPACITY}\n`),
        }),
      }),
    } satisfies Record<string, SyntheticEntry>),
  );
  // The processes of the domain by number; of others than itself, only that they are there.
  return new SyntheticDirectory(() => {
    const entries = new Map(fixed);
    for (const other of process.domain.processes.values())
      entries.set(
        String(other.pid),
        other === process
          ? self
          : directory({
              stat: text(() => statOf(other)),
              status: text(() => statusOf(other)),
              comm: text(() => `${other.threads.get(other.pid)?.name ?? ''}\n`),
              cmdline: text(() => other.executable.arguments.map((one) => `${one}\0`).join('')),
            }),
      );
    return entries;
  });
}

/** The console that is a terminal. */
function consoleOf(process: PosixProcess): ConsoleSource | undefined {
  return process.consoles.find(({ terminal }) => terminal !== undefined);
}

/** /dev. */
export function deviceDirectory(process: PosixProcess): SyntheticDirectory {
  const device = (major: number, minor: number, open: (flags: number) => OpenFile | number): SyntheticEntry => ({
    kind: 'device',
    rdev: deviceNumber(major, minor),
    open,
  });
  const standard = (descriptor: number): SyntheticEntry => link(() => `/proc/self/fd/${descriptor}`);
  const entries: Record<string, SyntheticEntry> = {
    null: device(1, 3, () => new NullDevice(OPEN.RDWR)),
    zero: device(1, 5, () => new ZeroDevice(OPEN.RDWR)),
    full: device(1, 7, () => new FullDevice(OPEN.RDWR)),
    // The terminal that controls the session, whichever it is.
    tty: device(5, 0, (flags) => {
      const terminal = process.domain.controllingTerminal(process.session);
      const place = terminal instanceof PseudoTerminal ? terminal.place : consoleOf(process)?.place;
      if (terminal === undefined || place?.device !== terminal) return -ERRNO.ENXIO;
      if (terminal instanceof PseudoTerminal) terminal.slaves++;
      return new TerminalFile(place, flags & ~(OPEN.NOCTTY | OPEN.CLOEXEC));
    }),
    ptmx: device(5, 2, (flags) => process.domain.pseudoTerminals.openMaster(flags & ~(OPEN.NOCTTY | OPEN.CLOEXEC))),
    pts: { kind: 'directory', directory: process.domain.pseudoTerminals.directory(process) },
    fd: link(() => '/proc/self/fd'),
    stdin: standard(0),
    stdout: standard(1),
    stderr: standard(2),
  };
  if (process.entropy.granted) {
    entries.random = device(1, 8, () => new RandomDevice(OPEN.RDWR, 'random', process.entropy));
    entries.urandom = device(1, 9, () => new RandomDevice(OPEN.RDWR, 'urandom', process.entropy));
  }
  const fixed = new Map(Object.entries(entries));
  const withConsole = new Map(fixed).set('console', {
    kind: 'device',
    rdev: CONSOLE_RDEV,
    status: terminalStatus(CONSOLE_INODE, CONSOLE_RDEV),
    open: (flags) => openTerminal(consoleOf(process)!.place!, flags, process),
  });
  return new SyntheticDirectory(() => (consoleOf(process) === undefined ? fixed : withConsole));
}
