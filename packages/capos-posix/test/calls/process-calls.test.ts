import { REGISTER } from '@capos/abi';
import { describe, expect, it } from 'vitest';
import { CALL_NUMBER, type CallName } from '../../src/linux/call-numbers.ts';
import { ERRNO } from '../../src/linux/errno.ts';
import { AT, OPEN } from '../../src/linux/file-flags.ts';
import { MAP } from '../../src/linux/memory-flags.ts';
import { SIGNAL } from '../../src/linux/signal-numbers.ts';
import { serveTree, tree } from '../support/memory-tree.ts';
import { TestProcess } from '../support/test-process.ts';

const WNOHANG = 1;

function forked(call: CallName = 'fork') {
  const work = tree({
    'a.txt': 'shared offset',
    tool: '\x7fELF'.padEnd(64, '\0'),
    script: '#!/work/tool -x\n',
    plain: 'text',
  });
  for (const name of ['tool', 'script', 'plain']) (work.entries.get(name) as { mode: number }).mode = 0o755;
  const parent = new TestProcess({
    caps: { work: serveTree(work) },
    mounts: [{ path: '/work', cap: 'work' }],
  });
  parent.call('chdir', parent.put('/work'));
  const file = parent.call('openat', AT.FDCWD, parent.put('a.txt'), OPEN.RDONLY) as number;
  const ends = parent.room(8);
  parent.call('pipe', ends);
  const [reader, writer] = [parent.view(ends, 8).getInt32(0, true), parent.view(ends, 8).getInt32(4, true)];
  const pid = parent.call(call);
  const child = parent.children[0]!;
  const on = (name: CallName, ...args: (number | bigint)[]) => child.callOn(child.main, CALL_NUMBER[name], ...args);
  return { parent, child, on, pid, file, reader, writer };
}

