// The one error of this package: a system that can't be what it says, or a file that is no image.

/** What was wrong. */
export type ImageErrorCode =
  /** The manifest is no Manifest message, or describes no system that could run; `problems` says all of it. */
  | 'badManifest'
  /** The file does not begin as an image of a format known here. */
  | 'notAnImage'
  /** The file is an image, and damaged, cut short or put together by somebody else. */
  | 'damagedImage'
  /** Something exceeds what an image may hold. */
  | 'tooLarge';

/** Thrown by everything in `@capos/image`. `problems` has one sentence for each thing to put right. */
export class ImageError extends Error {
  override readonly name = 'ImageError';
  readonly code: ImageErrorCode;
  readonly problems: readonly string[];

  constructor(code: ImageErrorCode, problems: readonly string[]) {
    super(problems.join('\n'));
    this.code = code;
    this.problems = problems;
  }
}
