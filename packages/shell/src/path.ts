// Paths of the shell: /NAME is a Directory capability that the shell holds, and what follows is resolved in it.
//
//   /home/notes/a.txt  →  capability "home" → directory "notes" → file "a.txt"
//
// There is no root above the capabilities: `..` does not exist, and a name is resolved by the directory that holds it.

import { Directory, type DirectoryEntry, File, fromUtf8, toUtf8 } from '@capos/abi';
import { adopt, type Client } from '@capos/runtime';
import type { Session } from './session.ts';
import { ShellError } from './shell-error.ts';

const ENTRIES_A_CALL = 256;
// file.capnp, Directory.openFile.
const OPEN_READ = 1;
const OPEN_WRITE = 2;
const OPEN_CREATE = 4;
const OPEN_TRUNCATE = 16;
const NEW_FILE_MODE = 0o644;
const NEW_DIRECTORY_MODE = 0o755;

/** The components of a path; empty for `/`. @throws ShellError for `.` and `..`. */
export function components(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '');
  const odd = parts.find((part) => part === '.' || part === '..');
  if (odd !== undefined) throw new ShellError(`${path}: paths here have no ${odd}; write it in full, from /`);
  return parts;
}

/** Runs `use` with the directory at `path`, which must have a first component. */
async function withDirectory<R>(
  session: Session,
  path: string,
  parts: readonly string[],
  use: (directory: Client<typeof Directory>) => Promise<R>,
): Promise<R> {
  const [root, ...rest] = parts;
  let directory = session.require(root!, Directory);
  const opened: Client<typeof Directory>[] = [];
  try {
    for (const name of rest) {
      const answer = await directory.openDirectory({ name: toUtf8(name) });
      if (answer.errno !== 0) throw new ShellError(`${path}: ${reason(answer.errno)}`);
      const next = session.env.client(adopt(answer, answer.directory, Directory), Directory);
      opened.push(next);
      directory = next;
    }
    return await use(directory);
  } finally {
    for (const one of opened) one[Symbol.dispose]();
  }
}

/** The entries of the directory at `path`; at `/`, the directories the shell holds. */
export async function listDirectory(session: Session, path: string): Promise<DirectoryEntry[]> {
  const parts = components(path);
  if (parts.length === 0) {
    return session.namesOf(Directory).map((name) => ({ name: toUtf8(name), kind: 'directory', inode: 0n }));
  }
  return withDirectory(session, path, parts, async (directory) => {
    const entries: DirectoryEntry[] = [];
    for (let cookie = 0n, end = false; !end; ) {
      const page = await directory.list({ cookie, limit: ENTRIES_A_CALL });
      if (page.errno !== 0) throw new ShellError(`${path}: ${reason(page.errno)}`);
      entries.push(...page.entries);
      end = page.end || page.entries.length === 0;
      cookie = page.next;
    }
    return entries.sort((a, b) => (fromUtf8(a.name) < fromUtf8(b.name) ? -1 : 1));
  });
}

/** The directory that a path's last name is in, and that name. */
function split(path: string): { parts: string[]; name: Uint8Array } {
  const parts = components(path);
  const name = parts.pop();
  if (name === undefined || parts.length === 0) throw new ShellError(`${path} is a directory; ls shows it`);
  return { parts, name: toUtf8(name) };
}

async function withFile<R>(
  session: Session,
  path: string,
  flags: number,
  use: (file: Client<typeof File>) => Promise<R>,
): Promise<R> {
  const { parts, name } = split(path);
  return withDirectory(session, path, parts, async (directory) => {
    const answer = await directory.openFile({ name, flags, mode: NEW_FILE_MODE });
    if (answer.errno !== 0) throw new ShellError(`${path}: ${reason(answer.errno)}`);
    using file = session.env.client(adopt(answer, answer.file, File), File);
    return await use(file);
  });
}

/** Hands the content of the file at `path` to `sink`, piece by piece. */
export async function readFile(
  session: Session,
  path: string,
  sink: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  await withFile(session, path, OPEN_READ, async (file) => {
    for (let offset = 0n; ; ) {
      const { errno, data } = await file.read({ offset, length: BYTES_A_READ }, { resultCapacity: RESULT_BYTES });
      if (errno !== 0) throw new ShellError(`${path}: ${reason(errno)}`);
      if (data.length === 0) return;
      offset += BigInt(data.length);
      await sink(data);
    }
  });
}

/** Makes `bytes` the content of the file at `path`; when this resolves, it is as durable as its directory can make it. */
export async function writeFile(session: Session, path: string, bytes: Uint8Array): Promise<void> {
  await withFile(session, path, OPEN_WRITE | OPEN_CREATE | OPEN_TRUNCATE, async (file) => {
    const written = await file.write({ offset: 0n, data: bytes, append: false });
    if (written.errno !== 0) throw new ShellError(`${path}: ${reason(written.errno)}`);
    const synced = await file.sync({ dataOnly: false });
    if (synced.errno !== 0) throw new ShellError(`${path}: ${reason(synced.errno)}`);
  });
}

/** Removes the file or empty directory at `path`. */
export async function remove(session: Session, path: string): Promise<void> {
  const { parts, name } = split(path);
  await withDirectory(session, path, parts, async (directory) => {
    const found = await directory.lookup({ name });
    if (found.errno !== 0) throw new ShellError(`${path}: ${reason(found.errno)}`);
    const { errno } = await directory.remove({ name, directory: found.stat?.kind === 'directory' });
    if (errno !== 0) throw new ShellError(`${path}: ${reason(errno)}`);
    await directory.sync();
  });
}

/** Makes the directory at `path`. */
export async function makeDirectory(session: Session, path: string): Promise<void> {
  const { parts, name } = split(path);
  await withDirectory(session, path, parts, async (directory) => {
    const { errno } = await directory.makeDirectory({ name, mode: NEW_DIRECTORY_MODE });
    if (errno !== 0) throw new ShellError(`${path}: ${reason(errno)}`);
    await directory.sync();
  });
}

const BYTES_A_READ = 65_536;
const RESULT_BYTES: number = BYTES_A_READ + 512;

// errno(3), the ones a reader meets.
const REASONS: Readonly<Record<number, string>> = {
  1: 'not permitted',
  2: 'no such file or directory',
  5: 'input/output error',
  13: 'permission denied',
  17: 'exists already',
  20: 'not a directory',
  21: 'is a directory; ls shows it',
  28: 'no room is left',
  30: 'read-only',
  36: 'name too long',
  39: 'not empty',
  40: 'is a symbolic link, which this shell does not follow',
};

const reason = (errno: number): string => REASONS[errno] ?? `errno ${errno}`;
