// Opening what is special: a named pipe waits for its other end (fifo(7)), a device node is what its number says.

import type { Call } from '../call.ts';
import { ERRNO, RESTART } from '../linux/errno.ts';
import { MODE, OPEN } from '../linux/file-flags.ts';
import { type Blocking, waitForChange } from '../waiting.ts';
import { deviceNumber, FullDevice, NullDevice, RandomDevice, ZeroDevice } from './devices.ts';
import type { FileStatus } from './file-status.ts';
import type { OpenFile } from './open-file.ts';
import { NamedPipeEnd, type SpecialFile } from './special-files.ts';

export function* openSpecial(
  call: Call,
  special: SpecialFile,
  flags: number,
  path: string,
  status: FileStatus,
): Blocking<OpenFile | number> {
  if (special.type === MODE.FIFO) return yield* openPipe(special, flags, path, status);
  const device = special.type === MODE.CHARACTER ? openDevice(call, special.rdev, flags) : undefined;
  return device ?? -ERRNO.ENXIO;
}

function* openPipe(
  { pipe }: SpecialFile,
  flags: number,
  path: string,
  status: FileStatus,
): Blocking<OpenFile | number> {
  const access = flags & OPEN.ACCMODE;
  const waits = (flags & OPEN.NONBLOCK) === 0;
  if (access === OPEN.WRONLY && !waits && pipe.readers === 0) return -ERRNO.ENXIO;
  const other = access === OPEN.RDONLY ? 'writers' : 'readers';
  const own = access === OPEN.RDONLY ? 'readers' : 'writers';
  if (waits && access !== OPEN.RDWR) {
    // It counts from now on, so that the other end finds it; one that comes and goes meanwhile has been met too.
    pipe[own]++;
    const before = pipe.opened[other];
    pipe.opened[own]++;
    pipe.changed.notify();
    try {
      while (pipe[other] === 0 && pipe.opened[other] === before)
        if ((yield waitForChange([pipe.changed])) === 'interrupted') return RESTART.UNLESS_HANDLED_WITHOUT_RESTART;
    } finally {
      pipe[own]--;
    }
  } else {
    pipe.opened.readers++;
    pipe.opened.writers++;
  }
  const end = new NamedPipeEnd(pipe, flags, path, status);
  pipe.changed.notify();
  return end;
}

function openDevice(call: Call, rdev: bigint, flags: number): OpenFile | undefined {
  switch (rdev) {
    case deviceNumber(1, 3):
      return new NullDevice(flags);
    case deviceNumber(1, 5):
      return new ZeroDevice(flags);
    case deviceNumber(1, 7):
      return new FullDevice(flags);
    case deviceNumber(1, 8):
    case deviceNumber(1, 9): {
      const { entropy } = call.process;
      return entropy.granted
        ? new RandomDevice(flags, rdev === deviceNumber(1, 8) ? 'random' : 'urandom', entropy)
        : undefined;
    }
    default:
      return undefined;
  }
}
