// The one error class of this package.

/** What kind of misuse or missing thing an error is about. */
export type LibcaposErrorCode =
  /** No usable C compiler. */
  | 'noCompiler'
  /** The compiler or a tool beside it ended in an error. */
  | 'compilationFailed'
  /** Arguments of capos-cc that contradict each other or are not understood. */
  | 'badArguments';

/** Thrown for everything that goes wrong around building programs; the message says what was tried, found, and to do. */
export class LibcaposError extends Error {
  override readonly name: string = 'LibcaposError';
  readonly code: LibcaposErrorCode;

  constructor(code: LibcaposErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
