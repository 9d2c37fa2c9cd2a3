// Directories of the host as a capOS program: each root at an endpoint of its own, and nothing between them.
import type { HostedProgram } from '@capos/abi';
import type { OpenDirectory } from '../directory/file-system.ts';
import { directoryProgram } from '../service/directory-program.ts';
import type { DirectoryServiceOptions } from '../service/directory-service.ts';
import { createHostDirectory, type HostDirectoryOptions } from './host-directory.ts';

export interface HostRoot extends HostDirectoryOptions {
  /** Name in the CapSet of the endpoint that serves this root. */
  readonly name: string;
}

export interface HostDirectoryProgramOptions extends Pick<DirectoryServiceOptions, 'maxHandles' | 'onError'> {
  readonly roots: readonly HostRoot[];
  /** Opens a root in another way than `createHostDirectory`: one that keeps a record, say. */
  readonly open?: (root: HostRoot) => OpenDirectory;
}

/** A hosted program that serves host directories. A root that can't be opened throws when the program starts. */
export function createHostDirectoryProgram({
  roots,
  open = createHostDirectory,
  ...options
}: HostDirectoryProgramOptions): HostedProgram {
  return directoryProgram(new Map(roots.map((root) => [root.name, () => open(root)])), options);
}
