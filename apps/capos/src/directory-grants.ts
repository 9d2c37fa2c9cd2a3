// Host directories as capabilities: one hosted service holds them all, and the program gets a facet of each of its mounts.
//
//   --mount /src=.:ro   ─▶   service root "mount0" over "." ─▶ Directory capability "mount0" ─▶ seen at /src
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Directory } from '@capos/abi';
import type { MountOption } from '@capos/capos-posix';
import type { Kernel, KernelObject } from '@capos/kernel';
import { createHostDirectoryProgram, type HostRoot } from '@capos/store/host-node';
import type { Mount } from './mount-option.ts';

export interface DirectoryGrants {
  /** Directory capabilities by their name in the program's CapSet. */
  readonly grants: Readonly<Record<string, KernelObject>>;
  /** Where a Linux program sees each. */
  readonly mounts: readonly MountOption[];
}

const SERVICE = 'host-directories';
/** Enough for reads and writes of 1 MiB in one message. */
const SERVICE_ARENA_BYTES = 16 * 2 ** 20;
/** What the service knows a program's own facets by: the root itself, nothing opened below it. */
const ROOT_BADGE = 0n;

/**
 * Starts the service that holds the directories, if there are any.
 * @throws Error naming the mount that is not a directory
 */
export function grantDirectories(kernel: Kernel, mounts: readonly Mount[]): DirectoryGrants {
  if (mounts.length === 0) return { grants: {}, mounts: [] };
  const roots: HostRoot[] = [];
  const owners: Record<string, KernelObject> = {};
  const grants: Record<string, KernelObject> = {};
  const seenAt: MountOption[] = [];
  for (const [index, { guest, host, readOnly }] of mounts.entries()) {
    const path = resolve(host);
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
      throw new Error(`--mount ${guest}=${host}: ${path} is no directory on the host`);
    }
    const name = `mount${index}`;
    const endpoint = kernel.createEndpoint();
    roots.push({ name, path, readOnly });
    owners[name] = endpoint.owner;
    grants[name] = endpoint.facet(ROOT_BADGE, Directory.id);
    seenAt.push({ path: guest, cap: name, readOnly });
  }
  kernel.registerProgram(SERVICE, createHostDirectoryProgram({ roots }), { arenaBytes: SERVICE_ARENA_BYTES });
  kernel.spawn({ name: SERVICE, program: SERVICE, grants: owners });
  return { grants, mounts: seenAt };
}