describe('fork', () => {
  it('answers 0 in the child and its number in the parent', () => {
    const { parent, child, pid, on } = forked();
    expect(child.main.registers[REGISTER.RAX]).toBe(0n);
    expect(on('getpid')).toBe(pid);
    expect(on('getppid')).toBe(parent.call('getpid'));
  });

  it('shares descriptions, not descriptors', () => {
    const { parent, on, file, child } = forked();
    const at = child.put('');
    expect(on('read', file, at, 7)).toBe(7);
    expect(child.text(at, 7)).toBe('shared ');
    expect(on('close', file)).toBe(0);
    const there = parent.room(10);
    expect(parent.call('read', file, there, 10)).toBe(6);
    expect(parent.text(there, 6)).toBe('offset');
  });

  it('carries bytes from child to parent, and ends the pipe when both have closed it', () => {
    const { parent, child, on, reader, writer } = forked();
    const at = parent.room(10);
    expect(parent.call('read', reader, at, 10)).toBe('parked');
    expect(on('write', writer, child.put('hi'), 2)).toBe(2);
    expect(parent.resultOf()).toBe(2);
    parent.call('close', writer);
    expect(parent.call('read', reader, at, 10)).toBe('parked');
    expect(on('exit_group', 0)).toBe('ended');
    expect(parent.resultOf()).toBe(0);
  });

  it('tells the parent how the child ended', () => {
    const { parent, on, pid } = forked();
    const status = parent.room(4);
    expect(parent.call('wait4', -1, status, WNOHANG, 0)).toBe(0);
    expect(parent.call('wait4', pid as number, status, 0, 0)).toBe('parked');
    on('exit_group', 5);
    expect(parent.resultOf()).toBe(pid);
    expect(parent.view(status, 4).getInt32(0, true)).toBe(0x500);
    expect(parent.call('wait4', -1, status, 0, 0)).toBe(-ERRNO.ECHILD);
  });

  it('a signal reaches the child, and its status says so', () => {
    const { parent, child, pid } = forked();
    expect(parent.call('kill', pid as number, SIGNAL.TERM)).toBe(0);
    child.personality.interrupted(child.main);
    expect(child.status).toEqual({ which: 'killed', killed: SIGNAL.TERM });
    const status = parent.room(4);
    expect(parent.call('wait4', -1, status, 0, 0)).toBe(pid);
    expect(parent.view(status, 4).getInt32(0, true)).toBe(SIGNAL.TERM);
    expect(parent.call('kill', pid as number, 0)).toBe(-ERRNO.ESRCH);
  });

  it('the child works in the parent’s directory through capabilities of its own, also when the parent has gone', () => {
    const { parent, child, on } = forked();
    const at = child.put('x'.repeat(50));
    expect(on('getcwd', at, 50)).toBe(6);
    parent.call('exit_group', 0);
    const opened = on('openat', AT.FDCWD, child.put('a.txt'), 0) as number;
    expect(opened).toBeGreaterThan(2);
    expect(on('read', opened, at, 6)).toBe(6);
    expect(child.text(at, 6)).toBe('shared');
    expect(on('getppid')).toBe(1);
  });

  it('SIGSTOP halts the child until SIGCONT, and the parent is told', () => {
    const { parent, child, pid } = forked();
    expect(parent.call('kill', pid as number, SIGNAL.STOP)).toBe(0);
    child.personality.interrupted(child.main);
    expect(child.main.parked).toBe(true);
    const status = parent.room(4);
    expect(parent.call('wait4', -1, status, 2, 0)).toBe(pid);
    expect(parent.view(status, 4).getInt32(0, true)).toBe((SIGNAL.STOP << 8) | 0x7f);
    expect(parent.call('wait4', -1, status, 2 | WNOHANG, 0)).toBe(0);
    expect(parent.call('kill', pid as number, SIGNAL.CONT)).toBe(0);
    expect(child.main.parked).toBe(false);
    expect(child.status).toBeUndefined();
  });

  it('leaves no status to a parent that ignores SIGCHLD', () => {
    const { parent, on } = forked();
    parent.call('rt_sigaction', SIGNAL.CHLD, parent.put(new Uint8Array([1, ...new Uint8Array(31)])), 0, 8);
    expect(parent.call('wait4', -1, 0, 0, 0)).toBe('parked');
    on('exit_group', 0);
    expect(parent.resultOf()).toBe(-ERRNO.ECHILD);
  });

  it('vfork’s parent waits until the child has executed or ended', () => {
    const { parent, child, pid, on } = forked('vfork');
    expect(pid).toBe('parked');
    const path = child.put('/work/tool');
    expect(on('execve', path, 0, 0)).not.toBe(-ERRNO.ENOENT);
    expect(parent.resultOf()).toBe(child.process.pid);
  });

  it('vfork’s child is in its parent’s memory until it executes another program, and the parent keeps it', () => {
    const { parent, child, on } = forked('vfork');
    const at = parent.put(Uint8Array.of(1, 2, 3, 4));
    child.memory.write(BigInt(at), Uint8Array.of(9));
    expect([...parent.bytes(at, 4)]).toEqual([9, 2, 3, 4]);
    const grown = on('brk', (on('brk', 0) as number) + 8192) as number;
    expect(parent.process.space.breakEnd).toBe(grown);
    const areas = parent.process.space.map.areas.length;
    expect(on('execve', parent.put('/work/tool'), 0, 0)).not.toBe(-ERRNO.ENOENT);
    expect(parent.process.space.map.areas).toHaveLength(areas);
    expect([...parent.bytes(at, 4)]).toEqual([9, 2, 3, 4]);
    expect(child.memory.read(BigInt(at), new Uint8Array(4))).toBe(0);
  });
});

describe('execve', () => {
  it('replaces the program, closes what is marked, and resets handlers', () => {
    const { child, on, file } = forked();
    on('fcntl', file, 2, 1);
    const old = child.process.space.map.areas.length;
    on('execve', child.put('/work/script'), 0, 0);
    expect(child.main.rip).toBe(0x40_0000n);
    expect(old).toBeGreaterThan(0);
    expect(child.process.executable.arguments).toEqual(['/work/tool', '-x', '/work/script']);
    expect(on('read', file, 0, 0)).toBe(-ERRNO.EBADF);
    const stack = Number(child.main.registers[REGISTER.RSP]);
    expect(stack % 16).toBe(0);
    expect(child.view(stack, 8).getBigUint64(0, true)).toBe(3n);
  });

  it('leaves the program in place when the file is none', () => {
    const { child, on } = forked();
    expect(on('execve', child.put('/work/plain'), 0, 0)).toBe(-ERRNO.ENOEXEC);
    expect(on('execve', child.put('/work/a.txt'), 0, 0)).toBe(-ERRNO.EACCES);
    expect(on('execve', child.put('/work/none'), 0, 0)).toBe(-ERRNO.ENOENT);
    expect(on('execve', child.put('/work'), 0, 0)).toBe(-ERRNO.EACCES);
    expect(on('getpid')).toBe(child.process.pid);
  });
});

