// How a call that reached its object fails: Cap'n Proto's four kinds and one for bad parameters (schema/capability.capnp).
//
//   transport error  negative CQE result      the call never reached an object (ipc-ring)
//   exception        CapException, EXCEPTION  this file
//   result union     ordinary payload         outcomes that a caller expects: not found, conflict

/** What the caller of a failed call should do about it. */
export type CapExceptionKind =
  /** Report it. */
  | 'failed'
  /** Back off, then retry. */
  | 'overloaded'
  /** Re-establish the capability. */
  | 'disconnected'
  /** Use another method. */
  | 'unimplemented'
  /** The caller's parameters are wrong. */
  | 'invalidArgument';

/**
 * The exception a call ended in. Kernel objects and servers throw it to answer a call with a CapException; a client
 * gets it thrown. The message never carries a kernel address or another process's state.
 */
export class CapError extends Error {
  override readonly name: string = 'CapError';
  readonly kind: CapExceptionKind;

  constructor(kind: CapExceptionKind, reason: string) {
    super(reason);
    this.kind = kind;
  }

  /** The text that goes into `CapException.reason`. */
  get reason(): string {
    return this.message;
  }
}
