// Directories as capabilities: a service for each kind holds them all, and the program gets a facet of each of its own.
//
//   --mount /src=.:ro        ─▶ service root "mount0" over "." ─▶ Directory capability "mount0" ─▶ seen at /src
//   --tmpfs /tmp             ─▶ a tree in memory               ─▶ "mount1"                      ─▶ /tmp
//   --store-mount /data=work ─▶ store ─ the names below "work" ─▶ a tree kept there ─▶ "mount2" ─▶ /data
//   --union /=a:b,upper=c    ─▶ three capabilities "mount3" to "mount5", laid over each other by the program's own library
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Directory, Namespace, Store } from '@capos/abi';
import type { MountOption, UnionOption } from '@capos/capos-posix';
import type { Kernel, KernelObject } from '@capos/kernel';
import { nodeWallClock } from '@capos/kernel/host-node';
import {
  createMemoryDirectoryProgram,
  createNamespaceDirectoryProgram,
  createStoreProgram,
  type Engine,
} from '@capos/store';
import {
  createHostDirectory,
  createHostDirectoryProgram,
  type HostDirectoryProgramOptions,
  type HostRoot,
} from '@capos/store/host-node';
import type { Mount, StoreMount, Union } from './mount-option.ts';
import { journaledDirectory } from './replay/journaled-directory.ts';
import type { JournaledRun } from './replay/journaled-run.ts';

export interface DirectoryGrants {
  /** Directory capabilities by their name in the program's CapSet. */
  readonly grants: Readonly<Record<string, KernelObject>>;
  /** Where a Linux program sees each. */
  readonly mounts: readonly MountOption[];
  readonly unions: readonly UnionOption[];
  /** What each is, for people. */
  readonly descriptions: ReadonlyMap<string, string>;
  /** Which flag granted each. */
  readonly flags: ReadonlyMap<string, string>;
}

/** How the roots of mounts are opened. */
const openers = (journaled: JournaledRun | undefined): Pick<HostDirectoryProgramOptions, 'open'> =>
  journaled === undefined
    ? {}
    : { open: (root) => journaledDirectory(() => createHostDirectory(root), journaled.loop, root.name) };

/** What the flags ask for. */
export interface DirectoryRequest {
  readonly mounts: readonly Mount[];
  readonly tmpfs?: readonly string[];
  readonly storeMounts?: readonly StoreMount[];
  readonly unions?: readonly Union[];
  /** Keeps what store mounts hold. */
  readonly engine?: Engine | undefined;
  readonly onError?: (error: unknown) => void;
  /** Of a run that can be repeated: through it hosts' directories answer, and time is told. */
  readonly journaled?: JournaledRun | undefined;
}

/** Enough for reads and writes of 1 MiB in one message. */
const SERVICE_ARENA_BYTES = 16 * 2 ** 20;
/** What the service knows a program's own facets by: the root itself, nothing opened below it. */
const ROOT_BADGE = 0n;

/**
 * Starts the services that hold the directories, as far as there are any.
 * @throws Error naming the mount that is not a directory, or the path that is given twice
 */
