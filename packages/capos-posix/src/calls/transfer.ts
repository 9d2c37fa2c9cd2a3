// Moving bytes between a program and an open file, once or when the file is ready.

import type { Call } from '../call.ts';
import { CHANGE, type WatchedFile } from '../files/change-watches.ts';
import { DirectoryFile } from '../files/directory-file.ts';
import type { OpenFile } from '../files/open-file.ts';
import { RegularFile } from '../files/regular-file.ts';
import type { Span } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { SIGNAL } from '../linux/signal-numbers.ts';
import { RLIMIT } from '../linux/thread-flags.ts';
import { has, PRIVILEGE } from '../process/privileges.ts';
import { type Blocking, isBlocking, type MaybeBlocking, settle } from '../waiting.ts';

const { EFAULT, EINVAL, EISDIR, EBADF, EPIPE } = ERRNO;

/** Most bytes moved between the program and a description at once; longer transfers of read, write and their like go in pieces. */
export const MOST_AT_ONCE = 4 * 1024 * 1024;

export function readable(call: Call, index: number): OpenFile | number {
  const file = call.file(index);
  if (typeof file === 'number') return file;
  return file.readable ? file : -EBADF;
}

export function writable(call: Call, index: number): OpenFile | number {
  const file = call.file(index);
  if (typeof file === 'number') return file;
  return file.writable ? file : -EBADF;
}

/** Bytes have been moved: those who watch the file hear of it. */
function told(file: OpenFile, change: number, moved: MaybeBlocking<number>): MaybeBlocking<number> {
  const { watched } = file;
  if (watched === undefined || !watched.matters) return moved;
  if (isBlocking(moved)) return toldLater(watched, change, moved);
  if (moved > 0) watched.happened(change);
  return moved;
}

function* toldLater(watched: WatchedFile, change: number, moving: Blocking<number>): Blocking<number> {
  const moved = yield* moving;
  if (moved > 0) watched.happened(change);
  return moved;
}

/** Where read bytes go: one buffer or several. */
type Destination = Span | readonly Span[];

function deliver(call: Call, destination: Destination, got: Uint8Array | number): number {
  if (typeof got === 'number') return got;
  if (got.length === 0) return 0;
  if ('address' in destination) {
    const wrote = call.memory.writeSome(destination.address, got);
    return wrote === 0 ? -EFAULT : wrote;
  }
  return call.memory.scatter(destination, got);
}

export function transferIn(
  call: Call,
  file: OpenFile,
  destination: Destination,
  length: number,
  position?: number,
): MaybeBlocking<number> {
  return told(file, CHANGE.ACCESS, moveIn(call, file, destination, length, position));
}

function moveIn(
  call: Call,
  file: OpenFile,
  destination: Destination,
  length: number,
  position?: number,
): MaybeBlocking<number> {
  const most = Math.min(length, MOST_AT_ONCE);
  if (file instanceof RegularFile && 'address' in destination) {
    const { caps, memory } = call.process;
    if (file.cached !== undefined) memory.touch(destination.address, most);
    const moved = file.readInto({ caps, memory: memory.foreign }, destination.address, most, position);
    if (moved !== undefined) {
      if (isBlocking(moved)) call.hold(file);
      return moved;
    }
  }
  const got = file.read(most, position);
  if (!isBlocking(got)) return deliver(call, destination, got);
  call.hold(file);
  return laterIn(call, destination, got);
}

function* laterIn(call: Call, destination: Destination, got: Blocking<Uint8Array | number>): Blocking<number> {
  return deliver(call, destination, yield* got);
}

export function transferOut(call: Call, file: OpenFile, data: Uint8Array, position?: number): MaybeBlocking<number> {
  const moved = moveOut(call, file, data, position);
  const loses = file instanceof RegularFile && file.setId !== undefined;
  return told(file, CHANGE.MODIFY, loses ? withoutSetId(call, file, moved) : moved);
}

const SET_USER_ID = 0o4000;
const SET_GROUP_ID = 0o2000;
const GROUP_EXECUTE = 0o010;

/** Somebody without CAP_FSETID has written: what was checked of a set-ID program is not what is there now (inode(7)). */
export function* withoutSetId(call: Call, file: RegularFile, changing: MaybeBlocking<number>): Blocking<number> {
  const done = yield* settle(changing);
  const { setId } = file;
  const { identity } = call.process;
  if (done < 0 || setId === undefined || has(identity, PRIVILEGE.FSETID)) return done;
  file.setId = undefined;
  const { mode, gid } = setId;
  const isMember = identity.fsgid === gid || identity.groups.includes(gid);
  const lost = SET_USER_ID | ((mode & GROUP_EXECUTE) !== 0 || !isMember ? SET_GROUP_ID : 0);
  yield* settle(file.setAttributes({ mode: mode & 0o7777 & ~lost }));
  return done;
}

function moveOut(call: Call, file: OpenFile, data: Uint8Array, position?: number): MaybeBlocking<number> {
  const wrote = file.write(data, position);
  if (!isBlocking(wrote)) return wrote === -EPIPE ? brokenPipe(call) : wrote;
  call.hold(file);
  return laterOut(call, wrote);
}

function* laterOut(call: Call, wrote: Blocking<number>): Blocking<number> {
  const count = yield* wrote;
  return count === -EPIPE ? brokenPipe(call) : count;
}

export function brokenPipe(call: Call): number {
  call.thread.send(call.thread.senderInfo(SIGNAL.PIPE));
  return -EPIPE;
}

/** RLIMIT_FSIZE: SIGXFSZ and EFBIG when a regular file would grow past it. */
export function withinSizeLimit(call: Call, file: OpenFile, data: Uint8Array, position?: number): number | undefined {
  const limit = call.process.limits.soft(RLIMIT.FSIZE);
  if (limit === Number.POSITIVE_INFINITY || !(file instanceof RegularFile)) return undefined;
  if ((position ?? file.offset) + data.length <= limit) return undefined;
  call.thread.send(call.thread.senderInfo(SIGNAL.XFSZ));
  return -ERRNO.EFBIG;
}

/** A file that can be read or written at a position: what is none has not even to be open for that (ESPIPE before EBADF). */
export function seekable(call: Call, index: number, position: number, writes: boolean): OpenFile | number {
  if (position < 0) return -EINVAL;
  const file = call.file(index);
  if (typeof file === 'number') return file;
  if (!file.seekable && !(file instanceof DirectoryFile)) return -ERRNO.ESPIPE;
  if (!(writes ? file.writable : file.readable)) return -EBADF;
  return file instanceof DirectoryFile ? -EISDIR : file;
}

/** Moves more than goes at once, piece by piece, until one comes short. */
export function* inPieces(
  length: number,
  position: number | undefined,
  move: (done: number, length: number, position: number | undefined) => MaybeBlocking<number>,
): Blocking<number> {
  let done = 0;
  while (done < length) {
    const piece = Math.min(MOST_AT_ONCE, length - done);
    const moved = yield* settle(move(done, piece, position === undefined ? undefined : position + done));
    if (moved < 0) return done > 0 ? done : moved;
    done += moved;
    if (moved < piece) break;
  }
  return done;
}
