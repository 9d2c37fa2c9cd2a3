// Layouts of struct stat, statx and statfs on x86-64 (stat(2), statx(2), statfs(2)).

import type { FileStatus, FileSystemStatus } from '../files/file-status.ts';

const SECOND = 1_000_000_000n;

function splitTime(ns: bigint): readonly [seconds: bigint, nanoseconds: bigint] {
  const nanoseconds = ((ns % SECOND) + SECOND) % SECOND;
  return [(ns - nanoseconds) / SECOND, nanoseconds];
}

/** 144 bytes: dev 0, ino 8, nlink 16, mode 24, uid 28, gid 32, rdev 40, size 48, blksize 56, blocks 64, times 72 88 104. */
export function encodeStat(status: FileStatus): Uint8Array {
  const bytes = new Uint8Array(144);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, status.device, true);
  view.setBigUint64(8, status.inode, true);
  view.setBigUint64(16, BigInt(status.links), true);
  view.setUint32(24, status.mode, true);
  view.setUint32(28, status.uid, true);
  view.setUint32(32, status.gid, true);
  view.setBigUint64(40, status.rdev, true);
  view.setBigInt64(48, BigInt(status.size), true);
  view.setBigInt64(56, BigInt(status.blockSize), true);
  view.setBigInt64(64, BigInt(status.blocks), true);
  for (const [index, time] of [status.accessedNs, status.modifiedNs, status.changedNs].entries()) {
    const [seconds, nanoseconds] = splitTime(time);
    view.setBigInt64(72 + index * 16, seconds, true);
    view.setBigInt64(80 + index * 16, nanoseconds, true);
  }
  return bytes;
}

/** What statx always has: type, mode, nlink, uid, gid, three times, ino, size, blocks. */
const STATX_BASIC = 0x7ff;

/** 256 bytes: mask 0, blksize 4, nlink 16, uid 20, gid 24, mode 28, ino 32, size 40, blocks 48, times 64 (btime 80), rdev 128, dev 136. */
export function encodeStatx(status: FileStatus): Uint8Array {
  const bytes = new Uint8Array(256);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, STATX_BASIC, true);
  view.setUint32(4, status.blockSize, true);
  view.setUint32(16, status.links, true);
  view.setUint32(20, status.uid, true);
  view.setUint32(24, status.gid, true);
  view.setUint16(28, status.mode, true);
  view.setBigUint64(32, status.inode, true);
  view.setBigUint64(40, BigInt(status.size), true);
  view.setBigUint64(48, BigInt(status.blocks), true);
  const times: readonly (readonly [number, bigint])[] = [
    [64, status.accessedNs],
    [96, status.changedNs],
    [112, status.modifiedNs],
  ];
  for (const [at, time] of times) {
    const [seconds, nanoseconds] = splitTime(time);
    view.setBigInt64(at, seconds, true);
    view.setUint32(at + 8, Number(nanoseconds), true);
  }
  const major = (device: bigint): number => Number((device >> 8n) & 0xfffn);
  const minor = (device: bigint): number => Number((device & 0xffn) | ((device >> 12n) & 0xf_ff00n));
  view.setUint32(128, major(status.rdev), true);
  view.setUint32(132, minor(status.rdev), true);
  view.setUint32(136, major(status.device), true);
  view.setUint32(140, minor(status.device), true);
  return bytes;
}

const ST_RDONLY = 1n;
const ST_VALID = 0x20n;

/** 120 bytes: type 0, bsize 8, blocks 16, bfree 24, bavail 32, files 40, ffree 48, fsid 56, namelen 64, frsize 72, flags 80. */
export function encodeFileSystemStatus(status: FileSystemStatus): Uint8Array {
  const bytes = new Uint8Array(120);
  const view = new DataView(bytes.buffer);
  const words = [
    BigInt(status.type),
    BigInt(status.blockSize),
    status.blocks,
    status.free,
    status.free,
    status.files,
    status.files,
    0n,
    255n,
    BigInt(status.blockSize),
    ST_VALID | (status.readOnly ? ST_RDONLY : 0n),
  ];
  for (const [index, word] of words.entries()) view.setBigUint64(index * 8, word, true);
  return bytes;
}
