import { describe, expect, it } from 'vitest';
import { ERRNO } from '../../src/linux/errno.ts';
import { AT, OPEN } from '../../src/linux/file-flags.ts';
import { MADVISE, MAP, MREMAP, PROT } from '../../src/linux/memory-flags.ts';
import { file, serveTree, tree } from '../support/memory-tree.ts';
import { TestProcess } from '../support/test-process.ts';

const RW = PROT.READ | PROT.WRITE;
const ANON = MAP.PRIVATE | MAP.ANONYMOUS;
const PAGE = 4096;

describe('mmap and its kin', () => {
  it('places mappings downwards, zeroed, and joins neighbours in /proc/self/maps', () => {
    const process = new TestProcess();
    const first = process.call('mmap', 0, PAGE, RW, ANON, -1, 0) as number;
    const second = process.call('mmap', 0, 100, RW, ANON, -1, 0) as number;
    expect(second).toBe(first - PAGE);
    expect(process.view(first, 8).getBigUint64(0)).toBe(0n);
    expect(process.process.space.map.at(second)).toMatchObject({ start: second, end: first + PAGE });
    expect(process.call('munmap', second, PAGE)).toBe(0);
    expect(process.call('mmap', 0, PAGE, RW, ANON, -1, 0)).toBe(second);
  });

  it('honours a free hint, a fixed address over a reservation, and MAP_FIXED_NOREPLACE', () => {
    const process = new TestProcess();
    expect(process.call('mmap', 0xc0_0000_0000, 64 << 20, PROT.NONE, ANON | MAP.NORESERVE, -1, 0)).toBe(0xc0_0000_0000);
    expect(process.call('mmap', 0xc0_0000_0000, 4 << 20, RW, ANON | MAP.FIXED, -1, 0)).toBe(0xc0_0000_0000);
    expect(process.call('mmap', 0xc0_0000_0000, PAGE, RW, ANON | MAP.FIXED_NOREPLACE, -1, 0)).toBe(-ERRNO.EEXIST);
    expect(process.call('mmap', 0xc0_0000_0001, PAGE, RW, ANON | MAP.FIXED, -1, 0)).toBe(-ERRNO.EINVAL);
    expect(process.process.space.map.overlapping(0xc0_0000_0000, 0xc4_0000_0000)).toHaveLength(2);
  });

  it('commits a reservation of gigabytes page by page', () => {
    const process = new TestProcess();
    const arena = process.call('mmap', 0, 4 * 2 ** 30, PROT.NONE, ANON | MAP.NORESERVE, -1, 0) as number;
    expect(arena).toBeGreaterThan(0);
    expect(process.call('write', 1, arena, 1)).toBe(-ERRNO.EFAULT);
    expect(process.call('mprotect', arena + PAGE, PAGE, RW)).toBe(0);
    expect(process.call('getcwd', arena + PAGE, 10)).toBe(2);
    expect(process.call('mprotect', arena, 8 * 2 ** 30, RW)).toBe(-ERRNO.ENOMEM);
  });

  it('madvise(DONTNEED) zeroes, munmap leaves nothing, write and execute together is refused', () => {
    const process = new TestProcess();
    const at = process.call('mmap', 0, 2 * PAGE, RW, ANON, -1, 0) as number;
    process.call('getcwd', at, 10);
    expect(process.text(at, 1)).toBe('/');
    expect(process.call('madvise', at, PAGE, MADVISE.DONTNEED)).toBe(0);
    expect(process.text(at, 1)).toBe('\0');
    expect(process.call('mprotect', at, PAGE, RW | PROT.EXEC)).toBe(-ERRNO.EACCES);
    expect(process.call('munmap', at, 2 * PAGE)).toBe(0);
    expect(process.call('getcwd', at, 10)).toBe(-ERRNO.EFAULT);
    expect(process.call('munmap', at, 2 * PAGE)).toBe(0);
    expect(process.call('madvise', at, PAGE, MADVISE.DONTNEED)).toBe(-ERRNO.ENOMEM);
  });

  it('mremap grows in place, moves with its content, and shrinks', () => {
    const process = new TestProcess();
    const at = process.call('mmap', 0x1_0000_0000, PAGE, RW, ANON, -1, 0) as number;
    process.call('getcwd', at, 10);
    expect(process.call('mremap', at, PAGE, 3 * PAGE, 0)).toBe(at);
    process.call('mmap', at + 3 * PAGE, PAGE, RW, ANON | MAP.FIXED, -1, 0);
    process.call('mprotect', at + 3 * PAGE, PAGE, PROT.READ);
    expect(process.call('mremap', at, 3 * PAGE, 8 * PAGE, 0)).toBe(-ERRNO.ENOMEM);
    const moved = process.call('mremap', at, 3 * PAGE, 8 * PAGE, MREMAP.MAYMOVE) as number;
    expect(process.text(moved, 2)).toBe('/\0');
    expect(process.call('getcwd', at, 10)).toBe(-ERRNO.EFAULT);
    expect(process.call('mremap', moved, 8 * PAGE, PAGE, 0)).toBe(moved);
    expect(process.call('mremap', moved, PAGE, PAGE, MREMAP.MAYMOVE | MREMAP.FIXED, 0x2_0000_0000)).toBe(0x2_0000_0000);
    expect(process.call('mremap', 0x1000_0000_0000, PAGE, 2 * PAGE, 1)).toBe(-ERRNO.EFAULT);
  });

  it('moves the break up and down', () => {
    const process = new TestProcess();
    const start = process.call('brk', 0) as number;
    expect(process.call('brk', start + 10_000)).toBe(start + 10_000);
    expect(process.call('getcwd', start + 9000, 10)).toBe(2);
    expect(process.call('brk', start)).toBe(start);
    expect(process.call('getcwd', start + 9000, 10)).toBe(-ERRNO.EFAULT);
    expect(process.call('brk', start - 1)).toBe(start);
  });

  it('maps files privately, and writes shared mappings back', () => {
    const root = tree({});
    root.entries.set('data', file('x'.repeat(5000)));
    const process = new TestProcess({ caps: { w: serveTree(root) }, mounts: [{ path: '/w', cap: 'w' }] });
    const descriptor = process.call('openat', AT.FDCWD, process.put('/w/data'), OPEN.RDWR) as number;
    const priv = process.call('mmap', 0, 8192, RW, MAP.PRIVATE, descriptor, 0) as number;
    expect(process.text(priv + 4990, 20)).toBe(`${'x'.repeat(10)}${'\0'.repeat(10)}`);
    const shared = process.call('mmap', 0, 8192, RW, MAP.SHARED, descriptor, 0) as number;
    process.memory.write(BigInt(shared), new Uint8Array([65, 66]));
    process.memory.write(BigInt(priv), new Uint8Array([67]));
    expect(process.call('msync', shared, 8192, 4)).toBe(0);
    const node = root.entries.get('data') as { bytes: Uint8Array };
    expect(String.fromCharCode(...node.bytes.subarray(0, 3))).toBe('ABx');
    expect(node.bytes).toHaveLength(5000);
    process.memory.write(BigInt(shared), new Uint8Array([90]));
    const readOnly = process.call('openat', AT.FDCWD, process.put('/w/data'), OPEN.RDONLY) as number;
    expect(process.call('mmap', 0, PAGE, RW, MAP.SHARED, readOnly, 0)).toBe(-ERRNO.EACCES);
    expect(process.call('mmap', 0, PAGE, PROT.READ, MAP.PRIVATE, 99, 0)).toBe(-ERRNO.EBADF);
    process.call('exit_group', 0);
    expect(String.fromCharCode(...node.bytes.subarray(0, 3))).toBe('ZBx');
  });
});
