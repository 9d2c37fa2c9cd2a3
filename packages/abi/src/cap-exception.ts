// How a call that reached its object fails: Cap'n Proto's four kinds and one for bad parameters (schema/capability.capnp).
//
//   transport error  negative CQE result      the call never reached an object (ipc-ring)
//   exception        CapException, EXCEPTION  this file
//   result union     ordinary payload         outcomes that a caller expects: not found, conflict

import type { AddressClass, CapException } from './generated/codecs/index.ts';

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

/** How a server ended that had a call: the crash, as a caller may see it. Says nothing of what the server was working on. */
export interface ServerEnding {
  readonly which: 'exited' | 'faulted' | 'killed';
  /** Its exit code, the processor's vector (SDM 3A §6.15), or the signal. */
  readonly code: number;
  /** Of a page fault; else `none`. */
  readonly addressClass: AddressClass;
}

/**
 * The exception a call ended in. Kernel objects and servers throw it to answer a call with a CapException; a client
 * gets it thrown. The message never carries a kernel address or another process's state.
 */
export class CapError extends Error {
  override readonly name: string = 'CapError';
  readonly kind: CapExceptionKind;
  /** With `disconnected`, when the server ended while it had the call. */
  readonly ending: ServerEnding | undefined;

  constructor(kind: CapExceptionKind, reason: string, ending?: ServerEnding) {
    super(reason);
    this.kind = kind;
    this.ending = ending;
  }

  /** The text that goes into `CapException.reason`. */
  get reason(): string {
    return this.message;
  }
}

/** The message for an exception. */
export function exceptionMessage(kind: CapExceptionKind, reason: string, ending?: ServerEnding): CapException {
  return ending === undefined
    ? { kind, reason, ending: 'none', code: 0, addressClass: 'none' }
    : { kind, reason, ending: ending.which, code: ending.code, addressClass: ending.addressClass };
}

/** What a message says; enumerants that a newer peer added are read as the nearest that is known. */
export function capErrorOf({ kind, reason, ending, code, addressClass }: CapException): CapError {
  return new CapError(
    typeof kind === 'number' ? 'failed' : kind,
    reason,
    typeof ending === 'number' || ending === 'none'
      ? undefined
      : { which: ending, code, addressClass: typeof addressClass === 'number' ? 'none' : addressClass },
  );
}
