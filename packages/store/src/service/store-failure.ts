// A failure of an engine as the exception its caller gets: the kind says what to do (DESIGN §7).
import { CapError } from '@capos/abi';
import { StoreError, type StoreErrorCode } from '../store-error.ts';

const KINDS = {
  'invalid-id': 'invalidArgument',
  'unknown-algorithm': 'invalidArgument',
  'invalid-name': 'invalidArgument',
  'invalid-transaction': 'invalidArgument',
  'too-large': 'invalidArgument',
  full: 'overloaded',
  corrupt: 'failed',
  'not-a-store': 'failed',
  'unsupported-version': 'failed',
  'read-only': 'failed',
  locked: 'failed',
  io: 'failed',
  closed: 'disconnected',
} as const satisfies Record<StoreErrorCode, CapError['kind']>;

// What only the operator should read: paths and the platform's own words.
const PRIVATE: readonly StoreErrorCode[] = ['io', 'read-only', 'not-a-store', 'unsupported-version', 'locked'];

/** Runs `action`; a StoreError becomes a CapError. */
export function answering<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw storeFailure(error);
  }
}

export function storeFailure(error: unknown): unknown {
  if (!(error instanceof StoreError)) return error;
  const reason = PRIVATE.includes(error.code) ? `the store can't do that now (${error.code})` : error.message;
  return new CapError(KINDS[error.code], reason);
}