export function grantDirectories(kernel: Kernel, request: DirectoryRequest): DirectoryGrants {
  const { mounts, tmpfs = [], storeMounts = [], unions = [], engine, onError = () => {}, journaled } = request;
  const wallClock = journaled?.wallClock ?? nodeWallClock;
  const grants: Record<string, KernelObject> = {};
  const seenAt: MountOption[] = [];
  const laidOver: UnionOption[] = [];
  const descriptions = new Map<string, string>();
  const flags = new Map<string, string>();
  const start = (
    name: string,
    program: Parameters<Kernel['registerProgram']>[1],
    held: Record<string, KernelObject>,
  ) => {
    kernel.registerProgram(name, program, { arenaBytes: SERVICE_ARENA_BYTES });
    kernel.spawn({ name, program: name, grants: held });
  };
  let count = 0;
  const free = (path: string): void => {
    if ([...seenAt, ...laidOver].some((mount) => mount.path === path))
      throw new Error(`${path} is given twice: each path of the program can show one directory`);
  };
  /** A new Directory of the program's: its name, and the owner's side of the endpoint at which its service serves it. */
  const grant = (flag: string, description: string) => {
    const name = `mount${count++}`;
    const endpoint = kernel.createEndpoint();
    grants[name] = endpoint.facet(ROOT_BADGE, Directory.id);
    descriptions.set(name, description);
    flags.set(name, flag);
    return { name, owner: endpoint.owner };
  };
  const mountAt = (flag: string, path: string, readOnly: boolean, description: string) => {
    free(path);
    const granted = grant(flag, description);
    seenAt.push({ path, cap: granted.name, readOnly });
    return granted;
  };

  const roots: HostRoot[] = [];
  const owners: Record<string, KernelObject> = {};
  for (const { guest, host, readOnly } of mounts) {
    const path = hostDirectory(`--mount ${guest}=${host}`, host);
    const { name, owner } = mountAt(
      '--mount',
      guest,
      readOnly,
      `${guest} is ${path} of the host${readOnly ? ', read only' : ''}`,
    );
    roots.push({ name, path, readOnly });
    owners[name] = owner;
  }
  const temporary = (name: string, owner: KernelObject, rootMode: number): void =>
    start(`tmpfs-${name}`, createMemoryDirectoryProgram({ wallClock, onError, rootMode }), { root: owner });
  for (const { guest, lower, upper } of unions) {
    free(guest);
    const layer = (host: string, readOnly: boolean, place: string): string => {
      const path = hostDirectory(`--union ${guest}`, host);
      const { name, owner } = grant(
        '--union',
        `${place} ${guest} is ${path} of the host${readOnly ? ', read only' : ''}`,
      );
      roots.push({ name, path, readOnly });
      owners[name] = owner;
      return name;
    };
    const names = lower.map((host, index) => layer(host, true, `layer ${index + 1} below`));
    let top: string | undefined;
    if (upper?.kind === 'host') top = layer(upper.path, false, 'what is changed in');
    if (upper?.kind === 'tmpfs') {
      const { name, owner } = grant('--union', `what is changed in ${guest} is kept in memory`);
      temporary(name, owner, 0o755);
      top = name;
    }
    laidOver.push({ path: guest, lower: names, ...(top === undefined ? {} : { upper: top }) });
  }
  if (roots.length > 0) start('host-directories', createHostDirectoryProgram({ roots, ...openers(journaled) }), owners);

  for (const guest of tmpfs) {
    const { name, owner } = mountAt('--tmpfs', guest, false, `${guest} is a directory in memory`);
    // As Linux mounts a tmpfs: everybody's, and a name is its owner's to remove.
    temporary(name, owner, 0o1777);
  }

  if (storeMounts.length > 0 && engine !== undefined) {
    const store = kernel.createEndpoint();
    const names = kernel.createEndpoint();
    const parts = storeMounts.map(({ namespace }) => namespace);
    const partOf = (badge: bigint): string => parts[Number(badge)]!;
    start('store', createStoreProgram({ engine, onError, partOf }), { store: store.owner, namespace: names.owner });
    for (const [index, { guest, namespace }] of storeMounts.entries()) {
      const { name, owner } = mountAt(
        '--store-mount',
        guest,
        false,
        `${guest} is kept in the store, below ${namespace}`,
      );
      start(`files-${name}`, createNamespaceDirectoryProgram({ wallClock, onError }), {
        root: owner,
        store: store.facet(ROOT_BADGE, Store.id),
        namespace: names.facet(BigInt(index), Namespace.id),
      });
    }
  }
  return { grants, mounts: seenAt, unions: laidOver, descriptions, flags };
}

/** The absolute path of a directory of the host. @throws Error when there is none */
function hostDirectory(flag: string, host: string): string {
  const path = resolve(host);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new Error(`${flag}: ${path} is no directory on the host; make it first, or name the one above`);
  return path;
}
