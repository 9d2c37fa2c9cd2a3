// Time calls: clocks, sleeping, interval timers, timerfd.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { TimerFile } from '../files/timer-file.ts';
import { callName } from '../linux/call-numbers.ts';
import { ERRNO, RESTART } from '../linux/errno.ts';
import { OPEN } from '../linux/file-flags.ts';
import { SIGNAL } from '../linux/signal-numbers.ts';
import { CLOCK, TIMER_ABSTIME, TIMER_CANCEL_ON_SET } from '../linux/thread-flags.ts';
import { cpuClock, readClock } from '../time/clock-numbers.ts';
import type { RepeatingTimer, TimerSetting } from '../time/interval-timers.ts';
import { readTimespec, readTimeval, writeTimespec, writeTimeval } from '../time/timespec.ts';
import { type Blocking, type MaybeBlocking, settle, WAIT_FOR_SIGNAL, waitUntil } from '../waiting.ts';

const { EFAULT, EINVAL, EPERM } = ERRNO;
const SECOND = 1_000_000_000n;

// ── clocks ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

function clockGettime(call: Call): MaybeBlocking<number> {
  const clock = call.integer(0);
  // The two that programs ask for all the time are answered in whole numbers (bench `clock-gettime`).
  const { clocks } = call.process;
  const { memory } = call;
  const address = call.word(1);
  if (clock === CLOCK.MONOTONIC) {
    const now = clocks.monotonicNs();
    if (now === undefined) return clockMissing(call);
    const whole = Math.floor(now);
    const seconds = Math.floor(whole / 1e9);
    // Not a remainder: that of doubles is a function of the C library.
    return memory.putPair(address, seconds, whole - seconds * 1e9) ? 0 : -EFAULT;
  }
  if (clock === CLOCK.REALTIME) {
    const put = clocks.putRealtime((seconds, nanoseconds) => memory.putPair(address, seconds, nanoseconds));
    if (put !== undefined) return put ? 0 : -EFAULT;
  }
  return clockGettimeSlow(call, clock);
}

function* clockGettimeSlow(call: Call, clock: number): Blocking<number> {
  const now = yield* readClock(clock, call.thread);
  if (typeof now === 'number') return call.process.clocks.granted ? now : clockMissing(call);
  return writeTimespec(call.memory, call.word(1), now) ? 0 : -EFAULT;
}

/** Without a Timer there is no time: every clock is one that is not there. */
function clockMissing(call: Call): number {
  return call.process.refuse(callName(call.number), -EINVAL, { to: 'read the clock' });
}

function knownClock(call: Call, clock: number): boolean {
  return cpuClock(clock, call.thread) !== undefined || (clock >= 0 && clock <= CLOCK.TAI && clock !== 10);
}

function clockGetres(call: Call): number {
  const clock = call.integer(0);
  if (!call.process.clocks.granted) return clockMissing(call);
  if (!knownClock(call, clock)) return -EINVAL;
  if (call.word(1) === 0) return 0;
  const coarse = clock === CLOCK.REALTIME_COARSE || clock === CLOCK.MONOTONIC_COARSE;
  return writeTimespec(call.memory, call.word(1), coarse ? 4_000_000n : 1n) ? 0 : -EFAULT;
}

/** Setting the clock is nobody's here; the structure is looked at first, as on Linux. */
function clockSettime(call: Call): number {
  const clock = call.integer(0);
  if (clock !== CLOCK.REALTIME) return -EINVAL;
  const time = readTimespec(call.memory, call.word(1));
  return typeof time === 'number' ? time : -EPERM;
}

function* gettimeofday(call: Call): Blocking<number> {
  const address = call.word(0);
  if (address !== 0) {
    const now = yield* settle(call.process.clocks.realtimeNs());
    if (typeof now === 'number') return call.process.clocks.granted ? now : clockMissing(call);
    if (!writeTimeval(call.memory, address, now)) return -EFAULT;
  }
  const zone = call.word(1);
  return zone === 0 || call.memory.putUint64(zone, 0n) ? 0 : -EFAULT;
}

