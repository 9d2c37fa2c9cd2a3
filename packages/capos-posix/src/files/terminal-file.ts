// An open file description of a terminal: reads and writes pass its line discipline, ioctl(2) sets it up (tty_ioctl(4)).

import type { SharedCapability } from '../capabilities/shared-capability.ts';
import { ERRNO } from '../linux/errno.ts';
import { IOCTL, MODE, OPEN } from '../linux/file-flags.ts';
import { SIGNAL } from '../linux/signal-numbers.ts';
import type { TerminalDevice, TerminalUser } from '../terminals/terminal-device.ts';
import { decodeTermios, encodeTermios, TERMIOS_SIZE, TERMIOS2_SIZE } from '../terminals/termios.ts';
import { type Blocking, type MaybeBlocking, settle, type WaitQueue } from '../waiting.ts';
import { type FileStatus, syntheticStatus } from './file-status.ts';
import { type IoctlRequest, OpenFile } from './open-file.ts';

/** Arguments of TCFLSH and TCXONC. */
const FLUSH = { INPUT: 0, OUTPUT: 1, BOTH: 2 } as const;
const FLOW = { OUTPUT_OFF: 0, OUTPUT_ON: 1, INPUT_OFF: 2, INPUT_ON: 3 } as const;

/** What `stat` says of a terminal by path or by descriptor: ttyname(3) compares the two. */
export function terminalStatus(inode: bigint, rdev: bigint): FileStatus {
  return { ...syntheticStatus(MODE.CHARACTER | 0o620, inode, rdev), blockSize: 1024 };
}

/** A terminal and where it is found. */
export interface TerminalPlace {
  readonly device: TerminalDevice;
  readonly inode: bigint;
  readonly rdev: bigint;
  readonly capabilities?: readonly SharedCapability[];
  /** The last description has been closed. */
  closed?(): void;
}

/**
 * Opening it makes it the controlling terminal of a session leader that has none, unless O_NOCTTY (open(2)).
 */
export function openTerminal(place: TerminalPlace, flags: number, process: TerminalUser): TerminalFile {
  const file = new TerminalFile(place, flags & ~(OPEN.NOCTTY | OPEN.CLOEXEC));
  const { device } = place;
  const leads = process.session === process.pid;
  if (
    (flags & OPEN.NOCTTY) === 0 &&
    leads &&
    device.session === 0 &&
    process.domain.controllingTerminal(process.session) === undefined
  )
    device.control(process);
  return file;
}

export class TerminalFile extends OpenFile {
  readonly #place: TerminalPlace;
  override readonly changed: WaitQueue;

  constructor(place: TerminalPlace, statusFlags: number) {
    super(statusFlags);
    this.#place = place;
    this.changed = place.device.changed;
  }

  override get signals(): boolean {
    return true;
  }

  get device(): TerminalDevice {
    return this.#place.device;
  }

  override get description(): string {
    return this.device.name;
  }

  override get capabilities(): readonly SharedCapability[] {
    return this.#place.capabilities ?? [];
  }

  override read(length: number): MaybeBlocking<Uint8Array | number> {
    return length === 0 ? new Uint8Array(0) : this.device.read(length, this.nonBlocking);
  }

  override write(data: Uint8Array): MaybeBlocking<number> {
    return this.device.write(data, this.nonBlocking);
  }

