// Networks as capabilities.
export {
  destination,
  formatAddress,
  formatSocketAddress,
  hasPrefix,
  isIpv4,
  isIpv6,
  isLoopback,
  isMappedIpv4,
  isWildcard,
  LOOPBACK_IPV4,
  LOOPBACK_IPV6,
  parseAddress,
  plainAddress,
  sameAddress,
  WILDCARD_IPV4,
  WILDCARD_IPV6,
} from './address.ts';
export { type GatewayOptions, gatewayNetwork } from './gateway/gateway.ts';
export { joinStreams, type Publication, type PublishOptions, publishPorts } from './gateway/publish.ts';
export { type LinkChannel, NetworkLink } from './link/network-link.ts';
export { type MessageEndpoint, portChannel } from './link/port-channel.ts';
export {
  type Cancel,
  type Changing,
  type Datagram,
  isFailure,
  type NameLookup,
  type NetworkBackend,
  type NetworkFailure,
  type Outcome,
  type TcpPort,
  type TcpServer,
  type TcpStream,
  type UdpPort,
} from './network-backend.ts';
export { NetworkLibraryError } from './network-error.ts';
export { networkRule, Reach, ruleAllows, type Wish } from './reach.ts';
export {
  createNetworkProgram,
  createResolverProgram,
  NETWORK_ARENA_BYTES,
  type NetworkProgramOptions,
  type ResolverProgramOptions,
} from './service/network-program.ts';
export { type NetworkServiceOptions, serveNetwork } from './service/network-service.ts';
export type { NetworkPlace } from './virtual/network-place.ts';
export { VirtualHost } from './virtual/virtual-host.ts';
export { VirtualNetwork } from './virtual/virtual-network.ts';
