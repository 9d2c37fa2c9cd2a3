// /proc/PID: a directory a process, the same for whoever of its domain looks (proc(5)).
//
//   of oneself     exe and fd/N are magic links: opening one gives the very program and description
//   of others      they are names: another process's descriptions are not to be had by looking at them

import type { ByteString } from '../../guest-memory.ts';
import { ERRNO } from '../../linux/errno.ts';
import { OPEN } from '../../linux/file-flags.ts';
import type { PosixProcess } from '../../posix-process.ts';
import type { PosixThread } from '../../posix-thread.ts';
import type { Mount } from '../directory-node.ts';
import { syntheticStatus } from '../file-status.ts';
import type { OpenFile } from '../open-file.ts';
import {
  descriptorInfo,
  limitsOf,
  mapsOf,
  memoryMapsOf,
  statmOf,
  statOf,
  statusOf,
  threadName,
} from '../process-texts.ts';
import { RegularFile } from '../regular-file.ts';
import { type FileOwner, SyntheticDirectory, type SyntheticEntry } from '../synthetic-directory.ts';
import { directory, type Entries, line, link, text } from './entries.ts';

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

/** What the file system of a mount is called: that of the shim's own directories as Linux calls them. */
function fileSystemName({ source, path, type }: Mount): string {
  if (type !== undefined) return type;
  if (source !== undefined) return 'capos';
  return path === '/proc' ? 'proc' : path === '/dev' ? 'devtmpfs' : 'tmpfs';
}

