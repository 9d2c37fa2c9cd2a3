// The one error class of this package: misuse by the program that uses it. What the spawner refuses is its CapError.

/** Why a constructor refused. Stable, meant for programs. */
export type ConstructorErrorCode =
  /** The same name twice, or one that a CapSet can't hold. */
  | 'badName'
  /** A sealed constructor changes no more. */
  | 'sealed'
  /** Nothing is constructed before the list is final. */
  | 'notSealed'
  /** The constructor itself holds no such discreet object. */
  | 'notHeld'
  /** The client does not accept what the certificate says. */
  | 'hasHoles';

/** Every error that `@capos/constructor` throws: what was attempted, what was found, what to do. */
export class ConstructorError extends Error {
  override readonly name: string = 'ConstructorError';
  readonly code: ConstructorErrorCode;

  constructor(code: ConstructorErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
