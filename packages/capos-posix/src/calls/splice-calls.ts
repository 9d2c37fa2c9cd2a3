// Bytes of pipes moved without passing through the program: splice, tee, vmsplice.
//
//   splice     pipe ─▶ anything      what the other side does not take stays in the pipe
//              anything ─▶ pipe      no more is read than the pipe has room for
//   tee        pipe ─▶ pipe          and they stay in the first
//   vmsplice   memory ─▶ pipe, or pipe ─▶ memory: copied, so that what the program changes afterwards is not seen

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { DirectoryFile } from '../files/directory-file.ts';
import type { OpenFile } from '../files/open-file.ts';
import { PipeEnd } from '../files/pipe.ts';
import type { Span } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { OPEN } from '../linux/file-flags.ts';
import { type Blocking, settle } from '../waiting.ts';
import { offsetAt, type Position, tellMoved } from './copy-calls.ts';
import { brokenPipe, readable, writable } from './transfer.ts';

const { EBADF, EFAULT, EINVAL, EPIPE, ESPIPE } = ERRNO;

const SPLICE = { MOVE: 1, NONBLOCK: 2, MORE: 4, GIFT: 8, ALL: 15 } as const;
/** Bytes moved between two looks at both sides. */
const PART = 1_048_576;

/** The errno of a side that was waited for, as the call answers it. */
function refusal(call: Call, errno: number): number {
  return errno === -EPIPE ? brokenPipe(call) : errno;
}

/** From a pipe to whatever it is: one part, of which the pipe keeps what was not taken. */
function* outOfPipe(
  call: Call,
  from: PipeEnd,
  to: OpenFile,
  length: number,
  position: Position,
  nonBlocking: boolean,
): Blocking<number> {
  const filled = yield* from.untilFilled(nonBlocking);
  if (filled < 0) return filled;
  let most = Math.min(length, PART);
  if (to instanceof PipeEnd) {
    const room = yield* to.untilRoom(nonBlocking);
    if (room < 0) return refusal(call, room);
    most = Math.min(most, to.pipe.capacity - to.pipe.length);
  }
  const wrote = yield* settle(to.write(from.pipe.peek(most).slice(), position));
  if (wrote > 0) from.drop(wrote);
  return refusal(call, wrote);
}

/** From whatever it is into a pipe: one part, no more than there is room for. */
function* intoPipe(
  call: Call,
  from: OpenFile,
  to: PipeEnd,
  length: number,
  position: Position,
  nonBlocking: boolean,
): Blocking<number> {
  const room = yield* to.untilRoom(nonBlocking);
  if (room < 0) return refusal(call, room);
  const most = Math.min(length, PART, to.pipe.capacity - to.pipe.length);
  const got = yield* settle(from.read(most, position));
  if (typeof got === 'number') return got;
  return got.length === 0 ? 0 : refusal(call, yield* settle(to.write(got.slice())));
}

function* splice(call: Call): Blocking<number> {
  const flags = call.unsigned(5);
  const length = call.word(4);
  if (length === 0) return 0;
  if ((flags & ~SPLICE.ALL) !== 0) return -EINVAL;
  const from = readable(call, 0);
  if (typeof from === 'number') return from;
  const to = writable(call, 2);
  if (typeof to === 'number') return to;
  const fromPipe = from instanceof PipeEnd;
  const toPipe = to instanceof PipeEnd;
  if ((fromPipe && call.word(1) !== 0) || (toPipe && call.word(3) !== 0)) return -ESPIPE;
  if (!fromPipe && !toPipe) return -EINVAL;
  if (fromPipe && toPipe && from.pipe === to.pipe) return -EINVAL;
  const other = fromPipe ? to : from;
  const at = offsetAt(call, call.word(fromPipe ? 3 : 1));
  if (at === 'fault') return -EFAULT;
  if (at !== undefined && !other.seekable && !(other instanceof PipeEnd)) return -EINVAL;
  if (at !== undefined && at < 0) return -EINVAL;
  if (other instanceof DirectoryFile || (fromPipe && (to.statusFlags & OPEN.APPEND) !== 0)) return -EINVAL;
  call.hold(from);
  call.hold(to);
  const bothPipes = fromPipe && toPipe && (from.nonBlocking || to.nonBlocking);
  const nonBlocking = (flags & SPLICE.NONBLOCK) !== 0 || bothPipes;
  const moved = fromPipe
    ? yield* outOfPipe(call, from, to, length, at, nonBlocking)
    : yield* intoPipe(call, from, to as PipeEnd, length, at, nonBlocking);
  if (moved > 0) tellMoved(from, to);
  const moves = at !== undefined && moved > 0;
  return moves && !call.memory.putUint64(call.word(fromPipe ? 3 : 1), BigInt(at + moved)) ? -EFAULT : moved;
}

