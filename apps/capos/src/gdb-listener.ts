// `--gdb PORT`: a TCP port of this host's loopback at which GDB finds the program, stopped before its first instruction.
//
// One debugger at a time, and the first is the only one: when it is gone, the program goes on by itself.
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { join, resolve, sep } from 'node:path';
import { type DebugTarget, GdbServer, type ReadFile } from '@capos/x86-machine';
import type { Mount } from './mount-option.ts';

const LOOPBACK = '127.0.0.1';
/** What is larger is no library. */
const LARGEST_FILE = 2 ** 29;

export interface GdbListener {
  readonly port: number;
  /** Lets what was said arrive, and closes. */
  close(): void;
}

/** Waits for a debugger of `target` at `port`; 0 is any free one. @throws Error when the port is taken */
export function listenForGdb(target: DebugTarget, port: number, readFile: ReadFile): Promise<GdbListener> {
  let connection: Socket | undefined;
  const server: Server = createServer((socket) => {
    if (connection !== undefined) {
      socket.destroy();
      return;
    }
    connection = socket;
    server.close();
    socket.setNoDelay(true);
    const gdb = new GdbServer(target, {
      send: (bytes) => void (socket.writable && socket.write(bytes)),
      readFile,
      onDone: () => socket.end(),
    });
    socket.on('data', (bytes) => gdb.receive(bytes));
    socket.on('error', () => {});
    socket.on('close', () => gdb.disconnected());
  });
  return new Promise((listening, failed) => {
    server.once('error', failed);
    server.listen(port, LOOPBACK, () => {
      listening({
        port: (server.address() as AddressInfo).port,
        close: () => {
          server.close();
          connection?.end();
        },
      });
    });
  });
}

/** The program itself and what its mounts show it, by its own paths. */
export function filesForGdb(executablePath: string, image: Uint8Array, mounts: readonly Mount[]): ReadFile {
  const bySpecificity = [...mounts].sort((one, other) => other.guest.length - one.guest.length);
  return (path) => {
    if (path === executablePath) return image;
    const wanted = resolve('/', path);
    const mount = bySpecificity.find(
      ({ guest }) => guest === '/' || wanted === guest || wanted.startsWith(`${guest}/`),
    );
    if (mount === undefined) return undefined;
    try {
      const root = realpathSync(mount.host);
      const file = realpathSync(join(root, wanted.slice(mount.guest === '/' ? 0 : mount.guest.length)));
      // A link that leads out of the mount leads nowhere for the program either.
      if (root !== sep && !file.startsWith(root + sep)) return undefined;
      const status = statSync(file);
      return status.isFile() && status.size <= LARGEST_FILE ? readFileSync(file) : undefined;
    } catch {
      return undefined;
    }
  };
}
