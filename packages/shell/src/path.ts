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
const OPEN_READ = 1;

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

/** Hands the content of the file at `path` to `sink`, piece by piece. */
export async function readFile(
  session: Session,
  path: string,
  sink: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const parts = components(path);
  const name = parts.pop();
  if (name === undefined || parts.length === 0) throw new ShellError(`${path} is a directory; ls shows it`);
  await withDirectory(session, path, parts, async (directory) => {
    const answer = await directory.openFile({ name: toUtf8(name), flags: OPEN_READ, mode: 0 });
    if (answer.errno !== 0) throw new ShellError(`${path}: ${reason(answer.errno)}`);
    using file = session.env.client(adopt(answer, answer.file, File), File);
    for (let offset = 0n; ; ) {
      const { errno, data } = await file.read({ offset, length: BYTES_A_READ }, { resultCapacity: RESULT_BYTES });
      if (errno !== 0) throw new ShellError(`${path}: ${reason(errno)}`);
      if (data.length === 0) return;
      offset += BigInt(data.length);
      await sink(data);
    }
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
  20: 'not a directory',
  21: 'is a directory; ls shows it',
  30: 'read-only',
  36: 'name too long',
  40: 'is a symbolic link, which this shell does not follow',
};

const reason = (errno: number): string => REASONS[errno] ?? `errno ${errno}`;
