// Trees as plain objects: to fill directories with, and to compare them by.

import type { DirectoryBackend } from '../../../src/files/backend.ts';
import { byteString, bytesOf } from '../../../src/guest-memory.ts';
import { ENTRY_TYPE } from '../../../src/linux/file-flags.ts';
import { now } from '../../support/synchronous-directory.ts';

/** A file's content, a link's target as `→ target`, or a directory. */
export type Tree = { readonly [name: string]: string | Tree };

const LINK = '→ ';

export function fillFrom(directory: DirectoryBackend, tree: Tree): void {
  for (const [name, value] of Object.entries(tree)) {
    if (typeof value === 'string') {
      if (value.startsWith(LINK)) now(directory.symlink(name, value.slice(LINK.length)));
      else write(directory, name, value);
      continue;
    }
    now(directory.makeDirectory(name, 0o755));
    fillFrom(now(directory.openDirectory(name)) as DirectoryBackend, value);
  }
}

export function write(directory: DirectoryBackend, name: string, content: string): void {
  const opened = now(directory.openFile(name, 2 | 4 | 16, 0o644));
  if (typeof opened === 'number' || opened.kind !== 'file') throw new Error(`${name}: ${String(opened)}`);
  now(opened.file.write(0, bytesOf(content), false));
  opened.file.release();
}

export function read(directory: DirectoryBackend, name: string): string {
  const opened = now(directory.openFile(name, 1, 0));
  if (typeof opened === 'number' || opened.kind !== 'file') throw new Error(`${name}: ${String(opened)}`);
  const data = now(opened.file.read(0, 1_000_000));
  opened.file.release();
  if (typeof data === 'number') throw new Error(`${name}: ${data}`);
  return byteString(data);
}

export function contentOf(directory: DirectoryBackend): Tree {
  const tree: Record<string, string | Tree> = {};
  for (let cookie = 0n; ; ) {
    const page = now(directory.list(cookie, 100));
    if (typeof page === 'number') throw new Error(`list: ${page}`);
    for (const { name, type } of page.entries) {
      if (type === ENTRY_TYPE.DIRECTORY) tree[name] = contentOf(now(directory.openDirectory(name)) as DirectoryBackend);
      else if (type === ENTRY_TYPE.SYMLINK) tree[name] = LINK + String(now(directory.readLink(name)));
      else tree[name] = read(directory, name);
    }
    if (page.end) return tree;
    cookie = page.next;
  }
}
