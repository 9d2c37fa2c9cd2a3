// Directories as capOS programs: a temporary tree, and one kept in a store.
import { Endpoint, type HostedProgram, Namespace, Store } from '@capos/abi';
import { openEnvironment } from '@capos/runtime';
import type { OpenDirectory } from '../directory/file-system.ts';
import { createMemoryDirectory } from '../directory/memory-directory.ts';
import { createNamespaceDirectory } from '../directory/namespace-directory.ts';
import type { TreeOptions } from '../directory/tree.ts';
import { type DirectoryServiceOptions, serveDirectory } from './directory-service.ts';
import { messageBytes } from './service-buffers.ts';
import { clientBlobStore, clientNamespace } from './store-client.ts';

export interface DirectoryProgramOptions extends Pick<DirectoryServiceOptions, 'maxHandles' | 'onError'> {
  /** Name in the CapSet of the endpoint that the program owns and serves the root at. Default `root`. */
  readonly export?: string;
}

/**
 * A hosted program that serves directories, each at the endpoint of that name. One message carries a sixteenth of the
 * program's arena (the kernel's default of 1 MiB: 63 KiB; 16 MiB or more: 1 MiB), less a kibibyte.
 */
export function directoryProgram(
  roots: ReadonlyMap<string, () => OpenDirectory>,
  options: Pick<DirectoryServiceOptions, 'maxHandles' | 'onError'> = {},
): HostedProgram {
  return (port) => {
    const environment = openEnvironment(port);
    const bufferSize = Math.min(
      messageBytes(port.arena.byteLength, 16),
      messageBytes(port.arena.byteLength, 8 * Math.max(1, roots.size)),
    );
    for (const [name, open] of roots) {
      serveDirectory(environment, environment.capSet.cap(name, Endpoint), open(), {
        bufferSize,
        receives: 2,
        ...options,
      });
    }
  };
}

/** A temporary file system in the program's memory. */
export function createMemoryDirectoryProgram({
  export: name = 'root',
  ...options
}: DirectoryProgramOptions & TreeOptions): HostedProgram {
  return directoryProgram(new Map([[name, () => createMemoryDirectory(options)]]), options);
}

/**
 * A file system kept in the Store and Namespace that the program is granted (as `store` and `namespace`). Calls wait until
 * it is mounted; if it can't be, the program ends with code 1 and `onError` is told why.
 */
export function createNamespaceDirectoryProgram(
  options: DirectoryProgramOptions & TreeOptions & { readonly store?: string; readonly namespace?: string },
): HostedProgram {
  const { export: name = 'root', store = 'store', namespace = 'namespace' } = options;
  return (port) => {
    const environment = openEnvironment(port);
    const { capSet } = environment;
    const endpoint = capSet.cap(name, Endpoint);
    const blobs = clientBlobStore(capSet.get(store, Store));
    createNamespaceDirectory(blobs, clientNamespace(capSet.get(namespace, Namespace)), options).then(
      (root) =>
        void serveDirectory(environment, endpoint, root, {
          bufferSize: messageBytes(port.arena.byteLength, 16),
          receives: 2,
          ...options,
        }),
      (error: unknown) => {
        options.onError?.(error);
        environment.exit(1);
      },
    );
  };
}
