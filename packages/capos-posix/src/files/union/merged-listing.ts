// What a directory of a union lists: every name once, from the topmost layer that has it.

import type { ByteString } from '../../guest-memory.ts';
import { ENTRY_TYPE } from '../../linux/file-flags.ts';
import { type Blocking, settle } from '../../waiting.ts';
import type { ListedEntry } from '../file-status.ts';
import type { OpenLayer, UnionFileSystem } from './union-file-system.ts';
import { isReserved, isWhiteoutDevice, whitedOutBy } from './whiteout.ts';

/** Entries asked of a layer at once. */
const BATCH = 256;

/** All entries, or minus an error number. With `most`, the listing may stop when it has so many. */
export function* mergedEntries(
  union: UnionFileSystem,
  layers: readonly OpenLayer[],
  most: number = Number.POSITIVE_INFINITY,
): Blocking<ListedEntry[] | number> {
  const entries: ListedEntry[] = [];
  /** Names that layers above have, or have marked as gone. */
  const covered = new Set<ByteString>();
  for (const { index, directory } of layers) {
    const own: ByteString[] = [];
    let cookie = 0n;
    for (;;) {
      const listing = yield* settle(directory.list(cookie, BATCH));
      if (typeof listing === 'number') return listing;
      for (const entry of listing.entries) {
        const { name } = entry;
        if (isReserved(name)) {
          const gone = whitedOutBy(name);
          if (gone !== undefined) own.push(gone);
          continue;
        }
        own.push(name);
        if (covered.has(name)) continue;
        if (entry.type === ENTRY_TYPE.CHARACTER) {
          const status = yield* settle(directory.lookup(name));
          if (typeof status !== 'number' && isWhiteoutDevice(status)) continue;
        }
        entries.push({ ...entry, inode: union.inodeOf(index, entry.inode) });
        if (entries.length >= most) return entries;
      }
      if (listing.end || listing.entries.length === 0) break;
      cookie = listing.next;
    }
    // Not before the layer is through: its own entry wins over a whiteout of the same name beside it.
    for (const name of own) covered.add(name);
  }
  return entries;
}
