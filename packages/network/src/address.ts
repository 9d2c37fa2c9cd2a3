// Internet addresses as bytes: 4 for IPv4, 16 for IPv6, in network order, with the text forms of RFC 4291 §2.2 and RFC 5952.
import type { SocketAddress } from '@capos/abi';

const IPV4_BYTES = 4;
const IPV6_BYTES = 16;
const GROUPS = 8;

/** The bytes of a dotted or colon-separated address; undefined when it is neither. */
export function parseAddress(text: string): Uint8Array | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

function parseIpv4(text: string): Uint8Array | undefined {
  const parts = text.split('.');
  if (parts.length !== IPV4_BYTES || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined;
  return Uint8Array.from(parts, Number);
}

function parseIpv6(text: string): Uint8Array | undefined {
  const bare = text.replace(/%.*$/, '');
  const halves = bare.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => (half === '' ? [] : groupsOf(half.split(':'))));
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  const missing = GROUPS - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = tail === undefined ? head : [...head, ...new Array<number>(missing).fill(0), ...tail];
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}

/** 16-bit groups; the last may be a dotted IPv4 address, which makes two. */
function groupsOf(parts: readonly string[]): number[] | undefined {
  const groups: number[] = [];
  for (const [index, part] of parts.entries()) {
    const ipv4 = index === parts.length - 1 && part.includes('.') ? parseIpv4(part) : undefined;
    if (ipv4 !== undefined) groups.push((ipv4[0]! << 8) | ipv4[1]!, (ipv4[2]! << 8) | ipv4[3]!);
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

/** The text of an address; `?` for bytes that are none. */
export function formatAddress(address: Uint8Array): string {
  if (address.length === IPV4_BYTES) return address.join('.');
  if (address.length !== IPV6_BYTES) return '?';
  if (isMappedIpv4(address)) return `::ffff:${address.subarray(12).join('.')}`;
  const groups = Array.from({ length: GROUPS }, (_, index) => (address[index * 2]! << 8) | address[index * 2 + 1]!);
  // The longest run of at least two zero groups is left out, the first one of several (RFC 5952 §4.2).
  let best = { start: 0, length: 1 };
  for (let start = 0; start < GROUPS; start++) {
    let length = 0;
    while (start + length < GROUPS && groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
    start += length;
  }
  const text = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  if (best.length < 2) return text(groups);
  return `${text(groups.slice(0, best.start))}::${text(groups.slice(best.start + best.length))}`;
}

/** `1.2.3.4:80` or `[::1]:80`. */
export function formatSocketAddress({ address, port }: SocketAddress): string {
  const text = formatAddress(address);
  return address.length === IPV6_BYTES ? `[${text}]:${port}` : `${text}:${port}`;
}

export const isIpv4 = (address: Uint8Array): boolean => address.length === IPV4_BYTES;
export const isIpv6 = (address: Uint8Array): boolean => address.length === IPV6_BYTES;
export const isAddress = (address: Uint8Array): boolean => isIpv4(address) || isIpv6(address);

/** `0.0.0.0` or `::`. */
export const isWildcard = (address: Uint8Array): boolean =>
  (isIpv4(address) || isIpv6(address)) && address.every((byte) => byte === 0);

/** 127.0.0.0/8 or ::1. */
export function isLoopback(address: Uint8Array): boolean {
  if (isIpv4(address)) return address[0] === 127;
  return isIpv6(address) && address[15] === 1 && address.subarray(0, 15).every((byte) => byte === 0);
}

/** An IPv4 address in IPv6's clothes, `::ffff:1.2.3.4` (RFC 4291 §2.5.5.2). */
export function isMappedIpv4(address: Uint8Array): boolean {
  if (!isIpv6(address) || address[10] !== 0xff || address[11] !== 0xff) return false;
  return address.subarray(0, 10).every((byte) => byte === 0);
}

/** A mapped address as the IPv4 address it is; any other as it is. */
export const plainAddress = (address: Uint8Array): Uint8Array => (isMappedIpv4(address) ? address.slice(12) : address);

export function sameAddress(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}

/** Whether the leading `prefixLength` bits of both agree. */
export function hasPrefix(address: Uint8Array, prefix: Uint8Array, prefixLength: number): boolean {
  if (address.length !== prefix.length) return false;
  const whole = prefixLength >> 3;
  for (let index = 0; index < whole; index++) if (address[index] !== prefix[index]) return false;
  const rest = prefixLength & 7;
  return rest === 0 || ((address[whole]! ^ prefix[whole]!) & (0xff << (8 - rest)) & 0xff) === 0;
}

export const LOOPBACK_IPV4: Uint8Array = Uint8Array.of(127, 0, 0, 1);
export const LOOPBACK_IPV6: Uint8Array = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
export const WILDCARD_IPV4: Uint8Array = new Uint8Array(4);
export const WILDCARD_IPV6: Uint8Array = new Uint8Array(16);

/** Connecting to a wildcard is connecting to oneself; mapped addresses are the IPv4 addresses they are. */
export function destination({ address, port }: SocketAddress): SocketAddress {
  const plain = plainAddress(address);
  if (!isWildcard(plain)) return { address: plain, port };
  return { address: isIpv4(plain) ? LOOPBACK_IPV4 : LOOPBACK_IPV6, port };
}
