// Generated from net.capnp by the generator of @capos/abi. Change the schema, not this file.
//
// Networks as capabilities. A manager reaches the addresses and ports it was made for and no others; a socket, what it is
// connected or bound to. An address is 4 bytes (IPv4) or 16 (IPv6), in network order.
//
// A call that waits (receive, accept, connect) may carry a deadline in its submission, and may be finished: what it had begun
// is undone. Releasing the last reference of a socket closes it, after what was sent has gone out.

import {
  type Codec,
  type InterfaceDescriptor,
  type MethodDescriptor,
  MAX_DEPTH,
  beginMessage,
  beginWrite,
  dataListWords,
  dataWords,
  emptyCodec,
  followList,
  followStruct,
  found,
  getInt32,
  getUint16,
  nameOf,
  noRoom,
  outOfRange,
  putCapability,
  putInt32,
  putListPointer,
  putNull,
  putStructPointer,
  readCapability,
  readData,
  readDataList,
  readText,
  readTextList,
  textListWords,
  textWords,
  tooDeep,
  writeData,
  writeDataList,
  writeText,
  writeTextList,
} from '../../codec-runtime.ts';

/**
 * `none` is success; with any other, the other results have no meaning.
 * A number is an enumerant that this schema does not know.
 */
export type NetworkError =
| 'none'
/** Nobody listens there. */
| 'connectionRefused'
/** No way leads there. */
| 'unreachable'
| 'timedOut'
/** The other side gave the connection up. */
| 'connectionReset'
| 'addressInUse'
/** Not an address of this system. */
| 'addressNotAvailable'
/** This capability does not reach there. */
| 'notPermitted'
/** Nothing can be sent any more: the sending side was shut, or nobody takes it. */
| 'notConnected'
| 'messageTooLarge'
| 'nameNotFound'
/** No name server answers just now. */
| 'resolverFailed'
/** An address of a kind, or an option, that is not served here. */
| 'unsupported'
| 'tooManySockets'
| 'hostFailed'
| number;

/** The enumerants of NetworkError in the order of their numbers. */
export const namesOfNetworkError: readonly NetworkError[] = ['none', 'connectionRefused', 'unreachable', 'timedOut', 'connectionReset', 'addressInUse', 'addressNotAvailable', 'notPermitted', 'notConnected', 'messageTooLarge', 'nameNotFound', 'resolverFailed', 'unsupported', 'tooManySockets', 'hostFailed'];

export function numberOfNetworkError(value: NetworkError, field: string): number {
  switch (value) {
    case 'none':
    return 0;
    case 'connectionRefused':
    return 1;
    case 'unreachable':
    return 2;
    case 'timedOut':
    return 3;
    case 'connectionReset':
    return 4;
    case 'addressInUse':
    return 5;
    case 'addressNotAvailable':
    return 6;
    case 'notPermitted':
    return 7;
    case 'notConnected':
    return 8;
    case 'messageTooLarge':
    return 9;
    case 'nameNotFound':
    return 10;
    case 'resolverFailed':
    return 11;
    case 'unsupported':
    return 12;
    case 'tooManySockets':
    return 13;
    case 'hostFailed':
    return 14;
    default:
    if (typeof value !== 'number' || (value & 0xffff) !== value) throw outOfRange(field, value);
    return value;
  }
}

/** A number is an enumerant that this schema does not know. */
export type NetworkAction =
| 'connect'
| 'listen'
| number;

/** The enumerants of NetworkAction in the order of their numbers. */
export const namesOfNetworkAction: readonly NetworkAction[] = ['connect', 'listen'];

export function numberOfNetworkAction(value: NetworkAction, field: string): number {
  switch (value) {
    case 'connect':
    return 0;
    case 'listen':
    return 1;
    default:
    if (typeof value !== 'number' || (value & 0xffff) !== value) throw outOfRange(field, value);
    return value;
  }
}

/** A number is an enumerant that this schema does not know. */
export type NetworkProtocol =
| 'tcp'
| 'udp'
| number;

/** The enumerants of NetworkProtocol in the order of their numbers. */
export const namesOfNetworkProtocol: readonly NetworkProtocol[] = ['tcp', 'udp'];

export function numberOfNetworkProtocol(value: NetworkProtocol, field: string): number {
  switch (value) {
    case 'tcp':
    return 0;
    case 'udp':
    return 1;
    default:
    if (typeof value !== 'number' || (value & 0xffff) !== value) throw outOfRange(field, value);
    return value;
  }
}

/** A number is an enumerant that this schema does not know. */
export type TcpOption =
| 'noDelay'
| 'keepAlive'
| number;

/** The enumerants of TcpOption in the order of their numbers. */
export const namesOfTcpOption: readonly TcpOption[] = ['noDelay', 'keepAlive'];

export function numberOfTcpOption(value: TcpOption, field: string): number {
  switch (value) {
    case 'noDelay':
    return 0;
    case 'keepAlive':
    return 1;
    default:
    if (typeof value !== 'number' || (value & 0xffff) !== value) throw outOfRange(field, value);
    return value;
  }
}

/** An address and a port. Empty address: none. */
export interface SocketAddress {
  address: Uint8Array;
  port: number;
}

/** One thing that is allowed: connecting (sending) to, or listening at, an address with this prefix and a port in this range. */
export interface NetworkRule {
  action: NetworkAction;
  protocol: NetworkProtocol;
  /** Empty: every address. */
  address: Uint8Array;
  /** Leading bits of `address` that count. */
  prefixLength: number;
  firstPort: number;
  lastPort: number;
}

export interface NetworkManagerConnectParams {
  remote: SocketAddress;
}

export interface NetworkManagerConnectResults {
  error: NetworkError;
  socket: number;
  local: SocketAddress;
}

export interface NetworkManagerBindParams {
  local: SocketAddress;
  dual: boolean;
}

export interface NetworkManagerBindResults {
  error: NetworkError;
  binding: number;
  local: SocketAddress;
}

export interface NetworkManagerBindUdpParams {
  local: SocketAddress;
  dual: boolean;
}

export interface NetworkManagerBindUdpResults {
  error: NetworkError;
  socket: number;
  local: SocketAddress;
}

export interface NetworkManagerRestrictParams {
  rules: readonly NetworkRule[];
}

export interface NetworkManagerRestrictResults {
  manager: number;
}

export interface NetworkManagerDescribeParams {
}

export interface NetworkManagerDescribeResults {
  addresses: readonly Uint8Array[];
  rules: readonly NetworkRule[];
  restricted: boolean;
}

export interface TcpBindingListenParams {
  backlog: number;
}

export interface TcpBindingListenResults {
  error: NetworkError;
  listener: number;
}

export interface TcpBindingConnectParams {
  remote: SocketAddress;
}

export interface TcpBindingConnectResults {
  error: NetworkError;
  socket: number;
  local: SocketAddress;
}

export interface TcpListenerAcceptParams {
}

export interface TcpListenerAcceptResults {
  error: NetworkError;
  socket: number;
  local: SocketAddress;
  remote: SocketAddress;
}

export interface TcpSocketReceiveParams {
  maxLength: number;
}

export interface TcpSocketReceiveResults {
  error: NetworkError;
  data: Uint8Array;
}

export interface TcpSocketSendParams {
  data: Uint8Array;
  last: boolean;
}

export interface TcpSocketSendResults {
  error: NetworkError;
  accepted: number;
}

export interface TcpSocketShutdownParams {
  receiving: boolean;
  sending: boolean;
}

export interface TcpSocketShutdownResults {
  error: NetworkError;
}

export interface TcpSocketSetOptionParams {
  option: TcpOption;
  value: number;
}

export interface TcpSocketSetOptionResults {
  error: NetworkError;
}

export interface TcpSocketAbortParams {
}

export interface TcpSocketAbortResults {
}

export interface UdpSocketReceiveParams {
}

export interface UdpSocketReceiveResults {
  error: NetworkError;
  data: Uint8Array;
  remote: SocketAddress;
}

export interface UdpSocketSendParams {
  data: Uint8Array;
  remote: SocketAddress;
}

export interface UdpSocketSendResults {
  error: NetworkError;
}

export interface UdpSocketLocalForParams {
  remote: SocketAddress;
}

export interface UdpSocketLocalForResults {
  error: NetworkError;
  local: SocketAddress;
}

export interface ResolverResolveParams {
  name: string;
}

export interface ResolverResolveResults {
  error: NetworkError;
  addresses: readonly Uint8Array[];
}

export interface ResolverReverseParams {
  address: Uint8Array;
}

export interface ResolverReverseResults {
  error: NetworkError;
  names: readonly string[];
}