  override status(): FileStatus {
    return terminalStatus(this.#place.inode, this.#place.rdev);
  }

  override readiness(): number {
    return this.device.readiness();
  }

  override prepareToWait(): void {
    if (this.readable) this.device.wantInput();
  }

  protected override close(): void {
    this.#place.closed?.();
  }

  override *ioctl(asked: IoctlRequest): Blocking<number> {
    const { device } = this;
    const { request, argument, memory } = asked;
    switch (request) {
      case IOCTL.TCGETS:
        return memory.write(argument, encodeTermios(device.line.termios, TERMIOS_SIZE)) ? 0 : -ERRNO.EFAULT;
      case IOCTL.TCGETS2:
        return memory.write(argument, encodeTermios(device.line.termios, TERMIOS2_SIZE)) ? 0 : -ERRNO.EFAULT;
      case IOCTL.TCSETS:
      case IOCTL.TCSETSW:
      case IOCTL.TCSETS2:
      case IOCTL.TCSETSW2:
        return this.#setTermios(asked, false);
      case IOCTL.TCSETSF:
      case IOCTL.TCSETSF2:
        return this.#setTermios(asked, true);
      case IOCTL.TIOCGWINSZ:
        return memory.write(argument, encodeWindow(yield* settle(device.currentWindow()))) ? 0 : -ERRNO.EFAULT;
      case IOCTL.TIOCSWINSZ: {
        const window = memory.view(argument, 8);
        if (window === undefined) return -ERRNO.EFAULT;
        device.resize({ rows: window.getUint16(0, true), columns: window.getUint16(2, true) });
        return 0;
      }
      case IOCTL.FIONREAD:
        return memory.putUint32(argument, device.line.available) ? 0 : -ERRNO.EFAULT;
      case IOCTL.TIOCOUTQ:
        return memory.putUint32(argument, 0) ? 0 : -ERRNO.EFAULT;
      case IOCTL.TCSBRK:
      case IOCTL.TCSBRKP:
      case IOCTL.TIOCEXCL:
      case IOCTL.TIOCNXCL:
        return 0;
      case IOCTL.TCFLSH:
        return this.#flush(argument);
      case IOCTL.TCXONC:
        return this.#flow(argument);
      default:
        return this.#sessionRequest(asked);
    }
  }

  #setTermios({ argument, memory, process }: IoctlRequest, flush: boolean): number {
    const { device } = this;
    const refused = device.admit(process, SIGNAL.TTOU);
    if (refused !== 0) return refused;
    const bytes = memory.bytes(argument, TERMIOS_SIZE);
    if (bytes === undefined) return -ERRNO.EFAULT;
    if (flush) device.discardInput();
    device.setTermios(decodeTermios(bytes));
    return 0;
  }

  #flush(what: number): number {
    if (what !== FLUSH.INPUT && what !== FLUSH.OUTPUT && what !== FLUSH.BOTH) return -ERRNO.EINVAL;
    if (what !== FLUSH.OUTPUT) this.device.discardInput();
    if (what !== FLUSH.INPUT) this.device.discardOutput();
    this.device.changed.notify();
    return 0;
  }

  #flow(what: number): number {
    if (what === FLOW.OUTPUT_OFF || what === FLOW.OUTPUT_ON) this.device.line.stopped = what === FLOW.OUTPUT_OFF;
    else if (what !== FLOW.INPUT_OFF && what !== FLOW.INPUT_ON) return -ERRNO.EINVAL;
    return 0;
  }

  // Sessions and process groups (tcgetpgrp(3), tcsetpgrp(3)).
  #sessionRequest({ request, argument, memory, process }: IoctlRequest): number {
    const { device } = this;
    const controlled = device.session !== 0 && device.session === process.session;
    switch (request) {
      case IOCTL.TIOCGPGRP:
        if (!controlled) return -ERRNO.ENOTTY;
        return memory.putUint32(argument, device.foregroundGroup) ? 0 : -ERRNO.EFAULT;
      case IOCTL.TIOCGSID:
        if (!controlled) return -ERRNO.ENOTTY;
        return memory.putUint32(argument, device.session) ? 0 : -ERRNO.EFAULT;
      case IOCTL.TIOCSPGRP: {
        if (!controlled) return -ERRNO.ENOTTY;
        const refused = device.admit(process, SIGNAL.TTOU);
        if (refused !== 0) return refused;
        const group = memory.int32(argument);
        if (group === undefined) return -ERRNO.EFAULT;
        if (group < 0) return -ERRNO.EINVAL;
        const members = process.domain.inGroup(group);
        if (members.length === 0) return -ERRNO.ESRCH;
        if (!members.some((member) => member.session === process.session)) return -ERRNO.EPERM;
        device.foregroundGroup = group;
        return 0;
      }
      case IOCTL.TIOCSCTTY:
        if (controlled && process.session === process.pid) return 0;
        if (process.session !== process.pid || process.domain.controllingTerminal(process.session) !== undefined)
          return -ERRNO.EPERM;
        if (device.session !== 0) return -ERRNO.EPERM;
        device.control(process);
        return 0;
      case IOCTL.TIOCNOTTY:
        if (!controlled) return -ERRNO.ENOTTY;
        if (process.session === process.pid) device.release();
        return 0;
      case IOCTL.TIOCSTI:
        // Typing in somebody else's name is refused, as Linux does since 6.2 (dev.tty.legacy_tiocsti).
        return -ERRNO.EIO;
      default:
        return -ERRNO.ENOTTY;
    }
  }
}

/** struct winsize: rows 0, columns 2, pixels 4 and 6. */
export function encodeWindow({ rows, columns }: { readonly rows: number; readonly columns: number }): Uint8Array {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, rows, true);
  view.setUint16(2, columns, true);
  return bytes;
}
