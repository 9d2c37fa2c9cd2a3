// Asynchronous I/O: io_setup, io_submit, io_getevents and their like (io_submit(2), fs/aio.c). Requests of files are done when they are
// submitted, as Linux does those of buffered files.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { EventCounter } from '../files/event-counter.ts';
import { type Completion, IoContext, MOST_REQUESTS } from '../files/io-context.ts';
import type { OpenFile } from '../files/open-file.ts';
import { RegularFile } from '../files/regular-file.ts';
import type { Span } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { MAX_TRANSFER } from '../linux/file-flags.ts';
import { PAGE, PROT } from '../linux/memory-flags.ts';
import { readTimespec } from '../time/timespec.ts';
import { type Blocking, settle, waitForChange } from '../waiting.ts';
import { deadlineAfter, maskAt } from './polling-calls.ts';
import { transferIn, transferOut, withinSizeLimit } from './transfer.ts';

const { EAGAIN, EBADF, EFAULT, EINTR, EINVAL } = ERRNO;

/** More completions than this need a ring that is refused as too large (fs/aio.c, ioctx_alloc). */
const MOST_EVENTS = 1 << 22;
const IOCB_SIZE = 64;
const EVENT_SIZE = 32;
/** `aio_flags`: the request's end is told to an eventfd as well; it has a priority, which changes nothing here. */
const IOCB_FLAG = { RESFD: 1, IOPRIO: 2 } as const;
const OPERATION = { PREAD: 0, PWRITE: 1, FSYNC: 2, FDSYNC: 3, PREADV: 7, PWRITEV: 8 } as const;

function ioSetup(call: Call): number {
  const { ioContexts, space } = call.process;
  const asked = call.unsigned(0);
  const known = call.memory.uint64(call.word(1));
  if (known === undefined) return -EFAULT;
  if (known !== 0n || asked === 0 || asked > MOST_EVENTS) return -EINVAL;
  let taken = 0;
  for (const context of ioContexts.values()) taken += context.asked;
  if (taken + asked > MOST_REQUESTS) return -EAGAIN;
  // Libraries look for a ring at the context's address: this page is none, so they make the calls.
  const page = space.map.place(PAGE);
  if (page === undefined) return -ERRNO.ENOMEM;
  const failed = space.mapAnonymous(page, PAGE, PROT.READ | PROT.WRITE, false, '/[aio] (deleted)');
  if (failed < 0) return failed;
  if (!call.memory.putUint64(call.word(1), BigInt(page))) {
    space.unmap(page, PAGE);
    return -EFAULT;
  }
  ioContexts.set(page, new IoContext(asked));
  return 0;
}

function contextAt(call: Call): IoContext | number {
  return call.process.ioContexts.get(call.word(0)) ?? -EINVAL;
}

function ioDestroy(call: Call): number {
  const context = contextAt(call);
  if (typeof context === 'number') return context;
  call.process.ioContexts.delete(call.word(0));
  context.destroy();
  return Math.min(0, call.process.space.unmap(call.word(0), PAGE));
}

/** struct iocb, as far as it is used. */
interface Request {
  readonly at: number;
  readonly data: bigint;
  readonly operation: number;
  readonly file: OpenFile;
  readonly address: number;
  readonly length: number;
  readonly position: number;
  readonly told: EventCounter | undefined;
}

function requestAt(call: Call, at: number): Request | number {
  const view = call.memory.view(at, IOCB_SIZE);
  if (view === undefined) return -EFAULT;
  const word = (offset: number): number => Number(view.getBigUint64(offset, true));
  const position = Number(view.getBigInt64(40, true));
  const flags = view.getUint32(56, true);
  if (word(48) !== 0 || view.getBigInt64(32, true) < 0n) return -EINVAL;
  const { descriptors } = call.process;
  const file = descriptors.get(view.getUint32(20, true) | 0);
  if (file === undefined) return -EBADF;
  let told: EventCounter | undefined;
  if ((flags & IOCB_FLAG.RESFD) !== 0) {
    const counter = descriptors.get(view.getUint32(60, true) | 0);
    if (counter === undefined) return -EBADF;
    if (!(counter instanceof EventCounter)) return -EINVAL;
    told = counter;
  }
  if ((flags & ~(IOCB_FLAG.RESFD | IOCB_FLAG.IOPRIO)) !== 0) return -EINVAL;
  const operation = view.getUint16(16, true);
  return { at, data: view.getBigUint64(0, true), operation, file, address: word(24), length: word(32), position, told };
}

/** What a request asks to be done; minus an error number when it can't be asked for. */
function begun(call: Call, request: Request): (() => Blocking<number>) | number {
  const { operation, file, address, length, position } = request;
  const { PREAD, PWRITE, FSYNC, FDSYNC, PREADV, PWRITEV } = OPERATION;
  switch (operation) {
    case FSYNC:
    case FDSYNC:
      return file instanceof RegularFile ? () => settle(file.sync(operation === FDSYNC)) : -EINVAL;
    case PREAD:
    case PREADV:
    case PWRITE:
    case PWRITEV: {
      const reads = operation === PREAD || operation === PREADV;
      if (!(reads ? file.readable : file.writable)) return -EBADF;
      if (!(file instanceof RegularFile) || position < 0) return -EINVAL;
      const spans =
        operation === PREAD || operation === PWRITE
          ? single(call, address, length)
          : call.memory.spans(address, length);
      if (typeof spans === 'number') return spans;
      return () => (reads ? readInto(call, file, spans, position) : writeFrom(call, file, spans, position));
    }
    default:
      return -EINVAL;
  }
}

