// `--gdb PORT`: a TCP port of this host's loopback at which GDB finds the program, stopped before its first instruction.
//
// One debugger at a time, and the first is the only one: when it is gone, the program goes on by itself.
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { DebugTarget, ReadFile } from '@capos/x86-machine';
import { GdbServer } from '@capos/x86-machine/gdb';

const LOOPBACK = '127.0.0.1';

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
