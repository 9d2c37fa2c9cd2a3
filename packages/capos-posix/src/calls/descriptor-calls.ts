// Calls on descriptors: read, write, lseek, dup, fcntl, ioctl, pipes, directory listings, locks.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { DirectoryFile } from '../files/directory-file.ts';
import { EventCounter } from '../files/event-counter.ts';
import type { OpenFile } from '../files/open-file.ts';
import { Pipe, PipeEnd } from '../files/pipe.ts';
import { LOCK_TO_END, type LockRange } from '../files/record-locks.ts';
import { RegularFile } from '../files/regular-file.ts';
import { bytesOf, type Span } from '../guest-memory.ts';
import { ERRNO, RESTART } from '../linux/errno.ts';
import { FCNTL, FLOCK, IOCTL, LOCK, MAX_TRANSFER, OPEN, SEEK } from '../linux/file-flags.ts';
import { SI, SIGNAL } from '../linux/signal-numbers.ts';
import { RLIMIT } from '../linux/thread-flags.ts';
import { type Blocking, isBlocking, type MaybeBlocking, settle, waitForChange } from '../waiting.ts';

const { EBADF, EFAULT, EINVAL, EISDIR, EPIPE } = ERRNO;

/** Most bytes one call moves between the program and a description. Linux moves 2 GiB; the rest of a long transfer is the program's to ask for. */
const MOST_AT_ONCE = 4 * 1024 * 1024;

// ── read and write ─────────────────────────────────────────────────────────────────────────────────────────────────────

function readable(call: Call, index: number): OpenFile | number {
  const file = call.file(index);
  if (typeof file === 'number') return file;
  return file.readable ? file : -EBADF;
}

