import {
  Console,
  EntropySource,
  FrameAllocator,
  MemoryObject,
  Notification,
  NotificationFactory,
  ProcessList,
  Timer,
} from '@capos/abi';
import { describe, expect, it } from 'vitest';
import { isEmpty, testKernel } from '../support/test-kernel.ts';

describe('kernel objects', () => {
  it('a Timer tells the time and wakes a sleeper when it has come', () => {
    const { kernel, client, clock } = testKernel();
    const program = client('sleeper', { timer: kernel.objects.timer });
    expect(program.call(program.cap('timer'), Timer.methods.now, {}).value.monotonicNs).toBe(1000n);
    const sleep = program.call(program.cap('timer'), Timer.methods.sleepUntil, { monotonicNs: 5000n });
    expect(sleep.done).toBe(false);
    expect(kernel.step()).toEqual({ state: 'idle', nextWakeNs: 5000 });
    clock.ns = 5000;
    kernel.step();
    expect(sleep.value).toEqual({});
  });

  it('a timer set between two steps tells the embedder, when it comes before those it waits for', () => {
    let woken = 0;
    const { kernel, client } = testKernel({ onWork: () => woken++ });
    const program = client('sleeper', { timer: kernel.objects.timer });
    const sleepUntil = (monotonicNs: bigint): void =>
      void program.call(program.cap('timer'), Timer.methods.sleepUntil, { monotonicNs });
    kernel.step();
    woken = 0;
    sleepUntil(9000n);
    expect(woken).toBe(1);
    sleepUntil(9500n);
    expect(woken).toBe(1);
    sleepUntil(8000n);
    expect(woken).toBe(2);
    expect(kernel.step()).toEqual({ state: 'idle', nextWakeNs: 8000 });
  });

  it('a Timer without a wall clock says so', () => {
    const { kernel, client } = testKernel();
    const program = client('p', { timer: kernel.objects.timer });
    expect(program.call(program.cap('timer'), Timer.methods.wallClock, {}).exception?.kind).toBe('unimplemented');
  });

  it('a Console writes, reads what is typed, and ends with its input', () => {
    const { kernel, client, console } = testKernel();
    const program = client('p', { console: kernel.objects.console });
    const cap = program.cap('console');
    const data = new TextEncoder().encode('hello\n');
    expect(program.call(cap, Console.methods.write, { data }).value.written).toBe(6);
    expect(console.output).toBe('hello\n');
    const read = program.call(cap, Console.methods.read, { maxLength: 3 });
    expect(read.done).toBe(false);
    console.type('abcdef');
    expect(new TextDecoder().decode(read.value.data)).toBe('abc');
    expect(new TextDecoder().decode(program.call(cap, Console.methods.read, { maxLength: 99 }).value.data)).toBe('def');
    const waiting = program.call(cap, Console.methods.read, { maxLength: 99 });
    console.type(null);
    expect(waiting.value.data.length).toBe(0);
    expect(program.call(cap, Console.methods.getSize, {}).value).toEqual({ columns: 100, rows: 30, isTerminal: true });
  });

  it('a Console tells of Ctrl-C', () => {
    const { kernel, client, console } = testKernel();
    const program = client('p', { console: kernel.objects.console });
    const wait = program.call(program.cap('console'), Console.methods.waitInterrupt, {});
    expect(wait.done).toBe(false);
    console.interrupt();
    expect(wait.value).toEqual({});
  });

  it('an EntropySource fills at most 65,536 bytes', () => {
    const { kernel, client } = testKernel();
    const program = client('p', { entropy: kernel.objects.entropySource });
    const first = program.call(program.cap('entropy'), EntropySource.methods.fill, { length: 32 }).value.data;
    const second = program.call(program.cap('entropy'), EntropySource.methods.fill, { length: 32 }).value.data;
    expect(first.length).toBe(32);
    expect(first).not.toEqual(second);
    const tooMany = program.call(program.cap('entropy'), EntropySource.methods.fill, { length: 65_537 });
    expect(tooMany.exception?.kind).toBe('invalidArgument');
  });

  it('a MemoryObject keeps what is written, and a child is a snapshot', () => {
    const { kernel, client } = testKernel();
    const program = client('p', { frames: kernel.objects.frameAllocator });
    const allocated = program.call(program.cap('frames'), FrameAllocator.methods.allocate, {
      size: 16384n,
      contiguous: false,
    });
    const object = allocated.caps[allocated.value.object]!.capId;
    expect(program.call(object, MemoryObject.methods.getSize, {}).value.size).toBe(16384n);
    const data = Uint8Array.from({ length: 100 }, (_, index) => index);
    program.call(object, MemoryObject.methods.write, { offset: 4090n, data }).value;
    expect(program.call(object, MemoryObject.methods.read, { offset: 4090n, length: 100 }).value.data).toEqual(data);
    const made = program.call(object, MemoryObject.methods.createChild, { offset: 0n, length: 8192n });
    const child = made.caps[made.value.child]!.capId;
    program.call(object, MemoryObject.methods.write, { offset: 4090n, data: new Uint8Array(100) }).value;
    expect(program.call(child, MemoryObject.methods.read, { offset: 4090n, length: 100 }).value.data).toEqual(data);
    expect(program.call(object, MemoryObject.methods.read, { offset: 4090n, length: 1 }).value.data[0]).toBe(0);
    expect(program.call(object, MemoryObject.methods.read, { offset: 16380n, length: 5 }).exception?.kind).toBe(
      'invalidArgument',
    );
    program.port.exit(0);
    expect(isEmpty(kernel)).toBe(true);
    expect(kernel.frames().free).toBe(kernel.frames().total);
  });

  it('a Notification keeps bits until somebody waits for them', () => {
    const { kernel, client } = testKernel();
    const program = client('p', { notifications: kernel.objects.notificationFactory });
    const made = program.call(program.cap('notifications'), NotificationFactory.methods.create, {});
    const notification = made.caps[made.value.notification]!.capId;
    const high = 1n << 63n;
    program.call(notification, Notification.methods.signal, { bits: high | 5n }).value;
    expect(program.call(notification, Notification.methods.wait, { mask: high | 1n }).value.bits).toBe(high | 1n);
    expect(program.call(notification, Notification.methods.poll, { mask: 0xffn }).value.bits).toBe(4n);
    const wait = program.call(notification, Notification.methods.wait, { mask: 2n });
    expect(wait.done).toBe(false);
    const ringWait = program.operation((submissions, userData) => submissions.wait(notification, userData, 8, 0));
    program.operation((submissions, userData) => submissions.signal(notification, userData, 10, 0));
    expect(wait.value.bits).toBe(2n);
    expect(ringWait.badge).toBe(8n);
  });

  it('a ProcessList shows every process', () => {
    const { kernel, client } = testKernel();
    client('other');
    const program = client('looker', { processes: kernel.objects.processList });
    const { processes } = program.call(program.cap('processes'), ProcessList.methods.list, {}).value;
    expect(processes.map(({ name, kind }) => `${name} ${kind}`)).toEqual(['other hosted', 'looker hosted']);
  });

  it('a method that an interface does not have is unimplemented, and params that are no message are invalid', () => {
    const { kernel, client } = testKernel();
    const program = client('p', { timer: kernel.objects.timer });
    const message = program.allocate();
    expect(program.callRaw(program.cap('timer'), 77, message, 0).exception?.kind).toBe('unimplemented');
    program.bytes.fill(0xff, message, message + 16);
    expect(program.callRaw(program.cap('timer'), 1, message, 16).exception?.kind).toBe('invalidArgument');
  });
});