function* time(call: Call): Blocking<number> {
  const now = yield* settle(call.process.clocks.realtimeNs());
  if (typeof now === 'number') return call.process.clocks.granted ? now : clockMissing(call);
  const seconds = now / SECOND;
  const address = call.word(0);
  if (address !== 0 && !call.memory.putUint64(address, seconds)) return -EFAULT;
  return Number(seconds);
}

/** Clock ticks of 10 ms, as CLK_TCK says. */
const TICK_NS = 10_000_000;

function times(call: Call): number {
  const { clocks } = call.process;
  const now = clocks.monotonicNs();
  if (now === undefined) return clockMissing(call);
  const address = call.word(0);
  if (address !== 0) {
    const { memory, process } = call;
    const used = [clocks.processorNs(), 0, process.childrenNs, 0];
    for (const [index, value] of used.entries())
      if (!memory.putUint64(address + index * 8, BigInt(Math.floor(value / TICK_NS)))) return -EFAULT;
  }
  return Math.floor(now / TICK_NS);
}

// ── sleeping ───────────────────────────────────────────────────────────────────────────────────────────────────────────

function* nanosleep(call: Call): Blocking<number> {
  const span = readTimespec(call.memory, call.word(0));
  if (typeof span === 'number') return span;
  return yield* sleepFor(call, span, call.word(1));
}

function* sleepFor(call: Call, span: bigint, remainderAddress: number): Blocking<number> {
  const now = call.process.clocks.monotonicNs();
  if (now === undefined) return clockMissing(call);
  const deadlineNs = now + Number(span);
  if ((yield waitUntil(deadlineNs)) !== 'interrupted') return 0;
  const left = deadlineNs - call.process.clocks.monotonicOrZero();
  if (left <= 0) return 0;
  if (remainderAddress !== 0 && !writeTimespec(call.memory, remainderAddress, BigInt(Math.ceil(left)))) return -EFAULT;
  return RESTART.UNLESS_HANDLED;
}

function* clockNanosleep(call: Call): Blocking<number> {
  const clock = call.integer(0);
  if (!knownClock(call, clock)) return -EINVAL;
  if (clock === CLOCK.THREAD_CPUTIME) return -ERRNO.EOPNOTSUPP;
  const span = readTimespec(call.memory, call.word(2));
  if (typeof span === 'number') return span;
  const absolute = (call.integer(1) & TIMER_ABSTIME) !== 0;
  const counts = cpuClock(clock, call.thread);
  if (counts !== undefined) return yield* sleepOnCpuClock(call, counts, Number(span), absolute);
  if (!absolute) return yield* sleepFor(call, span, call.word(3));
  const deadlineNs = yield* monotonicDeadline(call, clock, span);
  if (deadlineNs < 0) return deadlineNs;
  return (yield waitUntil(deadlineNs)) === 'interrupted' ? RESTART.UNLESS_HANDLED : 0;
}

/** How long to sleep at least between two looks at a clock that runs only while somebody runs. */
const CPU_CLOCK_LOOK_NS = 1_000_000;

/** Sleeps until others have used so much processor time. */
function* sleepOnCpuClock(call: Call, counts: () => number, span: number, absolute: boolean): Blocking<number> {
  const { clocks } = call.process;
  if (!clocks.granted) return clockMissing(call);
  const until = absolute ? span : counts() + span;
  for (let left = until - counts(); left > 0; left = until - counts()) {
    const reason = yield waitUntil(clocks.monotonicOrZero() + Math.max(CPU_CLOCK_LOOK_NS, left));
    if (reason !== 'interrupted') continue;
    const remains = until - counts();
    if (remains <= 0) return 0;
    const remainder = call.word(3);
    if (!absolute && remainder !== 0 && !writeTimespec(call.memory, remainder, BigInt(Math.ceil(remains))))
      return -EFAULT;
    return RESTART.UNLESS_HANDLED;
  }
  return 0;
}

