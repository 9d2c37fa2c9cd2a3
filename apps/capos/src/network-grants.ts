// Networks as capabilities: what `--net` and `--publish` say, as a NetworkManager and a Resolver that reach that and no more.
//
//   program ─ NetworkManager ─▶ service "network" ─▶ gateway ─┬ a virtual host of its own: loopback, its listeners
//                                                             └ the host's sockets, where a --net names them
//   host's port ─ publish ─▶ the virtual host's listener
import { lookup } from 'node:dns/promises';
import { NetworkManager, type NetworkRule, Resolver } from '@capos/abi';
import type { Kernel, KernelObject } from '@capos/kernel';
import {
  createNetworkProgram,
  createResolverProgram,
  formatAddress,
  formatSocketAddress,
  gatewayNetwork,
  type NameLookup,
  NETWORK_ARENA_BYTES,
  networkRule,
  parseAddress,
  publishPorts,
  sameAddress,
  VirtualNetwork,
  WILDCARD_IPV4,
} from '@capos/network';
import { nodeNameLookup, nodeNetwork } from '@capos/network/host-node';
import type { ConnectGrant, NetworkGrant } from './net-option.ts';
import type { JournaledLoop } from './replay/journaled-loop.ts';
import { JournaledNetwork, journaledAddresses, journaledLookup } from './replay/journaled-network.ts';

export interface NetworkGrants {
  /** By their names in the program's CapSet. */
  readonly grants: Readonly<Record<string, KernelObject>>;
  /** What each reaches, for people. */
  readonly descriptions: ReadonlyMap<string, string>;
  /** Files that tell libraries where names are looked up. */
  readonly files: ReadonlyMap<string, string>;
  /** The host's ports close; what is connected goes on until it has ended. */
  close(): void;
}

const NOTHING: NetworkGrants = { grants: {}, descriptions: new Map(), files: new Map(), close: () => {} };
const SERVICE = 'network';
const NAMES = 'resolver';
const ROOT_BADGE = 0n;
/** Every socket may have a call waiting at the service. */
const ENDPOINT_CALLS = 65_536;

/**
 * Starts the services for what was granted, if anything was.
 * @param journaled writes down what comes in from outside, or has it
 * @throws Error naming a host that has no address
 */
export async function grantNetwork(
  kernel: Kernel,
  grant: NetworkGrant | undefined,
  say: (line: string) => void,
  journaled?: JournaledLoop,
): Promise<NetworkGrants> {
  if (grant === undefined) return NOTHING;
  const names = await resolveNames(grant.connect, journaled);
  const outside = journaled === undefined ? nodeNetwork() : new JournaledNetwork(journaled, nodeNetwork);
  const inside = new VirtualNetwork().host();
  const close = publishPorts({
    host: inside,
    outside,
    publications: grant.publish.map(({ address, hostPort, guestPort }) => ({
      outside: { address: address ?? WILDCARD_IPV4, port: hostPort },
      inside: guestPort,
      followsLoopback: address === undefined,
    })),
    onOpen: ({ outside: wanted, inside: port }, local) => {
      if (wanted.port === 0) say(`${formatSocketAddress(local)} on the host is the program's port ${port}`);
    },
    onFailure: ({ inside: port }, _failure, message) =>
      say(`port ${port} of the program is not reachable from outside: ${message}; publish another port of the host`),
  });
  const backend = gatewayNetwork({ inside, outside, ways: waysOut(grant.connect, names) });
  const onError = (error: unknown): void => say(String(error));
  const endpoint = kernel.createEndpoint(ENDPOINT_CALLS);
  kernel.registerProgram(SERVICE, createNetworkProgram({ backend, onError }), { arenaBytes: NETWORK_ARENA_BYTES });
  kernel.spawn({ name: SERVICE, program: SERVICE, grants: { network: endpoint.owner } });
  const grants: Record<string, KernelObject> = { network: endpoint.facet(ROOT_BADGE, NetworkManager.id) };
  const files = new Map([['/etc/hosts', hostsFile(names)]]);
  const descriptions = new Map([['network', describe(grant)]]);
  if (grant.everyName || names.size > 0) {
    const resolver = kernel.createEndpoint();
    const everyName = journaled === undefined ? nodeNameLookup : () => journaledLookup(journaled, nodeNameLookup);
    const lookups = grant.everyName ? everyName() : knownNames(names);
    kernel.registerProgram(NAMES, createResolverProgram({ lookup: lookups, onError }));
    kernel.spawn({ name: NAMES, program: NAMES, grants: { resolver: resolver.owner } });
    grants.resolver = resolver.facet(ROOT_BADGE, Resolver.id);
    descriptions.set('resolver', grant.everyName ? 'every name the host finds' : [...names.keys()].join(', '));
    files.set('/etc/resolv.conf', 'nameserver 127.0.0.53\n');
  }
  return { grants, descriptions, files, close };
}

