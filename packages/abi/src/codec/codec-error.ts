// The one error of the codecs: bytes that are no message of the expected type, or a value that its type can't carry.

import { AbiError } from '../abi-error.ts';

/** Why a message could not be read or written. */
export type CodecErrorCode =
  /** The range given is not in the buffer, or is no whole number of 8-byte words. */
  | 'badRange'
  /** A pointer leaves the message, or a list is larger than the words it claims. */
  | 'outOfBounds'
  /** A pointer of another kind, or a list of another element size, than the schema has there. */
  | 'wrongPointer'
  /** A far pointer: messages here are one segment. */
  | 'farPointer'
  /** More than 64 pointers deep. */
  | 'tooDeep'
  /** Pointers overlap, or elements take no space, so that reading would cost far more than the message's size. */
  | 'tooCostly'
  /** Text without its NUL. */
  | 'notTerminated'
  /** A union holds a member that this schema does not know. */
  | 'unknownMember'
  /** A number that its field can't hold, or something that is no value of the field's type. */
  | 'outOfRange'
  /** The message does not fit where it should be written. */
  | 'noRoom';

/** Thrown by every codec, for every reason. A decode that threw may have changed the `into` object it was given. */
export class CodecError extends AbiError {
  override readonly name: string = 'CodecError';
  declare readonly code: CodecErrorCode;

  constructor(code: CodecErrorCode, message: string) {
    super(code, message);
  }
}
