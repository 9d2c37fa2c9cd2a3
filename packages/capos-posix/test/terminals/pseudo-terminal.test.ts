// Pseudo terminals and sessions, by the calls that programs make.
import { describe, expect, it } from 'vitest';
import { CALL_NUMBER, type CallName } from '../../src/linux/call-numbers.ts';
import { ERRNO } from '../../src/linux/errno.ts';
import { AT, IOCTL, OPEN, POLL } from '../../src/linux/file-flags.ts';
import { SIG_IGN, SIGNAL } from '../../src/linux/signal-numbers.ts';
import { TestProcess } from '../support/test-process.ts';

/** A session leader with a master and its terminal, which controls the session. */
function pair() {
  const leader = new TestProcess();
  const on = (process: TestProcess, name: CallName, ...args: (number | bigint)[]) =>
    process.callOn(process.threads.at(-1)!, CALL_NUMBER[name], ...args);
  leader.call('setsid');
  const master = leader.call('openat', AT.FDCWD, leader.put('/dev/ptmx'), OPEN.RDWR | OPEN.NOCTTY) as number;
  const word = leader.room(8);
  const number = () => leader.view(word, 4).getInt32(0, true);
  expect(leader.call('openat', AT.FDCWD, leader.put('/dev/pts/0'), OPEN.RDWR)).toBe(-ERRNO.EIO);
  leader.view(word, 4).setInt32(0, 0, true);
  leader.memory.write(BigInt(word), new Uint8Array(4));
  expect(leader.call('ioctl', master, IOCTL.TIOCSPTLCK, word)).toBe(0);
  expect(leader.call('ioctl', master, IOCTL.TIOCGPTN, word)).toBe(0);
  const path = `/dev/pts/${number()}`;
  const slave = leader.call('openat', AT.FDCWD, leader.put(path), OPEN.RDWR) as number;
  return { leader, master, slave, path, on, word, number };
}

function fork(parent: TestProcess): TestProcess {
  parent.call('fork');
  return parent.children.at(-1)!;
}

function read(process: TestProcess, descriptor: number, length = 100): string | number | 'parked' | 'ended' {
  const at = process.room(length);
  const count = process.callOn(process.threads.at(-1)!, CALL_NUMBER.read, descriptor, at, length);
  return typeof count === 'number' && count >= 0 ? process.text(at, count) : count;
}

function write(process: TestProcess, descriptor: number, text: string): number | 'parked' | 'ended' {
  return process.callOn(process.threads.at(-1)!, CALL_NUMBER.write, descriptor, process.put(text), text.length);
}

/** Forks a member of the session, in a group of its own. */
function inBackground(leader: TestProcess): TestProcess {
  const child = fork(leader);
  const main = child.threads.at(-1)!;
  expect(child.callOn(main, CALL_NUMBER.setpgid, 0, 0)).toBe(0);
  return child;
}

describe('a pseudo terminal', () => {
  it('carries what is typed through the line discipline, and output back', () => {
    const { leader, master, slave } = pair();
    write(leader, master, 'wrong\x15right\r');
    expect(read(leader, slave)).toBe('right\n');
    expect(read(leader, master)).toMatch(/^wrong.*right\r\n$/s);
    write(leader, slave, 'out\n');
    expect(read(leader, master)).toBe('out\r\n');
  });

  it('looks the same by path and by descriptor, as ttyname wants', () => {
    const { leader, slave, path } = pair();
    const [byPath, byDescriptor] = [leader.room(144), leader.room(144)];
    expect(leader.call('stat', leader.put(path), byPath)).toBe(0);
    expect(leader.call('fstat', slave, byDescriptor)).toBe(0);
    expect(leader.bytes(byDescriptor, 48)).toEqual(leader.bytes(byPath, 48));
    const target = leader.room(64);
    const length = leader.call('readlink', leader.put(`/proc/self/fd/${slave}`), target, 64) as number;
    expect(leader.text(target, length)).toBe(path);
  });

  it('is the controlling terminal of the leader that opened it, and /dev/tty', () => {
    const { leader, slave, number, word } = pair();
    expect(leader.call('ioctl', slave, IOCTL.TIOCGSID, word)).toBe(0);
    expect(number()).toBe(leader.call('getpid'));
    const tty = leader.call('openat', AT.FDCWD, leader.put('/dev/tty'), OPEN.RDWR) as number;
    write(leader, tty, 'x');
    expect(leader.call('ioctl', tty, IOCTL.TIOCGPGRP, word)).toBe(0);
    expect(number()).toBe(leader.call('getpgrp'));
  });

  it('without its master is hung up: its session hears SIGHUP, reads end, writes fail', () => {
    const { leader, master, slave } = pair();
    leader.process.actions.set(SIGNAL.HUP, { handler: SIG_IGN, flags: 0, restorer: 0, mask: 0n });
    leader.process.actions.set(SIGNAL.CONT, { handler: SIG_IGN, flags: 0, restorer: 0, mask: 0n });
    leader.call('close', master);
    expect(read(leader, slave)).toBe('');
    expect(write(leader, slave, 'x')).toBe(-ERRNO.EIO);
    const other = pair();
    other.leader.call('close', other.master);
    expect(other.leader.status).toEqual({ which: 'killed', killed: SIGNAL.HUP });
  });

  it('without slaves answers EIO to its master, once there has been one', () => {
    const { leader, master, slave } = pair();
    leader.call('close', slave);
    expect(read(leader, master)).toBe(-ERRNO.EIO);
    const polled = leader.room(8);
    leader.view(polled, 8);
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setInt32(0, master, true);
    new DataView(bytes.buffer).setInt16(4, POLL.IN, true);
    leader.memory.write(BigInt(polled), bytes);
    expect(leader.call('poll', polled, 1, 0)).toBe(1);
    expect(leader.view(polled, 8).getInt16(6, true) & POLL.HUP).toBe(POLL.HUP);
  });

  it('waits in raw mode for MIN bytes, and with TIME no longer than that', () => {
    const { leader, master, slave } = pair();
    const termios = leader.room(36);
    leader.call('ioctl', slave, IOCTL.TCGETS, termios);
    const set = (least: number, time: number) => {
      const bytes = leader.bytes(termios, 36);
      bytes[12] = 0;
      bytes[17 + 6] = least;
      bytes[17 + 5] = time;
      leader.memory.write(BigInt(termios), bytes);
      expect(leader.call('ioctl', slave, IOCTL.TCSETS, termios)).toBe(0);
    };
    set(3, 0);
    write(leader, master, 'ab');
    const child = fork(leader);
    expect(read(child, slave)).toBe('parked');
    write(leader, master, 'c');
    expect(child.resultOf(child.threads.at(-1)!)).toBe(3);
    set(0, 0);
    expect(read(leader, slave)).toBe('');
    set(0, 5);
    expect(read(leader, slave)).toBe('parked');
    leader.advance(500_000_000);
    expect(leader.resultOf()).toBe(0);
  });
});

