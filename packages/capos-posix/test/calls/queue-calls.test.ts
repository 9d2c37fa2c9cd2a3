import { describe, expect, it } from 'vitest';
import { ERRNO } from '../../src/linux/errno.ts';
import { OPEN } from '../../src/linux/file-flags.ts';
import { SIGNAL } from '../../src/linux/signal-numbers.ts';
import { TestProcess } from '../support/test-process.ts';

function queue(flags: number = OPEN.RDWR | OPEN.CREAT, maxMessages = 2, messageSize = 16) {
  const process = new TestProcess();
  const attributes = new DataView(new ArrayBuffer(64));
  attributes.setBigInt64(8, BigInt(maxMessages), true);
  attributes.setBigInt64(16, BigInt(messageSize), true);
  const open = (name = 'q', how = flags) =>
    process.call('mq_open', process.put(name), how, 0o600, process.put(new Uint8Array(attributes.buffer))) as number;
  const descriptor = open();
  const send = (text: string, priority = 0) =>
    process.call('mq_timedsend', descriptor, process.put(text), text.length, priority, 0);
  const receive = () => {
    const at = process.room(16);
    const got = process.call('mq_timedreceive', descriptor, at, 16, 0, 0);
    return typeof got === 'number' && got >= 0 ? process.text(at, got) : got;
  };
  return { process, open, descriptor, send, receive };
}

describe('message queues', () => {
  it('give the highest priority first and the oldest within one', () => {
    const { send, receive } = queue(OPEN.RDWR | OPEN.CREAT, 5);
    for (const [text, priority] of [
      ['a', 1],
      ['b', 3],
      ['c', 1],
      ['d', 3],
    ] as const)
      expect(send(text, priority)).toBe(0);
    expect([receive(), receive(), receive(), receive()]).toEqual(['b', 'd', 'a', 'c']);
  });

  it('make a sender wait for room and a receiver for a message, as long as the timeout says', () => {
    const { process, send, descriptor, receive } = queue();
    send('1');
    send('2');
    expect(send('3')).toBe('parked');
    process.main.unpark();
    const other = queue(OPEN.RDWR | OPEN.CREAT | OPEN.NONBLOCK);
    expect(other.receive()).toBe(-ERRNO.EAGAIN);
    const third = queue();
    const soon = new DataView(new ArrayBuffer(16));
    soon.setBigInt64(0, 1_700_000_001n, true);
    soon.setBigInt64(8, 500n, true);
    const timeout = third.process.put(new Uint8Array(soon.buffer));
    expect(third.process.call('mq_timedreceive', third.descriptor, third.process.room(16), 16, 0, timeout)).toBe(
      'parked',
    );
    third.process.advance(2e9);
    expect(third.process.resultOf()).toBe(-ERRNO.ETIMEDOUT);
    void descriptor;
    void receive;
  });

  it('refuse what is too long, too urgent, unknown or not allowed', () => {
    const { process, open, send, descriptor } = queue();
    expect(send('x'.repeat(17))).toBe(-ERRNO.EMSGSIZE);
    expect(send('x', 32_768)).toBe(-ERRNO.EINVAL);
    expect(process.call('mq_timedreceive', descriptor, process.room(8), 8, 0, 0)).toBe(-ERRNO.EMSGSIZE);
    expect(open('q', OPEN.RDWR | OPEN.CREAT | OPEN.EXCL)).toBe(-ERRNO.EEXIST);
    expect(open('other', OPEN.RDWR)).toBe(-ERRNO.ENOENT);
    expect(open('a/b')).toBe(-ERRNO.EACCES);
    expect(process.call('mq_timedsend', 1, process.put('x'), 1, 0, 0)).toBe(-ERRNO.EBADF);
    expect(process.call('mq_unlink', process.put('q'))).toBe(0);
    expect(process.call('mq_unlink', process.put('q'))).toBe(-ERRNO.ENOENT);
    expect(send('still there')).toBe(0);
  });

  it('tell one process of a message that arrives at an empty queue, once', () => {
    const { process, descriptor, send } = queue();
    const event = new DataView(new ArrayBuffer(64));
    event.setInt32(8, SIGNAL.USR1, true);
    const at = process.put(new Uint8Array(event.buffer));
    const blocked = process.put(new Uint8Array(8).fill(0xff));
    process.call('rt_sigprocmask', 2, blocked, 0, 8);
    expect(process.call('mq_notify', descriptor, at)).toBe(0);
    expect(process.call('mq_notify', descriptor, at)).toBe(-ERRNO.EBUSY);
    send('1');
    expect(process.process.pending.set).toBe(1n << BigInt(SIGNAL.USR1 - 1));
    expect(process.call('mq_notify', descriptor, at)).toBe(0);
  });
});