export function sizeOfSocketAddress(v: SocketAddress): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.address.length !== 0) pointers = 1;
  if (data < 1 && v.port !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowSocketAddress(v: SocketAddress, _depth: number): number {
  let words = 0;
  if (v.address.length !== 0) words += dataWords(v.address);
  return words;
}

export function wordsOfSocketAddress(v: SocketAddress, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSocketAddress(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowSocketAddress(v, depth);
}

export function writeSocketAddress(v: SocketAddress, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if ((v.port & 0xffff) !== v.port) throw outOfRange('SocketAddress.port', v.port);
  h0 |= v.port;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.address.length !== 0) {
      top = writeData(v.address, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putSocketAddress(v: SocketAddress, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSocketAddress(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeSocketAddress(v, bytes, top, size, next, end, depth);
}

export function readSocketAddress(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: SocketAddress | undefined): SocketAddress {
  const base = at + data;
  const address_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  const port_ = (data >= 2 ? getUint16(bytes, at) : 0);
  if (into === undefined) return { address: address_, port: port_ };
  into.address = address_;
  into.port = port_;
  return into;
}

export function followSocketAddress(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: SocketAddress | undefined): SocketAddress | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readSocketAddress(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const socketAddress: Codec<SocketAddress> = {
  name: 'SocketAddress',
  dataWords: 1,
  pointers: 1,
  encode(value: SocketAddress, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putSocketAddress(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: SocketAddress): SocketAddress {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followSocketAddress(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readSocketAddress(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: SocketAddress): number {
    return 8 + 8 * wordsOfSocketAddress(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNetworkRule(v: NetworkRule): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && numberOfNetworkAction(v.action, 'NetworkRule.action') !== 0) data = 1;
  if (data < 1 && numberOfNetworkProtocol(v.protocol, 'NetworkRule.protocol') !== 0) data = 1;
  if (pointers < 1 && v.address.length !== 0) pointers = 1;
  if (data < 1 && v.prefixLength !== 0) data = 1;
  if (data < 1 && v.firstPort !== 0) data = 1;
  if (data < 2 && v.lastPort !== 0) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowNetworkRule(v: NetworkRule, _depth: number): number {
  let words = 0;
  if (v.address.length !== 0) words += dataWords(v.address);
  return words;
}

export function wordsOfNetworkRule(v: NetworkRule, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNetworkRule(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNetworkRule(v, depth);
}

export function writeNetworkRule(v: NetworkRule, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  h0 |= numberOfNetworkAction(v.action, 'NetworkRule.action');
  h0 |= numberOfNetworkProtocol(v.protocol, 'NetworkRule.protocol') << 16;
  if ((v.prefixLength & 0xff) !== v.prefixLength) throw outOfRange('NetworkRule.prefixLength', v.prefixLength);
  h1 |= v.prefixLength;
  if ((v.firstPort & 0xffff) !== v.firstPort) throw outOfRange('NetworkRule.firstPort', v.firstPort);
  h1 |= v.firstPort << 16;
  if ((v.lastPort & 0xffff) !== v.lastPort) throw outOfRange('NetworkRule.lastPort', v.lastPort);
  h2 |= v.lastPort;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  if (data > 1) {
    putInt32(bytes, at + 8, h2);
    putInt32(bytes, at + 12, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.address.length !== 0) {
      top = writeData(v.address, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putNetworkRule(v: NetworkRule, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNetworkRule(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNetworkRule(v, bytes, top, size, next, end, depth);
}

export function readNetworkRule(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NetworkRule | undefined): NetworkRule {
  const base = at + data;
  const action_ = nameOf(namesOfNetworkAction, (data >= 2 ? getUint16(bytes, at) : 0));
  const protocol_ = nameOf(namesOfNetworkProtocol, (data >= 4 ? getUint16(bytes, at + 2) : 0));
  const address_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  const prefixLength_ = (data >= 5 ? bytes[at + 4]! : 0);
  const firstPort_ = (data >= 8 ? getUint16(bytes, at + 6) : 0);
  const lastPort_ = (data >= 10 ? getUint16(bytes, at + 8) : 0);
  if (into === undefined) return { action: action_, protocol: protocol_, address: address_, prefixLength: prefixLength_, firstPort: firstPort_, lastPort: lastPort_ };
  into.action = action_;
  into.protocol = protocol_;
  into.address = address_;
  into.prefixLength = prefixLength_;
  into.firstPort = firstPort_;
  into.lastPort = lastPort_;
  return into;
}

export function followNetworkRule(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NetworkRule | undefined): NetworkRule | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNetworkRule(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const networkRule: Codec<NetworkRule> = {
  name: 'NetworkRule',
  dataWords: 2,
  pointers: 1,
  encode(value: NetworkRule, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNetworkRule(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NetworkRule): NetworkRule {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNetworkRule(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNetworkRule(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NetworkRule): number {
    return 8 + 8 * wordsOfNetworkRule(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNetworkManagerConnectParams(v: NetworkManagerConnectParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowNetworkManagerConnectParams(v: NetworkManagerConnectParams, depth: number): number {
  let words = 0;
  words += wordsOfSocketAddress(v.remote, depth - 1);
  return words;
}

export function wordsOfNetworkManagerConnectParams(v: NetworkManagerConnectParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNetworkManagerConnectParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNetworkManagerConnectParams(v, depth);
}

export function writeNetworkManagerConnectParams(v: NetworkManagerConnectParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    {
      top = putSocketAddress(v.remote, bytes, base, top, end, depth - 1);
    }
  }
  return top;
}

export function putNetworkManagerConnectParams(v: NetworkManagerConnectParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNetworkManagerConnectParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNetworkManagerConnectParams(v, bytes, top, size, next, end, depth);
}

export function readNetworkManagerConnectParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NetworkManagerConnectParams | undefined): NetworkManagerConnectParams {
  const base = at + data;
  const remote_ = followSocketAddress(bytes, pointers > 0 ? base : -1, start, end, depth, into?.remote) ?? readSocketAddress(bytes, 0, 0, 0, 0, 0, depth, into?.remote);
  if (into === undefined) return { remote: remote_ };
  into.remote = remote_;
  return into;
}

export function followNetworkManagerConnectParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NetworkManagerConnectParams | undefined): NetworkManagerConnectParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNetworkManagerConnectParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const networkManagerConnectParams: Codec<NetworkManagerConnectParams> = {
  name: 'NetworkManagerConnectParams',
  dataWords: 0,
  pointers: 1,
  encode(value: NetworkManagerConnectParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNetworkManagerConnectParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NetworkManagerConnectParams): NetworkManagerConnectParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNetworkManagerConnectParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNetworkManagerConnectParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NetworkManagerConnectParams): number {
    return 8 + 8 * wordsOfNetworkManagerConnectParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNetworkManagerConnectResults(v: NetworkManagerConnectResults): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && numberOfNetworkError(v.error, 'NetworkManagerConnectResults.error') !== 0) data = 1;
  if (pointers < 1 && v.socket !== -1) pointers = 1;
  if (pointers < 2) pointers = 2;
  return data | (pointers << 16);
}

export function wordsBelowNetworkManagerConnectResults(v: NetworkManagerConnectResults, depth: number): number {
  let words = 0;
  words += wordsOfSocketAddress(v.local, depth - 1);
  return words;
}

export function wordsOfNetworkManagerConnectResults(v: NetworkManagerConnectResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNetworkManagerConnectResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNetworkManagerConnectResults(v, depth);
}

export function writeNetworkManagerConnectResults(v: NetworkManagerConnectResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  h0 |= numberOfNetworkError(v.error, 'NetworkManagerConnectResults.error');
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.socket !== -1) {
      putCapability(v.socket, bytes, base, 'NetworkManagerConnectResults.socket');
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    {
      top = putSocketAddress(v.local, bytes, base + 8, top, end, depth - 1);
    }
  }
  return top;
}

export function putNetworkManagerConnectResults(v: NetworkManagerConnectResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNetworkManagerConnectResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNetworkManagerConnectResults(v, bytes, top, size, next, end, depth);
}

export function readNetworkManagerConnectResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NetworkManagerConnectResults | undefined): NetworkManagerConnectResults {
  const base = at + data;
  const error_ = nameOf(namesOfNetworkError, (data >= 2 ? getUint16(bytes, at) : 0));
  const socket_ = pointers > 0 ? readCapability(bytes, base) : -1;
  const local_ = followSocketAddress(bytes, pointers > 1 ? base + 8 : -1, start, end, depth, into?.local) ?? readSocketAddress(bytes, 0, 0, 0, 0, 0, depth, into?.local);
  if (into === undefined) return { error: error_, socket: socket_, local: local_ };
  into.error = error_;
  into.socket = socket_;
  into.local = local_;
  return into;
}

export function followNetworkManagerConnectResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NetworkManagerConnectResults | undefined): NetworkManagerConnectResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNetworkManagerConnectResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const networkManagerConnectResults: Codec<NetworkManagerConnectResults> = {
  name: 'NetworkManagerConnectResults',
  dataWords: 1,
  pointers: 2,
  encode(value: NetworkManagerConnectResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNetworkManagerConnectResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NetworkManagerConnectResults): NetworkManagerConnectResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNetworkManagerConnectResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNetworkManagerConnectResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NetworkManagerConnectResults): number {
    return 8 + 8 * wordsOfNetworkManagerConnectResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNetworkManagerBindParams(v: NetworkManagerBindParams): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1) pointers = 1;
  if (data < 1 && v.dual !== false) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowNetworkManagerBindParams(v: NetworkManagerBindParams, depth: number): number {
  let words = 0;
  words += wordsOfSocketAddress(v.local, depth - 1);
  return words;
}

export function wordsOfNetworkManagerBindParams(v: NetworkManagerBindParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNetworkManagerBindParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNetworkManagerBindParams(v, depth);
}

export function writeNetworkManagerBindParams(v: NetworkManagerBindParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.dual) h0 |= 1;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    {
      top = putSocketAddress(v.local, bytes, base, top, end, depth - 1);
    }
  }
  return top;
}

export function putNetworkManagerBindParams(v: NetworkManagerBindParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNetworkManagerBindParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNetworkManagerBindParams(v, bytes, top, size, next, end, depth);
}

export function readNetworkManagerBindParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NetworkManagerBindParams | undefined): NetworkManagerBindParams {
  const base = at + data;
  const b0 = data > 0 ? bytes[at + 0]! : 0;
  const local_ = followSocketAddress(bytes, pointers > 0 ? base : -1, start, end, depth, into?.local) ?? readSocketAddress(bytes, 0, 0, 0, 0, 0, depth, into?.local);
  const dual_ = ((b0 >> 0) & 1) !== 0;
  if (into === undefined) return { local: local_, dual: dual_ };
  into.local = local_;
  into.dual = dual_;
  return into;
}

export function followNetworkManagerBindParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NetworkManagerBindParams | undefined): NetworkManagerBindParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNetworkManagerBindParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const networkManagerBindParams: Codec<NetworkManagerBindParams> = {
  name: 'NetworkManagerBindParams',
  dataWords: 1,
  pointers: 1,
  encode(value: NetworkManagerBindParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNetworkManagerBindParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NetworkManagerBindParams): NetworkManagerBindParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNetworkManagerBindParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNetworkManagerBindParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NetworkManagerBindParams): number {
    return 8 + 8 * wordsOfNetworkManagerBindParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNetworkManagerBindResults(v: NetworkManagerBindResults): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && numberOfNetworkError(v.error, 'NetworkManagerBindResults.error') !== 0) data = 1;
  if (pointers < 1 && v.binding !== -1) pointers = 1;
  if (pointers < 2) pointers = 2;
  return data | (pointers << 16);
}

export function wordsBelowNetworkManagerBindResults(v: NetworkManagerBindResults, depth: number): number {
  let words = 0;
  words += wordsOfSocketAddress(v.local, depth - 1);
  return words;
}

export function wordsOfNetworkManagerBindResults(v: NetworkManagerBindResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNetworkManagerBindResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNetworkManagerBindResults(v, depth);
}

export function writeNetworkManagerBindResults(v: NetworkManagerBindResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  h0 |= numberOfNetworkError(v.error, 'NetworkManagerBindResults.error');
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.binding !== -1) {
      putCapability(v.binding, bytes, base, 'NetworkManagerBindResults.binding');
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    {
      top = putSocketAddress(v.local, bytes, base + 8, top, end, depth - 1);
    }
  }
  return top;
}

export function putNetworkManagerBindResults(v: NetworkManagerBindResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNetworkManagerBindResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNetworkManagerBindResults(v, bytes, top, size, next, end, depth);
}

export function readNetworkManagerBindResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NetworkManagerBindResults | undefined): NetworkManagerBindResults {
  const base = at + data;
  const error_ = nameOf(namesOfNetworkError, (data >= 2 ? getUint16(bytes, at) : 0));
  const binding_ = pointers > 0 ? readCapability(bytes, base) : -1;
  const local_ = followSocketAddress(bytes, pointers > 1 ? base + 8 : -1, start, end, depth, into?.local) ?? readSocketAddress(bytes, 0, 0, 0, 0, 0, depth, into?.local);
  if (into === undefined) return { error: error_, binding: binding_, local: local_ };
  into.error = error_;
  into.binding = binding_;
  into.local = local_;
  return into;
}

export function followNetworkManagerBindResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NetworkManagerBindResults | undefined): NetworkManagerBindResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNetworkManagerBindResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const networkManagerBindResults: Codec<NetworkManagerBindResults> = {
  name: 'NetworkManagerBindResults',
  dataWords: 1,
  pointers: 2,
  encode(value: NetworkManagerBindResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNetworkManagerBindResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NetworkManagerBindResults): NetworkManagerBindResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNetworkManagerBindResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNetworkManagerBindResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NetworkManagerBindResults): number {
    return 8 + 8 * wordsOfNetworkManagerBindResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNetworkManagerBindUdpParams(v: NetworkManagerBindUdpParams): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1) pointers = 1;
  if (data < 1 && v.dual !== false) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowNetworkManagerBindUdpParams(v: NetworkManagerBindUdpParams, depth: number): number {
  let words = 0;
  words += wordsOfSocketAddress(v.local, depth - 1);
  return words;
}

export function wordsOfNetworkManagerBindUdpParams(v: NetworkManagerBindUdpParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNetworkManagerBindUdpParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNetworkManagerBindUdpParams(v, depth);
}

export function writeNetworkManagerBindUdpParams(v: NetworkManagerBindUdpParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.dual) h0 |= 1;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    {
      top = putSocketAddress(v.local, bytes, base, top, end, depth - 1);
    }
  }
  return top;
}

export function putNetworkManagerBindUdpParams(v: NetworkManagerBindUdpParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNetworkManagerBindUdpParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNetworkManagerBindUdpParams(v, bytes, top, size, next, end, depth);
}

export function readNetworkManagerBindUdpParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NetworkManagerBindUdpParams | undefined): NetworkManagerBindUdpParams {
  const base = at + data;
  const b0 = data > 0 ? bytes[at + 0]! : 0;
  const local_ = followSocketAddress(bytes, pointers > 0 ? base : -1, start, end, depth, into?.local) ?? readSocketAddress(bytes, 0, 0, 0, 0, 0, depth, into?.local);
  const dual_ = ((b0 >> 0) & 1) !== 0;
  if (into === undefined) return { local: local_, dual: dual_ };
  into.local = local_;
  into.dual = dual_;
  return into;
}

export function followNetworkManagerBindUdpParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NetworkManagerBindUdpParams | undefined): NetworkManagerBindUdpParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNetworkManagerBindUdpParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const networkManagerBindUdpParams: Codec<NetworkManagerBindUdpParams> = {
  name: 'NetworkManagerBindUdpParams',
  dataWords: 1,
  pointers: 1,
  encode(value: NetworkManagerBindUdpParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNetworkManagerBindUdpParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NetworkManagerBindUdpParams): NetworkManagerBindUdpParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNetworkManagerBindUdpParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNetworkManagerBindUdpParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NetworkManagerBindUdpParams): number {
    return 8 + 8 * wordsOfNetworkManagerBindUdpParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNetworkManagerBindUdpResults(v: NetworkManagerBindUdpResults): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && numberOfNetworkError(v.error, 'NetworkManagerBindUdpResults.error') !== 0) data = 1;
  if (pointers < 1 && v.socket !== -1) pointers = 1;
  if (pointers < 2) pointers = 2;
  return data | (pointers << 16);
}

export function wordsBelowNetworkManagerBindUdpResults(v: NetworkManagerBindUdpResults, depth: number): number {
  let words = 0;
  words += wordsOfSocketAddress(v.local, depth - 1);
  return words;
}

export function wordsOfNetworkManagerBindUdpResults(v: NetworkManagerBindUdpResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNetworkManagerBindUdpResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNetworkManagerBindUdpResults(v, depth);
}

export function writeNetworkManagerBindUdpResults(v: NetworkManagerBindUdpResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  h0 |= numberOfNetworkError(v.error, 'NetworkManagerBindUdpResults.error');
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.socket !== -1) {
      putCapability(v.socket, bytes, base, 'NetworkManagerBindUdpResults.socket');
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    {
      top = putSocketAddress(v.local, bytes, base + 8, top, end, depth - 1);
    }
  }
  return top;
}

export function putNetworkManagerBindUdpResults(v: NetworkManagerBindUdpResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNetworkManagerBindUdpResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNetworkManagerBindUdpResults(v, bytes, top, size, next, end, depth);
}

export function readNetworkManagerBindUdpResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NetworkManagerBindUdpResults | undefined): NetworkManagerBindUdpResults {
  const base = at + data;
  const error_ = nameOf(namesOfNetworkError, (data >= 2 ? getUint16(bytes, at) : 0));
  const socket_ = pointers > 0 ? readCapability(bytes, base) : -1;
  const local_ = followSocketAddress(bytes, pointers > 1 ? base + 8 : -1, start, end, depth, into?.local) ?? readSocketAddress(bytes, 0, 0, 0, 0, 0, depth, into?.local);
  if (into === undefined) return { error: error_, socket: socket_, local: local_ };
  into.error = error_;
  into.socket = socket_;
  into.local = local_;
  return into;
}

export function followNetworkManagerBindUdpResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NetworkManagerBindUdpResults | undefined): NetworkManagerBindUdpResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNetworkManagerBindUdpResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const networkManagerBindUdpResults: Codec<NetworkManagerBindUdpResults> = {
  name: 'NetworkManagerBindUdpResults',
  dataWords: 1,
  pointers: 2,
  encode(value: NetworkManagerBindUdpResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNetworkManagerBindUdpResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NetworkManagerBindUdpResults): NetworkManagerBindUdpResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNetworkManagerBindUdpResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNetworkManagerBindUdpResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NetworkManagerBindUdpResults): number {
    return 8 + 8 * wordsOfNetworkManagerBindUdpResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNetworkManagerRestrictParams(v: NetworkManagerRestrictParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.rules.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowNetworkManagerRestrictParams(v: NetworkManagerRestrictParams, depth: number): number {
  let words = 0;
  if (v.rules.length !== 0) words += wordsOfNetworkRuleList(v.rules, depth - 1);
  return words;
}

export function wordsOfNetworkManagerRestrictParams(v: NetworkManagerRestrictParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNetworkManagerRestrictParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNetworkManagerRestrictParams(v, depth);
}

export function writeNetworkManagerRestrictParams(v: NetworkManagerRestrictParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.rules.length !== 0) {
      top = writeNetworkRuleList(v.rules, bytes, base, top, end, depth - 1);
    } else putNull(bytes, base);
  }
  return top;
}

export function putNetworkManagerRestrictParams(v: NetworkManagerRestrictParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNetworkManagerRestrictParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNetworkManagerRestrictParams(v, bytes, top, size, next, end, depth);
}

export function readNetworkManagerRestrictParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NetworkManagerRestrictParams | undefined): NetworkManagerRestrictParams {
  const base = at + data;
  const rules_ = pointers > 0 ? readNetworkRuleList(bytes, base, start, end, depth) : [];
  if (into === undefined) return { rules: rules_ };
  into.rules = rules_;
  return into;
}

export function followNetworkManagerRestrictParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NetworkManagerRestrictParams | undefined): NetworkManagerRestrictParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNetworkManagerRestrictParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const networkManagerRestrictParams: Codec<NetworkManagerRestrictParams> = {
  name: 'NetworkManagerRestrictParams',
  dataWords: 0,
  pointers: 1,
  encode(value: NetworkManagerRestrictParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNetworkManagerRestrictParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NetworkManagerRestrictParams): NetworkManagerRestrictParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNetworkManagerRestrictParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNetworkManagerRestrictParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NetworkManagerRestrictParams): number {
    return 8 + 8 * wordsOfNetworkManagerRestrictParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNetworkManagerRestrictResults(v: NetworkManagerRestrictResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.manager !== -1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowNetworkManagerRestrictResults(_v: NetworkManagerRestrictResults, _depth: number): number {
  return 0;
}

export function wordsOfNetworkManagerRestrictResults(v: NetworkManagerRestrictResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNetworkManagerRestrictResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNetworkManagerRestrictResults(v, depth);
}

export function writeNetworkManagerRestrictResults(v: NetworkManagerRestrictResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.manager !== -1) {
      putCapability(v.manager, bytes, base, 'NetworkManagerRestrictResults.manager');
    } else putNull(bytes, base);
  }
  return top;
}

