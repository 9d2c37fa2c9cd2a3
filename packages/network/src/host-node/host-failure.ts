// What Node's socket errors are called here.
import type { NetworkFailure } from '../network-backend.ts';

const FAILURES: Readonly<Record<string, NetworkFailure>> = {
  ECONNREFUSED: 'connectionRefused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  ETIMEDOUT: 'timedOut',
  ECONNRESET: 'connectionReset',
  ECONNABORTED: 'connectionReset',
  EPIPE: 'notConnected',
  EADDRINUSE: 'addressInUse',
  EADDRNOTAVAIL: 'addressNotAvailable',
  EACCES: 'notPermitted',
  EPERM: 'notPermitted',
  EMSGSIZE: 'messageTooLarge',
  ENOTFOUND: 'nameNotFound',
  ENODATA: 'nameNotFound',
  EAI_NODATA: 'nameNotFound',
  EAI_NONAME: 'nameNotFound',
  EAI_AGAIN: 'resolverFailed',
  ESERVFAIL: 'resolverFailed',
  EAFNOSUPPORT: 'unsupported',
  EINVAL: 'unsupported',
  EMFILE: 'tooManySockets',
  ENFILE: 'tooManySockets',
  ENOBUFS: 'tooManySockets',
};

export function failureOf(error: unknown): NetworkFailure {
  const { code } = error as NodeJS.ErrnoException;
  return (code !== undefined && FAILURES[code]) || 'hostFailed';
}