/** A point in time of `clock` on the monotonic clock, or an errno. */
function* monotonicDeadline(call: Call, clock: number, time: bigint): Blocking<number> {
  const { clocks } = call.process;
  const now = clocks.monotonicNs();
  const there = yield* readClock(clock, call.thread);
  if (now === undefined) return clockMissing(call);
  if (typeof there === 'number') return there;
  return Math.max(0, now + Number(time - there));
}

function* pause(): Blocking<number> {
  for (;;) if ((yield WAIT_FOR_SIGNAL) === 'interrupted') return RESTART.UNLESS_HANDLED;
}

// ── timers ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

function alarm(call: Call): number {
  const { timers, clocks } = call.process;
  const timer = timers.interval[0]!;
  const left = timer.setting.valueNs;
  const now = clocks.monotonicNs();
  const seconds = call.unsigned(0);
  if (now === undefined) return 0;
  timer.set(seconds === 0 ? 0 : now + seconds * 1e9, 0);
  // Rounded, but never to nothing while something is left.
  return left === 0 ? 0 : Math.max(1, Math.round(left / 1e9));
}

function putItimerval(call: Call, address: number, setting: TimerSetting): boolean {
  const { memory } = call;
  return (
    writeTimeval(memory, address, BigInt(Math.ceil(setting.intervalNs))) &&
    writeTimeval(memory, address + 16, BigInt(Math.ceil(setting.valueNs / 1000) * 1000))
  );
}

function getitimer(call: Call): number {
  const timer = call.process.timers.interval[call.integer(0)];
  if (timer === undefined) return -EINVAL;
  return putItimerval(call, call.word(1), timer.setting) ? 0 : -EFAULT;
}

function setitimer(call: Call): number {
  const timer = call.process.timers.interval[call.integer(0)];
  if (timer === undefined) return -EINVAL;
  const { memory } = call;
  const source = call.word(1);
  const interval = source === 0 ? 0n : readTimeval(memory, source);
  if (typeof interval === 'number') return interval;
  const value = source === 0 ? 0n : readTimeval(memory, source + 16);
  if (typeof value === 'number') return value;
  if (!call.process.clocks.granted) return clockMissing(call);
  const old = call.word(2);
  if (old !== 0 && !putItimerval(call, old, timer.setting)) return -EFAULT;
  timer.set(value === 0n ? 0 : timer.nowNs + Number(value), Number(interval));
  return 0;
}

const SIGEV = { SIGNAL: 0, NONE: 1, THREAD: 2, THREAD_ID: 4 } as const;

/** sigevent: value 0, signal 8, kind 12, thread 16. */
function timerCreate(call: Call): number {
  const clock = call.integer(0);
  const { process, memory } = call;
  if (!process.clocks.granted) return clockMissing(call);
  if (!knownClock(call, clock)) return -EINVAL;
  const event = call.word(1);
  let signal: number = SIGNAL.ALRM;
  let value: bigint | undefined;
  let target: typeof call.thread | undefined;
  if (event !== 0) {
    const view = memory.view(event, 64);
    if (view === undefined) return -EFAULT;
    value = view.getBigUint64(0, true);
    signal = view.getInt32(8, true);
    const kind = view.getInt32(12, true);
    if (kind === SIGEV.THREAD_ID) {
      target = process.threads.get(view.getInt32(16, true));
      if (target === undefined) return -EINVAL;
    } else if (kind !== SIGEV.SIGNAL && kind !== SIGEV.NONE && kind !== SIGEV.THREAD) {
      return -EINVAL;
    }
    if (kind === SIGEV.NONE) signal = 0;
    else if (signal < 1 || signal > SIGNAL.RTMAX) return -EINVAL;
  }
  const id = process.timers.create(clock, signal, value ?? 0n, target, cpuClock(clock, call.thread));
  if (id === undefined) return -ERRNO.EAGAIN;
  if (memory.putUint32(call.word(2), id)) return 0;
  process.timers.delete(id);
  return -EFAULT;
}