describe('job control', () => {
  it('stops a background group that reads, and its parent is told by which signal', () => {
    const { leader, slave } = pair();
    const child = inBackground(leader);
    expect(read(child, slave)).toBe('parked');
    const status = leader.room(4);
    const pid = leader.call('wait4', -1, status, 2 /* WUNTRACED */, 0);
    expect(pid).toBe(child.process.pid);
    expect(leader.view(status, 4).getInt32(0, true)).toBe((SIGNAL.TTIN << 8) | 0x7f);
  });

  it('tells the parent that a child goes on', () => {
    const { leader, slave } = pair();
    const child = inBackground(leader);
    read(child, slave);
    const status = leader.room(4);
    leader.call('wait4', -1, status, 2, 0);
    leader.call('kill', child.process.pid, SIGNAL.CONT);
    expect(leader.call('wait4', -1, status, 8 /* WCONTINUED */ | 1, 0)).toBe(child.process.pid);
    expect(leader.view(status, 4).getInt32(0, true)).toBe(0xffff);
  });

  it('lets the leader move the foreground, and asks a background group that would to stop', () => {
    const { leader, slave, on } = pair();
    const child = inBackground(leader);
    const group = leader.room(4);
    const setGroup = (value: number) => leader.memory.write(BigInt(group), Uint8Array.of(value, 0, 0, 0));
    const there = child.put(Uint8Array.of(child.process.pid, 0, 0, 0));
    expect(on(child, 'ioctl', slave, IOCTL.TIOCSPGRP, there)).toBe('parked');
    expect(child.process.stoppedBy).toBe(SIGNAL.TTOU);
    setGroup(child.process.pid);
    expect(leader.call('ioctl', slave, IOCTL.TIOCSPGRP, group)).toBe(0);
    leader.call('kill', child.process.pid, SIGNAL.CONT);
    setGroup(99);
    leader.process.actions.set(SIGNAL.TTOU, { handler: SIG_IGN, flags: 0, restorer: 0, mask: 0n });
    expect(leader.call('ioctl', slave, IOCTL.TIOCSPGRP, group)).toBe(-ERRNO.ESRCH);
  });

  it('sends what is typed to signal to the foreground group alone', () => {
    const { leader, master, slave } = pair();
    const background = inBackground(leader);
    leader.process.actions.set(SIGNAL.INT, { handler: SIG_IGN, flags: 0, restorer: 0, mask: 0n });
    leader.process.actions.set(SIGNAL.TTOU, { handler: SIG_IGN, flags: 0, restorer: 0, mask: 0n });
    const foreground = inBackground(leader);
    foreground.process.actions.set(SIGNAL.INT, { handler: 0, flags: 0, restorer: 0, mask: 0n });
    const group = leader.put(Uint8Array.of(foreground.process.pid, 0, 0, 0));
    expect(leader.call('ioctl', slave, IOCTL.TIOCSPGRP, group)).toBe(0);
    write(leader, master, '\x03');
    foreground.resultOf(foreground.threads.at(-1)!);
    expect(foreground.status).toEqual({ which: 'killed', killed: SIGNAL.INT });
    expect(background.status).toBeUndefined();
    expect(leader.status).toBeUndefined();
  });

  it('does not stop an orphaned group, which nobody could continue', () => {
    const { leader, master } = pair();
    write(leader, master, '\x1a');
    leader.resultOf();
    expect(leader.process.stoppedBy).toBe(0);
  });

  it('continues and hangs up a stopped group whose leader ends', () => {
    const { leader, slave } = pair();
    const child = inBackground(leader);
    read(child, slave);
    expect(child.process.stoppedBy).toBe(SIGNAL.TTIN);
    leader.call('exit_group', 0);
    child.resultOf(child.threads.at(-1)!);
    expect(child.status).toEqual({ which: 'killed', killed: SIGNAL.HUP });
  });
});
