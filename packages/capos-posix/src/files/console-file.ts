// An open file description of a Console capability: a terminal, or a stream of bytes like a pipe.
//
// Which of the two only the console can say, and it may take its time: until then every use waits for it.

import type { SharedCapability } from '../capabilities/shared-capability.ts';
import { ERRNO, RESTART } from '../linux/errno.ts';
import { IOCTL, MODE, POLL } from '../linux/file-flags.ts';
import { type ConsoleLink, READ_SIZE } from '../terminals/console-link.ts';
import type { ConsoleTerminal } from '../terminals/console-terminal.ts';
import { type Blocking, settle, WaitQueue, waitForChange } from '../waiting.ts';
import { CONSOLE_RDEV } from './devices.ts';
import { type FileStatus, syntheticStatus } from './file-status.ts';
import { type IoctlRequest, OpenFile } from './open-file.ts';
import { TerminalFile, type TerminalPlace } from './terminal-file.ts';

export const CONSOLE_INODE = 0x6001n;

/** What all descriptions of one console share. */
export class ConsoleSource {
  readonly link: ConsoleLink;
  readonly changed: WaitQueue = new WaitQueue();
  /** Made once the console has said that it is a terminal. */
  terminal: ConsoleTerminal | undefined;
  known = false;
  /** Of a stream: bytes read ahead; its end, told once; an errno, told once. */
  #pending = new Uint8Array(0);
  #ended = false;
  #failure = 0;

  constructor(link: ConsoleLink, makeTerminal: () => ConsoleTerminal) {
    this.link = link;
    link.whenKnown(({ isTerminal }) => {
      if (isTerminal) this.terminal = makeTerminal();
      this.known = true;
      this.changed.notify();
    });
  }

  get place(): TerminalPlace | undefined {
    if (this.terminal === undefined) return undefined;
    const capabilities = [this.link.capability];
    return { device: this.terminal, inode: CONSOLE_INODE, rdev: CONSOLE_RDEV, capabilities };
  }

  get readReady(): boolean {
    return this.#pending.length > 0 || this.#ended || this.#failure < 0;
  }

  get available(): number {
    return this.#pending.length;
  }

  /** Starts reading ahead, unless that is going on or there is something to read. */
  readAhead(): void {
    if (this.link.reading || this.readReady) return;
    this.link.read(READ_SIZE, (answer) => {
      if (typeof answer === 'number') this.#failure = answer;
      else if (answer.length === 0) this.#ended = true;
      else this.#pending = answer.slice();
      this.changed.notify();
    });
  }

  take(length: number): Uint8Array | number {
    if (this.#failure < 0) {
      const failure = this.#failure;
      this.#failure = 0;
      return failure;
    }
    const taken = this.#pending.subarray(0, length);
    this.#pending = this.#pending.subarray(taken.length);
    if (taken.length === 0) this.#ended = false;
    return taken;
  }
}

/** A stream: it reads ahead only when somebody wants to read. */
class ConsoleStream extends OpenFile {
  readonly source: ConsoleSource;
  override readonly changed: WaitQueue;

  constructor(source: ConsoleSource, statusFlags: number) {
    super(statusFlags);
    this.source = source;
    this.changed = source.changed;
  }

  override get description(): string {
    return this.source.link.name;
  }

  override *read(length: number): Blocking<Uint8Array | number> {
    const { source } = this;
    if (length === 0) return new Uint8Array(0);
    source.readAhead();
    while (!source.readReady) {
      if (this.nonBlocking) return -ERRNO.EAGAIN;
      const reason = yield waitForChange([this.changed]);
      if (reason === 'interrupted' && !source.readReady) return RESTART.UNLESS_HANDLED_WITHOUT_RESTART;
      // Another reader may have been faster.
      source.readAhead();
    }
    return source.take(length);
  }

  override *write(data: Uint8Array): Blocking<number> {
    const written = yield* this.source.link.write(data);
    // As a pipe without a reader, which the stream then is.
    return written === 0 && data.length > 0 ? -ERRNO.EPIPE : written;
  }

  override status(): FileStatus {
    return { ...syntheticStatus(MODE.FIFO | 0o600, 0x6000n), device: 13n };
  }

  override readiness(): number {
    const ready = POLL.OUT | POLL.WRNORM;
    return this.readable && this.source.readReady ? ready | POLL.IN | POLL.RDNORM : ready;
  }

  override prepareToWait(): void {
    if (this.readable) this.source.readAhead();
  }

  override ioctl({ request, argument, memory }: IoctlRequest): number {
    if (request !== IOCTL.FIONREAD) return -ERRNO.ENOTTY;
    return memory.putUint32(argument, this.source.available) ? 0 : -ERRNO.EFAULT;
  }
}

export class ConsoleFile extends OpenFile {
  readonly #source: ConsoleSource;
  #file: OpenFile | undefined;
  override readonly changed: WaitQueue = new WaitQueue();

  constructor(source: ConsoleSource, statusFlags: number) {
    super(statusFlags);
    this.#source = source;
    if (!source.known) source.changed.subscribe(() => this.#passOn());
    else this.#passOn();
  }

  #passOn(): void {
    if (this.#file !== undefined || !this.#source.known) return;
    const { place } = this.#source;
    this.#file =
      place === undefined
        ? new ConsoleStream(this.#source, this.statusFlags)
        : new TerminalFile(place, this.statusFlags);
    this.#file.changed.subscribe(() => this.changed.notify());
    this.changed.notify();
  }

  *#whenKnown(): Blocking<OpenFile> {
    while (this.#file === undefined) yield { ...waitForChange([this.changed]), interruptible: false };
    this.#file.statusFlags = this.statusFlags;
    return this.#file;
  }

  override get description(): string {
    return this.#source.link.name;
  }

  override get capabilities(): readonly SharedCapability[] {
    return [this.#source.link.capability];
  }

  override *read(length: number): Blocking<Uint8Array | number> {
    return yield* settle((yield* this.#whenKnown()).read(length));
  }

  override *write(data: Uint8Array): Blocking<number> {
    return yield* settle((yield* this.#whenKnown()).write(data));
  }

  override *status(): Blocking<FileStatus | number> {
    return yield* settle((yield* this.#whenKnown()).status());
  }

  override *ioctl(request: IoctlRequest): Blocking<number> {
    return yield* settle((yield* this.#whenKnown()).ioctl(request));
  }

  override readiness(): number {
    return this.#file?.readiness() ?? 0;
  }

  override prepareToWait(): void {
    if (this.#file === undefined) return;
    this.#file.statusFlags = this.statusFlags;
    this.#file.prepareToWait();
  }
}
