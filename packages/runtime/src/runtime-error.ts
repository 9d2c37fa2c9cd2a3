// The one error of this package's own: the program asked the runtime for something it cannot have.
// Calls that fail tell so with CapError (or its subclass TransportError) instead.

/** Why a {@link RuntimeError} was thrown. */
export type RuntimeErrorCode =
  /** The CapSet has no capability of that name. */
  | 'NOT_GRANTED'
  /** A capability has another interface than the descriptor it was asked for with. */
  | 'WRONG_INTERFACE'
  /** A message or buffer does not fit the arena, even with nothing else in it. */
  | 'ARENA_EXHAUSTED'
  /** A capability was used after it was released or moved away. */
  | 'CAP_GONE'
  /** A capability that a call has promised and not brought yet can be called and released, nothing else. */
  | 'CAP_PENDING'
  /** A call was answered twice, or given something after its answer. */
  | 'ALREADY_ANSWERED'
  /** This thread or platform cannot do it (wait without `Atomics.waitAsync`). */
  | 'UNSUPPORTED';

/** Misuse by the program. The message says what was attempted, what was found and what to do. */
export class RuntimeError extends Error {
  override readonly name: string = 'RuntimeError';
  readonly code: RuntimeErrorCode;

  constructor(code: RuntimeErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
