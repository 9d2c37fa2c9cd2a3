// `--net` and `--publish`: what a program may reach of networks.
//
//   --net none                         nothing: no socket of the internet can be made
//   --net loopback                     a loopback of its own; nothing outside
//   --net host:PORT[,PORT…]            … and its listeners on these ports are the host's, for the outside
//   --net connect:HOST:PORT[,…]        … and connections and datagrams to that host and port; the name resolves
//   --net dns                          … and every name resolves
//   --publish [IP:]HOSTPORT:GUESTPORT  … and the host's port leads to the program's; HOSTPORT 0 is any free one
//
// HOST is a name, an address, ADDRESS/BITS, or `*` for all; PORT a number, FIRST-LAST, or `*`. `[…]` around IPv6 addresses.
import { isIpv4, LOOPBACK_IPV4, parseAddress } from '@capos/network';

/** Connections out: to a name or to addresses, and ports. */
export interface ConnectGrant {
  readonly host:
    | { readonly name: string }
    | { readonly address: Uint8Array; readonly prefixLength: number }
    | 'everywhere';
  readonly firstPort: number;
  readonly lastPort: number;
}

/** A port of the host that leads to the program's. */
export interface PublishGrant {
  /** undefined: where the program itself listens — the host's loopback for its loopback, else every address. */
  readonly address: Uint8Array | undefined;
  readonly hostPort: number;
  readonly guestPort: number;
}

export interface NetworkGrant {
  readonly connect: readonly ConnectGrant[];
  readonly publish: readonly PublishGrant[];
  readonly everyName: boolean;
}

class NetOptionError extends Error {
  override readonly name = 'NetOptionError';
}

const NO_NETWORK = undefined;
/** A loopback of its own; nothing outside. */
export const LOOPBACK_ONLY: NetworkGrant = { connect: [], publish: [], everyName: false };

/** Adds what one `--net` grants to what those before it granted. @throws NetOptionError saying how to write it */
export function parseNet(value: string, before: NetworkGrant | undefined): NetworkGrant | undefined {
  if (value === 'none') {
    if (before !== undefined)
      throw new NetOptionError('--net none contradicts the --net before it: leave one of them out');
    return NO_NETWORK;
  }
  let grant = before ?? LOOPBACK_ONLY;
  // `host:80,443` and `connect:a:1,b:2`: what follows a comma goes on with the kind before it, unless it has its own.
  let kind = '';
  for (const item of value.split(',')) {
    const [, named, rest] = /^(?:(loopback|none|dns|host|connect)(?::|$))?(.*)$/s.exec(item)!;
    if (named !== undefined) kind = named;
    if (kind === 'loopback' || kind === 'dns') {
      if (rest !== '') throw new NetOptionError(`--net ${value}: ${kind} takes nothing after it`);
      if (kind === 'dns') grant = { ...grant, everyName: true };
    } else if (kind === 'host') {
      const { first, last } = portRange(rest!, `--net ${value}`);
      if (first === 0 || last - first > 1023)
        throw new NetOptionError(`--net ${value}: name at most 1024 ports, such as host:8080 or host:8000-8010`);
      const ports = Array.from({ length: last - first + 1 }, (_, index) => first + index);
      const publish = ports.map((port) => ({ address: undefined, hostPort: port, guestPort: port }));
      grant = { ...grant, publish: [...grant.publish, ...publish] };
    } else if (kind === 'connect') {
      grant = { ...grant, connect: [...grant.connect, parseConnect(rest!, value)] };
    } else {
      throw new NetOptionError(
        `--net ${value}: write none, loopback, dns, host:PORT or connect:HOST:PORT, such as --net connect:example.com:443`,
      );
    }
  }
  return grant;
}

function parseConnect(text: string, value: string): ConnectGrant {
  const match = /^(?:\[([^\]]+)\]|([^:]+)):([^:]+)$/.exec(text);
  if (match === null)
    throw new NetOptionError(`--net ${value}: write it as connect:HOST:PORT, such as --net connect:example.com:443`);
  const host = (match[1] ?? match[2])!;
  const { first, last } = portRange(match[3]!, `--net ${value}`);
  const ports = { firstPort: first, lastPort: last };
  if (host === '*') return { host: 'everywhere', ...ports };
  const [addressText, bits] = host.split('/');
  const address = parseAddress(addressText!);
  if (address === undefined) {
    if (bits !== undefined || !/^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$/i.test(host))
      throw new NetOptionError(`--net ${value}: ${host} is no host name, no address and no ADDRESS/BITS`);
    return { host: { name: host.toLowerCase() }, ...ports };
  }
  const most = isIpv4(address) ? 32 : 128;
  const prefixLength = bits === undefined ? most : Number(bits);
  if (!(Number.isInteger(prefixLength) && prefixLength >= 0 && prefixLength <= most))
    throw new NetOptionError(`--net ${value}: ${bits} is not between 0 and ${most}, the bits of that address`);
  return { host: { address, prefixLength }, ...ports };
}

function portRange(text: string, option: string): { readonly first: number; readonly last: number } {
  if (text === '*') return { first: 1, last: 65_535 };
  const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const range = { first: Number(first), last: Number(last) };
  if (first === undefined || range.last > 65_535 || range.first > range.last)
    throw new NetOptionError(
      `${option}: ${text === '' ? 'the port is missing' : `${text} is no port`}; ports are 1 to 65535`,
    );
  return range;
}

/** @throws NetOptionError saying how to write it */
export function parsePublish(value: string): PublishGrant {
  const match = /^(?:(?:\[([^\]]+)\]|(\d+(?:\.\d+){3})):)?(\d{1,5}):(\d{1,5})$/.exec(value);
  const hostPort = Number(match?.[3]);
  const guestPort = Number(match?.[4]);
  const text = match?.[1] ?? match?.[2];
  const address = text === undefined ? LOOPBACK_IPV4 : parseAddress(text);
  if (match === null || address === undefined || hostPort > 65_535 || guestPort > 65_535 || guestPort === 0)
    throw new NetOptionError(
      `--publish ${value}: write it as HOSTPORT:GUESTPORT or IP:HOSTPORT:GUESTPORT, such as --publish 8080:80; HOSTPORT 0 is any free port`,
    );
  return { address, hostPort, guestPort };
}

/** `--publish` adds to what `--net` granted. */
export function withPublications(
  network: NetworkGrant | undefined,
  publish: readonly PublishGrant[],
): NetworkGrant | undefined {
  if (publish.length === 0) return network;
  return { ...(network ?? LOOPBACK_ONLY), publish: [...(network?.publish ?? []), ...publish] };
}