function* tee(call: Call): Blocking<number> {
  const flags = call.unsigned(3);
  if ((flags & ~SPLICE.ALL) !== 0) return -EINVAL;
  const length = call.word(2);
  if (length === 0) return 0;
  const from = readable(call, 0);
  if (typeof from === 'number') return from;
  const to = writable(call, 1);
  if (typeof to === 'number') return to;
  if (!(from instanceof PipeEnd) || !(to instanceof PipeEnd) || from.pipe === to.pipe) return -EINVAL;
  call.hold(from);
  call.hold(to);
  const nonBlocking = (flags & SPLICE.NONBLOCK) !== 0 || from.nonBlocking || to.nonBlocking;
  const filled = yield* from.untilFilled(nonBlocking);
  if (filled < 0) return filled;
  const room = yield* to.untilRoom(nonBlocking);
  if (room < 0) return refusal(call, room);
  const most = Math.min(length, to.pipe.capacity - to.pipe.length);
  return yield* settle(to.write(from.pipe.peek(most).slice()));
}

function* vmsplice(call: Call): Blocking<number> {
  const flags = call.unsigned(3);
  if ((flags & ~SPLICE.ALL) !== 0) return -EINVAL;
  const file = call.file(0);
  if (typeof file === 'number') return file;
  if (!(file instanceof PipeEnd)) return -EBADF;
  const spans = call.memory.spans(call.word(1), call.integer(2));
  if (typeof spans === 'number') return spans;
  const length = spans.reduce((total, span) => total + span.length, 0);
  if (length === 0) return 0;
  call.hold(file);
  const nonBlocking = (flags & SPLICE.NONBLOCK) !== 0 || file.nonBlocking;
  return file.writable
    ? yield* memoryToPipe(call, file, spans, nonBlocking)
    : yield* pipeToMemory(call, file, spans, length, nonBlocking);
}

function* memoryToPipe(call: Call, to: PipeEnd, spans: readonly Span[], nonBlocking: boolean): Blocking<number> {
  const data = call.memory.gather(spans);
  if (typeof data === 'number') return data;
  const room = yield* to.untilRoom(nonBlocking);
  if (room < 0) return refusal(call, room);
  // What there is room for: the rest is for the program to offer again.
  const part = data.subarray(0, to.pipe.capacity - to.pipe.length);
  to.pipe.put(part);
  to.pipe.wasFilled();
  return part.length;
}

function* pipeToMemory(
  call: Call,
  from: PipeEnd,
  spans: readonly Span[],
  length: number,
  nonBlocking: boolean,
): Blocking<number> {
  const filled = yield* from.untilFilled(nonBlocking);
  if (filled < 0) return filled;
  const wrote = call.memory.scatter(spans, from.pipe.peek(length).slice());
  if (wrote > 0) from.drop(wrote);
  return wrote;
}

export const spliceCalls = {
  splice: {
    support: 'full',
    arguments: ['descriptor', 'address', 'descriptor', 'address', 'size', 'hex'],
    handler: splice,
  },
  tee: { support: 'full', arguments: ['descriptor', 'descriptor', 'size', 'hex'], handler: tee },
  vmsplice: {
    support: 'partial',
    note: 'Memory is copied at the call: what changes in it later is not seen through the pipe.',
    arguments: ['descriptor', 'vector-in', 'integer', 'hex'],
    handler: vmsplice,
  },
} as const satisfies Record<string, CallRow>;
