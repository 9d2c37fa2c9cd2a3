// Terminal: a Console capability as an open file description.
//
//   write ─▶ Console.write             read ─▶ bytes read ahead, else Console.read
//   poll  ─▶ Console.read is started ahead; what it brings waits here for the next read
//
// Line editing, echo and Ctrl-C are the console's (device.capnp, Console.setMode); turning ICANON off asks it for raw
// bytes. A Console that is no terminal answers ENOTTY as a pipe would.

import {
  type CapTableView,
  Console,
  type ConsoleReadResults,
  type MethodDescriptor,
  type PendingCall,
} from '@capos/abi';
import { type CallAnswer, callMethod } from '../capabilities/capability-call.ts';
import type { SharedCapability } from '../capabilities/shared-capability.ts';
import { ERRNO, RESTART } from '../linux/errno.ts';
import { IOCTL, MODE, POLL } from '../linux/file-flags.ts';
import { type Blocking, isBlocking, type MaybeBlocking, settle, WaitQueue, waitForChange } from '../waiting.ts';
import { type FileStatus, syntheticStatus } from './backend.ts';
import { deviceNumber } from './devices.ts';
import { type IoctlRequest, OpenFile } from './open-file.ts';

const READ_AHEAD = 4096;
/** Bytes one Console.write takes. */
const WRITE_CHUNK = 32_768;

/** termios(3) of the kernel: four flag words, a line discipline, 19 control characters. */
const TERMIOS_SIZE = 36;
const ICANON = 0o2;
const DEFAULT_TERMIOS = (() => {
  const bytes = new Uint8Array(TERMIOS_SIZE);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x0500, true); // ICRNL | IXON
  view.setUint32(4, 0x0005, true); // OPOST | ONLCR
  view.setUint32(8, 0x00bf, true); // B38400 | CS8 | CREAD
  view.setUint32(12, 0x8a3b, true); // ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN
  bytes.set([3, 28, 127, 21, 4, 0, 1, 0, 17, 19, 26, 0, 18, 15, 23, 22, 0, 0, 0], 17);
  return bytes;
})();

/** What all descriptions of one Console share. */
export class ConsoleDevice {
  readonly capability: SharedCapability;
  readonly changed = new WaitQueue();
  readonly name: string;
  termios: Uint8Array = DEFAULT_TERMIOS.slice();
  /** The foreground process group, for TIOCGPGRP. */
  foregroundGroup = 0;
  #pending: Uint8Array = new Uint8Array(0);
  #ended = false;
  #failure = 0;
  #reading = false;
  #call: Blocking<ReadAnswer> | undefined;
  #interruptWatch: PendingCall | undefined;
  #detached = false;
  /** The table through which the read under way goes. */
  #readingThrough: CapTableView | undefined;

  constructor(capability: SharedCapability, name: string) {
    this.capability = capability;
    this.name = name;
    capability.onHolderLost = (caps) => this.#holderLost(caps);
  }

  /** A read that went through the table of a process that has ended will not be answered: somebody else asks anew. */
  #holderLost(caps: CapTableView): void {
    if (this.#readingThrough !== caps) return;
    this.#readingThrough = undefined;
    this.#reading = false;
    this.#call = undefined;
    if (!this.changed.empty) this.readAhead();
  }

  /** Makes a call on the console; EIO when nobody holds it. */
  call<Params, Results>(
    method: MethodDescriptor<Params, Results>,
    params: Params,
  ): MaybeBlocking<CallAnswer<Results> | number> {
    const { reference } = this.capability;
    return reference === undefined ? -ERRNO.EIO : callMethod(reference.caps, reference.capId, method, params);
  }

  get readReady(): boolean {
    return this.#pending.length > 0 || this.#ended || this.#failure < 0;
  }

  get available(): number {
    return this.#pending.length;
  }

  /** Starts reading ahead, unless that is going on or there is something to read. */
  readAhead(maxLength = READ_AHEAD): void {
    if (this.#reading || this.readReady) return;
    this.#reading = true;
    this.#readingThrough = this.capability.reference?.caps;
    const answer = this.call(Console.methods.read, { maxLength });
    if (isBlocking<ReadAnswer>(answer)) this.#await(answer);
    else this.#arrived(answer);
  }

  /** Drives a call that belongs to no thread: it goes on when its completion wakes it. */
  #await(call: Blocking<ReadAnswer>): void {
    this.#call = call;
    const step = call.next('ready');
    if (step.done === true) {
      this.#call = undefined;
      this.#arrived(step.value);
      return;
    }
    step.value.begin(() => {
      if (this.#call === call) this.#await(call);
    });
  }

  /** Calls `interrupted` whenever the user presses Ctrl-C, until `detach`. */
  watchInterrupts(interrupted: () => void): void {
    const { waitInterrupt } = Console.methods;
    const ask = (): void => {
      const { reference } = this.capability;
      if (reference === undefined) return;
      let answered = false;
      let returned = false;
      const length = waitInterrupt.params.encode({}, NO_PARAMS, 0, NO_PARAMS.length);
      const pending = reference.caps.call(
        reference.capId,
        waitInterrupt.ordinal,
        NO_PARAMS.subarray(0, length),
        [],
        (outcome) => {
          answered = true;
          this.#interruptWatch = undefined;
          if (outcome.kind !== 'results') return;
          interrupted();
          // A console that answers before it was asked to wait is broken: asking again would not end.
          if (returned && !this.#detached) ask();
        },
      );
      returned = true;
      if (!answered) this.#interruptWatch = pending;
    };
    ask();
  }

  /** The process has ended: forgets the calls that are still going on. */
  detach(): void {
    this.#detached = true;
    this.#interruptWatch?.cancel();
    this.#interruptWatch = undefined;
    const call = this.#call;
    this.#call = undefined;
    call?.return(-ERRNO.EIO);
  }

  #arrived(answer: ReadAnswer): void {
    this.#reading = false;
    if (typeof answer === 'number') this.#failure = answer;
    else if (answer.results.data.length === 0) this.#ended = true;
    else this.#pending = answer.results.data;
    this.changed.notify();
  }

  /** What has been read ahead; empty at the end of input, which is told once (a terminal can go on after Ctrl-D). */
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

  discardInput(): void {
    this.#pending = new Uint8Array(0);
  }

  *size(): Blocking<{ columns: number; rows: number; isTerminal: boolean } | number> {
    const answer = yield* settle(this.call(Console.methods.getSize, {}));
    return typeof answer === 'number' ? answer : answer.results;
  }

  *setTermios(termios: Uint8Array): Blocking<number> {
    const wasCanonical = (this.termios[12]! & ICANON) !== 0;
    const canonical = (termios[12]! & ICANON) !== 0;
    this.termios = termios;
    if (wasCanonical === canonical) return 0;
    const answer = yield* settle(this.call(Console.methods.setMode, { raw: !canonical }));
    return typeof answer === 'number' ? answer : 0;
  }
}

type ReadAnswer = number | CallAnswer<ConsoleReadResults>;

const NO_PARAMS = new Uint8Array(16);

export class Terminal extends OpenFile {
  readonly device: ConsoleDevice;
  override readonly changed: WaitQueue;