export function putNetworkManagerRestrictResults(v: NetworkManagerRestrictResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNetworkManagerRestrictResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNetworkManagerRestrictResults(v, bytes, top, size, next, end, depth);
}

export function readNetworkManagerRestrictResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NetworkManagerRestrictResults | undefined): NetworkManagerRestrictResults {
  const base = at + data;
  const manager_ = pointers > 0 ? readCapability(bytes, base) : -1;
  if (into === undefined) return { manager: manager_ };
  into.manager = manager_;
  return into;
}

export function followNetworkManagerRestrictResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NetworkManagerRestrictResults | undefined): NetworkManagerRestrictResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNetworkManagerRestrictResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const networkManagerRestrictResults: Codec<NetworkManagerRestrictResults> = {
  name: 'NetworkManagerRestrictResults',
  dataWords: 0,
  pointers: 1,
  encode(value: NetworkManagerRestrictResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNetworkManagerRestrictResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NetworkManagerRestrictResults): NetworkManagerRestrictResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNetworkManagerRestrictResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNetworkManagerRestrictResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NetworkManagerRestrictResults): number {
    return 8 + 8 * wordsOfNetworkManagerRestrictResults(value, MAX_DEPTH - 1);
  },
};

export const networkManagerDescribeParams: Codec<NetworkManagerDescribeParams> = /* @__PURE__ */ emptyCodec('NetworkManagerDescribeParams');

export function sizeOfNetworkManagerDescribeResults(v: NetworkManagerDescribeResults): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.addresses.length !== 0) pointers = 1;
  if (pointers < 2 && v.rules.length !== 0) pointers = 2;
  if (data < 1 && v.restricted !== false) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowNetworkManagerDescribeResults(v: NetworkManagerDescribeResults, depth: number): number {
  let words = 0;
  if (v.addresses.length !== 0) words += dataListWords(v.addresses);
  if (v.rules.length !== 0) words += wordsOfNetworkRuleList(v.rules, depth - 1);
  return words;
}

export function wordsOfNetworkManagerDescribeResults(v: NetworkManagerDescribeResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNetworkManagerDescribeResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNetworkManagerDescribeResults(v, depth);
}

export function writeNetworkManagerDescribeResults(v: NetworkManagerDescribeResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.restricted) h0 |= 1;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.addresses.length !== 0) {
      top = writeDataList(v.addresses, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    if (v.rules.length !== 0) {
      top = writeNetworkRuleList(v.rules, bytes, base + 8, top, end, depth - 1);
    } else putNull(bytes, base + 8);
  }
  return top;
}

