// Between memory and disk: fsync and its relatives, and advice about what will be read.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { DirectoryFile } from '../files/directory-file.ts';
import type { OpenFile } from '../files/open-file.ts';
import { PipeEnd } from '../files/pipe.ts';
import { RegularFile } from '../files/regular-file.ts';
import { ERRNO } from '../linux/errno.ts';
import { OPEN } from '../linux/file-flags.ts';
import type { Area } from '../memory/area-map.ts';
import { isWrittenBack, writeBack } from '../memory/write-back.ts';
import { type Blocking, type MaybeBlocking, settle } from '../waiting.ts';
import { readable } from './transfer.ts';

const { EINVAL, EBADF } = ERRNO;

function syncWith(dataOnly: boolean) {
  return (call: Call): MaybeBlocking<number> => {
    const file = call.file(0);
    if (typeof file === 'number') return file;
    if ((file.statusFlags & OPEN.PATH) !== 0) return -EBADF;
    call.hold(file);
    const mapped = call.process.space.map.areas.filter(
      (area) => isWrittenBack(area) && file instanceof RegularFile && area.backing?.file.cached === file.cached,
    );
    return mapped.length === 0 ? file.sync(dataOnly) : syncMapped(call, file, mapped, dataOnly);
  };
}

/** What was stored in shared mappings of the file goes with it. */
function* syncMapped(call: Call, file: OpenFile, mapped: readonly Area[], dataOnly: boolean): Blocking<number> {
  for (const area of mapped) {
    const wrote = yield* writeBack(call.memory, area);
    if (wrote < 0) return wrote;
  }
  return yield* settle(file.sync(dataOnly));
}

/** SYNC_FILE_RANGE_WAIT_BEFORE, _WRITE and _WAIT_AFTER. */
const RANGE_FLAGS = 7;

function syncFileRange(call: Call): MaybeBlocking<number> {
  const file = call.file(0);
  if (typeof file === 'number') return file;
  if ((call.unsigned(3) & ~RANGE_FLAGS) !== 0) return -EINVAL;
  const [offset, length] = [call.long(1), call.long(2)];
  if (offset < 0 || length < 0 || offset + length >= 2 ** 63) return -EINVAL;
  if (!(file instanceof RegularFile) && !(file instanceof DirectoryFile)) return -ERRNO.ESPIPE;
  return syncWith(true)(call);
}

function* sync(call: Call): Blocking<number> {
  const { descriptors } = call.process;
  for (const descriptor of [...descriptors.numbers()]) {
    const file = descriptors.get(descriptor);
    if (file instanceof RegularFile && file.writable) yield* settle(call.hold(file).sync(false));
  }
  return 0;
}

/** Advice about future access changes nothing here, but the descriptor must be one that can take it. */
function fadvise64(call: Call): number {
  const file = call.file(0);
  if (typeof file === 'number') return file;
  if (file instanceof PipeEnd) return -ERRNO.ESPIPE;
  const advice = call.integer(3);
  return advice >= 0 && advice <= 5 ? 0 : -EINVAL;
}

function readahead(call: Call): number {
  const file = readable(call, 0);
  if (typeof file === 'number') return file;
  return file instanceof RegularFile ? 0 : -EINVAL;
}

export const syncCalls = {
  fsync: { support: 'full', arguments: ['descriptor'], handler: syncWith(false) },
  fdatasync: { support: 'full', arguments: ['descriptor'], handler: syncWith(true) },
  syncfs: { support: 'partial', note: 'Syncs the one file.', arguments: ['descriptor'], handler: syncWith(false) },
  sync_file_range: {
    support: 'partial',
    note: 'Syncs the whole file.',
    arguments: ['descriptor', 'long', 'long', 'hex'],
    handler: syncFileRange,
  },
  sync: { support: 'full', arguments: [], note: 'Syncs every file the process has open for writing.', handler: sync },
  fadvise64: { support: 'full', arguments: ['descriptor', 'long', 'long', 'integer'], handler: fadvise64 },
  readahead: { support: 'full', arguments: ['descriptor', 'long', 'size'], handler: readahead },
} as const satisfies Record<string, CallRow>;
