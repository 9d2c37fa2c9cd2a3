// Socket: what the socket calls act on, whatever the family. Each kind says what it can; the rest answers as Linux does for it.

import type { Call } from '../call.ts';
import { type FileStatus, syntheticStatus } from '../files/file-status.ts';
import { type IoctlRequest, OpenFile } from '../files/open-file.ts';
import { ERRNO, RESTART } from '../linux/errno.ts';
import { MODE, OPEN } from '../linux/file-flags.ts';
import { SIOC } from '../linux/socket-numbers.ts';
import type { PosixDomain } from '../posix-domain.ts';
import type { PosixProcess } from '../posix-process.ts';
import { type Blocking, type MaybeBlocking, settle, waitForChange } from '../waiting.ts';
import type { SocketName } from './socket-name.ts';
import { SocketOptions } from './socket-options.ts';

/** Who sent something: what SCM_CREDENTIALS and SO_PEERCRED tell. */
export interface Credentials {
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
}

/** What `sendmsg` hands over. */
export interface OutgoingMessage {
  readonly data: Uint8Array;
  readonly to?: SocketName | undefined;
  /** Descriptions that travel with it (SCM_RIGHTS). */
  readonly rights?: readonly OpenFile[];
  readonly credentials?: Credentials | undefined;
}

/** What `recvmsg` gets. */
export interface IncomingMessage {
  readonly data: Uint8Array;
  /** Bytes the message had, when some did not fit. */
  readonly length: number;
  readonly from?: SocketName | undefined;
  /** Held for the receiver, who retains them into its table and releases them. */
  readonly rights?: readonly OpenFile[];
  readonly credentials?: Credentials | undefined;
}

export interface ReceiveOptions {
  readonly peek: boolean;
  /** Waits until all that was asked for is there (MSG_WAITALL). */
  readonly all: boolean;
  readonly nonBlocking: boolean;
}

export abstract class SocketFile extends OpenFile {
  readonly domain: PosixDomain;
  readonly family: number;
  readonly type: number;
  readonly protocol: number;
  readonly inode: bigint;
  options: SocketOptions = new SocketOptions();

  constructor(domain: PosixDomain, family: number, type: number, protocol: number, statusFlags: number) {
    super(OPEN.RDWR | statusFlags);
    this.domain = domain;
    this.inode = domain.inodes.take('socket');
    this.family = family;
    this.type = type;
    this.protocol = protocol;
  }

  override get signals(): boolean {
    return true;
  }

  override get description(): string {
    return `socket:[${this.inode}]`;
  }

  abstract bind(name: SocketName, call: Call): MaybeBlocking<number>;
  abstract connect(name: SocketName | 'unspecified', call: Call): MaybeBlocking<number>;
  abstract send(message: OutgoingMessage, nonBlocking: boolean, call?: Call): MaybeBlocking<number>;
  abstract receive(length: number, options: ReceiveOptions): MaybeBlocking<IncomingMessage | number>;
  /** `how`: 0 receiving, 1 sending, 2 both. */
  abstract shutdown(how: number): MaybeBlocking<number>;
  abstract localName(): SocketName;
  /** undefined: it is not connected. */
  abstract peerName(): SocketName | undefined;
  /** Bytes that a receive would get now. */
  abstract get available(): number;

  listen(_backlog: number, _process: PosixProcess): MaybeBlocking<number> {
    return -ERRNO.EOPNOTSUPP;
  }

  /** A connection; its status flags are the caller's to set. */
  accept(_nonBlocking: boolean): MaybeBlocking<SocketFile | number> {
    return -ERRNO.EOPNOTSUPP;
  }

  get listening(): boolean {
    return false;
  }

  get peerCredentials(): Credentials | undefined {
    return undefined;
  }

  /** SO_ERROR: the error nobody has been told of; it is told once. */
  takeError(): number {
    return 0;
  }

  /** An option has been set: those that reach beyond this socket go on from here. */
  optionSet(_level: number, _option: number, _value: number): void {}

  override *read(length: number): Blocking<Uint8Array | number> {
    const got = yield* settle(this.receive(length, { peek: false, all: false, nonBlocking: this.nonBlocking }));
    if (typeof got === 'number') return got;
    // read(2) has no place for descriptors.
    for (const file of got.rights ?? []) file.release();
    return got.data;
  }

  override write(data: Uint8Array): MaybeBlocking<number> {
    return this.send({ data }, this.nonBlocking);
  }

  override status(): FileStatus {
    return { ...syntheticStatus(MODE.SOCKET | 0o777, this.inode), device: 8n };
  }

  override ioctl({ request, argument, memory }: IoctlRequest): number {
    if (request === SIOC.INQ) {
      if (this.listening) return -ERRNO.EINVAL;
      return memory.putUint32(argument, this.available) ? 0 : -ERRNO.EFAULT;
    }
    if (request === SIOC.OUTQ || request === SIOC.ATMARK) return memory.putUint32(argument, 0) ? 0 : -ERRNO.EFAULT;
    return -ERRNO.ENOTTY;
  }

  /**
   * Waits until `ready`, for at most `timeoutNs` (0: for ever). 0, −EAGAIN, or how to start over; with a timeout a signal
   * always ends the call (signal(7), "Interruption of system calls").
   */
  protected *until(ready: () => boolean, nonBlocking: boolean, timeoutNs: number): Blocking<number> {
    if (ready()) return 0;
    if (nonBlocking) return -ERRNO.EAGAIN;
    const deadlineNs = timeoutNs > 0 ? this.domain.monotonicNs + timeoutNs : undefined;
    while (!ready()) {
      this.prepareToWait();
      if (ready()) break;
      const reason = yield waitForChange([this.changed], deadlineNs);
      if (ready()) break;
      if (reason === 'deadline') return -ERRNO.EAGAIN;
      if (reason === 'interrupted') return timeoutNs > 0 ? -ERRNO.EINTR : RESTART.UNLESS_HANDLED_WITHOUT_RESTART;
    }
    return 0;
  }
}
