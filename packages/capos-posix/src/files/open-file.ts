// Open file description: what descriptors point to (open(2), "Open file descriptions").
//
//   descriptor ─┐
//   descriptor ─┴▶ OpenFile { offset, status flags, references } ──▶ capability, pipe, counter, …
//
// `dup` and `fork` share one; the last descriptor to go closes it. What a kind of file can't do answers the errno that
// Linux gives for such a file, which is what the defaults here say.

import type { SharedCapability } from '../capabilities/shared-capability.ts';
import type { GuestMemory } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { OPEN, POLL } from '../linux/file-flags.ts';
import type { TerminalUser } from '../terminals/terminal-device.ts';
import { type MaybeBlocking, WaitQueue } from '../waiting.ts';
import type { WatchedFile } from './change-watches.ts';
import type { AttributeChange, FileStatus, FileSystemStatus, ListedEntry } from './file-status.ts';
import type { SignalDriven } from './signal-driven.ts';

/** A process that asks for an `ioctl`, as far as files know it. */
export interface IoctlCaller extends TerminalUser {
  readonly descriptors: { add(file: OpenFile, closeOnExec: boolean): number };
}

/** What an `ioctl` asked, with its argument still an address. */
export interface IoctlRequest {
  readonly request: number;
  readonly argument: number;
  readonly memory: GuestMemory;
  readonly process: IoctlCaller;
}

export abstract class OpenFile {
  /** What `ls -l /proc/self/fd` shows. */
  abstract readonly description: string;
  /** Access mode and status flags, as F_GETFL gives them. */
  statusFlags: number;
  /** Where the next read or write is. */
  offset = 0;
  /** Notified whenever `readiness` may have changed. */
  readonly changed = new WaitQueue();
  /** Whom O_ASYNC signals; made when first asked for. */
  signalDriven: SignalDriven | undefined;
  /** What it is to those who watch for changes, and who tells them; undefined for what has no name. */
  watched: WatchedFile | undefined;
  #references = 0;
  #closing: Set<() => void> | undefined;

  constructor(statusFlags: number) {
    this.statusFlags = statusFlags;
  }

  get readable(): boolean {
    return (this.statusFlags & OPEN.ACCMODE) !== OPEN.WRONLY && (this.statusFlags & OPEN.PATH) === 0;
  }

  get writable(): boolean {
    return (this.statusFlags & OPEN.ACCMODE) !== OPEN.RDONLY && (this.statusFlags & OPEN.PATH) === 0;
  }

  get nonBlocking(): boolean {
    return (this.statusFlags & OPEN.NONBLOCK) !== 0;
  }

  get references(): number {
    return this.#references;
  }

  /** One more descriptor, or call in progress, holds this. */
  retain(): this {
    this.#references++;
    return this;
  }

  /** One less; the last one closes. */
  release(): void {
    if (--this.#references > 0) return;
    this.signalDriven?.stop();
    for (const act of [...(this.#closing ?? [])]) act();
    this.watched?.closed();
    this.close();
  }

  /** Runs `act` when the last reference goes, of whichever process. Answers what calls it off. */
  beforeClose(act: () => void): () => void {
    this.#closing ??= new Set();
    this.#closing.add(act);
    return () => void this.#closing?.delete(act);
  }

  /** At most `length` bytes from `position`, or from the offset; empty at the end. */
  read(_length: number, _position?: number): MaybeBlocking<Uint8Array | number> {
    return -ERRNO.EINVAL;
  }

  /** How many bytes of `data` were taken. */
  write(_data: Uint8Array, _position?: number): MaybeBlocking<number> {
    return -ERRNO.EINVAL;
  }

  seek(_offset: number, _whence: number): MaybeBlocking<number> {
    return -ERRNO.ESPIPE;
  }

  abstract status(): MaybeBlocking<FileStatus | number>;

  truncate(_size: number): MaybeBlocking<number> {
    return -ERRNO.EINVAL;
  }

  sync(_dataOnly: boolean): MaybeBlocking<number> {
    return -ERRNO.EINVAL;
  }

  setAttributes(_change: AttributeChange): MaybeBlocking<number> {
    return -ERRNO.EPERM;
  }

  /** At most `limit` entries from the offset on; the caller moves the offset by as many as it took. */
  entries(_limit: number): MaybeBlocking<readonly ListedEntry[] | number> {
    return -ERRNO.ENOTDIR;
  }

  ioctl(_request: IoctlRequest): MaybeBlocking<number> {
    return -ERRNO.ENOTTY;
  }

  fileSystemStatus(): MaybeBlocking<FileSystemStatus | number> {
    // PIPEFS_MAGIC, for everything that lives in no file system.
    return { type: 0x50495045, blockSize: 4096, blocks: 0n, free: 0n, files: 0n, readOnly: false };
  }

  /** POLL bits that hold now. Regular files are always ready (poll(2)). */
  readiness(): number {
    return POLL.IN | POLL.OUT | POLL.RDNORM | POLL.WRNORM;
  }

  /** Somebody is about to wait for readiness: the place to begin what brings it about. */
  prepareToWait(): void {}

  /** Whether epoll takes it; regular files and directories answer EPERM. */
  get pollable(): boolean {
    return true;
  }

  /** Whether O_ASYNC applies: sockets, pipes and terminals tell their owner by a signal. */
  get signals(): boolean {
    return false;
  }

  /** Whether `lseek`, `pread` and `pwrite` apply. */
  get seekable(): boolean {
    return false;
  }

  /** The capabilities a child must hold to use it too. */
  get capabilities(): readonly SharedCapability[] {
    return [];
  }

  /**
   * Others than the process that opened it come to have it, and not by its descriptors alone: when whoever holds what is behind it
   * ends, another process of the domain takes that over.
   */
  outliveHolder(): void {
    for (const capability of this.capabilities) capability.acting.sharedCapabilities.add(capability);
  }

  /** Runs once, when the last reference has gone. */
  protected close(): void {}
}
