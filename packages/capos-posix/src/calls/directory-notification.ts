// F_NOTIFY (fcntl(2), "File and directory change notification"): a signal to a directory's owner for what happens in it.
//
//   ChangeWatches ─▶ a change that was asked for ─▶ SIGIO, or F_SETSIG's with the descriptor ─▶ owner     once, or DN_MULTISHOT

import type { Call } from '../call.ts';
import { CHANGE, type ChangeWatch, directorySubject } from '../files/change-watches.ts';
import { DirectoryFile } from '../files/directory-file.ts';
import type { OpenFile } from '../files/open-file.ts';
import { SignalDriven } from '../files/signal-driven.ts';
import { ERRNO } from '../linux/errno.ts';
import { ownFirst } from './signal-driven-calls.ts';

const MULTISHOT = 0x8000_0000;
/** DN_ACCESS, DN_MODIFY, DN_CREATE, DN_DELETE, DN_RENAME and DN_ATTRIB, and the changes that each means. */
const ASKED: readonly (readonly [bit: number, changes: number])[] = [
  [0x1, CHANGE.ACCESS],
  [0x2, CHANGE.MODIFY],
  [0x4, CHANGE.CREATE | CHANGE.MOVED_TO],
  [0x8, CHANGE.DELETE | CHANGE.MOVED_FROM],
  [0x10, CHANGE.RENAME],
  [0x20, CHANGE.ATTRIB],
];

interface DirectoryNotice extends ChangeWatch {
  /** Changes that signal as often as they happen, and those that do it once. */
  always: number;
  once: number;
  /** What the signal names. */
  descriptor: number;
}

const NOTICES = new WeakMap<DirectoryFile, DirectoryNotice>();

/** Asks for more, or with nothing asked for takes back all that was. */
export function notifyOfChanges(call: Call, file: OpenFile, asked: number): number {
  const { domain } = call.process;
  if (!(file instanceof DirectoryFile)) return -ERRNO.ENOTDIR;
  const { watches } = domain;
  const forget = (notice: DirectoryNotice): void => {
    watches.remove(notice);
    NOTICES.delete(file);
  };
  let notice = NOTICES.get(file);
  const changes = ASKED.reduce((all, [bit, meant]) => ((asked & bit) === 0 ? all : all | meant), 0);
  if (changes === 0) {
    if (notice !== undefined) forget(notice);
    return 0;
  }
  file.signalDriven ??= new SignalDriven();
  ownFirst(call, file);
  if (notice === undefined) {
    const fresh: DirectoryNotice = {
      key: directorySubject(file.node).key,
      namedOnly: false,
      always: 0,
      once: 0,
      descriptor: 0,
      tell(mask) {
        if ((mask & (fresh.always | fresh.once)) === 0) return;
        file.signalDriven?.sendMessage(fresh.descriptor, domain);
        if ((mask & fresh.always) !== 0) return;
        fresh.once = 0;
        if (fresh.always === 0) forget(fresh);
      },
      ended: () => forget(fresh),
    };
    watches.add(fresh);
    file.beforeClose(() => forget(fresh));
    NOTICES.set(file, fresh);
    notice = fresh;
  }
  notice.descriptor = call.integer(0);
  if ((asked & MULTISHOT) === 0) notice.once |= changes;
  else notice.always |= changes;
  return 0;
}
