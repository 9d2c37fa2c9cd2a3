import { describe, expect, it } from 'vitest';
import { CALL_NUMBER } from '../../src/linux/call-numbers.ts';
import { ERRNO } from '../../src/linux/errno.ts';
import { EPOLL, OPEN, POLL } from '../../src/linux/file-flags.ts';
import { TestProcess } from '../support/test-process.ts';

function piped(flags: number = OPEN.NONBLOCK) {
  const process = new TestProcess();
  const ends = process.room(8);
  process.call('pipe2', ends, flags);
  const view = process.view(ends, 8);
  const [reader, writer] = [view.getInt32(0, true), view.getInt32(4, true)];
  const write = (text: string) => process.call('write', writer, process.put(text), text.length);
  const read = (length = 100) => {
    const at = process.room(length);
    const got = process.call('read', reader, at, length);
    return typeof got === 'number' && got >= 0 ? process.text(at, got) : got;
  };
  const pollfds = (...entries: [number, number][]) => {
    const bytes = new DataView(new ArrayBuffer(entries.length * 8));
    for (const [index, [descriptor, events]] of entries.entries()) {
      bytes.setInt32(index * 8, descriptor, true);
      bytes.setInt16(index * 8 + 4, events, true);
    }
    return process.put(new Uint8Array(bytes.buffer));
  };
  const event = (events: number, data: number) => {
    const bytes = new DataView(new ArrayBuffer(12));
    bytes.setUint32(0, events >>> 0, true);
    bytes.setUint32(4, data, true);
    return process.put(new Uint8Array(bytes.buffer));
  };
  return { process, reader, writer, write, read, pollfds, event };
}

describe('pipes', () => {
  it('carry bytes, end when the writer goes, and break when the reader goes', () => {
    const { process, reader, writer, write, read } = piped();
    expect(read()).toBe(-ERRNO.EAGAIN);
    expect(write('hello')).toBe(5);
    expect(read(2)).toBe('he');
    expect(read()).toBe('llo');
    process.call('close', writer);
    expect(read()).toBe('');
    const second = piped();
    second.process.call('rt_sigaction', 13, second.process.put(new Uint8Array([1, ...new Uint8Array(31)])), 0, 8);
    second.process.call('close', second.reader);
    expect(second.write('x')).toBe(-ERRNO.EPIPE);
    const third = piped();
    third.process.call('close', third.reader);
    expect(third.write('x')).toBe('ended');
    expect(third.process.status).toEqual({ which: 'killed', killed: 13 });
    void reader;
  });

  it('are full at 64 KiB', () => {
    const { process, writer } = piped();
    const at = process.room(70_000);
    expect(process.call('write', writer, at, 70_000)).toBe(65_536);
    expect(process.call('write', writer, at, 1)).toBe(-ERRNO.EAGAIN);
  });
});

describe('poll and select', () => {
  it('answer at once, wait for a change, and time out', () => {
    const { process, reader, writer, write, pollfds } = piped();
    const fds = pollfds([reader, POLL.IN], [writer, POLL.OUT], [99, POLL.IN], [-1, POLL.IN]);
    expect(process.call('poll', fds, 4, -1)).toBe(2);
    const view = process.view(fds, 32);
    expect([6, 14, 22, 30].map((at) => view.getUint16(at, true))).toEqual([0, POLL.OUT, POLL.NVAL, 0]);
    const one = pollfds([reader, POLL.IN]);
    expect(process.call('poll', one, 1, 0)).toBe(0);
    expect(process.call('poll', one, 1, 5)).toBe('parked');
    process.advance(6e6);
    expect(process.resultOf()).toBe(0);
    write('x');
    expect(process.call('poll', one, 1, 5)).toBe(1);
    const set = process.put(new Uint8Array([1 << reader, ...new Uint8Array(7)]));
    expect(process.call('select', 8, set, 0, 0, 0)).toBe(1);
    expect(process.bytes(set, 1)[0]).toBe(1 << reader);
  });

  it('wait for console input, which then is there for read', () => {
    const { process, pollfds } = piped();
    const one = pollfds([0, POLL.IN]);
    expect(process.call('poll', one, 1, -1)).toBe('parked');
    process.console.type('typed\n');
    expect(process.resultOf()).toBe(1);
    const at = process.room(10);
    expect(process.call('read', 0, at, 10)).toBe(6);
    expect(process.text(at, 6)).toBe('typed\n');
  });
});

