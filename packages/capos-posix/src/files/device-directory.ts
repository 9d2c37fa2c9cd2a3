// /dev as one process sees it: devices that need nothing it does not hold, its terminals, its descriptors.

import { ERRNO } from '../linux/errno.ts';
import { OPEN } from '../linux/file-flags.ts';
import type { PosixProcess } from '../posix-process.ts';
import { PseudoTerminal } from '../terminals/pseudo-terminal.ts';
import { CONSOLE_INODE, type ConsoleSource } from './console-file.ts';
import { CONSOLE_RDEV, deviceNumber, FullDevice, NullDevice, RandomDevice, ZeroDevice } from './devices.ts';
import type { OpenFile } from './open-file.ts';
import { link } from './proc/entries.ts';
import { SyntheticDirectory, type SyntheticEntry } from './synthetic-directory.ts';
import { openTerminal, TerminalFile, terminalStatus } from './terminal-file.ts';

/** The console that is a terminal. */
function consoleOf(process: PosixProcess): ConsoleSource | undefined {
  return process.consoles.find(({ terminal }) => terminal !== undefined);
}

/** /dev. */
export function deviceDirectory(process: PosixProcess): SyntheticDirectory {
  const device = (major: number, minor: number, open: (flags: number) => OpenFile | number): SyntheticEntry => ({
    kind: 'device',
    rdev: deviceNumber(major, minor),
    open,
  });
  const standard = (descriptor: number): SyntheticEntry => link(() => `/proc/self/fd/${descriptor}`);
  const entries: Record<string, SyntheticEntry> = {
    null: device(1, 3, () => new NullDevice(OPEN.RDWR)),
    zero: device(1, 5, () => new ZeroDevice(OPEN.RDWR)),
    full: device(1, 7, () => new FullDevice(OPEN.RDWR)),
    // The terminal that controls the session, whichever it is.
    tty: device(5, 0, (flags) => {
      const terminal = process.domain.controllingTerminal(process.session);
      const place = terminal instanceof PseudoTerminal ? terminal.place : consoleOf(process)?.place;
      if (terminal === undefined || place?.device !== terminal) return -ERRNO.ENXIO;
      if (terminal instanceof PseudoTerminal) terminal.slaves++;
      return new TerminalFile(place, flags & ~(OPEN.NOCTTY | OPEN.CLOEXEC));
    }),
    ptmx: device(5, 2, (flags) => process.domain.pseudoTerminals.openMaster(flags & ~(OPEN.NOCTTY | OPEN.CLOEXEC))),
    pts: { kind: 'directory', directory: process.domain.pseudoTerminals.directory(process) },
    fd: link(() => '/proc/self/fd'),
    stdin: standard(0),
    stdout: standard(1),
    stderr: standard(2),
  };
  if (process.entropy.granted) {
    entries.random = device(1, 8, () => new RandomDevice(OPEN.RDWR, 'random', process.entropy));
    entries.urandom = device(1, 9, () => new RandomDevice(OPEN.RDWR, 'urandom', process.entropy));
  }
  const fixed = new Map(Object.entries(entries));
  const withConsole = new Map(fixed).set('console', {
    kind: 'device',
    rdev: CONSOLE_RDEV,
    status: terminalStatus(CONSOLE_INODE, CONSOLE_RDEV),
    open: (flags) => openTerminal(consoleOf(process)!.place!, flags, process),
  });
  return new SyntheticDirectory(() => (consoleOf(process) === undefined ? fixed : withConsole), {
    numbers: process.domain.inodes,
  });
}
