// read, write, their vectored and positioned forms, and lseek.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { CHANGE } from '../files/change-watches.ts';
import type { OpenFile } from '../files/open-file.ts';
import { PipeEnd } from '../files/pipe.ts';
import { RegularFile } from '../files/regular-file.ts';
import { SHARED_BUFFER } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { MAX_TRANSFER, POLL, SEEK } from '../linux/file-flags.ts';
import { type Blocking, type MaybeBlocking, settle } from '../waiting.ts';
import {
  inPieces,
  MOST_AT_ONCE,
  readable,
  seekable,
  transferIn,
  transferOut,
  withinSizeLimit,
  writable,
} from './transfer.ts';

const { EFAULT, EINVAL } = ERRNO;

function read(call: Call): MaybeBlocking<number> {
  return readAt(call, readable(call, 0), undefined);
}

/** A file gives all that was asked for, however much; whatever else there is gives what it has. */
function readAt(call: Call, file: OpenFile | number, position: number | undefined): MaybeBlocking<number> {
  if (typeof file === 'number') return file;
  const address = call.word(1);
  const length = Math.min(call.word(2), MAX_TRANSFER);
  if (!call.memory.inUserRange(address, length)) return -EFAULT;
  if (length <= MOST_AT_ONCE || !(file instanceof RegularFile))
    return transferIn(call, file, { address, length }, length, position);
  return inPieces(length, position, (done, piece, at) =>
    transferIn(call, file, { address: address + done, length: piece }, piece, at),
  );
}

function write(call: Call): MaybeBlocking<number> {
  return writeAt(call, writable(call, 0), undefined);
}

function writeAt(call: Call, file: OpenFile | number, position: number | undefined): MaybeBlocking<number> {
  if (typeof file === 'number') return file;
  const address = call.word(1);
  const length = Math.min(call.word(2), MAX_TRANSFER);
  if (!call.memory.inUserRange(address, length)) return -EFAULT;
  const move = (done: number, piece: number, at: number | undefined): MaybeBlocking<number> => {
    const data = outgoing(call, file, address + done, piece);
    if (data.length === 0 && piece > 0) return -EFAULT;
    return withinSizeLimit(call, file, data, at) ?? transferOut(call, file, data, at);
  };
  return length <= MOST_AT_ONCE ? move(0, length, position) : inPieces(length, position, move);
}

/**
 * What is to be written. A pipe with room has copied the bytes when it returns, a message has them once it is sent, and a file keeps
 * those that it has to wait with: for these they are lent.
 */
function outgoing({ memory }: Call, file: OpenFile, address: number, length: number): Uint8Array {
  const isLent =
    (file instanceof PipeEnd && file.takesAtOnce(length)) ||
    (file instanceof RegularFile && file.backend.capability !== undefined);
  if (isLent && length <= SHARED_BUFFER) return memory.borrow(address, length);
  return (isLent ? memory.lend(address, length) : undefined) ?? memory.readSome(address, length);
}

function pread64(call: Call): MaybeBlocking<number> {
  const position = call.long(3);
  return readAt(call, seekable(call, 0, position, false), position);
}

function pwrite64(call: Call): MaybeBlocking<number> {
  const position = call.long(3);
  return writeAt(call, seekable(call, 0, position, true), position);
}

function vectorIn(call: Call, file: OpenFile | number, position?: number): MaybeBlocking<number> {
  if (typeof file === 'number') return file;
  const spans = call.memory.spans(call.word(1), call.integer(2));
  if (typeof spans === 'number') return spans;
  const length = spans.reduce((total, span) => total + span.length, 0);
  if (length === 0) return 0;
  return transferIn(call, file, spans, length, position);
}

function vectorOut(call: Call, file: OpenFile | number, position?: number): MaybeBlocking<number> {
  if (typeof file === 'number') return file;
  const spans = call.memory.spans(call.word(1), call.integer(2));
  if (typeof spans === 'number') return spans;
  const data = call.memory.gather(spans);
  if (typeof data === 'number') return data;
  return withinSizeLimit(call, file, data, position) ?? transferOut(call, file, data, position);
}

function readv(call: Call): MaybeBlocking<number> {
  return vectorIn(call, readable(call, 0));
}

function writev(call: Call): MaybeBlocking<number> {
  return vectorOut(call, writable(call, 0));
}

function preadv(call: Call): MaybeBlocking<number> {
  const position = call.long(3);
  return vectorIn(call, seekable(call, 0, position, false), position);
}

function pwritev(call: Call): MaybeBlocking<number> {
  const position = call.long(3);
  return vectorOut(call, seekable(call, 0, position, true), position);
}

/** `flags` of preadv2 and pwritev2 that are known. Writes that are atomic, or leave nothing cached, are for no file here. */
const RWF = { HIPRI: 1, DSYNC: 2, SYNC: 4, NOWAIT: 8, APPEND: 0x10, NOAPPEND: 0x20, KNOWN: 0x3f } as const;

