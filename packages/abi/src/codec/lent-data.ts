// Lent Data: what a message says without a copy of its long byte strings, for those who are done with them before the message goes.

import type { Codec } from './codec.ts';
import { lendData } from './message-reader.ts';

/**
 * Decodes as `codec` does, but Data of 256 bytes and more is a view of the message. It shows what the message's memory holds from
 * then on: use it before that is used for anything else.
 * @throws CodecError
 */
export function decodeLent<T>(codec: Codec<T>, bytes: Uint8Array, offset: number, length: number, into?: T): T {
  lendData(true);
  try {
    return codec.decode(bytes, offset, length, into);
  } finally {
    lendData(false);
  }
}
