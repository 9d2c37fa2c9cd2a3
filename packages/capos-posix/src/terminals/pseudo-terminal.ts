// Pseudo terminals (pty(7)): /dev/ptmx gives a master, and with it a terminal at /dev/pts/N.
//
//   terminal emulator ── master ──write──▶ line discipline ──▶ slave ── programs
//                               ◀─read─── output and echo ◀───
//
// A master without slaves reads EIO once there has been one; slaves without their master are hung up.

import { deviceNumber } from '../files/devices.ts';
import { type FileStatus, syntheticStatus } from '../files/file-status.ts';
import { type IoctlCaller, type IoctlRequest, OpenFile } from '../files/open-file.ts';
import { SyntheticDirectory, type SyntheticEntry } from '../files/synthetic-directory.ts';
import {
  encodeWindow,
  openTerminal,
  type TerminalFile,
  type TerminalPlace,
  terminalStatus,
} from '../files/terminal-file.ts';
import type { ByteString } from '../guest-memory.ts';
import { ERRNO, RESTART } from '../linux/errno.ts';
import { IOCTL, MODE, OPEN, POLL } from '../linux/file-flags.ts';
import { type Blocking, type MaybeBlocking, type WaitQueue, waitForChange } from '../waiting.ts';
import { TerminalDevice, type TerminalDomain, type TerminalUser } from './terminal-device.ts';
import { CONTROL, decodeTermios, encodeTermios, INPUT, LOCAL, TERMIOS_SIZE, type Termios } from './termios.ts';

/** Output that the master has not read, at which writers wait. */
const OUTPUT_CAPACITY = 65_536;
const MOST = 4096;
const PTS_INODE = 0x6100n;
const MASTER_RDEV: bigint = deviceNumber(5, 2);

/** What a master in packet mode is told (tty_ioctl(4), TIOCPKT). */
const PACKET = { DATA: 0, FLUSHREAD: 1, FLUSHWRITE: 2, STOP: 4, START: 8, NOSTOP: 16, DOSTOP: 32 } as const;
const CONTROL_S = 0x13;
const CONTROL_Q = 0x11;

/** Whether Ctrl-S and Ctrl-Q stop and start output: an emulator may then do so by itself. */
function flowsByKeys({ input, characters }: Termios): boolean {
  return (
    (input & INPUT.IXON) !== 0 && characters[CONTROL.VSTOP] === CONTROL_S && characters[CONTROL.VSTART] === CONTROL_Q
  );
}

export class PseudoTerminal extends TerminalDevice {
  readonly number: number;
  /** Slaves cannot be opened yet (grantpt and unlockpt do away with it). */
  locked = true;
  slaves = 0;
  /** There has been a slave. */
  opened = false;
  #output: Uint8Array[] = [];
  #pending = 0;
  /** The master reads a byte of PACKET bits before everything else (TIOCPKT). */
  #packets = false;
  #told = 0;

  constructor(domain: TerminalDomain, number: number) {
    super(domain);
    this.number = number;
  }

  override get name(): string {
    return `/dev/pts/${this.number}`;
  }

  get place(): TerminalPlace {
    const closed = (): void => {
      this.slaves--;
      this.changed.notify();
    };
    return { device: this, inode: PTS_INODE + BigInt(this.number), rdev: this.rdev, closed };
  }

  override get rdev(): bigint {
    return deviceNumber(136, this.number);
  }

  openSlave(flags: number, process: TerminalUser): TerminalFile | number {
    if (this.locked || this.hungUp) return -ERRNO.EIO;
    this.slaves++;
    this.opened = true;
    return openTerminal(this.place, flags, process);
  }

  get pending(): number {
    return this.#pending;
  }

  override get full(): boolean {
    return this.#pending >= OUTPUT_CAPACITY;
  }

  override discardOutput(): void {
    this.#output = [];
    this.#pending = 0;
    this.#tell(PACKET.FLUSHWRITE, 0);
  }

  override inputDiscarded(): void {
    this.#tell(PACKET.FLUSHREAD, 0);
  }

  override flowChanged(stopped: boolean): void {
    this.#tell(stopped ? PACKET.STOP : PACKET.START, stopped ? PACKET.START : PACKET.STOP);
  }

  override setTermios(termios: Termios): void {
    const before = flowsByKeys(this.line.termios);
    super.setTermios(termios);
    const after = flowsByKeys(termios);
    if (before === after) return;
    this.#tell(after ? PACKET.DOSTOP : PACKET.NOSTOP, after ? PACKET.NOSTOP : PACKET.DOSTOP);
  }

