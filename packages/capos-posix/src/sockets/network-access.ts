// Network access: the NetworkManager and the Resolver that a process holds, by the names they are granted under.

import { NetworkManager, Resolver } from '@capos/abi';
import { SharedCapability } from '../capabilities/shared-capability.ts';
import type { PosixProcess } from '../posix-process.ts';

/** Names in the CapSet. */
export const NETWORK_CAP = 'network';
export const RESOLVER_CAP = 'resolver';

/** The name server that resolv.conf tells of: datagrams to it are answered from the Resolver (resolver-port.ts). */
export const NAME_SERVER = { address: Uint8Array.of(127, 0, 0, 53), port: 53, text: '127.0.0.53' } as const;

function held(process: PosixProcess, name: string, interfaceId: bigint): SharedCapability | undefined {
  const { caps, domain } = process;
  const capId = caps.lookup(name);
  if (capId === undefined || caps.interfaceOf(capId) !== interfaceId) return undefined;
  return new SharedCapability(domain, caps, capId, false);
}

/** Undefined when it holds none. */
export const networkOf = (process: PosixProcess): SharedCapability | undefined =>
  held(process, NETWORK_CAP, NetworkManager.id);

export const resolverOf = (process: PosixProcess): SharedCapability | undefined =>
  held(process, RESOLVER_CAP, Resolver.id);
