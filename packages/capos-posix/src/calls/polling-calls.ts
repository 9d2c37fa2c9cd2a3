// Polling calls: poll, select, epoll — three shapes over one readiness engine.
//
//   readiness() of every file ──none──▶ wait on their change queues, or the deadline, or a signal ──▶ look again

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { EpollFile } from '../files/epoll-file.ts';
import type { OpenFile } from '../files/open-file.ts';
import { ERRNO, RESTART } from '../linux/errno.ts';
import { OPEN, POLL } from '../linux/file-flags.ts';
import { readTimespec, readTimeval, writeTimespec, writeTimeval } from '../time/timespec.ts';
import { type Blocking, type WaitQueue, waitForChange } from '../waiting.ts';

const { EBADF, EFAULT, EINVAL } = ERRNO;

/** A deadline on the monotonic clock; undefined waits for ever. Without a Timer only "now" and "for ever" exist. */
export function deadlineAfter(call: Call, spanNs: number | undefined): number | undefined {
  if (spanNs === undefined) return undefined;
  return call.process.clocks.monotonicOrZero() + spanNs;
}

/**
 * Looks, and waits while `look` finds nothing. The answer is what it found, 0 at the deadline, or how to restart.
 * `polls`: the wait is zero long, so nobody waits at all.
 */
function* until(
  files: readonly OpenFile[],
  deadlineNs: number | undefined,
  polls: boolean,
  look: () => number,
): Blocking<number> {
  for (;;) {
    const found = look();
    if (found !== 0 || polls) return found;
    for (const file of files) file.prepareToWait();
    // What has just been started may be there already.
    const now = look();
    if (now !== 0) return now;
    const queues: WaitQueue[] = files.map((file) => file.changed);
    const reason = yield waitForChange(queues, deadlineNs);
    if (reason === 'deadline') return look();
    if (reason === 'interrupted') return look() || RESTART.UNLESS_HANDLED;
  }
}

// ── poll ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** struct pollfd: descriptor 0, events 4, revents 6. */
function* pollWith(call: Call, spanNs: number | undefined): Blocking<number> {
  const count = call.unsigned(1);
  if (count > call.process.descriptors.limit) return -EINVAL;
  const address = call.word(0);
  const view = call.memory.view(address, count * 8);
  if (view === undefined) return -EFAULT;
  const watched: { readonly index: number; readonly file: OpenFile; readonly events: number }[] = [];
  let invalid = 0;
  for (let index = 0; index < count; index++) {
    view.setUint16(index * 8 + 6, 0, true);
    const descriptor = view.getInt32(index * 8, true);
    if (descriptor < 0) continue;
    const file = call.process.descriptors.get(descriptor);
    if (file === undefined) {
      view.setUint16(index * 8 + 6, POLL.NVAL, true);
      invalid++;
    } else {
      watched.push({ index, file: call.hold(file), events: view.getUint16(index * 8 + 4, true) | POLL.ERR | POLL.HUP });
    }
  }
  const look = (): number => {
    let ready = invalid;
    for (const { index, file, events } of watched) {
      const found = file.readiness() & events;
      view.setUint16(index * 8 + 6, found, true);
      if (found !== 0) ready++;
    }
    return ready;
  };
  const files = watched.map(({ file }) => file);
  const answer = yield* until(files, deadlineAfter(call, spanNs), spanNs === 0, look);
  if (answer < 0) return answer;
  return call.memory.write(address, new Uint8Array(view.buffer, view.byteOffset, count * 8)) ? answer : -EFAULT;
}

function poll(call: Call): Blocking<number> {
  const timeout = call.integer(2);
  return pollWith(call, timeout < 0 ? undefined : timeout * 1e6);
}

function* ppoll(call: Call): Blocking<number> {
  const timeout = call.word(2);
  let spanNs: number | undefined;
  if (timeout !== 0) {
    const span = readTimespec(call.memory, timeout);
    if (typeof span === 'number') return span;
    spanNs = Number(span);
  }
  const masked = maskAt(call, call.word(3), call.word(4));
  if (masked < 0) return masked;
  const deadline = deadlineAfter(call, spanNs);
  const answer = yield* pollWith(call, spanNs);
  // Linux tells what is left of the time; libraries hide it.
  if (deadline !== undefined) {
    const left = Math.max(0, deadline - call.process.clocks.monotonicOrZero());
    writeTimespec(call.memory, timeout, BigInt(Math.ceil(left)));
  }
  return answer;
}

/** Replaces the signal mask for the time of the call. */
export function maskAt(call: Call, address: number, size: number): number {
  if (address === 0) return 0;
  if (size !== 8) return -EINVAL;
  const set = call.memory.uint64(address);
  if (set === undefined) return -EFAULT;
  call.thread.maskForCall(set);
  return 0;
}