function putItimerspec(call: Call, address: number, setting: TimerSetting): boolean {
  const { memory } = call;
  return (
    writeTimespec(memory, address, BigInt(Math.ceil(setting.intervalNs))) &&
    writeTimespec(memory, address + 16, BigInt(Math.ceil(setting.valueNs)))
  );
}

/** The new setting at `address`: interval, and the deadline on the timer's clock (0: disarm), or an errno. */
function* itimerspecAt(
  call: Call,
  address: number,
  clock: number,
  timer: RepeatingTimer,
  absolute: boolean,
): Blocking<{ readonly deadlineNs: number; readonly intervalNs: number } | number> {
  const interval = readTimespec(call.memory, address);
  if (typeof interval === 'number') return interval;
  const value = readTimespec(call.memory, address + 16);
  if (typeof value === 'number') return value;
  if (!call.process.clocks.granted) return clockMissing(call);
  let deadlineNs = value === 0n ? 0 : timer.nowNs + Number(value);
  if (value !== 0n && absolute) {
    deadlineNs = timer.countsProcessorTime ? Number(value) : yield* monotonicDeadline(call, clock, value);
    if (deadlineNs < 0) return deadlineNs;
    deadlineNs = Math.max(1, deadlineNs);
  }
  return { deadlineNs, intervalNs: Number(interval) };
}

function* timerSettime(call: Call): Blocking<number> {
  const created = call.process.timers.get(call.integer(0));
  if (created === undefined) return -EINVAL;
  const absolute = (call.integer(1) & TIMER_ABSTIME) !== 0;
  if (call.word(2) === 0) return -EINVAL;
  const wanted = yield* itimerspecAt(call, call.word(2), created.clock, created.timer, absolute);
  if (typeof wanted === 'number') return wanted;
  const old = call.word(3);
  if (old !== 0 && !putItimerspec(call, old, created.timer.setting)) return -EFAULT;
  created.timer.set(wanted.deadlineNs, wanted.intervalNs);
  return 0;
}

function timerGettime(call: Call): number {
  const created = call.process.timers.get(call.integer(0));
  if (created === undefined) return -EINVAL;
  return putItimerspec(call, call.word(1), created.timer.setting) ? 0 : -EFAULT;
}

function timerGetoverrun(call: Call): number {
  return call.process.timers.get(call.integer(0))?.overrun ?? -EINVAL;
}

function timerDelete(call: Call): number {
  return call.process.timers.delete(call.integer(0)) ? 0 : -EINVAL;
}

function timerfdCreate(call: Call): number {
  const clock = call.integer(0);
  const flags = call.integer(1);
  if ((flags & ~(OPEN.CLOEXEC | OPEN.NONBLOCK)) !== 0) return -EINVAL;
  const clocks: readonly number[] = [CLOCK.REALTIME, CLOCK.MONOTONIC, CLOCK.BOOTTIME];
  if (!call.process.clocks.granted) return clockMissing(call);
  if (!clocks.includes(clock)) return -EINVAL;
  const file = new TimerFile(call.process, clock, OPEN.RDWR | (flags & OPEN.NONBLOCK)).retain();
  const descriptor = call.process.descriptors.add(file, (flags & OPEN.CLOEXEC) !== 0);
  file.release();
  return descriptor;
}

