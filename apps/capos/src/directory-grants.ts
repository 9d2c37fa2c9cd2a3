// Host directories as capabilities: one hosted service holds them, and each program is handed a facet of its own mounts.
import type { MountOption } from '@capos/capos-posix';
import type { Kernel, KernelObject } from '@capos/kernel';
import type { Mount } from './mount-option.ts';

export interface DirectoryGrants {
  /** Directory capabilities by the name in the program's CapSet. */
  readonly grants: Readonly<Record<string, KernelObject>>;
  /** Where a Linux program sees each. */
  readonly mounts: readonly MountOption[];
}

export function grantDirectories(_kernel: Kernel, mounts: readonly Mount[]): DirectoryGrants {
  if (mounts.length > 0) throw new Error('mounts: not yet');
  return { grants: {}, mounts: [] };
}
