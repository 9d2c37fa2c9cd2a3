// The one error this package throws: the embedding program asked for something that cannot be, or opened what is no ring.

/** Why a {@link RingError} was thrown. */
export type RingErrorCode =
  /** Offset, size or entry count given by the caller is impossible. */
  | 'BAD_SHAPE'
  /** The memory opened holds no ring of this version. */
  | 'NOT_A_RING'
  /** The other side wrote something into the header that no correct peer writes. */
  | 'CORRUPT'
  /** A completion was reported that no submission accounts for. */
  | 'UNBALANCED'
  /** This thread may not do what was asked (block without shared memory, for instance). */
  | 'UNSUPPORTED';

/** Misuse of a ring, or a ring that is none. The message says what was attempted, what was found and what to do. */
export class RingError extends Error {
  readonly code: RingErrorCode;

  constructor(code: RingErrorCode, message: string) {
    super(message);
    this.name = 'RingError';
    this.code = code;
  }
}