function writable(call: Call, index: number): OpenFile | number {
  const file = call.file(index);
  if (typeof file === 'number') return file;
  return file.writable ? file : -EBADF;
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

function transferIn(
  call: Call,
  file: OpenFile,
  destination: Destination,
  length: number,
  position?: number,
): MaybeBlocking<number> {
  const got = file.read(Math.min(length, MOST_AT_ONCE), position);
  if (!isBlocking(got)) return deliver(call, destination, got);
  call.hold(file);
  return laterIn(call, destination, got);
}

function* laterIn(call: Call, destination: Destination, got: Blocking<Uint8Array | number>): Blocking<number> {
  return deliver(call, destination, yield* got);
}

function transferOut(call: Call, file: OpenFile, data: Uint8Array, position?: number): MaybeBlocking<number> {
  const wrote = file.write(data, position);
  if (!isBlocking(wrote)) return wrote === -EPIPE ? brokenPipe(call) : wrote;
  call.hold(file);
  return laterOut(call, wrote);
}

function* laterOut(call: Call, wrote: Blocking<number>): Blocking<number> {
  const count = yield* wrote;
  return count === -EPIPE ? brokenPipe(call) : count;
}

function brokenPipe(call: Call): number {
  call.process.send({ ...call.thread.senderInfo(SIGNAL.PIPE, SI.USER) }, call.thread);
  return -EPIPE;
}

function read(call: Call): MaybeBlocking<number> {
  const file = readable(call, 0);
  if (typeof file === 'number') return file;
  const address = call.word(1);
  const length = Math.min(call.word(2), MAX_TRANSFER);
  if (!call.memory.inUserRange(address, length)) return -EFAULT;
  return transferIn(call, file, { address, length }, length);
}

function write(call: Call): MaybeBlocking<number> {
  const file = writable(call, 0);
  if (typeof file === 'number') return file;
  const address = call.word(1);
  const length = Math.min(call.word(2), MAX_TRANSFER);
  if (!call.memory.inUserRange(address, length)) return -EFAULT;
  const bytes = Math.min(length, MOST_AT_ONCE);
  // A pipe with room has copied the bytes when it returns, so they may lie in a buffer that is used again.
  const reusable = file instanceof PipeEnd && file.takesAtOnce(bytes);
  const data = reusable ? call.memory.readShared(address, bytes) : call.memory.readSome(address, bytes);
  if (data.length === 0 && length > 0) return -EFAULT;
  return withinSizeLimit(call, file, data) ?? transferOut(call, file, data);
}

/** RLIMIT_FSIZE: SIGXFSZ and EFBIG when a regular file would grow past it. */
function withinSizeLimit(call: Call, file: OpenFile, data: Uint8Array, position?: number): number | undefined {
  const limit = call.process.limits.soft(RLIMIT.FSIZE);
  if (limit === Number.POSITIVE_INFINITY || !(file instanceof RegularFile)) return undefined;
  if ((position ?? file.offset) + data.length <= limit) return undefined;
  call.process.send(call.thread.senderInfo(SIGNAL.XFSZ), call.thread);
  return -ERRNO.EFBIG;
}

function seekable(file: OpenFile | number, position: number): OpenFile | number {
  if (typeof file === 'number') return file;
  if (position < 0) return -EINVAL;
  if (file instanceof DirectoryFile) return -EISDIR;
  return file.seekable ? file : -ERRNO.ESPIPE;
}

function pread64(call: Call): MaybeBlocking<number> {
  const position = call.long(3);
  const file = seekable(readable(call, 0), position);
  if (typeof file === 'number') return file;
  const address = call.word(1);
  const length = Math.min(call.word(2), MAX_TRANSFER);
  if (!call.memory.inUserRange(address, length)) return -EFAULT;
  return transferIn(call, file, { address, length }, length, position);
}

function pwrite64(call: Call): MaybeBlocking<number> {
  const position = call.long(3);
  const file = seekable(writable(call, 0), position);
  if (typeof file === 'number') return file;
  const length = Math.min(call.word(2), MOST_AT_ONCE);
  const data = call.memory.readSome(call.word(1), length);
  if (data.length === 0 && length > 0) return -EFAULT;
  return withinSizeLimit(call, file, data, position) ?? transferOut(call, file, data, position);
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
  return vectorIn(call, seekable(readable(call, 0), position), position);
}

function pwritev(call: Call): MaybeBlocking<number> {
  const position = call.long(3);
  return vectorOut(call, seekable(writable(call, 0), position), position);
}

/** RWF_HIPRI, DSYNC, SYNC, NOWAIT, APPEND: hints, but for those that promise durability. */
const RWF_KNOWN = 0x1f;

function preadv2(call: Call): MaybeBlocking<number> {
  if ((call.integer(5) & ~RWF_KNOWN) !== 0) return -ERRNO.EOPNOTSUPP;
  return call.long(3) === -1 ? readv(call) : preadv(call);
}

function* pwritev2(call: Call): Blocking<number> {
  const flags = call.integer(5);
  if ((flags & ~RWF_KNOWN) !== 0) return -ERRNO.EOPNOTSUPP;
  const wrote = yield* settle(call.long(3) === -1 ? writev(call) : pwritev(call));
  const file = call.file(0);
  if (wrote > 0 && (flags & 6) !== 0 && typeof file !== 'number') {
    const synced = yield* settle(file.sync((flags & 4) === 0));
    if (synced < 0) return synced;
  }
  return wrote;
}

function lseek(call: Call): MaybeBlocking<number> {
  const file = call.file(0);
  if (typeof file === 'number') return file;
  const whence = call.integer(2);
  if (whence < SEEK.SET || whence > SEEK.HOLE) return -EINVAL;
  return file.seek(call.long(1), whence);
}

/** Copies between two descriptions through the shim; how far each side moves is said by where positions come from. */
function* copy(
  call: Call,
  from: OpenFile,
  to: OpenFile,
  length: number,
  positions: { from: number | undefined; to: number | undefined },
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
  return done;
}

/** An optional offset the program passes by pointer. */
function offsetAt(call: Call, address: number): number | undefined | 'fault' {
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
  if (done > 0 && at !== undefined && !call.memory.putUint64(call.word(2), BigInt(at + done))) return -EFAULT;
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
  if (from instanceof DirectoryFile || to instanceof DirectoryFile) return -EISDIR;
  if (!(from instanceof RegularFile) || !(to instanceof RegularFile) || call.integer(5) !== 0) return -EINVAL;
  if ((to.statusFlags & OPEN.APPEND) !== 0) return -EBADF;
  const positions = { from: fromAt, to: toAt };
  const done = yield* copy(call, from, to, Math.min(call.word(4), MAX_TRANSFER), positions);
  if (done > 0 && fromAt !== undefined && !call.memory.putUint64(call.word(1), BigInt(fromAt + done))) return -EFAULT;
  if (done > 0 && toAt !== undefined && !call.memory.putUint64(call.word(3), BigInt(toAt + done))) return -EFAULT;
  return done;
}

function* splice(call: Call): Blocking<number> {
  const from = readable(call, 0);
  if (typeof from === 'number') return from;
  const to = writable(call, 2);
  if (typeof to === 'number') return to;
  const fromAt = offsetAt(call, call.word(1));
  const toAt = offsetAt(call, call.word(3));
  if (fromAt === 'fault' || toAt === 'fault') return -EFAULT;
  if (!(from instanceof PipeEnd) && !(to instanceof PipeEnd)) return -EINVAL;
  if ((fromAt !== undefined && !from.seekable) || (toAt !== undefined && !to.seekable)) return -ERRNO.ESPIPE;
  const positions = { from: fromAt, to: toAt };
  const done = yield* copy(call, from, to, Math.min(call.word(4), 65_536), positions);
  if (done > 0 && fromAt !== undefined && !call.memory.putUint64(call.word(1), BigInt(fromAt + done))) return -EFAULT;
  if (done > 0 && toAt !== undefined && !call.memory.putUint64(call.word(3), BigInt(toAt + done))) return -EFAULT;
  return done;
}

// ── descriptors ────────────────────────────────────────────────────────────────────────────────────────────────────────

function close(call: Call): number {
  return call.process.descriptors.close(call.integer(0));
}

const CLOSE_RANGE = { UNSHARE: 2, CLOEXEC: 4 } as const;

function closeRange(call: Call): number {
  const first = call.unsigned(0);
  const last = call.unsigned(1);
  const flags = call.unsigned(2);
  if (first > last || (flags & ~(CLOSE_RANGE.UNSHARE | CLOSE_RANGE.CLOEXEC)) !== 0) return -EINVAL;
  const { descriptors } = call.process;
  for (const descriptor of [...descriptors.numbers()]) {
    if (descriptor < first || descriptor > last) continue;
    if ((flags & CLOSE_RANGE.CLOEXEC) !== 0) descriptors.setCloseOnExec(descriptor, true);
    else descriptors.close(descriptor);
  }
  return 0;
}

function dup(call: Call): number {
  const file = call.file(0);
  return typeof file === 'number' ? file : call.process.descriptors.add(file, false);
}

function dup2(call: Call): number {
  const file = call.file(0);
  if (typeof file === 'number') return file;
  const target = call.integer(1);
  if (target === call.integer(0)) return target;
  return call.process.descriptors.replace(target, file, false);
}

function dup3(call: Call): number {
  const flags = call.integer(2);
  if ((flags & ~OPEN.CLOEXEC) !== 0 || call.integer(0) === call.integer(1)) return -EINVAL;
  const file = call.file(0);
  if (typeof file === 'number') return file;
  return call.process.descriptors.replace(call.integer(1), file, (flags & OPEN.CLOEXEC) !== 0);
}

/** Status flags F_SETFL may change. */
const SETTABLE = OPEN.APPEND | OPEN.NONBLOCK | OPEN.ASYNC | OPEN.DIRECT | OPEN.NOATIME;

function fcntl(call: Call): MaybeBlocking<number> {
  const file = call.file(0);
  if (typeof file === 'number') return file;
  const { descriptors } = call.process;
  const descriptor = call.integer(0);
  const argument = call.integer(2);
  switch (call.integer(1)) {
    case FCNTL.DUPFD:
    case FCNTL.DUPFD_CLOEXEC:
      if (argument < 0 || argument >= descriptors.limit) return -EINVAL;
      return descriptors.add(file, call.integer(1) === FCNTL.DUPFD_CLOEXEC, argument);
    case FCNTL.GETFD:
      return descriptors.closeOnExec(descriptor) ? 1 : 0;
    case FCNTL.SETFD:
      descriptors.setCloseOnExec(descriptor, (argument & 1) !== 0);
      return 0;
    case FCNTL.GETFL:
      return file.statusFlags | OPEN.LARGEFILE;
    case FCNTL.SETFL:
      if ((file.statusFlags & OPEN.PATH) !== 0) return -EBADF;
      file.statusFlags = (file.statusFlags & ~SETTABLE) | (argument & SETTABLE);
      return 0;
    case FCNTL.GETLK:
    case FCNTL.OFD_GETLK:
    case FCNTL.SETLK:
    case FCNTL.OFD_SETLK:
    case FCNTL.SETLKW:
    case FCNTL.OFD_SETLKW:
      return recordLock(call, file, call.integer(1));
    case FCNTL.SETOWN:
    case FCNTL.GETOWN:
      return 0;
    case FCNTL.SETPIPE_SZ:
      return file instanceof PipeEnd ? file.resize(argument) : -EBADF;
    case FCNTL.GETPIPE_SZ:
      return file instanceof PipeEnd ? file.pipe.capacity : -EBADF;
    case FCNTL.ADD_SEALS:
      return 0;
    case FCNTL.GET_SEALS:
      return 0;
    default:
      return -EINVAL;
  }
}

function* recordLock(call: Call, file: OpenFile, command: number): Blocking<number> {
  if (!(file instanceof RegularFile)) return -EBADF;
  call.hold(file);
  const address = call.word(2);
  const view = call.memory.view(address, 32);
  if (view === undefined) return -EFAULT;
  const { domain, pid } = call.process;
  const ownedByDescription = command >= FCNTL.OFD_GETLK;
  const status = yield* settle(file.status());
  if (typeof status === 'number') return status;
  const type = view.getInt16(0, true);
  const whence = view.getInt16(2, true);
  const relative = Number(view.getBigInt64(8, true));
  const length = Number(view.getBigInt64(16, true));
  if (type < LOCK.READ || type > LOCK.UNLOCK || whence < SEEK.SET || whence > SEEK.END) return -EINVAL;
  const origin = whence === SEEK.SET ? 0 : whence === SEEK.CUR ? file.offset : status.size;
  let start = origin + relative;
  let end = length === 0 ? LOCK_TO_END : start + length;
  if (length < 0) {
    end = start;
    start += length;
  }
  if (start < 0) return -EINVAL;
  const key = `${status.device}:${status.inode}`;
  const owner: object = ownedByDescription ? file : call.process;
  const wanted: LockRange = { owner, pid: ownedByDescription ? -1 : pid, type, start, end };
  if (command === FCNTL.GETLK || command === FCNTL.OFD_GETLK) {
    const held = domain.locks.conflict(key, wanted);
    if (held === undefined) {
      view.setInt16(0, LOCK.UNLOCK, true);
    } else {
      view.setInt16(0, held.type, true);
      view.setInt16(2, SEEK.SET, true);
      view.setBigInt64(8, BigInt(held.start), true);
      view.setBigInt64(16, held.end === LOCK_TO_END ? 0n : BigInt(held.end - held.start), true);
      view.setInt32(24, held.pid, true);
    }
    return call.memory.write(address, new Uint8Array(view.buffer, 0, 32)) ? 0 : -EFAULT;
  }
  if (type === LOCK.READ && !file.readable) return -EBADF;
  if (type === LOCK.WRITE && !file.writable) return -EBADF;
  if (!ownedByDescription) file.lockKey = key;
  const waits = command === FCNTL.SETLKW || command === FCNTL.OFD_SETLKW;
  while (type !== LOCK.UNLOCK && domain.locks.conflict(key, wanted) !== undefined) {
    if (!waits) return -ERRNO.EAGAIN;
    if ((yield waitForChange([domain.locks.released])) === 'interrupted') return RESTART.UNLESS_HANDLED_WITHOUT_RESTART;
  }
  domain.locks.set(key, wanted);
  return 0;
}

function* flock(call: Call): Blocking<number> {
  const file = call.file(0);
  if (typeof file === 'number') return file;
  const operation = call.integer(1);
  const kind = operation & ~FLOCK.NONBLOCK;
  if (kind !== FLOCK.SHARED && kind !== FLOCK.EXCLUSIVE && kind !== FLOCK.UNLOCK) return -EINVAL;
  call.hold(file);
  const status = yield* settle(file.status());
  if (typeof status === 'number') return status;
  const { locks } = call.process.domain;
  const type = kind === FLOCK.UNLOCK ? LOCK.UNLOCK : kind === FLOCK.SHARED ? LOCK.READ : LOCK.WRITE;
  // flock and fcntl locks do not see one another (flock(2), NOTES).
  const key = `flock:${status.device}:${status.inode}`;
  const wanted: LockRange = { owner: file, pid: -1, type, start: 0, end: LOCK_TO_END };
  while (type !== LOCK.UNLOCK && locks.conflict(key, wanted) !== undefined) {
    if ((operation & FLOCK.NONBLOCK) !== 0) return -ERRNO.EAGAIN;
    if ((yield waitForChange([locks.released])) === 'interrupted') return RESTART.UNLESS_HANDLED_WITHOUT_RESTART;
  }
  locks.set(key, wanted);
  return 0;
}

function ioctl(call: Call): MaybeBlocking<number> {
  const file = call.file(0);
  if (typeof file === 'number') return file;
  if ((file.statusFlags & OPEN.PATH) !== 0) return -EBADF;
  const request = call.unsigned(1);
  const argument = call.word(2);
  const { memory, process } = call;
  switch (request) {
    case IOCTL.FIOCLEX:
    case IOCTL.FIONCLEX:
      process.descriptors.setCloseOnExec(call.integer(0), request === IOCTL.FIOCLEX);
      return 0;
    case IOCTL.FIONBIO: {
      const on = memory.int32(argument);
      if (on === undefined) return -EFAULT;
      file.statusFlags = on !== 0 ? file.statusFlags | OPEN.NONBLOCK : file.statusFlags & ~OPEN.NONBLOCK;
      return 0;
    }
    case IOCTL.FIONREAD:
      if (file instanceof RegularFile) return remaining(call, file, argument);
  }
  call.hold(file);
  return file.ioctl({ request, argument, memory, process });
}

function* remaining(call: Call, file: RegularFile, address: number): Blocking<number> {
  const status = yield* settle(file.status());
  if (typeof status === 'number') return status;
  return call.memory.putUint32(address, Math.max(0, status.size - file.offset)) ? 0 : -EFAULT;
}

// ── pipes and counters ─────────────────────────────────────────────────────────────────────────────────────────────────

function makePipe(call: Call, flags: number): number {
  if ((flags & ~(OPEN.CLOEXEC | OPEN.NONBLOCK | OPEN.DIRECT)) !== 0) return -EINVAL;
  const { descriptors } = call.process;
  const { reader, writer } = new Pipe().open(flags & OPEN.NONBLOCK);
  reader.retain();
  writer.retain();
  try {
    const closeOnExec = (flags & OPEN.CLOEXEC) !== 0;
    const first = descriptors.add(reader, closeOnExec);
    if (first < 0) return first;
    const second = descriptors.add(writer, closeOnExec);
    if (second < 0) {
      descriptors.close(first);
      return second;
    }
    const address = call.word(0);
    const pair = new Uint8Array(new Int32Array([first, second]).buffer);
    if (call.memory.write(address, pair)) return 0;
    descriptors.close(first);
    descriptors.close(second);
    return -EFAULT;
  } finally {
    reader.release();
    writer.release();
  }
}

function pipe(call: Call): number {
  return makePipe(call, 0);
}

function pipe2(call: Call): number {
  return makePipe(call, call.integer(1));
}

const EFD_SEMAPHORE = 1;

function eventfdWith(call: Call, flags: number): number {
  if ((flags & ~(EFD_SEMAPHORE | OPEN.CLOEXEC | OPEN.NONBLOCK)) !== 0) return -EINVAL;
  const counter = new EventCounter(
    call.unsigned(0),
    (flags & EFD_SEMAPHORE) !== 0,
    OPEN.RDWR | (flags & OPEN.NONBLOCK),
  ).retain();
  const descriptor = call.process.descriptors.add(counter, (flags & OPEN.CLOEXEC) !== 0);
  counter.release();
  return descriptor;
}

function eventfd(call: Call): number {
  return eventfdWith(call, 0);
}

function eventfd2(call: Call): number {
  return eventfdWith(call, call.integer(1));
}

// ── directories and durability ─────────────────────────────────────────────────────────────────────────────────────────

/** getdents64: 0 inode, 8 offset of the next, 16 length, 18 type, 19 name, NUL; multiples of 8. */
function* getdents64(call: Call): Blocking<number> {
  return yield* listing(
    call,
    (name) => 19 + name.length + 1,
    (view, bytes, at, entry, next, length) => {
      view.setBigUint64(at, entry.inode, true);
      view.setBigInt64(at + 8, BigInt(next), true);
      view.setUint16(at + 16, length, true);
      view.setUint8(at + 18, entry.type);
      bytes.set(bytesOf(entry.name), at + 19);
    },
  );
}

/** getdents: as getdents64 without the type byte, which is the record's last byte instead. */
function* getdents(call: Call): Blocking<number> {
  return yield* listing(
    call,
    (name) => 18 + name.length + 2,
    (view, bytes, at, entry, next, length) => {
      view.setBigUint64(at, entry.inode, true);
      view.setBigInt64(at + 8, BigInt(next), true);
      view.setUint16(at + 16, length, true);
      bytes.set(bytesOf(entry.name), at + 18);
      view.setUint8(at + length - 1, entry.type);
    },
  );
}

type EntryWriter = (
  view: DataView,
  bytes: Uint8Array,
  at: number,
  entry: { readonly name: string; readonly type: number; readonly inode: bigint },
  next: number,
  length: number,
) => void;

function* listing(call: Call, lengthOf: (name: string) => number, put: EntryWriter): Blocking<number> {
  const file = call.file(0);
  if (typeof file === 'number') return file;
  call.hold(file);
  const size = Math.min(call.unsigned(2), 1 << 20);
  const entries = yield* settle(file.entries(Math.max(1, Math.floor(size / 24))));
  if (typeof entries === 'number') return entries;
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let at = 0;
  let taken = 0;
  for (const entry of entries) {
    const length = Math.ceil(lengthOf(entry.name) / 8) * 8;
    if (at + length > size) break;
    put(view, bytes, at, entry, file.offset + taken + 1, length);
    at += length;
    taken++;
  }
  if (taken === 0) return entries.length === 0 ? 0 : -EINVAL;
  if (!call.memory.write(call.word(1), bytes.subarray(0, at))) return -EFAULT;
  file.offset += taken;
  return at;
}

function syncWith(dataOnly: boolean) {
  return (call: Call): MaybeBlocking<number> => {
    const file = call.file(0);
    if (typeof file === 'number') return file;
    if ((file.statusFlags & OPEN.PATH) !== 0) return -EBADF;
    return call.hold(file).sync(dataOnly);
  };
}

function* sync(call: Call): Blocking<number> {
  const { descriptors } = call.process;
  for (const descriptor of [...descriptors.numbers()]) {
    const file = descriptors.get(descriptor);
    if (file instanceof RegularFile && file.writable) yield* settle(call.hold(file).sync(false));
  }
  return 0;
}

function* ftruncate(call: Call): Blocking<number> {
  const size = call.long(1);
  if (size < 0) return -EINVAL;
  const file = call.file(0);
  if (typeof file === 'number') return file;
  if (!file.writable) return -EINVAL;
  return yield* settle(call.hold(file).truncate(size));
}

/** fallocate can grow a file; it can't punch holes or keep the size, which backends do not offer. */
function* fallocate(call: Call): Blocking<number> {
  const file = writable(call, 0);
  if (typeof file === 'number') return file;
  const offset = call.long(2);
  const length = call.long(3);
  if (offset < 0 || length <= 0) return -EINVAL;
  if (!(file instanceof RegularFile)) return file.seekable ? -ERRNO.ENODEV : -ERRNO.ESPIPE;
  if (call.integer(1) !== 0) return -ERRNO.EOPNOTSUPP;
  call.hold(file);
  const status = yield* settle(file.status());
  if (typeof status === 'number') return status;
  return offset + length > status.size ? yield* settle(file.truncate(offset + length)) : 0;
}

/** Advice about future access changes nothing here, but the descriptor must be one that can take it. */
function fadvise64(call: Call): number {
  const file = call.file(0);
  if (typeof file === 'number') return file;
  if (file instanceof PipeEnd) return -ERRNO.ESPIPE;
  const advice = call.integer(3);
  return advice >= 0 && advice <= 5 ? 0 : -EINVAL;
}

function readahead(call: Call): number {
  const file = readable(call, 0);
  if (typeof file === 'number') return file;
  return file instanceof RegularFile ? 0 : -EINVAL;
}

export const descriptorCalls = {
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
    note: 'RWF_NOWAIT and RWF_HIPRI are taken as hints.',
    arguments: ['descriptor', 'vector', 'integer', 'long', 'long', 'hex'],
    handler: preadv2,
  },
  pwritev2: {
    support: 'partial',
    note: 'RWF_APPEND and RWF_NOWAIT are taken as hints.',
    arguments: ['descriptor', 'vector-in', 'integer', 'long', 'long', 'hex'],
    handler: pwritev2,
  },
  lseek: {
    support: 'partial',
    note: 'SEEK_DATA and SEEK_HOLE see a file as all data.',
    arguments: ['descriptor', 'long', 'whence'],
    handler: lseek,
  },
  sendfile: { support: 'full', arguments: ['descriptor', 'descriptor', 'address', 'size'], handler: sendfile },
  copy_file_range: {
    support: 'full',
    arguments: ['descriptor', 'address', 'descriptor', 'address', 'size', 'hex'],
    handler: copyFileRange,
  },
  splice: {
    support: 'partial',
    note: 'Copies; SPLICE_F flags are hints.',
    arguments: ['descriptor', 'address', 'descriptor', 'address', 'size', 'hex'],
    handler: splice,
  },
  close: { support: 'full', arguments: ['descriptor'], handler: close },
  close_range: { support: 'full', arguments: ['unsigned', 'unsigned', 'hex'], handler: closeRange },
  dup: { support: 'full', arguments: ['descriptor'], handler: dup },
  dup2: { support: 'full', arguments: ['descriptor', 'integer'], handler: dup2 },
  dup3: { support: 'full', arguments: ['descriptor', 'integer', 'open-flags'], handler: dup3 },
  fcntl: {
    support: 'partial',
    note: 'Descriptor and status flags, duplication, record locks (within the domain), pipe sizes. No leases, no signal-driven I/O; seals are accepted and not kept.',
    arguments: ['descriptor', 'fcntl-command', 'hex'],
    handler: fcntl,
  },
  flock: {
    support: 'full',
    note: 'Orders the processes of one domain.',
    arguments: ['descriptor', 'hex'],
    handler: flock,
  },
  ioctl: {
    support: 'partial',
    note: 'Terminal attributes, window size and process group on consoles; FIONREAD, FIONBIO, FIOCLEX. ENOTTY for what is no terminal.',
    arguments: ['descriptor', 'ioctl-request', 'address'],
    handler: ioctl,
  },
  pipe: { support: 'full', arguments: ['descriptor-pair'], handler: pipe },
  pipe2: { support: 'full', arguments: ['descriptor-pair', 'open-flags'], handler: pipe2 },
  eventfd: { support: 'full', arguments: ['unsigned'], handler: eventfd },
  eventfd2: { support: 'full', arguments: ['unsigned', 'open-flags'], handler: eventfd2 },
  getdents: { support: 'full', arguments: ['descriptor', 'address', 'size'], handler: getdents },
  getdents64: { support: 'full', arguments: ['descriptor', 'address', 'size'], handler: getdents64 },
  fsync: { support: 'full', arguments: ['descriptor'], handler: syncWith(false) },
  fdatasync: { support: 'full', arguments: ['descriptor'], handler: syncWith(true) },
  syncfs: { support: 'partial', note: 'Syncs the one file.', arguments: ['descriptor'], handler: syncWith(false) },
  sync_file_range: {
    support: 'partial',
    note: 'Syncs the whole file.',
    arguments: ['descriptor', 'long', 'long', 'hex'],
    handler: syncWith(true),
  },
  sync: { support: 'full', arguments: [], note: 'Syncs every file the process has open for writing.', handler: sync },
  ftruncate: { support: 'full', arguments: ['descriptor', 'long'], handler: ftruncate },
  fallocate: {
    support: 'partial',
    note: 'Mode 0 only: grows a file.',
    arguments: ['descriptor', 'hex', 'long', 'long'],
    handler: fallocate,
  },
  fadvise64: { support: 'full', arguments: ['descriptor', 'long', 'long', 'integer'], handler: fadvise64 },
  readahead: { support: 'full', arguments: ['descriptor', 'long', 'size'], handler: readahead },
} as const satisfies Record<string, CallRow>;