  get packets(): boolean {
    return this.#packets;
  }

  /** TIOCPKT: what was to be told is forgotten. */
  set packets(packets: boolean) {
    if (packets && !this.#packets) this.#told = 0;
    this.#packets = packets;
    this.changed.notify();
  }

  /** What has happened since the master read last, as PACKET bits. */
  get told(): number {
    return this.#packets ? this.#told : 0;
  }

  takeTold(): number {
    const { told } = this;
    this.#told = 0;
    return told;
  }

  #tell(bits: number, undone: number): void {
    if (!this.#packets) return;
    this.#told = (this.#told & ~undone) | bits;
    this.changed.notify();
  }

  protected override transmit(bytes: Uint8Array): number {
    this.echo(bytes.slice());
    return bytes.length;
  }

  protected override echo(bytes: Uint8Array): void {
    if (this.hungUp || bytes.length === 0) return;
    this.#output.push(bytes);
    this.#pending += bytes.length;
    this.changed.notify();
  }

  /** What the master reads. */
  take(length: number): Uint8Array {
    const taken = new Uint8Array(Math.min(length, this.#pending));
    let at = 0;
    while (at < taken.length) {
      const first = this.#output[0]!;
      const part = first.subarray(0, taken.length - at);
      taken.set(part, at);
      at += part.length;
      if (part.length === first.length) this.#output.shift();
      else this.#output[0] = first.subarray(part.length);
    }
    this.#pending -= taken.length;
    if (taken.length > 0) this.changed.notify();
    return taken;
  }
}

/** The pseudo terminals of a domain: /dev/ptmx and /dev/pts. */
export class PseudoTerminals {
  readonly #domain: TerminalDomain;
  readonly #open = new Map<number, PseudoTerminal>();

  constructor(domain: TerminalDomain) {
    this.#domain = domain;
  }

  /** A new pair: its master. ENOSPC when there are too many. */
  openMaster(statusFlags: number): PseudoTerminalMaster | number {
    let number = 0;
    while (this.#open.has(number)) number++;
    if (number >= MOST) return -ERRNO.ENOSPC;
    const device = new PseudoTerminal(this.#domain, number);
    this.#open.set(number, device);
    this.#domain.terminals.add(device);
    return new PseudoTerminalMaster(device, statusFlags, () => {
      this.#open.delete(number);
      this.#domain.terminals.delete(device);
    });
  }

  /** /dev/pts as a process sees it. */
  directory(process: TerminalUser): SyntheticDirectory {
    return new SyntheticDirectory(() => {
      const entries = new Map<ByteString, SyntheticEntry>();
      for (const [number, device] of this.#open) {
        const { inode, rdev } = device.place;
        entries.set(String(number), {
          kind: 'device',
          rdev,
          status: terminalStatus(inode, rdev),
          open: (flags) => device.openSlave(flags, process),
        });
      }
      return entries;
    });
  }
}

class PseudoTerminalMaster extends OpenFile {
  readonly device: PseudoTerminal;
  override readonly description = '/dev/ptmx';
  override readonly changed: WaitQueue;
  readonly #closed: () => void;

  constructor(device: PseudoTerminal, statusFlags: number, closed: () => void) {
    super(statusFlags);
    this.device = device;
    this.changed = device.changed;
    this.#closed = closed;
  }

  override get signals(): boolean {
    return true;
  }

  get #abandoned(): boolean {
    return this.device.opened && this.device.slaves === 0;
  }

  override *read(length: number): Blocking<Uint8Array | number> {
    const { device } = this;
    if (length === 0) return new Uint8Array(0);
    while (device.pending === 0 && device.told === 0) {
      if (this.#abandoned) return -ERRNO.EIO;
      if (this.nonBlocking) return -ERRNO.EAGAIN;
      const reason = yield waitForChange([this.changed]);
      if (reason === 'interrupted' && device.pending === 0) return RESTART.UNLESS_HANDLED_WITHOUT_RESTART;
    }
    if (!device.packets) return device.take(length);
    if (device.told !== 0) return Uint8Array.of(device.takeTold());
    return Uint8Array.of(PACKET.DATA, ...device.take(length - 1));
  }

  override write(data: Uint8Array): MaybeBlocking<number> {
    const { device } = this;
    // What does not fit into a line is lost, as from a keyboard; raw input waits for its reader.
    if (this.#raw && device.line.room < data.length) return this.#writeLater(data);
    device.receive(data);
    return data.length;
  }

  get #raw(): boolean {
    return (this.device.line.termios.local & LOCAL.ICANON) === 0;
  }

  *#writeLater(data: Uint8Array): Blocking<number> {
    const { device } = this;
    let done = 0;
    while (done < data.length) {
      const part = data.subarray(done, this.#raw ? done + Math.max(0, device.line.room) : data.length);
      if (part.length > 0) {
        device.receive(part);
        done += part.length;
        continue;
      }
      if (this.nonBlocking) return done > 0 ? done : -ERRNO.EAGAIN;
      const reason = yield waitForChange([this.changed]);
      if (reason === 'interrupted') return done > 0 ? done : RESTART.UNLESS_HANDLED_WITHOUT_RESTART;
    }
    return done;
  }

  override status(): FileStatus {
    return syntheticStatus(MODE.CHARACTER | 0o666, 0x6002n, MASTER_RDEV);
  }

  override readiness(): number {
    const { device } = this;
    let ready = 0;
    if (device.pending > 0) ready |= POLL.IN | POLL.RDNORM;
    if (!this.#raw || device.line.room > 0) ready |= POLL.OUT | POLL.WRNORM;
    if (device.told !== 0) ready |= POLL.PRI | POLL.IN | POLL.RDNORM;
    if (this.#abandoned) ready |= POLL.HUP;
    return ready;
  }

  override ioctl({ request, argument, memory, process }: IoctlRequest): number {
    const { device } = this;
    switch (request) {
      case IOCTL.TIOCGPTN:
        return memory.putUint32(argument, device.number) ? 0 : -ERRNO.EFAULT;
      case IOCTL.TIOCSPTLCK: {
        const locked = memory.int32(argument);
        if (locked === undefined) return -ERRNO.EFAULT;
        device.locked = locked !== 0;
        return 0;
      }
      case IOCTL.TIOCGPTLCK:
        return memory.putUint32(argument, device.locked ? 1 : 0) ? 0 : -ERRNO.EFAULT;
      case IOCTL.TIOCGPTPEER:
        return this.#openPeer(argument, process);
      case IOCTL.TIOCGWINSZ:
        return memory.write(argument, encodeWindow(device.window)) ? 0 : -ERRNO.EFAULT;
      case IOCTL.TIOCSWINSZ: {
        const window = memory.view(argument, 8);
        if (window === undefined) return -ERRNO.EFAULT;
        device.resize({ rows: window.getUint16(0, true), columns: window.getUint16(2, true) });
        return 0;
      }
      case IOCTL.TCGETS:
        return memory.write(argument, encodeTermios(device.line.termios, TERMIOS_SIZE)) ? 0 : -ERRNO.EFAULT;
      case IOCTL.TCSETS:
      case IOCTL.TCSETSW:
      case IOCTL.TCSETSF: {
        const bytes = memory.bytes(argument, TERMIOS_SIZE);
        if (bytes === undefined) return -ERRNO.EFAULT;
        if (request === IOCTL.TCSETSF) device.discardInput();
        device.setTermios(decodeTermios(bytes));
        return 0;
      }
      case IOCTL.FIONREAD:
        return memory.putUint32(argument, device.pending) ? 0 : -ERRNO.EFAULT;
      case IOCTL.TCFLSH:
        device.discardInput();
        device.discardOutput();
        return 0;
      case IOCTL.TIOCPKT: {
        const packets = memory.int32(argument);
        if (packets === undefined) return -ERRNO.EFAULT;
        device.packets = packets !== 0;
        return 0;
      }
      case IOCTL.TIOCGPKT:
        return memory.putUint32(argument, device.packets ? 1 : 0) ? 0 : -ERRNO.EFAULT;
      case IOCTL.TIOCGPGRP:
        return memory.putUint32(argument, device.foregroundGroup) ? 0 : -ERRNO.EFAULT;
      case IOCTL.TIOCGSID:
        if (device.session === 0) return -ERRNO.ENOTTY;
        return memory.putUint32(argument, device.session) ? 0 : -ERRNO.EFAULT;
      default:
        return -ERRNO.ENOTTY;
    }
  }

  #openPeer(flags: number, process: IoctlCaller): number {
    const locked = this.device.locked;
    this.device.locked = false;
    const file = this.device.openSlave(flags, process);
    this.device.locked = locked;
    if (typeof file === 'number') return file;
    return process.descriptors.add(file, (flags & OPEN.CLOEXEC) !== 0);
  }

  protected override close(): void {
    this.#closed();
    this.device.hangUp();
  }
}
