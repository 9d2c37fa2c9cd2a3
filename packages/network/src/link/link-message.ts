// What two networks say to one another over a link. It may come from anybody who holds the channel's other end, so each
// message is looked at before anything is done with it.
//
//   hosts       all addresses that are reached this way, whenever they change; the first one says that the link stands
//   connect     a stream of the sender's numbering ─▶ accepted | refused          cancel: given up
//   data, end, reset      of a stream, either way          taken: bytes that have gone to who reads, so that more may come
//   datagram    ─▶ nothing, or absent: nobody was there
//
// Streams have positive numbers where they began, and the negative ones at the other end.
import type { SocketAddress } from '@capos/abi';
import { isIpv4, isIpv6 } from '../address.ts';
import type { NetworkFailure } from '../network-backend.ts';

export type LinkMessage =
  | { readonly kind: 'hosts'; readonly addresses: readonly Uint8Array[] }
  | { readonly kind: 'connect'; readonly stream: number; readonly from: SocketAddress; readonly to: SocketAddress }
  | { readonly kind: 'accepted' | 'cancel' | 'end' | 'reset'; readonly stream: number }
  | { readonly kind: 'refused'; readonly stream: number; readonly failure: NetworkFailure }
  | { readonly kind: 'data'; readonly stream: number; readonly data: Uint8Array }
  | { readonly kind: 'taken'; readonly stream: number; readonly count: number }
  | { readonly kind: 'datagram'; readonly from: SocketAddress; readonly to: SocketAddress; readonly data: Uint8Array }
  | { readonly kind: 'absent'; readonly from: SocketAddress };

type Kind = LinkMessage['kind'];
type Check = (fields: Readonly<Record<string, unknown>>) => boolean;

const MOST_HOSTS = 4096;
const FAILURES = {
  connectionRefused: true,
  unreachable: true,
  timedOut: true,
  connectionReset: true,
  addressInUse: true,
  addressNotAvailable: true,
  notPermitted: true,
  notConnected: true,
  messageTooLarge: true,
  nameNotFound: true,
  resolverFailed: true,
  unsupported: true,
  tooManySockets: true,
  hostFailed: true,
} as const satisfies Record<NetworkFailure, true>;

const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;
const isAddress = (value: unknown): boolean => isBytes(value) && (isIpv4(value) || isIpv6(value));
const isCount = (value: unknown, most: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= most;
const isStream = (value: unknown): boolean => typeof value === 'number' && Number.isSafeInteger(value) && value !== 0;

function isSocketAddress(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { address, port } = value as Readonly<Record<string, unknown>>;
  return isAddress(address) && isCount(port, 0xffff);
}

const ofStream: Check = ({ stream }) => isStream(stream);

const CHECKS = {
  hosts: ({ addresses }) => Array.isArray(addresses) && addresses.length <= MOST_HOSTS && addresses.every(isAddress),
  connect: ({ stream, from, to }) => isStream(stream) && isSocketAddress(from) && isSocketAddress(to),
  accepted: ofStream,
  cancel: ofStream,
  end: ofStream,
  reset: ofStream,
  refused: ({ stream, failure }) => isStream(stream) && typeof failure === 'string' && Object.hasOwn(FAILURES, failure),
  data: ({ stream, data }) => isStream(stream) && isBytes(data) && data.length > 0,
  taken: ({ stream, count }) => isStream(stream) && isCount(count, Number.MAX_SAFE_INTEGER),
  datagram: ({ from, to, data }) => isSocketAddress(from) && isSocketAddress(to) && isBytes(data),
  absent: ({ from }) => isSocketAddress(from),
} satisfies Record<Kind, Check>;

/** The message, if it is one. */
export function linkMessage(received: unknown): LinkMessage | undefined {
  if (typeof received !== 'object' || received === null) return undefined;
  const fields = received as Readonly<Record<string, unknown>>;
  const { kind } = fields;
  if (typeof kind !== 'string' || !Object.hasOwn(CHECKS, kind)) return undefined;
  return CHECKS[kind as Kind](fields) ? (received as LinkMessage) : undefined;
}
