// Whiteouts: how the upper layer of a union says that something below is gone.
//
//   .wh.NAME        NAME is gone from the layers below          (OCI image layer specification, "Whiteouts")
//   .wh..wh..opq    all that the layers below have in this directory is gone ("Opaque Whiteout")
//   .wh..wh.KIND.N  something being made or thrown away; never shown, and swept when its directory goes
//   character device 0/0 named NAME: the same as .wh.NAME, as Linux's overlayfs writes it; read, never written
//
// Files of a reserved name rather than devices or extended attributes: any Directory can hold them, and a layer of a
// container image is a layer here. Names that begin so do not exist in a union and can't be made. A name of 252 bytes or more
// that a lower layer has can't be removed (ENAMETOOLONG): there is no name for its whiteout.

import type { ByteString } from '../../guest-memory.ts';
import { MODE } from '../../linux/file-flags.ts';
import type { FileStatus } from '../file-status.ts';

const PREFIX = '.wh.';
const META_PREFIX = '.wh..wh.';
/** Marks a directory of a layer as covering all that is below it. */
export const OPAQUE_MARKER = '.wh..wh..opq';

/** Whether a name is one of those that a union keeps for itself. */
export function isReserved(name: ByteString): boolean {
  return name.startsWith(PREFIX);
}

/** The name under which `name` is marked as gone. */
export function whiteoutFor(name: ByteString): ByteString {
  return PREFIX + name;
}

/** What a reserved name marks as gone; undefined for markers and what is under way. */
export function whitedOutBy(name: ByteString): ByteString | undefined {
  return name.startsWith(META_PREFIX) ? undefined : name.slice(PREFIX.length);
}

/** A name for something that is not to be seen yet, or no more. */
export function hiddenName(kind: 'copy' | 'new' | 'gone', number: number): ByteString {
  return `${META_PREFIX}${kind}.${number}`;
}

/** Whether what a layer has under a name is overlayfs's own whiteout. */
export function isWhiteoutDevice(status: FileStatus): boolean {
  return (status.mode & MODE.TYPE) === MODE.CHARACTER && status.rdev === 0n;
}
