// UTF-8 for libraries that compile for es2023 alone, which has no TextEncoder or TextDecoder, and for memory that threads
// share, which those refuse. Longer texts are decoded by the platform's TextDecoder where there is one, from a private copy:
// 20 times faster on 4 KiB, the same result. Behaves as the WHATWG encoding standard does: an unpaired
// surrogate is written as U+FFFD, each maximal ill-formed subsequence is read as one U+FFFD (Unicode 16 §3.9, table 3-7).

const REPLACEMENT = 0xfffd;
/** String.fromCharCode takes its characters as arguments: a batch keeps the argument list on the stack small. */
const BATCH = 1024;
// One array of a string's units, reused: an array literal per call cost 20 ns on short names (`codec` bench).
const units = new Array<number>(BATCH + 2).fill(0);

/** Bytes that `text` takes in UTF-8. */
export function utf8Length(text: string): number {
  const length = text.length;
  let bytes = length;
  for (let index = 0; index < length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes++;
    else {
      bytes += 2;
      if (unit >= 0xd800 && unit < 0xdc00 && index + 1 < length) {
        const low = text.charCodeAt(index + 1);
        if (low >= 0xdc00 && low < 0xe000) index++; // four bytes for two units: +2 in all
      }
    }
  }
  return bytes;
}

/** Writes `text` at `offset` and answers the offset after it. The caller has made room: see {@link utf8Length}. */
export function encodeUtf8(text: string, bytes: Uint8Array, offset: number): number {
  const length = text.length;
  let at = offset;
  for (let index = 0; index < length; index++) {
    let unit = text.charCodeAt(index);
    if (unit < 0x80) {
      bytes[at++] = unit;
    } else if (unit < 0x800) {
      bytes[at++] = 0xc0 | (unit >> 6);
      bytes[at++] = 0x80 | (unit & 0x3f);
    } else {
      if (unit >= 0xd800 && unit < 0xe000) {
        const low = unit < 0xdc00 && index + 1 < length ? text.charCodeAt(index + 1) : 0;
        if (low >= 0xdc00 && low < 0xe000) {
          index++;
          const point = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
          bytes[at++] = 0xf0 | (point >> 18);
          bytes[at++] = 0x80 | ((point >> 12) & 0x3f);
          bytes[at++] = 0x80 | ((point >> 6) & 0x3f);
          bytes[at++] = 0x80 | (point & 0x3f);
          continue;
        }
        unit = REPLACEMENT;
      }
      bytes[at++] = 0xe0 | (unit >> 12);
      bytes[at++] = 0x80 | ((unit >> 6) & 0x3f);
      bytes[at++] = 0x80 | (unit & 0x3f);
    }
  }
  return at;
}

/** Texts shorter than this are put together here: the platform's decoder costs 60 ns before its first byte (`codec` bench). */
const SHORT = 48;
const short = new Uint8Array(SHORT);

/** Texts up to this long are copied to the same place each time: memory of their own costs more than they (`codec` bench). */
const LONG = 65_536;
let longer = new Uint8Array(0);

function privateBytes(length: number): Uint8Array<ArrayBuffer> {
  if (longer.length < length) longer = new Uint8Array(Math.min(LONG, 2 ** Math.ceil(Math.log2(length))));
  return longer.subarray(0, length);
}

interface PlatformDecoder {
  decode(bytes: Uint8Array<ArrayBuffer>): string;
}
const { TextDecoder } = globalThis as {
  TextDecoder?: new (label: string, options: { ignoreBOM: boolean }) => PlatformDecoder;
};
const platformDecoder = TextDecoder === undefined ? undefined : new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Reads `length` bytes of UTF-8 at `offset`; reads each byte exactly once, so memory that somebody else rewrites
 * meanwhile gives some string and nothing worse.
 */
export function decodeUtf8(bytes: Uint8Array, offset: number, length: number): string {
  if (length < SHORT) {
    let or = 0;
    for (let index = 0; index < length; index++) {
      const byte = bytes[offset + index]!;
      short[index] = byte;
      or |= byte;
    }
    return or < 0x80 ? shortAscii(length) : decodeAny(short, length);
  }
  const copy = length > LONG ? new Uint8Array(length) : privateBytes(length);
  copy.set(bytes.subarray(offset, offset + length));
  return platformDecoder === undefined ? decodeAny(copy, length) : platformDecoder.decode(copy);
}

/** The first `length` bytes of `short` as ASCII. Eight arguments at a time: a third of the cost of one by one. */
function shortAscii(length: number): string {
  const from = String.fromCharCode;
  const b = short;
  let text = '';
  let i = 0;
  for (; i + 8 <= length; i += 8) {
    text += from(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!, b[i + 7]!);
  }
  switch (length - i) {
    case 0:
      return text;
    case 1:
      return text + from(b[i]!);
    case 2:
      return text + from(b[i]!, b[i + 1]!);
    case 3:
      return text + from(b[i]!, b[i + 1]!, b[i + 2]!);
    case 4:
      return text + from(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!);
    case 5:
      return text + from(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!);
    case 6:
      return text + from(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!);
    default:
      return text + from(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!);
  }
}

/** Unicode 16 §3.9, table 3-7, over bytes that nobody else can change. */
function decodeAny(bytes: Uint8Array, end: number): string {
  let text = '';
  let count = 0;
  let at = 0;
  // A byte that ended an ill-formed sequence is looked at again as the start of the next one: it is carried, not reread.
  let carried = -1;
  while (at < end || carried >= 0) {
    if (count >= BATCH) {
      text += String.fromCharCode.apply(null, count === units.length ? units : units.slice(0, count));
      count = 0;
    }
    let byte = carried;
    if (byte < 0) byte = bytes[at++]!;
    else carried = -1;
    if (byte < 0x80) {
      units[count++] = byte;
      continue;
    }
    // Table 3-7: how many bytes follow, and the range of the first of them.
    let following = 0;
    let low = 0x80;
    let high = 0xbf;
    let point = 0;
    if (byte >= 0xc2 && byte <= 0xdf) {
      following = 1;
      point = byte & 0x1f;
    } else if (byte >= 0xe0 && byte <= 0xef) {
      following = 2;
      point = byte & 0x0f;
      if (byte === 0xe0) low = 0xa0;
      else if (byte === 0xed) high = 0x9f;
    } else if (byte >= 0xf0 && byte <= 0xf4) {
      following = 3;
      point = byte & 0x07;
      if (byte === 0xf0) low = 0x90;
      else if (byte === 0xf4) high = 0x8f;
    } else {
      units[count++] = REPLACEMENT;
      continue;
    }
    while (following > 0 && at < end) {
      const next = bytes[at++]!;
      if (next < low || next > high) {
        carried = next;
        break;
      }
      low = 0x80;
      high = 0xbf;
      point = (point << 6) | (next & 0x3f);
      following--;
    }
    if (following > 0) units[count++] = REPLACEMENT;
    else if (point < 0x10000) units[count++] = point;
    else {
      point -= 0x10000;
      units[count++] = 0xd800 + (point >> 10);
      units[count++] = 0xdc00 + (point & 0x3ff);
    }
  }
  if (count === 0) return text;
  return text + String.fromCharCode.apply(null, units.slice(0, count));
}

/** `text` as UTF-8 bytes of its own. */
export function toUtf8(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(utf8Length(text));
  encodeUtf8(text, bytes, 0);
  return bytes;
}

/** All of `bytes` as text. */
export function fromUtf8(bytes: Uint8Array): string {
  return decodeUtf8(bytes, 0, bytes.length);
}
