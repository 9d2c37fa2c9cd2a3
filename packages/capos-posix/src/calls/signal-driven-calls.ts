// What fcntl and ioctl say of signal-driven input and output: whether, whom, and by which signal.

import type { Call } from '../call.ts';
import type { OpenFile } from '../files/open-file.ts';
import { OWNER, SignalDriven } from '../files/signal-driven.ts';
import { ERRNO } from '../linux/errno.ts';
import { FCNTL, OPEN } from '../linux/file-flags.ts';
import { SIGNAL } from '../linux/signal-numbers.ts';

const { EFAULT, EINVAL, ESRCH } = ERRNO;

/** struct f_owner_ex: kind 0, number 4. */
const OWNER_SIZE = 8;

/** Turns O_ASYNC on or off. */
export function setSignals(call: Call, file: OpenFile, on: boolean): void {
  if (on === ((file.statusFlags & OPEN.ASYNC) !== 0)) return;
  file.statusFlags ^= OPEN.ASYNC;
  if (!on) {
    file.signalDriven?.stop();
    return;
  }
  file.signalDriven ??= new SignalDriven();
  file.signalDriven.start(file, call.integer(0), call.process.domain);
}

/** F_SETOWN's argument, and that of the ioctls that say the same: a group when negative. */
export function setOwner(call: Call, file: OpenFile, number: number): number {
  if (number === -0x8000_0000) return -EINVAL;
  return number < 0 ? own(call, file, OWNER.GROUP, -number) : own(call, file, OWNER.PROCESS, number);
}

function own(call: Call, file: OpenFile, kind: number, number: number): number {
  const { domain } = call.process;
  if (number !== 0) {
    const isThere =
      kind === OWNER.GROUP
        ? domain.inGroup(number).length > 0
        : kind === OWNER.THREAD
          ? domain.threadNumbered(number) !== undefined
          : domain.processes.has(number);
    if (!isThere) return -ESRCH;
  }
  file.signalDriven ??= new SignalDriven();
  file.signalDriven.kind = kind;
  file.signalDriven.number = number;
  return 0;
}

/** Whoever asks for the first signal is its owner until F_SETOWN names another. */
export function ownFirst(call: Call, file: OpenFile): void {
  if (ownerOf(file) === 0) own(call, file, OWNER.PROCESS, call.process.pid);
}

/** The owner as F_GETOWN tells it. */
export function ownerOf(file: OpenFile): number {
  const { kind = OWNER.PROCESS, number = 0 } = file.signalDriven ?? {};
  return kind === OWNER.GROUP ? -number : number;
}

/** F_SETOWN, F_GETOWN, F_SETOWN_EX, F_GETOWN_EX, F_SETSIG, F_GETSIG. */
export function signalOwner(call: Call, file: OpenFile, command: number, argument: number): number {
  const { memory } = call;
  switch (command) {
    case FCNTL.SETOWN:
      return setOwner(call, file, argument);
    case FCNTL.GETOWN:
      return ownerOf(file);
    case FCNTL.SETSIG:
      if (argument < 0 || argument > SIGNAL.RTMAX) return -EINVAL;
      file.signalDriven ??= new SignalDriven();
      file.signalDriven.signal = argument;
      return 0;
    case FCNTL.GETSIG:
      return file.signalDriven?.signal ?? 0;
  }
  const view = memory.view(call.word(2), OWNER_SIZE);
  if (view === undefined) return -EFAULT;
  if (command === FCNTL.SETOWN_EX) {
    const kind = view.getInt32(0, true);
    const number = view.getInt32(4, true);
    if (kind < OWNER.THREAD || kind > OWNER.GROUP || number < 0) return -EINVAL;
    return own(call, file, kind, number);
  }
  const bytes = new Uint8Array(OWNER_SIZE);
  const told = new DataView(bytes.buffer);
  told.setInt32(0, file.signalDriven?.kind ?? OWNER.PROCESS, true);
  told.setInt32(4, file.signalDriven?.number ?? 0, true);
  return memory.write(call.word(2), bytes) ? 0 : -EFAULT;
}
