// Unix names: which socket of the domain has which name (unix(7)).
//
//   "\0name"                abstract: gone when the socket closes
//   /run/socket ─ walk ─▶ device:inode ─▶ socket      a path: the file stays when the socket closes; connecting to it is refused
//
// Directories as capabilities make files, not sockets: the name is an empty file that this table knows to be one.

import type { FileStatus } from '../files/file-status.ts';
import { MODE } from '../linux/file-flags.ts';

/** What a name leads to. */
export interface NamedSocket {
  readonly type: number;
}

export class UnixNames {
  readonly #abstract = new Map<string, NamedSocket>();
  /** By device and inode; undefined once the socket has closed. */
  readonly #files = new Map<string, NamedSocket | undefined>();
  #lastUnchosen = 0;

  /** False when the name is taken. */
  bindAbstract(name: string, socket: NamedSocket): boolean {
    if (this.#abstract.has(name)) return false;
    this.#abstract.set(name, socket);
    return true;
  }

  /** Five hexadecimal digits that nobody has (unix(7), "Autobind feature"). */
  unusedAbstract(): string {
    for (;;) {
      this.#lastUnchosen = (this.#lastUnchosen + 1) % 0x10_0000;
      const name = `\0${this.#lastUnchosen.toString(16).padStart(5, '0')}`;
      if (!this.#abstract.has(name)) return name;
    }
  }

  bindFile(status: FileStatus, socket: NamedSocket): void {
    this.#files.set(keyOf(status), socket);
  }

  atAbstract(name: string): NamedSocket | undefined {
    return this.#abstract.get(name);
  }

  /** The socket, `closed` for one that was, undefined for a file that is no socket. */
  atFile(status: FileStatus): NamedSocket | 'closed' | undefined {
    const key = keyOf(status);
    return this.#files.has(key) ? (this.#files.get(key) ?? 'closed') : undefined;
  }

  close(socket: NamedSocket): void {
    for (const [name, other] of this.#abstract) if (other === socket) this.#abstract.delete(name);
    for (const [key, other] of this.#files) if (other === socket) this.#files.set(key, undefined);
  }

  /** No file is a socket. */
  get empty(): boolean {
    return this.#files.size === 0;
  }

  /** The status of a file as programs see it: a socket, if it is one. */
  shown(status: FileStatus): FileStatus {
    if (this.empty || (status.mode & MODE.TYPE) !== MODE.REGULAR || !this.#files.has(keyOf(status))) return status;
    return { ...status, mode: MODE.SOCKET | (status.mode & 0o7777), size: 0 };
  }

  /** A name was removed: a new file with the same inode is no socket. */
  forget(status: FileStatus): void {
    this.#files.delete(keyOf(status));
  }
}

function keyOf(status: FileStatus): string {
  return `${status.device}:${status.inode}`;
}