export function putNetworkManagerDescribeResults(v: NetworkManagerDescribeResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNetworkManagerDescribeResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNetworkManagerDescribeResults(v, bytes, top, size, next, end, depth);
}

export function readNetworkManagerDescribeResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NetworkManagerDescribeResults | undefined): NetworkManagerDescribeResults {
  const base = at + data;
  const b0 = data > 0 ? bytes[at + 0]! : 0;
  const addresses_ = pointers > 0 ? readDataList(bytes, base, start, end, depth) : [];
  const rules_ = pointers > 1 ? readNetworkRuleList(bytes, base + 8, start, end, depth) : [];
  const restricted_ = ((b0 >> 0) & 1) !== 0;
  if (into === undefined) return { addresses: addresses_, rules: rules_, restricted: restricted_ };
  into.addresses = addresses_;
  into.rules = rules_;
  into.restricted = restricted_;
  return into;
}

export function followNetworkManagerDescribeResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NetworkManagerDescribeResults | undefined): NetworkManagerDescribeResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNetworkManagerDescribeResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const networkManagerDescribeResults: Codec<NetworkManagerDescribeResults> = {
  name: 'NetworkManagerDescribeResults',
  dataWords: 1,
  pointers: 2,
  encode(value: NetworkManagerDescribeResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNetworkManagerDescribeResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NetworkManagerDescribeResults): NetworkManagerDescribeResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNetworkManagerDescribeResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNetworkManagerDescribeResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NetworkManagerDescribeResults): number {
    return 8 + 8 * wordsOfNetworkManagerDescribeResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfTcpBindingListenParams(v: TcpBindingListenParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.backlog !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowTcpBindingListenParams(_v: TcpBindingListenParams, _depth: number): number {
  return 0;
}

export function wordsOfTcpBindingListenParams(v: TcpBindingListenParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTcpBindingListenParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowTcpBindingListenParams(v, depth);
}

export function writeTcpBindingListenParams(v: TcpBindingListenParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.backlog >>> 0 !== v.backlog) throw outOfRange('TcpBindingListenParams.backlog', v.backlog);
  h0 |= v.backlog;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putTcpBindingListenParams(v: TcpBindingListenParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTcpBindingListenParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeTcpBindingListenParams(v, bytes, top, size, next, end, depth);
}

export function readTcpBindingListenParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: TcpBindingListenParams | undefined): TcpBindingListenParams {
  const backlog_ = (data >= 4 ? getInt32(bytes, at) : 0) >>> 0;
  if (into === undefined) return { backlog: backlog_ };
  into.backlog = backlog_;
  return into;
}

export function followTcpBindingListenParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: TcpBindingListenParams | undefined): TcpBindingListenParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readTcpBindingListenParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const tcpBindingListenParams: Codec<TcpBindingListenParams> = {
  name: 'TcpBindingListenParams',
  dataWords: 1,
  pointers: 0,
  encode(value: TcpBindingListenParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putTcpBindingListenParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: TcpBindingListenParams): TcpBindingListenParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followTcpBindingListenParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readTcpBindingListenParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: TcpBindingListenParams): number {
    return 8 + 8 * wordsOfTcpBindingListenParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfTcpBindingListenResults(v: TcpBindingListenResults): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && numberOfNetworkError(v.error, 'TcpBindingListenResults.error') !== 0) data = 1;
  if (pointers < 1 && v.listener !== -1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowTcpBindingListenResults(_v: TcpBindingListenResults, _depth: number): number {
  return 0;
}

export function wordsOfTcpBindingListenResults(v: TcpBindingListenResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTcpBindingListenResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowTcpBindingListenResults(v, depth);
}

export function writeTcpBindingListenResults(v: TcpBindingListenResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  h0 |= numberOfNetworkError(v.error, 'TcpBindingListenResults.error');
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.listener !== -1) {
      putCapability(v.listener, bytes, base, 'TcpBindingListenResults.listener');
    } else putNull(bytes, base);
  }
  return top;
}

export function putTcpBindingListenResults(v: TcpBindingListenResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTcpBindingListenResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeTcpBindingListenResults(v, bytes, top, size, next, end, depth);
}

export function readTcpBindingListenResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: TcpBindingListenResults | undefined): TcpBindingListenResults {
  const base = at + data;
  const error_ = nameOf(namesOfNetworkError, (data >= 2 ? getUint16(bytes, at) : 0));
  const listener_ = pointers > 0 ? readCapability(bytes, base) : -1;
  if (into === undefined) return { error: error_, listener: listener_ };
  into.error = error_;
  into.listener = listener_;
  return into;
}

export function followTcpBindingListenResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: TcpBindingListenResults | undefined): TcpBindingListenResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readTcpBindingListenResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const tcpBindingListenResults: Codec<TcpBindingListenResults> = {
  name: 'TcpBindingListenResults',
  dataWords: 1,
  pointers: 1,
  encode(value: TcpBindingListenResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putTcpBindingListenResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: TcpBindingListenResults): TcpBindingListenResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followTcpBindingListenResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readTcpBindingListenResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: TcpBindingListenResults): number {
    return 8 + 8 * wordsOfTcpBindingListenResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfTcpBindingConnectParams(v: TcpBindingConnectParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowTcpBindingConnectParams(v: TcpBindingConnectParams, depth: number): number {
  let words = 0;
  words += wordsOfSocketAddress(v.remote, depth - 1);
  return words;
}

export function wordsOfTcpBindingConnectParams(v: TcpBindingConnectParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTcpBindingConnectParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowTcpBindingConnectParams(v, depth);
}

export function writeTcpBindingConnectParams(v: TcpBindingConnectParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    {
      top = putSocketAddress(v.remote, bytes, base, top, end, depth - 1);
    }
  }
  return top;
}

export function putTcpBindingConnectParams(v: TcpBindingConnectParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTcpBindingConnectParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeTcpBindingConnectParams(v, bytes, top, size, next, end, depth);
}

export function readTcpBindingConnectParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: TcpBindingConnectParams | undefined): TcpBindingConnectParams {
  const base = at + data;
  const remote_ = followSocketAddress(bytes, pointers > 0 ? base : -1, start, end, depth, into?.remote) ?? readSocketAddress(bytes, 0, 0, 0, 0, 0, depth, into?.remote);
  if (into === undefined) return { remote: remote_ };
  into.remote = remote_;
  return into;
}

export function followTcpBindingConnectParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: TcpBindingConnectParams | undefined): TcpBindingConnectParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readTcpBindingConnectParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const tcpBindingConnectParams: Codec<TcpBindingConnectParams> = {
  name: 'TcpBindingConnectParams',
  dataWords: 0,
  pointers: 1,
  encode(value: TcpBindingConnectParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putTcpBindingConnectParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: TcpBindingConnectParams): TcpBindingConnectParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followTcpBindingConnectParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readTcpBindingConnectParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: TcpBindingConnectParams): number {
    return 8 + 8 * wordsOfTcpBindingConnectParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfTcpBindingConnectResults(v: TcpBindingConnectResults): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && numberOfNetworkError(v.error, 'TcpBindingConnectResults.error') !== 0) data = 1;
  if (pointers < 1 && v.socket !== -1) pointers = 1;
  if (pointers < 2) pointers = 2;
  return data | (pointers << 16);
}

export function wordsBelowTcpBindingConnectResults(v: TcpBindingConnectResults, depth: number): number {
  let words = 0;
  words += wordsOfSocketAddress(v.local, depth - 1);
  return words;
}

export function wordsOfTcpBindingConnectResults(v: TcpBindingConnectResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTcpBindingConnectResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowTcpBindingConnectResults(v, depth);
}

export function writeTcpBindingConnectResults(v: TcpBindingConnectResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  h0 |= numberOfNetworkError(v.error, 'TcpBindingConnectResults.error');
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.socket !== -1) {
      putCapability(v.socket, bytes, base, 'TcpBindingConnectResults.socket');
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    {
      top = putSocketAddress(v.local, bytes, base + 8, top, end, depth - 1);
    }
  }
  return top;
}

export function putTcpBindingConnectResults(v: TcpBindingConnectResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTcpBindingConnectResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeTcpBindingConnectResults(v, bytes, top, size, next, end, depth);
}

export function readTcpBindingConnectResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: TcpBindingConnectResults | undefined): TcpBindingConnectResults {
  const base = at + data;
  const error_ = nameOf(namesOfNetworkError, (data >= 2 ? getUint16(bytes, at) : 0));
  const socket_ = pointers > 0 ? readCapability(bytes, base) : -1;
  const local_ = followSocketAddress(bytes, pointers > 1 ? base + 8 : -1, start, end, depth, into?.local) ?? readSocketAddress(bytes, 0, 0, 0, 0, 0, depth, into?.local);
  if (into === undefined) return { error: error_, socket: socket_, local: local_ };
  into.error = error_;
  into.socket = socket_;
  into.local = local_;
  return into;
}

export function followTcpBindingConnectResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: TcpBindingConnectResults | undefined): TcpBindingConnectResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readTcpBindingConnectResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const tcpBindingConnectResults: Codec<TcpBindingConnectResults> = {
  name: 'TcpBindingConnectResults',
  dataWords: 1,
  pointers: 2,
  encode(value: TcpBindingConnectResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putTcpBindingConnectResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: TcpBindingConnectResults): TcpBindingConnectResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followTcpBindingConnectResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readTcpBindingConnectResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: TcpBindingConnectResults): number {
    return 8 + 8 * wordsOfTcpBindingConnectResults(value, MAX_DEPTH - 1);
  },
};

export const tcpListenerAcceptParams: Codec<TcpListenerAcceptParams> = /* @__PURE__ */ emptyCodec('TcpListenerAcceptParams');

export function sizeOfTcpListenerAcceptResults(v: TcpListenerAcceptResults): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && numberOfNetworkError(v.error, 'TcpListenerAcceptResults.error') !== 0) data = 1;
  if (pointers < 1 && v.socket !== -1) pointers = 1;
  if (pointers < 2) pointers = 2;
  if (pointers < 3) pointers = 3;
  return data | (pointers << 16);
}

export function wordsBelowTcpListenerAcceptResults(v: TcpListenerAcceptResults, depth: number): number {
  let words = 0;
  words += wordsOfSocketAddress(v.local, depth - 1);
  words += wordsOfSocketAddress(v.remote, depth - 1);
  return words;
}

export function wordsOfTcpListenerAcceptResults(v: TcpListenerAcceptResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTcpListenerAcceptResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowTcpListenerAcceptResults(v, depth);
}

export function writeTcpListenerAcceptResults(v: TcpListenerAcceptResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  h0 |= numberOfNetworkError(v.error, 'TcpListenerAcceptResults.error');
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.socket !== -1) {
      putCapability(v.socket, bytes, base, 'TcpListenerAcceptResults.socket');
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    {
      top = putSocketAddress(v.local, bytes, base + 8, top, end, depth - 1);
    }
  }
  if (pointers > 2) {
    {
      top = putSocketAddress(v.remote, bytes, base + 16, top, end, depth - 1);
    }
  }
  return top;
}

