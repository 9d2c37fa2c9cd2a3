import { describe, expect, it } from 'vitest';
import { CALL_COUNT } from '../../src/linux/call-numbers.ts';
import { AT, OPEN } from '../../src/linux/file-flags.ts';
import { serveTree, tree } from '../support/memory-tree.ts';
import { SCRATCH, TestProcess } from '../support/test-process.ts';

function traced() {
  const lines: string[] = [];
  const process = new TestProcess({
    caps: { work: serveTree(tree({ 'a.txt': 'content\n' })) },
    mounts: [{ path: '/work', cap: 'work', readOnly: true }],
    trace: (line) => lines.push(line),
  });
  const last = (): string => lines.at(-1)!.replace(/0x2000[0-9a-f]+/g, 'PTR');
  return { process, lines, last };
}

describe('a trace', () => {
  it('shows one line a call, with arguments as their manual page names them', () => {
    const { process, last } = traced();
    const descriptor = process.call(
      'openat',
      AT.FDCWD,
      process.put('/work/a.txt'),
      OPEN.RDONLY | OPEN.CLOEXEC,
      0,
    ) as number;
    expect(last()).toBe('[2] openat(AT_FDCWD, "/work/a.txt", O_RDONLY|O_CLOEXEC, 00) = 3');
    process.call('read', descriptor, process.room(100), 100);
    expect(last()).toBe('[2] read(3, "content\\n", 100) = 8');
    process.call('mmap', 0, 8192, 3, 0x22, -1, 0);
    expect(last()).toMatch(
      /^\[2\] mmap\(NULL, 8192, PROT_READ\|PROT_WRITE, MAP_PRIVATE\|MAP_ANONYMOUS, -1, 0\) = 0x7ff/,
    );
    process.call('rt_sigprocmask', 0, process.put(new Uint8Array([2, 0, 0, 0, 0, 0, 0, 0])), 0, 8);
    expect(last()).toBe('[2] rt_sigprocmask(SIG_BLOCK, [INT], NULL, 8) = 0');
    process.call('ioctl', 1, 0x5413, 0);
    expect(last()).toContain('ioctl(1, TIOCGWINSZ, NULL) = -1 ENOTTY');
  });

  it('names errors, and calls that are not supported', () => {
    const { process, last } = traced();
    process.call('openat', AT.FDCWD, process.put('/work/a.txt'), OPEN.RDWR | OPEN.APPEND, 0);
    expect(last()).toBe('[2] openat(AT_FDCWD, "/work/a.txt", O_RDWR|O_APPEND, 00) = -1 EROFS');
    process.call('bpf', 1, 2, 3);
    expect(last()).toBe('[2] bpf(0x1, 0x2, 0x3, 0, 0, 0) = -1 EPERM');
    process.callOn(process.main, 400, 5);
    expect(last()).toBe('[2] syscall_400(0x5, 0, 0, 0, 0, 0) = -1 ENOSYS');
  });

  it('shows a call that the end of the process cuts off', () => {
    const { process, lines } = traced();
    process.call('exit_group', 3);
    expect(lines.slice(-2)).toEqual(['[2] exit_group(3) = ?', '[2] +++ exited with 3 +++']);
  });

  it('never fails, whatever the arguments point to', () => {
    for (let number = 0; number < CALL_COUNT; number++) {
      for (const value of [0n, 1n, BigInt(SCRATCH), 0xffff_ffff_ffff_ffffn, 0x7fff_ffff_f000n]) {
        const { process, lines } = traced();
        process.callOn(process.main, number, value, value, value, value, value, value);
        if (process.main.parked) process.exit({ which: 'exited', exited: 0 });
        expect(lines.length, `call ${number}`).toBeGreaterThan(0);
      }
    }
  });
});
