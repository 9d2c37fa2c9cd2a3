// Names of refs: well-formed Unicode, bounded, ordered by their UTF-8 bytes so that every engine lists alike.
import { utf8Length } from '@capos/abi';
import { MAX_NAME_BYTES } from './engine.ts';
import { StoreError } from './store-error.ts';

// A lone surrogate has no UTF-8 form: two names that differ only there would become one.
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** @throws {StoreError} `invalid-name` unless the name has 1 to {@link MAX_NAME_BYTES} bytes of UTF-8 and no NUL. */
export function checkRefName(name: string): void {
  const bytes = utf8Length(name);
  if (bytes >= 1 && bytes <= MAX_NAME_BYTES && !name.includes('\0') && !LONE_SURROGATE.test(name)) return;
  const found =
    bytes < 1 || bytes > MAX_NAME_BYTES ? `${bytes} bytes` : name.includes('\0') ? 'a NUL' : 'a lone surrogate';
  throw new StoreError(
    'invalid-name',
    `A name has 1 to ${MAX_NAME_BYTES} bytes of UTF-8 without NUL; this one has ${found}.`,
  );
}

// UTF-16 code units compare like UTF-8 bytes once surrogates are moved above U+E000…U+FFFF.
const rank = (unit: number): number => (unit < 0xd800 ? unit : unit >= 0xe000 ? unit - 0x800 : unit + 0x2000);

/** The order of the names' UTF-8 bytes: negative, zero or positive. */
export function compareNames(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}
