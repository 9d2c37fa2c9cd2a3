// A prebuilt program as a module: its bytes travel as base64 text, so that a bundle for a page carries them like any code.

/** A program for capOS that was built when this package was. */
export interface NativeProgram {
  readonly name: string;
  /** Bytes of the ELF file. */
  readonly size: number;
  /** The ELF file. Decoded at the first look; everyone who looks gets the same array, which nobody writes to. */
  readonly bytes: Uint8Array;
}

// 6-bit value of each base64 character (RFC 4648 §4).
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Uint8Array(128);
for (let index = 0; index < ALPHABET.length; index++) values[ALPHABET.charCodeAt(index)] = index;

function decodeBase64(text: string, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let at = 0, index = 0; at < size; index += 4) {
    const group =
      (values[text.charCodeAt(index)]! << 18) |
      (values[text.charCodeAt(index + 1)]! << 12) |
      (values[text.charCodeAt(index + 2)]! << 6) |
      values[text.charCodeAt(index + 3)]!;
    bytes[at++] = group >> 16;
    if (at < size) bytes[at++] = group >> 8;
    if (at < size) bytes[at++] = group;
  }
  return bytes;
}

/** A program from the base64 text of its ELF file of `size` bytes. Used by generated modules. */
export function nativeProgram(name: string, size: number, base64: string): NativeProgram {
  let decoded: Uint8Array | undefined;
  return {
    name,
    size,
    get bytes(): Uint8Array {
      decoded ??= decodeBase64(base64, size);
      return decoded;
    },
  };
}
