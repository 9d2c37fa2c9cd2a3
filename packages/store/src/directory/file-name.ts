// One component of a path, as bytes. What could mean another place than "this name in this directory" is refused.
import { ERRNO } from './errno.ts';
import { MAX_FILE_NAME_BYTES } from './file-system.ts';

const SLASH = 0x2f;
const DOT = 0x2e;

/** 0, or the error number that a call with this name gets. */
export function fileNameErrno(name: Uint8Array): number {
  if (name.length === 0) return ERRNO.ENOENT;
  if (name.length > MAX_FILE_NAME_BYTES) return ERRNO.ENAMETOOLONG;
  if (name[0] === DOT && (name.length === 1 || (name.length === 2 && name[1] === DOT))) return ERRNO.EINVAL;
  for (let i = 0; i < name.length; i++) if (name[i] === SLASH || name[i] === 0) return ERRNO.EINVAL;
  return 0;
}

/** The bytes as a string of as many characters: a key for maps that keeps every name apart. */
export function nameKey(name: Uint8Array): string {
  return String.fromCharCode.apply(null, name as unknown as number[]);
}

export function nameOfKey(key: string): Uint8Array {
  const name = new Uint8Array(key.length);
  for (let i = 0; i < key.length; i++) name[i] = key.charCodeAt(i);
  return name;
}
