// What this package throws when the embedding program misuses it. Nothing a guest does throws.

export type MachineErrorCode =
  | 'badConfiguration'
  | 'badAddress'
  | 'rangeTaken'
  | 'controllerTaken'
  | 'nested'
  | 'badImage'
  /** An input log that is none, or is damaged. */
  | 'badLog'
  /** A replay that does what the recorded run did not. */
  | 'diverged';

/** Misuse by the embedding program: the message says what was attempted, what was found and what to do. */
export class MachineError extends Error {
  override readonly name = 'MachineError';
  readonly code: MachineErrorCode;

  constructor(code: MachineErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