export function putTcpListenerAcceptResults(v: TcpListenerAcceptResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTcpListenerAcceptResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeTcpListenerAcceptResults(v, bytes, top, size, next, end, depth);
}

export function readTcpListenerAcceptResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: TcpListenerAcceptResults | undefined): TcpListenerAcceptResults {
  const base = at + data;
  const error_ = nameOf(namesOfNetworkError, (data >= 2 ? getUint16(bytes, at) : 0));
  const socket_ = pointers > 0 ? readCapability(bytes, base) : -1;
  const local_ = followSocketAddress(bytes, pointers > 1 ? base + 8 : -1, start, end, depth, into?.local) ?? readSocketAddress(bytes, 0, 0, 0, 0, 0, depth, into?.local);
  const remote_ = followSocketAddress(bytes, pointers > 2 ? base + 16 : -1, start, end, depth, into?.remote) ?? readSocketAddress(bytes, 0, 0, 0, 0, 0, depth, into?.remote);
  if (into === undefined) return { error: error_, socket: socket_, local: local_, remote: remote_ };
  into.error = error_;
  into.socket = socket_;
  into.local = local_;
  into.remote = remote_;
  return into;
}

export function followTcpListenerAcceptResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: TcpListenerAcceptResults | undefined): TcpListenerAcceptResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readTcpListenerAcceptResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const tcpListenerAcceptResults: Codec<TcpListenerAcceptResults> = {
  name: 'TcpListenerAcceptResults',
  dataWords: 1,
  pointers: 3,
  encode(value: TcpListenerAcceptResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putTcpListenerAcceptResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: TcpListenerAcceptResults): TcpListenerAcceptResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followTcpListenerAcceptResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readTcpListenerAcceptResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: TcpListenerAcceptResults): number {
    return 8 + 8 * wordsOfTcpListenerAcceptResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfTcpSocketReceiveParams(v: TcpSocketReceiveParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.maxLength !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowTcpSocketReceiveParams(_v: TcpSocketReceiveParams, _depth: number): number {
  return 0;
}

export function wordsOfTcpSocketReceiveParams(v: TcpSocketReceiveParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTcpSocketReceiveParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowTcpSocketReceiveParams(v, depth);
}

export function writeTcpSocketReceiveParams(v: TcpSocketReceiveParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.maxLength >>> 0 !== v.maxLength) throw outOfRange('TcpSocketReceiveParams.maxLength', v.maxLength);
  h0 |= v.maxLength;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putTcpSocketReceiveParams(v: TcpSocketReceiveParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTcpSocketReceiveParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeTcpSocketReceiveParams(v, bytes, top, size, next, end, depth);
}

export function readTcpSocketReceiveParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: TcpSocketReceiveParams | undefined): TcpSocketReceiveParams {
  const maxLength_ = (data >= 4 ? getInt32(bytes, at) : 0) >>> 0;
  if (into === undefined) return { maxLength: maxLength_ };
  into.maxLength = maxLength_;
  return into;
}

export function followTcpSocketReceiveParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: TcpSocketReceiveParams | undefined): TcpSocketReceiveParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readTcpSocketReceiveParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const tcpSocketReceiveParams: Codec<TcpSocketReceiveParams> = {
  name: 'TcpSocketReceiveParams',
  dataWords: 1,
  pointers: 0,
  encode(value: TcpSocketReceiveParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putTcpSocketReceiveParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: TcpSocketReceiveParams): TcpSocketReceiveParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followTcpSocketReceiveParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readTcpSocketReceiveParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: TcpSocketReceiveParams): number {
    return 8 + 8 * wordsOfTcpSocketReceiveParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfTcpSocketReceiveResults(v: TcpSocketReceiveResults): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && numberOfNetworkError(v.error, 'TcpSocketReceiveResults.error') !== 0) data = 1;
  if (pointers < 1 && v.data.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowTcpSocketReceiveResults(v: TcpSocketReceiveResults, _depth: number): number {
  let words = 0;
  if (v.data.length !== 0) words += dataWords(v.data);
  return words;
}

export function wordsOfTcpSocketReceiveResults(v: TcpSocketReceiveResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTcpSocketReceiveResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowTcpSocketReceiveResults(v, depth);
}

export function writeTcpSocketReceiveResults(v: TcpSocketReceiveResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  h0 |= numberOfNetworkError(v.error, 'TcpSocketReceiveResults.error');
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.data.length !== 0) {
      top = writeData(v.data, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putTcpSocketReceiveResults(v: TcpSocketReceiveResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTcpSocketReceiveResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeTcpSocketReceiveResults(v, bytes, top, size, next, end, depth);
}

export function readTcpSocketReceiveResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: TcpSocketReceiveResults | undefined): TcpSocketReceiveResults {
  const base = at + data;
  const error_ = nameOf(namesOfNetworkError, (data >= 2 ? getUint16(bytes, at) : 0));
  const data_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  if (into === undefined) return { error: error_, data: data_ };
  into.error = error_;
  into.data = data_;
  return into;
}

export function followTcpSocketReceiveResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: TcpSocketReceiveResults | undefined): TcpSocketReceiveResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readTcpSocketReceiveResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const tcpSocketReceiveResults: Codec<TcpSocketReceiveResults> = {
  name: 'TcpSocketReceiveResults',
  dataWords: 1,
  pointers: 1,
  encode(value: TcpSocketReceiveResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putTcpSocketReceiveResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: TcpSocketReceiveResults): TcpSocketReceiveResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followTcpSocketReceiveResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readTcpSocketReceiveResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: TcpSocketReceiveResults): number {
    return 8 + 8 * wordsOfTcpSocketReceiveResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfTcpSocketSendParams(v: TcpSocketSendParams): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.data.length !== 0) pointers = 1;
  if (data < 1 && v.last !== false) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowTcpSocketSendParams(v: TcpSocketSendParams, _depth: number): number {
  let words = 0;
  if (v.data.length !== 0) words += dataWords(v.data);
  return words;
}

export function wordsOfTcpSocketSendParams(v: TcpSocketSendParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTcpSocketSendParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowTcpSocketSendParams(v, depth);
}

export function writeTcpSocketSendParams(v: TcpSocketSendParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.last) h0 |= 1;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.data.length !== 0) {
      top = writeData(v.data, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putTcpSocketSendParams(v: TcpSocketSendParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTcpSocketSendParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeTcpSocketSendParams(v, bytes, top, size, next, end, depth);
}

export function readTcpSocketSendParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: TcpSocketSendParams | undefined): TcpSocketSendParams {
  const base = at + data;
  const b0 = data > 0 ? bytes[at + 0]! : 0;
  const data_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  const last_ = ((b0 >> 0) & 1) !== 0;
  if (into === undefined) return { data: data_, last: last_ };
  into.data = data_;
  into.last = last_;
  return into;
}

export function followTcpSocketSendParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: TcpSocketSendParams | undefined): TcpSocketSendParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readTcpSocketSendParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const tcpSocketSendParams: Codec<TcpSocketSendParams> = {
  name: 'TcpSocketSendParams',
  dataWords: 1,
  pointers: 1,
  encode(value: TcpSocketSendParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putTcpSocketSendParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: TcpSocketSendParams): TcpSocketSendParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followTcpSocketSendParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readTcpSocketSendParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: TcpSocketSendParams): number {
    return 8 + 8 * wordsOfTcpSocketSendParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfTcpSocketSendResults(v: TcpSocketSendResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && numberOfNetworkError(v.error, 'TcpSocketSendResults.error') !== 0) data = 1;
  if (data < 1 && v.accepted !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowTcpSocketSendResults(_v: TcpSocketSendResults, _depth: number): number {
  return 0;
}

export function wordsOfTcpSocketSendResults(v: TcpSocketSendResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTcpSocketSendResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowTcpSocketSendResults(v, depth);
}

export function writeTcpSocketSendResults(v: TcpSocketSendResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 |= numberOfNetworkError(v.error, 'TcpSocketSendResults.error');
  if (v.accepted >>> 0 !== v.accepted) throw outOfRange('TcpSocketSendResults.accepted', v.accepted);
  h1 |= v.accepted;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  return top;
}

export function putTcpSocketSendResults(v: TcpSocketSendResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTcpSocketSendResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeTcpSocketSendResults(v, bytes, top, size, next, end, depth);
}

export function readTcpSocketSendResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: TcpSocketSendResults | undefined): TcpSocketSendResults {
  const error_ = nameOf(namesOfNetworkError, (data >= 2 ? getUint16(bytes, at) : 0));
  const accepted_ = (data >= 8 ? getInt32(bytes, at + 4) : 0) >>> 0;
  if (into === undefined) return { error: error_, accepted: accepted_ };
  into.error = error_;
  into.accepted = accepted_;
  return into;
}

export function followTcpSocketSendResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: TcpSocketSendResults | undefined): TcpSocketSendResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readTcpSocketSendResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const tcpSocketSendResults: Codec<TcpSocketSendResults> = {
  name: 'TcpSocketSendResults',
  dataWords: 1,
  pointers: 0,
  encode(value: TcpSocketSendResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putTcpSocketSendResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: TcpSocketSendResults): TcpSocketSendResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followTcpSocketSendResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readTcpSocketSendResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: TcpSocketSendResults): number {
    return 8 + 8 * wordsOfTcpSocketSendResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfTcpSocketShutdownParams(v: TcpSocketShutdownParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.receiving !== false) data = 1;
  if (data < 1 && v.sending !== false) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowTcpSocketShutdownParams(_v: TcpSocketShutdownParams, _depth: number): number {
  return 0;
}

export function wordsOfTcpSocketShutdownParams(v: TcpSocketShutdownParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTcpSocketShutdownParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowTcpSocketShutdownParams(v, depth);
}

export function writeTcpSocketShutdownParams(v: TcpSocketShutdownParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.receiving) h0 |= 1;
  if (v.sending) h0 |= 2;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putTcpSocketShutdownParams(v: TcpSocketShutdownParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTcpSocketShutdownParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeTcpSocketShutdownParams(v, bytes, top, size, next, end, depth);
}

export function readTcpSocketShutdownParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: TcpSocketShutdownParams | undefined): TcpSocketShutdownParams {
  const b0 = data > 0 ? bytes[at + 0]! : 0;
  const receiving_ = ((b0 >> 0) & 1) !== 0;
  const sending_ = ((b0 >> 1) & 1) !== 0;
  if (into === undefined) return { receiving: receiving_, sending: sending_ };
  into.receiving = receiving_;
  into.sending = sending_;
  return into;
}