// ── select ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What makes a descriptor count in each of the three sets (select(2), "Correspondence between select() and poll()"). */
const SELECT_SETS = [
  POLL.RDNORM | POLL.RDBAND | POLL.IN | POLL.HUP | POLL.ERR,
  POLL.WRBAND | POLL.WRNORM | POLL.OUT | POLL.ERR,
  POLL.PRI,
] as const;

function* selectWith(call: Call, spanNs: number | undefined): Blocking<number> {
  const count = Math.min(call.integer(0), call.process.descriptors.limit);
  if (count < 0) return -EINVAL;
  const bytes = Math.ceil(count / 64) * 8;
  const addresses = [call.word(1), call.word(2), call.word(3)];
  const wanted: (Uint8Array | undefined)[] = [];
  for (const address of addresses) {
    const set = address === 0 ? undefined : call.memory.bytes(address, bytes);
    if (address !== 0 && set === undefined) return -EFAULT;
    wanted.push(set);
  }
  const watched: { readonly descriptor: number; readonly file: OpenFile }[] = [];
  for (let descriptor = 0; descriptor < count; descriptor++) {
    if (!wanted.some((set) => has(set, descriptor))) continue;
    const file = call.process.descriptors.get(descriptor);
    if (file === undefined) return -EBADF;
    watched.push({ descriptor, file: call.hold(file) });
  }
  const found = wanted.map((set) => set && new Uint8Array(set.length));
  const look = (): number => {
    let ready = 0;
    for (const set of found) set?.fill(0);
    for (const { descriptor, file } of watched) {
      const readiness = file.readiness();
      for (const [index, mask] of SELECT_SETS.entries()) {
        const into = found[index];
        if (into === undefined || !has(wanted[index], descriptor) || (readiness & mask) === 0) continue;
        into[descriptor >> 3]! |= 1 << (descriptor & 7);
        ready++;
      }
    }
    return ready;
  };
  const files = watched.map(({ file }) => file);
  const answer = yield* until(files, deadlineAfter(call, spanNs), spanNs === 0, look);
  if (answer < 0) return answer;
  for (const [index, set] of found.entries())
    if (set !== undefined && !call.memory.write(addresses[index]!, set)) return -EFAULT;
  return answer;
}

function has(set: Uint8Array | undefined, descriptor: number): boolean {
  return set !== undefined && ((set[descriptor >> 3] ?? 0) & (1 << (descriptor & 7))) !== 0;
}

/** personality(2): STICKY_TIMEOUTS has nobody be told how much time is left. */
function keepsTimeouts({ process }: Call): boolean {
  return (process.attributes.persona & STICKY_TIMEOUTS) !== 0;
}
const STICKY_TIMEOUTS = 0x400_0000;

function* select(call: Call): Blocking<number> {
  const timeout = call.word(4);
  if (timeout === 0) return yield* selectWith(call, undefined);
  const span = readTimeval(call.memory, timeout);
  if (typeof span === 'number') return span;
  const deadline = deadlineAfter(call, Number(span))!;
  const answer = yield* selectWith(call, Number(span));
  if (keepsTimeouts(call)) return answer;
  const left = Math.max(0, deadline - call.process.clocks.monotonicOrZero());
  writeTimeval(call.memory, timeout, BigInt(Math.trunc(left)));
  return answer;
}

/** pselect6's last argument points to a mask and its size. */
function* pselect6(call: Call): Blocking<number> {
  const timeout = call.word(4);
  let spanNs: number | undefined;
  if (timeout !== 0) {
    const span = readTimespec(call.memory, timeout);
    if (typeof span === 'number') return span;
    spanNs = Number(span);
  }
  const argument = call.word(5);
  if (argument !== 0) {
    const address = call.memory.word(argument);
    const size = call.memory.word(argument + 8);
    if (address === undefined || size === undefined) return -EFAULT;
    const masked = maskAt(call, address, size);
    if (masked < 0) return masked;
  }
  const deadline = deadlineAfter(call, spanNs);
  const answer = yield* selectWith(call, spanNs);
  if (deadline !== undefined && !keepsTimeouts(call)) {
    const left = Math.max(0, deadline - call.process.clocks.monotonicOrZero());
    writeTimespec(call.memory, timeout, BigInt(Math.ceil(left)));
  }
  return answer;
}

// ── epoll ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

function makeEpoll(call: Call, flags: number): number {
  const file = new EpollFile(OPEN.RDWR).retain();
  const descriptor = call.process.descriptors.add(file, (flags & OPEN.CLOEXEC) !== 0);
  file.release();
  return descriptor;
}

function epollCreate(call: Call): number {
  return call.integer(0) <= 0 ? -EINVAL : makeEpoll(call, 0);
}

function epollCreate1(call: Call): number {
  const flags = call.integer(0);
  return (flags & ~OPEN.CLOEXEC) !== 0 ? -EINVAL : makeEpoll(call, flags);
}

