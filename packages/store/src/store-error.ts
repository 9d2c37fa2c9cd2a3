// The one error class of this package: what was attempted, what was found, what to do, and a code to branch on.

/**
 * Why an operation of the store failed.
 *
 * - `invalid-id`, `unknown-algorithm`: the bytes are no blob id, or name a hash that is not registered.
 * - `invalid-name`, `invalid-transaction`, `too-large`: the caller's input is outside the documented bounds.
 * - `corrupt`: stored bytes no longer match their checksum or their id. Everything else stays readable.
 * - `not-a-store`, `unsupported-version`: the files were not written by this engine, or by a newer one.
 * - `read-only`: an earlier write or flush failed, so nothing more can be promised; the cause is attached.
 * - `full`: a bound of the engine (blobs, names) is reached.
 * - `locked`: another process has the files open.
 * - `closed`: the engine was closed.
 * - `io`: the platform refused a read or a write.
 */
export type StoreErrorCode =
  | 'invalid-id'
  | 'unknown-algorithm'
  | 'invalid-name'
  | 'invalid-transaction'
  | 'too-large'
  | 'corrupt'
  | 'not-a-store'
  | 'unsupported-version'
  | 'read-only'
  | 'full'
  | 'locked'
  | 'closed'
  | 'io';

export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