function mountPath(path: ByteString): ByteString {
  return path.replace(/[ \t\n\\]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`);
}

/** /proc/PID/mounts, as fstab(5) has it. */
function mountsText(process: PosixProcess): ByteString {
  return process.mounts.mounts
    .map((mount) => {
      const name = fileSystemName(mount);
      const flags = mount.readOnly ? 'ro' : 'rw';
      return `${mount.source ?? name} ${mountPath(mount.path)} ${name} ${flags} 0 0\n`;
    })
    .join('');
}

/** /proc/PID/mountinfo: number, parent, device, root, path, options - type source options. */
function mountInfoText(process: PosixProcess): ByteString {
  const { mounts } = process.mounts;
  const above = (path: ByteString): number => {
    let best = -1;
    for (const [index, mount] of mounts.entries()) {
      const prefix = mount.path === '/' ? '/' : `${mount.path}/`;
      if (mount.path === path || !path.startsWith(prefix)) continue;
      if (best < 0 || mounts[best]!.path.length < mount.path.length) best = index;
    }
    return best + FIRST_MOUNT;
  };
  return mounts
    .map((mount, index) => {
      const name = fileSystemName(mount);
      const flags = mount.readOnly ? 'ro' : 'rw';
      const number = index + FIRST_MOUNT;
      return `${number} ${above(mount.path)} 0:${number} / ${mountPath(mount.path)} ${flags} - ${name} ${mount.source ?? name} ${flags}\n`;
    })
    .join('');
}

const FIRST_MOUNT = 20;

/** /proc/PID/fd. */
function descriptorLinks(process: PosixProcess, isSelf: boolean): Entries {
  const entries = new Map<ByteString, SyntheticEntry>();
  for (const descriptor of process.descriptors.numbers()) {
    const file = process.descriptors.get(descriptor)!;
    const target = (): ByteString => file.description;
    entries.set(String(descriptor), isSelf ? link(target, () => file) : link(target));
  }
  return entries;
}

/** /proc/PID/fdinfo. */
function descriptorTexts(process: PosixProcess): Entries {
  return new Map(
    [...process.descriptors.numbers()].map((descriptor) => [
      String(descriptor),
      text(() => descriptorInfo(process, descriptor)),
    ]),
  );
}

function setName(process: PosixProcess, thread: PosixThread | undefined, name: ByteString): number {
  if (thread === undefined || process.ended) return -ERRNO.ESRCH;
  thread.name = name.replace(/\n$/, '').slice(0, LONGEST_NAME);
  return 0;
}

/** Bytes of a thread's name (TASK_COMM_LEN less the end). */
const LONGEST_NAME = 15;
const LOWEST_SCORE = -1000;
const HIGHEST_SCORE = 1000;

function setScore(process: PosixProcess, written: ByteString): number {
  const score = /^\s*(-?\d+)\s*$/.exec(written);
  if (score === null) return -ERRNO.EINVAL;
  const value = Number(score[1]);
  if (value < LOWEST_SCORE || value > HIGHEST_SCORE) return -ERRNO.EINVAL;
  process.attributes.oomScoreAdjustment = value;
  return 0;
}

function owner(process: PosixProcess): FileOwner {
  return { uid: process.identity.euid, gid: process.identity.egid };
}

/** /proc/PID/task/TID. */
function threadEntry(process: PosixProcess, thread: PosixThread): SyntheticEntry {
  return directory(
    {
      comm: text(
        () => `${thread.name}\n`,
        (name) => setName(process, thread, name),
      ),
      stat: text(() => statOf(process, thread)),
      status: text(() => statusOf(process, thread)),
      statm: text(() => statmOf(process)),
      maps: text(() => mapsOf(process)),
      smaps: text(() => memoryMapsOf(process)),
    },
    () => owner(process),
  );
}

function threadEntries(process: PosixProcess): Entries {
  return new Map([...process.threads.values()].map((thread) => [String(thread.tid), threadEntry(process, thread)]));
}

/** What there is of a process that has ended and was not waited for yet. */
function endedEntry(process: PosixProcess): SyntheticEntry {
  return directory(
    {
      stat: text(() => statOf(process)),
      status: text(() => statusOf(process)),
      statm: text(() => statmOf(process)),
      comm: text(() => `${threadName(process)}\n`),
      cmdline: text(() => ''),
    },
    () => owner(process),
  );
}

function livingEntry(process: PosixProcess, isSelf: boolean): SyntheticEntry {
  const joined = (strings: readonly ByteString[]): ByteString => strings.map((one) => `${one}\0`).join('');
  const exe = (): ByteString => process.executable.path;
  return directory(
    {
      exe: isSelf ? link(exe, () => executableFile(process)) : link(exe),
      cwd: link(() => process.pathOf(process.workingDirectory)),
      root: link(() => process.root.path()),
      fd: directory(() => descriptorLinks(process, isSelf)),
      fdinfo: directory(() => descriptorTexts(process)),
      task: directory(() => threadEntries(process)),
      maps: text(() => mapsOf(process)),
      smaps: text(() => memoryMapsOf(process)),
      mounts: text(() => mountsText(process)),
      mountinfo: text(() => mountInfoText(process)),
      status: text(() => statusOf(process)),
      stat: text(() => statOf(process)),
      statm: text(() => statmOf(process)),
      comm: text(
        () => `${threadName(process)}\n`,
        (name) => setName(process, process.threads.get(process.pid), name),
      ),
      cmdline: text(() => joined(process.executable.arguments)),
      environ: text(() => joined(process.executable.environment)),
      limits: text(() => limitsOf(process)),
      oom_score: line(0),
      oom_score_adj: text(
        () => `${process.attributes.oomScoreAdjustment}\n`,
        (written) => setScore(process, written),
      ),
      personality: line('00000000'),
      wchan: text(() => '0'),
      cgroup: line('0::/'),
      uid_map: text(() => '         0          0 4294967295\n'),
      gid_map: text(() => '         0          0 4294967295\n'),
      setgroups: line('allow'),
      timerslack_ns: text(() => `${process.attributes.timerSlackNs}\n`),
      loginuid: text(() => '4294967295'),
      sessionid: text(() => '4294967295'),
    },
    () => owner(process),
  );
}

/** Each viewer sees the same directory at every look, so that its inode stays. */
class ProcessEntries {
  readonly #viewer: PosixProcess;
  readonly #living = new WeakMap<PosixProcess, SyntheticEntry>();
  readonly #ended = new WeakMap<PosixProcess, SyntheticEntry>();

  constructor(viewer: PosixProcess) {
    this.#viewer = viewer;
  }

  of(process: PosixProcess): SyntheticEntry {
    const known = process.ended ? this.#ended : this.#living;
    const isSelf = process === this.#viewer;
    const entry = known.get(process) ?? (process.ended ? endedEntry(process) : livingEntry(process, isSelf));
    known.set(process, entry);
    return entry;
  }

  /** The processes of the domain by number, those that ended and were not waited for among them. */
  all(): Map<ByteString, SyntheticEntry> {
    const entries = new Map<ByteString, SyntheticEntry>();
    for (const process of this.#viewer.domain.processes.values()) {
      entries.set(String(process.pid), this.of(process));
      for (const ending of process.endings) entries.set(String(ending.pid), this.of(ending.process));
    }
    return entries;
  }

  /** A thread's number leads to its process, though it is not listed (proc(5)). */
  ofThread(name: ByteString): SyntheticEntry | undefined {
    const process = /^[1-9]\d*$/.test(name) ? this.#viewer.domain.threadNumbered(Number(name))?.process : undefined;
    return process && this.of(process);
  }
}

/** The directory of one process, that the domain can look into. */
export function procRoot(viewer: PosixProcess, fixed: Entries): SyntheticDirectory {
  const processes = new ProcessEntries(viewer);
  return new SyntheticDirectory(() => new Map([...fixed, ...processes.all()]), {
    unlisted: (name) => processes.ofThread(name),
    numbers: viewer.domain.inodes,
  });
}