function single(call: Call, address: number, length: number): readonly Span[] | number {
  const most = Math.min(length, MAX_TRANSFER);
  return call.memory.inUserRange(address, most) ? [{ address, length: most }] : -EFAULT;
}

function* readInto(call: Call, file: RegularFile, spans: readonly Span[], position: number): Blocking<number> {
  let done = 0;
  for (const span of spans) {
    const got = yield* settle(transferIn(call, file, span, span.length, position + done));
    if (got < 0) return done > 0 ? done : got;
    done += got;
    if (got < span.length) break;
  }
  return done;
}

function* writeFrom(call: Call, file: RegularFile, spans: readonly Span[], position: number): Blocking<number> {
  const data = call.memory.gather(spans);
  if (typeof data === 'number') return data;
  return withinSizeLimit(call, file, data, position) ?? (yield* settle(transferOut(call, file, data, position)));
}

function* ioSubmit(call: Call): Blocking<number> {
  const context = contextAt(call);
  if (typeof context === 'number') return context;
  const count = call.long(1);
  if (count < 0) return -EINVAL;
  const submitted = Math.min(count, context.capacity);
  for (let index = 0; index < submitted; index++) {
    const refused = yield* submit(call, context, call.word(2) + index * 8);
    if (refused < 0) return index > 0 ? index : refused;
  }
  return submitted;
}

function* submit(call: Call, context: IoContext, pointer: number): Blocking<number> {
  const at = call.memory.word(pointer);
  if (at === undefined) return -EFAULT;
  if (context.untold >= context.capacity) return -EAGAIN;
  const request = requestAt(call, at);
  if (typeof request === 'number') return request;
  const work = begun(call, request);
  if (typeof work === 'number') return work;
  // The key that io_cancel asks for.
  if (!call.memory.putUint32(at + 8, 0)) return -EFAULT;
  call.hold(request.file);
  if (request.told !== undefined) call.hold(request.told);
  const result = yield* work();
  context.complete({ data: request.data, request: request.at, result });
  if (request.told !== undefined) yield* request.told.write(ONE);
  return 0;
}

const ONE = Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0);

function* ioGetevents(call: Call): Blocking<number> {
  let spanNs: number | undefined;
  if (call.word(4) !== 0) {
    const span = readTimespec(call.memory, call.word(4));
    if (typeof span === 'number') return span;
    spanNs = Number(span);
  }
  const context = contextAt(call);
  if (typeof context === 'number') return context;
  const [least, most] = [call.long(1), call.long(2)];
  if (least < 0 || most < 0 || least > most) return -EINVAL;
  const deadlineNs = deadlineAfter(call, spanNs);
  while (context.untold < least && spanNs !== 0) {
    const reason = yield waitForChange([context.changed], deadlineNs);
    if (context.destroyed) return -EINVAL;
    if (context.untold >= least || reason === 'deadline') break;
    if (reason === 'interrupted') return context.untold > 0 ? tell(call, context, most) : -EINTR;
  }
  return tell(call, context, most);
}

function tell(call: Call, context: IoContext, most: number): number {
  const completions = context.take(most);
  const bytes = new Uint8Array(completions.length * EVENT_SIZE);
  const view = new DataView(bytes.buffer);
  completions.forEach(({ data, request, result }: Completion, index) => {
    view.setBigUint64(index * EVENT_SIZE, data, true);
    view.setBigUint64(index * EVENT_SIZE + 8, BigInt(request), true);
    view.setBigInt64(index * EVENT_SIZE + 16, BigInt(result), true);
  });
  return call.memory.write(call.word(3), bytes) ? completions.length : -EFAULT;
}

/** The mask is behind a pointer to its address and size, as pselect6 has it. */
function* ioPgetevents(call: Call): Blocking<number> {
  const argument = call.word(5);
  if (argument !== 0) {
    const view = call.memory.view(argument, 16);
    if (view === undefined) return -EFAULT;
    const masked = maskAt(call, Number(view.getBigUint64(0, true)), Number(view.getBigUint64(8, true)));
    if (masked < 0) return masked;
  }
  return yield* ioGetevents(call);
}

/** There is never a request under way: it was done when it was submitted. */
function ioCancel(call: Call): number {
  if (call.memory.uint32(call.word(1) + 8) === undefined) return -EFAULT;
  return -EINVAL;
}

const NOTE = 'Requests of regular files, done when they are submitted, as Linux does those of buffered files.';

export const asynchronousIoCalls = {
  io_setup: { support: 'full', arguments: ['unsigned', 'address'], handler: ioSetup },
  io_destroy: { support: 'full', arguments: ['address'], handler: ioDestroy },
  io_submit: { support: 'partial', note: NOTE, arguments: ['address', 'long', 'address'], handler: ioSubmit },
  io_getevents: {
    support: 'full',
    arguments: ['address', 'long', 'long', 'address', 'timespec'],
    handler: ioGetevents,
  },
  io_pgetevents: {
    support: 'full',
    arguments: ['address', 'long', 'long', 'address', 'timespec', 'address'],
    handler: ioPgetevents,
  },
  io_cancel: {
    support: 'partial',
    note: 'No request is ever under way.',
    arguments: ['address', 'address', 'address'],
    handler: ioCancel,
  },
} satisfies Record<string, CallRow>;
