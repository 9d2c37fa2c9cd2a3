// The store as a capOS program: one engine behind two endpoints, Store and Namespace.
import type { HostedProgram } from '@capos/abi';
import { Endpoint } from '@capos/abi';
import { openEnvironment } from '@capos/runtime';
import type { Engine } from '../engine.ts';
import { type NamespaceServiceOptions, serveNamespace } from './namespace-service.ts';
import { messageBytes } from './service-buffers.ts';
import { serveStore } from './store-service.ts';

export interface StoreProgramOptions extends Pick<NamespaceServiceOptions, 'partOf' | 'maxSubNamespaces' | 'onError'> {
  readonly engine: Engine;
  /** Names in the CapSet of the two endpoints that the program owns. Default `store` and `namespace`; either may be absent there. */
  readonly exports?: { readonly store?: string; readonly namespace?: string };
}

/**
 * A hosted program that serves `engine`. One message carries a blob of up to an eighth of the program's arena (with the
 * kernel's default of 1 MiB: 127 KiB; with 16 MiB or more: 2 MiB), less a kibibyte.
 */
export function createStoreProgram(options: StoreProgramOptions): HostedProgram {
  const { engine, exports = {}, onError, ...namespaceOptions } = options;
  const { store = 'store', namespace = 'namespace' } = exports;
  return (port) => {
    const environment = openEnvironment(port);
    const { capSet } = environment;
    const reporting = onError === undefined ? {} : { onError };
    const bufferSize = messageBytes(port.arena.byteLength, 8);
    if (capSet.has(store)) {
      serveStore(environment, capSet.cap(store, Endpoint), engine, { receives: 2, bufferSize, ...reporting });
    }
    if (capSet.has(namespace)) {
      const receive = messageBytes(port.arena.byteLength, 32);
      serveNamespace(environment, capSet.cap(namespace, Endpoint), engine, {
        receives: 2,
        bufferSize: receive,
        ...namespaceOptions,
        ...reporting,
      });
    }
  };
}
