// The one error class of this package: misuse by the embedding program, or bytes that are not what they claim to be.

/** Every error that `@capos/abi` throws. `code` is stable and meant for programs; `message` is for people. */
export class AbiError extends Error {
  override readonly name: string = 'AbiError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