function epollAt(call: Call): EpollFile | number {
  const file = call.file(0);
  if (typeof file === 'number') return file;
  return file instanceof EpollFile ? file : -EINVAL;
}

/** struct epoll_event, packed: events 0, data 4; 12 bytes. */
function epollCtl(call: Call): number {
  const target = call.process.descriptors.get(call.integer(2));
  const operation = call.integer(1);
  let events = 0;
  let data = 0n;
  if (operation !== 2) {
    const view = call.memory.view(call.word(3), 12);
    if (view === undefined) return -EFAULT;
    events = view.getUint32(0, true);
    data = view.getBigUint64(4, true);
  }
  const file = call.file(0);
  if (typeof file === 'number') return file;
  if (target === undefined || (target.statusFlags & OPEN.PATH) !== 0) return -EBADF;
  if (!(file instanceof EpollFile)) return -EINVAL;
  const descriptor = call.integer(2);
  switch (operation) {
    case 1:
      return file.add(descriptor, target, events, data);
    case 2:
      return file.remove(descriptor, target);
    case 3:
      return file.modify(descriptor, target, events, data);
    default:
      return -EINVAL;
  }
}

function* epollWaitFor(call: Call, spanNs: number | undefined): Blocking<number> {
  const limit = call.integer(2);
  const address = call.word(1);
  if (limit <= 0 || limit > 0x0aaa_aaaa) return -EINVAL;
  if (!call.memory.inUserRange(address, limit * 12)) return -EFAULT;
  const file = epollAt(call);
  if (typeof file === 'number') return file;
  call.hold(file);
  const deadlineNs = deadlineAfter(call, spanNs);
  for (;;) {
    const events = file.collect(limit);
    if (events.length > 0) {
      const bytes = new Uint8Array(events.length * 12);
      const view = new DataView(bytes.buffer);
      for (const [index, event] of events.entries()) {
        view.setUint32(index * 12, event.events, true);
        view.setBigUint64(index * 12 + 4, event.data, true);
      }
      return call.memory.write(address, bytes) ? events.length : -EFAULT;
    }
    if (spanNs === 0) return 0;
    file.prepareToWait();
    if (file.readiness() !== 0) continue;
    const reason = yield waitForChange([file.changed], deadlineNs);
    if (reason === 'interrupted' && file.readiness() === 0) return -ERRNO.EINTR;
    if (reason === 'deadline' && file.readiness() === 0) return 0;
  }
}

function epollWait(call: Call): Blocking<number> {
  const timeout = call.integer(3);
  return epollWaitFor(call, timeout < 0 ? undefined : timeout * 1e6);
}

function* epollPwait(call: Call): Blocking<number> {
  const masked = maskAt(call, call.word(4), call.word(5));
  if (masked < 0) return masked;
  return yield* epollWait(call);
}

function* epollPwait2(call: Call): Blocking<number> {
  let spanNs: number | undefined;
  if (call.word(3) !== 0) {
    const span = readTimespec(call.memory, call.word(3));
    if (typeof span === 'number') return span;
    spanNs = Number(span);
  }
  const masked = maskAt(call, call.word(4), call.word(5));
  if (masked < 0) return masked;
  return yield* epollWaitFor(call, spanNs);
}

export const pollingCalls = {
  poll: { support: 'full', arguments: ['poll-descriptors', 'unsigned', 'integer'], handler: poll },
  ppoll: {
    support: 'full',
    arguments: ['poll-descriptors', 'unsigned', 'timespec', 'signal-set', 'size'],
    handler: ppoll,
  },
  select: { support: 'full', arguments: ['integer', 'address', 'address', 'address', 'address'], handler: select },
  pselect6: {
    support: 'full',
    arguments: ['integer', 'address', 'address', 'address', 'timespec', 'address'],
    handler: pselect6,
  },
  epoll_create: { support: 'full', arguments: ['integer'], handler: epollCreate },
  epoll_create1: { support: 'full', arguments: ['open-flags'], handler: epollCreate1 },
  epoll_ctl: {
    support: 'full',
    arguments: ['descriptor', 'epoll-operation', 'descriptor', 'epoll-event'],
    handler: epollCtl,
  },
  epoll_wait: { support: 'full', arguments: ['descriptor', 'address', 'integer', 'integer'], handler: epollWait },
  epoll_pwait: {
    support: 'full',
    arguments: ['descriptor', 'address', 'integer', 'integer', 'signal-set', 'size'],
    handler: epollPwait,
  },
  epoll_pwait2: {
    support: 'full',
    arguments: ['descriptor', 'address', 'integer', 'timespec', 'signal-set', 'size'],
    handler: epollPwait2,
  },
} as const satisfies Record<string, CallRow>;