describe('shared memory', () => {
  const SHARED_ANONYMOUS = MAP.SHARED | MAP.ANONYMOUS;

  function sharing(map: (parent: TestProcess) => number) {
    const parent = new TestProcess();
    const address = map(parent);
    expect(address).toBeGreaterThan(0);
    parent.call('fork');
    const child = parent.children[0]!;
    const on = (name: CallName, ...args: (number | bigint)[]) => child.callOn(child.main, CALL_NUMBER[name], ...args);
    return { parent, child, on, address };
  }

  function shmFile(parent: TestProcess): number {
    const descriptor = parent.call(
      'openat',
      AT.FDCWD,
      parent.put('/dev/shm/name'),
      OPEN.RDWR | OPEN.CREAT,
      0o600,
    ) as number;
    expect(parent.call('ftruncate', descriptor, 5000)).toBe(0);
    return parent.call('mmap', 0, 8192, 3, MAP.SHARED, descriptor, 0) as number;
  }

  it('stays one across fork, anonymous or in /dev/shm, and private memory does not', () => {
    for (const map of [
      (parent: TestProcess) => parent.call('mmap', 0, 8192, 3, SHARED_ANONYMOUS, -1, 0) as number,
      shmFile,
    ]) {
      const { parent, child, address } = sharing(map);
      child.memory.write(BigInt(address + 4096), new Uint8Array([1, 2, 3]));
      expect([...parent.bytes(address + 4096, 3)]).toEqual([1, 2, 3]);
      const own = parent.put('private');
      child.memory.write(BigInt(own), new Uint8Array([9]));
      expect(parent.text(own, 7)).toBe('private');
    }
  });

  it('a futex in it wakes a thread of another process, also through another mapping', () => {
    const { parent, child, on, address } = sharing(shmFile);
    expect(parent.call('futex', address + 8, 0, 0, 0)).toBe('parked');
    const descriptor = on('openat', AT.FDCWD, child.put('/dev/shm/name'), OPEN.RDWR, 0) as number;
    const other = on('mmap', 0, 8192, 3, MAP.SHARED, descriptor, 0) as number;
    expect(other).not.toBe(address);
    expect(on('futex', other + 8, 1, 1)).toBe(1);
    expect(parent.resultOf()).toBe(0);
  });

  it('is read and written as a file too, and can be made by a child for its parent', () => {
    const { parent, child, on } = sharing((one) => one.call('mmap', 0, 4096, 3, SHARED_ANONYMOUS, -1, 0) as number);
    const made = on('openat', AT.FDCWD, child.put('/dev/shm/from-child'), OPEN.RDWR | OPEN.CREAT, 0o600) as number;
    expect(on('write', made, child.put('hello'), 5)).toBe(5);
    const descriptor = parent.call('openat', AT.FDCWD, parent.put('/dev/shm/from-child'), OPEN.RDONLY, 0) as number;
    const at = parent.call('mmap', 0, 4096, 1, MAP.SHARED, descriptor, 0) as number;
    expect(parent.text(at, 6)).toBe('hello\0');
    on('exit_group', 0);
    const into = parent.room(10);
    expect(parent.call('read', descriptor, into, 10)).toBe(5);
    expect(parent.call('unlink', parent.put('/dev/shm/from-child'))).toBe(0);
    expect(parent.call('unlink', parent.put('/dev/shm/from-child'))).toBe(-ERRNO.ENOENT);
    expect(parent.text(at, 5)).toBe('hello');
  });
});