/** What is wrong with the flags, or whether the file would have to be waited for when it must not be. */
function flagsRefused(file: OpenFile, flags: number, readiness: number): number {
  if ((flags & ~RWF.KNOWN) !== 0) return -ERRNO.EOPNOTSUPP;
  if ((flags & RWF.APPEND) !== 0 && (flags & RWF.NOAPPEND) !== 0) return -EINVAL;
  const waits = (flags & RWF.NOWAIT) !== 0 && (file.readiness() & (readiness | POLL.HUP | POLL.ERR)) === 0;
  return waits ? -ERRNO.EAGAIN : 0;
}

function preadv2(call: Call): MaybeBlocking<number> {
  const position = call.long(3);
  const file = position === -1 ? readable(call, 0) : seekable(call, 0, position, false);
  if (typeof file === 'number') return file;
  const refused = flagsRefused(file, call.integer(5), POLL.IN);
  if (refused < 0) return refused;
  return position === -1 ? readv(call) : preadv(call);
}

function* pwritev2(call: Call): Blocking<number> {
  const flags = call.integer(5);
  const position = call.long(3) === -1 ? undefined : call.long(3);
  const file = position === undefined ? writable(call, 0) : seekable(call, 0, position, true);
  if (typeof file === 'number') return file;
  const refused = flagsRefused(file, flags, POLL.OUT);
  if (refused < 0) return refused;
  const isPlaced = file instanceof RegularFile && (flags & (RWF.APPEND | RWF.NOAPPEND)) !== 0;
  const wrote = isPlaced
    ? yield* vectorPlaced(call, file, (flags & RWF.APPEND) !== 0, position)
    : yield* settle(position === undefined ? writev(call) : pwritev(call));
  if (wrote > 0 && (flags & (RWF.DSYNC | RWF.SYNC)) !== 0) {
    const synced = yield* settle(file.sync((flags & RWF.SYNC) === 0));
    if (synced < 0) return synced;
  }
  return wrote;
}

/** At the end, or not at the end, whatever the file was opened for. */
function* vectorPlaced(call: Call, file: RegularFile, append: boolean, position?: number): Blocking<number> {
  if (position !== undefined && position < 0) return -EINVAL;
  const spans = call.memory.spans(call.word(1), call.integer(2));
  if (typeof spans === 'number') return spans;
  const data = call.memory.gather(spans);
  if (typeof data === 'number') return data;
  const refused = withinSizeLimit(call, file, data, position);
  if (refused !== undefined) return refused;
  call.hold(file);
  const wrote = yield* append ? file.append(data, position) : file.writeAt(data, position);
  if (wrote > 0) file.watched?.happened(CHANGE.MODIFY);
  return wrote;
}

function lseek(call: Call): MaybeBlocking<number> {
  const file = call.file(0);
  if (typeof file === 'number') return file;
  const whence = call.integer(2);
  if (whence < SEEK.SET || whence > SEEK.HOLE) return -EINVAL;
  return file.seek(call.long(1), whence);
}

export const readWriteCalls = {
  read: { support: 'full', arguments: ['descriptor', 'bytes-out', 'size'], handler: read },
  write: { support: 'full', arguments: ['descriptor', 'bytes-in', 'size'], handler: write },
  pread64: { support: 'full', arguments: ['descriptor', 'bytes-out', 'size', 'long'], handler: pread64 },
  pwrite64: { support: 'full', arguments: ['descriptor', 'bytes-in', 'size', 'long'], handler: pwrite64 },
  readv: { support: 'full', arguments: ['descriptor', 'vector', 'integer'], handler: readv },
  writev: { support: 'full', arguments: ['descriptor', 'vector-in', 'integer'], handler: writev },
  preadv: { support: 'full', arguments: ['descriptor', 'vector', 'integer', 'long'], handler: preadv },
  pwritev: { support: 'full', arguments: ['descriptor', 'vector-in', 'integer', 'long'], handler: pwritev },
  preadv2: {
    support: 'partial',
    note: 'RWF_HIPRI is taken as a hint; regular files never have to be waited for.',
    arguments: ['descriptor', 'vector', 'integer', 'long', 'long', 'hex'],
    handler: preadv2,
  },
  pwritev2: {
    support: 'partial',
    note: 'RWF_HIPRI is taken as a hint; regular files never have to be waited for. No RWF_ATOMIC, no RWF_DONTCACHE.',
    arguments: ['descriptor', 'vector-in', 'integer', 'long', 'long', 'hex'],
    handler: pwritev2,
  },
  lseek: {
    support: 'partial',
    note: 'SEEK_DATA and SEEK_HOLE take blocks of zeros for holes, and look 64 MiB far.',
    arguments: ['descriptor', 'long', 'whence'],
    handler: lseek,
  },
} as const satisfies Record<string, CallRow>;
