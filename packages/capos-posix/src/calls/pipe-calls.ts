// Pipes and event counters.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { EventCounter } from '../files/event-counter.ts';
import { Pipe } from '../files/pipe.ts';
import { ERRNO } from '../linux/errno.ts';
import { OPEN } from '../linux/file-flags.ts';

const { EFAULT, EINVAL } = ERRNO;

function makePipe(call: Call, flags: number): number {
  if ((flags & ~(OPEN.CLOEXEC | OPEN.NONBLOCK | OPEN.DIRECT)) !== 0) return -EINVAL;
  const { descriptors, domain } = call.process;
  const { reader, writer } = new Pipe(domain.inodes.take('pipe')).open(flags & OPEN.NONBLOCK);
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

export const pipeCalls = {
  pipe: { support: 'full', arguments: ['descriptor-pair'], handler: pipe },
  pipe2: { support: 'full', arguments: ['descriptor-pair', 'open-flags'], handler: pipe2 },
  eventfd: { support: 'full', arguments: ['unsigned'], handler: eventfd },
  eventfd2: { support: 'full', arguments: ['unsigned', 'open-flags'], handler: eventfd2 },
} as const satisfies Record<string, CallRow>;
