// Network access: the NetworkManager and the Resolver that a process holds, by the names they are granted under.

import { NetworkManager, Resolver } from '@capos/abi';
import { SharedCapability } from '../capabilities/shared-capability.ts';
import type { PosixProcess } from '../posix-process.ts';
import { has, PRIVILEGE } from '../process/privileges.ts';

/** Names in the CapSet. */
const NETWORK_CAP = 'network';
const RESOLVER_CAP = 'resolver';

/** The name server that resolv.conf tells of: datagrams to it are answered from the Resolver (resolver-port.ts). */
export const NAME_SERVER = { address: Uint8Array.of(127, 0, 0, 53), port: 53, text: '127.0.0.53' } as const;

function held(process: PosixProcess, name: string, interfaceId: bigint): SharedCapability | undefined {
  const { caps, domain } = process;
  const capId = caps.lookup(name);
  if (capId === undefined || caps.interfaceOf(capId) !== interfaceId) return undefined;
  return new SharedCapability(domain, caps, capId, false);
}

/** Ports below this one take CAP_NET_BIND_SERVICE (/proc/sys/net/ipv4/ip_unprivileged_port_start). */
const FIRST_UNPRIVILEGED_PORT = 1024;

/** Whether a port is not this process's to listen at, whatever it was granted (ip(7)). */
export function isReserved(port: number, { identity }: PosixProcess): boolean {
  return port > 0 && port < FIRST_UNPRIVILEGED_PORT && !has(identity, PRIVILEGE.NET_BIND_SERVICE);
}

/** Undefined when it holds none. */
export const networkOf = (process: PosixProcess): SharedCapability | undefined =>
  held(process, NETWORK_CAP, NetworkManager.id);

export const resolverOf = (process: PosixProcess): SharedCapability | undefined =>
  held(process, RESOLVER_CAP, Resolver.id);
