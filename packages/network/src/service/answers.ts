// What answers are made of. The errors have their type: a literal in a handler's answer would widen to string.
import type { NetworkError, SocketAddress } from '@capos/abi';

export const OK: NetworkError = 'none';
export const UNSUPPORTED: NetworkError = 'unsupported';
export const NOT_PERMITTED: NetworkError = 'notPermitted';
export const TOO_MANY: NetworkError = 'tooManySockets';

export const NOTHING: Uint8Array = new Uint8Array();
export const NO_ADDRESS: SocketAddress = { address: NOTHING, port: 0 };