export function followTcpSocketShutdownParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: TcpSocketShutdownParams | undefined): TcpSocketShutdownParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readTcpSocketShutdownParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const tcpSocketShutdownParams: Codec<TcpSocketShutdownParams> = {
  name: 'TcpSocketShutdownParams',
  dataWords: 1,
  pointers: 0,
  encode(value: TcpSocketShutdownParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putTcpSocketShutdownParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: TcpSocketShutdownParams): TcpSocketShutdownParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followTcpSocketShutdownParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readTcpSocketShutdownParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: TcpSocketShutdownParams): number {
    return 8 + 8 * wordsOfTcpSocketShutdownParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfTcpSocketShutdownResults(v: TcpSocketShutdownResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && numberOfNetworkError(v.error, 'TcpSocketShutdownResults.error') !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowTcpSocketShutdownResults(_v: TcpSocketShutdownResults, _depth: number): number {
  return 0;
}

export function wordsOfTcpSocketShutdownResults(v: TcpSocketShutdownResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTcpSocketShutdownResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowTcpSocketShutdownResults(v, depth);
}

export function writeTcpSocketShutdownResults(v: TcpSocketShutdownResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  h0 |= numberOfNetworkError(v.error, 'TcpSocketShutdownResults.error');
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putTcpSocketShutdownResults(v: TcpSocketShutdownResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTcpSocketShutdownResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeTcpSocketShutdownResults(v, bytes, top, size, next, end, depth);
}

export function readTcpSocketShutdownResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: TcpSocketShutdownResults | undefined): TcpSocketShutdownResults {
  const error_ = nameOf(namesOfNetworkError, (data >= 2 ? getUint16(bytes, at) : 0));
  if (into === undefined) return { error: error_ };
  into.error = error_;
  return into;
}

export function followTcpSocketShutdownResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: TcpSocketShutdownResults | undefined): TcpSocketShutdownResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readTcpSocketShutdownResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const tcpSocketShutdownResults: Codec<TcpSocketShutdownResults> = {
  name: 'TcpSocketShutdownResults',
  dataWords: 1,
  pointers: 0,
  encode(value: TcpSocketShutdownResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putTcpSocketShutdownResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: TcpSocketShutdownResults): TcpSocketShutdownResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followTcpSocketShutdownResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readTcpSocketShutdownResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: TcpSocketShutdownResults): number {
    return 8 + 8 * wordsOfTcpSocketShutdownResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfTcpSocketSetOptionParams(v: TcpSocketSetOptionParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && numberOfTcpOption(v.option, 'TcpSocketSetOptionParams.option') !== 0) data = 1;
  if (data < 1 && v.value !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowTcpSocketSetOptionParams(_v: TcpSocketSetOptionParams, _depth: number): number {
  return 0;
}

export function wordsOfTcpSocketSetOptionParams(v: TcpSocketSetOptionParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTcpSocketSetOptionParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowTcpSocketSetOptionParams(v, depth);
}

export function writeTcpSocketSetOptionParams(v: TcpSocketSetOptionParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 |= numberOfTcpOption(v.option, 'TcpSocketSetOptionParams.option');
  if (v.value >>> 0 !== v.value) throw outOfRange('TcpSocketSetOptionParams.value', v.value);
  h1 |= v.value;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  return top;
}

export function putTcpSocketSetOptionParams(v: TcpSocketSetOptionParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTcpSocketSetOptionParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeTcpSocketSetOptionParams(v, bytes, top, size, next, end, depth);
}

export function readTcpSocketSetOptionParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: TcpSocketSetOptionParams | undefined): TcpSocketSetOptionParams {
  const option_ = nameOf(namesOfTcpOption, (data >= 2 ? getUint16(bytes, at) : 0));
  const value_ = (data >= 8 ? getInt32(bytes, at + 4) : 0) >>> 0;
  if (into === undefined) return { option: option_, value: value_ };
  into.option = option_;
  into.value = value_;
  return into;
}

export function followTcpSocketSetOptionParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: TcpSocketSetOptionParams | undefined): TcpSocketSetOptionParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readTcpSocketSetOptionParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const tcpSocketSetOptionParams: Codec<TcpSocketSetOptionParams> = {
  name: 'TcpSocketSetOptionParams',
  dataWords: 1,
  pointers: 0,
  encode(value: TcpSocketSetOptionParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putTcpSocketSetOptionParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: TcpSocketSetOptionParams): TcpSocketSetOptionParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followTcpSocketSetOptionParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readTcpSocketSetOptionParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: TcpSocketSetOptionParams): number {
    return 8 + 8 * wordsOfTcpSocketSetOptionParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfTcpSocketSetOptionResults(v: TcpSocketSetOptionResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && numberOfNetworkError(v.error, 'TcpSocketSetOptionResults.error') !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowTcpSocketSetOptionResults(_v: TcpSocketSetOptionResults, _depth: number): number {
  return 0;
}

export function wordsOfTcpSocketSetOptionResults(v: TcpSocketSetOptionResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTcpSocketSetOptionResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowTcpSocketSetOptionResults(v, depth);
}

export function writeTcpSocketSetOptionResults(v: TcpSocketSetOptionResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  h0 |= numberOfNetworkError(v.error, 'TcpSocketSetOptionResults.error');
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putTcpSocketSetOptionResults(v: TcpSocketSetOptionResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTcpSocketSetOptionResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeTcpSocketSetOptionResults(v, bytes, top, size, next, end, depth);
}

export function readTcpSocketSetOptionResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: TcpSocketSetOptionResults | undefined): TcpSocketSetOptionResults {
  const error_ = nameOf(namesOfNetworkError, (data >= 2 ? getUint16(bytes, at) : 0));
  if (into === undefined) return { error: error_ };
  into.error = error_;
  return into;
}

export function followTcpSocketSetOptionResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: TcpSocketSetOptionResults | undefined): TcpSocketSetOptionResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readTcpSocketSetOptionResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const tcpSocketSetOptionResults: Codec<TcpSocketSetOptionResults> = {
  name: 'TcpSocketSetOptionResults',
  dataWords: 1,
  pointers: 0,
  encode(value: TcpSocketSetOptionResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putTcpSocketSetOptionResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: TcpSocketSetOptionResults): TcpSocketSetOptionResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followTcpSocketSetOptionResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readTcpSocketSetOptionResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: TcpSocketSetOptionResults): number {
    return 8 + 8 * wordsOfTcpSocketSetOptionResults(value, MAX_DEPTH - 1);
  },
};

export const tcpSocketAbortParams: Codec<TcpSocketAbortParams> = /* @__PURE__ */ emptyCodec('TcpSocketAbortParams');

export const tcpSocketAbortResults: Codec<TcpSocketAbortResults> = /* @__PURE__ */ emptyCodec('TcpSocketAbortResults');

export const udpSocketReceiveParams: Codec<UdpSocketReceiveParams> = /* @__PURE__ */ emptyCodec('UdpSocketReceiveParams');

export function sizeOfUdpSocketReceiveResults(v: UdpSocketReceiveResults): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && numberOfNetworkError(v.error, 'UdpSocketReceiveResults.error') !== 0) data = 1;
  if (pointers < 1 && v.data.length !== 0) pointers = 1;
  if (pointers < 2) pointers = 2;
  return data | (pointers << 16);
}

export function wordsBelowUdpSocketReceiveResults(v: UdpSocketReceiveResults, depth: number): number {
  let words = 0;
  if (v.data.length !== 0) words += dataWords(v.data);
  words += wordsOfSocketAddress(v.remote, depth - 1);
  return words;
}

export function wordsOfUdpSocketReceiveResults(v: UdpSocketReceiveResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfUdpSocketReceiveResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowUdpSocketReceiveResults(v, depth);
}

export function writeUdpSocketReceiveResults(v: UdpSocketReceiveResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  h0 |= numberOfNetworkError(v.error, 'UdpSocketReceiveResults.error');
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.data.length !== 0) {
      top = writeData(v.data, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    {
      top = putSocketAddress(v.remote, bytes, base + 8, top, end, depth - 1);
    }
  }
  return top;
}

export function putUdpSocketReceiveResults(v: UdpSocketReceiveResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfUdpSocketReceiveResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeUdpSocketReceiveResults(v, bytes, top, size, next, end, depth);
}

export function readUdpSocketReceiveResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: UdpSocketReceiveResults | undefined): UdpSocketReceiveResults {
  const base = at + data;
  const error_ = nameOf(namesOfNetworkError, (data >= 2 ? getUint16(bytes, at) : 0));
  const data_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  const remote_ = followSocketAddress(bytes, pointers > 1 ? base + 8 : -1, start, end, depth, into?.remote) ?? readSocketAddress(bytes, 0, 0, 0, 0, 0, depth, into?.remote);
  if (into === undefined) return { error: error_, data: data_, remote: remote_ };
  into.error = error_;
  into.data = data_;
  into.remote = remote_;
  return into;
}

export function followUdpSocketReceiveResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: UdpSocketReceiveResults | undefined): UdpSocketReceiveResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readUdpSocketReceiveResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const udpSocketReceiveResults: Codec<UdpSocketReceiveResults> = {
  name: 'UdpSocketReceiveResults',
  dataWords: 1,
  pointers: 2,
  encode(value: UdpSocketReceiveResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putUdpSocketReceiveResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: UdpSocketReceiveResults): UdpSocketReceiveResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followUdpSocketReceiveResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readUdpSocketReceiveResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: UdpSocketReceiveResults): number {
    return 8 + 8 * wordsOfUdpSocketReceiveResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfUdpSocketSendParams(v: UdpSocketSendParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.data.length !== 0) pointers = 1;
  if (pointers < 2) pointers = 2;
  return data | (pointers << 16);
}

export function wordsBelowUdpSocketSendParams(v: UdpSocketSendParams, depth: number): number {
  let words = 0;
  if (v.data.length !== 0) words += dataWords(v.data);
  words += wordsOfSocketAddress(v.remote, depth - 1);
  return words;
}

export function wordsOfUdpSocketSendParams(v: UdpSocketSendParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfUdpSocketSendParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowUdpSocketSendParams(v, depth);
}

export function writeUdpSocketSendParams(v: UdpSocketSendParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.data.length !== 0) {
      top = writeData(v.data, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    {
      top = putSocketAddress(v.remote, bytes, base + 8, top, end, depth - 1);
    }
  }
  return top;
}

export function putUdpSocketSendParams(v: UdpSocketSendParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfUdpSocketSendParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeUdpSocketSendParams(v, bytes, top, size, next, end, depth);
}

export function readUdpSocketSendParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: UdpSocketSendParams | undefined): UdpSocketSendParams {
  const base = at + data;
  const data_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  const remote_ = followSocketAddress(bytes, pointers > 1 ? base + 8 : -1, start, end, depth, into?.remote) ?? readSocketAddress(bytes, 0, 0, 0, 0, 0, depth, into?.remote);
  if (into === undefined) return { data: data_, remote: remote_ };
  into.data = data_;
  into.remote = remote_;
  return into;
}

