// Copies between two descriptors: sendfile, copy_file_range.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { CHANGE } from '../files/change-watches.ts';
import { DirectoryFile } from '../files/directory-file.ts';
import type { OpenFile } from '../files/open-file.ts';
import { RegularFile } from '../files/regular-file.ts';
import { ERRNO } from '../linux/errno.ts';
import { MAX_TRANSFER, OPEN } from '../linux/file-flags.ts';
import { type Blocking, settle } from '../waiting.ts';
import { brokenPipe, readable, writable } from './transfer.ts';

const { EFAULT, EINVAL, EPIPE } = ERRNO;

/** A position in bytes that the program gave, or the descriptor's own. */
export type Position = number | undefined;

/** Copies between two descriptions through the shim; how far each side moves is said by where positions come from. */
function* copy(
  call: Call,
  from: OpenFile,
  to: OpenFile,
  length: number,
  positions: { from: Position; to: Position },
): Blocking<number> {
  call.hold(from);
  call.hold(to);
  let done = 0;
  while (done < length) {
    const got = yield* settle(from.read(Math.min(65_536, length - done), positions.from));
    if (typeof got === 'number') return done > 0 ? done : got;
    if (got.length === 0) break;
    // A pipe lends its bytes only until its next writer comes.
    const wrote = yield* settle(to.write(from.seekable ? got : got.slice(), positions.to));
    if (wrote < 0) return done > 0 ? done : wrote === -EPIPE ? brokenPipe(call) : wrote;
    done += wrote;
    if (positions.from !== undefined) positions.from += wrote;
    else if (wrote < got.length && from.seekable) from.offset -= got.length - wrote;
    if (positions.to !== undefined) positions.to += wrote;
    if (wrote < got.length) break;
    // What a stream has is taken; waiting for more is the next call's.
    if (!from.seekable) break;
  }
  if (done > 0) tellMoved(from, to);
  return done;
}

/** Bytes went from one to the other: those who watch them hear of it. */
export function tellMoved(from: OpenFile, to: OpenFile): void {
  from.watched?.happened(CHANGE.ACCESS);
  to.watched?.happened(CHANGE.MODIFY);
}

/** An optional offset the program passes by pointer. */
export function offsetAt(call: Call, address: number): Position | 'fault' {
  if (address === 0) return undefined;
  const value = call.memory.uint64(address);
  return value === undefined ? 'fault' : Number(BigInt.asIntN(64, value));
}

function* sendfile(call: Call): Blocking<number> {
  const to = writable(call, 0);
  if (typeof to === 'number') return to;
  const from = readable(call, 1);
  if (typeof from === 'number') return from;
  const at = offsetAt(call, call.word(2));
  if (at === 'fault') return -EFAULT;
  if (!from.seekable || (at !== undefined && at < 0) || (to.statusFlags & OPEN.APPEND) !== 0) return -EINVAL;
  const positions = { from: at, to: undefined };
  const done = yield* copy(call, from, to, Math.min(call.word(3), MAX_TRANSFER), positions);
  // Whatever has been moved: the offset is written back in any case.
  const end = at === undefined ? 0 : at + Math.max(0, done);
  if (at !== undefined && !call.memory.putUint64(call.word(2), BigInt(end))) return -EFAULT;
  return done;
}

function* copyFileRange(call: Call): Blocking<number> {
  const from = readable(call, 0);
  if (typeof from === 'number') return from;
  const to = writable(call, 2);
  if (typeof to === 'number') return to;
  const fromAt = offsetAt(call, call.word(1));
  const toAt = offsetAt(call, call.word(3));
  if (fromAt === 'fault' || toAt === 'fault') return -EFAULT;
  if (from instanceof DirectoryFile || to instanceof DirectoryFile) return -ERRNO.EISDIR;
  if (!(from instanceof RegularFile) || !(to instanceof RegularFile) || call.integer(5) !== 0) return -EINVAL;
  if ((to.statusFlags & OPEN.APPEND) !== 0) return -ERRNO.EBADF;
  const done = yield* copy(call, from, to, Math.min(call.word(4), MAX_TRANSFER), { from: fromAt, to: toAt });
  if (done > 0 && fromAt !== undefined && !call.memory.putUint64(call.word(1), BigInt(fromAt + done))) return -EFAULT;
  if (done > 0 && toAt !== undefined && !call.memory.putUint64(call.word(3), BigInt(toAt + done))) return -EFAULT;
  return done;
}

export const copyCalls = {
  sendfile: { support: 'full', arguments: ['descriptor', 'descriptor', 'address', 'size'], handler: sendfile },
  copy_file_range: {
    support: 'full',
    arguments: ['descriptor', 'address', 'descriptor', 'address', 'size', 'hex'],
    handler: copyFileRange,
  },
} as const satisfies Record<string, CallRow>;
