import { REGISTER } from '@capos/abi';
import { describe, expect, it } from 'vitest';
import { CALL_NUMBER, type CallName } from '../../src/linux/call-numbers.ts';
import { ERRNO } from '../../src/linux/errno.ts';
import { SA, SIG_HOW, SIGNAL } from '../../src/linux/signal-numbers.ts';
import { CLONE, FUTEX } from '../../src/linux/thread-flags.ts';
import { TestProcess, type TestThread } from '../support/test-process.ts';

const THREAD = CLONE.VM | CLONE.FS | CLONE.FILES | CLONE.SIGHAND | CLONE.THREAD | CLONE.SYSVSEM;

function started() {
  const process = new TestProcess();
  const on = (thread: TestThread, name: CallName, ...args: (number | bigint)[]) =>
    process.callOn(thread, CALL_NUMBER[name], ...args);
  const spawn = (extra = 0, childTid = 0): { tid: number; thread: TestThread } => {
    const stack = process.room(4096) + 4096;
    const tid = process.call('clone', THREAD | extra, stack, childTid, childTid, 0x1234000) as number;
    return { tid, thread: process.threads.at(-1)! };
  };
  const handler = (signal: number, flags = 0, mask = 0n): number => {
    const action = new DataView(new ArrayBuffer(32));
    action.setBigUint64(0, 0x40_0100n, true);
    action.setBigUint64(8, BigInt((flags | SA.RESTORER) >>> 0), true);
    action.setBigUint64(16, 0x40_0200n, true);
    action.setBigUint64(24, mask, true);
    return process.call('rt_sigaction', signal, process.put(new Uint8Array(action.buffer)), 0, 8) as number;
  };
  return { process, on, spawn, handler };
}

describe('threads', () => {
  it('clone makes a thread that returns 0 on its own stack with its own FS base', () => {
    const { process, spawn, on } = started();
    const { tid, thread } = spawn(CLONE.SETTLS);
    expect(tid).toBe((process.call('getpid') as number) + 1);
    expect(thread.registers[REGISTER.RAX]).toBe(0n);
    expect(thread.fsBase).toBe(0x1234000n);
    expect(on(thread, 'gettid')).toBe(tid);
    expect(on(thread, 'getpid')).toBe(process.call('getpid'));
  });

  it('a thread that ends clears its word and wakes who joins it', () => {
    const { process, spawn, on } = started();
    const word = process.put(new Uint8Array([7, 0, 0, 0]));
    const { thread } = spawn(CLONE.CHILD_CLEARTID, word);
    expect(process.call('futex', word, FUTEX.WAIT, 7, 0)).toBe('parked');
    expect(on(thread, 'exit', 0)).toBe('ended');
    expect(process.resultOf()).toBe(0);
    expect(process.view(word, 4).getUint32(0, true)).toBe(0);
    expect(process.status).toBeUndefined();
  });

  it('the last thread to exit ends the process with its status', () => {
    const { process, spawn, on } = started();
    const { thread } = spawn();
    expect(process.call('exit', 3)).toBe('ended');
    expect(process.status).toBeUndefined();
    on(thread, 'exit', 4);
    expect(process.status).toEqual({ which: 'exited', exited: 4 });
  });
});

