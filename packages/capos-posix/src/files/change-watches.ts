// Who wants to know of changes to files, and of what (inotify(7)): told of what the processes of one domain do.
//
//   call ─▶ happened(subject, CHANGE.…) ─┬▶ watches of the directory that holds it, with its name
//                                        └▶ watches of the file or directory itself, without
//
// A directory is known by its node, a file by device and inode. Nothing is looked up while nobody watches.

import type { ByteString } from '../guest-memory.ts';
import type { FileStatus } from './file-status.ts';

/** Kinds of changes, and what an event says beside (inotify(7)). */
export const CHANGE = {
  ACCESS: 0x1,
  MODIFY: 0x2,
  ATTRIB: 0x4,
  CLOSE_WRITE: 0x8,
  CLOSE_NOWRITE: 0x10,
  OPEN: 0x20,
  MOVED_FROM: 0x40,
  MOVED_TO: 0x80,
  CREATE: 0x100,
  DELETE: 0x200,
  DELETE_SELF: 0x400,
  MOVE_SELF: 0x800,
  ALL: 0xfff,
  OVERFLOW: 0x4000,
  IGNORED: 0x8000,
  /** It has another name in the same directory: F_NOTIFY's alone. */
  RENAME: 0x1000_0000,
  IS_DIRECTORY: 0x4000_0000,
} as const;

/** What a change is about. */
export interface ChangeSubject {
  readonly key: string;
  /** The directory that holds it, and its name there; a root has none. */
  readonly parent: string | undefined;
  readonly name: ByteString;
  readonly isDirectory: boolean;
}

/** A directory, and what it is called in which other one. */
export interface NamedDirectory {
  readonly identity: string;
  readonly parent: NamedDirectory | undefined;
  readonly name: ByteString;
}

/** Somebody who watches one file or directory. */
export interface ChangeWatch {
  readonly key: string;
  /** IN_EXCL_UNLINK: nothing of files in the directory that have no name any more. */
  readonly namedOnly: boolean;
  tell(mask: number, cookie: number, name: ByteString): void;
  /** It is gone: there is nothing to watch any more. */
  ended(): void;
}

export function fileKey({ device, inode }: Pick<FileStatus, 'device' | 'inode'>): string {
  return `${device}:${inode}`;
}

export function directorySubject(node: NamedDirectory): ChangeSubject {
  return { key: node.identity, parent: node.parent?.identity, name: node.name, isDirectory: true };
}

export function fileSubject(
  parent: NamedDirectory,
  name: ByteString,
  status: Pick<FileStatus, 'device' | 'inode'>,
): ChangeSubject {
  return { key: fileKey(status), parent: parent.identity, name, isDirectory: false };
}

export class ChangeWatches {
  readonly #watches = new Map<string, Set<ChangeWatch>>();
  /** Files without a name that are open still: their end comes when they are closed. */
  readonly #nameless = new Set<string>();
  #cookie = 0;

  get empty(): boolean {
    return this.#watches.size === 0;
  }

  add(watch: ChangeWatch): void {
    const watching = this.#watches.get(watch.key);
    if (watching === undefined) this.#watches.set(watch.key, new Set([watch]));
    else watching.add(watch);
  }

  remove(watch: ChangeWatch): void {
    const watching = this.#watches.get(watch.key);
    watching?.delete(watch);
    if (watching?.size === 0) this.#watches.delete(watch.key);
    // From here on nobody tells when they are closed.
    if (this.empty) this.#nameless.clear();
  }

  /** Something has happened to the subject: whoever watches its directory hears of it first (fsnotify's order). */
  happened(subject: ChangeSubject, change: number): void {
    if (this.empty) return;
    if (subject.parent !== undefined) this.happenedIn(subject.parent, subject, change, 0);
    this.happenedTo(subject, change);
  }

  /** To those who watch the subject itself. */
  happenedTo({ key, isDirectory }: ChangeSubject, change: number): void {
    this.#tell(key, isDirectory ? change | CHANGE.IS_DIRECTORY : change, 0, '', false);
  }

  /** To those who watch the directory: of an entry made, removed or moved. */
  happenedIn(directory: string, { key, name, isDirectory }: ChangeSubject, change: number, cookie = 0): void {
    this.#tell(directory, isDirectory ? change | CHANGE.IS_DIRECTORY : change, cookie, name, this.#nameless.has(key));
  }

  /** Both ends of a renaming carry the same number. */
  nextCookie(): number {
    this.#cookie = (this.#cookie + 1) >>> 0;
    return this.#cookie;
  }

  /** It has no name any more: that is its end, unless it is open. */
  lastNameGone(subject: ChangeSubject, isOpen: () => boolean): void {
    if (this.empty) return;
    if (isOpen()) this.#nameless.add(subject.key);
    else this.#end(subject);
  }

  /** An open file description of it has been closed. */
  closed(subject: ChangeSubject, wasWritable: boolean, isOpen: () => boolean): void {
    if (this.empty) return;
    this.happened(subject, wasWritable ? CHANGE.CLOSE_WRITE : CHANGE.CLOSE_NOWRITE);
    if (this.#nameless.has(subject.key) && !isOpen()) this.#end(subject);
  }

  #end(subject: ChangeSubject): void {
    this.#nameless.delete(subject.key);
    this.#tell(subject.key, CHANGE.DELETE_SELF, 0, '', false);
    for (const watch of [...(this.#watches.get(subject.key) ?? [])]) watch.ended();
  }

  #tell(key: string, mask: number, cookie: number, name: ByteString, isNameless: boolean): void {
    for (const watch of [...(this.#watches.get(key) ?? [])])
      if (!isNameless || !watch.namedOnly) watch.tell(mask, cookie, name);
  }
}

/** Who knows what is watched, and what is open. */
interface WatchingDomain {
  readonly watches: ChangeWatches;
  isOpen(key: string): boolean;
}

/** An open file description, to those who watch. */
export class WatchedFile {
  readonly subject: ChangeSubject;
  readonly #domain: WatchingDomain;
  readonly #isWritable: boolean;

  constructor(domain: WatchingDomain, subject: ChangeSubject, isWritable: boolean) {
    this.#domain = domain;
    this.subject = subject;
    this.#isWritable = isWritable;
  }

  /** Whether anybody watches anything. */
  get matters(): boolean {
    return !this.#domain.watches.empty;
  }

  happened(change: number): void {
    this.#domain.watches.happened(this.subject, change);
  }

  closed(): void {
    const domain = this.#domain;
    domain.watches.closed(this.subject, this.#isWritable, () => domain.isOpen(this.subject.key));
  }
}