function describe({ connect, publish }: NetworkGrant): string {
  const ports = (first: number, last: number): string => (first === last ? String(first) : `${first}-${last}`);
  const place = ({ host }: ConnectGrant): string => {
    if (host === 'everywhere') return '*';
    if ('name' in host) return host.name;
    const text = formatAddress(host.address);
    return host.prefixLength === host.address.length * 8 ? text : `${text}/${host.prefixLength}`;
  };
  return [
    'a loopback of its own',
    ...connect.map((one) => `out to ${place(one)}:${ports(one.firstPort, one.lastPort)}`),
    ...publish.map(
      ({ address, hostPort, guestPort }) =>
        `in from ${address === undefined ? '*' : formatAddress(address)}:${hostPort === 0 ? 'any' : hostPort} to port ${guestPort}`,
    ),
  ].join('; ');
}

/** Addresses by name. The host is asked once, now: what a name leads to does not change under the program. */
async function resolveNames(
  grants: readonly ConnectGrant[],
  journaled: JournaledLoop | undefined,
): Promise<ReadonlyMap<string, readonly Uint8Array[]>> {
  const found = new Map<string, readonly Uint8Array[]>();
  for (const { host } of grants) {
    if (host === 'everywhere' || !('name' in host) || found.has(host.name)) continue;
    const known = journaled?.isReplay === true ? [] : await addressesOf(host.name);
    found.set(host.name, journaled === undefined ? known : journaledAddresses(journaled, host.name, known));
  }
  return found;
}

async function addressesOf(name: string): Promise<readonly Uint8Array[]> {
  const answers = await lookup(name, { all: true, verbatim: true }).catch((error: unknown) => {
    throw new Error(
      `--net connect:${name}: the host finds no address of that name (${(error as NodeJS.ErrnoException).code}); give an address instead`,
    );
  });
  return answers.map(({ address }) => parseAddress(address)!);
}

function waysOut(
  grants: readonly ConnectGrant[],
  names: ReadonlyMap<string, readonly Uint8Array[]>,
): readonly NetworkRule[] {
  return grants.flatMap(({ host, firstPort, lastPort }) =>
    (['tcp', 'udp'] as const).flatMap((protocol) => {
      const rule = { action: 'connect', protocol, firstPort, lastPort } as const;
      if (host === 'everywhere') return [networkRule(rule)];
      if (!('name' in host)) return [networkRule({ ...rule, ...host })];
      return (names.get(host.name) ?? []).map((address) => networkRule({ ...rule, address }));
    }),
  );
}

function hostsFile(names: ReadonlyMap<string, readonly Uint8Array[]>): string {
  const lines = [...names].flatMap(([name, addresses]) =>
    addresses.map((address) => `${formatAddress(address)} ${name}`),
  );
  return ['127.0.0.1 localhost', '::1 localhost', ...lines, ''].join('\n');
}

/** Names that were granted, and no others. */
function knownNames(names: ReadonlyMap<string, readonly Uint8Array[]>): NameLookup {
  return {
    resolve: (name, done) => done(names.get(name.toLowerCase()) ?? 'nameNotFound'),
    reverse: (address, done) => {
      const found = [...names].filter(([, addresses]) => addresses.some((own) => sameAddress(own, address)));
      done(found.length === 0 ? 'nameNotFound' : found.map(([name]) => name));
    },
  };
}