describe('futexes', () => {
  it('wait while the value is as expected, wake in order, and time out', () => {
    const { process, spawn, on } = started();
    const word = process.put(new Uint8Array(8));
    const one = spawn().thread;
    const two = spawn().thread;
    expect(on(one, 'futex', word, FUTEX.WAIT | FUTEX.PRIVATE, 1, 0)).toBe(-ERRNO.EAGAIN);
    expect(on(one, 'futex', word, FUTEX.WAIT | FUTEX.PRIVATE, 0, 0)).toBe('parked');
    const timeout = process.put(new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0, 100, 0, 0, 0, 0, 0, 0, 0]));
    expect(on(two, 'futex', word, FUTEX.WAIT, 0, timeout)).toBe('parked');
    expect(process.call('futex', word, FUTEX.WAKE, 1)).toBe(1);
    expect(process.resultOf(one)).toBe(0);
    expect(process.resultOf(two)).toBe('parked');
    process.advance(200);
    expect(process.resultOf(two)).toBe(-ERRNO.ETIMEDOUT);
    expect(process.call('futex', word, FUTEX.WAKE, 9)).toBe(0);
  });

  it('wake by bits, requeue, and wake by operation', () => {
    const { process, spawn, on } = started();
    const word = process.put(new Uint8Array(8));
    const other = word + 4;
    const [one, two, three] = [spawn().thread, spawn().thread, spawn().thread];
    on(one, 'futex', word, FUTEX.WAIT_BITSET, 0, 0, 0, 1);
    on(two, 'futex', word, FUTEX.WAIT_BITSET, 0, 0, 0, 2);
    expect(process.call('futex', word, FUTEX.WAKE_BITSET, 9, 0, 0, 2)).toBe(1);
    expect(process.resultOf(two)).toBe(0);
    expect(process.call('futex', word, FUTEX.CMP_REQUEUE, 0, 9, other, 0)).toBe(1);
    expect(process.call('futex', word, FUTEX.WAKE, 9)).toBe(0);
    on(three, 'futex', word, FUTEX.WAIT, 0, 0);
    // SET 5 and wake the second word's waiters if it was 0.
    expect(process.call('futex', word, FUTEX.WAKE_OP, 9, 9, other, (0 << 28) | (0 << 24) | (5 << 12) | 0)).toBe(2);
    expect(process.view(other, 4).getUint32(0, true)).toBe(5);
    expect([process.resultOf(one), process.resultOf(three)]).toEqual([0, 0]);
  });
});