function* timerfdSettime(call: Call): Blocking<number> {
  const flags = call.integer(1);
  if ((flags & ~(TIMER_ABSTIME | TIMER_CANCEL_ON_SET)) !== 0) return -EINVAL;
  const file = call.file(0);
  if (typeof file === 'number') return file;
  if (!(file instanceof TimerFile)) return -EINVAL;
  const wanted = yield* itimerspecAt(call, call.word(2), file.clock, file.timer, (flags & TIMER_ABSTIME) !== 0);
  if (typeof wanted === 'number') return wanted;
  const old = call.word(3);
  if (old !== 0 && !putItimerspec(call, old, file.timer.setting)) return -EFAULT;
  file.set(wanted.deadlineNs, wanted.intervalNs);
  return 0;
}

function timerfdGettime(call: Call): number {
  const file = call.file(0);
  if (typeof file === 'number') return file;
  if (!(file instanceof TimerFile)) return -EINVAL;
  return putItimerspec(call, call.word(1), file.timer.setting) ? 0 : -EFAULT;
}

/** adjtimex and clock_adjtime: reading the state of a clock that nobody disciplines. */
function adjtime(address: number) {
  return (call: Call): number => {
    const view = call.memory.view(call.word(address), 208);
    if (view === undefined) return -EFAULT;
    return view.getUint32(0, true) === 0
      ? call.memory.write(call.word(address), new Uint8Array(208))
        ? 5
        : -EFAULT
      : -EPERM;
  };
}

const CPU_TIME = 'Processor time is all user time: that of calls is in it.';

export const timeCalls = {
  clock_gettime: { support: 'full', arguments: ['clock', 'timespec-out'], handler: clockGettime },
  clock_getres: { support: 'full', arguments: ['clock', 'timespec-out'], handler: clockGetres },
  clock_settime: {
    support: 'partial',
    note: 'Always EPERM: the clock is nobody’s to set.',
    arguments: ['clock', 'timespec'],
    handler: clockSettime,
  },
  gettimeofday: { support: 'full', arguments: ['address', 'address'], handler: gettimeofday },
  settimeofday: {
    support: 'refused',
    errno: 'EPERM',
    note: 'The clock is nobody’s to set.',
    arguments: ['address', 'address'],
  },
  time: { support: 'full', arguments: ['address'], handler: time },
  times: { support: 'full', note: CPU_TIME, arguments: ['address'], handler: times },
  nanosleep: { support: 'full', arguments: ['timespec', 'address'], handler: nanosleep },
  clock_nanosleep: {
    support: 'full',
    arguments: ['clock', 'hex', 'timespec', 'address'],
    handler: clockNanosleep,
  },
  pause: { support: 'full', arguments: [], handler: pause },
  alarm: { support: 'full', arguments: ['unsigned'], handler: alarm },
  getitimer: { support: 'full', note: CPU_TIME, arguments: ['integer', 'address'], handler: getitimer },
  setitimer: { support: 'full', note: CPU_TIME, arguments: ['integer', 'address', 'address'], handler: setitimer },
  timer_create: {
    support: 'full',
    arguments: ['clock', 'address', 'address'],
    handler: timerCreate,
  },
  timer_settime: { support: 'full', arguments: ['integer', 'hex', 'address', 'address'], handler: timerSettime },
  timer_gettime: { support: 'full', arguments: ['integer', 'address'], handler: timerGettime },
  timer_getoverrun: { support: 'full', arguments: ['integer'], handler: timerGetoverrun },
  timer_delete: { support: 'full', arguments: ['integer'], handler: timerDelete },
  timerfd_create: { support: 'full', arguments: ['clock', 'open-flags'], handler: timerfdCreate },
  timerfd_settime: { support: 'full', arguments: ['descriptor', 'hex', 'address', 'address'], handler: timerfdSettime },
  timerfd_gettime: { support: 'full', arguments: ['descriptor', 'address'], handler: timerfdGettime },
  adjtimex: {
    support: 'partial',
    note: 'Reads an undisciplined clock’s state.',
    arguments: ['address'],
    handler: adjtime(0),
  },
  clock_adjtime: { support: 'partial', note: 'As adjtimex.', arguments: ['clock', 'address'], handler: adjtime(1) },
} as const satisfies Record<string, CallRow>;
