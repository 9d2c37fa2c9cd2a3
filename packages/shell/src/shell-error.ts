// What the user should be told, in a sentence that says what to do.

export class ShellError extends Error {
  override readonly name = 'ShellError';
}
