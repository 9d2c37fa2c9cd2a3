// How the tables of /proc and /dev are written down: an entry a name.

import type { ByteString } from '../../guest-memory.ts';
import type { OpenFile } from '../open-file.ts';
import { type FileOwner, SyntheticDirectory, type SyntheticEntry } from '../synthetic-directory.ts';

export type Entries = ReadonlyMap<ByteString, SyntheticEntry>;

export function directory(
  entries: Record<string, SyntheticEntry> | (() => Entries),
  owner?: () => FileOwner,
): SyntheticEntry {
  const table = typeof entries === 'function' ? entries : new Map(Object.entries(entries));
  return { kind: 'directory', directory: new SyntheticDirectory(table, owner === undefined ? {} : { owner }) };
}

/** A file; with `write` one that takes what is written. */
export function text(content: () => ByteString, write?: (content: ByteString) => number): SyntheticEntry {
  return write === undefined ? { kind: 'text', content } : { kind: 'text', content, write };
}

/** A file that always says the same. */
export function line(content: string | number): SyntheticEntry {
  return text(() => `${content}\n`);
}

export function link(target: () => ByteString | number, magic?: () => OpenFile | undefined): SyntheticEntry {
  return magic === undefined ? { kind: 'link', target } : { kind: 'link', target, magic };
}