export function followUdpSocketSendParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: UdpSocketSendParams | undefined): UdpSocketSendParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readUdpSocketSendParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const udpSocketSendParams: Codec<UdpSocketSendParams> = {
  name: 'UdpSocketSendParams',
  dataWords: 0,
  pointers: 2,
  encode(value: UdpSocketSendParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putUdpSocketSendParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: UdpSocketSendParams): UdpSocketSendParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followUdpSocketSendParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readUdpSocketSendParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: UdpSocketSendParams): number {
    return 8 + 8 * wordsOfUdpSocketSendParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfUdpSocketSendResults(v: UdpSocketSendResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && numberOfNetworkError(v.error, 'UdpSocketSendResults.error') !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowUdpSocketSendResults(_v: UdpSocketSendResults, _depth: number): number {
  return 0;
}

export function wordsOfUdpSocketSendResults(v: UdpSocketSendResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfUdpSocketSendResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowUdpSocketSendResults(v, depth);
}

export function writeUdpSocketSendResults(v: UdpSocketSendResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  h0 |= numberOfNetworkError(v.error, 'UdpSocketSendResults.error');
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putUdpSocketSendResults(v: UdpSocketSendResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfUdpSocketSendResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeUdpSocketSendResults(v, bytes, top, size, next, end, depth);
}

export function readUdpSocketSendResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: UdpSocketSendResults | undefined): UdpSocketSendResults {
  const error_ = nameOf(namesOfNetworkError, (data >= 2 ? getUint16(bytes, at) : 0));
  if (into === undefined) return { error: error_ };
  into.error = error_;
  return into;
}

export function followUdpSocketSendResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: UdpSocketSendResults | undefined): UdpSocketSendResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readUdpSocketSendResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const udpSocketSendResults: Codec<UdpSocketSendResults> = {
  name: 'UdpSocketSendResults',
  dataWords: 1,
  pointers: 0,
  encode(value: UdpSocketSendResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putUdpSocketSendResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: UdpSocketSendResults): UdpSocketSendResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followUdpSocketSendResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readUdpSocketSendResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: UdpSocketSendResults): number {
    return 8 + 8 * wordsOfUdpSocketSendResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfUdpSocketLocalForParams(v: UdpSocketLocalForParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowUdpSocketLocalForParams(v: UdpSocketLocalForParams, depth: number): number {
  let words = 0;
  words += wordsOfSocketAddress(v.remote, depth - 1);
  return words;
}

export function wordsOfUdpSocketLocalForParams(v: UdpSocketLocalForParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfUdpSocketLocalForParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowUdpSocketLocalForParams(v, depth);
}

export function writeUdpSocketLocalForParams(v: UdpSocketLocalForParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    {
      top = putSocketAddress(v.remote, bytes, base, top, end, depth - 1);
    }
  }
  return top;
}

export function putUdpSocketLocalForParams(v: UdpSocketLocalForParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfUdpSocketLocalForParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeUdpSocketLocalForParams(v, bytes, top, size, next, end, depth);
}

export function readUdpSocketLocalForParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: UdpSocketLocalForParams | undefined): UdpSocketLocalForParams {
  const base = at + data;
  const remote_ = followSocketAddress(bytes, pointers > 0 ? base : -1, start, end, depth, into?.remote) ?? readSocketAddress(bytes, 0, 0, 0, 0, 0, depth, into?.remote);
  if (into === undefined) return { remote: remote_ };
  into.remote = remote_;
  return into;
}

export function followUdpSocketLocalForParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: UdpSocketLocalForParams | undefined): UdpSocketLocalForParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readUdpSocketLocalForParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const udpSocketLocalForParams: Codec<UdpSocketLocalForParams> = {
  name: 'UdpSocketLocalForParams',
  dataWords: 0,
  pointers: 1,
  encode(value: UdpSocketLocalForParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putUdpSocketLocalForParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: UdpSocketLocalForParams): UdpSocketLocalForParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followUdpSocketLocalForParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readUdpSocketLocalForParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: UdpSocketLocalForParams): number {
    return 8 + 8 * wordsOfUdpSocketLocalForParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfUdpSocketLocalForResults(v: UdpSocketLocalForResults): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && numberOfNetworkError(v.error, 'UdpSocketLocalForResults.error') !== 0) data = 1;
  if (pointers < 1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowUdpSocketLocalForResults(v: UdpSocketLocalForResults, depth: number): number {
  let words = 0;
  words += wordsOfSocketAddress(v.local, depth - 1);
  return words;
}

export function wordsOfUdpSocketLocalForResults(v: UdpSocketLocalForResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfUdpSocketLocalForResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowUdpSocketLocalForResults(v, depth);
}

export function writeUdpSocketLocalForResults(v: UdpSocketLocalForResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  h0 |= numberOfNetworkError(v.error, 'UdpSocketLocalForResults.error');
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    {
      top = putSocketAddress(v.local, bytes, base, top, end, depth - 1);
    }
  }
  return top;
}

export function putUdpSocketLocalForResults(v: UdpSocketLocalForResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfUdpSocketLocalForResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeUdpSocketLocalForResults(v, bytes, top, size, next, end, depth);
}

export function readUdpSocketLocalForResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: UdpSocketLocalForResults | undefined): UdpSocketLocalForResults {
  const base = at + data;
  const error_ = nameOf(namesOfNetworkError, (data >= 2 ? getUint16(bytes, at) : 0));
  const local_ = followSocketAddress(bytes, pointers > 0 ? base : -1, start, end, depth, into?.local) ?? readSocketAddress(bytes, 0, 0, 0, 0, 0, depth, into?.local);
  if (into === undefined) return { error: error_, local: local_ };
  into.error = error_;
  into.local = local_;
  return into;
}