describe('epoll', () => {
  it('reports level-triggered readiness until it is gone, edge-triggered once, one-shot until rearmed', () => {
    const { process, reader, write, read, event } = piped();
    const epoll = process.call('epoll_create1', 0) as number;
    const out = process.room(120);
    const wait = (timeout = 0) => process.call('epoll_wait', epoll, out, 10, timeout);
    expect(process.call('epoll_ctl', epoll, EPOLL.ADD, reader, event(POLL.IN, 7))).toBe(0);
    expect(process.call('epoll_ctl', epoll, EPOLL.ADD, reader, event(POLL.IN, 7))).toBe(-ERRNO.EEXIST);
    expect(wait()).toBe(0);
    write('x');
    expect(wait()).toBe(1);
    expect(process.view(out, 12).getUint32(4, true)).toBe(7);
    expect(wait()).toBe(1);
    read();
    expect(wait()).toBe(0);
    process.call('epoll_ctl', epoll, EPOLL.MOD, reader, event(POLL.IN | EPOLL.EDGE, 8));
    write('y');
    expect(wait()).toBe(1);
    expect(wait()).toBe(0);
    write('z');
    expect(wait()).toBe(1);
    process.call('epoll_ctl', epoll, EPOLL.MOD, reader, event(POLL.IN | EPOLL.ONESHOT, 9));
    expect(wait()).toBe(1);
    write('w');
    expect(wait()).toBe(0);
    expect(process.call('epoll_ctl', epoll, EPOLL.DEL, reader, 0)).toBe(0);
    expect(process.call('epoll_ctl', epoll, EPOLL.DEL, reader, 0)).toBe(-ERRNO.ENOENT);
    expect(process.call('epoll_ctl', epoll, EPOLL.ADD, epoll, event(1, 1))).toBe(-ERRNO.EINVAL);
  });

  it('is woken by an event counter, as Go’s poller is, and forgets closed descriptors', () => {
    const { process, event } = piped();
    const counter = process.call('eventfd2', 0, OPEN.NONBLOCK) as number;
    const epoll = process.call('epoll_create1', OPEN.CLOEXEC) as number;
    process.call('epoll_ctl', epoll, EPOLL.ADD, counter, event(POLL.IN | EPOLL.EDGE, 1));
    const out = process.room(12);
    expect(process.call('epoll_pwait', epoll, out, 1, -1, 0, 0)).toBe('parked');
    const thread = process.newThread({ rip: 0n, rsp: 0n }) as (typeof process.threads)[number];
    process.process.addThread(thread, 'other');
    process.callOn(thread, 1, counter, process.put(new Uint8Array([1, 0, 0, 0, 0, 0, 0, 0])), 8);
    expect(process.resultOf()).toBe(1);
    process.call('close', counter);
    expect(process.call('epoll_wait', epoll, out, 1, 0)).toBe(0);
  });

  it('goes on with what a forked child closes, until the last descriptor of all processes has gone', () => {
    const { process, reader, writer, write, read, event } = piped();
    const epoll = process.call('epoll_create1', 0) as number;
    process.call('epoll_ctl', epoll, EPOLL.ADD, reader, event(POLL.IN, 7));
    process.call('fork');
    const child = process.children[0]!;
    const inChild = (call: number, ...args: number[]) => child.callOn(child.main, call, ...args);
    expect(inChild(CALL_NUMBER.close, reader)).toBe(0);
    const out = process.room(12);
    write('x');
    expect(process.call('epoll_wait', epoll, out, 1, 0)).toBe(1);
    read();
    process.call('fork');
    process.call('close', reader);
    write('y');
    // The second child has a descriptor of it: it is still told of, under its old number.
    expect(process.call('epoll_wait', epoll, out, 1, 0)).toBe(1);
    const second = process.children[1]!;
    second.callOn(second.main, CALL_NUMBER.exit_group, 0);
    expect(process.call('epoll_wait', epoll, out, 1, 0)).toBe(0);
    void writer;
  });
});

describe('a pipe under load', () => {
  it('keeps bytes in order while a writer waits for the reader', () => {
    const { process, reader, writer } = piped(0);
    const thread = process.newThread({ rip: 0n, rsp: 0n }) as (typeof process.threads)[number];
    process.process.addThread(thread, 'writer');
    const total = 200_000;
    const data = Uint8Array.from({ length: total }, (_, index) => (index * 7 + (index >> 8)) & 255);
    const from = process.put(data);
    expect(process.callOn(thread, 1, writer, from, total)).toBe('parked');
    const at = process.room(50_000);
    let got = 0;
    while (got < total) {
      const count = process.call('read', reader, at, 50_000) as number;
      expect(Buffer.compare(process.bytes(at, count), data.subarray(got, got + count))).toBe(0);
      got += count;
    }
    expect(process.resultOf(thread)).toBe(total);
  });
});
