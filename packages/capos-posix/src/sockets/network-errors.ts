// What errno each failure of a network capability is.

import type { NetworkError } from '@capos/abi';
import { ERRNO } from '../linux/errno.ts';

const ERRNOS: Record<Exclude<NetworkError, number>, number> = {
  none: 0,
  connectionRefused: ERRNO.ECONNREFUSED,
  unreachable: ERRNO.ENETUNREACH,
  timedOut: ERRNO.ETIMEDOUT,
  connectionReset: ERRNO.ECONNRESET,
  addressInUse: ERRNO.EADDRINUSE,
  addressNotAvailable: ERRNO.EADDRNOTAVAIL,
  // connect(2): "a local firewall rule"; bind(2) says EACCES, which its callers pass instead.
  notPermitted: ERRNO.EPERM,
  notConnected: ERRNO.EPIPE,
  messageTooLarge: ERRNO.EMSGSIZE,
  nameNotFound: ERRNO.ENOENT,
  resolverFailed: ERRNO.EAGAIN,
  unsupported: ERRNO.EINVAL,
  tooManySockets: ERRNO.ENFILE,
  hostFailed: ERRNO.EIO,
};

/** Minus the error number; 0 for none. What this schema does not know is EIO. */
export function errnoOfNetworkError(error: NetworkError): number {
  return typeof error === 'number' ? -ERRNO.EIO : -ERRNOS[error];
}
