// Character devices that need no capability but entropy: null, zero, full, random (mem(4), null(4), random(4)).

import { ERRNO } from '../linux/errno.ts';
import { MODE } from '../linux/file-flags.ts';
import type { Entropy } from '../system/entropy.ts';
import type { MaybeBlocking } from '../waiting.ts';
import { type FileStatus, syntheticStatus } from './file-status.ts';
import { OpenFile } from './open-file.ts';

/** Most bytes one read of an endless device gives. */
const ENDLESS_READ = 1 << 20;

abstract class Device extends OpenFile {
  abstract readonly rdev: bigint;

  override get seekable(): boolean {
    return true;
  }

  /** Always ready, which epoll refuses to watch. */
  override get pollable(): boolean {
    return false;
  }

  override seek(): number {
    return 0;
  }

  override write(data: Uint8Array): MaybeBlocking<number> {
    return data.length;
  }

  override status(): FileStatus {
    return syntheticStatus(MODE.CHARACTER | 0o666, 0x2000n + this.rdev, this.rdev);
  }
}

/** Device number `major:minor` as `st_rdev` has it. */
export function deviceNumber(major: number, minor: number): bigint {
  return BigInt((major << 8) | minor);
}

/** The console as a terminal: /dev/console. */
export const CONSOLE_RDEV: bigint = deviceNumber(5, 1);

export class NullDevice extends Device {
  override readonly description = '/dev/null';
  override readonly rdev: bigint = deviceNumber(1, 3);

  override read(): Uint8Array {
    return new Uint8Array(0);
  }
}

export class ZeroDevice extends Device {
  override readonly description: string = '/dev/zero';
  override readonly rdev: bigint = deviceNumber(1, 5);

  override read(length: number): Uint8Array {
    return new Uint8Array(Math.min(length, ENDLESS_READ));
  }
}

export class FullDevice extends ZeroDevice {
  override readonly description = '/dev/full';
  override readonly rdev: bigint = deviceNumber(1, 7);

  override write(): number {
    return -ERRNO.ENOSPC;
  }
}

export class RandomDevice extends Device {
  override readonly description: string;
  override readonly rdev: bigint;
  readonly #entropy: Entropy;

  constructor(statusFlags: number, name: 'random' | 'urandom', entropy: Entropy) {
    super(statusFlags);
    this.description = `/dev/${name}`;
    this.rdev = deviceNumber(1, name === 'random' ? 8 : 9);
    this.#entropy = entropy;
  }

  override read(length: number): MaybeBlocking<Uint8Array | number> {
    return this.#entropy.bytes(Math.min(length, ENDLESS_READ));
  }
}
