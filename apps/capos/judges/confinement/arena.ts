// What a guest under judgment is given, and what lies beside it: a token that it must never read, a port it must never reach,
// files it must never change. Meanwhile somebody on the host swaps directories for links that lead out, as fast as they can.
//
//   arena/granted    mounted at /w, writable: links that lead out, and `swap`, which is now a directory, now a link
//   arena/readonly   mounted at /r, read only
//   arena/secret     nobody's
import { createHash, randomBytes } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Arena {
  /** All of it: what must never be granted, but for a control. */
  readonly folder: string;
  readonly granted: string;
  readonly readOnly: string;
  readonly token: string;
  readonly port: number;
  /** What has happened outside, in words; empty when nothing has. */
  violations(): readonly string[];
  close(): void;
}

/** `source`: a folder whose files are granted too. */
export async function makeArena(source?: string): Promise<Arena> {
  const folder = mkdtempSync(join(tmpdir(), 'capos-confinement-'));
  const [granted, readOnly, secret] = [join(folder, 'granted'), join(folder, 'readonly'), join(folder, 'secret')];
  const token = `token-${randomBytes(12).toString('hex')}`;
  for (const path of [join(granted, 'a/b'), join(granted, 'inner'), join(readOnly, 'a'), secret])
    mkdirSync(path, { recursive: true });
  writeFileSync(join(granted, 'a/file'), 'granted\n');
  writeFileSync(join(readOnly, 'a/file'), 'read only\n');
  writeFileSync(join(secret, 'token.txt'), `${token}\n`);
  // A name that no guest makes by itself: a directory that has it is the secret one.
  writeFileSync(join(secret, token), '');
  symlinkSync('../secret', join(granted, 'up'));
  symlinkSync(secret, join(granted, 'out'));
  symlinkSync('../secret/token.txt', join(granted, 'link'));
  symlinkSync('../secret', join(readOnly, 'up'));
  mkdirSync(join(granted, 'swap'));
  if (source !== undefined) cpSync(source, granted, { recursive: true });
  const watched = [readOnly, secret];
  const before = watched.map(digestOf);
  let connections = 0;
  const server = await listening(() => connections++);
  const stopSwapping = swap(granted);
  return {
    folder,
    granted,
    readOnly,
    token,
    port: (server.address() as { port: number }).port,
    violations() {
      const changed = watched.filter((path, index) => !existsSync(path) || digestOf(path) !== before[index]);
      return [
        ...changed.map((path) => `${path.slice(folder.length + 1)} was changed`),
        ...(connections > 0 ? [`the port of the host was reached ${connections} times`] : []),
        ...readdirSync(folder)
          .filter((name) => !['granted', 'readonly', 'secret'].includes(name))
          .map((name) => `${name} was made outside`),
      ];
    },
    close() {
      stopSwapping();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function listening(connected: () => void): Promise<Server> {
  const server = createServer((socket) => {
    connected();
    socket.destroy();
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** `swap` is a directory, then a link to the secret, then a directory … */
function swap(granted: string): () => void {
  const place = join(granted, 'swap');
  const aside = join(granted, `.aside-${process.pid}`);
  const timer = setInterval(() => {
    try {
      rmSync(aside, { recursive: true, force: true });
      symlinkSync('../secret', aside);
      rmSync(place, { recursive: true, force: true });
      renameSync(aside, place);
      mkdirSync(aside);
      rmSync(place, { force: true });
      renameSync(aside, place);
    } catch {
      // The guest was faster: it has the directory, too.
    }
  }, 1);
  return () => clearInterval(timer);
}

/** Names, kinds and contents of a tree. */
function digestOf(folder: string): string {
  const hash = createHash('sha256');
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }).sort((left, right) =>
    join(left.parentPath, left.name) < join(right.parentPath, right.name) ? -1 : 1,
  )) {
    const path = join(entry.parentPath, entry.name);
    hash.update(`${path}\0${entry.isDirectory() ? 'd' : entry.isSymbolicLink() ? readlinkSync(path) : 'f'}\0`);
    if (entry.isFile()) hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}