describe('signals', () => {
  it('run a handler with the frame Linux makes and come back with every register', () => {
    const { process, handler, on } = started();
    expect(handler(SIGNAL.USR1, SA.SIGINFO, 1n << 20n)).toBe(0);
    const main = process.main;
    const sp = 0x2008_0000n;
    main.registers[REGISTER.RSP] = sp;
    for (const [index] of main.registers.entries())
      if (index !== REGISTER.RSP) main.registers[index] = BigInt(index + 100);
    main.extendedState.set([0x7f, 0x03], 164);
    main.extendedState.set([0xaa, 0xbb], 320);
    main.rip = 0x40_0500n;
    process.process.send({ signal: SIGNAL.USR1, code: 0, pid: 9 });
    expect(main.attention).toBe(true);
    const before = main.registers.slice();
    process.personality.interrupted(main);
    expect(main.rip).toBe(0x40_0100n);
    const frame = Number(main.registers[REGISTER.RSP]);
    expect(frame % 16).toBe(8);
    expect(main.registers[REGISTER.RDI]).toBe(BigInt(SIGNAL.USR1));
    expect(process.view(frame, 8).getBigUint64(0, true)).toBe(0x40_0200n);
    expect(process.view(frame + 312, 20).getInt32(16, true)).toBe(9);
    expect(process.process.threads.get(process.process.pid)!.blocked).toBe((1n << 20n) | (1n << 9n));
    // What Go does: the handler moves the interrupted RIP.
    process.memory.writeUint64(BigInt(frame + 8 + 40 + 128), 0x40_0600n);
    main.extendedState.fill(0);
    main.registers.fill(0n);
    main.registers[REGISTER.RSP] = BigInt(frame + 8);
    on(main, 'rt_sigreturn');
    expect(main.rip).toBe(0x40_0600n);
    expect([...main.registers]).toEqual([...before]);
    expect([...main.extendedState.subarray(164, 166), ...main.extendedState.subarray(320, 322)]).toEqual([
      0x7f, 3, 0xaa, 0xbb,
    ]);
    expect(process.process.threads.get(process.process.pid)!.blocked).toBe(0n);
  });

  it('interrupt a wait with EINTR, or restart it when the handler says so', () => {
    for (const [flags, expected] of [
      [0, BigInt.asUintN(64, BigInt(-ERRNO.EINTR))],
      [SA.RESTART, BigInt(CALL_NUMBER.read)],
    ] as const) {
      const { process, handler } = started();
      handler(SIGNAL.USR1, flags);
      process.main.registers[REGISTER.RSP] = 0x2008_0000n;
      const ends = process.room(8);
      process.call('pipe', ends);
      const reader = process.view(ends, 8).getInt32(0, true);
      const rip = process.main.rip + 2n;
      expect(process.call('read', reader, process.room(8), 8)).toBe('parked');
      process.process.send({ signal: SIGNAL.USR1, code: 0 });
      expect(process.main.parked).toBe(false);
      const frame = Number(process.main.registers[REGISTER.RSP]);
      expect(process.view(frame + 48 + 13 * 8, 8).getBigUint64(0, true)).toBe(expected);
      expect(process.view(frame + 48 + 128, 8).getBigUint64(0, true)).toBe(flags === 0 ? rip : rip - 2n);
    }
  });

  it('stay pending while blocked, and end the process by default', () => {
    const { process } = started();
    const set = process.put(new Uint8Array([0, 2, 0, 0, 0, 0, 0, 0]));
    expect(process.call('rt_sigprocmask', SIG_HOW.BLOCK, set, 0, 8)).toBe(0);
    expect(process.call('kill', process.process.pid, SIGNAL.USR1)).toBe(0);
    const pending = process.room(8);
    expect(process.call('rt_sigpending', pending, 8)).toBe(0);
    expect(process.view(pending, 8).getBigUint64(0, true)).toBe(1n << 9n);
    expect(process.call('rt_sigprocmask', SIG_HOW.UNBLOCK, set, 0, 8)).toBe('ended');
    expect(process.status).toEqual({ which: 'killed', killed: SIGNAL.USR1 });
  });

  it('a fault runs its handler on the alternate stack, and kills when there is none', () => {
    const { process, handler } = started();
    const stack = process.room(16_384);
    const alternate = new DataView(new ArrayBuffer(24));
    alternate.setBigUint64(0, BigInt(stack), true);
    alternate.setBigUint64(16, 16_384n, true);
    expect(process.call('sigaltstack', process.put(new Uint8Array(alternate.buffer)), 0)).toBe(0);
    handler(SIGNAL.SEGV, SA.ONSTACK | SA.SIGINFO);
    expect(process.personality.fault(process.main, 14, 6, 0x1234n)).toBe(true);
    const frame = Number(process.main.registers[REGISTER.RSP]);
    expect(frame).toBeGreaterThan(stack);
    expect(frame).toBeLessThan(stack + 16_384);
    const info = process.view(frame + 312, 24);
    expect([info.getInt32(0, true), info.getInt32(8, true), info.getBigUint64(16, true)]).toEqual([11, 1, 0x1234n]);
    process.personality.fault(process.main, 0, 0, 0n);
    expect(process.status).toEqual({ which: 'killed', killed: SIGNAL.FPE });
  });

  it('sigsuspend waits under its mask and the old one comes back with the handler’s return', () => {
    const { process, handler, on } = started();
    handler(SIGNAL.ALRM);
    process.main.registers[REGISTER.RSP] = 0x2008_0000n;
    const all = process.put(new Uint8Array(8).fill(0xff));
    const none = process.put(new Uint8Array(8));
    process.call('rt_sigprocmask', SIG_HOW.SETMASK, all, 0, 8);
    process.call('alarm', 1);
    process.advance(2e9);
    expect(process.call('rt_sigsuspend', none, 8)).not.toBe('parked');
    const frame = Number(process.main.registers[REGISTER.RSP]);
    expect(process.main.rip).toBe(0x40_0100n);
    process.main.registers[REGISTER.RSP] = BigInt(frame + 8);
    expect(on(process.main, 'rt_sigreturn')).toBe(-ERRNO.EINTR);
    const old = process.room(8);
    process.call('rt_sigprocmask', SIG_HOW.BLOCK, 0, old, 8);
    expect(process.view(old, 8).getBigUint64(0, true)).toBe(0xffff_ffff_fffb_feffn);
  });

  it('Ctrl-C on the console is SIGINT', () => {
    const { process } = started();
    process.console.pressInterrupt();
    process.personality.interrupted(process.main);
    expect(process.status).toEqual({ which: 'killed', killed: SIGNAL.INT });
  });
});
