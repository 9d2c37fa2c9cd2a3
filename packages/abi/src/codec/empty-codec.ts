// The codec of every struct without fields, of which methods that take or answer nothing have one each.

import type { Codec } from './codec.ts';
import { beginMessage, followStruct, MAX_DEPTH } from './message-reader.ts';
import { beginWrite, noRoom, putStructPointer } from './message-writer.ts';

/** Makes the codec of a struct without fields. A longer struct from a newer sender is read too, and ignored. */
export function emptyCodec<T extends object>(name: string): Codec<T> {
  return {
    name,
    dataWords: 0,
    pointers: 0,
    encode(_value: T, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
      if (beginWrite(bytes, offset, limit) < offset + 8) throw noRoom(8, limit);
      putStructPointer(bytes, offset, offset + 8, 0);
      return 8;
    },
    decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: T): T {
      beginMessage(bytes, offset, length);
      if (length > 0) followStruct(bytes, offset, offset, offset + length, MAX_DEPTH);
      return into ?? ({} as T);
    },
    measure: () => 8,
  };
}