  constructor(device: ConsoleDevice, statusFlags: number) {
    super(statusFlags);
    this.device = device;
    this.changed = device.changed;
  }

  override get description(): string {
    return this.device.name;
  }

  override get capabilities(): readonly SharedCapability[] {
    return [this.device.capability];
  }

  override *read(length: number): Blocking<Uint8Array | number> {
    const { device } = this;
    if (length === 0) return new Uint8Array(0);
    device.readAhead();
    while (!device.readReady) {
      if (this.nonBlocking) return -ERRNO.EAGAIN;
      const reason = yield waitForChange([device.changed]);
      if (reason === 'interrupted' && !device.readReady) return RESTART.UNLESS_HANDLED_WITHOUT_RESTART;
      // Another reader may have been faster.
      device.readAhead();
    }
    return device.take(length);
  }

  override *write(data: Uint8Array): Blocking<number> {
    let done = 0;
    while (done < data.length) {
      const part = data.subarray(done, done + WRITE_CHUNK);
      const answer = yield* settle(this.device.call(Console.methods.write, { data: part }));
      if (typeof answer === 'number') return done > 0 ? done : answer;
      done += Math.min(answer.results.written, part.length);
      if (answer.results.written === 0) break;
    }
    return done;
  }

  override *status(): Blocking<FileStatus | number> {
    const size = yield* this.device.size();
    if (typeof size === 'number' || !size.isTerminal)
      return { ...syntheticStatus(MODE.FIFO | 0o600, 0x6000n), device: 13n };
    return { ...syntheticStatus(MODE.CHARACTER | 0o620, 0x6001n, deviceNumber(136, 0)), blockSize: 1024 };
  }

  override readiness(): number {
    const ready = POLL.OUT | POLL.WRNORM;
    return this.readable && this.device.readReady ? ready | POLL.IN | POLL.RDNORM : ready;
  }

  override prepareToWait(): void {
    if (this.readable) this.device.readAhead();
  }

  override *ioctl({ request, argument, memory, process }: IoctlRequest): Blocking<number> {
    const { device } = this;
    const size = yield* device.size();
    if (typeof size === 'number') return size;
    if (request === IOCTL.FIONREAD) return memory.putUint32(argument, device.available) ? 0 : -ERRNO.EFAULT;
    if (!size.isTerminal) return -ERRNO.ENOTTY;
    switch (request) {
      case IOCTL.TCGETS:
        return memory.write(argument, device.termios) ? 0 : -ERRNO.EFAULT;
      case IOCTL.TCSETS:
      case IOCTL.TCSETSW:
      case IOCTL.TCSETSF: {
        const termios = memory.bytes(argument, TERMIOS_SIZE);
        if (termios === undefined) return -ERRNO.EFAULT;
        if (request === IOCTL.TCSETSF) device.discardInput();
        return yield* device.setTermios(termios);
      }
      case IOCTL.TIOCGWINSZ: {
        const window = new Uint8Array(8);
        const view = new DataView(window.buffer);
        view.setUint16(0, size.rows, true);
        view.setUint16(2, size.columns, true);
        return memory.write(argument, window) ? 0 : -ERRNO.EFAULT;
      }
      case IOCTL.TIOCSWINSZ:
      case IOCTL.TCSBRK:
      case IOCTL.TCXONC:
      case IOCTL.TIOCSCTTY:
      case IOCTL.TIOCNOTTY:
        return 0;
      case IOCTL.TCFLSH:
        device.discardInput();
        return 0;
      case IOCTL.TIOCGPGRP:
        return memory.putUint32(argument, device.foregroundGroup || process.group) ? 0 : -ERRNO.EFAULT;
      case IOCTL.TIOCGSID:
        return memory.putUint32(argument, process.session) ? 0 : -ERRNO.EFAULT;
      case IOCTL.TIOCSPGRP: {
        const group = memory.int32(argument);
        if (group === undefined) return -ERRNO.EFAULT;
        if (group < 0) return -ERRNO.EINVAL;
        device.foregroundGroup = group;
        return 0;
      }
      default:
        return -ERRNO.EINVAL;
    }
  }
}