export function followUdpSocketLocalForResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: UdpSocketLocalForResults | undefined): UdpSocketLocalForResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readUdpSocketLocalForResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const udpSocketLocalForResults: Codec<UdpSocketLocalForResults> = {
  name: 'UdpSocketLocalForResults',
  dataWords: 1,
  pointers: 1,
  encode(value: UdpSocketLocalForResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putUdpSocketLocalForResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: UdpSocketLocalForResults): UdpSocketLocalForResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followUdpSocketLocalForResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readUdpSocketLocalForResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: UdpSocketLocalForResults): number {
    return 8 + 8 * wordsOfUdpSocketLocalForResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfResolverResolveParams(v: ResolverResolveParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name !== '') pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowResolverResolveParams(v: ResolverResolveParams, _depth: number): number {
  let words = 0;
  if (v.name !== '') words += textWords(v.name);
  return words;
}

export function wordsOfResolverResolveParams(v: ResolverResolveParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfResolverResolveParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowResolverResolveParams(v, depth);
}

export function writeResolverResolveParams(v: ResolverResolveParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.name !== '') {
      top = writeText(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putResolverResolveParams(v: ResolverResolveParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfResolverResolveParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeResolverResolveParams(v, bytes, top, size, next, end, depth);
}

export function readResolverResolveParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ResolverResolveParams | undefined): ResolverResolveParams {
  const base = at + data;
  const name_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  if (into === undefined) return { name: name_ };
  into.name = name_;
  return into;
}

export function followResolverResolveParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ResolverResolveParams | undefined): ResolverResolveParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readResolverResolveParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const resolverResolveParams: Codec<ResolverResolveParams> = {
  name: 'ResolverResolveParams',
  dataWords: 0,
  pointers: 1,
  encode(value: ResolverResolveParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putResolverResolveParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ResolverResolveParams): ResolverResolveParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followResolverResolveParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readResolverResolveParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ResolverResolveParams): number {
    return 8 + 8 * wordsOfResolverResolveParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfResolverResolveResults(v: ResolverResolveResults): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && numberOfNetworkError(v.error, 'ResolverResolveResults.error') !== 0) data = 1;
  if (pointers < 1 && v.addresses.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowResolverResolveResults(v: ResolverResolveResults, _depth: number): number {
  let words = 0;
  if (v.addresses.length !== 0) words += dataListWords(v.addresses);
  return words;
}

export function wordsOfResolverResolveResults(v: ResolverResolveResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfResolverResolveResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowResolverResolveResults(v, depth);
}

export function writeResolverResolveResults(v: ResolverResolveResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  h0 |= numberOfNetworkError(v.error, 'ResolverResolveResults.error');
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.addresses.length !== 0) {
      top = writeDataList(v.addresses, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putResolverResolveResults(v: ResolverResolveResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfResolverResolveResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeResolverResolveResults(v, bytes, top, size, next, end, depth);
}

export function readResolverResolveResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ResolverResolveResults | undefined): ResolverResolveResults {
  const base = at + data;
  const error_ = nameOf(namesOfNetworkError, (data >= 2 ? getUint16(bytes, at) : 0));
  const addresses_ = pointers > 0 ? readDataList(bytes, base, start, end, depth) : [];
  if (into === undefined) return { error: error_, addresses: addresses_ };
  into.error = error_;
  into.addresses = addresses_;
  return into;
}

export function followResolverResolveResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ResolverResolveResults | undefined): ResolverResolveResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readResolverResolveResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const resolverResolveResults: Codec<ResolverResolveResults> = {
  name: 'ResolverResolveResults',
  dataWords: 1,
  pointers: 1,
  encode(value: ResolverResolveResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putResolverResolveResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ResolverResolveResults): ResolverResolveResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followResolverResolveResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readResolverResolveResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ResolverResolveResults): number {
    return 8 + 8 * wordsOfResolverResolveResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfResolverReverseParams(v: ResolverReverseParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.address.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowResolverReverseParams(v: ResolverReverseParams, _depth: number): number {
  let words = 0;
  if (v.address.length !== 0) words += dataWords(v.address);
  return words;
}

export function wordsOfResolverReverseParams(v: ResolverReverseParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfResolverReverseParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowResolverReverseParams(v, depth);
}

export function writeResolverReverseParams(v: ResolverReverseParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.address.length !== 0) {
      top = writeData(v.address, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putResolverReverseParams(v: ResolverReverseParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfResolverReverseParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeResolverReverseParams(v, bytes, top, size, next, end, depth);
}

export function readResolverReverseParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ResolverReverseParams | undefined): ResolverReverseParams {
  const base = at + data;
  const address_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  if (into === undefined) return { address: address_ };
  into.address = address_;
  return into;
}

export function followResolverReverseParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ResolverReverseParams | undefined): ResolverReverseParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readResolverReverseParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const resolverReverseParams: Codec<ResolverReverseParams> = {
  name: 'ResolverReverseParams',
  dataWords: 0,
  pointers: 1,
  encode(value: ResolverReverseParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putResolverReverseParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ResolverReverseParams): ResolverReverseParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followResolverReverseParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readResolverReverseParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ResolverReverseParams): number {
    return 8 + 8 * wordsOfResolverReverseParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfResolverReverseResults(v: ResolverReverseResults): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && numberOfNetworkError(v.error, 'ResolverReverseResults.error') !== 0) data = 1;
  if (pointers < 1 && v.names.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowResolverReverseResults(v: ResolverReverseResults, _depth: number): number {
  let words = 0;
  if (v.names.length !== 0) words += textListWords(v.names);
  return words;
}

export function wordsOfResolverReverseResults(v: ResolverReverseResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfResolverReverseResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowResolverReverseResults(v, depth);
}

export function writeResolverReverseResults(v: ResolverReverseResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  h0 |= numberOfNetworkError(v.error, 'ResolverReverseResults.error');
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.names.length !== 0) {
      top = writeTextList(v.names, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putResolverReverseResults(v: ResolverReverseResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfResolverReverseResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeResolverReverseResults(v, bytes, top, size, next, end, depth);
}

export function readResolverReverseResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ResolverReverseResults | undefined): ResolverReverseResults {
  const base = at + data;
  const error_ = nameOf(namesOfNetworkError, (data >= 2 ? getUint16(bytes, at) : 0));
  const names_ = pointers > 0 ? readTextList(bytes, base, start, end, depth) : [];
  if (into === undefined) return { error: error_, names: names_ };
  into.error = error_;
  into.names = names_;
  return into;
}

export function followResolverReverseResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ResolverReverseResults | undefined): ResolverReverseResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readResolverReverseResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const resolverReverseResults: Codec<ResolverReverseResults> = {
  name: 'ResolverReverseResults',
  dataWords: 1,
  pointers: 1,
  encode(value: ResolverReverseResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putResolverReverseResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ResolverReverseResults): ResolverReverseResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followResolverReverseResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readResolverReverseResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ResolverReverseResults): number {
    return 8 + 8 * wordsOfResolverReverseResults(value, MAX_DEPTH - 1);
  },
};

/** What a program may reach of networks. */
export const NetworkManager: {
  readonly id: 0x943bdaa4c48b110en;
  readonly name: 'NetworkManager';
  readonly methods: {
    readonly connect: MethodDescriptor<NetworkManagerConnectParams, NetworkManagerConnectResults>;
    readonly bind: MethodDescriptor<NetworkManagerBindParams, NetworkManagerBindResults>;
    readonly bindUdp: MethodDescriptor<NetworkManagerBindUdpParams, NetworkManagerBindUdpResults>;
    readonly restrict: MethodDescriptor<NetworkManagerRestrictParams, NetworkManagerRestrictResults>;
    readonly describe: MethodDescriptor<NetworkManagerDescribeParams, NetworkManagerDescribeResults>;
  };
} = {
  id: 0x943bdaa4c48b110en,
  name: 'NetworkManager',
  methods: {
    /** A stream to `remote`; answers when it stands. */
    connect: { ordinal: 0, name: 'connect', params: networkManagerConnectParams, results: networkManagerConnectResults, returnsCapabilities: true },
    /** Takes a local address and port for one stream socket; port 0 takes a free one. dual: `::` also takes IPv4. */
    bind: { ordinal: 1, name: 'bind', params: networkManagerBindParams, results: networkManagerBindResults, returnsCapabilities: true },
    /** A datagram socket at a local address and port; port 0 takes a free one. */
    bindUdp: { ordinal: 2, name: 'bindUdp', params: networkManagerBindUdpParams, results: networkManagerBindUdpResults, returnsCapabilities: true },
    /** A narrower manager: it reaches what both this one and one of the rules allow. No rules: nothing. */
    restrict: { ordinal: 3, name: 'restrict', params: networkManagerRestrictParams, results: networkManagerRestrictResults, returnsCapabilities: true },
    /** The system's own addresses, and what this capability was last restricted to; without restriction it reaches all there is. */
    describe: { ordinal: 4, name: 'describe', params: networkManagerDescribeParams, results: networkManagerDescribeResults },
  },
} as const satisfies InterfaceDescriptor;

/** A local address and port held for one socket, before it is settled what for. Until `listen`, connections are refused. */
export const TcpBinding: {
  readonly id: 0xcb5f4bb8ffcc54c2n;
  readonly name: 'TcpBinding';
  readonly methods: {
    readonly listen: MethodDescriptor<TcpBindingListenParams, TcpBindingListenResults>;
    readonly connect: MethodDescriptor<TcpBindingConnectParams, TcpBindingConnectResults>;
  };
} = {
  id: 0xcb5f4bb8ffcc54c2n,
  name: 'TcpBinding',
  methods: {
    /** At most `backlog` connections wait to be accepted; further ones wait outside or are refused. */
    listen: { ordinal: 0, name: 'listen', params: tcpBindingListenParams, results: tcpBindingListenResults, returnsCapabilities: true },
    connect: { ordinal: 1, name: 'connect', params: tcpBindingConnectParams, results: tcpBindingConnectResults, returnsCapabilities: true },
  },
} as const satisfies InterfaceDescriptor;

/** Where connections come in. */
export const TcpListener: {
  readonly id: 0xb2c68b78519cb7f3n;
  readonly name: 'TcpListener';
  readonly methods: {
    readonly accept: MethodDescriptor<TcpListenerAcceptParams, TcpListenerAcceptResults>;
  };
} = {
  id: 0xb2c68b78519cb7f3n,
  name: 'TcpListener',
  methods: {
    /** The next connection, once there is one. */
    accept: { ordinal: 0, name: 'accept', params: tcpListenerAcceptParams, results: tcpListenerAcceptResults, returnsCapabilities: true },
  },
} as const satisfies InterfaceDescriptor;

/**
 * One end of a stream. Both directions have bounded buffers: `send` takes what there is room for, and who does not receive
 * holds the sender up.
 */
export const TcpSocket: {
  readonly id: 0x873050afd41762f4n;
  readonly name: 'TcpSocket';
  readonly methods: {
    readonly receive: MethodDescriptor<TcpSocketReceiveParams, TcpSocketReceiveResults>;
    readonly send: MethodDescriptor<TcpSocketSendParams, TcpSocketSendResults>;
    readonly shutdown: MethodDescriptor<TcpSocketShutdownParams, TcpSocketShutdownResults>;
    readonly setOption: MethodDescriptor<TcpSocketSetOptionParams, TcpSocketSetOptionResults>;
    readonly abort: MethodDescriptor<TcpSocketAbortParams, TcpSocketAbortResults>;
  };
} = {
  id: 0x873050afd41762f4n,
  name: 'TcpSocket',
  methods: {
    /** What has come, once there is something. Empty data: the other side has ended its stream. */
    receive: { ordinal: 0, name: 'receive', params: tcpSocketReceiveParams, results: tcpSocketReceiveResults },
    /** Answers once at least one byte was taken. last: takes all of it, room or not, and nothing can be sent after it. */
    send: { ordinal: 1, name: 'send', params: tcpSocketSendParams, results: tcpSocketSendResults },
    /** Ends one direction or both; what was sent still goes out. */
    shutdown: { ordinal: 2, name: 'shutdown', params: tcpSocketShutdownParams, results: tcpSocketShutdownResults },
    /** keepAlive: seconds of silence before the first probe, 0 is off. */
    setOption: { ordinal: 3, name: 'setOption', params: tcpSocketSetOptionParams, results: tcpSocketSetOptionResults },
    /** Gives the connection up at once: the other side sees it reset. */
    abort: { ordinal: 4, name: 'abort', params: tcpSocketAbortParams, results: tcpSocketAbortResults },
  },
} as const satisfies InterfaceDescriptor;

/** Datagrams. What nobody takes in time is dropped, as datagrams are. */
export const UdpSocket: {
  readonly id: 0x908e11dd56a0b349n;
  readonly name: 'UdpSocket';
  readonly methods: {
    readonly receive: MethodDescriptor<UdpSocketReceiveParams, UdpSocketReceiveResults>;
    readonly send: MethodDescriptor<UdpSocketSendParams, UdpSocketSendResults>;
    readonly localFor: MethodDescriptor<UdpSocketLocalForParams, UdpSocketLocalForResults>;
  };
} = {
  id: 0x908e11dd56a0b349n,
  name: 'UdpSocket',
  methods: {
    /** The next datagram, whole. */
    receive: { ordinal: 0, name: 'receive', params: udpSocketReceiveParams, results: udpSocketReceiveResults },
    /** Hands a datagram on; that it arrives is not promised. */
    send: { ordinal: 1, name: 'send', params: udpSocketSendParams, results: udpSocketSendResults },
    /** The local address that datagrams to `remote` come from; fails as sending there would. */
    localFor: { ordinal: 2, name: 'localFor', params: udpSocketLocalForParams, results: udpSocketLocalForResults },
  },
} as const satisfies InterfaceDescriptor;

/** Names of a network. Holding it is the right to ask. */
export const Resolver: {
  readonly id: 0xaaf668f162551f42n;
  readonly name: 'Resolver';
  readonly methods: {
    readonly resolve: MethodDescriptor<ResolverResolveParams, ResolverResolveResults>;
    readonly reverse: MethodDescriptor<ResolverReverseParams, ResolverReverseResults>;
  };
} = {
  id: 0xaaf668f162551f42n,
  name: 'Resolver',
  methods: {
    /** Every address of a host name, IPv4 and IPv6. */
    resolve: { ordinal: 0, name: 'resolve', params: resolverResolveParams, results: resolverResolveResults },
    /** The names of an address. */
    reverse: { ordinal: 1, name: 'reverse', params: resolverReverseParams, results: resolverReverseResults },
  },
} as const satisfies InterfaceDescriptor;

function wordsOfNetworkRuleList(list: readonly NetworkRule[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let data = 0;
  let pointers = 0;
  let below = 0;
  for (const item of list) {
    const size = sizeOfNetworkRule(item);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
    below += wordsBelowNetworkRule(item, depth - 1);
  }
  return 1 + list.length * (data + pointers) + below;
}

function writeNetworkRuleList(list: readonly (NetworkRule)[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let data = 0;
  let pointers = 0;
  for (let index = 0; index < count; index++) {
    const size = sizeOfNetworkRule(list[index]!);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
  }
  const words = count * (data + pointers);
  let top = start + 8 + words * 8;
  if (top > end) throw noRoom(top - start, end - start);
  putListPointer(bytes, at, start, 7, words);
  const size = data | (pointers << 16);
  putInt32(bytes, start, count << 2);
  putInt32(bytes, start + 4, size);
  for (let index = 0; index < count; index++) {
    top = writeNetworkRule(list[index]!, bytes, start + 8 + index * (data + pointers) * 8, size, top, end, depth - 1);
  }
  return top;
}

function readNetworkRuleList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (NetworkRule)[] {
  if (!followList(bytes, at, start, end, depth, 7)) return [];
  const { at: first, count, step, data, pointers } = found;
  const list = new Array<NetworkRule>(count);
  for (let index = 0; index < count; index++) list[index] = readNetworkRule(bytes, first + index * step, data, pointers, start, end, depth - 1, undefined);
  return list;
}
